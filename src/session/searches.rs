//! Saved searches: a name and a query, in a small TOML file that people can edit.
//!
//! ```toml
//! # Saved searches: `kilde search @NAME`.
//! avhandlinger = "type:avhandling år:2010.."
//! nordisk = "@avhandlinger (lang:sv OR lang:da)"
//! ```
//!
//! `@NAME` in a query stands for the saved one. The first nine are those of the keys `1` to `9`.

use toml_edit::{DocumentMut, Item, value};

/// What stands at the top of a new file.
const HEAD: &str = "# Saved searches: `kilde search @NAME`.\n";
/// How deep saved searches may name each other.
const MAX_DEPTH: usize = 8;

/// A saved search.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SavedSearch {
    /// Its name, without the `@`.
    pub name: String,
    /// The query.
    pub query: String,
}

/// The saved searches of a library, in the order of their file.
#[derive(Debug, Clone, Default)]
pub struct Searches {
    document: DocumentMut,
}

/// Why a query with saved searches in it says nothing.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum NoSearch {
    /// None is called so.
    Unknown(String),
    /// It names itself, perhaps through others.
    Circle(String),
}

impl Searches {
    /// Reads the file; an empty text is no searches. On an error: the line, from 1, and why.
    pub fn read(text: &str) -> Result<Self, (usize, String)> {
        match text.parse::<DocumentMut>() {
            Ok(document) => Ok(Self { document }),
            Err(error) => {
                let at = error.span().map_or(0, |span| span.start);
                let line = text.get(..at).unwrap_or(text).matches('\n').count() + 1;
                Err((line, error.message().to_owned()))
            }
        }
    }

    /// All of them, in the order of the file; what is no text is passed over.
    pub fn all(&self) -> Vec<SavedSearch> {
        let saved = |(name, item): (&str, &Item)| {
            let query = item.as_str()?.to_owned();
            Some(SavedSearch { name: name.to_owned(), query })
        };
        self.document.iter().filter_map(saved).collect()
    }

    /// The search with this name, whatever its case.
    pub fn get(&self, name: &str) -> Option<SavedSearch> {
        let name = name.to_lowercase();
        self.all().into_iter().find(|it| it.name.to_lowercase() == name)
    }

    /// Saves `query` as `name`; gives what was called so before. What else stands in the file, its
    /// comments and its order, stays.
    pub fn put(&mut self, name: &str, query: &str) -> Option<String> {
        if self.text().is_empty() {
            // A comment belongs to what comes after it.
            self.document = format!("{HEAD}{}", line(name, query)).parse().unwrap_or_default();
            return None;
        }
        let known = self.get(name);
        let name = known.as_ref().map_or(name, |it| &it.name);
        match self.document.get_mut(name).and_then(Item::as_value_mut) {
            Some(old) => {
                let decor = old.decor().clone();
                *old = query.into();
                *old.decor_mut() = decor;
            }
            None => drop(self.document.insert(name, value(query))),
        }
        known.map(|it| it.query)
    }

    /// Takes the search away; gives what it was.
    pub fn remove(&mut self, name: &str) -> Option<SavedSearch> {
        let known = self.get(name)?;
        // What stands above it is perhaps about the whole file.
        let above = self.document.key(&known.name).map(|key| key.leaf_decor().clone());
        let above = above.as_ref().and_then(|it| it.prefix()?.as_str()).unwrap_or_default();
        let above = above.to_owned();
        let names: Vec<String> = self.document.iter().map(|(name, _)| name.to_owned()).collect();
        let next = names.iter().skip_while(|it| **it != known.name).nth(1);
        self.document.remove(&known.name);
        match next.and_then(|next| self.document.key_mut(next)) {
            Some(mut next) => {
                let own = next.leaf_decor().prefix().and_then(|it| it.as_str()).unwrap_or_default();
                let both = format!("{above}{own}");
                next.leaf_decor_mut().set_prefix(both);
            }
            None => {
                let own = self.document.trailing().as_str().unwrap_or_default();
                let both = format!("{above}{own}");
                self.document.set_trailing(both);
            }
        }
        Some(known)
    }

    /// The text of the file.
    pub fn text(&self) -> String {
        self.document.to_string()
    }

