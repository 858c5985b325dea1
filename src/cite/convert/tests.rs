use super::*;
use crate::cite::item::Date;
use crate::cite::item::Name;

fn convert(text: &str) -> Item {
    let library = Library::new(vec![("a.bib".into(), text.as_bytes().into())]);
    item(&library.entries[0], &library, "nn-NO")
}

#[track_caller]
fn check(text: &str, kind: &str, expected: &[(&str, &str)]) {
    let item = convert(text);
    assert_eq!(item.kind, kind);
    for (name, value) in expected {
        let found = Variable::named(name).and_then(|variable| item.text(variable));
        assert_eq!(found.unwrap_or_default(), *value, "{name}");
    }
}

#[test]
fn every_rule_names_a_variable_of_csl_of_the_right_kind() {
    use crate::cite::item::VariableKind;
    for rule in &csl::table().rules {
        let variable = Variable::named(&rule.csl);
        let kind = variable.map(Variable::kind);
        let fits = match rule.kind {
            Kind::Names => kind == Some(VariableKind::Names),
            Kind::Date => kind == Some(VariableKind::Date),
            _ => matches!(kind, Some(VariableKind::Text | VariableKind::Number)),
        };
        assert!(fits, "{}", rule.csl);
    }
    for role in csl::table().roles.values() {
        assert!(Variable::named(role).is_some(), "{role}");
    }
}

#[test]
fn a_thesis_is_called_what_it_is_called_in_the_language_of_the_list() {
    check(
        "@thesis{k, title={T}, type={mathesis}, institution={UiO and NIBR}, langid={norsk}}",
        "thesis",
        &[("genre", "Masteroppgåve"), ("publisher", "UiO; NIBR"), ("language", "nb-NO")],
    );
    check("@report{k, type={Meld. St.}, number=7}", "report", &[("genre", "Meld. St.")]);
    check(
        "@phdthesis{k, school={NTNU}}",
        "thesis",
        &[("genre", "Doktoravhandling"), ("publisher", "NTNU")],
    );
    check("@misc{k, pubstate={inpress}}", "document", &[("status", "i trykk")]);
}

#[test]
fn titles_are_joined_and_norwegian_ones_keep_their_case() {
    check(
        "@book{k, title={Takk for Tilliten?}, subtitle={Om {NAV}}, titleaddon={Utdrag}, langid=norsk}",
        "book",
        &[
            ("title", "Takk for Tilliten? Om <span class=\"nocase\">NAV</span>. Utdrag"),
            ("title-short", "Takk for Tilliten?"),
        ],
    );
    check(
        "@book{k, title={The Handbook of Self-Help Groups}}",
        "book",
        &[("title", "The handbook of self-help groups")],
    );
}

#[test]
fn quotation_marks_in_titles_are_double() {
    check(
        "@book{k, title={‘A’ and the users’ ‘b’, it’s}}",
        "book",
        &[("title", "“A” and the users’ “b”, it’s")],
    );
}

#[test]
fn a_volume_has_a_main_title() {
    check(
        "@book{k, title={Kap}, maintitle={Verk}, mainsubtitle={Alt}, volume=2}",
        "book",
        &[("title", "Verk: Alt"), ("volume-title", "Kap"), ("volume", "2")],
    );
    check(
        "@incollection{k, title={A}, booktitle={B}, maintitle={M}}",
        "chapter",
        &[("container-title", "M"), ("volume-title", "B")],
    );
}

#[test]
fn numbers_go_where_they_belong() {
    check(
        "@article{k, journaltitle={J}, number=3, eid=e40}",
        "article-journal",
        &[("issue", "3"), ("number", "e40"), ("page", "e40")],
    );
    check(
        "@incollection{k, number={2013:107}, pages={47--68}}",
        "chapter",
        &[("collection-number", "2013:107"), ("page", "47-68")],
    );
    check(
        "@article{k, series={newseries}, pages={579\\psqq}}",
        "article-journal",
        &[("collection-title", "Ny serie"), ("page", "579 ff.")],
    );
    check("@book{k, edition={2. utg.}}", "book", &[("edition", "2")]);
    check("@book{k, edition={Third}}", "book", &[("edition", "3")]);
    check("@book{k, edition={rev. utg.}}", "book", &[("edition", "rev. utg.")]);
}

#[test]
fn editors_have_roles() {
    let item = convert(
        "@book{k, editor={A, B}, editortype={compiler}, editora={C, D}, editoratype={redactor},
         editorb={E, F}, editorbtype={illustrator}}",
    );
    let names = |name| item.names(Variable::named(name).expect("known"));
    assert_eq!(names("compiler"), [Name::person("A", "B")]);
    assert_eq!(names("contributor"), [Name::person("C", "D")]);
    assert_eq!(names("illustrator"), [Name::person("E", "F")]);
    assert!(!item.has(Variable::EDITOR));
}

#[test]
fn names_keep_their_particles_and_others_are_said() {
    let item = convert("@book{k, author={van der Kolk, Bessel and {NAV} and others}}");
    let names = item.names(Variable::AUTHOR);
    assert_eq!(names[0].non_dropping_particle, "van der");
    assert_eq!(names[1], Name::literal("NAV"));
    assert_eq!(names[2], Name::others());
    let item = convert("@book{k, author={Ludwig van Beethoven}, options={useprefix=false}}");
    assert_eq!(item.names(Variable::AUTHOR)[0].dropping_particle, "van");
}

#[test]
fn preprints_and_archives() {
    check(
        "@online{k, title={T}, eprint={2101.00001}, eprinttype={arxiv}}",
        "article",
        &[
            ("publisher", "arXiv"),
            ("number", "arXiv:2101.00001"),
            ("URL", "https://arxiv.org/abs/2101.00001"),
        ],
    );
    check(
        "@article{k, journaltitle={J}, eprint={123}, eprinttype={pubmed}, doi={https://doi.org/10.1/x}}",
        "article-journal",
        &[("PMID", "123"), ("DOI", "10.1/x")],
    );
}

#[test]
fn the_text_of_the_work_is_found_where_it_is() {
    check(
        "@misc{k, fulltext={https://x.no/a--b_c}, summary={https://y.no}}",
        "document",
        &[("URL", "https://x.no/a--b_c")],
    );
}

#[test]
fn addresses_lose_the_tex_that_old_files_put_in_them() {
    for (tex, url) in [
        (r"http://x.no/\~{}uno/a\_b\%20c", "http://x.no/~uno/a_b%20c"),
        (r"\url{http://x.no/$\sim$a--b}", "http://x.no/~a--b"),
        (r"http://x.no/{\textasciitilde}a\&b", "http://x.no/~a&b"),
    ] {
        check(&format!("@misc{{k, url={{{tex}}}}}"), "document", &[("URL", url)]);
    }
}

#[test]
fn a_translation_knows_its_original() {
    let item = convert(
        "@book{k, title={Ny}, date=2020, related={o}, relatedtype={translationof}}
         @book{o, title={Old}, date=1999}",
    );
    assert_eq!(item.text(Variable::named("original-title").expect("known")), Some("Old"));
    let date = item.date(Variable::named("original-date").expect("known"));
    assert_eq!(date, Some(&Date::year(1999)));
}

#[test]
fn an_entry_with_nothing_in_it_is_an_item() {
    let item = convert("@nonsense{, a={}}");
    assert_eq!((item.kind.as_str(), item.id.as_str()), ("document", ""));
}
