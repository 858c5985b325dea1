//! Particles and suffixes that stand inside the family or the given name.
//!
//! CSL-JSON keeps them in fields of their own, but few exporters do. A leading word of the family
//! name or a trailing word of the given name that begins with a small letter is a particle: one
//! from the family name is non-dropping, one from the given name dropping.

use super::Name;

/// Marks that may join a particle to the name: `d'`, `al-`.
fn joins(c: char) -> bool {
    matches!(c, '-' | '\'' | '\u{2bb}' | '\u{2019}')
}

fn begins_small(word: &str) -> bool {
    let first = word.chars().find(|c| !joins(*c) && !c.is_whitespace());
    first.is_some_and(|c| c.to_uppercase().next() != Some(c))
}

impl Name {
    /// Takes particles and a suffix out of the family and given name into their own parts, unless
    /// a non-dropping particle is there already, or the family name stands alone or in quotes.
    pub(super) fn find_particles(&mut self) {
        let quoted =
            self.family.len() >= 2 && self.family.starts_with('"') && self.family.ends_with('"');
        if quoted {
            self.family = self.family[1..self.family.len() - 1].to_owned();
            return;
        }
        if !self.non_dropping_particle.is_empty() || self.family.is_empty() || self.given.is_empty()
        {
            return;
        }
        let length = leading(&self.family);
        if length > 0 {
            let (particle, family) = self.family.split_at(length);
            let mut trimmed = particle.trim().to_owned();
            if particle.ends_with(' ') && trimmed.ends_with(['\'', '\u{2019}']) {
                trimmed.push(' ');
            }
            let family = family.to_owned();
            self.non_dropping_particle = trimmed;
            self.family = family;
        }
        self.find_suffix();
        let length = trailing(&self.given);
        if length > 0 {
            let (given, particle) = self.given.split_at(self.given.len() - length);
            let particle = particle.split_whitespace().collect::<Vec<_>>().join(" ");
            let given = given.to_owned();
            self.dropping_particle = particle;
            self.given = given;
        }
    }

    /// "Martin Luther, Jr." → suffix "Jr."; `,!` asks for a comma before it.
    fn find_suffix(&mut self) {
        if !self.suffix.is_empty() {
            return;
        }
        let Some(comma) = self.given.find(',') else { return };
        let after = &self.given[comma + 1..];
        let bang = after.starts_with('!');
        let suffix = after.trim_start_matches('!').trim_start().to_owned();
        if suffix.replace('.', "") == "et al" && self.dropping_particle.is_empty() {
            self.dropping_particle = suffix;
        } else {
            self.comma_suffix = bang;
            self.suffix = suffix;
        }
        self.given = self.given[..comma].trim_end().to_owned();
    }
}

/// How many bytes of a family name are particles.
fn leading(family: &str) -> usize {
    let mut at = 0;
    loop {
        let rest = &family[at..];
        let word = rest.find(' ').unwrap_or(rest.len());
        let spaces = rest[word..].len() - rest[word..].trim_start_matches(' ').len();
        let mut length = word + spaces;
        if word == 0 || length >= rest.len() {
            // No further word: perhaps a mark within this one joins a particle to it.
            let mut inner = rest
                .char_indices()
                .filter(|(i, c)| joins(*c) && *i > 0 && i + c.len_utf8() < rest.len());
            match inner.next_back() {
                Some((i, c)) if word > 0 => length = i + c.len_utf8(),
                _ => return at,
            }
        }
        if !begins_small(&rest[..length]) {
            return at;
        }
        at += length;
    }
}

/// How many bytes at the end of given names are particles, with the spaces before them.
fn trailing(given: &str) -> usize {
    let mut end = given.len();
    loop {
        let rest = &given[..end];
        let Some(space) = rest.rfind(' ') else { break };
        let before = rest[..space].trim_end_matches(' ').len();
        if before == 0 || space + 1 == rest.len() || !begins_small(&rest[space + 1..]) {
            break;
        }
        end = before;
    }
    given.len() - end
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parts(family: &str, given: &str) -> [String; 5] {
        let name = Name::person(family, given);
        [name.non_dropping_particle, name.family, name.given, name.dropping_particle, name.suffix]
    }

    #[test]
    fn particles_leave_the_family_and_the_given_name() {
        assert_eq!(parts("van der Vlist", "Eric"), ["van der", "Vlist", "Eric", "", ""]);
        assert_eq!(parts("La Fontaine", "Jean de"), ["", "La Fontaine", "Jean", "de", ""]);
        assert_eq!(parts("d'Arc", "Jeanne"), ["d'", "Arc", "Jeanne", "", ""]);
        assert_eq!(parts("al-Din", "Abd"), ["al-", "Din", "Abd", "", ""]);
    }

    #[test]
    fn a_family_name_in_quotes_is_left_alone() {
        assert_eq!(parts("\"de la Vega\"", "Ana"), ["", "de la Vega", "Ana", "", ""]);
    }

    #[test]
    fn a_suffix_follows_a_comma() {
        assert_eq!(parts("King", "Martin Luther, Jr."), ["", "King", "Martin Luther", "", "Jr."]);
        assert!(Name::person("Doe", "J.,! III").comma_suffix);
    }

    #[test]
    fn capital_words_are_no_particles() {
        assert_eq!(parts("Ås Nilsen", "Åse Øst"), ["", "Ås Nilsen", "Åse Øst", "", ""]);
        assert_eq!(parts("ås", "x"), ["", "ås", "x", "", ""]);
    }
}
