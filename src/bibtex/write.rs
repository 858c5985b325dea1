//! New text in a file's own habits: a field, an entry.

use super::habits::{Equals, Habits};
use super::{Block, Entry, Field, File, Kind, Span};
use crate::text::edit::Edit;

/// Adds a field behind the last one of an entry that `close` closes. `value` comes with its
/// delimiters.
pub(super) fn field(
    bytes: &[u8],
    entry: &Entry,
    close: usize,
    habits: &Habits,
    name: &str,
    value: &str,
) -> Vec<Edit> {
    let habits = habits.within(bytes, entry);
    let text = format!("{}{value}", habits.before_value(&habits.field_name(name)));
    let lead = if habits.lead.is_empty() { " " } else { &habits.lead };
    let Some(last) = entry.fields.last() else {
        // Nothing to stand behind: behind the key, and the brace keeps its place.
        let head = &bytes[entry.key.end..close];
        let comma = if habits.trailing_comma { "," } else { "" };
        let on_own_line = head.iter().any(|b| matches!(b, b'\n' | b'\r'));
        let tail = if on_own_line { "" } else { &habits.tail };
        return match head.iter().position(|b| *b == b',') {
            Some(at) => {
                let at = entry.key.end + at + 1;
                vec![Edit::new(at..at, format!("{lead}{text}{comma}{tail}"))]
            }
            None => {
                let at = entry.key.end;
                vec![Edit::new(at..at, format!(",{lead}{text}{comma}{tail}"))]
            }
        };
    };
    let end = last.value.end;
    let tail = &bytes[end..close];
    let comma = tail.iter().position(|b| !b.is_ascii_whitespace()).filter(|at| tail[*at] == b',');
    let behind = comma.map_or(end, |comma| end + comma + 1);
    // A comment on the line of the last field stays on that line.
    let line =
        behind + bytes[behind..close].iter().position(|b| matches!(b, b'\n' | b'\r')).unwrap_or(0);
    let at = if bytes[behind..line].trim_ascii_start().starts_with(b"%") { line } else { behind };
    let under = at != behind && !lead.contains(['\n', '\r']);
    let lead = if under { format!("{}{lead}", habits.newline) } else { lead.to_owned() };
    match comma {
        Some(_) => vec![Edit::new(at..at, format!("{lead}{text},"))],
        None if at == end => vec![Edit::new(at..at, format!(",{lead}{text}"))],
        None => vec![Edit::new(end..end, ","), Edit::new(at..at, format!("{lead}{text}"))],
    }
}

/// Gives a field another name and keeps its value where it stands, if blanks were there to do so.
pub(super) fn renamed(bytes: &[u8], entry: &Entry, field: &Field, new: &str) -> Vec<Edit> {
    let aligned = entry.fields.len() > 1
        && !matches!(Habits::default().within(bytes, entry).equals, Equals::Plain(..));
    let old = String::from_utf8_lossy(&bytes[field.name.clone()]).chars().count();
    let new_width = new.chars().count();
    let blanks = &bytes[field.name.end..field.value.start];
    let before = blanks.iter().take_while(|b| **b == b' ').count();
    let equals = blanks.iter().position(|b| *b == b'=').unwrap_or(before);
    let after = blanks[equals + 1..].iter().take_while(|b| **b == b' ').count();
    let mut edits = vec![Edit::new(field.name.clone(), new)];
    if aligned && new_width != old {
        // The blanks that vary are those of which there are more.
        let (at, have) = if before >= after {
            (field.name.end, before)
        } else {
            (field.name.end + equals + 1, after)
        };
        let want = (have + old).saturating_sub(new_width).max(1);
        edits.push(Edit::new(at..at + have, " ".repeat(want)));
    }
    edits
}

