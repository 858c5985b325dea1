//! A work as the overview shows it: what its entry says, where it is filed, what it hangs together
//! with.

use super::link;
use crate::model::Entry;
use crate::text::collate;
use serde::Serialize;

/// A work of the overview.
#[derive(Debug, Clone, Default)]
pub struct Work {
    /// What may be seen of its entry.
    pub entry: Entry,
    /// Its name in addresses.
    pub slug: String,
    /// Tells whether what its entry says has changed.
    pub hash: String,
    /// The type under which it is listed: the entry type, for theses the kind of thesis.
    pub kind: String,
    /// The language it is written in, as a BCP 47 tag; `None` where the entry does not say.
    pub tongue: Option<String>,
    /// Title and subtitle; empty for an untitled work.
    pub title: String,
    /// Whom it is filed under, in short.
    pub creators: String,
    /// The year, where there is one.
    pub year: Option<i32>,
    /// Its place in the alphabet, as bytes to be compared.
    pub order: Vec<u8>,
    /// The letter it is listed under; `#` for what begins with no letter.
    pub letter: String,
    /// What it is about.
    pub topics: Vec<Topic>,
    /// Where it belongs.
    pub projects: Vec<String>,
    /// Where it can be read.
    pub links: Vec<Link>,
    /// What it hangs together with in the overview.
    pub relations: Vec<Relation>,
}

/// What a work is about, named in each language of the pages.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Topic {
    /// Its name in addresses.
    pub slug: String,
    /// Its names: bokmål, nynorsk, English.
    pub names: [String; 3],
}

/// A way to the work itself.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Link {
    /// `fulltext`, `summary`, `doi` or `url`.
    pub kind: &'static str,
    /// The address, fit for a page.
    pub address: String,
    /// `pdf` and the like, where the address says so.
    pub file: Option<&'static str>,
}

/// How a work hangs together with another of the overview.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Relation {
    /// `in`, `part`, `related`, or BibLaTeX's `relatedtype`; with `-of` where the other names this.
    pub kind: String,
    /// The entry's own words for it (`relatedstring`).
    pub said: Option<String>,
    /// The other work's number in the overview.
    pub other: usize,
}

impl Work {
    /// The work that `entry` describes; `entry` holds only what may be seen.
    pub fn new(entry: Entry, slug: String, tongue: Option<String>, topics: Vec<Topic>) -> Self {
        let filed = entry.filed_under();
        Self {
            hash: hash(&entry),
            kind: kind(&entry),
            title: entry.title(),
            creators: entry.short_creators(),
            year: entry.year(),
            order: collate::sort_key(&filed),
            letter: letter(&filed),
            projects: entry.list("project"),
            links: links(&entry),
            relations: Vec::new(),
            slug,
            tongue,
            topics,
            entry,
        }
    }

    /// Whether the whole text can be read somewhere.
    pub fn has_full_text(&self) -> bool {
        self.links.iter().any(|link| link.kind == "fulltext")
    }
}

fn hash(entry: &Entry) -> String {
    let mut hasher = blake3::Hasher::new();
    let mut put = |text: &str| {
        hasher.update(&text.len().to_le_bytes());
        hasher.update(text.as_bytes());
    };
    put(&entry.key);
    put(&entry.entry_type);
    for field in &entry.fields {
        put(&field.name);
        put(&field.raw);
    }
    hasher.finalize().to_hex()[..24].to_owned()
}

fn kind(entry: &Entry) -> String {
    let thesis = |text: &str| {
        let text = text.to_lowercase();
        if text == "phdthesis" || text.contains("dokto") || text.contains("phd") {
            "phdthesis"
        } else if text == "mathesis" || text.contains("master") {
            "mathesis"
        } else {
            "thesis"
        }
    };
    match entry.entry_type.as_str() {
        "thesis" => thesis(&entry.text("type").unwrap_or_default()).to_owned(),
        "mvbook" => "book".to_owned(),
        "mvcollection" => "collection".to_owned(),
        "mvproceedings" => "proceedings".to_owned(),
        other => super::slug::slug(other),
    }
}

