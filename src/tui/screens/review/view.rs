//! What a review looks like: the items above, the one the cursor is on side by side below.

use super::State;
use crate::text::harmless;
use crate::text::said::Said;
use crate::tui::canvas::Canvas;
use crate::tui::cells::wrap;
use crate::tui::layout::inside;
use crate::tui::paint::Role;
use crate::tui::review::{Comparison, Decision, Item, Kind, Side};
use crate::tui::state::State as Whole;
use ratatui::layout::{Position, Rect};
use similar::{ChangeTag, TextDiff};
use std::borrow::Cow;
use std::ops::Range;

/// How many lines of a value are shown.
const MOST: usize = 4;

/// Where what stands: inside the frames.
#[derive(Debug, Clone, Copy)]
pub struct Areas {
    /// The items.
    pub items: Rect,
    /// The fields of the item the cursor is on.
    pub fields: Rect,
    framed: bool,
}

/// Where what stands.
pub fn areas(state: &State, size: (u16, u16)) -> Areas {
    let whole = Rect::new(0, 0, size.0, size.1.saturating_sub(u16::from(size.1 >= 4)));
    let framed = size.0 >= 40 && whole.height >= 10;
    let edges = if framed { 2 } else { 0 };
    if whole.height < 12 {
        // No room for both: what is in front.
        let all = inside(whole, framed);
        let none = Rect { height: 0, ..all };
        let (items, fields) = if state.in_fields { (none, all) } else { (all, none) };
        return Areas { items, fields, framed };
    }
    let wanted = (state.review.items.len() as u16).saturating_add(edges);
    let above = wanted.clamp(3 + edges, (whole.height * 2 / 5).max(3 + edges));
    let items = Rect { height: above, ..whole };
    let fields = Rect { y: above, height: whole.height - above, ..whole };
    Areas { items: inside(items, framed), fields: inside(fields, framed), framed }
}

/// Draws the review.
pub fn view(state: &State, whole: &Whole, canvas: &mut Canvas<'_>) {
    let all = Rect::new(0, 0, whole.size.0, whole.size.1.saturating_sub(1).max(1));
    canvas.clear(all, Role::Popup);
    let areas = areas(state, whole.size);
    frames(state, &areas, canvas);
    for (at, y) in (state.top..state.review.items.len()).zip(areas.items.y..areas.items.bottom()) {
        let line = Rect { y, height: 1, ..areas.items };
        item(state.review.kind, &state.review.items[at], line, canvas);
        if at == state.row {
            let role = if state.in_fields { Role::Unfocused } else { Role::Selected };
            canvas.look(line, role);
            canvas.put(line.x, y, 1, role, "›");
            if !state.in_fields {
                canvas.cursor = Some(Position::new(line.x, y));
            }
        }
    }
    if let Some(comparison) = state.shown() {
        fields(state, comparison, areas.fields, canvas);
    }
}

fn frames(state: &State, areas: &Areas, canvas: &mut Canvas<'_>) {
    if !areas.framed {
        return;
    }
    let around = |area: Rect| Rect::new(area.x - 1, area.y - 1, area.width + 2, area.height + 2);
    let title = canvas.paint.plain(match state.review.kind {
        Kind::Import => "tui.review",
        Kind::Duplicates => "tui.duplicates",
    });
    let count = state.review.items.len();
    let mut foot = Vec::new();
    if state.review.kind == Kind::Import {
        for decision in [Decision::Add, Decision::Merge, Decision::Skip, Decision::Reject] {
            let many = state.review.count(decision);
            if many > 0 {
                foot.push(format!("{} {many}", canvas.paint.plain(decision.id())));
            }
        }
        if !state.review.notes.is_empty() {
            let said = Said::new("tui.unreadable-records").with("count", state.review.notes.len());
            foot.push(canvas.paint.words(&said));
        }
    }
    foot.push(format!("{}/{count}", (state.row + 1).min(count)));
    if areas.items.height > 0 {
        let title = title.to_owned();
        canvas.frame(around(areas.items), &title, &foot.join(" · "), !state.in_fields);
    }
    if areas.fields.height > 0 {
        let reasons = state.item().map(|item| reasons(item, canvas)).unwrap_or_default();
        let title = canvas.paint.plain("tui.side-by-side").to_owned();
        let title = if reasons.is_empty() { title } else { format!("{title} · {reasons}") };
        canvas.frame(around(areas.fields), &title, "", state.in_fields);
    }
}

