//! Signs that LaTeX, biber or Typst cannot take in a key.

use super::{Look, Rule, rule};
use crate::check::{EntryView, Report, Severity};

rule!(
    "key-form",
    Some(Severity::Warning),
    None,
    Look::Entry(look),
    "@book{lie 2021, title = {Groups}}",
    None
);

fn look(entry: &EntryView<'_>, report: &mut Report) {
    let key = &entry.entry.key;
    let bad = |c: char| {
        c.is_whitespace()
            || matches!(
                c,
                '"' | '#'
                    | '%'
                    | '\''
                    | '('
                    | ')'
                    | ','
                    | '='
                    | '{'
                    | '}'
                    | '~'
                    | '\\'
                    | '@'
                    | '&'
                    | '$'
                    | '^'
            )
    };
    if let Some(sign) = key.chars().find(|c| bad(*c)) {
        let sign = if sign.is_whitespace() { "␣".to_owned() } else { sign.to_string() };
        report.entry(entry, entry.head(), &[("key", key), ("sign", &sign)], Vec::new());
    }
}
