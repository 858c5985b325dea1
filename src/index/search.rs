//! Answering a query.

use super::collect::{Gathered, gather};
use super::facets::{self, Facets};
use super::plan::{Manner, Plan};
use super::row::{self, Row, Texts};
use super::understood::Understood;
use super::widen::Widener;
use super::{Error, Index};
use crate::query::thesaurus::Thesaurus;
use crate::query::{Expr, FieldKind, Query};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use tantivy::schema::Value;
use tantivy::{DocAddress, DocId, Searcher, TantivyDocument};

/// Fewer hits than this, and the query is read more loosely.
const ENOUGH: usize = 10;

/// By what hits are put in order.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Hash)]
pub enum Sort {
    /// Best first.
    #[default]
    Relevance,
    /// By what the entry is filed under, in Norwegian order; then by year.
    Author,
    /// Newest first.
    Year,
    /// By title, in Norwegian order.
    Title,
    /// Last added first.
    Added,
}

/// How a search is done.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Options {
    /// How many hits are put in order and can be shown; all are counted.
    pub limit: usize,
    /// By what they are put in order.
    pub sort: Sort,
    /// Whether words are widened by the thesaurus.
    pub widen: bool,
    /// How loosely the query may be read where there are too few hits.
    pub loose: Loose,
    /// Whether hits are counted by year, type and so on.
    pub facets: bool,
    /// Whether the query is being typed: its last word may go on, and no regular expression is run.
    pub typing: bool,
}

impl Default for Options {
    /// Fifty hits by relevance, widened, not counted.
    fn default() -> Self {
        Self {
            limit: 50,
            sort: Sort::Relevance,
            widen: true,
            loose: Loose::Letters,
            facets: false,
            typing: false,
        }
    }
}

/// How loosely a query may be read where it has too few hits.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default)]
pub enum Loose {
    /// As it stands: all the words.
    No,
    /// Any of the words.
    AnyWord,
    /// Words spelt nearly so, and letters in common.
    #[default]
    Letters,
}

/// Stops a search that nobody waits for any more: of all searches that share a bell, only the one
/// that rang last goes on.
#[derive(Debug, Clone, Default)]
pub struct Bell(Arc<AtomicU64>);

/// One search's ear for the bell.
#[derive(Debug, Clone, Default)]
pub struct Cancel {
    bell: Bell,
    mine: u64,
}

impl Bell {
    /// Rings: searches before this one stop.
    pub fn ring(&self) -> Cancel {
        Cancel { bell: self.clone(), mine: self.0.fetch_add(1, Ordering::Relaxed) + 1 }
    }
}

impl Bell {
    /// An ear for later rings, without ringing.
    pub fn ear(&self) -> Cancel {
        Cancel { bell: self.clone(), mine: self.0.load(Ordering::Relaxed) }
    }
}

impl Cancel {
    /// A search that nothing stops.
    pub fn never() -> Self {
        Self::default()
    }

    /// Whether a later search has rung.
    pub fn is_cancelled(&self) -> bool {
        self.bell.0.load(Ordering::Relaxed) > self.mine
    }
}

/// A hit; [`Index::row`] says what it is.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Hit {
    /// How well it answers, comparable within one search only; 0 when not sorted by relevance.
    pub score: f32,
    address: DocAddress,
}

/// How a query with too few hits was read more loosely.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Relaxed {
    /// Any of the words will do; so many hits have all.
    AnyWord(usize),
    /// Words with letters in common will do.
    Letters(usize),
}

/// The answer to a query.
pub struct Found {
    /// How many hits there are.
    pub total: usize,
    /// The best, in order.
    pub hits: Vec<Hit>,
    /// The counts, where they were asked for.
    pub facets: Option<Facets>,
    /// What was looked for.
    pub understood: Understood,
    /// Whether the query was read more loosely than it was put.
    pub relaxed: Option<Relaxed>,
    /// Where there is no hit: which condition (a field's name) stands in the way, and how many hits
    /// there are without it.
    pub offers: Vec<(String, usize)>,
    searcher: Searcher,
}

/// Looser readings of a query, the strict one first.
const MANNERS: [Manner; 3] = [
    Manner { any: false, letters: false, typing: false, repair: false },
    Manner { any: true, letters: false, typing: false, repair: false },
    Manner { any: true, letters: true, typing: false, repair: false },
];