fn reasons(item: &Item, canvas: &Canvas<'_>) -> String {
    let reasons: Vec<String> = item.reasons.iter().map(|it| canvas.paint.words(it)).collect();
    reasons.join(", ")
}

/// One item in its line: what is done with it, what it is, how certain, who and what.
fn item(kind: Kind, item: &Item, line: Rect, canvas: &mut Canvas<'_>) {
    let y = line.y;
    let mut x = line.x + 2;
    let wide = line.width >= 60;
    let room = |x: u16, wide: u16| wide.min(line.right().saturating_sub(x));
    if kind == Kind::Import {
        let role = match item.decision {
            Decision::Add => Role::Added,
            Decision::Merge => Role::Chosen,
            Decision::Skip => Role::Faint,
            Decision::Reject => Role::Removed,
        };
        canvas.put(x, y, room(x, 1), role, item.decision.sign());
        x += 2;
        if wide {
            let words = canvas.paint.plain(item.decision.id());
            canvas.put(x, y, room(x, 11), role, words);
            x += 12;
        }
    }
    let standing = canvas.paint.plain(item.standing.id()).to_owned();
    let standing = match item.ids.is_empty() || item.percent == 0 {
        true => standing,
        false => format!("{standing} {} %", item.percent),
    };
    let most = if wide { 14 } else { 7 };
    canvas.put(x, y, room(x, most), Role::Kind, &standing);
    x += most + 1;
    if wide {
        let most = line.width / 4;
        canvas.put(x, y, room(x, most), Role::Key, &item.name);
        x += most + 1;
    }
    canvas.put(x, y, room(x, u16::MAX), Role::Text, &item.brief);
}

/// How a comparison is laid out in columns, or one below the other where there is no room.
struct Columns {
    name: u16,
    each: u16,
    beside: bool,
}

impl Columns {
    fn new(room: u16, members: usize) -> Self {
        let name = if room < 60 { 0 } else { 14 };
        let members = members.max(1) as u16;
        let each = room.saturating_sub(name + 2) / members;
        if each >= 20 || members == 1 {
            return Self { name, each: each.max(3), beside: true };
        }
        Self { name, each: room.saturating_sub(name + 4).max(3), beside: false }
    }
}

/// The values as they are shown: what is put together stands where the one that stays is.
fn shown(side: &Side, kept: usize) -> Vec<Cow<'_, str>> {
    let values = side.values.iter().enumerate();
    values
        .map(|(at, value)| {
            let value = if side.from.is_none() && at == kept { &side.result } else { value };
            harmless::one_line(value)
        })
        .collect()
}

