//! The variables of CSL 1.0.2 (appendix "Variables"), plus the few that the reference
//! implementation knows besides.

/// What a variable holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum VariableKind {
    /// Text, perhaps with markup.
    Text,
    /// Text that is read as numbers.
    Number,
    /// A list of names.
    Names,
    /// A date.
    Date,
}

/// A variable of CSL; cheap to copy and to compare.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Variable(u8);

impl Variable {
    /// The variable of that name, or `None` where CSL has none. `event` is read as `event-title`
    /// only by [`Item`](super::Item), not here.
    pub fn named(name: &str) -> Option<Variable> {
        let at = TABLE.binary_search_by(|(known, _)| known.cmp(&name)).ok()?;
        Some(Variable(at as u8))
    }

    /// Its name as CSL and CSL-JSON spell it.
    pub fn name(self) -> &'static str {
        TABLE[usize::from(self.0)].0
    }

    /// What it holds.
    pub fn kind(self) -> VariableKind {
        TABLE[usize::from(self.0)].1
    }

    /// All variables, by name.
    pub fn all() -> impl Iterator<Item = Variable> {
        (0..TABLE.len()).map(|at| Variable(at as u8))
    }

    const fn at(name: &str) -> Variable {
        let mut at = 0;
        while at < TABLE.len() {
            if same(TABLE[at].0.as_bytes(), name.as_bytes()) {
                return Variable(at as u8);
            }
            at += 1;
        }
        panic!("a variable that the table lacks")
    }
}

const fn same(a: &[u8], b: &[u8]) -> bool {
    if a.len() != b.len() {
        return false;
    }
    let mut at = 0;
    while at < a.len() {
        if a[at] != b[at] {
            return false;
        }
        at += 1;
    }
    true
}

macro_rules! known {
    ($($constant:ident = $name:literal;)*) => {
        impl Variable {
            $(#[doc = concat!("`", $name, "`.")] pub const $constant: Variable = Variable::at($name);)*
        }
    };
}

known! {
    ACCESSED = "accessed";
    AUTHOR = "author";
    CITATION_LABEL = "citation-label";
    CITATION_NUMBER = "citation-number";
    COLLECTION_NUMBER = "collection-number";
    COLLECTION_TITLE = "collection-title";
    CONTAINER_TITLE = "container-title";
    CONTAINER_TITLE_SHORT = "container-title-short";
    DOI = "DOI";
    EDITOR = "editor";
    EDITOR_TRANSLATOR = "editor-translator";
    EVENT = "event";
    EVENT_TITLE = "event-title";
    FIRST_REFERENCE_NOTE_NUMBER = "first-reference-note-number";
    ISSUED = "issued";
    JURISDICTION = "jurisdiction";
    LOCATOR = "locator";
    NOTE = "note";
    NUMBER_OF_PAGES = "number-of-pages";
    NUMBER_OF_VOLUMES = "number-of-volumes";
    PAGE = "page";
    PAGE_FIRST = "page-first";
    PMCID = "PMCID";
    PMID = "PMID";
    PUBLISHER = "publisher";
    PUBLISHER_PLACE = "publisher-place";
    STATUS = "status";
    TITLE = "title";
    TITLE_SHORT = "title-short";
    TRANSLATOR = "translator";
    URL = "URL";
    VOLUME = "volume";
    YEAR_SUFFIX = "year-suffix";
}

use VariableKind::Date;
use VariableKind::Names;
use VariableKind::Number;
use VariableKind::Text;

/// In the order of bytes, for the binary search.
static TABLE: &[(&str, VariableKind)] = &[
    ("DOI", Text),
    ("ISBN", Text),
    ("ISSN", Text),
    ("PMCID", Text),
    ("PMID", Text),
    ("URL", Text),
    ("abstract", Text),
    ("accessed", Date),
    ("annote", Text),
    ("archive", Text),
    ("archive-place", Text),
    ("archive_collection", Text),
    ("archive_location", Text),
    ("author", Names),
    ("authority", Text),
    ("available-date", Date),
    ("call-number", Number),
    ("chair", Names),
    ("chapter-number", Number),
    ("citation-key", Text),
    ("citation-label", Text),
    ("citation-number", Number),
    ("collection-editor", Names),
    ("collection-number", Number),
    ("collection-title", Text),
    ("collection-title-short", Text),
    ("commenter", Names),
    ("compiler", Names),
    ("composer", Names),
    ("container-author", Names),
    ("container-title", Text),
    ("container-title-short", Text),
    ("contributor", Names),
    ("country", Text),
    ("curator", Names),
    ("dimensions", Text),
    ("director", Names),
    ("division", Number),
    ("edition", Number),
    ("editor", Names),
    ("editor-translator", Names),
    ("editorial-director", Names),
    ("event", Text),
    ("event-date", Date),
    ("event-place", Text),
    ("event-title", Text),
    ("executive-producer", Names),
    ("first-reference-note-number", Number),
    ("genre", Text),
    ("guest", Names),
    ("host", Names),
    ("illustrator", Names),
    ("interviewer", Names),
    ("issue", Number),
    ("issued", Date),
    ("jurisdiction", Text),
    ("keyword", Text),
    ("language", Text),
    ("license", Text),
    ("locator", Number),
    ("locator-extra", Number),
    ("medium", Text),
    ("narrator", Names),
    ("note", Text),
    ("number", Number),
    ("number-of-pages", Number),
    ("number-of-volumes", Number),
    ("organizer", Names),
    ("original-author", Names),
    ("original-date", Date),
    ("original-publisher", Text),
    ("original-publisher-place", Text),
    ("original-title", Text),
    ("page", Number),
    ("page-first", Number),
    ("part-number", Number),
    ("part-title", Text),
    ("performer", Names),
    ("printing-number", Number),
    ("producer", Names),
    ("publication-date", Date),
    ("publisher", Text),
    ("publisher-place", Text),
    ("recipient", Names),
    ("references", Text),
    ("reviewed-author", Names),
    ("reviewed-genre", Text),
    ("reviewed-title", Text),
    ("scale", Text),
    ("script-writer", Names),
    ("section", Number),
    ("series-creator", Names),
    ("source", Text),
    ("status", Text),
    ("submitted", Date),
    ("supplement", Number),
    ("supplement-number", Number),
    ("title", Text),
    ("title-short", Text),
    ("translator", Names),
    ("version", Number),
    ("volume", Number),
    ("volume-title", Text),
    ("volume-title-short", Text),
    ("year-suffix", Text),
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_table_is_in_order_and_every_name_is_found() {
        assert!(TABLE.is_sorted_by(|a, b| a.0 < b.0));
        assert!(Variable::all().all(|variable| Variable::named(variable.name()) == Some(variable)));
    }

    #[test]
    fn an_unknown_name_is_no_variable() {
        assert_eq!(Variable::named("colour"), None);
        assert_eq!(Variable::named("author"), Some(Variable::AUTHOR));
    }
}
