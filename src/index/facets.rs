//! Counts of the hits by year, type, language, project, keyword, author and status.

use super::Error;
use std::collections::HashMap;
use tantivy::columnar::StrColumn;
use tantivy::{DocId, Searcher, SegmentReader};

/// How many values of a kind are told.
const MOST: usize = 30;

/// A value and how many hits have it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Count {
    /// The value.
    pub value: String,
    /// How many.
    pub count: usize,
}

/// Counts of the hits; the most frequent value first, years in their order.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Facets {
    /// By year of publication.
    pub years: Vec<(i64, usize)>,
    /// By entry type.
    pub types: Vec<Count>,
    /// By language tag.
    pub languages: Vec<Count>,
    /// By project.
    pub projects: Vec<Count>,
    /// By keyword.
    pub keywords: Vec<Count>,
    /// By author.
    pub authors: Vec<Count>,
    /// By status.
    pub statuses: Vec<Count>,
}

/// Counts the values of the hits, which are given by segment.
pub(super) fn count(searcher: &Searcher, hits: &[Vec<DocId>]) -> Result<Facets, Error> {
    let named = |name: &str| values(searcher, hits, name);
    Ok(Facets {
        years: years(searcher, hits)?,
        types: named("counted_type")?,
        languages: named("language")?,
        projects: named("project")?,
        keywords: named("keyword")?,
        authors: named("author")?,
        statuses: named("status")?,
    })
}

fn years(searcher: &Searcher, hits: &[Vec<DocId>]) -> Result<Vec<(i64, usize)>, Error> {
    let mut counts: HashMap<i64, usize> = HashMap::new();
    for (segment, docs) in searcher.segment_readers().iter().zip(hits) {
        let column = segment.fast_fields().i64("year")?;
        let (low, high) = (column.min_value(), column.max_value());
        // Years lie close together; were they not, each is counted on its own.
        if high.saturating_sub(low) < 10_000 {
            let mut dense = vec![0_usize; (high - low + 1).max(1) as usize];
            for year in docs.iter().filter_map(|doc| column.first(*doc)) {
                dense[(year - low) as usize] += 1;
            }
            for (at, count) in dense.into_iter().enumerate().filter(|(_, count)| *count > 0) {
                *counts.entry(low + at as i64).or_default() += count;
            }
        } else {
            for year in docs.iter().filter_map(|doc| column.first(*doc)) {
                *counts.entry(year).or_default() += 1;
            }
        }
    }
    let mut out: Vec<(i64, usize)> = counts.into_iter().collect();
    out.sort_unstable();
    Ok(out)
}

/// Counts by number within each segment first; only the most frequent are turned into text.
fn values(searcher: &Searcher, hits: &[Vec<DocId>], name: &str) -> Result<Vec<Count>, Error> {
    let mut segments: Vec<(StrColumn, Counts)> = Vec::new();
    for (segment, docs) in searcher.segment_readers().iter().zip(hits) {
        if let Some(column) = column(segment, name)? {
            let counts = Counts::of(&column, docs);
            segments.push((column, counts));
        }
    }
    let mut text = String::new();
    let mut totals: HashMap<String, usize> = HashMap::new();
    for (column, counts) in &segments {
        for (number, _) in counts.most(MOST * 2) {
            column.ord_to_str(number, &mut text)?;
            if !totals.contains_key(&text) {
                totals.insert(text.clone(), 0);
            }
        }
    }
    for (value, total) in &mut totals {
        for (column, counts) in &segments {
            if let Some(number) = column.dictionary().term_ord(value)? {
                *total += counts.get(number);
            }
        }
    }
    let mut out: Vec<Count> =
        totals.into_iter().map(|(value, count)| Count { value, count }).collect();
    out.sort_by(|a, b| b.count.cmp(&a.count).then_with(|| a.value.cmp(&b.value)));
    out.truncate(MOST);
    Ok(out)
}

fn column(segment: &SegmentReader, name: &str) -> Result<Option<StrColumn>, Error> {
    Ok(segment.fast_fields().str(name)?)
}

/// How often each number was met: a table where most are, else a map.
enum Counts {
    Dense(Vec<u32>),
    Sparse(HashMap<u64, u32>),
}

impl Counts {
    fn of(column: &StrColumn, docs: &[DocId]) -> Self {
        let known = column.num_terms();
        let numbers = column.ords();
        if known < 4096 || docs.len() * 8 > known {
            let mut dense = vec![0_u32; known];
            for doc in docs {
                for number in numbers.values_for_doc(*doc) {
                    dense[number as usize] += 1;
                }
            }
            return Self::Dense(dense);
        }
        let mut sparse = HashMap::new();
        for doc in docs {
            for number in numbers.values_for_doc(*doc) {
                *sparse.entry(number).or_default() += 1;
            }
        }
        Self::Sparse(sparse)
    }

    fn get(&self, number: u64) -> usize {
        match self {
            Self::Dense(counts) => counts.get(number as usize).copied().unwrap_or(0) as usize,
            Self::Sparse(counts) => counts.get(&number).copied().unwrap_or(0) as usize,
        }
    }

    fn most(&self, limit: usize) -> Vec<(u64, u32)> {
        let mut all: Vec<(u64, u32)> = match self {
            Self::Dense(counts) => {
                let met = counts.iter().enumerate().filter(|(_, count)| **count > 0);
                met.map(|(number, count)| (number as u64, *count)).collect()
            }
            Self::Sparse(counts) => {
                counts.iter().map(|(number, count)| (*number, *count)).collect()
            }
        };
        let order = |a: &(u64, u32), b: &(u64, u32)| b.1.cmp(&a.1).then(a.0.cmp(&b.0));
        if all.len() > limit {
            all.select_nth_unstable_by(limit - 1, order);
            all.truncate(limit);
        }
        all.sort_unstable_by(order);
        all
    }
}
