//! RIS, in the dialects of Reference Manager, EndNote, Zotero, Ovid, Web of Science, Scopus, EBSCO,
//! Embase, Cochrane and Oria.

use super::record::{Field, Record, Unknown, Value};
use super::tagged::{Block, Blocks, Style};
use super::{Item, Records, Unreadable, aside, date, identifier, person, table};
use crate::model::date::parse;
use crate::text::said::Said;
use std::fmt::Write as _;
use std::io::BufRead;

/// The records of an RIS text.
pub(super) fn read<'a>(input: Box<dyn BufRead + 'a>) -> Records<'a> {
    super::blocks(Blocks::new(input, Style::Ris), |block| {
        if block.is_begun {
            Item::Record(record(block))
        } else {
            Item::Unreadable(Unreadable::of_block(block, Style::Ris, "import.ris.no-type"))
        }
    })
}

/// What is put together from several tags.
#[derive(Default)]
struct Parts<'a> {
    dates: Vec<(&'a str, &'a str, usize)>,
    first_page: &'a str,
    last_page: &'a str,
}

fn record(block: &Block) -> Record {
    let table = table::ris();
    let mut record = Record { line: block.line, ..Record::new("misc") };
    let mut parts = Parts::default();
    let mut asides = Vec::new();
    if let Some(foreign) = block.first("TY")
        && !table.entry_type(foreign.trim().to_uppercase().as_str(), &mut record)
    {
        record.not_understood(block.line, "import.unknown-type", foreign);
    }
    // What is of no kind and stands in a volume of something is an article.
    if record.entry_type == "misc" && block.first("VL").is_some() && block.first("T2").is_some() {
        record.entry_type = "article".into();
    }
    for (tag, value, line) in block.parts() {
        if value.trim().is_empty() {
            continue;
        }
        match tag {
            "TY" => {}
            "ID" => record.take_key(value),
            "PY" | "Y1" | "YR" | "DA" => parts.dates.push((tag, value, line)),
            "SP" => parts.first_page = value,
            "EP" => parts.last_page = value,
            "U1" | "U2" | "U3" | "U4" | "U5" if aside::read(value).is_some() => {
                asides.extend(aside::read(value));
            }
            "SN" => numbers(&mut record, value),
            "TI" | "T1" | "T2" if value.ends_with('.') => {
                if let Some(field) = table.field(tag, &record.entry_type.clone()) {
                    record.add(field, without_point(value));
                }
            }
            "C2" if value.bytes().all(|byte| byte.is_ascii_digit()) => record.add("pmid", value),
            "KW" => {
                for word in value.split('\n') {
                    record.add("keywords", word.trim_start_matches('*'));
                }
            }
            "UR" | "US" | "L2" | "L1" | "LK" => links(&mut record, tag, value),
            "LA" => super::language::add(&mut record, value),
            // Databases say here that an article is an article.
            "M3" if record.entry_type == "article" && kinds(value) => {}
            "M3" => record.add("type", table::read_term(value)),
            "N1" | "M2" => notes(&mut record, value),
            _ => match table.field(tag, &record.entry_type.clone()) {
                Some(field) => record.add(field, value),
                None => {
                    record.annotate(tag, value);
                    let said = Said::new("import.unknown-tag").with("tag", tag);
                    record.unknown.push(Unknown { line, said });
                }
            },
        }
    }
    dates(&mut record, &parts);
    pages(&mut record, &parts);
    if record.text("accession").is_some_and(|id| id.starts_with("WOS:")) {
        super::wos::quieten(&mut record);
    }
    for field in asides {
        aside::put(&mut record, field);
    }
    super::note_cut(&mut record, block);
    record
}

/// Whether an article of this kind is an article and nothing else.
fn kinds(value: &str) -> bool {
    matches!(
        value.trim().to_lowercase().as_str(),
        "article" | "journal article" | "review" | "article in press" | "editorial" | "note"
    )
}

/// A title without the point that some databases put behind each; an abbreviation keeps its own.
fn without_point(title: &str) -> &str {
    let Some(before) = title.trim_end().strip_suffix('.') else { return title };
    let word = before.rsplit([' ', '.', '-']).next().unwrap_or_default();
    let is_word = word.chars().count() > 3 || word.ends_with(')');
    if is_word && !before.ends_with('.') { before } else { title }
}

