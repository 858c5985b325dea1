//! BibLaTeX's data model as data: which types there are, which fields they need and take.
//! (`data/builtin/model/types.toml`, after the BibLaTeX manual 2.1 and 2.2 and its data model.)

use serde::Deserialize;
use std::collections::HashMap;
use std::sync::LazyLock;

/// The data model. Read when it is first asked for.
#[derive(Debug, Deserialize)]
pub struct Model {
    /// Fields that any type takes.
    common: Vec<String>,
    /// Values that BibLaTeX knows for `pubstate`.
    pub pubstate: Vec<String>,
    /// Names of languages in `langid` that babel and polyglossia know, and language tags.
    pub languages: Vec<String>,
    /// The types by name.
    types: HashMap<String, Type>,
}

/// What the data model says of a type.
#[derive(Debug, Deserialize)]
pub struct Type {
    /// Fields that must be there; `a|b` is one of the two.
    #[serde(default)]
    pub required: Vec<String>,
    /// Fields that the data model asks for and that often cannot be had.
    #[serde(default)]
    pub recommended: Vec<String>,
    /// Further fields it takes.
    #[serde(default)]
    pub optional: Vec<String>,
    /// A type whose fields it takes as well.
    #[serde(default)]
    pub like: Option<String>,
}

static MODEL: LazyLock<Model> = LazyLock::new(|| {
    // Compiled in; a test reads it.
    toml::from_str(include_str!("../../data/builtin/model/types.toml")).unwrap_or(Model {
        common: Vec::new(),
        pubstate: Vec::new(),
        languages: Vec::new(),
        types: HashMap::new(),
    })
});

impl Model {
    /// The built-in model.
    pub fn get() -> &'static Self {
        &MODEL
    }

    /// What the model says of a type (BibLaTeX's name, lower case).
    pub fn entry_type(&self, name: &str) -> Option<&Type> {
        self.types.get(name)
    }

    /// Whether any type of the model, or every one of them, takes the field.
    pub fn knows_field(&self, name: &str) -> bool {
        self.common.iter().any(|it| it == name) || self.types.values().any(|it| it.names(name))
    }

    /// Whether the type takes the field.
    pub fn takes(&self, entry_type: &Type, name: &str) -> bool {
        self.common.iter().any(|it| it == name)
            || entry_type.names(name)
            || entry_type
                .like
                .as_deref()
                .and_then(|it| self.types.get(it))
                .is_some_and(|it| self.takes(it, name))
    }

    /// The names of the types.
    pub fn type_names(&self) -> impl Iterator<Item = &str> {
        self.types.keys().map(String::as_str)
    }
}

impl Type {
    fn names(&self, name: &str) -> bool {
        let all = [&self.required, &self.recommended, &self.optional];
        all.iter().any(|list| list.iter().any(|it| it.split('|').any(|part| part == name)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_model_can_be_read_and_holds_biblatex_s_types() {
        let read = toml::from_str::<Model>(include_str!("../../data/builtin/model/types.toml"));
        assert!(read.is_ok(), "{read:?}");
        let model = Model::get();
        let article = model.entry_type("article").unwrap();
        assert!(article.required.iter().any(|it| it == "journaltitle"));
        assert!(model.takes(model.entry_type("software").unwrap(), "version"));
        assert!(model.knows_field("keywords") && !model.knows_field("bdsk-url-1"));
    }
}
