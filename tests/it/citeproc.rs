//! The public test suite of the Citation Style Language, which lies outside the repository. A case
//! counts when its result is the same character for character; what the processor lacks counts as
//! failed. The names of those that pass are kept, and neither may one fail nor another pass unseen.

use kilde::cite::builtin;
use kilde::cite::citation::Citation;
use kilde::cite::citation::CitationItem;
use kilde::cite::citation::Mode;
use kilde::cite::citation::Position;
use kilde::cite::item::Item;
use kilde::cite::locale::Locale;
use kilde::cite::processor::Processor;
use kilde::cite::style::Style;
use serde_json::Value;
use std::collections::BTreeMap;
use std::collections::BTreeSet;
use std::fs;
use std::path::PathBuf;

fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../shared/csl-test-suite")
}

/// Locales, each read once.
#[derive(Default)]
struct Locales(BTreeMap<String, Locale>);

impl Locales {
    fn of(&mut self, lang: &str) -> Locale {
        let read = || {
            let file = |tag: &str| {
                let found = builtin::LOCALES.iter().find(|(known, _)| *known == tag);
                found.map(|(_, xml)| (*xml).to_owned())
            };
            Locale::of_style(&Style::default(), lang, &file).expect("a locale")
        };
        self.0.entry(lang.to_owned()).or_insert_with(read).clone()
    }
}

/// A case: its sections by name.
struct Case(BTreeMap<String, String>);

impl Case {
    fn read(text: &str) -> Case {
        let mut sections = BTreeMap::new();
        let mut name = None;
        let mut content = String::new();
        for line in text.lines() {
            if let Some(head) = line.strip_prefix(">>=") {
                let head = head.trim_matches(|c| c == '=' || c == '>' || c == ' ');
                name = Some(head.to_owned());
                content.clear();
            } else if line.starts_with("<<=") {
                if let Some(name) = name.take() {
                    sections.insert(name, content.clone());
                }
            } else if name.is_some() {
                content.push_str(line);
                content.push('\n');
            }
        }
        Case(sections)
    }

    fn get(&self, name: &str) -> &str {
        self.0.get(name).map(|text| text.trim()).unwrap_or_default()
    }

    fn json(&self, name: &str) -> Option<Value> {
        serde_json::from_str(self.get(name)).ok()
    }

    fn result(&self, locales: &mut Locales) -> Result<String, String> {
        let style = Style::read(self.get("CSL"), &|_| None).map_err(|error| error.to_string())?;
        let locale = locales.of(&style.default_locale).for_style(&style, &style.default_locale);
        let processor = Processor::with_locale(&style, locale);
        let values = self.json("INPUT").ok_or("the input cannot be read")?;
        let mut items: Vec<Item> = Vec::new();
        for item in values.as_array().into_iter().flatten().map(Item::from_csl_json) {
            match items.iter_mut().find(|known| known.id == item.id) {
                Some(known) => *known = item,
                None => items.push(item),
            }
        }
        let is_list = self.get("MODE") == "bibliography";
        if let Some(session) = self.json("CITATIONS") {
            let (text, cited) = self.session(&processor, &items, &session);
            return Ok(if is_list { bibliography(&processor, &cited) } else { text });
        }
        if is_list {
            return Ok(bibliography(&processor, &items));
        }
        let citations = match self.json("CITATION-ITEMS") {
            Some(list) => {
                list.as_array().into_iter().flatten().map(|list| citation(list, true)).collect()
            }
            None => vec![Citation {
                items: processor
                    .order(&items)
                    .into_iter()
                    .map(|at| CitationItem {
                        position: Some(Position::First),
                        ..CitationItem::new(&items[at].id)
                    })
                    .collect(),
                ..Citation::default()
            }],
        };
        let texts = processor.citations(&items, &citations);
        Ok(texts.into_iter().map(|it| it.reference_html).collect::<Vec<_>>().join("\n"))
    }

    /// Citations that come and go in a text; those that a step changed are marked.
    fn session(
        &self,
        processor: &Processor,
        items: &[Item],
        session: &Value,
    ) -> (String, Vec<Item>) {
        let mut known: BTreeMap<String, Citation> = BTreeMap::new();
        let mut shown: Vec<(String, String)> = Vec::new();
        let mut lines = Vec::new();
        let mut cited: Vec<Item> = Vec::new();
        for step in session.as_array().into_iter().flatten() {
            let id = step[0]["citationID"].as_str().unwrap_or_default().to_owned();
            let mut this = citation(&step[0]["citationItems"], false);
            let properties = &step[0]["properties"];
            this.note = number(&properties["noteIndex"]);
            this.unsorted = properties["unsorted"].as_bool().unwrap_or(false);
            let text = |name: &str| properties[name].as_str().unwrap_or_default().to_owned();
            (this.prefix, this.suffix, this.infix) =
                (text("prefix"), text("suffix"), text("infix"));
            this.mode = match properties["mode"].as_str() {
                Some("author-only") => Mode::AuthorOnly,
                Some("suppress-author") => Mode::SuppressAuthor,
                Some("composite") => Mode::Composite,
                _ => Mode::Full,
            };
            known.insert(id.clone(), this);
            let mut order = Vec::new();
            let mut take = |list: &Value| {
                for pair in list.as_array().into_iter().flatten() {
                    let id = pair[0].as_str().unwrap_or_default().to_owned();
                    if let Some(citation) = known.get_mut(&id) {
                        citation.note = number(&pair[1]);
                    }
                    order.push(id);
                }
            };
            take(&step[1]);
            let place = step[1].as_array().map_or(0, Vec::len);
            take(&step[2]);
            order.insert(place, id.clone());
            let citations: Vec<Citation> =
                order.iter().filter_map(|id| known.get(id).cloned()).collect();
            cited.clear();
            for item in citations.iter().flat_map(|citation| &citation.items) {
                if cited.iter().all(|known| known.id != item.id) {
                    cited.extend(items.iter().find(|known| known.id == item.id).cloned());
                }
            }
            let texts = processor.citations(&cited, &citations);
            lines.clear();
            let mut now = Vec::new();
            for (at, (other, text)) in order.iter().zip(texts).enumerate() {
                let text = text.reference_html;
                let before = shown.iter().find(|(known, _)| known == other);
                let same = before.is_some_and(|(_, before)| *before == text) && *other != id;
                lines.push(format!("{}[{at}] {text}", if same { ".." } else { ">>" }));
                now.push((other.clone(), text));
            }
            shown = now;
        }
        (lines.join("\n"), cited)
    }
}

