//! Duplicates: two labelled sets with a ratchet, the shipped library, and the command.
//!
//! The sets are those of Rathbone et al. 2015 (*Systematic Reviews* 4:6); they are not part of the
//! project, and without them these tests say so and pass.

use crate::support::desk::{root, shared};
use kilde::compare::{self, Decisions, Features, Match, Verdict};
use kilde::model::Library;
use std::collections::{BTreeSet, HashMap};
use std::path::Path;

/// Pairs found, pairs found that are wrong, pairs there are.
struct Outcome {
    right: usize,
    wrong: usize,
    missed: usize,
}

impl Outcome {
    fn precision(&self) -> f64 {
        self.right as f64 / (self.right + self.wrong) as f64
    }

    fn f1(&self) -> f64 {
        2.0 * self.right as f64 / (2 * self.right + self.wrong + self.missed) as f64
    }
}

fn read(path: &Path) -> Library {
    Library::new(vec![(path.to_owned(), std::fs::read(path).unwrap().into())])
}

fn outcome(name: &str) -> Option<Outcome> {
    let library = read(&shared(&format!("dedupe/{name}.bib"))?);
    let truth = std::fs::read_to_string(shared(&format!("dedupe/{name}.truth.tsv"))?).unwrap();
    let work: HashMap<&str, &str> = truth.lines().filter_map(|l| l.split_once('\t')).collect();
    let features: Vec<Features> = library.entries.iter().map(Features::of).collect();
    let mut found = BTreeSet::new();
    for cluster in compare::find(&features, &Decisions::default()) {
        if cluster.verdict == Verdict::Same {
            for (i, a) in cluster.members.iter().enumerate() {
                found.extend(cluster.members[i + 1..].iter().map(|b| (*a, *b)));
            }
        }
    }
    let same = |(a, b): &(usize, usize)| {
        work[library.entries[*a].key.as_str()] == work[library.entries[*b].key.as_str()]
    };
    let right = found.iter().filter(|pair| same(pair)).count();
    let mut sizes: HashMap<&str, usize> = HashMap::new();
    for of in work.values() {
        *sizes.entry(of).or_default() += 1;
    }
    let pairs: usize = sizes.values().map(|size| size * (size - 1) / 2).sum();
    Some(Outcome { right, wrong: found.len() - right, missed: pairs - right })
}

#[test]
fn the_set_on_cytology_is_told_apart() {
    let Some(it) = outcome("cytology_screening") else { return };
    assert!(it.precision() >= 0.999, "precision {:.4}", it.precision());
    assert!(it.f1() >= 0.999, "F1 {:.4}", it.f1());
}

#[test]
fn the_set_on_respiration_is_told_apart_by_the_same_setting() {
    let Some(it) = outcome("respiratory") else { return };
    assert!(it.precision() >= 0.998, "precision {:.4}", it.precision());
    assert!(it.f1() >= 0.995, "F1 {:.4}", it.f1());
}

fn overview() -> (Library, Vec<Features>) {
    let library = read(&root().join("data/selvhjelp.bib"));
    let features = library.entries.iter().map(Features::of).collect();
    (library, features)
}

#[test]
fn chapters_editions_and_languages_of_the_overview_are_kept_apart() {
    let (library, features) = overview();
    let found: Vec<Vec<&str>> = compare::find(&features, &Decisions::default())
        .iter()
        .map(|it| it.members.iter().map(|at| library.entries[*at].key.as_str()).collect())
        .collect();
    assert!(found.is_empty(), "{found:?}");
}

#[test]
fn an_entry_that_comes_in_again_is_known() {
    let (library, features) = overview();
    for (at, found) in
        compare::incoming(&features, &features, &Decisions::default()).iter().enumerate()
    {
        // The four language editions of one booklet have nothing but the language to tell them
        // apart; what has a heading for a title and little else can only be a perhaps.
        let known = match found {
            Match::Same(known, _) => *known == at,
            Match::Perhaps(likely) => likely.iter().any(|(known, _)| *known == at),
            Match::New => false,
        };
        assert!(known, "{}: {found:?}", library.entries[at].key);
    }
}

