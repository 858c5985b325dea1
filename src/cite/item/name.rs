//! Names of people and institutions.

/// One name. What a person does not have is empty.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Name {
    /// The family name, without particles.
    pub family: String,
    /// The given names.
    pub given: String,
    /// Particles that fall away when only the family name is shown: the `de` of "de La Fontaine".
    pub dropping_particle: String,
    /// Particles that stay with the family name: the `van` of "van Gogh".
    pub non_dropping_particle: String,
    /// "Jr.", "III".
    pub suffix: String,
    /// Whether a comma stands before the suffix.
    pub comma_suffix: bool,
    /// Whether the name is always written family first, as Chinese names are.
    pub static_ordering: bool,
    /// The name of an institution, or a name that is not to be taken apart.
    pub literal: String,
}

impl Name {
    /// A person. Particles may stand in front of the family name or behind the given name, and a
    /// suffix behind the given name after a comma; they are found as the reference implementation
    /// finds them. A part in straight double quotes is left alone.
    pub fn person(family: &str, given: &str) -> Name {
        let mut name = Name { family: family.into(), given: given.into(), ..Name::default() };
        name.find_particles();
        name
    }

    /// An institution, or a name that is not to be taken apart.
    pub fn literal(literal: &str) -> Name {
        Name { literal: literal.into(), ..Name::default() }
    }

    /// "And others": what stands last in a list that does not name everybody. It is printed as
    /// "et al.", which CSL-JSON has no other way to say; pandoc writes it so too.
    pub fn others() -> Name {
        Name::literal("others")
    }

    /// Whether it stands for others that are not named.
    pub fn is_others(&self) -> bool {
        self.literal == "others"
    }

    /// Whether there is nothing to print.
    pub fn is_empty(&self) -> bool {
        self.family.is_empty() && self.given.is_empty() && self.literal.is_empty()
    }

    /// Whether it is an institution or a name in one piece.
    pub fn is_literal(&self) -> bool {
        !self.literal.is_empty()
    }
}
