//! `Ã¥` for `å`: bytes of UTF-8 that somebody has read as Windows-1252.

use super::{Look, Rule, rule};
use crate::check::{FieldView, Report, Safety, Severity};

rule!(
    "mojibake",
    Some(Severity::Warning),
    Some(Safety::Unsafe),
    Look::Field(look),
    "@book{lie2021, title = {PÃ¥rÃ¸rende}}",
    Some("@book{lie2021, title = {Pårørende}}")
);

fn look(field: &FieldView<'_>, report: &mut Report) {
    let marks = ['Ã', 'Â', 'â', 'Ä', 'Å', 'Ð', 'Ñ'];
    if !field.raw.contains(marks) {
        return;
    }
    if let Some(mended) = mended(field.raw) {
        report.field(field, &[("mended", &mended)], field.replace(&mended));
    }
}

/// `text` with every run that is UTF-8 read as Windows-1252 put right; `None` where there is none.
fn mended(text: &str) -> Option<String> {
    let chars: Vec<char> = text.chars().collect();
    let mut out = String::with_capacity(text.len());
    let (mut at, mut any) = (0, false);
    while at < chars.len() {
        let bytes: Vec<u8> = chars[at..].iter().take(4).map_while(|c| byte(*c)).collect();
        let length = match bytes.first() {
            Some(0xC2..=0xDF) => 2,
            Some(0xE2) => 3,
            Some(0xF0) => 4,
            _ => 0,
        };
        match bytes
            .get(..length)
            .filter(|it| length > 0 && it[1..].iter().all(|b| (0x80..0xC0).contains(b)))
            .and_then(|it| std::str::from_utf8(it).ok())
        {
            Some(letter) => {
                out.push_str(letter);
                at += length;
                any = true;
            }
            None => {
                out.push(chars[at]);
                at += 1;
            }
        }
    }
    any.then_some(out)
}

/// The byte that Windows-1252 shows as `c`.
fn byte(c: char) -> Option<u8> {
    const HIGH: &str = "€\u{81}‚ƒ„…†‡ˆ‰Š‹Œ\u{8d}Ž\u{8f}\u{90}‘’“”•–—˜™š›œ\u{9d}žŸ";
    match u32::from(c) {
        code @ 0..=0xFF => Some(code as u8),
        _ => HIGH.chars().position(|it| it == c).map(|at| 0x80 + at as u8),
    }
}
