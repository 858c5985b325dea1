use super::*;

fn keys(text: &str) -> Vec<String> {
    let file = parse(text.as_bytes());
    let mut at = 0;
    for block in &file.blocks {
        assert_eq!(block.span.start, at, "blocks tile the file");
        at = block.span.end;
    }
    assert_eq!(at, text.len());
    file.entries().map(|(_, entry)| text[entry.key.clone()].to_owned()).collect()
}

#[test]
fn text_between_entries_is_kept_and_not_read() {
    assert_eq!(keys("mail joe@example.com {x}\n@book{a, title={T}}\n@ see @ home"), ["a"]);
}

#[test]
fn a_broken_entry_does_not_hide_the_next() {
    assert_eq!(keys("@misc{oops, a = {1}\n@misc{k, a=1}"), ["oops", "k"]);
    assert_eq!(keys("@misc{oops, a = {1\n}\n@misc{k, a=1}\n@misc{l, b=2}"), ["oops", "k", "l"]);
    assert_eq!(keys("@misc{oops, a = \"1\n}\n@misc{k, a={1}}"), ["oops", "k"]);
}

#[test]
fn parentheses_joins_and_strings_are_read() {
    assert_eq!(keys("@string(a=\"x\")@article(k, t = a # {y} # \"z\")"), ["k"]);
}

