//! The words of the library, as the index keeps them: completions, near spellings, wildcards.

use super::{Error, Index};
use std::collections::HashMap;
use tantivy::query::FuzzyTermQuery;
use tantivy::schema::Field;
use tantivy::{Searcher, SegmentReader, Term};

/// A word of the library and in how many entries it stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Known {
    /// The word.
    pub word: String,
    /// In how many entries.
    pub count: u32,
}

/// Words of one segment that are looked at for a pattern that says little about their beginning.
const MOST: usize = 400_000;

impl Index {
    /// The words that begin with `start`, the most frequent first; `limit` at most.
    pub fn completions(&self, start: &str, limit: usize) -> Vec<Known> {
        self.most(self.fields.exact, start, &|_| true, limit).unwrap_or_default()
    }

    /// Words like `word`, which is perhaps misspelt: the nearest first, of these the most frequent;
    /// `word` itself is not among them.
    pub fn spellings(&self, word: &str, limit: usize) -> Vec<Known> {
        let distance = if word.chars().count() < 6 { 1 } else { 2 };
        let mut found: Vec<(usize, Known)> = self
            .near(self.fields.exact, "", word, distance)
            .unwrap_or_default()
            .into_iter()
            .filter(|it| it.word != word)
            .map(|it| (crate::query::distance(&it.word, word), it))
            .collect();
        found.sort_by(|(a, x), (b, y)| {
            a.cmp(b).then(y.count.cmp(&x.count)).then(x.word.cmp(&y.word))
        });
        found.into_iter().take(limit).map(|(_, known)| known).collect()
    }

    /// Terms of `field` that begin with `start` and are `good`.
    pub(super) fn beginning(
        &self,
        field: Field,
        start: &str,
        good: &dyn Fn(&str) -> bool,
    ) -> Result<HashMap<String, u32>, Error> {
        let mut found = HashMap::new();
        for segment in self.searcher().segment_readers() {
            each(segment, field, start, &mut |term, count| {
                if good(term) {
                    match found.get_mut(term) {
                        Some(before) => *before += count,
                        None => drop(found.insert(term.to_owned(), count)),
                    }
                }
            })?;
        }
        Ok(found)
    }

    /// The most frequent terms of `field` that begin with `start` and are `good`. Where there are
    /// several segments: the most frequent of each, counted in all.
    fn most(
        &self,
        field: Field,
        start: &str,
        good: &dyn Fn(&str) -> bool,
        limit: usize,
    ) -> Result<Vec<Known>, Error> {
        let searcher = self.searcher();
        let segments = searcher.segment_readers();
        let mut found: HashMap<String, u32> = HashMap::new();
        let room = if segments.len() > 1 { limit * 2 } else { limit };
        for segment in segments {
            let mut top: Vec<Known> = Vec::new();
            let mut least = 0;
            each(segment, field, start, &mut |term, count| {
                if count > least && good(term) {
                    top.push(Known { word: term.to_owned(), count });
                    if top.len() >= room * 4 + 16 {
                        shorten(&mut top, room);
                        least = top.iter().map(|it| it.count).min().unwrap_or(0);
                    }
                }
            })?;
            shorten(&mut top, room);
            found.extend(top.into_iter().map(|it| (it.word, it.count)));
        }
        let mut all: Vec<Known> =
            found.into_iter().map(|(word, count)| Known { word, count }).collect();
        if segments.len() > 1 {
            for known in &mut all {
                known.count = self.frequency(&searcher, field, &known.word) as u32;
            }
        }
        shorten(&mut all, limit);
        Ok(all)
    }

