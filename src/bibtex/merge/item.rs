//! What is merged: blocks, each with an identity that all three sides share.

use super::super::value::{Piece, pieces};
use super::super::{Entry, File, Kind};
use std::collections::{HashMap, HashSet};

/// What a block is to all three sides.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(super) enum Id {
    /// An entry: its key, and which of those with that key.
    Entry(String, usize),
    /// Macros: the first name, and which of those with that name.
    Strings(String, usize),
    /// A comment, a preamble or a broken block: its bytes (of JabRef's settings: their name).
    Other(Vec<u8>, usize),
}

/// A block with the text before it.
#[derive(Debug, Clone)]
pub(super) struct Item<'a> {
    pub lead: &'a [u8],
    pub block: &'a [u8],
    /// The block read by itself, where it is a sound entry.
    pub entry: Option<Entry>,
}

/// One of the three files.
pub(super) struct Side<'a> {
    pub order: Vec<Id>,
    pub items: HashMap<Id, Item<'a>>,
    pub tail: &'a [u8],
    pub keys: HashSet<String>,
    pub newline: &'static [u8],
    /// The text before the first block.
    pub first: Vec<u8>,
    /// Blocks that stand behind another on its line.
    pub tight: HashSet<Vec<u8>>,
}

impl Item<'_> {
    pub fn name(&self) -> String {
        match &self.entry {
            Some(entry) => String::from_utf8_lossy(&self.block[entry.key.clone()]).into_owned(),
            None => super::name(self.block, &super::parse(self.block)),
        }
    }

    /// Whether two say the same, delimiters, blanks and order aside.
    pub fn says_the_same(&self, other: &Item<'_>) -> bool {
        if self.block == other.block {
            return true;
        }
        match (&self.entry, &other.entry) {
            (Some(_), Some(_)) => {
                let (mut a, mut b) = (self.values(), other.values());
                a.sort();
                b.sort();
                a == b && self.entry_type() == other.entry_type()
            }
            _ => false,
        }
    }

    pub fn entry_type(&self) -> String {
        let entry_type = self.entry.as_ref().map(|entry| entry.entry_type.clone()).unwrap_or(0..0);
        String::from_utf8_lossy(&self.block[entry_type]).to_lowercase()
    }

    /// Names in lower case and what they say, in order.
    pub fn values(&self) -> Vec<(String, Vec<u8>)> {
        let fields = self.entry.iter().flat_map(|entry| &entry.fields);
        fields
            .map(|field| {
                let name = String::from_utf8_lossy(&self.block[field.name.clone()]).to_lowercase();
                (name, said(self.block, &field.value))
            })
            .collect()
    }

    fn value(&self, name: &str) -> Option<Vec<u8>> {
        let found = self.values().into_iter().find(|(known, _)| known == name)?.1;
        (!found.is_empty()).then_some(found)
    }

    /// Whether two entries with one key describe two works.
    pub fn is_another_work(&self, other: &Item<'_>) -> bool {
        for name in ["doi", "isbn"] {
            if let (Some(a), Some(b)) = (self.value(name), other.value(name)) {
                return !a.eq_ignore_ascii_case(&b);
            }
        }
        match (self.value("title"), other.value("title")) {
            (Some(a), Some(b)) => !plain(&a).eq(&plain(&b)),
            _ => false,
        }
    }

    /// Whether two entries with two keys describe one work: the key was changed.
    fn is_the_same_work(&self, other: &Item<'_>) -> bool {
        if self.is_another_work(other) {
            return false;
        }
        let (a, b) = (self.values(), other.values());
        if a.is_empty() || b.is_empty() {
            return false;
        }
        let same_doi = self.value("doi").is_some() && self.value("doi") == other.value("doi");
        let equal = a.iter().filter(|one| one.0 != "ids" && b.contains(one)).count();
        let most = a
            .iter()
            .chain(&b)
            .map(|one| &one.0)
            .filter(|name| *name != "ids")
            .collect::<HashSet<_>>()
            .len();
        same_doi || (most > 0 && equal * 10 >= most * 9)
    }
}

