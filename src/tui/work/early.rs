//! The list while there is no index yet: rows straight from the entries, found by plain words.

use super::finder;
use crate::index;
use crate::model::{Entry, Library};
use crate::text::{collate, fold};
use crate::tui::find::{Found, Question, Sort};
use std::cmp::Reverse;
use std::sync::Arc;

/// From so many entries on they are put in order on more than one core.
const MANY: usize = 1_000;

/// The entries of a library that is being indexed.
pub struct Early {
    library: Arc<Library>,
    /// By what the entries are filed under, in Norwegian order; then by year.
    order: Vec<usize>,
    /// The last answer, while the same is asked again for other rows.
    last: Option<(Question, Vec<usize>)>,
}

impl Early {
    /// The entries of `library`.
    pub fn new(library: Arc<Library>) -> Self {
        let mut keyed =
            keys(&library.entries, |entry| (collate::sort_key(&entry.filed_under()), entry.year()));
        keyed.sort_unstable();
        let order = keyed.into_iter().map(|(_, at)| at).collect();
        Self { library, order, last: None }
    }

    /// The answer to `question`: entries that have every word. What the query language and the
    /// thesaurus add comes with the index, and so do the facets.
    pub fn find(&mut self, question: &Question) -> Found {
        let bare = Question { rows: 0..0, keep: None, ..question.clone() };
        if self.last.as_ref().is_none_or(|(known, _)| *known != bare) {
            self.last = Some((bare, self.hits(question)));
        }
        let hits = self.last.as_ref().map_or(&[][..], |(_, hits)| hits);
        let rows = finder::clipped(&question.rows, hits.len());
        let id = |at: &usize| finder::id_of(&self.row_at(*at));
        let kept =
            question.keep.as_ref().and_then(|keep| hits.iter().position(|at| id(at) == *keep));
        Found {
            all: self.order.len(),
            total: hits.len(),
            from: rows.start,
            rows: hits[rows].iter().map(|at| finder::shown(&self.row_at(*at))).collect(),
            kept,
            ..Found::default()
        }
    }

    /// The ids that the rows of `question` show.
    pub fn ids(&mut self, question: &Question) -> Vec<String> {
        self.find(question).rows.into_iter().map(|row| row.id).collect()
    }

    /// The entry named `id`, as the index would show it.
    pub fn row(&self, id: &str) -> Option<index::Row> {
        let at = self.library.position(id)?;
        Some(self.row_at(at)).filter(|row| finder::id_of(row) == id)
    }

    fn row_at(&self, at: usize) -> index::Row {
        let entry = &self.library.entries[at];
        let place = index::Place {
            file: self.library.sources[entry.place.source].path.clone(),
            line: entry.place.line,
            span: entry.place.span.clone(),
        };
        index::Row { place, ..index::row_of(entry) }
    }

    fn hits(&self, question: &Question) -> Vec<usize> {
        let query = fold::base(&question.query);
        let words: Vec<&str> = query.split_whitespace().collect();
        let has_words = |entry: &Entry| {
            let text = fold::base(&searched(entry));
            words.iter().all(|word| text.contains(word))
        };
        let is_wanted = |at: &usize| {
            let only = question.only.as_ref();
            only.is_none_or(|only| only.contains(&finder::id_of(&self.row_at(*at))))
                && (words.is_empty() || has_words(&self.library.entries[*at]))
        };
        let mut hits: Vec<usize> = self.order.iter().copied().filter(is_wanted).collect();
        let entries = &self.library.entries;
        match question.sort {
            Sort::Year => hits.sort_by_cached_key(|at| Reverse(entries[*at].year())),
            Sort::Title => {
                hits.sort_by_cached_key(|at| collate::sort_key(&entries[*at].title()));
            }
            Sort::Author | Sort::Relevance => {}
        }
        hits
    }
}

/// What a word is looked for in.
fn searched(entry: &Entry) -> String {
    let fields = ["author", "editor", "title", "subtitle", "date", "keywords"];
    let texts = fields.iter().filter_map(|name| entry.text(name));
    texts.chain([entry.key.clone()]).collect::<Vec<_>>().join(" ")
}

/// A key for each entry with its position, made on two cores where there are many.
fn keys<K: Send>(entries: &[Entry], key: impl Fn(&Entry) -> K + Sync) -> Vec<(K, usize)> {
    let part = |from: usize, entries: &[Entry]| -> Vec<(K, usize)> {
        entries.iter().enumerate().map(|(at, entry)| (key(entry), from + at)).collect()
    };
    if entries.len() < MANY {
        return part(0, entries);
    }
    let middle = entries.len() / 2;
    let (head, tail) = entries.split_at(middle);
    std::thread::scope(|scope| {
        let second = scope.spawn(|| part(middle, tail));
        let mut keyed = part(0, head);
        match second.join() {
            Ok(tail) => keyed.extend(tail),
            Err(panic) => std::panic::resume_unwind(panic),
        }
        keyed
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn early() -> Early {
        let text = "@book{b, author={Østby, Å}, title={Ørret}, date={1999}}\n\
                    @book{a, author={Aasen, Ivar}, title={Norsk grammatik}, date={1864}}\n\
                    @book{c, author={Dahl, Per}, title={Grammar}, date={2001}}";
        Early::new(Arc::new(Library::new(vec![("a.bib".into(), text.as_bytes().into())])))
    }

    fn ids(query: &str, sort: Sort) -> Vec<String> {
        early().ids(&Question { query: query.into(), sort, rows: 0..9, ..Question::default() })
    }

    #[test]
    fn entries_stand_in_norwegian_order_before_there_is_an_index() {
        assert_eq!(ids("", Sort::Author), ["c", "b", "a"]);
        assert_eq!(ids("", Sort::Year), ["c", "b", "a"]);
        assert_eq!(ids("", Sort::Title), ["c", "a", "b"]);
    }

    #[test]
    fn every_word_must_be_there() {
        assert_eq!(ids("GRAM", Sort::Author), ["c", "a"]);
        assert_eq!(ids("gram 1864", Sort::Author), ["a"]);
    }

    #[test]
    fn an_entry_is_found_again_by_its_name() {
        assert_eq!(early().row("b").unwrap().title, "Ørret");
        assert_eq!(early().row("x"), None);
    }
}
