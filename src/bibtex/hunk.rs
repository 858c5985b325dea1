//! What a change did, block by block, so that it can be undone later and elsewhere in the file.

use super::merge::{self, Record};
use super::{File, Kind, Span, parse, text};
use crate::text::edit::{Edit, apply};

/// A stretch of a file before and after a change: whole blocks, or nothing on one side.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Hunk {
    /// Where it stood.
    pub before_at: usize,
    /// What stood there.
    pub before: Vec<u8>,
    /// Where it stands.
    pub after_at: usize,
    /// What stands there.
    pub after: Vec<u8>,
}

impl Hunk {
    /// The way back.
    pub fn reversed(&self) -> Self {
        Self {
            before_at: self.after_at,
            before: self.after.clone(),
            after_at: self.before_at,
            after: self.before.clone(),
        }
    }
}

/// The hunks of `edits` on `bytes`: each edit grown to the blocks it touches. None if they do not
/// fit.
pub fn hunks(bytes: &[u8], file: &File, edits: &[Edit]) -> Vec<Hunk> {
    let mut sorted: Vec<&Edit> = edits.iter().collect();
    sorted.sort_by_key(|edit| (edit.span.start, edit.span.end));
    let mut groups: Vec<(Span, Vec<Edit>)> = Vec::new();
    for edit in sorted {
        let span = grown(file, &edit.span);
        match groups.last_mut() {
            Some((last, group)) if span.start < last.end || edit.span.start < last.end => {
                last.end = last.end.max(span.end);
                group.push(edit.clone());
            }
            _ => groups.push((span, vec![edit.clone()])),
        }
    }
    let mut moved = 0_isize;
    let mut out = Vec::with_capacity(groups.len());
    for (span, edits) in groups {
        let Some(before) = bytes.get(span.clone()) else { return Vec::new() };
        let inside: Vec<Edit> = edits
            .into_iter()
            .map(|it| Edit::new(it.span.start - span.start..it.span.end - span.start, it.insert))
            .collect();
        let Ok(after) = apply(before, &inside) else { return Vec::new() };
        let after_at = span.start.saturating_add_signed(moved);
        moved += after.len() as isize - before.len() as isize;
        out.push(Hunk { before_at: span.start, before: before.to_vec(), after_at, after });
    }
    out
}

/// The span of all blocks that `span` reaches into; the span itself between two, and in text.
fn grown(file: &File, span: &Span) -> Span {
    let first = file.blocks.partition_point(|block| block.span.end <= span.start);
    let mut out = span.clone();
    for block in &file.blocks[first..] {
        let reached = if span.is_empty() {
            block.span.start < span.start
        } else {
            block.span.start < span.end
        };
        if !reached {
            break;
        }
        if block.kind != Kind::Text {
            out.start = out.start.min(block.span.start);
            out.end = out.end.max(block.span.end);
        }
    }
    out
}

/// Why a change cannot be made again or undone.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("`{key}` has been changed since")]
pub struct Changed {
    /// The citation key of the block that is not what it was.
    pub key: String,
}

/// The edits that carry out `hunks` on `bytes`: where the blocks still are what they were, there;
/// where they moved, where they are now; where something else in an entry changed since, field by
/// field.
pub fn carried_out(bytes: &[u8], hunks: &[Hunk]) -> Result<Vec<Edit>, Changed> {
    let file = parse(bytes);
    let mut edits = Vec::new();
    let mut drift = 0_isize;
    for hunk in hunks {
        let at = hunk.before_at.saturating_add_signed(drift);
        let here = |at: usize| bytes.get(at..at + hunk.before.len()) == Some(&hunk.before[..]);
        let place = if here(at) && !hunk.before.is_empty() {
            Some(at)
        } else if here(hunk.before_at) && !hunk.before.is_empty() {
            Some(hunk.before_at)
        } else {
            found(bytes, &hunk.before)
        };
        match place {
            Some(at) => {
                edits.push(Edit::new(at..at + hunk.before.len(), hunk.after.clone()));
                drift = at as isize - hunk.before_at as isize;
            }
            None if hunk.before.is_empty() => {
                // An entry comes back: where it stood if a block ends there, else at the end.
                let at = boundary(&file, bytes, at);
                edits.push(Edit::new(at..at, hunk.after.clone()));
            }
            None => edits.push(merged(bytes, &file, hunk)?),
        }
    }
    Ok(edits)
}