/// The most exact of the dates; the year of `PY` (or `Y1`) decides where they differ.
fn dates(record: &mut Record, parts: &Parts<'_>) {
    let read: Vec<(&str, String)> = parts
        .dates
        .iter()
        .filter_map(|(tag, value, _)| date::read(value).map(|date| (*tag, date)))
        .collect();
    let year = |text: &str| parse(text).and_then(|date| date.year());
    let Some(main) = read.iter().find(|(tag, _)| *tag != "DA").or(read.first()) else {
        for (_, value, _) in &parts.dates {
            record.add("date", value);
        }
        return;
    };
    let best = read
        .iter()
        .filter(|(_, date)| year(date) == year(&main.1))
        .max_by_key(|(tag, date)| (date.len(), *tag == main.0));
    if let Some((_, date)) = best {
        record.set("date", Value::Text(date.clone()));
    }
    if let Some((_, other)) = read.iter().find(|(_, date)| year(date) != year(&main.1)) {
        record.annotate("DA", other);
    }
}

fn pages(record: &mut Record, parts: &Parts<'_>) {
    let (first, last) = (parts.first_page.trim(), parts.last_page.trim());
    let field = table::ris().field("SP", &record.entry_type.clone()).unwrap_or("pages");
    if field == "pagetotal" && last.is_empty() {
        let digits = first.trim_end_matches([' ', 'p', 's', '.']);
        if !digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_digit()) {
            record.add("pagetotal", digits);
            return;
        }
    }
    match (first, last) {
        // PsycInfo has no numbers.
        ("No", "Pagination Specified") => {}
        // Web of Science: and further.
        (first, "+") => record.add("pages", first),
        ("", last) => record.add("pages", last),
        (first, "") => record.add("pages", &date::full_pages(first)),
        (first, last) if first == last || first.contains(['-', '–']) => {
            record.add("pages", first);
        }
        (first, last) => record.add("pages", &format!("{first}–{last}")),
    }
}

/// `SN` holds ISSNs and ISBNs, several at a time, with remarks.
pub(super) fn numbers(record: &mut Record, value: &str) {
    let is_issn = |text: &str| {
        let digits: Vec<char> = text.chars().filter(char::is_ascii_alphanumeric).collect();
        digits.len() == 8 && digits[..7].iter().all(char::is_ascii_digit)
    };
    for part in value.split(['\n', ';']).map(str::trim).filter(|part| !part.is_empty()) {
        let bare = identifier::tidy("issn", part);
        let known = ["issn", "eissn", "isbn"].iter().filter_map(|name| record.text(name));
        if known.into_iter().any(|it| it == bare) {
            continue;
        }
        let table = table::ris().field("SN", &record.entry_type.clone()).unwrap_or("isbn");
        // Zotero and JabRef put the number of a report here.
        if matches!(&*record.entry_type, "report" | "thesis" | "misc" | "standard")
            && !is_issn(&bare)
            && identifier::isbn(&bare).is_none()
            && record.field("number").is_none()
        {
            record.add("number", part);
            continue;
        }
        let field = if is_issn(&bare) { "issn" } else { table };
        match (field, record.field(field).is_some()) {
            ("issn", true) => record.add("eissn", &bare),
            _ => record.add(field, &bare),
        }
    }
}

fn links(record: &mut Record, tag: &str, value: &str) {
    for link in value.split('\n').map(str::trim) {
        // A link into the database is no full text.
        if link.contains("embase.com/") {
            record.annotate(tag, link);
            continue;
        }
        let field = match tag {
            "L1" => "file",
            "L2" => "fulltext",
            _ => "url",
        };
        // A link to the DOI is the DOI.
        let is_doi = field == "url" && link.contains("doi.org/");
        match identifier::doi(link).filter(|_| is_doi) {
            Some(doi) if record.text("doi").is_none_or(|known| known.eq_ignore_ascii_case(doi)) => {
                if record.field("doi").is_none() {
                    record.add("doi", doi);
                }
            }
            _ => record.add(field, link),
        }
    }
}

