//! The formats, their names, and how one is known by its content.

/// A format that records come in or go out in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Format {
    /// RIS.
    Ris,
}

impl Format {
    /// Whether a file of the format has room for what only kilde reads.
    pub fn has_asides(self) -> bool {
        matches!(self, Self::Ris)
    }
}
