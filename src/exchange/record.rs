//! The record between formats: one description of one work in BibLaTeX's terms, as plain Unicode
//! text. Every reader gives it, every writer takes it.

use super::{date, identifier, person};
use crate::model::name::{self, Names};
use crate::model::{Entry, alias, name_tex};
use crate::text::said::Said;
use crate::text::{escape, tex};
use std::borrow::Cow;

/// One description of one work, on its way in or out.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Record {
    /// The citation key; empty where the source has none.
    pub key: String,
    /// BibLaTeX's entry type.
    pub entry_type: Cow<'static, str>,
    /// In the order of the source; every name once.
    pub fields: Vec<Field>,
    /// The line of the source where it begins, from 1; 0 where there are no lines.
    pub line: usize,
    /// What was not understood in it.
    pub unknown: Vec<Unknown>,
}

/// Something in a record that was not understood.
#[derive(Debug, Clone, PartialEq)]
pub struct Unknown {
    /// The line of the source, from 1.
    pub line: usize,
    /// What is so.
    pub said: Said,
}

/// A field of a record.
#[derive(Debug, Clone, PartialEq)]
pub struct Field {
    /// BibLaTeX's name, lower case.
    pub name: Cow<'static, str>,
    /// What it says.
    pub value: Value,
    /// The value as TeX where it came as TeX: kept on the way into a `.bib` file.
    pub tex: Option<Box<str>>,
}

/// What a field says.
#[derive(Debug, Clone, PartialEq)]
pub enum Value {
    /// One text.
    Text(String),
    /// People and bodies.
    Names(Names),
    /// Several texts.
    List(Vec<String>),
}

/// What kind of value a field has (BibLaTeX manual 2.2.1).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// A text.
    Text,
    /// A list of names.
    Names,
    /// A list of texts joined by `and`.
    List,
    /// A list of words joined by commas.
    Words,
    /// A date.
    Date,
    /// A range of pages.
    Pages,
    /// A text without TeX.
    Verbatim,
}

/// The kind of the field with this BibLaTeX name.
pub fn kind(field: &str) -> Kind {
    match field {
        "keywords" => Kind::Words,
        "pages" | "bookpages" => Kind::Pages,
        "date" | "origdate" | "eventdate" | "urldate" => Kind::Date,
        "institution" | "language" | "location" | "organization" | "origlanguage"
        | "origlocation" | "origpublisher" | "publisher" => Kind::List,
        _ if alias::is_names(field) => Kind::Names,
        _ if alias::is_verbatim(field) => Kind::Verbatim,
        _ => Kind::Text,
    }
}

impl Value {
    /// Reads a value written as TeX.
    pub fn from_tex(field: &str, raw: &str) -> Self {
        match kind(field) {
            Kind::Names => Self::Names(name::parse(raw)),
            Kind::List => Self::List(decoded(name::split_list(raw))),
            Kind::Words => Self::List(decoded(split_words(raw))),
            Kind::Verbatim => Self::Text(raw.trim().to_owned()),
            Kind::Date => Self::Text(raw.trim().to_owned()),
            Kind::Pages => Self::Text(date::pages(&tex::to_unicode(raw))),
            Kind::Text => Self::Text(tex::to_unicode(raw)),
        }
    }

    /// Whether there is nothing in it.
    pub fn is_empty(&self) -> bool {
        match self {
            Self::Text(text) => text.is_empty(),
            Self::Names(names) => names.names.is_empty() && !names.others,
            Self::List(parts) => parts.is_empty(),
        }
    }

    /// All of it as one text for reading; lists joined with `; `.
    pub fn text(&self) -> Cow<'_, str> {
        match self {
            Self::Text(text) => Cow::Borrowed(text),
            Self::List(parts) => match parts.as_slice() {
                [one] => Cow::Borrowed(one),
                _ => Cow::Owned(parts.join("; ")),
            },
            Self::Names(names) => {
                let names: Vec<String> = names.names.iter().map(name::Name::inverted).collect();
                Cow::Owned(names.join("; "))
            }
        }
    }
}

fn decoded(parts: Vec<&str>) -> Vec<String> {
    parts.into_iter().map(tex::to_unicode).filter(|part| !part.is_empty()).collect()
}

/// Splits at commas and semicolons outside braces.
fn split_words(raw: &str) -> Vec<&str> {
    let (mut depth, mut from, mut parts) = (0_i32, 0, Vec::new());
    for (at, byte) in raw.bytes().enumerate() {
        match byte {
            b'{' => depth += 1,
            b'}' => depth -= 1,
            b',' | b';' if depth <= 0 => {
                parts.push(&raw[from..at]);
                from = at + 1;
            }
            _ => {}
        }
    }
    parts.push(&raw[from..]);
    parts
}

