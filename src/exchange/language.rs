//! Languages: BibLaTeX's `langid` (babel's names), codes of two and three letters, and names.

use super::record::Record;
use crate::model::csl;
use std::borrow::Cow;
use std::collections::HashMap;
use std::sync::LazyLock;

/// BibLaTeX's `langid` for a code, a tag or a name of a language.
pub(super) fn langid(text: &str) -> Option<&'static str> {
    static NAMES: LazyLock<HashMap<String, String>> = LazyLock::new(|| {
        #[expect(clippy::expect_used, reason = "compiled in, held by a test")]
        toml::from_str(include_str!("../../data/builtin/exchange/languages.toml"))
            .expect("languages that can be read")
    });
    let lower = text.trim().trim_end_matches('.').to_lowercase();
    if let Some(name) = NAMES.get(&lower) {
        return Some(name);
    }
    let tag = csl::language_tag(&lower).filter(|tag| tag.len() != 3)?;
    csl::language_name(&tag)
}

/// The tag (`nb-NO`, `en-US`) of a `langid`; what is not known as it is.
pub(super) fn tag(langid: &str) -> Cow<'_, str> {
    csl::language_tag(langid).map_or(Cow::Borrowed(langid), Cow::Owned)
}

/// Adds the language of a work: as `langid` where it is known, else as it stands in `language`.
pub(super) fn add(record: &mut Record, text: &str) {
    let parts: Vec<&str> =
        text.split([';', ',', '\n', '/']).map(str::trim).filter(|part| !part.is_empty()).collect();
    match parts.as_slice() {
        [one] if record.field("langid").is_none() => match langid(one) {
            Some(langid) => record.add("langid", langid),
            None => record.add("language", one),
        },
        many => {
            for one in many {
                match langid(one) {
                    Some(known) if record.field("langid").is_none() => record.add("langid", known),
                    Some(known) if record.text("langid").is_some_and(|it| it == known) => {}
                    Some(known) => record.add("language", known),
                    None => record.add("language", one),
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_and_names_give_langids_that_come_back() {
        for (text, id) in [
            ("eng", "english"),
            ("nb-NO", "norsk"),
            ("nno", "nynorsk"),
            ("English", "english"),
            ("Norwegian", "norsk"),
            ("ger", "ngerman"),
            ("sme", "northernsami"),
        ] {
            assert_eq!(langid(text), Some(id), "{text}");
        }
        assert_eq!(langid("Klingon"), None);
        assert_eq!(tag("nynorsk"), "nn-NO");
        assert_eq!(tag("Klingon"), "Klingon");
    }
}
