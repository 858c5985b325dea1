//! How good the hits are: queries, what should be found, and the usual figures.

#![allow(dead_code, reason = "the test uses one half, the bench the whole")]

use kilde::index::chain::Steps;
use kilde::index::{Cancel, Index, Loose, Options, Sources};
use kilde::model::Library;
use kilde::query;
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

/// A query and the citation keys of what should be found.
pub struct Asked {
    pub id: String,
    pub text: String,
    pub kind: String,
    pub wanted: Vec<String>,
}

/// A library and queries to it.
pub struct Collection {
    pub library: Library,
    pub thesaurus: Option<PathBuf>,
    pub asked: Vec<Asked>,
}

/// The steps of the chain, one on top of the other.
pub const STEPS: [(&str, Steps, bool, bool); 6] = [
    ("words as they stand", Steps { stems: false, folds: false, parts: false }, false, false),
    ("+ stems", Steps { stems: true, folds: false, parts: false }, false, false),
    ("+ foldings", Steps { stems: true, folds: true, parts: false }, false, false),
    ("+ parts of compounds", Steps { stems: true, folds: true, parts: true }, false, false),
    ("+ spelling and letters", Steps { stems: true, folds: true, parts: true }, true, false),
    ("+ thesaurus", Steps { stems: true, folds: true, parts: true }, true, true),
];

/// The figures of one query.
#[derive(Clone, Copy, Default)]
pub struct Figures {
    pub ndcg: f64,
    pub recall: f64,
}

impl Collection {
    /// The index after a step.
    pub fn index(&self, steps: Steps) -> Index {
        let sources = Sources { thesaurus: self.thesaurus.clone(), ..Sources::default() };
        Index::in_memory(&sources, &self.library, steps, &mut |_| {
            std::ops::ControlFlow::Continue(())
        })
        .expect("an index")
    }

    /// The figures of every query.
    pub fn measure(&self, index: &Index, letters: bool, widen: bool) -> Vec<Figures> {
        let loose = if letters { Loose::Letters } else { Loose::AnyWord };
        let options = Options { limit: 10, loose, widen, ..Options::default() };
        self.asked
            .iter()
            .map(|asked| {
                let query = query::parse(&asked.text);
                let found = index.search(&query, &options, &Cancel::never()).expect("an answer");
                let keys: Vec<String> =
                    found.hits.iter().map(|hit| index.row(&found, hit).key).collect();
                figures(&keys, &asked.wanted)
            })
            .collect()
    }
}

/// nDCG@10 with gains of one and recall@10.
fn figures(found: &[String], wanted: &[String]) -> Figures {
    let gain = |rank: usize| 1.0 / (rank as f64 + 2.0).log2();
    let right = |key: &String| wanted.contains(key);
    let dcg: f64 =
        found.iter().take(10).enumerate().filter(|(_, key)| right(key)).map(|(i, _)| gain(i)).sum();
    let ideal: f64 = (0..wanted.len().min(10)).map(gain).sum();
    let hits = found.iter().take(10).filter(|key| right(key)).count();
    Figures { ndcg: dcg / ideal, recall: hits as f64 / wanted.len() as f64 }
}

/// The mean of all figures.
pub fn mean(all: &[Figures]) -> Figures {
    let count = all.len().max(1) as f64;
    Figures {
        ndcg: all.iter().map(|it| it.ndcg).sum::<f64>() / count,
        recall: all.iter().map(|it| it.recall).sum::<f64>() / count,
    }
}

/// The folder beside the project with collections, when it is there.
pub fn shared(part: &str) -> Option<PathBuf> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).parent()?.join("shared").join(part);
    path.exists().then_some(path)
}

/// The research overview and the queries of those who use it.
pub fn overview() -> Option<Collection> {
    let queries = std::fs::read_to_string(shared("domain/queries.jsonl")?).ok()?;
    let data = Path::new(env!("CARGO_MANIFEST_DIR")).join("data");
    let bytes = std::fs::read(data.join("selvhjelp.bib")).expect("the overview");
    let library = Library::new(vec![("selvhjelp.bib".into(), bytes.into())]);
    let asked = queries
        .lines()
        .filter_map(|line| serde_json::from_str::<serde_json::Value>(line).ok())
        .map(|line| Asked {
            id: line["id"].as_str().unwrap_or_default().to_owned(),
            text: line["query"].as_str().unwrap_or_default().to_owned(),
            kind: line["kind"].as_str().unwrap_or_default().to_owned(),
            wanted: line["relevant"]
                .as_array()
                .into_iter()
                .flatten()
                .filter_map(|key| key.as_str().map(str::to_owned))
                .collect(),
        })
        .collect();
    Some(Collection { library, thesaurus: Some(data.join("thesaurus.toml")), asked })
}

