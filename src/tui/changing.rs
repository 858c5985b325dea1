//! What follows from commands that change entries, bring them in or look after them.

use super::change::{Edit, Form, Way};
use super::command::Command;
use super::effect::{Effect, Link};
use super::input::Input;
use super::offer;
use super::reply::Reply;
use super::review::Kind;
use super::screens::choice::state::Pick;
use super::screens::prompt::state::Purpose;
use super::screens::{form, list, page, problems, prompt, review};
use super::state::{Notice, Over, State};
use crate::text::said::Said;

/// Does what `command` says.
pub fn run(state: &mut State, command: Command) -> Vec<Effect> {
    let current = state.list.current().map(|row| row.id.clone());
    match command {
        Command::Edit => return current.map(|id| Effect::Form { id }).into_iter().collect(),
        Command::EditText => return current.map(|id| Effect::Source { id }).into_iter().collect(),
        Command::SetField => ask(state, "tui.ask-field", "", Purpose::SetField),
        Command::Tag => ask(state, "tui.ask-tag", "", Purpose::Tag),
        Command::Rename => {
            let key = current.unwrap_or_default();
            ask(state, "tui.ask-key", &key, Purpose::Rename);
        }
        Command::AddField => ask(state, "tui.ask-name", "", Purpose::AddField),
        Command::Add => ask(state, "tui.ask-add", "", Purpose::BringIn),
        Command::Status => state.over.push(Over::Choice(offer::statuses())),
        Command::ChangeType => state.over.push(Over::Choice(offer::types(Pick::Type))),
        Command::NewEntry => state.over.push(Over::Choice(offer::types(Pick::NewEntry))),
        Command::AcceptSure => ask(state, "tui.ask-threshold", "90", Purpose::Threshold),
        Command::Remove => {
            let edits = state.list.meant().into_iter().map(|id| Edit::Remove { id }).collect();
            return change(edits);
        }
        Command::Undo => return vec![Effect::Step(Way::Undo)],
        Command::Redo => return vec![Effect::Step(Way::Redo)],
        Command::Duplicates => return vec![Effect::Duplicates],
        Command::Problems => return vec![Effect::Check],
        Command::Fix => return vec![Effect::Fix { ids: state.list.meant(), sure: false }],
        Command::FixAll => return vec![Effect::Fix { ids: Vec::new(), sure: false }],
        _ => {}
    }
    Vec::new()
}

/// Opens something of the entry outside the program.
pub fn open(state: &State, link: Link) -> Vec<Effect> {
    let id = state.list.current().map(|row| row.id.clone());
    id.map(|id| Effect::Open { link, id }).into_iter().collect()
}

fn ask(state: &mut State, id: &'static str, text: &str, purpose: Purpose) {
    let question = Said::new(id).with("count", state.list.meant().len());
    state.over.push(Over::Prompt(prompt::State { question, input: Input::new(text), purpose }));
}

/// One entry is changed at once and can be undone; of several the difference is shown first.
fn change(edits: Vec<Edit>) -> Vec<Effect> {
    let sure = edits.len() <= 1;
    vec![Effect::Change { edits, sure }]
}

