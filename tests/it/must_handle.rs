//! What the file format and the world's files ask of every reader, a row each.

use kilde::model::Library;
use kilde::session::change::{Change, plan};
use kilde::text::edit::apply;

/// A row: what it is, the bytes, the keys found (`!` for broken entries, `-` for none), and values
/// as `KEY.FIELD=TEXT`.
type Row = (&'static str, &'static [u8], &'static str, &'static [&'static str]);

#[rustfmt::skip] // A table to look things up in.
const ROWS: &[Row] = &[
    // Bytes and lines
    ("byte order mark", b"\xEF\xBB\xBF@book{a, title={T}}", "a", &["a.title=T"]),
    ("CRLF", b"@book{a,\r\n title={T},\r\n}\r\n", "a", &["a.title=T"]),
    ("CR only", b"@book{a,\r title={T},\r}\r@book{b}\r", "a b", &["a.title=T"]),
    ("mixed line ends", b"@book{a,\r\n title={T},\n year=1\r}\n", "a", &["a.title=T", "a.year=1"]),
    ("no final newline", b"@book{a, title={T}}", "a", &["a.title=T"]),
    ("Latin-1", b"@book{a, title={\xC5se}}", "a", &["a.title=\u{c5}se"]),
    ("cp1252 with header", b"% Encoding: Cp1252\n@book{a, title={\x93q\x94}}", "a", &["a.title=\u{201c}q\u{201d}"]),
    ("cp1251 with header", b"% Encoding: windows-1251\n@book{a, title={\xCC\xE8\xF0}}", "a", &["a.title=\u{41c}\u{438}\u{440}"]),
    ("UTF-16LE with mark", b"\xFF\xFE@\0b\0o\0o\0k\0{\0a\0}\0", "a", &[]),
    ("UTF-16BE with mark", b"\xFE\xFF\0@\0b\0o\0o\0k\0{\0a\0}", "a", &[]),
    ("UTF-16LE without mark", b"@\0b\0o\0o\0k\0{\0a\0}\0", "a", &[]),
    ("UTF-16BE without mark", b"\0@\0b\0o\0o\0k\0{\0a\0}", "a", &[]),
    ("a stray byte in UTF-8", b"@book{a, title={\xC3\xA5 \xC3\xA6 \xFF}}@book{b}", "a b", &[]),
    ("NUL", b"@book{a, title={T\0}}", "a", &[]),
    // Text and comments
    ("an e-mail address in text", b"Maintained by joe@example.com\n@book{a}", "a", &[]),
    ("@ in prose", b"see @ home (or not)\n@book{a}", "a", &[]),
    ("bare @comment", b"@comment some words\n@book{a}", "a", &[]),
    ("braced @comment", b"@comment{x {y} @book z}@book{a}", "a", &[]),
    ("entries in a @comment", b"@comment{\n@book{x, title={T}}\n}\n@book{a}", "a", &[]),
    ("@comment with prose that never closes before entries", b"@comment{old ones: {\n@book{a, x={1}}\n}}\n@book{b}", "a b", &[]),
    ("@comment that never closes", b"@comment{ x\n@book{a}", "a", &[]),
    ("jabref-meta", b"@book{a}\n@comment{jabref-meta: grouping:\n0 AllEntriesGroup:;\n1 X\\;2\\;;\n}\n", "a", &[]),
    ("BibDesk groups", b"@book{a}\n@comment{BibDesk Static Groups{\n<?xml version=\"1.0\"?>\n<array/>\n}}\n", "a", &[]),
    ("% before an entry", b"% @book{x,\n% title={T}}\n@book{a}", "a", &[]),
    ("% before one line only", b"%@book{a, title={T}}\n", "a", &["a.title=T"]),
    ("% in an entry", b"@book{a, % one\n% two\n title={T}, % three\n}", "a", &["a.title=T"]),
    ("% in a value", b"@book{a, title={50% of}}", "a", &["a.title=50% of"]),
    // Heads
    ("parentheses", b"@article(a, title={T})@string(x=\"y\")@book{b}", "a b", &["a.title=T"]),
    ("blanks in a head", b"@ book { a , title = {T} }", "a", &["a.title=T"]),
    ("capitals", b"@BOOK{a, TITLE={T}}", "a", &["a.title=T"]),
    ("entries on one line", b"@book{a, x={1}} @book{b, x={2}}@book{c}", "a b c", &[]),
    ("unknown type", b"@foo{a, title={T}}", "a", &["a.title=T"]),
    // Keys
    ("no key", b"@book{title={T}}", "-", &[]),
    ("empty key", b"@book{, title={T}}", "-", &[]),
    ("key with a blank", b"@book{a b, title={T}}", "a b", &[]),
    ("key that is not ASCII", "@book{m\u{fc}ller, title={T}}".as_bytes(), "m\u{fc}ller", &["m\u{fc}ller.title=T"]),
    ("odd key", b"@book{a\"b{c(1), title={T}}", "a\"b{c(1)", &[]),
    ("only a key", b"@book{a}@book{b,}", "a b", &[]),
    ("doubled keys", b"@book{a, x={1}}@book{a, x={2}}@book{A}", "a a A", &["a.x=1"]),
    ("key on the next line", b"@book{\n a,\n title={T}}", "a", &["a.title=T"]),
    // Commas and values
    ("missing comma", b"@book{a, title={T} year=2000}", "a", &["a.title=T", "a.year=2000"]),
    ("doubled and trailing commas", b"@book{a,, title={T},, year=1,}", "a", &["a.title=T", "a.year=1"]),
    ("empty value", b"@book{a, title={}, note=\"\", year=, x={1}}", "a", &["a.x=1"]),
    ("bare words", b"@book{a, year=2011a, note=-44, title=The Title, x={1}}", "a", &["a.title=The Title", "a.x=1"]),
    ("doubled field: the first counts", b"@book{a, title={T}, title={U}}", "a", &["a.title=T"]),
    ("odd field names", b"@book{a, bdsk-url-1={x}, date-added={y}, a:b={z}, citeulike-article-id={1}}", "a", &["a.bdsk-url-1=x", "a.a:b=z", "a.citeulike-article-id=1"]),
    // Macros
    ("macros have no case", b"@string{ACM={A}}@book{a, x=acm # {B}}", "a", &["a.x=AB"]),
    ("a macro defined again", b"@string{m={1}}@book{a, x=m}@string{m={2}}@book{b, x=m}", "a b", &["a.x=1", "b.x=2"]),
    ("an unknown macro", b"@book{a, x=foo}", "a", &["a.x=foo"]),
    ("a macro of itself", b"@string{a=a}@string{b=c}@string{c=b}@book{k, x=a # b}", "k", &[]),
    ("a month with a day", b"@book{a, month=10 # \"~\" # jan}", "a", &[]),
    ("preamble of pieces", b"@preamble{\"a {\" # {b} # \"}\"}@preamble{{x}}@book{a}", "a", &[]),
    // Braces and quotes
    ("a brace in quotes", b"@book{a, title=\"{\"}\", x={1}}", "a", &["a.x=1"]),
    ("quotes in braces in quotes", b"@book{a, title=\"A {\"}q{\"} b\", year=1}", "a", &["a.title=A \"q\" b", "a.year=1"]),
    ("an escaped quote", b"@book{a, title=\"Schr\\\"odinger\", x={1}}", "a", &["a.title=Schr\u{f6}dinger", "a.x=1"]),
    ("a backslash before the closing brace", b"@book{a, file={C:\\dir\\}, x={1}}", "a", &["a.file=C:\\dir\\", "a.x=1"]),
    ("escaped braces that do not pair up", b"@book{a, title={x \\{ y}, x={1}}", "a", &["a.x=1"]),
    ("escaped braces that do", b"@book{a, title={x \\{y\\}}}", "a", &["a.title=x {y}"]),
    ("unclosed value", b"@book{a,\n title={T,\n year={1},\n}\n@book{b}", "!a b", &["a.year=1"]),
    ("unclosed quote", b"@book{a,\n title=\"T,\n year=\"1\",\n}\n@book{b}", "!a b", &["a.year=1"]),
    ("unclosed entry", b"@book{a,\n title={T}\n\n@book{b}", "!a b", &["a.title=T"]),
    ("a brace too many", b"@book{a, title={T}}, year={1}}\n@book{b}", "a b", &["a.title=T"]),
    ("the end in the middle", b"@book{b}\n@book{a,\n title={T},\n year={20", "b !a", &["a.title=T"]),
    ("fields between entries", b"@book{a}\n title={T},\n}\n@book{b}", "a b", &[]),
    // TeX
    ("a lone dollar", b"@book{a, title={US$ 5}}", "a", &["a.title=US$ 5"]),
    ("links are not decoded", b"@book{a, url={http://x/a--b_c~d%20#e\\f}, doi={10.1/a_b--c}}", "a", &["a.url=http://x/a--b_c~d%20#e\\f", "a.doi=10.1/a_b--c"]),
    ("accents", b"@book{a, title={Mart{\\'\\i}nez, S\\o{}ren, Wei\\ss., {\\O}degaard, \\v{C}, \\c c}}", "a", &["a.title=Mart\u{ed}nez, S\u{f8}ren, Wei\u{df}., \u{d8}degaard, \u{10c}, \u{e7}"]),
    ("ties and thin spaces", b"@book{a, title={J.~Smith, 5\\,km}}", "a", &["a.title=J.\u{a0}Smith, 5 km"]),
    ("emphasis", b"@book{a, title={\\emph{Big} {\\it x} \\textsuperscript{2}}}", "a", &["a.title=Big x 2"]),
    // Names
    ("and others", b"@book{a, author={Berg, A. and others}}", "a", &["a.author=Berg+"]),
    ("AND", b"@book{a, author={A Berg AND B Dahl}}", "a", &["a.author=Berg|Dahl"]),
    ("von and Jr", b"@book{a, author={von Berg, Jr, Ole and Ludwig van Beethoven}}", "a", &["a.author=Berg|Beethoven"]),
    ("a corporation", b"@book{a, author={{Berg and Co} and {NIBR}}}", "a", &["a.author=Berg and Co|NIBR"]),
    ("extended names", b"@book{a, author={given=Hans, family=Harman, prefix=de, useprefix=true}}", "a", &["a.author=Harman"]),
    ("= in a name", b"@book{a, author={{E=mc2 Collaboration}}}", "a", &["a.author=E=mc2 Collaboration"]),
    ("a tie in a name", b"@book{a, author={J.~Smith}}", "a", &["a.author=Smith"]),
    ("a capital in braces", b"@book{a, author={{\\O}degaard Hansen, Ola}}", "a", &["a.author=\u{d8}degaard Hansen"]),
    // Dates
    ("a range", b"@book{a, date={2014/2018}}", "a", &["a.#=2014"]),
    ("a season", b"@book{a, date={2001-21}}", "a", &["a.#=2001"]),
    ("uncertain", b"@book{a, date={1723~/1725?}}", "a", &["a.#=1723"]),
    ("long ago", b"@book{a, date={y-17000002}}", "a", &["a.#=-17000002"]),
    ("a month with a year", b"@book{a, month={May 2012}, year={2012}}", "a", &["a.#=2012"]),
    ("no year yet", b"@book{a, year={in press}}", "a", &["a.#=-"]),
    ("odd digits", "@book{a, date={\u{b2}}, year={\u{bd}}}".as_bytes(), "a", &["a.#=-"]),
    // Inheritance
    ("an entry of itself", b"@book{a, crossref={a}}@book{b, crossref={c}}@book{c, crossref={b}, title={T}}", "a b c", &["b.title=T"]),
    ("crossref without case", b"@inbook{a, crossref={PAR}}@book{Par, title={T}}", "a Par", &["a.booktitle=T"]),
    ("its own date wins", b"@inproceedings{c, crossref={p}, date={2014-05}}@proceedings{p, year=2013}", "c p", &["c.#=2014"]),
    ("one field of a data set", b"@xdata{x, location={Oslo}}@book{a, location={xdata=x-location}}", "x a", &["a.location=Oslo"]),
];

/// What the model says, as the rows write it: creators as `A|B` (`+` for others), `#` the year.
fn said(library: &Library, key: &str, field: &str) -> String {
    let entry = library.by_key(key).unwrap_or_else(|| panic!("no {key}"));
    match field {
        "author" => {
            let names = entry.names("author");
            let families: Vec<&str> = names.names.iter().map(|it| it.family.as_str()).collect();
            format!("{}{}", families.join("|"), if names.others { "+" } else { "" })
        }
        "#" => entry.year().map_or_else(|| "-".to_owned(), |year| year.to_string()),
        _ => entry.text(field).unwrap_or_default(),
    }
}

#[test]
fn every_row_is_read_as_it_says() {
    let mut wrong = Vec::new();
    for (what, bytes, keys, values) in ROWS {
        let library = Library::new(vec![("a.bib".into(), (*bytes).into())]);
        let found: Vec<String> = library
            .entries
            .iter()
            .map(|it| {
                let key = if it.key.is_empty() { "-" } else { &it.key };
                format!("{}{key}", if it.is_broken { "!" } else { "" })
            })
            .collect();
        if found.join(" ") != *keys {
            wrong.push(format!("{what}: keys {found:?}, not {keys}"));
            continue;
        }
        for value in *values {
            let (place, text) = value.split_once('=').unwrap();
            let (key, field) = place.split_once('.').unwrap();
            let is = said(&library, key, field);
            if is != text {
                wrong.push(format!("{what}: {place} is {is:?}, not {text:?}"));
            }
        }
    }
    assert_eq!(wrong.join("\n"), "");
}

#[test]
fn every_row_can_be_edited_and_the_rest_keeps_its_bytes() {
    for (what, bytes, _, _) in ROWS {
        let library = Library::new(vec![("a.bib".into(), (*bytes).into())]);
        for (at, entry) in library.entries.iter().enumerate().filter(|(_, it)| !it.is_broken) {
            let set = Change::Set { entry: at, field: "note".into(), value: "n\u{f8}".into() };
            let plan = plan(&library, &[set]).unwrap();
            let text = &library.sources[0].bytes;
            for (_, edits) in &plan.files {
                let after = apply(text, edits).unwrap();
                let span = &entry.place.span;
                assert!(after.starts_with(&text[..span.start]), "{what}");
                assert!(after.ends_with(&text[span.end..]), "{what}");
                let again = Library::new(vec![("a.bib".into(), after.into())]);
                assert_eq!(again.entries[at].raw("note"), Some("n\u{f8}"), "{what}");
                assert_eq!(again.entries.len(), library.entries.len(), "{what}");
            }
        }
    }
}

#[test]
fn large_and_deep_files_are_read() {
    let texts = [
        format!("@book{{a, title={}{}}}@book{{b}}", "{".repeat(100_000), "}".repeat(100_000)),
        format!("@book{{a, title={{{}}}}}@book{{b}}", "x ".repeat(5_000_000)),
        format!("@book{{a, title={}}}@book{{b}}", vec!["\"x\""; 100_000].join("#")),
        format!("{}@book{{b}}", "@book{a, title={T}, year={2000}} ".repeat(30_000)),
        format!(
            "@book{{a, title={{{}x{}}}}}@book{{b}}",
            "\\emph{".repeat(20_000),
            "}".repeat(20_000)
        ),
    ];
    for text in texts {
        let library = Library::new(vec![("a.bib".into(), text.into_bytes().into())]);
        assert_eq!(library.entries.last().unwrap().key, "b");
        // A title of nothing but braces says nothing; that it is asked for does no harm.
        library.entries[0].text("title");
    }
}
