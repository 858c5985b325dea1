use super::*;
use proptest::prelude::*;

#[track_caller]
fn check(base: &str, ours: &str, theirs: &str, merged: &str) {
    let found = merge(base.as_bytes(), ours.as_bytes(), theirs.as_bytes(), Record::InText);
    assert_eq!(String::from_utf8(found.text).unwrap(), merged);
}

#[test]
fn different_fields_of_one_entry_are_both_taken() {
    check(
        "@misc{k,\n  a = {1},\n  b = {1},\n}\n",
        "@misc{k,\n  a = {2},\n  b = {1},\n}\n",
        "@misc{k,\n  a = {1},\n  b = {2},\n  c = {3},\n}\n",
        "@misc{k,\n  a = {2},\n  b = {2},\n  c = {3},\n}\n",
    );
}

#[test]
fn two_new_entries_are_both_taken() {
    check(
        "@misc{a}\n",
        "@misc{a}\n\n@misc{b}\n",
        "@misc{a}\n\n@misc{c}\n",
        "@misc{a}\n\n@misc{b}\n\n@misc{c}\n",
    );
}

#[test]
fn the_same_value_changed_twice_is_a_conflict_that_can_be_read() {
    check(
        "@misc{k, a = {1}}\n",
        "@misc{k, a = {2}}\n",
        "@misc{k, a = {3}}\n",
        "@misc{k, a = {2}}\n@comment{merge-conflict, key = {k}, field = {a}, base = {1}, theirs = {3}}\n",
    );
}

#[test]
fn an_entry_edited_here_and_deleted_there_stays() {
    let found = merge(
        b"@misc{k, a = 1}\n@misc{l}\n",
        b"@misc{k, a = 2}\n@misc{l}\n",
        b"@misc{l}\n",
        Record::Aside,
    );
    assert_eq!(String::from_utf8_lossy(&found.text), "@misc{k, a = 2}\n@misc{l}\n");
    assert_eq!(found.conflicts.len(), 1);
    check(
        "@misc{k, a = 1}\n@misc{l}\n",
        "@misc{k, a = {1}}\n@misc{l}\n",
        "@misc{l}\n",
        "@misc{l}\n",
    );
}

#[test]
fn sets_are_merged_by_their_parts() {
    check(
        "@misc{k, keywords = {a, b}}",
        "@misc{k, keywords = {a, b, c}}",
        "@misc{k, keywords = {b, d}}",
        "@misc{k, keywords = {b, c, d}}",
    );
}

#[test]
fn a_changed_key_keeps_its_entry() {
    check(
        "@misc{k, title = {T}, year = 1}\n",
        "@misc{ny, title = {T}, year = 1}\n",
        "@misc{k, title = {T}, year = 2}\n@misc{x, crossref = {k}}\n",
        "@misc{ny, title = {T}, year = 2}\n@misc{x, crossref = {ny}}\n",
    );
}

#[test]
fn two_works_under_one_new_key_are_both_kept() {
    let found = merge(b"", b"@misc{k, title = {A}}\n", b"@misc{k, title = {B}}\n", Record::Aside);
    assert_eq!(
        String::from_utf8_lossy(&found.text),
        "@misc{k, title = {A}}\n\n@misc{kb, title = {B}}\n"
    );
}

#[test]
fn doubled_keys_are_matched_by_what_they_say() {
    check(
        "@misc{k, a = 1}\n@misc{k, a = 2}\n",
        "@misc{k, a = 2}\n",
        "@misc{k, a = 1}\n@misc{k, a = 2, b = 3}\n",
        "@misc{k, a = 2, b = 3}\n",
    );
}

#[test]
fn comments_and_macros_are_merged_too() {
    check(
        "% head\n@string{a = {x}}\n@misc{k}\n",
        "% head\n% ours\n@string{a = {x}}\n@misc{k}\n",
        "% head\n@string{a = {y}}\n@comment{new}\n@misc{k}\n",
        "% head\n% ours\n@string{a = {y}}\n@comment{new}\n@misc{k}\n",
    );
}

#[test]
fn order_is_merged() {
    check(
        "@misc{a}\n@misc{b}\n",
        "@misc{a}\n@misc{b}\n@misc{c}\n",
        "@misc{b}\n@misc{a}\n",
        "@misc{b}\n@misc{c}\n@misc{a}\n",
    );
}

/// A small file: entries with keys of one letter, each with some of four fields.
fn file() -> impl Strategy<Value = String> {
    let entry = (0usize..7, proptest::collection::vec((0usize..4, 0usize..4), 0..4));
    proptest::collection::vec(entry, 0..6).prop_map(|entries| {
        let mut seen = HashSet::new();
        let mut out = String::new();
        for (key, fields) in entries {
            if !seen.insert(key) {
                continue;
            }
            out.push_str(&format!("@misc{{{},\n", (b'a' + key as u8) as char));
            let mut names = HashSet::new();
            for (name, value) in fields {
                if names.insert(name) {
                    out.push_str(&format!(
                        "  {} = {{{key}{value}}},\n",
                        ["title", "year", "note", "keywords"][name]
                    ));
                }
            }
            out.push_str("}\n\n");
        }
        out
    })
}

