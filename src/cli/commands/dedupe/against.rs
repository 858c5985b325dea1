//! `kilde dedupe --against FILE`: newcomers held against the library.

use super::shown;
use crate::cli::{Context, ExitCode, Failure};
use crate::compare::{Decisions, Features, Likeness, Match, incoming};
use crate::model::Library;
use crate::store::folder;
use crate::text::said::Said;
use crate::world::{self, place};
use serde_json::{Value, json};
use std::path::Path;

/// Prints for each entry of `file` whether it is new, the same as a known one, or perhaps.
pub(super) fn run(
    file: &Path,
    library: &Library,
    features: &[Features],
    decisions: &Decisions,
    context: &mut Context<'_>,
) -> Result<ExitCode, Failure> {
    let folder: folder::Folder = place::library(&[file.to_owned()])?;
    let newcomers = world::open(&folder)?;
    let folded: Vec<Features> = newcomers.entries.iter().map(Features::of).collect();
    let mut known = false;
    for (entry, found) in newcomers.entries.iter().zip(incoming(features, &folded, decisions)) {
        let (verdict, likely): (&str, Vec<(usize, Likeness)>) = match found {
            Match::New => ("new", Vec::new()),
            Match::Same(at, likeness) => ("same", vec![(at, likeness)]),
            Match::Perhaps(likely) => ("perhaps", likely),
        };
        known |= !likely.is_empty();
        if context.global.json {
            let candidates: Vec<Value> = likely
                .iter()
                .map(|(at, likeness)| {
                    json!({
                        "key": library.entries[*at].key,
                        "score": shown::rounded(likeness.score()),
                        "reasons": shown::reasons(likeness, context.language),
                        "evidence": shown::evidence(likeness),
                    })
                })
                .collect();
            let object = json!({"key": entry.key, "verdict": verdict, "candidates": candidates});
            writeln!(context.out, "{object}")?;
            continue;
        }
        let line = shown::entry(&newcomers, entry);
        let line = context.harmless(&line).into_owned();
        writeln!(context.out, "{line}")?;
        if likely.is_empty() {
            let new = context.words(&Said::new("dedupe.new"));
            writeln!(context.out, "  {new}")?;
        }
        for (at, likeness) in &likely {
            let head = context.words(&shown::verdict(likeness.verdict, likeness.score()));
            let known = shown::entry(library, &library.entries[*at]);
            let why = shown::reasons(likeness, context.language).join("; ");
            let lines = format!("  {head}: {known}\n    {why}");
            let lines = context.harmless(&lines).into_owned();
            writeln!(context.out, "{lines}")?;
        }
    }
    Ok(if known { ExitCode::Findings } else { ExitCode::Fine })
}