impl Field {
    /// The value as TeX, without delimiters: as it came, or escaped.
    pub fn to_tex(&self) -> Cow<'_, str> {
        match &self.tex {
            Some(tex) => Cow::Borrowed(tex),
            None => Cow::Owned(self.escaped()),
        }
    }

    fn escaped(&self) -> String {
        let joined = |parts: &[String], by: &str, protected: fn(&str) -> bool| {
            let parts: Vec<String> = parts
                .iter()
                .map(|part| {
                    let tex = escape::tex(part);
                    if protected(part) { format!("{{{tex}}}") } else { tex }
                })
                .collect();
            parts.join(by)
        };
        match &self.value {
            Value::Names(names) => name_tex::names(names),
            Value::List(parts) if self.name == "keywords" => {
                joined(parts, ", ", |part| part.contains([',', ';']))
            }
            Value::List(parts) => joined(parts, " and ", |part| {
                part.split(' ').any(|word| word.eq_ignore_ascii_case("and"))
            }),
            Value::Text(text) => match kind(&self.name) {
                Kind::Verbatim => escape::verbatim(text),
                // A date is not TeX: `~` in it means "about".
                Kind::Date => text.chars().filter(|c| !matches!(c, '{' | '}' | '\\')).collect(),
                Kind::Pages => escape::tex(text).replace('–', "--"),
                _ => escape::tex(text),
            },
        }
    }
}

impl Record {
    /// An empty record of this type.
    pub fn new(entry_type: impl Into<Cow<'static, str>>) -> Self {
        Self { entry_type: entry_type.into(), ..Self::default() }
    }

    /// The record of an entry, with all that it inherits.
    pub fn from_entry(entry: &Entry) -> Self {
        let mut record = Self::new(entry.entry_type.clone());
        record.key.clone_from(&entry.key);
        record.line = entry.place.line;
        let inherits = entry.fields.iter().any(|field| field.from.is_some());
        for field in &entry.fields {
            let is_link = inherits && matches!(&*field.name, "crossref" | "xdata");
            if record.field(&field.name).is_some() || is_link {
                continue;
            }
            let value = Value::from_tex(&field.name, &field.raw);
            if !value.is_empty() {
                record.fields.push(Field {
                    name: Cow::Owned(field.name.to_string()),
                    value,
                    tex: Some(field.raw.clone()),
                });
            }
        }
        record.join_date();
        record
    }

    /// `year` and `month` become `date` where they hold one.
    fn join_date(&mut self) {
        let Some(year) = self.text("year").map(Cow::into_owned) else { return };
        if self.field("date").is_none() {
            let month = self.text("month").map(Cow::into_owned);
            let Some(date) = crate::model::date::legacy(&year, month.as_deref()) else { return };
            // `2011a` or `in press 2011` says more than the year: it stays what it is.
            if !year.trim().chars().all(|c| c.is_ascii_digit()) {
                return;
            }
            self.fields.push(Field {
                name: "date".into(),
                value: Value::Text(date::edtf(&date)),
                tex: None,
            });
        }
        self.fields.retain(|field| !matches!(&*field.name, "year" | "month"));
    }

    /// The field with this BibLaTeX name.
    pub fn field(&self, name: &str) -> Option<&Field> {
        self.fields.iter().find(|field| field.name == name)
    }

