//! One entry of several: a union of their fields, with every choice shown.
//!
//! Nothing is thrown away unseen: a value that is not taken stands in [`Choice::others`], the keys
//! that go are kept in `ids`, and what pointed at them points at the entry that stays.

mod all;
mod edits;

pub use all::{Merged, all};
pub use edits::{Changed, edits};

use super::features::words;
use super::title;
use crate::model::{Entry, alias, date, name};
use crate::text::said::Said;

/// How several entries become one. Indexes are those of the slice that was planned.
#[derive(Debug, Clone, PartialEq)]
pub struct Merge {
    /// The entry that stays.
    pub kept: usize,
    /// Those that go.
    pub gone: Vec<usize>,
    /// Every field of the result, in the order of the kept entry, new ones last.
    pub fields: Vec<Choice>,
}

/// One field of the result.
#[derive(Debug, Clone, PartialEq)]
pub struct Choice {
    /// BibLaTeX's name.
    pub name: String,
    /// The value as TeX.
    pub value: String,
    /// The entry it is taken from; `None` where it is put together of several.
    pub from: Option<usize>,
    /// Why this value: `merge.*` in the catalogues; `None` where there was nothing to choose.
    pub why: Option<Said>,
    /// Values that differ and are not taken.
    pub others: Vec<(usize, String)>,
}

impl Merge {
    /// The fields of the result that the kept entry does not have in the same form.
    pub fn changes<'a>(&'a self, entries: &'a [&Entry]) -> impl Iterator<Item = &'a Choice> {
        let kept = entries[self.kept];
        self.fields
            .iter()
            .filter(move |choice| own(kept, &choice.name) != Some(choice.value.as_str()))
    }

    /// Takes the value of `name` from the entry at `at`, as a person chose; nothing happens where
    /// that entry has none.
    pub fn take(&mut self, entries: &[&Entry], name: &str, at: usize) {
        let Some(value) = entries.get(at).and_then(|entry| own(entry, name)) else { return };
        let Some(choice) = self.fields.iter_mut().find(|choice| choice.name == name) else {
            return;
        };
        choice.others = (0..entries.len())
            .filter_map(|other| Some((other, own(entries[other], name)?.to_owned())))
            .filter(|(_, other)| other != value)
            .collect();
        choice.value = value.to_owned();
        choice.from = Some(at);
        choice.why = Some(Said::new("merge.chosen"));
    }
}

/// Plans the merge of `entries` (two or more). `keep` names the one to stay; without it that is the
/// one with most in it, a published work before a preprint, the first where that does not decide.
/// For an empty slice the plan is empty.
pub fn plan(entries: &[&Entry], keep: Option<usize>) -> Merge {
    if entries.is_empty() {
        return Merge { kept: 0, gone: Vec::new(), fields: Vec::new() };
    }
    let kept = keep.filter(|at| *at < entries.len()).unwrap_or_else(|| best(entries));
    let gone: Vec<usize> = (0..entries.len()).filter(|at| *at != kept).collect();
    let mut order: Vec<usize> = vec![kept];
    order.extend(&gone);
    order.retain(|at| *at < entries.len());
    let mut names: Vec<&str> = Vec::new();
    for at in &order {
        for field in entries[*at].fields.iter().filter(|field| is_own(field)) {
            if !names.contains(&&*field.name) {
                names.push(&field.name);
            }
        }
    }
    let mut fields: Vec<Choice> = names
        .into_iter()
        .filter(|name| *name != "ids" && !said_otherwise(entries, kept, name))
        .filter_map(|name| choose(entries, &order, name))
        .collect();
    if let Some(ids) = ids(entries, kept, &gone) {
        fields.push(ids);
    }
    Merge { kept, gone, fields }
}

/// Whether the kept entry says what `name` says in another field: `year` beside `date`, `subtitle`
/// where the title already holds it.
fn said_otherwise(entries: &[&Entry], kept: usize, field: &str) -> bool {
    let it = entries[kept];
    if own(it, field).is_some() {
        return false;
    }
    match field {
        "year" | "month" => own(it, "date").is_some(),
        "date" => {
            // A finer date may stand beside `year`: BibLaTeX lets `date` win.
            let finer = |other: &&&Entry| {
                own(other, "date").and_then(date::parse).is_some_and(|date| {
                    date.year() == it.year() && date.start.is_some_and(|at| at.month.is_some())
                })
            };
            own(it, "year").is_some() && !entries.iter().any(|other| finer(&other))
        }
        "subtitle" => {
            let whole = words(&it.title());
            entries.iter().any(|other| other.has("subtitle") && words(&other.title()) == whole)
        }
        "eid" => own(it, "pages").is_some(),
        _ => false,
    }
}

