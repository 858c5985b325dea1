//! Evidence for and against one work, added up, with the reasons in words.

use super::apart;
use super::container;
use super::features::{Features, Kind};
use super::people::{self, Agreement};
use super::title;
use crate::text::said::Said;

/// From this many points on two entries are taken for the same work.
pub const SAME: f32 = 9.5;

/// From this many points on a person should look.
pub const PERHAPS: f32 = 5.5;

/// What the comparison comes to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Verdict {
    /// Two works, or kept apart by a rule.
    Apart,
    /// A person should look.
    Perhaps,
    /// One work.
    Same,
}

/// One piece of evidence.
#[derive(Debug, Clone, PartialEq)]
pub struct Reason {
    /// In words, `dedupe.*` in the catalogues.
    pub said: Said,
    /// Points: above zero for one work, below against it.
    pub points: f32,
}

/// How alike two entries are.
#[derive(Debug, Clone, PartialEq)]
pub struct Likeness {
    /// The sum of the points, about -20 to 30.
    pub points: f32,
    /// What it comes to.
    pub verdict: Verdict,
    /// The evidence, strongest first; a rule that keeps them apart stands first of all.
    pub reasons: Vec<Reason>,
}

impl Likeness {
    /// The points as a share of certainty, 0 to 1: nine in ten at [`SAME`], the odds doubled with
    /// each point. 0 where a rule keeps apart what the points would call alike.
    pub fn score(&self) -> f32 {
        match self.verdict {
            Verdict::Apart if self.points >= PERHAPS => 0.0,
            _ => 1.0 / (1.0 + (SAME - self.points).exp2() / 9.0),
        }
    }
}

/// What has been seen, for the rules that keep entries apart.
#[derive(Debug, Default, Clone, Copy)]
pub(super) struct Seen {
    /// The same DOI or PubMed number.
    pub(super) identifier: bool,
    /// Both have a DOI and they differ.
    pub(super) other_doi: bool,
    /// An ISBN in common.
    pub(super) isbn: bool,
    /// Same year, volume and first page.
    pub(super) place: bool,
    /// The same run of more than one page.
    pub(super) run: bool,
    /// Both have first pages and they differ.
    pub(super) other_page: bool,
    /// The likeness of the titles, 0 to 1.
    pub(super) title: f32,
    /// One title is a part of the other.
    pub(super) in_part: bool,
}

struct Tally {
    points: f32,
    reasons: Vec<Reason>,
}

impl Tally {
    fn add(&mut self, points: f32, said: Said) {
        self.points += points;
        self.reasons.push(Reason { said, points });
    }
}

/// Compares two entries.
pub fn compare(a: &Features, b: &Features) -> Likeness {
    let mut tally = Tally { points: 0.0, reasons: Vec::new() };
    let mut seen = Seen::default();
    identifiers(a, b, &mut tally, &mut seen);
    titles(a, b, &mut tally, &mut seen);
    if tally.points < -5.5 && (a.year != b.year || a.pages.first != b.pages.first) {
        // Nothing below can bring it back: no need to look further.
        return finish(a, b, tally, seen);
    }
    authors(a, b, &mut tally);
    places(a, b, &mut tally, &mut seen);
    if tally.points < SAME && is_copy(a, b) {
        let points = SAME - tally.points;
        tally.add(points, Said::new("dedupe.copy"));
    }
    finish(a, b, tally, seen)
}

/// Whether nothing that is known tells them apart, and the title is more than a heading.
fn is_copy(a: &Features, b: &Features) -> bool {
    a.title.core == b.title.core
        && a.title.weight() > 0.5
        && a.people == b.people
        && (a.year, &a.volume, &a.pages, &a.number) == (b.year, &b.volume, &b.pages, &b.number)
        && (a.kind, &a.doi, &a.url, &a.publisher) == (b.kind, &b.doi, &b.url, &b.publisher)
        && a.container.names == b.container.names
}

