//! Titles: folded, split in parts, compared by words and by characters.

use super::features::words;

/// A title as the comparison sees it.
#[derive(Debug, Clone, Default)]
pub(super) struct Title {
    /// All of it without notes in brackets, as folded words.
    pub(super) core: String,
    /// Its parts at colons, full stops and the like, where there are several: folded words.
    pub(super) parts: Vec<String>,
    /// Hashes of the words of `core`, sorted.
    pub(super) bag: Vec<u64>,
    /// Numbers in it, in order: `2`, `ii` (as `2`).
    pub(super) numbers: Vec<String>,
    /// `erratum`, `reply`, … where the title begins with such a word.
    pub(super) marker: Option<&'static str>,
}

impl Title {
    /// Folds `text` (plain Unicode).
    pub(super) fn new(text: &str) -> Self {
        let text = without_notes(text);
        let core = words(&text);
        let mut parts: Vec<String> = split(&text).into_iter().map(words).collect();
        parts.retain(|part| part.len() >= 12);
        if parts.len() < 2 && parts.first().is_none_or(|part| *part == core) {
            parts.clear();
        }
        let mut bag: Vec<u64> = core.split(' ').filter(|w| !w.is_empty()).map(hash).collect();
        bag.sort_unstable();
        Self { numbers: numbers(&core), marker: marker(&core), bag, parts, core }
    }

    /// How much a match of the title tells: 1 for seven words or more, less for `Editorial`.
    pub(super) fn weight(&self) -> f32 {
        let telling = self.core.split(' ').filter(|word| word.chars().count() > 3).count();
        match telling {
            0 => 0.1,
            1 => 0.3,
            2 => 0.55,
            3 => 0.8,
            _ => 1.0,
        }
    }
}

/// How alike two titles are.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct TitleLikeness {
    /// 0 to 1.
    pub(super) ratio: f32,
    /// Whether one is the other without its subtitle or its translation.
    pub(super) in_part: bool,
}

/// Compares two titles; `None` where one is missing.
pub(super) fn compare(a: &Title, b: &Title) -> Option<TitleLikeness> {
    if a.core.is_empty() || b.core.is_empty() {
        return None;
    }
    if a.core == b.core {
        return Some(TitleLikeness { ratio: 1.0, in_part: false });
    }
    let shared = dice(&a.bag, &b.bag);
    // Characters are only worth counting where words already agree, or where most may be misspelt.
    let ratio = if shared > 0.35 || squeezed(&a.core) == squeezed(&b.core) {
        characters(&a.core, &b.core).max(shared * 0.97)
    } else {
        shared
    };
    if ratio < 0.95 && in_part(a, b) {
        return Some(TitleLikeness { ratio: ratio.max(0.92), in_part: true });
    }
    Some(TitleLikeness { ratio, in_part: false })
}

/// Characters in common after the best alignment, 0 to 1.
pub(super) fn characters(a: &str, b: &str) -> f32 {
    const LONGEST: usize = 400;
    let cut = |text: &str| text.chars().take(LONGEST).collect::<String>();
    if a.len() > LONGEST || b.len() > LONGEST {
        return strsim::normalized_levenshtein(&cut(a), &cut(b)) as f32;
    }
    strsim::normalized_levenshtein(a, b) as f32
}

/// Whether one title begins with the other, or a part of one is the other.
fn in_part(a: &Title, b: &Title) -> bool {
    let (short, long) = if a.core.len() <= b.core.len() { (a, b) } else { (b, a) };
    let count = short.core.split(' ').count();
    if count < 3 || short.core.len() < 16 {
        return false;
    }
    if long.core.strip_prefix(short.core.as_str()).is_some_and(|rest| rest.starts_with(' ')) {
        return count >= 5 || long.parts.first().is_some_and(|first| *first == short.core);
    }
    let alike = |x: &str, y: &str| {
        x.len().abs_diff(y.len()) * 8 <= x.len().max(y.len()) && characters(x, y) >= 0.92
    };
    long.parts.iter().any(|part| alike(part, &short.core))
}

/// Twice the shared words by all words.
fn dice(a: &[u64], b: &[u64]) -> f32 {
    let (mut i, mut j, mut shared) = (0, 0, 0_usize);
    while i < a.len() && j < b.len() {
        match a[i].cmp(&b[j]) {
            std::cmp::Ordering::Less => i += 1,
            std::cmp::Ordering::Greater => j += 1,
            std::cmp::Ordering::Equal => {
                shared += 1;
                i += 1;
                j += 1;
            }
        }
    }
    2.0 * shared as f32 / (a.len() + b.len()).max(1) as f32
}

fn squeezed(text: &str) -> String {
    text.chars().filter(|c| *c != ' ').collect()
}

/// FNV-1a: short words, no adversary.
pub(super) fn hash(text: &str) -> u64 {
    text.bytes().fold(0xcbf2_9ce4_8422_2325, |hash, byte| {
        (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3)
    })
}

