//! Where in a text the words of a query are answered, and how.

use super::Index;
use super::chain::{Chain, Variant};
use super::row::{Row, Texts};
use super::understood::{Reason, Understood, Way};
use crate::query::Field;
use crate::text::words::words;
use std::collections::BTreeMap;
use std::ops::Range;
use std::sync::Arc;

/// A stretch of text that answers a word of the query.
#[derive(Debug, Clone, PartialEq)]
pub struct Mark {
    /// Bytes of the text.
    pub span: Range<usize>,
    /// Which group of [`Understood::groups`].
    pub group: usize,
    /// How it answers.
    pub reason: Reason,
}

/// A text of a hit with what is marked in it.
#[derive(Debug, Clone, PartialEq)]
pub struct Passage {
    /// The field.
    pub field: String,
    /// The text, or a stretch of it.
    pub text: String,
    /// What is marked, in bytes of `text`, in order.
    pub marks: Vec<Mark>,
    /// Whether it is cut at the beginning and at the end.
    pub cut: (bool, bool),
}

/// Marks texts for one query. Remembers words, so that one serves a whole list.
pub struct Marker<'a> {
    understood: &'a Understood,
    chain: Chain,
    single: Vec<BTreeMap<&'a str, &'a Way>>,
}

/// How many bytes of a long text are shown around the marks.
const PASSAGE: usize = 240;

impl Index {
    /// Marks texts for what was understood.
    pub fn marker<'a>(&self, understood: &'a Understood) -> Marker<'a> {
        Marker {
            understood,
            chain: self.chain(),
            single: understood.groups.iter().map(|group| group.by_term()).collect(),
        }
    }
}

impl Marker<'_> {
    /// What answers the query in `text`, which stands in `field`; in order, none overlapping.
    pub fn marks(&mut self, field: &str, text: &str) -> Vec<Mark> {
        let words = words(text);
        let forms: Vec<Arc<[Variant]>> =
            words.iter().map(|word| self.chain.variants(&word.text)).collect();
        let mut best: Vec<Option<(f32, usize, &Reason)>> = vec![None; words.len()];
        for (at, group) in self.understood.groups.iter().enumerate() {
            if group.field.as_deref().is_some_and(|name| !covers(name, field)) {
                continue;
            }
            let mut answer = |word: usize, way: &Way, reason| {
                if best[word].is_none_or(|(weight, ..)| weight < way.weight) {
                    best[word] = Some((way.weight, at, reason));
                }
            };
            for (word, forms) in forms.iter().enumerate() {
                let ways = forms.iter().filter_map(|form| self.single[at].get(form.text.as_str()));
                // Among equals the plainest: a word that stands there as typed is no inflection.
                let better = |a: &&&Way, b: &&&Way| {
                    a.weight.total_cmp(&b.weight).then_with(|| b.reason.cmp(&a.reason))
                };
                if let Some(way) = ways.max_by(better) {
                    answer(word, way, &way.reason);
                }
            }
            for way in group.ways.iter().filter(|way| way.terms.len() > 1) {
                for start in 0..words.len() {
                    for word in beside(&way.terms, &forms, start).unwrap_or_default() {
                        answer(word, way, &way.reason);
                    }
                }
            }
        }
        words
            .iter()
            .zip(best)
            .filter_map(|(word, best)| {
                let (_, group, reason) = best?;
                Some(Mark { span: word.span.clone(), group, reason: reason.clone() })
            })
            .collect()
    }

    /// The passages of a hit in which something is marked, the title first and always.
    pub fn passages(&mut self, row: &Row, texts: &Texts) -> Vec<Passage> {
        let title = self.marks("title", &row.title);
        let mut out = vec![Passage {
            field: "title".to_owned(),
            text: row.title.clone(),
            marks: title,
            cut: (false, false),
        }];
        let author = ("author".to_owned(), row.authors.clone());
        for (field, text) in std::iter::once(&author).chain(texts) {
            let marks = self.marks(field, text);
            if !marks.is_empty() {
                out.push(cut(field, text, marks));
            }
        }
        out
    }

    /// Why the hit was found: for each group that it answers, the best reason.
    pub fn reasons(&mut self, passages: &[Passage]) -> Vec<(usize, Reason)> {
        let mut out: BTreeMap<usize, Reason> = BTreeMap::new();
        for mark in passages.iter().flat_map(|passage| &passage.marks) {
            let known = out.entry(mark.group).or_insert_with(|| mark.reason.clone());
            if mark.reason < *known {
                *known = mark.reason.clone();
            }
        }
        out.into_iter().collect()
    }
}

/// Whether the field asked of is, or covers, the field of the file.
fn covers(asked: &str, field: &str) -> bool {
    asked == field || Field::written(asked).covers().contains(&field)
}

/// The words that are `terms` beside each other from `start` on, one word between them allowed.
fn beside(terms: &[String], forms: &[Arc<[Variant]>], start: usize) -> Option<Vec<usize>> {
    let is =
        |at: usize, term: &String| forms.get(at)?.iter().any(|it| it.text == *term).then_some(at);
    let mut out = vec![is(start, terms.first()?)?];
    for term in &terms[1..] {
        let last = *out.last()?;
        out.push(is(last + 1, term).or_else(|| is(last + 2, term))?);
    }
    Some(out)
}

/// The stretch of `text` in which most is marked.
fn cut(field: &str, text: &str, marks: Vec<Mark>) -> Passage {
    if text.len() <= PASSAGE + 60 {
        return Passage {
            field: field.to_owned(),
            text: text.to_owned(),
            marks,
            cut: (false, false),
        };
    }
    let inside = |from: usize| {
        let within =
            marks.iter().filter(|it| it.span.start >= from && it.span.end <= from + PASSAGE);
        within.map(|it| it.group).collect::<std::collections::BTreeSet<_>>().len() * 100
            + marks
                .iter()
                .filter(|it| it.span.start >= from && it.span.end <= from + PASSAGE)
                .count()
    };
    let best =
        marks.iter().map(|it| it.span.start).max_by_key(|from| (inside(*from), usize::MAX - from));
    let mut from = best.unwrap_or(0).saturating_sub(40);
    while from > 0 && !text[..from].ends_with(' ') {
        from -= 1;
        while !text.is_char_boundary(from) {
            from -= 1;
        }
        if best.is_some_and(|best| best - from > 80) {
            break;
        }
    }
    let mut to = (from + PASSAGE + 40).min(text.len());
    while !text.is_char_boundary(to) {
        to -= 1;
    }
    if to < text.len() {
        to = text[from..to].rfind(' ').map_or(to, |space| from + space);
    }
    let within = marks.into_iter().filter(|it| it.span.start >= from && it.span.end <= to);
    let moved = within.map(|it| Mark { span: it.span.start - from..it.span.end - from, ..it });
    Passage {
        field: field.to_owned(),
        text: text[from..to].to_owned(),
        marks: moved.collect(),
        cut: (from > 0, to < text.len()),
    }
}
