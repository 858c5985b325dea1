//! Before a file is written: is what will be read back what was meant?

use super::{Block, Entry, Field, File, Kind, Span, parse, text};
use crate::text::edit::{Edit, apply};

/// Something that the edits do not name would be lost or read otherwise.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Loss {
    /// A block that no edit touches would be swallowed or cut: its key, or how it begins.
    #[error("`{0}` would not be read as before")]
    Block(String),
    /// A field that no edit touches would be gone or other.
    #[error("`{field}` of `{key}` would not be read as before")]
    Field {
        /// The entry's citation key.
        key: String,
        /// The field.
        field: String,
    },
    /// More or fewer entries would be read than were meant.
    #[error("{found} entries would be read where {meant} were meant")]
    Entries {
        /// How many there should be.
        meant: usize,
        /// How many there would be.
        found: usize,
    },
    /// Something that closed would be left open.
    #[error("something would be left unclosed")]
    Unclosed,
    /// The edits do not fit the text.
    #[error("the edits do not fit the text")]
    Misplaced,
}

/// How many entries on either side of what is edited are read again with it.
const AROUND: usize = 3;

/// Whether `edits` do to `before`, whose blocks are `file`, what they say and no more: see
/// [`edited`], which it answers like.
///
/// In a file without broken entries only the blocks around the edits are read again. What stands
/// before them was read to its end without a look at them; what stands behind them is read from
/// where it begins, as it was: the blocks between are the same, and none of them is open.
pub fn check(before: &[u8], file: &File, edits: &[Edit]) -> Result<(), Loss> {
    if let Some((part, window)) = window(before, file, edits) {
        let inside: Vec<Edit> = edits
            .iter()
            .map(|it| {
                let span = it.span.start - part.start..it.span.end - part.start;
                Edit::new(span, it.insert.clone())
            })
            .collect();
        return edited(&before[part], &window, &inside).map(|_| ());
    }
    edited(before, file, edits).map(|_| ())
}

/// The stretch around `edits` that can be read for itself, with its blocks; none where the whole
/// has to be read.
fn window(before: &[u8], file: &File, edits: &[Edit]) -> Option<(Span, File)> {
    if file.problems.iter().any(|it| it.what.breaks()) {
        return None;
    }
    let start = edits.iter().map(|edit| edit.span.start).min()?;
    let end = edits.iter().map(|edit| edit.span.end).max()?;
    let is_entry = |block: &&Block| matches!(block.kind, Kind::Entry(_));
    let first = file.blocks.partition_point(|block| block.span.end < start);
    let last = file.blocks.partition_point(|block| block.span.start <= end);
    let above = file.blocks[..first].iter().rev().filter(is_entry).nth(AROUND - 1);
    let below = file.blocks[last..].iter().filter(is_entry).nth(AROUND - 1);
    let from = above.map_or(0, |block| block.span.start);
    let to = below.map_or(before.len(), |block| block.span.end);
    // What is little gained is not worth it.
    if (to - from) * 2 > before.len() {
        return None;
    }
    let part = from..to;
    let alone = parse(&before[part.clone()]);
    let from = file.blocks.partition_point(|block| block.span.start < part.start);
    let to = file.blocks.partition_point(|block| block.span.end <= part.end);
    let same_blocks = alone.blocks.len() == to - from
        && alone
            .blocks
            .iter()
            .zip(&file.blocks[from..to])
            .all(|(a, b)| a.span.start + part.start == b.span.start && same(b, a));
    (same_blocks && alone.problems.iter().all(|it| !it.what.breaks())).then_some((part, alone))
}

/// The text after `edits` and its blocks, if every block and field that they do not touch is still
/// read as in `file`, and there are as many entries as they make and leave.
pub fn edited(before: &[u8], file: &File, edits: &[Edit]) -> Result<(Vec<u8>, File), Loss> {
    let after = apply(before, edits).map_err(|_| Loss::Misplaced)?;
    let again = parse(&after);
    let moves = Moves::new(edits);
    let mut meant = 0;
    for block in &file.blocks {
        let Some(span) = moves.span(&block.span) else { continue };
        let open = matches!(&block.kind, Kind::Entry(entry) if entry.close.is_none());
        // What is put behind a block that does not close may close it.
        let touched = moves.touches(&block.span)
            || (open && edits.iter().any(|edit| edit.span.start == block.span.end));
        if touched {
            // Of a block that an edit begins before or ends behind, nothing may be left.
            meant += parse(after.get(span.clone()).unwrap_or_default()).entries().count();
        } else if matches!(block.kind, Kind::Entry(_)) {
            meant += 1;
        }
        match (&block.kind, touched) {
            (Kind::Text, _) => {}
            (Kind::Entry(entry), _) => {
                let found = at(&again, span.start);
                if touched && entry.close.is_none() {
                    // It could only be edited as text, and may have become anything.
                } else if touched {
                    kept(before, entry, &moves, found)?;
                } else if found.is_none_or(|found| !same(block, found)) {
                    return Err(Loss::Block(text(before, &entry.key).into_owned()));
                }
            }
            (_, false) if at(&again, span.start).is_none_or(|found| !same(block, found)) => {
                let head = block.span.start..block.span.end.min(block.span.start + 40);
                return Err(Loss::Block(text(before, &head).into_owned()));
            }
            _ => {}
        }
    }
    for edit in edits {
        if edit.span.is_empty() && !inside(&file.blocks, edit.span.start) {
            meant += parse(&edit.insert).entries().count();
        }
    }
    let unclosed = |file: &File| file.problems.iter().filter(|it| it.what.breaks()).count();
    if unclosed(&again) > unclosed(file) {
        return Err(Loss::Unclosed);
    }
    let found = again.entries().count();
    if found == meant { Ok((after, again)) } else { Err(Loss::Entries { meant, found }) }
}

