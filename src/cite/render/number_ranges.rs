//! Ranges of numbers: where text is cut into numbers, and how ranges are written.

use super::number_parse::Numbers;
use super::number_parse::Piece;
use super::number_parse::is_digits_then_letters;
use super::number_parse::term_of;
use super::page_range;
use crate::cite::item::Variable;
use crate::cite::locale::Locale;
use crate::cite::style::tree::Form;

/// Cuts text into numbers, each with what joins it to the next.
pub(super) fn split(text: &str, escaped: bool, locale: &Locale) -> Vec<(String, String)> {
    let and = locale.term("and", Form::Long, false).unwrap_or("and");
    let ampersand = match locale.term("and", Form::Symbol, false) {
        Some(symbol) if symbol != and => symbol,
        _ => "&",
    };
    let words: Vec<&str> = if and == "and" { vec!["and"] } else { vec!["and", and] };
    let mut list: Vec<(String, String)> = Vec::new();
    let (mut from, mut at) = (0, 0);
    while at < text.len() {
        match joiner(&text[at..], escaped, &words) {
            Some(length) => {
                let element = &text[from..at];
                let mut joining = text[at..at + length].to_owned();
                if joining.trim() == "&" {
                    let letters = element.starts_with(|c: char| c.is_ascii_alphabetic())
                        && element.ends_with(|c: char| c.is_ascii_alphabetic());
                    joining = if letters { ampersand.to_owned() } else { format!(" {ampersand} ") };
                }
                list.push((element.to_owned(), joining));
                at += length;
                from = at;
            }
            None => at += text[at..].chars().next().map_or(1, char::len_utf8),
        }
    }
    list.push((text[from..].to_owned(), String::new()));
    join_subsections(list)
}

/// The length of what joins two numbers at the beginning of the text.
fn joiner(text: &str, escaped: bool, words: &[&str]) -> Option<usize> {
    let spaces = text.len() - text.trim_start().len();
    let rest = &text[spaces..];
    let after = |rest: &str| rest.len() - rest.trim_start().len();
    if let Some(rest) = rest.strip_prefix('&') {
        return Some(spaces + 1 + after(rest));
    }
    if text.starts_with(',') {
        let space = after(&text[1..]);
        if space > 0 {
            for word in words {
                if let Some(rest) = text[1 + space..].strip_prefix(word) {
                    let more = after(rest);
                    if more > 0 {
                        return Some(1 + space + word.len() + more);
                    }
                }
            }
            return Some(1 + space);
        }
    }
    if spaces > 0 {
        for word in words {
            if let Some(rest) = rest.strip_prefix(word) {
                let more = after(rest);
                if more > 0 {
                    return Some(spaces + word.len() + more);
                }
            }
        }
    }
    if text.starts_with(';') {
        let space = after(&text[1..]);
        return (space > 0).then_some(1 + space);
    }
    let slashes = rest.len() - rest.trim_start_matches('\\').len();
    let dashes = rest[slashes..].trim_start_matches(|c| c == '–' || c == '-' && !escaped);
    let length = rest.len() - slashes - dashes.len();
    (length > 0).then(|| spaces + slashes + length + after(dashes))
}

/// "12a-c" is one number.
fn join_subsections(mut list: Vec<(String, String)>) -> Vec<(String, String)> {
    let letters =
        |text: &str| !text.is_empty() && text.chars().all(|c| c == ',' || c.is_ascii_alphabetic());
    for at in (1..list.len()).rev() {
        let number = list[at - 1].0.rsplit(' ').next().unwrap_or_default();
        let begins =
            is_digits_then_letters(number, ",") && !number.ends_with(|c: char| c.is_ascii_digit());
        if list[at - 1].1 == "-" && begins && letters(&list[at].0) {
            let (text, joining) = list.remove(at);
            list[at - 1].0 = format!("{}-{text}", list[at - 1].0);
            list[at - 1].1 = joining;
        }
    }
    list
}

/// Letters in front of a number, and the number with what follows it.
pub(super) fn particle(text: &str) -> (&str, &str) {
    let is_value = |text: &str| {
        let rest = text.trim_start_matches(|c: char| c.is_ascii_digit());
        rest.len() < text.len()
            && rest.chars().all(|c| c.is_ascii_alphabetic() || c == '-' || c == ',')
    };
    if is_value(text) {
        return ("", text);
    }
    let digits = text.len() - text.trim_start_matches(|c: char| c.is_ascii_digit()).len();
    let letters = text[digits..].len()
        - text[digits..].trim_start_matches(|c: char| c.is_ascii_alphabetic()).len();
    if letters == 0 {
        return ("", text);
    }
    let at = digits + letters;
    let zeros = text[at..].len() - text[at..].trim_start_matches('0').len();
    for zeros in (0..=zeros).rev() {
        if is_value(&text[at + zeros..]) {
            return text.split_at(at + zeros);
        }
    }
    ("", text)
}

