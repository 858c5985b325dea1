//! Keys told apart: case does not count (BibTeX), and `ids` are keys as well.

use super::Pattern;
use super::told_apart::Mark;
use crate::model::Library;
use std::collections::HashSet;

/// The key that `pattern` would give each entry of `wanted` (indexes), told apart from all keys that
/// stay; `None` where the pattern makes nothing of an entry, or the entry has such a key already.
pub fn proposals(
    library: &Library,
    pattern: &Pattern,
    wanted: &[usize],
) -> Vec<(usize, Option<String>)> {
    let mark = Mark::of(pattern);
    let made: Vec<(usize, Option<String>)> =
        wanted.iter().map(|at| (*at, pattern.key(&library.entries[*at]))).collect();
    let changing: HashSet<usize> = made
        .iter()
        .filter(|(at, key)| {
            key.as_ref().is_some_and(|key| !follows(&library.entries[*at].key, key, &mark))
        })
        .map(|(at, _)| *at)
        .collect();
    let mut taken: HashSet<String> = HashSet::new();
    for (at, entry) in library.entries.iter().enumerate() {
        if !changing.contains(&at) {
            taken.insert(entry.key.to_lowercase());
        }
        taken.extend(entry.list("ids").iter().map(|id| id.to_lowercase()));
    }
    made.into_iter()
        .map(|(at, key)| {
            let key = key.filter(|_| changing.contains(&at)).map(|key| free(&key, &mark, &taken));
            if let Some(key) = &key {
                taken.insert(key.to_lowercase());
            }
            (at, key)
        })
        .collect()
}

/// Whether `key` is `made`, or `made` with a mark to tell it apart.
fn follows(key: &str, made: &str, mark: &Mark) -> bool {
    let Some(rest) = key
        .get(..made.len())
        .filter(|head| head.eq_ignore_ascii_case(made))
        .and_then(|_| key.get(made.len()..))
    else {
        return false;
    };
    rest.is_empty() || (rest.len() <= mark.nth(1).len() + 1 && mark.is_one(rest))
}

/// `key`, or `key` with the first mark that nobody has.
fn free(key: &str, mark: &Mark, taken: &HashSet<String>) -> String {
    let lower = key.to_lowercase();
    if !taken.contains(&lower) {
        return key.to_owned();
    }
    (1_usize..)
        .map(|nth| mark.nth(nth))
        .find(|suffix| !taken.contains(&format!("{lower}{}", suffix.to_lowercase())))
        .map_or_else(|| key.to_owned(), |suffix| format!("{key}{suffix}"))
}
