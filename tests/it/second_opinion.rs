//! The `biblatex` crate, which typst and hayagriva read with, is asked about every entry of the zoo:
//! where it reads another title, name or date than we do, the reason is one that is known.

use crate::zoo;
use biblatex::{Bibliography, ChunksExt as _};
use kilde::bibtex::encoding;
use kilde::model::{Entry, Library};
use std::collections::BTreeMap;
use std::panic::{AssertUnwindSafe, catch_unwind};

/// What differed, by the reason; and what has none.
#[derive(Default)]
struct Tally {
    same: usize,
    refused: usize,
    by_reason: BTreeMap<String, usize>,
    unexplained: Vec<String>,
}

impl Tally {
    fn compare(&mut self, what: &str, raw: &str, ours: &str, theirs: &str) {
        let plain = |text: &str| {
            let text = text.replace(['\u{a0}', '\n', '\t', '\r'], " ");
            text.split(' ').filter(|it| !it.is_empty()).collect::<Vec<_>>().join(" ")
        };
        if plain(ours) == plain(theirs) {
            self.same += 1;
            return;
        }
        let reasons = if what == "date" { &DATES[..] } else { &TEXTS[..] };
        match reasons.iter().find(|(_, is)| is(raw)) {
            Some((reason, _)) => {
                *self.by_reason.entry(format!("{what}: {reason}")).or_default() += 1;
            }
            None => self.unexplained.push(format!("{what} {raw:?}: {ours:?}, crate {theirs:?}")),
        }
    }
}

