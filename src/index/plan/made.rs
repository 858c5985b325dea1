//! Small queries of tantivy's, made from smaller ones.

use tantivy::Term;
use tantivy::query::{
    BooleanQuery, BoostQuery, ConstScoreQuery, DisjunctionMaxQuery, EmptyQuery, Occur, Query,
    TermQuery,
};
use tantivy::schema::IndexRecordOption;

/// What the weaker ways of answering a word add to the strongest.
const TIE: f32 = 0.1;

/// A query, made.
pub(super) type Made = Box<dyn Query>;

pub(super) fn scored(term: Term) -> Made {
    Box::new(TermQuery::new(term, IndexRecordOption::WithFreqs))
}

pub(super) fn exactly(term: Term) -> Made {
    Box::new(ConstScoreQuery::new(Box::new(TermQuery::new(term, IndexRecordOption::Basic)), 1.0))
}

pub(super) fn filter(query: Made) -> Made {
    Box::new(ConstScoreQuery::new(query, 0.0))
}

pub(super) fn weighed(query: Made, weight: f32) -> Made {
    if (weight - 1.0).abs() < 0.001 { query } else { Box::new(BoostQuery::new(query, weight)) }
}

pub(super) fn any_of(parts: Vec<Made>) -> Made {
    Box::new(BooleanQuery::new(parts.into_iter().map(|it| (Occur::Should, it)).collect()))
}

/// The best of the parts counts, the others a little.
pub(super) fn best_of(mut parts: Vec<Made>) -> Made {
    match parts.len() {
        0 => Box::new(EmptyQuery),
        1 => parts.remove(0),
        _ => Box::new(DisjunctionMaxQuery::with_tie_breaker(parts, TIE)),
    }
}
