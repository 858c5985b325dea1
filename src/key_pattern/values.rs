//! Values of an entry by name: people, title, dates, pages, any field.

use super::people;
use super::titles::{capital, telling, words};
use super::{Dialect, letters};
use crate::model::Entry;

/// `auth3_1` is `auth` with 3 and 1; `authors2` is `authors` with 2.
pub(super) fn numbered(text: &str) -> (String, Vec<String>) {
    let lower = text.to_lowercase();
    if is_plain(&lower) {
        return (lower, Vec::new());
    }
    let stem = lower.trim_end_matches(|c: char| c.is_ascii_digit() || c == '_');
    let numbers = lower.get(stem.len()..).unwrap_or_default();
    let args = numbers.split('_').filter(|it| !it.is_empty()).map(str::to_owned).collect();
    if is_plain(stem) { (stem.to_owned(), args) } else { (lower, Vec::new()) }
}

/// Whether a pattern may name this value; any field may be named.
pub(super) fn is_known(dialect: Dialect, name: &str) -> bool {
    let lower = name.to_lowercase();
    // Fields are named as they are in the file: a word of letters.
    let is_field = !lower.is_empty() && lower.chars().all(|c| c.is_ascii_alphabetic() || c == '-');
    is_plain(&lower)
        || (dialect == Dialect::JabRef && is_field)
        || (is_field && FIELDS.contains(&lower.as_str()))
}

/// Fields that Better BibTeX's patterns can name without `field(…)`.
const FIELDS: &[&str] = &[
    "doi",
    "isbn",
    "issn",
    "volume",
    "issue",
    "number",
    "pages",
    "publisher",
    "place",
    "language",
    "edition",
    "series",
    "booktitle",
    "institution",
    "url",
    "archive",
    "section",
];

fn is_plain(name: &str) -> bool {
    people::is_known(&as_author(name).0) || NAMES.contains(&name)
}

const NAMES: &[&str] = &[
    "title",
    "fulltitle",
    "shorttitle",
    "veryshorttitle",
    "shorttitleini",
    "camel",
    "year",
    "shortyear",
    "origyear",
    "month",
    "day",
    "date",
    "origdate",
    "firstpage",
    "lastpage",
    "pageprefix",
    "keyword",
    "keywords",
    "entrytype",
    "type",
    "journal",
    "citationkey",
    "field",
    "extra",
    "postfix",
    "infix",
    "zero",
    "len",
    "library",
    "group",
];

/// `edtr…` and `editors…` are `auth…` of the editors.
fn as_author(name: &str) -> (String, bool) {
    if let Some(rest) = name.strip_prefix("edtr") {
        return (format!("auth{rest}"), true);
    }
    if let Some(rest) = name.strip_prefix("editors").or_else(|| name.strip_prefix("editor")) {
        return (format!("authors{rest}"), true);
    }
    (name.to_owned(), false)
}

