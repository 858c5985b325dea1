//! Compounds of Norwegian, Swedish and Danish taken apart: `selvhjelpsgrupper` is `selvhjelp` and
//! `grupper`.
//!
//! Fewest parts win. Between two parts `s` or `e` may stand; the last part may be inflected. The
//! whole word is never lost: who splits also keeps the word.

use std::collections::HashSet;
use std::sync::LazyLock;

const SOURCE: &str = include_str!("../../data/builtin/search/compound-words.txt");
const STOPWORDS: &str = include_str!("../../data/builtin/search/stopwords.txt");

/// Parts that are endings rather than words, or too many other things.
const NEVER: &[&str] = &[
    "ring", "ning", "het", "else", "skap", "dom", "inger", "eren", "lig", "ing", "ene", "ert",
    "het",
];
/// Words of two and three letters that do stand in compounds; no other so short does.
const SHORT: &[&str] = &[
    "mor", "far", "rus", "liv", "sel", "mat", "arv", "bok", "bil", "båt", "dag", "dyr", "fag",
    "fot", "hav", "hus", "hud", "jul", "ku", "lag", "lov", "lys", "lyd", "mål", "nav", "ord",
    "par", "råd", "syn", "tid", "tog", "tro", "tre", "tal", "val", "vei", "veg", "vin", "øl",
    "øye", "øre", "år", "by", "rom", "nær", "sør", "sjø", "sol", "spå", "syk", "sak", "sam", "ny",
    "ut", "inn", "sjø", "elv", "fly", "sko", "tap", "vær", "rett", "nøe", "kor", "per", "nou",
    "nät", "hjem", "ben",
];
/// What may follow the last part.
const ENDINGS: &[&str] = &[
    "", "r", "n", "t", "a", "e", "s", "er", "en", "et", "ar", "ne", "or", "ene", "ane", "ens",
    "ets", "ers", "rne", "erne", "enes", "anes", "arna", "erna", "orna", "ande", "arne", "nes",
    "es", "as",
];

/// The simple words that may stand in compounds.
#[derive(Debug, Clone, Default)]
pub struct Lexicon {
    words: HashSet<Box<str>>,
}

impl Lexicon {
    /// The words shipped with the program.
    pub fn builtin() -> Self {
        let mut lexicon = Self::default();
        lexicon.add(listed(SOURCE));
        lexicon
    }

    /// Puts more words in; those too short to be told apart are left out.
    pub fn add<'a>(&mut self, words: impl IntoIterator<Item = &'a str>) {
        let good = |word: &&str| {
            !NEVER.contains(word)
                && (word.chars().count() > 3 || SHORT.contains(word))
                && word.chars().all(char::is_alphabetic)
        };
        self.words.extend(words.into_iter().filter(good).map(Box::from));
    }

    /// How many words it has.
    pub fn len(&self) -> usize {
        self.words.len()
    }

    /// Whether it has none.
    pub fn is_empty(&self) -> bool {
        self.words.is_empty()
    }

    /// The parts of `word`, which is in lower case; none where it is not a compound of known words.
    pub fn split<'a>(&self, word: &'a str) -> Vec<&'a str> {
        let length = word.chars().count();
        if !(6..=48).contains(&length) || !word.chars().all(char::is_alphabetic) {
            return Vec::new();
        }
        let cuts: Vec<usize> = word.char_indices().map(|(at, _)| at).chain([word.len()]).collect();
        // Best way to have read the word up to each cut: parts so far, and where the last begins
        // and ends (the linking letter left out).
        let mut best: Vec<Option<(usize, usize, usize)>> = vec![None; cuts.len()];
        best[0] = Some((0, 0, 0));
        for from in 0..cuts.len() {
            let Some((parts, ..)) = best[from] else { continue };
            if parts > 4 {
                continue;
            }
            for to in from + 2..cuts.len() {
                let part = &word[cuts[from]..cuts[to]];
                let is_last = to == cuts.len() - 1;
                let whole = from == 0 && is_last;
                if whole || !(self.words.contains(part) || (is_last && self.inflected(part))) {
                    continue;
                }
                let mut reach = |end: usize| {
                    if best[end].is_none_or(|(before, ..)| parts + 1 < before) {
                        best[end] = Some((parts + 1, from, to));
                    }
                };
                reach(to);
                let linker = word[cuts[to]..].chars().next();
                if matches!(linker, Some('s' | 'e')) && to + 1 < cuts.len() - 1 && to - from > 2 {
                    reach(to + 1);
                }
            }
        }
        let mut out = Vec::new();
        let mut end = cuts.len() - 1;
        while end > 0 {
            let Some((_, from, to)) = best[end] else { return Vec::new() };
            out.push(&word[cuts[from]..cuts[to]]);
            end = from;
        }
        out.reverse();
        if out.len() > 1 { out } else { Vec::new() }
    }

    fn inflected(&self, part: &str) -> bool {
        if part.chars().count() < 5 || NEVER.contains(&part) {
            return false;
        }
        ENDINGS.iter().filter_map(|ending| part.strip_suffix(ending)).any(|stem| {
            stem.chars().count() > 2
                && (self.words.contains(stem) || self.words.contains(format!("{stem}e").as_str()))
        })
    }
}

