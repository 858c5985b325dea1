//! Items from entries: BibLaTeX's data model as CSL's, by the table in `model::csl`.

mod date;
mod markup;
mod names;
mod sentence_case;
mod titles;

use super::item::Item;
use super::item::Variable;
use crate::model::csl::{self, Kind, Rule};
use crate::model::name::split_list;
use crate::model::{Entry, Library};
use crate::text::tex;

/// The item that an entry is, for a list in the language of this tag (`nb-NO`): BibLaTeX's words
/// for types of theses and states of publication are said in that language. `library` is asked for
/// the works an entry is related to (`related`); [`Library::default`] has none. Never fails: what
/// CSL has no place for is left out.
pub fn item(entry: &Entry, library: &Library, locale: &str) -> Item {
    let subtype = entry.text("entrysubtype").map(|it| it.to_lowercase());
    let mut item = Item::new(&entry.key, csl::item_type(&entry.entry_type, subtype.as_deref()));
    item.set_text("citation-key", entry.key.as_str());
    if let Some(tag) = language(entry) {
        item.set_text("language", tag);
    }
    for rule in csl::rules(&entry.entry_type) {
        carry(rule, entry, locale, &mut item);
    }
    titles::main_title(entry, &mut item);
    if !item.has(Variable::TITLE_SHORT) {
        item.set_text("title-short", titles::short(entry));
    }
    names::roles(entry, &mut item);
    eprint(entry, &mut item);
    if entry.entry_type == "unpublished" && (entry.has("eventtitle") || entry.has("venue")) {
        item.kind = "speech".into();
    }
    related(entry, library, &mut item);
    item
}

/// The tag of the language of an entry: `langid`, else the first of `language`.
pub fn language(entry: &Entry) -> Option<String> {
    let named = entry.text("langid").and_then(|name| csl::language_tag(&name));
    named.or_else(|| entry.list("language").first().and_then(|name| csl::language_tag(name)))
}

fn carry(rule: &Rule, entry: &Entry, locale: &str, item: &mut Item) {
    if Variable::named(&rule.csl).is_none_or(|variable| item.has(variable)) {
        return;
    }
    match rule.kind {
        // Editors come with their roles.
        Kind::Names if rule.csl == "editor" => {}
        Kind::Names => {
            let all = rule.from.iter().flat_map(|field| names::read(entry, field)).collect();
            item.set_names(&rule.csl, all);
        }
        Kind::Date => {
            if let Some(date) = rule.from.iter().find_map(|field| date::read(entry, field)) {
                item.set_date(&rule.csl, date);
            }
        }
        _ => {
            // What the entry says itself goes before what it inherits: a chapter's own address
            // before its book's.
            let inherited =
                |field: &&String| entry.field(field).is_some_and(|it| it.from.is_some());
            let (last, first): (Vec<_>, Vec<_>) =
                rule.from.iter().partition(|field| !rule.join && inherited(field));
            let fields = first.into_iter().chain(last);
            let texts = fields.map(|field| text(rule, field, entry, locale));
            let mut texts = texts.filter(|text| !text.is_empty());
            let text = if rule.join {
                texts.collect::<Vec<_>>().join("; ")
            } else {
                texts.next().unwrap_or_default()
            };
            item.set_text(&rule.csl, text);
        }
    }
}

fn text(rule: &Rule, field: &str, entry: &Entry, locale: &str) -> String {
    let Some(raw) = entry.raw(field) else { return String::new() };
    match rule.kind {
        // `newseries` and `oldseries` are words of BibLaTeX's.
        Kind::Title if field == "series" && csl::word(raw, locale).is_some() => {
            csl::word(raw, locale).unwrap_or_default().to_owned()
        }
        Kind::Title => titles::joined(entry, field, &rule.with, true),
        Kind::Text if rule.csl == "edition" => edition(&tex::to_unicode(raw)),
        Kind::Text => titles::joined(entry, field, &rule.with, false),
        Kind::Verbatim if field == "doi" => bare_doi(&untexed(raw)).to_owned(),
        Kind::Verbatim if rule.csl == "URL" => untexed(raw).replace(' ', "%20"),
        Kind::Verbatim => raw.trim().to_owned(),
        Kind::List => {
            let parts = split_list(raw).into_iter().map(str::trim);
            let parts = parts.filter(|part| !part.is_empty() && *part != "others");
            parts.map(|part| markup::from_tex(part, false)).collect::<Vec<_>>().join("; ")
        }
        Kind::Pages => markup::from_tex(raw, false).replace(['–', '—'], "-"),
        Kind::Keywords => entry.list(field).join(", "),
        Kind::Word => {
            let text = markup::from_tex(raw, false);
            csl::word(&text, locale).map_or(text, str::to_owned)
        }
        Kind::Names | Kind::Date => String::new(),
    }
}

/// An address without the TeX that old files write in it: no address has a backslash.
fn untexed(raw: &str) -> String {
    let raw = raw.trim();
    let raw = raw.strip_prefix("\\url{").and_then(|it| it.strip_suffix('}')).unwrap_or(raw);
    if !raw.contains(['\\', '$']) {
        return raw.to_owned();
    }
    let mut out = raw.to_owned();
    for (tex, plain) in [
        ("{\\textasciitilde}", "~"),
        ("\\textasciitilde{}", "~"),
        ("{\\~{}}", "~"),
        ("{\\~}", "~"),
        ("\\~{}", "~"),
        ("\\~", "~"),
        ("$\\sim$", "~"),
        ("{\\_}", "_"),
        ("\\_", "_"),
        ("\\%", "%"),
        ("\\&", "&"),
        ("\\#", "#"),
        ("\\$", "$"),
        ("\\textunderscore{}", "_"),
        ("\\-", "-"),
        ("\\/", ""),
    ] {
        out = out.replace(tex, plain);
    }
    out
}

