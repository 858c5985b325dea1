//! What a colleague's file, an imported record or a document may try, by the numbers of the list of
//! threats: spreadsheets (T5), office documents (T6), other formats (T7), commands (T8), paths (T9),
//! archives (T10), XML (T11), records through every importer (T20). Addresses (T18) are in `links`
//! and `fetch`, certificates (T19) in `tls`.

use crate::support::desk::{Desk, root};
use kilde::cite::document::{Kind, citations};
use kilde::exchange::{self, Format, Item, Options, Record};
use std::io::{Cursor, Read as _, Write as _};
use zip::write::SimpleFileOptions;

/// Values that mean something to somebody: terminals, pages, spreadsheets, TeX, shells, formats.
const VALUES: &[&str] = &[
    "=HYPERLINK(\"https://evil.example\",\"x\")",
    "+1+1|cmd",
    "-2+3",
    "@SUM(A1)",
    "\t=1",
    "＝1+1",
    "<script>alert(1)</script>",
    "\u{1b}]52;c;eA==\u{7}",
    "\u{9b}31m",
    "\u{202e}fdp.exe",
    "$(touch hacked)",
    "`touch hacked`; touch hacked",
    "ER  - ",
    "TY  - BOOK",
    "%0 Book",
    "PMID- 1",
    "]]></title></record>",
    "\"}]",
    "a\u{0}b\u{b}c",
];

fn records() -> Vec<Record> {
    VALUES
        .iter()
        .zip(1..)
        .map(|(value, number)| {
            let mut record = Record::new("book");
            record.key = format!("key{number}");
            record.add("title", &format!("Title {number}"));
            record.add("note", value);
            record.add("publisher", value);
            record.add("author", &format!("Berg, {value}"));
            record
        })
        .collect()
}

fn written(format: Format) -> Vec<u8> {
    let mut out = Vec::new();
    exchange::write(format, &mut records().into_iter(), &mut out, &Options::default()).unwrap();
    out
}

#[test]
fn t5_no_cell_of_a_table_is_a_formula_and_the_values_come_back() {
    let desk =
        Desk::with_bib("@book{a, title={=1+1}, note={@SUM(A1)}, author={{+Cmd}}, addendum={-2}}");
    for format in ["csv", "tsv"] {
        assert_eq!(desk.line(&format!("export --format {format} -o out.{format}")).code, 0);
        let text = desk.read(&format!("out.{format}"));
        let rows = text.trim_start_matches('\u{feff}').lines();
        for cell in rows.flat_map(|row| row.split([',', '\t'])) {
            let cell = cell.trim_matches('"');
            assert!(!cell.starts_with(['=', '+', '-', '@']), "{cell} in {text}");
        }
        let back = desk.line(&format!("convert out.{format} --to biblatex")).out;
        for value in ["{=1+1}", "{@SUM(A1)}", "{-2}"] {
            assert!(back.contains(value), "{value} in {back}");
        }
    }
    // The full-width signs and the controls that spreadsheets take for a beginning, too.
    let text = String::from_utf8(written(Format::Csv)).unwrap();
    assert!(!text.contains(",＝") && !text.contains("\"＝"), "{text}");
    assert!(!text.contains(['\u{0}', '\u{b}', '\u{1b}']), "{text}");
}