/// Whether the place lies within a block and not between two.
fn inside(blocks: &[Block], at: usize) -> bool {
    let next = blocks.partition_point(|block| block.span.end <= at);
    blocks.get(next).is_some_and(|block| block.span.start < at)
}

fn at(file: &File, start: usize) -> Option<&Block> {
    let found = file.blocks.binary_search_by_key(&start, |block| block.span.start).ok()?;
    file.blocks.get(found)
}

/// Whether two blocks are the same but for where they stand.
fn same(before: &Block, after: &Block) -> bool {
    let (a, b) = (before.span.start, after.span.start);
    let span = |x: &Span, y: &Span| x.start - a == y.start - b && x.end - a == y.end - b;
    let field = |x: &Field, y: &Field| span(&x.name, &y.name) && span(&x.value, &y.value);
    let all =
        |x: &[Field], y: &[Field]| x.len() == y.len() && x.iter().zip(y).all(|(x, y)| field(x, y));
    span(&before.span, &after.span)
        && match (&before.kind, &after.kind) {
            (Kind::Entry(x), Kind::Entry(y)) => {
                span(&x.entry_type, &y.entry_type)
                    && span(&x.key, &y.key)
                    && x.close.map(|it| it - a) == y.close.map(|it| it - b)
                    && all(&x.fields, &y.fields)
            }
            (Kind::Strings(x), Kind::Strings(y)) => all(x, y),
            (Kind::Preamble(x), Kind::Preamble(y)) => span(x, y),
            (Kind::Comment, Kind::Comment) | (Kind::Text, Kind::Text) => true,
            _ => false,
        }
}

/// Whether the fields of a touched entry that no edit touches are still there.
fn kept(
    before: &[u8],
    entry: &Entry,
    moves: &Moves<'_>,
    found: Option<&Block>,
) -> Result<(), Loss> {
    let key = || text(before, &entry.key).into_owned();
    let fields: Vec<&Field> = entry
        .fields
        .iter()
        .filter(|field| !moves.touches(&(field.name.start..field.value.end)))
        .filter(|field| moves.span(&field.name).is_some())
        .collect();
    let found = match found.map(|block| &block.kind) {
        Some(Kind::Entry(found)) => found,
        // An edit of the whole block as text may make anything of it.
        _ if fields.is_empty() => return Ok(()),
        _ => return Err(Loss::Block(key())),
    };
    for field in fields {
        let is = |after: &Field| {
            moves.span(&field.name).as_ref() == Some(&after.name)
                && moves.span(&field.value).as_ref() == Some(&after.value)
        };
        if !found.fields.iter().any(is) {
            let field = text(before, &field.name).into_owned();
            return Err(Loss::Field { key: key(), field });
        }
    }
    Ok(())
}

/// Where things are after edits.
struct Moves<'a> {
    /// In order, each with how far what follows it has moved.
    edits: Vec<(&'a Edit, isize)>,
}

impl<'a> Moves<'a> {
    fn new(edits: &'a [Edit]) -> Self {
        let mut sorted: Vec<&Edit> = edits.iter().collect();
        sorted.sort_by_key(|edit| (edit.span.start, edit.span.end));
        let mut moved = 0;
        let edits = sorted
            .into_iter()
            .map(|edit| {
                moved += edit.insert.len() as isize - edit.span.len() as isize;
                (edit, moved)
            })
            .collect();
        Self { edits }
    }

    /// Whether an edit changes something in `span`; one that only inserts at its edge does not.
    fn touches(&self, span: &Span) -> bool {
        let from = self.edits.partition_point(|(edit, _)| edit.span.end <= span.start);
        self.edits[from..]
            .iter()
            .take_while(|(edit, _)| edit.span.start < span.end)
            .next()
            .is_some()
    }

