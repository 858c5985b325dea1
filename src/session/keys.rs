//! The pattern by which a library makes its citation keys, and which of them do not follow it.

use super::Error;
use crate::key_pattern::{Pattern, proposals};
use crate::model::Library;
use crate::text::said::Said;
use std::collections::HashMap;

/// The pattern where neither the library nor the user has one.
const PATTERN: &str = "[auth:lower][year][veryshorttitle:lower]";

/// The pattern that was asked for, else that of the library's table `[keys]`, else ours; as written
/// and as understood.
pub fn pattern(asked: Option<&str>, table: &toml::Table) -> Result<(String, Pattern), Error> {
    let set = table.get("pattern").and_then(toml::Value::as_str);
    let text = asked.or(set).unwrap_or(PATTERN);
    let pattern = Pattern::parse(text).map_err(|wrong| {
        Error::usage(Said::new("keys.wrong").with("pattern", text)).because(wrong)
    })?;
    Ok((text.to_owned(), pattern))
}

/// The keys that the pattern would give, by the place of the entry; entries that have such a key, or
/// of which the pattern makes nothing, are left out.
pub fn expected(library: &Library, pattern: &Pattern) -> HashMap<usize, String> {
    let whole: Vec<usize> =
        (0..library.entries.len()).filter(|at| !library.entries[*at].is_broken).collect();
    let proposals = proposals(library, pattern, &whole).into_iter();
    proposals.filter_map(|(at, key)| Some((at, key?))).collect()
}