/// The value `name` of `entry`; `None` where a condition (`type(…)`) does not hold.
pub(super) fn value(
    dialect: Dialect,
    entry: &Entry,
    name: &str,
    args: &[String],
) -> Option<String> {
    let numbers: Vec<usize> =
        args.iter().map(|it| it.rsplit('=').next().unwrap_or(it).parse().unwrap_or(0)).collect();
    let text = |field: &str| entry.text(field).unwrap_or_default();
    let (person, editors) = as_author(name);
    if people::is_known(&person) {
        let names = match (editors, dialect) {
            (true, _) => entry.names("editor"),
            // JabRef takes the editors where there are no authors; `pureauth` does not.
            _ if name == "pureauth" => entry.names("author"),
            _ => entry.creators(),
        };
        return people::value(&person, &names, &numbers);
    }
    let title = entry.text("title").unwrap_or_default();
    let some = |most: usize, capitals: usize, list: Vec<String>| -> String {
        let plain = dialect == Dialect::BetterBibTeX;
        list.iter()
            .take(most)
            .enumerate()
            .map(|(at, word)| {
                if !plain {
                    word.clone()
                } else if at < capitals {
                    capital(word)
                } else {
                    word.to_lowercase()
                }
            })
            .collect()
    };
    let number = |at: usize, or: usize| numbers.get(at).copied().unwrap_or(or);
    Some(match name {
        "title" => telling(&title).iter().map(|word| capital(word)).collect(),
        "fulltitle" => words(&title).concat(),
        "camel" => {
            let most = number(0, usize::MAX);
            words(&title).iter().take(most).map(|word| capital(word)).collect()
        }
        "shorttitle" => some(number(0, 3), number(1, 0), telling(&title)),
        "veryshorttitle" => some(number(0, 1), number(1, 0), telling(&title)),
        "shorttitleini" => {
            telling(&title).iter().take(3).filter_map(|word| word.chars().next()).collect()
        }
        "year" => entry.year().map(|year| year.to_string()).unwrap_or_default(),
        "shortyear" => {
            let year = entry.year().map(|year| year.to_string()).unwrap_or_default();
            year.get(year.len().saturating_sub(2)..).unwrap_or_default().to_owned()
        }
        "origyear" => {
            let date = entry.date("origdate").or_else(|| entry.date("date"));
            date.and_then(|it| it.year()).map(|year| year.to_string()).unwrap_or_default()
        }
        "date" | "origdate" => date(entry, name, args.first().map_or("%Y-%m-%d", String::as_str)),
        "month" => date(entry, "date", "%m"),
        "day" => date(entry, "date", "%d"),
        "firstpage" => {
            pages(&text("pages")).into_iter().min().map(|it| it.to_string()).unwrap_or_default()
        }
        "lastpage" => {
            pages(&text("pages")).into_iter().max().map(|it| it.to_string()).unwrap_or_default()
        }
        "pageprefix" => text("pages")
            .chars()
            .take_while(|c| !c.is_ascii_digit())
            .filter(|c| c.is_alphabetic())
            .collect(),
        "keyword" => {
            entry.list("keywords").get(number(0, 1).max(1) - 1).cloned().unwrap_or_default()
        }
        "keywords" => entry
            .list("keywords")
            .iter()
            .take(number(0, usize::MAX))
            .map(|it| it.replace(' ', ""))
            .collect(),
        "entrytype" => entry.entry_type.clone(),
        "type" if args.is_empty() => entry.entry_type.clone(),
        // A condition: the alternative holds for these types only.
        "type" => {
            return args
                .iter()
                .any(|it| it.eq_ignore_ascii_case(&entry.entry_type))
                .then(String::new);
        }
        "journal" => text("shortjournal")
            .is_empty()
            .then(|| text("journaltitle"))
            .unwrap_or_else(|| text("shortjournal")),
        "citationkey" => entry.key.clone(),
        "field" => text(&args.first().map(|it| crate::model::alias::field(it)).unwrap_or_default()),
        "extra" => text("note"),
        // `postfix` says how keys are told apart (`told_apart`); the others say nothing of an entry.
        "postfix" | "infix" | "zero" | "len" | "library" | "group" => String::new(),
        other => {
            letters::ascii(&text(&crate::model::alias::field(other)), dialect == Dialect::JabRef)
        }
    })
}

fn pages(text: &str) -> Vec<u32> {
    text.split(|c: char| !c.is_ascii_digit()).filter_map(|it| it.parse().ok()).collect()
}

/// A date by Better BibTeX's format: `%Y`, `%y`, `%m`, `%d`; what is not known falls away with the
/// sign before it.
fn date(entry: &Entry, name: &str, format: &str) -> String {
    let field = if name == "origdate" { "origdate" } else { "date" };
    let Some(point) = entry.date(field).and_then(|it| it.start) else { return String::new() };
    let mut out = String::new();
    let mut sign = String::new();
    let mut chars = format.chars();
    while let Some(c) = chars.next() {
        if c != '%' {
            sign.push(c);
            continue;
        }
        let part = match chars.next() {
            Some('Y') => Some(point.year.to_string()),
            Some('y') => Some(format!("{:02}", point.year.rem_euclid(100))),
            Some('m') => point.month.map(|month| format!("{month:02}")),
            Some('d') => point.day.map(|day| format!("{day:02}")),
            _ => None,
        };
        if let Some(part) = part {
            out.push_str(&std::mem::take(&mut sign));
            out.push_str(&part);
        }
        sign.clear();
    }
    out
}
