//! What a form knows.

use crate::tui::change::Form;
use crate::tui::input::Input;

/// What a form knows.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct State {
    /// The entry.
    pub form: Form,
    /// The field the cursor is on.
    pub row: usize,
    /// The first field shown.
    pub top: usize,
    /// The value that is being edited.
    pub input: Option<Input>,
    /// Values that the library has for this field.
    pub known: Vec<String>,
    /// Which of those that fit is proposed.
    pub proposed: Option<usize>,
}

impl State {
    /// The piece of the value at the caret that a proposal would replace: a name between `and`s, a
    /// keyword between commas, else all of it. As bytes of the text.
    pub fn piece(&self) -> std::ops::Range<usize> {
        let Some(input) = &self.input else { return 0..0 };
        let (before, after) = input.parts();
        let field = self.form.fields.get(self.row).map_or("", |it| it.name.as_str());
        let between = separator(field);
        if between.is_empty() {
            return 0..input.text.len();
        }
        let start = before.rfind(between).map_or(0, |at| at + between.len());
        let blanks = input.text.get(start..).map_or(0, |it| it.len() - it.trim_start().len());
        let end = after.find(between).map_or(input.text.len(), |at| input.caret + at);
        (start + blanks).min(end)..end
    }

    /// The values of the library that begin with the piece, at most eight.
    pub fn fitting(&self) -> Vec<&str> {
        let Some(input) = &self.input else { return Vec::new() };
        let piece =
            crate::text::fold::base(input.text.get(self.piece()).unwrap_or_default().trim());
        if piece.is_empty() {
            return Vec::new();
        }
        let fits = |known: &&String| {
            let folded = crate::text::fold::base(known);
            folded.starts_with(&piece) && folded != piece
        };
        self.known.iter().filter(fits).take(8).map(String::as_str).collect()
    }
}

/// What stands between the values of a list in this field; nothing where it holds one value.
fn separator(field: &str) -> &'static str {
    match field {
        "author" | "editor" | "translator" | "institution" | "publisher" | "location"
        | "organization" => " and ",
        "keywords" | "project" | "related" | "ids" => ",",
        _ => "",
    }
}
