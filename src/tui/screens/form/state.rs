//! What a form knows.

use crate::model::{alias, name};
use crate::text::rich_text::RichText;
use crate::text::said::Said;
use crate::tui::change::{Form, FormField};
use crate::tui::effect::Look;
use crate::tui::input::Input;

/// What a form knows.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct State {
    /// The entry.
    pub form: Form,
    /// The line the cursor is on.
    pub row: usize,
    /// The first line shown.
    pub top: usize,
    /// The value that is being edited.
    pub input: Option<Input>,
    /// Whether what is edited comes in behind the value the cursor is on.
    pub is_new: bool,
    /// Values that the library has for this field.
    pub known: Vec<String>,
    /// Which of those that fit is proposed.
    pub proposed: Option<usize>,
    /// How the reference looks, with what has been typed so far.
    pub reference: RichText,
    /// What the rules find, with what has been typed so far.
    pub problems: Vec<Said>,
    /// What the last draft was asked for.
    pub asked: Option<(Option<(String, String)>, Look)>,
    /// The number of the last draft asked for.
    pub ticket: u64,
}

/// A line of the form: a field, or one value of a field that holds a list.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Line {
    /// Which field.
    pub field: usize,
    /// Which of its values, in a list.
    pub item: usize,
}

impl State {
    /// The lines of the form: a list has one for each of its values.
    pub fn lines(&self) -> Vec<Line> {
        let fields = self.form.fields.iter().enumerate();
        fields
            .flat_map(|(field, it)| {
                (0..items(it).len().max(1)).map(move |item| Line { field, item })
            })
            .collect()
    }

    /// The line the cursor is on.
    pub fn line(&self) -> Option<Line> {
        self.lines().get(self.row).copied()
    }

    /// The field the cursor is on.
    pub fn field(&self) -> Option<&FormField> {
        self.form.fields.get(self.line()?.field)
    }

    /// The value of the line the cursor is on: one of a list, else all of it.
    pub fn value(&self) -> String {
        let (Some(field), Some(line)) = (self.field(), self.line()) else { return String::new() };
        items(field).get(line.item).cloned().unwrap_or_default()
    }

    /// What the field would hold with the value that is being edited.
    pub fn edited(&self) -> Option<(String, String)> {
        let input = self.input.as_ref()?;
        let (field, line) = (self.field()?, self.line()?);
        let Some(between) = separator(&field.name) else {
            return Some((field.name.clone(), input.text.clone()));
        };
        let mut items = items(field);
        let text = input.text.trim().to_owned();
        if self.is_new {
            items.insert((line.item + 1).min(items.len()), text);
        } else {
            match items.get_mut(line.item) {
                Some(item) => *item = text,
                None => items.push(text),
            }
        }
        items.retain(|item| !item.is_empty());
        Some((field.name.clone(), items.join(between)))
    }

    /// The field without the value the cursor is on; all of it where it holds no list.
    pub fn without(&self) -> Option<(String, String)> {
        let (field, line) = (self.field()?, self.line()?);
        let mut items = items(field);
        if items.len() > 1 {
            items.remove(line.item.min(items.len() - 1));
            return Some((field.name.clone(), items.join(separator(&field.name)?)));
        }
        Some((field.name.clone(), String::new()))
    }

    /// The list with the value the cursor is on moved up or down; `None` where it cannot be.
    pub fn moved(&self, down: bool) -> Option<(String, String)> {
        let (field, line) = (self.field()?, self.line()?);
        let mut items = items(field);
        let to = if down { line.item + 1 } else { line.item.checked_sub(1)? };
        if to >= items.len() {
            return None;
        }
        items.swap(line.item, to);
        Some((field.name.clone(), items.join(separator(&field.name)?)))
    }

    /// The values of the library that begin with what is typed, at most eight; those that hold it
    /// come after.
    pub fn fitting(&self) -> Vec<&str> {
        let Some(input) = &self.input else { return Vec::new() };
        let typed = crate::text::fold::base(input.text.trim());
        if typed.is_empty() || self.known.contains(&input.text) {
            return Vec::new();
        }
        let folded: Vec<(bool, &String)> = self
            .known
            .iter()
            .filter_map(|known| {
                let folded = crate::text::fold::base(known);
                let inside = typed.chars().count() > 2 && folded.contains(&typed);
                let begins = folded.starts_with(&typed);
                (begins || inside).then_some((!begins, known))
            })
            .collect();
        let mut fitting = folded;
        fitting.sort_by_key(|(later, _)| *later);
        fitting.into_iter().take(8).map(|(_, it)| it.as_str()).collect()
    }
}

/// The values of a field: those of its list, else its one value.
pub fn items(field: &FormField) -> Vec<String> {
    let value = &field.value;
    if value.trim().is_empty() {
        return Vec::new();
    }
    match separator(&field.name) {
        Some(" and ") => {
            name::split_list(value).into_iter().map(|it| it.trim().to_owned()).collect()
        }
        Some(_) => value.split(',').map(|it| it.trim().to_owned()).collect(),
        None => vec![value.clone()],
    }
}

/// What stands between the values of a list in this field; nothing where it holds one value.
pub fn separator(field: &str) -> Option<&'static str> {
    match field {
        "institution" | "publisher" | "location" | "organization" | "origlocation"
        | "origpublisher" | "language" => Some(" and "),
        "keywords" | "project" | "related" | "ids" | "unverified" | "xdata" | "entryset" => {
            Some(", ")
        }
        _ if alias::is_names(field) => Some(" and "),
        _ => None,
    }
}

/// Whether a field holds running text, in which a line end that was typed or pasted stays.
pub fn is_prose(field: &str) -> bool {
    matches!(field, "abstract" | "annotation" | "note" | "addendum" | "comment" | "review")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tui::change::Need;

    fn form(name: &str, value: &str) -> State {
        let field =
            FormField { name: name.into(), value: value.into(), need: Need::Other, from: None };
        State { form: Form { fields: vec![field], ..Form::default() }, ..State::default() }
    }

    #[test]
    fn each_name_of_a_list_has_a_line_of_its_own() {
        let mut state = form("author", "Berg, Kari and {Lie and Dahl} and Aas, O.");
        assert_eq!(state.lines().len(), 3);
        state.row = 1;
        assert_eq!(state.value(), "{Lie and Dahl}");
        assert_eq!(state.without().unwrap().1, "Berg, Kari and Aas, O.");
        assert_eq!(state.moved(false).unwrap().1, "{Lie and Dahl} and Berg, Kari and Aas, O.");
        state.input = Some(Input::new("Ny, N."));
        assert_eq!(state.edited().unwrap().1, "Berg, Kari and Ny, N. and Aas, O.");
        state.is_new = true;
        let with = "Berg, Kari and {Lie and Dahl} and Ny, N. and Aas, O.";
        assert_eq!(state.edited().unwrap().1, with);
    }

    #[test]
    fn a_value_that_is_no_list_is_one_line() {
        let mut state = form("title", "This and that, and more");
        assert_eq!(state.lines().len(), 1);
        state.input = Some(Input::new("New"));
        assert_eq!(state.edited().unwrap().1, "New");
        assert_eq!(state.moved(true), None);
    }
}
