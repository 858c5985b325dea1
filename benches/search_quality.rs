//! Remakes the tables of `docs/search.md`: `cargo bench --bench search_quality`.
//!
//! With `-- --print` the tables are printed and the file is left alone.

#![allow(clippy::print_stdout, reason = "a measurement is printed")]

#[path = "../tests/it/search_quality/measure.rs"]
mod measure;

use measure::{Collection, Figures, STEPS, cisi, cranfield, mean, overview};
use std::fmt::Write as _;

fn main() {
    let mut out = String::new();
    match overview() {
        Some(it) => domain(&it, &mut out),
        None => out.push_str("The queries of the overview are not here; nothing was measured.\n"),
    }
    collections(&mut out);
    if std::env::args().any(|it| it == "--print") {
        println!("{out}");
        return;
    }
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/docs/search.md");
    let text = std::fs::read_to_string(path).expect("docs/search.md");
    let (before, _) = text.split_once("<!-- measured -->").expect("the mark in docs/search.md");
    std::fs::write(path, format!("{before}<!-- measured -->\n\n{out}")).expect("docs/search.md");
}

fn domain(collection: &Collection, out: &mut String) {
    let steps: Vec<Vec<Figures>> = STEPS
        .iter()
        .map(|(_, steps, letters, widen)| {
            collection.measure(&collection.index(*steps), *letters, *widen)
        })
        .collect();
    let count = collection.asked.len();
    writeln!(
        out,
        "### The overview: {count} queries\n\n| step | nDCG@10 | recall@10 |\n|---|---|---|"
    )
    .ok();
    for ((name, ..), figures) in STEPS.iter().zip(&steps) {
        let mean = mean(figures);
        writeln!(out, "| {name} | {:.3} | {:.3} |", mean.ndcg, mean.recall).ok();
    }
    out.push_str("\nnDCG@10 of each query after each step, and recall@10 after the last:\n\n");
    out.push_str(
        "| query | kind | words | stems | foldings | parts | letters | thesaurus | recall |\n",
    );
    out.push_str("|---|---|---|---|---|---|---|---|---|\n");
    for (at, asked) in collection.asked.iter().enumerate() {
        write!(out, "| {} {} | {} |", asked.id, asked.text, asked.kind).ok();
        for figures in &steps {
            write!(out, " {:.2} |", figures[at].ndcg).ok();
        }
        writeln!(out, " {:.2} |", steps[5][at].recall).ok();
    }
}

fn collections(out: &mut String) {
    out.push_str("\n### Collections in English\n\n| collection | documents | queries | nDCG@10 | without the general terms |\n|---|---|---|---|---|\n");
    for (name, collection) in [("Cranfield", cranfield()), ("CISI", cisi())] {
        let Some(collection) = collection else {
            writeln!(out, "| {name} | not here | | | |").ok();
            continue;
        };
        let index = collection.index(STEPS[5].1);
        let wide = mean(&collection.measure(&index, true, true)).ndcg;
        let plain = mean(&collection.measure(&index, true, false)).ndcg;
        let (documents, queries) = (collection.library.entries.len(), collection.asked.len());
        writeln!(out, "| {name} | {documents} | {queries} | {wide:.3} | {plain:.3} |").ok();
    }
}
