//! The order of a merged file.

use super::item::Id;
use std::collections::{HashMap, HashSet};

/// All identities of both sides. Where ours kept the order of the base, theirs is followed, else
/// ours; what the other side has besides stands behind what it stood behind there.
pub(super) fn merged(base: &[Id], ours: &[Id], theirs: &[Id]) -> Vec<Id> {
    let kept = {
        let in_base: HashSet<&Id> = base.iter().collect();
        let in_ours: HashSet<&Id> = ours.iter().collect();
        ours.iter()
            .filter(|id| in_base.contains(id))
            .eq(base.iter().filter(|id| in_ours.contains(id)))
    };
    let (spine, other) = if kept { (theirs, ours) } else { (ours, theirs) };
    let in_spine: HashSet<&Id> = spine.iter().collect();
    // What follows each: in order, behind the nearest one before it that the spine has.
    let mut behind: HashMap<Option<&Id>, Vec<&Id>> = HashMap::new();
    let mut last = None;
    for id in other {
        if in_spine.contains(id) {
            last = Some(id);
        } else {
            behind.entry(last).or_default().push(id);
        }
    }
    let mut out = Vec::with_capacity(spine.len() + other.len());
    out.extend(behind.remove(&None).into_iter().flatten().cloned());
    for id in spine {
        out.push(id.clone());
        out.extend(behind.remove(&Some(id)).into_iter().flatten().cloned());
    }
    out
}
