//! The examples of the manual, half-typed queries, and queries that nobody would type.

use super::super::{Expr, Field, How};
use super::*;

fn show(expr: &Expr) -> String {
    let list = |parts: &[Expr]| parts.iter().map(show).collect::<Vec<_>>().join(" ");
    let scoped = |scope: &Option<Field>, text: String| match scope {
        Some(field) => format!("{}:{text}", field.name),
        None => text,
    };
    match expr {
        Expr::All => "*".to_owned(),
        Expr::And(parts) => format!("({})", list(parts)),
        Expr::Or(parts) => format!("[{}]", list(parts)),
        Expr::Not(inner) => format!("-{}", show(inner)),
        Expr::Word { scope, text, how } => scoped(
            scope,
            match how {
                How::Freely => text.clone(),
                How::Exactly => format!("={text}"),
                How::Prefix => format!("{text}*"),
                How::Wildcard => format!("<{text}>"),
                How::Near(n) => format!("{text}~{n}"),
            },
        ),
        Expr::Phrase { scope, text, slop, prefix } => {
            let slop = if *slop > 0 { format!("~{slop}") } else { String::new() };
            scoped(scope, format!("\"{text}\"{slop}{}", if *prefix { "*" } else { "" }))
        }
        Expr::Year(low, high) => format!("{}..{}", low.unwrap_or(0), high.unwrap_or(9999)),
        Expr::Is(field, values) => format!("{}={}", field.name, values.join("/")),
        Expr::Identifier(number) => format!("#{number}"),
        Expr::Has(field) => format!("has:{}", field.name),
        Expr::Matches(scope, pattern) => scoped(scope, format!("/{pattern}/")),
    }
}

#[track_caller]
fn check(text: &str, meaning: &str, notes: &[&str]) {
    let query = parse(text);
    assert_eq!(show(&query.expr), meaning, "{text}");
    let said: Vec<&str> =
        query.notes.iter().map(|note| note.said.id.trim_start_matches("search.")).collect();
    assert_eq!(said, notes, "{text}");
}

#[test]
fn the_examples_of_the_manual() {
    check("selvhjelp kommune", "(selvhjelp kommune)", &[]);
    check("\"psykisk helse\"", "\"psykisk helse\"", &[]);
    check("\"selvhjelp kommune\"~4", "\"selvhjelp kommune\"~4", &[]);
    check("selvhj*", "selvhj*", &[]);
    check("wom?n", "<wom?n>", &[]);
    check("gotas~1", "gotas~1", &[]);
    check("=likemann", "=likemann", &[]);
    check("author:gotaas year:2012..2020", "(author:gotaas 2012..2020)", &[]);
    check("forfatter:\"Gotaas, Nora\" år:2020", "(author:\"Gotaas, Nora\" 2020..2020)", &[]);
    check("title:(selvhjelp OR sjølvhjelp)", "[title:selvhjelp title:sjølvhjelp]", &[]);
    check("selvhjelp -internett", "(selvhjelp -internett)", &[]);
    check("selvhjelp IKKE internett", "(selvhjelp -internett)", &[]);
    check(
        "(selvhjelp OR \"mutual aid\") AND lang:nb",
        "([selvhjelp \"mutual aid\"] language=nb)",
        &[],
    );
    check("type:avhandling", "type=thesis", &[]);
    check("has:pdf mangler:doi", "(has:file -has:doi)", &[]);
    check("doi:10.1177/1403494811425603", "#10.1177/1403494811425603", &[]);
    check("https://doi.org/10.1177/1403494811425603", "#10.1177/1403494811425603", &[]);
    check("key==gotaas2020takk", "key=gotaas2020takk", &[]);
    check("author = miller and title = fisk", "(author:miller title:fisk)", &[]);
    check("title =~ s[ej]l?[vf].*hjelp", "title:/s[ej]l?[vf].*hjelp/", &[]);
    check("self-help[ti] AND 2011[dp]", "(title:self-help 2011..2011)", &["pubmed", "pubmed"]);
    check(
        "(self-help adj3 group*).ti,ab.",
        "title-abstract:\"self-help group\"~2*",
        &["ovid", "ovid"],
    );
}

#[test]
fn years_in_every_dress() {
    for (text, years) in [
        ("year:2012-2020", "2012..2020"),
        ("year:2012..", "2012..9999"),
        ("year:>=2012", "2012..9999"),
        ("year>2012", "2013..9999"),
        ("year < 2012", "0..2011"),
        ("year:[2010 TO 2014]", "2010..2014"),
        ("year:20", "2000..2099"),
        ("year:199", "1990..1999"),
        ("year:[2010 TO", "2010..9999"),
        ("year:2010 TO", "(2010..2010 TO)"),
    ] {
        check(text, years, &[]);
    }
    check("year:abc", "*", &["year-unknown"]);
}

