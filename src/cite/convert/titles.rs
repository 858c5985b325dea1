//! Titles put together: title, subtitle and addition; a work in several volumes; short titles.

use super::markup;
use super::sentence_case;
use crate::cite::item::Item;
use crate::model::Entry;
use crate::text::tex_markup::{self, Piece};

/// The parts of a work in several volumes that is cited whole, or by volume.
const WHOLE: &[&str] = &[
    "book",
    "collection",
    "manual",
    "mvbook",
    "mvcollection",
    "mvproceedings",
    "mvreference",
    "proceedings",
    "reference",
];

/// `field` with the fields of `with` behind it: the first after a colon, others after a full stop.
/// `is_title`: protected letters are marked and English title case is undone.
pub(super) fn joined(entry: &Entry, field: &str, with: &[String], is_title: bool) -> String {
    let mut out = part(entry, field, is_title);
    for more in with {
        let subtitle = more.ends_with("subtitle");
        append(&mut out, &part(entry, more, is_title), if subtitle { ':' } else { '.' });
    }
    out
}

fn append(out: &mut String, part: &str, mark: char) {
    if part.is_empty() {
        return;
    }
    if !out.is_empty() {
        let last = plain_end(out);
        if !matches!(last, Some('.' | '?' | '!' | ':' | ';' | ',' | '–' | '—')) {
            out.push(mark);
        }
        out.push(' ');
    }
    out.push_str(part);
}

/// The last character that is not markup.
fn plain_end(text: &str) -> Option<char> {
    let mut rest = text;
    while rest.ends_with('>') {
        match rest.rfind('<') {
            Some(at) => rest = &rest[..at],
            None => break,
        }
    }
    rest.chars().last()
}

/// Words in single quotation marks in double ones, where there are no double ones: a style that
/// puts titles in quotation marks changes them back, and one that does not wants them double.
fn double_quotes(pieces: &mut [Piece]) {
    if pieces.iter().any(|piece| piece.text.contains(['“', '”', '"'])) {
        return;
    }
    for piece in pieces {
        let chars: Vec<char> = piece.text.chars().collect();
        let mut out = chars.clone();
        let mut opened = None;
        for (at, c) in chars.iter().enumerate() {
            let next = chars.get(at + 1);
            let begins = at == 0 || matches!(chars[at - 1], ' ' | '(' | '[');
            if *c == '‘' && begins && opened.is_none() {
                opened = Some(at);
            } else if *c == '’'
                && next.is_none_or(|it| !it.is_alphanumeric())
                && let Some(from) = opened.take()
            {
                (out[from], out[at]) = ('“', '”');
            }
        }
        piece.text = out.into_iter().collect();
    }
}

fn part(entry: &Entry, field: &str, is_title: bool) -> String {
    let Some(raw) = entry.raw(field) else { return String::new() };
    let mut pieces = tex_markup::read(raw);
    double_quotes(&mut pieces);
    if is_title && may_be_english(entry) && entry.entry_type != "periodical" && changes(field) {
        sentence_case::apply(&mut pieces);
    }
    markup::write(&pieces, is_title)
}

/// Names of series and of conferences keep their capitals.
fn changes(field: &str) -> bool {
    !matches!(field, "series" | "shortseries" | "eventtitle" | "journaltitle" | "shortjournal")
}

fn may_be_english(entry: &Entry) -> bool {
    super::language(entry).is_none_or(|tag| tag.starts_with("en"))
}

/// The titles of a volume: BibLaTeX's `maintitle` is the title (of the container, for a part of
/// it), and the title of the volume is CSL's `volume-title`.
pub(super) fn main_title(entry: &Entry, item: &mut Item) {
    if !entry.has("maintitle") {
        return;
    }
    let names = |list: [&str; 2]| list.map(str::to_owned);
    let main = joined(entry, "maintitle", &names(["mainsubtitle", "maintitleaddon"]), true);
    if WHOLE.contains(&entry.entry_type.as_str()) {
        let volume = joined(entry, "title", &names(["subtitle", "titleaddon"]), true);
        item.set_text("title", main);
        item.set_text("volume-title", volume);
    } else {
        let volume = joined(entry, "booktitle", &names(["booksubtitle", "booktitleaddon"]), true);
        item.set_text("container-title", main);
        item.set_text("volume-title", volume);
    }
}

/// The short title: `shorttitle`, else the title without its subtitle or what follows a colon.
pub(super) fn short(entry: &Entry) -> String {
    if entry.has("shorttitle") {
        return part(entry, "shorttitle", true);
    }
    let title = part(entry, "title", true);
    if entry.has("subtitle") || entry.has("titleaddon") {
        return title;
    }
    match entry.raw("title").map(tex_markup::read).and_then(|pieces| before_colon(&pieces)) {
        Some(length) if !title.contains('<') => title.chars().take(length).collect(),
        _ => String::new(),
    }
}

fn before_colon(pieces: &[Piece]) -> Option<usize> {
    let text: String = pieces.iter().map(|piece| piece.text.as_str()).collect();
    let at = text.find(": ").filter(|at| *at > 0)?;
    Some(text[..at].chars().count())
}
