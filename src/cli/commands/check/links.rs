//! `kilde check --links`: the addresses of the library asked for.

use crate::check::links::{self, Answer};
use crate::cli::progress::Progress;
use crate::cli::{Context, Failure};
use crate::model::Library;
use crate::session::Error;
use crate::store::clock;
use crate::text::said::Said;
use crate::world::interrupt::Interrupt;
use crate::world::links::{Cache, How, ask};
use crate::world::place;
use std::collections::HashMap;

/// Whether and how addresses are asked for.
#[derive(Debug, Clone, Default, clap::Args)]
pub struct Links {
    /// Ask for every address and DOI, several hosts at a time; answers are remembered for a while.
    #[arg(long)]
    pub links: bool,
    /// With --links: ask nobody, and go by what was answered before.
    #[arg(long, requires = "links")]
    offline: bool,
    /// With --links: ask anew, whatever was answered before.
    #[arg(long, requires = "links", conflicts_with = "offline")]
    refresh: bool,
    /// With --links: ask addresses of this machine and its own network, too.
    #[arg(long, requires = "links")]
    private: bool,
}

/// What the addresses of the library answer, and whether all were asked: Ctrl-C ends the asking, and
/// what was answered until then counts.
pub(super) fn answers(
    library: &Library,
    args: &Links,
    context: &mut Context<'_>,
) -> Result<(HashMap<String, Answer>, bool), Failure> {
    let file = place::state().map(|folder| folder.join("links.jsonl"));
    let unwritable = |error| Error::world(Said::new("app.cannot-write")).because(error);
    if let Some(folder) = place::state().filter(|_| !args.offline) {
        crate::store::state::private_folder(&folder).map_err(unwritable)?;
    }
    let mut cache = Cache::open(file.as_deref(), clock::now()).map_err(unwritable)?;
    let links = links::links(library);
    if args.offline {
        cache.believe_all();
        let known = links.iter().filter_map(|it| Some((it.clone(), cache.get(it)?.clone())));
        let known: HashMap<String, Answer> = known.collect();
        let unknown = links.len() - known.len();
        if unknown > 0 {
            context.say(&Said::new("check.links-unknown").with("count", unknown))?;
        }
        return Ok((known, true));
    }
    if args.refresh {
        cache.doubt_all();
    }
    let how = How { private: args.private, ..How::default() };
    let stop = Interrupt::listen();
    let mut progress = Progress::new(context.language);
    let outcome = ask(&links, &how, &mut cache, stop.flag(), &mut |done, all| {
        progress.tell(context.err, || {
            Said::new("check.links-progress").with("done", done).with("all", all)
        });
    });
    progress.end(context.err);
    let outcome = outcome?;
    if outcome.unasked > 0 {
        context.say(&Said::new("check.links-stopped").with("count", outcome.unasked))?;
    }
    Ok((outcome.answers, outcome.unasked == 0))
}
