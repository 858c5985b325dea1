//! Fields inherited through `crossref` and `xdata`, by biber's default rules (BibLaTeX manual,
//! 3.15 and appendix B). Cycles and depth are cut; an entry's own fields always win.

use super::entry::Field;
use super::library::Library;

/// How many generations are followed.
const DEPTH: usize = 16;

/// Gives every entry of `library` what it inherits.
pub(super) fn resolve(library: &mut Library) {
    for at in 0..library.entries.len() {
        borrow(library, at);
    }
    let heirs: Vec<usize> = (0..library.entries.len())
        .filter(|at| library.entries[*at].has("crossref") || library.entries[*at].has("xdata"))
        .collect();
    for heir in heirs {
        let inherited = collect(library, heir);
        library.entries[heir].fields.extend(inherited);
    }
}

/// Gives the fields written `xdata=KEY-FIELD` (or `xdata=KEY-FIELD-N` for one part of a list) what
/// stands there (BibLaTeX manual, 3.13.6).
fn borrow(library: &mut Library, heir: usize) {
    for number in 0..library.entries[heir].fields.len() {
        let field = &library.entries[heir].fields[number];
        let Some(place) = field.raw.strip_prefix("xdata=") else { continue };
        // A key may have dashes in it: the longest is tried first.
        let found = place.rmatch_indices('-').find_map(|(dash, _)| {
            let entry = library.by_key(&place[..dash])?;
            let (name, part) = match place[dash + 1..].split_once('-') {
                Some((name, part)) => (name, Some(part.parse::<usize>().ok()?)),
                None => (&place[dash + 1..], None),
            };
            let whole = entry.raw(&super::alias::field(name))?;
            let raw = match part {
                Some(part) => *super::name::split_list(whole).get(part.checked_sub(1)?)?,
                None => whole,
            };
            (!raw.starts_with("xdata=")).then(|| (raw.to_owned(), entry.key.clone()))
        });
        if let Some((raw, from)) = found {
            let field = &mut library.entries[heir].fields[number];
            field.raw = raw.into();
            field.from = Some(from.as_str().into());
        }
    }
}

/// Own fields of ancestors, nearest first, renamed step by step.
fn collect(library: &Library, heir: usize) -> Vec<Field> {
    let mut found: Vec<Field> = Vec::new();
    let mut seen = vec![heir];
    let mut queue = parents(library, heir, &library.entries[heir].entry_type);
    let mut depth = 0;
    while !queue.is_empty() && depth < DEPTH {
        depth += 1;
        let mut next = Vec::new();
        for (parent, path) in queue {
            if seen.contains(&parent) {
                continue;
            }
            seen.push(parent);
            let entry = &library.entries[parent];
            for field in entry.fields.iter().filter(|field| field.from.is_none()) {
                for name in path.renamed(&field.name) {
                    let taken = library.entries[heir].field(&name).is_some()
                        || clashes(library, heir, &name)
                        || found.iter().any(|it| it.name == name);
                    if !taken {
                        found.push(Field {
                            name,
                            raw: field.raw.clone(),
                            span: 0..0,
                            from: Some(entry.key.as_str().into()),
                        });
                    }
                }
            }
            next.extend(
                parents(library, parent, &entry.entry_type)
                    .into_iter()
                    .map(|(grand, step)| (grand, Path { xdata: path.xdata && step.xdata, ..step })),
            );
        }
        queue = next;
    }
    found
}

/// An own `date` stands for `year` and `month`, and they for it.
fn clashes(library: &Library, heir: usize, name: &str) -> bool {
    let own = &library.entries[heir];
    match name {
        "date" => own.field("year").is_some(),
        "year" | "month" => own.field("date").is_some() || own.field("year").is_some(),
        _ => false,
    }
}

/// How fields are renamed on the way from a parent to a child.
struct Path {
    xdata: bool,
    parent: String,
    child: String,
}

impl Path {
    fn renamed(&self, field: &str) -> Vec<Box<str>> {
        if matches!(field, "xdata" | "crossref" | "ids") {
            return Vec::new();
        }
        if self.xdata {
            return vec![field.into()];
        }
        if NEVER.contains(&field) {
            return Vec::new();
        }
        let (parent, child) = (self.parent.as_str(), self.child.as_str());
        let part = matches!(
            child,
            "inbook"
                | "bookinbook"
                | "suppbook"
                | "incollection"
                | "inreference"
                | "suppcollection"
                | "inproceedings"
        );
        let multi = matches!(parent, "mvbook" | "mvcollection" | "mvreference" | "mvproceedings");
        let prefix = match (parent, child) {
            ("periodical", "article" | "suppperiodical") => "journal",
            _ if multi => "main",
            _ if part => "book",
            _ => "",
        };
        match field {
            "title" | "subtitle" | "titleaddon" if !prefix.is_empty() => {
                let journal_addon = prefix == "journal" && field == "titleaddon";
                if journal_addon { Vec::new() } else { vec![format!("{prefix}{field}").into()] }
            }
            "shorttitle" | "sorttitle" | "indextitle" | "indexsorttitle" if !prefix.is_empty() => {
                Vec::new()
            }
            "author"
                if matches!(parent, "book" | "mvbook")
                    && matches!(child, "inbook" | "bookinbook" | "suppbook") =>
            {
                vec!["author".into(), "bookauthor".into()]
            }
            _ => vec![field.into()],
        }
    }
}

const NEVER: &[&str] = &[
    "ids",
    "crossref",
    "xref",
    "entryset",
    "entrysubtype",
    "execute",
    "label",
    "options",
    "presort",
    "related",
    "relatedoptions",
    "relatedstring",
    "relatedtype",
    "shorthand",
    "shorthandintro",
    "sortkey",
    "fulltext",
    "summary",
    "provenance",
    "unverified",
    "status",
    "file",
    "abstract",
    "note",
];

fn parents(library: &Library, child: usize, child_type: &str) -> Vec<(usize, Path)> {
    let entry = &library.entries[child];
    let own = |name: &str| entry.field(name).filter(|field| field.from.is_none());
    let mut out = Vec::new();
    for (name, xdata) in [("xdata", true), ("crossref", false)] {
        let Some(field) = own(name) else { continue };
        for key in field.raw.split(',').map(str::trim).filter(|key| !key.is_empty()) {
            if let Some(parent) = library.position(key) {
                let parent_type = library.entries[parent].entry_type.clone();
                let path = Path { xdata, parent: parent_type, child: child_type.to_owned() };
                out.push((parent, path));
            }
        }
    }
    out
}
