//! What is compared of an entry, folded once so that comparing is cheap.

use super::container::Container;
use super::pages::Pages;
use super::people::Person;
use super::title::Title;
use crate::model::Entry;
use crate::text::fold;

/// An entry as the comparison sees it.
#[derive(Debug, Clone, Default)]
pub struct Features {
    /// The citation key.
    pub key: String,
    /// What the entry describes.
    pub(super) kind: Kind,
    /// The title with its subtitle.
    pub(super) title: Title,
    /// Authors, else editors.
    pub(super) people: Vec<Person>,
    /// The year of publication.
    pub(super) year: Option<i32>,
    /// Journal or book.
    pub(super) container: Container,
    /// The title of the book a chapter stands in, without its journal-like words taken away.
    pub(super) volume: Option<String>,
    /// The pages, or the article number.
    pub(super) pages: Pages,
    /// `chapter`.
    pub(super) chapter: Option<String>,
    /// The edition as a number, or folded.
    pub(super) edition: Option<String>,
    /// The language of the work: one name for all of `langid`'s spellings.
    pub(super) language: Option<String>,
    /// DOI in lower case without a resolver before it.
    pub(super) doi: Option<String>,
    /// Digits of the first ISBN (as ISBN-13).
    pub(super) isbns: Vec<String>,
    /// PubMed's number.
    pub(super) pmid: Option<String>,
    /// arXiv number or another preprint's.
    pub(super) eprint: Option<String>,
    /// Address without protocol, `www.` and a slash at the end.
    pub(super) url: Option<String>,
    /// `institution`, `publisher` or `organization`, folded.
    pub(super) publisher: Option<String>,
    /// The number of a report or a standard, folded.
    pub(super) number: Option<String>,
    /// Keys that the entry names in `related`, `crossref` and `xref`, in lower case.
    pub(super) names: Vec<String>,
}

/// What an entry describes, as far as the comparison minds.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) enum Kind {
    /// An article in a journal.
    Article,
    /// A part of a book or of proceedings.
    Part,
    /// A book, a report, a thesis: a work of its own.
    Whole,
    /// A preprint.
    Preprint,
    /// Anything else.
    #[default]
    Other,
}

impl Features {
    /// Folds `entry`.
    pub fn of(entry: &Entry) -> Self {
        let folded =
            |name: &str| entry.text(name).map(|text| words(&text)).filter(|t| !t.is_empty());
        let kind = kind(entry);
        let container = ["journaltitle", "shortjournal", "booktitle", "eventtitle"]
            .iter()
            .find_map(|name| entry.text(name))
            .unwrap_or_default();
        let eprint = entry.text("eprint").map(|it| it.to_lowercase());
        Self {
            key: entry.key.clone(),
            kind,
            title: Title::new(&entry.title()),
            people: people(entry),
            year: entry.year(),
            container: Container::new(&container),
            volume: folded("volume"),
            pages: Pages::new(
                &entry.text("pages").or_else(|| entry.text("eid")).unwrap_or_default(),
            ),
            chapter: folded("chapter"),
            edition: folded("edition").map(|it| ordinal(&it)),
            language: entry
                .text("langid")
                .or_else(|| entry.text("language"))
                .and_then(|it| language(&it)),
            doi: entry.text("doi").and_then(|it| doi(&it)),
            isbns: isbns(&entry.text("isbn").unwrap_or_default()),
            pmid: entry
                .text("pmid")
                .or_else(|| eprint.clone().filter(|_| is_pubmed(entry)))
                .map(|it| it.chars().filter(char::is_ascii_digit).collect::<String>())
                .filter(|it| !it.is_empty()),
            eprint: eprint.filter(|_| !is_pubmed(entry)),
            url: entry.text("url").or_else(|| entry.text("fulltext")).map(|it| address(&it)),
            publisher: ["institution", "publisher", "organization"]
                .iter()
                .find_map(|name| folded(name)),
            number: folded("number"),
            names: ["related", "crossref", "xref"]
                .iter()
                .flat_map(|name| entry.list(name))
                .map(|key| key.to_lowercase())
                .collect(),
        }
    }
}

fn is_pubmed(entry: &Entry) -> bool {
    entry.text("eprinttype").is_some_and(|it| it.eq_ignore_ascii_case("pubmed"))
}

fn kind(entry: &Entry) -> Kind {
    match entry.entry_type.as_str() {
        "article" | "suppperiodical" if is_preprint(entry) => Kind::Preprint,
        "article" | "suppperiodical" => Kind::Article,
        "inbook" | "incollection" | "inproceedings" | "bookinbook" | "suppbook"
        | "suppcollection" | "inreference" => Kind::Part,
        "book" | "mvbook" | "collection" | "mvcollection" | "booklet" | "manual" | "report"
        | "thesis" | "proceedings" | "mvproceedings" | "reference" | "mvreference"
        | "periodical" => Kind::Whole,
        _ if is_preprint(entry) => Kind::Preprint,
        _ => Kind::Other,
    }
}

