//! Names of people and bodies, by BibTeX's rules and BibLaTeX's extended form
//! (BibLaTeX manual 2.3.3 and 3.4; Markey, "Tame the BeaST", 11).

use crate::text::tex;

/// One person or body.
#[derive(Debug, Clone, Default, PartialEq, Eq, Hash)]
pub struct Name {
    /// Given names, empty for a body.
    pub given: String,
    /// The particle (`von`), empty where there is none.
    pub particle: String,
    /// The family name, or the whole name of a body.
    pub family: String,
    /// `Jr.`, `III`.
    pub suffix: String,
    /// Whether the whole name stood in braces: a body, never to be taken apart.
    pub is_body: bool,
}

impl Name {
    /// `Given von Family, Jr.` for reading.
    pub fn display(&self) -> String {
        let parts = [&self.given, &self.particle, &self.family];
        let mut out = join(parts.iter().map(|part| part.as_str()));
        if !self.suffix.is_empty() {
            out.push_str(", ");
            out.push_str(&self.suffix);
        }
        out
    }

    /// Whether nothing of it is known.
    pub fn is_empty(&self) -> bool {
        [&self.given, &self.particle, &self.family, &self.suffix].iter().all(|it| it.is_empty())
    }

    /// `von Family, Given` for lists.
    pub fn inverted(&self) -> String {
        let family = join([self.particle.as_str(), self.family.as_str()].into_iter());
        if self.given.is_empty() { family } else { format!("{family}, {}", self.given) }
    }
}

fn join<'a>(parts: impl Iterator<Item = &'a str>) -> String {
    parts.filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" ")
}

/// A list of names, and whether it ends in `and others`.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Names {
    /// In order.
    pub names: Vec<Name>,
    /// Whether there are more than are named.
    pub others: bool,
}

/// Reads the value of a name field (TeX as written). Never fails; an empty value has no names.
pub fn parse(value: &str) -> Names {
    let mut out = Names::default();
    for part in split_list(value) {
        let part = part.trim();
        if part.eq_ignore_ascii_case("others") {
            out.others = true;
        } else if !part.is_empty() {
            // Braces with nothing in them name nobody.
            out.names.extend(Some(one(part)).filter(|name| !name.is_empty()));
        }
    }
    out
}

/// Splits at ` and ` outside braces, case ignored.
pub fn split_list(value: &str) -> Vec<&str> {
    let bytes = value.as_bytes();
    let mut parts = Vec::new();
    let (mut depth, mut from, mut at) = (0_usize, 0, 0);
    while at < bytes.len() {
        match bytes[at] {
            b'{' => depth += 1,
            b'}' => depth = depth.saturating_sub(1),
            byte if depth == 0
                && byte.is_ascii_whitespace()
                && bytes.get(at + 1..at + 4).is_some_and(|it| it.eq_ignore_ascii_case(b"and"))
                && bytes.get(at + 4).is_none_or(u8::is_ascii_whitespace) =>
            {
                parts.push(value.get(from..at).unwrap_or_default());
                from = (at + 4).min(bytes.len());
                at = from;
                continue;
            }
            _ => {}
        }
        at += 1;
    }
    parts.push(value.get(from..).unwrap_or_default());
    parts
}

fn one(text: &str) -> Name {
    if let Some(inner) = whole_group(text) {
        return Name { family: tex::to_unicode(inner), is_body: true, ..Name::default() };
    }
    if let Some(name) = extended(text) {
        return name;
    }
    let parts: Vec<Vec<&str>> = split_at(text, b',').into_iter().map(words).collect();
    let unicode = |words: &[&str]| tex::to_unicode(&words.join(" "));
    match parts.as_slice() {
        [all] => {
            let Some((_, before)) = all.split_last() else { return Name::default() };
            let from = before.iter().position(|word| is_lower(word)).unwrap_or(before.len());
            let to = before.iter().rposition(|word| is_lower(word)).map_or(from, |at| at + 1);
            Name {
                given: unicode(&all[..from]),
                particle: unicode(&all[from..to]),
                family: unicode(&all[to..]),
                ..Name::default()
            }
        }
        [family, rest @ ..] => {
            let to = family
                .split_last()
                .and_then(|(_, before)| before.iter().rposition(|word| is_lower(word)))
                .map_or(0, |at| at + 1);
            let starts_low = family.first().is_some_and(|word| is_lower(word));
            let to = if starts_low { to } else { 0 };
            let (suffix, given) = match rest {
                [suffix, given, ..] => (unicode(suffix), unicode(given)),
                [given] => (String::new(), unicode(given)),
                [] => (String::new(), String::new()),
            };
            let particle = unicode(&family[..to]);
            Name { given, particle, family: unicode(&family[to..]), suffix, is_body: false }
        }
        [] => Name::default(),
    }
}