fn is_own(field: &crate::model::Field) -> bool {
    field.from.is_none() && !field.span.is_empty() && !field.raw.trim().is_empty()
}

/// The value that stands in the entry itself.
fn own<'a>(entry: &'a Entry, name: &str) -> Option<&'a str> {
    entry.fields.iter().find(|field| &*field.name == name && is_own(field)).map(|field| &*field.raw)
}

fn best(entries: &[&Entry]) -> usize {
    let worth = |entry: &Entry| {
        let own = entry.fields.iter().filter(|field| is_own(field)).count();
        let published = ["volume", "pages", "doi", "isbn"].iter().filter(|f| entry.has(f)).count();
        own + 2 * published + usize::from(entry.entry_type != "misc") * 2
    };
    let mut at = 0;
    for (index, entry) in entries.iter().enumerate() {
        if worth(entry) > worth(entries[at]) {
            at = index;
        }
    }
    at
}

/// The value of `name`, the kept entry first in `order`.
fn choose(entries: &[&Entry], order: &[usize], name: &str) -> Option<Choice> {
    let values: Vec<(usize, &str)> =
        order.iter().filter_map(|at| own(entries[*at], name).map(|raw| (*at, raw))).collect();
    let (first, value) = *values.first()?;
    let mut choice = Choice {
        name: name.to_owned(),
        value: value.to_owned(),
        from: Some(first),
        why: None,
        others: Vec::new(),
    };
    if order.first() != Some(&first) {
        choice.why = Some(Said::new("merge.only-there").with("key", &entries[first].key));
    }
    for (at, other) in values.iter().skip(1) {
        if same(name, &choice.value, other) {
            continue;
        }
        if let Some(separator) = gathered(name) {
            let joined = join(&choice.value, other, separator);
            if joined != choice.value {
                choice.value = joined;
                choice.from = None;
                choice.why = Some(Said::new("merge.gathered"));
            }
        } else if let Some(why) = better(name, &choice.value, other) {
            let old = std::mem::replace(&mut choice.value, (*other).to_owned());
            choice.others.push((choice.from.unwrap_or(first), old));
            choice.from = Some(*at);
            choice.why = Some(Said::new(why));
        } else {
            choice.others.push((*at, (*other).to_owned()));
            if choice.why.is_none() {
                choice.why = Some(Said::new("merge.kept"));
            }
        }
    }
    Some(choice)
}

/// Whether a reader takes both for the same value.
fn same(name: &str, a: &str, b: &str) -> bool {
    if a == b {
        return true;
    }
    if alias::is_verbatim(name) {
        return a.trim().eq_ignore_ascii_case(b.trim()) && name == "doi";
    }
    let plain = |text: &str| words(&crate::text::tex::to_unicode(text));
    plain(a) == plain(b)
}

/// Fields whose values are gathered, with what stands between them.
fn gathered(name: &str) -> Option<&'static str> {
    Some(match name {
        "keywords" | "project" | "related" | "xdata" => ", ",
        "provenance" => " ; ",
        "file" => ";",
        "note" | "annotation" | "addendum" | "comment" => "; ",
        _ => return None,
    })
}

fn join(a: &str, b: &str, separator: &str) -> String {
    let sign = separator.trim();
    let mut parts: Vec<&str> = a.split(sign).map(str::trim).collect();
    if separator == "; " {
        // Remarks are sentences: they are not taken apart.
        parts = vec![a.trim()];
        return if words(a).contains(&words(b)) {
            a.to_owned()
        } else {
            [parts[0], b.trim()].join(separator)
        };
    }
    for part in b.split(sign).map(str::trim) {
        if !parts.iter().any(|known| words(known) == words(part) && !part.is_empty()) {
            parts.push(part);
        }
    }
    parts.retain(|part| !part.is_empty());
    parts.join(separator)
}

