//! People: forms of one name, and how far two lists of names agree.

use super::features::words;
use crate::model::Name;

/// A person or body as the comparison sees it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Person {
    /// Family name without particle, as one word; doubled names as several.
    pub(super) family: Vec<String>,
    /// Initials of the given names.
    initials: String,
    /// The first given name where it is written out.
    given: String,
}

impl Person {
    /// Folds `name`.
    pub(super) fn new(name: &Name) -> Self {
        let (family, given) = turned(name).unwrap_or((name.family.clone(), name.given.clone()));
        let given = words(&given);
        let mut family: Vec<String> = words(&family).split(' ').map(plain).collect();
        family.retain(|word| !PARTICLES.contains(&word.as_str()) && !word.is_empty());
        if family.is_empty() {
            family = vec![plain(&words(&name.particle))];
        }
        let first = given.split(' ').next().unwrap_or_default();
        Self {
            initials: given.split(' ').filter_map(|word| word.chars().next()).collect(),
            given: if first.chars().count() > 2 { first.to_owned() } else { String::new() },
            family,
        }
    }

    /// The family name as one word.
    pub(super) fn name(&self) -> String {
        self.family.concat()
    }

    /// Whether the family names can be one: the same, one part of a doubled one, or a slip of the pen.
    pub(super) fn same_family(&self, other: &Self) -> bool {
        if self.family == other.family {
            return true;
        }
        let part = |a: &Self, b: &Self| {
            a.family.len() < b.family.len() && a.family.iter().all(|word| b.family.contains(word))
        };
        if part(self, other) || part(other, self) {
            return true;
        }
        let (a, b) = (self.name(), other.name());
        let shorter = a.chars().count().min(b.chars().count());
        // In a list as printed, the given names may have stuck to the family name.
        a == b
            || (shorter >= 5 && strsim::levenshtein(&a, &b) <= 1 + usize::from(shorter >= 9))
            || {
                let mut sorted = [self.family.clone(), other.family.clone()];
                for family in &mut sorted {
                    family.sort();
                }
                sorted[0] == sorted[1]
            }
    }

    /// Whether nothing in the given names speaks against one person.
    pub(super) fn same_given(&self, other: &Self) -> bool {
        let (a, b) = (self.initials.chars().next(), other.initials.chars().next());
        if a.is_none() || b.is_none() {
            return true;
        }
        if a != b {
            return false;
        }
        let full = !self.given.is_empty() && !other.given.is_empty();
        !full || self.given == other.given || strsim::levenshtein(&self.given, &other.given) <= 2
    }
}

/// `Zuna R E` and `Zuna RE` read as family name `E`, but a family name is not a capital or two:
/// family and given names turned round, `None` where they stand as they should.
fn turned(name: &Name) -> Option<(String, String)> {
    let initials = |word: &str| {
        word.chars().filter(|c| c.is_alphabetic()).count() <= 3
            && word.chars().all(|c| c.is_uppercase() || matches!(c, '.' | '-'))
    };
    let (first, rest) = name.given.split_once(' ').unwrap_or((&name.given, ""));
    let is_turned = !name.is_body
        && initials(&name.family)
        && !first.is_empty()
        && !initials(first)
        && rest.split(' ').all(initials);
    is_turned.then(|| (first.to_owned(), format!("{rest} {}", name.family)))
}

const PARTICLES: &[&str] = &[
    "von", "van", "der", "den", "de", "del", "della", "la", "le", "di", "da", "dos", "af", "av",
    "ter", "ten", "jr", "sr", "ii", "iii",
];

/// Spellings of one sound as one: `ue` for `ü`, `oe` for `ø`, `aa` for `å`.
fn plain(word: &str) -> String {
    word.replace("ae", "a").replace("oe", "o").replace("ue", "u").replace("aa", "a")
}

/// How far two lists agree.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Agreement {
    /// One list is missing.
    Unknown,
    /// Every name of the shorter list is in the longer, two at least.
    All(usize),
    /// The first names agree.
    First,
    /// The first family names agree, the given names do not.
    FamilyOnly,
    /// Others than the first agree.
    Some(usize),
    /// No name is in both.
    None,
}

/// Compares two lists of people.
pub(super) fn compare(a: &[Person], b: &[Person]) -> Agreement {
    let (Some(first_a), Some(first_b)) = (a.first(), b.first()) else { return Agreement::Unknown };
    const MOST: usize = 12;
    let (a, b) = (&a[..a.len().min(MOST)], &b[..b.len().min(MOST)]);
    let same = |x: &Person, y: &Person| x.same_family(y) && x.same_given(y);
    let shared = a.iter().filter(|x| b.iter().any(|y| same(x, y))).count();
    let shorter = a.len().min(b.len());
    let first = same(first_a, first_b);
    if shared >= 2 && shared * 10 >= shorter * 8 {
        return Agreement::All(shared);
    }
    if first {
        return Agreement::First;
    }
    if first_a.same_family(first_b) {
        return Agreement::FamilyOnly;
    }
    let families = a.iter().filter(|x| b.iter().any(|y| x.same_family(y))).count();
    if families > 0 { Agreement::Some(families) } else { Agreement::None }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::name::parse;

    fn people(text: &str) -> Vec<Person> {
        parse(text).names.iter().map(Person::new).collect()
    }

    #[track_caller]
    fn same(a: &str, b: &str) {
        let (a, b) = (people(a), people(b));
        assert!(a[0].same_family(&b[0]) && a[0].same_given(&b[0]), "{a:?} {b:?}");
    }

    #[test]
    fn forms_of_one_name_agree() {
        same("Müller, Jürgen", r#"M{\"u}ller, J."#);
        same("Mueller, J", "Müller, Jürgen");
        same("Zuna R E", "Zuna, R. E.");
        same("von Pawel, J.", "Pawel, J.");
        same("Hilde Hatleskog Zeiner", "Zeiner, Hilde");
        same("Åsgaard, Kari", "Aasgård, K.");
    }

    #[test]
    fn two_people_of_one_family_are_two() {
        let (a, b) = (people("Dyregrov, Kari"), people("Dyregrov, Atle"));
        assert_eq!(compare(&a, &b), Agreement::FamilyOnly);
    }
}
