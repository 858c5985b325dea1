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
