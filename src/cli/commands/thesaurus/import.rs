//! `kilde thesaurus import FILE`: concepts of a thesaurus that others keep.

use crate::cli::{Context, ExitCode, Failure};
use crate::exchange::skos::{self, Syntax};
use crate::query::thesaurus::Expand;
use crate::session::Error;
use crate::session::terms::{self, Merged, NotMerged, Wanted};
use crate::store::decisions;
use crate::text::said::Said;
use crate::world::{output, text};
use clap::ValueEnum;
use serde_json::json;
use std::path::{Path, PathBuf};

/// The arguments of `kilde thesaurus import`.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// The file: RDF/XML, Turtle or JSON-LD; `-` is standard input.
    #[arg(value_name = "FILE")]
    file: PathBuf,
    /// How it is written, where it does not say so itself.
    #[arg(long, value_enum, value_name = "FORMAT")]
    format: Option<Format>,
    /// Only labels in these languages: nb, nn, en …
    #[arg(long, value_delimiter = ',', value_name = "LANG")]
    language: Vec<String>,
    /// Only this concept and those below it: one of its labels, or its IRI.
    #[arg(long, value_name = "CONCEPT")]
    below: Option<String>,
    /// How far searches are widened by concepts that are new.
    #[arg(long, value_enum, default_value_t = Far::Weak, value_name = "HOW")]
    expand: Far,
    /// Change nothing: print a unified diff.
    #[arg(long)]
    dry_run: bool,
}

/// A way of writing RDF.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Format {
    RdfXml,
    Turtle,
    JsonLd,
}

/// How far a search is widened.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Far {
    /// By all labels, and by those of concepts near it.
    Full,
    /// The same, counting for less.
    Weak,
    /// Not at all.
    None,
}

/// Concepts beyond which a person is told that it costs time.
const MANY: usize = 5_000;
/// Labels that are named one by one.
const NAMED: usize = 8;

/// Merges the file into the library's thesaurus, and says what came of it.
pub(super) fn run(args: Args, context: &mut Context<'_>) -> Result<ExitCode, Failure> {
    let folder = context.folder()?;
    let own = match (&folder.thesaurus, &folder.root) {
        (Some(path), _) => path.clone(),
        (None, Some(root)) => root.join("data").join("thesaurus.toml"),
        (None, None) => {
            return Err(Error::usage(Said::new("search.no-thesaurus"))
                .hint(Said::new("search.no-thesaurus.help"))
                .into());
        }
    };
    let source = text(&args.file)?;
    let syntax = match args.format {
        Some(Format::RdfXml) => Syntax::Xml,
        Some(Format::Turtle) => Syntax::Turtle,
        Some(Format::JsonLd) => Syntax::JsonLd,
        None => skos::sniff(&source),
    };
    let read = skos::read(&source, syntax);
    if let Some(broken) = read.broken {
        let place = format!("{}:{}", args.file.display(), broken.line);
        let error = Error::world(Said::new("app.unreadable").with("path", place));
        return Err(error.because(context.words(&broken.said)).into());
    }
    if read.concepts.is_empty() {
        let said = Said::new("search.skos-none").with("path", args.file.display());
        return Err(Error::usage(said).into());
    }
    let wanted = Wanted {
        languages: args.language.iter().map(|it| it.to_lowercase()).collect(),
        below: args.below.clone(),
        expand: match args.expand {
            Far::Full => Expand::Full,
            Far::Weak => Expand::Weak,
            Far::None => Expand::None,
        },
        unsaid: args.language.first().map_or_else(|| "en".to_owned(), |it| it.to_lowercase()),
    };
    let before = decisions::read(&own).map_err(|error| unreadable(&own, error))?;
    let merged = terms::merge(&before, &read.concepts, &wanted).map_err(|no| match no {
        NotMerged::Own(line, why) => unreadable(&own, format!("line {line}: {why}")),
        NotMerged::NotThere(name) => {
            Error::usage(Said::new("search.skos-not-there").with("name", name))
        }
    })?;
    if args.dry_run {
        let name = own.display().to_string();
        write!(context.out, "{}", terms::diff(&name, &before, &merged.text))?;
    } else if merged.text != before {
        output::write(&own, merged.text.as_bytes())?;
    }
    let passed: Vec<String> =
        read.passed.iter().map(|(name, count)| format!("{name} ({count})")).collect();
    tell(&merged, &own, &passed, context)?;
    Ok(ExitCode::Fine)
}

fn unreadable(path: &Path, why: impl Into<Box<dyn std::error::Error + Send + Sync>>) -> Error {
    Error::world(Said::new("app.unreadable").with("path", path.display())).because(why)
}

fn tell(
    merged: &Merged,
    path: &Path,
    passed: &[String],
    context: &mut Context<'_>,
) -> Result<(), Failure> {
    if context.global.json {
        let taken: Vec<_> = merged
            .taken
            .iter()
            .map(|(label, id)| json!({ "label": label, "concept": id }))
            .collect();
        let object = json!({ "new": merged.new, "grown": merged.grown, "known": merged.known,
            "mute": merged.mute, "taken": taken, "passed": passed });
        writeln!(context.err, "{object}")?;
        return Ok(());
    }
    let said = Said::new("search.skos-done").with("new", merged.new.len());
    let said = said.with("grown", merged.grown.len()).with("known", merged.known);
    context.say(&said.with("path", path.display()))?;
    if !merged.taken.is_empty() {
        let named = merged.taken.iter().take(NAMED).map(|(label, id)| format!("{label} ({id})"));
        let mut labels = named.collect::<Vec<_>>().join(", ");
        if merged.taken.len() > NAMED {
            labels.push_str(" …");
        }
        let said = Said::new("search.skos-taken").with("count", merged.taken.len());
        context.say(&said.with("labels", labels))?;
    }
    if merged.mute > 0 {
        context.say(&Said::new("search.skos-mute").with("count", merged.mute))?;
    }
    if !passed.is_empty() {
        context.say(&Said::new("search.skos-passed").with("names", passed.join(", ")))?;
    }
    if merged.new.len() > MANY {
        context.say(&Said::new("search.skos-large").with("count", merged.new.len()))?;
    }
    Ok(())
}
