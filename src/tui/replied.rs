//! What follows from what a worker answered.

use super::changing;
use super::effect::{Effect, Yank};
use super::reply::Reply;
use super::screens::{confirm, list};
use super::state::{Notice, Over, State};
use super::update::list_height;
use crate::text::said::Said;

/// Takes in what a worker answered, and says what should follow.
pub fn take(state: &mut State, reply: Reply) -> Vec<Effect> {
    match reply {
        Reply::Found { ticket, found } if ticket == state.list.ticket => {
            let list = &mut state.list;
            (list.is_open, list.answered) = (true, ticket);
            (list.all, list.total, list.from) = (found.all, found.total, found.from);
            (list.rows, list.widened) = (found.rows, found.widened);
            (list.facets, list.notes) = (found.facets, found.notes);
            if let Some(kept) = found.kept {
                list.row = kept;
            }
            if !std::mem::replace(&mut list.is_counted, true) {
                return vec![Effect::CountUnreadable, Effect::Searches];
            }
        }
        Reply::Completed(completion) => list::finding::came(&mut state.list, completion),
        Reply::Searches(saved) => state.list.saved = saved,
        Reply::Unreadable(count) => state.list.problems = count,
        // Late: a newer question is under way.
        Reply::Found { .. } => {}
        Reply::Previewed { ticket, preview } if ticket == state.list.preview_ticket => {
            state.list.preview = preview;
        }
        Reply::Previewed { .. } => {}
        Reply::Styles(styles) => {
            let chosen = state.list.style_name().to_owned();
            state.list.style = styles.iter().position(|(name, _)| *name == chosen).unwrap_or(0);
            state.list.styles = styles;
        }
        Reply::Ids { ids, marking } => {
            list::update::mark(&mut state.list, ids, marking);
            let said = Said::new("tui.marked").with("count", state.list.marks.len());
            state.notice = Some(Notice::Good(said));
        }
        Reply::Yanked(Some(copied)) => return vec![Effect::Copy(copied)],
        Reply::Yanked(None) => {
            state.notice = Some(Notice::Refused(Said::new("tui.nothing-to-copy")));
        }
        Reply::Copied { what, count, by } => {
            let id = match what {
                Yank::Reference | Yank::Html => "tui.copied-reference",
                Yank::Citation => "tui.copied-citation",
                Yank::Key => "tui.copied-key",
                Yank::Bib => "tui.copied-bib",
                Yank::Doi => "tui.copied-doi",
                Yank::Url => "tui.copied-url",
            };
            let said = Said::new(id).with("count", count).with("by", by);
            state.notice = Some(Notice::Good(said));
        }
        Reply::Exported { count, path } => {
            let said = Said::new("tui.exported").with("count", count).with("path", path.display());
            state.notice = Some(Notice::Good(said));
        }
        Reply::Exists { again, path } => {
            let question = Said::new("tui.file-exists").with("path", path.display());
            state.over.push(Over::Confirm(confirm::State { question, effect: *again }));
        }
        Reply::Indexing(said) => state.indexing = said,
        Reply::Touched => return vec![Effect::Reread],
        Reply::Changed => {
            let keep = state.list.current().map(|row| row.id.clone());
            let height = list_height(state);
            // The preview may have changed too, and a form that is open.
            state.list.previewed = Default::default();
            state.list.is_counted = false;
            let mut effects = vec![list::update::find(&mut state.list, height, keep)];
            effects.extend(changing::library_changed(state));
            return effects;
        }
        Reply::Source { id, text } => return vec![Effect::Lend { id, text }],
        Reply::Edited { id, text } => {
            let edits = vec![super::change::Edit::Rewrite { id, text }];
            return vec![Effect::Change { edits, sure: true }];
        }
        Reply::Saved(said) => state.notice = Some(Notice::Good(said)),
        Reply::Opened(what) => {
            state.notice = Some(Notice::Good(Said::new("tui.opened").with("what", what)));
        }
        Reply::Working(working) => state.working = working,
        other @ (Reply::Form(_)
        | Reply::Drafted { .. }
        | Reply::Values(_)
        | Reply::Diff { .. }
        | Reply::Problems(_)
        | Reply::Excerpt(_)
        | Reply::Review(_)
        | Reply::Compared(_)
        | Reply::Done(_)) => changing::replied(state, other),
        Reply::Trouble(trouble) => {
            state.list.is_marking = false;
            state.notice = Some(Notice::Trouble(trouble));
        }
    }
    Vec::new()
}