#[test]
fn half_typed_queries_say_something_sensible() {
    check("", "*", &[]);
    check("author:", "*", &["waiting-value"]);
    check("selvhjelp author:", "selvhjelp", &["waiting-value"]);
    check("author:\"Gotaas, N", "author:\"Gotaas, N\"*", &[]);
    check("(a OR", "a", &["waiting-word"]);
    check("self AND", "self", &["waiting-word"]);
    check("self AND ", "self", &["waiting-word"]);
    check("auther:x", "auther:x", &["field-like"]);
    check("foo:bar", "foo:bar", &["field-unknown"]);
    check("-", "*", &["waiting-word"]);
    check("-x", "-x", &[]);
    check("selvhjelp og helse", "(selvhjelp og helse)", &[]);
    check("title:/[/", "title:/[/", &[]);
    check("/", "*", &[]);
    check("~", "*", &[]);
    check("selv*", "selv*", &[]);
    check("a*", "*", &["wildcard-short"]);
    check("hva er selvhjelp?", "(hva er selvhjelp)", &[]);
    check("key:", "*", &["waiting-value"]);
    check("type:", "*", &["waiting-value"]);
    check("type:doktor", "type=doctoral", &[]);
    check("((a b)", "(a b)", &[]);
    check("a) b", "(a b)", &[]);
    check("a | b", "[a b]", &[]);
    check("NOT a", "-a", &[]);
    check("12:30", "12:30", &[]);
    check("(grupper) og (makt)", "(grupper og makt)", &[]);
}

#[test]
fn operators_of_jabref_and_ovid() {
    check("title != fisk", "-title:fisk", &[]);
    check("title==fisk", "title:=fisk", &[]);
    check("title:=fisk", "title:=fisk", &[]);
    check("author = a or author = b", "[author:a author:b]", &[]);
    check("keywords = x and not title = y", "(keyword:x -title:y)", &[]);
    check("grupp$.ti.", "title:grupp*", &["ovid", "ovid"]);
    check("entrytype=article", "type=article", &[]);
    check("doi:*", "has:doi", &[]);
    check("abstract:*", "has:abstract", &[]);
    check("type:(bok OR artikkel)", "[type=book type=article]", &[]);
    check("institution:NIBR", "publisher:NIBR", &[]);
    check("pages:12", "pages:12", &[]);
}

#[test]
fn limits_hold() {
    let deep = format!("{}x", "(".repeat(100_000));
    let query = parse(&deep);
    assert!(
        query
            .notes
            .iter()
            .any(|note| note.said.id == "search.too-long" || note.said.id == "search.too-deep")
    );
    let many = "gruppe OR ".repeat(1000);
    let mut words = 0;
    parse(&many).expr.walk(&mut |expr| words += usize::from(matches!(expr, Expr::Word { .. })));
    assert!(words <= MAX_CLAUSES);
    assert_eq!(show(&parse(&"-".repeat(5001)).expr), "*");
    let _long = parse(&"æ".repeat(4000));
}

/// A random number from the last (xorshift).
fn next(state: &mut u64) -> usize {
    *state ^= *state << 13;
    *state ^= *state >> 7;
    *state ^= *state << 17;
    (*state >> 33) as usize
}

#[test]
fn any_text_is_some_query() {
    const PIECES: &[&str] = &[
        "selv",
        "hjelp",
        " ",
        " ",
        ":",
        "author",
        "year",
        "=",
        "==",
        "=~",
        "\"",
        "(",
        ")",
        "-",
        "!",
        "*",
        "?",
        "~",
        "1",
        "/",
        "[",
        "]",
        "ti",
        ".",
        "AND",
        "OR",
        "NOT",
        "adj3",
        "æ",
        "«",
        "»",
        "10.1177/x",
        "..",
        ">",
        "<",
        "|",
        "&",
        "type:",
        "has:",
        "\u{301}",
        "\u{0}",
        "💚",
        "\n",
    ];
    // `KILDE_FUZZ=1000000 cargo test any_text_is_some_query` tries more.
    let count = option_env!("KILDE_FUZZ").and_then(|it| it.parse().ok()).unwrap_or(20_000);
    let mut state = 0x9E37_79B9_7F4A_7C15;
    for _ in 0..count {
        let length = next(&mut state) % 24;
        let text: String = (0..length).map(|_| PIECES[next(&mut state) % PIECES.len()]).collect();
        let query = parse(&text);
        assert!(query.notes.len() <= 8);
        for note in &query.notes {
            assert!(text.get(note.at.clone()).is_some(), "{text:?}: {note:?}");
        }
    }
}