    /// Where `span` is afterwards; `None` where it is deleted whole.
    fn span(&self, span: &Span) -> Option<Span> {
        let deleted = self
            .edits
            .iter()
            .skip(self.edits.partition_point(|(edit, _)| edit.span.end < span.end))
            .take_while(|(edit, _)| edit.span.start <= span.start)
            .any(|(edit, _)| {
                edit.span.end >= span.end && edit.insert.is_empty() && !edit.span.is_empty()
            });
        if deleted {
            return None;
        }
        let start = self.moved(self.edits.partition_point(|(edit, _)| edit.span.end <= span.start));
        let end = self.moved(self.edits.partition_point(|(edit, _)| edit.span.start < span.end));
        Some(span.start.checked_add_signed(start)?..span.end.checked_add_signed(end)?)
    }

    fn moved(&self, edits: usize) -> isize {
        edits.checked_sub(1).map_or(0, |last| self.edits[last].1)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const FILE: &str = "@string{s = {x}}\n@misc{a, t = {1}, u = {2}}\n\n@misc{b, t = {3}}\n";

    fn whole(edits: &[Edit]) -> Result<(), Loss> {
        edited(FILE.as_bytes(), &parse(FILE.as_bytes()), edits).map(|_| ())
    }

    fn find(text: &str) -> Span {
        let at = FILE.find(text).unwrap();
        at..at + text.len()
    }

    #[test]
    fn edits_that_do_what_they_say_pass() {
        assert_eq!(whole(&[]), Ok(()));
        assert_eq!(whole(&[Edit::new(find("1"), "longer")]), Ok(()));
        assert_eq!(whole(&[Edit::new(find(", u = {2}"), "")]), Ok(()));
        assert_eq!(whole(&[Edit::new(find("@misc{a, t = {1}, u = {2}}\n\n"), "")]), Ok(()));
        let end = FILE.len() - 1;
        assert_eq!(whole(&[Edit::new(end..end, "\n\n@misc{c, t = {4}}")]), Ok(()));
        assert_eq!(
            whole(&[Edit::new(find("@misc{a, t = {1}, u = {2}}"), "@misc{a}@misc{d}")]),
            Ok(())
        );
    }

    #[test]
    fn edits_that_lose_something_are_refused() {
        assert_eq!(
            whole(&[Edit::new(find("1"), "{")]),
            Err(Loss::Field { key: "a".into(), field: "u".into() })
        );
        assert_eq!(whole(&[Edit::new(find("3"), "}")]), Ok(()));
        assert_eq!(whole(&[Edit::new(find("2}}"), "2")]), Err(Loss::Unclosed));
        assert_eq!(whole(&[Edit::new(find("{x}}"), "{x")]), Err(Loss::Unclosed));
        let at = find("\n\n").start + 1;
        let end = FILE.len();
        let swallow = [Edit::new(at..at, "@comment{\n"), Edit::new(end..end, "}")];
        assert_eq!(whole(&swallow), Err(Loss::Block("b".into())));
        assert_eq!(whole(&[Edit::new(5..9999, "")]), Err(Loss::Misplaced));
    }

    proptest::proptest! {
        /// Blocks of every kind and edits of every kind: reading what is around them gives the same
        /// answer as reading all.
        #[test]
        fn the_blocks_around_an_edit_say_as_much_as_the_whole(
            blocks in proptest::collection::vec(0_usize..14, 12..40),
            at in 0.0_f64..1.0,
            length in 0_usize..12,
            insert in "[{}\"@%,=# \\\\\n]{0,4}(@misc\\{z,|\\}|x = \\{|)[a-z{}\n]{0,3}",
        ) {
            const BLOCKS: [&str; 14] = [
                "@misc{a, t = {1}, u = \"2\"}\n", "@book{b,\n  t = {x {y} z},\n  y = 1990,\n}\n\n",
                "@misc{c}", "\n\n", "% a line\n", "@string{s = {x}}\n", "@comment{of {some} kind}\n",
                "@comment prose\n", "a@b.org\n", "@preamble{\"x\" # {y}}\n", "@misc(d, t = {1})\n",
                "%@misc{e, t = {1}}\n", "@misc{f, t = s # {2}, m = jan,,}\n", "x = {stray}\n",
            ];
            let text: String = blocks.iter().map(|it| BLOCKS[*it]).collect();
            let bytes = text.as_bytes();
            let start = (at * bytes.len() as f64) as usize;
            let edit = Edit::new(start..(start + length).min(bytes.len()), insert);
            let file = parse(bytes);
            let edits = [edit];
            let whole = edited(bytes, &file, &edits).map(|_| ());
            let part = check(bytes, &file, &edits);
            proptest::prop_assert_eq!(whole.is_ok(), part.is_ok(), "{:?} {:?}", whole, part);
        }
    }
}
