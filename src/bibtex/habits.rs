//! How a file is written: what a new field or entry must look like to be at home in it.

use super::value::{Piece, pieces};
use super::{Entry, Field, File, Kind, change};
use std::collections::HashMap;

/// A file's habits, by a vote of its last sound entries; those of an empty file are kilde's own.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Habits {
    /// What ends a line.
    pub newline: &'static str,
    /// What stands before a field's name: a line end and blanks, or one blank.
    pub lead: String,
    /// How `=` and the value are placed.
    pub equals: Equals,
    /// Whether the last field is followed by a comma.
    pub trailing_comma: bool,
    /// What stands before the closing brace: a line end as a rule.
    pub tail: String,
    /// How many line ends lie between two entries.
    pub gap: usize,
    /// Whether values stand in quotes.
    pub quotes: bool,
    /// Whether numbers stand without delimiters.
    pub bare_numbers: bool,
    /// How names of fields are written.
    pub field_case: Case,
    /// How types are written.
    pub type_case: Case,
    /// Fields that are written otherwise than the rest: name in lower case to how.
    own: HashMap<String, Own>,
    /// Types as the file spells them, by lower case.
    types: HashMap<String, String>,
}

/// How a field of a certain name was last written.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Own {
    spelling: String,
    open: u8,
}

/// Small letters or capitals.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum Case {
    /// `title`
    #[default]
    Lower,
    /// `Title`
    Capital,
    /// `TITLE`
    Upper,
}

/// How `=` and the value are placed.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum Equals {
    /// The same blanks before and after it, however long the name.
    Plain(String, String),
    /// Blanks before it fill the name up to this width; then these after it.
    PadBefore(usize, String),
    /// These before it; blanks after it so that the value stands at this distance from the name.
    PadAfter(String, usize),
}

/// How many entries vote.
const VOTERS: usize = 30;

impl Default for Habits {
    fn default() -> Self {
        Self {
            newline: "\n",
            lead: "\n  ".to_owned(),
            equals: Equals::Plain(" ".to_owned(), " ".to_owned()),
            trailing_comma: true,
            tail: "\n".to_owned(),
            gap: 2,
            quotes: false,
            bare_numbers: false,
            field_case: Case::Lower,
            type_case: Case::Lower,
            own: HashMap::new(),
            types: HashMap::new(),
        }
    }
}

impl Habits {
    /// The habits of a file.
    pub fn of(bytes: &[u8], file: &File) -> Self {
        let newline = newline(bytes);
        let base = Self {
            newline,
            lead: format!("{newline}  "),
            tail: newline.to_owned(),
            ..Self::default()
        };
        let voters: Vec<&Entry> = file
            .blocks
            .iter()
            .rev()
            .filter_map(|block| match &block.kind {
                Kind::Entry(entry) if entry.close.is_some() && !entry.fields.is_empty() => {
                    Some(entry)
                }
                _ => None,
            })
            .take(VOTERS)
            .collect();
        if voters.is_empty() {
            return base;
        }
        let mut habits = base.vote(bytes, &voters);
        habits.gap = gap(bytes, file).unwrap_or(habits.gap);
        habits
    }

    /// The same habits as one entry has them: what it has of its own, and the file's for the rest.
    pub fn within(&self, bytes: &[u8], entry: &Entry) -> Self {
        if entry.close.is_none() || entry.fields.is_empty() {
            return self.clone();
        }
        let own = self.clone().vote(bytes, &[entry]);
        Self { own: self.own.clone(), types: self.types.clone(), quotes: self.quotes, ..own }
    }