/// Why `other` says more than `value`; `None` where it does not.
fn better(field: &str, value: &str, other: &str) -> Option<&'static str> {
    let longer = other.trim().chars().count() > value.trim().chars().count();
    let holds = |long: &str, short: &str| words(long).starts_with(&words(short));
    if alias::is_names(field) {
        let given = |text: &str| -> usize {
            let names = name::parse(text);
            names.names.iter().map(|name| name.given.chars().count()).sum::<usize>()
                + 100 * names.names.len()
        };
        return (given(other) > given(value)).then_some("merge.fuller-names");
    }
    match field {
        "date" => {
            let (a, b) = (date::parse(value)?, date::parse(other)?);
            let fine = |it: date::Date| {
                it.start
                    .map_or(0, |at| usize::from(at.month.is_some()) + usize::from(at.day.is_some()))
            };
            (a.year() == b.year() && fine(b) > fine(a)).then_some("merge.finer-date")
        }
        "pages" => (longer && holds(other, value)).then_some("merge.whole-pages"),
        "title" | "subtitle" | "booktitle" | "maintitle" => {
            let shouts = |text: &str| {
                text.chars().any(char::is_alphabetic) && !text.chars().any(char::is_lowercase)
            };
            if shouts(value) && !shouts(other) {
                return Some("merge.not-shouted");
            }
            let a = title::Title::new(&crate::text::tex::to_unicode(value));
            let b = title::Title::new(&crate::text::tex::to_unicode(other));
            (longer && b.core.starts_with(&a.core)).then_some("merge.longer")
        }
        "journaltitle" | "abstract" | "publisher" | "institution" => {
            longer.then_some("merge.longer")
        }
        _ => None,
    }
}

/// The keys that go, with the names they already had.
fn ids(entries: &[&Entry], kept: usize, gone: &[usize]) -> Option<Choice> {
    let mut all = entries[kept].list("ids");
    for at in gone {
        all.push(entries[*at].key.clone());
        all.extend(entries[*at].list("ids"));
    }
    let key = &entries[kept].key;
    let mut seen: Vec<String> = vec![key.clone()];
    all.retain(|id| {
        let new = !id.is_empty() && !seen.contains(id);
        seen.push(id.clone());
        new
    });
    (!all.is_empty()).then(|| Choice {
        name: "ids".to_owned(),
        value: all.join(", "),
        from: None,
        why: Some(Said::new("merge.keys")),
        others: Vec::new(),
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Library;
    use crate::text::edit::apply;

    #[track_caller]
    fn check(before: &str, after: &str) {
        let library = Library::new(vec![("a.bib".into(), before.as_bytes().into())]);
        let entries: Vec<&Entry> = library.entries.iter().take(2).collect();
        let merge = plan(&entries, None);
        let edits = edits(&library, &[0, 1], &merge).unwrap();
        let text = apply(before.as_bytes(), &edits[0].edits).unwrap();
        assert_eq!(String::from_utf8(text).unwrap(), after);
    }

    #[test]
    fn the_fuller_entry_stays_and_takes_what_it_lacks() {
        check(
            "@misc{a, title={T}, note={seen}}\n\n@article{b, title={T}, journal={J}, doi={10.1/x}}\n",
            "@article{b, title={T}, journal={J}, doi={10.1/x}, note={seen}, ids={a}}\n",
        );
    }

    #[test]
    fn initials_give_way_to_names_and_words_are_gathered() {
        check(
            "@article{a, author={Berg, K.}, keywords={x, y}, year=2001, volume=1}\n@article{b, author={Berg, Kari}, keywords={Y, z}}\n",
            "@article{a, author={Berg, Kari}, keywords={x, y, z}, year=2001, volume=1, ids={b}}\n",
        );
    }

    #[test]
    fn what_pointed_at_the_entry_that_goes_points_at_the_one_that_stays() {
        check(
            "@book{a, title={T}, isbn={1}}\n@book{b, title={T}}\n@inbook{c, crossref={b}}",
            "@book{a, title={T}, isbn={1}, ids={b}}\n@inbook{c, crossref={a}}",
        );
    }

    #[test]
    fn a_person_may_take_the_other_value() {
        let text = "@book{a, title={Long and good}, isbn={1}}\n@book{b, title={Short}}\n";
        let library = Library::new(vec![("a.bib".into(), text.as_bytes().into())]);
        let entries: Vec<&Entry> = library.entries.iter().collect();
        let mut merge = plan(&entries, Some(0));
        merge.take(&entries, "title", 1);
        merge.take(&entries, "isbn", 1);
        let values: Vec<&str> = merge.fields.iter().map(|it| it.value.as_str()).collect();
        assert_eq!(values, ["Short", "1", "b"]);
        assert_eq!(merge.fields[0].others, [(0, "Long and good".to_owned())]);
    }

    #[test]
    fn a_title_that_holds_the_subtitle_does_not_get_it_twice() {
        check(
            "@book{a, title={T: S}, isbn={1}, year=2001}\n@book{b, title={T}, subtitle={S}, date={2001}}\n",
            "@book{a, title={T: S}, isbn={1}, year=2001, ids={b}}\n",
        );
    }
}
