//! The loop: waits for one event, takes all that have come with it, draws once.

use super::depth::Depth;
use super::effect::Effect;
use super::event::Event;
use super::keymap::Keymap;
use super::paint::Paint;
use super::press::{Key, Press};
use super::reply::Reply;
use super::state::{Notice, State};
use super::terminal::{Input, Screen, listen, osc52};
use super::update::{first, update};
use super::view::view;
use super::work::{Workers, memory};
use crate::session::{Error, Kind};
use crate::store::folder::Folder;
use crate::text::said::{Language, Said};
use crate::world::{Opening, change, editor, place, watch};
use std::collections::BTreeMap;
use std::io;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender, channel};
use std::time::{Duration, Instant};

/// How long a frame waits for an answer that is under way: less than a frame lasts.
const PATIENCE: Duration = Duration::from_millis(12);

/// The press at which a fault that was asked for happens.
const REDRAW: Press = Press { key: Key::Char('l'), ctrl: true, alt: false, shift: false };

/// The shortest time between two frames.
const FRAME: Duration = Duration::from_millis(8);

/// How long the first frame waits for the first answer before it says that the library is opened.
const FIRST_PATIENCE: Duration = Duration::from_millis(150);

/// Opens the interface on the terminal; gives back when it is left.
pub fn run(opening: Opening) -> Result<(), Error> {
    let interface = move || match opening.plain {
        true => super::plain::run(opening),
        false => interface(opening)
            .map_err(|error| Error::world(Said::new("tui.no-terminal")).because(error)),
    };
    match catch_unwind(AssertUnwindSafe(interface)) {
        Ok(done) => done,
        // The panic itself was told when it happened, on a terminal given back.
        Err(_) => {
            let error = Error::world(Said::new("tui.our-fault"));
            Err(Error { kind: Kind::Bug, ..error })
        }
    }
}

fn interface(opening: Opening) -> io::Result<()> {
    let (sender, events) = channel();
    // Watched before anything is read: no change falls in between.
    let touched = sender.clone();
    let _watch = watch::files(&opening.folder.files, move || {
        let _sent = touched.send(Event::Reply(Reply::Touched));
    });
    // The library is opened while the terminal is made ready.
    let workers = Workers::start(opening.folder.clone(), &sender)?;
    let size = crossterm::terminal::size()?;
    let mut state = begin(&opening, size);
    for effect in first(&mut state) {
        workers.send(effect);
    }
    let (keymap, wrong) = keymap();
    if let Some(said) = wrong.into_iter().next() {
        state.notice = Some(Notice::Refused(said));
    }
    listen(sender.clone())?;
    let mut screen = Screen::take()?;
    let input = Input::start(sender.clone())?;
    let paint = painted(&state);
    let mut desk =
        Desk { state, keymap, paint, screen: &mut screen, workers, input, events, sender };
    let done = desk.work();
    desk.workers.finish();
    done
}

fn begin(opening: &Opening, size: (u16, u16)) -> State {
    let remembered = memory::all();
    let language = language(opening, &remembered);
    let mut state = State::new(size, language, &title(&opening.folder));
    if let Some(style) = remembered.get("style") {
        // Which styles there are is told later; the name is enough until then.
        state.list.styles = vec![(style.clone(), style.clone())];
    }
    if let Some(history) = remembered.get("history") {
        state.list.history = history.lines().map(str::to_owned).collect();
    }
    if !opening.color {
        state.theme = "plain".to_owned();
        state.theme_chosen = true;
    } else if let Some(theme) = remembered.get("theme") {
        state.theme = theme.clone();
        state.theme_chosen = true;
    } else if ground_is_light() {
        state.theme = "light".to_owned();
    }
    // A save that was cut short left a torn file: it has its old text back, and that is told.
    if let Some(path) = change::recover(&opening.folder.files).first() {
        let said = Said::new("edit.recovered").with("path", path.display());
        state.notice = Some(Notice::Good(said));
    }
    state
}

/// The language of the interface: the one asked for, else the one it was left in.
pub(super) fn language(opening: &Opening, remembered: &BTreeMap<String, String>) -> Language {
    remembered
        .get("language")
        .filter(|_| !opening.language_asked)
        .and_then(|tag| Language::from_tag(tag))
        .unwrap_or(opening.language)
}

/// What some terminals say of their colours without being asked: `COLORFGBG=0;15`.
fn ground_is_light() -> bool {
    std::env::var("COLORFGBG")
        .ok()
        .and_then(|value| value.rsplit(';').next()?.parse::<u8>().ok())
        .is_some_and(|ground| ground == 7 || ground == 15)
}

/// What a library is called: its folder, else its only file, else how many files it has.
pub(super) fn title(folder: &Folder) -> String {
    let name =
        |path: &std::path::Path| path.file_name().map(|name| name.to_string_lossy().into_owned());
    match (&folder.root, folder.files.as_slice()) {
        (Some(root), _) => root
            .canonicalize()
            .ok()
            .and_then(|root| name(&root))
            .unwrap_or_else(|| root.display().to_string()),
        (None, [one]) => name(one).unwrap_or_default(),
        (None, [first, ..]) => format!("{} …", name(first).unwrap_or_default()),
        (None, []) => String::new(),
    }
}