fn is_preprint(entry: &Entry) -> bool {
    let named = |name: &str| {
        entry.text(name).is_some_and(|text| {
            let text = fold::base(&text);
            ["arxiv", "biorxiv", "medrxiv", "psyarxiv", "socarxiv", "preprint", "ssrn", "osf"]
                .iter()
                .any(|word| text.contains(word))
        })
    };
    !entry.has("volume")
        && !entry.has("pages")
        && (["eprinttype", "journaltitle", "howpublished", "publisher", "type", "entrysubtype"]
            .iter()
            .any(|name| named(name)))
}

/// `text` folded to words with one blank between them; signs are blanks.
pub(super) fn words(text: &str) -> String {
    let base = fold::base(text);
    let mut out = String::with_capacity(base.len());
    for word in base.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()) {
        if !out.is_empty() {
            out.push(' ');
        }
        out.push_str(word);
    }
    out
}

/// The people behind an entry. Some programs put semicolons between names, which BibTeX takes for
/// one long name.
fn people(entry: &Entry) -> Vec<Person> {
    let creators = entry.creators();
    match (entry.raw("author"), creators.names.as_slice()) {
        (Some(raw), [_]) if raw.contains(';') && !raw.contains(['{', '&']) => {
            let names = crate::model::name::parse(&raw.replace(';', " and "));
            names.names.iter().map(Person::new).collect()
        }
        (_, names) => names.iter().map(Person::new).collect(),
    }
}

/// A DOI in lower case without what people put before it; `None` where it is none.
fn doi(text: &str) -> Option<String> {
    let lower = text.trim().to_lowercase();
    let from = lower.find("10.")?;
    let doi = lower.get(from..)?.trim_end_matches(['.', ',', ';', '/']);
    doi.contains('/').then(|| doi.replace("%2f", "/"))
}

/// The numbers of a book, ISBN-10 made 13 digits without the check digit.
fn isbns(text: &str) -> Vec<String> {
    text.split(|c: char| c == ',' || c == ';' || c.is_whitespace())
        .map(|part| part.chars().filter(|c| c.is_ascii_digit() || matches!(c, 'x' | 'X')).collect())
        .filter_map(|digits: String| match digits.len() {
            10 => Some(format!("978{}", digits.get(..9)?)),
            13 => digits.get(..12).map(str::to_owned),
            _ => None,
        })
        .collect()
}

fn address(url: &str) -> String {
    let lower = url.trim().to_lowercase();
    let rest = lower.split_once("://").map_or(lower.as_str(), |(_, rest)| rest);
    rest.trim_start_matches("www.").trim_end_matches('/').to_owned()
}

/// `2nd`, `second`, `2. utgave` and `annen` are `2`; what holds no number stays.
fn ordinal(text: &str) -> String {
    const WORDS: &[(&str, &str)] = &[
        ("first", "1"),
        ("forste", "1"),
        ("second", "2"),
        ("andre", "2"),
        ("annen", "2"),
        ("third", "3"),
        ("tredje", "3"),
        ("fourth", "4"),
        ("fjerde", "4"),
        ("fifth", "5"),
        ("femte", "5"),
        ("sixth", "6"),
        ("sjette", "6"),
        ("seventh", "7"),
        ("eighth", "8"),
    ];
    let digits: String =
        text.chars().skip_while(|c| !c.is_ascii_digit()).take_while(char::is_ascii_digit).collect();
    if !digits.is_empty() {
        return digits;
    }
    let first = text.split(' ').next().unwrap_or_default();
    WORDS.iter().find(|(word, _)| *word == first).map_or(text, |(_, number)| number).to_owned()
}

/// One name for each language whose editions are told apart; `None` for none.
fn language(text: &str) -> Option<String> {
    let word = fold::base(text.split([',', ';']).next()?.trim());
    let head = word.split(['-', '_']).next().unwrap_or_default();
    Some(match head {
        "norsk" | "norwegian" | "bokmal" | "nb" | "no" | "nob" => "nb".into(),
        "nynorsk" | "nn" | "nno" => "nn".into(),
        "english" | "american" | "british" | "usenglish" | "ukenglish" | "australian"
        | "canadian" | "newzealand" | "en" | "eng" | "engelsk" => "en".into(),
        "german" | "ngerman" | "austrian" | "naustrian" | "swissgerman" | "nswissgerman" | "de"
        | "ger" | "deu" | "tysk" => "de".into(),
        "swedish" | "sv" | "swe" | "svensk" => "sv".into(),
        "danish" | "da" | "dan" | "dansk" => "da".into(),
        "french" | "francais" | "canadien" | "acadian" | "fr" | "fre" | "fra" | "fransk" => {
            "fr".into()
        }
        "northernsami" | "samin" | "se" | "sme" | "samisk" | "nordsamisk" => "se".into(),
        "" => return None,
        other => other.to_owned(),
    })
}