/// A DOI without the address or the word in front of it.
fn bare_doi(raw: &str) -> &str {
    let raw = raw.trim();
    match raw.find("10.") {
        Some(at) if raw[..at].contains("doi") => &raw[at..],
        _ => raw,
    }
}

/// An edition as a number where it is one: `2nd ed.`, `3. utg.`, `Second`.
fn edition(text: &str) -> String {
    const NAMED: [&str; 10] = [
        "first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth",
        "tenth",
    ];
    let lower = text.to_lowercase();
    let lower = lower.trim();
    let word =
        lower.strip_suffix("edition").or_else(|| lower.strip_suffix("ed.")).unwrap_or(lower).trim();
    if let Some(at) = NAMED.iter().position(|it| *it == word) {
        return (at + 1).to_string();
    }
    let digits = lower.bytes().take_while(u8::is_ascii_digit).count();
    let rest = lower[digits..].trim_start_matches(['.', ' ']).trim_end_matches('.').trim();
    let is_word = matches!(
        rest,
        "" | "st"
            | "nd"
            | "rd"
            | "th"
            | "ed"
            | "edition"
            | "st ed"
            | "nd ed"
            | "rd ed"
            | "th ed"
            | "st edition"
            | "nd edition"
            | "rd edition"
            | "th edition"
            | "utg"
            | "utgave"
            | "utgåve"
            | "uppl"
            | "udg"
            | "aufl"
            | "auflage"
            | "painos"
    );
    if digits > 0 && is_word { lower[..digits].to_owned() } else { text.to_owned() }
}

/// Archives of preprints and papers (BibLaTeX manual 3.14.7): an address, an identifier, a place.
fn eprint(entry: &Entry, item: &mut Item) {
    let (id, archive) = match (entry.text("eprint"), entry.text("pmid")) {
        (Some(id), _) => (id, entry.text("eprinttype").unwrap_or_default()),
        (None, Some(id)) => (id, "pubmed".to_owned()),
        (None, None) => return,
    };
    let address = match archive.to_lowercase().as_str() {
        "arxiv" => {
            let bare = id.trim_start_matches("arXiv:").trim_start_matches("arxiv:").to_owned();
            preprint(item, "arXiv", &format!("arXiv:{bare}"));
            format!("https://arxiv.org/abs/{bare}")
        }
        "jstor" => format!("https://www.jstor.org/stable/{id}"),
        "pubmed" | "pmid" => {
            item.set_text("PMID", id.as_str());
            format!("https://pubmed.ncbi.nlm.nih.gov/{id}/")
        }
        "pmc" | "pmcid" | "pubmedcentral" => {
            item.set_text("PMCID", id.as_str());
            format!("https://www.ncbi.nlm.nih.gov/pmc/articles/{id}/")
        }
        "hdl" | "handle" => format!("https://hdl.handle.net/{id}"),
        "googlebooks" => format!("https://books.google.com/books?id={id}"),
        "doi" => {
            item.set_text("DOI", bare_doi(&id));
            return;
        }
        "" => return,
        _ => {
            preprint(item, &archive, &id);
            return;
        }
    };
    if !item.has(Variable::URL) {
        item.set_text("URL", address);
    }
}

/// A work that stands in an archive and nowhere else is a preprint, CSL's `article`.
fn preprint(item: &mut Item, archive: &str, number: &str) {
    let lone = matches!(item.kind.as_str(), "webpage" | "document" | "manuscript" | "article");
    let placed = item.has(Variable::PUBLISHER) || item.has(Variable::CONTAINER_TITLE);
    if lone && !placed {
        item.kind = "article".into();
        item.set_text("publisher", archive);
        item.set_text("number", number);
    } else {
        item.set_text("archive", archive);
        item.set_text("archive_location", number);
    }
}

/// What `related` tells of the work that this one translates, reprints or reviews.
fn related(entry: &Entry, library: &Library, item: &mut Item) {
    let role = entry.text("relatedtype").unwrap_or_default().to_lowercase();
    let keys = entry.list("related");
    let Some(other) = keys.first().and_then(|key| library.by_key(key)) else { return };
    match role.as_str() {
        "translationof" | "translationfrom" | "reprintof" | "reprintfrom" | "origpubin"
        | "origpubas" => {
            let fill = |item: &mut Item, name: &str, text: String| {
                if Variable::named(name).is_some_and(|variable| !item.has(variable)) {
                    item.set_text(name, text);
                }
            };
            if role.starts_with("translation") {
                let with = ["subtitle".to_owned()];
                let title = titles::joined(other, "title", &with, true);
                if item.text(Variable::TITLE).is_none_or(|own| !own.starts_with(&title)) {
                    fill(item, "original-title", title);
                }
            }
            let date = date::read(other, "date");
            if let Some(date) = date.filter(|it| Some(it) != item.date(Variable::ISSUED))
                && !entry.has("origdate")
            {
                item.set_date("original-date", date);
            }
        }
        "reviewof" => {
            item.kind = "review".into();
            let with = ["subtitle".to_owned()];
            item.set_text("reviewed-title", titles::joined(other, "title", &with, true));
            item.set_names("reviewed-author", names::read(other, "author"));
        }
        _ => {}
    }
}

#[cfg(test)]
mod tests;