fn settings_file(name: &str) -> Option<String> {
    std::fs::read_to_string(place::config()?.join(name)).ok()
}

pub(super) fn keymap() -> (Keymap, Vec<Said>) {
    let mut keymap = Keymap::builtin();
    let wrong = settings_file("keymap.toml").map(|text| keymap.lay(&text)).unwrap_or_default();
    (keymap, wrong)
}

fn painted(state: &State) -> Paint {
    let mut paint = Paint::new(&state.theme, state.language);
    if state.theme != "plain"
        && let Some(text) = settings_file("theme.toml")
    {
        // What is wrong with it is said by `kilde doctor`; the rest counts.
        let _wrong = paint.lay(&text);
    }
    let variable = |name| std::env::var(name).unwrap_or_default();
    paint.with_depth(Depth::of(&variable("COLORTERM"), &variable("TERM")))
}

struct Desk<'a> {
    state: State,
    keymap: Keymap,
    paint: Paint,
    screen: &'a mut Screen,
    workers: Workers,
    input: Input,
    events: Receiver<Event>,
    sender: Sender<Event>,
}

impl Desk<'_> {
    fn work(&mut self) -> io::Result<()> {
        if !self.take_until(Instant::now() + FIRST_PATIENCE)? {
            return Ok(());
        }
        self.draw()?;
        if !self.state.theme_chosen {
            self.screen.ask_ground()?;
        }
        let mut drawn = Instant::now();
        while let Ok(event) = self.events.recv() {
            if !self.take(event)? || !self.take_until(Instant::now() + PATIENCE)? {
                return Ok(());
            }
            // What comes faster than a screen shows is drawn together.
            while let Some(left) = (drawn + FRAME).checked_duration_since(Instant::now()) {
                if let Ok(event) = self.events.recv_timeout(left)
                    && !self.take(event)?
                {
                    return Ok(());
                }
            }
            self.draw()?;
            drawn = Instant::now();
        }
        Ok(())
    }

    /// Takes what has come, and what is about to come until `deadline`. `false` to leave.
    fn take_until(&mut self, deadline: Instant) -> io::Result<bool> {
        loop {
            let event = match self.events.try_recv() {
                Ok(event) => event,
                Err(_) if !self.is_waiting() => return Ok(true),
                Err(_) => {
                    let left = deadline.saturating_duration_since(Instant::now());
                    match self.events.recv_timeout(left) {
                        Ok(event) => event,
                        Err(RecvTimeoutError::Timeout) => return Ok(true),
                        Err(RecvTimeoutError::Disconnected) => return Ok(false),
                    }
                }
            };
            if !self.take(event)? {
                return Ok(false);
            }
        }
    }

    /// Whether an answer that the next frame should show is under way.
    fn is_waiting(&self) -> bool {
        self.state.list.answered < self.state.list.ticket
    }

    fn take(&mut self, event: Event) -> io::Result<bool> {
        super::fault::here("update", event == Event::Press(REDRAW));
        for effect in update(&mut self.state, &self.keymap, event) {
            match effect {
                Effect::Quit => return Ok(false),
                Effect::Redraw => {
                    // The program may have been stopped and continued: the terminal is taken anew.
                    self.screen.lend(|| ())?;
                    self.state.size = self.screen.size()?;
                }
                Effect::Suspend => signal_hook::low_level::raise(signal_hook::consts::SIGTSTP)?,
                Effect::Lend { id, text } => {
                    self.input.pause();
                    let edited = self.screen.lend(|| editor::edit(&text))?;
                    self.input.resume();
                    self.state.size = self.screen.size()?;
                    let reply = match edited {
                        Ok(draft) if draft.text.trim() == text.trim() => continue,
                        Ok(draft) => Reply::Edited { id, text: draft.text.clone() },
                        Err(error) => Reply::Trouble(error.into()),
                    };
                    let _sent = self.sender.send(Event::Reply(reply));
                }
                Effect::Copy(copied) => {
                    let tmux = std::env::var_os("TMUX").is_some();
                    let screen = !tmux && std::env::var_os("STY").is_some();
                    if let Some(sequence) = osc52(&copied.plain, tmux, screen) {
                        self.screen.send(&sequence)?;
                    }
                    self.workers.send(Effect::Copy(copied));
                }
                other => self.workers.send(other),
            }
        }
        Ok(true)
    }

    fn draw(&mut self) -> io::Result<()> {
        let (state, keymap) = (&self.state, &self.keymap);
        if self.paint.language != state.language || self.paint.name != state.theme {
            self.paint = painted(state);
        }
        let paint = &self.paint;
        super::fault::here("draw", state.list.row > 0);
        self.screen.draw(|frame| view(state, keymap, paint, frame))
    }
}
