//! What a face is opened with.

use crate::store::folder::Folder;
use crate::text::said::Language;

/// What the interface is opened with.
#[derive(Debug, Clone)]
pub struct Opening {
    /// The library.
    pub folder: Folder,
    /// The language of the interface.
    pub language: Language,
    /// Whether the language was asked for, so that what is remembered does not count.
    pub language_asked: bool,
    /// Whether lines are read and said, and no screen is drawn.
    pub plain: bool,
    /// Whether there may be colours.
    pub color: bool,
}
