//! What the list looks like: bar, side bar, rows, preview.

use super::State;
use super::bar;
use super::state::{FacetLine, Pane};
use crate::text::said::{Language, Said, plain};
use crate::tui::canvas::Canvas;
use crate::tui::cells::width;
use crate::tui::find::{Facet, Row};
use crate::tui::layout::Areas;
use crate::tui::paint::Role;
use crate::tui::preview;
use crate::tui::state::State as Whole;
use ratatui::layout::Rect;

/// Draws the list screen.
pub fn view(whole: &Whole, areas: &Areas, canvas: &mut Canvas<'_>) {
    let state = &whole.list;
    if let Some(area) = areas.bar {
        bar::view(whole, area, canvas);
    }
    if let Some(area) = areas.facets {
        let title = canvas.paint.plain("tui.facets");
        let inner = pane(canvas, area, areas.framed, title, "", state.pane == Pane::Facets);
        facets(state, inner, canvas);
    }
    if let Some(area) = areas.list {
        let mut title = canvas.paint.words(&list_title(state));
        if let Some(indexing) = &whole.indexing {
            title.push_str(" · ");
            title.push_str(&canvas.paint.words(indexing));
        }
        for note in state.notes.iter().take(1) {
            title.push_str(" · ");
            title.push_str(&canvas.paint.words(note));
        }
        let foot = list_foot(state, canvas);
        let in_front = matches!(state.pane, Pane::List | Pane::Search);
        let inner = pane(canvas, area, areas.framed, &title, &foot, in_front);
        rows(state, inner, canvas);
    }
    if let Some(area) = areas.preview {
        let style = state.styles.get(state.style).map_or("", |(_, title)| title);
        let title = canvas.paint.plain("tui.preview");
        let inner = pane(canvas, area, areas.framed, title, style, state.pane == Pane::Preview);
        if state.total > 0
            && let Some(shown) = &state.preview
        {
            let row = state.current().cloned().unwrap_or_default();
            preview::view(shown, &row, state.preview_top, inner, canvas);
        }
    }
}

fn pane(
    canvas: &mut Canvas<'_>,
    area: Rect,
    framed: bool,
    title: &str,
    foot: &str,
    in_front: bool,
) -> Rect {
    if framed { canvas.frame(area, title, foot, in_front) } else { area }
}

fn list_title(state: &State) -> Said {
    if state.total == state.all {
        Said::new("tui.entries").with("count", state.all)
    } else {
        Said::new("tui.entries-of").with("count", state.total).with("all", state.all)
    }
}

/// Position, order and marks, for the foot of the frame.
fn list_foot(state: &State, canvas: &Canvas<'_>) -> String {
    let order = state.question.sort.id();
    let mut parts = Vec::new();
    if !state.marks.is_empty() {
        parts.push(canvas.paint.words(&Said::new("tui.marked").with("count", state.marks.len())));
    }
    if state.anchor.is_some() {
        parts.push(canvas.paint.plain("tui.range").to_owned());
    }
    parts.push(canvas.paint.plain(order).to_owned());
    if state.total > 0 {
        parts.push(format!("{}/{}", state.row + 1, state.total));
    }
    parts.join(" · ")
}

/// Where the columns of the list stand, by the width there is.
struct Columns {
    creators: u16,
    year: u16,
    kind: u16,
    project: u16,
    badges: u16,
}

impl Columns {
    fn new(width: u16) -> Self {
        Self {
            creators: match width {
                0..30 => 0,
                30..60 => 12,
                60..100 => 18,
                _ => 24,
            },
            year: if width < 24 { 0 } else { 5 },
            kind: if width < 96 { 0 } else { 13 },
            project: if width < 124 { 0 } else { 14 },
            badges: if width < 48 { 0 } else { 5 },
        }
    }
}