fn finish(a: &Features, b: &Features, mut tally: Tally, seen: Seen) -> Likeness {
    tally.reasons.sort_by(|x, y| y.points.abs().total_cmp(&x.points.abs()));
    let mut verdict = match tally.points {
        points if points >= SAME => Verdict::Same,
        points if points >= PERHAPS => Verdict::Perhaps,
        _ => Verdict::Apart,
    };
    if verdict != Verdict::Apart
        && let Some((said, limit)) = apart::rule(a, b, &seen)
    {
        verdict = verdict.min(limit);
        tally.reasons.insert(0, Reason { said, points: 0.0 });
    }
    Likeness { points: tally.points, verdict, reasons: tally.reasons }
}

fn identifiers(a: &Features, b: &Features, tally: &mut Tally, seen: &mut Seen) {
    match (&a.doi, &b.doi) {
        (Some(x), Some(y)) if x == y => {
            seen.identifier = true;
            tally.add(8.0, Said::new("dedupe.same-doi").with("doi", x));
        }
        (Some(_), Some(_)) => {
            seen.other_doi = true;
            tally.add(-3.0, Said::new("dedupe.other-doi"));
        }
        _ => {}
    }
    match (&a.pmid, &b.pmid) {
        (Some(x), Some(y)) if x == y => {
            seen.identifier = true;
            tally.add(8.0, Said::new("dedupe.same-pmid").with("pmid", x));
        }
        (Some(_), Some(_)) => tally.add(-4.0, Said::new("dedupe.other-pmid")),
        _ => {}
    }
    if let (Some(x), Some(y)) = (&a.eprint, &b.eprint)
        && x == y
    {
        tally.add(6.0, Said::new("dedupe.same-eprint").with("eprint", x));
    }
    let parts = a.kind == Kind::Part || b.kind == Kind::Part;
    if !parts && a.isbns.iter().any(|isbn| b.isbns.contains(isbn)) {
        seen.isbn = true;
        tally.add(5.0, Said::new("dedupe.same-isbn"));
    }
    if let (Some(x), Some(y)) = (&a.url, &b.url)
        && x == y
        && x.contains('/')
    {
        tally.add(2.5, Said::new("dedupe.same-url"));
    }
}

fn titles(a: &Features, b: &Features, tally: &mut Tally, seen: &mut Seen) {
    let Some(likeness) = title::compare(&a.title, &b.title) else { return };
    seen.title = likeness.ratio;
    seen.in_part = likeness.in_part;
    let percent = (likeness.ratio * 100.0).floor() as u32;
    let weight = a.title.weight().min(b.title.weight());
    // Every word lost costs more than the one before: a likeness of chance is about 30 %.
    let points = match likeness.ratio {
        r if r >= 0.999 => 7.0 * weight,
        r if r >= 0.95 => 6.5 * weight,
        r if r >= 0.9 => 5.5 * weight,
        r if r >= 0.8 => 3.0 * weight,
        r if r >= 0.7 => 1.0,
        r if r >= 0.55 => -1.0,
        r if r >= 0.4 => -3.0,
        _ => -6.0,
    };
    let id = match (likeness.ratio >= 0.999, likeness.in_part) {
        (true, _) => "dedupe.title-same",
        (_, true) => "dedupe.title-part",
        _ => "dedupe.title",
    };
    let said = Said::new(id);
    tally.add(points, if id == "dedupe.title" { said.with("percent", percent) } else { said });
}

fn authors(a: &Features, b: &Features, tally: &mut Tally) {
    match people::compare(&a.people, &b.people) {
        Agreement::Unknown => {}
        Agreement::All(count) => tally.add(
            3.0 + 0.25 * count.min(6) as f32,
            Said::new("dedupe.people-all").with("count", count),
        ),
        Agreement::First => tally.add(2.5, Said::new("dedupe.people-first")),
        Agreement::FamilyOnly => tally.add(-0.5, Said::new("dedupe.people-family")),
        Agreement::Some(count) => {
            let points = if count >= 3 { 1.5 } else { 0.0 };
            tally.add(points, Said::new("dedupe.people-some").with("count", count));
        }
        Agreement::None => tally.add(-4.5, Said::new("dedupe.people-none")),
    }
}

