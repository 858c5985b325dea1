//! What a review knows.

use crate::tui::review::{Chosen, Comparison, Item, Review};

/// What a review knows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct State {
    /// What is decided on.
    pub review: Review,
    /// The item the cursor is on.
    pub row: usize,
    /// The first item shown.
    pub top: usize,
    /// Whether the fields are in front, not the items.
    pub in_fields: bool,
    /// The field the cursor is on.
    pub field: usize,
    /// The first field shown.
    pub field_top: usize,
    /// The item side by side with what it is like.
    pub comparison: Option<Comparison>,
    /// What the last comparison was asked for.
    pub asked: Option<(usize, Chosen)>,
}

impl State {
    /// A review from its first item.
    pub fn new(review: Review) -> Self {
        Self {
            review,
            row: 0,
            top: 0,
            in_fields: false,
            field: 0,
            field_top: 0,
            comparison: None,
            asked: None,
        }
    }

    /// The item the cursor is on.
    pub fn item(&self) -> Option<&Item> {
        self.review.items.get(self.row)
    }

    /// The comparison of the item the cursor is on, once it has come.
    pub fn shown(&self) -> Option<&Comparison> {
        self.comparison.as_ref().filter(|it| it.item == self.row)
    }
}