fn rows(state: &State, area: Rect, canvas: &mut Canvas<'_>) {
    if state.total == 0 {
        nothing(state, area, canvas);
        return;
    }
    let columns = Columns::new(area.width);
    for (position, y) in (state.top..state.total).zip(area.y..area.bottom()) {
        let line = Rect { y, height: 1, ..area };
        let is_current = position == state.row;
        let in_range = state.anchor.is_some_and(|anchor| {
            (anchor.min(state.row)..=anchor.max(state.row)).contains(&position)
        });
        match state.at(position) {
            Some(row) => one_row(state, row, in_range, line, &columns, canvas),
            None => drop(canvas.put(area.x + 2, y, area.width, Role::Faint, "…")),
        }
        if is_current {
            let role = if matches!(state.pane, Pane::List | Pane::Search) {
                Role::Selected
            } else {
                Role::Unfocused
            };
            canvas.look(line, role);
            canvas.put(area.x, y, 1, role, "›");
            if canvas.cursor.is_none() {
                canvas.cursor = Some(ratatui::layout::Position::new(area.x, y));
            }
        }
    }
}

fn one_row(
    state: &State,
    row: &Row,
    in_range: bool,
    line: Rect,
    columns: &Columns,
    canvas: &mut Canvas<'_>,
) {
    let y = line.y;
    let sign = match (state.marks.contains(&row.id), in_range) {
        (true, _) => "✓",
        (false, true) => "+",
        (false, false) => " ",
    };
    canvas.put(line.x + 1, y, 1, Role::Mark, sign);
    let mut x = line.x + if line.width < 24 { 2 } else { 3 };
    if columns.creators > 0 {
        let room = columns.creators;
        canvas.put_hits(x, y, room, Role::Creator, &row.creators, &row.creator_hits);
        x += room + 1;
    }
    if columns.year > 0 {
        canvas.put(x, y, 4, Role::Year, &row.year);
        x += columns.year;
    }
    let right = columns.kind + columns.project + columns.badges;
    let room = line.right().saturating_sub(x + right);
    let end = canvas.put_hits(x, y, room, Role::Title, &row.title, &row.title_hits);
    if !row.reasons.is_empty() {
        let reasons: Vec<String> = row.reasons.iter().map(|it| canvas.paint.words(it)).collect();
        let text = format!("← {}", reasons.join(", "));
        let left = (x + room).saturating_sub(end + 2);
        if left > 8 {
            canvas.put(end + 2, y, left, Role::Faint, &text);
        }
    }
    x += room;
    if columns.kind > 0 {
        let kind = facet_words(Facet::Type, &row.kind, canvas.paint.language);
        canvas.put(x + 1, y, columns.kind - 2, Role::Kind, &kind);
        x += columns.kind;
    }
    if columns.project > 0 {
        let project = row
            .project
            .split(',')
            .map(|it| facet_words(Facet::Project, it.trim(), canvas.paint.language));
        let project = project.collect::<Vec<_>>().join(", ");
        canvas.put(x, y, columns.project - 1, Role::Faint, &project);
        x += columns.project;
    }
    if columns.badges > 0 {
        let badges = &row.badges;
        let letter = |on: bool, letter: &str| if on { letter.to_owned() } else { String::new() };
        let text = [
            letter(badges.problem, "!"),
            letter(badges.unverified, "?"),
            letter(badges.file, "P"),
            letter(badges.full_text, "F"),
        ]
        .concat();
        canvas.put(x + 1, y, columns.badges - 1, Role::Badge, &text);
    }
}

/// What an empty list says: why, and what to do.
fn nothing(state: &State, area: Rect, canvas: &mut Canvas<'_>) {
    let lines: &[&str] = if !state.is_open {
        &["tui.opening"]
    } else if state.all == 0 {
        &["tui.empty", "tui.empty.add"]
    } else if !state.question.query.trim().is_empty() {
        &["tui.no-hit", "tui.no-hit.spelling", "tui.no-hit.fewer", "tui.no-hit.clear"]
    } else {
        &["tui.nothing-left", "tui.nothing-left.clear"]
    };
    let mut shown: Vec<(Role, String)> = Vec::new();
    for (id, at) in lines.iter().zip(0..) {
        let role = if at == 0 { Role::Heading } else { Role::Faint };
        shown.push((role, canvas.paint.plain(id).to_owned()));
        if at == 0 {
            // What the search itself has to say comes first: how many there are without a condition.
            let notes = state.notes.iter().map(|it| (Role::Text, canvas.paint.words(it)));
            shown.extend(notes);
        }
    }
    for ((role, text), y) in shown.iter().zip(area.y..area.bottom()) {
        canvas.put(area.x + 1, y, area.width.saturating_sub(2), *role, text);
    }
}

