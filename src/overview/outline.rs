//! What stands where: the alphabet, and groups by project, type, year, language and topic.

use super::slug;
use super::words;
use super::work::Work;
use crate::text::collate;
use crate::text::said::Language;
use std::collections::HashMap;

/// By what works are grouped.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Facet {
    /// The project or part of the overview it belongs to.
    Project,
    /// What kind of work it is.
    Type,
    /// When it came out.
    Year,
    /// The language it is in.
    Language,
    /// What it is about.
    Topic,
}

impl Facet {
    /// All, in the order of the pages.
    pub const ALL: [Self; 5] = [Self::Topic, Self::Type, Self::Project, Self::Year, Self::Language];

    /// Its name in addresses and catalogues.
    pub fn id(self) -> &'static str {
        match self {
            Self::Project => "project",
            Self::Type => "type",
            Self::Year => "year",
            Self::Language => "language",
            Self::Topic => "topic",
        }
    }
}

/// Works that have something in common.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Group {
    /// What they have in common, as the entries say it; empty for works that do not say.
    pub value: String,
    /// Its name in addresses, with the facet before it: `type-article`.
    pub slug: String,
    /// What it is called: bokmål, nynorsk, English.
    pub names: [String; 3],
    /// The works, in alphabetical order.
    pub works: Vec<usize>,
}

/// The groups of a facet, in the order in which they are shown.
pub type Groups = Vec<Group>;

/// What stands where in the whole overview.
#[derive(Debug, Clone, Default)]
pub struct Outline {
    /// All works in alphabetical order.
    pub alphabet: Vec<usize>,
    /// Letters, and the works under each.
    pub letters: Vec<(String, Vec<usize>)>,
    /// The groups of each facet.
    pub facets: Vec<(Facet, Groups)>,
    /// For each work the numbers of facet and group that it belongs to.
    pub belongs: Vec<Vec<(usize, usize)>>,
}

/// What a facet says of a work: value and, where the work itself has names for it, these.
fn values(work: &Work, facet: Facet) -> Vec<(String, Option<[String; 3]>)> {
    match facet {
        Facet::Project => work.projects.iter().map(|it| (it.clone(), None)).collect(),
        Facet::Type => vec![(work.kind.clone(), None)],
        Facet::Year => vec![(work.year.map_or(String::new(), |year| year.to_string()), None)],
        Facet::Language => vec![(work.tongue.clone().unwrap_or_default(), None)],
        Facet::Topic => {
            work.topics.iter().map(|it| (it.slug.clone(), Some(it.names.clone()))).collect()
        }
    }
}

/// Puts `works` in order and into groups; `project` gives what a project is called.
pub fn outline(works: &[Work], project: impl Fn(&str, Language) -> Option<String>) -> Outline {
    let mut alphabet: Vec<usize> = (0..works.len()).collect();
    alphabet.sort_by(|&a, &b| {
        let (a, b) = (&works[a], &works[b]);
        a.order
            .cmp(&b.order)
            .then_with(|| a.year.cmp(&b.year))
            .then_with(|| collate::compare(&a.title, &b.title).then_with(|| a.slug.cmp(&b.slug)))
    });
    let mut letters: Vec<(String, Vec<usize>)> = Vec::new();
    for &at in &alphabet {
        let letter = &works[at].letter;
        match letters.iter_mut().find(|(it, _)| it == letter) {
            Some((_, under)) => under.push(at),
            None => letters.push((letter.clone(), vec![at])),
        }
    }
    let facets: Vec<(Facet, Groups)> = Facet::ALL
        .into_iter()
        .map(|facet| (facet, groups(works, &alphabet, facet, &project)))
        .filter(|(_, groups)| groups.iter().any(|group| !group.value.is_empty()))
        .collect();
    let mut belongs = vec![Vec::new(); works.len()];
    for (facet, (_, groups)) in facets.iter().enumerate() {
        for (group, it) in groups.iter().enumerate() {
            it.works.iter().for_each(|&work| belongs[work].push((facet, group)));
        }
    }
    Outline { alphabet, letters, facets, belongs }
}

fn groups(
    works: &[Work],
    alphabet: &[usize],
    facet: Facet,
    project: &impl Fn(&str, Language) -> Option<String>,
) -> Groups {
    let mut slugs = slug::Names::default();
    let mut at: HashMap<String, usize> = HashMap::new();
    let mut out: Groups = Vec::new();
    for &work in alphabet {
        for (value, names) in values(&works[work], facet) {
            let number = *at.entry(value.clone()).or_insert_with(|| {
                let own = |language| match (facet, value.as_str()) {
                    (_, "") => words::name(facet.id(), "none", language),
                    (Facet::Project, id) => project(id, language).unwrap_or_else(|| id.to_owned()),
                    (_, id) => words::name(facet.id(), id, language),
                };
                let names = names.unwrap_or_else(|| Language::ALL.map(own));
                let of = if value.is_empty() { "none" } else { &value };
                let slug = format!("{}-{}", facet.id(), slugs.give(&of.to_lowercase()));
                out.push(Group { value: value.clone(), slug, names, works: Vec::new() });
                out.len() - 1
            });
            if out[number].works.last() != Some(&work) {
                out[number].works.push(work);
            }
        }
    }
    if facet == Facet::Year {
        let number = |group: &Group| group.value.parse::<i32>().unwrap_or(i32::MIN);
        out.sort_by_key(|group| std::cmp::Reverse(number(group)));
    } else {
        out.sort_by(|a, b| {
            (b.works.len().cmp(&a.works.len()))
                .then_with(|| collate::compare(&a.names[0], &b.names[0]))
        });
        // Works that do not say come last.
        out.sort_by_key(|group| group.value.is_empty());
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Library;

    fn works(text: &str) -> Vec<Work> {
        Library::new(vec![("a.bib".into(), text.as_bytes().into())])
            .entries
            .into_iter()
            .map(|entry| Work::new(entry.clone(), entry.key.clone(), None, Vec::new()))
            .collect()
    }

    #[test]
    fn years_go_backwards_and_works_without_one_come_last() {
        let it = works(
            "@book{a, author={A}, year=1999} @book{b, author={Åse}, year=2012}
             @book{c, title={«C»}} @book{d, author={Berg}, year=2012}",
        );
        let outline = outline(&it, |_, _| None);
        let years = &outline.facets.iter().find(|(facet, _)| *facet == Facet::Year).unwrap().1;
        let found: Vec<(&str, usize)> =
            years.iter().map(|group| (group.value.as_str(), group.works.len())).collect();
        assert_eq!(found, [("2012", 2), ("1999", 1), ("", 1)]);
        let letters: Vec<&str> = outline.letters.iter().map(|(it, _)| it.as_str()).collect();
        assert_eq!(letters, ["A", "B", "C", "Å"]);
    }
}
