//! Names of files and parts of addresses that hold on every file system and in every address,
//! whatever the citation key or keyword they are made from.

use crate::text::fold;
use std::collections::HashSet;

/// The longest a name may be, in bytes, without its hash.
const LONGEST: usize = 60;

/// Names that Windows keeps for itself.
const RESERVED: &[&str] = &[
    "con", "prn", "aux", "nul", "com1", "com2", "com3", "com4", "com5", "com6", "com7", "com8",
    "com9", "lpt1", "lpt2", "lpt3", "lpt4", "lpt5", "lpt6", "lpt7", "lpt8", "lpt9", "index",
];

/// A name for `text`: itself where it is short and of plain letters, digits, `-`, `_` and inner
/// full stops; otherwise what it folds to, and a hash that tells it from others that fold so.
pub fn slug(text: &str) -> String {
    let is_plain = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | '.');
    let inner = !text.starts_with(['.', '-']) && !text.ends_with('.') && !text.contains("..");
    let stem = text.split('.').next().unwrap_or_default().to_lowercase();
    let reserved = RESERVED.contains(&stem.as_str());
    let good = !text.is_empty() && text.len() <= LONGEST && text.chars().all(is_plain);
    if good && inner && !reserved {
        return text.to_owned();
    }
    hashed(text, text)
}

/// What `text` folds to, with a hash of `of`.
fn hashed(text: &str, of: &str) -> String {
    let mut out = String::new();
    for c in fold::base(text).chars() {
        let c = if c.is_ascii_alphanumeric() || c == '_' { c } else { '-' };
        if out.len() >= LONGEST || (c == '-' && (out.is_empty() || out.ends_with('-'))) {
            continue;
        }
        out.push(c);
    }
    let hash = blake3::hash(of.as_bytes()).to_hex();
    format!("{}-{}", out.trim_end_matches('-'), &hash[..8]).trim_start_matches('-').to_owned()
}

/// Gives names, none twice, not even where case is no difference.
#[derive(Debug, Default)]
pub struct Names {
    taken: HashSet<String>,
}

impl Names {
    /// A name for `text`. Of several texts that would have the same name the first has it; a later
    /// one has a hash of itself and of how many went before.
    pub fn give(&mut self, text: &str) -> String {
        let mut name = slug(text);
        let mut before = 1;
        while !self.taken.insert(name.to_lowercase()) {
            before += 1;
            name = hashed(text, &format!("{text}\u{0}{before}"));
        }
        name
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_ordinary_key_is_its_own_name() {
        for key in ["gotaas2012etablering", "Smith_2020-b", "a.b"] {
            assert_eq!(slug(key), key);
        }
    }

    #[test]
    fn keys_that_are_no_file_names_become_some() {
        for key in ["../../etc/passwd", "DBLP:conf/x", "con", "nul.txt", "", ".hidden", "å b", "x?"]
        {
            let name = slug(key);
            let plain = |c: char| c.is_ascii_alphanumeric() || "-_".contains(c);
            assert!(!name.is_empty() && name.chars().all(plain), "{key}: {name}");
        }
        assert!(slug(&"x".repeat(5000)).len() < 80);
        assert_ne!(slug("a/b"), slug("a:b"));
    }

    #[test]
    fn case_and_doubled_keys_do_not_clash() {
        let mut names = Names::default();
        let given: HashSet<String> =
            ["Key", "key", "KEY", "key"].iter().map(|key| names.give(key).to_lowercase()).collect();
        assert_eq!(given.len(), 4);
    }
}