impl Index {
    /// Answers `query`. Blocks; gives [`Error::Cancelled`] soon after `cancel` says so.
    pub fn search(
        &self,
        query: &Query,
        options: &Options,
        cancel: &Cancel,
    ) -> Result<Found, Error> {
        let searcher = self.searcher();
        let widener = options.widen.then(|| self.widener());
        let typing = options.typing && query.unfinished;
        let ask = |manner: Manner| -> Result<(Plan, Gathered), Error> {
            let plan = self.plan(
                &searcher,
                &query.expr,
                widener,
                Manner { typing, repair: options.loose == Loose::Letters, ..manner },
            )?;
            let fits_all = plan.patterns.is_empty() || options.typing;
            let limit = if fits_all { options.limit } else { usize::MAX / 4 };
            let mut found =
                gather(&searcher, &*plan.query, options.sort, limit, options.facets, cancel)?;
            if !fits_all {
                self.keep_fitting(&searcher, &plan.patterns, &mut found, options.limit, cancel)?;
            }
            Ok((plan, found))
        };
        let (mut plan, mut found) = ask(MANNERS[0])?;
        let strict = found.total;
        let mut relaxed = None;
        if options.loose >= Loose::AnyWord && strict < ENOUGH && plan.words > 1 {
            let (loose, more) = ask(MANNERS[1])?;
            if more.total > found.total {
                (plan, found) = (loose, more);
                relaxed = Some(Relaxed::AnyWord(strict));
            }
        }
        if options.loose == Loose::Letters && found.total < ENOUGH && plan.words > 0 {
            let (loose, more) = ask(MANNERS[2])?;
            if more.total > found.total {
                (plan, found) = (loose, more);
                relaxed = Some(Relaxed::Letters(strict));
            }
        }
        let offers = if found.total == 0 {
            self.offers(&searcher, &query.expr, widener, cancel)?
        } else {
            vec![]
        };
        let facets = match options.facets {
            true => Some(facets::count(&searcher, &found.docs)?),
            false => None,
        };
        let found = self.found(searcher, plan.understood, found);
        Ok(Found { facets, relaxed, offers, ..found })
    }

    /// What the list shows of a hit.
    pub fn row(&self, found: &Found, hit: &Hit) -> Row {
        let mut row = Row::decode(&self.stored(&found.searcher, hit.address, true));
        row.place = self.places.get(row.id);
        row
    }

    /// The texts of a hit that the row does not show: abstract, keywords, journal, notes.
    pub fn texts(&self, found: &Found, hit: &Hit) -> Texts {
        row::decode_texts(&self.stored(&found.searcher, hit.address, false))
    }

    /// An answer of hits alone.
    pub(super) fn found(
        &self,
        searcher: Searcher,
        understood: Understood,
        found: Gathered,
    ) -> Found {
        let hit = |(score, address)| Hit { score, address };
        Found {
            total: found.total,
            hits: found.best.into_iter().map(hit).collect(),
            facets: None,
            understood,
            relaxed: None,
            offers: Vec::new(),
            searcher,
        }
    }

    pub(super) fn stored(&self, searcher: &Searcher, address: DocAddress, is_row: bool) -> Vec<u8> {
        let field = if is_row { self.fields.row } else { self.fields.text };
        let document: Option<TantivyDocument> = searcher.doc(address).ok();
        let value =
            document.as_ref().and_then(|it| it.get_first(field)).and_then(|it| it.as_bytes());
        value.unwrap_or_default().to_vec()
    }

    /// The thesaurus, read when a search is first widened.
    pub(super) fn widener(&self) -> &Widener {
        self.widener.get_or_init(|| {
            let table = self.sources.thesaurus.as_ref();
            let table = table.and_then(|path| std::fs::read_to_string(path).ok());
            Widener::new(table.map(|it| Thesaurus::read(&it).0).unwrap_or_default())
        })
    }

