//! `cs:choose` (CSL 1.0.2, "Choose").

use super::Area;
use super::Place;
use super::Render;
use crate::cite::item::Variable;
use crate::cite::item::VariableKind;
use crate::cite::style::tree::Branch;
use crate::cite::style::tree::Match;
use crate::cite::style::tree::Position;
use crate::cite::style::tree::Test;

impl Render<'_> {
    /// Whether the conditions of a branch are met; those of `cs:else` always are.
    pub(super) fn is_met(&mut self, branch: &Branch) -> bool {
        match branch.matching {
            _ if branch.tests.is_empty() => true,
            Match::All => branch.tests.iter().all(|test| self.holds_true(test)),
            Match::Any => branch.tests.iter().any(|test| self.holds_true(test)),
            Match::None => !branch.tests.iter().any(|test| self.holds_true(test)),
            Match::Nand => !branch.tests.iter().all(|test| self.holds_true(test)),
        }
    }

    fn holds_true(&mut self, test: &Test) -> bool {
        match test {
            Test::Never => false,
            Test::Type(types) => types.contains(&self.item.kind),
            Test::Context(list) => *list == (self.area == Area::Bibliography),
            Test::Disambiguate => self.is_ambiguous(),
            Test::IsNumeric(variable) => self.is_numeric(*variable),
            Test::IsUncertainDate(variable) => {
                self.item.date(*variable).is_some_and(|date| date.circa)
            }
            Test::Variable(variable) => self.has(*variable),
            Test::Locator(label) => self.locator_label() == locator_name(label),
            Test::Position(position) => self.is_at(*position),
        }
    }

    fn has(&self, variable: Variable) -> bool {
        match variable {
            Variable::LOCATOR => self.cite.is_some_and(|cite| !cite.locator.is_empty()),
            Variable::FIRST_REFERENCE_NOTE_NUMBER => {
                self.cite.is_some_and(|cite| cite.first_note.is_some())
            }
            _ => self.item.has(variable),
        }
    }

    fn is_ambiguous(&mut self) -> bool {
        if self.area == Area::Bibliography {
            let met = self.met_disambiguate < self.entry.disambiguation.disambiguate;
            self.met_disambiguate += usize::from(met);
            return met;
        }
        self.asked_disambiguate += 1;
        let met = self.met_disambiguate < self.settings.disambiguate;
        self.met_disambiguate += usize::from(met);
        met
    }

    fn is_numeric(&mut self, variable: Variable) -> bool {
        if !self.has(variable) {
            return false;
        }
        if variable.kind() == VariableKind::Number {
            return self.numbers(variable).is_some_and(|numbers| numbers.is_numeric);
        }
        let text = self.item.text(variable).unwrap_or_default();
        matches!(variable, Variable::TITLE) && text.ends_with(|c: char| c.is_ascii_digit())
    }

    /// What the locator is: what the citation says, or what the locator itself says in front.
    fn locator_label(&mut self) -> String {
        let Some(cite) = self.cite.filter(|cite| !cite.locator.is_empty()) else {
            return String::new();
        };
        let own = self.numbers(Variable::LOCATOR).and_then(|numbers| numbers.label);
        match own {
            Some(label) => label.to_owned(),
            None if cite.label.is_empty() => "page".into(),
            None => locator_name(&cite.label).to_owned(),
        }
    }

    fn is_at(&self, position: Position) -> bool {
        if self.area == Area::Bibliography {
            return false;
        }
        let (place, near) = match self.cite {
            Some(cite) => (cite.place, cite.near_note),
            None => (Place::First, false),
        };
        match position {
            Position::First => place == Place::First,
            Position::Subsequent => place >= Place::Subsequent,
            Position::Ibid => place >= Place::Ibid,
            Position::IbidWithLocator => place >= Place::IbidWithLocator,
            Position::NearNote => place >= Place::Subsequent && near,
            Position::FarNote => place == Place::Subsequent && !near,
        }
    }
}

/// The term under which a label of a locator is found.
pub(super) fn locator_name(label: &str) -> &str {
    match label {
        "" => "page",
        "sub verbo" => "sub-verbo",
        "article" => "article-locator",
        "title" => "title-locator",
        other => other,
    }
}