/// The two titles that the overview's own page misquotes, held against the real ones.
#[test]
fn a_misquoted_title_finds_its_work() {
    let (library, features) = overview();
    let quoted = Library::new(vec![(
        "quoted.bib".into(),
        "@article{a, author = {Aglen, B. and Hedlund, M. and Landstad, B. J.}, year = 2011,
           journal = {Scandinavian Journal of Public Health},
           title = {Self-help, self-care and self-helps-groups for people with health and life
             difficulties in a Nordic context –a review}}
         @article{b, author = {Hedlund, Marianne and Landstad, Bodil J.}, year = 2012,
           title = {The construction of self-help management in Norwegian health policy}}"
            .as_bytes()
            .into(),
    )]);
    let newcomers: Vec<Features> = quoted.entries.iter().map(Features::of).collect();
    let keys: Vec<&str> = compare::incoming(&features, &newcomers, &Decisions::default())
        .iter()
        .map(|found| match found {
            Match::Same(at, _) => library.entries[*at].key.as_str(),
            Match::Perhaps(likely) => library.entries[likely[0].0].key.as_str(),
            Match::New => "new",
        })
        .collect();
    assert_eq!(keys, ["aglen2011nordic", "hedlund2012construction"]);
}

#[track_caller]
fn verdict(text: &str) -> (Verdict, &'static str) {
    let library = Library::new(vec![("a.bib".into(), text.as_bytes().into())]);
    let [a, b] = [0, 1].map(|at| Features::of(&library.entries[at]));
    let likeness = compare::compare(&a, &b);
    (likeness.verdict, likeness.reasons[0].said.id)
}

#[test]
fn works_that_look_alike_are_kept_apart_with_a_reason() {
    let book = "author={Berg, Kari}, title={Introduction to the study of groups}, year=2001";
    for (a, b, reason) in [
        ("@inbook{a, chapter=3,", "@inbook{b, chapter=5,", "dedupe.apart-chapter"),
        ("@book{a, edition=1,", "@book{b, edition={2nd},", "dedupe.apart-edition"),
        ("@book{a, langid=norsk,", "@book{b, langid=nynorsk,", "dedupe.apart-language"),
        ("@book{a,", "@incollection{b,", "dedupe.apart-part"),
        ("@book{a, volume=1,", "@book{b, volume=2,", "dedupe.apart-volume"),
        ("@book{a,", "@book{b, related={a}, relatedtype={translationof},", "dedupe.apart-related"),
    ] {
        let got = verdict(&format!("{a} {book}}} {b} {book}}}"));
        assert_eq!(got, (Verdict::Apart, reason));
    }
}

#[test]
fn a_preprint_and_its_article_are_for_a_person_to_look_at() {
    let work =
        "author={Berg, Kari and Lie, Ola}, title={Groups that help themselves in towns}, year=2001";
    let got = verdict(&format!(
        "@article{{a, {work}, journal={{J}}, volume=1, pages={{1--9}}}} @misc{{b, {work}, eprint={{1}}, eprinttype={{arxiv}}}}"
    ));
    assert_eq!(got, (Verdict::Perhaps, "dedupe.apart-preprint"));
}

#[test]
fn an_erratum_is_not_the_article() {
    let got = verdict(
        "@article{a, author={Berg, K}, year=2001, journal={J}, title={Groups that help themselves in towns}}
         @article{b, author={Berg, K}, year=2001, journal={J}, title={Erratum: Groups that help themselves in towns}}",
    );
    assert_eq!(got, (Verdict::Apart, "dedupe.apart-marker"));
}

