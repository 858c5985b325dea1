//! What is said of the state, as lines: the same things the screen shows.

use super::say_over;
use crate::text::said::{Language, Said, plain, words};
use crate::tui::find::{Facet, Narrowing, Preview, Row};
use crate::tui::screens::choice::State as Choice;
use crate::tui::screens::list::state::{FacetLine, Pane, State as List};
use crate::tui::screens::list::view::facet_words;
use crate::tui::screens::page::State as Page;
use crate::tui::state::{Notice, Over, State};

/// How many lines of a long text are said at once.
pub const PART: usize = 20;

/// What is said at the foot of the screen.
pub fn notice(notice: &Notice, language: Language) -> Vec<String> {
    match notice {
        Notice::Good(said) => vec![words(said, language)],
        Notice::Refused(said) => vec![words(said, language)],
        Notice::Trouble(trouble) => {
            let mut first = words(&trouble.said, language);
            if let Some(cause) = &trouble.cause {
                first = format!("{first}: {cause}");
            }
            let said = Said::new("plain.error").with("what", first);
            let hints = trouble.hints.iter().map(|hint| words(hint, language));
            std::iter::once(words(&said, language)).chain(hints).collect()
        }
    }
}

/// How many entries there are, and by what the list is narrowed.
pub fn count(list: &List, language: Language) -> String {
    let mut parts = vec![if list.total == list.all {
        words(&Said::new("tui.entries").with("count", list.all), language)
    } else {
        words(
            &Said::new("tui.entries-of").with("count", list.total).with("all", list.all),
            language,
        )
    }];
    if !list.marks.is_empty() {
        parts.push(words(&Said::new("tui.marked").with("count", list.marks.len()), language));
    }
    for Narrowing { facet, value, keeps } in &list.question.narrowings {
        let value = facet_words(*facet, value, language);
        let id = if *keeps { "plain.only" } else { "plain.without" };
        parts.push(words(&Said::new(id).with("what", value), language));
    }
    parts.push(plain(list.question.sort.id(), language).unwrap_or_default().to_owned());
    let mut line = format!("{}.", parts.join(", "));
    if !list.widened.is_empty() {
        let said = Said::new("plain.widened").with("words", list.widened.join(", "));
        line = format!("{line} {}", words(&said, language));
    }
    for note in &list.notes {
        line = format!("{line} {}.", words(note, language));
    }
    line
}

/// The entry the cursor is on: `3 of 41. Gotaas, 2020. Title. thesis.`
pub fn entry(list: &List, language: Language) -> Vec<String> {
    if list.total == 0 {
        let id = match (list.all, list.question.query.trim()) {
            (0, _) => "tui.empty",
            (_, "") => "tui.nothing-left",
            _ => "tui.no-hit",
        };
        return vec![plain(id, language).unwrap_or_default().to_owned()];
    }
    let place = Said::new("plain.place").with("at", list.row + 1).with("count", list.total);
    list.current()
        .map(|row| format!("{}. {}", words(&place, language), self::row(list, row, language)))
        .into_iter()
        .collect()
}

/// The next rows, each with its number.
pub fn rows(list: &List, count: usize, language: Language) -> Vec<String> {
    (list.row..list.total.min(list.row + count))
        .filter_map(|at| Some(format!("{}. {}", at + 1, row(list, list.at(at)?, language))))
        .collect()
}

fn row(list: &List, row: &Row, language: Language) -> String {
    let word = |id: &str| plain(id, language).unwrap_or_default().to_owned();
    let head: Vec<&str> = [row.creators.as_str(), row.year.as_str()]
        .into_iter()
        .filter(|it| !it.is_empty())
        .collect();
    let mut parts = vec![head.join(", "), row.title.clone()];
    parts.push(facet_words(Facet::Type, &row.kind, language));
    let badges = &row.badges;
    for (is_so, id) in [
        (list.marks.contains(&row.id), "plain.is-marked"),
        (badges.full_text, "plain.full-text"),
        (badges.file, "plain.file"),
        (badges.unverified, "plain.unverified"),
        (badges.problem, "tui.broken-entry"),
    ] {
        if is_so {
            parts.push(word(id));
        }
    }
    parts.extend(row.reasons.iter().map(|reason| words(reason, language)));
    parts.retain(|part| !part.is_empty());
    parts.join(". ") + "."
}

/// An entry whole.
pub fn preview(preview: &Preview, language: Language) -> Vec<String> {
    let reference = preview.reference.blocks.iter();
    let mut lines: Vec<String> =
        reference.map(|block| block.runs.iter().map(|run| run.text.as_str()).collect()).collect();
    lines.push(preview.head.clone());
    lines.extend(preview.problems.iter().map(|said| words(said, language)));
    for (name, value, from) in &preview.fields {
        let inherited = from.as_ref().map(|from| format!(" ← {from}")).unwrap_or_default();
        lines.push(format!("{name}: {value}{inherited}"));
    }
    lines
}

