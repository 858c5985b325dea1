//! Fixes put together: which edits, until nothing is left to fix.

use super::finding::{Finding, Safety};
use super::settings::Settings;
use super::{Facts, check};
use crate::model::Library;
use crate::text::edit::{Edit, apply};
use std::sync::Arc;

/// What fixing came to.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Fixes {
    /// The bytes of each source that changed, by its index.
    pub changed: Vec<(usize, Arc<[u8]>)>,
    /// How many findings were fixed.
    pub count: usize,
}

/// The most rounds: a fix may bring the next to light, but never for long.
const ROUNDS: usize = 8;

/// Fixes what can be fixed: safe fixes, and unsafe ones where `safety` says so, of the entries with
/// one of `keys` (all where there are none). Done again until nothing changes, so that fixing the
/// outcome once more changes nothing.
pub fn fixed(
    library: &Library,
    settings: &Settings,
    facts: &Facts,
    safety: Safety,
    keys: &[String],
) -> Fixes {
    let mut current = library.clone();
    let mut count = 0;
    for _ in 0..ROUNDS {
        let findings = check(&current, settings, facts);
        let mut texts: Vec<(usize, Arc<[u8]>)> = Vec::new();
        for (at, source) in current.sources.iter().enumerate() {
            let wanted = findings.iter().filter(|it| {
                it.source == at
                    && it.safety.is_some_and(|own| own <= safety)
                    && (keys.is_empty() || keys.contains(&it.key))
            });
            let (edits, taken) = compatible(wanted);
            if let Ok(text) = apply(&source.bytes, &edits)
                && taken > 0
                && *text != *source.bytes
            {
                count += taken;
                texts.push((at, text.into()));
            }
        }
        if texts.is_empty() {
            break;
        }
        current = current.with_texts(texts);
    }
    let changed = (current.sources.iter().zip(&library.sources).enumerate())
        .filter(|(_, (new, old))| new.bytes != old.bytes)
        .map(|(at, (new, _))| (at, new.bytes.clone()))
        .collect();
    Fixes { changed, count }
}

/// Edits that do not touch each other, and of how many findings: of two that do, the first stays,
/// the other comes in the next round.
fn compatible<'a>(findings: impl Iterator<Item = &'a Finding>) -> (Vec<Edit>, usize) {
    let mut out: Vec<Edit> = Vec::new();
    let mut count = 0;
    for finding in findings {
        let touches = |edit: &Edit| {
            out.iter().any(|it| it.span.start <= edit.span.end && edit.span.start <= it.span.end)
        };
        if finding.edits.iter().any(touches) {
            continue;
        }
        out.extend(finding.edits.iter().cloned());
        count += 1;
    }
    (out, count)
}
