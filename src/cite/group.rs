//! A reference list in parts.

use super::item::Item;
use super::item::Variable;
use std::cmp::Reverse;
use std::collections::BTreeMap;

/// By what a list is parted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum GroupBy {
    /// By the project that the entry names.
    Project,
    /// By the type of the work.
    Type,
    /// By year, the newest first.
    Year,
    /// By the language of the work.
    Language,
}

/// What stands above a part.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum Heading {
    /// A year.
    Year(Reverse<i32>),
    /// Words of the library's own.
    Own(String),
    /// A kind of work, by the end of its id in the catalogue (`cite.kind.…`).
    Kind(usize, &'static str),
    /// The tag of a language without its region.
    Language(String),
    /// It is not known.
    Unknown,
}

/// The kinds of works in the order in which a list has them.
const KINDS: &[(&str, &[&str])] = &[
    ("books", &["book", "classic", "periodical"]),
    ("chapters", &["chapter", "entry", "entry-dictionary", "entry-encyclopedia"]),
    ("articles", &["article", "article-journal", "review", "review-book"]),
    ("press", &["article-magazine", "article-newspaper", "interview"]),
    ("reports", &["report", "standard"]),
    ("theses", &["thesis"]),
    ("conference", &["paper-conference", "speech", "event"]),
    ("web", &["webpage", "post", "post-weblog"]),
    ("media", &["motion_picture", "broadcast", "song", "performance", "musical_score"]),
    ("images", &["graphic", "figure", "map"]),
    ("data", &["dataset", "software"]),
    ("law", &["legislation", "legal_case", "bill", "hearing", "regulation", "treaty", "patent"]),
    ("pamphlets", &["pamphlet", "manuscript", "personal_communication"]),
];

/// The parts of a list in order, each with the places of its items; within a part the order is
/// that of `items`. `projects` has what the entry of each item says in `project`.
pub fn parts(by: GroupBy, items: &[&Item], projects: &[String]) -> Vec<(Heading, Vec<usize>)> {
    let mut parts: BTreeMap<Heading, Vec<usize>> = BTreeMap::new();
    for (at, item) in items.iter().enumerate() {
        let heading = match by {
            GroupBy::Project => match projects.get(at).map(String::as_str) {
                None | Some("") => Heading::Unknown,
                Some(project) => Heading::Own(project.to_owned()),
            },
            GroupBy::Type => kind(&item.kind),
            GroupBy::Year => {
                let year = item.date(Variable::ISSUED).and_then(|date| date.start.year);
                year.map_or(Heading::Unknown, |year| Heading::Year(Reverse(year)))
            }
            GroupBy::Language => match item.language.split('-').next() {
                None | Some("") => Heading::Unknown,
                Some(language) => Heading::Language(language.to_lowercase()),
            },
        };
        parts.entry(heading).or_default().push(at);
    }
    parts.into_iter().collect()
}

fn kind(item_type: &str) -> Heading {
    let at = KINDS.iter().position(|(_, types)| types.contains(&item_type));
    at.map_or(Heading::Kind(KINDS.len(), "other"), |at| Heading::Kind(at, KINDS[at].0))
}

/// The ends of all ids that [`Heading::Kind`] can have.
pub fn kinds() -> impl Iterator<Item = &'static str> {
    KINDS.iter().map(|(id, _)| *id).chain(["other"])
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::cite::item::Date;

    #[test]
    fn the_newest_year_is_first_and_no_year_last() {
        let dated = |id: &str, year: Option<i32>| {
            let mut item = Item::new(id, "book");
            if let Some(year) = year {
                item.set_date("issued", Date::year(year));
            }
            item
        };
        let items = [dated("a", None), dated("b", Some(1999)), dated("c", Some(2020))];
        let items: Vec<&Item> = items.iter().collect();
        let order: Vec<Vec<usize>> =
            parts(GroupBy::Year, &items, &[]).into_iter().map(|it| it.1).collect();
        assert_eq!(order, [vec![2], vec![1], vec![0]]);
    }

    #[test]
    fn works_without_a_project_come_last() {
        let items = [Item::new("a", "book"), Item::new("b", "thesis")];
        let items: Vec<&Item> = items.iter().collect();
        let parts = parts(GroupBy::Project, &items, &[String::new(), "NIBR".into()]);
        assert_eq!(parts[0], (Heading::Own("NIBR".into()), vec![1]));
        assert_eq!(parts[1].0, Heading::Unknown);
    }
}