/// What follows from a text that was asked for.
pub fn answered(state: &mut State, purpose: Purpose, text: &str) -> Vec<Effect> {
    if text.is_empty() && purpose != Purpose::Reason("included") {
        return Vec::new();
    }
    let ids = state.list.meant();
    match purpose {
        Purpose::SetField => {
            let Some((field, value)) = text.split_once('=') else {
                state.notice = Some(Notice::Refused(Said::new("tui.no-equals")));
                return Vec::new();
            };
            let field = field.trim().to_lowercase();
            let value = value.trim();
            let set = |id| Edit::Set { id, field: field.clone(), value: value.to_owned() };
            change(ids.into_iter().map(set).collect())
        }
        Purpose::Tag => {
            let mut edits = Vec::new();
            for tag in text.split(',').map(str::trim).filter(|tag| !tag.is_empty()) {
                let (on, tag) = match tag.strip_prefix('-') {
                    Some(rest) => (false, rest.trim()),
                    None => (true, tag.trim_start_matches('+').trim()),
                };
                let one = |id: &String| Edit::Tag {
                    id: id.clone(),
                    field: "keywords",
                    value: tag.to_owned(),
                    on,
                };
                edits.extend(ids.iter().map(one));
            }
            let sure = ids.len() <= 1;
            vec![Effect::Change { edits, sure }]
        }
        Purpose::Rename => {
            let to = text.to_owned();
            let id = state.list.current().map(|row| row.id.clone());
            id.map(|id| Effect::Change { edits: vec![Edit::Rename { id, to }], sure: true })
                .into_iter()
                .collect()
        }
        Purpose::AddField => {
            if let Some(Over::Form(form)) = state.over.last_mut() {
                let name = text.to_lowercase();
                let fields = &mut form.form.fields;
                let at = fields.iter().position(|it| it.name == name).unwrap_or_else(|| {
                    fields.push(super::change::FormField {
                        name: name.clone(),
                        value: String::new(),
                        need: super::change::Need::Other,
                        from: None,
                    });
                    fields.len() - 1
                });
                let value = fields[at].value.clone();
                form::update::go_to(form, &name);
                return form::update::begin(form, &value, false);
            }
            Vec::new()
        }
        Purpose::Reason(status) => {
            let value =
                if text.is_empty() { status.to_owned() } else { format!("{status}: {text}") };
            let set = |id| Edit::Set { id, field: "status".to_owned(), value: value.clone() };
            change(ids.into_iter().map(set).collect())
        }
        Purpose::BringIn => vec![Effect::BringIn { text: text.to_owned() }],
        Purpose::NewEntry(kind) => {
            let change = Edit::New { kind, key: text.to_owned() };
            vec![
                Effect::Change { edits: vec![change], sure: true },
                Effect::Form { id: text.to_owned() },
            ]
        }
        Purpose::SaveSearch => {
            let question = state.list.question.clone();
            vec![Effect::SaveSearch { name: text.to_owned(), question }]
        }
        Purpose::Threshold => threshold(state, text),
        Purpose::ExportTo(_) => Vec::new(),
    }
}

/// What follows when a screening status was chosen: a reason is asked for where one is due.
pub fn status(state: &mut State, status: &'static str) -> Vec<Effect> {
    match status {
        "borderline" | "excluded" => {
            ask(state, "tui.ask-reason", "", Purpose::Reason(status));
            Vec::new()
        }
        _ => {
            let set = |id| Edit::Set { id, field: "status".to_owned(), value: status.to_owned() };
            change(state.list.meant().into_iter().map(set).collect())
        }
    }
}

/// What follows when another type was chosen for the entry in the form.
pub fn change_type(state: &mut State, to: String) -> Vec<Effect> {
    let Some(Over::Form(form)) = state.over.last() else { return Vec::new() };
    let edits = vec![Edit::Type { id: form.form.id.clone(), to }];
    vec![Effect::Change { edits, sure: true }]
}

/// Takes in what a worker answered.
pub fn replied(state: &mut State, reply: Reply) {
    match reply {
        Reply::Form(new) => form_came(state, new),
        Reply::Values(values) => {
            if let Some(Over::Form(form)) = state.over.last_mut() {
                form.known = values;
            }
        }
        Reply::Diff { lines, again } => {
            let accept = Some(again);
            state.over.push(Over::Page(page::State { title: "tui.diff", lines, top: 0, accept }));
        }
        Reply::Drafted { ticket, reference, problems } => {
            if let Some(Over::Form(form)) = state.over.last_mut()
                && form.ticket == ticket
            {
                (form.reference, form.problems) = (reference, problems);
            }
        }
        Reply::Problems(problems) => problems_came(state, problems),
        Reply::Excerpt(lines) => {
            let page = page::State { title: "tui.excerpt", lines, top: 0, accept: None };
            state.over.push(Over::Page(page));
        }
        Reply::Review(found) if found.items.is_empty() => {
            state.notice = Some(Notice::Good(Said::new("tui.no-duplicates")));
        }
        Reply::Review(found) => state.over.push(Over::Review(review::State::new(found))),
        Reply::Compared(comparison) => {
            if let Some(review) = review_in(state) {
                review.comparison = Some(comparison);
            }
        }
        Reply::Done(ids) => done(state, &ids),
        _ => {}
    }
}

