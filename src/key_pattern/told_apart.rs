//! How keys that would be the same are told apart: Better BibTeX's `postfix` says with what (its manual, "Generating citekeys"); without them letters stand at the end.

use super::{Pattern, Term};

/// What is put into a key that somebody has: letters or numbers, between text that stays.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Mark {
    before: String,
    sign: char,
    after: String,
    start: usize,
}

impl Default for Mark {
    fn default() -> Self {
        Self { before: String::new(), sign: 'a', after: String::new(), start: 0 }
    }
}

impl Mark {
    /// What the first `postfix` of the pattern says: `postfix('-%(n)s', 1)`.
    pub(super) fn of(pattern: &Pattern) -> Self {
        let terms = pattern.alternatives.iter().flatten();
        let args = terms.filter_map(|term| match term {
            Term::Value { name, args, .. } if name == "postfix" => Some(args),
            _ => None,
        });
        args.map(|args| Self::read(args)).next().unwrap_or_default()
    }

    fn read(args: &[String]) -> Self {
        let mut mark = Self::default();
        for arg in args {
            let arg = arg.trim_start_matches("format=").trim_start_matches("start=");
            let arg = arg.trim_matches(['\'', '"']);
            if let Ok(start) = arg.parse() {
                mark.start = start;
            } else if let Some((before, rest)) = arg.split_once("%(")
                && let Some((sign, after)) = rest.split_once(")s")
                && let Some(sign @ ('a' | 'A' | 'n')) = sign.chars().next()
            {
                mark = Self { before: before.to_owned(), sign, after: after.to_owned(), ..mark };
            }
        }
        mark
    }

    /// The mark of the `nth` key, from 1, of those that would be the same.
    pub(super) fn nth(&self, nth: usize) -> String {
        let number = nth + self.start;
        let text = match self.sign {
            'n' => number.to_string(),
            'A' => letters(number).to_uppercase(),
            _ => letters(number),
        };
        format!("{}{text}{}", self.before, self.after)
    }

    /// Whether `text` can be such a mark.
    pub(super) fn is_one(&self, text: &str) -> bool {
        let inner = text
            .strip_prefix(self.before.as_str())
            .and_then(|it| it.strip_suffix(self.after.as_str()));
        inner.is_some_and(|it| {
            !it.is_empty()
                && match self.sign {
                    'n' => it.bytes().all(|byte| byte.is_ascii_digit()),
                    'A' => it.bytes().all(|byte| byte.is_ascii_uppercase()),
                    _ => it.bytes().all(|byte| byte.is_ascii_lowercase()),
                }
        })
    }
}

/// 1 is `a`, 26 `z`, 27 `aa`.
fn letters(mut number: usize) -> String {
    let mut out = Vec::new();
    while number > 0 {
        number -= 1;
        out.push(b'a' + (number % 26) as u8);
        number /= 26;
    }
    out.iter().rev().map(|byte| char::from(*byte)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_pattern_says_how_keys_are_told_apart() {
        for (pattern, second, third) in [
            ("[auth][year]", "a", "b"),
            ("auth + year", "a", "b"),
            ("auth + year + postfix('-%(n)s', 1)", "-2", "-3"),
            ("auth + year + postfix('%(A)s')", "A", "B"),
        ] {
            let mark = Mark::of(&Pattern::parse(pattern).unwrap());
            assert_eq!((mark.nth(1).as_str(), mark.nth(2).as_str()), (second, third), "{pattern}");
            assert!(mark.is_one(second) && !mark.is_one(""), "{pattern}");
        }
    }
}
