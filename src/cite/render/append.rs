//! Putting parts into the tree.

use super::Area;
use super::Render;
use super::text_case;
use crate::cite::citation::cluster::nested;
use crate::cite::item::Variable;
use crate::cite::output::blob::Aspect;
use crate::cite::output::blob::Blob;
use crate::cite::output::blob::Content;
use crate::cite::output::blob::Decoration;
use crate::cite::output::flatten::is_reserved;
use crate::cite::output::flipflop;
use crate::cite::output::flipflop::Quotes;
use crate::cite::output::markup::is_romanesque;
use crate::cite::output::markup::is_romanesque_or_digit;
use crate::cite::style::tree::Formatting;
use crate::cite::style::tree::TextCase;

impl<'a> Render<'a> {
    /// Opens a level: what is put in from now on stands in it.
    pub(super) fn open(&mut self, formatting: &Formatting) {
        let mut level = Blob::default();
        if !(self.only_dates && self.sorting) {
            level.prefix.clone_from(&formatting.prefix);
            level.suffix.clone_from(&formatting.suffix);
            level.delimiter.clone_from(&formatting.delimiter);
            level.decorations.clone_from(&formatting.decorations);
        }
        if let Some(depth) = &mut self.braces {
            level.prefix = nested(&level.prefix, depth).into();
        }
        self.levels.push(level);
    }

    /// Closes a level and leaves it in the one around it. One that is empty is left out, as it would
    /// be in the end; those right below the layout stay, since its affixes go to them.
    pub(super) fn close(&mut self) {
        if let Some(level) = self.closed()
            && (self.levels.len() < 3 || level.mark != 0 || !level.is_empty())
        {
            self.push(level);
        }
    }

    /// Closes a level and forgets it.
    pub(super) fn discard(&mut self) {
        self.closed();
    }

    fn closed(&mut self) -> Option<Blob> {
        let mut level = if self.levels.len() > 1 { self.levels.pop()? } else { return None };
        if let Some(depth) = &mut self.braces {
            level.suffix = nested(&level.suffix, depth).into();
        }
        Some(level)
    }

    /// Puts a finished part in.
    pub(super) fn push(&mut self, blob: Blob) {
        if let Some(top) = self.levels.last_mut() {
            top.push(blob);
        }
    }

    pub(super) fn is_suppressed(&self) -> bool {
        self.trace.last().copied().unwrap_or(false)
    }

    /// Puts text in as an element of the style says. Gives whether it was put in.
    pub(in crate::cite) fn append(&mut self, text: &str, formatting: &Formatting) -> bool {
        self.append_with(text, formatting, false, false)
    }

    /// As [`Render::append`]; `quiet` leaves alone what has been printed before, `whole` keeps full
    /// stops.
    pub(super) fn append_with(
        &mut self,
        text: &str,
        formatting: &Formatting,
        quiet: bool,
        whole: bool,
    ) -> bool {
        if self.only_dates || self.is_suppressed() {
            return false;
        }
        if !text.is_empty() && !quiet {
            self.term_predecessor = true;
            self.in_cite_predecessor = true;
        }
        let blob = self.part(text, formatting, false, whole);
        self.push(blob);
        true
    }

    /// Makes a part of a name, which is put in later.
    pub(super) fn make(&mut self, text: &str, formatting: &Formatting) -> Blob {
        self.part(text, formatting, true, false)
    }

    fn part(&mut self, text: &str, formatting: &Formatting, in_name: bool, whole: bool) -> Blob {
        let mut text = spaced(text, in_name);
        let mut blob = Blob::default();
        blob.prefix.clone_from(&formatting.prefix);
        blob.suffix.clone_from(&formatting.suffix);
        blob.delimiter.clone_from(&formatting.delimiter);
        blob.decorations.clone_from(&formatting.decorations);
        if let Some(case) = formatting.text_case {
            // Titles of what belongs to a jurisdiction are quoted as they are.
            if case != TextCase::Title || !self.item.has(Variable::JURISDICTION) {
                text = text_case::apply(&text, case, self.language());
            }
        } else if text.starts_with([':', '.', ';', '!', '?']) {
            let rest = text.trim_start_matches([':', '.', ';', '!', '?', ' ']);
            if !rest.is_empty() {
                blob.prefix.push_str(&text[..text.len() - rest.len()]);
                text = rest.to_owned();
            }
        }
        if self.strip_periods > 0 && !whole {
            text = stripped(&text);
        }
        if !blob.decorations.is_empty() && !text.chars().any(is_romanesque_or_digit) {
            blob.decorations.retain(|it| it.aspect() != Aspect::Style);
        }
        let quotes =
            Quotes { outer: self.env.locale.quotes(false), inner: self.env.locale.quotes(true) };
        let has_marks = flipflop::has_marks(&text, &quotes);
        blob.content = Content::Text(text.into());
        if has_marks {
            let around = self.around(&blob.decorations);
            flipflop::understand(&mut blob, &around, &quotes);
        }
        blob
    }

