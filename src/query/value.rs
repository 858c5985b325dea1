//! The values of fields in a query, and a word's signs.

use super::field::{Field, FieldKind};
use super::identifier;
use super::kind::Kind;
use super::parse::Parser;
use super::{Expr, How};

/// Reads the value `raw` of a field that is not read as words; `None` where it says nothing, which
/// a note tells.
pub(super) fn read(
    parser: &mut Parser<'_>,
    field: &Field,
    operator: &str,
    raw: &str,
    from: usize,
) -> Option<Expr> {
    let at = from..parser.at;
    let raw = raw.trim();
    if raw.is_empty() {
        parser.note("search.waiting-value", at, |said| said.with("name", &field.name));
        return None;
    }
    if raw == "*" {
        return Some(Expr::Has(field.clone()));
    }
    let kinds = match field.kind() {
        FieldKind::Year => {
            let Some((low, high)) = years(raw, operator) else {
                parser.note("search.year-unknown", at, |said| said.with("value", raw));
                return None;
            };
            return Some(Expr::Year(low, high));
        }
        FieldKind::Has | FieldKind::Lacks => {
            let Some(named) = Field::named(raw) else {
                parser.note("search.field-unknown", at, |said| said.with("name", raw));
                return None;
            };
            let has = Expr::Has(named);
            let lacks = field.kind() == FieldKind::Lacks;
            return Some(if lacks { Expr::Not(Box::new(has)) } else { has });
        }
        FieldKind::Identifier => return Some(Expr::Identifier(identifier::normal(raw))),
        FieldKind::Key => {
            let exact = operator == "==" || !raw.contains('*');
            if exact {
                return Some(Expr::Is(field.clone(), vec![raw.to_owned()]));
            }
            let text = raw.to_owned();
            return Some(Expr::Word { scope: Some(field.clone()), text, how: How::Wildcard });
        }
        FieldKind::Type => Kind::Type,
        FieldKind::Language => Kind::Language,
        FieldKind::Status => Kind::Status,
        FieldKind::Text | FieldKind::Any => {
            return word(parser, raw, operator == "==", from);
        }
    };
    let rows: Vec<String> = kinds.named(raw).into_iter().map(str::to_owned).collect();
    if rows.is_empty() {
        parser.note("search.value-unknown", at, |said| {
            said.with("name", &field.name).with("value", raw)
        });
        // A value of the library's own, which only the index knows.
        return Some(Expr::Is(field.clone(), vec![raw.to_lowercase()]));
    }
    Some(Expr::Is(field.clone(), rows))
}

/// The years that `2012`, `2012..2020`, `2012-2020`, `2012..`, `..2012`, `2010 TO 2014`, `201`
/// (the years 2010 to 2019) or `> 2012` stand for.
fn years(raw: &str, operator: &str) -> Option<(Option<i64>, Option<i64>)> {
    let (operator, raw) = ["<=", ">=", "<", ">"]
        .iter()
        .find_map(|sign| Some((*sign, raw.strip_prefix(sign)?)))
        .unwrap_or((operator, raw));
    let raw = raw.trim_matches(|c: char| "[]{}\"".contains(c)).trim();
    let parts = ["..", " TO", " to", ":", "\u{2013}", "-", "/"];
    let split = parts
        .iter()
        .find_map(|sign| raw.split_once(sign).filter(|(low, _)| !(low.is_empty() && *sign == "-")));
    if let Some((low, high)) = split {
        let high = high.trim_start_matches('.').trim();
        let low =
            if low.trim() == "*" || low.trim().is_empty() { None } else { Some(span(low)?.0) };
        let high = if high == "*" || high.is_empty() { None } else { Some(span(high)?.1) };
        return Some((low, high));
    }
    let (low, high) = span(raw)?;
    Some(match operator {
        ">" => (Some(high + 1), None),
        ">=" => (Some(low), None),
        "<" => (None, Some(low - 1)),
        "<=" => (None, Some(high)),
        _ => (Some(low), Some(high)),
    })
}

