//! Three-way merge by entry and field: what two sides made of one file, in one file.
//!
//! What one side changed is taken; what both changed alike is taken once; where both changed the
//! same value otherwise, ours stays in its place and theirs is kept as a [`Conflict`]. Order is
//! merged too. Comments, macros and the text between blocks are merged as things of their own.

mod entry;
mod item;
mod order;

use super::{File, parse, text};
use item::{Item, Side};
use std::collections::{HashMap, HashSet};

/// A merged file.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Merged {
    /// Its bytes. They can be read wherever the three could, conflicts or not.
    pub text: Vec<u8>,
    /// What the two sides do not agree on; ours stands in the text.
    pub conflicts: Vec<Conflict>,
}

/// A thing both sides changed, each in its way.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Conflict {
    /// The citation key; how the block begins where it is no entry.
    pub key: String,
    /// The field, `entrytype` for the type, `entry` for the whole.
    pub field: String,
    /// What it was, as written; none where it was not there.
    pub base: Option<String>,
    /// What we made of it; none where we took it away.
    pub ours: Option<String>,
    /// What they made of it; none where they took it away.
    pub theirs: Option<String>,
}

impl Conflict {
    /// The conflict as a comment that BibTeX skips and every other reader keeps.
    pub fn written(&self) -> String {
        let mut out = format!(
            "@comment{{merge-conflict, key = {{{}}}, field = {{{}}}",
            guarded(&self.key),
            self.field
        );
        for (name, value) in [("base", &self.base), ("theirs", &self.theirs)] {
            match value {
                Some(value) => {
                    let value = guarded(value);
                    let braced = value.starts_with('{') && value.ends_with('}');
                    let value = if braced { value } else { format!("{{{value}}}") };
                    out.push_str(&format!(", {name} = {value}"));
                }
                None => out.push_str(&format!(", {name} = none")),
            }
        }
        out.push('}');
        out
    }
}

/// `value` with braces that pair up: where they do not, they are written as in a URL.
fn guarded(value: &str) -> String {
    if super::change::is_balanced(value) {
        value.to_owned()
    } else {
        value.replace('{', "%7B").replace('}', "%7D")
    }
}

/// Whether conflicts are to be written into the text as comments beside what they speak of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Record {
    /// As `@comment{merge-conflict, …}`.
    InText,
    /// Only in [`Merged::conflicts`].
    Aside,
}

/// Merges what `ours` and `theirs` made of `base`.
pub fn merge(base: &[u8], ours: &[u8], theirs: &[u8], record: Record) -> Merged {
    let whole = |text: &[u8]| Merged { text: text.to_vec(), conflicts: Vec::new() };
    if ours == theirs || theirs == base {
        return whole(ours);
    }
    if ours == base {
        return whole(theirs);
    }
    let files = [parse(base), parse(ours), parse(theirs)];
    let [base, ours, theirs] = item::sides([base, ours, theirs], &files);
    let renames = [item::renames(&base, &ours), item::renames(&base, &theirs)];
    let base = base.keyed(&HashMap::new());
    let ours = ours.keyed(&renames[0]);
    let theirs = theirs.keyed(&renames[1]);
    Merge { base, ours, theirs, renames, record }.run()
}

/// Whether a file may be merged by entry: everything in it closes, and it holds no conflict markers
/// of a text merge.
pub fn is_sound(bytes: &[u8], file: &File) -> bool {
    let marked = |marker: &[u8]| {
        bytes.starts_with(marker)
            || memchr::memmem::find_iter(bytes, marker).any(|at| bytes[at - 1] == b'\n')
    };
    !file.problems.iter().any(|problem| problem.what.breaks())
        && !(marked(b"<<<<<<< ") && marked(b">>>>>>> "))
}

struct Merge<'a> {
    base: Side<'a>,
    ours: Side<'a>,
    theirs: Side<'a>,
    /// Keys that each side changed: the old one to the new one.
    renames: [HashMap<String, String>; 2],
    record: Record,
}

/// A block of the result, with the text before it.
struct Part {
    lead: Vec<u8>,
    block: Vec<u8>,
}

