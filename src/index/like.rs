//! Entries like one that is there: those with the rare words of its title, keywords and abstract,
//! or what the thesaurus calls the same, and those by the same people.

use super::collect::gather;
use super::plan::Manner;
use super::row::{self, Row};
use super::search::{Cancel, Found, Options};
use super::{Error, Index};
use std::collections::HashMap;
use tantivy::collector::TopDocs;
use tantivy::query::{BooleanQuery, BoostQuery, Occur, Query, TermQuery};
use tantivy::schema::IndexRecordOption;
use tantivy::{DocAddress, Searcher, Term};

use crate::text::words::words;

/// Words of an abstract that are looked for.
const FROM_ABSTRACT: usize = 12;
/// What a word of the abstract counts beside one of the title.
const ABSTRACT: f32 = 0.4;
/// What a person in common counts beside a word of the title.
const PERSON: f32 = 0.6;

impl Index {
    /// The number of the entry with this citation key ([`Row::id`]); `None` where there is none.
    pub fn number(&self, key: &str) -> Option<u64> {
        let searcher = self.searcher();
        let address = |key: &str| one(&searcher, Term::from_field_text(self.fields.key, key));
        let found = address(key).or_else(|| address(&key.to_lowercase()))?;
        Some(Row::decode(&self.stored(&searcher, found, true)).id)
    }

    /// Entries like the one with this number, the likest first and itself not among them; `None`
    /// where there is no such entry.
    pub fn like(
        &self,
        number: u64,
        options: &Options,
        cancel: &Cancel,
    ) -> Result<Option<Found>, Error> {
        let searcher = self.searcher();
        let own = Term::from_field_u64(self.fields.id, number);
        let Some(address) = one(&searcher, own.clone()) else { return Ok(None) };
        let row = Row::decode(&self.stored(&searcher, address, true));
        let texts = row::decode_texts(&self.stored(&searcher, address, false));
        let text =
            |name: &str| texts.iter().find(|(it, _)| it == name).map(|(_, text)| text.as_str());
        let widener = options.widen.then(|| self.widener());
        let manner = Manner { any: true, letters: false, repair: false, typing: false };
        let mut asked: Vec<(String, f32)> = vec![(row.title.clone(), 1.0)];
        let keywords = text("keywords").unwrap_or_default().split([',', ';']);
        asked.extend(keywords.map(|it| (it.trim().to_owned(), 1.0)));
        let telling = self.telling(&searcher, text("abstract").unwrap_or_default());
        asked.extend(telling.into_iter().map(|word| (word, ABSTRACT)));
        let mut clauses: Vec<(Occur, Box<dyn Query>)> = Vec::new();
        let mut understood = super::Understood::default();
        for (text, weight) in asked {
            let Some(plan) = self.plan_words(&searcher, &text, widener, manner)? else { continue };
            clauses.push((Occur::Should, Box::new(BoostQuery::new(plan.query, weight))));
            understood.groups.extend(plan.understood.groups);
        }
        for name in row.authors.split("; ").filter(|it| !it.is_empty()) {
            let term = Term::from_field_text(self.fields.author, name);
            let query = Box::new(TermQuery::new(term, IndexRecordOption::Basic));
            clauses.push((Occur::Should, Box::new(BoostQuery::new(query, PERSON))));
        }
        if clauses.is_empty() {
            return Ok(Some(self.found(searcher, understood, super::collect::Gathered::none())));
        }
        let itself = Box::new(TermQuery::new(own, IndexRecordOption::Basic));
        let any = Box::new(BooleanQuery::new(clauses));
        let query = BooleanQuery::new(vec![(Occur::Must, any as _), (Occur::MustNot, itself as _)]);
        let found = gather(&searcher, &query, options.sort, options.limit, false, cancel)?;
        Ok(Some(self.found(searcher, understood, found)))
    }

    /// The words of `text` that say most of what it is about: often in it and seldom elsewhere.
    fn telling(&self, searcher: &Searcher, text: &str) -> Vec<String> {
        let mut counts: HashMap<String, f32> = HashMap::new();
        for word in words(text) {
            if word.text.chars().count() > 3 && !crate::query::compound::is_stopword(&word.text) {
                *counts.entry(word.text).or_default() += 1.0;
            }
        }
        let all = self.count().max(1) as f32;
        let mut told: Vec<(f32, String)> = counts
            .into_iter()
            .filter_map(|(word, count)| {
                let entries = self.frequency(searcher, self.fields.exact, &word) as f32;
                // A word of this entry alone finds no other.
                (entries > 1.0).then(|| (count.sqrt() * (all / entries).ln(), word))
            })
            .collect();
        told.sort_by(|(a, x), (b, y)| b.total_cmp(a).then_with(|| x.cmp(y)));
        told.into_iter().take(FROM_ABSTRACT).map(|(_, word)| word).collect()
    }
}

/// The first entry that has `term`.
fn one(searcher: &Searcher, term: Term) -> Option<DocAddress> {
    let query = TermQuery::new(term, IndexRecordOption::Basic);
    let found = searcher.search(&query, &TopDocs::with_limit(1).order_by_score()).ok()?;
    found.first().map(|(_, address)| *address)
}

#[cfg(test)]
mod tests {
    use super::super::Sources;
    use super::super::chain::Steps;
    use super::*;
    use crate::model::Library;

    #[test]
    fn what_shares_rare_words_or_people_comes_first_and_never_the_entry_itself() {
        let text = "@misc{a, author={Lie, Ola}, title={Mutual aid in the fjords}}\n\
                    @misc{b, author={Berg, Anna}, title={Fjords and mutual aid groups}}\n\
                    @misc{c, author={Lie, Ola}, title={Something else}}\n\
                    @misc{d, author={Vik, Per}, title={Fish in the sea}}\n";
        let library = Library::new(vec![("a.bib".into(), text.as_bytes().into())]);
        let index = Index::in_memory(&Sources::default(), &library, Steps::default(), &mut |_| {
            std::ops::ControlFlow::Continue(())
        })
        .unwrap();
        let number = index.number("A").unwrap();
        let found = index.like(number, &Options::default(), &Cancel::never()).unwrap().unwrap();
        let keys: Vec<String> = found.hits.iter().map(|it| index.row(&found, it).key).collect();
        assert_eq!(keys[..2], ["b", "c"]);
        assert!(!keys.contains(&"a".to_owned()), "{keys:?}");
        assert_eq!(index.number("nobody"), None);
        assert!(index.like(1, &Options::default(), &Cancel::never()).unwrap().is_none());
    }
}
