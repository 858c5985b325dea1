//! The entries of a library in order, found by what is typed.

use crate::model::{Entry, Library};
use crate::text::{collate, fold};
use crate::tui::find::{Badges, Counts, Facet, Found, Narrowing, Question, Row, Sort};
use std::collections::{BTreeMap, HashMap};
use std::ops::Range;

/// The entries in alphabetical order, with what they are found by.
pub struct Shelf {
    order: Vec<Shelved>,
    by_id: HashMap<String, usize>,
    problems: usize,
}

struct Shelved {
    id: String,
    at: usize,
    year: i32,
    title_key: Vec<u8>,
    folded: String,
}

impl Shelf {
    /// Puts the entries of `library` in order.
    pub fn new(library: &Library) -> Self {
        let mut order: Vec<(Vec<u8>, Shelved)> = Vec::with_capacity(library.entries.len());
        let mut by_id = HashMap::new();
        for (at, entry) in library.entries.iter().enumerate() {
            let mut id = entry.key.clone();
            if id.is_empty() || by_id.contains_key(&id) {
                id = format!("{id}:{}:{}", entry.place.source, entry.place.line);
            }
            by_id.insert(id.clone(), at);
            let folded = fold::base(&format!(
                "{} {} {} {}",
                entry.filed_under(),
                entry.title(),
                entry.year().unwrap_or_default(),
                entry.key
            ));
            let title_key = collate::sort_key(&entry.title());
            let year = entry.year().unwrap_or(i32::MIN);
            let shelved = Shelved { id, at, year, title_key, folded };
            order.push((collate::sort_key(&entry.filed_under()), shelved));
        }
        order.sort_by(|(a, x), (b, y)| a.cmp(b).then(x.year.cmp(&y.year)));
        let problems = library.sources.iter().map(|source| source.file.problems.len()).sum();
        Self { order: order.into_iter().map(|(_, it)| it).collect(), by_id, problems }
    }

    /// The entry named `id`.
    pub fn entry<'a>(&self, library: &'a Library, id: &str) -> Option<&'a Entry> {
        library.entries.get(*self.by_id.get(id)?)
    }

    /// The ids that the rows of `question` show.
    pub fn ids(&self, library: &Library, question: &Question) -> Vec<String> {
        let hits = self.hits(library, question);
        let rows = clipped(&question.rows, hits.len());
        hits[rows].iter().map(|it| it.id.clone()).collect()
    }

    /// The answer to `question`.
    pub fn find(&self, library: &Library, question: &Question) -> Found {
        let hits = self.hits(library, question);
        let words = words(question);
        let rows = clipped(&question.rows, hits.len());
        let kept = question.keep.as_ref().and_then(|id| hits.iter().position(|it| it.id == *id));
        Found {
            all: self.order.len(),
            total: hits.len(),
            from: rows.start,
            rows: hits[rows].iter().map(|it| row(&library.entries[it.at], it, &words)).collect(),
            facets: counts(library, &hits),
            kept,
            widened: Vec::new(),
            problems: self.problems,
        }
    }

    fn hits(&self, library: &Library, question: &Question) -> Vec<&Shelved> {
        let words = words(question);
        let mut hits: Vec<&Shelved> = self
            .order
            .iter()
            .filter(|it| words.iter().all(|word| it.folded.contains(word.as_str())))
            .filter(|it| question.only.as_ref().is_none_or(|only| only.contains(&it.id)))
            .filter(|it| fits(&library.entries[it.at], &question.narrowings))
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
fn fits(entry: &Entry, narrowings: &[Narrowing]) -> bool {
    let has = |it: &Narrowing| values(entry, it.facet).contains(&it.value);
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
        Facet::Status => entry.text("status").into_iter().collect(),
    }
}

fn counts(library: &Library, hits: &[&Shelved]) -> Vec<Counts> {
    Facet::ALL
        .into_iter()
        .filter_map(|facet| {
            let mut counted: BTreeMap<String, usize> = BTreeMap::new();
            for hit in hits {
                for value in values(&library.entries[hit.at], facet) {
                    *counted.entry(value).or_default() += 1;
                }
            }
            let mut values: Vec<(String, usize)> = counted.into_iter().collect();
            if facet == Facet::Decade {
                values.reverse();
            } else {
                values.sort_by(|a, b| b.1.cmp(&a.1).then_with(|| collate::compare(&a.0, &b.0)));
            }
            values.truncate(12);
            (!values.is_empty()).then_some(Counts { facet, values })
        })
        .collect()
}

fn row(entry: &Entry, shelved: &Shelved, words: &[String]) -> Row {
    let (title, creators) = (entry.title(), entry.short_creators());
    Row {
        id: shelved.id.clone(),
        year: entry.year().map(|year| year.to_string()).unwrap_or_default(),
        kind: entry.entry_type.clone(),
        project: entry.list("project").join(", "),
        badges: Badges {
            full_text: entry.has("fulltext"),
            file: entry.has("file"),
            problem: entry.is_broken,
            unverified: entry.has("unverified"),
            status: None,
        },
        title_hits: hits_in(&title, words),
        creator_hits: hits_in(&creators, words),
        title,
        creators,
        reason: None,
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
