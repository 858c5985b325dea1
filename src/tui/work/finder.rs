//! The list from the index: what is asked becomes a query, what is found becomes rows.

use super::narrowing::{counts, narrowed};
use crate::index::{self, Cancel, Hit, Index, Options, Reason, Relaxed};
use crate::query;
use crate::session::Error;
use crate::text::said::Said;
use crate::tui::find::{Badges, Completion, Found, Passage, Question, Row, Sort};
use crate::world::finding;
use std::ops::Range;

/// The hits that are put in order beyond what is shown, so that scrolling does not search again.
const AHEAD: usize = 2_000;

/// Answers questions from the index.
pub struct Finder {
    index: Index,
    /// The last answer, while the same is asked again for other rows.
    last: Option<Last>,
    /// The rows that were shown last, by the names of their entries.
    near: Vec<(String, index::Row)>,
}

struct Last {
    /// What was asked, without rows.
    question: Question,
    /// How many hits were put in order.
    limit: usize,
    found: index::Found,
    /// The hits that are left when only some entries are wanted.
    hits: Vec<Hit>,
    total: usize,
}

impl Finder {
    /// Answers from `index`.
    pub fn new(index: Index) -> Self {
        Self { index, last: None, near: Vec::new() }
    }

    /// The answer to `question`.
    /// `None` where it was told to stop.
    pub fn find(&mut self, question: &Question, cancel: &Cancel) -> Result<Option<Found>, Error> {
        if !self.ask(question, cancel)? {
            return Ok(None);
        }
        let all = self.index.count();
        let Some(last) = &self.last else { return Ok(None) };
        let rows = clipped(&question.rows, last.hits.len());
        let mut marker = self.index.marker(&last.found.understood);
        let has_query = !last.found.understood.groups.is_empty();
        let mut near = Vec::with_capacity(rows.len());
        let shown = last.hits[rows.clone()].iter().map(|hit| {
            let row = self.index.row(&last.found, hit);
            let mut out = self::shown(&row);
            if has_query {
                let hits = |marks: Vec<index::Mark>| marks.into_iter().map(|it| it.span).collect();
                out.title_hits = hits(marker.marks("title", &row.title));
                out.creator_hits = hits(marker.marks("author", &row.author));
                let passages = marker.passages(&row, &self.index.texts(&last.found, hit));
                out.reasons = reasons(&marker.reasons(&passages), &passages);
                out.passages = elsewhere(&passages);
            }
            near.push((out.id.clone(), row));
            out
        });
        let kept = question.keep.as_ref().and_then(|id| {
            last.hits.iter().position(|hit| id_of(&self.index.row(&last.found, hit)) == *id)
        });
        let found = Found {
            all,
            total: last.total,
            from: rows.start,
            rows: shown.collect(),
            facets: last.found.facets.as_ref().map(counts).unwrap_or_default(),
            kept,
            widened: widened(&last.found),
            notes: notes(&question.query, &last.found),
        };
        self.near = near;
        Ok(Some(found))
    }

    /// The ids that the rows of `question` show.
    pub fn ids(&mut self, question: &Question) -> Result<Vec<String>, Error> {
        self.ask(question, &Cancel::never())?;
        let Some(last) = &self.last else { return Ok(Vec::new()) };
        let rows = clipped(&question.rows, last.hits.len());
        let ids = last.hits[rows].iter().map(|hit| id_of(&self.index.row(&last.found, hit)));
        Ok(ids.collect())
    }

    /// What `query` can go on with at `caret`.
    pub fn complete(&self, query: &str, caret: usize) -> Completion {
        let completion = self.index.complete(query, caret, OFFERS);
        let offers = completion.offers.into_iter().map(|it| (it.text, it.count)).collect();
        Completion { query: query.to_owned(), caret, at: completion.at, offers }
    }

    /// Where the entry named `id` stands, if it is among the rows shown last.
    pub fn row(&self, id: &str) -> Option<index::Row> {
        self.near.iter().find(|(known, _)| known == id).map(|(_, row)| row.clone())
    }

    /// Has the answer at hand; `false` where it was told to stop.
    fn ask(&mut self, question: &Question, cancel: &Cancel) -> Result<bool, Error> {
        let bare = Question { rows: 0..0, keep: None, ..question.clone() };
        let everything = question.only.is_some() || question.keep.is_some();
        let wanted = if everything { usize::MAX / 4 } else { question.rows.end };
        if let Some(last) = &self.last
            && last.question == bare
            && (wanted <= last.limit || last.limit >= last.total)
        {
            return Ok(true);
        }
        let limit = wanted.saturating_add(AHEAD);
        let has_no_order = question.query.trim().is_empty() && question.like.is_none();
        let options = Options {
            limit,
            sort: match (question.sort, has_no_order) {
                (Sort::Year, _) => index::Sort::Year,
                (Sort::Title, _) => index::Sort::Title,
                (Sort::Relevance, false) => index::Sort::Relevance,
                (Sort::Author | Sort::Relevance, _) => index::Sort::Author,
            },
            widen: !question.exact,
            loose: index::Loose::default(),
            facets: true,
            typing: question.is_typing,
        };
        let like = question.like.as_ref().and_then(|id| self.index.number(id));
        let found = match like {
            Some(number) => finding::like(&self.index, number, &options)?,
            None => {
                let query = query::parse(&narrowed(question));
                finding::search_unless(cancel, &self.index, &query, &options)?
            }
        };
        let Some(found) = found else { return Ok(false) };
        let (hits, total) = match &question.only {
            None => (found.hits.clone(), found.total),
            Some(only) => {
                let is_wanted = |hit: &&Hit| only.contains(&id_of(&self.index.row(&found, hit)));
                let hits: Vec<Hit> = found.hits.iter().filter(is_wanted).copied().collect();
                let total = hits.len();
                (hits, total)
            }
        };
        self.last = Some(Last { question: bare, limit, found, hits, total });
        Ok(true)
    }
}