    /// `query` with each `@NAME` replaced by what was saved, in parentheses; within quotation marks
    /// and inside a word `@` is a sign like others.
    pub fn expand(&self, query: &str) -> Result<String, NoSearch> {
        self.expanded(query, &mut Vec::new())
    }

    fn expanded(&self, query: &str, above: &mut Vec<String>) -> Result<String, NoSearch> {
        let mut out = String::with_capacity(query.len());
        let (mut rest, mut before, mut quoted) = (query, ' ', false);
        while let Some(c) = rest.chars().next() {
            let after = &rest[c.len_utf8()..];
            let end = after.find(|c: char| !is_of_name(c)).unwrap_or(after.len());
            let starts = matches!(before, ' ' | '\t' | '(' | '-' | '!' | '|' | '&');
            quoted ^= c == '"';
            let name = after[..end].trim_end_matches('.');
            if c != '@' || quoted || !starts || name.is_empty() {
                out.push(c);
                (rest, before) = (after, c);
                continue;
            }
            let saved = self.get(name).ok_or_else(|| NoSearch::Unknown(name.to_owned()))?;
            if above.len() >= MAX_DEPTH || above.contains(&saved.name) {
                return Err(NoSearch::Circle(saved.name));
            }
            above.push(saved.name);
            let inner = self.expanded(&saved.query, above)?;
            above.pop();
            let is_whole = query.trim().len() == name.len() + 1;
            out.push_str(&if is_whole { inner } else { format!("({inner})") });
            (rest, before) = (&after[name.len()..], '@');
        }
        Ok(out)
    }
}

/// A line of the file.
fn line(name: &str, query: &str) -> String {
    let mut document = DocumentMut::new();
    document.insert(name, value(query));
    document.to_string()
}

/// Whether a search can have this name: letters, digits, `-`, `_` and `.`.
pub fn is_name(text: &str) -> bool {
    !text.is_empty() && text.chars().all(is_of_name) && !text.ends_with('.')
}

fn is_of_name(c: char) -> bool {
    c.is_alphanumeric() || matches!(c, '-' | '_' | '.')
}

#[cfg(test)]
mod tests {
    use super::*;

    fn two() -> Searches {
        Searches::read("# mine\na = \"x y\" # why\nb = \"@a type:bok\"\nc = \"@c\"\n").unwrap()
    }

    #[test]
    fn a_name_in_a_query_stands_for_what_was_saved() {
        let it = two();
        assert_eq!(it.expand("@a").as_deref(), Ok("x y"));
        assert_eq!(it.expand("@B -z").as_deref(), Ok("((x y) type:bok) -z"));
        assert_eq!(it.expand("-@a").as_deref(), Ok("-(x y)"));
        assert_eq!(it.expand("me@a.no \"@a\"").as_deref(), Ok("me@a.no \"@a\""));
        assert_eq!(it.expand("@q"), Err(NoSearch::Unknown("q".into())));
        assert_eq!(it.expand("@c"), Err(NoSearch::Circle("c".into())));
    }

    #[test]
    fn saving_and_removing_leave_the_rest_as_it_stands() {
        let mut it = two();
        assert_eq!(it.put("A", "z"), Some("x y".into()));
        assert_eq!(it.put("ny", "lang:nb \"to ord\""), None);
        assert!(it.text().starts_with("# mine\na = \"z\" # why\nb ="), "{}", it.text());
        assert_eq!(it.remove("b").map(|it| it.query), Some("@a type:bok".into()));
        assert_eq!(Searches::read(&it.text()).unwrap().all().len(), 3);
        it.remove("a");
        assert_eq!(it.text(), "# mine\nc = \"@c\"\nny = 'lang:nb \"to ord\"'\n");
        it.remove("ny");
        it.remove("c");
        assert_eq!(it.text(), "# mine\n");
        let mut new = Searches::default();
        new.put("ny", "x");
        assert_eq!(new.text(), format!("{HEAD}ny = \"x\"\n"));
    }

    #[test]
    fn a_file_that_is_not_toml_says_where() {
        assert!(matches!(Searches::read("a = \"x\"\nb c\n"), Err((2, _))));
    }
}
