//! TeX as it stands in `.bib` files, turned into Unicode. Total: any text gives some text.

use std::collections::HashMap;
use std::sync::LazyLock;
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
    let short = if name.len() == 1 { accent(first) } else { None };
    if let Some(mark) = short.or_else(|| long_accent(&name)) {
        return accented(chars, end, mark, out);
    }
    if let Some(text) = symbols().get(name.as_str()) {
        out.push_str(text);
        return past_blank(chars, end);
    }
    if DROPPED.contains(&name.as_str()) {
        return past_blank(chars, end);
    }
    if OPERATORS.contains(&name.as_str()) {
        out.push_str(&name);
        return end;
    }
    if let Some(letters) = alphabet(&name) {
        return in_alphabet(chars, past_blank(chars, end), letters, out);
    }
    out.push('\\');
    out.push_str(&name);
    end
}

/// Puts what follows, in braces or not, in the letters of an alphabet.
fn in_alphabet(chars: &[char], at: usize, letters: fn(char) -> char, out: &mut String) -> usize {
    if chars.get(at) != Some(&'{') {
        out.extend(chars.get(at).filter(|c| c.is_ascii_alphanumeric()).map(|c| letters(*c)));
        return if chars.get(at).is_some_and(char::is_ascii_alphanumeric) { at + 1 } else { at };
    }
    let plain = chars[at + 1..].iter().take_while(|c| c.is_ascii_alphanumeric() || **c == ' ');
    let before = out.len();
    out.extend(plain.map(|c| letters(*c)));
    at + 1 + out[before..].chars().count()
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
        't' => '\u{361}',
        'G' => '\u{30f}',
        'f' => '\u{311}',
        'h' => '\u{309}',
        _ => return None,
    })
}

/// Accents with long names, those of mathematics among them.
fn long_accent(name: &str) -> Option<char> {
    Some(match name {
        "grave" => '\u{300}',
        "acute" => '\u{301}',
        "hat" | "widehat" => '\u{302}',
        "tilde" | "widetilde" => '\u{303}',
        "bar" | "overline" => '\u{304}',
        "breve" => '\u{306}',
        "dot" => '\u{307}',
        "ddot" => '\u{308}',
        "mathring" => '\u{30a}',
        "check" => '\u{30c}',
        "vec" => '\u{20d7}',
        "textcommabelow" => '\u{326}',
        "textcommaabove" => '\u{313}',
        "textogonekcentered" => '\u{328}',
        "cedla" => '\u{327}',
        _ => return None,
    })
}

/// Whether it is the name of an accent, a symbol or a command that is dropped.
pub(super) fn is_known(name: &str) -> bool {
    is_accent(name)
        || symbols().contains_key(name)
        || DROPPED.contains(&name)
        || OPERATORS.contains(&name)
        || alphabet(name).is_some()
}

fn is_accent(name: &str) -> bool {
    let mut chars = name.chars();
    let one = (chars.next(), chars.next());
    matches!(one, (Some(c), None) if accent(c).is_some()) || long_accent(name).is_some()
}

/// The texts that commands stand for, by their names: `data/builtin/tex/symbols.tsv`.
fn symbols() -> &'static HashMap<&'static str, &'static str> {
    static SYMBOLS: LazyLock<HashMap<&str, &str>> = LazyLock::new(|| rows(TABLE).collect());
    &SYMBOLS
}

const TABLE: &str = include_str!("../../data/builtin/tex/symbols.tsv");

fn rows(table: &'static str) -> impl Iterator<Item = (&'static str, &'static str)> {
    let lines = table.lines().filter(|line| !line.starts_with('#'));
    lines.filter_map(|line| line.split_once('\t'))
}

/// The letters and digits of an alphabet of mathematics, where Unicode has them.
fn alphabet(command: &str) -> Option<fn(char) -> char> {
    // Behind the code points of A, a and 0: the letters that Unicode had before the alphabets.
    Some(match command {
        "mathbb" | "mathds" | "Bbb" | "mathbbm" => {
            |c| styled(c, [0x1d538, 0x1d552, 0x1d7d8], "CℂHℍNℕPℙQℚRℝZℤ")
        }
        "mathcal" | "mathscr" | "cal" => {
            |c| styled(c, [0x1d49c, 0x1d4b6, 0x30], "BℬEℰFℱHℋIℐLℒMℳRℛeℯgℊoℴ")
        }
        "mathfrak" | "frak" => |c| styled(c, [0x1d504, 0x1d51e, 0x30], "CℭHℌIℑRℜZℨ"),
        _ => return None,
    })
}