#[test]
fn t6_every_part_of_an_office_document_is_xml_without_what_xml_forbids() {
    let mut bib = String::new();
    for (value, number) in VALUES.iter().zip(1..) {
        let value = value.replace(['{', '}'], "").replace(['%', '$', '\u{0}'], " ");
        bib += &format!(
            "@online{{k{number}, title={{T {value}}}, author={{{{{value}}}}}, date=2001, url={{javascript:alert({number})}}}}\n"
        );
    }
    let desk = Desk::with_bib(&bib);
    for format in ["docx", "odt"] {
        let done = desk.line(&format!("cite --all --format {format} -o list.{format}"));
        assert_eq!(done.code, 0, "{}", done.err);
        let bytes = std::fs::read(desk.path().join(format!("list.{format}"))).unwrap();
        let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).unwrap();
        for at in 0..archive.len() {
            let mut part = archive.by_index(at).unwrap();
            let name = part.name().unwrap().into_owned();
            let mut text = String::new();
            part.read_to_string(&mut text).unwrap();
            if !name.ends_with(".xml") && !name.ends_with(".rels") {
                continue;
            }
            let forbidden =
                text.chars().find(|c| c.is_control() && !matches!(c, '\n' | '\r' | '\t'));
            assert_eq!(forbidden, None, "{format}: {name}");
            assert!(!text.contains("Target=\"javascript:") && !text.contains("href=\"javascript:"));
            let mut reader = quick_xml::Reader::from_str(&text);
            reader.config_mut().check_end_names = true;
            loop {
                let event =
                    reader.read_event().unwrap_or_else(|error| panic!("{format} {name}: {error}"));
                if event == quick_xml::events::Event::Eof {
                    break;
                }
            }
        }
    }
}

#[test]
fn t7_a_value_cannot_end_its_record_or_begin_another() {
    for format in Format::ALL.into_iter().filter(|it| it.is_written()) {
        let text = written(format);
        let back: Vec<Item> =
            exchange::read(format, text.as_slice(), &Options::default()).collect();
        let keys: Vec<&str> = back
            .iter()
            .map(|item| match item {
                Item::Record(record) => record.key.as_str(),
                Item::Unreadable(it) => panic!("{format}: {it:?}"),
            })
            .collect();
        let expected: Vec<String> =
            (1..=VALUES.len()).map(|number| format!("key{number}")).collect();
        assert_eq!(keys, expected, "{format}");
    }
}

#[test]
fn t8_nothing_in_a_library_is_a_command() {
    let bib = "@book{$(touch$IFS.hacked), title={`touch hacked`; touch hacked #}}\n@book{-rf, title={B}, url={-e touch hacked}}\n";
    let desk = Desk::with_bib(bib);
    for key in ["$(touch$IFS.hacked)", "-rf"] {
        let mut command = desk.command();
        command.env("EDITOR", "true").args(["edit", "--", key]);
        let done = command.output().unwrap();
        assert!(matches!(done.status.code(), Some(0..=3)), "{done:?}");
        assert!(matches!(desk.run(&["show", "--", key]).code, 0..=3));
    }
    let names: Vec<String> = std::fs::read_dir(desk.path())
        .unwrap()
        .map(|it| it.unwrap().file_name().to_string_lossy().into_owned())
        .collect();
    assert!(!names.iter().any(|name| name.contains("hacked")), "{names:?}");
    assert_eq!(desk.read("refs.bib"), bib);
}

#[test]
fn t9_a_document_is_never_unpacked_and_names_of_records_are_no_paths() {
    let desk = Desk::with_bib("@book{a, title={A}}");
    let mut archive = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for name in ["../../escaped", "/tmp/kilde-escaped", "word/document.xml"] {
        archive.start_file(name, SimpleFileOptions::default()).unwrap();
        archive.write_all(b"<w:p xmlns:w=\"w\"><w:t>[@a]</w:t></w:p>").unwrap();
    }
    desk.file("x.docx", archive.finish().unwrap().get_ref());
    let done = desk.line("subset x.docx");
    assert!(done.out.contains("@book{a,"), "{done:?}");
    assert!(!desk.path().parent().unwrap().join("escaped").exists());
    assert!(!std::path::Path::new("/tmp/kilde-escaped").exists());
    // A key that looks like a path is a key.
    let ris = "TY  - BOOK\nID  - ../../escaped\nTI  - A book of paths\nPY  - 2001\nER  - \n";
    desk.file("paths.ris", ris.as_bytes());
    assert_eq!(desk.line("import paths.ris").code, 0);
    assert_eq!(desk.line("check").code, 1);
    assert!(!desk.path().parent().unwrap().join("escaped").exists());
}

