//! How a query was understood and widened, and why a hit was found.

use super::shown;
use crate::cli::Context;
use crate::index::{Found, Group, Marker, Passage, Reason, Relaxed};
use crate::query::{Expr, Field, Query};
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
pub(super) fn offers(found: &Found, context: &Context<'_>) -> Vec<Said> {
    let said = |(name, count): &(String, usize)| {
        Said::new("search.offer").with("name", called(name, context)).with("count", count)
    };
    found.offers.iter().map(said).collect()
}

/// A field as the language of the interface calls it.
fn called(name: &str, context: &Context<'_>) -> String {
    match Field::named(name) {
        Some(field) => field.called(context.language).to_owned(),
        None => name.to_owned(),
    }
}

/// How many characters the words of a kind may take; those that do not fit are counted.
const ROOM: usize = 84;

/// The account for people: what was searched for, a line or two a word.
pub(super) fn people(
    query: &Query,
    found: &Found,
    context: &mut Context<'_>,
) -> std::io::Result<()> {
    let mut lines: Vec<(String, Vec<String>)> = Vec::new();
    for group in &found.understood.groups {
        let field = group.field.as_ref().map(|it| called(it, context));
        let field = field.map(|it| format!("{it}: ")).unwrap_or_default();
        let mut more: Vec<String> = Vec::new();
        for said in kinds(group) {
            let text = context.words(&said);
            match more.last_mut() {
                // What is short and what it leads to stand on one line.
                Some(last) if last.ends_with(':') => last.push_str(&format!(" {text}")),
                Some(last) if last.chars().count() + text.chars().count() < ROOM => {
                    last.push_str(&format!(" · {text}"));
                }
                _ => more.push(text),
            }
        }
        lines.push((format!("{field}{}", group.text), more));
    }
    for said in conditions(&query.expr, context) {
        lines.push((context.words(&said), Vec::new()));
    }
    let head = context.words(&Said::new("search.explain-head").with("count", found.total));
    writeln!(context.out, "{head}")?;
    let wide = |(text, _): &(String, Vec<String>)| text.chars().count();
    let width = lines.iter().map(wide).max().unwrap_or(0).min(24);
    for (text, more) in lines {
        let first = more.first().map(String::as_str).unwrap_or_default();
        let mut block = format!("  {text:<width$}  {first}");
        block.truncate(block.trim_end().len());
        for line in more.iter().skip(1) {
            block.push_str(&format!("\n  {:<width$}  {line}", ""));
        }
        let block = context.harmless(&block).into_owned();
        writeln!(context.out, "{block}")?;
    }
    writeln!(context.out)
}

/// What besides the word itself is searched for, the nearest first.
fn kinds(group: &Group) -> Vec<Said> {
    let mut spelt: Vec<&str> = Vec::new();
    let (mut parts, mut same, mut begun) = (Vec::new(), Vec::new(), Vec::new());
    let mut near: Vec<(&str, &str)> = Vec::new();
    let (mut is_inflected, mut is_number) = (false, false);
    for way in &group.ways {
        let term = way.terms.first().map(String::as_str).unwrap_or_default();
        match &way.reason {
            Reason::Word | Reason::Fold | Reason::Letters => {}
            Reason::Stem => is_inflected = true,
            Reason::Identifier => is_number = true,
            Reason::Part => parts.push(term),
            Reason::Completion => begun.push(term),
            Reason::Spelling(word) => spelt.push(word),
            // A label that is the word itself, inflected, says nothing new.
            Reason::Synonym(_, label) if is_like(label, &group.text) => {}
            Reason::Synonym(_, label) => same.push(label.as_str()),
            Reason::Related(gloss, _) if near.iter().any(|(known, _)| known == gloss) => {}
            Reason::Related(gloss, label) => near.push((gloss, label)),
        }
    }
    // Of the parts of a compound those that were typed, and not their stems.
    let whole: Vec<&str> = parts
        .iter()
        .filter(|it| !parts.iter().any(|other| other.len() > it.len() && other.starts_with(**it)))
        .copied()
        .collect();
    let near: Vec<&str> = near.into_iter().map(|(_, label)| label).collect();
    let mut out = Vec::new();
    if !group.is_known {
        out.push(Said::new(if spelt.is_empty() && same.is_empty() {
            "search.explain-unknown"
        } else {
            "search.explain-instead"
        }));
    }
    let mut list = |id: &'static str, words: &[&str]| {
        let mut named: Vec<&str> = Vec::new();
        for word in words {
            if !named.iter().any(|it| it.to_lowercase() == word.to_lowercase()) {
                named.push(word);
            }
        }
        if named.is_empty() {
            return;
        }
        let mut text = String::new();
        for (nth, word) in named.iter().enumerate() {
            if nth > 0 && text.chars().count() + word.chars().count() > ROOM {
                text.push_str(&format!(" … +{}", named.len() - nth));
                break;
            }
            text.push_str(if nth > 0 { ", " } else { "" });
            text.push_str(word);
        }
        out.push(Said::new(id).with("words", text));
    };
    list("search.explain-spelling", &spelt);
    list("search.explain-begun", &begun);
    list("search.explain-parts", &whole);
    list("search.explain-same", &same);
    list("search.explain-near", &near);
    if is_inflected {
        out.insert(usize::from(!group.is_known), Said::new("search.explain-inflected"));
    }
    if is_number {
        out.push(Said::new("search.explain-number"));
    }
    out
}