fn plain(value: &[u8]) -> Vec<u8> {
    value
        .iter()
        .filter(|b| b.is_ascii_alphanumeric() || !b.is_ascii())
        .map(u8::to_ascii_lowercase)
        .collect()
}

/// What a value says: without its delimiters, runs of blanks as one.
pub(super) fn said(bytes: &[u8], value: &super::super::Span) -> Vec<u8> {
    let mut out = Vec::new();
    let pieces = pieces(bytes, value);
    for (at, piece) in pieces.iter().enumerate() {
        if at > 0 {
            out.push(0);
        }
        // A macro is not the text of its name.
        let bare = matches!(piece, Piece::Bare(span) if !bytes[span.clone()].iter().all(u8::is_ascii_digit));
        if bare || pieces.len() > 1 {
            out.push(if bare { 1 } else { 2 });
        }
        let words = bytes[piece.inner().clone()].split(u8::is_ascii_whitespace);
        for (at, word) in words.filter(|word| !word.is_empty()).enumerate() {
            if at > 0 {
                out.push(b' ');
            }
            out.extend_from_slice(word);
        }
    }
    out
}

/// One file before its blocks have identities.
pub(super) struct Loose<'a> {
    items: Vec<(Name, Item<'a>)>,
    /// Which of those with the same name each is.
    numbers: Vec<usize>,
    tail: &'a [u8],
    newline: &'static [u8],
}

#[derive(Debug, Clone, PartialEq, Eq, Hash)]
enum Name {
    Entry(String),
    Strings(String),
    Other(Vec<u8>),
}

/// The three files as items; doubled names are numbered so that equal content has equal numbers.
pub(super) fn sides<'a>(texts: [&'a [u8]; 3], files: &[File; 3]) -> [Loose<'a>; 3] {
    let mut at = 0;
    let mut sides = texts.map(|text| {
        at += 1;
        loose(text, &files[at - 1])
    });
    let mut known: HashMap<Name, Vec<&'a [u8]>> = HashMap::new();
    for side in &mut sides {
        let mut used: HashSet<(Name, usize)> = HashSet::new();
        let mut numbers = vec![usize::MAX; side.items.len()];
        // Equal content first, then what is left in its order, then what is new.
        for same in [true, false] {
            for (at, (name, item)) in side.items.iter().enumerate() {
                if numbers[at] != usize::MAX {
                    continue;
                }
                let blocks = known.entry(name.clone()).or_default();
                let free = |n: &usize| !used.contains(&(name.clone(), *n));
                let found =
                    (0..blocks.len()).filter(free).find(|n| !same || blocks[*n] == item.block);
                let number = match found {
                    Some(number) => number,
                    None if same => continue,
                    None => {
                        blocks.push(item.block);
                        blocks.len() - 1
                    }
                };
                used.insert((name.clone(), number));
                numbers[at] = number;
            }
        }
        side.numbers = numbers;
    }
    sides
}

fn loose<'a>(bytes: &'a [u8], file: &File) -> Loose<'a> {
    let mut items = Vec::new();
    let mut lead = 0..0;
    for block in &file.blocks {
        if block.kind == Kind::Text {
            lead.end = block.span.end;
            continue;
        }
        let text = &bytes[block.span.clone()];
        let lower = |span: &super::super::Span| {
            String::from_utf8_lossy(&bytes[span.clone()]).to_lowercase()
        };
        let (name, entry) = match &block.kind {
            Kind::Entry(entry) if entry.close.is_some() => {
                let key = String::from_utf8_lossy(&bytes[entry.key.clone()]).into_owned();
                (Name::Entry(key), Some(moved(entry, block.span.start)))
            }
            Kind::Strings(fields) if !fields.is_empty() => {
                (Name::Strings(lower(&fields[0].name)), None)
            }
            _ => (Name::Other(settings(text)), None),
        };
        items.push((name, Item { lead: &bytes[lead.start..block.span.start], block: text, entry }));
        lead = block.span.end..block.span.end;
    }
    let newline: &[u8] =
        if memchr::memmem::find(bytes, b"\r\n").is_some() { b"\r\n" } else { b"\n" };
    let numbers = Vec::new();
    Loose { items, numbers, tail: &bytes[lead.start..], newline }
}