fn places(a: &Features, b: &Features, tally: &mut Tally, seen: &mut Seen) {
    let mut year_same = false;
    if let (Some(x), Some(y)) = (a.year, b.year) {
        let apart = x.abs_diff(y);
        year_same = apart == 0;
        match apart {
            0 => tally.add(1.5, Said::new("dedupe.year-same").with("year", x)),
            1 => tally.add(-0.5, Said::new("dedupe.year-near")),
            2 => tally.add(-2.0, Said::new("dedupe.year-apart").with("years", apart)),
            _ => tally.add(-3.5, Said::new("dedupe.year-apart").with("years", apart)),
        }
    }
    let container = container::compare(&a.container, &b.container);
    let container_same = container.is_some_and(|it| it >= 0.75);
    match container {
        Some(it) if it >= 0.75 => tally.add(1.5, Said::new("dedupe.container-same")),
        Some(it) if it >= 0.5 => tally.add(-1.5, Said::new("dedupe.container-like")),
        Some(_) => tally.add(-3.5, Said::new("dedupe.container-other")),
        None => {}
    }
    let volume = match (&a.volume, &b.volume) {
        (Some(x), Some(y)) => Some(x == y),
        _ => None,
    };
    match volume {
        Some(true) => tally.add(1.5, Said::new("dedupe.volume-same")),
        Some(false) => tally.add(-2.5, Said::new("dedupe.volume-other")),
        None => {}
    }
    if !a.pages.first.is_empty() && !b.pages.first.is_empty() {
        pages(a, b, tally, seen);
        // One page can hold several abstracts; a run of pages holds one work.
        let several = !seen.run && seen.title < 0.75;
        seen.place &= year_same && volume != Some(false) && !several;
        if seen.place && volume == Some(true) && container_same {
            let points = if seen.run { 3.5 } else { 2.0 };
            tally.add(points, Said::new("dedupe.place-same"));
        }
        if seen.other_page && year_same && volume == Some(true) && container_same {
            tally.add(-2.0, Said::new("dedupe.place-other"));
        }
    }
    if let (Some(x), Some(y)) = (&a.publisher, &b.publisher)
        && container.is_none()
        && x == y
    {
        tally.add(1.0, Said::new("dedupe.publisher-same"));
    }
    numbers(a, b, tally);
}

fn pages(a: &Features, b: &Features, tally: &mut Tally, seen: &mut Seen) {
    let same = a.pages.first == b.pages.first;
    let ends = a.pages.last.is_some() && a.pages.last == b.pages.last;
    // `S85` in one and `85` in the other: a supplement whose letter was lost.
    let loose = a.pages.number().is_some() && a.pages.number() == b.pages.number();
    seen.place = same || loose;
    seen.run = same && ends && a.pages.number() != a.pages.last;
    match (same, ends) {
        (true, true) => tally.add(3.5, Said::new("dedupe.pages-same")),
        (true, false) if seen.title < 0.75 => tally.add(1.0, Said::new("dedupe.page-same")),
        (true, false) => tally.add(3.0, Said::new("dedupe.page-same")),
        _ if loose => tally.add(1.5, Said::new("dedupe.page-same")),
        (false, true) => tally.add(1.0, Said::new("dedupe.page-last")),
        _ => {
            seen.other_page = true;
            tally.add(-3.5, Said::new("dedupe.pages-other"));
        }
    }
}

fn numbers(a: &Features, b: &Features, tally: &mut Tally) {
    if let (Some(x), Some(y)) = (&a.number, &b.number)
        && a.kind == Kind::Whole
        && b.kind == Kind::Whole
    {
        if x == y {
            tally.add(1.0, Said::new("dedupe.number-same"));
        } else {
            tally.add(-2.0, Said::new("dedupe.number-other"));
        }
    }
}
