//! The reference lists of a whole library in eight styles and three languages, beside those of the
//! reference implementation (citeproc-js), which lie outside the repository.

use kilde::cite::item::Item;
use kilde::cite::processor::Processor;
use kilde::cite::style::Style;
use serde_json::Value;
use std::collections::BTreeMap;
use std::fs;
use std::path::PathBuf;

const STYLES: [&str; 8] = [
    "apa",
    "chicago-author-date",
    "chicago-notes-bibliography",
    "harvard-cite-them-right",
    "ieee",
    "modern-language-association",
    "nlm-citation-sequence",
    "norsk-apa-manual",
];
const LOCALES: [&str; 3] = ["en-US", "nb-NO", "nn-NO"];

fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../shared/csl-oracle")
}

fn read(path: &str) -> String {
    fs::read_to_string(root().join(path)).unwrap_or_else(|error| panic!("{path}: {error}"))
}

/// One list beside the expected one: how many references are the same, and the others.
struct Outcome {
    total: usize,
    same_text: usize,
    same_html: usize,
    same_order: bool,
    differences: Vec<String>,
}

fn compare(style: &str, lang: &str, items: &[Item]) -> Outcome {
    let xml = read(&format!("styles/{style}.csl"));
    let style_read = Style::read(&xml, &|_| None).expect("a style");
    let locales =
        |tag: &str| fs::read_to_string(root().join(format!("locales/locales-{tag}.xml"))).ok();
    let processor = Processor::new(&style_read, &locales, lang).expect("a locale");
    let list = processor.bibliography(items);
    let ours: BTreeMap<&str, _> =
        list.entries.iter().map(|entry| (entry.id.as_str(), entry)).collect();
    let mut outcome =
        Outcome { total: 0, same_text: 0, same_html: 0, same_order: true, differences: Vec::new() };
    let mut expected_order = Vec::new();
    for line in read(&format!("expected/{style}.{lang}.jsonl")).lines() {
        let value: Value = serde_json::from_str(line).expect("JSON");
        let field = |name: &str| value[name].as_str().unwrap_or_default().to_owned();
        let (id, text, html) = (field("id"), field("text"), field("html"));
        outcome.total += 1;
        let entry = ours.get(id.as_str());
        let our_html = entry.map(|it| it.reference_html()).unwrap_or_default();
        let expected_html = inner(&html);
        let our_text = tidy(&strip(&our_html, entry.is_some_and(|it| !it.label.is_empty())));
        if our_text == tidy(&text) {
            outcome.same_text += 1;
        }
        if tidy(&our_html) == tidy(&expected_html) {
            outcome.same_html += 1;
        } else {
            outcome.differences.push(format!(
                "{style}.{lang} {id}\n  expected {}\n  ours     {}",
                tidy(&expected_html),
                tidy(&our_html)
            ));
        }
        expected_order.push(id);
    }
    let our_order: Vec<&str> = list.entries.iter().map(|entry| entry.id.as_str()).collect();
    outcome.same_order = our_order == expected_order;
    if !outcome.same_order {
        let at = our_order.iter().zip(&expected_order).position(|(a, b)| a != b);
        let at = at.unwrap_or(our_order.len().min(expected_order.len()));
        outcome.differences.push(format!(
            "{style}.{lang} order at {at}: expected {:?}, ours {:?}",
            expected_order.get(at),
            our_order.get(at)
        ));
    }
    outcome
}

/// What is within the element around an entry.
fn inner(html: &str) -> String {
    let html = html.trim();
    let html = html.strip_prefix("<div class=\"csl-entry\">").unwrap_or(html);
    html.strip_suffix("</div>").unwrap_or(html).to_owned()
}

fn tidy(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The characters of HTML, without the label in the margin.
fn strip(html: &str, has_label: bool) -> String {
    let html = match (has_label, html.find("csl-right-inline\">")) {
        (true, Some(at)) => &html[at + "csl-right-inline\">".len()..],
        _ => html,
    };
    let mut out = String::new();
    let mut inside = false;
    for c in html.chars() {
        match c {
            '<' => inside = true,
            '>' => inside = false,
            _ if !inside => out.push(c),
            _ => {}
        }
    }
    out.replace("&#38;", "&").replace("&#60;", "<").replace("&#62;", ">")
}

/// How many of each list must be the same, at the least; the order must be the same in all.
fn floor() -> BTreeMap<String, (usize, usize)> {
    let text = include_str!("../citeproc/oracle.txt");
    text.lines()
        .filter(|line| !line.starts_with('#'))
        .filter_map(|line| {
            let mut words = line.split_whitespace();
            let name = words.next()?.to_owned();
            Some((name, (words.next()?.parse().ok()?, words.next()?.parse().ok()?)))
        })
        .collect()
}

#[test]
fn reference_lists_are_those_of_the_reference_implementation() {
    if !root().exists() {
        println!("skipped: {} is not there", root().display());
        return;
    }
    let items: Vec<Value> = serde_json::from_str(&read("items.json")).expect("items");
    let items: Vec<Item> = items.iter().map(Item::from_csl_json).collect();
    let mut wrong = Vec::new();
    let (mut total, mut text, mut html) = (0, 0, 0);
    let floor = floor();
    let mut now = String::new();
    for style in STYLES {
        for lang in LOCALES {
            let outcome = compare(style, lang, &items);
            (total, text, html) =
                (total + outcome.total, text + outcome.same_text, html + outcome.same_html);
            let name = format!("{style}.{lang}");
            now.push_str(&format!("{name} {} {}\n", outcome.same_text, outcome.same_html));
            let wanted = floor.get(&name).copied().unwrap_or_default();
            if (outcome.same_text, outcome.same_html) != wanted {
                wrong.push(format!(
                    "{name}: {} texts and {} with formatting of {} are the same, {wanted:?} noted",
                    outcome.same_text, outcome.same_html, outcome.total
                ));
            }
            if !outcome.same_order {
                wrong.push(format!("{name}: another order"));
            }
            if let Ok(path) = std::env::var("KILDE_ORACLE_OUT") {
                let path = PathBuf::from(path).join(format!("{name}.txt"));
                fs::write(path, outcome.differences.join("\n")).expect("written");
            }
        }
    }
    println!("{text} texts and {html} with formatting of {total} are the same");
    if let Ok(path) = std::env::var("KILDE_ORACLE_OUT") {
        fs::write(PathBuf::from(path).join("oracle.txt"), now).expect("written");
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}
