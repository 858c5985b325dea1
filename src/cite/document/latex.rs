//! The citing commands of LaTeX, natbib and BibLaTeX (BibLaTeX manual 3.9), and `.aux` files.

use super::Found;

/// Commands that are named like a citing one and cite nothing.
const OTHERS: &[&str] = &[
    "citestyle",
    "citereset",
    "citesetup",
    "bibcite",
    "citeindextrue",
    "citeindexfalse",
    "citetrackertrue",
    "citetrackerfalse",
    "citeform",
    "citeleft",
    "citeright",
    "citemid",
    "citepunct",
    "citedash",
    "citenumfont",
    "citeoption",
];

pub(super) fn read(text: &str, found: &mut Found) {
    let text = without_comments(text);
    let chars: Vec<char> = text.chars().collect();
    let mut at = 0;
    while at < chars.len() {
        if chars[at] != '\\' {
            at += 1;
            continue;
        }
        let length = chars[at + 1..].iter().take_while(|c| c.is_ascii_alphabetic()).count();
        if length == 0 {
            at += 2;
            continue;
        }
        let name: String = chars[at + 1..=at + length].iter().collect::<String>().to_lowercase();
        at += 1 + length;
        if name == "verb" {
            at = past_verb(&chars, at);
        } else if is_citing(&name) {
            at = arguments(&chars, at, &name, found);
        }
    }
}

/// `cite` and everything that begins or ends with it.
fn is_citing(name: &str) -> bool {
    (name.starts_with("cite") || name.contains("cite") && !name.starts_with("bib"))
        && !OTHERS.contains(&name)
        && !name.starts_with("declare")
        && !name.starts_with("new")
        || matches!(name, "bibentry" | "fullcite" | "footfullcite")
}

fn arguments(chars: &[char], mut at: usize, name: &str, found: &mut Found) -> usize {
    if chars.get(at) == Some(&'*') {
        at += 1;
    }
    let is_list = name.ends_with("cites");
    // The volume stands before the key.
    let mut before = usize::from(name.ends_with("volcite"));
    loop {
        let next = past_blanks(chars, at);
        match chars.get(next) {
            Some('[') => at = past_group(chars, next, '[', ']'),
            Some('(') if is_list => at = past_group(chars, next, '(', ')'),
            Some('{') => {
                let end = past_group(chars, next, '{', '}');
                if chars.get(end - 1) != Some(&'}') {
                    return end;
                }
                if before > 0 {
                    before -= 1;
                } else {
                    let inner: String = chars[next + 1..end.max(next + 2) - 1].iter().collect();
                    for key in inner.split(',') {
                        let key = key.split_whitespace().collect::<Vec<_>>().join(" ");
                        if !key.contains(['\\', '#', '{', '}']) {
                            found.key(&key);
                        }
                    }
                    if !is_list {
                        return end;
                    }
                }
                at = end;
            }
            _ => return at,
        }
    }
}

/// Blanks and at most one line end.
fn past_blanks(chars: &[char], at: usize) -> usize {
    let mut ends = 0;
    let count = chars[at.min(chars.len())..]
        .iter()
        .take_while(|c| {
            ends += usize::from(**c == '\n');
            c.is_whitespace() && ends < 2
        })
        .count();
    at + count
}

/// Where a group that opens at `at` is over; the end of the text where it does not close.
fn past_group(chars: &[char], at: usize, open: char, close: char) -> usize {
    let (mut depth, mut braces) = (0_usize, 0_usize);
    for (i, c) in chars[at..].iter().enumerate() {
        match *c {
            c if c == open && braces == 0 => depth += 1,
            c if c == close && braces == 0 => {
                depth = depth.saturating_sub(1);
                if depth == 0 {
                    return at + i + 1;
                }
            }
            '{' => braces += 1,
            '}' => braces = braces.saturating_sub(1),
            _ => {}
        }
    }
    chars.len()
}

fn past_verb(chars: &[char], at: usize) -> usize {
    let at = if chars.get(at) == Some(&'*') { at + 1 } else { at };
    let Some(mark) = chars.get(at) else { return at };
    let end = chars[at + 1..].iter().position(|c| c == mark || *c == '\n');
    end.map_or(at + 1, |end| at + end + 2)
}

/// The text without comments, verbatim environments and what stands after the document's end.
fn without_comments(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut within: Option<String> = None;
    for line in text.lines() {
        if let Some(end) = &within {
            if line.contains(end.as_str()) {
                within = None;
            }
            continue;
        }
        let mut escaped = false;
        let comment = line.char_indices().find(|(_, c)| {
            let found = *c == '%' && !escaped;
            escaped = *c == '\\' && !escaped;
            found
        });
        let code = comment.map_or(line, |(at, _)| &line[..at]);
        if let Some(end) = code.find("\\end{document}") {
            out.push_str(&code[..end]);
            break;
        }
        let opened = ["verbatim", "lstlisting", "minted", "comment"]
            .iter()
            .find_map(|name| code.find(&format!("\\begin{{{name}")).map(|at| (at, name)));
        if let Some((at, name)) = opened {
            out.push_str(&code[..at]);
            let end = format!("\\end{{{name}");
            if !code[at..].contains(&end) {
                within = Some(end);
            }
        } else {
            out.push_str(code);
        }
        out.push('\n');
    }
    out
}

/// `\citation{…}` of BibTeX, `\abx@aux@cite{…}` of BibLaTeX.
pub(super) fn read_aux(text: &str, found: &mut Found) {
    for line in text.lines() {
        let line = line.trim();
        if let Some(rest) = line.strip_prefix("\\citation{") {
            let inner = rest.split('}').next().unwrap_or_default();
            for key in inner.split(',') {
                found.key(key);
            }
        } else if let Some(rest) = line.strip_prefix("\\abx@aux@cite") {
            // Newer ones have the number of the reference section before the key.
            let groups: Vec<&str> =
                rest.split('{').skip(1).filter_map(|part| part.split('}').next()).collect();
            if let Some(key) = groups.last() {
                found.key(key);
            }
        }
    }
}