/// An entry's spans as they are in its block alone.
fn moved(entry: &Entry, start: usize) -> Entry {
    let back = |span: &super::super::Span| span.start - start..span.end - start;
    let mut entry = entry.clone();
    entry.entry_type = back(&entry.entry_type);
    entry.key = back(&entry.key);
    entry.close = entry.close.map(|at| at - start);
    for field in &mut entry.fields {
        field.name = back(&field.name);
        field.value = back(&field.value);
    }
    entry
}

/// JabRef keeps settings in comments: `@comment{jabref-meta: name: …}` is known by its name.
fn settings(block: &[u8]) -> Vec<u8> {
    let mut colons = block.iter().enumerate().filter(|(_, b)| **b == b':').map(|(at, _)| at);
    if memchr::memmem::find(&block[..block.len().min(24)], b"jabref-").is_some()
        && let (Some(_), Some(second)) = (colons.next(), colons.next())
    {
        return block[..second].to_ascii_lowercase();
    }
    block.to_vec()
}

/// The keys that `side` changed: entries gone from `base`, each with the one new entry that is the
/// same work.
pub(super) fn renames(base: &Loose<'_>, side: &Loose<'_>) -> HashMap<String, String> {
    let keys = |side: &Loose<'_>| -> HashMap<String, usize> {
        let mut out = HashMap::new();
        for (at, (name, _)) in side.items.iter().enumerate() {
            if let Name::Entry(key) = name {
                out.entry(key.clone()).or_insert(at);
            }
        }
        out
    };
    let (before, after) = (keys(base), keys(side));
    let gone: Vec<(&String, &Item<'_>)> = before
        .iter()
        .filter(|(key, _)| !after.contains_key(*key))
        .map(|(key, at)| (key, &base.items[*at].1))
        .collect();
    let new: Vec<(&String, &Item<'_>)> = after
        .iter()
        .filter(|(key, _)| !before.contains_key(*key))
        .map(|(key, at)| (key, &side.items[*at].1))
        .collect();
    // Beyond this the look at every pair would be felt; then a new key is a new entry.
    if gone.len() * new.len() > 1_000_000 {
        return HashMap::new();
    }
    let mut out = HashMap::new();
    for (old, item) in &gone {
        let mut same = new.iter().filter(|(_, other)| item.is_the_same_work(other));
        if let (Some((key, found)), None) = (same.next(), same.next())
            && gone.iter().filter(|(_, other)| other.is_the_same_work(found)).count() == 1
        {
            out.insert((*old).clone(), (*key).clone());
        }
    }
    out
}

impl<'a> Loose<'a> {
    /// Gives the blocks their identities; an entry whose key was changed keeps that of the old key.
    pub fn keyed(self, renames: &HashMap<String, String>) -> Side<'a> {
        let back: HashMap<&String, &String> = renames.iter().map(|(old, new)| (new, old)).collect();
        let mut side = Side {
            order: Vec::new(),
            items: HashMap::new(),
            tail: self.tail,
            keys: HashSet::new(),
            newline: self.newline,
            first: self.items.first().map(|(_, item)| item.lead.to_vec()).unwrap_or_default(),
            tight: HashSet::new(),
        };
        for (at, (name, item)) in self.items.into_iter().enumerate() {
            let number = self.numbers[at];
            let id = match name {
                Name::Entry(key) => {
                    let old = back.get(&key).map_or_else(|| key.clone(), |old| (*old).clone());
                    side.keys.insert(key);
                    Id::Entry(old, number)
                }
                Name::Strings(name) => Id::Strings(name, number),
                Name::Other(bytes) => Id::Other(bytes, number),
            };
            if at > 0 && !item.lead.contains(&b'\n') && !item.lead.contains(&b'\r') {
                side.tight.insert(item.block.to_vec());
            }
            side.order.push(id.clone());
            side.items.insert(id, item);
        }
        side
    }
}
