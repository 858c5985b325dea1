//! Where a citation stands among those before it (CSL 1.0.2, "Choose", `position`): first, later,
//! ibid., near.

use super::Citation;
use super::Position;
use crate::cite::render::Cite;
use crate::cite::render::Place;
use std::collections::HashMap;

/// An item of a citation, found among the items: its place among them and what is shown of it.
pub(in crate::cite) type Found = (usize, Cite);

/// The items of a citation that are known, with what the citation says of them.
pub(in crate::cite) fn found(
    citation: &Citation,
    by_id: &HashMap<&str, usize>,
    has_term: &dyn Fn(&str) -> bool,
) -> Vec<Found> {
    let mut list = Vec::new();
    for item in &citation.items {
        let Some(at) = by_id.get(item.id.as_str()) else { continue };
        let (locator, label) = locator(&item.locator, &item.label, has_term);
        let cite = Cite {
            locator,
            label,
            prefix: item.prefix.clone(),
            suffix: item.suffix.clone(),
            place: match item.position {
                None | Some(Position::First) => Place::First,
                Some(Position::Subsequent) => Place::Subsequent,
                Some(Position::Ibid) => Place::Ibid,
                Some(Position::IbidWithLocator) => Place::IbidWithLocator,
            },
            near_note: item.near_note,
            first_note: item.first_note,
            suppress_author: item.suppress_author,
            author_only: item.author_only,
        };
        list.push((*at, cite));
    }
    list
}

/// A locator that says itself what it is: "ch. 3".
fn locator(text: &str, label: &str, has_term: &dyn Fn(&str) -> bool) -> (String, String) {
    let text = text.trim_end();
    let unlabelled = matches!(label, "" | "page");
    if let (true, Some((word, rest))) = (unlabelled, text.split_once(' ')) {
        let term = crate::cite::render::term_of(word).filter(|term| has_term(term));
        if let (true, Some(term)) = (word.ends_with('.'), term) {
            return (rest.trim_start().to_owned(), term.to_owned());
        }
    }
    (text.to_owned(), label.to_owned())
}

/// Settles the positions of all citations of a text. Citations in the running text and in notes
/// are counted apart, as the reference implementation does.
pub(in crate::cite) fn settle(citations: &[Citation], found: &mut [Vec<Found>], near: usize) {
    let in_notes: Vec<usize> = (0..citations.len()).filter(|at| citations[*at].note > 0).collect();
    let in_text: Vec<usize> = (0..citations.len()).filter(|at| citations[*at].note == 0).collect();
    for list in [in_text, in_notes] {
        Walk::default().all(citations, found, near, &list);
    }
}

#[derive(Default)]
struct Walk {
    first: HashMap<usize, usize>,
    last: HashMap<usize, usize>,
    in_note: HashMap<usize, usize>,
}

impl Walk {
    fn all(
        &mut self,
        citations: &[Citation],
        found: &mut [Vec<Found>],
        near: usize,
        list: &[usize],
    ) {
        for (number, at) in list.iter().enumerate() {
            let citation = &citations[*at];
            let before = number.checked_sub(1).map(|number| list[number]);
            if before
                .is_some_and(|before| citation.note > 0 && citations[before].note > citation.note)
            {
                *self = Walk::default();
            }
            *self.in_note.entry(citation.note).or_default() += found[*at].len();
            for place in 0..found[*at].len() {
                if citation.items.iter().any(|item| item.position.is_some()) {
                    continue;
                }
                self.one(citations, found, near, *at, before, place);
            }
        }
    }

    fn one(
        &mut self,
        citations: &[Citation],
        found: &mut [Vec<Found>],
        near: usize,
        at: usize,
        before: Option<usize>,
        place: usize,
    ) {
        let citation = &citations[at];
        let item = found[at][place].0;
        let is_new = !self.last.contains_key(&item) && citation.mode != super::Mode::AuthorOnly;
        let mut first_note = None;
        let mut position = Place::First;
        if is_new {
            self.first.insert(item, citation.note);
            self.last.insert(item, citation.note);
        } else {
            let previous = self.previous(citations, found, at, before, place);
            let locator = |cite: &Cite| format!("{}\u{0}{}", cite.locator, cite.label);
            let own = &found[at][place].1;
            position = match previous {
                Some(previous) if previous.locator.is_empty() && own.locator.is_empty() => {
                    Place::Ibid
                }
                Some(previous) if previous.locator.is_empty() => Place::IbidWithLocator,
                Some(_) if own.locator.is_empty() => Place::Subsequent,
                Some(previous) if locator(previous) == locator(own) => Place::Ibid,
                Some(_) => Place::IbidWithLocator,
                None => Place::Subsequent,
            };
            if position == Place::Subsequent && !self.first.contains_key(&item) {
                self.first.insert(item, citation.note);
            }
            if citation.mode == super::Mode::AuthorOnly {
                position = Place::First;
            }
            let first = self.first.get(&item).copied();
            first_note = first.filter(|first| *first != citation.note && *first > 0);
        }
        let mut is_near = false;
        if citation.note > 0 {
            let last = self.last.get(&item).copied().unwrap_or(citation.note);
            is_near = position != Place::First && citation.note.saturating_sub(last) <= near;
            self.last.insert(item, citation.note);
        } else if position != Place::First {
            is_near = true;
        }
        let cite = &mut found[at][place].1;
        cite.place = position;
        cite.near_note = is_near;
        cite.first_note = first_note;
    }

    /// The citation right before, where it is of the same item and nothing else is between.
    fn previous<'f>(
        &self,
        citations: &[Citation],
        found: &'f [Vec<Found>],
        at: usize,
        before: Option<usize>,
        place: usize,
    ) -> Option<&'f Cite> {
        let item = found[at][place].0;
        if place > 0 {
            let (other, cite) = &found[at][place - 1];
            return (*other == item).then_some(cite);
        }
        let before = before?;
        let (first, cite) = found[before].first()?;
        let (note, old) = (citations[at].note, citations[before].note);
        if old == note {
            let last = found[before].last()?;
            return (last.0 == item).then_some(cite);
        }
        let alone = old == 0 || self.in_note.get(&old) == Some(&1);
        (*first == item && old + 1 >= note && alone).then_some(cite)
    }
}
