//! What a half-typed query can go on with: names of fields, values of a field, words of the
//! library, each with the number of entries that have it.

use super::Index;
use super::dictionary::Known;
use crate::query::kind::Kind;
use crate::query::{Field, FieldKind, field_alternatives};
use crate::text::fold;
use std::collections::{BTreeSet, HashMap};
use std::ops::Range;
use tantivy::schema::Field as Place;
use tantivy::{DocSet as _, TERMINATED, Term};

/// Terms of a segment that are looked at from their first to their last for a word inside them.
const MOST_INSIDE: usize = 50_000;

/// What can stand in the place of the word that is being typed.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Completion {
    /// Bytes of the query to be replaced.
    pub at: Range<usize>,
    /// What may be put there, the most frequent first, and in how many entries it stands.
    pub offers: Vec<Offer>,
}

/// Something that may be put in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Offer {
    /// The text, in quotation marks where it needs them.
    pub text: String,
    /// In how many entries.
    pub count: usize,
}

impl Index {
    /// What the word that ends at byte `cursor` of `query` can go on with; at most `limit`.
    ///
    /// After `field:` its values, else names of fields (`author:`) and words of the library.
    pub fn complete(&self, query: &str, cursor: usize, limit: usize) -> Completion {
        let mut cursor = cursor.min(query.len());
        while !query.is_char_boundary(cursor) {
            cursor -= 1;
        }
        let start = token(&query[..cursor]);
        let typed = &query[start..cursor];
        let sign = typed.find([':', '=', '<', '>']);
        let named = sign.and_then(|at| Some((Field::named(&typed[..at])?, at)));
        let mut offers = Vec::new();
        let Some((field, at)) = named else {
            if sign.is_none() && !typed.starts_with('"') {
                self.names(typed, &mut offers);
                offers.extend(self.completions(typed, limit).into_iter().map(offer));
                offers.retain(|it| it.text != typed);
            }
            offers.truncate(limit);
            return Completion { at: start..cursor, offers };
        };
        let value = typed[at..].trim_start_matches([':', '=', '<', '>']);
        let from = cursor - value.len();
        let value = value.trim_start_matches(['"', '(']);
        offers.extend(self.values(&field, value, limit).into_iter().map(offer));
        offers.truncate(limit);
        let open = usize::from(query[from..cursor].starts_with('('));
        Completion { at: from + open..cursor, offers }
    }

    /// Names of fields that entries have and that begin with `start`, as `name:`; one a field.
    fn names(&self, start: &str, offers: &mut Vec<Offer>) {
        if start.is_empty() {
            return;
        }
        let lower = start.to_lowercase();
        let named = field_alternatives(&lower).into_iter().filter(|it| it.starts_with(&lower));
        let fields: BTreeSet<Field> = named.filter_map(Field::named).collect();
        for field in fields {
            let names = field.names();
            let fits = |it: &&&str| it.starts_with(&lower) && it.chars().count() > 2;
            let (Some(name), count) = (names.iter().find(fits), self.having(&field)) else {
                continue;
            };
            if count > 0 {
                offers.push(Offer { text: format!("{name}:"), count });
            }
        }
        offers.sort_by(|a, b| b.count.cmp(&a.count).then(a.text.cmp(&b.text)));
    }

    /// In how many entries this field, or the one of those it covers that most have, stands.
    fn having(&self, field: &Field) -> usize {
        let has = |name: &str| self.alive(self.fields.has, name);
        match field.kind() {
            FieldKind::Year => has("date").max(has("year")),
            FieldKind::Language => has("langid").max(has("language")),
            FieldKind::Status => has("pubstate").max(has("status")),
            FieldKind::Type | FieldKind::Key | FieldKind::Has | FieldKind::Lacks => self.count(),
            FieldKind::Any | FieldKind::Identifier => 0,
            FieldKind::Text => field.covers().iter().map(|it| has(it)).max().unwrap_or(0),
        }
    }

    /// The values of `field` that begin with `start`.
    fn values(&self, field: &Field, start: &str, limit: usize) -> Vec<Known> {
        match (field.kind(), field.name.as_str()) {
            (FieldKind::Type, _) => self.kinds(Kind::Type, self.fields.entry_type, start),
            (FieldKind::Language, _) => self.kinds(Kind::Language, self.fields.language, start),
            (FieldKind::Status, _) => self.kinds(Kind::Status, self.fields.status, start),
            (FieldKind::Year, _) => self.years(start),
            (FieldKind::Has | FieldKind::Lacks, _) => self.whole(self.fields.has, start, limit),
            (FieldKind::Key, _) => self.whole(self.fields.key, start, limit),
            (FieldKind::Identifier, _) => self.whole(self.fields.identifier, start, limit),
            (_, "keyword") => self.whole(self.fields.keyword, start, limit),
            (_, "author") => self.whole(self.fields.author, start, limit),
            (_, "project") => self.whole(self.fields.project, start, limit),
            (FieldKind::Any, _) => self.completions(start, limit),
            (FieldKind::Text, _) => self.words_of(field, start, limit),
        }
    }

