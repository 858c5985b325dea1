//! Finds markup and quotation marks in a value, and which of them belong together.

use super::blob::Decoration;

/// What a tag opens.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    NoCase,
    NoDecoration,
    Font(Decoration),
    Double,
    Single,
    LocaleOuter,
    LocaleInner,
}

/// The quotation marks of the locale, outer and inner, opening and closing.
#[derive(Clone, Copy)]
pub(in crate::cite) struct Quotes<'a> {
    pub(in crate::cite) outer: (&'a str, &'a str),
    pub(in crate::cite) inner: (&'a str, &'a str),
}

/// A tag: its text, and what it opens where it opens something.
#[derive(Clone, Debug)]
pub(super) struct Tag {
    pub(super) text: String,
    pub(super) opens: Option<Kind>,
    /// Whether the space before it was put in.
    pub(super) forced: bool,
}

/// A value taken apart: one more string than tags.
#[derive(Debug)]
pub(super) struct Parts {
    pub(super) strings: Vec<String>,
    pub(super) tags: Vec<Tag>,
}

const ELEMENTS: [(&str, &str, Kind); 7] = [
    ("<sc>", "</sc>", Kind::Font(Decoration::SmallCaps)),
    ("<i>", "</i>", Kind::Font(Decoration::Italic)),
    ("<b>", "</b>", Kind::Font(Decoration::Bold)),
    ("<sup>", "</sup>", Kind::Font(Decoration::Sup)),
    ("<sub>", "</sub>", Kind::Font(Decoration::Sub)),
    ("<em>", "</em>", Kind::Font(Decoration::Italic)),
    ("<strong>", "</strong>", Kind::Font(Decoration::Bold)),
];

fn closer(tag: &Tag, quotes: &Quotes) -> String {
    match tag.opens {
        Some(Kind::Double) => "\"".into(),
        Some(Kind::Single) => "'".into(),
        Some(Kind::LocaleOuter) => quotes.outer.1.into(),
        Some(Kind::LocaleInner) => quotes.inner.1.into(),
        _ => ELEMENTS
            .iter()
            .find(|(open, ..)| *open == tag.text)
            .map_or("</span>", |(_, close, _)| close)
            .into(),
    }
}

/// Whether a mark of the locale is one that has to be looked for.
fn counts(mark: &str) -> bool {
    !mark.is_empty() && !matches!(mark.trim(), "\"" | "'")
}

/// A tag at the beginning of the text: its length, its normal form and what it opens.
fn tag_at(text: &str, quotes: &Quotes) -> Option<(usize, String, Option<Kind>)> {
    let bytes = text.as_bytes();
    if bytes[0] == b'<' {
        if let Some(found) = super::markup::span(text) {
            let (length, kind) = found;
            let (kind, normal) = match kind {
                super::markup::Span::NoCase => (Kind::NoCase, "<span class=\"nocase\">"),
                super::markup::Span::NoDecoration => {
                    (Kind::NoDecoration, "<span class=\"nodecor\">")
                }
                super::markup::Span::SmallCaps => {
                    (Kind::Font(Decoration::SmallCaps), "<span style=\"font-variant:small-caps;\">")
                }
            };
            return Some((length, normal.into(), Some(kind)));
        }
        for (open, close, kind) in ELEMENTS {
            if text.starts_with(open) {
                return Some((open.len(), open.into(), Some(kind)));
            }
            if text.starts_with(close) {
                return Some((close.len(), close.into(), None));
            }
        }
        return text.starts_with("</span>").then(|| (7, "</span>".into(), None));
    }
    for (open, kind) in
        [(" \"", Kind::Double), (" '", Kind::Single), ("(\"", Kind::Double), ("('", Kind::Single)]
    {
        if text.starts_with(open) {
            return Some((open.len(), open.into(), Some(kind)));
        }
    }
    for (open, kind) in [(quotes.outer.0, Kind::LocaleOuter), (quotes.inner.0, Kind::LocaleInner)] {
        if counts(open) && text.starts_with(open) {
            return Some((open.len(), open.into(), Some(kind)));
        }
    }
    if bytes[0] == b'"' || bytes[0] == b'\'' {
        return Some((1, text[..1].into(), None));
    }
    for close in [quotes.outer.1, quotes.inner.1] {
        if counts(close) && text.starts_with(close) {
            return Some((close.len(), close.into(), None));
        }
    }
    None
}