impl Merge<'_> {
    fn run(self) -> Merged {
        let mut conflicts: Vec<Conflict> = Vec::new();
        let order = order::merged(&self.base.order, &self.ours.order, &self.theirs.order);
        let mut parts = Vec::with_capacity(order.len());
        let mut carried = Vec::new();
        let mut keys: HashSet<String> = HashSet::new();
        for id in &order {
            let (base, ours, theirs) =
                (self.base.items.get(id), self.ours.items.get(id), self.theirs.items.get(id));
            let mut lead = lead(base, ours, theirs);
            let before = conflicts.len();
            let made = block(base, ours, theirs, &mut conflicts);
            let Some(mut made) = made else {
                // What one side wrote above an entry that the other took away stays.
                let known = base.map(|item| item.lead).unwrap_or_default();
                for side in [ours, theirs].into_iter().flatten() {
                    if side.lead != known && !side.lead.trim_ascii().is_empty() {
                        carried.extend_from_slice(side.lead);
                    }
                }
                continue;
            };
            if !carried.is_empty() {
                carried.extend_from_slice(&lead);
                lead = std::mem::take(&mut carried);
            }
            self.point(&mut made, ours.is_none(), theirs.is_none());
            if base.is_none() && ours.is_some() && theirs.is_some() {
                let own = conflicts.split_off(before);
                conflicts.extend(self.both_added(&mut made, ours, theirs, &keys, own));
            }
            keys.extend(entry::key(&made));
            if self.record == Record::InText {
                for conflict in &conflicts[before..] {
                    made.extend_from_slice(b"\n");
                    made.extend_from_slice(conflict.written().as_bytes());
                }
            }
            parts.push(Part { lead, block: made });
        }
        Merged { text: self.join(parts, &carried), conflicts }
    }

    /// Makes a block from one side point to the keys that the other side gave.
    fn point(&self, block: &mut Vec<u8>, only_theirs: bool, only_ours: bool) {
        let renames = match (only_ours, only_theirs) {
            (true, _) => vec![&self.renames[1]],
            (_, true) => vec![&self.renames[0]],
            _ => self.renames.iter().collect(),
        };
        for (old, new) in renames.into_iter().flatten() {
            let taken =
                self.ours.keys.contains(old.as_str()) && self.theirs.keys.contains(old.as_str());
            if !taken {
                entry::point(block, old, new);
            }
        }
    }

    /// Two different works that both sides gave the same new key: both stay, theirs under a key
    /// of its own. Gives what the two do not agree on, which were `conflicts` in one work.
    fn both_added(
        &self,
        made: &mut Vec<u8>,
        ours: Option<&Item<'_>>,
        theirs: Option<&Item<'_>>,
        keys: &HashSet<String>,
        conflicts: Vec<Conflict>,
    ) -> Vec<Conflict> {
        let (Some(ours), Some(theirs)) = (ours, theirs) else { return conflicts };
        if !ours.is_another_work(theirs) {
            return conflicts;
        }
        let key = ours.name();
        let free = ('b'..='z').map(|letter| format!("{key}{letter}")).find(|it| {
            !keys.contains(it)
                && !self.ours.keys.contains(it.as_str())
                && !self.theirs.keys.contains(it.as_str())
        });
        let Some(free) = free else { return conflicts };
        *made = ours.block.to_vec();
        made.extend_from_slice(b"\n\n");
        made.extend_from_slice(&entry::with_key(theirs.block, &free));
        let field = "key".to_owned();
        vec![Conflict { key, field, base: None, ours: None, theirs: Some(free) }]
    }

    fn join(&self, parts: Vec<Part>, carried: &[u8]) -> Vec<u8> {
        let newline: &[u8] = if self.ours.newline == b"\r\n" { b"\r\n" } else { b"\n" };
        let mut out = Vec::new();
        for Part { lead, block } in parts {
            let blank = lead.trim_ascii().is_empty();
            if out.is_empty() && blank {
                // Blank lines stood between entries, and there is none before.
                let starts = [&self.ours, &self.theirs].iter().any(|side| side.first == lead);
                out.extend_from_slice(if starts { &lead } else { b"" });
            } else if !out.is_empty() && !lead.contains(&b'\n') && !lead.contains(&b'\r') {
                let own = [&self.ours, &self.theirs].iter().any(|side| side.tight.contains(&block));
                if !own {
                    out.extend_from_slice(newline);
                    out.extend_from_slice(newline);
                }
                out.extend_from_slice(&lead);
            } else {
                out.extend_from_slice(&lead);
            }
            out.extend_from_slice(&block);
        }
        out.extend_from_slice(carried);
        let tail = texts(self.base.tail, self.ours.tail, self.theirs.tail);
        out.extend_from_slice(&tail);
        out
    }
}

