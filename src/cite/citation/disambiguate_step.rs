//! The next step in telling a group of citations apart: more of a name, one name more, the next list
//! of names.

use super::disambiguate::Mode;
use super::disambiguate::Run;

impl Run<'_, '_> {
    /// Shows one thing more. Gives whether there is nothing more to show.
    pub(super) fn step(&mut self) -> bool {
        if std::mem::take(&mut self.begins) {
            return false;
        }
        match self.modes[self.mode] {
            Mode::Names => {}
            Mode::Years => return false,
            Mode::Text => {
                self.tried.disambiguate += 1;
                self.better.disambiguate += 1;
                return false;
            }
        }
        let add_names = self.env.style.citation.add_names;
        let mut more_names = self.most_givens.is_none();
        let mut more_lists = self.most_names.is_none();
        if let Some(most) = self.most_givens {
            match self.given() {
                Some(given) if *given < most => *given += 1,
                _ => more_names = true,
            }
        }
        if let (Some(most), true) = (self.most_names, more_names) {
            more_lists = true;
            if add_names && self.name < most {
                more_lists = false;
                if let Some(count) = self.tried.names.get_mut(self.nameset) {
                    *count += 1;
                }
                self.name += 1;
            }
        }
        if more_lists && self.nameset < self.last_nameset {
            self.nameset += 1;
            if self.tried.names.len() <= self.nameset {
                self.tried.names.resize(self.nameset + 1, 0);
            }
            self.tried.names[self.nameset] = 1;
            self.name = 0;
        }
        let most_givens = self.most_givens;
        let given_done = most_givens.is_none_or(|most| self.given().is_none_or(|it| *it == most));
        self.nameset == self.last_nameset
            && (!add_names || self.most_names.is_none_or(|most| self.name == most))
            && given_done
    }

    fn given(&mut self) -> Option<&mut u8> {
        self.tried.givens.get_mut(self.nameset)?.get_mut(self.name)
    }
}
