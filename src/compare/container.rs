//! Journals and books: full and abbreviated names of one.

use super::features::words;

/// What a work stands in.
#[derive(Debug, Clone, Default)]
pub(super) struct Container {
    /// The words that tell, for each name where several are given (`A = B`).
    pub(super) names: Vec<Vec<String>>,
}

impl Container {
    /// Folds a journal's or a book's name.
    pub(super) fn new(text: &str) -> Self {
        let text = text.replace('&', " and ");
        let mut names = Vec::new();
        for name in text.split(['=', '/']) {
            push(&mut names, name);
            // `Brain : a journal of neurology`, `Chest (Am Coll)`, `JPEN. Journal of …`
            for part in name.split([':', '(', '[']).chain(name.split(". ")) {
                if part.len() != name.len() {
                    push(&mut names, part);
                }
            }
        }
        Self { names }
    }

    /// Whether nothing is known.
    pub(super) fn is_empty(&self) -> bool {
        self.names.is_empty()
    }
}

fn push(names: &mut Vec<Vec<String>>, text: &str) {
    let all = words(text);
    let telling: Vec<String> = all
        .split(' ')
        .filter(|word| !SMALL.contains(word) && !word.is_empty())
        .map(str::to_owned)
        .collect();
    if !telling.is_empty() && !names.contains(&telling) {
        names.push(telling);
    }
}

const SMALL: &[&str] = &[
    "the", "of", "and", "for", "in", "on", "a", "an", "der", "die", "das", "und", "fur", "de",
    "des", "du", "la", "le", "les", "l", "d", "et", "og", "och", "i", "del", "della", "y", "e",
    "to", "van", "het", "en",
];

/// How far two containers agree, 0 to 1; `None` where one is not known.
pub(super) fn compare(a: &Container, b: &Container) -> Option<f32> {
    if a.is_empty() || b.is_empty() {
        return None;
    }
    let mut best = 0_f32;
    for x in &a.names {
        for y in &b.names {
            best = best.max(one(x, y));
            if best >= 1.0 {
                return Some(1.0);
            }
        }
    }
    Some(best)
}

fn one(a: &[String], b: &[String]) -> f32 {
    if a == b {
        return 1.0;
    }
    let (short, long) = if a.len() <= b.len() { (a, b) } else { (b, a) };
    // `J Thorac Cardiovasc Surg`, `Jthoraccardiovascsurg`, `JAMA`: beginnings of the words, run
    // together or not.
    let squeezed = [a.concat(), b.concat()];
    if squeezed[0] == squeezed[1]
        || made_of(squeezed[0].as_bytes(), b)
        || made_of(squeezed[1].as_bytes(), a)
    {
        return 0.97;
    }
    let shared = short.iter().filter(|word| long.iter().any(|other| alike(word, other))).count();
    let dice = 2.0 * shared as f32 / (a.len() + b.len()) as f32;
    // A journal and a meeting of the same name hold two versions of a work.
    if is_meeting(a) != is_meeting(b) {
        return dice.min(0.4);
    }
    let same = super::title::characters(&squeezed[0], &squeezed[1]);
    if same > 0.85 { same } else { dice.min(0.9) }
}

/// Whether it is a conference or the like by its name.
fn is_meeting(words: &[String]) -> bool {
    const MEETINGS: &[&str] = &[
        "conference",
        "congress",
        "colloquium",
        "konferanse",
        "konference",
        "kongress",
        "meeting",
        "proceedings",
        "symposium",
        "workshop",
        "conf",
        "congr",
        "proc",
        "symp",
    ];
    words.iter().any(|word| MEETINGS.contains(&word.as_str()))
}

/// Whether one word can be short for the other: `surg`, `dtsch`.
fn alike(a: &str, b: &str) -> bool {
    let (short, long) = if a.len() <= b.len() { (a, b) } else { (b, a) };
    short == long || (short.len() >= 3 && contracted(short, long))
}

/// Whether `short` begins like `long` and all its letters stand in `long`, in order.
fn contracted(short: &str, long: &str) -> bool {
    let mut rest = long.chars();
    short.chars().next() == long.chars().next() && short.chars().all(|c| rest.any(|it| it == c))
}

/// Whether `text` is made of beginnings of all of `words`, in order.
fn made_of(text: &[u8], words: &[String]) -> bool {
    // Places in `text` that can be reached after each word.
    let mut reached = vec![0_usize];
    for word in words {
        let mut next = Vec::new();
        for from in &reached {
            let rest = text.get(*from..).unwrap_or_default();
            let common = rest.iter().zip(word.as_bytes()).take_while(|(a, b)| a == b).count();
            for length in 1..=common {
                if !next.contains(&(from + length)) {
                    next.push(from + length);
                }
            }
        }
        if next.is_empty() {
            return false;
        }
        reached = next;
    }
    reached.contains(&text.len())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn ratio(a: &str, b: &str) -> f32 {
        compare(&Container::new(a), &Container::new(b)).unwrap()
    }

    #[test]
    fn abbreviations_are_names() {
        for short in
            ["J Thorac Cardiovasc Surg", "J. Thorac. Cardiovasc. Surg.", "Jthoraccardiovascsurg"]
        {
            assert!(
                ratio(short, "The Journal of Thoracic & Cardiovascular Surgery") > 0.9,
                "{short}"
            );
        }
        assert!(
            ratio("CA: a Cancer Journal for Clinicians", "CA Cancer Journal for Clinicians") > 0.9
        );
        assert!(ratio("JPEN", "JPEN. Journal of parenteral and enteral nutrition") > 0.9);
    }

    #[test]
    fn two_journals_are_two() {
        assert!(ratio("American Journal of Cardiology", "European Heart Journal") < 0.6);
        assert!(ratio("Gastroenterology", "Digestive and Liver Disease") < 0.3);
    }
}
