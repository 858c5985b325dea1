//! Messages that are not yet in any language, and the catalogues that give them words.

use std::collections::HashMap;
use std::sync::LazyLock;

/// A message: its id and what fills its places. The words stand in `data/builtin/words/`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Said {
    /// Which message.
    pub id: &'static str,
    /// What fills its places, by name.
    pub args: Vec<(&'static str, String)>,
}

impl Said {
    /// A message without places.
    pub fn new(id: &'static str) -> Self {
        Self { id, args: Vec::new() }
    }

    /// The same message with `{name}` filled by `value`.
    pub fn with(mut self, name: &'static str, value: impl ToString) -> Self {
        self.args.push((name, value.to_string()));
        self
    }
}

/// A language of the interface.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum Language {
    /// Bokmål.
    Nb,
    /// Nynorsk.
    Nn,
    /// English.
    #[default]
    En,
}

impl Language {
    /// All three, in the order in which the interface switches between them.
    pub const ALL: [Self; 3] = [Self::Nb, Self::Nn, Self::En];

    /// Its tag: `nb`, `nn` or `en`.
    pub fn tag(self) -> &'static str {
        match self {
            Self::Nb => "nb",
            Self::Nn => "nn",
            Self::En => "en",
        }
    }

    /// The language a tag or a POSIX locale (`nb_NO.UTF-8`, `nn`, `no`, `C`) asks for, if it is
    /// one of ours.
    pub fn from_tag(tag: &str) -> Option<Self> {
        match tag.split(['_', '-', '.', '@']).next()?.to_ascii_lowercase().as_str() {
            "nb" | "no" => Some(Self::Nb),
            "nn" => Some(Self::Nn),
            "en" => Some(Self::En),
            _ => None,
        }
    }
}

/// A catalogue: id to words, perhaps one form for one and another for more.
type Catalogue = HashMap<String, Words>;

#[derive(Debug, Clone, serde::Deserialize)]
#[serde(untagged)]
enum Words {
    Same(String),
    Counted { one: String, other: String },
}

macro_rules! catalogue {
    ($($area:literal),+ $(,)?) => {
        /// The areas of the catalogues: one file an area and language.
        pub const AREAS: &[&str] = &[$($area),+];
        const SOURCES: [&[&str]; 3] = [
            &[$(include_str!(concat!("../../data/builtin/words/nb/", $area, ".toml"))),+],
            &[$(include_str!(concat!("../../data/builtin/words/nn/", $area, ".toml"))),+],
            &[$(include_str!(concat!("../../data/builtin/words/en/", $area, ".toml"))),+],
        ];
    };
}

// One area for each part of the program.
catalogue!(
    "app", "check", "cite", "commands", "dedupe", "edit", "exchange", "help", "overview", "plain",
    "search", "tui",
);

// Each language is read when it is first asked for, and no other.
static NB: LazyLock<Catalogue> = LazyLock::new(|| read(SOURCES[0]));
static NN: LazyLock<Catalogue> = LazyLock::new(|| read(SOURCES[1]));
static EN: LazyLock<Catalogue> = LazyLock::new(|| read(SOURCES[2]));

fn read(sources: &[&str]) -> Catalogue {
    let mut all = Catalogue::new();
    for source in sources {
        // The catalogues are compiled in and a test reads each of them.
        all.extend(toml::from_str::<Catalogue>(source).unwrap_or_default());
    }
    all
}

fn catalogue(language: Language) -> &'static Catalogue {
    match language {
        Language::Nb => &NB,
        Language::Nn => &NN,
        Language::En => &EN,
    }
}

/// The words of `said` in `language`; an id without words is shown as itself.
///
/// Where the catalogue has a form for one and another for more, the argument `count` decides.
pub fn words(said: &Said, language: Language) -> String {
    let Some(found) = catalogue(language).get(said.id) else { return said.id.to_owned() };
    let template = match found {
        Words::Same(text) => text,
        Words::Counted { one, other } => {
            let is_one = said.args.iter().any(|(name, value)| *name == "count" && value == "1");
            if is_one { one } else { other }
        }
    };
    fill(template, &said.args)
}

/// The id as the catalogues have it, for ids that were stored; none where they have it no more.
pub fn known(id: &str) -> Option<&'static str> {
    catalogue(Language::En).get_key_value(id).map(|(known, _)| known.as_str())
}

/// The words with this id and no places; `None` where the catalogue has none.
pub fn plain(id: &str, language: Language) -> Option<&'static str> {
    match catalogue(language).get(id)? {
        Words::Same(text) | Words::Counted { other: text, .. } => Some(text),
    }
}

/// Every id of the catalogue with its templates, in no particular order; for tests and tables.
pub fn all(language: Language) -> Vec<(&'static str, Vec<&'static str>)> {
    let texts = |words: &'static Words| match words {
        Words::Same(text) => vec![text.as_str()],
        Words::Counted { one, other } => vec![one.as_str(), other.as_str()],
    };
    catalogue(language).iter().map(|(id, words)| (id.as_str(), texts(words))).collect()
}

/// Fills `{name}` in `template`. One pass, so that a value that holds braces is not filled again.
fn fill(template: &str, args: &[(&'static str, String)]) -> String {
    let mut out = String::with_capacity(template.len() + 16);
    let mut rest = template;
    while let Some((before, after)) = rest.split_once('{') {
        out.push_str(before);
        let Some((name, tail)) = after.split_once('}') else {
            out.push('{');
            rest = after;
            continue;
        };
        match args.iter().find(|(known, _)| *known == name) {
            Some((_, value)) => out.push_str(value),
            None => {
                out.push('{');
                out.push_str(name);
                out.push('}');
            }
        }
        rest = tail;
    }
    out.push_str(rest);
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_catalogue_can_be_read() {
        for (language, sources) in Language::ALL.iter().zip(SOURCES) {
            for (area, source) in AREAS.iter().zip(sources) {
                let read = toml::from_str::<Catalogue>(source);
                assert!(read.is_ok(), "{}/{area}: {read:?}", language.tag());
            }
        }
    }

    #[test]
    fn a_value_with_braces_is_not_filled_again() {
        let args = [("key", "{file}".to_owned()), ("file", "x".to_owned())];
        assert_eq!(fill("`{key}` in {file}", &args), "`{file}` in x");
    }
}
