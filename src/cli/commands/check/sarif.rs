//! Findings as a log of the Static Analysis Results Interchange Format, SARIF 2.1.0 (OASIS).

use crate::check::{Finding, RULES, Severity};
use crate::model::Library;
use crate::text::said::{Language, Said, words};
use serde_json::{Value, json};

/// The whole log, one run.
pub(super) fn log(library: &Library, findings: &[Finding], language: Language) -> Value {
    let rules: Vec<Value> = RULES
        .iter()
        .map(|rule| {
            json!({
                "id": rule.id,
                "shortDescription": {"text": words(&Said::new(rule.said), language)},
                "help": {"text": words(&Said::new(rule.help), language)},
                "defaultConfiguration": {
                    "enabled": rule.severity.is_some(),
                    "level": rule.severity.map_or("none", level),
                },
            })
        })
        .collect();
    let results: Vec<Value> =
        findings.iter().map(|finding| result(library, finding, language)).collect();
    json!({
        "$schema": "https://json.schemastore.org/sarif-2.1.0.json",
        "version": "2.1.0",
        "runs": [{
            "tool": {"driver": {
                "name": "kilde",
                "version": env!("CARGO_PKG_VERSION"),
                "rules": rules,
            }},
            "columnKind": "unicodeCodePoints",
            "results": results,
        }],
    })
}

fn result(library: &Library, finding: &Finding, language: Language) -> Value {
    let source = &library.sources[finding.source];
    let start = source.lines.position(&source.bytes, finding.span.start);
    let end = source.lines.position(&source.bytes, finding.span.end);
    let text = format!("{}; {}", words(&finding.said, language), words(&finding.help, language));
    json!({
        "ruleId": finding.id,
        "level": level(finding.severity),
        "message": {"text": text},
        "locations": [{
            "physicalLocation": {
                "artifactLocation": {"uri": uri(&source.path.display().to_string())},
                "region": {
                    "startLine": start.line,
                    "startColumn": start.column,
                    "endLine": end.line,
                    "endColumn": end.column.max(start.column),
                },
            },
            "logicalLocations": [{"name": finding.key}],
        }],
    })
}

fn level(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Info => "note",
    }
}

/// A path as a URI reference: what is no path character is escaped (RFC 3986).
fn uri(path: &str) -> String {
    let mut out = String::with_capacity(path.len());
    for byte in path.bytes() {
        match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'/' | b'.' | b'-' | b'_' | b'~' => {
                out.push(char::from(byte));
            }
            other => out.push_str(&format!("%{other:02X}")),
        }
    }
    out
}
