use super::*;
use crate::bibtex::{File, reference};
use crate::text::edit::{apply, inverse};
use proptest::prelude::*;

type Edits = Result<Vec<Edit>, Refused>;

#[track_caller]
fn check(before: &str, after: &str, edits: impl Fn(&[u8], &Entry, &Habits) -> Edits) {
    let bytes = before.as_bytes();
    let file = parse(bytes);
    let (_, entry) = file.entries().last().unwrap();
    let edits = edits(bytes, entry, &Habits::of(bytes, &file)).unwrap();
    let edited = apply(bytes, &edits).unwrap();
    assert_eq!(String::from_utf8(edited.clone()).unwrap(), after);
    assert_eq!(apply(&edited, &inverse(bytes, &edits).unwrap()).unwrap(), bytes);
}

#[track_caller]
fn sets(before: &str, name: &str, text: &str, after: &str) {
    check(before, after, |bytes, entry, habits| set(bytes, entry, habits, name, text));
}

#[test]
fn a_value_is_replaced_where_it_stands() {
    sets("@misc{k, Year={2019} , x=1}", "year", "2020", "@misc{k, Year={2020} , x=1}");
    sets("@misc{k, x = 1 # {a}}", "x", "b", "@misc{k, x = {b}}");
}

#[test]
fn delimiters_stay_where_they_can_hold_the_value() {
    sets("@misc{k,title = \"A {\"} b\",}", "title", "C", "@misc{k,title = \"C\",}");
    sets("@misc{k,title = \"A\"}", "title", "a \"b\"", "@misc{k,title = {a \"b\"}}");
    sets("@misc{k,title = \"A\"}", "title", "{\\\"o}", "@misc{k,title = \"{\\\"o}\"}");
    sets("@misc{k,year = 2000}", "year", "2001", "@misc{k,year = 2001}");
    sets("@misc{k,year = 2000}", "year", "in press", "@misc{k,year = {in press}}");
    sets("@misc{k,month = jan}", "month", "feb", "@misc{k,month = feb}");
}

#[test]
fn a_new_field_is_written_like_the_others() {
    sets("@misc{k,\n\ta = {1}\n}", "b", "2", "@misc{k,\n\ta = {1},\n\tb = {2}\n}");
    sets(
        "@misc{k,\n  a   = {1},\n  cde = {1},\n}",
        "bc",
        "2",
        "@misc{k,\n  a   = {1},\n  cde = {1},\n  bc  = {2},\n}",
    );
    sets(
        "@misc{k,\n  a =    {1},\n  bcd =  {1}\n}",
        "bc",
        "x",
        "@misc{k,\n  a =    {1},\n  bcd =  {1},\n  bc =   {x}\n}",
    );
    sets("@misc{k, a=1}", "b", "2", "@misc{k, a=1, b=2}");
    sets("@misc{k, a=\"x\"}", "b", "y", "@misc{k, a=\"x\", b=\"y\"}");
    sets("@misc{k,\r\n  A = {x}\r\n}", "note", "y", "@misc{k,\r\n  A = {x},\r\n  Note = {y}\r\n}");
    sets(
        "@misc{k,\n  Author = {x},\n}",
        "title",
        "y",
        "@misc{k,\n  Author = {x},\n  Title = {y},\n}",
    );
}

#[test]
fn the_first_field_of_an_entry_follows_the_file() {
    sets("@misc{k}", "a", "x", "@misc{k,\n  a = {x},\n}");
    sets("@misc{k,}", "a", "x", "@misc{k,\n  a = {x},\n}");
    sets("@misc{k,\n}", "a", "x", "@misc{k,\n  a = {x},\n}");
    sets(
        "@misc{j,\n\tb = \"1\"\n}\n@misc{k,\n}",
        "a",
        "x",
        "@misc{j,\n\tb = \"1\"\n}\n@misc{k,\n\ta = \"x\"\n}",
    );
}

#[test]
fn a_comment_behind_the_last_field_stays_there() {
    sets("@misc{k,\n a = {1}, % one\n}", "b", "2", "@misc{k,\n a = {1}, % one\n b = {2},\n}");
    sets("@misc{k,\n a = {1} % one\n}", "b", "2", "@misc{k,\n a = {1}, % one\n b = {2}\n}");
}

#[test]
fn a_field_is_taken_away_with_its_comma() {
    #[track_caller]
    fn unsets(before: &str, name: &str, after: &str) {
        check(before, after, |bytes, entry, _| unset(bytes, entry, name));
    }
    unsets("@misc{k,\n a={1},\n b={2},\n c={3}\n}", "a", "@misc{k,\n b={2},\n c={3}\n}");
    unsets("@misc{k,\n a={1},\n b={2},\n c={3}\n}", "c", "@misc{k,\n a={1},\n b={2}\n}");
    unsets("@misc{k,\n a={1},\n B={2},\n}", "b", "@misc{k,\n a={1},\n}");
    unsets(
        "@misc{k,\n a={1}, % one\n b={2},\n c={3}\n}",
        "b",
        "@misc{k,\n a={1}, % one\n c={3}\n}",
    );
    unsets("@misc{k, a=1, b=2, a=3}", "a", "@misc{k, b=2}");
    unsets("@misc{k, a=1}", "a", "@misc{k}");
    unsets("@misc{a=1, b=2}", "a", "@misc{ b=2}");
}

