//! What is said of forms, reviews and problems: what stands above the list and has lines of its own.

use crate::text::said::{Language, Said, plain, words};
use crate::tui::change::Need;
use crate::tui::review::{Item, Kind};
use crate::tui::screens::form::State as Form;
use crate::tui::screens::form::state::items;
use crate::tui::screens::problems::State as Problems;
use crate::tui::screens::review::State as Review;

fn word(id: &str, language: Language) -> String {
    plain(id, language).unwrap_or_default().to_owned()
}

/// The fields of a form, each value with its number; or the value that is being edited.
pub fn form(form: &Form, language: Language) -> Vec<String> {
    if let (Some(input), Some(field)) = (&form.input, form.field()) {
        let said = Said::new("plain.now").with("name", &field.name).with("value", &input.text);
        return vec![words(&said, language), word("plain.answer", language)];
    }
    let mut lines = vec![format!("@{} {}:", form.form.kind, form.form.id)];
    for (at, line) in form.lines().iter().enumerate() {
        let field = &form.form.fields[line.field];
        let need = match field.need {
            Need::Required => plain("plain.required", language),
            Need::Recommended => plain("plain.recommended", language),
            Need::Other => None,
        };
        let need = need.map(|need| format!(" ({need})")).unwrap_or_default();
        let value = items(field).get(line.item).cloned().unwrap_or_default();
        lines.push(format!("{}. {}{need}: {value}", at + 1, field.name));
    }
    lines.extend(form.problems.iter().map(|said| words(said, language)));
    lines.push(word("plain.form", language));
    lines
}

/// What there is to decide on, each with its number; the one the cursor is on field by field.
pub fn review(review: &Review, language: Language) -> Vec<String> {
    let title = match review.review.kind {
        Kind::Import => "tui.review",
        Kind::Duplicates => "tui.duplicates",
    };
    let mut lines = vec![format!("{}:", word(title, language))];
    for (at, item) in review.review.items.iter().enumerate() {
        lines.push(format!("{}. {}", at + 1, one(item, review.review.kind, language)));
    }
    if let (Some(item), Some(comparison)) = (review.item(), review.shown()) {
        lines.push(format!("{}:", item.name));
        for side in &comparison.fields {
            let values: Vec<&str> =
                side.values.iter().map(String::as_str).filter(|it| !it.is_empty()).collect();
            let mut parts = vec![values.join(" | ")];
            if values.len() > 1 && side.result != values[0] {
                parts.push(format!("→ {}", side.result));
            }
            lines.push(format!("{}: {}", side.name, parts.join(" ")));
        }
    }
    lines.push(word("plain.review", language));
    lines
}

fn one(item: &Item, kind: Kind, language: Language) -> String {
    let mut parts = Vec::new();
    if kind == Kind::Import {
        parts.push(word(item.decision.id(), language));
    }
    let standing = word(item.standing.id(), language);
    parts.push(match item.percent {
        0 => standing,
        percent => format!("{standing} {percent} %"),
    });
    parts.push(item.name.clone());
    parts.push(item.brief.clone());
    parts.extend(item.reasons.iter().map(|reason| words(reason, language)));
    parts.join(", ")
}

/// What the rules found, each with its number; what to do about the one the cursor is on.
pub fn problems(problems: &Problems, language: Language) -> Vec<String> {
    let mut lines = vec![format!("{}:", word("tui.problems", language))];
    for (at, (_, problem)) in problems.shown().iter().enumerate() {
        let name = if problem.id.is_empty() { &problem.place } else { &problem.id };
        lines.push(format!("{}. {name}: {}", at + 1, words(&problem.said, language)));
    }
    if let Some((_, problem)) = problems.current() {
        let place = format!("{}. {}", problems.row + 1, problem.place);
        lines.push(format!("{place}: {}", words(&problem.help, language)));
    }
    lines.push(word("plain.problems", language));
    lines
}
