//! From a query to what tantivy is asked, and to an account of it.

mod free;
mod made;
mod scoped;

use super::chain::Chain;
use super::schema::Fields;
use super::understood::{Group, Reason, Understood, Way};
use super::widen::{Typed, Widener};
use super::{Error, Index};
use crate::query::{Expr, Field as Asked, FieldKind, How};
use crate::text::words::words;
use made::{Made, any_of, best_of, exactly, filter};
use std::ops::Bound;
use tantivy::query::{AllQuery, BooleanQuery, BoostQuery, Occur, Query, RangeQuery};
use tantivy::{Searcher, Term};

/// What a completion of the last word counts.
const COMPLETION: f32 = 0.8;
/// What a near spelling counts.
const SPELLING: f32 = 0.7;

/// How a query is put to the index.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Manner {
    /// Any of the free words will do.
    pub any: bool,
    /// Letters in common will do.
    pub letters: bool,
    /// A word that the library does not have stands for those spelt nearly so.
    pub repair: bool,
    /// The last word may be the beginning of a longer one.
    pub typing: bool,
}

/// A query ready to be run.
pub(super) struct Plan {
    /// What tantivy is asked.
    pub query: Box<dyn Query>,
    /// The account.
    pub understood: Understood,
    /// How many free words there are, of which any may do.
    pub words: usize,
    /// A regular expression that every hit must fit besides: its field and pattern.
    pub patterns: Vec<(Option<String>, String)>,
}

pub(super) struct Planner<'a> {
    index: &'a Index,
    searcher: &'a Searcher,
    widener: Option<&'a Widener>,
    chain: Chain,
    manner: Manner,
    plan: Plan,
}

impl Index {
    /// The plan for `expr`; `widener` widens free words.
    pub(super) fn plan(
        &self,
        searcher: &Searcher,
        expr: &Expr,
        widener: Option<&Widener>,
        manner: Manner,
    ) -> Result<Plan, Error> {
        let mut planner = self.planner(searcher, widener, manner);
        planner.plan.query = planner.make(expr)?;
        self.give_back(planner.chain);
        Ok(planner.plan)
    }

    /// The plan for the words of `text`; `None` where there are none.
    pub(super) fn plan_words(
        &self,
        searcher: &Searcher,
        text: &str,
        widener: Option<&Widener>,
        manner: Manner,
    ) -> Result<Option<Plan>, Error> {
        let mut planner = self.planner(searcher, widener, manner);
        let Some(query) = planner.free(&typed(text), "", false)? else { return Ok(None) };
        planner.plan.query = query;
        self.give_back(planner.chain);
        Ok(Some(planner.plan))
    }

    fn planner<'a>(
        &'a self,
        searcher: &'a Searcher,
        widener: Option<&'a Widener>,
        manner: Manner,
    ) -> Planner<'a> {
        let plan = Plan {
            query: Box::new(AllQuery),
            understood: Understood::default(),
            words: 0,
            patterns: Vec::new(),
        };
        Planner { index: self, searcher, widener, chain: self.chain(), manner, plan }
    }
}

