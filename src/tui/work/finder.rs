//! The entries of a library in order, found by what is typed.

use crate::model::{Entry, Library};
use crate::text::{collate, fold};
use crate::tui::find::{Badges, Counts, Facet, Found, Narrowing, Question, Row, Sort};
use std::collections::{BTreeMap, HashSet};
use std::ops::Range;

/// The entries in alphabetical order, with what they are found by.
pub struct Finder {
    order: Vec<Shelved>,
    problems: usize,
}

struct Shelved {
    row: Row,
    year: i32,
    title_key: Vec<u8>,
    folded: String,
    values: Vec<(Facet, String)>,
}

impl Finder {
    /// Puts the entries of `library` in order.
    pub fn new(library: &Library) -> Self {
        let mut order: Vec<(Vec<u8>, Shelved)> = Vec::with_capacity(library.entries.len());
        let mut seen = HashSet::new();
        for (at, entry) in library.entries.iter().enumerate() {
            let is_named = !entry.key.is_empty() && seen.insert(entry.key.clone());
            let id = if is_named {
                entry.key.clone()
            } else {
                crate::session::target::place(library, at)
            };
            let words = [entry.filed_under(), entry.title(), entry.key.clone()];
            let year = entry.year();
            let shelved = Shelved {
                row: row(entry, id),
                year: year.unwrap_or(i32::MIN),
                title_key: collate::sort_key(&entry.title()),
                folded: fold::base(&format!("{} {}", words.join(" "), year.unwrap_or_default())),
                values: Facet::ALL
                    .iter()
                    .flat_map(|facet| values(entry, *facet).into_iter().map(|it| (*facet, it)))
                    .collect(),
            };
            order.push((collate::sort_key(&entry.filed_under()), shelved));
        }
        order.sort_by(|(a, x), (b, y)| a.cmp(b).then(x.year.cmp(&y.year)));
        let problems = library.sources.iter().map(|source| source.file.problems.len()).sum();
        Self { order: order.into_iter().map(|(_, it)| it).collect(), problems }
    }

    /// The ids that the rows of `question` show.
    pub fn ids(&self, question: &Question) -> Vec<String> {
        let hits = self.hits(question);
        let rows = clipped(&question.rows, hits.len());
        hits[rows].iter().map(|it| it.row.id.clone()).collect()
    }

    /// The answer to `question`.
    pub fn find(&self, question: &Question) -> Found {
        let hits = self.hits(question);
        let words = words(question);
        let rows = clipped(&question.rows, hits.len());
        let kept =
            question.keep.as_ref().and_then(|id| hits.iter().position(|it| it.row.id == *id));
        let marked = |it: &&Shelved| Row {
            title_hits: hits_in(&it.row.title, &words),
            creator_hits: hits_in(&it.row.creators, &words),
            ..it.row.clone()
        };
        Found {
            all: self.order.len(),
            total: hits.len(),
            from: rows.start,
            rows: hits[rows].iter().map(marked).collect(),
            facets: counts(&hits),
            kept,
            problems: self.problems,
            ..Found::default()
        }
    }

    fn hits(&self, question: &Question) -> Vec<&Shelved> {
        let words = words(question);
        let mut hits: Vec<&Shelved> = self
            .order
            .iter()
            .filter(|it| words.iter().all(|word| it.folded.contains(word.as_str())))
            .filter(|it| question.only.as_ref().is_none_or(|only| only.contains(&it.row.id)))
            .filter(|it| fits(&it.values, &question.narrowings))
            .collect();
        match question.sort {
            Sort::Author | Sort::Relevance => {}
            Sort::Year => hits.sort_by_key(|it| std::cmp::Reverse(it.year)),
            Sort::Title => hits.sort_by(|a, b| a.title_key.cmp(&b.title_key)),
        }
        hits
    }
}

fn words(question: &Question) -> Vec<String> {
    fold::base(&question.query).split_whitespace().map(str::to_owned).collect()
}

fn clipped(rows: &Range<usize>, total: usize) -> Range<usize> {
    let start = rows.start.min(total);
    start..rows.end.clamp(start, total)
}

/// Values of one facet are alternatives; different facets must all fit.
fn fits(values: &[(Facet, String)], narrowings: &[Narrowing]) -> bool {
    let has = |it: &Narrowing| values.iter().any(|(f, v)| *f == it.facet && *v == it.value);
    let out = narrowings.iter().any(|it| !it.keeps && has(it));
    !out && Facet::ALL.iter().all(|facet| {
        let mut kept = narrowings.iter().filter(|it| it.keeps && it.facet == *facet).peekable();
        kept.peek().is_none() || kept.any(has)
    })
}

fn values(entry: &Entry, facet: Facet) -> Vec<String> {
    match facet {
        Facet::Type => vec![entry.entry_type.clone()],
        Facet::Decade => {
            entry.year().map(|year| format!("{}", year.div_euclid(10) * 10)).into_iter().collect()
        }
        Facet::Language => entry.text("langid").into_iter().collect(),
        Facet::Project => entry.list("project"),
        Facet::Keyword => entry.list("keywords"),
        Facet::Author => entry.creators().names.iter().map(|name| name.family.clone()).collect(),
        Facet::Status => entry
            .text("status")
            .map(|status| status.split(':').next().unwrap_or_default().to_owned())
            .into_iter()
            .collect(),
    }
}

fn counts(hits: &[&Shelved]) -> Vec<Counts> {
    let mut counted: BTreeMap<Facet, BTreeMap<&str, usize>> = BTreeMap::new();
    for (facet, value) in hits.iter().flat_map(|hit| &hit.values) {
        *counted.entry(*facet).or_default().entry(value).or_default() += 1;
    }
    counted
        .into_iter()
        .map(|(facet, counts)| {
            let mut values: Vec<(String, usize)> =
                counts.into_iter().map(|(value, count)| (value.to_owned(), count)).collect();
            if facet == Facet::Decade {
                values.reverse();
            } else {
                values.sort_by(|a, b| b.1.cmp(&a.1).then_with(|| collate::compare(&a.0, &b.0)));
            }
            values.truncate(12);
            Counts { facet, values }
        })
        .collect()
}

fn row(entry: &Entry, id: String) -> Row {
    Row {
        id,
        creators: entry.short_creators(),
        year: entry.year().map(|year| year.to_string()).unwrap_or_default(),
        title: entry.title(),
        kind: entry.entry_type.clone(),
        project: entry.list("project").join(", "),
        badges: Badges {
            full_text: entry.has("fulltext"),
            file: entry.has("file"),
            problem: entry.is_broken,
            unverified: entry.has("unverified"),
        },
        ..Row::default()
    }
}

/// Where `words` stand in `text`, letter by letter folded.
fn hits_in(text: &str, words: &[String]) -> Vec<Range<usize>> {
    let mut folded = String::new();
    let mut places = Vec::new();
    for (at, c) in text.char_indices() {
        let base = fold::base(c.encode_utf8(&mut [0; 4]));
        places.extend(std::iter::repeat_n(at..at + c.len_utf8(), base.len()));
        folded.push_str(&base);
    }
    let mut hits = Vec::new();
    for word in words {
        for (at, found) in folded.match_indices(word.as_str()) {
            if let (Some(first), Some(last)) = (places.get(at), places.get(at + found.len() - 1)) {
                hits.push(first.start..last.end);
            }
        }
    }
    hits
}
