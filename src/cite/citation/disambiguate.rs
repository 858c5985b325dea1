//! Telling citations apart that would look alike (CSL 1.0.2, "Disambiguation"): more names, more of
//! the given names, a letter after the year, a condition of the style, in that order.
//!
//! Citations that look alike form a group. Step by step one more name or more of a name is shown
//! for the whole group; whoever no longer looks like the first of the group is settled or goes on
//! in a group of its own.

use super::look::Look;
use super::look::look;
use crate::cite::item::Item;
use crate::cite::render::Cite;
use crate::cite::render::Disambiguation;
use crate::cite::render::Env;
use std::cmp::Ordering;
use std::collections::HashMap;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Mode {
    Names,
    Years,
    Text,
}

/// Which of the two settings a list of citations goes by.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Basis {
    Tried,
    Better,
}

/// The settings of all items, in their order; `order` compares two items as the list sorts them.
pub(in crate::cite) fn settle<'a>(
    env: Env<'a>,
    items: &'a [Item],
    first: Vec<Look>,
    known: &'a Known,
    order: &dyn Fn(usize, usize) -> Ordering,
) -> Vec<Disambiguation> {
    let citation = &env.style.citation;
    let by_cite = citation.givenname_rule == "by-cite";
    let mut modes = Vec::new();
    if citation.add_names || citation.add_givenname && by_cite {
        modes.push(Mode::Names);
    }
    if citation.add_year_suffix {
        modes.push(Mode::Years);
    }
    if env.style.asks_disambiguate {
        modes.push(Mode::Text);
    }
    let mut groups: Vec<Vec<usize>> = Vec::new();
    let mut groups_by_look: HashMap<String, usize> = HashMap::new();
    let mut settings = Vec::with_capacity(items.len());
    for (at, look) in first.into_iter().enumerate() {
        settings.push(look.settings);
        match groups_by_look.get(&look.text) {
            Some(group) => groups[*group].push(at),
            None => {
                groups_by_look.insert(look.text, groups.len());
                groups.push(vec![at]);
            }
        }
    }
    if modes.is_empty() {
        return settings;
    }
    for group in groups.into_iter().filter(|group| group.len() > 1) {
        let mut run = Run {
            env,
            items,
            known,
            settings: &mut settings,
            order,
            modes: &modes,
            mode: 0,
            lists: Vec::new(),
            tried: Disambiguation::default(),
            better: Disambiguation::default(),
            nameset: 0,
            name: 0,
            clashes: (1, 0),
            partners: Vec::new(),
            others: Vec::new(),
            begins: true,
            most_names: None,
            last_nameset: 0,
            most_givens: (by_cite && citation.add_givenname).then_some(2),
            asked: 0,
            met: 0,
        };
        run.start(&group);
        run.run();
    }
    settings
}

/// What is known of the items beside what they hold.
pub(in crate::cite) struct Known {
    /// The citations that are compared.
    pub(in crate::cite) cites: Vec<Cite>,
    /// The citation labels.
    pub(in crate::cite) labels: Vec<String>,
}

/// One group of citations that look alike.
pub(super) struct Run<'a, 'r> {
    pub(super) env: Env<'a>,
    items: &'a [Item],
    known: &'a Known,
    settings: &'r mut Vec<Disambiguation>,
    order: &'r dyn Fn(usize, usize) -> Ordering,
    pub(super) modes: &'r [Mode],
    pub(super) mode: usize,
    lists: Vec<(Basis, Vec<usize>)>,
    pub(super) tried: Disambiguation,
    pub(super) better: Disambiguation,
    pub(super) nameset: usize,
    pub(super) name: usize,
    /// How many looked like the first before and after the last step.
    clashes: (usize, usize),
    partners: Vec<usize>,
    others: Vec<usize>,
    pub(super) begins: bool,
    pub(super) most_names: Option<usize>,
    pub(super) last_nameset: usize,
    pub(super) most_givens: Option<u8>,
    asked: usize,
    met: usize,
}

