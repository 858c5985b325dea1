//! How a query was understood and widened, and why a hit was found.

use super::shown;
use crate::cli::Context;
use crate::index::{Found, Group, Marker, Passage, Reason, Relaxed};
use crate::text::said::Said;
use serde_json::{Value, json};

/// How the query was read more loosely, if it was.
pub(super) fn relaxed(found: &Found) -> Option<Said> {
    Some(match found.relaxed? {
        Relaxed::AnyWord(strict) => Said::new("search.relaxed-any").with("count", strict),
        Relaxed::Letters(strict) => Said::new("search.relaxed-letters").with("count", strict),
    })
}

/// How many hits there are without each of the conditions that stand in the way.
pub(super) fn offers(found: &Found) -> Vec<Said> {
    found
        .offers
        .iter()
        .map(|(name, count)| Said::new("search.offer").with("name", name).with("count", count))
        .collect()
}

/// The lines of the account: one a kind of reason, the words behind it.
fn lines(group: &Group) -> Vec<(&'static str, String, Vec<String>)> {
    let mut out: Vec<(&'static str, String, Vec<String>)> = Vec::new();
    for way in &group.ways {
        let (id, gloss, word) = match &way.reason {
            Reason::Word => continue,
            Reason::Fold => ("search.reason-fold", "", way.terms.join(" ")),
            Reason::Stem => ("search.reason-stem", "", format!("{}…", way.terms.join(" "))),
            Reason::Completion => ("search.reason-completion", "", way.terms.join(" ")),
            Reason::Part => ("search.reason-part", "", way.terms.join(" ")),
            Reason::Synonym(gloss, label) => {
                ("search.reason-synonym", gloss.as_str(), label.clone())
            }
            Reason::Related(gloss, label) => {
                ("search.reason-related", gloss.as_str(), label.clone())
            }
            Reason::Spelling(word) => ("search.reason-spelling", "", word.clone()),
            Reason::Letters => ("search.reason-letters", "", String::new()),
            Reason::Identifier => ("search.reason-identifier", "", way.terms.join(" ")),
        };
        match out.iter_mut().find(|(known, it, _)| *known == id && it == gloss) {
            Some((.., words)) if words.contains(&word) => {}
            Some((.., words)) => words.push(word),
            None => out.push((id, gloss.to_owned(), vec![word])),
        }
    }
    out
}

/// The account for people.
pub(super) fn people(found: &Found, context: &mut Context<'_>) -> std::io::Result<()> {
    let head = context.words(&Said::new("search.explain-head").with("count", found.total));
    writeln!(context.out, "{head}")?;
    for group in &found.understood.groups {
        let field = group.field.as_ref().map(|it| format!("{it}: ")).unwrap_or_default();
        let known = if group.is_known { "" } else { "search.explain-unknown" };
        let mark = if known.is_empty() {
            String::new()
        } else {
            format!("  ({})", context.words(&Said::new("search.explain-unknown")))
        };
        let line = format!("  {field}{}{mark}", group.text);
        let line = context.harmless(&line).into_owned();
        writeln!(context.out, "{line}")?;
        for (id, gloss, words) in lines(group) {
            let mut said = Said::new(id);
            if !gloss.is_empty() {
                said = said.with("concept", gloss);
            }
            let line = format!("    {}: {}", context.words(&said), words.join(", "));
            let line = context.harmless(&line).into_owned();
            writeln!(context.out, "{line}")?;
        }
    }
    writeln!(context.out)
}

/// Under a hit: which word of it answers which word of the query, and how.
pub(super) fn reasons(
    found: &Found,
    marker: &mut Marker<'_>,
    passages: &[Passage],
    context: &mut Context<'_>,
) -> std::io::Result<()> {
    for (group, reason) in marker.reasons(passages) {
        let asked = &found.understood.groups[group].text;
        let answer = answer(passages, group, &reason);
        let why = context.words(&said(&reason));
        let line = format!("      {asked} → {} ({why})", shown(&answer, &[], context));
        writeln!(context.out, "{line}")?;
    }
    Ok(())
}

fn said(reason: &Reason) -> Said {
    match reason {
        Reason::Word => Said::new("search.reason-word"),
        Reason::Fold => Said::new("search.reason-fold"),
        Reason::Stem => Said::new("search.reason-stem"),
        Reason::Completion => Said::new("search.reason-completion"),
        Reason::Part => Said::new("search.reason-part"),
        Reason::Synonym(gloss, _) => Said::new("search.reason-synonym").with("concept", gloss),
        Reason::Related(gloss, _) => Said::new("search.reason-related").with("concept", gloss),
        Reason::Spelling(_) => Said::new("search.reason-spelling"),
        Reason::Letters => Said::new("search.reason-letters"),
        Reason::Identifier => Said::new("search.reason-identifier"),
    }
}

/// The words of the hit that answer a group in this way.
fn answer(passages: &[Passage], group: usize, reason: &Reason) -> String {
    let mut out: Vec<&str> = Vec::new();
    for passage in passages {
        let marks = passage.marks.iter().filter(|it| it.group == group && it.reason == *reason);
        for word in marks.map(|it| &passage.text[it.span.clone()]) {
            if !out.contains(&word) && out.len() < 4 {
                out.push(word);
            }
        }
    }
    out.join(" ")
}

/// The account as an object.
pub(super) fn object(query: &str, found: &Found) -> Value {
    let groups: Vec<Value> = found
        .understood
        .groups
        .iter()
        .map(|group| {
            let ways: Vec<Value> = group
                .ways
                .iter()
                .map(|way| {
                    let (reason, concept, label) = named(&way.reason);
                    json!({ "terms": way.terms, "weight": way.weight, "reason": reason,
                            "concept": concept, "label": label })
                })
                .collect();
            json!({ "text": group.text, "field": group.field, "known": group.is_known, "ways": ways })
        })
        .collect();
    let relaxed = found.relaxed.map(|it| match it {
        Relaxed::AnyWord(_) => "any-word",
        Relaxed::Letters(_) => "letters",
    });
    json!({ "query": query, "total": found.total, "relaxed": relaxed, "understood": groups })
}

/// Why a hit was found, as an object.
pub(super) fn why(found: &Found, marker: &mut Marker<'_>, passages: &[Passage]) -> Value {
    let reasons = marker.reasons(passages).into_iter().map(|(group, reason)| {
        let (name, concept, label) = named(&reason);
        json!({ "asked": found.understood.groups[group].text, "reason": name, "concept": concept,
                "label": label, "found": answer(passages, group, &reason) })
    });
    reasons.collect()
}

fn named(reason: &Reason) -> (&'static str, Option<&str>, Option<&str>) {
    match reason {
        Reason::Word => ("word", None, None),
        Reason::Fold => ("fold", None, None),
        Reason::Stem => ("stem", None, None),
        Reason::Completion => ("completion", None, None),
        Reason::Part => ("part", None, None),
        Reason::Synonym(concept, label) => ("synonym", Some(concept), Some(label)),
        Reason::Related(concept, label) => ("related", Some(concept), Some(label)),
        Reason::Spelling(word) => ("spelling", None, Some(word)),
        Reason::Letters => ("letters", None, None),
        Reason::Identifier => ("identifier", None, None),
    }
}
