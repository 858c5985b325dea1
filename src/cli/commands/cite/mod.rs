//! `kilde cite`: a formatted reference list.

mod check;
mod list;
pub(in crate::cli) mod source;

use crate::cite::format::{self, Format};
use crate::cite::group::GroupBy;
use crate::cite::item::Item;
use crate::cite::processor::Processor;
use crate::cite::style::Style;
use crate::cli::{Context, ExitCode, Failure};
use crate::session::Error;
use crate::text::said::{Language, Said};
use crate::world::{output, styles};
use clap::ValueEnum;
use std::collections::HashSet;
use std::path::PathBuf;

/// The arguments of `kilde cite`.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// The citation keys.
    #[arg(value_name = "KEY")]
    keys: Vec<String>,
    /// What a search finds.
    #[arg(short, long, value_name = "QUERY")]
    query: Option<String>,
    /// Everything in the library.
    #[arg(long)]
    all: bool,
    /// What a document cites: .md, .tex, .aux, .bcf, .typ, .docx or .odt; again for more.
    #[arg(long, value_name = "FILE")]
    from: Vec<PathBuf>,
    /// Items of CSL-JSON instead of a library; `-` is standard input.
    #[arg(long, value_name = "FILE", conflicts_with_all = ["keys", "query", "all"])]
    items: Option<PathBuf>,
    /// The style: a name that `kilde styles` lists, or a .csl file.
    #[arg(short, long, default_value = "norsk-apa-manual", value_name = "STYLE")]
    style: String,
    /// The language of the list, such as nb-NO; nothing: that of the interface.
    #[arg(short, long, value_name = "LOCALE")]
    locale: Option<String>,
    /// The format: text, md, html, rtf, docx, odt, latex, typst or jsonl.
    #[arg(short, long, value_enum, value_name = "FORMAT")]
    format: Option<FormatName>,
    /// Write to FILE; its ending says the format where none is given.
    #[arg(short, long, value_name = "FILE")]
    output: Option<PathBuf>,
    /// Part the list by project, type, year or language.
    #[arg(long, value_enum, value_name = "BY")]
    group_by: Option<By>,
    /// The heading above the list; `""` for none.
    #[arg(long, value_name = "TEXT")]
    heading: Option<String>,
    /// A whole page or document (html, latex, typst).
    #[arg(long)]
    whole: bool,
    /// Put what Zotero and link resolvers read into the HTML (COinS).
    #[arg(long)]
    coins: bool,
    /// The citations as they stand in the text or in notes, instead of the list.
    #[arg(long, conflicts_with_all = ["check", "group_by", "coins"])]
    in_text: bool,
    /// Say what each reference lacks for this style, instead of the list.
    #[arg(long, conflicts_with_all = ["output", "format", "group_by"])]
    check: bool,
}

/// A format by its name.
#[derive(Debug, Clone, Copy, ValueEnum)]
enum FormatName {
    #[value(alias = "txt", alias = "plain")]
    Text,
    #[value(alias = "markdown")]
    Md,
    #[value(alias = "htm")]
    Html,
    Rtf,
    Docx,
    Odt,
    #[value(alias = "tex")]
    Latex,
    #[value(alias = "typ")]
    Typst,
    #[value(alias = "json")]
    Jsonl,
}

impl FormatName {
    fn format(self) -> Format {
        match self {
            FormatName::Text => Format::Text,
            FormatName::Md => Format::Markdown,
            FormatName::Html => Format::Html,
            FormatName::Rtf => Format::Rtf,
            FormatName::Docx => Format::Docx,
            FormatName::Odt => Format::Odt,
            FormatName::Latex => Format::Latex,
            FormatName::Typst => Format::Typst,
            FormatName::Jsonl => Format::JsonLines,
        }
    }
}

#[derive(Debug, Clone, Copy, ValueEnum)]
enum By {
    Project,
    Type,
    Year,
    Language,
}

impl By {
    fn group_by(self) -> GroupBy {
        match self {
            By::Project => GroupBy::Project,
            By::Type => GroupBy::Type,
            By::Year => GroupBy::Year,
            By::Language => GroupBy::Language,
        }
    }
}