/// The values of the side bar, each with its number.
pub fn facets(list: &List, language: Language) -> Vec<String> {
    let mut at = 0;
    let mut lines = Vec::new();
    for line in list.facet_lines() {
        at += 1;
        lines.push(match line {
            FacetLine::Head(facet) => {
                format!("{at}. {}:", plain(facet.id(), language).unwrap_or_default())
            }
            FacetLine::SavedHead => {
                format!("{at}. {}:", plain("tui.saved", language).unwrap_or_default())
            }
            FacetLine::Saved(number, name, _) => format!("{at}. {name} ({})", number + 1),
            FacetLine::Value(facet, value, count, chosen) => {
                let value = facet_words(facet, value, language);
                let id = chosen.map(|keeps| if keeps { "plain.chosen" } else { "plain.left-out" });
                let chosen = id.and_then(|id| plain(id, language)).map(|it| format!(", {it}"));
                format!("{at}. {value}, {count}{}", chosen.unwrap_or_default())
            }
        });
    }
    lines
}

/// What can be chosen, each with its number.
pub fn choice(choice: &Choice, language: Language) -> Vec<String> {
    let mut lines = vec![format!("{}:", plain(choice.title, language).unwrap_or(choice.title))];
    let fitting = choice.fitting(language);
    for (at, item) in fitting.iter().enumerate() {
        let mut parts = vec![item.name.words(language).to_owned()];
        parts.extend([item.keys.clone()].into_iter().filter(|it| !it.is_empty()));
        parts.push(match item.why_not {
            Some(why) => plain(why, language).unwrap_or_default().to_owned(),
            None => item.about.words(language).to_owned(),
        });
        parts.retain(|part| !part.is_empty());
        lines.push(format!("{}. {}", at + 1, parts.join(", ")));
    }
    lines.push(plain("plain.choose", language).unwrap_or_default().to_owned());
    lines
}

/// A part of a page, from its line `from` on, and how much is left.
pub fn page(page: &Page, from: usize, language: Language) -> Vec<String> {
    let mut lines = Vec::new();
    if from == 0 {
        lines.push(format!("{}:", plain(page.title, language).unwrap_or(page.title)));
    }
    let text = page.lines.iter().map(|(_, line)| line.clone()).filter(|line| !line.is_empty());
    let all: Vec<String> = text.collect();
    lines.extend(all.iter().skip(from).take(PART).cloned());
    let left = all.len().saturating_sub(from + PART);
    if left > 0 {
        lines.push(words(&Said::new("plain.more").with("count", left), language));
    } else if page.accept.is_some() {
        lines.push(plain("plain.accept", language).unwrap_or_default().to_owned());
    }
    lines
}

/// What a pane or what stands above the list says of itself; `None` where only the screen knows.
pub fn front(state: &State) -> Option<Vec<String>> {
    let language = state.language;
    let plain = |id: &str| plain(id, language).unwrap_or_default().to_owned();
    Some(match state.over.last() {
        Some(Over::Choice(it)) => choice(it, language),
        Some(Over::Prompt(it)) => {
            let now = Said::new("plain.now-text").with("value", &it.input.text);
            let now = (!it.input.text.is_empty()).then(|| words(&now, language));
            let question = words(&it.question, language);
            [Some(question), now, Some(plain("plain.answer"))].into_iter().flatten().collect()
        }
        Some(Over::Confirm(it)) => vec![words(&it.question, language), plain("plain.yes-or-no")],
        Some(Over::Page(it)) => page(it, 0, language),
        Some(Over::Form(it)) => say_over::form(it, language),
        Some(Over::Review(it)) => say_over::review(it, language),
        Some(Over::Problems(it)) => say_over::problems(it, language),
        None => match state.list.pane {
            Pane::List => entry(&state.list, language),
            Pane::Search => vec![plain("plain.search")],
            Pane::Facets => {
                let mut lines = facets(&state.list, language);
                lines.push(plain("plain.facets"));
                lines
            }
            Pane::Preview => match &state.list.preview {
                Some(it) if state.list.total > 0 => preview(it, language),
                _ => entry(&state.list, language),
            },
        },
    })
}

/// A frame of the screen as lines without boxes.
pub fn screen(frame: &str) -> Vec<String> {
    let is_box = |c: char| ('\u{2500}'..='\u{259f}').contains(&c);
    let bare = |line: &str| {
        let text: String = line.chars().map(|c| if is_box(c) { ' ' } else { c }).collect();
        text.split_whitespace().collect::<Vec<_>>().join(" ")
    };
    frame.lines().map(bare).filter(|line| !line.is_empty()).collect()
}
