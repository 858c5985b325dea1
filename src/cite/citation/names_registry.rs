//! All names of a list, so that two people of one family name can be told apart (CSL 1.0.2,
//! "Disambiguation", `givenname-disambiguation-rule`).

use crate::cite::item::Name;
use crate::cite::render::initials;
use crate::cite::style::Style;
use std::collections::HashMap;
use std::collections::HashSet;

/// The people of one family name: given names by their initials.
#[derive(Debug, Default)]
struct Family {
    by_initials: HashMap<String, HashSet<String>>,
}

/// The names of a list.
#[derive(Debug, Default)]
pub(in crate::cite) struct NamesRegistry {
    families: HashMap<String, Family>,
}

impl NamesRegistry {
    /// Notes the name that stands at a place of a list of names; names in one piece are not told
    /// apart.
    pub(in crate::cite) fn add(&mut self, style: &Style, item: &str, name: &Name, at: usize) {
        let primary = style.citation.givenname_rule.starts_with("primary-");
        if name.is_literal() || primary && at > 0 {
            return;
        }
        let key = family_key(style, item, name);
        let (initials, full) = given_keys(style, name);
        if key.is_empty() || initials.is_empty() {
            return;
        }
        let family = self.families.entry(key).or_default();
        family.by_initials.entry(initials).or_default().insert(full);
    }

    /// How much of a given name is shown: 0 nothing, 1 initials, 2 all. `base` is what is asked for
    /// already; `short` and `initials` say how the style shows names.
    pub(in crate::cite) fn level(&self, style: &Style, item: &str, name: Shown<'_>) -> u8 {
        let Shown { name, at, base, short, initials } = name;
        let usual = if short { 0 } else { 2 - u8::from(initials) };
        let Some(family) = self.families.get(&family_key(style, item, name)) else {
            return usual;
        };
        let Some(same) = family.by_initials.get(&given_keys(style, name).0) else { return usual };
        let rule = style.citation.givenname_rule.as_str();
        if rule == "by-cite" && usual <= base {
            return base;
        }
        if !style.citation.add_givenname || rule.starts_with("primary-name") && at > 0 {
            return usual;
        }
        let many = family.by_initials.len() > 1;
        if rule.ends_with("-with-initials") {
            return u8::from(many);
        }
        if same.len() > 1 || many && !initials {
            2
        } else if many {
            1
        } else {
            usual
        }
    }
}

/// A name and how it is shown.
#[derive(Clone, Copy)]
pub(in crate::cite) struct Shown<'a> {
    pub(in crate::cite) name: &'a Name,
    pub(in crate::cite) at: usize,
    pub(in crate::cite) base: u8,
    pub(in crate::cite) short: bool,
    pub(in crate::cite) initials: bool,
}

fn without_periods(text: &str) -> String {
    text.replace('.', " ").split_whitespace().collect::<Vec<_>>().join(" ")
}

fn family_key(style: &Style, item: &str, name: &Name) -> String {
    let mut key = without_periods(&name.family);
    if style.demote_non_dropping_particle == "never" && !name.non_dropping_particle.is_empty() {
        key = format!("{key} {}", name.non_dropping_particle);
    }
    // By citation, people are told apart only within one item.
    if style.citation.givenname_rule == "by-cite" { format!("{item}\u{0}{key}") } else { key }
}

/// The initials and the whole of the given names.
fn given_keys(style: &Style, name: &Name) -> (String, String) {
    let mut full = without_periods(&name.given);
    if let Some(at) = full.rfind(' ') {
        let last = &full[at + 1..];
        let before = full[..at].trim_end_matches([',', '!']);
        if before.len() < at && last == last.to_lowercase() {
            full = before.to_owned();
        }
    }
    (initials::initials(&full, "%s", false, style.initialize_with_hyphen), full)
}