#[test]
fn t10_an_archive_that_unpacks_without_end_is_refused() {
    let mut archive = zip::ZipWriter::new(Cursor::new(Vec::new()));
    archive.start_file("word/document.xml", SimpleFileOptions::default()).unwrap();
    archive.write_all(b"<w:p xmlns:w=\"w\">").unwrap();
    let blanks = vec![b' '; 1 << 20];
    for _ in 0..100 {
        archive.write_all(&blanks).unwrap();
    }
    let bomb = archive.finish().unwrap().into_inner();
    assert!(bomb.len() < 200_000, "{}", bomb.len());
    assert!(citations(&bomb, Kind::Docx).unwrap_err().to_string().contains("far more"));
    let desk = Desk::with_bib("@book{a, title={A}}");
    desk.file("bomb.docx", &bomb);
    let done = desk.line("subset bomb.docx -o out.bib");
    assert_eq!(done.code, 3, "{done:?}");
    assert!(done.err.contains("bomb.docx") && done.err.contains("far more"), "{done:?}");
    assert!(!desk.path().join("out.bib").exists());
    // Many empty parts are one, too.
    let mut archive = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for at in 0..10_001 {
        archive.start_file(format!("{at}"), SimpleFileOptions::default()).unwrap();
    }
    let many = archive.finish().unwrap().into_inner();
    assert!(citations(&many, Kind::Odt).is_err());
}

#[test]
fn t11_no_entity_is_expanded_no_file_is_read_and_depth_has_an_end() {
    let laughs = "<!DOCTYPE x [<!ENTITY a \"ha\"><!ENTITY b \"&a;&a;&a;&a;&a;&a;&a;&a;\"><!ENTITY c \"&b;&b;&b;&b;&b;&b;&b;&b;\">]>";
    let outside = "<!DOCTYPE x [<!ENTITY c SYSTEM \"file:///etc/passwd\">]>";
    let bodies = [
        (
            Format::EndnoteXml,
            "<xml><records><record><titles><title>T &c;</title></titles></record></records></xml>",
        ),
        (
            Format::Mods,
            "<modsCollection><mods><titleInfo><title>T &c;</title></titleInfo></mods></modsCollection>",
        ),
        (
            Format::MarcXml,
            "<collection><record><datafield tag=\"245\"><subfield code=\"a\">T &c;</subfield></datafield></record></collection>",
        ),
        (
            Format::PubmedXml,
            "<PubmedArticleSet><PubmedArticle><MedlineCitation><Article><ArticleTitle>T &c;</ArticleTitle></Article></MedlineCitation></PubmedArticle></PubmedArticleSet>",
        ),
        (Format::Arxiv, "<feed><entry><id>arxiv.org</id><title>T &c;</title></entry></feed>"),
    ];
    for (format, body) in bodies {
        for declared in [laughs, outside] {
            let text = format!("<?xml version=\"1.0\"?>{declared}{body}");
            for item in exchange::read(format, text.as_bytes(), &Options::default()) {
                if let Item::Record(record) = item {
                    let title = record.text("title").unwrap_or_default().into_owned();
                    assert!(
                        !title.contains("haha") && !title.contains("root:"),
                        "{format}: {title}"
                    );
                }
            }
        }
        let deep = format!("{}{}", "<a>".repeat(1_000_000), body);
        let wide: String = (0..80_000).map(|at| format!(" a{at}=\"x\"")).collect();
        let wide = body.replacen("<record", &format!("<record{wide}"), 1);
        for text in [deep, wide] {
            let count = exchange::read(format, text.as_bytes(), &Options::default()).count();
            assert!(count <= 2, "{format}: {count}");
        }
    }
    // The same in a document of Word's.
    let mut archive = zip::ZipWriter::new(Cursor::new(Vec::new()));
    archive.start_file("word/document.xml", SimpleFileOptions::default()).unwrap();
    let text = format!("{laughs}<w:p xmlns:w=\"w\"><w:t>[@k&c;]</w:t></w:p>");
    archive.write_all(text.as_bytes()).unwrap();
    let document = archive.finish().unwrap().into_inner();
    if let Ok(found) = citations(&document, Kind::Docx) {
        assert!(!found.cited.iter().any(|it| it.key.contains("haha")), "{found:?}");
    }
}

