//! Drawing by role: the only place that puts text into a frame, so that all of it is harmless and
//! measured.

use super::cells::{cut, width, wrap};
use super::input;
use super::layout::inside;
use super::paint::{Paint, Role};
use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};
use ratatui::style::Style;
use std::ops::Range;
use unicode_segmentation::UnicodeSegmentation as _;

/// A frame that is being drawn.
pub struct Canvas<'a> {
    /// The cells.
    pub buffer: &'a mut Buffer,
    /// Looks and words.
    pub paint: &'a Paint,
    /// Where the terminal's cursor goes, for those who follow it with a screen reader or magnifier.
    pub cursor: Option<Position>,
}

impl Canvas<'_> {
    /// Writes `text` at `x`, `y` in at most `room` cells, cut with `…`. Gives the cell behind it.
    pub fn put(&mut self, x: u16, y: u16, room: u16, role: Role, text: &str) -> u16 {
        self.put_styled(x, y, room, self.paint.style(role), text)
    }

    fn put_styled(&mut self, x: u16, y: u16, room: u16, style: Style, text: &str) -> u16 {
        let area = self.buffer.area;
        if y >= area.bottom() || x >= area.right() {
            return x;
        }
        let room = room.min(area.right() - x);
        let text = cut(text, usize::from(room));
        self.buffer.set_string(x, y, &text, style);
        x + width(&text) as u16
    }

    /// Writes `text` with the ranges of `hits` (in bytes) in the role of a hit.
    pub fn put_hits(
        &mut self,
        x: u16,
        y: u16,
        room: u16,
        role: Role,
        text: &str,
        hits: &[Range<usize>],
    ) -> u16 {
        let end = self.put(x, y, room, role, text);
        for hit in hits {
            // What was cut off or made harmless before the hit is not found again.
            let (Some(before), Some(inside)) = (text.get(..hit.start), text.get(hit.clone()))
            else {
                continue;
            };
            let from = x.saturating_add(width(before) as u16);
            let to = from.saturating_add(width(inside) as u16).min(end).min(x + room);
            if from < to {
                let area = Rect::new(from, y, to - from, 1).intersection(self.buffer.area);
                self.buffer.set_style(area, self.paint.style(Role::Hit));
            }
        }
        end
    }

    /// Gives all of `area` the look of `role`.
    pub fn look(&mut self, area: Rect, role: Role) {
        self.buffer.set_style(area.intersection(self.buffer.area), self.paint.style(role));
    }

    /// Empties `area`, in the look of `role`.
    pub fn clear(&mut self, area: Rect, role: Role) {
        let area = area.intersection(self.buffer.area);
        for position in area.positions() {
            self.buffer[position].reset();
        }
        self.look(area, role);
    }

    /// Draws a frame with a title (and a few words at its foot) and gives what is inside. The pane
    /// in front has a thicker frame and a sign before its title: never by colour alone.
    pub fn frame(&mut self, area: Rect, title: &str, foot: &str, in_front: bool) -> Rect {
        if area.width < 2 || area.height < 2 {
            return area;
        }
        let role = if in_front { Role::Focus } else { Role::Border };
        let [corners, across, down] =
            if in_front { ["┏┓┗┛", "━", "┃"] } else { ["╭╮╰╯", "─", "│"] };
        let corners: Vec<String> = corners.chars().map(String::from).collect();
        let (right, bottom) = (area.right() - 1, area.bottom() - 1);
        for x in area.x + 1..right {
            self.put(x, area.y, 1, role, across);
            self.put(x, bottom, 1, role, across);
        }
        for y in area.y + 1..bottom {
            self.put(area.x, y, 1, role, down);
            self.put(right, y, 1, role, down);
        }
        let places = [(area.x, area.y), (right, area.y), (area.x, bottom), (right, bottom)];
        for ((x, y), corner) in places.into_iter().zip(&corners) {
            self.put(x, y, 1, role, corner);
        }
        let room = area.width.saturating_sub(4);
        if !title.is_empty() {
            let sign = if in_front { "▸ " } else { "" };
            let title = format!(" {sign}{title} ");
            self.put(area.x + 1, area.y, room, role, &title);
        }
        if !foot.is_empty() {
            let foot = format!(" {foot} ");
            let wide = (width(&foot) as u16).min(room);
            self.put(right - wide, bottom, wide, role, &foot);
        }
        inside(area, true)
    }

    /// Draws a text over several lines with its caret, scrolled so that the caret is in sight.
    pub fn text_area(&mut self, area: Rect, role: Role, text: &str, caret: usize) {
        if area.width == 0 || area.height == 0 {
            return;
        }
        let room = usize::from(area.width).saturating_sub(1).max(1);
        let lines = wrap(text, room);
        let (at, column) = input::place(&lines, text, caret);
        let top = (at + 1).saturating_sub(usize::from(area.height));
        for (line, y) in lines.iter().skip(top).zip(area.y..area.bottom()) {
            self.put(area.x, y, area.width, role, text.get(line.clone()).unwrap_or_default());
        }
        let x = (area.x + column as u16).min(area.right() - 1);
        let y = area.y + (at - top) as u16;
        self.cursor = Some(Position::new(x, y));
        self.look(Rect::new(x, y, 1, 1), Role::Caret);
    }

    /// Draws a line of text with its caret, scrolled so that the caret is in sight.
    pub fn input(&mut self, area: Rect, role: Role, before: &str, after: &str) {
        if area.width == 0 || area.height == 0 {
            return;
        }
        let room = usize::from(area.width).saturating_sub(1).max(1);
        let before = crate::text::harmless::one_line(before);
        // As much of the end as there is room for, found from the end: a paste may be long.
        let (mut start, mut used) = (before.len(), 0);
        for (at, part) in before.grapheme_indices(true).rev() {
            used += width(part);
            if used > room {
                break;
            }
            start = at;
        }
        let shown = before.get(start..).unwrap_or_default();
        let x = self.put(area.x, area.y, area.width, role, shown);
        // More than the line has cells is never shown.
        let end =
            after.char_indices().nth(usize::from(area.width) + 1).map_or(after.len(), |it| it.0);
        let after = after.get(..end).unwrap_or_default();
        self.put(x, area.y, area.right().saturating_sub(x), role, after);
        if x < area.right() {
            self.cursor = Some(Position::new(x, area.y));
            self.look(Rect::new(x, area.y, 1, 1), Role::Caret);
        }
    }
}
