use super::*;

#[track_caller]
fn check(aspects: Aspects, before: &str, after: &str) {
    let all = 0..before.len();
    let made = tidied(before.as_bytes(), all, &aspects).unwrap_or_else(|| before.into());
    assert_eq!(String::from_utf8(made.clone()).unwrap(), after);
    assert_eq!(tidied(&made, 0..made.len(), &aspects), None, "the second time changes something");
}

#[test]
fn signs_of_equality_stand_below_each_other() {
    let aspects = Aspects { align: Some(true), ..Aspects::default() };
    check(
        aspects.clone(),
        "@misc{k,\n  a={1},\n  title  = {T}, b = 2\n}",
        "@misc{k,\n  a     = {1},\n  title = {T}, b = 2\n}",
    );
    check(
        Aspects { align: Some(false), ..aspects },
        "@misc{k,\n  a     = {1},\n  t={2}\n}",
        "@misc{k,\n  a = {1},\n  t = {2}\n}",
    );
}

#[test]
fn only_lines_that_begin_with_a_field_are_indented() {
    check(
        Aspects { indent: Some(Indent::Blanks(2)), ..Aspects::default() },
        "@misc{k,\n\ta = {1\n   2}, b = 3,\n      c = 4}",
        "@misc{k,\n  a = {1\n   2}, b = 3,\n  c = 4}",
    );
}

#[test]
fn quotes_become_braces_and_back_where_they_can() {
    check(
        Aspects { delimiters: Some(Delimiters::Braces), ..Aspects::default() },
        "@misc{k, a = \"x {\"} y\", b = jan # \" 2\", c = 3}",
        "@misc{k, a = {x {\"} y}, b = jan # { 2}, c = 3}",
    );
    check(
        Aspects { delimiters: Some(Delimiters::Quotes), ..Aspects::default() },
        "@misc{k, a = {x {\"} y}, b = {z}}",
        "@misc{k, a = {x {\"} y}, b = \"z\"}",
    );
}

#[test]
fn numbers_lose_or_gain_delimiters() {
    let bare = Aspects { bare_numbers: Some(true), ..Aspects::default() };
    check(bare, "@misc{k, year = {2001}, volume = {2a}}", "@misc{k, year = 2001, volume = {2a}}");
    let braced = Aspects { bare_numbers: Some(false), ..Aspects::default() };
    check(braced, "@misc{k, year = 2001, month = jan}", "@misc{k, year = {2001}, month = jan}");
}

#[test]
fn fields_change_places_and_commas_stay() {
    check(
        Aspects { order: vec!["author".into(), "title".into()], ..Aspects::default() },
        "@misc{k,\n  note = {N},\n  Title = {T},\n  author = {A}\n}",
        "@misc{k,\n  author = {A},\n  Title = {T},\n  note = {N}\n}",
    );
}

#[test]
fn the_last_comma_comes_and_goes() {
    let with = Aspects { trailing_comma: Some(true), ..Aspects::default() };
    check(with, "@misc{k,\n  a = 1\n}", "@misc{k,\n  a = 1,\n}");
    let without = Aspects { trailing_comma: Some(false), ..Aspects::default() };
    check(without, "@misc{k,\n  a = 1,\n}", "@misc{k,\n  a = 1\n}");
}

#[test]
fn what_was_not_asked_for_and_what_is_broken_stays() {
    check(Aspects::default(), "@Misc{k ,A=\"1\"  ,}", "@Misc{k ,A=\"1\"  ,}");
    let aspects = Aspects { lower_case: true, ..Aspects::default() };
    check(aspects.clone(), "@Misc{K, Title={T}}", "@misc{K, title={T}}");
    check(aspects, "@Misc{K, Title={T}", "@Misc{K, Title={T}");
}
