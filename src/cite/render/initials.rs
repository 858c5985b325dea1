//! Given names as initials (CSL 1.0.2, `initialize`, `initialize-with`, `initialize-with-hyphen`).

use crate::cite::output::markup::is_romanesque;

/// The given names as initials; with `only_normalize` names stay and only initials among them get
/// their terminator.
pub(in crate::cite) fn initials(
    name: &str,
    terminator: &str,
    only_normalize: bool,
    keep_hyphen: bool,
) -> String {
    let head = name.trim_start_matches('<');
    let begins = head.chars().next().is_some_and(|c| c == '&' || is_romanesque(c));
    if name.is_empty() {
        return String::new();
    }
    if matches!(name, "Lord" | "Lady") || !begins && !terminator.contains("%s") {
        return name.to_owned();
    }
    let mut name = if keep_hyphen { name.to_owned() } else { name.replace('-', " ") };
    name = prepared(&name);
    let (mut words, mut gaps) = (Vec::new(), Vec::new());
    let mut word = String::new();
    let mut chars = name.chars().peekable();
    while let Some(c) = chars.next() {
        if c != '-' && !c.is_whitespace() {
            word.push(c);
            continue;
        }
        let mut gap = c.to_string();
        while let Some(c) = chars.next_if(|c| *c == '-' || c.is_whitespace()) {
            gap.push(c);
        }
        words.push(std::mem::take(&mut word));
        gaps.push(gap);
    }
    words.push(word);
    if gaps.is_empty() {
        let last = words[0].rsplit('.').next().unwrap_or_default().to_owned();
        let alone = last.chars().count() == 1 && last != last.to_lowercase();
        if alone {
            words[0].push('.');
        }
    }
    let out = if only_normalize {
        normalize(&mut words, &mut gaps, terminator)
    } else {
        initialize(&mut words, &mut gaps, terminator)
    };
    tidy(&out).replace('–', "-")
}

/// Spaces after full stops, and hyphens before small letters put aside.
fn prepared(name: &str) -> String {
    let mut out = String::with_capacity(name.len() + 4);
    let mut chars = name.chars().peekable();
    while let Some(c) = chars.next() {
        if c.is_whitespace() {
            while chars.next_if(|c| c.is_whitespace()).is_some() {}
            if chars.peek() != Some(&'-') && !out.ends_with('-') {
                out.push(' ');
            }
        } else if c == '-' && chars.peek().is_some_and(char::is_ascii_lowercase) {
            out.push('–');
        } else {
            out.push(c);
            if c == '.' && chars.peek().is_some_and(|c| *c != ' ') {
                out.push(' ');
            }
        }
    }
    out
}

fn tidy(text: &str) -> String {
    let end =
        text.trim_end_matches(['\t', '\n', '\u{b}', '\u{c}', '\r', ' ', '\u{feff}', '\u{a0}']);
    let mut out = String::with_capacity(end.len());
    for c in end.chars() {
        match c {
            '-' => {
                while out.ends_with(char::is_whitespace) {
                    out.pop();
                }
                out.push('-');
            }
            ' ' | '\t' | '\n' | '\r' => {
                if !out.ends_with(' ') && !out.ends_with('-') {
                    out.push(' ');
                }
            }
            _ => out.push(c),
        }
    }
    out
}

fn normalize(words: &mut [String], gaps: &mut [String], terminator: &str) -> String {
    let is_short: Vec<bool> = words
        .iter_mut()
        .map(|word| {
            if word.chars().count() > 1 && word.ends_with('.') {
                word.pop();
                true
            } else {
                word.chars().count() == 1 && word.to_uppercase() == *word
            }
        })
        .collect();
    let mut out = String::new();
    for at in 0..words.len() {
        out.push_str(&words[at]);
        let is_last = at + 1 == words.len();
        if !is_short[at] {
            out.extend(gaps.get(at).map(String::as_str));
        } else if is_last {
            out.push_str(terminator);
        } else {
            let bare = terminator.trim_end_matches('\u{feff}');
            let long = words[at + 1].chars().count() > 1;
            out.push_str(if long { bare } else { terminator });
            let hyphen = gaps[at].contains('-');
            if hyphen {
                out.push('-');
            } else if !is_short[at + 1] {
                out.push(' ');
            }
        }
    }
    out
}

