//! Event → what should follow. Changes the state and nothing else; never blocks, draws or fails.

use super::command::{Command, Context, Section};
use super::effect::{Effect, Link, Yank};
use super::event::Event;
use super::keymap::{Keymap, Meaning};
use super::layout::{areas, inside};
use super::paint::THEMES;
use super::press::Press;
use super::screens::choice::state::Pick;
use super::screens::choice::update::Outcome;
use super::screens::prompt::state::Purpose;
use super::screens::{choice, confirm, form, list, page, problems, prompt, review};
use super::state::{Notice, Over, State};
use super::{available, changing, mouse, offer, replied, tutorial};
use crate::text::said::{Language, Said};

/// Takes in one event and says what should follow.
pub fn update(state: &mut State, keymap: &Keymap, event: Event) -> Vec<Effect> {
    let mut effects = match event {
        Event::Press(press) => pressed(state, keymap, press),
        Event::Paste(text) => {
            let brings_in = match state.over.last() {
                None => !state.list.context().is_text(),
                Some(Over::Prompt(prompt)) => prompt.purpose == Purpose::BringIn,
                Some(_) => false,
            };
            if brings_in {
                state.over.clear();
                vec![Effect::BringIn { text }]
            } else {
                type_text(state, &text);
                Vec::new()
            }
        }
        Event::Mouse(mouse, column, row) => mouse::update(state, keymap, mouse, column, row),
        Event::Resize(width, height) => {
            state.size = (width, height);
            Vec::new()
        }
        Event::Ground { dark } => {
            if !state.theme_chosen {
                state.theme = if dark { "dark" } else { "light" }.to_owned();
            }
            Vec::new()
        }
        Event::Reply(reply) => replied::take(state, reply),
        Event::Returned => vec![Effect::Redraw],
        Event::HungUp => vec![Effect::Quit],
    };
    settle(state, &mut effects);
    effects
}

/// What the first frame needs.
pub fn first(state: &mut State) -> Vec<Effect> {
    let height = list_height(state);
    vec![list::update::find(&mut state.list, height, None)]
}

/// How many rows of the list there is room for.
pub fn list_height(state: &State) -> usize {
    let areas = areas(state);
    areas.list.map_or(1, |area| usize::from(inside(area, areas.framed).height).max(1))
}

fn settle(state: &mut State, effects: &mut Vec<Effect>) {
    let areas = areas(state);
    let language = state.language;
    effects.extend(list::update::settle(&mut state.list, &areas, areas.framed, language));
    match state.over.last_mut() {
        Some(Over::Choice(it)) => choice::update::settle(it, state.size, state.language),
        Some(Over::Page(it)) => page::update::settle(it, state.size),
        Some(Over::Form(it)) => {
            let style = state.list.style_name();
            effects.extend(form::update::settle(it, state.size, style, state.language));
        }
        Some(Over::Review(it)) => effects.extend(review::update::settle(it, state.size)),
        Some(Over::Problems(it)) => problems::update::settle(it, state.size),
        _ => {}
    }
}

fn pressed(state: &mut State, keymap: &Keymap, press: Press) -> Vec<Effect> {
    state.notice = None;
    let context = state.context();
    // Escape and a key that come together look like the key with Alt held. Where that means
    // nothing, it was two presses.
    if press.alt && keymap.meaning(context, &[press]) == Meaning::Nothing {
        let escape = Press::plain(super::press::Key::Esc);
        let mut effects = pressed(state, keymap, escape);
        effects.extend(pressed(state, keymap, Press { alt: false, ..press }));
        return effects;
    }
    let begun = !state.chord.is_empty();
    state.chord.push(press);
    match keymap.meaning(context, &state.chord) {
        Meaning::Prefix => Vec::new(),
        Meaning::Command(command) => {
            state.chord.clear();
            command_given(state, keymap, command)
        }
        Meaning::Nothing => {
            let chord = std::mem::take(&mut state.chord);
            if begun {
                let is_escape = press.key == super::press::Key::Esc;
                let keys = super::keymap::shown(&chord);
                if !is_escape {
                    let said = Said::new("tui.no-such-chord").with("keys", keys);
                    state.notice = Some(Notice::Refused(said));
                }
            } else if let (true, Some(c)) = (context.is_text(), press.typed()) {
                type_text(state, c.encode_utf8(&mut [0; 4]));
            }
            Vec::new()
        }
    }
}

