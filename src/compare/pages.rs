//! Pages: `1234-41` is `1234-1241`; an article number is a first page.

use crate::text::fold;

/// First and last page, without leading letters' case and zeros.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Pages {
    /// The first page: `333`, `s85`, `e104`; empty where it is not known.
    pub(super) first: String,
    /// The last page, `None` where only one is given.
    pub(super) last: Option<u32>,
}

impl Pages {
    /// Reads a `pages` or `eid` field.
    pub(super) fn new(text: &str) -> Self {
        let folded = fold::base(text);
        // A spreadsheet has made a date of `8-9`: nothing can be known of it.
        // `Suppl-29` is an issue and what a database has left of the last page.
        if MONTHS.iter().any(|month| folded.contains(month)) || folded.starts_with("suppl") {
            return Self::default();
        }
        let mut parts = folded
            .split(|c: char| !c.is_alphanumeric())
            .filter(|part| part.bytes().any(|byte| byte.is_ascii_digit()));
        let Some(head) = parts.next() else { return Self::default() };
        let (letters, digits) = split(head);
        let first = format!("{letters}{digits}");
        let start: Option<u32> = digits.parse().ok();
        let last = parts.next().and_then(|part| {
            let (_, tail) = split(part);
            let end: u32 = tail.parse().ok()?;
            let start = start?;
            if end >= start || tail.len() >= digits.len() {
                return Some(end);
            }
            // `1234-41`: the missing digits are those of the first page.
            format!("{}{tail}", digits.get(..digits.len() - tail.len())?).parse().ok()
        });
        Self { first, last: last.filter(|last| start.is_none_or(|start| *last >= start)) }
    }

    /// The first page as a number, where it is one or has one letter before it.
    pub(super) fn number(&self) -> Option<u32> {
        self.first.trim_start_matches(|c: char| c.is_alphabetic()).parse().ok()
    }
}

const MONTHS: &[&str] =
    &["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];

/// The letters before the number and the number without zeros in front.
fn split(part: &str) -> (&str, &str) {
    let at = part.find(|c: char| c.is_ascii_digit()).unwrap_or(part.len());
    let (letters, rest) = part.split_at(at);
    let end = rest.find(|c: char| !c.is_ascii_digit()).unwrap_or(rest.len());
    let digits = rest.get(..end).unwrap_or_default().trim_start_matches('0');
    (letters, if digits.is_empty() { "0" } else { digits })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ranges_in_every_spelling() {
        let pages = |text: &str| {
            let it = Pages::new(text);
            (it.first, it.last)
        };
        assert_eq!(pages("1234-41"), ("1234".into(), Some(1241)));
        assert_eq!(pages("S85–S389"), ("s85".into(), Some(389)));
        assert_eq!(pages("0617"), ("617".into(), None));
        assert_eq!(pages("Suppl-29"), (String::new(), None));
        assert_eq!(pages("01-Sep"), (String::new(), None));
        assert_eq!(pages("in press"), (String::new(), None));
    }
}