    /// Entry types, languages, statuses that entries have, by the word that is being typed.
    fn kinds(&self, kind: Kind, place: Place, start: &str) -> Vec<Known> {
        let start = start.to_lowercase();
        let mut out: Vec<Known> = Vec::new();
        for (row, _) in self.beginning(place, "", &|_| true).unwrap_or_default() {
            let words = kind.words(&row).iter().map(String::as_str);
            let fits = |it: &&str| it.starts_with(&start) && !it.contains(' ');
            let Some(word) = std::iter::once(row.as_str()).chain(words).find(fits) else {
                continue;
            };
            let count = self.alive(place, &row);
            out.push(Known { word: word.to_owned(), count: count as u32 });
        }
        by_count(out)
    }

    /// Years, the latest first.
    fn years(&self, start: &str) -> Vec<Known> {
        let mut counts: HashMap<i64, u32> = HashMap::new();
        for segment in self.searcher().segment_readers() {
            let Ok(years) = segment.fast_fields().i64("year") else { continue };
            for year in segment.doc_ids_alive().filter_map(|doc| years.first(doc)) {
                *counts.entry(year).or_default() += 1;
            }
        }
        let mut all: Vec<(i64, u32)> = counts.into_iter().collect();
        all.sort_unstable_by(|a, b| b.cmp(a));
        let known = all.into_iter().map(|(year, count)| Known { word: year.to_string(), count });
        known.filter(|it| it.word.starts_with(start)).collect()
    }

    /// Whole values, in whatever letters their beginning is typed; where few begin so, those with a
    /// word that does (`nora` gives `Gotaas, Nora`).
    fn whole(&self, place: Place, start: &str, limit: usize) -> Vec<Known> {
        let start = fold::base(&start.to_lowercase());
        let folded = |term: &str| fold::base(&term.to_lowercase());
        let begins = |term: &str| folded(term).starts_with(&start);
        let inside =
            |term: &str| folded(term).split([' ', '-', ',']).any(|it| it.starts_with(&start));
        let mut found: HashMap<String, u32> = HashMap::new();
        for letter in letters(&start) {
            found.extend(self.beginning(place, &letter, &begins).unwrap_or_default());
        }
        if found.len() < limit && !start.is_empty() && self.terms(place) <= MOST_INSIDE {
            found.extend(self.beginning(place, "", &inside).unwrap_or_default());
        }
        let all = found.into_iter().map(|(word, count)| Known { word, count }).collect();
        self.settled(place, all, limit)
    }

    /// Words of a field of text.
    fn words_of(&self, field: &Field, start: &str, limit: usize) -> Vec<Known> {
        let start = start.to_lowercase();
        let mut found: HashMap<String, u32> = HashMap::new();
        for name in field.covers() {
            let prefix = format!("{name}{}", super::tokenizer::SURFACE);
            let pattern = format!("{start}*");
            for known in
                self.fitting(self.fields.by_field, &prefix, &pattern, limit).into_iter().flatten()
            {
                let count = found.entry(known.word).or_default();
                *count = known.count.max(*count);
            }
        }
        by_count(found.into_iter().map(|(word, count)| Known { word, count }).collect())
    }

    /// The most frequent, counted without what has been deleted.
    fn settled(&self, place: Place, mut all: Vec<Known>, limit: usize) -> Vec<Known> {
        all = by_count(all);
        all.truncate(limit);
        for known in &mut all {
            known.count = self.alive(place, &known.word) as u32;
        }
        all.retain(|it| it.count > 0);
        by_count(all)
    }

    fn terms(&self, place: Place) -> usize {
        let count = |segment: &tantivy::SegmentReader| {
            segment.inverted_index(place).map_or(0, |it| it.terms().num_terms())
        };
        self.searcher().segment_readers().iter().map(count).sum()
    }

    /// In how many entries a term stands, those deleted since not among them.
    fn alive(&self, place: Place, term: &str) -> usize {
        let term = Term::from_field_text(place, term);
        let mut out = 0;
        for segment in self.searcher().segment_readers() {
            let Ok(inverted) = segment.inverted_index(place) else { continue };
            let Some(alive) = segment.alive_bitset() else {
                out += inverted.doc_freq(&term).unwrap_or(0) as usize;
                continue;
            };
            let option = tantivy::schema::IndexRecordOption::Basic;
            let Ok(Some(mut postings)) = inverted.read_postings(&term, option) else { continue };
            while postings.doc() != TERMINATED {
                out += usize::from(alive.is_alive(postings.doc()));
                postings.advance();
            }
        }
        out
    }
}

