//! TeX as it stands in `.bib` files, with the look of its characters and with what braces protect.
//! Total: any text gives some pieces.

use super::rich_text::{Face, Height};
use super::tex;
use unicode_normalization::UnicodeNormalization;

/// Characters that share a look.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Piece {
    /// Plain Unicode; what `\enquote` holds stands in straight quotation marks.
    pub text: String,
    /// Their look.
    pub face: Face,
    /// Whether braces keep their case.
    pub kept: bool,
}

/// How deep groups are followed; deeper ones are read as if they had no braces.
const DEPTH: usize = 60;

/// The pieces of `tex`. Blanks are squeezed, none stand at the ends. Neighbours differ.
pub fn read(tex: &str) -> Vec<Piece> {
    let chars: Vec<char> = tex.chars().collect();
    let mut reader = Reader { chars: &chars, pieces: Vec::new(), math: false, quotes: 0 };
    let mut at = 0;
    while at < chars.len() {
        at = reader.group(at, Look::default(), 0);
    }
    let mut pieces = reader.pieces;
    if let Some(last) = pieces.last_mut() {
        last.text.truncate(last.text.trim_end_matches(' ').len());
    }
    pieces.retain(|piece| !piece.text.is_empty());
    pieces
}

#[derive(Clone, Copy, Default)]
struct Look {
    face: Face,
    kept: bool,
}

struct Reader<'a> {
    chars: &'a [char],
    pieces: Vec<Piece>,
    math: bool,
    quotes: usize,
}

impl Reader<'_> {
    /// Reads to the brace that closes the group, or to the end; gives where it goes on.
    fn group(&mut self, mut at: usize, mut look: Look, depth: usize) -> usize {
        while let Some(&c) = self.chars.get(at) {
            match c {
                '}' => return at + 1,
                '{' => at = self.braced(at + 1, look, depth),
                '$' => {
                    self.math = !self.math;
                    at += 1;
                }
                '^' | '_' if self.math => {
                    let height = if c == '^' { Height::Super } else { Height::Sub };
                    let look = Look { face: Face { height, ..look.face }, ..look };
                    at = self.argument(at + 1, look, depth);
                }
                '\\' if self.chars.get(at + 1).is_some_and(char::is_ascii_alphabetic) => {
                    at = self.command(at, &mut look, depth);
                }
                _ => at = self.one(at, look),
            }
        }
        at
    }

    fn braced(&mut self, at: usize, look: Look, depth: usize) -> usize {
        if depth >= DEPTH {
            return at;
        }
        // `{\o}` and `{\"o}` are letters, `{\em …}` is a look: neither keeps its case.
        let kept = look.kept || self.chars.get(at) != Some(&'\\');
        self.group(at, Look { kept, ..look }, depth + 1)
    }

    /// A command of letters at `at`; what changes the look of the rest of the group changes `look`.
    fn command(&mut self, at: usize, look: &mut Look, depth: usize) -> usize {
        let rest = &self.chars[at + 1..];
        let length = rest.iter().take_while(|c| c.is_ascii_alphabetic()).count();
        let name: String = rest[..length].iter().collect();
        let end = at + 1 + length;
        if let Some(face) = declared(&name, look.face) {
            look.face = face;
            return self.past_blanks(end);
        }
        if depth >= DEPTH {
            return self.one(at, *look);
        }
        if let Some(face) = applied(&name, look.face) {
            return self.argument(end, Look { face, ..*look }, depth);
        }
        match name.as_str() {
            "enquote" | "mkbibquote" | "textquote" => {
                let mark = if self.quotes.is_multiple_of(2) { "\"" } else { "'" };
                self.push(mark, *look);
                self.quotes += 1;
                let end = self.argument(end, *look, depth);
                self.quotes -= 1;
                self.push(mark, *look);
                end
            }
            "NoCaseChange" => self.argument(end, Look { kept: true, ..*look }, depth),
            "foreignlanguage" | "textlang" | "href" => {
                let mark = self.pieces.clone();
                let end = self.argument(end, *look, depth);
                self.pieces = mark;
                self.argument(end, *look, depth)
            }
            _ => match said(&name) {
                Some(text) => {
                    self.push(text, *look);
                    end
                }
                // Of a command that is not known, what it is given is shown.
                None if self.chars.get(end) == Some(&'{') && !tex::is_known(&name) => {
                    self.argument(end, *look, depth)
                }
                None if self.math && !tex::is_known(&name) => {
                    self.push(&name, *look);
                    end
                }
                None => self.one(at, *look),
            },
        }
    }

    /// What follows: a group, or one thing.
    fn argument(&mut self, at: usize, look: Look, depth: usize) -> usize {
        let at = self.past_blanks(at);
        match self.chars.get(at) {
            Some('{') if depth < DEPTH => self.group(at + 1, look, depth + 1),
            Some('}') | None => at,
            Some(_) => self.one(at, look),
        }
    }

    fn past_blanks(&self, at: usize) -> usize {
        let blanks = self.chars[at..].iter().take_while(|c| c.is_ascii_whitespace()).count();
        at + blanks
    }

    /// A letter, an accent with its letter, a symbol.
    fn one(&mut self, at: usize, look: Look) -> usize {
        let mut text = String::new();
        let end = tex::step(self.chars, at, &mut text);
        self.push(&text, look);
        end.max(at + 1)
    }

    fn push(&mut self, text: &str, look: Look) {
        let text: String = text.nfc().collect();
        for c in text.chars() {
            let c = if c.is_ascii_whitespace() { ' ' } else { c };
            if c == ' ' && self.pieces.last().is_none_or(|last| last.text.ends_with(' ')) {
                continue;
            }
            match self.pieces.last_mut() {
                Some(last) if last.face == look.face && last.kept == look.kept => last.text.push(c),
                _ => self.pieces.push(Piece { text: c.into(), face: look.face, kept: look.kept }),
            }
        }
    }
}

