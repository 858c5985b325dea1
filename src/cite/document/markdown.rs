//! pandoc's citations in Markdown (pandoc manual, "Citation syntax"): `@key`, `[-@key]`, `@{key}`,
//! and `nocite` in the metadata. Code, addresses and cross-references to figures are passed over.

use super::Found;

/// What may stand within a key beside letters, digits and underscores.
const INNER: &[char] = &[':', '.', '#', '$', '%', '&', '-', '+', '?', '<', '>', '~', '/'];

/// References of pandoc-crossref and Quarto to parts of the document itself.
const PARTS: &[&str] = &[
    "fig:", "tbl:", "eq:", "sec:", "lst:", "fig-", "tbl-", "eq-", "sec-", "lst-", "thm-", "lem-",
    "cor-", "prp-", "cnj-", "def-", "exm-", "exr-",
];

pub(super) fn read(text: &str, found: &mut Found) {
    let mut fence: Option<(char, usize)> = None;
    let mut paragraph = String::new();
    for line in text.lines() {
        let bare = line.trim_start();
        let mark = bare.chars().next().unwrap_or_default();
        let length = bare.chars().take_while(|c| *c == mark).count();
        let is_fence = matches!(mark, '`' | '~') && length >= 3;
        match fence {
            Some((open, count)) => {
                if mark == open && length >= count && bare[length..].trim().is_empty() {
                    fence = None;
                }
                continue;
            }
            None if is_fence && !(mark == '`' && bare[length..].contains('`')) => {
                fence = Some((mark, length));
                continue;
            }
            None => {}
        }
        if bare.is_empty() {
            inline(&paragraph, found);
            paragraph.clear();
        }
        paragraph.push_str(line);
        paragraph.push('\n');
    }
    inline(&paragraph, found);
}

/// The keys in text without blocks of code.
pub(super) fn inline(text: &str, found: &mut Found) {
    let chars: Vec<char> = text.chars().collect();
    let mut at = 0;
    while let Some(&c) = chars.get(at) {
        match c {
            '\\' => at += 2,
            '`' => at = past_code(&chars, at),
            // An address in angle brackets, or a comment.
            '<' => at = past_angle(&chars, at),
            // The destination of a link.
            ']' if chars.get(at + 1) == Some(&'(') => {
                let end = chars[at..].iter().position(|c| matches!(c, ')' | '\n'));
                at += end.unwrap_or(1).max(1);
            }
            '@' if !is_inside_word(&chars, at) => at = key(&chars, at + 1, found),
            _ => at += 1,
        }
    }
}

/// Whether an `@` stands in an address: after a letter, or in a word with `://`.
fn is_inside_word(chars: &[char], at: usize) -> bool {
    let before: String = chars[..at].iter().rev().take_while(|c| !c.is_whitespace()).collect();
    before.chars().next().is_some_and(char::is_alphanumeric) || before.contains("//:")
}

fn key(chars: &[char], at: usize, found: &mut Found) -> usize {
    let rest = &chars[at..];
    if rest.first() == Some(&'{') {
        let end = rest.iter().position(|c| matches!(c, '}' | '\n'));
        if let Some(end) = end.filter(|end| rest[*end] == '}') {
            found.key(&rest[1..end].iter().collect::<String>());
            return at + end;
        }
        return at + 1;
    }
    if rest.first() == Some(&'*') {
        found.key("*");
        return at + 1;
    }
    let is_plain = |c: char| c.is_alphanumeric() || c == '_';
    let mut length = 0;
    while let Some(&c) = rest.get(length) {
        let goes_on = || rest.get(length + 1).is_some_and(|next| is_plain(*next));
        if is_plain(c) || length > 0 && INNER.contains(&c) && goes_on() {
            length += 1;
        } else {
            break;
        }
    }
    let key: String = rest[..length].iter().collect();
    if !PARTS.iter().any(|part| key.starts_with(part)) {
        found.key(&key);
    }
    at + length
}

fn past_code(chars: &[char], at: usize) -> usize {
    let count = chars[at..].iter().take_while(|c| **c == '`').count();
    let mut end = at + count;
    while end < chars.len() {
        let run = chars[end..].iter().take_while(|c| **c == '`').count();
        if run == count {
            return end + run;
        }
        end += run.max(1);
    }
    at + count
}

fn past_angle(chars: &[char], at: usize) -> usize {
    let rest = &chars[at..];
    if rest.starts_with(&['<', '!', '-', '-']) {
        let end = rest.windows(3).position(|it| it == ['-', '-', '>']);
        return end.map_or(at + 4, |end| at + end + 3);
    }
    let end = rest.iter().position(|c| *c == '>' || c.is_whitespace());
    match end {
        Some(end) if rest[end] == '>' => at + end + 1,
        _ => at + 1,
    }
}
