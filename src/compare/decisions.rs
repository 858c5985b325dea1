//! What a person has decided: pairs that are not the same work.
//!
//! The file is text, a pair a line: two citation keys and perhaps a remark, separated by tabs, the
//! smaller key first, the lines sorted, so that two people's decisions merge line by line. A line
//! that begins with `#` is a comment and is kept.

use std::collections::BTreeMap;

/// Pairs of citation keys that are not the same work.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Decisions {
    comments: Vec<String>,
    pairs: BTreeMap<(String, String), String>,
}

impl Decisions {
    /// Reads the file's text. Lines that hold no pair are kept as comments.
    pub fn parse(text: &str) -> Self {
        let mut out = Self::default();
        for line in text.lines().map(str::trim_end).filter(|line| !line.is_empty()) {
            let mut parts = line.splitn(3, '\t');
            match (parts.next(), parts.next()) {
                (Some(a), Some(b)) if !line.starts_with('#') && !a.is_empty() && !b.is_empty() => {
                    out.add(a, b, parts.next().unwrap_or_default());
                }
                _ => out.comments.push(line.to_owned()),
            }
        }
        out
    }

    /// The file's text: comments first, then the pairs in order.
    pub fn text(&self) -> String {
        let mut out = String::new();
        for comment in &self.comments {
            out.push_str(comment);
            out.push('\n');
        }
        for ((a, b), remark) in &self.pairs {
            out.push_str(a);
            out.push('\t');
            out.push_str(b);
            if !remark.is_empty() {
                out.push('\t');
                out.push_str(remark);
            }
            out.push('\n');
        }
        out
    }

    /// Remembers that `a` and `b` are not the same work. Tabs and line ends in a remark are blanks.
    pub fn add(&mut self, a: &str, b: &str, remark: &str) {
        if a != b {
            let remark = remark.replace(['\t', '\n', '\r'], " ").trim().to_owned();
            self.pairs.insert(ordered(a, b), remark);
        }
    }

    /// Forgets the decision on `a` and `b`; whether there was one.
    pub fn remove(&mut self, a: &str, b: &str) -> bool {
        self.pairs.remove(&ordered(a, b)).is_some()
    }

    /// Whether `a` and `b` are decided not to be the same.
    pub fn apart(&self, a: &str, b: &str) -> bool {
        !self.pairs.is_empty() && self.pairs.contains_key(&ordered(a, b))
    }

    /// The pairs, in order.
    pub fn pairs(&self) -> impl Iterator<Item = (&str, &str)> {
        self.pairs.keys().map(|(a, b)| (a.as_str(), b.as_str()))
    }
}

fn ordered(a: &str, b: &str) -> (String, String) {
    let (a, b) = if a <= b { (a, b) } else { (b, a) };
    (a.to_owned(), b.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn decisions_survive_the_file_in_any_order() {
        let mut it = Decisions::parse("# ours\nb\ta\ttwo editions\nnonsense\n");
        assert!(it.apart("a", "b") && it.apart("b", "a") && !it.apart("a", "c"));
        it.add("d", "c", "x\ty");
        assert_eq!(it.text(), "# ours\nnonsense\na\tb\ttwo editions\nc\td\tx y\n");
        assert_eq!(Decisions::parse(&it.text()), it);
        assert!(it.remove("b", "a") && !it.apart("a", "b"));
    }
}
