//! The published overview and what would do harm: threats T3, T4, T7 and T25, and bad input.

use crate::support::desk::Desk;
use std::collections::BTreeMap;
use std::path::Path;

fn files(folder: &Path, below: &str, out: &mut BTreeMap<String, String>) {
    for entry in std::fs::read_dir(folder.join(below)).unwrap() {
        let name = entry.unwrap().file_name().to_string_lossy().into_owned();
        let path = if below.is_empty() { name } else { format!("{below}/{name}") };
        if folder.join(&path).is_dir() {
            files(folder, &path, out);
        } else {
            let bytes = std::fs::read(folder.join(&path)).unwrap();
            out.insert(path, String::from_utf8_lossy(&bytes).into_owned());
        }
    }
}

fn published(desk: &Desk, more: &str) -> BTreeMap<String, String> {
    let done = desk.line(&format!("-L refs.bib publish --to site --lang en {more}"));
    assert_eq!(done.code, 0, "{}", done.err);
    let mut out = BTreeMap::new();
    files(&desk.path().join("site"), "", &mut out);
    out
}

/// What follows each tag of a page: `<` that is no `<` of ours would begin one of these.
const TAGS: &[&str] = &[
    "!doctype", "a", "article", "bdi", "body", "button", "caption", "code", "dd", "details", "div",
    "dl", "dt", "fieldset", "footer", "form", "h1", "h2", "h3", "head", "header", "html", "input",
    "label", "legend", "li", "link", "main", "meta", "nav", "ol", "p", "section", "script", "span",
    "summary", "table", "tbody", "td", "th", "thead", "title", "tr", "ul", "i", "b", "sup", "sub",
];

/// T3: sixty ways to say something to a browser, in every field that is published.
#[test]
fn t3_sixty_payloads_in_every_field_are_only_text() {
    let openings = [
        "<script>",
        "<ScRiPt >",
        "</script><script>",
        "</title><script>",
        "</style><script>",
        "--><script>",
        "]]><script>",
        "<svg onload=",
        "<img src=x onerror=",
        "<iframe src=",
        "<object data=",
        "<embed src=",
        "<math><mtext><style>",
        "<base href=",
        "<meta http-equiv=",
        "<form action=",
        "<input autofocus onfocus=",
        "<video onerror=",
        "<details open ontoggle=",
        "<a href=javascript:",
    ];
    let quotes = ["", "\"'>", "&quot;&#39;&gt;"];
    let payloads: Vec<String> = openings
        .iter()
        .flat_map(|opening| quotes.iter().map(move |quote| format!("{quote}{opening}hurt(1)>")))
        .collect();
    assert_eq!(payloads.len(), 60);
    let fields = [
        "title",
        "subtitle",
        "titleaddon",
        "booktitle",
        "publisher",
        "location",
        "series",
        "number",
        "volume",
        "pages",
        "keywords",
        "project",
        "note",
        "abstract",
        "type",
        "langid",
        "doi",
        "isbn",
        "issn",
        "edition",
        "eventtitle",
        "howpublished",
        "relatedstring",
        "url",
        "fulltext",
        "summary",
        "date",
        "pubstate",
        "version",
        "shorttitle",
        "origtitle",
        "organization",
    ];
    let mut text = String::new();
    for (at, payload) in payloads.iter().enumerate() {
        let all: String = fields.iter().map(|it| format!(", {it}={{{payload}}}")).collect();
        text += &format!("@incollection{{k{at}, author={{{{{payload}}}}}, related={{k0}}{all}}}\n");
    }
    let desk = Desk::with_bib(&text);
    for (name, page) in published(&desk, "--field note --field abstract") {
        if !name.ends_with(".html") {
            continue;
        }
        // The page's own script compares with `<` too; its text is ours.
        let own = page.rfind("<script>").filter(|_| name.ends_with("index.html"));
        let shown = &page[..own.unwrap_or(page.len())];
        for (at, _) in shown.match_indices('<') {
            let rest = shown[at + 1..].trim_start_matches('/');
            let tag: String =
                rest.chars().take_while(|c| c.is_ascii_alphanumeric() || *c == '!').collect();
            assert!(TAGS.contains(&tag.to_lowercase().as_str()), "{name}: <{tag}");
        }
        assert!(!page.contains("<script>hurt") && !page.contains("=hurt(1)>"), "{name}");
        for link in page.split("href=\"").skip(1) {
            let link = link.split('"').next().unwrap_or_default();
            let scheme = link.split_once(':').map(|(scheme, _)| scheme);
            let is_known = matches!(scheme, None | Some("http" | "https" | "mailto" | "data"));
            assert!(
                is_known || link.contains('/') && !link.starts_with("javascript"),
                "{name}: {link}"
            );
        }
    }
}