/// The title without what databases add: `[Review]`, `[Erratum appears in …]`, `(English)`. Brackets
/// around the whole title mark a translated one and only go themselves.
fn without_notes(text: &str) -> String {
    // `… <ORIGINAL> …` is how Embase joins the title in the language of the work.
    let text = text.split("<ORIGINAL>").next().unwrap_or(text).trim().trim_end_matches('.');
    if let Some(inner) = text.strip_prefix('[').and_then(|rest| rest.strip_suffix(']'))
        && !inner.contains(['[', ']'])
    {
        return inner.to_owned();
    }
    let mut out = String::with_capacity(text.len());
    let (mut depth, mut from) = (0_usize, 0);
    for (at, c) in text.char_indices() {
        match c {
            '[' => {
                if depth == 0 {
                    out.push_str(text.get(from..at).unwrap_or_default());
                    from = at;
                }
                depth += 1;
            }
            ']' if depth > 0 => {
                depth -= 1;
                if depth == 0 {
                    let inner = text.get(from + 1..at).unwrap_or_default();
                    // A bracket at the very front is the translated title itself.
                    if out.trim().is_empty() {
                        out.push_str(inner);
                        out.push_str(" ; ");
                    }
                    from = at + 1;
                }
            }
            _ => {}
        }
    }
    out.push_str(text.get(from..).unwrap_or_default());
    if out.trim().is_empty() { text.to_owned() } else { out }
}

/// Parts of a title: at `: `, `. `, `? `, ` - `, `;`, `=` and `<…>`.
fn split(text: &str) -> Vec<&str> {
    let mut parts = Vec::new();
    let mut from = 0;
    let bytes = text.as_bytes();
    for (at, c) in text.char_indices() {
        let blank = |i: usize| bytes.get(i).is_none_or(u8::is_ascii_whitespace);
        let here = match c {
            ';' | '=' | '<' | '>' | '—' => true,
            ':' | '.' | '?' | '!' => blank(at + 1),
            '-' | '–' => at > 0 && blank(at - 1) && blank(at + c.len_utf8()),
            _ => false,
        };
        if here {
            parts.push(text.get(from..at).unwrap_or_default());
            from = at + c.len_utf8();
        }
    }
    parts.push(text.get(from..).unwrap_or_default());
    parts
}

/// Numbers that tell two titles apart: digits that stand alone, Roman ones from `ii` on, and `i`
/// after `part`.
fn numbers(core: &str) -> Vec<String> {
    const ROMAN: &[(&str, &str)] = &[
        ("ii", "2"),
        ("iii", "3"),
        ("iv", "4"),
        ("vi", "6"),
        ("vii", "7"),
        ("viii", "8"),
        ("ix", "9"),
        ("xi", "11"),
        ("xii", "12"),
    ];
    let mut before = "";
    let mut out = Vec::new();
    for word in core.split(' ') {
        let part = matches!(before, "part" | "del" | "bind" | "volume" | "vol" | "kompendium");
        if word.bytes().all(|byte| byte.is_ascii_digit()) && !word.is_empty() {
            out.push(word.trim_start_matches('0').to_owned());
        } else if let Some((_, number)) = ROMAN.iter().find(|(roman, _)| *roman == word) {
            out.push((*number).to_owned());
        } else if part && word.len() == 1 {
            let number = match word {
                "i" | "a" | "1" => "1",
                "v" => "5",
                "x" => "10",
                other => other,
            };
            out.push(number.to_owned());
        }
        before = word;
    }
    out
}

/// The word at the front that says that this is about another text.
fn marker(core: &str) -> Option<&'static str> {
    const MARKERS: &[(&str, &str)] = &[
        ("erratum", "erratum"),
        ("errata", "erratum"),
        ("corrigendum", "erratum"),
        ("correction", "erratum"),
        ("rettelse", "erratum"),
        ("publisher correction", "erratum"),
        ("author correction", "erratum"),
        ("retraction", "retraction"),
        ("retracted", "retraction"),
        ("reply", "reply"),
        ("author reply", "reply"),
        ("authors reply", "reply"),
        ("response to", "reply"),
        ("re ", "comment"),
        ("comment on", "comment"),
        ("comments on", "comment"),
        ("commentary on", "comment"),
        ("kommentar til", "comment"),
        ("tilsvar", "reply"),
        ("svar til", "reply"),
        ("letter to", "comment"),
        ("review of", "review"),
        ("bokanmeldelse", "review"),
        ("book review", "review"),
        ("anmeldelse", "review"),
        ("protocol for", "protocol"),
    ];
    MARKERS
        .iter()
        .find(|(word, _)| {
            core.strip_prefix(word)
                .is_some_and(|rest| rest.is_empty() || rest.starts_with(' ') || word.ends_with(' '))
        })
        .map(|(_, marker)| *marker)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn ratio(a: &str, b: &str) -> f32 {
        compare(&Title::new(a), &Title::new(b)).unwrap().ratio
    }

    #[test]
    fn what_databases_add_does_not_count() {
        assert!(ratio("HPV testing. [Review] [57 refs]", "HPV testing") > 0.99);
        assert!(ratio("[HPV testing in women]", "HPV testing in women.") > 0.99);
        let (a, b) = ("Utilidad de los antimicrobianos; Are antimicrobials useful in trauma", "");
        assert!(compare(&Title::new(a), &Title::new(b)).is_none());
        assert!(ratio(a, "[Are antimicrobials useful in trauma?]") > 0.9);
    }

    #[test]
    fn a_title_without_its_subtitle_is_like_it() {
        let long = "Optimal therapy of malignant effusions: Report of a trial";
        assert!(ratio(long, "Optimal therapy of malignant effusions") >= 0.92);
    }

    #[test]
    fn numbers_and_markers_are_seen() {
        assert_eq!(Title::new("Selvhjelp på norsk 2").numbers, ["2"]);
        assert_eq!(Title::new("Trials: part I").numbers, ["1"]);
        assert_eq!(Title::new("Reply").marker, Some("reply"));
        assert_eq!(Title::new("Replication of a finding").marker, None);
    }
}
