//! The words of the pages, from the catalogues.

use crate::text::said::{self, Language, Said};
use std::collections::HashMap;
use std::sync::LazyLock;

/// What all ids of the pages begin with.
const AREA: &str = "overview.page.";

static IDS: LazyLock<HashMap<&'static str, &'static str>> = LazyLock::new(|| {
    said::all(Language::Nb)
        .into_iter()
        .filter_map(|(id, _)| Some((id.strip_prefix(AREA)?, id)))
        .collect()
});

/// The message `overview.page.ID`; `None` where the catalogues have none.
pub fn known(id: &str) -> Option<Said> {
    IDS.get(id).map(|full| Said::new(full))
}

/// The message `overview.page.ID`. An id that is in no catalogue shows as `?`, which a test would
/// find in the pages.
pub fn said(id: &str) -> Said {
    known(id).unwrap_or_else(|| Said::new("?"))
}

/// The words of `overview.page.ID` in `language`.
pub fn word(id: &str, language: Language) -> String {
    said::words(&said(id), language)
}

/// The words of `overview.page.ID` with one place filled.
pub fn word_with(id: &str, place: &'static str, value: &str, language: Language) -> String {
    said::words(&said(id).with(place, value), language)
}

/// What something is called in the pages: `overview.page.GROUP.ID`, else its own id.
pub fn name(group: &str, id: &str, language: Language) -> String {
    known(&format!("{group}.{id}"))
        .map_or_else(|| id.to_owned(), |said| said::words(&said, language))
}