/// The letters that stand for a name: its capital, and capitals right after it as small letters.
fn initial(word: &str) -> Option<(String, bool)> {
    let mut chars = word.chars();
    let first = chars.next()?;
    if !is_initial(first) {
        return None;
    }
    let rest = chars.as_str();
    let letters_end = rest.find(|c: char| !is_name_letter(c)).unwrap_or(rest.len());
    let (letters, after) = rest.split_at(letters_end);
    if !letters.is_empty() && after.starts_with('.') {
        return Some((format!("{first}{letters}"), true));
    }
    let capitals: String =
        letters.chars().take_while(|c| c.to_uppercase().eq(std::iter::once(*c))).collect();
    let extra =
        if capitals.len() < letters.len() { capitals.to_lowercase() } else { String::new() };
    Some((format!("{first}{extra}"), after.starts_with('.')))
}

fn is_initial(c: char) -> bool {
    c.is_ascii_uppercase()
        || matches!(c,
            '\u{e01}'..='\u{e5b}' | '\u{c0}'..='\u{17f}' | '\u{400}'..='\u{42f}'
            | '\u{590}'..='\u{5d4}' | '\u{5d6}'..='\u{5ff}' | '\u{600}'..='\u{6ff}'
            | '\u{370}' | '\u{372}' | '\u{376}' | '\u{386}' | '\u{388}'..='\u{3ab}'
            | '\u{3f4}' | '\u{3f7}' | '\u{3fd}'..='\u{3ff}')
}

fn is_name_letter(c: char) -> bool {
    c.is_ascii_alphabetic()
        || matches!(c,
            '\u{e01}'..='\u{e5b}' | '\u{c0}'..='\u{17f}' | '\u{400}'..='\u{52f}'
            | '\u{600}'..='\u{6ff}' | '\u{370}'..='\u{3ff}' | '\u{1f00}'..='\u{1fff}')
}

fn initialize(words: &mut [String], gaps: &mut [String], terminator: &str) -> String {
    let mut out = String::new();
    for at in 0..words.len() {
        let word = words[at].clone();
        let gap = gaps.get(at).cloned().unwrap_or_default();
        let initial = initial(&word).or_else(|| {
            let first = word.chars().next().filter(|_| terminator.contains("%s"))?;
            (!is_romanesque(first) && word.chars().count() > 1).then(|| (first.to_string(), false))
        });
        let upper = initial.as_ref().is_some_and(|(text, _)| {
            text.chars().next().is_some_and(|c| c.to_uppercase().eq(std::iter::once(c)))
        });
        match initial {
            Some((text, _)) if upper => {
                if terminator.contains("%s") {
                    out.push_str(&terminator.replace("%s", &text));
                    if at + 1 < words.len() {
                        out.push_str(&gap);
                    }
                } else {
                    out.push_str(&text);
                    out.push_str(terminator);
                    if gap.contains('-') {
                        out.push('-');
                    }
                }
            }
            other => {
                if !word.is_empty() && other.is_none_or(|(_, dotted)| !dotted) {
                    if word.chars().any(is_romanesque) {
                        out.push(' ');
                    }
                    out.push_str(&word);
                } else {
                    out.push_str(&word);
                }
                out.push_str(&gap);
            }
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(name: &str, terminator: &str, expected: &str) {
        assert_eq!(initials(name, terminator, false, true), expected, "{name}");
    }

    #[test]
    fn given_names_become_initials() {
        check("Anne Marie", ". ", "A. M.");
        check("Jean-Luc", ".", "J.-L.");
        check("Hans J.", ". ", "H. J.");
        check("Åse", ".", "Å.");
        check("Ph. M.E.", ". ", "Ph. M. E.");
        check("", ". ", "");
    }

    #[test]
    fn names_stay_where_only_initials_are_normalized() {
        assert_eq!(initials("Anne M", ". ", true, true), "Anne M.");
        assert_eq!(initials("A. M.", "", true, true), "AM");
    }
}
