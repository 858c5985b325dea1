//! `kilde import` and `kilde add`, run for real.

use crate::support::desk::Desk;

const BIB: &str = "% mine\n@article{gotaas2010,\n  author       = {Gotaas, Nora},\n  \
    title        = {Selvhjelp på norsk: grupper i kommunene},\n  \
    journaltitle = {Sosiologi i dag},\n  date         = {2010},\n  doi          = {10.1000/182},\n}\n";

const RIS: &str = "TY  - JOUR\nAU  - Gotaas, Nora\nTI  - Selvhjelp på norsk: grupper i kommunene\n\
    T2  - Sosiologi i dag\nPY  - 2010\nDO  - 10.1000/182\nVL  - 12\nER  - \n\n\
    TY  - BOOK\nAU  - Lie, Kari\nTI  - En helt annen bok om sorg & glede\nPY  - 2011\n\
    DB  - Oria\nER  - \n";

fn desk() -> Desk {
    let desk = Desk::with_bib(BIB);
    desk.file("oria.ris", RIS.as_bytes());
    desk
}

#[test]
fn what_is_new_comes_in_behind_what_is_there_and_one_step_takes_it_away() {
    let desk = desk();
    let done = desk.line("import oria.ris --search 'sorg OR glede'");
    assert_eq!(done.code, 0, "{}", done.err);
    assert!(done.out.contains("known as `gotaas2010`"), "{}", done.out);
    assert!(done.out.contains("new: `lie2011helt`"), "{}", done.out);
    assert!(
        done.err.contains("1 new, 0 put into entries that are there, 1 left out"),
        "{}",
        done.err
    );
    let text = desk.read("refs.bib");
    assert!(text.starts_with(BIB), "{text}");
    assert!(text.contains("@book{lie2011helt,\n"), "{text}");
    assert!(text.contains("{En helt annen bok om sorg \\& glede}"), "{text}");
    assert!(text.contains("{Oria, search: sorg OR glede, oria.ris, 20"), "{text}");
    assert_eq!(desk.line("undo").code, 0);
    assert_eq!(desk.read("refs.bib"), BIB);
    // The library has the file's bytes as they were, and the same import can be made again.
    assert_eq!(desk.line("import oria.ris").code, 0);
    let again = desk.line("import oria.ris");
    assert!(
        again.err.contains("0 new, 0 put into entries that are there, 2 left out"),
        "{}",
        again.err
    );
}

#[test]
fn a_dry_run_prints_the_diff_and_nothing_is_written() {
    let desk = desk();
    let done = desk.line("import oria.ris --dry-run --duplicates merge");
    assert_eq!(done.code, 0, "{}", done.err);
    assert!(done.out.starts_with("--- "), "{}", done.out);
    assert!(done.out.contains("+  volume"), "{}", done.out);
    assert!(!done.out.lines().any(|line| line.starts_with('-') && !line.starts_with("---")));
    assert_eq!(desk.read("refs.bib"), BIB);
    assert_eq!(desk.line("log").code, 1);
}

#[test]
fn merging_puts_what_is_new_into_the_entry_that_is_there() {
    let desk = desk();
    assert_eq!(desk.line("import oria.ris --duplicates merge").code, 0);
    let text = desk.read("refs.bib");
    assert!(text.contains("  volume       = {12},\n}"), "{text}");
    assert_eq!(text.matches("10.1000/182").count(), 1);
}

#[test]
fn a_person_is_asked_and_a_capital_letter_answers_for_all() {
    let desk = desk();
    let done = desk.run_with(&["import", "oria.ris", "--duplicates", "ask"], "x\nA\n");
    assert_eq!(done.code, 0, "{}", done.err);
    assert!(done.err.contains("1 of 1"), "{}", done.err);
    let text = desk.read("refs.bib");
    assert_eq!(text.matches("10.1000/182").count(), 2, "{text}");
}

#[test]
fn what_was_not_wanted_is_not_offered_again() {
    let desk = desk();
    assert_eq!(desk.line("import oria.ris --reject").code, 0);
    assert_eq!(desk.read("refs.bib"), BIB);
    let rejected = desk.read("refs.rejected.tsv");
    assert!(rejected.contains("doi:10.1000/182\t"), "{rejected}");
    let done = desk.line("import oria.ris --json");
    let states: Vec<&str> = done.out.lines().filter_map(|it| it.split('"').nth(3)).collect();
    assert_eq!(states, ["rejected", "rejected"], "{}", done.out);
    assert_eq!(desk.read("refs.bib"), BIB);
}

#[test]
fn what_cannot_be_read_is_left_beside_the_file_and_the_rest_comes_in() {
    let desk = Desk::with_bib(BIB);
    desk.file("a.csv", "Tittel;År\nEn bok om noe;2011\n;2012\nEn bok til om noe;2013\n".as_bytes());
    let done = desk.line("import a.csv");
    assert_eq!(done.code, 1, "{}", done.err);
    assert!(done.err.contains("a.csv:3: there is no title"), "{}", done.err);
    assert!(done.err.contains("column `Tittel` → `title`"), "{}", done.err);
    assert_eq!(desk.read("a.left.csv"), "Tittel;År\n;2012\n".replace(";2012", "\t2012"));
    assert_eq!(desk.read("refs.bib").matches("@misc{").count(), 2);
}