/// The inside of `{…}` when the braces hold the whole of `text`.
fn whole_group(text: &str) -> Option<&str> {
    let inner = text.strip_prefix('{')?.strip_suffix('}')?;
    let mut depth = 0_usize;
    for byte in inner.bytes() {
        match byte {
            b'{' => depth += 1,
            b'}' => depth = depth.checked_sub(1)?,
            _ => {}
        }
    }
    (depth == 0 && !inner.starts_with('\\')).then_some(inner)
}

/// `family=…, given=…` (BibLaTeX manual 3.4); `None` when it is not of that form.
fn extended(text: &str) -> Option<Name> {
    let mut name = Name::default();
    for part in split_at(text, b',') {
        let (key, value) = part.split_once('=')?;
        let value = tex::to_unicode(value.trim().trim_matches('"'));
        match key.trim().to_ascii_lowercase().as_str() {
            "family" => name.family = value,
            "given" => name.given = value,
            "prefix" => name.particle = value,
            "suffix" => name.suffix = value,
            "given-i" | "family-i" | "prefix-i" | "suffix-i" | "id" | "useprefix"
            | "juniorcomma" | "nametemplates" | "cjk" => {}
            _ => return None,
        }
    }
    Some(name)
}

fn split_at(text: &str, at: u8) -> Vec<&str> {
    let (mut depth, mut from, mut parts) = (0_usize, 0, Vec::new());
    for (i, byte) in text.bytes().enumerate() {
        match byte {
            b'{' => depth += 1,
            b'}' => depth = depth.saturating_sub(1),
            byte if byte == at && depth == 0 => {
                parts.push(text.get(from..i).unwrap_or_default());
                from = i + 1;
            }
            _ => {}
        }
    }
    parts.push(text.get(from..).unwrap_or_default());
    parts
}

/// Words outside braces; `~` separates like a blank.
fn words(text: &str) -> Vec<&str> {
    let (mut depth, mut from, mut out) = (0_usize, 0, Vec::new());
    let mut slash = false;
    for (i, byte) in text.bytes().enumerate() {
        match byte {
            b'{' => depth += 1,
            b'}' => depth = depth.saturating_sub(1),
            b' ' | b'\t' | b'\n' | b'\r' | b'~' if depth == 0 && !(slash && byte == b'~') => {
                out.push(text.get(from..i).unwrap_or_default());
                from = i + 1;
            }
            _ => {}
        }
        slash = byte == b'\\';
    }
    out.push(text.get(from..).unwrap_or_default());
    out.retain(|word| !word.is_empty());
    out
}

/// Whether BibTeX takes `word` as part of a particle: its first letter is lower case; a word in
/// braces has no case.
fn is_lower(word: &str) -> bool {
    if word.starts_with('{') && !word.starts_with("{\\") {
        return false;
    }
    tex::to_unicode(word).chars().find(|c| c.is_alphabetic()).is_some_and(char::is_lowercase)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, given: &str, particle: &str, family: &str, suffix: &str) {
        let name = &parse(text).names[0];
        let parts = [&name.given, &name.particle, &name.family, &name.suffix];
        assert_eq!(parts, [given, particle, family, suffix]);
    }

    #[test]
    fn the_three_forms_of_bibtex() {
        check("Nora Gotaas", "Nora", "", "Gotaas", "");
        check("Gotaas, Nora", "Nora", "", "Gotaas", "");
        check("Ludwig van Beethoven", "Ludwig", "van", "Beethoven", "");
        check("den Boer, P. C. A. M.", "P. C. A. M.", "den", "Boer", "");
        check("King, Jr., Martin Luther", "Martin Luther", "", "King", "Jr.");
    }

    #[test]
    fn tex_and_ties_in_names() {
        check(r"{\O}degaard, S{\o}ren", "Søren", "", "Ødegaard", "");
        check("J.~Smith", "J.", "", "Smith", "");
    }

    #[test]
    fn bodies_are_not_taken_apart() {
        let names = parse("{Barnes and Noble} AND {Helsedirektoratet} and others");
        assert_eq!(names.names.len(), 2);
        assert!(names.others && names.names[0].is_body);
        assert_eq!(names.names[0].family, "Barnes and Noble");
    }

    #[test]
    fn braces_with_nothing_in_them_name_nobody() {
        for text in ["{{", "{}", "{ }", "{} and {}"] {
            assert_eq!(parse(text), Names::default(), "{text}");
        }
    }

    #[test]
    fn the_extended_form_is_read_and_an_equals_sign_alone_is_not_one() {
        check("family=Müller, given=Jo, prefix=von", "Jo", "von", "Müller", "");
        assert_eq!(parse("E=mc2 Collaboration").names[0].family, "Collaboration");
    }
}
