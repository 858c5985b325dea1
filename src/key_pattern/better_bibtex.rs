//! Better BibTeX's patterns: values joined by `+`, filters after dots, alternatives at `|`, texts in
//! quotes (Better BibTeX's documentation, "Citation Keys").

use super::filters;
use super::values;
use super::{Dialect, Filter, Term, Wrong};

/// Reads a pattern: its alternatives.
pub(super) fn parse(text: &str) -> Result<Vec<Vec<Term>>, Wrong> {
    let mut reader = Reader { chars: text.chars().collect(), at: 0 };
    let mut alternatives = vec![Vec::new()];
    loop {
        let term = reader.term()?;
        if let Some(terms) = alternatives.last_mut() {
            terms.push(term);
        }
        match reader.next_sign() {
            None => return Ok(alternatives),
            Some('+') => {}
            Some('|') => {
                // `||` is the same.
                reader.blanks();
                if reader.peek() == Some('|') {
                    reader.at += 1;
                }
                alternatives.push(Vec::new());
            }
            Some(';') => alternatives.push(Vec::new()),
            Some(other) => return Err(Wrong::Stray(other.to_string())),
        }
    }
}

struct Reader {
    chars: Vec<char>,
    at: usize,
}

impl Reader {
    fn peek(&self) -> Option<char> {
        self.chars.get(self.at).copied()
    }

    fn blanks(&mut self) {
        while self.peek().is_some_and(char::is_whitespace) {
            self.at += 1;
        }
    }

    fn next_sign(&mut self) -> Option<char> {
        self.blanks();
        let sign = self.peek();
        self.at += usize::from(sign.is_some());
        sign
    }

    fn term(&mut self) -> Result<Term, Wrong> {
        self.blanks();
        match self.peek() {
            Some(quote @ ('"' | '\'')) => Ok(Term::Literal(self.text(quote)?)),
            Some(c) if c.is_alphabetic() || c == '_' => self.value(),
            Some(other) => Err(Wrong::Stray(other.to_string())),
            None => Err(Wrong::Empty),
        }
    }

    fn value(&mut self) -> Result<Term, Wrong> {
        let name = self.word();
        let args = self.args()?;
        if !values::is_known(Dialect::BetterBibTeX, &name) {
            return Err(Wrong::NoValue(name));
        }
        let mut filters: Vec<Filter> = Vec::new();
        loop {
            self.blanks();
            if self.peek() != Some('.') {
                return Ok(Term::Value { name: name.to_lowercase(), args, filters });
            }
            self.at += 1;
            let filter = self.word();
            let args = self.args()?;
            filters.push(filters::filter(&filter, args)?);
        }
    }

    fn word(&mut self) -> String {
        let from = self.at;
        while self.peek().is_some_and(|c| c.is_alphanumeric() || c == '_') {
            self.at += 1;
        }
        self.chars[from..self.at].iter().collect()
    }

    /// `(3, 'x', sep="-", n=2)`; the name of a named argument is dropped where its place is clear.
    fn args(&mut self) -> Result<Vec<String>, Wrong> {
        let mut args = Vec::new();
        if self.peek() != Some('(') {
            return Ok(args);
        }
        self.at += 1;
        loop {
            self.blanks();
            match self.peek() {
                None => return Err(Wrong::Unclosed('(')),
                Some(')') => {
                    self.at += 1;
                    return Ok(args);
                }
                Some(',') => self.at += 1,
                Some(quote @ ('"' | '\'')) => args.push(self.text(quote)?),
                Some('/') => args.push(self.text('/')?),
                Some(c)
                    if c.is_alphanumeric() || matches!(c, '-' | '*' | '<' | '>' | '=' | '!') =>
                {
                    let from = self.at;
                    while self.peek().is_some_and(|c| {
                        !matches!(c, ',' | ')' | '=' | '"' | '\'') && !c.is_whitespace()
                    }) {
                        self.at += 1;
                    }
                    if self.at == from {
                        self.at += 1;
                    }
                    let word: String = self.chars[from..self.at].iter().collect();
                    self.blanks();
                    if self.peek() == Some('=') && word.chars().all(char::is_alphabetic) {
                        self.at += 1;
                        self.blanks();
                        let value = match self.peek() {
                            Some(quote @ ('"' | '\'')) => self.text(quote)?,
                            _ => self.word(),
                        };
                        args.push(format!("{word}={value}"));
                    } else {
                        args.push(word);
                    }
                }
                Some(other) => return Err(Wrong::Stray(other.to_string())),
            }
        }
    }

    fn text(&mut self, quote: char) -> Result<String, Wrong> {
        self.at += 1;
        let mut out = String::new();
        while let Some(c) = self.peek() {
            self.at += 1;
            match c {
                c if c == quote => return Ok(out),
                '\\' if quote != '/' => {
                    out.extend(self.peek());
                    self.at += 1;
                }
                c => out.push(c),
            }
        }
        Err(Wrong::Unclosed(quote))
    }
}
