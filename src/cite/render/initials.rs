//! Given names as initials (CSL 1.0.2, `initialize`, `initialize-with`, `initialize-with-hyphen`).

use super::text::without_tags;
use crate::cite::output::markup::is_romanesque;

/// The given names as initials; with `only_normalize` names stay and only initials among them get
/// their terminator.
pub(in crate::cite) fn initials(
    name: &str,
    terminator: &str,
    only_normalize: bool,
    keep_hyphen: bool,
) -> String {
    let bare = without_tags(name);
    let begins = bare.chars().next().is_some_and(|c| c == '&' || is_romanesque(c));
    if name.is_empty() {
        return String::new();
    }
    if matches!(name, "Lord" | "Lady") || !begins && !terminator.contains("%s") {
        return name.to_owned();
    }
    let name = if keep_hyphen { name.to_owned() } else { name.replace('-', " ") };
    let (mut words, gaps) = split(&prepared(&name));
    if gaps.is_empty() {
        let last = words[0].rsplit('.').next().unwrap_or_default().to_owned();
        let alone = last.chars().count() == 1 && last != last.to_lowercase();
        if alone {
            words[0].push('.');
        }
    }
    let out = if only_normalize {
        normalize(&mut words, &gaps, terminator)
    } else {
        initialize(&words, &gaps, terminator)
    };
    tidy(&out).replace('–', "-")
}

/// The words, and what stands between them: spaces, hyphens, one tag.
fn split(name: &str) -> (Vec<String>, Vec<String>) {
    let is_gap = |c: char| c == '-' || c.is_whitespace();
    let tag = |text: &str| {
        let end = text.strip_prefix('<').and_then(|rest| rest.find('>'))?;
        Some(end + 2)
    };
    let (mut words, mut gaps) = (vec![String::new()], Vec::new());
    let mut rest = name;
    while let Some(c) = rest.chars().next() {
        let spaces = rest.len() - rest.trim_start_matches(is_gap).len();
        let mut length = spaces;
        if let Some(tag) = tag(&rest[spaces..]) {
            length += tag;
            length += rest[length..].len() - rest[length..].trim_start_matches(is_gap).len();
        }
        if length == 0 {
            if let Some(word) = words.last_mut() {
                word.push(c);
            }
            rest = &rest[c.len_utf8()..];
        } else {
            gaps.push(rest[..length].to_owned());
            words.push(String::new());
            rest = &rest[length..];
        }
    }
    (words, gaps)
}

/// The tags of a gap with the hyphens beside them.
fn tags(gap: &str) -> String {
    let (Some(start), Some(end)) = (gap.find('<'), gap.rfind('>')) else { return String::new() };
    let before = gap[..start].len() - gap[..start].trim_end_matches('-').len();
    let after = gap[end + 1..].len() - gap[end + 1..].trim_start_matches('-').len();
    gap[start - before..=end + after].to_owned()
}

/// A gap in which the terminator stands in front of the spaces and around the tags.
fn with_terminator(gap: &str, terminator: &str) -> String {
    let tags = tags(gap);
    let end = terminator.trim_end().len();
    format!("{}{tags}{}", &terminator[..end], &terminator[end..])
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

fn normalize(words: &mut [String], gaps: &[String], terminator: &str) -> String {
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
        let Some(gap) = gaps.get(at) else {
            if is_short[at] {
                out.push_str(terminator);
            }
            continue;
        };
        if !is_short[at] {
            out.push_str(gap);
            continue;
        }
        let mut gap = if gap.contains('<') { tags(gap).replace('-', "") } else { gap.clone() };
        if !is_short[at + 1] {
            gap.push(' ');
        }
        if words[at + 1].chars().count() > 1 {
            out.push_str(terminator.trim_end_matches('\u{feff}'));
            out.push_str(&gap);
        } else {
            out.push_str(&with_terminator(&gap, terminator));
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

fn initialize(words: &[String], gaps: &[String], terminator: &str) -> String {
    let mut out = String::new();
    for (at, word) in words.iter().enumerate() {
        let gap = gaps.get(at).map_or("", String::as_str);
        if word.is_empty() {
            out.push_str(gap);
            continue;
        }
        let letters = initial(word).or_else(|| {
            let first = word.chars().next().filter(|_| terminator.contains("%s"))?;
            (!is_romanesque(first) && word.chars().count() > 1).then(|| (first.to_string(), false))
        });
        let capital = |text: &str| {
            text.chars().next().is_some_and(|c| c.to_uppercase().eq(std::iter::once(c)))
        };
        match letters {
            Some((text, _)) if capital(&text) => {
                if terminator.contains("%s") {
                    out.push_str(&terminator.replace("%s", &text));
                    out.push_str(gap);
                    continue;
                }
                out.push_str(&text);
                if at + 1 == words.len() {
                    out.push_str(terminator);
                } else if gap.contains('-') {
                    out.push_str(&with_terminator(&gap.replacen('-', "", 1), terminator));
                    out.push('-');
                } else {
                    out.push_str(&with_terminator(gap, terminator));
                }
            }
            other => {
                if word.chars().any(is_romanesque) && other.is_none_or(|(_, dotted)| !dotted) {
                    out.push(' ');
                }
                out.push_str(word);
                out.push_str(gap);
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