impl Planner<'_> {
    fn fields(&self) -> &Fields {
        &self.index.fields
    }

    fn make(&mut self, expr: &Expr) -> Result<Made, Error> {
        Ok(match expr {
            Expr::All => Box::new(AllQuery),
            Expr::And(parts) => self.all(parts)?,
            Expr::Word { scope: None, how: How::Freely, .. } => {
                self.all(std::slice::from_ref(expr))?
            }
            Expr::Or(parts) => {
                let parts: Result<Vec<Made>, Error> =
                    parts.iter().map(|it| self.make(it)).collect();
                best_of(parts?)
            }
            Expr::Not(inner) => {
                let known = self.plan.understood.groups.len();
                let not = self.make(inner)?;
                self.plan.understood.groups.truncate(known);
                Box::new(BooleanQuery::new(vec![
                    (Occur::Must, filter(Box::new(AllQuery))),
                    (Occur::MustNot, not),
                ]))
            }
            Expr::Word { scope, text, how } => self.word(scope.as_ref(), text, *how)?,
            Expr::Phrase { scope, text, slop, prefix } => {
                self.phrase(scope.as_ref(), text, *slop, *prefix)?
            }
            Expr::Year(low, high) => {
                let bound = |year: &Option<i64>| match year {
                    Some(year) => Bound::Included(Term::from_field_i64(self.fields().year, *year)),
                    None => Bound::Unbounded,
                };
                match (low, high) {
                    (None, None) => Box::new(AllQuery),
                    _ => filter(Box::new(RangeQuery::new(bound(low), bound(high)))),
                }
            }
            Expr::Is(field, values) => self.is(field, values),
            Expr::Identifier(number) => {
                let term = Term::from_field_text(self.fields().identifier, number);
                self.note(number, None, Reason::Identifier);
                Box::new(BoostQuery::new(exactly(term), 5.0))
            }
            Expr::Has(field) => {
                let terms: Vec<Made> = match field.kind() {
                    FieldKind::Year => ["date", "year"].iter().map(|it| self.has(it)).collect(),
                    FieldKind::Language => {
                        ["langid", "language"].iter().map(|it| self.has(it)).collect()
                    }
                    _ => field.covers().iter().map(|it| self.has(it)).collect(),
                };
                filter(any_of(terms))
            }
            Expr::Matches(scope, pattern) => {
                let field = scope.as_ref().map(|it| it.name.clone());
                self.plan.patterns.push((field, pattern.clone()));
                Box::new(AllQuery)
            }
        })
    }

    fn has(&self, name: &str) -> Made {
        exactly(Term::from_field_text(self.fields().has, name))
    }

    fn is(&self, field: &Asked, values: &[String]) -> Made {
        let place = match field.kind() {
            FieldKind::Type => self.fields().entry_type,
            FieldKind::Language => self.fields().language,
            FieldKind::Status => self.fields().status,
            _ => self.fields().key,
        };
        let mut terms: Vec<Made> = Vec::new();
        for value in values {
            terms.push(exactly(Term::from_field_text(place, value)));
            if field.kind() == FieldKind::Key {
                terms.push(exactly(Term::from_field_text(place, &value.to_lowercase())));
            }
        }
        filter(any_of(terms))
    }

    fn note(&mut self, text: &str, field: Option<&Asked>, reason: Reason) {
        let way = Way { terms: vec![text.to_lowercase()], weight: 1.0, reason };
        self.plan.understood.groups.push(Group {
            text: text.to_owned(),
            field: field.map(|it| it.name.clone()),
            ways: vec![way],
            is_known: true,
        });
    }

    /// Clauses that must all hold; the free words among them belong together.
    fn all(&mut self, parts: &[Expr]) -> Result<Made, Error> {
        let is_free = |it: &&Expr| matches!(it, Expr::Word { scope: None, how: How::Freely, .. });
        let mut clauses: Vec<(Occur, Made)> = Vec::new();
        let mut typed: Vec<Typed> = Vec::new();
        let mut written = Vec::new();
        for part in parts.iter().filter(is_free) {
            if let Expr::Word { text, .. } = part {
                written.push(text.as_str());
                typed.extend(self::typed(text));
            }
        }
        let last_is_free = parts.last().is_some_and(|it| is_free(&it));
        if let Some(free) = self.free(&typed, &written.join(" "), last_is_free)? {
            clauses.push((Occur::Must, free));
        }
        for part in parts.iter().filter(|it| !is_free(it)) {
            match part {
                Expr::Not(inner) => {
                    let known = self.plan.understood.groups.len();
                    clauses.push((Occur::MustNot, self.make(inner)?));
                    self.plan.understood.groups.truncate(known);
                }
                part => clauses.push((Occur::Must, self.make(part)?)),
            }
        }
        if clauses.iter().all(|(occur, _)| *occur == Occur::MustNot) {
            clauses.push((Occur::Must, filter(Box::new(AllQuery))));
        }
        Ok(match clauses.len() {
            1 => clauses.remove(0).1,
            _ => Box::new(BooleanQuery::new(clauses)),
        })
    }
}

/// The words of `text`, each as typed and as compared.
fn typed(text: &str) -> Vec<Typed> {
    let word = |it: crate::text::words::Word| Typed {
        written: text.get(it.span.clone()).unwrap_or_default().to_owned(),
        word: it.text,
    };
    words(text).into_iter().map(word).collect()
}
