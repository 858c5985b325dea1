use super::*;
use crate::index::{Cancel, Opened, Options, before};
use crate::query;
use std::fs;

/// Entries far from each other, so that there are many runs.
fn text(count: usize) -> String {
    let remark = "% nothing that is of any use to anybody\r\n".repeat(600);
    let entry = |at: usize| format!("{remark}@misc{{k{at}, title={{Fisk nummer{at}}}}}\n");
    (0..count).map(entry).collect()
}

struct Desk {
    _kept: tempfile::TempDir,
    sources: Sources,
}

impl Desk {
    fn new(text: &str) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("a.bib");
        fs::write(&file, text).unwrap();
        let cache = Some(folder.path().join("cache"));
        let sources = Sources { root: None, files: vec![file], thesaurus: None, cache };
        let desk = Self { _kept: folder, sources };
        desk.make();
        desk
    }

    fn library(&self) -> Library {
        let bytes = fs::read(&self.sources.files[0]).unwrap();
        Library::new(vec![(self.sources.files[0].clone(), bytes.into())])
    }

    fn make(&self) -> Index {
        let stamps = before(&self.sources);
        Index::make(&self.sources, &self.library(), &stamps, &mut |_| {
            std::ops::ControlFlow::Continue(())
        })
        .unwrap()
    }

    /// Writes the file, catches up, and holds every row against one of an index made anew.
    fn check(&self, text: &str) {
        fs::write(&self.sources.files[0], text).unwrap();
        let index = Index::catch_up(&self.sources).expect("caught up");
        let fresh = Index::in_memory(
            &self.sources,
            &self.library(),
            crate::index::chain::Steps::default(),
            &mut |_| std::ops::ControlFlow::Continue(()),
        );
        let (now, wanted) = (rows(&index, ""), rows(&fresh.unwrap(), ""));
        assert_eq!(now, wanted);
        assert_eq!(Runs::of(&self.library()).files[0].size, text.len() as u64);
        // What was written down holds for the next change, too.
        assert!(matches!(Index::catch_up(&self.sources), Ok(it) if rows(&it, "") == wanted));
        assert!(!matches!(Index::open(&self.sources), Opened::Nothing));
    }
}

fn rows(index: &Index, text: &str) -> Vec<String> {
    let options = Options { limit: 10_000, ..Options::default() };
    let found = index.search(&query::parse(text), &options, &Cancel::never()).unwrap();
    let row = |hit| {
        let row = index.row(&found, hit);
        format!("{} {} {} {:?}", row.key, row.title, row.place.line, row.place.span)
    };
    let mut out: Vec<String> = found.hits.iter().map(row).collect();
    out.sort();
    out
}

#[test]
fn what_was_changed_by_hand_is_caught_up_with() {
    let old = text(40);
    let desk = Desk::new(&old);
    desk.check(&old);
    let more = format!("{old}@misc{{ny, title={{Et fjell}}}}\n");
    desk.check(&more);
    assert_eq!(rows(&Index::catch_up(&desk.sources).unwrap(), "fjell").len(), 1);
    let other = more.replace("Fisk nummer17}", "Fugl nummer17, og noko meir}");
    desk.check(&other);
    assert_eq!(rows(&Index::catch_up(&desk.sources).unwrap(), "fugl").len(), 1);
    let gone = other.replace("@misc{k3, title={Fisk nummer3}}\n", "");
    desk.check(&gone);
    desk.check(&format!("% a remark\n\n{gone}"));
    desk.check(&gone.replace("@misc{k39", "@book{first, title={A}}\n@misc{k39"));
    desk.check(&old[..old.len() / 2]);
}

#[test]
fn changes_in_any_places_come_to_the_same_as_an_index_made_anew() {
    let mut now = text(30);
    let desk = Desk::new(&now);
    let mut seed = 3_usize;
    let mut next = |below: usize| {
        seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (seed >> 33) % below
    };
    for turn in 0..12 {
        let heads: Vec<usize> = now.match_indices("@misc").map(|(at, _)| at).collect();
        let at = heads[next(heads.len())];
        let end = at + now[at..].find('\n').unwrap() + 1;
        match next(3) {
            0 => now.replace_range(at..end, ""),
            1 => now.insert_str(at, &format!("@misc{{n{turn}, title={{Ny {turn}}}}}\n\n")),
            _ => now.replace_range(at..end, &format!("@book{{o{turn}, title={{Om {turn}}}}}\n")),
        }
        desk.check(&now);
    }
}

#[test]
fn what_others_depend_on_needs_the_whole_library() {
    let old = text(20);
    let tied = format!("{old}@book{{p, title={{P}}}}\n@inbook{{c, crossref={{p}}}}\n");
    let desk = Desk::new(&tied);
    for new in [
        tied.replace("title={P}", "title={Q}"),
        tied.replace("Fisk nummer4}", "Fisk}, crossref={p}"),
        tied.replace("Fisk nummer4}", "Fisk {"),
        format!("@string{{x = {{y}}}}\n{tied}"),
        tied.replace("k4, title={Fisk nummer4}", "k5, title={Fisk nummer5}"),
    ] {
        fs::write(&desk.sources.files[0], new).unwrap();
        assert!(Index::catch_up(&desk.sources).is_err());
    }
}

#[test]
fn macros_defined_elsewhere_are_put_in() {
    let old = format!("@string{{acm = {{The Press}}}}\n{}", text(20));
    let desk = Desk::new(&old);
    let new = old.replace("title={Fisk nummer16}", "title={Fisk}, publisher = acm");
    desk.check(&new);
    assert_eq!(rows(&Index::catch_up(&desk.sources).unwrap(), "publisher:press").len(), 1);
}
