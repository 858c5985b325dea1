//! TeX as it stands in `.bib` files, turned into Unicode. Total: any text gives some text.

use unicode_normalization::UnicodeNormalization;

/// `tex` as plain Unicode text: accents and symbols decoded, braces and formatting commands
/// dropped, ties and runs of blanks as one space. What it does not know stays as written.
pub fn to_unicode(tex: &str) -> String {
    if !tex.contains(['\\', '{', '}', '~', '$', '\n', '\t', '-', '`', '\'', '%', '\r']) {
        // One spelling of a letter, whether its accent came with it or after it.
        return if tex.is_ascii() { squeeze(tex) } else { squeeze(&tex.nfc().collect::<String>()) };
    }
    let mut out = String::with_capacity(tex.len());
    let chars: Vec<char> = tex.chars().collect();
    let lone = lone_dollar(&chars);
    let mut at = 0;
    while at < chars.len() {
        if Some(at) == lone {
            out.push('$');
            at += 1;
        } else {
            at = step(&chars, at, &mut out);
        }
    }
    squeeze(&out.nfc().collect::<String>())
}

/// The dollar sign that begins no formula: the last one, where they do not pair up.
fn lone_dollar(chars: &[char]) -> Option<usize> {
    let mut dollars = chars.iter().enumerate().filter(|(at, c)| {
        **c == '$' && !at.checked_sub(1).is_some_and(|before| chars[before] == '\\')
    });
    let last = dollars.clone().last()?.0;
    let odd = dollars.by_ref().count() % 2 == 1;
    odd.then_some(last)
}

fn squeeze(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for word in text.split([' ', '\t', '\n', '\r']).filter(|word| !word.is_empty()) {
        if !out.is_empty() {
            out.push(' ');
        }
        out.push_str(word);
    }
    out
}

/// Takes one thing at `at`; gives where the next begins.
pub(super) fn step(chars: &[char], at: usize, out: &mut String) -> usize {
    match chars[at] {
        '\\' => command(chars, at + 1, out),
        '{' | '}' => at + 1,
        '~' => {
            out.push('\u{a0}');
            at + 1
        }
        '-' if chars.get(at + 1) == Some(&'-') => {
            let long = chars.get(at + 2) == Some(&'-');
            out.push(if long { '—' } else { '–' });
            at + if long { 3 } else { 2 }
        }
        '`' if chars.get(at + 1) == Some(&'`') => {
            out.push('“');
            at + 2
        }
        '\'' if chars.get(at + 1) == Some(&'\'') => {
            out.push('”');
            at + 2
        }
        '$' => at + 1,
        c => {
            out.push(c);
            at + 1
        }
    }
}

fn command(chars: &[char], at: usize, out: &mut String) -> usize {
    let Some(&first) = chars.get(at) else {
        out.push('\\');
        return at;
    };
    if !first.is_ascii_alphabetic() {
        if let Some(mark) = accent(first) {
            return accented(chars, at + 1, mark, out);
        }
        match first {
            '&' | '%' | '$' | '#' | '_' | '{' | '}' => out.push(first),
            ' ' | ',' | ';' | ':' | '\n' => out.push(' '),
            '-' | '/' | '!' | '@' | '*' | '(' | ')' | '[' | ']' => {}
            '\\' => out.push(' '),
            other => {
                out.push('\\');
                out.push(other);
            }
        }
        return at + 1;
    }
    let end = (at..chars.len()).find(|i| !chars[*i].is_ascii_alphabetic()).unwrap_or(chars.len());
    let name: String = chars[at..end].iter().collect();
    if name.len() == 1
        && let Some(mark) = accent(first)
    {
        return accented(chars, end, mark, out);
    }
    if let Some(text) = symbol(&name) {
        out.push_str(text);
        return past_blank(chars, end);
    }
    if IGNORED.contains(&name.as_str()) {
        return past_blank(chars, end);
    }
    out.push('\\');
    out.push_str(&name);
    end
}

/// A blank after a command's name ends the name and nothing else; `{}` after it likewise.
fn past_blank(chars: &[char], at: usize) -> usize {
    let next = (at..chars.len()).find(|i| !matches!(chars[*i], ' ' | '\t')).unwrap_or(chars.len());
    if chars.get(at) == Some(&'{') && chars.get(at + 1) == Some(&'}') { at + 2 } else { next }
}

/// Puts `mark` on the letter that follows, in braces or not.
fn accented(chars: &[char], at: usize, mark: char, out: &mut String) -> usize {
    let mut next = (at..chars.len()).find(|i| chars[*i] != ' ').unwrap_or(chars.len());
    let braced = chars.get(next) == Some(&'{');
    if braced {
        next += 1;
    }
    let (letter, mut end) = match chars.get(next) {
        Some('\\') => {
            let mut inner = String::new();
            let end = command(chars, next + 1, &mut inner);
            let letter = match inner.chars().next() {
                Some('ı') => Some('i'),
                Some('ȷ') => Some('j'),
                other => other,
            };
            (letter, end)
        }
        Some('}') | None => (None, next),
        Some(c) => (Some(*c), next + 1),
    };
    out.push(letter.unwrap_or('\u{a0}'));
    out.push(mark);
    if braced && chars.get(end) == Some(&'}') {
        end += 1;
    }
    end
}