/// A form that is open is brought up to date; else one is opened.
fn form_came(state: &mut State, new: Form) {
    if let Some(Over::Form(open)) = state.over.last_mut()
        && open.form.id == new.id
    {
        let at = open.line().map(|line| (open.form.fields[line.field].name.clone(), line.item));
        if open.input.is_none()
            && let Some((name, item)) = at
        {
            let shown = form::State { form: new.clone(), ..form::State::default() };
            let is_it = |line: &form::state::Line| new.fields[line.field].name == name;
            let first = shown.lines().iter().position(is_it);
            let count = shown.lines().iter().filter(|it| is_it(it)).count();
            open.row = first.map_or(open.row, |first| first + item.min(count.max(1) - 1));
        }
        open.form = new;
        // What is shown below is asked for again.
        open.asked = None;
        return;
    }
    state.over.push(Over::Form(form::State { form: new, ..form::State::default() }));
}

/// The review that is open, if there is one.
fn review_in(state: &mut State) -> Option<&mut review::State> {
    state.over.iter_mut().rev().find_map(|over| match over {
        Over::Review(it) => Some(it),
        _ => None,
    })
}

/// What was decided on is done: an import is over, of duplicates the next comes.
fn done(state: &mut State, ids: &[String]) {
    let Some(open) = review_in(state) else { return };
    review::update::remove(open, ids);
    if open.review.kind == Kind::Import || open.review.items.is_empty() {
        state.over.retain(|over| !matches!(over, Over::Review(_)));
    }
}

/// Problems that are shown are brought up to date; else they are shown.
fn problems_came(state: &mut State, problems: Vec<super::change::Problem>) {
    let open = state.over.iter_mut().find_map(|over| match over {
        Over::Problems(it) => Some(it),
        _ => None,
    });
    match open {
        Some(open) => {
            problems::update::found(open, problems);
            if open.problems.is_empty() {
                state.over.retain(|over| !matches!(over, Over::Problems(_)));
                state.notice = Some(Notice::Good(Said::new("tui.no-problems")));
            }
        }
        None if problems.is_empty() => {
            state.notice = Some(Notice::Good(Said::new("tui.no-problems")));
        }
        None => state.over.push(Over::Problems(problems::State::new(problems))),
    }
}

/// What should be asked for again once the library has changed.
pub fn library_changed(state: &mut State) -> Vec<Effect> {
    let mut effects = Vec::new();
    for over in &mut state.over {
        match over {
            Over::Form(it) => effects.push(Effect::Form { id: it.form.id.clone() }),
            Over::Problems(_) => effects.push(Effect::Check),
            Over::Review(it) => it.asked = None,
            _ => {}
        }
    }
    effects
}

/// Asks for the citation key of a new entry.
pub fn new_entry(state: &mut State, kind: String) {
    ask(state, "tui.ask-new-key", "", Purpose::NewEntry(kind));
}

/// Asks what a search should be called.
pub fn ask_search_name(state: &mut State) {
    state.list.pane = list::state::Pane::List;
    ask(state, "tui.ask-search-name", "", Purpose::SaveSearch);
}

/// Takes away the saved search the cursor of the choice is on.
pub fn forget_search(state: &mut State) -> Vec<Effect> {
    let Some(Over::Choice(choice)) = state.over.last() else { return Vec::new() };
    let chosen = choice.fitting(state.language).get(choice.row).map(|item| item.pick.clone());
    let Some(Pick::Search { saved: Some(name), .. }) = chosen else { return Vec::new() };
    state.over.pop();
    vec![Effect::ForgetSearch { name }]
}

/// Decides on everything by one threshold, of a hundred.
fn threshold(state: &mut State, text: &str) -> Vec<Effect> {
    let typed = text.trim_end_matches('%').trim().parse::<u8>().ok().filter(|it| *it <= 100);
    let Some(threshold) = typed else {
        state.notice = Some(Notice::Refused(Said::new("tui.no-percent")));
        return Vec::new();
    };
    let Some(open) = review_in(state) else { return Vec::new() };
    match open.review.kind {
        Kind::Import => {
            open.review.decide(threshold);
            Vec::new()
        }
        Kind::Duplicates => vec![Effect::MergeAll { threshold, sure: false }],
    }
}