/// Whether a label is the word with another ending.
fn is_like(label: &str, word: &str) -> bool {
    let (label, word) = (label.to_lowercase(), word.to_lowercase());
    let same = label.chars().zip(word.chars()).take_while(|(a, b)| a == b).count();
    let longest = label.chars().count().max(word.chars().count());
    same >= 4 && same + 3 >= longest
}

/// The conditions of the query that are no words.
fn conditions(expr: &Expr, context: &Context<'_>) -> Vec<Said> {
    let name = |field: &Field| called(&field.name, context);
    let year = |it: &Option<i64>| it.map(|it| it.to_string()).unwrap_or_default();
    match expr {
        Expr::And(parts) => parts.iter().flat_map(|it| conditions(it, context)).collect(),
        Expr::Year(None, None) => Vec::new(),
        Expr::Year(from, to) if from == to => {
            vec![Said::new("search.explain-year").with("year", year(from))]
        }
        Expr::Year(from, to) => {
            let said = Said::new("search.explain-years").with("from", year(from));
            vec![said.with("to", year(to))]
        }
        Expr::Is(field, values) => {
            let said = Said::new("search.explain-is").with("name", name(field));
            vec![said.with("values", values.join(" / "))]
        }
        Expr::Has(field) => vec![Said::new("search.explain-has").with("name", name(field))],
        Expr::Matches(field, pattern) => {
            let name = field.as_ref().map_or_else(|| "*".to_owned(), name);
            let said = Said::new("search.explain-matches").with("name", name);
            vec![said.with("pattern", pattern)]
        }
        Expr::Not(inner) => match &**inner {
            Expr::Has(field) => vec![Said::new("search.explain-lacks").with("name", name(field))],
            Expr::Word { text, .. } | Expr::Phrase { text, .. } => {
                vec![Said::new("search.explain-not").with("words", text)]
            }
            _ => Vec::new(),
        },
        _ => Vec::new(),
    }
}

/// Under a hit, in one line: which of its words answer which of the query, and how.
pub(super) fn reasons(
    found: &Found,
    marker: &mut Marker<'_>,
    passages: &[Passage],
    context: &mut Context<'_>,
) -> std::io::Result<()> {
    let mut told: Vec<String> = Vec::new();
    for (group, reason) in marker.reasons(passages) {
        let asked = &found.understood.groups[group].text;
        let answer = answer(passages, group, &reason);
        let why = context.words(&said(&reason));
        let is_itself = answer.to_lowercase() == asked.to_lowercase();
        let arrow =
            if is_itself || answer.is_empty() { String::new() } else { format!(" → {answer}") };
        told.push(format!("{asked}{arrow} ({why})"));
    }
    if !told.is_empty() {
        let line = shown(&told.join(" · "), &[], context);
        writeln!(context.out, "      {line}")?;
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
        Reason::Synonym(..) => Said::new("search.reason-synonym"),
        Reason::Related(..) => Said::new("search.reason-related"),
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
            if !out.contains(&word) && out.len() < 3 {
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
