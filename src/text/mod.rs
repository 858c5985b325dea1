//! Layer 1: text without meaning. Knows nothing of bibliographies.

pub mod collate;
pub mod edit;
pub mod escape;
pub mod fold;
pub mod harmless;
pub mod position;
pub mod rich_text;
pub mod said;
pub mod tex;
pub mod tex_markup;
pub mod words;
