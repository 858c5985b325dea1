//! BibTeX's names for what BibLaTeX calls otherwise (BibLaTeX manual, 2.1.2 and 2.2.5).

/// The BibLaTeX name of a field, lower case.
pub fn field(name: &str) -> String {
    let lower = name.to_lowercase();
    match FIELDS.iter().find(|(alias, _)| *alias == lower) {
        Some((_, own)) => (*own).to_owned(),
        None => lower,
    }
}

/// The BibLaTeX name of an entry type, lower case, and the value of `type` that the alias implies
/// (`@phdthesis` is a `@thesis` of type `phdthesis`).
pub fn entry_type(name: &str) -> (String, Option<&'static str>) {
    let lower = name.to_lowercase();
    match TYPES.iter().find(|(alias, _, _)| *alias == lower) {
        Some((_, own, implied)) => ((*own).to_owned(), *implied),
        None => (lower, None),
    }
}

const FIELDS: &[(&str, &str)] = &[
    ("address", "location"),
    ("annote", "annotation"),
    ("archiveprefix", "eprinttype"),
    ("journal", "journaltitle"),
    ("key", "sortkey"),
    ("pdf", "file"),
    ("primaryclass", "eprintclass"),
    ("school", "institution"),
];

const TYPES: &[(&str, &str, Option<&str>)] = &[
    ("conference", "inproceedings", None),
    ("electronic", "online", None),
    ("mastersthesis", "thesis", Some("mathesis")),
    ("phdthesis", "thesis", Some("phdthesis")),
    ("techreport", "report", Some("techreport")),
    ("www", "online", None),
];

/// Whether the value of this field (BibLaTeX name) is verbatim: never decoded as TeX
/// (BibLaTeX manual 2.2.1, and kilde's own link fields).
pub fn is_verbatim(field: &str) -> bool {
    matches!(
        field,
        "doi"
            | "eprint"
            | "file"
            | "url"
            | "urlraw"
            | "fulltext"
            | "summary"
            | "provenance"
            | "verba"
            | "verbb"
            | "verbc"
            | "ids"
            | "crossref"
            | "xref"
            | "xdata"
            | "related"
            | "entryset"
            | "unverified"
            | "project"
            | "pmid"
    )
}

/// Whether the value of this field is a list of names.
pub fn is_names(field: &str) -> bool {
    matches!(
        field,
        "author"
            | "editor"
            | "editora"
            | "editorb"
            | "editorc"
            | "translator"
            | "annotator"
            | "commentator"
            | "introduction"
            | "foreword"
            | "afterword"
            | "bookauthor"
            | "holder"
            | "shortauthor"
            | "shorteditor"
            | "sortname"
            | "namea"
            | "nameb"
            | "namec"
    )
}
