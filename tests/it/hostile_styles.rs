//! Styles and references that were made to break the reader or to keep it busy for ever: each gives
//! a clear error or a list, never a panic.

use kilde::cite::builtin;
use kilde::cite::item::Item;
use kilde::cite::processor::Processor;
use kilde::cite::style::Style;
use serde_json::json;

/// A style with these macros and this in its list.
fn style(macros: &str, list: &str) -> String {
    format!(
        "<style xmlns=\"http://purl.org/net/xbiblio/csl\" version=\"1.0\" class=\"in-text\">\
         <info><id>x</id><title>x</title></info>{macros}\
         <citation><layout><text variable=\"title\"/></layout></citation>\
         <bibliography><layout>{list}</layout></bibliography></style>"
    )
}

fn refused(xml: &str, says: &str) {
    let error = Style::read(xml, &|_| None).err().map(|error| error.to_string());
    assert!(error.as_deref().is_some_and(|text| text.contains(says)), "{says}: {error:?}");
}

#[test]
fn styles_that_would_never_end_are_refused() {
    let title = "<text variable=\"title\"/>";
    let nested = format!("{}{title}{}", "<group>".repeat(10_000), "</group>".repeat(10_000));
    refused(&style("", &nested), "nested more than");
    let mut fan = format!("<macro name=\"m40\">{title}</macro>");
    for at in 0..40 {
        let call = format!("<text macro=\"m{}\"/>", at + 1);
        fan.push_str(&format!("<macro name=\"m{at}\">{call}{call}</macro>"));
    }
    refused(&style(&fan, "<text macro=\"m0\"/>"), "calls others so often");
    let circle = "<macro name=\"a\"><text macro=\"b\"/></macro>\
                  <macro name=\"b\"><text macro=\"a\"/></macro>";
    refused(&style(circle, "<text macro=\"a\"/>"), "in a circle");
    refused(&style("", "<text macro=\"nothing\"/>"), "not there");
    refused(&format!("<!DOCTYPE style>{}", style("", title)), "document type declaration");
    refused("<style><citation><layout>", "not closed");
    refused("<html/>", "not a CSL style");
    refused("hello", "not XML");
}

#[test]
fn what_is_too_large_is_refused_and_so_is_a_style_without_its_parent() {
    let title = "<text variable=\"title\"/>";
    refused(&format!("{}{}", style("", title), " ".repeat(10 << 20)), "larger than 10 MB");
    let attributes: String = (0..80_000).map(|at| format!(" a{at}=\"x\"")).collect();
    refused(&style("", &format!("<text variable=\"title\"{attributes}/>")), "60 attributes");
    refused(&style("", &title.repeat(200_001)), "200000 elements");
    let parent = "http://www.zotero.org/styles/nowhere";
    let dependent = format!(
        "<style xmlns=\"http://purl.org/net/xbiblio/csl\" version=\"1.0\"><info><id>x</id>\
         <title>x</title><link rel=\"independent-parent\" href=\"{parent}\"/></info></style>"
    );
    refused(&dependent, parent);
}

#[test]
fn items_that_say_nothing_are_left_out_and_the_rest_is_listed() {
    let items: Vec<Item> = [
        json!({"id": "empty", "author": [{"family": "", "given": ""}, {}, {"literal": ""}]}),
        json!({}),
        json!({"id": "title", "title": "<script>alert(1)</script>", "author": [{}], "issued": {}}),
        json!("nothing"),
    ]
    .iter()
    .map(Item::from_csl_json)
    .collect();
    let list = "<names variable=\"author\" suffix=\": \"/><text variable=\"title\"/>\
                <date variable=\"issued\" form=\"text\" prefix=\" (\" suffix=\")\"/>";
    let style = Style::read(&style("", list), &|_| None).unwrap();
    let locales = |tag: &str| builtin::locale(tag).map(|(_, xml)| xml.to_owned());
    let processor = Processor::new(&style, &locales, "en-US").unwrap();
    let entries = processor.bibliography(&items).entries;
    let texts: Vec<String> = entries.iter().map(|entry| entry.text.to_plain()).collect();
    assert_eq!(texts, ["<script>alert(1)</script>"]);
    assert!(!entries[0].reference_html().contains("<script>"));
}

#[test]
fn ten_thousand_authors_and_unclosed_markup_still_give_a_list() {
    let authors: Vec<_> =
        (0..10_000).map(|at| json!({"family": format!("F{at}"), "given": "A"})).collect();
    let items: Vec<Item> = [
        json!({"id": "many", "type": "book", "title": "T", "author": authors}),
        json!({"id": "open", "type": "book", "title": format!("<b>\" ' {}", "<i>".repeat(5_000))}),
        json!({"id": "quotes", "type": "book", "title": "\"'".repeat(5_000)}),
        json!({"id": "odd", "type": "book", "title": {"a": 1}, "author": "odd",
               "issued": {"date-parts": [[null, "x"], [1e300]]}}),
    ]
    .iter()
    .map(Item::from_csl_json)
    .collect();
    let list = "<names variable=\"author\"><name/></names>\
                <text variable=\"title\" text-case=\"title\" quotes=\"true\"/>";
    let style = Style::read(&style("", list), &|_| None).unwrap();
    let locales = |tag: &str| builtin::locale(tag).map(|(_, xml)| xml.to_owned());
    let processor = Processor::new(&style, &locales, "en-US").unwrap();
    assert_eq!(processor.bibliography(&items).entries.len(), 4);
}