/// Whether it counts as a number: digits or small roman numerals with letters behind, or digits
/// with hyphens.
pub(super) fn is_numeric(text: &str) -> bool {
    let fits = |rest: &str| {
        rest.chars().all(|c| c.is_ascii_alphabetic() || "-,:".contains(c))
            || rest.len() > 1
                && rest.starts_with('-')
                && rest.bytes().all(|b| b == b'-' || b.is_ascii_digit())
    };
    let digits = text.trim_start_matches(|c: char| c.is_ascii_digit());
    let roman = text.trim_start_matches(['i', 'x', 'v']);
    digits.len() < text.len() && fits(digits) || roman.len() < text.len() && fits(roman)
}

fn is_page(variable: Variable, piece: &Piece) -> bool {
    matches!(variable, Variable::PAGE | Variable::PAGE_FIRST)
        || variable == Variable::LOCATOR && piece.label == "p."
}

/// What a range has between its ends.
fn delimiter(
    variable: Variable,
    piece: &Piece,
    joining: &str,
    is_numeric: bool,
    locale: &Locale,
) -> String {
    let page_like = matches!(variable, Variable::PAGE | Variable::PAGE_FIRST | Variable::LOCATOR);
    let has_term = !page_like || term_of(&piece.label).is_some_and(|term| locale.has_term(term));
    if joining != "-" || !has_term || !is_numeric {
        return joining.to_owned();
    }
    let named = match variable.name() {
        "issue" | "volume" | "edition" | "number" | "locator" => "page-range-delimiter",
        "collection-number" => "year-range-delimiter",
        _ if is_page(variable, piece) => "page-range-delimiter",
        _ => return joining.to_owned(),
    };
    locale.term(named, Form::Long, false).filter(|text| !text.is_empty()).unwrap_or("–").to_owned()
}

impl Numbers {
    /// Writes the ranges among them as the style and the locale want ("page-range-format").
    pub(super) fn write_ranges(&mut self, variable: Variable, format: &str, locale: &Locale) {
        let has_ranges = matches!(
            variable.name(),
            "page"
                | "page-first"
                | "chapter-number"
                | "collection-number"
                | "edition"
                | "issue"
                | "number"
                | "number-of-pages"
                | "number-of-volumes"
                | "volume"
                | "locator"
        );
        if !has_ranges {
            return;
        }
        let (mut count, mut label) = (0, None::<String>);
        for at in 0..self.pieces.len() {
            let piece = &self.pieces[at];
            if !piece.is_collapsible {
                (count, label) = (0, None);
                let numeric = piece.is_numeric;
                let joining = delimiter(variable, piece, &piece.joining, numeric, locale);
                self.pieces[at].joining = joining;
            } else if label.as_ref() == Some(&piece.label) {
                if piece.joining == "-" {
                    count = 1;
                } else {
                    count += 1;
                    if count == 2 {
                        count = self.write_range(variable, at, format, locale);
                    }
                }
            } else {
                label = Some(piece.label.clone());
                count = 1;
            }
        }
        if count == 2 {
            self.write_range(variable, self.pieces.len() - 1, format, locale);
        }
    }

    /// Writes the range that ends at a piece; gives how many pieces are left over for the next.
    fn write_range(
        &mut self,
        variable: Variable,
        at: usize,
        format: &str,
        locale: &Locale,
    ) -> usize {
        if at < 1 || self.pieces[at - 1].particle != self.pieces[at].particle {
            return 2;
        }
        if self.pieces[at - 1].joining != "-" {
            return 1;
        }
        let (left, right) = self.pieces.split_at_mut(at);
        let (Some(start), Some(end)) = (left.last_mut(), right.first_mut()) else { return 0 };
        let digits = |text: &str| -> Option<u128> {
            let length = text.bytes().take_while(u8::is_ascii_digit).count();
            text[..length].parse().ok()
        };
        let (first, last) = (digits(&start.value), digits(&end.value));
        if format.is_empty() && first.zip(last).is_some_and(|(first, last)| first > last) {
            start.joining = delimiter(variable, end, "-", true, locale);
            return 2;
        }
        let pages = locale.term("page-range-delimiter", Form::Long, false).unwrap_or("–");
        let whole = |text: &str| {
            let rest = text.trim_start_matches(|c: char| c.is_ascii_digit());
            rest.len() < text.len() && rest.bytes().all(|b| b.is_ascii_lowercase())
        };
        let are_numbers = whole(&start.value) && whole(&end.value);
        if are_numbers && is_page(variable, end) && first.is_some() && last.is_some() {
            if let Some((from, to)) = page_range::write(
                (&start.particle, &start.value),
                (&end.particle, &end.value),
                format,
            ) {
                start.value = from;
                end.value = to;
                end.particle.clear();
            }
            start.joining = pages.to_owned();
            return 0;
        }
        let plain = |text: &str| {
            !text.is_empty()
                && (text.bytes().all(|b| b.is_ascii_digit())
                    || text.bytes().all(|b| b"ivxlcmIVXLCM".contains(&b)))
        };
        if plain(&start.value) && plain(&end.value) {
            start.joining = pages.to_owned();
        }
        if are_numbers {
            start.joining = delimiter(variable, end, &start.joining, end.is_numeric, locale);
        }
        0
    }
}