#[test]
fn versions_of_one_work_are_never_merged_unasked() {
    let work = "author={Berg, Kari and Lie, Ola}, title={Groups that help themselves in towns}";
    for (a, b) in [
        // A journal and a workshop of one name, a paper of last year with a subtitle more.
        (
            "@article{a, WORK, year=2001, journal={Journal of Group Studies}}",
            "@article{b, WORK, year=2001, journal={Workshop of Group Studies}}",
        ),
        (
            "@inproceedings{a, WORK, year=2024, booktitle={Conference on Systems}}",
            "@inproceedings{b, author={Berg, Kari and Lie, Ola}, year=2025, booktitle={Conference on Systems},
              title={Groups that help themselves in towns: investigating errors}}",
        ),
        // A preprint on a server of its own, and as an article of a journal by name.
        (
            "@article{a, WORK, year=2001, journal={Journal of Groups}, volume=1, pages={1--9}}",
            "@online{b, WORK, year=2001, eprint={2001.00001}, eprinttype={arxiv}}",
        ),
        (
            "@article{a, WORK, year=2001, journal={Journal of Groups}, volume=1, pages={1--9}}",
            "@article{b, WORK, year=2001, journal={arXiv preprint arXiv:2001.00001}}",
        ),
        (
            "@article{a, WORK, year=2001, journal={Journal of Groups}, doi={10.1000/182}}",
            "@article{b, WORK, year=2000, journal={medRxiv}, doi={10.1101/2000.01.01}}",
        ),
        // An erratum, a reply, a retraction, another edition, a translation, another part.
        (
            "@article{a, WORK, year=2001, journal={Journal of Groups}}",
            "@article{b, author={Berg, Kari and Lie, Ola}, year=2001, journal={Journal of Groups},
              title={Retraction: Groups that help themselves in towns}}",
        ),
        ("@book{a, WORK, year=2001, edition=1}", "@book{b, WORK, year=2001, edition=2}"),
        ("@book{a, WORK, year=2001, langid=english}", "@book{b, WORK, year=2001, langid=danish}"),
        (
            "@book{a, WORK, year=2001}",
            "@book{b, author={Berg, Kari and Lie, Ola}, year=2001, title={Groups that help themselves in towns 2}}",
        ),
        (
            "@incollection{a, WORK, year=2001, booktitle={A book}, pages={1--9}}",
            "@incollection{b, WORK, year=2001, booktitle={A book}, pages={11--19}}",
        ),
    ] {
        let text = format!("{a}\n{b}").replace("WORK", work);
        let library = Library::new(vec![("a.bib".into(), text.as_bytes().into())]);
        for threshold in [0.0, 0.9] {
            let merged = compare::merge::all(&library, &Decisions::default(), threshold);
            assert!(merged.changed.is_empty(), "{text}\n{:?}", merged.keys);
        }
    }
}

#[test]
fn names_between_semicolons_are_several() {
    let work = "title={Reputation offsets trust judgments based on social biases}, year=2017";
    let got = verdict(&format!(
        "@article{{a, {work}, author={{Abrahao, Bruno and Parigi, Paolo and Cook, Karen S.}}}}
         @article{{b, {work}, author={{B. Abrahao; P. Parigi; K. S. Cook}}}}"
    ));
    assert_eq!(got.0, Verdict::Same);
}

#[test]
fn tex_and_unicode_are_one_spelling() {
    let got = verdict(
        r#"@book{a, author={K{\"u}chlin, W.}, title={Alt-Neu -- {\"U}ber den Gebrauch der Hilfe}, year=1999}
           @book{b, author={Küchlin, W.}, title={Alt-Neu – Über den Gebrauch der Hilfe}, year=1999}"#,
    );
    assert_eq!(got.0, Verdict::Same);
}

#[test]
fn what_was_decided_is_not_asked_again() {
    let library = Library::new(vec![(
        "a.bib".into(),
        "@book{a, author={Berg, K}, title={Groups that help themselves}, year=2001}
         @book{b, author={Berg, K}, title={Groups that help themselves}, year=2001}"
            .as_bytes()
            .into(),
    )]);
    let features: Vec<Features> = library.entries.iter().map(Features::of).collect();
    assert_eq!(compare::find(&features, &Decisions::default()).len(), 1);
    assert_eq!(compare::find(&features, &Decisions::parse("a\tb\n")).len(), 0);
}

#[test]
fn a_decision_can_be_taken_back() {
    let book = "author={Berg, K}, title={Groups that help themselves}, year=2001}";
    let desk =
        crate::support::desk::Desk::with_bib(&format!("@book{{a, {book}\n@book{{b, {book}\n"));
    assert_eq!(desk.line("dedupe").code, 1);
    assert_eq!(desk.line("dedupe --apart a b").code, 0);
    assert_eq!(desk.line("dedupe").code, 0);
    assert_eq!(desk.line("dedupe --forget a b").code, 0);
    assert_eq!(desk.line("dedupe").code, 1);
    assert_eq!(desk.line("dedupe --forget a b").code, 1);
}

#[test]
fn the_keys_of_merged_entries_still_find_the_work() {
    let book = "author={Berg, K}, title={Groups that help themselves}, year=2001}";
    let desk = crate::support::desk::Desk::with_bib(&format!(
        "@book{{a, publisher={{X}}, {book}\n@book{{b, {book}\n@inbook{{c, crossref={{b}}, title={{Part}}}}\n"
    ));
    assert_eq!(desk.line("dedupe --auto 0.9").code, 0);
    let text = desk.read("refs.bib");
    assert!(text.contains("ids") && text.contains("crossref={a}"), "{text}");
    assert!(desk.line("show b").out.contains("Groups that help themselves"));
    assert_eq!(desk.line("undo").code, 0);
    assert!(desk.read("refs.bib").contains("@book{b,"));
}