/// T4: a library's own template cannot take the machine's time, memory or disk.
#[test]
fn t4_a_template_that_does_not_end_is_stopped() {
    let desk = Desk::new();
    desk.file("lib/data/a.bib", b"@book{k, title={T}}\n");
    let bombs = [
        "{% for a in range(9999) %}{% for b in range(9999) %}.{% endfor %}{% endfor %}",
        "{% macro m(n) %}{{ m(n) }}{{ m(n) }}{% endmacro %}{{ m(1) }}",
        "{% set x = 'x' * 999999999999 %}",
        "{% for a in range(99999999999) %}{% endfor %}",
        "{% include 'about.html' %}{% include 'about.html' %}",
        "{{ range(9999)|list|join('x'*9999)|length }}{% for a in range(9999) %}{{ 'x'*9999 }}{% endfor %}",
    ];
    for bomb in bombs {
        desk.file("lib/data/overview/about.html", format!("<head>{bomb}").as_bytes());
        let done = desk.line("-L lib publish --to site --lang en");
        let size =
            std::fs::metadata(desk.path().join("site/en/about.html")).map_or(0, |it| it.len());
        assert!(done.code == 2 || size < 200_000_000, "{bomb}: {} {size}", done.code);
        assert!(done.code != 70 && done.code >= 0, "{bomb}: {} {}", done.code, done.err);
    }
}

/// T7: a value cannot begin a record or a field of its own in any format.
#[test]
fn t7_no_value_writes_a_record_of_its_own() {
    let values = [
        "One\nER  - \n\nTY  - BOOK\nTI  - Two",
        "One\r\nER  - \r\nTY  - BOOK",
        "One\u{85}ER  - \u{2028}TY  - BOOK",
        "One}, note={in}, x={",
        "\\} @book\\{two, title=\\{Two\\}\\}",
        "\"}], [{\"id\": \"two\"",
        "One\",\"two\"\n\"three",
        "=HYPERLINK(\"https://x\")",
    ];
    let mut text = String::new();
    for (at, value) in values.iter().enumerate() {
        let braced = value.replace(['{', '}'], "");
        text += &format!(
            "@book{{k{at}, author={{{{{braced}}}}}, title={{{braced}}}, publisher={{{braced}}}, date={{2012}}}}\n"
        );
    }
    let desk = Desk::with_bib(&text);
    let site = published(&desk, "");
    let count = values.len();
    let ris = &site["all.ris"];
    let starts = |tag: &str| ris.lines().filter(|line| line.starts_with(tag)).count();
    assert_eq!((starts("TY  - "), starts("ER  -")), (count, count), "{ris}");
    let back = desk.run_with(&["-L", "site/all.bib", "--json", "list"], "");
    assert_eq!(back.out.lines().count(), count, "{}", back.err);
    let json: serde_json::Value = serde_json::from_str(&site["all.json"]).unwrap();
    assert_eq!(json.as_array().map(Vec::len), Some(count));
    let mut table = csv::Reader::from_reader(site["all.csv"].as_bytes());
    let rows: Vec<csv::StringRecord> = table.records().map(Result::unwrap).collect();
    assert_eq!(rows.len(), count);
    assert!(rows.iter().flat_map(|row| row.iter()).all(|cell| !cell.starts_with('=')));
    for at in 0..count {
        let alone = &site[&format!("entry/k{at}.ris")];
        assert_eq!(alone.matches("TY  - ").count(), 1, "{alone}");
    }
}

