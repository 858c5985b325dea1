//! Rules that keep two entries apart though much agrees: chapters of one book, editions,
//! translations, preprints, errata and replies, parts and volumes.

use super::features::{Features, Kind};
use super::score::{Seen, Verdict};
use crate::text::said::Said;

/// The first rule that applies: its reason, and the most that the verdict may still be.
pub(super) fn rule(a: &Features, b: &Features, seen: &Seen) -> Option<(Said, Verdict)> {
    let apart = |said: Said| Some((said, Verdict::Apart));
    if a.names.contains(&b.key.to_lowercase()) || b.names.contains(&a.key.to_lowercase()) {
        return apart(Said::new("dedupe.apart-related"));
    }
    if let (Some(x), Some(y)) = (&a.chapter, &b.chapter)
        && x != y
    {
        return apart(Said::new("dedupe.apart-chapter").with("a", x).with("b", y));
    }
    if let Some(said) = whole_and_part(a, b) {
        return apart(said);
    }
    if let (Some(x), Some(y)) = (&a.edition, &b.edition)
        && x != y
    {
        return apart(Said::new("dedupe.apart-edition").with("a", x).with("b", y));
    }
    if let (Some(x), Some(y)) = (&a.language, &b.language)
        && x != y
        && !seen.identifier
        && !seen.isbn
        && !seen.place
    {
        return apart(Said::new("dedupe.apart-language").with("a", x).with("b", y));
    }
    if a.title.marker != b.title.marker && !seen.identifier {
        let marker = a.title.marker.or(b.title.marker).unwrap_or_default();
        return apart(Said::new("dedupe.apart-marker").with("what", marker));
    }
    if a.kind != b.kind
        && (a.kind == Kind::Preprint || b.kind == Kind::Preprint)
        && !seen.identifier
    {
        return Some((Said::new("dedupe.apart-preprint"), Verdict::Perhaps));
    }
    if numbered(a, b) && !seen.identifier && !seen.place {
        let said = Said::new("dedupe.apart-number")
            .with("a", list(&a.title.numbers))
            .with("b", list(&b.title.numbers));
        return apart(said);
    }
    if both_whole(a, b)
        && let (Some(x), Some(y)) = (&a.volume, &b.volume)
        && x != y
    {
        return apart(Said::new("dedupe.apart-volume").with("a", x).with("b", y));
    }
    if a.kind == Kind::Part && b.kind == Kind::Part {
        // Chapters often carry the DOI and the address of their book.
        if seen.title < 0.6 && !seen.run {
            return apart(Said::new("dedupe.apart-titles"));
        }
        if seen.other_page && !seen.identifier {
            return apart(Said::new("dedupe.apart-pages"));
        }
    }
    if seen.other_doi && !seen.place && !seen.isbn {
        let limit = if seen.other_page { Verdict::Apart } else { Verdict::Perhaps };
        return Some((Said::new("dedupe.apart-doi"), limit));
    }
    // Last year's paper and this year's, with a subtitle more.
    let other_year = a.year.is_some() && b.year.is_some() && a.year != b.year;
    if seen.in_part && other_year && !seen.identifier && !seen.isbn && !seen.place {
        return Some((Said::new("dedupe.apart-unsettled"), Verdict::Perhaps));
    }
    if seen.title < 0.88 && !seen.identifier && !seen.isbn && !seen.place {
        return Some((Said::new("dedupe.apart-unsettled"), Verdict::Perhaps));
    }
    None
}

/// A book and a chapter in it are two.
fn whole_and_part(a: &Features, b: &Features) -> Option<Said> {
    let mixed = |x: &Features, y: &Features| x.kind == Kind::Part && y.kind == Kind::Whole;
    (mixed(a, b) || mixed(b, a)).then(|| Said::new("dedupe.apart-part"))
}

/// Whether the numbers in the titles differ though the titles are alike.
fn numbered(a: &Features, b: &Features) -> bool {
    // A translated or shortened title may well leave a number out.
    a.title.numbers != b.title.numbers && {
        let few = |x: &[String], y: &[String]| x.iter().all(|n| y.contains(n));
        let subset =
            few(&a.title.numbers, &b.title.numbers) || few(&b.title.numbers, &a.title.numbers);
        !subset || trailing(a, b)
    }
}

/// Whether one title ends in a number that the other lacks: `Selvhjelp på norsk`, `… 2`.
fn trailing(a: &Features, b: &Features) -> bool {
    let ends = |x: &Features, y: &Features| {
        x.title.core.strip_prefix(y.title.core.as_str()).is_some_and(|rest| {
            !rest.is_empty()
                && rest
                    .trim()
                    .bytes()
                    .all(|c| c.is_ascii_digit() || matches!(c, b'i' | b'v' | b'x'))
        })
    };
    ends(a, b) || ends(b, a)
}

fn both_whole(a: &Features, b: &Features) -> bool {
    a.kind == Kind::Whole && b.kind == Kind::Whole
}

fn list(numbers: &[String]) -> String {
    if numbers.is_empty() { "–".to_owned() } else { numbers.join(", ") }
}