/// Everything a text says: key, field and value.
fn facts(text: &[u8]) -> Vec<(String, String, Vec<u8>)> {
    let file = parse(text);
    let mut out = Vec::new();
    for (_, entry) in file.entries() {
        let key = super::super::text(text, &entry.key).into_owned();
        out.push((key.clone(), String::new(), Vec::new()));
        for field in &entry.fields {
            let name = super::super::text(text, &field.name).to_lowercase();
            let mut said = item::said(text, &field.value);
            if name == "keywords" {
                // A set has no order.
                let mut parts: Vec<&[u8]> =
                    said.split(|b| *b == b',').map(<[u8]>::trim_ascii).collect();
                parts.sort_unstable();
                said = parts.join(&b", "[..]);
            }
            out.push((key.clone(), name, said));
        }
    }
    out.sort();
    out
}

fn keys(text: &[u8]) -> Vec<String> {
    parse(text)
        .entries()
        .map(|(_, entry)| super::super::text(text, &entry.key).into_owned())
        .collect()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2000))]

    #[test]
    fn what_one_side_did_is_the_result(x in file(), y in file()) {
        let run = |a: &str, b: &str, c: &str| merge(a.as_bytes(), b.as_bytes(), c.as_bytes(), Record::InText).text;
        prop_assert_eq!(run(&x, &x, &y), y.as_bytes());
        prop_assert_eq!(run(&x, &y, &x), y.as_bytes());
        prop_assert_eq!(run(&x, &y, &y), y.as_bytes());
    }

    #[test]
    fn nothing_is_lost_without_a_conflict(base in file(), ours in file(), theirs in file()) {
        let merged = merge(base.as_bytes(), ours.as_bytes(), theirs.as_bytes(), Record::InText);
        let again = parse(&merged.text);
        prop_assert!(again.problems.is_empty(), "{}", String::from_utf8_lossy(&merged.text));
        let (b, o, t) = (facts(base.as_bytes()), facts(ours.as_bytes()), facts(theirs.as_bytes()));
        let text = String::from_utf8_lossy(&merged.text).into_owned();
        let found = facts(&merged.text);
        for fact in o.iter().chain(&t) {
            let new = !b.contains(fact);
            // A value that a side made is in the result or in a conflict's record.
            let value = String::from_utf8_lossy(&fact.2).into_owned();
            let kept = found.iter().any(|it| it.1 == fact.1 && it.2 == fact.2) || text.contains(&format!("{{{value}}}"));
            let set = fact.1 == "keywords" && value.split(", ").all(|part| text.contains(part));
            prop_assert!(!new || kept || set, "{fact:?} of\n{ours}\n--\n{theirs}\n-- in\n{text}");
        }
        // Entries that all three have stay.
        for key in keys(base.as_bytes()) {
            if keys(ours.as_bytes()).contains(&key) && keys(theirs.as_bytes()).contains(&key) {
                prop_assert!(keys(&merged.text).contains(&key));
            }
        }
    }

    #[test]
    fn merging_is_even_handed(base in file(), ours in file(), theirs in file()) {
        let one = merge(base.as_bytes(), ours.as_bytes(), theirs.as_bytes(), Record::Aside);
        let other = merge(base.as_bytes(), theirs.as_bytes(), ours.as_bytes(), Record::Aside);
        prop_assert_eq!(one.conflicts.len(), other.conflicts.len());
        if one.conflicts.is_empty() {
            prop_assert_eq!(facts(&one.text), facts(&other.text));
        }
    }

    #[test]
    fn untouched_entries_keep_their_bytes(base in file(), ours in file(), theirs in file()) {
        let merged = merge(base.as_bytes(), ours.as_bytes(), theirs.as_bytes(), Record::Aside);
        for (span, _) in parse(base.as_bytes()).entries() {
            let block = &base[span.clone()];
            if ours.contains(block) && theirs.contains(block) {
                prop_assert!(memchr::memmem::find(&merged.text, block.as_bytes()).is_some());
            }
        }
        let most = ours.len() + theirs.len() + 16;
        prop_assert!(merged.text.len() <= most);
    }
}

#[test]
fn conflicts_of_other_entries_with_the_same_key_stay() {
    let base = "@misc{k, a = {1}}\n";
    let ours = "@misc{k, a = {2}}\n@book{k, title = {One}, doi = {10.1/a}}\n";
    let theirs = "@misc{k, a = {3}}\n@book{k, title = {Another}, doi = {10.1/b}}\n";
    let found = merge(base.as_bytes(), ours.as_bytes(), theirs.as_bytes(), Record::InText);
    assert!(found.conflicts.iter().any(|it| it.field == "a"), "{:?}", found.conflicts);
    assert!(found.conflicts.iter().any(|it| it.field == "key"), "{:?}", found.conflicts);
}
