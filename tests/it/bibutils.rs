//! bibutils (Debian's package of that name) as a peer: it reads what kilde writes, kilde reads what
//! it writes, and the works are the same. Skipped, and said so, where it is not installed.

use kilde::exchange::{Format, Item, Options, Record, read, write};
use kilde::model::Library;
use std::io::Write as _;
use std::path::Path;
use std::process::{Command, Stdio};

fn library() -> Vec<Record> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("data/selvhjelp.bib");
    let bytes = std::fs::read(&path).unwrap();
    let library = Library::new(vec![(path, bytes.into())]);
    library.entries.iter().map(Record::from_entry).collect()
}

/// What `program` makes of `input`; `None`, and a line, where it is not there.
fn peer(program: &str, input: &[u8]) -> Option<Vec<u8>> {
    let child = Command::new(program)
        .args(["-i", "utf8", "-o", "utf8"])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn();
    let Ok(mut child) = child else {
        println!("skipped: `{program}` of bibutils is not installed");
        return None;
    };
    let mut stdin = child.stdin.take().unwrap();
    let input = input.to_vec();
    let writer = std::thread::spawn(move || stdin.write_all(&input));
    let output = child.wait_with_output().unwrap();
    writer.join().unwrap().unwrap();
    Some(output.stdout)
}

fn written(format: Format, records: &[Record]) -> Vec<u8> {
    let mut out = Vec::new();
    write(format, &mut records.iter().cloned(), &mut out, &Options::default()).unwrap();
    out
}

fn records(format: Format, text: &[u8]) -> Vec<Record> {
    read(format, text, &Options::default())
        .map(|item| match item {
            Item::Record(record) => record,
            Item::Unreadable(it) => panic!("{format}, line {}: {:?}", it.line, it.said),
        })
        .collect()
}

/// What a work is known by: title, families, year, DOI; folded as far as bibutils folds.
fn known_by(record: &Record) -> [String; 4] {
    let plain = |text: &str| {
        let folded = kilde::text::fold::base(text);
        folded.chars().filter(|c| c.is_alphanumeric()).collect::<String>()
    };
    let names = record.names("author").iter().chain(record.names("editor"));
    let families: Vec<String> =
        names.map(|it| plain(&format!("{}{}", it.particle, it.family))).collect();
    let date = record.text("date").unwrap_or_default();
    [
        plain(&record.whole_title("title")),
        families.join(" "),
        date.chars().take(4).collect(),
        record.text("doi").unwrap_or_default().to_lowercase(),
    ]
}

/// The share of works that come back the same in all four.
fn share(ours: &[Record], theirs: &[Record], what: &str) -> f64 {
    assert_eq!(ours.len(), theirs.len(), "{what}");
    let same = ours.iter().zip(theirs).filter(|(a, b)| {
        let same = known_by(a) == known_by(b);
        if !same {
            println!("{what}: {}: {:?} {:?}", a.key, known_by(a), known_by(b));
        }
        same
    });
    same.count() as f64 / ours.len() as f64
}

#[test]
fn bibutils_reads_our_ris_and_we_read_its_mods() {
    let ours = library();
    let Some(mods) = peer("ris2xml", &written(Format::Ris, &ours)) else { return };
    let theirs = records(Format::Mods, &mods);
    assert_eq!(ours.len(), theirs.len());
    // It takes every body in RIS apart as if it were a person: works of people only.
    let (ours, theirs): (Vec<Record>, Vec<Record>) = ours
        .into_iter()
        .zip(theirs)
        .filter(|(it, _)| it.names("author").iter().all(|name| !name.is_body))
        .unzip();
    assert!(ours.len() > 150);
    let share = share(&ours, &theirs, "ris2xml");
    assert!(share >= 0.97, "{share}");
}

#[test]
fn bibutils_reads_our_bibtex_and_our_mods() {
    let ours = library();
    let Some(mods) = peer("bib2xml", &written(Format::Bibtex, &ours)) else { return };
    let by_bibtex = share(&ours, &records(Format::Mods, &mods), "bib2xml");
    assert!(by_bibtex >= 0.97, "{by_bibtex}");
    let Some(ris) = peer("xml2ris", &written(Format::Mods, &ours)) else { return };
    let by_mods = share(&ours, &records(Format::Ris, &ris), "xml2ris");
    assert!(by_mods >= 0.97, "{by_mods}");
    let Some(bib) = peer("xml2bib", &written(Format::Mods, &ours)) else { return };
    let by_bib = share(&ours, &records(Format::Biblatex, &bib), "xml2bib");
    assert!(by_bib >= 0.97, "{by_bib}");
    let Some(end) = peer("xml2end", &written(Format::Mods, &ours)) else { return };
    let by_end = share(&ours, &records(Format::Enw, &end), "xml2end");
    assert!(by_end >= 0.97, "{by_end}");
}
