//! Tests of [`super`].

use super::*;
use crate::exchange::{Item, Options, read};

const LIBRARY: &str = "@article{gotaas2010,\n  author = {Gotaas, Nora},\n  \
    title = {Selvhjelp på norsk: grupper i kommunene},\n  journaltitle = {Sosiologi i dag},\n  \
    date = {2010},\n  doi = {10.1000/182},\n}\n";

const RIS: &str = "TY  - JOUR\nAU  - Gotaas, Nora\nTI  - Selvhjelp på norsk: grupper i kommunene\n\
    T2  - Sosiologi i dag\nPY  - 2010\nDO  - 10.1000/182\nVL  - 12\nER  - \n\
    TY  - BOOK\nAU  - Lie, Kari\nTI  - En helt annen bok om sorg & glede\nPY  - 2011\nER  - \n\
    TY  - BOOK\nAU  - Lie, Kari\nTI  - En helt annen bok om sorg & glede\nPY  - 2011\nER  - \n";

fn import(rejects: &Rejects) -> (Library, Import) {
    let library = Library::new(vec![("a.bib".into(), LIBRARY.as_bytes().into())]);
    let records = read(Format::Ris, RIS.as_bytes(), &Options::default())
        .map(|item| match item {
            Item::Record(record) => (0, record),
            Item::Unreadable(it) => panic!("{it:?}"),
        })
        .collect();
    let it = Import::new(&library, records, &Decisions::default(), rejects);
    (library, it)
}

#[test]
fn what_is_known_is_known_and_what_came_twice_is_told() {
    let (_, import) = import(&Rejects::default());
    let standing: Vec<&Standing> = import.newcomers.iter().map(|it| &it.standing).collect();
    assert!(matches!(standing[0], Standing::Same(0, reasons) if !reasons.is_empty()));
    assert_eq!(standing[1..], [&Standing::New, &Standing::Twice(1)]);
    let keys: Vec<&str> = import.newcomers.iter().map(|it| it.record.key.as_str()).collect();
    assert_eq!(keys, ["gotaas2010selvhjelp", "lie2011helt", "lie2011helt-2"]);
}

#[test]
fn the_rule_decides_and_merging_adds_only_what_is_missing() {
    let (library, mut import) = import(&Rejects::default());
    let provenance = [Provenance { text: Some("søk".into()), ..Provenance::default() }];
    import.decide(Duplicates::Skip);
    let changes = import.changes(&library, 0, &provenance);
    let [Change::Add { key, fields, .. }] = changes.as_slice() else { panic!("{changes:?}") };
    assert_eq!(key, "lie2011helt");
    assert_eq!(fields[1], ("title".into(), r"En helt annen bok om sorg \& glede".into()));
    assert_eq!(fields.last(), Some(&("provenance".into(), "søk".into())));
    import.decide(Duplicates::Merge);
    let changes = import.changes(&library, 0, &provenance);
    let set = Change::Set { entry: 0, field: "volume".into(), value: "12".into() };
    assert_eq!(changes[0], set, "{changes:?}");
    assert_eq!(changes.len(), 2);
    import.decide(Duplicates::Keep);
    assert_eq!(import.changes(&library, 0, &provenance).len(), 3);
}

#[test]
fn what_was_rejected_is_not_offered_again() {
    let (_, before) = import(&Rejects::default());
    let mut rejects = Rejects::default();
    rejects.add(&before.newcomers[1].record);
    let (_, after) = import(&rejects);
    assert_eq!(after.newcomers[1].standing, Standing::Rejected);
    assert_eq!(after.newcomers[2].standing, Standing::Rejected);
}
