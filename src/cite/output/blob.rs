//! The tree of rendered parts: text or parts, with affixes, a delimiter and decorations that are
//! not applied before the punctuation between them is settled.

use crate::cite::locale::Gender;
use crate::cite::style::tree::NumberForm;
use crate::cite::style::tree::TextCase;
use compact_str::CompactString;

/// One way to set text off.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Decoration {
    /// Italic type.
    Italic,
    /// Slanted type.
    Oblique,
    /// Neither italic nor slanted, within something that is.
    Upright,
    /// Small capitals.
    SmallCaps,
    /// No small capitals, within them.
    NoSmallCaps,
    /// Bold type.
    Bold,
    /// Light type, which is shown as any other.
    Light,
    /// Not bold, within bold.
    NotBold,
    /// Underlined.
    Underline,
    /// Not underlined.
    NoUnderline,
    /// Raised.
    Sup,
    /// Lowered.
    Sub,
    /// On the line.
    Baseline,
    /// In quotation marks.
    Quotes,
    /// In inner quotation marks.
    InnerQuotes,
    /// No quotation marks, and marks within the text are outer ones.
    NoQuotes,
    /// A paragraph.
    Block,
    /// In the left margin.
    LeftMargin,
    /// Beside the left margin.
    RightInline,
    /// An indented paragraph.
    Indent,
}

/// What a decoration is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Aspect {
    /// Italics.
    Style,
    /// Small capitals.
    Variant,
    /// Weight.
    Weight,
    /// Underlining.
    Line,
    /// Height.
    Height,
    /// Quotation marks.
    Quotes,
    /// Place on the page.
    Display,
}

impl Decoration {
    /// What it is about.
    pub fn aspect(self) -> Aspect {
        match self {
            Decoration::Italic | Decoration::Oblique | Decoration::Upright => Aspect::Style,
            Decoration::SmallCaps | Decoration::NoSmallCaps => Aspect::Variant,
            Decoration::Bold | Decoration::Light | Decoration::NotBold => Aspect::Weight,
            Decoration::Underline | Decoration::NoUnderline => Aspect::Line,
            Decoration::Sup | Decoration::Sub | Decoration::Baseline => Aspect::Height,
            Decoration::Quotes | Decoration::InnerQuotes | Decoration::NoQuotes => Aspect::Quotes,
            Decoration::Block
            | Decoration::LeftMargin
            | Decoration::RightInline
            | Decoration::Indent => Aspect::Display,
        }
    }

    /// Whether it only takes something back.
    pub fn is_normal(self) -> bool {
        matches!(self, Decoration::Upright | Decoration::NoSmallCaps | Decoration::NotBold)
    }
}

/// How a number is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Formatter {
    /// As the form of `cs:number` says.
    Number(NumberForm),
    /// As a year suffix: a, b, …, z, aa.
    Suffix,
}

/// Where a number stands among its neighbours when citations are collapsed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Status {
    /// The first.
    #[default]
    Start,
    /// The end of a range.
    End,
    /// Within a range, not shown.
    Suppress,
    /// Right after its neighbour.
    Successor,
    /// Right after one that is.
    SuccessorOfSuccessor,
    /// Apart from its neighbour.
    Seen,
}

/// A number that may be drawn together with its neighbours.
#[derive(Clone, Debug)]
pub struct Number {
    /// Its value.
    pub value: i64,
    /// Letters in front of it.
    pub particle: String,
    /// How it is written.
    pub formatter: Formatter,
    /// The gender of an ordinal.
    pub gender: Option<Gender>,
    /// The case of what is written.
    pub text_case: Option<TextCase>,
    /// Before it when it follows its neighbour.
    pub successor_prefix: String,
    /// Before it when it ends a range; a range is made only where this is given.
    pub range_prefix: Option<String>,
    /// Before it when it does not follow its neighbour.
    pub splice_prefix: String,
    /// Whether `splice_prefix` is left out.
    pub no_splice: bool,
    /// Where it stands.
    pub status: Status,
    /// Whether the delimiter before it has been given already.
    pub no_delimiter: bool,
}

