//! Pairs worth a look: entries that share one of several cheap keys.

use super::features::Features;
use super::title::hash;
use std::collections::HashMap;

/// Larger groups under one key are only compared with near neighbours.
const LARGEST: usize = 24;

/// How many neighbours, in the order of title and year, in a group that is too large.
const WINDOW: usize = 6;

/// Keys with this bit are weak: many share one by chance, so that a group above [`CROWD`] tells
/// nothing and is passed over.
pub(super) const WEAK: u64 = 1 << 63;

/// The largest group under a weak key that still tells something.
const CROWD: usize = 120;

/// How many of the rarest words of a title make keys.
const RAREST: usize = 5;

/// Pairs of indexes into `all` (the smaller first, sorted, without doubles) that share a key: DOI,
/// PubMed number, ISBN, eprint, address, the title without blanks, two rare words of the title,
/// year with volume and first page, first author with first page, first author with a rare word.
///
/// Linear in the number of entries: a group has at most [`LARGEST`] members that are all compared;
/// of a larger one each member meets [`WINDOW`] neighbours, and a crowd under a weak key none.
pub fn candidates(all: &[Features]) -> Vec<(usize, usize)> {
    pairs(all, &keys(all, &frequencies(all)))
}

/// How many titles each word stands in.
pub(super) fn frequencies(all: &[Features]) -> HashMap<u64, u32> {
    let mut counts: HashMap<u64, u32> = HashMap::new();
    for it in all {
        let mut last = None;
        for word in &it.title.bag {
            if last != Some(word) {
                *counts.entry(*word).or_default() += 1;
            }
            last = Some(word);
        }
    }
    counts
}

/// The keys of each entry, as `(key, index)`.
fn keys(all: &[Features], counts: &HashMap<u64, u32>) -> Vec<(u64, u32)> {
    let mut keys = Vec::with_capacity(all.len() * 12);
    let mut own = Vec::new();
    for (at, it) in all.iter().enumerate() {
        own.clear();
        of(it, counts, &mut own);
        own.sort_unstable();
        own.dedup();
        keys.extend(own.iter().map(|key| (*key, at as u32)));
    }
    keys.sort_unstable();
    keys
}

/// The keys of one entry.
pub(super) fn of(it: &Features, counts: &HashMap<u64, u32>, out: &mut Vec<u64>) {
    let mut key = |kind: &str, parts: &[&str]| {
        let mut text = String::from(kind);
        for part in parts {
            text.push('\u{1f}');
            text.push_str(part);
        }
        out.push(hash(&text) & !WEAK);
    };
    for (kind, id) in
        [("doi", &it.doi), ("pmid", &it.pmid), ("eprint", &it.eprint), ("url", &it.url)]
    {
        if let Some(id) = id {
            key(kind, &[id]);
        }
    }
    for isbn in &it.isbns {
        key("isbn", &[isbn]);
    }
    let squeezed: String = it.title.core.chars().filter(|c| *c != ' ').collect();
    if squeezed.len() >= 4 {
        key("title", &[&squeezed]);
    }
    let head: String = squeezed.chars().take(24).collect();
    if head.chars().count() == 24 {
        key("head", &[&head]);
    }
    for part in &it.title.parts {
        let squeezed: String = part.chars().filter(|c| *c != ' ').take(24).collect();
        key("head", &[&squeezed]);
    }
    let year = it.year.map(|year| year.to_string()).unwrap_or_default();
    let page = it.pages.number().map(|page| page.to_string()).unwrap_or_default();
    if let Some(volume) = &it.volume
        && !page.is_empty()
    {
        key("place", &[&year, volume, &page]);
    }
    let first = it.people.first().map(super::people::Person::name).unwrap_or_default();
    if !first.is_empty() {
        if !page.is_empty() {
            key("page", &[&first, &page]);
        }
        out.push(hash(&format!("year{first}{year}")) | WEAK);
    }
    let mut rare: Vec<(u32, u64)> = it
        .title
        .bag
        .iter()
        // A word that stands nowhere else can bring no one together.
        .filter_map(|word| {
            counts.get(word).filter(|count| **count > 1).map(|count| (*count, *word))
        })
        .collect();
    rare.sort_unstable();
    rare.dedup();
    rare.truncate(RAREST);
    for (i, (_, x)) in rare.iter().enumerate() {
        if !first.is_empty() {
            out.push((x ^ hash(&first)) | WEAK);
        }
        for (_, y) in rare.get(i + 1..).unwrap_or_default() {
            out.push((x.rotate_left(17) ^ y.rotate_left(17) ^ 0x9e37_79b9_7f4a_7c15) | WEAK);
        }
    }
}

fn pairs(all: &[Features], keys: &[(u64, u32)]) -> Vec<(usize, usize)> {
    let mut found: Vec<(u32, u32)> = Vec::new();
    for group in keys.chunk_by(|x, y| x.0 == y.0) {
        let is_crowd = group[0].0 & WEAK != 0 && group.len() > CROWD;
        if group.len() < 2 || is_crowd {
            continue;
        }
        let mut members: Vec<u32> = group.iter().map(|(_, at)| *at).collect();
        let reach = if members.len() <= LARGEST {
            members.len()
        } else {
            members.sort_by(|x, y| {
                let (x, y) = (&all[*x as usize], &all[*y as usize]);
                x.title.core.cmp(&y.title.core).then(x.year.cmp(&y.year))
            });
            WINDOW + 1
        };
        for (i, x) in members.iter().enumerate() {
            for y in members.iter().skip(i + 1).take(reach - 1) {
                found.push((*x.min(y), *x.max(y)));
            }
        }
    }
    found.sort_unstable();
    found.dedup();
    found.into_iter().map(|(x, y)| (x as usize, y as usize)).collect()
}