/// T25: what is not allowed is in no file, whatever its form; the keeper can see what would be.
#[test]
fn t25_what_is_private_is_in_no_file() {
    let fields = [
        "file",
        "note",
        "annote",
        "annotation",
        "abstract",
        "provenance",
        "unverified",
        "comment",
        "owner",
        "groups",
        "timestamp",
        "review",
        "mine",
        "bdsk-file-1",
        "local-url",
        "usera",
        "keywords+",
        "email",
        "library",
        "options",
    ];
    let canaries: String = fields.iter().map(|it| format!(", {it}={{canary-{it}-x}}")).collect();
    let text = format!(
        "% canary-comment-x\n@string{{s = {{canary-string-x}}}}\n@comment{{canary-block-x}}\n\
         @book{{k, title={{T}}{canaries}}}\n@book{{out, title={{canary-out-x}}, status={{excluded: x}}}}\n\
         @misc{{l, title={{L}}, crossref={{out}}}}\n@xdata{{x, file={{canary-xdata-x}}}}\n@misc{{m, xdata={{x}}, title={{M}}}}\n"
    );
    let desk = Desk::with_bib(&text);
    let done = desk.line("-L refs.bib publish --to site");
    assert_eq!(done.code, 0, "{}", done.err);
    let mut all = BTreeMap::new();
    files(&desk.path().join("site"), "", &mut all);
    for (name, text) in &all {
        assert!(!text.contains("canary"), "{name}");
        assert!(!text.contains(&desk.path().display().to_string()), "{name} names a place");
    }
    let dry = desk.line("-L refs.bib publish --to other --dry-run");
    for name in ["note", "file", "abstract", "owner"] {
        assert!(dry.out.contains(name), "{name}: {}", dry.out);
    }
}

#[test]
fn a_title_of_five_thousand_letters_stands_whole_on_its_page_and_short_in_the_tab() {
    let title = "Langt ".repeat(900);
    let desk = Desk::with_bib(&format!("@book{{k, title={{{title}}}, date={{2012}}}}\n"));
    let site = published(&desk, "");
    let page = &site["en/entry/k.html"];
    let tab = page.split("<title>").nth(1).and_then(|it| it.split("</title>").next()).unwrap();
    assert!(tab.chars().count() < 200, "{tab}");
    assert!(page.to_lowercase().matches("langt").count() > 900);
    assert!(site["en/list.html"].to_lowercase().matches("langt").count() >= 900);
}

#[test]
fn works_without_titles_and_with_one_key_have_each_a_page() {
    let desk = Desk::with_bib(
        "@misc{a, author={Nobody, N.}}\n@misc{b}\n@book{k, title={One}}\n@book{k, title={Two}}\n@book{K, title={Three}}\n",
    );
    let site = published(&desk, "");
    let pages: Vec<_> = site.keys().filter(|it| it.starts_with("en/entry/")).collect();
    assert_eq!(pages.len(), 5, "{pages:?}");
    for (name, page) in site.iter().filter(|(name, _)| name.starts_with("en/entry/")) {
        let heading = page.split("<h1").nth(1).and_then(|it| it.split("</h1>").next()).unwrap();
        assert!(!heading.ends_with("<bdi></bdi>"), "{name} has an empty heading");
    }
}

#[cfg(unix)]
#[test]
fn nothing_is_written_through_a_link_that_somebody_put_into_the_folder() {
    let desk = Desk::with_bib("@book{k, title={T}}\n");
    published(&desk, "");
    let elsewhere = desk.file("elsewhere/dear.txt", b"dear").parent().unwrap().to_owned();
    std::fs::remove_dir_all(desk.path().join("site/en")).unwrap();
    std::os::unix::fs::symlink(&elsewhere, desk.path().join("site/en")).unwrap();
    let done = desk.line("-L refs.bib publish --to site --lang en");
    assert_eq!(done.code, 3, "{}", done.err);
    assert_eq!(std::fs::read_dir(&elsewhere).unwrap().count(), 1);
    // A single file that is a link is replaced, and what it led to stays.
    std::fs::remove_file(desk.path().join("site/en")).unwrap();
    published(&desk, "");
    let mine = desk.file("mine.txt", b"dear");
    std::fs::remove_file(desk.path().join("site/en/about.html")).unwrap();
    std::os::unix::fs::symlink(&mine, desk.path().join("site/en/about.html")).unwrap();
    assert!(published(&desk, "")["en/about.html"].contains("<h1"));
    assert_eq!(desk.read("mine.txt"), "dear");
}

#[test]
fn a_file_where_the_folder_should_be_is_refused() {
    let desk = Desk::with_bib("@book{k, title={T}}\n");
    desk.file("site", b"dear");
    let done = desk.line("-L refs.bib publish --to site");
    assert!(done.code == 2 || done.code == 3, "{}", done.err);
    assert_eq!(desk.read("site"), "dear");
}