    /// The value with this name as one text; `None` where it is missing.
    pub fn text(&self, name: &str) -> Option<Cow<'_, str>> {
        self.field(name).map(|field| field.value.text())
    }

    /// The names in a name field; none where it is missing.
    pub fn names(&self, name: &str) -> &[name::Name] {
        match self.field(name).map(|field| &field.value) {
            Some(Value::Names(names)) => &names.names,
            _ => &[],
        }
    }

    /// A title with its subtitle, as formats have it that know one title only.
    pub fn whole_title(&self, name: &str) -> String {
        let title = self.text(name).unwrap_or_default().into_owned();
        let sub = name.strip_suffix("title").map(|of| format!("{of}subtitle"));
        match sub.and_then(|name| self.text(&name)) {
            Some(sub) if title.ends_with(['?', '!', '.', ':']) => format!("{title} {sub}"),
            Some(sub) if !title.is_empty() => format!("{title}: {sub}"),
            Some(sub) => sub.into_owned(),
            None => title,
        }
    }

    /// Sets a field, whatever it held.
    pub fn set(&mut self, name: impl Into<Cow<'static, str>>, value: Value) {
        let name = name.into();
        match self.fields.iter_mut().find(|field| field.name == name) {
            Some(field) => {
                field.value = value;
                field.tex = None;
            }
            None => self.fields.push(Field { name, value, tex: None }),
        }
    }

    /// Takes a field away and gives what it held.
    pub fn remove(&mut self, name: &str) -> Option<Value> {
        let at = self.fields.iter().position(|field| field.name == name)?;
        Some(self.fields.remove(at).value)
    }

    /// Adds what a source says of a field, read as the field's kind asks: names and keywords are
    /// added to those that are there, dates, pages and identifiers are put into BibLaTeX's form.
    /// A second, different value of a field that can have only one is kept in `annotation`.
    pub fn add(&mut self, name: impl Into<Cow<'static, str>>, text: &str) {
        let name = name.into();
        let text = escape::clean(text);
        // A place that is nothing but a comma is no place.
        if text.chars().all(|c| matches!(c, ',' | ';' | '.' | ' ' | ':')) {
            return;
        }
        match kind(&name) {
            Kind::Names => match person::read(&text) {
                Some(one) => self.add_name(name, one),
                None => self.add_others(name),
            },
            Kind::List => self.add_part(name, text.into_owned()),
            Kind::Words => {
                for word in text.split(';') {
                    self.add_part(name.clone(), word.trim().to_owned());
                }
            }
            Kind::Date => match date::read(&text) {
                Some(date) => self.add_text(name, date),
                None => self.add_undated(name, &text),
            },
            Kind::Pages => self.add_text(name, date::pages(&text)),
            _ => {
                let text = identifier::tidy(&name, &text);
                self.add_text(name, text.into_owned());
            }
        }
    }

    /// Adds a person or body to a name field.
    pub fn add_name(&mut self, name: impl Into<Cow<'static, str>>, one: name::Name) {
        let name = name.into();
        match self.fields.iter_mut().find(|field| field.name == name).map(|f| &mut f.value) {
            Some(Value::Names(names)) => names.names.push(one),
            _ => self.set(name, Value::Names(Names { names: vec![one], others: false })),
        }
    }

    /// Says that a name field has more names than are told.
    fn add_others(&mut self, name: Cow<'static, str>) {
        match self.fields.iter_mut().find(|field| field.name == name).map(|f| &mut f.value) {
            Some(Value::Names(names)) => names.others = true,
            _ => self.set(name, Value::Names(Names { names: Vec::new(), others: true })),
        }
    }

    /// Adds a text to a list field, once.
    pub fn add_part(&mut self, name: impl Into<Cow<'static, str>>, part: String) {
        let name = name.into();
        if part.is_empty() {
            return;
        }
        match self.fields.iter_mut().find(|field| field.name == name).map(|f| &mut f.value) {
            Some(Value::List(parts)) => {
                if !parts.contains(&part) {
                    parts.push(part);
                }
            }
            _ => self.set(name, Value::List(vec![part])),
        }
    }

    fn add_undated(&mut self, name: Cow<'static, str>, text: &str) {
        let folded = text.to_lowercase();
        if name == "date" && (folded.contains("press") || folded.contains("ahead")) {
            self.add_text("pubstate".into(), "inpress".to_owned());
        } else {
            self.annotate(&name, text);
        }
    }

    fn add_text(&mut self, name: Cow<'static, str>, text: String) {
        let joins = match &*name {
            "abstract" => " ",
            "note" | "annotation" | "addendum" | "affiliation" => "; ",
            _ => "",
        };
        let Some(field) = self.fields.iter_mut().find(|field| field.name == name) else {
            self.fields.push(Field { name, value: Value::Text(text), tex: None });
            return;
        };
        let is_date = kind(&field.name) == Kind::Date;
        if let Value::Text(old) = &mut field.value
            && !old.contains(&text)
        {
            // The same date, more exactly.
            if is_date && text.starts_with(old.as_str()) {
                *old = text;
                return;
            }
            if joins.is_empty() {
                self.annotate(&name, &text);
            } else {
                old.push_str(joins);
                old.push_str(&text);
            }
        }
    }

    /// Keeps what has no field of its own in `annotation`, with its label.
    pub fn annotate(&mut self, label: &str, text: &str) {
        self.add_text("annotation".into(), format!("{label}: {text}"));
    }
}