#[test]
fn quotes_hold_braces_and_braces_hold_quotes() {
    let file = parse(br#"@misc{k, a="x {"} y", b={p " q}}"#);
    let (_, entry) = file.entries().next().unwrap();
    assert_eq!(entry.fields.len(), 2);
    assert!(file.problems.is_empty());
}

/// `type key field=value …` of each entry, broken ones with `!`, and the problems' ids.
fn shown(text: &str) -> (Vec<String>, Vec<&'static str>) {
    let file = parse(text.as_bytes());
    let shown = file
        .entries()
        .map(|(_, entry)| {
            let fields: Vec<String> = entry
                .fields
                .iter()
                .map(|field| {
                    format!("{}={}", &text[field.name.clone()], &text[field.value.clone()])
                })
                .collect();
            let broken = if entry.close.is_none() { "!" } else { "" };
            let head =
                format!("{broken}{} {}", &text[entry.entry_type.clone()], &text[entry.key.clone()]);
            format!("{head} {}", fields.join(" ")).trim_end().to_owned()
        })
        .collect();
    (shown, file.problems.iter().map(|problem| problem.what.id()).collect())
}

#[track_caller]
fn check(text: &str, entries: &[&str], problems: &[&str]) {
    let (found, told) = shown(text);
    assert_eq!(
        (found, told),
        (entries.iter().map(|it| (*it).to_owned()).collect(), problems.to_vec()),
        "{text}"
    );
}

#[test]
fn a_missing_brace_ends_before_the_next_field() {
    check(
        "@book{a,\n title = {T,\n year = {1},\n}\n@book{b, x={1}}",
        &["!book a title={T year={1}", "book b x={1}"],
        &["bib-unclosed-value"],
    );
    check(
        "@book{a,\n title = {T {x},\n year = 1\n}\n\n% note\n@book{b, x={1}}",
        &["!book a title={T {x} year=1", "book b x={1}"],
        &["bib-unclosed-value"],
    );
}

#[test]
fn a_missing_quote_ends_before_the_next_field() {
    check(
        "@book{a,\n title = \"T,\n year = \"1\",\n}\n@book{b, x={1}}",
        &["!book a title=\"T year=\"1\"", "book b x={1}"],
        &["bib-unclosed-value"],
    );
}

#[test]
fn an_entry_that_is_not_closed_ends_at_the_next_head() {
    check("@book{a,\n t = {T}\n\n@book{b}", &["!book a t={T}", "book b"], &["bib-unclosed-entry"]);
    check("@book{a, t = {T", &["!book a t={T"], &["bib-unclosed-value"]);
    check("@book{a, t = ", &["!book a"], &["bib-unclosed-entry", "bib-missing-value"]);
    check("@book{a", &["!book a"], &["bib-unclosed-entry"]);
}

#[test]
fn backslashes_before_braces_and_quotes() {
    check(r"@book{a, file = {C:\dir\}, x = 1}", &[r"book a file={C:\dir\} x=1"], &[]);
    check(r"@book{a, t = {a \{ b}, x = 1}", &[r"book a t={a \{ b} x=1"], &["bib-escaped-brace"]);
    check(
        r#"@book{a, t = "Schr\"o", x = 1}"#,
        &[r#"book a t="Schr\"o" x=1"#],
        &["bib-escaped-quote"],
    );
}

#[test]
fn percent_signs() {
    check("%@book{a,\n%  t={T},\n%}\n@book{b}", &["book b"], &[]);
    check("%@book{a,\n  t={T}\n}", &["book a t={T}"], &["bib-after-percent"]);
    check("@book{a, % one\n % two\n % three\n t={T}}", &["book a t={T}"], &[]);
}

#[test]
fn comments_with_and_without_entries() {
    check("@comment{\n@book{a, t={T}}\n}\n@book{b}", &["book b"], &[]);
    check(
        "@comment{these are old {:\n@book{a, t={T}}\n}}\n@book{b}",
        &["book a t={T}", "book b"],
        &[],
    );
    check("@comment some words\n@book{b}", &["book b"], &[]);
    check("@comment{never closed\n@book{b}", &["book b"], &[]);
    check("@comment{jabref-meta: grouping:\n0 All;\n}\n@comment(x)@book{b}", &["book b"], &[]);
}

#[test]
fn keys_of_every_kind() {
    check("@book{}", &["book"], &["bib-missing-key"]);
    check("@book{a}", &["book a"], &[]);
    check("@book{,t=1}", &["book  t=1"], &["bib-missing-key"]);
    check("@book{t={T}}", &["book  t={T}"], &["bib-missing-key"]);
    check("@book{a t={T}}", &["book a t={T}"], &["bib-missing-comma"]);
    check("@book{a\n t={T}}", &["book a t={T}"], &["bib-missing-comma"]);
    check("@book{a b,t=1}", &["book a b t=1"], &["bib-spaced-key"]);
    check("@book{müller:a\"b{c(1),t=1}", &["book müller:a\"b{c(1) t=1"], &[]);
    check("@misc{a=b,t=1}", &["misc a=b t=1"], &[]);
    check("@misc{year=2000,t=1}", &["misc  year=2000 t=1"], &["bib-missing-key"]);
}

#[test]
fn commas_and_bare_values() {
    check("@book{a,,t={T},,}", &["book a t={T}"], &["bib-doubled-comma", "bib-doubled-comma"]);
    check("@book{a,t={T} y=2000}", &["book a t={T} y=2000"], &["bib-missing-comma"]);
    check("@book{a,y=2011a,m=-44}", &["book a y=2011a m=-44"], &["bib-bare-value"]);
    check(
        "@book{a,t=The Title,y=,m=1}",
        &["book a t=The Title m=1"],
        &["bib-bare-value", "bib-missing-value"],
    );
    check("@book{a,m=10 # \"~\" # jan}", &["book a m=10 # \"~\" # jan"], &[]);
    check("@book{a, {x = 1}, t=2}", &["book a t=2"], &["bib-junk"]);
}

#[test]
fn fields_outside_an_entry_are_told() {
    check(
        "@book{a, t={T}}, year={2000}}\n@book{b}",
        &["book a t={T}", "book b"],
        &["bib-field-outside"],
    );
}

#[test]
fn prose_with_signs_is_no_entry() {
    check("mail joe@example.com (or call)\n@ home (with x)\nsee @\nhome {it}", &[], &[]);
    check("@\u{feff}", &[], &[]);
    check("\u{feff}@book{a}", &["book a"], &[]);
    check("@ book { a , t = 1 }", &["book a t=1"], &[]);
}

#[test]
fn broken_strings_and_preambles_do_not_hide_entries() {
    check("@string{a = {x\n@book{b, t=1}", &["book b t=1"], &["bib-unclosed-block"]);
    check("@preamble{ \"x\n@book{b, t=1}", &["book b t=1"], &["bib-unclosed-block"]);
}

#[test]
fn hostile_files_are_read_in_linear_time() {
    // Were one of these quadratic, the test would take many minutes.
    for piece in [
        "{",
        "}",
        "\"",
        "@",
        "@a{",
        "@misc{",
        "@a{k,",
        "@a{k,x={",
        "@a{k,x=\"",
        "@a{k,x=\"{",
        "x={\n",
        "@a{k,\nx={\n",
        "\nx=\"{",
        "\nx={\\{",
        "\nx=\"\\\"",
        "@comment{",
        "@comment(",
        "@comment{x ",
        "@string{",
        "@string{a=",
        "@preamble{",
        "@a{k,\n@b{k,",
        " @book{k,x={",
        "%@book{",
        "% @book{a,\n",
        "\n@book{a,x={{",
        "\"#",
        "\"x\"#",
        "a=",
        "\\{",
        "{\\}",
        "\n x = {}}} y",
        "@book{a,x=1}@",
        "@a\n(",
        "\r",
        "@book{a,\nx={\n}}\n",
        "=",
        "==\"",
        "x =\n",
    ] {
        for (head, tail) in [
            ("", ""),
            ("@book{a,\n", ""),
            ("@book{a, x = {", "\n@book{b}"),
            ("@book{a, x = \"", "}}"),
        ] {
            let text = format!("{head}{}{tail}", piece.repeat(100_000 / piece.len()));
            let file = parse(text.as_bytes());
            assert_eq!(file.blocks.last().unwrap().span.end, text.len());
        }
    }
}

proptest::proptest! {
    #[test]
    fn any_bytes_are_tiled(bytes: Vec<u8>) {
        tiles(&bytes);
    }

    #[test]
    fn anything_like_a_file_is_tiled(words in proptest::collection::vec(0usize..24, 0..60)) {
        const WORDS: [&str; 24] = [
            "@book{k,", "@string{", "@comment{", "@preamble{", "@", "{", "}", "(", ")", "\"", ",", "=",
            "#", "\n", "\r\n", " ", "%", "\\", "title", "year = 2000", "x = {y}", "k", "å", "\0",
        ];
        let text: String = words.iter().map(|word| WORDS[*word]).collect();
        tiles(text.as_bytes());
    }
}

/// Holds the invariants of [`File`](super::super::File).
fn tiles(bytes: &[u8]) {
    let file = parse(bytes);
    let mut at = 0;
    for block in &file.blocks {
        assert!(block.span.start == at && block.span.end > at);
        at = block.span.end;
        let inside = |span: &Span| span.start >= block.span.start && span.end <= block.span.end;
        match &block.kind {
            Kind::Entry(entry) => {
                assert!(inside(&entry.entry_type) && inside(&entry.key));
                assert!(entry.fields.iter().all(|f| inside(&f.name) && inside(&f.value)));
                let order = entry
                    .fields
                    .iter()
                    .flat_map(|f| [f.name.start, f.name.end, f.value.start, f.value.end]);
                assert!(order.is_sorted());
                assert!(entry.close.is_none_or(|close| close + 1 == block.span.end));
            }
            Kind::Strings(fields) => {
                assert!(fields.iter().all(|f| inside(&f.name) && inside(&f.value)));
            }
            Kind::Preamble(value) => assert!(inside(value)),
            Kind::Text | Kind::Comment => {}
        }
    }
    assert_eq!(at, bytes.len());
    assert!(file.problems.is_sorted_by_key(|problem| problem.span.start));
    assert!(file.problems.iter().all(|problem| problem.span.end <= bytes.len()));
}
