//! Edits that cannot be made, as they are told.

use crate::bibtex::change::Refused;
use crate::model::Library;
use crate::session::{Error, target};
use crate::text::said::Said;

pub(super) fn refuse(library: &Library, entry: usize, refused: Refused) -> Error {
    told(&refused, &library.entries[entry].key, &target::place(library, entry))
}

/// A refusal as it is told.
pub fn told(refused: &Refused, key: &str, place: &str) -> Error {
    let said = match refused {
        Refused::Unbalanced => Said::new("edit.unbalanced"),
        Refused::Broken => Said::new("edit.broken").with("place", place),
        Refused::BadName { name, character: Some(character) } => {
            Said::new("edit.bad-name").with("name", name).with("character", character)
        }
        Refused::BadName { .. } => Said::new("edit.no-name"),
        Refused::NotOneValue(value) => Said::new("edit.not-one-value").with("value", value),
        Refused::FieldThere(field) => {
            Said::new("edit.field-there").with("field", field).with("key", key)
        }
        Refused::NoSuchField(field) => {
            Said::new("edit.no-such-field").with("field", field).with("key", key)
        }
    };
    let help = match refused {
        Refused::Unbalanced => Some("edit.unbalanced.help"),
        Refused::Broken => Some("edit.broken.help"),
        Refused::NotOneValue(_) => Some("edit.not-one-value.help"),
        _ => None,
    };
    help.into_iter().fold(Error::usage(said), |error, id| error.hint(Said::new(id)))
}