    fn vote(mut self, bytes: &[u8], voters: &[&Entry]) -> Self {
        let text = |from: usize, to: usize| String::from_utf8_lossy(&bytes[from..to]).into_owned();
        let mut leads = Votes::default();
        let (mut commas, mut tails) = (Votes::default(), Votes::default());
        let (mut quotes, mut bare) = (Votes::default(), Votes::default());
        let (mut fields, mut types) = (Votes::default(), Votes::default());
        // The first voter is the last entry: in a draw the newest way wins.
        let mut own: HashMap<String, Votes<Own>> = HashMap::new();
        let mut spellings: HashMap<String, Votes<String>> = HashMap::new();
        for entry in voters {
            let spelled = text(entry.entry_type.start, entry.entry_type.end);
            types.add(case(&spelled));
            spellings.entry(spelled.to_lowercase()).or_default().add(spelled);
            for (at, field) in entry.fields.iter().enumerate() {
                let before = &bytes[..field.name.start];
                let blanks = before.iter().rev().take_while(|b| b.is_ascii_whitespace()).count();
                let lead = text(field.name.start - blanks, field.name.start);
                // The first field may stand on the line of the key; the others show the habit.
                if at > 0 || entry.fields.len() == 1 {
                    leads.add(one_line_end(&lead, self.newline));
                }
                let spelled = text(field.name.start, field.name.end);
                fields.add(case(&spelled));
                let open = bytes[field.value.start];
                let way = Own { spelling: spelled.clone(), open };
                own.entry(spelled.to_lowercase()).or_default().add(way);
                if let [piece] = pieces(bytes, &field.value).as_slice() {
                    let inner = &bytes[piece.inner().clone()];
                    if !inner.is_empty() && inner.iter().all(u8::is_ascii_digit) {
                        bare.add(matches!(piece, Piece::Bare(_)));
                    }
                    if !matches!(piece, Piece::Bare(_)) {
                        quotes.add(matches!(piece, Piece::Quoted(_)));
                    }
                }
            }
            if let (Some(last), Some(close)) = (entry.fields.last(), entry.close) {
                let behind = text(last.value.end, close);
                commas.add(behind.trim_start().starts_with(','));
                let blanks = behind.len() - behind.trim_end().len();
                tails.add(one_line_end(&behind[behind.len() - blanks..], self.newline));
            }
        }
        let winner = |(name, votes): (String, Votes<Own>)| Some((name, votes.winner()?));
        self.own.extend(own.into_iter().filter_map(winner));
        let winner = |(name, votes): (String, Votes<String>)| Some((name, votes.winner()?));
        self.types.extend(spellings.into_iter().filter_map(winner));
        self.lead = leads.winner().unwrap_or(self.lead);
        self.tail = tails.winner().unwrap_or(self.tail);
        self.trailing_comma = commas.winner().unwrap_or(self.trailing_comma);
        self.quotes = quotes.winner().unwrap_or(self.quotes);
        self.bare_numbers = bare.winner().unwrap_or(self.bare_numbers);
        self.field_case = fields.winner().unwrap_or(self.field_case);
        self.type_case = types.winner().unwrap_or(self.type_case);
        self.equals = equals(bytes, voters).unwrap_or(self.equals);
        self
    }

    /// `name` as this file spells it.
    pub fn field_name(&self, name: &str) -> String {
        match self.own.get(&name.to_lowercase()) {
            Some(own) => own.spelling.clone(),
            None => in_case(name, self.field_case),
        }
    }

    /// A type as this file spells it.
    pub fn entry_type(&self, name: &str) -> String {
        match self.types.get(&name.to_lowercase()) {
            Some(spelled) => spelled.clone(),
            None => in_case(name, self.type_case),
        }
    }

    /// `text` between the delimiters that this file gives a field of that name.
    pub fn value(&self, name: &str, text: &str) -> String {
        let own = self.own.get(&name.to_lowercase()).map(|own| own.open);
        let bare = match own {
            Some(open) => !matches!(open, b'{' | b'"'),
            None => self.bare_numbers,
        };
        if bare && change::can_be_bare(text) {
            return text.to_owned();
        }
        let quotes = own.map_or(self.quotes, |open| {
            if matches!(open, b'{' | b'"') { open == b'"' } else { self.quotes }
        });
        if quotes && change::can_be_quoted(text) {
            return format!("\"{text}\"");
        }
        format!("{{{text}}}")
    }

    /// `name = ` with blanks as this file puts them.
    pub fn before_value(&self, name: &str) -> String {
        let width = name.chars().count();
        match &self.equals {
            Equals::Plain(before, after) => format!("{name}{before}={after}"),
            Equals::PadBefore(full, after) => {
                format!("{name}{}={after}", " ".repeat(full.saturating_sub(width).max(1)))
            }
            Equals::PadAfter(before, full) => {
                let used = width + before.chars().count() + 1;
                format!("{name}{before}={}", " ".repeat(full.saturating_sub(used).max(1)))
            }
        }
    }
}

/// The line end that most lines have.
fn newline(bytes: &[u8]) -> &'static str {
    let (mut pairs, mut feeds, mut returns) = (0, 0, 0);
    for at in memchr::memchr2_iter(b'\n', b'\r', &bytes[..bytes.len().min(1 << 16)]) {
        match (bytes[at], bytes.get(at + 1)) {
            (b'\r', Some(b'\n')) => pairs += 1,
            (b'\r', _) => returns += 1,
            _ if at > 0 && bytes[at - 1] == b'\r' => {}
            _ => feeds += 1,
        }
    }
    if pairs > feeds && pairs >= returns {
        "\r\n"
    } else if returns > feeds {
        "\r"
    } else {
        "\n"
    }
}