fn styled(c: char, first: [u32; 3], older: &str) -> char {
    if let Some(at) = older.chars().step_by(2).position(|it| it == c) {
        return older.chars().nth(2 * at + 1).unwrap_or(c);
    }
    let code = match c {
        'A'..='Z' => first[0] + (c as u32 - 'A' as u32),
        'a'..='z' => first[1] + (c as u32 - 'a' as u32),
        '0'..='9' => first[2] + (c as u32 - '0' as u32),
        _ => return c,
    };
    char::from_u32(code).unwrap_or(c)
}

/// What TeX there is for a character that is not ASCII: `{\o}`, `\H{o}`; `None` where there is none.
pub fn of(c: char) -> Option<String> {
    let text = c.to_string();
    let (words, math) = TABLE.split_at(TABLE.find("# Greek").unwrap_or(TABLE.len()));
    if let Some((name, _)) = rows(words).find(|(_, it)| *it == text) {
        return Some(format!("{{\\{name}}}"));
    }
    if let Some((name, _)) = rows(math).find(|(_, it)| *it == text) {
        return Some(format!("\\ensuremath{{\\{name}}}"));
    }
    let parts: Vec<char> = text.nfd().collect();
    let [letter, mark] = parts.as_slice() else { return None };
    let short = "`'^~=u.\"rHvdckbtGfh".chars().find(|it| accent(*it) == Some(*mark))?;
    let letter = match letter {
        'i' if !matches!(short, 'd' | 'c' | 'k' | 'b') => "\\i".to_owned(),
        letter if letter.is_ascii_alphabetic() => letter.to_string(),
        _ => return None,
    };
    Some(format!("\\{short}{{{letter}}}"))
}

#[rustfmt::skip] // A table to look things up in.
const DROPPED: &[&str] = &[
    "emph", "textit", "textbf", "textsc", "textrm", "textsf", "texttt", "textup", "textnormal",
    "textsl", "textmd", "textlf", "textin", "mkbibquote", "mkbibemph", "mkbibitalic", "mkbibbold",
    "mkbibacro", "mkbibparens", "it", "bf", "em", "sc", "rm", "sl", "tt", "sf", "itshape",
    "bfseries", "scshape", "slshape", "sffamily", "ttfamily", "rmfamily", "mdseries", "protect",
    "url", "mbox", "fbox", "text", "noopsort", "relax", "foreignlanguage", "textsuperscript",
    "textsubscript", "NoCaseChange", "uppercase", "MakeUppercase", "lowercase", "MakeLowercase",
    "hbox", "enquote", "ensuremath", "mathrm", "mathit", "mathbf", "mathsf", "mathtt", "mathnormal",
    "boldsymbol", "bm", "mathop", "operatorname", "upshape", "normalfont", "underline", "left",
    "right", "big", "Big", "bigl", "bigr", "Bigl", "Bigr", "displaystyle", "textstyle",
    "scriptstyle", "small", "footnotesize", "large", "Large", "tiny", "normalsize", "nolinkurl",
    "path", "ignorespaces", "unskip", "xspace", "limits", "nolimits", "sloppy",
];

/// Names of functions, which are set as they are called.
#[rustfmt::skip] // A table to look things up in.
const OPERATORS: &[&str] = &[
    "arccos", "arcsin", "arctan", "arg", "cos", "cosh", "cot", "coth", "csc", "deg", "det", "dim",
    "exp", "gcd", "hom", "inf", "ker", "lg", "lim", "liminf", "limsup", "ln", "log", "max", "min",
    "mod", "Pr", "sec", "sin", "sinh", "sup", "tan", "tanh",
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
    fn symbols_alphabets_and_functions_are_read() {
        check(r"$\mathbb{R}^n$ $\mathcal O(n \log n)$ $\mathfrak{sl}_2$", "ℝ^n 𝒪(n log n) 𝔰𝔩_2");
        check(r"caf\textquoteright s \S 5, 3\textdegree C, \textnumero{} 2", "caf’s §5, 3°C, № 2");
        check(r"$\hat{x} \leq \alpha \Rightarrow \varnothing$", "x̂ ≤α⇒∅");
        check(r"\textcommabelow{t} \t{oo} \guilsinglleft a\guilsinglright", "ț o͡o ‹a›");
    }

    #[test]
    fn tex_that_is_given_for_a_character_is_read_as_that_character() {
        for c in "øØåéőŻçşłßÞı–“”€αΩ∞→ęǎîḃ".chars() {
            let tex = of(c).unwrap_or_else(|| panic!("no TeX for {c}"));
            assert_eq!(to_unicode(&tex), c.to_string(), "{tex}");
        }
        assert_eq!(of('漢'), None);
    }

    #[test]
    fn the_table_has_each_name_once() {
        assert!(rows(TABLE).count() > 500);
        assert_eq!(rows(TABLE).count(), symbols().len());
        assert!(rows(TABLE).all(|(name, text)| !name.is_empty() && !text.is_empty()));
    }

    #[test]
    fn text_without_tex_is_the_same_but_for_blanks() {
        check("a  b\n c", "a b c");
    }
}
