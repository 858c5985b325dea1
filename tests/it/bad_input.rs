//! What the program says and does when it is handed something that is no library.

use crate::support::desk::Desk;

#[test]
fn a_path_that_is_not_there_is_told_and_nothing_is_made() {
    let desk = Desk::new();
    let done = desk.line("list -L nowhere");
    assert_eq!(done.code, 3);
    assert_eq!(done.err, "error[app.no-such-path]: there is nothing at `nowhere`\n");
    assert_eq!(std::fs::read_dir(desk.path()).unwrap().count(), 0);
}

#[test]
fn a_folder_without_bib_is_told_with_what_to_do() {
    let desk = Desk::new();
    std::fs::create_dir(desk.path().join("empty")).unwrap();
    let done = desk.line("--lang nb empty");
    assert_eq!(done.code, 3);
    assert!(
        done.err.starts_with("feil[app.no-bib]: det er ingen .bib-fil i `empty`"),
        "{}",
        done.err
    );
    assert!(done.err.contains("hjelp: oppgi en mappe"), "{}", done.err);
}

#[test]
fn no_library_anywhere_is_told_with_what_to_do() {
    let done = Desk::new().line("list");
    assert_eq!(done.code, 3);
    assert!(done.err.contains("KILDE_LIBRARY"), "{}", done.err);
}

#[test]
fn an_empty_file_is_an_empty_list() {
    let desk = Desk::with_bib("");
    let done = desk.line("list");
    assert_eq!((done.code, done.out.as_str()), (1, ""));
}

#[test]
fn a_file_that_is_not_text_gives_no_entries_and_no_panic() {
    let desk = Desk::new();
    let bytes: Vec<u8> =
        (0..20_000_u32).map(|i| (i.wrapping_mul(2_654_435_761) >> 24) as u8).collect();
    desk.file("refs.bib", &bytes);
    let done = desk.line("list");
    assert!(matches!(done.code, 0 | 1), "{done:?}");
}

#[test]
fn a_broken_entry_in_the_middle_hides_nothing() {
    let desk = Desk::with_bib(
        "@book{a, title={A}}\n@book{b, title={B\n@book{c, title={C}}\n@book{d, title={D}}\n",
    );
    let done = desk.line("list --json");
    assert_eq!(done.code, 0);
    let keys: Vec<&str> =
        done.out.lines().map(|line| line.split('"').nth(3).unwrap_or_default()).collect();
    assert!(["a", "c", "d"].iter().all(|key| keys.contains(key)), "{}", done.out);
}

#[test]
fn an_unknown_citation_key_names_a_near_one() {
    let done = Desk::with_bib("@book{gotaas2020takk, title={T}}").line("show gotas2020takk");
    assert_eq!(done.code, 2);
    assert!(done.err.contains("there is a citation key `gotaas2020takk`"), "{}", done.err);
}

#[test]
fn wrong_options_end_with_two_and_help_with_nought() {
    let desk = Desk::new();
    assert_eq!(desk.line("list --nonsense").code, 2);
    assert_eq!(desk.line("--help").code, 0);
    assert_eq!(desk.line("--version").code, 0);
}

#[test]
fn output_that_is_no_terminal_is_the_list_itself() {
    let desk = Desk::with_bib("@book{å, title={Å}} @book{aa, author={Aas, A}, title={B}}");
    let done = desk.line("refs.bib");
    assert_eq!(done.code, 0);
    assert_eq!(done.out.lines().count(), 2);
}

#[test]
fn a_folder_that_cannot_be_written_can_be_read() {
    let desk = Desk::with_bib("@book{a, title={A}}");
    let mut mode = std::fs::metadata(desk.path()).unwrap().permissions();
    mode.set_readonly(true);
    std::fs::set_permissions(desk.path(), mode).unwrap();
    let done = desk.line("list");
    assert_eq!(done.code, 0, "{done:?}");
    assert_eq!(done.out.lines().count(), 1);
}

#[test]
fn standard_input_is_a_library_too() {
    let done = Desk::new().run_with(&["list", "-L", "-"], "@book{a, title={Fra røret}}");
    assert!(done.out.contains("Fra røret"), "{done:?}");
}

#[test]
fn arguments_that_do_not_fit_are_told_in_the_language_of_the_interface() {
    let desk = Desk::with_shipped_library();
    let told = |line: &str| {
        let done = desk.line(line);
        assert_eq!(done.code, 2, "{line}: {}", done.err);
        done.err
    };
    assert_eq!(
        told("--lang nb search --fooo x"),
        "feil[arguments.unknown]: kilde har ikke noe valg eller argument `--fooo` her\n\
         hjelp: `kilde search --help` forteller hva som passer\n"
    );
    assert_eq!(
        told("--lang nn cite --format pdf x"),
        "feil[arguments.value]: `pdf` passar ikkje til `--format <FORMAT>`\n\
         hjelp: det kan vere text, md, html, rtf, docx, odt, latex, typst, jsonl\n\
         hjelp: `kilde cite --help` fortel kva som passar\n"
    );
    assert!(told("serch x").contains("help: did you mean `searches`, `search`?"));
}

#[test]
fn help_before_a_command_is_help_after_it_in_every_language() {
    let desk = Desk::with_shipped_library();
    for language in ["nb", "nn", "en"] {
        let before = desk.line(&format!("help search --lang {language}"));
        let after = desk.line(&format!("search --help --lang {language}"));
        assert_eq!((before.code, before.out), (0, after.out));
    }
}