#[test]
fn what_a_column_is_need_be_said_only_once() {
    let desk = Desk::with_bib(BIB);
    desk.file("a.csv", "Tittel,Kommentar\nEn bok om noe,Bra\n".as_bytes());
    desk.file("b.csv", "Tittel,Kommentar\nEn bok om noe annet,Fin\n".as_bytes());
    assert_eq!(desk.line("import a.csv --column Kommentar=note").code, 0);
    assert_eq!(desk.line("import b.csv").code, 0);
    let text = desk.read("refs.bib");
    assert!(text.contains("{Bra}") && text.contains("= {Fin}"), "{text}");
}

#[test]
fn a_library_may_begin_with_an_import() {
    let desk = Desk::new();
    desk.file("oria.ris", RIS.as_bytes());
    let done = desk.line("import oria.ris --to new.bib");
    assert_eq!(done.code, 0, "{}", done.err);
    assert_eq!(desk.read("new.bib").matches("\n@").count() + 1, 2, "{}", desk.read("new.bib"));
    assert_eq!(desk.line("import nothing.ris --to new.bib").code, 3);
}

#[test]
fn whatever_was_pasted_is_added() {
    for (pasted, key) in [
        (RIS.split("\n\n").nth(1).unwrap(), "lie2011helt"),
        (
            r#"{"type":"book","title":"Om sorg","author":[{"family":"Moe","given":"Å."}],"issued":{"date-parts":[[2001]]}}"#,
            "moe2001sorg",
        ),
        ("%0 Book\n%A Dahl, O.\n%T Glede\n%D 1999\n", "dahl1999glede"),
        ("Berg, A. (1998). Trøst og håp. Oslo: Forlaget.", "berg1998trost"),
        ("@book{egen1,\n title={Min egen}\n}", "egen1"),
    ] {
        let desk = Desk::with_bib(BIB);
        let done = desk.run_with(&["add"], pasted);
        assert_eq!(done.code, 0, "{pasted}: {}", done.err);
        assert!(desk.read("refs.bib").contains(&format!("{{{key},")), "{}", desk.read("refs.bib"));
        let desk = Desk::with_bib(BIB);
        assert_eq!(desk.run(&["add", pasted]).code, 0, "{pasted}");
        assert!(desk.read("refs.bib").contains(&format!("{{{key},")), "{}", desk.read("refs.bib"));
    }
}

#[test]
fn pasting_what_is_there_is_told() {
    let desk = Desk::with_bib(BIB);
    let done = desk.run(&["add", "@article{x, title={Selvhjelp på norsk: grupper i kommunene}, author={Gotaas, Nora}, date={2010}, doi={10.1000/182}}"]);
    assert!(done.err.contains("`x` is perhaps there as `gotaas2010`"), "{}", done.err);
}

#[test]
fn nobody_is_asked_when_that_is_said() {
    let desk = Desk::with_bib(BIB);
    let done = desk.line("add 10.1000/182 --offline");
    assert_eq!(done.code, 2);
    assert!(done.err.contains("--offline"), "{}", done.err);
    assert_eq!(desk.read("refs.bib"), BIB);
}

#[test]
fn hostile_records_are_harmless_in_the_file_and_on_the_terminal() {
    let desk = Desk::with_bib(BIB);
    let evil = "TY  - BOOK\nTI  - a }\\input{/etc/passwd} @book{x, title={y}} \u{1b}]52;c;eA==\u{7}\n\
        AU  - \\write18{rm -rf /} and others\nUR  - https://a.no/}{\nN1  - %x\nPY  - 2001\nER  - \n";
    desk.file("evil.ris", evil.as_bytes());
    let done = desk.line("import evil.ris");
    assert_eq!(done.code, 0, "{}", done.err);
    assert!(!done.err.contains('\u{1b}'), "{:?}", done.err);
    let text = desk.read("refs.bib");
    assert!(
        !text.contains('\u{1b}') && !text.contains("\\input") && !text.contains("\\write"),
        "{text}"
    );
    assert_eq!(text.matches("\n@").count(), 2, "{text}");
    assert!(text.contains("https://a.no/%7D%7B"), "{text}");
    let listed = desk.line("list --json");
    assert_eq!(listed.out.lines().count(), 2, "{}", listed.out);
}

#[test]
fn exports_say_what_they_lost_and_never_take_the_place_of_the_library() {
    let desk = desk();
    let done = desk.line("export --format bibtex");
    assert!(done.out.contains("  journal      = {Sosiologi i dag},"), "{}", done.out);
    assert!(done.out.contains("  year         = {2010},"), "{}", done.out);
    let done = desk.line("export -o refs.bib");
    assert_eq!(done.code, 2, "{}", done.err);
    assert_eq!(desk.read("refs.bib"), BIB);
    assert_eq!(desk.line("export gotaas2010 -o out.json").code, 0);
    assert!(desk.read("out.json").contains("\"DOI\":\"10.1000/182\""));
    let back = desk.line("convert out.json --to biblatex");
    assert!(back.out.contains("{10.1000/182}"), "{}", back.out);
    assert_eq!(desk.line("export --query 'grupper kommunene' --format ris").code, 0);
    assert_eq!(desk.line("export --query finnesikke --format ris").code, 1);
}