/// Where `text` stands in `bytes`, if it stands there once.
fn found(bytes: &[u8], text: &[u8]) -> Option<usize> {
    if text.trim_ascii().is_empty() {
        return None;
    }
    let mut all = memchr::memmem::find_iter(bytes, text);
    let first = all.next()?;
    all.next().is_none().then_some(first)
}

fn boundary(file: &File, bytes: &[u8], at: usize) -> usize {
    let is_end = at == 0 || file.blocks.iter().any(|block| block.span.end == at);
    let in_text =
        file.blocks.iter().any(|block| block.kind == Kind::Text && block.span.contains(&at));
    if is_end || in_text { at.min(bytes.len()) } else { bytes.len() }
}

/// The block with the same key, with the hunk merged into what has become of it.
fn merged(bytes: &[u8], file: &File, hunk: &Hunk) -> Result<Edit, Changed> {
    let was = parse(&hunk.before);
    let key = was
        .entries()
        .next()
        .map_or_else(String::new, |(_, entry)| text(&hunk.before, &entry.key).into_owned());
    let changed = || Changed { key: key.clone() };
    let mut same = file
        .entries()
        .filter(|(_, entry)| !key.is_empty() && bytes[entry.key.clone()] == *key.as_bytes());
    let (Some((span, _)), None) = (same.next(), same.next()) else { return Err(changed()) };
    // Blank lines that the hunk took along are not the block's.
    let block = hunk.before.trim_ascii();
    let after = hunk.after.trim_ascii();
    if was.entries().count() != 1 || after.is_empty() {
        return Err(changed());
    }
    let merged = merge::merge(block, after, &bytes[span.clone()], Record::Aside);
    if merged.conflicts.is_empty() {
        Ok(Edit::new(span.clone(), merged.text))
    } else {
        Err(changed())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const FILE: &str = "@a{b,\n c={1}}\n\n@d{e,\n f={1},\n g={2}}\n\n@h{i}\n";

    fn after(edits: &[Edit]) -> (Vec<u8>, Vec<Hunk>) {
        let bytes = FILE.as_bytes();
        (apply(bytes, edits).unwrap(), hunks(bytes, &parse(bytes), edits))
    }

    fn undone(bytes: &[u8], hunks: &[Hunk]) -> Result<String, Changed> {
        let back: Vec<Hunk> = hunks.iter().map(Hunk::reversed).collect();
        carried_out(bytes, &back)
            .map(|edits| String::from_utf8(apply(bytes, &edits).unwrap()).unwrap())
    }

    fn find(text: &str) -> Span {
        let at = FILE.find(text).unwrap();
        at..at + text.len()
    }

    #[test]
    fn a_hunk_is_whole_blocks() {
        let (_, hunks) = after(&[Edit::new(find("f={1}"), "f={9}"), Edit::new(find("2"), "3")]);
        assert_eq!(hunks.len(), 1);
        assert_eq!(hunks[0].before, b"@d{e,\n f={1},\n g={2}}");
        assert_eq!(hunks[0].after, b"@d{e,\n f={9},\n g={3}}");
    }

    #[test]
    fn changes_are_undone_where_they_were_made() {
        for edits in [
            vec![Edit::new(find("2"), "3")],
            vec![Edit::new(find("1"), "10"), Edit::new(find("2"), "3")],
            vec![Edit::new(find("@d{e,\n f={1},\n g={2}}\n\n"), "")],
            vec![Edit::new(13..13, "\n\n@n{y}")],
            vec![Edit::new(13..13, "\n\n@n{y}"), Edit::new(find("@h{i}"), "@h{j}")],
            vec![Edit::new(find("\n\n@h{i}"), "")],
        ] {
            let (bytes, hunks) = after(&edits);
            assert_eq!(undone(&bytes, &hunks).unwrap(), FILE);
        }
    }

    #[test]
    fn what_others_did_since_stays() {
        let (bytes, hunks) = after(&[Edit::new(find("2"), "3")]);
        let moved = [b"% new\n", &bytes[..]].concat();
        assert_eq!(undone(&moved, &hunks).unwrap(), format!("% new\n{FILE}"));
        let other = String::from_utf8(bytes.clone()).unwrap().replace("f={1}", "f={7}");
        assert_eq!(undone(other.as_bytes(), &hunks).unwrap(), FILE.replace("f={1}", "f={7}"));
        let same = String::from_utf8(bytes).unwrap().replace("g={3}", "g={4}");
        assert_eq!(undone(same.as_bytes(), &hunks), Err(Changed { key: "e".into() }));
    }
}
