//! Words with a field or a sign, and phrases.

use super::made::{Made, any_of, best_of, exactly, filter, scored, weighed};
use super::{COMPLETION, Planner, SPELLING};
use crate::index::Error;
use crate::index::schema::LONG;
use crate::index::tokenizer::{FORM, SURFACE};
use crate::index::understood::{Group, Reason};
use crate::query::{Field as Asked, FieldKind, How};
use crate::text::words::words;
use std::collections::BTreeSet;
use tantivy::Term;
use tantivy::query::{BooleanQuery, EmptyQuery, Occur, PhraseQuery};
use tantivy::schema::Field;

/// How many words a prefix, a wildcard or a misspelling stands for at most.
const MOST_WORDS: usize = 50;
/// With how many letters a word must begin as another does to be looked at as a form of it.
const LIKE: usize = 4;
/// How many such words are looked at.
const MOST_LIKE: usize = 400;

impl Planner<'_> {
    /// A word with a field or a sign.
    pub(super) fn word(
        &mut self,
        scope: Option<&Asked>,
        text: &str,
        how: How,
    ) -> Result<Made, Error> {
        let parts = words(text);
        if parts.len() > 1 && !matches!(how, How::Wildcard) {
            return self.phrase_or_words(scope, text, how);
        }
        let word = match how {
            How::Wildcard => text.to_lowercase(),
            _ => parts.first().map_or_else(|| text.to_lowercase(), |it| it.text.clone()),
        };
        let mut group = Group {
            text: text.to_owned(),
            field: scope.map(|it| it.name.clone()),
            is_known: true,
            ..Group::default()
        };
        if let Some(field) = scope.filter(|it| it.kind() == FieldKind::Key) {
            let key = self.fields().key;
            let known = self.index.fitting(key, "", &word, MOST_WORDS)?;
            let terms = known.iter().map(|it| exactly(Term::from_field_text(key, &it.word)));
            let made = filter(any_of(terms.collect()));
            self.note(text, Some(field), Reason::Word);
            return Ok(made);
        }
        let mut terms: Vec<(Term, f32)> = Vec::new();
        let places: Vec<(Field, String)> = match scope {
            None => vec![(self.fields().exact, String::new())],
            Some(field) => {
                let name = |it: &&str| (self.fields().by_field, format!("{it}{SURFACE}"));
                field.covers().iter().map(name).collect()
            }
        };
        for (field, prefix) in &places {
            let known = match how {
                How::Freely | How::Exactly => vec![(word.clone(), 1.0, Reason::Word)],
                How::Prefix => {
                    let pattern = format!("{word}*");
                    self.expanded(*field, prefix, &pattern, &Reason::Completion)?
                }
                How::Wildcard => self.expanded(*field, prefix, &word, &Reason::Word)?,
                How::Near(distance) => self
                    .index
                    .near(*field, prefix, &word, distance)?
                    .into_iter()
                    .take(MOST_WORDS)
                    .map(|it| {
                        let weight = if it.word == word { 1.0 } else { SPELLING };
                        (it.word.clone(), weight, Reason::Spelling(it.word))
                    })
                    .collect(),
            };
            for (known, weight, reason) in known {
                terms.push((Term::from_field_text(*field, &format!("{prefix}{known}")), weight));
                group.add(vec![known], weight, reason);
            }
        }
        if let (How::Freely, Some(field)) = (how, scope) {
            terms.clear();
            group.ways.clear();
            let typed = self.group(&word, false);
            for name in field.covers().into_iter().filter(|it| LONG.contains(it)) {
                for known in self.sharing(name, &word)? {
                    let term = format!("{name}{SURFACE}{known}");
                    let weight = if known == word { 1.0 } else { 0.9 };
                    terms.push((Term::from_field_text(self.fields().by_field, &term), weight));
                }
            }
            for way in &typed.ways {
                for name in field.covers().into_iter().filter(|it| !LONG.contains(it)) {
                    let term = format!("{name}{FORM}{}", way.terms[0]);
                    terms.push((Term::from_field_text(self.fields().by_field, &term), way.weight));
                }
            }
            if self.manner.typing {
                for name in field.covers() {
                    let prefix = format!("{name}{SURFACE}");
                    for known in self.index.fitting(
                        self.fields().by_field,
                        &prefix,
                        &format!("{word}*"),
                        12,
                    )? {
                        let term = format!("{prefix}{}", known.word);
                        terms.push((
                            Term::from_field_text(self.fields().by_field, &term),
                            COMPLETION,
                        ));
                    }
                }
            }
            group.ways = typed.ways;
        }
        self.plan.understood.groups.push(group);
        let asked =
            terms.into_iter().filter(|(term, _)| self.searcher.doc_freq(term).unwrap_or(0) > 0);
        Ok(best_of(asked.map(|(term, weight)| weighed(scored(term), weight)).collect()))
    }

    /// The words of a field with long texts that have a form in common with `word`.
    fn sharing(&mut self, name: &str, word: &str) -> Result<Vec<String>, Error> {
        let prefix = format!("{name}{SURFACE}");
        let forms: Vec<String> =
            self.chain.variants(word).iter().map(|it| it.text.clone()).collect();
        let start = |form: &String| form.chars().take(LIKE).collect::<String>();
        let starts: BTreeSet<String> = forms.iter().map(start).collect();
        let mut out = Vec::new();
        for start in starts {
            let pattern = format!("{start}*");
            for known in self.index.fitting(self.fields().by_field, &prefix, &pattern, MOST_LIKE)? {
                let variants = self.chain.variants(&known.word);
                if variants.iter().any(|it| forms.contains(&it.text)) && !out.contains(&known.word)
                {
                    out.push(known.word);
                }
            }
        }
        Ok(out)
    }

    fn expanded(
        &self,
        field: Field,
        prefix: &str,
        pattern: &str,
        reason: &Reason,
    ) -> Result<Vec<(String, f32, Reason)>, Error> {
        let known = self.index.fitting(field, prefix, pattern, MOST_WORDS)?;
        Ok(known.into_iter().map(|it| (it.word, 1.0, reason.clone())).collect())
    }

    /// `self-help` with a field or `=`: the words beside each other when they must be exact, else
    /// all of them.
    fn phrase_or_words(
        &mut self,
        scope: Option<&Asked>,
        text: &str,
        how: How,
    ) -> Result<Made, Error> {
        if how != How::Freely {
            return self.phrase(scope, text, 0, how == How::Prefix);
        }
        let mut all = Vec::new();
        for word in words(text) {
            all.push((Occur::Must, self.word(scope, &word.text, How::Freely)?));
        }
        Ok(Box::new(BooleanQuery::new(all)))
    }

    /// Words beside each other: as they stand, or all with the stems of one language.
    pub(super) fn phrase(
        &mut self,
        scope: Option<&Asked>,
        text: &str,
        slop: u32,
        prefix: bool,
    ) -> Result<Made, Error> {
        let typed: Vec<String> = words(text).into_iter().map(|it| it.text).collect();
        let mut group = Group {
            text: text.to_owned(),
            field: scope.map(|it| it.name.clone()),
            is_known: true,
            ..Group::default()
        };
        group.add(typed.clone(), 1.0, Reason::Word);
        let mut readings: Vec<(Vec<String>, bool)> = vec![(typed.clone(), true)];
        for language in ["nb", "sv", "da", "en"] {
            let stems: Vec<String> = typed.iter().map(|it| self.chain.stem(it, language)).collect();
            if !readings.iter().any(|(known, _)| *known == stems) {
                group.add(stems.clone(), 0.9, Reason::Stem);
                readings.push((stems, false));
            }
        }
        if prefix && let Some((last, before)) = typed.split_last() {
            for known in self.index.completions(last, 20) {
                let mut reading = before.to_vec();
                reading.push(known.word);
                if !readings.iter().any(|(it, _)| *it == reading) {
                    group.add(reading.clone(), 0.9, Reason::Completion);
                    readings.push((reading, true));
                }
            }
        }
        self.plan.understood.groups.push(group);
        let mut ways: Vec<Made> = Vec::new();
        for (reading, is_surface) in readings {
            match scope {
                None => {
                    ways.push(beside(self.fields().all, "", &reading, slop));
                }
                Some(asked) => {
                    let sign = if is_surface { SURFACE } else { FORM };
                    for name in asked.covers() {
                        if is_surface || !LONG.contains(&name) {
                            let prefix = format!("{name}{sign}");
                            ways.push(beside(self.fields().by_field, &prefix, &reading, slop));
                        }
                    }
                    // Names are kept given name first and typed family name first.
                    if is_surface && text.contains(',') && asked.name != "title" {
                        let at = words(text.split(',').next().unwrap_or_default()).len();
                        let mut turned = reading.clone();
                        turned.rotate_left(at.min(reading.len()));
                        for name in asked.covers() {
                            let prefix = format!("{name}{sign}");
                            ways.push(beside(self.fields().by_field, &prefix, &turned, slop + 1));
                        }
                    }
                }
            }
        }
        Ok(best_of(ways))
    }
}
fn beside(field: Field, prefix: &str, reading: &[String], slop: u32) -> Made {
    let term = |it: &String| Term::from_field_text(field, &format!("{prefix}{it}"));
    if let [one] = reading {
        return scored(term(one));
    }
    if reading.is_empty() {
        return Box::new(EmptyQuery);
    }
    let mut phrase = PhraseQuery::new(reading.iter().map(term).collect());
    phrase.set_slop(slop);
    Box::new(phrase)
}
