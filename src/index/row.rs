//! What the index keeps of an entry so that it can be shown without its file.

use std::ops::Range;
use std::path::PathBuf;

/// What a row of the list shows.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Row {
    /// The citation key.
    pub key: String,
    /// The entry type (BibLaTeX name).
    pub entry_type: String,
    /// The year of publication.
    pub year: Option<i32>,
    /// The creators in short: `Berg & Dahl`.
    pub author: String,
    /// All creators, family name first, `; ` between them.
    pub authors: String,
    /// Title and subtitle.
    pub title: String,
    /// Language tag; empty where none is given.
    pub language: String,
    /// Projects, `, ` between them.
    pub project: String,
    /// What is worth a sign beside the title.
    pub badges: Badges,
    /// Where the entry stands.
    pub place: Place,
    /// The entry's own number in the index.
    pub id: u64,
}

/// Where an entry stands.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Place {
    /// The file.
    pub file: PathBuf,
    /// The line of its `@`, from 1.
    pub line: usize,
    /// Its bytes in the file.
    pub span: Range<usize>,
}

/// What is worth a sign beside the title.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Badges(pub u8);

impl Badges {
    /// There is a file.
    pub const FILE: u8 = 1;
    /// There is a DOI.
    pub const DOI: u8 = 2;
    /// There is an address where it can be read.
    pub const LINK: u8 = 4;
    /// Something in it is still to be checked.
    pub const UNVERIFIED: u8 = 8;
    /// It is not published yet.
    pub const UNPUBLISHED: u8 = 16;
    /// The parser could not read all of it.
    pub const BROKEN: u8 = 32;
    /// It has an abstract.
    pub const ABSTRACT: u8 = 64;

    /// Whether this badge is there.
    pub fn has(self, badge: u8) -> bool {
        self.0 & badge != 0
    }
}

/// Texts of an entry by field, as shown with a hit.
pub type Texts = Vec<(String, String)>;

impl Row {
    /// As bytes, without the place, which changes when lines above it do.
    pub fn encode(&self) -> Vec<u8> {
        let mut out = Vec::with_capacity(128);
        out.extend(self.id.to_le_bytes());
        out.extend(self.year.unwrap_or(i32::MIN).to_le_bytes());
        out.push(self.badges.0);
        for text in [
            &self.key,
            &self.entry_type,
            &self.author,
            &self.authors,
            &self.title,
            &self.language,
            &self.project,
        ] {
            put(&mut out, text);
        }
        out
    }

    /// From bytes; what is missing is empty.
    pub fn decode(bytes: &[u8]) -> Self {
        let mut rest = bytes;
        let id = take(&mut rest).map_or(0, u64::from_le_bytes);
        let year = take(&mut rest).map(i32::from_le_bytes).filter(|year| *year != i32::MIN);
        let badges = Badges(take::<1>(&mut rest).map_or(0, |[it]| it));
        let mut next = || get(&mut rest);
        let (key, entry_type, author, authors) = (next(), next(), next(), next());
        let (title, language, project) = (next(), next(), next());
        Self {
            key,
            entry_type,
            year,
            author,
            authors,
            title,
            language,
            project,
            badges,
            place: Place::default(),
            id,
        }
    }
}

/// Texts as bytes.
pub fn encode_texts(texts: &[(&str, String)]) -> Vec<u8> {
    let mut out = Vec::new();
    for (name, text) in texts {
        put(&mut out, name);
        put(&mut out, text);
    }
    out
}

/// Texts from bytes.
pub fn decode_texts(mut bytes: &[u8]) -> Texts {
    let mut out = Texts::new();
    while !bytes.is_empty() {
        let name = get(&mut bytes);
        out.push((name, get(&mut bytes)));
    }
    out
}

fn put(out: &mut Vec<u8>, text: &str) {
    out.extend(u32::try_from(text.len()).unwrap_or(0).to_le_bytes());
    out.extend(text.as_bytes());
}

fn get(rest: &mut &[u8]) -> String {
    let length = take(rest).map_or(0, u32::from_le_bytes) as usize;
    let text = rest.get(..length).unwrap_or_default();
    *rest = rest.get(length..).unwrap_or_default();
    String::from_utf8_lossy(text).into_owned()
}

fn take<const N: usize>(rest: &mut &[u8]) -> Option<[u8; N]> {
    let Some((head, tail)) = rest.split_first_chunk::<N>() else {
        *rest = &[];
        return None;
    };
    *rest = tail;
    Some(*head)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_row_comes_back_as_it_was() {
        let row = Row {
            key: "a".to_owned(),
            title: "Å leve".to_owned(),
            year: Some(-44),
            badges: Badges(Badges::DOI),
            id: 7,
            ..Row::default()
        };
        assert_eq!(Row::decode(&row.encode()), row);
    }

    #[test]
    fn damaged_bytes_give_an_empty_row() {
        let bytes = Row { key: "abc".to_owned(), ..Row::default() }.encode();
        for end in 0..bytes.len() {
            let _row = Row::decode(&bytes[..end]);
            let _texts = decode_texts(&bytes[..end]);
        }
    }
}