/// The lines that one field takes: for each value its pieces, none where it is empty.
fn pieces(values: &[Cow<'_, str>], columns: &Columns) -> Vec<Vec<Range<usize>>> {
    let room = usize::from(columns.each.saturating_sub(3)).max(1);
    values
        .iter()
        .map(|value| if value.is_empty() { Vec::new() } else { wrap(value, room) })
        .map(|mut lines| {
            lines.truncate(MOST);
            lines
        })
        .collect()
}

fn height(side: &Side, kept: usize, columns: &Columns) -> usize {
    let lines = pieces(&shown(side, kept), columns);
    let head = usize::from(columns.name == 0);
    if columns.beside {
        head + lines.iter().map(Vec::len).max().unwrap_or(0).max(1)
    } else {
        head + lines.iter().map(Vec::len).sum::<usize>().max(1)
    }
}

/// The first field to show so that the one the cursor is on is in sight.
pub fn field_top(state: &State, area: Rect) -> usize {
    let Some(comparison) = state.shown() else { return 0 };
    let columns = Columns::new(area.width, comparison.heads.len());
    let heads = if columns.beside { 1 } else { comparison.heads.len() };
    let room = usize::from(area.height).saturating_sub(heads);
    let mut top = state.field_top.min(state.field);
    loop {
        let shown = comparison.fields.get(top..=state.field).unwrap_or_default();
        let needed: usize = shown.iter().map(|side| height(side, comparison.kept, &columns)).sum();
        if needed <= room || top >= state.field {
            return top;
        }
        top += 1;
    }
}

/// The field that stands on row `y`.
pub fn field_at(state: &State, area: Rect, y: u16) -> Option<usize> {
    let comparison = state.shown().filter(|_| (area.y..area.bottom()).contains(&y))?;
    let columns = Columns::new(area.width, comparison.heads.len());
    let mut below = area.y + if columns.beside { 1 } else { comparison.heads.len() as u16 };
    for (at, side) in comparison.fields.iter().enumerate().skip(state.field_top) {
        let next = below + height(side, comparison.kept, &columns) as u16;
        if (below..next).contains(&y) {
            return Some(at);
        }
        below = next;
    }
    None
}

fn fields(state: &State, comparison: &Comparison, area: Rect, canvas: &mut Canvas<'_>) {
    let columns = Columns::new(area.width, comparison.heads.len());
    let mut y = area.y;
    let left = area.x + 1 + columns.name;
    for (at, head) in comparison.heads.iter().enumerate() {
        let x = if columns.beside { left + columns.each * at as u16 } else { left };
        if y >= area.bottom() {
            return;
        }
        let sign = if at == comparison.kept { "✓ " } else { "  " };
        let text = format!("{sign}{head}");
        canvas.put(x, y, columns.each.saturating_sub(1), Role::Heading, &text);
        y += u16::from(!columns.beside);
    }
    y += u16::from(columns.beside);
    for (at, side) in comparison.fields.iter().enumerate().skip(state.field_top) {
        let high =
            (height(side, comparison.kept, &columns) as u16).min(area.bottom().saturating_sub(y));
        if high == 0 {
            return;
        }
        field(side, Rect { y, height: high, ..area }, comparison.kept, &columns, canvas);
        if at == state.field && state.in_fields {
            canvas.put(area.x, y, 1, Role::Selected, "›");
            let name = Rect { y, height: 1, width: columns.name.max(1), ..area };
            canvas.look(name, Role::Selected);
            canvas.cursor = Some(Position::new(area.x, y));
        }
        y += high;
    }
}

fn field(side: &Side, area: Rect, kept: usize, columns: &Columns, canvas: &mut Canvas<'_>) {
    let mut y = area.y;
    let name_room = if columns.name == 0 { area.width } else { columns.name - 1 };
    canvas.put(area.x + 1, y, name_room, Role::Field, &side.name);
    y += u16::from(columns.name == 0);
    let left = area.x + 1 + columns.name;
    let values = shown(side, kept);
    let model = values.get(kept).cloned().unwrap_or_default();
    for (at, lines) in pieces(&values, columns).iter().enumerate() {
        let value = &values[at];
        let is_taken = side.from == Some(at) || (side.from.is_none() && at == kept);
        let x = if columns.beside { left + columns.each * at as u16 } else { left };
        // Held against the one that stays; that one against the next.
        let other = if at == kept {
            let rest = values.iter().enumerate();
            let next = rest.filter(|(it, _)| *it != kept).find(|(_, value)| !value.is_empty());
            next.map(|(_, value)| value.clone()).unwrap_or_default()
        } else {
            model.clone()
        };
        let marks = if other.is_empty() { Vec::new() } else { differing(&other, value) };
        let role = if is_taken { Role::Text } else { Role::Faint };
        for (nth, line) in lines.iter().enumerate() {
            let row = y + nth as u16;
            if row >= area.bottom() {
                break;
            }
            let sign = match (nth, is_taken, side.from) {
                (0, true, Some(_)) => "✓ ",
                (0, true, None) => "+ ",
                _ => "  ",
            };
            let start = canvas.put(x, row, 2, Role::Mark, sign);
            let inside: Vec<Range<usize>> = marks
                .iter()
                .filter(|it| it.start < line.end && line.start < it.end)
                .map(|it| it.start.max(line.start) - line.start..it.end.min(line.end) - line.start)
                .collect();
            let room = columns.each.saturating_sub(3);
            canvas.put_hits(start, row, room, role, &value[line.clone()], &inside);
        }
        if !columns.beside {
            y += lines.len() as u16;
        }
    }
}

/// The parts of `text` that `other` does not have, word by word, in bytes.
fn differing(other: &str, text: &str) -> Vec<Range<usize>> {
    let mut out: Vec<Range<usize>> = Vec::new();
    let mut at = 0;
    for change in TextDiff::from_words(other, text).iter_all_changes() {
        let length = change.value().len();
        match change.tag() {
            ChangeTag::Delete => continue,
            ChangeTag::Insert if !change.value().trim().is_empty() => out.push(at..at + length),
            ChangeTag::Insert | ChangeTag::Equal => {}
        }
        at += length;
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_words_that_differ_are_marked() {
        let text = "Self-help groups in Norway";
        let marked: Vec<&str> =
            differing("Self-help in Norge", text).into_iter().map(|it| &text[it]).collect();
        assert_eq!(marked, ["groups", "Norway"]);
        assert!(differing("a b", "a b").is_empty());
    }
}