/// The letter of the Norwegian alphabet under which `filed` is looked for.
fn letter(filed: &str) -> String {
    let mut letters = filed.chars().skip_while(|c| !c.is_alphanumeric());
    let Some(first) = letters.next() else { return "#".to_owned() };
    if !first.is_alphabetic() {
        return "#".to_owned();
    }
    let second = letters.next().map(|c| c.to_lowercase().to_string());
    let upper: String = first.to_uppercase().take(1).collect();
    match upper.as_str() {
        "A" if second.as_deref() == Some("a") => "Å".to_owned(),
        "Å" | "Æ" | "Ø" => upper,
        "Ä" => "Æ".to_owned(),
        "Ö" | "Ő" => "Ø".to_owned(),
        "Ü" => "Y".to_owned(),
        _ => {
            let base: String = crate::text::fold::base(&upper).to_uppercase();
            base.chars().next().map_or("#".to_owned(), |c| c.to_string())
        }
    }
}

fn links(entry: &Entry) -> Vec<Link> {
    let mut out: Vec<Link> = Vec::new();
    let doi = entry.text("doi").and_then(|doi| link::doi(&doi));
    let field = |name: &str| entry.text(name).and_then(|it| link::web(&it));
    let found = [
        ("fulltext", field("fulltext")),
        ("summary", field("summary")),
        ("doi", doi),
        ("url", field("url")),
    ];
    for (kind, address) in found {
        let Some(address) = address else { continue };
        if !out.iter().any(|link| link.address == address) {
            out.push(Link { kind, file: link::file_kind(&address), address });
        }
    }
    out
}

/// Finds what hangs together with what: chapters and their books, editions, and what `related` says.
/// `position` gives the number of the work with a citation key.
pub fn relate(works: &mut [Work], position: impl Fn(&str) -> Option<usize>) {
    let mut found: Vec<(usize, Relation)> = Vec::new();
    for (at, work) in works.iter().enumerate() {
        let mut both = |kind: &str, said: Option<String>, other: usize| {
            if other != at {
                let back = if kind == "in" { "part".to_owned() } else { format!("{kind}-of") };
                found.push((at, Relation { kind: kind.to_owned(), said, other }));
                found.push((other, Relation { kind: back, said: None, other: at }));
            }
        };
        for field in ["crossref", "xref"] {
            if let Some(other) = work.entry.text(field).and_then(|key| position(&key)) {
                both("in", None, other);
            }
        }
        let kind = work.entry.text("relatedtype").unwrap_or_else(|| "related".to_owned());
        let said = work.entry.text("relatedstring");
        for other in work.entry.list("related").iter().filter_map(|key| position(key)) {
            both(&kind, said.clone(), other);
        }
    }
    for (at, relation) in found {
        let relations = &mut works[at].relations;
        if !relations.iter().any(|it| it.other == relation.other && it.kind == relation.kind) {
            relations.push(relation);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn letters_are_those_of_the_norwegian_alphabet() {
        let found =
            ["Aasen", "ærlig", "Öberg", "«Zoe", "Élan", "1984", "?", "Łuk", "Жук"].map(letter);
        assert_eq!(found, ["Å", "Æ", "Ø", "Z", "E", "#", "#", "L", "Ж"]);
    }

    #[test]
    fn a_book_knows_its_chapters_and_an_edition_its_original() {
        let entries = crate::model::Library::new(vec![(
            "a.bib".into(),
            b"@book{b, title={B}} @inbook{c, crossref={b}, title={C}}
              @book{t, related={b}, relatedtype={translationof}}"
                .as_slice()
                .into(),
        )])
        .entries;
        let keys: Vec<String> = entries.iter().map(|it| it.key.clone()).collect();
        let mut works: Vec<Work> = entries
            .into_iter()
            .map(|entry| Work::new(entry.clone(), entry.key.clone(), None, Vec::new()))
            .collect();
        relate(&mut works, |key| keys.iter().position(|it| it == key));
        let kinds = |at: usize| -> Vec<String> {
            works[at].relations.iter().map(|it| format!("{} {}", it.kind, it.other)).collect()
        };
        assert_eq!(kinds(0), ["part 1", "translationof-of 2"]);
        assert_eq!(kinds(1), ["in 0"]);
        assert_eq!(kinds(2), ["translationof 0"]);
    }
}
