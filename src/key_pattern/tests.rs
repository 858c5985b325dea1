use super::*;
use crate::model::Library;

const ENTRIES: &str = r"
@article{x, author = {Newton, Isaac and Maxwell, James and Einstein, Albert},
  title = {A Study of the Motion of Small Bodies}, date = {2014-03-02}, pages = {41--43, 73},
  journaltitle = {Annalen}, volume = {7}, keywords = {ether, light}}
@book{y, author = {{\O}deg{\aa}rd, Kari}, title = {Selvhjelp i grupper}, year = 2003}
@collection{z, editor = {von Greiff, Nils and Berg, Åse}, title = {And}}
";

#[track_caller]
fn check(pattern: &str, keys: [&str; 3]) {
    let library = Library::new(vec![("a.bib".into(), ENTRIES.as_bytes().into())]);
    let pattern = Pattern::parse(pattern).unwrap();
    let made: Vec<String> =
        library.entries.iter().map(|entry| pattern.key(entry).unwrap_or_default()).collect();
    assert_eq!(made, keys);
}

#[test]
fn jabref_s_people() {
    check("[auth][year]", ["Newton2014", "Oedegaard2003", "Greiff"]);
    check("[auth3]", ["New", "Oede", "Gre"]);
}

#[test]
fn jabref_s_lists_of_people() {
    check("[authorsAlpha]", ["NME", "Oede", "GB"]);
    check("[authEtAl]", ["NewtonEtAl", "Oedegaard", "GreiffBerg"]);
    check("[auth.etal]", ["Newton.etal", "Oedegaard", "Greiff.Berg"]);
    check("[authshort]", ["NME", "Oedegaard", "GB"]);
    check("[authors2]", ["NewtonMaxwellEtAl", "Oedegaard", "GreiffBerg"]);
    check("[auth3_2]", ["Max", "", "Ber"]);
    check("[authIni4]", ["NeME", "Oedeg", "GrBe"]);
    check("[edtr]", ["", "", "Greiff"]);
}

#[test]
fn jabref_s_titles_years_and_pages() {
    check("[shorttitle]", ["StudyMotionSmall", "Selvhjelpgrupper", "And"]);
    check("[veryshorttitle:lower]", ["study", "selvhjelp", "and"]);
    check("[camel2][shortyear]", ["AStudy14", "SelvhjelpI03", "And"]);
    check("[firstpage]x[lastpage]", ["41x73", "", ""]);
    check("[keyword2]", ["light", "", ""]);
}

#[test]
fn jabref_s_modifiers() {
    check("[title:abbr]", ["S", "S", "A"]);
    check("[auth:upper:truncate3]", ["NEW", "OeDE", "GRE"]);
    check("[volume:(none)]", ["7", "none", "none"]);
    check("[auth:regex(\"e\",\"_\")]", ["N_wton", "Oed_gaard", "Gr_iff"]);
}

#[test]
fn better_bibtex_s_values_and_filters() {
    check("auth.lower + year", ["newton2014", "odegard2003", "greiff"]);
    check(
        "auth.lower + shorttitle(3,3) + year",
        ["newtonStudyMotionSmall2014", "odegardSelvhjelpGrupper2003", "greiffAnd"],
    );
    check(
        "title.skipwords.select(1,2).condense('-')",
        ["StudyMotionSmallBodies", "SelvhjelpGrupper", "And"],
    );
    check("date('%Y-%m')", ["2014-03", "2003", ""]);
    check("authEtal2.lower", ["newton.etal", "odegard", "greiff.berg"]);
}

#[test]
fn better_bibtex_s_alternatives_and_conditions() {
    check("type(book) + auth + 'B' | auth", ["Newton", "OdegardB", "Greiff"]);
    check("volume.prefix('v') | year", ["v7", "2003", ""]);
    check("auth.len('>', 6).lower | auth.upper", ["NEWTON", "odegard", "GREIFF"]);
}

#[test]
fn a_wrong_pattern_says_what_is_wrong() {
    let wrong = |text: &str| Pattern::parse(text).unwrap_err();
    assert_eq!(wrong("[auth"), Wrong::Unclosed('['));
    assert_eq!(wrong("[auth:shout]"), Wrong::NoFilter("shout".into()));
    assert_eq!(wrong("auth + yeer"), Wrong::NoValue("yeer".into()));
    assert_eq!(wrong("auth year"), Wrong::Stray("y".into()));
    assert_eq!(wrong("[auth:regex(\"(\",\"\")]"), Wrong::NoRegex("(".into()));
    assert_eq!(wrong(""), Wrong::Empty);
}

#[test]
fn keys_are_told_apart_without_case_and_over_ids() {
    let library = Library::new(vec![(
        "a.bib".into(),
        "@book{Lie2001, author={Lie, A}, year=2001}
         @book{x, author={Lie, B}, year=2001}
         @book{y, author={Lie, C}, year=2001, ids={lie2001a}}
         @book{lie2001c, author={Lie, D}, year=2001}"
            .as_bytes()
            .into(),
    )]);
    let pattern = Pattern::parse("[auth:lower][year]").unwrap();
    let keys: Vec<Option<String>> =
        proposals(&library, &pattern, &[0, 1, 2, 3]).into_iter().map(|(_, key)| key).collect();
    assert_eq!(keys, [None, Some("lie2001b".into()), Some("lie2001d".into()), None]);
}