/// Takes a value apart.
pub(super) fn split(text: &str, quotes: &Quotes) -> Parts {
    let mut parts = Parts { strings: Vec::new(), tags: Vec::new() };
    let (mut from, mut at) = (0, 0);
    while at < text.len() {
        match tag_at(&text[at..], quotes) {
            Some((length, normal, opens)) => {
                parts.strings.push(text[from..at].to_owned());
                parts.tags.push(Tag { text: normal, opens, forced: false });
                at += length;
                from = at;
            }
            None => at += text[at..].chars().next().map_or(1, char::len_utf8),
        }
    }
    parts.strings.push(text[from..].to_owned());
    // A mark right behind what opens opens too: "<i>"so".
    for at in 1..parts.tags.len() {
        let opens = match parts.tags[at].text.as_str() {
            "\"" => Kind::Double,
            "'" => Kind::Single,
            _ => continue,
        };
        if parts.tags[at - 1].opens.is_some() && parts.strings[at].is_empty() {
            let text = format!(" {}", parts.tags[at].text);
            parts.tags[at] = Tag { text, opens: Some(opens), forced: true };
        }
    }
    parts
}

impl Parts {
    /// Turns a tag into characters.
    fn neutralize(&mut self, at: usize) {
        let tag = &mut self.tags[at];
        let text = std::mem::take(&mut tag.text);
        let text = if tag.forced { text.trim_start() } else { &text };
        self.strings[at + 1].insert_str(0, text);
        tag.opens = None;
    }

    fn become_apostrophe(&mut self, at: usize, with_space: bool) {
        self.tags[at].text.clear();
        self.tags[at].opens = None;
        self.strings[at + 1].insert_str(0, if with_space { " ’" } else { "’" });
    }

    /// Pairs what opens with what closes it; the rest become characters. Afterwards there are only
    /// tags that pair.
    pub(super) fn pair(&mut self, quotes: &Quotes) {
        let mut open: Vec<usize> = Vec::new();
        for at in 0..self.tags.len() {
            let after = self.strings[at + 1].chars().next();
            let text = self.tags[at].text.clone();
            if text == "'" && after.is_some_and(|c| !matches!(c, ',' | '.' | '?' | ':' | ';' | ' '))
            {
                self.become_apostrophe(at, false);
                continue;
            }
            if text == " '" && after == Some(' ') {
                self.become_apostrophe(at, true);
                continue;
            }
            if self.tags[at].opens.is_some() {
                open.push(at);
                continue;
            }
            self.close(at, &text, &mut open, quotes);
        }
        while let Some(at) = open.pop() {
            if self.tags[at].text == " '" {
                self.become_apostrophe(at, !self.tags[at].forced);
            } else {
                self.neutralize(at);
            }
        }
        self.join();
    }

    fn close(&mut self, at: usize, text: &str, open: &mut Vec<usize>, quotes: &Quotes) {
        loop {
            let Some(&top) = open.last() else {
                if text == "'" {
                    self.become_apostrophe(at, false);
                } else {
                    self.neutralize(at);
                }
                return;
            };
            if closer(&self.tags[top], quotes) == text {
                open.pop();
                if self.tags[top].opens == Some(Kind::NoCase) {
                    for tag in [top, at] {
                        self.tags[tag].text.clear();
                        self.tags[tag].opens = None;
                    }
                }
                return;
            }
            if text == "'" {
                self.become_apostrophe(at, false);
                return;
            }
            open.pop();
            self.neutralize(top);
        }
    }

    /// Joins the strings around tags that are gone.
    fn join(&mut self) {
        for at in (0..self.tags.len()).rev() {
            if self.tags[at].text.is_empty() {
                self.tags.remove(at);
                let next = self.strings.remove(at + 1);
                self.strings[at].push_str(&next);
            }
        }
    }
}
