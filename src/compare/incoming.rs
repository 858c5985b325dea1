//! Newcomers held against a library.

use super::candidates::{WEAK, frequencies, of};
use super::decisions::Decisions;
use super::features::Features;
use super::score::{Likeness, Verdict, compare};
use std::collections::HashMap;

/// How a newcomer stands to what it was held against.
#[derive(Debug, Clone, PartialEq)]
pub enum Match {
    /// Nothing like it is known.
    New,
    /// The same work is known: index into the library, and why.
    Same(usize, Likeness),
    /// A person should look: likely entries of the library, most alike first.
    Perhaps(Vec<(usize, Likeness)>),
}

/// A library made ready to be held against newcomers, one after another.
pub struct Incoming<'a> {
    known: &'a [Features],
    decisions: &'a Decisions,
    counts: HashMap<u64, u32>,
    by_key: HashMap<u64, Vec<u32>>,
}

/// How many entries under one key are compared.
const LARGEST: usize = 64;

impl<'a> Incoming<'a> {
    /// Makes `known` ready.
    pub fn new(known: &'a [Features], decisions: &'a Decisions) -> Self {
        // A word that stands in one title of the library may stand in the newcomer's as well.
        let mut counts = frequencies(known);
        for count in counts.values_mut() {
            *count += 1;
        }
        let mut by_key: HashMap<u64, Vec<u32>> = HashMap::with_capacity(known.len() * 8);
        let mut own = Vec::new();
        for (at, it) in known.iter().enumerate() {
            own.clear();
            of(it, &counts, &mut own);
            own.sort_unstable();
            own.dedup();
            for key in &own {
                let group = by_key.entry(*key).or_default();
                if group.len() < LARGEST {
                    group.push(at as u32);
                }
            }
        }
        // What so many share by chance brings no one together.
        by_key.retain(|key, group| key & WEAK == 0 || group.len() < LARGEST);
        Self { known, decisions, counts, by_key }
    }

    /// How `newcomer` stands to the library.
    pub fn of(&self, newcomer: &Features) -> Match {
        let mut own = Vec::new();
        of(newcomer, &self.counts, &mut own);
        let mut near: Vec<u32> =
            own.iter().filter_map(|key| self.by_key.get(key)).flatten().copied().collect();
        near.sort_unstable();
        near.dedup();
        let mut likely: Vec<(usize, Likeness)> = near
            .into_iter()
            .map(|at| at as usize)
            .filter(|at| !self.decisions.apart(&self.known[*at].key, &newcomer.key))
            .map(|at| (at, compare(&self.known[at], newcomer)))
            .filter(|(_, likeness)| likeness.verdict != Verdict::Apart)
            .collect();
        likely.sort_by(|(_, x), (_, y)| {
            y.verdict.cmp(&x.verdict).then(y.points.total_cmp(&x.points))
        });
        match likely.first() {
            None => Match::New,
            Some((at, likeness)) if likeness.verdict == Verdict::Same => {
                Match::Same(*at, likeness.clone())
            }
            Some(_) => Match::Perhaps(likely),
        }
    }
}

/// How each of `newcomers` stands to `known`, in order. What came twice among the newcomers
/// themselves is found with [`super::find`].
pub fn incoming(known: &[Features], newcomers: &[Features], decisions: &Decisions) -> Vec<Match> {
    let library = Incoming::new(known, decisions);
    newcomers.iter().map(|it| library.of(it)).collect()
}
