//! Every sure cluster of a library merged.

use super::{edits, plan};
use crate::compare::{Decisions, Features, Verdict, find};
use crate::model::{Entry, Library};
use crate::text::edit::{Edit, apply};
use std::sync::Arc;

/// What merging came to.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Merged {
    /// The text of each source that changed, by its index.
    pub changed: Vec<(usize, Arc<[u8]>)>,
    /// For each merge the key that stays and those that go.
    pub keys: Vec<(String, Vec<String>)>,
}

/// The most rounds: two merges that touch each other are made one after the other.
const ROUNDS: usize = 8;

/// Merges each cluster of `library` of which every tie is at least as certain as `threshold`
/// (0 to 1). Clusters with broken entries, or values that do not fit, are left.
pub fn all(library: &Library, decisions: &Decisions, threshold: f32) -> Merged {
    let mut current = library.clone();
    let mut merged = Merged::default();
    for _ in 0..ROUNDS {
        let features: Vec<Features> = current.entries.iter().map(Features::of).collect();
        let mut by_source: Vec<Vec<Edit>> = vec![Vec::new(); current.sources.len()];
        let mut any = false;
        for cluster in find(&features, decisions) {
            let sure = cluster.verdict == Verdict::Same
                && cluster.pairs.iter().all(|pair| pair.likeness.score() >= threshold);
            if !sure {
                continue;
            }
            let entries: Vec<&Entry> =
                cluster.members.iter().map(|at| &current.entries[*at]).collect();
            let merge = plan(&entries, None);
            let Ok(changes) = edits(&current, &cluster.members, &merge) else { continue };
            let touches = changes.iter().any(|changed| {
                changed.edits.iter().any(|edit| touches(&by_source[changed.source], edit))
            });
            if touches {
                continue;
            }
            for changed in changes {
                by_source[changed.source].extend(changed.edits);
            }
            let gone = merge.gone.iter().map(|at| entries[*at].key.clone()).collect();
            merged.keys.push((entries[merge.kept].key.clone(), gone));
            any = true;
        }
        if !any {
            break;
        }
        let texts = by_source
            .iter()
            .enumerate()
            .filter(|(_, edits)| !edits.is_empty())
            .filter_map(|(at, edits)| {
                Some((at, apply(&current.sources[at].bytes, edits).ok()?.into()))
            })
            .collect();
        current = current.with_texts(texts);
    }
    merged.changed = (current.sources.iter().zip(&library.sources).enumerate())
        .filter(|(_, (new, old))| new.bytes != old.bytes)
        .map(|(at, (new, _))| (at, new.bytes.clone()))
        .collect();
    merged
}

fn touches(edits: &[Edit], edit: &Edit) -> bool {
    edits.iter().any(|it| it.span.start <= edit.span.end && edit.span.start <= it.span.end)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sure_clusters_become_one_entry_each_and_the_rest_stays() {
        let text = "@book{a, author={Berg, K.}, title={Groups that help themselves}, year=2001}\n\n\
             @book{b, author={Berg, Kari}, title={Groups that help themselves}, year=2001, isbn={1}}\n\n\
             @book{c, author={Lie, Ola}, title={Another book about towns}, year=2003}\n";
        let library = Library::new(vec![("a.bib".into(), text.as_bytes().into())]);
        let merged = all(&library, &Decisions::default(), 0.9);
        assert_eq!(merged.keys, [("b".to_owned(), vec!["a".to_owned()])]);
        let after = String::from_utf8(merged.changed[0].1.to_vec()).unwrap();
        assert!(after.contains("ids={a}") || after.contains("ids = {a}"), "{after}");
        assert!(!after.contains("@book{a,") && after.contains("@book{c,"));
        let none = all(&library, &Decisions::parse("a\tb\n"), 0.9);
        assert_eq!(none, Merged::default());
    }
}