#[test]
fn names_types_and_keys_are_changed_in_place() {
    check("@misc{k, a = {1}}", "@misc{k, bc = {1}}", |b, e, _| rename_field(b, e, "A", "bc"));
    check("@misc{k,\n  a   = {1},\n  cde = 2}", "@misc{k,\n  bc  = {1},\n  cde = 2}", |b, e, _| {
        rename_field(b, e, "a", "bc")
    });
    check("@MISC{k, a = {1}}", "@BOOK{k, a = {1}}", |b, e, h| set_type(b, e, h, "book"));
    check("@misc{k, a = {1}}", "@misc{ny, a = {1}}", |b, e, _| set_key(b, e, "ny"));
    check("@misc{a = {1}}", "@misc{ny, a = {1}}", |b, e, _| set_key(b, e, "ny"));
    check("@misc{, a = {1}}", "@misc{ny, a = {1}}", |b, e, _| set_key(b, e, "ny"));
}

#[test]
fn what_would_break_the_file_is_refused() {
    let text = b"@misc{k, a = {1}, b = 2}";
    let file = parse(text);
    let (_, entry) = file.entries().next().unwrap();
    let habits = Habits::default();
    assert_eq!(set(text, entry, &habits, "a", "}{"), Err(Refused::Unbalanced));
    assert!(matches!(set(text, entry, &habits, "x y", "z"), Err(Refused::BadName { .. })));
    assert!(matches!(
        set_key(text, entry, "a,b"),
        Err(Refused::BadName { character: Some(','), .. })
    ));
    assert!(matches!(set_key(text, entry, ""), Err(Refused::BadName { .. })));
    assert!(matches!(rename_field(text, entry, "a", "b"), Err(Refused::FieldThere(_))));
    for bad in ["{x", "{x}, y = {z}", "x y", "", "#", "{x} %"] {
        assert!(set_written(text, entry, &habits, "a", bad).is_err(), "{bad}");
    }
    assert!(set_written(text, entry, &habits, "a", "jan # {~1}").is_ok());
    let text = b"@misc{k, a = {1";
    let file = parse(text);
    let (_, entry) = file.entries().next().unwrap();
    assert_eq!(set(text, entry, &habits, "a", "x"), Err(Refused::Broken));
}

#[test]
fn an_entry_goes_with_the_blank_lines_behind_it() {
    #[track_caller]
    fn removes(before: &str, index: usize, after: &str) {
        let file = parse(before.as_bytes());
        let edit = remove(before.as_bytes(), &file.blocks, index).unwrap();
        let edited = apply(before.as_bytes(), &[edit]).unwrap();
        assert_eq!(String::from_utf8(edited).unwrap(), after);
    }
    removes("@a{1}\n\n@a{2}\n\n@a{3}\n", 2, "@a{1}\n\n@a{3}\n");
    removes("@a{1}\n\n@a{2}\n", 2, "@a{1}\n");
    removes("@a{1}\n", 0, "");
    removes("% note\n@a{1}\n\n% other\n@a{2}\n", 1, "% note\n% other\n@a{2}\n");
}

#[test]
fn a_new_entry_looks_like_its_neighbours() {
    #[track_caller]
    fn adds(before: &str, after: &str) {
        let file = parse(before.as_bytes());
        let habits = Habits::of(before.as_bytes(), &file);
        let fields = [("title".to_owned(), "T".to_owned()), ("year".to_owned(), "2001".to_owned())];
        let text = write::entry(&habits, "book", "ny", &fields);
        let edit = write::insertion(before.as_bytes(), &file, &habits, None, &text);
        let edited = apply(before.as_bytes(), &[edit]).unwrap();
        assert_eq!(String::from_utf8(edited).unwrap(), after);
    }
    adds("", "@book{ny,\n  title = {T},\n  year = {2001},\n}\n");
    adds(
        "@Book{a,\n\tTitle\t= \"A\",\n\tYear\t= 1999\n}\n\n\n@Book{b,\n\tTitle\t= \"B\",\n\tYear\t= 2000\n}\n@comment{jabref-meta: x;}\n",
        "@Book{a,\n\tTitle\t= \"A\",\n\tYear\t= 1999\n}\n\n\n@Book{b,\n\tTitle\t= \"B\",\n\tYear\t= 2000\n}\n\n\n@Book{ny,\n\tTitle\t= \"T\",\n\tYear\t= 2001\n}\n@comment{jabref-meta: x;}\n",
    );
    adds(
        "@article{a,\n  title    = {A},\n  keywords = {B}\n}",
        "@article{a,\n  title    = {A},\n  keywords = {B}\n}\n\n@book{ny,\n  title    = {T},\n  year     = {2001}\n}\n",
    );
}

