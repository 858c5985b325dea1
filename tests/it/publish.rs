//! The published overview as files: what is in it, what never is, and what a second run does.

use crate::support::desk::Desk;
use std::collections::BTreeMap;
use std::path::Path;

/// Every file below `folder`, by path.
fn files(folder: &Path) -> BTreeMap<String, Vec<u8>> {
    let mut out = BTreeMap::new();
    let mut folders = vec![folder.to_owned()];
    while let Some(at) = folders.pop() {
        for entry in std::fs::read_dir(at).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else {
                let name = path.strip_prefix(folder).unwrap().to_string_lossy().into_owned();
                out.insert(name, std::fs::read(&path).unwrap());
            }
        }
    }
    out
}

fn published(desk: &Desk, more: &str) -> BTreeMap<String, String> {
    let done = desk.line(&format!("-L refs.bib publish --to site {more}"));
    assert_eq!(done.code, 0, "{}", done.err);
    let text = |bytes| String::from_utf8_lossy(bytes).into_owned();
    files(&desk.path().join("site")).iter().map(|(name, it)| (name.clone(), text(it))).collect()
}

const BOOK: &str =
    "@book{berg2012, author={Berg, Åse}, title={Om sorg}, date={2012}, langid={norsk}}\n";

#[test]
fn publishing_twice_writes_nothing() {
    let desk = Desk::with_shipped_library();
    let publish = "-L library --json publish --to site --base-url https://x.no/o";
    let first = desk.line(publish);
    assert_eq!(first.code, 0, "{}", first.err);
    let before = files(&desk.path().join("site"));
    let second: serde_json::Value = serde_json::from_str(&desk.line(publish).out).unwrap();
    assert_eq!((second["new"].as_u64(), second["changed"].as_u64()), (Some(0), Some(0)));
    assert_eq!(files(&desk.path().join("site")), before);
    for (name, bytes) in before.iter().filter(|(name, _)| name.ends_with(".html")) {
        let page = String::from_utf8_lossy(bytes);
        if !name.ends_with("fragment.html") {
            assert_eq!(page.matches("<h1").count(), 1, "{name}");
            assert!(
                page.contains("Content-Security-Policy") && page.contains("<html lang="),
                "{name}"
            );
        }
        assert!(
            !page.contains(">?<") && !page.contains("overview.page"),
            "{name}: a word is missing"
        );
        assert!(!page.contains(" src=\"http") && !page.contains("@import"), "{name}");
    }
    let entry = String::from_utf8_lossy(&before["nn/entry/gotaas2020takk.html"]).into_owned();
    assert!(entry.contains("hreflang=\"en\" href=\"https://x.no/o/en/entry/gotaas2020takk.html\""));
    assert!(entry.contains("citation_dissertation_institution"));
}

#[test]
fn a_folder_with_something_else_in_it_is_refused() {
    let desk = Desk::with_bib(BOOK);
    desk.file("mine/letter.txt", b"dear");
    let done = desk.line("-L refs.bib publish --to mine");
    assert_eq!(done.code, 2, "{}", done.err);
    assert!(done.err.contains("overview.not-ours"), "{}", done.err);
    assert_eq!(files(&desk.path().join("mine")).len(), 1);
}

#[test]
fn fields_that_are_not_allowed_are_nowhere() {
    let fields =
        ["file", "note", "abstract", "annotation", "provenance", "unverified", "comment", "mine"];
    let canaries: String = fields.iter().map(|it| format!(", {it}={{canary-{it}-x}}")).collect();
    let desk = Desk::with_bib(&format!(
        "@book{{k, title={{T}}{canaries}}}\n@book{{out, title={{canary-out-x}}, status={{excluded}}}}\n"
    ));
    for (name, text) in published(&desk, "") {
        assert!(!text.contains("canary"), "{name}");
    }
    let with_note = published(&desk, "--field note");
    assert!(with_note["en/entry/k.html"].contains("canary-note-x"));
    assert!(with_note.values().all(|text| !text.contains("canary-file")));
    assert_eq!(desk.line("-L refs.bib publish --to site --field file").code, 2);
    let dry = desk.line("-L refs.bib publish --to other --dry-run");
    assert!(dry.out.contains("not published") && dry.out.contains("provenance"), "{}", dry.out);
    assert!(!desk.path().join("other").exists());
}

