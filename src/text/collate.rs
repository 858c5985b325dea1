//! Alphabetical order as Norwegians keep it: Æ, Ø, Å last, `aa` as `å`, marks and case of little
//! weight, signs before the first letter ignored.

use icu_collator::options::CollatorOptions;
use icu_collator::{Collator, CollatorBorrowed, CollatorPreferences};
use icu_locale::Locale;
use std::cmp::Ordering;
use std::sync::LazyLock;

static NORWEGIAN: LazyLock<Option<CollatorBorrowed<'static>>> = LazyLock::new(|| {
    let locale: Locale = "nb".parse().ok()?;
    Collator::try_new(CollatorPreferences::from(&locale), CollatorOptions::default()).ok()
});

/// Compares two texts in Norwegian alphabetical order.
pub fn compare(a: &str, b: &str) -> Ordering {
    match &*NORWEGIAN {
        Some(collator) => collator.compare(head(a), head(b)),
        None => a.cmp(b),
    }
}

/// A key whose byte order is the Norwegian alphabetical order of `text`.
pub fn sort_key(text: &str) -> Vec<u8> {
    let mut key = Vec::new();
    if let Some(collator) = &*NORWEGIAN {
        let _written = collator.write_sort_key_to(head(text), &mut key);
    }
    if key.is_empty() { text.as_bytes().to_vec() } else { key }
}

/// `text` from its first letter or digit on; all of it when there is none.
fn head(text: &str) -> &str {
    text.find(char::is_alphanumeric).map_or(text, |at| text.get(at..).unwrap_or(text))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn norwegian_letters_come_last_and_aa_is_å() {
        let mut names = ["Åse", "Aasen", "Ærø", "Zoe", "Østby", "«Berg", "Ånund", "Adam"];
        names.sort_by(|a, b| compare(a, b));
        assert_eq!(names, ["Adam", "«Berg", "Zoe", "Ærø", "Østby", "Ånund", "Åse", "Aasen"]);
        let mut keyed = names;
        keyed.sort_by_key(|name| sort_key(name));
        assert_eq!(keyed, names);
    }
}