/// Runs `command`, or says why it cannot be run now.
pub fn command_given(state: &mut State, keymap: &Keymap, command: Command) -> Vec<Effect> {
    match available::why_not(state, command) {
        Some(why) => {
            state.notice = Some(Notice::Refused(Said::new(why)));
            Vec::new()
        }
        None => run(state, keymap, command),
    }
}

fn run(state: &mut State, keymap: &Keymap, command: Command) -> Vec<Effect> {
    // What goes on is stopped first.
    let can_stop = state.working.as_ref().is_some_and(|it| it.can_stop);
    if can_stop && command == Command::Back {
        return vec![Effect::Cancel];
    }
    if let Some(effects) = run_over(state, keymap, command) {
        return effects;
    }
    match command {
        Command::Quit => return vec![Effect::Quit],
        Command::Suspend => return vec![Effect::Suspend],
        Command::Redraw => return vec![Effect::Redraw],
        Command::Cancel => return vec![Effect::Cancel],
        Command::Help => {
            let offered = offer::help(state, keymap);
            state.over.push(Over::Choice(offered));
        }
        Command::Palette => {
            let offered = offer::palette(state, keymap);
            state.over.push(Over::Choice(offered));
        }
        Command::NextLanguage => {
            let at = Language::ALL.iter().position(|it| *it == state.language).unwrap_or(0);
            state.language = Language::ALL[(at + 1) % Language::ALL.len()];
            state.notice = Some(Notice::Good(Said::new("tui.language-now")));
            let value = state.language.tag().to_owned();
            return vec![Effect::Remember { name: "language", value }];
        }
        Command::NextTheme => {
            let at = THEMES.iter().position(|(name, _)| *name == state.theme).unwrap_or(0);
            state.theme = THEMES[(at + 1) % THEMES.len()].0.to_owned();
            state.theme_chosen = true;
            let said = Said::new("tui.theme-now").with("name", &state.theme);
            state.notice = Some(Notice::Good(said));
            return vec![Effect::Remember { name: "theme", value: state.theme.clone() }];
        }
        Command::YankReference => return yank(state, Yank::Reference),
        Command::YankHtml => return yank(state, Yank::Html),
        Command::YankCitation => return yank(state, Yank::Citation),
        Command::YankKey => return yank(state, Yank::Key),
        Command::YankBib => return yank(state, Yank::Bib),
        Command::YankDoi => return yank(state, Yank::Doi),
        Command::YankUrl => return yank(state, Yank::Url),
        Command::Export => state.over.push(Over::Choice(offer::formats())),
        Command::ChooseStyle => {
            let offered = offer::styles(state);
            state.over.push(Over::Choice(offered));
        }
        Command::SavedSearches => state.over.push(Over::Choice(offer::saved_searches(state))),
        Command::SearchHistory => state.over.push(Over::Choice(offer::history(state))),
        Command::SaveSearch => changing::ask_search_name(state),
        Command::ForgetSearch => return changing::forget_search(state),
        Command::Tutorial => state.over.push(Over::Page(tutorial::page(state.language))),
        other if other.section() == Section::Change || other.section() == Section::Bring => {
            return changing::run(state, other);
        }
        Command::OpenFullText => return changing::open(state, Link::FullText),
        Command::OpenDoi => return changing::open(state, Link::Doi),
        Command::OpenUrl => return changing::open(state, Link::Url),
        other => {
            let height = list_height(state);
            let style = state.list.style;
            let effects = list::update::run(&mut state.list, other, height).unwrap_or_default();
            if state.list.style != style {
                return style_chosen(state);
            }
            return effects;
        }
    }
    Vec::new()
}

