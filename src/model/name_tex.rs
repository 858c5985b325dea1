//! Names written as the value of a name field, so that reading gives the same names.

use super::name::{Name, Names, parse};
use crate::text::escape;

/// `names` as TeX: `Family, Given and {A Body} and others`. What cannot be told apart in the plain
/// form gets braces, or BibLaTeX's extended form (manual 3.4). Empty for no names.
pub fn names(names: &Names) -> String {
    let mut out = String::new();
    for name in &names.names {
        if !out.is_empty() {
            out.push_str(" and ");
        }
        out.push_str(&one(name));
    }
    if names.others {
        out.push_str(if out.is_empty() { "others" } else { " and others" });
    }
    out
}

/// One name as TeX.
pub fn one(name: &Name) -> String {
    if name.is_body {
        let tex = escape::tex(&name.family);
        // `{\x…` would be a letter in braces, not a whole in braces.
        let guard = if tex.starts_with('\\') { "{}" } else { "" };
        return format!("{{{guard}{tex}}}");
    }
    let plain = plain(name, escape::tex);
    if is_simple(name) || reads_as(&plain, name) {
        return plain;
    }
    let braced = self::plain(name, |part| format!("{{{}}}", escape::tex(part)));
    if reads_as(&braced, name) {
        return braced;
    }
    extended(name)
}

/// `von Family, Suffix, Given`; a family name alone stands alone.
fn plain(name: &Name, part: impl Fn(&str) -> String) -> String {
    let mut out = String::new();
    if !name.particle.is_empty() {
        out.push_str(&escape::tex(&name.particle));
        out.push(' ');
    }
    out.push_str(&part(&name.family));
    if !name.suffix.is_empty() {
        out.push_str(", ");
        out.push_str(&part(&name.suffix));
    }
    if !name.given.is_empty() || !name.suffix.is_empty() {
        out.push_str(", ");
        out.push_str(&part(&name.given));
    }
    out
}

fn extended(name: &Name) -> String {
    let parts = [
        ("family", &name.family),
        ("given", &name.given),
        ("prefix", &name.particle),
        ("suffix", &name.suffix),
    ];
    let parts: Vec<String> = parts
        .into_iter()
        .filter(|(_, value)| !value.is_empty())
        .map(|(key, value)| format!("{key}={{{}}}", escape::tex(value)))
        .collect();
    parts.join(", ")
}

/// Most names: capitalized words of letters, where the plain form cannot be misread.
fn is_simple(name: &Name) -> bool {
    let letters = |text: &str| text.chars().all(|c| c.is_alphabetic() || c == '-' || c == '.');
    let family = &name.family;
    name.particle.is_empty()
        && name.suffix.is_empty()
        && !family.is_empty()
        && letters(family)
        && family.chars().next().is_some_and(char::is_uppercase)
        && (name.given.is_empty() || name.given.split(' ').all(letters))
        && !family.contains("--")
        && !name.given.contains("--")
        && !name.given.split(' ').any(|word| word.eq_ignore_ascii_case("and"))
        && !family.eq_ignore_ascii_case("and")
        && !(family.eq_ignore_ascii_case("others") && name.given.is_empty())
}

fn reads_as(text: &str, name: &Name) -> bool {
    let read = parse(text);
    !read.others && read.names.len() == 1 && read.names[0] == *name
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn name(given: &str, particle: &str, family: &str, suffix: &str) -> Name {
        let part = |text: &str| escape::clean(text).into_owned();
        Name {
            given: part(given),
            particle: part(particle),
            family: part(family),
            suffix: part(suffix),
            is_body: false,
        }
    }

    #[test]
    fn names_are_written_family_first() {
        assert_eq!(one(&name("Ludwig", "van", "Beethoven", "")), "van Beethoven, Ludwig");
        assert_eq!(one(&name("Martin Luther", "", "King", "Jr.")), "King, Jr., Martin Luther");
        assert_eq!(one(&name("Ana", "", "de la Cruz", "")), "{de la Cruz}, {Ana}");
        let body = Name { is_body: true, family: "Barnes and Noble".into(), ..Name::default() };
        assert_eq!(one(&body), "{Barnes and Noble}");
    }

    proptest! {
        #[test]
        fn any_name_comes_back(
            given in "[A-Za-zåØ{},=~\\\\. -]{0,12}", particle in "(van|de la|)",
            family in "[A-Za-zåØ{},=~\"\\\\ -]{0,12}[A-Za-z]", suffix in "(Jr\\.|III|)",
        ) {
            let name = name(&given, &particle, &family, &suffix);
            let written = one(&name);
            let read = parse(&written);
            prop_assert_eq!(read.names.len(), 1, "{}", written);
            prop_assert_eq!(&read.names[0], &name, "{}", written);
        }
    }
}