/// The Cranfield collection: 1,400 abstracts and 225 queries on aerodynamics.
pub fn cranfield() -> Option<Collection> {
    let folder = shared("ir/cranfield")?;
    let read = |name: &str| std::fs::read_to_string(folder.join(name)).ok();
    let tag = |text: &str, name: &str| -> String {
        let inner = text.split_once(&format!("<{name}>")).map_or("", |(_, rest)| rest);
        inner.split_once(&format!("</{name}>")).map_or("", |(inner, _)| inner).to_owned()
    };
    let mut bib = String::new();
    for doc in read("cran.all.1400.xml")?.split("<doc>").skip(1) {
        let number = tag(doc, "docno");
        entry(&mut bib, number.trim(), &tag(doc, "title"), &tag(doc, "author"), &tag(doc, "text"));
    }
    let texts: Vec<String> =
        read("cran.qry.xml")?.split("<top>").skip(1).map(|top| tag(top, "title")).collect();
    let wanted = judged(&read("cranqrel.trec.txt")?, 0, 2, Some(3));
    Some(collection(bib, &texts, &wanted))
}

/// The CISI collection: 1,460 abstracts and 76 judged queries on information science.
pub fn cisi() -> Option<Collection> {
    let folder = shared("ir/cisi")?;
    let read = |name: &str| {
        let bytes = std::fs::read(folder.join(name)).ok()?;
        Some(String::from_utf8_lossy(&bytes).into_owned())
    };
    let mut bib = String::new();
    for doc in records(&read("CISI.ALL")?) {
        let part = |name: char| doc.get(&name).cloned().unwrap_or_default();
        entry(&mut bib, part('I').trim(), &part('T'), &part('A'), &part('W'));
    }
    let texts: Vec<String> = records(&read("CISI.QRY")?)
        .into_iter()
        .map(|it| it.get(&'W').cloned().unwrap_or_default())
        .collect();
    let wanted = judged(&read("CISI.REL")?, 0, 1, None);
    Some(collection(bib, &texts, &wanted))
}

/// SMART's format: `.I 1`, `.T`, `.A`, `.W`.
fn records(text: &str) -> Vec<BTreeMap<char, String>> {
    let mut out: Vec<BTreeMap<char, String>> = Vec::new();
    let mut part = ' ';
    for line in text.lines() {
        let mut letters = line.chars();
        let is_head = letters.next() == Some('.') && line.trim_end().len() == 2;
        if let Some(number) = line.strip_prefix(".I ") {
            out.push(BTreeMap::from([('I', number.trim().to_owned())]));
            part = ' ';
        } else if is_head {
            part = letters.next().unwrap_or(' ');
        } else if let Some(record) = out.last_mut() {
            let text = record.entry(part).or_default();
            text.push_str(line);
            text.push('\n');
        }
    }
    out
}

fn entry(bib: &mut String, key: &str, title: &str, author: &str, text: &str) {
    let plain = |text: &str| text.replace(['{', '}', '\\', '%', '$'], " ");
    let author = author.lines().map(str::trim).collect::<Vec<_>>().join(" and ");
    bib.push_str(&format!(
        "@article{{d{key},\n  title = {{{}}},\n  author = {{{}}},\n  abstract = {{{}}},\n}}\n",
        plain(title),
        plain(&author),
        plain(text)
    ));
}

fn judged(
    text: &str,
    query: usize,
    doc: usize,
    grade: Option<usize>,
) -> BTreeMap<usize, Vec<String>> {
    let mut text = text.to_owned();
    if grade.is_some() {
        // query, iteration, document, grade
        text = text
            .lines()
            .map(|it| it.split_whitespace().collect::<Vec<_>>().join(" ") + "\n")
            .collect();
    }
    let mut out: BTreeMap<usize, Vec<String>> = BTreeMap::new();
    for line in text.lines() {
        let parts: Vec<&str> = line.split_whitespace().collect();
        let positive = grade
            .is_none_or(|at| parts.get(at).is_some_and(|it| *it != "0" && !it.starts_with('-')));
        let (Some(query), Some(doc)) = (parts.get(query), parts.get(doc)) else { continue };
        if let (Ok(query), true) = (query.parse(), positive) {
            out.entry(query).or_default().push(format!("d{doc}"));
        }
    }
    out
}

fn collection(bib: String, texts: &[String], wanted: &BTreeMap<usize, Vec<String>>) -> Collection {
    let library = Library::new(vec![("collection.bib".into(), bib.into_bytes().into())]);
    let asked = (1..)
        .zip(texts)
        .filter_map(|(number, text)| {
            let wanted = wanted.get(&number)?.clone();
            let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
            Some(Asked { id: number.to_string(), text, kind: String::new(), wanted })
        })
        .collect();
    Collection { library, thesaurus: None, asked }
}