fn listed(source: &str) -> impl Iterator<Item = &str> {
    source.lines().filter(|line| !line.starts_with('#')).flat_map(str::split_whitespace)
}

/// The words of hunspell's dictionary that may stand in compounds: those with the flag that the
/// affix file names with `COMPOUNDFLAG`. `dic` and `aff` are the texts of `nb_NO.dic` and
/// `nb_NO.aff`; without such a flag, none.
pub fn of_hunspell<'a>(aff: &str, dic: &'a str) -> Vec<&'a str> {
    let flag = aff.lines().find_map(|line| line.strip_prefix("COMPOUNDFLAG "));
    let Some(flag) = flag.map(str::trim) else { return Vec::new() };
    dic.lines()
        .skip(1)
        .filter_map(|line| line.split_once('/'))
        .filter(|(word, flags)| {
            let flags = flags.split([' ', '\t']).next().unwrap_or_default();
            flags.contains(flag) && word.chars().all(char::is_lowercase)
        })
        .map(|(word, _)| word)
        .collect()
}

static STOP: LazyLock<HashSet<&str>> = LazyLock::new(|| listed(STOPWORDS).collect());

/// The words that say nothing on their own.
pub fn stopwords() -> impl Iterator<Item = &'static str> {
    listed(STOPWORDS)
}

/// Whether a word says nothing on its own (`og`, `the`).
pub fn is_stopword(word: &str) -> bool {
    STOP.contains(word)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(word: &str, parts: &[&str]) {
        assert_eq!(Lexicon::builtin().split(word), parts, "{word}");
    }

    #[test]
    fn linking_letters_and_inflected_heads() {
        check("selvhjelpsgrupper", &["selvhjelp", "grupper"]);
        check("sjølvhjelpsgruppa", &["sjølvhjelp", "gruppa"]);
        check("tolvtrinnsgruppene", &["tolvtrinn", "gruppene"]);
        check("folkehelsemeldinga", &["folkehelse", "meldinga"]);
        check("barnehage", &["barn", "hage"]);
    }

    #[test]
    fn swedish_and_danish_too() {
        check("självhjälpsgrupperna", &["självhjälp", "grupperna"]);
        check("selvhjælpsgrupper", &["selvhjælp", "grupper"]);
    }

    #[test]
    fn endings_are_not_words() {
        check("regjering", &[]);
        check("kjærlighet", &[]);
        check("gruppene", &[]);
        check("forskning", &[]);
    }

    #[test]
    fn hunspells_compound_words_are_read() {
        let dic = "3\nabbor/Az\nabba/B\nAbel/z\n";
        assert_eq!(of_hunspell("SET UTF-8\nCOMPOUNDFLAG z\n", dic), ["abbor"]);
        assert_eq!(of_hunspell("SET UTF-8\n", dic), [""; 0]);
    }
}
