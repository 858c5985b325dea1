//! Words without a field: widened, completed, and repaired where the library does not have them.

use super::made::{Made, best_of, exactly, scored, weighed};
use super::{COMPLETION, Planner, SPELLING};
use crate::index::Error;
use crate::index::chain::Origin;
use crate::index::tokenizer::trigrams;
use crate::index::understood::{Group, Reason, Way};
use crate::index::widen::Typed;
use crate::query::compound::is_stopword;
use crate::query::identifier;
use std::collections::HashSet;
use tantivy::Term;
use tantivy::query::{BooleanQuery, BoostQuery, Occur, PhraseQuery};

/// What a part of a compound counts; less where there are many.
const PART: f32 = 0.4;
/// What something that stands in for a word counts at most, beside the word itself.
const STAND_IN: f32 = 0.8;
/// What letters in common count.
const LETTERS: f32 = 0.2;

impl Planner<'_> {
    /// Words without a field. `None` where there are none.
    pub(super) fn free(
        &mut self,
        typed: &[Typed],
        written: &str,
        is_end: bool,
    ) -> Result<Option<Made>, Error> {
        if typed.is_empty() {
            return Ok(None);
        }
        let spans = match self.widener {
            Some(widener) => widener.widen(&mut self.chain, typed),
            None => Vec::new(),
        };
        let in_span = |at: usize| spans.iter().any(|(from, n, _)| (*from..from + n).contains(&at));
        let says_something = |at: usize| {
            !is_stopword(&typed[at].word) || spans.iter().any(|(from, n, _)| *from == at && *n == 1)
        };
        let any_says = (0..typed.len()).any(says_something);
        let manner = self.manner;
        let left_out = |at: usize, length: usize, is_last: bool| {
            let is_typed = is_last && manner.typing;
            any_says && length == 1 && !says_something(at) && !is_typed
        };
        let length_at = |at: usize| {
            spans.iter().find(|(from, ..)| *from == at).map_or(1, |(_, length, _)| *length)
        };
        let (mut asked_for, mut at) = (0, 0);
        while at < typed.len() {
            let length = length_at(at);
            asked_for += usize::from(!left_out(at, length, is_end && at + length == typed.len()));
            at += length;
        }
        // Among several words rareness also weighs them against each other: there it stays as it is.
        let is_alone = asked_for == 1;
        let mut clauses: Vec<Made> = Vec::new();
        let mut at = 0;
        while at < typed.len() {
            let span = spans.iter().find(|(from, ..)| *from == at);
            let length = length_at(at);
            let is_last = is_end && at + length == typed.len();
            if left_out(at, length, is_last) {
                at += 1;
                continue;
            }
            debug_assert!(span.is_none() || in_span(at));
            self.plan.words += 1;
            let mut inner: Vec<Made> = Vec::new();
            let mut together = Group::default();
            let mut rarity = 0.0;
            let mut own_terms: Vec<HashSet<String>> = Vec::new();
            for (nth, word) in typed[at..at + length].iter().enumerate() {
                if length > 1 && is_stopword(&word.word) {
                    continue;
                }
                let mut group = self.group(&word.word, is_last && nth + 1 == length);
                group.text.clone_from(&word.written);
                let wider = span.filter(|(.., group)| length == 1 && !group.ways.is_empty());
                for way in wider.map_or(&[][..], |(.., group)| &group.ways) {
                    group.add(way.terms.clone(), way.weight, way.reason.clone());
                }
                self.prune(&mut group);
                if !group.is_known && self.manner.repair {
                    self.repair(&mut group, &word.word);
                }
                let own = self.own_rarity(&group).filter(|_| is_alone);
                let terms = group.ways.iter().filter(is_own).map(|way| way.terms[0].clone());
                own_terms.push(terms.collect());
                rarity += own.unwrap_or(0.0);
                inner.push(self.asked(&group, &word.word, own));
                self.plan.understood.groups.push(group);
            }
            if let Some((.., wider)) = span.filter(|_| length > 1) {
                together.ways.clone_from(&wider.ways);
                together.text = typed[at..at + length]
                    .iter()
                    .map(|it| it.written.as_str())
                    .collect::<Vec<_>>()
                    .join(" ");
                self.prune(&mut together);
                // A label that has all the words typed finds nothing that they do not find.
                let has =
                    |way: &Way, own: &HashSet<String>| way.terms.iter().any(|it| own.contains(it));
                together.ways.retain(|way| !own_terms.iter().all(|own| has(way, own)));
            }
            let occur = if self.manner.any { Occur::Should } else { Occur::Must };
            let words: Made = match inner.len() {
                1 => inner.remove(0),
                _ => Box::new(BooleanQuery::new(inner.into_iter().map(|it| (occur, it)).collect())),
            };
            if together.ways.is_empty() {
                clauses.push(words);
            } else {
                let wider = self.asked(&together, "", (rarity > 0.0).then_some(rarity));
                together.is_known = true;
                self.plan.understood.groups.push(together);
                clauses.push(best_of(vec![words, wider]));
            }
            at += length;
        }
        let occur = if self.manner.any { Occur::Should } else { Occur::Must };
        let words: Made = match clauses.len() {
            0 => return Ok(None),
            1 => clauses.remove(0),
            _ => Box::new(BooleanQuery::new(clauses.into_iter().map(|it| (occur, it)).collect())),
        };
        let numbers: Vec<String> = identifier::series(written)
            .into_iter()
            .chain([identifier::normal(written)])
            .filter(|number| {
                self.index.frequency(self.searcher, self.fields().identifier, number) > 0
                    && number.bytes().any(|byte| byte.is_ascii_digit())
            })
            .collect();
        if numbers.is_empty() {
            return Ok(Some(words));
        }
        let mut ways = vec![words];
        for number in numbers {
            let term = Term::from_field_text(self.fields().identifier, &number);
            ways.push(Box::new(BoostQuery::new(exactly(term), 5.0)));
            self.note(written, None, Reason::Identifier);
        }
        Ok(Some(best_of(ways)))
    }

    /// The ways of answering a word, its synonyms not among them.
    pub(super) fn group(&mut self, word: &str, is_last: bool) -> Group {
        let mut group = Group::default();
        let variants = self.chain.variants(word);
        let parts = self.chain.parts(word).len().max(1) as f32;
        for variant in variants.iter() {
            let (weight, reason) = match variant.origin {
                Origin::Word => (1.0, Reason::Word),
                Origin::Fold => (1.0, Reason::Fold),
                Origin::Stem => (1.0, Reason::Stem),
                Origin::Part => (PART / parts.sqrt(), Reason::Part),
            };
            group.add(vec![variant.text.clone()], weight, reason);
        }
        if is_last && self.manner.typing && word.chars().count() > 1 {
            for known in self.index.completions(word, 24) {
                group.add(vec![known.word], COMPLETION, Reason::Completion);
            }
        }
        group
    }

    /// Drops the ways that no entry answers; the group is known when one of its own is left.
    fn prune(&self, group: &mut Group) {
        let all = self.fields().all;
        group.ways.retain(|way| {
            way.terms.iter().all(|term| self.index.frequency(self.searcher, all, term) > 0)
        });
        group.is_known = group.ways.iter().any(|way| way.reason != Reason::Part);
    }

    /// What stands in for a word that the library does not have: words spelt nearly so.
    fn repair(&self, group: &mut Group, word: &str) {
        if word.chars().count() < 4 || word.bytes().any(|byte| byte.is_ascii_digit()) {
            return;
        }
        for known in self.index.spellings(word, 4) {
            let far = crate::query::distance(&known.word, word) as f32;
            let weight = SPELLING / far.max(1.0).sqrt();
            group.add(vec![known.word.clone()], weight, Reason::Spelling(known.word));
        }
    }

    /// How rare the word itself is, in the form that most entries have; `None` where none has it.
    fn own_rarity(&self, group: &Group) -> Option<f32> {
        group.ways.iter().filter(is_own).map(|way| self.rarity(way)).min_by(f32::total_cmp)
    }

    /// How rare the terms of a way are together: what BM25 makes of the number of entries.
    fn rarity(&self, way: &Way) -> f32 {
        let all = self.searcher.num_docs() as f32;
        let rarity = |term: &String| {
            let with = self.index.frequency(self.searcher, self.fields().all, term) as f32;
            (1.0 + ((all - with).max(0.0) + 0.5) / (with + 0.5)).ln()
        };
        way.terms.iter().map(rarity).sum()
    }

    /// What tantivy is asked for a group; `own` is how rare its word itself is.
    fn asked(&self, group: &Group, word: &str, own: Option<f32>) -> Made {
        let all = self.fields().all;
        let mut ways: Vec<Made> = Vec::with_capacity(group.ways.len());
        for way in &group.ways {
            let terms: Vec<Term> =
                way.terms.iter().map(|term| Term::from_field_text(all, term)).collect();
            let query: Made = if terms.len() == 1 {
                scored(terms[0].clone())
            } else {
                let mut phrase = PhraseQuery::new(terms);
                phrase.set_slop(1);
                Box::new(phrase)
            };
            // What stands in for the word never counts more than the word itself, however rare it is:
            // else an entry with a rare synonym would come before those with the word.
            let stands_in = !is_own(&way) && way.reason != Reason::Part;
            let weight = match own {
                Some(own) if stands_in => way.weight.min(STAND_IN * own / self.rarity(way)),
                _ => way.weight,
            };
            ways.push(weighed(query, weight));
        }
        // Where the thesaurus knows the word there is no need of guessing; and while one types there is
        // no time for it.
        let is_named = group.ways.iter().any(|way| matches!(way.reason, Reason::Synonym(..)));
        let guess = self.manner.repair && !is_named && !self.manner.typing;
        if (guess || self.manner.letters) && !word.is_empty() {
            ways.extend(self.letters(word));
        }
        best_of(ways)
    }

    /// Entries that have most of the word's runs of three letters.
    fn letters(&self, word: &str) -> Option<Made> {
        let grams = trigrams(word);
        if grams.len() < 3 {
            return None;
        }
        let needed = grams.len() / 2;
        let terms = grams.iter().map(|it| scored(Term::from_field_text(self.fields().trigram, it)));
        let mut query =
            BooleanQuery::new(terms.map(|term| (Occur::Should, term)).collect::<Vec<_>>());
        query.set_minimum_number_should_match(needed.max(2));
        Some(weighed(Box::new(query), LETTERS))
    }
}

/// Whether this way is the word itself, perhaps with another ending.
fn is_own(way: &&Way) -> bool {
    matches!(way.reason, Reason::Word | Reason::Fold | Reason::Stem)
}