/// What stands above the list takes commands first.
fn run_over(state: &mut State, keymap: &Keymap, command: Command) -> Option<Vec<Effect>> {
    let size = state.size;
    let language = state.language;
    let is_editing = state.context() == Context::Field;
    let in_fields = matches!(state.over.last(), Some(Over::Review(it)) if it.in_fields);
    if command == Command::Back && !state.over.is_empty() && !is_editing && !in_fields {
        state.over.pop();
        return Some(Vec::new());
    }
    match state.over.last_mut()? {
        Over::Choice(it) => match choice::update::run(it, command, language)? {
            Outcome::Open => Some(Vec::new()),
            Outcome::Refused(why) => {
                state.notice = Some(Notice::Refused(Said::new(why)));
                Some(Vec::new())
            }
            Outcome::Picked(pick) => {
                state.over.pop();
                Some(picked(state, keymap, pick))
            }
        },
        Over::Prompt(it) => match prompt::update::run(it, command)? {
            None => Some(Vec::new()),
            Some((purpose, text)) => {
                state.over.pop();
                Some(answered(state, purpose, &text))
            }
        },
        Over::Confirm(it) => {
            let effect = confirm::update::run(it, command)?;
            state.over.pop();
            Some(vec![effect])
        }
        Over::Page(it) => {
            let height = usize::from(page::view::area(size).height);
            if command == Command::Accept {
                let effect = it.accept.take();
                state.over.pop();
                return Some(effect.map(|effect| *effect).into_iter().collect());
            }
            page::update::run(it, command, height).then(Vec::new)
        }
        Over::Form(it) => form::update::run(it, command, size),
        Over::Review(it) => review::update::run(it, command, size),
        Over::Problems(it) => problems::update::run(it, command, size),
    }
}

fn picked(state: &mut State, keymap: &Keymap, pick: Pick) -> Vec<Effect> {
    match pick {
        Pick::Command(command) => return command_given(state, keymap, command),
        Pick::Style(style) => {
            state.list.style = style;
            return style_chosen(state);
        }
        Pick::Status(status) => return changing::status(state, status),
        Pick::Type(to) => return changing::change_type(state, to),
        Pick::Go(id) => {
            state.list.question.narrowings.clear();
            state.list.question.query = String::new();
            let height = list_height(state);
            return vec![list::update::find(&mut state.list, height, Some(id))];
        }
        Pick::Search { query, .. } => list::finding::run(&mut state.list, &query),
        Pick::NewEntry(kind) => changing::new_entry(state, kind),
        Pick::Format(format) => {
            let count = state.list.meant().len();
            let name = if count == 1 { state.list.meant().concat() } else { "kilde".to_owned() };
            let question = Said::new("tui.export-where").with("count", count);
            let input = super::input::Input::new(&format!("{name}.{}", offer::extension(format)));
            let purpose = Purpose::ExportTo(format);
            state.over.push(Over::Prompt(prompt::State { question, input, purpose }));
        }
    }
    Vec::new()
}

fn answered(state: &mut State, purpose: Purpose, text: &str) -> Vec<Effect> {
    match purpose {
        Purpose::ExportTo(_) if text.is_empty() => {
            state.notice = Some(Notice::Refused(Said::new("tui.no-file-name")));
            Vec::new()
        }
        Purpose::ExportTo(format) => {
            let ids = state.list.meant();
            vec![Effect::Export {
                format,
                ids,
                look: state.look(),
                path: text.into(),
                replace: false,
            }]
        }
        other => changing::answered(state, other, text),
    }
}

fn style_chosen(state: &mut State) -> Vec<Effect> {
    let (name, title) = state.list.styles.get(state.list.style).cloned().unwrap_or_default();
    state.notice = Some(Notice::Good(Said::new("tui.style-now").with("name", title)));
    vec![Effect::Remember { name: "style", value: name }]
}

fn yank(state: &State, what: Yank) -> Vec<Effect> {
    vec![Effect::Yank { what, ids: state.list.meant(), look: state.look() }]
}

fn type_text(state: &mut State, text: &str) {
    let text = text.replace("\r\n", "\n").replace(['\r', '\t'], " ");
    if let Some(Over::Form(it)) = state.over.last_mut()
        && let Some(field) = it.field().map(|it| it.name.clone())
        && let Some(input) = &mut it.input
        && form::state::is_prose(&field)
    {
        input.insert(&text);
        return;
    }
    // A line has no line ends: a pasted one becomes a space.
    let text = text.replace('\n', " ");
    match state.over.last_mut() {
        Some(Over::Choice(it)) => {
            it.input.insert(&text);
            it.row = 0;
        }
        Some(Over::Prompt(it)) => it.input.insert(&text),
        Some(Over::Form(it)) => {
            if let Some(input) = &mut it.input {
                input.insert(&text);
                it.proposed = None;
            }
        }
        Some(Over::Confirm(_) | Over::Page(_) | Over::Review(_) | Over::Problems(_)) => {}
        None => {
            if state.list.context() == Context::Search {
                list::update::typed(&mut state.list, &text);
            }
        }
    }
}
