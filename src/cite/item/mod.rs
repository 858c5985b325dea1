//! What is cited: one bibliographic item with the types and variables of CSL 1.0.2.
//!
//! Text variables hold CSL-JSON's rich text: `<i>`, `<b>`, `<sup>`, `<sub>`,
//! `<span style="font-variant:small-caps;">` and `<span class="nocase">` mean what they say, any
//! other `<` is a character. Straight quotation marks become those of the language.

mod date;
mod json;
mod name;
mod note_fields;
mod particles;
mod raw_date;
mod variable;

pub use date::Date;
pub use date::DateParts;
pub use name::Name;
pub use variable::Variable;
pub use variable::VariableKind;

/// One item.
///
/// ```
/// use kilde::cite::item::{Date, Item, Name};
///
/// let mut item = Item::new("hagen2010", "article-journal");
/// item.set_text("title", "Selvhjelp på norsk");
/// item.set_names("author", vec![Name::person("Hagen", "Anne")]);
/// item.set_date("issued", Date::day(2010, 3, 1));
/// ```
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Item {
    /// The citation key. Two items of one list should differ in it.
    pub id: String,
    /// The CSL type, such as `article-journal`. An unknown type is kept and matches no condition.
    pub kind: String,
    /// The language as in `nb-NO`; empty where it is not known.
    pub language: String,
    texts: Vec<(Variable, String)>,
    names: Vec<(Variable, Vec<Name>)>,
    dates: Vec<(Variable, Date)>,
}

impl Item {
    /// An item of that id and type, with nothing in it.
    pub fn new(id: &str, kind: &str) -> Item {
        Item { id: id.into(), kind: kind.into(), ..Item::default() }
    }

    /// The text of a text or number variable; `None` where there is none or it is empty.
    pub fn text(&self, variable: Variable) -> Option<&str> {
        self.texts.iter().find(|(known, _)| *known == variable).map(|(_, text)| text.as_str())
    }

    /// The names of a variable; empty where there are none.
    pub fn names(&self, variable: Variable) -> &[Name] {
        self.names.iter().find(|(known, _)| *known == variable).map_or(&[], |(_, names)| names)
    }

    /// The date of a variable.
    pub fn date(&self, variable: Variable) -> Option<&Date> {
        self.dates.iter().find(|(known, _)| *known == variable).map(|(_, date)| date)
    }

    /// Whether the variable holds anything.
    pub fn has(&self, variable: Variable) -> bool {
        match variable.kind() {
            VariableKind::Text | VariableKind::Number => self.text(variable).is_some(),
            VariableKind::Names => !self.names(variable).is_empty(),
            VariableKind::Date => self.date(variable).is_some(),
        }
    }

    /// All variables that hold something, in no particular order.
    pub fn variables(&self) -> impl Iterator<Item = Variable> {
        let texts = self.texts.iter().map(|(variable, _)| *variable);
        let names = self.names.iter().map(|(variable, _)| *variable);
        texts.chain(names).chain(self.dates.iter().map(|(variable, _)| *variable))
    }

    /// Sets a text or number variable by its CSL name; empty text takes it away. `language` sets
    /// [`Item::language`] too. Gives `false`, and changes nothing, where CSL has no such variable
    /// or it holds something else than text.
    pub fn set_text(&mut self, name: &str, text: impl Into<String>) -> bool {
        let Some(variable) = Variable::named(name) else { return false };
        if !matches!(variable.kind(), VariableKind::Text | VariableKind::Number) {
            return false;
        }
        let text = text.into();
        if name == "language" {
            self.language.clone_from(&text);
        }
        self.texts.retain(|(known, _)| *known != variable);
        if !text.is_empty() {
            self.texts.push((variable, text));
        }
        true
    }

    /// Sets a name variable by its CSL name; no names take it away. Gives `false` as
    /// [`Item::set_text`] does.
    pub fn set_names(&mut self, name: &str, names: Vec<Name>) -> bool {
        let Some(variable) = Variable::named(name) else { return false };
        if variable.kind() != VariableKind::Names {
            return false;
        }
        self.names.retain(|(known, _)| *known != variable);
        if !names.is_empty() {
            self.names.push((variable, names));
        }
        true
    }

    /// Sets a date variable by its CSL name. Gives `false` as [`Item::set_text`] does.
    pub fn set_date(&mut self, name: &str, date: Date) -> bool {
        let Some(variable) = Variable::named(name) else { return false };
        if variable.kind() != VariableKind::Date {
            return false;
        }
        self.dates.retain(|(known, _)| *known != variable);
        self.dates.push((variable, date));
        true
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_variable_of_another_kind_is_refused() {
        let mut item = Item::new("a", "book");
        assert!(!item.set_text("author", "Hagen"));
        assert!(!item.set_names("title", vec![Name::literal("NIBR")]));
        assert!(!item.set_text("colour", "red"));
        assert_eq!(item.variables().count(), 0);
    }

    #[test]
    fn empty_text_takes_a_variable_away() {
        let mut item = Item::new("a", "book");
        assert!(item.set_text("title", "Selvhjelp"));
        assert!(item.has(Variable::TITLE));
        assert!(item.set_text("title", ""));
        assert!(!item.has(Variable::TITLE));
    }
}
