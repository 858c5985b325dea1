//! Which aspects of an entry are to be made so: by option, or by the library's settings.

use crate::bibtex::tidy::{Aspects, Delimiters, Indent};
use clap::ValueEnum;

/// The options, each an aspect; what is not named stays as it is.
#[derive(Debug, Default, clap::Args)]
pub(super) struct Named {
    /// Blanks before a field at the beginning of a line: a number, or `tab`.
    #[arg(long, value_name = "BLANKS", value_parser = indent)]
    indent: Option<Indent>,
    /// The `=` of an entry below each other, or a blank after each name.
    #[arg(long, value_enum, value_name = "ANSWER")]
    align: Option<Answer>,
    /// Names of fields and types in small letters.
    #[arg(long)]
    lower: bool,
    /// What stands around values.
    #[arg(long, value_enum, value_name = "WHICH")]
    delimiters: Option<Around>,
    /// Numbers without delimiters, or with.
    #[arg(long, value_enum, value_name = "ANSWER")]
    bare_numbers: Option<Answer>,
    /// A comma behind the last field, or none.
    #[arg(long, value_enum, value_name = "ANSWER")]
    trailing_comma: Option<Answer>,
    /// The order of the fields, the rest behind them; without names a usual one.
    #[arg(long, value_name = "FIELDS", value_delimiter = ',', num_args = 0..)]
    order: Option<Vec<String>>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Answer {
    Yes,
    No,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Around {
    Braces,
    Quotes,
}

/// The order where fields are to be ordered and none is given: who, what, where, when, links, notes.
const USUAL: &[&str] = &[
    "author",
    "editor",
    "editora",
    "editorb",
    "editorc",
    "translator",
    "title",
    "subtitle",
    "titleaddon",
    "booktitle",
    "booksubtitle",
    "maintitle",
    "journaltitle",
    "journal",
    "eventtitle",
    "series",
    "edition",
    "volume",
    "number",
    "issue",
    "chapter",
    "type",
    "institution",
    "school",
    "organization",
    "publisher",
    "location",
    "address",
    "date",
    "year",
    "month",
    "pages",
    "pagetotal",
    "eid",
    "isbn",
    "issn",
    "doi",
    "eprint",
    "eprinttype",
    "eprintclass",
    "pmid",
    "url",
    "urldate",
    "langid",
    "language",
    "pubstate",
    "note",
    "abstract",
    "keywords",
];

impl Named {
    /// The aspects that the options name.
    pub(super) fn asked(&self) -> Aspects {
        let yes = |answer: Option<Answer>| answer.map(|it| it == Answer::Yes);
        Aspects {
            indent: self.indent,
            align: yes(self.align),
            lower_case: self.lower,
            delimiters: self.delimiters.map(|it| match it {
                Around::Braces => Delimiters::Braces,
                Around::Quotes => Delimiters::Quotes,
            }),
            bare_numbers: yes(self.bare_numbers),
            trailing_comma: yes(self.trailing_comma),
            order: self.order.as_ref().map(|names| order(names)).unwrap_or_default(),
        }
    }
}

/// The aspects that the table `[format]` names. What means nothing there is passed over.
pub(super) fn set(table: &toml::Table) -> Aspects {
    let answer = |name: &str| table.get(name).and_then(toml::Value::as_bool);
    let word = |name: &str| table.get(name).and_then(toml::Value::as_str);
    let blanks = table.get("indent").and_then(toml::Value::as_integer).map(|it| it.to_string());
    let names: Option<Vec<String>> = match table.get("order") {
        Some(toml::Value::Boolean(true)) => Some(Vec::new()),
        Some(toml::Value::Array(names)) => {
            Some(names.iter().filter_map(|it| it.as_str().map(str::to_owned)).collect())
        }
        _ => None,
    };
    Aspects {
        indent: blanks.as_deref().or_else(|| word("indent")).and_then(|it| indent(it).ok()),
        align: answer("align"),
        lower_case: answer("lower") == Some(true),
        delimiters: word("delimiters").and_then(|it| match it {
            "braces" => Some(Delimiters::Braces),
            "quotes" => Some(Delimiters::Quotes),
            _ => None,
        }),
        bare_numbers: answer("bare-numbers"),
        trailing_comma: answer("trailing-comma"),
        order: names.map(|names| order(&names)).unwrap_or_default(),
    }
}

fn order(names: &[String]) -> Vec<String> {
    if names.is_empty() {
        return USUAL.iter().map(|name| (*name).to_owned()).collect();
    }
    names.iter().map(|name| name.trim().to_lowercase()).collect()
}

/// The most blanks: more is a slip of the finger.
const MOST: usize = 16;

fn indent(text: &str) -> Result<Indent, String> {
    match text.parse::<usize>() {
        Ok(blanks) if blanks <= MOST => Ok(Indent::Blanks(blanks)),
        _ if text == "tab" => Ok(Indent::Tab),
        _ => Err(format!("a number from 0 to {MOST}, or `tab`")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn settings_name_aspects_like_options_do() {
        let table: toml::Table =
            "indent = 2\nalign = true\ndelimiters = 'braces'\norder = ['Title']\nodd = 1"
                .parse()
                .unwrap();
        let asked = Aspects {
            indent: Some(Indent::Blanks(2)),
            align: Some(true),
            delimiters: Some(Delimiters::Braces),
            order: vec!["title".into()],
            ..Aspects::default()
        };
        assert_eq!(set(&table), asked);
        assert!(set(&toml::Table::new()).is_empty());
    }
}
