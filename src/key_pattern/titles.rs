//! Words of titles: which tell something, and how they are put together.

/// Words that a key leaves out of a title: JabRef's English ones, and the Scandinavian ones of the
/// same kind.
const SMALL: &[&str] = &[
    "a", "an", "the", "above", "about", "across", "against", "along", "among", "around", "at",
    "before", "behind", "below", "beneath", "beside", "between", "beyond", "by", "down", "during",
    "except", "for", "from", "in", "inside", "into", "like", "near", "of", "off", "on", "onto",
    "since", "to", "toward", "through", "under", "until", "up", "upon", "with", "within",
    "without", "and", "but", "nor", "or", "so", "yet", "en", "et", "ei", "eit", "den", "det", "de",
    "dei", "og", "i", "på", "av", "til", "fra", "frå", "som", "om", "med", "hos", "er", "å", "at",
    "ett", "och", "av", "att", "från", "der", "die", "das", "und", "ein", "eine",
];

/// The words of a title: runs of letters and digits, an apostrophe or hyphen inside a word left out.
pub(super) fn words(title: &str) -> Vec<String> {
    title
        .split(|c: char| {
            c.is_whitespace() || matches!(c, '–' | '—' | '/' | ':' | '.' | ',' | ';' | '-')
        })
        .map(|word| word.chars().filter(|c| c.is_alphanumeric()).collect::<String>())
        .filter(|word| !word.is_empty())
        .collect()
}

/// The words that tell something; all of them where none does.
pub(super) fn telling(title: &str) -> Vec<String> {
    let all = words(title);
    let telling: Vec<String> =
        all.iter().filter(|word| !SMALL.contains(&word.to_lowercase().as_str())).cloned().collect();
    if telling.is_empty() { all } else { telling }
}

/// The first letter large, the rest as it is.
pub(super) fn capital(word: &str) -> String {
    let mut chars = word.chars();
    chars.next().map(|first| first.to_uppercase().chain(chars).collect()).unwrap_or_default()
}