/// A whole new entry. Values are TeX without delimiters, their braces paired; fields with empty
/// values are left out.
pub fn entry(habits: &Habits, entry_type: &str, key: &str, fields: &[(String, String)]) -> String {
    let fields: Vec<(String, &str)> = fields
        .iter()
        .filter(|(_, value)| !value.trim().is_empty())
        .map(|(name, value)| (habits.field_name(name), value.as_str()))
        .collect();
    let mut habits = habits.clone();
    if let Equals::PadBefore(width, _) = &mut habits.equals {
        // A file that lines up its entries each for itself has no one width for all.
        let longest = fields.iter().map(|(name, _)| name.chars().count() + 1).max().unwrap_or(0);
        *width = (*width).max(longest);
    }
    let mut out = format!("@{}{{{key}", habits.entry_type(entry_type));
    for (name, value) in &fields {
        out.push(',');
        out.push_str(if habits.lead.is_empty() { " " } else { &habits.lead });
        out.push_str(&habits.before_value(name));
        out.push_str(&habits.value(name, value));
    }
    if fields.is_empty() || habits.trailing_comma {
        out.push(',');
    }
    out.push_str(&habits.tail);
    out.push('}');
    out
}

/// Puts `text`, one or more whole entries, behind the block at `after`; with none, behind the last
/// entry, so that what programs keep at the end of a file stays there.
pub fn insertion(
    bytes: &[u8],
    file: &File,
    habits: &Habits,
    after: Option<usize>,
    text: &str,
) -> Edit {
    let is_entry = |block: &Block| matches!(block.kind, Kind::Entry(_));
    let gap = habits.newline.repeat(habits.gap.max(1));
    let text = text.trim_end();
    let index = after.or_else(|| file.blocks.iter().rposition(is_entry));
    let Some(index) = index else {
        let end = bytes.len();
        let lead = match bytes {
            [] | [.., b'\n' | b'\r'] if bytes.trim_ascii().is_empty() => String::new(),
            b"\xEF\xBB\xBF" => String::new(),
            [.., b'\n' | b'\r'] => habits.newline.to_owned(),
            _ => habits.newline.repeat(2),
        };
        return Edit::new(end..end, format!("{lead}{text}{}", habits.newline));
    };
    let end = file.blocks[index].span.end;
    let rest = if bytes[end..].is_empty() { habits.newline } else { "" };
    Edit::new(end..end, format!("{gap}{text}{rest}"))
}

/// The entry at `span` with its fields each on a line as the file has them; values, order and
/// doubled fields stay. None for a broken entry and for one with more in it than fields.
pub fn formatted(bytes: &[u8], span: &Span, entry: &Entry, habits: &Habits) -> Option<String> {
    let close = entry.close?;
    let plain = |span: Span| bytes[span].iter().all(|b| *b == b',' || b.is_ascii_whitespace());
    let mut before = entry.key.end;
    let mut habits = habits.clone();
    let mut longest = 0;
    for field in &entry.fields {
        if !plain(before..field.name.start) {
            return None;
        }
        before = field.value.end;
        longest = longest.max(String::from_utf8_lossy(&bytes[field.name.clone()]).chars().count());
    }
    let between = bytes[entry.key.end..].trim_ascii_start();
    if entry.fields.is_empty() || !plain(before..close) || !between.starts_with(b",") {
        return None;
    }
    if let Equals::PadBefore(width, _) = &mut habits.equals {
        *width = (*width).max(longest + 1);
    }
    let text = |span: &Span| String::from_utf8_lossy(&bytes[span.clone()]).into_owned();
    let head = entry.entry_type.start..entry.key.start;
    let open = text(&head).trim_end().chars().last()?;
    let entry_type = habits.entry_type(&text(&entry.entry_type));
    let mut out = format!("@{entry_type}{open}{}", text(&entry.key));
    for field in &entry.fields {
        out.push(',');
        out.push_str(if habits.lead.is_empty() { " " } else { &habits.lead });
        out.push_str(&habits.before_value(&habits.field_name(&text(&field.name))));
        out.push_str(&text(&field.value));
    }
    if habits.trailing_comma {
        out.push(',');
    }
    out.push_str(&habits.tail);
    out.push(bytes[close] as char);
    // Bytes that are no characters would not come through.
    std::str::from_utf8(&bytes[span.clone()]).is_ok().then_some(out)
}
