//! How clusters are shown to people and to programs.

use crate::cli::Context;
use crate::compare::{Cluster, Likeness, Verdict};
use crate::model::{Entry, Library};
use crate::text::said::{Language, Said, words};
use serde_json::{Value, json};
use std::io;

/// A cluster as a block of lines: the verdict, its entries, the reasons of each pair.
pub(super) fn people(
    library: &Library,
    cluster: &Cluster,
    context: &mut Context<'_>,
) -> io::Result<()> {
    let best = cluster.pairs.first().map_or(0.0, |pair| pair.likeness.score());
    let head = context.words(&verdict(cluster.verdict, best));
    writeln!(context.out, "{head}")?;
    for at in &cluster.members {
        let line = format!("  {}", entry(library, &library.entries[*at]));
        let line = context.harmless(&line).into_owned();
        writeln!(context.out, "{line}")?;
    }
    for pair in &cluster.pairs {
        let why = reasons(&pair.likeness, context.language).join("; ");
        let between = if cluster.members.len() > 2 {
            format!("{} ~ {}: ", library.entries[pair.a].key, library.entries[pair.b].key)
        } else {
            String::new()
        };
        let line = format!("    {between}{why}");
        let line = context.harmless(&line).into_owned();
        writeln!(context.out, "{line}")?;
    }
    writeln!(context.out)
}

/// The verdict in words, with its certainty in per cent.
pub(super) fn verdict(verdict: Verdict, score: f32) -> Said {
    match verdict {
        Verdict::Same => Said::new("dedupe.same"),
        _ => Said::new("dedupe.perhaps"),
    }
    .with("percent", (score * 100.0).floor() as u32)
}

/// `key  Creators Year. Title  (file:line)`
pub(super) fn entry(library: &Library, entry: &Entry) -> String {
    let place = &library.sources[entry.place.source].path;
    let year = entry.year().map(|year| format!(" {year}")).unwrap_or_default();
    format!(
        "{:<28} {}{year}. {}  ({}:{})",
        entry.key,
        entry.short_creators(),
        entry.title(),
        place.display(),
        entry.place.line
    )
}

/// The reasons in words, strongest first.
pub(super) fn reasons(likeness: &Likeness, language: Language) -> Vec<String> {
    likeness.reasons.iter().map(|reason| words(&reason.said, language)).collect()
}

/// A cluster as one JSON object.
pub(super) fn object(library: &Library, cluster: &Cluster, language: Language) -> Value {
    let key = |at: usize| Value::String(library.entries[at].key.clone());
    let pairs: Vec<Value> = cluster
        .pairs
        .iter()
        .map(|pair| {
            json!({
                "a": key(pair.a),
                "b": key(pair.b),
                "score": rounded(pair.likeness.score()),
                "verdict": name(pair.likeness.verdict),
                "reasons": reasons(&pair.likeness, language),
                "evidence": evidence(&pair.likeness),
            })
        })
        .collect();
    json!({
        "verdict": name(cluster.verdict),
        "keys": cluster.members.iter().map(|at| key(*at)).collect::<Vec<_>>(),
        "pairs": pairs,
    })
}

/// The evidence by message id with its points, for programs.
pub(super) fn evidence(likeness: &Likeness) -> Vec<Value> {
    likeness
        .reasons
        .iter()
        .map(|reason| {
            let id = reason.said.id.trim_start_matches("dedupe.");
            json!({"id": id, "points": rounded(reason.points)})
        })
        .collect()
}

/// `same`, `perhaps`, `apart`.
pub(super) fn name(verdict: Verdict) -> &'static str {
    match verdict {
        Verdict::Same => "same",
        Verdict::Perhaps => "perhaps",
        Verdict::Apart => "apart",
    }
}

/// Three decimals, as a number that prints as such.
pub(super) fn rounded(value: f32) -> f64 {
    (f64::from(value) * 1000.0).round() / 1000.0
}