fn by_count(mut all: Vec<Known>) -> Vec<Known> {
    all.sort_by(|a, b| b.count.cmp(&a.count).then_with(|| a.word.cmp(&b.word)));
    all
}

/// With which letters terms may begin whose plain beginning is `start`.
fn letters(start: &str) -> Vec<String> {
    let Some(first) = start.chars().next() else { return vec![String::new()] };
    let marked = match first {
        'a' => "aåäáàâãæ",
        'o' => "oøöóòôõ",
        'e' => "eéèêë",
        'u' => "uüúù",
        'c' => "cçčć",
        's' => "sšś",
        'z' => "zžź",
        'i' => "iíïî",
        'n' => "nñń",
        'd' => "dđð",
        _ => "",
    };
    let mut out: Vec<String> = marked.chars().map(String::from).collect();
    if out.is_empty() {
        out.push(first.to_string());
    }
    let upper: Vec<String> = out.iter().map(|it| it.to_uppercase()).collect();
    out.extend(upper);
    out.dedup();
    out
}

fn offer(known: Known) -> Offer {
    let is_bare =
        known.word.chars().all(|c| c.is_alphanumeric() || matches!(c, '-' | '_' | '.' | '/'));
    let text = if is_bare { known.word } else { format!("\"{}\"", known.word.replace('"', "")) };
    Offer { text, count: known.count as usize }
}

/// Where the word begins that ends with `typed`: after a blank or a sign that is not in quotes.
fn token(typed: &str) -> usize {
    let (mut start, mut quoted) = (0, false);
    for (at, c) in typed.char_indices() {
        quoted ^= c == '"';
        let is_sign = matches!(c, '(' | '|' | '&') || (matches!(c, '-' | '!') && at == start);
        // `field:(` goes on with a value of that field.
        let is_value = c == '(' && typed[start..at].ends_with(':');
        if !quoted && !is_value && (c.is_whitespace() || is_sign) {
            start = at + c.len_utf8();
        }
    }
    start
}

#[cfg(test)]
mod tests {
    use super::super::Sources;
    use super::super::chain::Steps;
    use super::*;
    use crate::model::Library;

    fn offers(query: &str) -> Vec<(String, usize)> {
        let text = "@thesis{gotaas2001, author={Gotaas, Nora}, title={Selvhjelp}, date={2001}, \
                    keywords={peer support, selvhjelp}, langid={norwegian}}\n\
                    @book{aas2002, author={Ås, Berit}, title={Selvhjelpsgrupper}, date={2002}, \
                    keywords={peer support}}\n";
        let library = Library::new(vec![("a.bib".into(), text.as_bytes().into())]);
        let index = Index::in_memory(&Sources::default(), &library, Steps::default(), &mut |_| {
            std::ops::ControlFlow::Continue(())
        })
        .unwrap();
        let found = index.complete(query, query.len(), 10);
        found.offers.into_iter().map(|it| (it.text, it.count)).collect()
    }

    fn one(text: &str, count: usize) -> Vec<(String, usize)> {
        vec![(text.to_owned(), count)]
    }

    #[test]
    fn values_of_a_field_come_with_their_counts() {
        assert_eq!(offers("keyword:pee"), one("\"peer support\"", 2));
        assert_eq!(offers("author:\"got"), one("\"Gotaas, Nora\"", 1));
        assert_eq!(offers("forfatter:nora"), one("\"Gotaas, Nora\"", 1));
        assert_eq!(offers("x author:as"), one("\"Ås, Berit\"", 1));
        assert_eq!(offers("type:avh"), one("avhandling", 1));
        assert_eq!(offers("year:200"), [("2002".to_owned(), 1), ("2001".to_owned(), 1)]);
        assert_eq!(offers("-has:lang"), one("langid", 1));
        assert_eq!(offers("title:selvhjelpsg"), one("selvhjelpsgrupper", 1));
    }

    #[test]
    fn without_a_field_come_names_of_fields_and_words() {
        assert_eq!(offers("gruppe forf"), one("forfatter:", 2));
        assert_eq!(offers("selvhjelps"), one("selvhjelpsgrupper", 1));
        assert_eq!(offers("\"selvh"), []);
        assert_eq!(offers("foo:se"), []);
    }

    #[test]
    fn what_is_replaced_is_the_word_or_the_value_before_the_cursor() {
        assert_eq!(token("a (title:x b"), 11);
        assert_eq!(token("a -ti"), 3);
        assert_eq!(token("self-help"), 0);
        assert_eq!(token("author:\"Gotaas, N"), 0);
    }
}
