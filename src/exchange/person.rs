//! Names in plain text, as other programs write them: `Family, Given, Suffix`, `Given Family`,
//! `Family FM`, or the name of a body.

use super::table::words;
use crate::model::Name;
use std::fmt::Write as _;

/// The body of this name.
pub fn body(text: &str) -> Name {
    Name { family: text.trim().to_owned(), is_body: true, ..Name::default() }
}

/// Reads one name; `None` for `et al.` and its kind: there are more names than are told.
///
/// With a comma the family name comes first; a comma at the end marks a body (EndNote). Without
/// one, a single word or a text with a word that bodies have is a body, other words are a person.
pub fn read(text: &str) -> Option<Name> {
    let text = text.trim().trim_end_matches(';').trim();
    let folded = text.to_lowercase();
    if matches!(folded.as_str(), "et al" | "et al." | "others" | "and others" | "m.fl." | "mfl.") {
        return None;
    }
    if let Some(inner) = text.strip_prefix('{').and_then(|text| text.strip_suffix('}')) {
        return Some(body(inner));
    }
    if let Some(before) = text.strip_suffix(',') {
        return Some(body(before));
    }
    let mut parts = text.split(',').map(str::trim);
    let (first, second, third) = (parts.next().unwrap_or_default(), parts.next(), parts.next());
    Some(match (second, third) {
        _ if parts.next().is_some() => body(text),
        (Some(given), suffix) => {
            let suffix = suffix.unwrap_or_default();
            // `King, Jr., Martin` is BibTeX's order.
            if is_suffix(given) && !suffix.is_empty() {
                person(first, suffix, given)
            } else {
                person(first, given, suffix)
            }
        }
        (None, _) => whole(first),
    })
}

/// The names in a text that may hold several: between semicolons, the last two perhaps with `&`
/// between them. A `&` alone joins names only where each has a comma, for bodies have it, too.
pub fn several(text: &str) -> Vec<&str> {
    let parts: Vec<&str> = text.split(';').map(str::trim).filter(|it| !it.is_empty()).collect();
    let Some((last, before)) = parts.split_last() else { return Vec::new() };
    let Some((one, other)) = last.rsplit_once(" & ") else { return parts };
    let is_joined = !before.is_empty() || (one.contains(',') && other.contains(','));
    if is_joined { [before, &[one.trim(), other.trim()]].concat() } else { parts }
}

/// A person whose family name may begin with a particle in lower case.
pub fn person(family: &str, given: &str, suffix: &str) -> Name {
    let (particle, family) = particle(family);
    if given.is_empty() && suffix.is_empty() && particle.is_empty() {
        return body(family);
    }
    Name {
        given: given.to_owned(),
        particle: particle.to_owned(),
        family: family.to_owned(),
        suffix: suffix.to_owned(),
        is_body: false,
    }
}

/// `de la Cruz` → `de la`, `Cruz`.
fn particle(family: &str) -> (&str, &str) {
    let low = |word: &str| word.chars().next().is_some_and(char::is_lowercase);
    if !low(family) {
        return ("", family);
    }
    let mut at = 0;
    for word in family.split_inclusive(' ') {
        if !low(word) || at + word.len() >= family.len() {
            break;
        }
        at += word.len();
    }
    (family[..at].trim_end(), &family[at..])
}

fn is_suffix(text: &str) -> bool {
    matches!(text.trim_end_matches('.'), "Jr" | "Sr" | "II" | "III" | "IV" | "jr" | "sr")
}

/// A name without a comma.
fn whole(text: &str) -> Name {
    let parts: Vec<&str> = text.split(' ').filter(|word| !word.is_empty()).collect();
    let lower = text.to_lowercase();
    let is_body = parts.len() < 2
        || parts.len() > 5
        || words().bodies.iter().any(|stem| lower.contains(stem.as_str()))
        || text.contains(['&', '/', '(', '«', '"'])
        || parts.iter().any(|word| word.chars().any(|c| c.is_ascii_digit()))
        // `Norsk selvhjelpsforum`: a person's last word is not in lower case.
        || parts.last().is_some_and(|word| word.chars().next().is_some_and(char::is_lowercase))
        // `AA World Services`: initials stand alone or after a family name.
        || (parts.len() > 2 && is_initials(parts[0]) && !parts[0].contains('.'));
    if is_body {
        return body(text);
    }
    initials_last(&parts).unwrap_or_else(|| {
        let names = crate::model::name::parse(&crate::text::escape::tex(text));
        names.names.into_iter().next().unwrap_or_else(|| body(text))
    })
}