    /// For a query without hits: the conditions that stand in the way.
    fn offers(
        &self,
        searcher: &Searcher,
        expr: &Expr,
        widener: Option<&Widener>,
        cancel: &Cancel,
    ) -> Result<Vec<(String, usize)>, Error> {
        let Expr::And(parts) = expr else { return Ok(Vec::new()) };
        let mut out: Vec<(String, usize)> = Vec::new();
        // As it stands, and where that finds nothing either, as loosely as the query was read.
        for manner in MANNERS {
            let manner = Manner { repair: true, ..manner };
            for (at, part) in parts.iter().enumerate() {
                let Some(name) = condition(part) else { continue };
                let mut rest = parts.clone();
                rest.remove(at);
                let plan = self.plan(searcher, &Expr::And(rest), widener, manner)?;
                let total = gather(searcher, &*plan.query, Sort::Author, 0, false, cancel)?.total;
                if total > 0 {
                    out.push((name, total));
                }
            }
            if !out.is_empty() {
                break;
            }
        }
        out.sort_by_key(|(_, count)| std::cmp::Reverse(*count));
        Ok(out)
    }

    /// Keeps the hits that fit all `patterns`.
    fn keep_fitting(
        &self,
        searcher: &Searcher,
        patterns: &[(Option<String>, String)],
        found: &mut Gathered,
        limit: usize,
        cancel: &Cancel,
    ) -> Result<(), Error> {
        let compiled: Vec<(Option<String>, regex::Regex)> = patterns
            .iter()
            .filter_map(|(field, pattern)| {
                let built = regex::RegexBuilder::new(pattern)
                    .case_insensitive(true)
                    .size_limit(1 << 20)
                    .build();
                Some((field.clone(), built.ok()?))
            })
            .collect();
        if compiled.len() < patterns.len() {
            found.total = 0;
            found.best.clear();
            found.docs.iter_mut().for_each(Vec::clear);
            return Ok(());
        }
        let mut kept = Vec::new();
        let mut docs: Vec<Vec<DocId>> = vec![Vec::new(); found.docs.len()];
        for (score, address) in std::mem::take(&mut found.best) {
            if cancel.is_cancelled() {
                return Err(Error::Cancelled);
            }
            let row = Row::decode(&self.stored(searcher, address, true));
            let texts = row::decode_texts(&self.stored(searcher, address, false));
            if compiled.iter().all(|(field, regex)| fits(field.as_deref(), regex, &row, &texts)) {
                docs[address.segment_ord as usize].push(address.doc_id);
                kept.push((score, address));
            }
        }
        found.total = kept.len();
        kept.truncate(limit);
        found.best = kept;
        found.docs = docs;
        Ok(())
    }
}

fn fits(field: Option<&str>, regex: &regex::Regex, row: &Row, texts: &Texts) -> bool {
    let is = |name: &str| field.is_none_or(|it| it == name);
    (is("title") && regex.is_match(&row.title))
        || (is("author") && (regex.is_match(&row.authors) || regex.is_match(&row.author)))
        || (is("key") && regex.is_match(&row.key))
        || texts.iter().any(|(name, text)| {
            let covered = field.is_none_or(|field| {
                crate::query::Field::named(field)
                    .is_some_and(|it| it.covers().contains(&name.as_str()))
            });
            covered && regex.is_match(text)
        })
}

/// The name of the condition that this clause is, if it is one.
fn condition(part: &Expr) -> Option<String> {
    match part {
        Expr::Year(..) => Some("year".to_owned()),
        Expr::Is(field, _) => Some(field.name.clone()),
        Expr::Has(field) => Some(format!("has:{}", field.name)),
        Expr::Word { scope: Some(field), .. } | Expr::Phrase { scope: Some(field), .. } => {
            Some(field.name.clone())
        }
        Expr::Phrase { text, .. } => Some(format!("\"{text}\"")),
        Expr::Matches(field, _) => {
            Some(field.as_ref().map_or("/…/".to_owned(), |it| it.name.clone()))
        }
        Expr::Not(inner) => match &**inner {
            Expr::Has(field) if field.kind() != FieldKind::Any => {
                Some(format!("lacks:{}", field.name))
            }
            Expr::Word { text, .. } | Expr::Phrase { text, .. } => Some(format!("-{text}")),
            _ => Some("-".to_owned()),
        },
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_search_that_rang_last_goes_on() {
        let bell = Bell::default();
        let first = bell.ring();
        assert!(!first.is_cancelled());
        let second = bell.ring();
        assert!(first.is_cancelled());
        assert!(!second.is_cancelled());
        assert!(!Cancel::never().is_cancelled());
    }
}