    /// Terms of `field` that are `prefix` and then a word at most `distance` letters from `word`.
    pub(super) fn near(
        &self,
        field: Field,
        prefix: &str,
        word: &str,
        distance: u8,
    ) -> Result<Vec<Known>, Error> {
        let mut found: HashMap<String, u32> = HashMap::new();
        let term = Term::from_field_text(field, &format!("{prefix}{word}"));
        let query = FuzzyTermQuery::new(term, distance, true);
        for segment in self.searcher().segment_readers() {
            let inverted = segment.inverted_index(field)?;
            let mut stream = inverted.terms().search(query.automaton()?).into_stream()?;
            while stream.advance() {
                let Ok(term) = std::str::from_utf8(stream.key()) else { continue };
                let Some(word) = term.strip_prefix(prefix) else { continue };
                *found.entry(word.to_owned()).or_default() += stream.value().doc_freq;
            }
        }
        Ok(found.into_iter().map(|(word, count)| Known { word, count }).collect())
    }

    /// The terms of `field` that are `prefix` and then a word that fits `pattern`, in which `?` is a
    /// letter and `*` any number; the most frequent first.
    pub(super) fn fitting(
        &self,
        field: Field,
        prefix: &str,
        pattern: &str,
        limit: usize,
    ) -> Result<Vec<Known>, Error> {
        let head = pattern.split(['*', '?']).next().unwrap_or_default();
        let letters: Vec<char> = pattern.chars().collect();
        let fits = |term: &str| {
            let word: Vec<char> = term[prefix.len()..].chars().collect();
            fits(&letters, &word)
        };
        let mut found = self.most(field, &format!("{prefix}{head}"), &fits, limit)?;
        found.iter_mut().for_each(|known| drop(known.word.drain(..prefix.len())));
        Ok(found)
    }

    /// In how many entries a term stands.
    pub(super) fn frequency(&self, searcher: &Searcher, field: Field, term: &str) -> u64 {
        searcher.doc_freq(&Term::from_field_text(field, term)).unwrap_or(0)
    }
}

/// Gives every term of a segment that begins with `start`, and in how many entries it stands.
fn each(
    segment: &SegmentReader,
    field: Field,
    start: &str,
    take: &mut dyn FnMut(&str, u32),
) -> Result<(), Error> {
    let inverted = segment.inverted_index(field)?;
    let mut stream = inverted.terms().range().ge(start.as_bytes()).into_stream()?;
    let mut looked_at = 0;
    while stream.advance() && looked_at < MOST {
        looked_at += 1;
        let Ok(term) = std::str::from_utf8(stream.key()) else { continue };
        if !term.starts_with(start) {
            break;
        }
        take(term, stream.value().doc_freq);
    }
    Ok(())
}

/// Keeps the most frequent, in order.
fn shorten(found: &mut Vec<Known>, limit: usize) {
    let order = |a: &Known, b: &Known| b.count.cmp(&a.count).then_with(|| a.word.cmp(&b.word));
    if found.len() > limit && limit > 0 {
        found.select_nth_unstable_by(limit - 1, order);
    }
    found.truncate(limit);
    found.sort_by(order);
}

/// Whether `word` fits `pattern`, in time linear in both but for the last `*`.
fn fits(pattern: &[char], word: &[char]) -> bool {
    let (mut p, mut w) = (0, 0);
    let mut star: Option<(usize, usize)> = None;
    while w < word.len() {
        match pattern.get(p) {
            Some('*') => {
                star = Some((p + 1, w));
                p += 1;
            }
            Some(c) if *c == '?' || *c == word[w] => {
                p += 1;
                w += 1;
            }
            _ => match &mut star {
                Some((after, from)) => {
                    *from += 1;
                    p = *after;
                    w = *from;
                }
                None => return false,
            },
        }
    }
    pattern[p..].iter().all(|c| *c == '*')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn wildcards_stand_for_letters() {
        let check = |pattern: &str, word: &str| {
            let (pattern, word): (Vec<char>, Vec<char>) =
                (pattern.chars().collect(), word.chars().collect());
            fits(&pattern, &word)
        };
        assert!(check("wom?n", "women"));
        assert!(!check("wom?n", "womn"));
        assert!(check("*hjelp*", "selvhjelpsgruppe"));
        assert!(check("s*v*e", "selvhjelpsgruppe"));
        assert!(!check("a*b", "abc"));
    }
}