/// Prints the list, or writes it to a file.
pub fn run(args: Args, context: &mut Context<'_>) -> Result<ExitCode, Failure> {
    let found = styles::style(&args.style)?;
    let style = Style::read(&found.xml, &|id| styles::parent(id, &found)).map_err(|error| {
        Error::usage(Said::new("cite.bad-style").with("style", &args.style)).because(error)
    })?;
    let wanted = args.locale.clone().unwrap_or_else(|| locale(context.language, &style));
    let locale = styles::locale(&wanted)?;
    let read = |tag: &str| {
        if tag == locale.name { Some(locale.xml.clone()) } else { styles::locale_text(tag) }
    };
    let processor = Processor::new(&style, &read, &locale.name).map_err(|error| {
        Error::usage(Said::new("cite.bad-locale").with("locale", &wanted)).because(error)
    })?;
    let source = source::find(&args, &locale.name, context)?;
    if args.check {
        return check::run(&processor, &source, &style, context);
    }
    if !args.in_text && !processor.has_bibliography() {
        return Err(Error::usage(Said::new("cite.no-list").with("style", &args.style))
            .hint(Said::new("cite.no-list.help"))
            .into());
    }
    let format = format(&args, context)?;
    let list = if args.in_text {
        list::citations(&args, &processor, &source.items)
    } else {
        list::build(&args, format, &processor, &source, context)
    };
    not_shown(&list, &source.items, context)?;
    let bytes = format::write(&list, format, args.whole);
    match &args.output {
        Some(path) if path.as_os_str() != "-" => {
            output::write(path, &bytes)?;
            let count = list.sections.iter().map(|it| it.references.len()).sum::<usize>();
            let said = Said::new("cite.written").with("count", count).with("path", path.display());
            context.say(&said)?;
        }
        _ if format.is_binary() && context.is_terminal => {
            return Err(Error::usage(Said::new("cite.binary"))
                .hint(Said::new("cite.binary.help"))
                .into());
        }
        _ if context.is_terminal => {
            let text = String::from_utf8_lossy(&bytes);
            let text = context.harmless(&text).into_owned();
            context.out.write_all(text.as_bytes())?;
        }
        _ => context.out.write_all(&bytes)?,
    }
    Ok(if source.complete && !source.items.is_empty() {
        ExitCode::Fine
    } else {
        ExitCode::Findings
    })
}

/// Says of which works the style shows nothing.
fn not_shown(
    list: &format::ReferenceList,
    items: &[Item],
    context: &mut Context<'_>,
) -> std::io::Result<()> {
    let references = list.sections.iter().flat_map(|section| &section.references);
    let shown: HashSet<&str> = references.map(|it| it.id.as_str()).collect();
    let ids = items.iter().map(|item| item.id.as_str());
    let lost: Vec<&str> = ids.filter(|id| !shown.contains(id)).collect();
    if lost.is_empty() {
        return Ok(());
    }
    let keys = lost.join(", ");
    context.say(&Said::new("cite.not-shown").with("count", lost.len()).with("keys", keys))
}

/// The locale for a list when none is asked for: that of the interface in Norwegian, else the
/// style's own, else American English.
fn locale(language: Language, style: &Style) -> String {
    match language {
        Language::Nb => "nb-NO".into(),
        Language::Nn => "nn-NO".into(),
        Language::En if style.default_locale.is_empty() => "en-US".into(),
        Language::En => style.default_locale.clone(),
    }
}

/// The format: the one asked for, JSON lines for `--json`, what the file's ending says, text.
fn format(args: &Args, context: &Context<'_>) -> Result<Format, Error> {
    if let Some(name) = args.format {
        return Ok(name.format());
    }
    if context.global.json {
        return Ok(Format::JsonLines);
    }
    let Some(path) = args.output.as_ref().filter(|path| path.as_os_str() != "-") else {
        return Ok(Format::Text);
    };
    let ending = path.extension().unwrap_or_default().to_string_lossy();
    Format::from_extension(&ending).ok_or_else(|| {
        Error::usage(Said::new("cite.no-format").with("path", path.display()))
            .hint(Said::new("cite.no-format.help"))
    })
}