fn accent(c: char) -> Option<char> {
    Some(match c {
        '`' => '\u{300}',
        '\'' => '\u{301}',
        '^' => '\u{302}',
        '~' => '\u{303}',
        '=' => '\u{304}',
        'u' => '\u{306}',
        '.' => '\u{307}',
        '"' => '\u{308}',
        'r' => '\u{30a}',
        'H' => '\u{30b}',
        'v' => '\u{30c}',
        'd' => '\u{323}',
        'c' => '\u{327}',
        'k' => '\u{328}',
        'b' => '\u{331}',
        _ => return None,
    })
}

/// Whether it is the name of an accent, a symbol or a command that is dropped.
pub(super) fn is_known(name: &str) -> bool {
    let is_accent = name.len() == 1 && name.chars().next().and_then(accent).is_some();
    is_accent || symbol(name).is_some() || IGNORED.contains(&name)
}

fn symbol(name: &str) -> Option<&'static str> {
    SYMBOLS.iter().find(|(known, _)| *known == name).map(|(_, text)| *text)
}

#[rustfmt::skip] // A table to look things up in.
const IGNORED: &[&str] = &[
    "emph", "textit", "textbf", "textsc", "textrm", "textsf", "texttt", "textup", "textnormal",
    "mkbibquote", "mkbibemph", "mkbibitalic", "it", "bf", "em", "sc", "rm", "sl", "tt", "sf",
    "itshape", "bfseries", "scshape", "protect", "url", "mbox", "text", "noopsort", "relax",
    "foreignlanguage", "textsuperscript", "textsubscript", "NoCaseChange", "uppercase",
    "MakeUppercase", "hbox", "enquote", "ensuremath", "mathrm", "upshape", "normalfont",
];

#[rustfmt::skip] // A table to look things up in.
const SYMBOLS: &[(&str, &str)] = &[
    ("AA", "Å"), ("AE", "Æ"), ("O", "Ø"), ("OE", "Œ"), ("L", "Ł"), ("DH", "Ð"), ("DJ", "Đ"),
    ("TH", "Þ"), ("NG", "Ŋ"), ("SS", "ẞ"), ("aa", "å"), ("ae", "æ"), ("o", "ø"), ("oe", "œ"),
    ("l", "ł"), ("dh", "ð"), ("dj", "đ"), ("th", "þ"), ("ng", "ŋ"), ("ss", "ß"), ("i", "ı"),
    ("j", "ȷ"), ("S", "§"), ("P", "¶"), ("dag", "†"), ("ddag", "‡"), ("copyright", "©"),
    ("pounds", "£"), ("textendash", "–"), ("textemdash", "—"), ("ldots", "…"), ("dots", "…"),
    ("textellipsis", "…"), ("textquoteleft", "‘"), ("textquoteright", "’"),
    ("textquotedblleft", "“"), ("textquotedblright", "”"), ("textquotesingle", "'"),
    ("textquotedbl", "\""), ("guillemotleft", "«"), ("guillemotright", "»"),
    ("guillemetleft", "«"), ("guillemetright", "»"), ("flqq", "«"), ("frqq", "»"),
    ("quotedblbase", "„"), ("quotesinglbase", "‚"), ("glqq", "„"), ("grqq", "“"),
    ("textasciitilde", "~"), ("textasciicircum", "^"), ("textbackslash", "\\"),
    ("textunderscore", "_"), ("textbar", "|"), ("textless", "<"), ("textgreater", ">"),
    ("textbraceleft", "{"), ("textbraceright", "}"), ("textdollar", "$"), ("textdegree", "°"),
    ("textregistered", "®"), ("texttrademark", "™"), ("textbullet", "•"), ("textmu", "µ"),
    ("textordfeminine", "ª"), ("textordmasculine", "º"), ("texteuro", "€"), ("euro", "€"),
    ("textperiodcentered", "·"), ("slash", "/"), ("hyphen", "-"), ("LaTeX", "LaTeX"),
    ("TeX", "TeX"), ("BibTeX", "BibTeX"), ("alpha", "α"), ("beta", "β"), ("gamma", "γ"),
    ("delta", "δ"), ("epsilon", "ε"), ("lambda", "λ"), ("mu", "μ"), ("pi", "π"), ("sigma", "σ"),
    ("tau", "τ"), ("phi", "φ"), ("chi", "χ"), ("omega", "ω"), ("Delta", "Δ"), ("Sigma", "Σ"),
    ("Omega", "Ω"), ("times", "×"), ("pm", "±"), ("leq", "≤"), ("geq", "≥"), ("infty", "∞"),
    ("rightarrow", "→"), ("to", "→"), ("sim", "∼"), ("quad", " "), ("qquad", " "), ("space", " "),
    ("newline", " "), ("par", " "),
];

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(tex: &str, unicode: &str) {
        assert_eq!(to_unicode(tex), unicode);
    }

    #[test]
    fn accents_in_every_spelling() {
        check(
            r#"Mart{\'\i}nez \'{\i} \"{o} \"o {\"o} \r{a} \c{c} {\v s}"#,
            "Martínez í ö ö ö å ç š",
        );
    }

    #[test]
    fn letters_that_end_where_the_word_goes_on() {
        check(r"S\o{}ren Wei\ss. {\O}degaard \AA sen {\aa}", "Søren Weiß. Ødegaard Åsen å");
    }

    #[test]
    fn symbols_quotes_and_dashes() {
        check(r"A \& B 100\,\% ``q'' 1--2 x---y", "A & B 100 % “q” 1–2 x—y");
    }

    #[test]
    fn formatting_is_dropped_and_the_unknown_kept() {
        check(r"\emph{Big} {\it x} \foo{y} {DNA}", r"Big x \fooy DNA");
    }

    #[test]
    fn text_without_tex_is_the_same_but_for_blanks() {
        check("a  b\n c", "a b c");
    }
}
