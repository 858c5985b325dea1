//! Pairs gathered into clusters.

use super::candidates::candidates;
use super::decisions::Decisions;
use super::features::Features;
use super::score::{Likeness, Verdict, compare};
use std::collections::HashMap;

/// Two entries that were compared.
#[derive(Debug, Clone, PartialEq)]
pub struct Pair {
    /// Index of the first in what was compared.
    pub a: usize,
    /// Index of the second.
    pub b: usize,
    /// How alike they are.
    pub likeness: Likeness,
}

/// Entries that are one work, or perhaps are.
#[derive(Debug, Clone, PartialEq)]
pub struct Cluster {
    /// Indexes into what was compared, in order.
    pub members: Vec<usize>,
    /// The pairs that hold the cluster together, most alike first.
    pub pairs: Vec<Pair>,
    /// [`Verdict::Same`] where every member is tied to another by a pair that is, and no two
    /// members are kept apart; else [`Verdict::Perhaps`]: then a member may stand for a whole
    /// cluster of the surer kind.
    pub verdict: Verdict,
}

/// The clusters among `all`, surest first. Pairs that `decisions` calls not the same are left out,
/// and never come into one cluster through a third.
pub fn find(all: &[Features], decisions: &Decisions) -> Vec<Cluster> {
    find_told(all, decisions, &mut |_, _| ())
}

/// The same, telling how many of how many pairs have been compared.
pub fn find_told(
    all: &[Features],
    decisions: &Decisions,
    tell: &mut dyn FnMut(usize, usize),
) -> Vec<Cluster> {
    let candidates = candidates(all);
    let count = candidates.len();
    let mut pairs: Vec<Pair> = candidates
        .into_iter()
        .enumerate()
        .map(|(done, pair)| {
            if done % 1024 == 0 {
                tell(done, count);
            }
            pair
        })
        .filter(|(a, b)| !decisions.apart(&all[*a].key, &all[*b].key))
        .map(|(a, b)| Pair { a, b, likeness: compare(&all[a], &all[b]) })
        .filter(|pair| pair.likeness.verdict != Verdict::Apart)
        .collect();
    pairs.sort_by(|x, y| {
        let key = |pair: &Pair| (pair.likeness.verdict, pair.likeness.points);
        key(y).partial_cmp(&key(x)).unwrap_or(std::cmp::Ordering::Equal).then(x.a.cmp(&y.a))
    });
    let (sure, unsure): (Vec<Pair>, Vec<Pair>) =
        pairs.into_iter().partition(|pair| pair.likeness.verdict == Verdict::Same);
    let mut groups = Groups::new(all.len());
    let mut left = Vec::new();
    for pair in &sure {
        let (x, y) = (groups.root(pair.a), groups.root(pair.b));
        if x == y {
            continue;
        }
        // Strangers do not come together through a third: of the two groups no two members may be
        // plainly different works.
        if groups.fits(x, y, all, decisions) {
            groups.join(x, y);
        } else {
            left.push(pair.clone());
        }
    }
    let mut clusters = gather(sure, &mut groups, Verdict::Same);
    // What a person should look at: loose ends, each surely joined group standing for one.
    let mut doubts = Groups::new(all.len());
    let mut open = Vec::new();
    for pair in left.into_iter().chain(unsure) {
        let (x, y) = (groups.root(pair.a), groups.root(pair.b));
        if x != y {
            let (x, y) = (doubts.root(pair.a), doubts.root(pair.b));
            if x != y && doubts.members[x].len() + doubts.members[y].len() <= MOST_DOUBTS {
                doubts.join(x, y);
            }
            open.push(pair);
        }
    }
    clusters.extend(gather(open, &mut doubts, Verdict::Perhaps));
    clusters
}

/// The most entries in one cluster of doubts: more cannot be looked through at once.
const MOST_DOUBTS: usize = 8;

/// The groups of two or more, with the pairs that lie within them, in the order of their best pair.
fn gather(pairs: Vec<Pair>, groups: &mut Groups, verdict: Verdict) -> Vec<Cluster> {
    let mut at: HashMap<usize, usize> = HashMap::new();
    let mut clusters: Vec<Cluster> = Vec::new();
    for pair in pairs {
        let root = groups.root(pair.a);
        if root != groups.root(pair.b) {
            continue;
        }
        let index = *at.entry(root).or_insert_with(|| {
            let mut members = groups.members[root].clone();
            members.sort_unstable();
            clusters.push(Cluster { members, pairs: Vec::new(), verdict });
            clusters.len() - 1
        });
        clusters[index].pairs.push(pair);
    }
    clusters
}

/// A union of sets, each member knowing its root.
struct Groups {
    parent: Vec<usize>,
    members: Vec<Vec<usize>>,
}

impl Groups {
    fn new(count: usize) -> Self {
        Self { parent: (0..count).collect(), members: (0..count).map(|at| vec![at]).collect() }
    }

    fn root(&mut self, of: usize) -> usize {
        let mut root = of;
        while self.parent[root] != root {
            root = self.parent[root];
        }
        self.parent[of] = root;
        root
    }

    fn fits(&self, x: usize, y: usize, all: &[Features], decisions: &Decisions) -> bool {
        const MOST: usize = 12;
        let (x, y) = (&self.members[x], &self.members[y]);
        if x.len() == 1 && y.len() == 1 {
            return true;
        }
        x.iter().take(MOST).all(|a| {
            y.iter().take(MOST).all(|b| {
                !decisions.apart(&all[*a].key, &all[*b].key)
                    && compare(&all[*a], &all[*b]).verdict != Verdict::Apart
            })
        })
    }

    fn join(&mut self, x: usize, y: usize) {
        let moved = std::mem::take(&mut self.members[y]);
        self.members[x].extend(moved);
        self.parent[y] = x;
    }
}