#[test]
fn references_are_found_and_renamed() {
    let text =
        "@misc{k, crossref={a}, related = {b, a,c}, title={xdata=a-title}, note={a}, ids={a}}";
    let file = parse(text.as_bytes());
    let (_, entry) = file.entries().next().unwrap();
    let edits = reference::renamed(text.as_bytes(), entry, |key| key == "a", "ny");
    assert_eq!(
        String::from_utf8(apply(text.as_bytes(), &edits).unwrap()).unwrap(),
        "@misc{k, crossref={ny}, related = {b, ny,c}, title={xdata=ny-title}, note={a}, ids={a}}"
    );
}

/// What every entry says, but for the one at `but`.
fn others(bytes: &[u8], file: &File, but: usize) -> Vec<Vec<u8>> {
    file.entries()
        .enumerate()
        .filter(|(at, _)| *at != but)
        .map(|(_, (span, _))| bytes[span.clone()].to_vec())
        .collect()
}

fn files() -> impl Strategy<Value = String> {
    let value = "(\\{[a-z \"]{0,6}\\}|\"[a-z{}]{0,0}[a-z ]{0,6}\"|[0-9]{1,4}|jan # \" x\")";
    let field = format!("(\n|\r\n| |\n\t)[a-zA-Z]{{1,6}}( ?|   )=( ?|\t){value}");
    let entry = format!("@[a-zA-Z]{{2,6}}\\{{[a-z0-9:]{{1,5}}(,{field}){{0,4}}(,?\n?| % x\n)\\}}");
    proptest::string::string_regex(&format!("((% note\n)?{entry}\n{{0,3}}){{1,4}}")).unwrap()
}

proptest! {
    #[test]
    fn a_set_value_is_read_back_and_nothing_else_moves(
        text in files(), which: prop::sample::Index, name in "[a-z]{1,4}", value in "[a-zåø ,=#%\"\\\\]{0,8}(\\{[a-z\"]{0,3}\\})?"
    ) {
        let bytes = text.as_bytes();
        let file = parse(bytes);
        let entries: Vec<&Entry> = file.entries().map(|(_, entry)| entry).collect();
        if entries.is_empty() { return Ok(()); }
        let at = which.index(entries.len());
        let Ok(edits) = set(bytes, entries[at], &Habits::of(bytes, &file), &name, &value) else {
            return Ok(());
        };
        let edited = apply(bytes, &edits).unwrap();
        let again = parse(&edited);
        let (_, entry) = again.entries().nth(at).unwrap();
        let written = field(&edited, entry, &name).unwrap();
        let inner = value::pieces(&edited, &written.value);
        prop_assert_eq!(inner.len(), 1);
        prop_assert_eq!(&edited[inner[0].inner().clone()], value.as_bytes());
        prop_assert_eq!(others(bytes, &file, at), others(&edited, &again, at));
        let back = apply(&edited, &inverse(bytes, &edits).unwrap()).unwrap();
        prop_assert_eq!(back, bytes);
        // The same edit twice is the same as once.
        prop_assert_eq!(set(&edited, entry, &Habits::of(&edited, &again), &name, &value).unwrap(), vec![]);
    }

    #[test]
    fn a_field_taken_away_is_gone_and_no_other(text in files(), which: prop::sample::Index, field_at: prop::sample::Index) {
        let bytes = text.as_bytes();
        let file = parse(bytes);
        let entries: Vec<&Entry> = file.entries().map(|(_, entry)| entry).collect();
        if entries.is_empty() { return Ok(()); }
        let at = which.index(entries.len());
        if entries[at].fields.is_empty() || entries[at].close.is_none() { return Ok(()); }
        let name = String::from_utf8_lossy(&bytes[entries[at].fields[field_at.index(entries[at].fields.len())].name.clone()]).into_owned();
        let edits = unset(bytes, entries[at], &name).unwrap();
        let edited = apply(bytes, &edits).unwrap();
        let again = parse(&edited);
        let (_, entry) = again.entries().nth(at).unwrap();
        let says = |bytes: &[u8], entry: &Entry| -> Vec<(Vec<u8>, Vec<u8>)> {
            entry.fields.iter().filter(|f| !is_named(bytes, f, &name))
                .map(|f| (bytes[f.name.clone()].to_vec(), bytes[f.value.clone()].to_vec())).collect()
        };
        prop_assert_eq!(says(bytes, entries[at]), says(&edited, entry));
        prop_assert!(field(&edited, entry, &name).is_none());
        prop_assert_eq!(others(bytes, &file, at), others(&edited, &again, at));
    }
}

#[test]
fn doubled_fields_on_odd_lines_are_taken_away_together() {
    let unset_x = |bytes: &[u8], entry: &Entry, _: &Habits| unset(bytes, entry, "x");
    check("@misc{k,\n% \n  x = 1,\n  x = 2,\n` x = 3,\n  x = 4}", "@misc{k,\n% \n` \n  }", unset_x);
}