/// A year not yet typed to its end is all the years it may become.
fn span(digits: &str) -> Option<(i64, i64)> {
    let digits = digits.trim().trim_end_matches('*');
    if digits.is_empty() || digits.len() > 4 || !digits.bytes().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    let number: i64 = digits.parse().ok()?;
    let unit = 10_i64.pow(4 - u32::try_from(digits.len()).ok()?);
    Some((number * unit, number * unit + unit - 1))
}

/// A word with `*`, `?` and `~n`, which may turn out to be an identifier or several words.
pub(super) fn word(parser: &mut Parser<'_>, typed: &str, exact: bool, from: usize) -> Option<Expr> {
    let scope = parser.scope.clone();
    let at = from..parser.at;
    let make =
        |text: &str, how| Some(Expr::Word { scope: scope.clone(), text: text.to_owned(), how });
    let typed = typed.trim_matches([',', ';', ':', '!']);
    if typed == "*" {
        return Some(Expr::All);
    }
    if !typed.contains(char::is_alphanumeric) {
        return None;
    }
    if let Some(number) = identifier::certain(typed) {
        return Some(Expr::Identifier(number));
    }
    if let Some((head, distance)) = typed.rsplit_once('~')
        && !head.is_empty()
        && distance.len() <= 1
    {
        let letters = match distance.parse::<u8>() {
            Ok(0) => return make(head, How::Exactly),
            Ok(n) => n.min(2),
            Err(_) => 1,
        };
        return make(head, How::Near(letters));
    }
    // Ovid's `$` cuts a word like `*`, `#` is one letter like `?`.
    let ovid = typed.trim_end_matches(|c: char| c.is_ascii_digit()).ends_with('$');
    if ovid {
        parser.note("search.ovid", at.clone(), |said| said);
        let head = typed.trim_end_matches(|c: char| c.is_ascii_digit() || c == '$');
        return make(head, How::Prefix);
    }
    if typed.contains(['*', '?']) {
        let letters = typed.chars().filter(|c| c.is_alphanumeric()).count();
        let head = typed.trim_end_matches('*');
        if !head.contains(['*', '?']) {
            if letters < 2 {
                parser.note("search.wildcard-short", at, |said| said);
                return None;
            }
            return make(head, How::Prefix);
        }
        if head.ends_with('?') && !head.trim_end_matches('?').contains(['*', '?']) && letters > 2 {
            // A question is asked, and not a letter left out.
            return make(head.trim_end_matches('?'), How::Freely);
        }
        if letters < 3 {
            parser.note("search.wildcard-short", at, |said| said);
            return make(&typed.replace(['*', '?'], " "), How::Freely);
        }
        return make(typed, How::Wildcard);
    }
    if !exact && super::compound::is_stopword(&typed.to_lowercase()) {
        // Says nothing and costs nothing.
        parser.clauses = parser.clauses.saturating_sub(1);
    }
    make(typed, if exact { How::Exactly } else { How::Freely })
}

const OVID: &[&str] = &[
    "ti,ab", "ab,ti", "ti,ab,kw", "ti,kf,ab", "ti", "ab", "au", "so", "kw", "kf", "mp", "sh", "af",
    "tw", "jn", "yr", "pt", "la", "in",
];

/// The bytes of an Ovid tag such as `.ti,ab.` at the start of `rest`.
pub(super) fn ovid_tag(rest: &str) -> Option<usize> {
    let inner = rest.strip_prefix('.')?;
    let tag = OVID.iter().filter(|tag| inner.starts_with(**tag)).max_by_key(|tag| tag.len())?;
    let after = &inner[tag.len()..];
    let dot = usize::from(after.starts_with('.'));
    let ends = after[dot..].chars().next().is_none_or(|c| c.is_whitespace() || c == ')');
    (ends && (dot == 1 || after.is_empty())).then_some(1 + tag.len() + dot)
}

/// Where in `word` an Ovid tag begins: `self-help.ti.`; only with both dots, as a full stop may end
/// any word.
pub(super) fn ovid_suffix(word: &str) -> Option<usize> {
    let inner = word.strip_suffix('.')?;
    let (head, tag) = inner.rsplit_once('.')?;
    (OVID.contains(&tag) && !head.is_empty()).then_some(head.len())
}
