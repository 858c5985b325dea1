//! A finding as a JSON object.

use crate::check::{Finding, Safety};
use crate::model::Library;
use crate::text::said::{Language, words};
use serde_json::{Value, json};

/// The finding with its place and, where it has one, its fix as edits to the file's bytes.
pub(super) fn object(library: &Library, finding: &Finding, language: Language) -> Value {
    let source = &library.sources[finding.source];
    let start = source.lines.position(&source.bytes, finding.span.start);
    let end = source.lines.position(&source.bytes, finding.span.end);
    let fix = finding.safety.map(|safety| {
        let edits: Vec<Value> = finding
            .edits
            .iter()
            .map(|edit| {
                json!({
                    "start": edit.span.start,
                    "end": edit.span.end,
                    "insert": String::from_utf8_lossy(&edit.insert),
                })
            })
            .collect();
        json!({"safe": safety == Safety::Safe, "edits": edits})
    });
    json!({
        "rule": finding.id,
        "severity": finding.severity.name(),
        "key": finding.key,
        "file": source.path.display().to_string(),
        "line": start.line,
        "column": start.column,
        "endLine": end.line,
        "endColumn": end.column,
        "message": words(&finding.said, language),
        "help": words(&finding.help, language),
        "fix": fix,
    })
}
