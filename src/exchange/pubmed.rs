//! PubMed's XML, as its export and its E-utilities give it (NLM, "PubMed XML element
//! descriptions").

use super::record::{Record, Value};
use super::xml::{Element, Elements};
use super::{Item, Records, date, person};
use std::io::BufRead;

/// The records of a PubMed text.
pub(super) fn read<'a>(input: Box<dyn BufRead + 'a>) -> Records<'a> {
    // Older files have the citations alone.
    let wanted = &["PubmedArticle", "MedlineCitation", "PubmedBookArticle"];
    Box::new(Elements::new(input, wanted).map(|element| match element {
        Ok(element) if element.name == "PubmedBookArticle" => Item::Record(book(&element)),
        Ok(element) => Item::Record(article(&element)),
        Err(unreadable) => Item::Unreadable(unreadable),
    }))
}

fn article(element: &Element) -> Record {
    let mut record = Record { line: element.line, ..Record::new("article") };
    let citation = element.find("MedlineCitation").unwrap_or(element);
    let empty = Element::default();
    let article = citation.find("Article").unwrap_or(&empty);
    names(&mut record, "author", article.find("AuthorList"));
    titles(&mut record, article, "ArticleTitle", "VernacularTitle");
    let journal = article.find("Journal").unwrap_or(&empty);
    record.add("journaltitle", journal.text_at("Title").trim_end_matches('.'));
    record.add("shortjournal", &journal.text_at("ISOAbbreviation"));
    let issn = journal.find("ISSN");
    if let Some(issn) = issn {
        let is_web = issn.attribute("IssnType") == Some("Electronic");
        record.add(if is_web { "eissn" } else { "issn" }, &issn.text());
    }
    record.add("volume", &journal.text_at("JournalIssue/Volume"));
    record.add("number", &journal.text_at("JournalIssue/Issue"));
    when(&mut record, journal.find("JournalIssue/PubDate"));
    record.add("pages", &date::full_pages(&article.text_at("Pagination/MedlinePgn")));
    for id in article.all("ELocationID") {
        match id.attribute("EIdType") {
            Some("doi") => record.add("doi", &id.text()),
            _ => record.set("pii", Value::Text(id.text())),
        }
    }
    abstracts(&mut record, article);
    for language in article.all("Language") {
        super::language::add(&mut record, &language.text());
    }
    record.add("pmid", &citation.text_at("PMID"));
    for id in element.find("PubmedData/ArticleIdList").iter().flat_map(|it| it.children()) {
        match id.attribute("IdType") {
            Some("doi") if record.field("doi").is_none() => record.add("doi", &id.text()),
            Some("pmc") => record.add("pmcid", &id.text()),
            _ => {}
        }
    }
    keywords(&mut record, citation);
    for kind in article.find("PublicationTypeList").iter().flat_map(|it| it.children()) {
        if kind.text() == "Preprint" {
            record.entry_type = "online".into();
            record.add("entrysubtype", "preprint");
        }
    }
    record
}

fn book(element: &Element) -> Record {
    let mut record = Record { line: element.line, ..Record::new("book") };
    let Some(document) = element.find("BookDocument") else { return record };
    let empty = Element::default();
    let book = document.find("Book").unwrap_or(&empty);
    let chapter = document.text_at("ArticleTitle");
    let title = book.text_at("BookTitle");
    if chapter.is_empty() {
        record.add("title", &title);
    } else {
        record.entry_type = "incollection".into();
        record.add("title", chapter.trim_end_matches('.'));
        record.add("booktitle", &title);
    }
    for list in document.all("AuthorList").chain(book.all("AuthorList")) {
        let is_editors = list.attribute("Type") == Some("editors");
        names(&mut record, if is_editors { "editor" } else { "author" }, Some(list));
    }
    record.add("publisher", &book.text_at("Publisher/PublisherName"));
    record.add("location", &book.text_at("Publisher/PublisherLocation"));
    record.add("isbn", &book.text_at("Isbn"));
    record.add("edition", &book.text_at("Edition"));
    when(&mut record, book.find("PubDate"));
    abstracts(&mut record, document);
    for language in document.all("Language") {
        super::language::add(&mut record, &language.text());
    }
    record.add("pmid", &document.text_at("PMID"));
    keywords(&mut record, document);
    record
}

fn titles(record: &mut Record, article: &Element, title: &str, original: &str) {
    let text = article.text_at(title);
    let text = text.trim_end_matches('.');
    let text = text.strip_prefix('[').map_or(text, |it| it.trim_end_matches(']'));
    let original = article.text_at(original);
    let original = original.trim_end_matches('.');
    if text.is_empty() {
        record.add("title", original);
    } else {
        record.add("title", text);
        record.add("titleaddon", original);
    }
}

fn names(record: &mut Record, field: &'static str, list: Option<&Element>) {
    let Some(list) = list else { return };
    for one in list.children() {
        let family = one.text_at("LastName");
        let body = one.text_at("CollectiveName");
        if !body.is_empty() {
            record.add_name(field, person::body(&body));
        } else if !family.is_empty() {
            let given = one.text_at("ForeName");
            let given = if given.is_empty() { one.text_at("Initials") } else { given };
            record.add_name(field, person::person(&family, &given, &one.text_at("Suffix")));
        }
    }
    if list.attribute("CompleteYN") == Some("N") {
        record.add(field, "et al.");
    }
}

fn when(record: &mut Record, date: Option<&Element>) {
    let Some(date) = date else { return };
    let medline = date.text_at("MedlineDate");
    let parts = [date.text_at("Year"), date.text_at("Month"), date.text_at("Day")];
    let season = date.text_at("Season");
    let text = if medline.is_empty() { format!("{} {season}", parts.join(" ")) } else { medline };
    record.add("date", text.trim());
}

fn abstracts(record: &mut Record, element: &Element) {
    for part in element.find("Abstract").iter().flat_map(|it| it.all("AbstractText")) {
        let text = part.text();
        match part.attribute("Label") {
            Some(label) => record.add("abstract", &format!("{label}: {text}")),
            None => record.add("abstract", &text),
        }
    }
}

fn keywords(record: &mut Record, citation: &Element) {
    let headings = citation.find("MeshHeadingList");
    for heading in headings.iter().flat_map(|it| it.all("MeshHeading")) {
        record.add_part("keywords", heading.text_at("DescriptorName"));
    }
    for list in citation.all("KeywordList") {
        for word in list.all("Keyword") {
            record.add_part("keywords", word.text());
        }
    }
}
