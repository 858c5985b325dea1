//! Citations in Typst: `@key`, `#cite(<key>)`, `#cite(label("key"))`, and a bibliography that is
//! shown in full. A reference to a label of the document itself is no citation.

use super::Found;

pub(super) fn read(text: &str, found: &mut Found) {
    let chars: Vec<char> = without_code(text).chars().collect();
    let mut labels = Vec::new();
    let mut references = Vec::new();
    let mut at = 0;
    while let Some(&c) = chars.get(at) {
        let before = at.checked_sub(1).map(|at| chars[at]);
        match c {
            '\\' => at += 2,
            '@' if !before.is_some_and(char::is_alphanumeric) => {
                let name = label(&chars[at + 1..]);
                at += 1 + name.chars().count();
                references.push((name, false));
            }
            '<' => {
                let name = label(&chars[at + 1..]);
                let end = at + 1 + name.chars().count();
                if chars.get(end) == Some(&'>') && !name.is_empty() {
                    if is_cited(&chars[..at]) {
                        references.push((name, true));
                    } else {
                        labels.push(name);
                    }
                    at = end;
                }
                at += 1;
            }
            _ if chars[at..].starts_with(&['l', 'a', 'b', 'e', 'l', '(', '"']) => {
                let name: String = chars[at + 7..].iter().take_while(|c| **c != '"').collect();
                if is_cited(&chars[..at]) {
                    references.push((name, true));
                }
                at += 7;
            }
            _ => at += 1,
        }
    }
    for (name, certain) in references {
        if certain || !labels.contains(&name) {
            found.key(&name);
        }
    }
    let text: String = chars.iter().filter(|c| !c.is_whitespace()).collect();
    if text.contains("bibliography(") && text.contains("full:true") {
        found.key("*");
    }
}

/// Whether what stands here is the argument of `cite`.
fn is_cited(before: &[char]) -> bool {
    let tail: String = before.iter().rev().take(40).collect::<Vec<_>>().into_iter().rev().collect();
    tail.trim_end().ends_with("cite(")
}

/// A label's name; a full stop or colon at its end belongs to the sentence.
fn label(chars: &[char]) -> String {
    let fits = |c: &&char| c.is_alphanumeric() || matches!(c, '_' | '-' | '.' | ':');
    let name: String = chars.iter().take_while(fits).collect();
    name.trim_end_matches(['.', ':']).to_owned()
}

/// The text without comments and raw text.
fn without_code(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(c) = rest.chars().next() {
        let skipped = if rest.starts_with("//") && !out.ends_with(':') {
            rest.find('\n')
        } else if rest.starts_with("/*") {
            rest.find("*/").map(|at| at + 2)
        } else if c == '`' {
            let count = rest.bytes().take_while(|b| *b == b'`').count();
            let fence = &rest[..count];
            if count == 2 { Some(2) } else { rest[count..].find(fence).map(|at| at + 2 * count) }
        } else {
            out.push(c);
            rest = &rest[c.len_utf8()..];
            continue;
        };
        out.push(' ');
        rest = skipped.map_or("", |at| &rest[at..]);
    }
    out
}