/// What a value of a facet is called in the language of the interface.
pub fn facet_words(facet: Facet, value: &str, language: Language) -> String {
    let id = match facet {
        Facet::Type => format!("tui.type.{value}"),
        Facet::Language => format!("tui.langid.{value}"),
        Facet::Project => format!("tui.project.{value}"),
        Facet::Status => format!("tui.status.{value}"),
        Facet::Decade | Facet::Keyword | Facet::Author => return value.to_owned(),
    };
    plain(&id, language).map_or_else(|| value.to_owned(), str::to_owned)
}

fn facets(state: &State, area: Rect, canvas: &mut Canvas<'_>) {
    let lines = state.facet_lines();
    for ((at, line), y) in lines.iter().enumerate().skip(state.facet_top).zip(area.y..area.bottom())
    {
        match line {
            FacetLine::Head(facet) => {
                let sign = if state.closed.contains(facet) { "▸ " } else { "▾ " };
                let name = canvas.paint.plain(facet.id());
                let text = format!("{sign}{name}");
                canvas.put(area.x, y, area.width, Role::Heading, &text);
            }
            FacetLine::SavedHead => {
                let text = format!("▾ {}", canvas.paint.plain("tui.saved-head"));
                canvas.put(area.x, y, area.width, Role::Heading, &text);
            }
            FacetLine::Saved(number, name, is_asked) => {
                let sign = if *is_asked { "✓" } else { " " };
                canvas.put(area.x + 1, y, 1, Role::Chosen, sign);
                let key = if *number < 9 { (number + 1).to_string() } else { String::new() };
                canvas.put(area.x + 3, y, 2, Role::Key, &key);
                canvas.put(area.x + 5, y, area.width.saturating_sub(5), Role::Text, name);
            }
            FacetLine::Value(facet, value, count, chosen) => {
                facet_value(state, (*facet, value, *count, *chosen), area, y, canvas);
            }
        }
        if at == state.facet_row && state.pane == Pane::Facets {
            let line = Rect { y, height: 1, ..area };
            canvas.look(line, Role::Selected);
            canvas.cursor = Some(ratatui::layout::Position::new(area.x, y));
        }
    }
}

fn facet_value(
    state: &State,
    (facet, value, count, chosen): (Facet, &str, usize, Option<bool>),
    area: Rect,
    y: u16,
    canvas: &mut Canvas<'_>,
) {
    let (sign, role) = match chosen {
        Some(true) => ("✓", Role::Chosen),
        Some(false) => ("≠", Role::Chosen),
        None => (" ", Role::Text),
    };
    canvas.put(area.x + 1, y, 1, role, sign);
    let count_text = count.to_string();
    let wide = width(&count_text) as u16;
    let x = area.x + 3;
    let right = area.right().saturating_sub(wide);
    let name = facet_words(facet, value, canvas.paint.language);
    let end = canvas.put(x, y, right.saturating_sub(x + 1), role, &name);
    if facet == Facet::Decade {
        // A histogram: the fullest decade takes the room there is.
        let counts = state.facets.iter().find(|it| it.facet == facet);
        let most = counts.and_then(|it| it.values.iter().map(|(_, n)| *n).max()).unwrap_or(1);
        let room = usize::from(right.saturating_sub(end + 2));
        let eighths = (count * room * 8).div_ceil(most.max(1));
        let mut histogram = "█".repeat(eighths / 8);
        if let Some(part) = ["", "▏", "▎", "▍", "▌", "▋", "▊", "▉"].get(eighths % 8) {
            histogram.push_str(part);
        }
        canvas.put(end + 1, y, room as u16, Role::Badge, &histogram);
    }
    canvas.put(right, y, wide, Role::Count, &count_text);
}