/// What is in a blob.
#[derive(Clone, Debug)]
pub enum Content {
    /// Characters.
    Text(CompactString),
    /// Parts.
    List(Vec<Blob>),
    /// A number.
    Number(Box<Number>),
}

/// A rendered part.
#[derive(Clone, Debug)]
pub struct Blob {
    /// What is in it.
    pub content: Content,
    /// Before it, outside its decorations.
    pub prefix: CompactString,
    /// After it.
    pub suffix: CompactString,
    /// Between its parts.
    pub delimiter: CompactString,
    /// Its decorations, from the inside to the outside.
    pub decorations: Vec<Decoration>,
    /// Where its text leads.
    pub link: Option<String>,
    /// Whether it is a name that stands family first.
    pub is_inverted: bool,
    /// Whether it is the name of an institution.
    pub is_institution: bool,
    /// A number by which it can be found again; 0 for none.
    pub mark: u32,
    /// Whether what is in it does not know of its decorations: it was there before them.
    pub is_wrapper: bool,
}

impl Default for Blob {
    fn default() -> Blob {
        Blob::with(Content::List(Vec::new()))
    }
}

impl Blob {
    /// A blob with nothing but its content.
    pub fn with(content: Content) -> Blob {
        Blob {
            content,
            prefix: CompactString::default(),
            suffix: CompactString::default(),
            delimiter: CompactString::default(),
            decorations: Vec::new(),
            link: None,
            is_inverted: false,
            is_institution: false,
            mark: 0,
            is_wrapper: false,
        }
    }

    /// A blob of characters.
    pub fn text(text: &str) -> Blob {
        Blob::with(Content::Text(text.into()))
    }

    /// A blob of parts.
    pub fn list(parts: Vec<Blob>) -> Blob {
        Blob::with(Content::List(parts))
    }

    /// Whether it has neither characters nor parts.
    pub fn is_empty(&self) -> bool {
        match &self.content {
            Content::Text(text) => text.is_empty(),
            Content::List(list) => list.is_empty(),
            Content::Number(_) => false,
        }
    }

    /// Its parts; none for text.
    pub fn parts(&self) -> &[Blob] {
        match &self.content {
            Content::List(list) => list,
            Content::Text(_) | Content::Number(_) => &[],
        }
    }

    /// Its parts, to be changed.
    pub fn parts_mut(&mut self) -> &mut [Blob] {
        match &mut self.content {
            Content::List(list) => list,
            Content::Text(_) | Content::Number(_) => &mut [],
        }
    }

    /// Puts a part at its end; a blob of characters becomes one of parts.
    pub fn push(&mut self, part: Blob) {
        match &mut self.content {
            Content::List(list) => list.push(part),
            Content::Text(_) | Content::Number(_) => {
                let own = std::mem::replace(&mut self.content, Content::List(Vec::new()));
                self.content = Content::List(vec![Blob::with(own), part]);
            }
        }
    }

    /// Takes away parts that are empty, at any depth.
    pub fn purge(&mut self) {
        if let Content::List(list) = &mut self.content {
            for part in list.iter_mut() {
                part.purge();
            }
            list.retain(|part| !part.is_empty());
        }
    }

    /// Whether it is set off, by quotation marks too where asked.
    pub fn is_decorated(&self, quotes_too: bool) -> bool {
        self.decorations.iter().any(|decoration| match decoration.aspect() {
            Aspect::Quotes => quotes_too && *decoration != Decoration::NoQuotes,
            Aspect::Display => false,
            _ => true,
        })
    }

    /// Whether it has quotation marks of its own.
    pub fn is_quoted(&self) -> bool {
        let marks = [Decoration::Quotes, Decoration::InnerQuotes];
        self.decorations.iter().any(|decoration| marks.contains(decoration))
    }

    /// Whether it is a number, alone or wrapped once.
    pub fn is_number(&self) -> bool {
        match &self.content {
            Content::Number(_) => true,
            Content::List(list) => list.len() == 1 && matches!(list[0].content, Content::Number(_)),
            Content::Text(_) => false,
        }
    }
}
