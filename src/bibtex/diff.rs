//! What differs between two states of a file, as edits of whole blocks or less.

use super::{File, Span, parse};
use crate::text::edit::{Edit, smallest};
use std::collections::HashMap;

/// The edits that turn `before` into `after`. Blocks that are the same are not touched; a block
/// that changed where it stands is edited as little as can be.
pub fn between(before: &[u8], after: &[u8]) -> Vec<Edit> {
    let (old, new) = (spans(&parse(before)), spans(&parse(after)));
    let mut edits = Vec::new();
    let (mut i, mut j) = (0, 0);
    for (a, b) in pairs(before, &old, after, &new) {
        gap(before, &old[i..a], after, &new[j..b], start(&old, a, before), &mut edits);
        (i, j) = (a + 1, b + 1);
    }
    gap(before, &old[i..], after, &new[j..], before.len(), &mut edits);
    edits
}

fn spans(file: &File) -> Vec<Span> {
    file.blocks.iter().map(|block| block.span.clone()).collect()
}

fn start(spans: &[Span], at: usize, bytes: &[u8]) -> usize {
    spans.get(at).map_or(bytes.len(), |span| span.start)
}

/// The edits for a stretch in which no block is the same; `end` is where it ends in `before`.
fn gap(before: &[u8], old: &[Span], after: &[u8], new: &[Span], end: usize, edits: &mut Vec<Edit>) {
    if old.len() == new.len() {
        for (old, new) in old.iter().zip(new) {
            edits.extend(smallest(old.start, &before[old.clone()], &after[new.clone()]));
        }
        return;
    }
    let at = old.first().map_or(end, |span| span.start);
    if let (Some(first), Some(last)) = (new.first(), new.last()) {
        edits.push(Edit::new(at..at, &after[first.start..last.end]));
    }
    edits.extend(old.iter().map(|span| Edit::new(span.clone(), "")));
}

/// Blocks that are the same in both and stand in the same order: those at both ends, and between
/// them as many as can be of those that each side has once.
fn pairs(before: &[u8], old: &[Span], after: &[u8], new: &[Span]) -> Vec<(usize, usize)> {
    let same = |a: usize, b: usize| before[old[a].clone()] == after[new[b].clone()];
    let most = old.len().min(new.len());
    let head = (0..most).take_while(|at| same(*at, *at)).count();
    let tail =
        (0..most - head).take_while(|at| same(old.len() - 1 - at, new.len() - 1 - at)).count();
    let mut seen: HashMap<&[u8], (Vec<usize>, Vec<usize>)> = HashMap::new();
    for at in head..old.len() - tail {
        seen.entry(&before[old[at].clone()]).or_default().0.push(at);
    }
    for at in head..new.len() - tail {
        seen.entry(&after[new[at].clone()]).or_default().1.push(at);
    }
    let mut once: Vec<(usize, usize)> = seen
        .into_values()
        .filter(|(a, b)| a.len() == 1 && b.len() == 1)
        .map(|(a, b)| (a[0], b[0]))
        .collect();
    once.sort_unstable();
    let mut out: Vec<(usize, usize)> = (0..head).map(|at| (at, at)).collect();
    out.extend(rising(&once));
    out.extend((0..tail).rev().map(|at| (old.len() - 1 - at, new.len() - 1 - at)));
    out
}

/// The longest run of pairs in which the second numbers rise too.
fn rising(pairs: &[(usize, usize)]) -> Vec<(usize, usize)> {
    let mut ends: Vec<usize> = Vec::new();
    let mut before: Vec<Option<usize>> = Vec::with_capacity(pairs.len());
    for (at, pair) in pairs.iter().enumerate() {
        let place = ends.partition_point(|end| pairs[*end].1 < pair.1);
        before.push(place.checked_sub(1).map(|it| ends[it]));
        if place == ends.len() {
            ends.push(at);
        } else {
            ends[place] = at;
        }
    }
    let mut out = Vec::new();
    let mut at = ends.last().copied();
    while let Some(it) = at {
        out.push(pairs[it]);
        at = before[it];
    }
    out.reverse();
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::edit::apply;
    use proptest::prelude::*;

    #[test]
    fn only_what_changed_is_touched() {
        let edits = between(b"@a{b,c={1}}\n@d{e}\n@f{g}\n", b"@a{b,c={2}}\n@d{e}\n@x{y}\n@f{g}\n");
        assert_eq!(edits, [Edit::new(8..9, "2"), Edit::new(17..17, "\n@x{y}")]);
    }

    proptest! {
        #[test]
        fn edits_lead_from_one_to_the_other(
            a in proptest::collection::vec("(@m\\{[a-c],x=[0-2]\\}|\n|%)", 0..12),
            b in proptest::collection::vec("(@m\\{[a-c],x=[0-2]\\}|\n|%)", 0..12),
        ) {
            let (a, b) = (a.concat(), b.concat());
            let edits = between(a.as_bytes(), b.as_bytes());
            prop_assert_eq!(apply(a.as_bytes(), &edits).unwrap(), b.as_bytes());
        }
    }
}