/// Blanks with no more than one line end in them: a blank line between fields is no habit.
fn one_line_end(blanks: &str, newline: &str) -> String {
    match blanks.rfind(['\n', '\r']) {
        Some(last) => format!("{newline}{}", &blanks[last + 1..]),
        None => blanks.to_owned(),
    }
}

/// How many line ends lie between entries with nothing else between them.
fn gap(bytes: &[u8], file: &File) -> Option<usize> {
    let mut votes = Votes::default();
    for three in file.blocks.windows(3).rev() {
        let [before, text, after] = three else { continue };
        let entries = matches!((&before.kind, &after.kind), (Kind::Entry(_), Kind::Entry(_)));
        let between = &bytes[text.span.clone()];
        if entries && text.kind == Kind::Text && between.iter().all(u8::is_ascii_whitespace) {
            let ends = between.iter().filter(|b| **b == b'\n').count();
            let returns = between.iter().filter(|b| **b == b'\r').count();
            votes.add(ends.max(returns));
            if votes.total >= VOTERS {
                break;
            }
        }
    }
    votes.winner()
}

fn equals(bytes: &[u8], voters: &[&Entry]) -> Option<Equals> {
    let mut plain = Votes::default();
    let (mut pad_before, mut pad_after) = (Votes::default(), Votes::default());
    for entry in voters {
        for Field { name, value } in &entry.fields {
            let between = String::from_utf8_lossy(&bytes[name.end..value.start]);
            let Some((before, after)) = between.split_once('=') else { continue };
            if between.contains(['\n', '\r']) {
                continue;
            }
            let width = String::from_utf8_lossy(&bytes[name.clone()]).chars().count();
            plain.add(Equals::Plain(before.to_owned(), after.to_owned()));
            if !before.is_empty() && !before.contains('\t') {
                pad_before.add(Equals::PadBefore(width + before.len(), after.to_owned()));
            }
            if !after.is_empty() && !after.contains('\t') {
                let distance = width + between.len();
                pad_after.add(Equals::PadAfter(before.to_owned(), distance));
            }
        }
    }
    let count = |votes: &Votes<Equals>| votes.best().map_or(0, |(_, n)| n);
    // With a single field every placing looks the same: the plainest is taken.
    let best = count(&plain).max(count(&pad_before)).max(count(&pad_after));
    if count(&plain) == best {
        plain.winner()
    } else if count(&pad_before) == best {
        pad_before.winner()
    } else {
        pad_after.winner()
    }
}

fn case(name: &str) -> Case {
    let mut letters = name.chars().filter(|c| c.is_alphabetic());
    let first = letters.next().is_some_and(char::is_uppercase);
    let rest = letters.clone().any(char::is_uppercase);
    match (first, rest) {
        (true, true) if letters.all(char::is_uppercase) => Case::Upper,
        (true, _) => Case::Capital,
        _ => Case::Lower,
    }
}

fn in_case(name: &str, case: Case) -> String {
    match case {
        Case::Lower => name.to_owned(),
        Case::Upper => name.to_uppercase(),
        Case::Capital => {
            let mut letters = name.chars();
            letters
                .next()
                .map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
        }
    }
}

/// Counts what is seen; the first seen wins a draw.
struct Votes<T> {
    counts: Vec<(T, usize)>,
    total: usize,
}

impl<T> Default for Votes<T> {
    fn default() -> Self {
        Self { counts: Vec::new(), total: 0 }
    }
}

impl<T: PartialEq> Votes<T> {
    fn add(&mut self, seen: T) {
        self.total += 1;
        match self.counts.iter_mut().find(|(known, _)| *known == seen) {
            Some((_, count)) => *count += 1,
            None => self.counts.push((seen, 1)),
        }
    }

    fn best(&self) -> Option<(&T, usize)> {
        let most = self.counts.iter().map(|(_, count)| *count).max()?;
        self.counts.iter().find(|(_, count)| *count == most).map(|(seen, count)| (seen, *count))
    }

    fn winner(self) -> Option<T> {
        let most = self.counts.iter().map(|(_, count)| *count).max()?;
        self.counts.into_iter().find(|(_, count)| *count == most).map(|(seen, _)| seen)
    }
}