/// The name of an entry in marks and effects: its citation key, else its place.
pub fn id_of(row: &index::Row) -> String {
    if row.key.is_empty() {
        format!("{}:{}", row.place.file.display(), row.place.line)
    } else {
        row.key.clone()
    }
}

/// The row as the list shows it.
pub fn shown(row: &index::Row) -> Row {
    let has = |badge| row.badges.has(badge);
    Row {
        id: id_of(row),
        creators: row.author.clone(),
        year: row.year.map(|year| year.to_string()).unwrap_or_default(),
        title: row.title.clone(),
        kind: row.entry_type.clone(),
        project: row.project.clone(),
        badges: Badges {
            full_text: has(index::Badges::LINK),
            file: has(index::Badges::FILE),
            problem: has(index::Badges::BROKEN),
            unverified: has(index::Badges::UNVERIFIED),
        },
        ..Row::default()
    }
}

/// Why an entry is among the hits, where its title does not show it.
fn reasons(found: &[(usize, Reason)], passages: &[index::Passage]) -> Vec<Said> {
    let title = passages.iter().find(|it| it.field == "title");
    let in_title = |group: usize| title.is_some_and(|it| it.marks.iter().any(|m| m.group == group));
    found
        .iter()
        .filter_map(|(group, reason)| {
            let (id, word) = match reason {
                Reason::Synonym(_, label) | Reason::Related(_, label) => {
                    ("tui.because-concept", label.clone())
                }
                Reason::Spelling(word) => ("tui.because-spelling", word.clone()),
                _ if in_title(*group) => return None,
                _ => {
                    let where_from = passages
                        .iter()
                        .find(|it| it.marks.iter().any(|mark| mark.group == *group))?;
                    if where_from.field == "author" {
                        return None;
                    }
                    let mark = where_from.marks.iter().find(|mark| mark.group == *group)?;
                    let text = where_from.text.get(mark.span.clone()).unwrap_or_default();
                    ("tui.because-field", format!("{}: {text}", where_from.field))
                }
            };
            Some(Said::new(id).with("what", word))
        })
        .collect()
}

/// How many completions of a query are offered.
const OFFERS: usize = 12;

/// How many passages of an entry are shown.
const PASSAGES: usize = 4;

/// What was found outside title and creators.
fn elsewhere(passages: &[index::Passage]) -> Vec<Passage> {
    let others = passages.iter().filter(|it| !["title", "author"].contains(&it.field.as_str()));
    let shown = others.filter(|it| !it.marks.is_empty()).take(PASSAGES).map(|it| {
        let before = if it.cut.0 { "… " } else { "" };
        let after = if it.cut.1 { " …" } else { "" };
        let at = before.len();
        let moved = |span: &Range<usize>| span.start + at..span.end + at;
        Passage {
            field: it.field.clone(),
            text: format!("{before}{}{after}", it.text),
            hits: it.marks.iter().map(|mark| moved(&mark.span)).collect(),
        }
    });
    shown.collect()
}

/// The labels that the thesaurus put beside the words of the query.
fn widened(found: &index::Found) -> Vec<String> {
    let mut out: Vec<String> = Vec::new();
    for way in found.understood.groups.iter().flat_map(|group| &group.ways) {
        if let Reason::Synonym(_, label) = &way.reason
            && !out.contains(label)
        {
            out.push(label.clone());
        }
    }
    out
}

/// What there is to say of how the query was read.
fn notes(text: &str, found: &index::Found) -> Vec<Said> {
    let mut out: Vec<Said> = query::parse(text).notes.into_iter().map(|note| note.said).collect();
    match found.relaxed {
        Some(Relaxed::AnyWord(count)) => {
            out.push(Said::new("search.relaxed-any").with("count", count));
        }
        Some(Relaxed::Letters(count)) => {
            out.push(Said::new("search.relaxed-letters").with("count", count));
        }
        None => {}
    }
    for (name, count) in &found.offers {
        out.push(Said::new("search.offer").with("name", name).with("count", count));
    }
    out
}

/// `rows` as far as there are any.
pub fn clipped(rows: &Range<usize>, total: usize) -> Range<usize> {
    let start = rows.start.min(total);
    start..rows.end.clamp(start, total)
}