type Reason = (&'static str, fn(&str) -> bool);

/// Why a title or a name is read otherwise: the crate's known ways (`docs/files.md`).
const TEXTS: [Reason; 11] = [
    ("a command of TeX that the crate keeps, or glues to what follows", |raw| raw.contains('\\')),
    ("mathematics", |raw| raw.contains('$')),
    ("a tie, which the crate keeps", |raw| raw.contains('~')),
    ("quotation marks or dashes of TeX", |raw| {
        raw.contains("``") || raw.contains("''") || raw.contains("--")
    }),
    ("`and others` or `AND`, which are persons to the crate", |raw| {
        let low = raw.to_lowercase();
        low.contains("others")
            || (low.contains(" and ") && !raw.contains(" and "))
            || raw.contains(" AND ")
            || raw.contains("\nand ")
            || raw.contains(" and\n")
            || low.trim_start().starts_with("and ")
            || low.trim_end().ends_with(" and")
            || low.contains("and and")
    }),
    ("`=`, which makes the crate read the extended form", |raw| raw.contains('=')),
    ("braces in a name, which end its words for the crate", |raw| raw.contains(['{', '}'])),
    ("a name with more or emptier parts than names have", |raw| {
        raw.split(" and ").any(|it| {
            it.matches(',').count() > 1
                || it.trim_matches(' ').ends_with(',')
                || it.trim().starts_with(',')
        })
    }),
    ("letters without case, or with marks of their own", |raw| !raw.is_ascii()),
    ("a word that begins with no letter, which has the case of its first letter", |raw| {
        raw.split_whitespace().any(|word| !word.starts_with(char::is_alphabetic))
    }),
    ("a particle amid a family name, which stays whole (`Mies van der Rohe`)", |raw| {
        let family = |name: &str| name.split_once(',').map(|it| it.0.trim().to_owned());
        raw.split(" and ").filter_map(family).any(|family| {
            family.starts_with(char::is_uppercase)
                && family.split_whitespace().any(|word| word.starts_with(char::is_lowercase))
        })
    }),
];

/// Why a date is read otherwise.
const DATES: [Reason; 2] = [
    ("not a year, a month or a day in digits", |raw| {
        raw.trim().chars().any(|c| !c.is_ascii_digit() && c != '-')
    }),
    ("a number that is no year of four digits", |raw| {
        raw.trim().split('-').next().is_none_or(|year| year.len() != 4)
            || raw.trim().split('-').count() > 3
    }),
];

/// Whether the crate can be asked: it is ended by deep braces, circles and much else.
fn can_be_asked(text: &str) -> bool {
    let (mut depth, mut deepest) = (0_usize, 0);
    for byte in text.bytes() {
        depth = depth + usize::from(byte == b'{') - usize::from(byte == b'}' && depth > 0);
        deepest = deepest.max(depth);
    }
    text.len() < 16_000 && deepest < 30 && !text.contains('#') && !text.contains("month")
}

fn names(entry: &Entry, field: &str) -> String {
    let names = entry.names(field).names;
    let one = |it: &kilde::model::name::Name| {
        format!("{}|{}|{}|{}", it.particle, it.family, it.suffix, it.given)
    };
    names.iter().map(one).collect::<Vec<_>>().join(" & ")
}

/// Compares one entry as both read it.
fn compare(entry: &Entry, text: &str, tally: &mut Tally) {
    // Of a field that is there twice we take the first, as BibTeX does, the crate the last.
    let twice = |name: &str| entry.fields.iter().filter(|field| &*field.name == name).count() > 1;
    if ["title", "author", "date", "year"].iter().any(|name| twice(name)) {
        *tally.by_reason.entry("a field that is there twice".to_owned()).or_default() += 1;
        return;
    }
    let asked = catch_unwind(AssertUnwindSafe(|| {
        let read = Bibliography::parse(text).ok()?;
        let it = read.iter().next()?;
        let title = it.title().ok().map(|title| title.format_verbatim());
        let author = it.author().ok().map(|names| {
            let one = |it: &biblatex::Person| {
                format!("{}|{}|{}|{}", it.prefix, it.name, it.suffix, it.given_name)
            };
            names.iter().map(one).collect::<Vec<_>>().join(" & ")
        });
        let year = match it.date() {
            Ok(biblatex::PermissiveType::Typed(date)) => Some(match date.value {
                biblatex::DateValue::At(at)
                | biblatex::DateValue::After(at)
                | biblatex::DateValue::Before(at)
                | biblatex::DateValue::Between(at, _) => at.year.to_string(),
            }),
            _ => None,
        };
        Some((title, author, year))
    }));
    let Ok(Some((title, author, year))) = asked else {
        tally.refused += 1;
        return;
    };
    if let (Some(title), Some(raw)) = (title, entry.raw("title")) {
        tally.compare("title", raw, &entry.text("title").unwrap_or_default(), &title);
    }
    if let (Some(author), Some(raw)) = (author, entry.raw("author")) {
        tally.compare("name", raw, &names(entry, "author"), &author);
    }
    let raw = entry.raw("date").or_else(|| entry.raw("year"));
    if let (Some(year), Some(raw)) = (year, raw) {
        let ours = entry.year().map_or_else(String::new, |it| it.to_string());
        tally.compare("date", raw, &ours, &year);
    }
}

#[test]
fn where_the_biblatex_crate_reads_otherwise_the_reason_is_known() {
    let Some(zoo) = zoo::folder() else { return };
    let mut tally = Tally::default();
    let before = std::panic::take_hook();
    std::panic::set_hook(Box::new(|_| {}));
    for path in zoo::files(&zoo) {
        let bytes = std::fs::read(&path).unwrap();
        let (text, _) = encoding::decode(&bytes);
        // Of large files a part: the crate takes its time.
        let library = Library::new(vec![(path, text.into_owned().into())]);
        for entry in library.entries.iter().filter(|it| !it.is_broken).take(150) {
            let Ok(written) = std::str::from_utf8(library.written(entry)) else { continue };
            let inherits = entry.fields.iter().any(|field| field.from.is_some());
            let points = ["crossref", "xdata", "xref"].iter().any(|name| entry.has(name));
            if can_be_asked(written) && !inherits && !points {
                compare(entry, written, &mut tally);
            }
        }
    }
    std::panic::set_hook(before);
    println!("{} values alike, {} entries refused by the crate", tally.same, tally.refused);
    for (reason, count) in &tally.by_reason {
        println!("{count:>6} {reason}");
    }
    for text in tally.unexplained.iter().take(30) {
        println!("unexplained: {text}");
    }
    assert!(tally.unexplained.is_empty(), "{} differences unexplained", tally.unexplained.len());
}