impl Run<'_, '_> {
    fn look(&mut self, item: usize, request: &Disambiguation) -> Look {
        let mut seen = Vec::new();
        let cite = &self.known.cites[item];
        let label = self.known.labels[item].as_str();
        let look = look(self.env, &self.items[item], cite, label, Some(request), &mut seen);
        (self.asked, self.met) = (look.asked, look.met);
        look
    }

    fn basis(&mut self, basis: Basis) -> &mut Disambiguation {
        match basis {
            Basis::Tried => &mut self.tried,
            Basis::Better => &mut self.better,
        }
    }

    fn start(&mut self, group: &[usize]) {
        let mut bundles: Vec<(String, usize, usize)> = Vec::new();
        for (number, item) in group.iter().enumerate() {
            let request =
                if number == 0 { self.settings[*item].clone() } else { self.tried.clone() };
            let look = self.look(*item, &request);
            let config = look.settings;
            if number == 0 {
                self.settings[*item] = config.clone();
                self.tried = config.clone();
                self.better = config.clone();
            } else {
                self.tried = config.clone();
            }
            self.settings[*item].givens.clone_from(&config.givens);
            self.last_nameset = self.settings[*item].names.len().saturating_sub(1);
            for at in 0..config.names.len().min(self.tried.names.len()) {
                if config.names[at] > self.tried.names[at] {
                    self.tried.givens[at].clone_from(&config.givens[at]);
                    self.tried.names[at] = config.names[at];
                    self.better.names.clone_from(&self.tried.names);
                }
            }
            self.better.givens.clone_from(&self.tried.givens);
            let counts: Vec<String> = look.counts.iter().map(usize::to_string).collect();
            bundles.push((counts.join(","), look.counts.first().copied().unwrap_or(0), *item));
        }
        let id = |item: usize| self.items[item].id.as_str();
        bundles.sort_by(|a, b| a.0.cmp(&b.0).then_with(|| id(a.2).cmp(id(b.2))));
        self.most_names = bundles.first().map(|bundle| bundle.1).filter(|count| *count > 0);
        self.lists.push((Basis::Tried, bundles.into_iter().map(|bundle| bundle.2).collect()));
        for config in [&mut self.tried, &mut self.better] {
            pad(config);
            config.year_suffix = None;
            config.disambiguate = 0;
        }
    }

    fn run(&mut self) {
        // Nearly every step shows more or takes a citation off the lists. A style may ask again and
        // again whether citations are ambiguous that nothing can tell apart; then they stay so.
        let first = self.lists.first().map_or(0, |list| list.1.len());
        let (mut looks, most_looks) = (0, 10_000 + 300 * first);
        while !self.lists.is_empty() {
            self.nameset = 0;
            self.name = 0;
            self.clashes = (1, 0);
            while self.lists.first().is_some_and(|list| !list.1.is_empty()) {
                looks += self.lists[0].1.len();
                if looks > most_looks {
                    return;
                }
                let is_last = self.step();
                self.scan();
                self.judge(is_last);
            }
            self.lists.remove(0);
        }
    }

    fn scan(&mut self) {
        let list = self.lists[0].1.clone();
        let mut request = self.tried.clone();
        let first = self.look(list[0], &request);
        request.names.clone_from(&first.settings.names);
        request.givens.clone_from(&first.settings.givens);
        self.partners = vec![list[0]];
        self.others.clear();
        let mut clashes = 0;
        for item in &list[1..] {
            let other = self.look(*item, &request);
            request.names.clone_from(&other.settings.names);
            request.givens.clone_from(&other.settings.givens);
            if other.text == first.text {
                clashes += 1;
                self.partners.push(*item);
            } else {
                self.others.push(*item);
            }
        }
        self.tried.names = request.names;
        self.tried.givens = request.givens;
        self.clashes = (self.clashes.1, clashes);
    }

    fn judge(&mut self, is_last: bool) {
        match self.modes[self.mode] {
            Mode::Names => self.names(is_last),
            Mode::Years => self.years(),
            Mode::Text => self.text(),
        }
        if is_last {
            if self.mode + 1 < self.modes.len() {
                self.mode += 1;
            } else if self.lists.len() > 1 {
                self.lists[1] = (Basis::Tried, Vec::new());
            } else {
                self.lists.push((Basis::Tried, Vec::new()));
            }
        }
    }

