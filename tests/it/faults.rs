//! Damages sound files in every way that hands and programs do, and looks whether any other entry
//! was hurt.

use crate::zoo;
use kilde::bibtex::{self, Entry, File, encoding};
use std::collections::HashMap;

/// Numbers that look random and are the same every time (xorshift).
pub struct Dice(pub u64);

impl Dice {
    /// A number below `n`, which is not 0.
    pub fn below(&mut self, n: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 % n as u64) as usize
    }
}

/// What is done to one entry of a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
enum Fault {
    ValueClosingGone,
    ValueOpeningGone,
    EntryClosingGone,
    CommaGone,
    EqualsGone,
    StrayOpening,
    StrayClosing,
    StrayQuote,
    CutInTheMiddle,
    MailBefore,
    JunkInside,
    AtInValue,
}

const FAULTS: [Fault; 12] = [
    Fault::ValueClosingGone,
    Fault::ValueOpeningGone,
    Fault::EntryClosingGone,
    Fault::CommaGone,
    Fault::EqualsGone,
    Fault::StrayOpening,
    Fault::StrayClosing,
    Fault::StrayQuote,
    Fault::CutInTheMiddle,
    Fault::MailBefore,
    Fault::JunkInside,
    Fault::AtInValue,
];

/// `text` with `fault` done to `entry`; `None` where the entry has nothing to do it to.
fn damaged(
    text: &[u8],
    at: usize,
    entry: &Entry,
    fault: Fault,
    dice: &mut Dice,
) -> Option<Vec<u8>> {
    let field = &entry.fields[dice.below(entry.fields.len())];
    let close = entry.close?;
    let (from, to, insert): (usize, usize, &[u8]) = match fault {
        Fault::ValueClosingGone => (field.value.end - 1, field.value.end, b""),
        Fault::ValueOpeningGone => (field.value.start, field.value.start + 1, b""),
        Fault::EntryClosingGone => (close, close + 1, b""),
        Fault::CommaGone => {
            let comma = text[field.value.end..close].iter().position(|b| *b == b',')?;
            (field.value.end + comma, field.value.end + comma + 1, b"")
        }
        Fault::EqualsGone => {
            let equals = text[field.name.end..field.value.start].iter().position(|b| *b == b'=')?;
            (field.name.end + equals, field.name.end + equals + 1, b"")
        }
        Fault::StrayOpening | Fault::StrayClosing | Fault::StrayQuote | Fault::AtInValue => {
            let inside = field.value.start + 1 + dice.below(field.value.len().max(3) - 2);
            let insert: &[u8] = match fault {
                Fault::StrayOpening => b"{",
                Fault::StrayClosing => b"}",
                Fault::StrayQuote => b"\"",
                _ => b" joe@example.com ",
            };
            (inside, inside, insert)
        }
        Fault::CutInTheMiddle => {
            (field.name.start + dice.below(close - field.name.start), close + 1, b"")
        }
        Fault::MailBefore => (at, at, b"sent by joe@example.com {last week}\n"),
        Fault::JunkInside => (field.name.start, field.name.start, b"oops ;; "),
    };
    if text.get(from..to)?.iter().any(u8::is_ascii_alphanumeric) && fault != Fault::CutInTheMiddle {
        return None;
    }
    let mut out = text[..from].to_vec();
    out.extend_from_slice(insert);
    out.extend_from_slice(&text[to..]);
    Some(out)
}

/// Everything an entry says, as one text.
fn said(text: &[u8], entry: &Entry) -> Vec<u8> {
    let mut out = text[entry.key.clone()].to_vec();
    for field in &entry.fields {
        out.push(0);
        out.extend_from_slice(&text[field.name.clone()]);
        out.push(1);
        out.extend_from_slice(&text[field.value.clone()]);
    }
    out
}

fn counted(text: &[u8], file: &File, but: Option<usize>) -> HashMap<Vec<u8>, usize> {
    let mut counted = HashMap::new();
    for (at, (_, entry)) in file.entries().enumerate() {
        if Some(at) != but {
            *counted.entry(said(text, entry)).or_default() += 1;
        }
    }
    counted
}

#[test]
fn zoo_faults_hurt_no_other_entry() {
    let Some(zoo) = zoo::folder() else { return };
    let mut dice = Dice(0x9E37_79B9_7F4A_7C15);
    let mut by_kind: HashMap<Fault, (usize, usize)> = HashMap::new();
    for path in zoo::files(&zoo) {
        let bytes = std::fs::read(&path).unwrap();
        let (text, _) = encoding::decode(&bytes);
        let file = bibtex::parse(&text);
        let entries: Vec<(usize, Entry)> =
            file.entries().map(|(span, entry)| (span.start, entry.clone())).collect();
        if !file.problems.is_empty() || entries.len() < 3 {
            continue;
        }
        for fault in FAULTS.iter().cycle().take(FAULTS.len() * 3) {
            let hit = dice.below(entries.len());
            let (at, entry) = &entries[hit];
            if entry.fields.is_empty() || entry.fields.iter().any(|field| field.value.len() < 3) {
                continue;
            }
            let Some(after) = damaged(&text, *at, entry, *fault, &mut dice) else { continue };
            let mut found = counted(&after, &bibtex::parse(&after), None);
            let lost = counted(&text, &file, Some(hit))
                .into_iter()
                .any(|(said, n)| found.remove(&said).unwrap_or(0) < n);
            let (n, hurt) = by_kind.entry(*fault).or_default();
            *n += 1;
            if lost {
                *hurt += 1;
                println!("{fault:?} in entry {hit} of {} hurts another", path.display());
            }
        }
    }
    let n: usize = by_kind.values().map(|(n, _)| n).sum();
    let hurt: usize = by_kind.values().map(|(_, hurt)| hurt).sum();
    println!("{n} faults, {hurt} hurt another entry: {by_kind:?}");
    assert!(hurt * 1000 <= n * 3, "{hurt} of {n} faults hurt another entry");
}
