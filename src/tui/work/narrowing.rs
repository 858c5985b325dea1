//! Facets on both sides of the index: what is chosen becomes a part of the query, what is counted
//! becomes the side bar.

use crate::index::Facets;
use crate::tui::find::{Counts, Facet, Narrowing, Question};
use std::collections::BTreeMap;

/// How many values of a facet the side bar shows.
const MOST: usize = 12;

/// The query of `question` with its narrowings: values of one facet are alternatives, different
/// facets must all fit.
pub fn narrowed(question: &Question) -> String {
    let typed = question.query.trim();
    let mut parts: Vec<String> = Vec::new();
    for facet in Facet::ALL {
        let of = |keeps: bool| {
            let these = question.narrowings.iter();
            these.filter(move |it| it.facet == facet && it.keeps == keeps).map(clause)
        };
        let kept: Vec<String> = of(true).collect();
        match kept.as_slice() {
            [] => {}
            [one] => parts.push(one.clone()),
            many => parts.push(format!("({})", many.join(" OR "))),
        }
        parts.extend(of(false).map(|clause| format!("-{clause}")));
    }
    if parts.is_empty() {
        // As typed, spaces and all: whether the last word is finished shows at its end.
        return question.query.clone();
    }
    // What was typed stands last, for the same reason.
    if typed.contains(" OR ") || typed.contains(" ELLER ") || typed.contains('|') {
        parts.push(format!("({typed})"));
    } else if !typed.is_empty() {
        parts.push(question.query.trim_start().to_owned());
    }
    parts.join(" ")
}

fn clause(narrowing: &Narrowing) -> String {
    let value = narrowing.value.replace(['"', '\\'], " ");
    match narrowing.facet {
        Facet::Type => format!("type:\"{value}\""),
        Facet::Decade => match value.parse::<i32>() {
            Ok(from) => format!("year:{from}..{}", from + 9),
            Err(_) => format!("year:{value}"),
        },
        Facet::Language => format!("language:\"{value}\""),
        Facet::Project => format!("project:\"{value}\""),
        Facet::Keyword => format!("keyword:\"{value}\""),
        Facet::Author => format!("author:\"{value}\""),
        Facet::Status => format!("status:\"{value}\""),
    }
}

/// The counts of an answer, as the side bar shows them.
pub fn counts(facets: &Facets) -> Vec<Counts> {
    let mut decades: BTreeMap<i64, usize> = BTreeMap::new();
    for (year, count) in &facets.years {
        *decades.entry(year.div_euclid(10) * 10).or_default() += count;
    }
    let decades: Vec<(String, usize)> =
        decades.into_iter().rev().map(|(decade, count)| (decade.to_string(), count)).collect();
    let named = |facet: Facet| {
        let values = match facet {
            Facet::Type => &facets.types,
            Facet::Language => &facets.languages,
            Facet::Project => &facets.projects,
            Facet::Keyword => &facets.keywords,
            Facet::Author => &facets.authors,
            Facet::Status => &facets.statuses,
            Facet::Decade => return decades.iter().take(MOST).cloned().collect(),
        };
        values.iter().take(MOST).map(|it| (it.value.clone(), it.count)).collect::<Vec<_>>()
    };
    Facet::ALL
        .into_iter()
        .map(|facet| Counts { facet, values: named(facet) })
        .filter(|counts| !counts.values.is_empty())
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_of_one_facet_are_alternatives_and_facets_add_up() {
        let narrowing = |facet, value: &str, keeps| Narrowing { facet, value: value.into(), keeps };
        let question = Question {
            query: "gruppe".into(),
            narrowings: vec![
                narrowing(Facet::Type, "book", true),
                narrowing(Facet::Type, "thesis", true),
                narrowing(Facet::Decade, "1990", true),
                narrowing(Facet::Language, "nn", false),
            ],
            ..Question::default()
        };
        assert_eq!(
            narrowed(&question),
            "(type:\"book\" OR type:\"thesis\") year:1990..1999 -language:\"nn\" gruppe"
        );
    }
}