/// `Smith JA`, `de la Cruz J Jr`: MEDLINE's form; `None` where the last word is no initials.
pub fn medline(text: &str) -> Name {
    let text = text.trim();
    if text.contains(',') {
        return read(text).unwrap_or_else(|| body(text));
    }
    let parts: Vec<&str> = text.split(' ').filter(|word| !word.is_empty()).collect();
    initials_last(&parts).unwrap_or_else(|| body(text))
}

fn initials_last(parts: &[&str]) -> Option<Name> {
    let (suffix, parts) = match parts.split_last()? {
        (last, rest) if is_suffix(last) || matches!(*last, "2nd" | "3rd" | "4th") => (*last, rest),
        _ => ("", parts),
    };
    let (initials, family) = parts.split_last()?;
    if family.is_empty() || !is_initials(initials) {
        return None;
    }
    let mut given = String::new();
    for c in initials.chars().filter(|c| c.is_alphabetic()) {
        let _ = write!(given, "{}{c}.", if given.is_empty() { "" } else { " " });
    }
    Some(person(&family.join(" "), &given, suffix))
}

/// One to four capitals, with points or without.
fn is_initials(word: &str) -> bool {
    let letters = word.chars().filter(|c| c.is_alphabetic()).count();
    (1..=4).contains(&letters) && word.chars().all(|c| c.is_uppercase() || matches!(c, '.' | '-'))
}

/// The name as [`read`] understands it: `Family, Given, Suffix`, a body with a comma at the end
/// where it would be read as a person.
pub fn write(name: &Name) -> String {
    if name.is_body {
        let plain = &name.family;
        return if read(plain).as_ref() == Some(name) {
            plain.clone()
        } else {
            format!("{plain},")
        };
    }
    let mut out = String::with_capacity(name.family.len() + name.given.len() + 2);
    if !name.particle.is_empty() {
        out.push_str(&name.particle);
        out.push(' ');
    }
    out.push_str(&name.family);
    if !name.given.is_empty() || !name.suffix.is_empty() {
        out.push_str(", ");
        out.push_str(&name.given);
    }
    if !name.suffix.is_empty() {
        out.push_str(", ");
        out.push_str(&name.suffix);
    }
    out
}

/// The name as [`write()`] has it, with a comma behind every body of several words: EndNote, Zotero and
/// bibutils take them for persons otherwise.
pub fn write_marked(name: &Name) -> String {
    let mut out = write(name);
    if name.is_body && out.contains(' ') && !out.ends_with(',') {
        out.push(',');
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, given: &str, particle: &str, family: &str) {
        let name = read(text).unwrap();
        assert_eq!([&name.given, &name.particle, &name.family], [given, particle, family]);
        assert!(!name.is_body, "{text}");
    }

    #[test]
    fn persons_with_and_without_a_comma() {
        check("Gotaas, Nora", "Nora", "", "Gotaas");
        check("Nora Gotaas", "Nora", "", "Gotaas");
        check("Smith JA", "J. A.", "", "Smith");
        check("Smith, J.A.", "J.A.", "", "Smith");
        check("de la Cruz, Ana", "Ana", "de la", "Cruz");
        check("Ludwig van Beethoven", "Ludwig", "van", "Beethoven");
        assert_eq!(read("King, Martin Luther, Jr.").unwrap().suffix, "Jr.");
        assert_eq!(read("King, Jr., Martin Luther").unwrap().given, "Martin Luther");
    }

    #[test]
    fn bodies_are_bodies() {
        for text in [
            "Helsedirektoratet",
            "World Health Organization",
            "Norsk selvhjelpsforum",
            "AA World Services",
            "Barnes & Noble",
            "Universitetet i Oslo",
        ] {
            assert_eq!(read(text), Some(body(text)), "{text}");
        }
        assert_eq!(read("Selvhjelp Norge,"), Some(body("Selvhjelp Norge")));
        assert_eq!(read("et al."), None);
    }

    #[test]
    fn a_written_name_is_read_again() {
        for name in [
            body("Selvhjelp Norge"),
            body("Helsedirektoratet"),
            person("de la Cruz", "Ana", ""),
            person("King", "Martin Luther", "Jr."),
        ] {
            assert_eq!(read(&write(&name)), Some(name));
        }
    }
}
