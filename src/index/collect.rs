//! Running a query over the segments: the best hits in a stable order, all hits for counting, and
//! an ear for the order to stop.

use super::Error;
use super::search::{Cancel, Sort};
use tantivy::columnar::{BytesColumn, Column};
use tantivy::query::{EnableScoring, Query};
use tantivy::{DocAddress, DocId, Searcher, SegmentReader, TERMINATED};

/// How many entries are looked at between two looks at whether to stop.
const STRIDE: u32 = 4096;

/// A hit, and by what it is put in order.
#[derive(Debug, Clone)]
struct Found {
    /// By number: ascending.
    first: i64,
    second: i64,
    /// By the number of the collation key within the segment, then by this.
    text: u64,
    third: i64,
    doc: DocId,
    score: f32,
}

/// The hits of a query.
pub(super) struct Gathered {
    /// All hits by segment; empty where they were not asked for.
    pub docs: Vec<Vec<DocId>>,
    /// How many there are.
    pub total: usize,
    /// The best, in order.
    pub best: Vec<(f32, DocAddress)>,
}

impl Gathered {
    /// No hits.
    pub fn none() -> Self {
        Self { docs: Vec::new(), total: 0, best: Vec::new() }
    }
}

/// Runs `query`; keeps the best `limit` and, when told to, all.
pub(super) fn gather(
    searcher: &Searcher,
    query: &dyn Query,
    sort: Sort,
    limit: usize,
    keep_all: bool,
    cancel: &Cancel,
) -> Result<Gathered, Error> {
    let scoring = if sort == Sort::Relevance {
        EnableScoring::enabled_from_searcher(searcher)
    } else {
        EnableScoring::disabled_from_searcher(searcher)
    };
    let weight = query.weight(scoring)?;
    let mut out = Gathered::none();
    let mut segments: Vec<(Vec<Found>, Order)> = Vec::new();
    for segment in searcher.segment_readers() {
        let order = Order::new(segment, sort)?;
        let mut best: Vec<Found> = Vec::new();
        let room = limit.saturating_mul(2).max(512);
        let mut worst: Option<f32> = None;
        let mut docs = Vec::new();
        let mut scorer = weight.scorer(segment, 1.0)?;
        let alive = segment.alive_bitset();
        let mut doc = scorer.doc();
        let mut looked_at = 0;
        while doc != TERMINATED {
            looked_at += 1;
            if looked_at % STRIDE == 0 && cancel.is_cancelled() {
                return Err(Error::Cancelled);
            }
            if alive.is_none_or(|alive| alive.is_alive(doc)) {
                out.total += 1;
                if keep_all {
                    docs.push(doc);
                }
                let score = if sort == Sort::Relevance { scorer.score() } else { 0.0 };
                if worst.is_none_or(|worst| score + 0.001 >= worst) && limit > 0 {
                    best.push(order.found(doc, score));
                    if best.len() >= room {
                        best.select_nth_unstable_by(limit - 1, compare);
                        best.truncate(limit);
                        worst = (sort == Sort::Relevance).then(|| best[limit - 1].score);
                    }
                }
            }
            doc = scorer.advance();
        }
        if best.len() > limit {
            best.select_nth_unstable_by(limit.max(1) - 1, compare);
            best.truncate(limit);
        }
        best.sort_unstable_by(compare);
        segments.push((best, order));
        out.docs.push(docs);
    }
    out.best = merge(segments, limit)?;
    Ok(out)
}

fn compare(a: &Found, b: &Found) -> std::cmp::Ordering {
    (a.first, a.second, a.text, a.third, a.doc).cmp(&(b.first, b.second, b.text, b.third, b.doc))
}

/// The best of all segments. The numbers of collation keys are compared within a segment only;
/// between segments the keys themselves are.
fn merge(
    segments: Vec<(Vec<Found>, Order)>,
    limit: usize,
) -> Result<Vec<(f32, DocAddress)>, Error> {
    let filled = segments.iter().filter(|(best, _)| !best.is_empty()).count();
    let mut all: Vec<(Found, Vec<u8>, u32)> = Vec::new();
    for (segment, (best, order)) in (0..).zip(segments) {
        let keys = if filled > 1 { order.keys(&best)? } else { vec![Vec::new(); best.len()] };
        all.extend(best.into_iter().zip(keys).map(|(found, key)| (found, key, segment)));
    }
    if filled > 1 {
        all.sort_by(|(a, x, m), (b, y, n)| {
            let (first, last) = ((a.first, a.second, x), (b.first, b.second, y));
            first.cmp(&last).then((a.third, m, a.doc).cmp(&(b.third, n, b.doc)))
        });
    }
    all.truncate(limit);
    let hit = |(found, _, segment): (Found, Vec<u8>, u32)| {
        (found.score, DocAddress::new(segment, found.doc))
    };
    Ok(all.into_iter().map(hit).collect())
}

/// What the hits of one segment are put in order by.
struct Order {
    sort: Sort,
    year: Column<i64>,
    added: Column<i64>,
    text: Option<BytesColumn>,
}

impl Order {
    fn new(segment: &SegmentReader, sort: Sort) -> Result<Self, Error> {
        let fast = segment.fast_fields();
        let text = if sort == Sort::Title { "sort_title" } else { "sort_author" };
        Ok(Self {
            sort,
            year: fast.i64("year")?,
            added: fast.i64("added")?,
            text: fast.bytes(text)?,
        })
    }

    fn found(&self, doc: DocId, score: f32) -> Found {
        let year = || self.year.first(doc).unwrap_or(0);
        let text = self.text.as_ref().and_then(|it| it.ords().first(doc)).unwrap_or(u64::MAX);
        let (first, second, third) = match self.sort {
            // Three digits: smaller differences say nothing, and would let hits change places.
            Sort::Relevance => (-((f64::from(score) * 1000.0).round() as i64), -year(), 0),
            Sort::Author | Sort::Title => (0, 0, year()),
            Sort::Year => (-year(), 0, 0),
            Sort::Added => (-self.added.first(doc).unwrap_or(0), 0, 0),
        };
        Found { first, second, text, third, doc, score }
    }

    fn keys(&self, found: &[Found]) -> Result<Vec<Vec<u8>>, Error> {
        let Some(column) = &self.text else { return Ok(vec![Vec::new(); found.len()]) };
        let mut wanted: Vec<u64> = found.iter().map(|it| it.text).collect();
        wanted.sort_unstable();
        wanted.dedup();
        wanted.retain(|it| *it != u64::MAX);
        let mut keys: Vec<Vec<u8>> = Vec::with_capacity(wanted.len());
        column.dictionary().sorted_ords_to_term_cb(&wanted, |bytes| keys.push(bytes.to_vec()))?;
        let key = |it: &Found| {
            wanted
                .binary_search(&it.text)
                .ok()
                .and_then(|at| keys.get(at))
                .cloned()
                .unwrap_or_default()
        };
        Ok(found.iter().map(key).collect())
    }
}
