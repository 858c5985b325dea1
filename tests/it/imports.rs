//! Files as other programs write them (`tests/fixtures/README.md`): what each is read as.

use kilde::exchange::{self, Format, Item, Options};
use kilde::world::records;
use std::collections::HashMap;
use std::fmt::Write as _;
use std::path::{Path, PathBuf};

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/exchange")
}

/// The records of a file as BibLaTeX, with what was said of each before it.
fn shown(path: &Path) -> String {
    let source = records::open(path, None).unwrap();
    let mut out = format!("% {}\n", source.format);
    for item in source.read(&Options::default()) {
        match item {
            Item::Record(record) => {
                for it in &record.unknown {
                    let _ = writeln!(out, "% {}: {} {:?}", it.line, it.said.id, it.said.args);
                }
                let mut text = Vec::new();
                let mut one = std::iter::once(record);
                exchange::write(Format::Biblatex, &mut one, &mut text, &Options::default())
                    .unwrap();
                out.push_str(&String::from_utf8(text).unwrap());
            }
            Item::Unreadable(it) => {
                let _ = writeln!(out, "% {}: {} {:?}\n", it.line, it.said.id, it.text);
            }
        }
    }
    out
}

#[test]
fn files_of_other_programs_are_read_as_they_mean() {
    let mut files: Vec<PathBuf> =
        std::fs::read_dir(folder()).unwrap().map(|it| it.unwrap().path()).collect();
    files.retain(|path| path.is_file());
    files.sort();
    assert!(files.len() > 40);
    let mut settings = insta::Settings::clone_current();
    settings.set_snapshot_path(folder().join("read"));
    settings.set_prepend_module_to_snapshot(false);
    settings.set_omit_expression(true);
    settings.bind(|| {
        for file in files {
            let name = file.file_name().unwrap().to_string_lossy().into_owned();
            insta::assert_snapshot!(name, shown(&file));
        }
    });
}

#[test]
fn every_format_is_read_in_at_least_three_dialects() {
    let mut counts: HashMap<Format, usize> = HashMap::new();
    for entry in std::fs::read_dir(folder()).unwrap() {
        let path = entry.unwrap().path();
        if path.is_file() {
            let format = records::open(&path, None).unwrap().format;
            *counts.entry(format).or_default() += 1;
        }
    }
    for format in Format::ALL {
        let wanted = match format {
            // One family of files, told apart by the fields they use.
            Format::Bibtex => continue,
            Format::Biblatex => 6,
            Format::Jsonl | Format::Arxiv | Format::OpenLibrary => continue,
            _ => 3,
        };
        let found = counts.get(&format).copied().unwrap_or_default();
        assert!(found >= wanted, "{format}: {found} files");
    }
}