fn number(value: &Value) -> usize {
    match value {
        Value::Number(number) => number.as_u64().unwrap_or(0) as usize,
        Value::String(text) => text.parse().unwrap_or(0),
        _ => 0,
    }
}

fn citation(list: &Value, alone: bool) -> Citation {
    let items = list.as_array().into_iter().flatten().map(|value| {
        let text = |name: &str| match &value[name] {
            Value::String(text) => text.clone(),
            Value::Number(number) => number.to_string(),
            _ => String::new(),
        };
        let flag = |name: &str| match &value[name] {
            Value::Bool(flag) => *flag,
            Value::Number(number) => number.as_f64() != Some(0.0),
            _ => false,
        };
        CitationItem {
            id: text("id"),
            locator: text("locator"),
            label: text("label"),
            prefix: text("prefix"),
            suffix: text("suffix"),
            suppress_author: flag("suppress-author"),
            author_only: flag("author-only"),
            position: alone.then_some(match number(&value["position"]) {
                1 => Position::Subsequent,
                2 => Position::Ibid,
                3 => Position::IbidWithLocator,
                _ => Position::First,
            }),
            near_note: flag("near-note"),
            first_note: Some(number(&value["first-reference-note-number"])).filter(|it| *it > 0),
        }
    });
    Citation { items: items.collect(), ..Citation::default() }
}

fn bibliography(processor: &Processor, items: &[Item]) -> String {
    let list = processor.bibliography(items);
    let entries = list
        .entries
        .iter()
        .map(|entry| format!("  <div class=\"csl-entry\">{}</div>\n", entry.reference_html()));
    format!("<div class=\"csl-bib-body\">\n{}</div>", entries.collect::<String>())
}

#[test]
fn the_test_suite_passes_as_far_as_it_is_noted() {
    if !root().exists() {
        println!("skipped: {} is not there", root().display());
        return;
    }
    let mut files: Vec<PathBuf> = fs::read_dir(root())
        .expect("the suite")
        .filter_map(|entry| Some(entry.ok()?.path()))
        .filter(|path| path.extension().is_some_and(|it| it == "txt"))
        .collect();
    files.sort();
    let only = std::env::var("KILDE_CASE").ok();
    let mut passing = BTreeSet::new();
    let mut locales = Locales::default();
    let mut report = String::new();
    for file in &files {
        let name = file.file_stem().unwrap_or_default().to_string_lossy().into_owned();
        if only.as_ref().is_some_and(|only| !name.contains(only.as_str())) {
            continue;
        }
        let case = Case::read(&fs::read_to_string(file).expect("a case"));
        let result = case.result(&mut locales);
        if result.as_deref() == Ok(case.get("RESULT")) {
            passing.insert(name);
        } else {
            let result = result.unwrap_or_else(|error| format!("ERROR {error}"));
            report.push_str(&format!(
                "=== {name}\n--- expected\n{}\n--- ours\n{result}\n",
                case.get("RESULT")
            ));
        }
    }
    println!("{} of {} cases pass", passing.len(), files.len());
    if let Ok(path) = std::env::var("KILDE_SUITE_OUT") {
        let names: Vec<&str> = passing.iter().map(String::as_str).collect();
        fs::write(PathBuf::from(&path).join("passing.txt"), names.join("\n") + "\n")
            .expect("written");
        fs::write(PathBuf::from(&path).join("failing.txt"), &report).expect("written");
    }
    if only.is_some() {
        println!("{report}");
        return;
    }
    let noted: BTreeSet<String> =
        include_str!("../citeproc/passing.txt").lines().map(str::to_owned).collect();
    let lost: Vec<&String> = noted.difference(&passing).collect();
    let won: Vec<&String> = passing.difference(&noted).collect();
    assert!(lost.is_empty(), "no longer pass: {lost:?}");
    assert!(won.is_empty(), "pass now, and belong in tests/citeproc/passing.txt: {won:?}");
}
