//! F12 and F16: half-written files, and bytes that are no text.

use crate::desk::{BIB, Desk, kilde, said, two_at_a_time};
use crate::report::Row;
use kilde::bibtex::{self, change, encoding, habits::Habits, verify};
use std::path::Path;

/// Five files of 10 to 12 kB: real ones where there are some, else made up.
fn samples() -> Vec<Vec<u8>> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut out = Vec::new();
    if let Ok(text) = std::fs::read(root.join("data/selvhjelp.bib")) {
        out.push(head(&text, 0));
        out.push(head(&text, text.len() / 2));
    }
    let odd = "% head\n@string{s = {x}}\n@comment{jabref-meta: {a;}}\n@book{a,\n  title = {A {b} \"c\"},\n  year = 1990,\n}\n\njunk of a person@example.org\n@article(b,\n  title = \"B\" # s,\n  note = {n},\n)\n@preamble{\"x\"}\n@misc{c, x = {1}}\n";
    for (nl, name) in [("\n", "å"), ("\r\n", "ø"), ("\r", "æ")] {
        out.push(odd.repeat(48).replace('\n', nl).replace("{n}", name).into_bytes());
    }
    out
}

/// About 11 kB of `text` from the block that begins next after `from`.
fn head(text: &[u8], from: usize) -> Vec<u8> {
    let start = text[from..].windows(2).position(|it| it == b"\n@").map_or(0, |at| from + at + 1);
    text[start..(start + 11_000).min(text.len())].to_vec()
}

/// F12: cut at every byte. What stands before the cut is read as it was, nothing is written unless
/// something is edited, and an edit leaves the tail as it is.
pub fn cut() -> Row {
    let mut row = Row::new("cuts of five files", 50_000);
    let cuts: Vec<(Vec<u8>, usize)> = samples()
        .into_iter()
        .flat_map(|text| (0..12).map(move |part| (text.clone(), part)))
        .collect();
    row.tried(cuts.iter().map(|(text, _)| text.len() / 12).sum());
    row.add(two_at_a_time(&cuts, |(text, part)| {
        let whole = bibtex::parse(text);
        (*part..text.len()).step_by(12).filter_map(|cut| check(text, &whole, cut)).take(3).collect()
    }));
    for text in samples() {
        for cut in (50..text.len()).step_by(text.len() / 6) {
            let desk = Desk::with(&text[..cut]);
            let (fine, told) = desk.kilde(&["list"]);
            row.must((fine || told.trim().is_empty()) && desk.bib() == text[..cut], || {
                format!("cut at {cut}: {told}")
            });
            desk.kilde(&["check"]);
            row.must(desk.bib() == text[..cut], || format!("cut at {cut}: a check wrote"));
        }
    }
    row
}

fn check(text: &[u8], whole: &bibtex::File, cut: usize) -> Option<String> {
    let part = &text[..cut];
    let file = bibtex::parse(part);
    let end = file.blocks.last().map_or(0, |block| block.span.end);
    if end != cut {
        return Some(format!("cut at {cut}: the blocks end at {end}"));
    }
    // The block before the cut may be read otherwise: what ended it is gone.
    let before = whole.blocks.partition_point(|block| block.span.end <= cut);
    let before = before.saturating_sub(1);
    if file.blocks.get(..before) != Some(&whole.blocks[..before]) {
        return Some(format!("cut at {cut}: what stands before it is read otherwise"));
    }
    let first = file.entries().find(|(span, entry)| entry.close.is_some() && span.end < cut)?;
    if cut % 97 != 0 {
        return None;
    }
    let habits = Habits::of(part, &file);
    let edits = change::set(part, first.1, &habits, "year", "1999").ok()?;
    let (after, _) = match verify::edited(part, &file, &edits) {
        Ok(done) => done,
        Err(loss) => return Some(format!("cut at {cut}: an edit is refused: {loss}")),
    };
    let tail = &part[first.0.end..];
    (!after.ends_with(tail)).then(|| format!("cut at {cut}: an edit changed the tail"))
}

/// F16: bytes that are no UTF-8, odd line ends, NUL, odd file names: a change and its undo give the
/// same bytes, and nothing else changes.
pub fn odd() -> Row {
    let mut row = Row::new("changes of files with odd bytes", 9);
    let utf16 = |big: bool| -> Vec<u8> {
        let units = format!("\u{feff}{BIB}");
        let bytes = |unit: u16| if big { unit.to_be_bytes() } else { unit.to_le_bytes() };
        units.encode_utf16().flat_map(bytes).collect()
    };
    let with = |from: &str, to: &[u8]| -> Vec<u8> {
        let at = BIB.find(from).unwrap();
        [&BIB.as_bytes()[..at], to, &BIB.as_bytes()[at + from.len()..]].concat()
    };
    let files: [(&str, Vec<u8>); 9] = [
        ("Latin-1", with("{n}", b"{\xE5\xF8}")),
        ("windows-1251 by name", [b"% Encoding: Cp1251\n", &with("{n}", b"{\xE5}")[..]].concat()),
        ("UTF-16 LE", utf16(false)),
        ("UTF-16 BE", utf16(true)),
        ("BOM", [b"\xEF\xBB\xBF", BIB.as_bytes()].concat()),
        ("a stray byte in UTF-8", with("{n}", b"{\xC3\xA5\xC3\xB8 \xE5}")),
        ("half of a pair", with("{n}", b"{\xC3\xA5\xC3\xB8 \xED\xA0\x80}")),
        ("NUL", with("{n}", b"{a\0b}")),
        ("mixed line ends", BIB.replacen('\n', "\r\n", 3).replacen("},\n", "},\r", 1).into_bytes()),
    ];
    for (name, bytes) in files {
        let desk = Desk::with(&bytes);
        row.tried(1);
        let (fine, told) = desk.kilde(&["set", "a", "year=2"]);
        let now = desk.bib();
        let differ = now.iter().zip(&bytes).filter(|(a, b)| a != b).count();
        row.must(fine && now.len() == bytes.len() && differ == 1, || {
            format!("{name}: {differ} bytes changed: {told}")
        });
        row.must(encoding::decode(&now).1 == encoding::decode(&bytes).1, || {
            format!("{name}: other")
        });
        row.must(desk.kilde(&["undo"]).0 && desk.bib() == bytes, || format!("{name}: undo"));
    }
    odd_name(&mut row);
    row
}

fn odd_name(row: &mut Row) {
    use std::os::unix::ffi::OsStrExt as _;
    let desk = Desk::new();
    std::fs::create_dir(desk.at("disk")).unwrap();
    let odd = desk.at("disk").join(std::ffi::OsStr::from_bytes(b"\xFF\xFE;-x.bib"));
    std::fs::write(&odd, BIB).unwrap();
    let mut command = desk.command(kilde());
    let (fine, told) =
        said(&command.arg("-L").arg(&odd).args(["set", "a", "year=2"]).output().unwrap());
    let saved = std::fs::read_to_string(&odd).unwrap() == BIB.replacen("{1}", "{2}", 1);
    row.must(fine && saved, || format!("a name that is no UTF-8: {told}"));
}
