//! From a word to everything it is found by: itself, its stems in four languages, the parts of a
//! compound, and both foldings of each.

use crate::query::compound::Lexicon;
use crate::text::fold;
use frostem::{Algorithm, Stemmer};
use std::collections::HashMap;
use std::sync::Arc;

/// Changes when the same word would give other variants: an index made with another is made anew.
pub const VERSION: u32 = 1;

/// How a variant comes from the word.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Origin {
    /// The word itself.
    Word,
    /// The word in plainer letters.
    Fold,
    /// What is left when its ending is taken off.
    Stem,
    /// A part of the compound that it is.
    Part,
}

/// One form by which a word is found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Variant {
    /// The form.
    pub text: String,
    /// Where it comes from.
    pub origin: Origin,
}

/// Which steps are taken; all of them but when the worth of each is measured.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Steps {
    /// Stems of Norwegian, Swedish, Danish and English.
    pub stems: bool,
    /// Foldings.
    pub folds: bool,
    /// Parts of compounds.
    pub parts: bool,
}

impl Default for Steps {
    fn default() -> Self {
        Self { stems: true, folds: true, parts: true }
    }
}

/// The four stemmers, in the order in which [`Chain::stem`] names them.
const LANGUAGES: [Algorithm; 4] =
    [Algorithm::Norwegian, Algorithm::Swedish, Algorithm::Danish, Algorithm::English];

/// How many words are remembered before all are forgotten.
const REMEMBERED: usize = 100_000;

/// The chain, with a memory of the words it has seen.
pub struct Chain {
    lexicon: Arc<Lexicon>,
    steps: Steps,
    stemmers: [Stemmer; 4],
    seen: HashMap<Box<str>, Arc<[Variant]>>,
}

impl Clone for Chain {
    /// The same chain with nothing in its memory.
    fn clone(&self) -> Self {
        Self::new(Arc::clone(&self.lexicon), self.steps)
    }
}

impl Chain {
    /// A chain that takes compounds apart by `lexicon`.
    pub fn new(lexicon: Arc<Lexicon>, steps: Steps) -> Self {
        Self { lexicon, steps, stemmers: LANGUAGES.map(Stemmer::new), seen: HashMap::new() }
    }

    /// All forms of `word` (NFC, lower case), itself first, none twice.
    pub fn variants(&mut self, word: &str) -> Arc<[Variant]> {
        if let Some(found) = self.seen.get(word) {
            return Arc::clone(found);
        }
        let made: Arc<[Variant]> = self.make(word).into();
        if self.seen.len() >= REMEMBERED {
            self.seen.clear();
        }
        self.seen.insert(word.into(), Arc::clone(&made));
        made
    }

    /// The parts of `word`, if it is a compound.
    pub fn parts<'w>(&self, word: &'w str) -> Vec<&'w str> {
        if self.steps.parts { self.lexicon.split(word) } else { Vec::new() }
    }

    /// The stem of `word` in `language` (`nb`, `nn`, `sv`, `da`, `en`); the word where we have no
    /// stemmer for it.
    pub fn stem(&self, word: &str, language: &str) -> String {
        let at = match language {
            "nb" | "nn" | "no" | "mesh_no" => 0,
            "sv" | "mesh_sv" => 1,
            "da" => 2,
            "en" | "mesh" => 3,
            _ => return word.to_owned(),
        };
        if self.steps.stems { self.stemmers[at].stem(word).into_owned() } else { word.to_owned() }
    }

    fn make(&self, word: &str) -> Vec<Variant> {
        let mut out = Vec::with_capacity(6);
        push(&mut out, word, Origin::Word);
        if word.bytes().any(|byte| byte.is_ascii_digit()) {
            return out;
        }
        let formed = |out: &mut Vec<Variant>, form: &str, origin, stemmers: &[Stemmer]| {
            let from = out.len();
            push(out, form, origin);
            if self.steps.stems {
                for stemmer in stemmers {
                    let stem = stemmer.stem(form);
                    if stem.len() > 1 {
                        push(out, &stem, origin.max(Origin::Stem));
                    }
                }
            }
            if self.steps.folds && !form.is_ascii() {
                for at in from..out.len() {
                    let (text, origin) = (out[at].text.clone(), out[at].origin.max(Origin::Fold));
                    push(out, &fold::base(&text), origin);
                    push(out, &fold::digraph(&text), origin);
                    push(out, &fold::norwegian(&text), origin);
                }
            }
        };
        if self.steps.folds && !word.is_ascii() {
            push(&mut out, &fold::base(word), Origin::Fold);
            push(&mut out, &fold::digraph(word), Origin::Fold);
            push(&mut out, &fold::norwegian(word), Origin::Fold);
        }
        formed(&mut out, word, Origin::Word, &self.stemmers);
        for part in self.parts(word) {
            formed(&mut out, part, Origin::Part, &self.stemmers[..3]);
        }
        out
    }
}

fn push(out: &mut Vec<Variant>, text: &str, origin: Origin) {
    if !text.is_empty() && !out.iter().any(|it| it.text == text) {
        out.push(Variant { text: text.to_owned(), origin });
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn forms(word: &str) -> Vec<String> {
        let mut chain = Chain::new(Arc::new(Lexicon::builtin()), Steps::default());
        chain.variants(word).iter().map(|it| it.text.clone()).collect()
    }

    #[test]
    fn a_compound_is_found_by_its_parts_and_itself() {
        let found = forms("selvhjelpsgrupper");
        for form in ["selvhjelpsgrupper", "selvhjelpsgrupp", "selvhjelp", "grupper", "grupp"] {
            assert!(found.iter().any(|it| it == form), "{form} in {found:?}");
        }
    }

    #[test]
    fn both_foldings_of_the_word_and_of_its_stems() {
        let found = forms("sjølvhjälp");
        for form in ["sjølvhjälp", "sjolvhjalp", "sjoelvhjaelp", "sjølvhjælp"] {
            assert!(found.iter().any(|it| it == form), "{form} in {found:?}");
        }
    }

    #[test]
    fn a_number_has_no_stems() {
        assert_eq!(forms("2012a"), ["2012a"]);
    }
}