#[test]
fn hostile_values_are_only_text() {
    let payload = "</script><script>alert(1)</script>\"'><img src=x onerror=alert(1)>";
    let fields =
        ["title", "keywords", "publisher", "project", "series", "location", "langid", "doi"];
    let all: String = fields.iter().map(|it| format!(", {it}={{{payload}}}")).collect();
    let desk = Desk::with_bib(&format!(
        "@book{{k, author={{{{{payload}}}}}, url={{javascript:alert(1)}}{all}}}\n@book{{l, related={{k}}, title={{A\u{202e}B}}}}\n"
    ));
    for (name, text) in published(&desk, "") {
        if name.ends_with(".html") || name.ends_with(".xml") || name.ends_with(".js") {
            assert!(!text.contains("<script>alert") && !text.contains("<img"), "{name}");
            assert!(!text.contains("href=\"javascript"), "{name}");
        }
        assert!(!text.contains('\u{202e}'), "{name}");
    }
}

#[test]
fn keys_that_are_no_file_names_stay_in_the_folder() {
    let desk = Desk::with_bib(
        "@book{../../up, title={A}}\n@book{CON, title={B}}\n@book{Same, title={C}}\n@book{same, title={D}}\n@book{same, title={E}}\n@misc{x}\n",
    );
    let site = published(&desk, "");
    let entries: Vec<&String> = site.keys().filter(|it| it.starts_with("en/entry/")).collect();
    assert_eq!(entries.len(), 6, "{entries:?}");
    let mut lower: Vec<String> = entries.iter().map(|it| it.to_lowercase()).collect();
    lower.dedup();
    assert_eq!(lower.len(), 6);
    assert!(
        !desk.path().join("up.html").exists()
            && !desk.path().parent().unwrap().join("up.html").exists()
    );
}

#[test]
fn what_is_withdrawn_or_renamed_says_so() {
    let desk = Desk::new();
    let write = |text: &str| desk.file("lib/data/a.bib", text.as_bytes());
    write(&format!("{BOOK}@book{{old, title={{Old}}}}\n@book{{gone, title={{Gone}}}}\n"));
    let run = |line: &str| {
        let done = desk.line(&format!("-L lib {line}"));
        assert_eq!(done.code, 0, "{}", done.err);
        done
    };
    run("release first");
    run("publish --to site");
    write(&format!("{}@book{{new, ids={{old}}, title={{Old}}}}\n", BOOK.replace("sorg", "sorga")));
    run("release second");
    run("publish --to site");
    let read = |path: &str| desk.read(&format!("site/{path}"));
    assert!(read("en/entry/gone.html").contains("withdrawn"));
    assert!(read("en/entry/old.html").contains("url=new.html"));
    assert!(!desk.path().join("site/entry/gone.bib").exists());
    let edition = read("en/edition-second.html");
    for shown in ["Corrected", "Om sorga", "Withdrawn", "Gone"] {
        assert!(edition.contains(shown), "{shown}");
    }
    assert_eq!(desk.line("-L lib release second").code, 2);
    assert_eq!(desk.line("-L lib release ../x").code, 2);
}

#[test]
fn a_librarys_own_template_can_do_no_harm() {
    let desk = Desk::new();
    desk.file("lib/data/a.bib", BOOK.as_bytes());
    let told = |template: &str| {
        desk.file("lib/data/overview/about.html", template.as_bytes());
        desk.line("-L lib publish --to site").err
    };
    assert!(told("<head>{{ title|safe }}").contains("about.html:1"));
    assert!(told("{{ title }}").contains("no <head>"));
    let bomb =
        "<head>{% for a in range(9999) %}{% for b in range(9999) %}.{% endfor %}{% endfor %}";
    assert!(told(bomb).contains("too many steps"));
    assert!(told("<head>{% autoescape false %}{{ site }}{% endautoescape %}").contains("1 work"));
    desk.file("lib/data/overview/overview.toml", b"titel = 1\n");
    let done = desk.line("-L lib publish --to site");
    assert!(done.code == 2 && done.err.contains("overview.toml"), "{}", done.err);
}

#[test]
fn a_line_break_in_a_value_begins_no_record() {
    let desk =
        Desk::with_bib("@book{k, title={One\nER  - \nTY  - BOOK\nTI  - Two}, date={2012}}\n");
    let site = published(&desk, "");
    assert_eq!(site["all.ris"].matches("\nER").count(), 1, "{}", site["all.ris"]);
    assert_eq!(site["entry/k.bib"].matches('@').count(), 1);
}