/// What BibLaTeX's commands for punctuation and ranges of pages print.
fn said(name: &str) -> Option<&'static str> {
    Some(match name {
        "adddot" | "addperiod" | "isdot" => ".",
        "addcomma" => ",",
        "addcolon" => ":",
        "addsemicolon" => ";",
        "addspace" | "addnbspace" | "addthinspace" | "addlowpenspace" | "newblock" => " ",
        "bibrangedash" | "bibdatedash" => "–",
        "psq" => " f.",
        "psqq" => " ff.",
        _ => return None,
    })
}

/// The look after a command that holds to the end of the group.
fn declared(name: &str, face: Face) -> Option<Face> {
    Some(match name {
        "it" | "itshape" | "sl" | "slshape" => Face { italic: true, ..face },
        "em" => Face { italic: !face.italic, ..face },
        "bf" | "bfseries" => Face { bold: true, ..face },
        "sc" | "scshape" => Face { small_caps: true, ..face },
        "rm" | "upshape" | "normalfont" => Face { height: face.height, ..Face::default() },
        _ => return None,
    })
}

/// The look of a command's argument.
fn applied(name: &str, face: Face) -> Option<Face> {
    Some(match name {
        "emph" | "mkbibemph" => Face { italic: !face.italic, ..face },
        "textit" | "textsl" | "mkbibitalic" | "mathit" => Face { italic: true, ..face },
        "textbf" | "mkbibbold" | "mathbf" => Face { bold: true, ..face },
        "textsc" | "mkbibacro" => Face { small_caps: true, ..face },
        "underline" | "uline" => Face { underline: true, ..face },
        "textup" | "textnormal" | "textrm" => Face { height: face.height, ..Face::default() },
        "textsuperscript" | "mkbibsuperscript" => Face { height: Height::Super, ..face },
        "textsubscript" | "mkbibsubscript" => Face { height: Height::Sub, ..face },
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The pieces with their looks as letters: `i`, `b`, `c`, `u`, `^`, `_`, and `k` for kept.
    #[track_caller]
    fn check(tex: &str, expected: &[(&str, &str)]) {
        let pieces = read(tex);
        let shown: Vec<(&str, String)> = pieces
            .iter()
            .map(|it| {
                let marks = [
                    ('i', it.face.italic),
                    ('b', it.face.bold),
                    ('c', it.face.small_caps),
                    ('u', it.face.underline),
                    ('^', it.face.height == Height::Super),
                    ('_', it.face.height == Height::Sub),
                    ('k', it.kept),
                ];
                (it.text.as_str(), marks.iter().filter(|it| it.1).map(|it| it.0).collect())
            })
            .collect();
        let shown: Vec<(&str, &str)> = shown.iter().map(|(a, b)| (*a, b.as_str())).collect();
        assert_eq!(shown, expected);
    }

    #[test]
    fn braces_keep_the_case_and_letters_of_tex_do_not() {
        check("Care in {Norway} {\\AA}s", &[("Care in ", ""), ("Norway", "k"), (" Ås", "")]);
        check("{{All of it}}", &[("All of it", "k")]);
    }

    #[test]
    fn looks_are_kept() {
        check("A \\emph{b \\emph{c}} {\\bf d}", &[("A ", ""), ("b ", "i"), ("c ", ""), ("d", "b")]);
        check("H$_2$O x\\textsuperscript{2}", &[("H", ""), ("2", "_"), ("O x", ""), ("2", "^")]);
        check("\\textsc{who} {\\em x}", &[("who", "c"), (" ", ""), ("x", "i")]);
    }

    #[test]
    fn quotes_are_straight_so_that_a_style_can_turn_them() {
        check("\\enquote{a \\enquote{b}}", &[("\"a 'b'\"", "")]);
    }

    #[test]
    fn other_languages_and_links_are_their_text() {
        check("\\foreignlanguage{german}{Zur} \\href{http://x}{here}", &[("Zur here", "")]);
    }

    #[test]
    fn unknown_commands_show_what_they_are_given() {
        check("\\versal{DISS}. M\\adddot, $\\ln n$ \\o{}re", &[("DISS. M., ln n øre", "")]);
    }

    #[test]
    fn what_does_not_close_is_read_all_the_same() {
        check("\\emph{a", &[("a", "i")]);
        check("a} b", &[("a b", "")]);
        check("\\emph", &[]);
        let deep = "{".repeat(100_000);
        assert!(read(&deep).is_empty());
        assert!(read(&"\\emph{".repeat(50_000)).len() <= 1);
    }
}
