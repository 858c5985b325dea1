//! `kilde thesaurus`: the library's thesaurus, checked, listed, or grown from another.

mod import;

use crate::cli::{Context, ExitCode, Failure};
use crate::query::thesaurus::{Concept, Flaw, Thesaurus};
use crate::session::Error;
use crate::store::read;
use crate::text::said::Said;
use clap::Subcommand;
use serde_json::json;
use std::path::{Path, PathBuf};

/// The arguments of `kilde thesaurus`.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// What to do.
    #[command(subcommand)]
    action: Action,
}

#[derive(Debug, Subcommand)]
enum Action {
    /// Look for circles, lost concepts and labels that collide.
    Check,
    /// List the concepts and what they are called.
    List {
        /// Only concepts of which a label contains this.
        #[arg(value_name = "WORD")]
        word: Option<String>,
    },
    /// Merge concepts of another thesaurus (SKOS) into the library's own; nothing there is changed.
    Import(import::Args),
}

/// Does what was asked.
pub fn run(args: Args, context: &mut Context<'_>) -> Result<ExitCode, Failure> {
    match args.action {
        Action::Check => check(context),
        Action::List { word } => list(word.as_deref(), context),
        Action::Import(args) => import::run(args, context),
    }
}

/// The library's own thesaurus, where it is kept, and what could not be read of it.
fn own(context: &Context<'_>) -> Result<(PathBuf, Thesaurus, Vec<Flaw>), Error> {
    let Some(path) = context.folder()?.thesaurus else {
        return Err(Error::usage(Said::new("search.no-thesaurus"))
            .hint(Said::new("search.no-thesaurus.help")));
    };
    let (thesaurus, flaws) = Thesaurus::read(&text(&path)?);
    Ok((path, thesaurus, flaws))
}

fn text(path: &Path) -> Result<String, Error> {
    let bytes = read::bytes(path).map_err(|unreadable| {
        Error::world(Said::new("app.unreadable").with("path", unreadable.path.display()))
            .because(unreadable.source)
    })?;
    Ok(String::from_utf8_lossy(&bytes).into_owned())
}

fn check(context: &mut Context<'_>) -> Result<ExitCode, Failure> {
    let (path, thesaurus, mut flaws) = own(context)?;
    flaws.extend(thesaurus.check());
    for flaw in &flaws {
        let (said, place) = told(flaw);
        let place = place.map(|(line, column)| format!(":{line}:{column}")).unwrap_or_default();
        let words = context.words(&said);
        let line = if context.global.json {
            let level = if flaw.is_error() { "error" } else { "warning" };
            json!({ "file": path.display().to_string(), "level": level, "id": said.id,
                    "message": words })
            .to_string()
        } else {
            let id = if flaw.is_error() { "app.error" } else { "app.warning" };
            let level = context.words(&Said::new(id));
            format!("{}{place}: {level}[{}]: {words}", path.display(), said.id)
        };
        let line = context.harmless(&line).into_owned();
        writeln!(context.out, "{line}")?;
    }
    if !context.global.json {
        let said = Said::new("search.thesaurus-checked")
            .with("count", thesaurus.concepts.len())
            .with("flaws", flaws.len());
        context.say(&said)?;
    }
    let is_sound = !flaws.iter().any(Flaw::is_error);
    Ok(if is_sound { ExitCode::Fine } else { ExitCode::Findings })
}

fn told(flaw: &Flaw) -> (Said, Option<(usize, usize)>) {
    match flaw {
        Flaw::Unreadable(place, why) => {
            (Said::new("search.thesaurus-unreadable").with("why", why), *place)
        }
        Flaw::WrongValue(id, name) => {
            (Said::new("search.thesaurus-value").with("concept", id).with("name", name), None)
        }
        Flaw::NoLabels(id) => (Said::new("search.thesaurus-empty").with("concept", id), None),
        Flaw::Dangling(id, relation, lost) => (
            Said::new("search.thesaurus-lost")
                .with("concept", id)
                .with("relation", relation)
                .with("lost", lost),
            None,
        ),
        Flaw::Circle(ids) => {
            (Said::new("search.thesaurus-circle").with("concepts", ids.join(" → ")), None)
        }
        Flaw::Collision(label, ids) => (
            Said::new("search.thesaurus-collision")
                .with("label", label)
                .with("concepts", ids.join(", ")),
            None,
        ),
    }
}

fn list(word: Option<&str>, context: &mut Context<'_>) -> Result<ExitCode, Failure> {
    let (_, thesaurus, _) = own(context)?;
    let word = word.map(str::to_lowercase).unwrap_or_default();
    let named = |concept: &&Concept| {
        word.is_empty() || concept.labels.iter().any(|it| it.text.to_lowercase().contains(&word))
    };
    let mut any = false;
    for concept in thesaurus.concepts.iter().filter(named) {
        any = true;
        let mut languages: Vec<(&str, Vec<&str>)> = Vec::new();
        for label in &concept.labels {
            match languages.iter_mut().find(|(known, _)| *known == label.language) {
                Some((_, labels)) => labels.push(&label.text),
                None => languages.push((&label.language, vec![&label.text])),
            }
        }
        if context.global.json {
            let labels: serde_json::Map<String, serde_json::Value> =
                languages.iter().map(|(it, labels)| ((*it).to_owned(), json!(labels))).collect();
            let object = json!({ "concept": concept.id, "gloss": concept.gloss, "labels": labels,
                "broader": concept.broader, "narrower": concept.narrower,
                "related": concept.related });
            writeln!(context.out, "{object}")?;
            continue;
        }
        let mut text = format!("{}  {}\n", concept.id, concept.gloss);
        for (language, labels) in languages {
            text.push_str(&format!("  {language:<8} {}\n", labels.join(", ")));
        }
        let text = context.harmless(&text).into_owned();
        write!(context.out, "{text}")?;
    }
    Ok(if any { ExitCode::Fine } else { ExitCode::Findings })
}