#[test]
fn t20_hostile_records_are_harmless_through_every_importer() {
    for format in Format::ALL.into_iter().filter(|it| it.is_written()) {
        let desk = Desk::with_bib("@book{mine, title={Mine}}\n");
        desk.file("evil.txt", &written(format));
        let done = desk.line(&format!("import evil.txt --format {format} --duplicates keep"));
        assert_eq!(done.code, 0, "{format}: {}", done.err);
        let bib = desk.read("refs.bib");
        assert!(bib.starts_with("@book{mine, title={Mine}}\n"), "{format}");
        // What turns the direction of writing is a letter to some scripts: the file keeps it, a rule
        // tells of it, and a terminal is shown its number (`text::harmless`).
        let told = done.err.clone() + &done.out;
        for (what, text) in [("the file", &bib), ("what is told", &told)] {
            let bad = text.chars().find(|c| matches!(*c as u32, 0..=8 | 11..=31 | 0x7f..=0x9f));
            assert_eq!(bad, None, "{format}: {what}");
        }
        let listed = desk.line("list --json").out.lines().count();
        assert_eq!(listed, 1 + VALUES.len(), "{format}: {bib}");
        assert_eq!(desk.line("undo").code, 0, "{format}");
        assert_eq!(desk.read("refs.bib"), "@book{mine, title={Mine}}\n", "{format}");
    }
}

/// Files of every format cut off, with bytes changed, and with another format behind them: a report,
/// and no more records than there is text.
#[test]
fn damaged_files_of_every_format_are_read_as_far_as_they_go() {
    let folder = root().join("tests/fixtures/exchange");
    let mut files: Vec<Vec<u8>> = Vec::new();
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_file() {
            files.push(std::fs::read(path).unwrap());
        }
    }
    let formats: Vec<Format> = Format::ALL.into_iter().collect();
    let read = |format: Format, bytes: &[u8]| {
        let count = exchange::read(format, bytes, &Options::default()).count();
        assert!(count <= bytes.len() + 1, "{format}: {count} items of {} bytes", bytes.len());
    };
    let mut state = 7_u64;
    let mut next = |below: usize| {
        state =
            state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (state >> 33) as usize % below.max(1)
    };
    for at in 0..files.len() {
        let own = {
            let head = String::from_utf8_lossy(&files[at]);
            Format::guess(&head)
        };
        for _ in 0..6 {
            let cut = next(files[at].len());
            read(own, &files[at][..cut]);
            let mut changed = files[at].clone();
            for _ in 0..8 {
                let place = next(changed.len());
                changed[place] = next(256) as u8;
            }
            read(own, &changed);
            // Anything as anything.
            read(formats[next(formats.len())], &changed);
            let other = next(files.len());
            read(own, &[files[at].as_slice(), files[other].as_slice()].concat());
        }
    }
}

#[test]
fn what_cannot_be_read_can_be_mended_beside_the_source_and_read_again() {
    let desk = Desk::with_bib("@book{mine, title={Mine}}\n");
    desk.file("a.ris", b"AU  - Berg, K.\nTI  - A record without a type\nPY  - 2001\nER  - \n\nTY  - BOOK\nTI  - A whole book\nAU  - Lie, K.\nER  - \n");
    let done = desk.line("import a.ris");
    assert_eq!(done.code, 1, "{done:?}");
    assert!(done.err.contains("a.ris:1:"), "{}", done.err);
    let left = desk.read("a.left.ris");
    assert!(left.contains("A record without a type") && !left.contains("whole"), "{left}");
    desk.file("a.left.ris", format!("TY  - BOOK\n{left}").as_bytes());
    let again = desk.line("import a.left.ris");
    assert_eq!(again.code, 0, "{again:?}");
    assert_eq!(desk.line("list --json").out.lines().count(), 3);
}