/// Scopus and others write counts and dates of their own among the notes.
fn notes(record: &mut Record, value: &str) {
    const MACHINE: &[&str] = &[
        "Cited By",
        "Cited Reference Count",
        "CODEN:",
        "Correspondence Address",
        "Export Date",
        "PMID:",
        "Times Cited",
        "Total Times Cited",
    ];
    // Zotero keeps notes as web pages.
    let value = if value.trim_start().starts_with('<') { page(value) } else { value.to_owned() };
    for line in value.split('\n').map(str::trim) {
        match line.strip_prefix("PMID:") {
            Some(pmid) => record.add("pmid", pmid),
            None if MACHINE.iter().any(|it| line.starts_with(it)) => {
                record.add("annotation", line);
            }
            None => record.add("note", line),
        }
    }
}

/// The text of a piece of a web page, its paragraphs on lines of their own.
fn page(html: &str) -> String {
    let mut text = html.to_owned();
    for end in ["</p>", "<br/>", "<br />", "<br>", "</div>", "</li>"] {
        text = text.replace(end, "\n");
    }
    let mut out = String::new();
    let mut rest = text.as_str();
    while let Some((before, tag)) = rest.split_once('<') {
        out.push_str(before);
        match tag.split_once('>') {
            Some((_, after)) => rest = after,
            None => {
                out.push('<');
                rest = tag;
            }
        }
    }
    out.push_str(rest);
    for (entity, sign) in [
        ("&nbsp;", " "),
        ("&lt;", "<"),
        ("&gt;", ">"),
        ("&quot;", "\""),
        ("&#39;", "'"),
        ("&amp;", "&"),
    ] {
        out = out.replace(entity, sign);
    }
    out
}

/// Writes one record; `asides` are written whole where only kilde reads them.
pub(super) fn write(record: &Record, asides: &[&Field], out: &mut String) {
    let table = table::ris();
    line(out, "TY", table.foreign_type(record));
    if !record.key.is_empty() {
        line(out, "ID", &record.key);
    }
    for (tag, name) in table.written(&record.entry_type) {
        let Some(field) = record.field(name) else { continue };
        match (&field.value, tag) {
            (Value::Names(names), _) => {
                for one in &names.names {
                    line(out, tag, &person::write_marked(one));
                }
                if names.others {
                    line(out, tag, "et al.");
                }
            }
            (_, "PY") => {
                let Some(date) = record.text("date").and_then(|text| parse(&text)) else {
                    continue;
                };
                let Some(start) = date.start else { continue };
                line(out, "PY", &format!("{:04}", start.year));
                if let Some(month) = start.month {
                    let day = start.day.map(|day| format!("{day:02}")).unwrap_or_default();
                    let text = match date::season_name(month) {
                        Some(season) => format!("{:04}///{season}", start.year),
                        None => format!("{:04}/{month:02}/{day}/", start.year),
                    };
                    line(out, "DA", &text);
                }
            }
            (Value::Text(text), "SP") if name == "pages" => {
                let pages = text.split_once('–').filter(|(first, last)| {
                    !first.contains([',', ' ']) && !last.contains([',', ' ', '–'])
                });
                match pages {
                    Some((first, last)) => {
                        line(out, "SP", first);
                        line(out, "EP", last);
                    }
                    None => line(out, "SP", text),
                }
            }
            (Value::Text(text), "M3") => line(out, tag, table::write_term(text)),
            (Value::Text(text), "LA") => line(out, tag, &super::language::tag(text)),
            (Value::Text(_), _) if matches!(name, "title" | "booktitle" | "journaltitle") => {
                line(out, tag, &record.whole_title(name));
            }
            (Value::Text(text), "Y2") => line(out, tag, &text.replace('-', "/")),
            (Value::Text(text), _) => line(out, tag, text),
            (Value::List(parts), _) => {
                for part in parts {
                    line(out, tag, part);
                }
            }
        }
    }
    // For a book the pages have no tag of their own, and readers know them as `SP` all the same.
    for field in asides {
        line(out, "U1", &aside::write(field));
    }
    out.push_str("ER  - \n\n");
}

fn line(out: &mut String, tag: &str, value: &str) {
    let value = crate::text::escape::clean(value);
    if !value.is_empty() {
        let _ = writeln!(out, "{tag}  - {value}");
    }
}