/// What becomes of one block; `None` where it goes.
fn block(
    base: Option<&Item<'_>>,
    ours: Option<&Item<'_>>,
    theirs: Option<&Item<'_>>,
    conflicts: &mut Vec<Conflict>,
) -> Option<Vec<u8>> {
    let mut gone = |edited: &Item<'_>, is_ours: bool| {
        let written = String::from_utf8_lossy(edited.block).into_owned();
        let old = base.map(|item| String::from_utf8_lossy(item.block).into_owned());
        let (ours, theirs) = if is_ours { (Some(written), None) } else { (None, Some(written)) };
        conflicts.push(Conflict {
            key: edited.name(),
            field: "entry".to_owned(),
            base: old,
            ours,
            theirs,
        });
    };
    match (base, ours, theirs) {
        (Some(base), Some(ours), None) => {
            if base.says_the_same(ours) {
                return None;
            }
            gone(ours, true);
            Some(ours.block.to_vec())
        }
        (Some(base), None, Some(theirs)) => {
            if base.says_the_same(theirs) {
                return None;
            }
            gone(theirs, false);
            Some(theirs.block.to_vec())
        }
        (None, Some(one), None) | (None, None, Some(one)) => Some(one.block.to_vec()),
        (base, Some(ours), Some(theirs)) => Some(entry::merged(base, ours, theirs, conflicts)),
        (_, None, None) => None,
    }
}

/// The text above a block: that of the side that changed it.
fn lead(base: Option<&Item<'_>>, ours: Option<&Item<'_>>, theirs: Option<&Item<'_>>) -> Vec<u8> {
    match (ours, theirs) {
        (Some(ours), Some(theirs)) => {
            let ends = |item: &Item<'_>| item.lead.iter().any(|b| matches!(b, b'\n' | b'\r'));
            // Where a side has it first in the file, it says nothing of the blanks before it.
            match (ends(ours), ends(theirs)) {
                (true, false) if theirs.lead.is_empty() => ours.lead.to_vec(),
                (false, true) if ours.lead.is_empty() => theirs.lead.to_vec(),
                _ => texts(base.map_or(&b""[..], |item| item.lead), ours.lead, theirs.lead),
            }
        }
        (Some(one), None) | (None, Some(one)) => one.lead.to_vec(),
        (None, None) => Vec::new(),
    }
}

/// Merges text between blocks: where both sides changed it, all lines of both stay.
fn texts(base: &[u8], ours: &[u8], theirs: &[u8]) -> Vec<u8> {
    if ours == theirs || theirs == base {
        return ours.to_vec();
    }
    if ours == base {
        return theirs.to_vec();
    }
    let lines = |text: &'_ [u8]| -> Vec<Vec<u8>> {
        text.split_inclusive(|b| *b == b'\n').map(<[u8]>::to_vec).collect()
    };
    let known: HashSet<&[u8]> = base
        .split(|b| *b == b'\n')
        .chain(ours.split(|b| *b == b'\n'))
        .map(<[u8]>::trim_ascii)
        .collect();
    let mut out = Vec::new();
    for line in lines(theirs) {
        let new = !line.trim_ascii().is_empty() && !known.contains(line.trim_ascii());
        if new {
            out.extend_from_slice(&line);
            if !line.ends_with(b"\n") {
                out.push(b'\n');
            }
        }
    }
    if out.is_empty() {
        return ours.to_vec();
    }
    let ours_lines = lines(ours);
    let blank = ours_lines.iter().take_while(|line| line.trim_ascii().is_empty()).count();
    let mut all: Vec<u8> = ours_lines[..blank].concat();
    if !all.is_empty() && !all.ends_with(b"\n") {
        all.push(b'\n');
    }
    all.extend_from_slice(&out);
    all.extend_from_slice(&ours_lines[blank..].concat());
    all
}

/// The key of the block as a person knows it.
fn name(bytes: &[u8], file: &File) -> String {
    file.entries().next().map_or_else(
        || text(bytes, &(0..bytes.len().min(40))).into_owned(),
        |(_, entry)| text(bytes, &entry.key).into_owned(),
    )
}

#[cfg(test)]
mod tests;