    fn keep(&mut self) {
        let by_cite = self.env.style.citation.givenname_rule == "by-cite";
        let given = self.tried.givens.get(self.nameset).and_then(|it| it.get(self.name)).copied();
        if let (true, Some(given)) = (by_cite, given) {
            if self.better.givens.len() < self.tried.givens.len() {
                self.better.givens.clone_from(&self.tried.givens);
            }
            let levels = &mut self.better.givens[self.nameset];
            if levels.len() <= self.name {
                levels.resize(self.name + 1, 0);
            }
            levels[self.name] = given;
        }
        if let Some(count) = self.tried.names.get(self.nameset).copied() {
            if self.better.names.len() <= self.nameset {
                self.better.names.resize(self.nameset + 1, 0);
            }
            self.better.names[self.nameset] = count;
        }
    }

    fn register(&mut self, item: usize, basis: Basis) {
        let config = self.basis(basis).clone();
        self.settings[item] = config;
    }

    fn names(&mut self, is_last: bool) {
        let partners = std::mem::take(&mut self.partners);
        let others = std::mem::take(&mut self.others);
        let clashes = self.clashes;
        if clashes.1 == 0 && others.len() == 1 {
            self.keep();
            self.register(others[0], Basis::Better);
            self.register(partners[0], Basis::Better);
            self.lists[0] = (Basis::Better, Vec::new());
        } else if clashes.1 == 0 {
            self.keep();
            self.register(partners[0], Basis::Better);
            self.begins |= !others.is_empty();
            self.lists[0] = (Basis::Better, others);
        } else if others.len() == 1 {
            self.keep();
            self.register(others[0], Basis::Better);
            self.lists[0] = (Basis::Better, partners);
        } else if clashes.1 < clashes.0 {
            self.keep();
            self.lists[0] = (Basis::Better, partners);
            self.lists.push((Basis::Better, others));
        } else if is_last {
            self.lists[0] = (Basis::Better, others);
            if self.mode + 1 == self.modes.len() {
                for item in &partners {
                    self.register(*item, Basis::Better);
                }
                self.lists[0] = (Basis::Better, Vec::new());
            }
            self.lists.push((Basis::Better, partners));
        } else {
            (self.partners, self.others) = (partners, others);
        }
    }

    fn years(&mut self) {
        let basis = self.lists[0].0;
        if self.clashes.1 > 0 {
            let mut items = self.lists[0].1.clone();
            items.sort_unstable();
            items.sort_by(|a, b| (self.order)(*a, *b));
            for (number, item) in items.into_iter().enumerate() {
                self.basis(basis).year_suffix = Some(number);
                self.register(item, basis);
            }
        }
        self.lists[0] = (Basis::Better, Vec::new());
    }

    fn text(&mut self) {
        let basis = self.lists[0].0;
        let done = self.clashes.1 == 0 && self.others.len() < 2;
        if !done && (self.tried.disambiguate == 0 || self.met != self.asked) {
            self.mode = 0;
            self.tried.disambiguate = self.met;
            self.better.disambiguate = self.met;
            if self.met == 0 {
                self.begins = true;
                self.tried.disambiguate = 1;
            } else {
                self.names(false);
            }
        } else if done || self.mode + 1 == self.modes.len() {
            for item in self.lists[0].1.clone() {
                self.register(item, basis);
            }
            self.lists[0] = (Basis::Better, Vec::new());
        } else {
            self.mode = self.modes.len() - 1;
            self.basis(basis).disambiguate = 1;
            for item in self.lists[0].1.clone() {
                self.register(item, basis);
            }
        }
    }
}

fn pad(config: &mut Disambiguation) {
    config.givens.resize(config.givens.len().max(config.names.len()), Vec::new());
    for (givens, count) in config.givens.iter_mut().zip(&config.names) {
        if givens.len() < *count {
            givens.resize(*count, 0);
        }
    }
}