    /// The decorations in which something stands, from the outside to the inside.
    fn around(&self, own: &[Decoration]) -> Vec<Decoration> {
        let layout = match self.area {
            Area::Citation => self.env.style.citation.formatting.decorations.as_slice(),
            Area::Bibliography => self
                .env
                .style
                .bibliography
                .as_ref()
                .map_or(&[][..], |section| &section.formatting.decorations),
        };
        let levels = self.levels.iter().flat_map(|level| &level.decorations);
        layout.iter().chain(levels).chain(own).copied().collect()
    }

    /// The language whose rules for capitals hold.
    pub(super) fn language(&self) -> &'a str {
        let own = self.item.language.as_str();
        if own.is_empty() { self.env.locale.language() } else { own }
    }

    /// Text before a citation: a space follows where one is needed, and a sentence of several words
    /// makes what follows a beginning.
    pub(super) fn cite_prefix(&mut self, prefix: &str) {
        if prefix.is_empty() {
            return;
        }
        let mut prefix = with_space_after(prefix);
        if let Some(depth) = &mut self.braces {
            prefix = nested(&prefix, depth);
        }
        let bare = before_quotes(&prefix);
        let ends = bare.ends_with([':', '.', ';', '!', '?']) && prefix.trim().contains(' ');
        self.append_with(&prefix, &Formatting::default(), ends, false);
        if ends {
            self.term_predecessor = false;
        }
    }

    /// Text after a citation.
    pub(super) fn cite_suffix(&mut self, suffix: &str) {
        if !suffix.is_empty() {
            let mut suffix = with_space_before(suffix);
            if let Some(depth) = &mut self.braces {
                suffix = nested(&suffix, depth);
            }
            self.append(&suffix, &Formatting::default());
        }
    }
}

fn before_quotes(text: &str) -> String {
    let bare = super::text::without_tags(text);
    let quotes = ['"', '\'', '”', '’', '»', '\u{202f}', '\u{a0}', ' '];
    bare.trim_end_matches(quotes).to_owned()
}

/// Text that stands before a citation, with a space where words or most punctuation end it.
pub(in crate::cite) fn with_space_after(text: &str) -> String {
    let last = before_quotes(text).chars().next_back();
    let spaced = last.is_some_and(|c| {
        is_romanesque_or_digit(c) && c != '-'
            || matches!(c, ':' | '.' | ';' | '!' | '?' | ')' | ']' | ',' | '&')
    });
    let text = if spaced { format!("{text} ") } else { text.to_owned() };
    let mut out = String::new();
    for c in text.chars() {
        if !c.is_whitespace() {
            out.push(c);
        } else if !out.ends_with(' ') {
            out.push(' ');
        }
    }
    out
}

/// Text that stands after a citation, with a space where words or brackets begin it.
pub(in crate::cite) fn with_space_before(text: &str) -> String {
    let first = text.chars().next();
    let spaced = first.is_some_and(|c| is_romanesque(c) || matches!(c, '&' | '[' | '('));
    if spaced { format!(" {text}") } else { text.to_owned() }
}

/// Narrow spaces before high punctuation and within guillemets, one space before an apostrophe.
fn spaced(text: &str, in_name: bool) -> String {
    let plain = text.bytes().all(|b| b.is_ascii() && b != b'\'')
        && !text.contains([':', ';', '?', '!'])
        || text.is_empty();
    if plain {
        return text.to_owned();
    }
    let mut out = String::with_capacity(text.len() + 4);
    let mut chars = text.chars().peekable();
    if !in_name && text.starts_with('\'') {
        out.push(' ');
    }
    while let Some(c) = chars.next() {
        match c {
            ' ' if matches!(chars.peek(), Some(':' | ';' | '?' | '!' | '»')) => {
                out.push('\u{202f}');
            }
            '«' if chars.peek() == Some(&' ') => {
                chars.next();
                out.push_str("«\u{202f}");
            }
            '\'' if out.ends_with(char::is_whitespace) => {
                let end = out.trim_end().len();
                out.truncate(end);
                out.push_str(" '");
            }
            _ if is_reserved(c) => {}
            _ => out.push(c),
        }
    }
    out
}

/// Full stops gone, but for those before small letters.
pub(super) fn stripped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut chars = text.chars().peekable();
    while let Some(c) = chars.next() {
        if c == '.' && !chars.peek().is_some_and(char::is_ascii_lowercase) {
            continue;
        }
        out.push(c);
    }
    out
}
