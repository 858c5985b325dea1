//! F4: all states in which a power cut may leave the disk, in a model of it.
//!
//! The real program is run under strace; its calls are replayed up to each point. What was not
//! synced by then may be on the disk or not, in any combination, and a write may be there in part or
//! as zeros. On every such disk the real recovery is run, and the file must
//! be the old or the new one and the journal fit it.

use crate::desk::{Desk, has, kilde};
use crate::naive;
use crate::recovery::state_of;
use crate::report::Row;
use crate::trace::{Step, Trace, put, read};
use kilde::bibtex::hunk::{Hunk, carried_out};
use kilde::store::{history, save, state::State};
use kilde::text::edit::apply;
use std::collections::{HashMap, HashSet};
use std::path::{Path, PathBuf};

const TRACED: &str = "openat,open,close,read,write,lseek,copy_file_range,sendfile,ftruncate,fsync,fdatasync,rename,renameat,renameat2,unlink,unlinkat,mkdir,mkdirat";

/// The most states that are tried at one point; of more, as many at random.
const MOST: usize = 4_000;

type Operation = (&'static str, &'static [&'static str], bool, &'static [&'static str]);

const OPERATIONS: [Operation; 9] = [
    ("edit, the first of a day", &["set", "a", "year=2"], false, &[]),
    ("edit, a later one", &["set", "b", "note=m"], false, &["set", "a", "year=2"]),
    ("add", &["add", "@misc{c, x = {1}}"], false, &["set", "a", "year=2"]),
    ("delete", &["rm", "b"], false, &[]),
    ("in place", &["set", "a", "title=A longer one"], true, &[]),
    ("in place, shorter", &["set", "a", "title="], true, &["set", "a", "year=2"]),
    ("rename key", &["rename", "a", "ny", "--keep-old"], false, &[]),
    ("bulk edit", &["format", "--delimiters", "quotes"], false, &[]),
    ("in place, bulk", &["format", "--delimiters", "quotes"], true, &[]),
];

/// A disk: what each name holds.
type Image = Vec<(PathBuf, Vec<u8>)>;

pub fn power_cuts() -> Row {
    let mut row = Row::new("states of the disk after power cuts", 50_000);
    if !has("strace") {
        row.skip("strace is not installed");
        return row;
    }
    for (name, arguments, in_place, before) in &OPERATIONS {
        let desk = Desk::new();
        if *in_place {
            std::fs::hard_link(desk.at("refs.bib"), desk.at("same.bib")).unwrap();
        }
        if !before.is_empty() {
            assert!(desk.kilde(before).0);
        }
        let mut command = vec![kilde(), "-L", "refs.bib"];
        command.extend(*arguments);
        let (trace, old, new) = recorded(&desk, &command, "`");
        let (count, distinct, breaches) = all_states(&trace, &old, &new, true);
        println!("     {name}: {} steps, {count} states, {distinct} distinct", trace.steps.len());
        row.tried(count);
        row.add(breaches.into_iter().map(|it| format!("{name}: {it}")).collect());
    }
    for how in ["truncate", "in-place", "unsynced"] {
        let desk = Desk::new();
        let command = naive::command(how);
        let command: Vec<&str> = command.iter().map(String::as_str).collect();
        let (trace, old, new) = recorded(&desk, &command, "saved");
        let (_, _, breaches) = all_states(&trace, &old, &new, false);
        row.must(!breaches.is_empty(), || format!("the saver `{how}` was not caught"));
    }
    row
}

/// What `command` does, and the file before and after.
fn recorded(desk: &Desk, command: &[&str], said: &str) -> (Trace, Vec<u8>, Vec<u8>) {
    let old = desk.bib();
    let root = desk.path().canonicalize().unwrap();
    let before = files(&root);
    let record = desk.at("trace");
    let mut strace = desk.command("strace");
    strace.args(["-f", "-qq", "-xx", "-s", "10000000", "-e", &format!("trace={TRACED}"), "-o"]);
    let output = strace.arg(&record).args(command).output().unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let text = String::from_utf8_lossy(&std::fs::read(&record).unwrap()).into_owned();
    (read(&text, &root, &before, said), old, desk.bib())
}

/// All files below `root` by their names there.
fn files(root: &Path) -> Image {
    let mut out = Vec::new();
    let mut folders = vec![root.to_owned()];
    while let Some(folder) = folders.pop() {
        for path in std::fs::read_dir(folder).unwrap().map(|it| it.unwrap().path()) {
            if path.is_dir() {
                folders.push(path);
            } else if path.file_name().is_some_and(|it| it != "same.bib") {
                out.push((
                    path.strip_prefix(root).unwrap().to_owned(),
                    std::fs::read(&path).unwrap(),
                ));
            }
        }
    }
    out
}

/// How many states there are, how many differ, and what is wrong with any.
fn all_states(trace: &Trace, old: &[u8], new: &[u8], ours: bool) -> (usize, usize, Vec<String>) {
    let (mut count, mut seen, mut breaches) = (0, HashSet::new(), Vec::new());
    let mut dice = 0x2545_F491_4F6C_DD1D_u64;
    let root = Desk::new();
    for point in 0..=trace.steps.len() {
        let done = &trace.steps[..point];
        let said = done.iter().any(|step| matches!(step, Step::Said));
        let open = pending(done);
        let ways: Vec<u64> = open.iter().map(|at| ways(&done[*at])).collect();
        let all = ways.iter().try_fold(1_u64, |all, one| all.checked_mul(*one)).unwrap_or(u64::MAX);
        for number in 0..all.min(MOST as u64) {
            let mut choice = if all <= MOST as u64 {
                number
            } else {
                dice ^= dice << 13;
                dice ^= dice >> 7;
                dice ^= dice << 17;
                dice
            };
            let mut fates: HashMap<usize, u64> = HashMap::new();
            for (at, ways) in open.iter().zip(&ways) {
                fates.insert(*at, choice % ways);
                choice /= ways;
            }
            count += 1;
            let image = image(trace, done, &fates);
            let mut hash = blake3::Hasher::new();
            for (name, bytes) in &image {
                hash.update(name.as_os_str().as_encoded_bytes());
                hash.update(&(bytes.len() as u64).to_le_bytes());
                hash.update(bytes);
            }
            hash.update(&[u8::from(said)]);
            if seen.insert(hash.finalize()) && breaches.len() < 20 {
                let wrong = wrong(&root, &image, old, new, said, ours);
                breaches.extend(wrong.map(|it| format!("cut after step {point}: {it} {fates:?}")));
            }
        }
    }
    (count, seen.len(), breaches)
}

/// The steps that are not certain to be on the disk.
fn pending(done: &[Step]) -> Vec<usize> {
    let synced = |file: usize, from: usize| {
        done[from..].iter().any(|it| matches!(it, Step::Synced { file: it } if *it == file))
    };
    let folder = |name: &Path, from: usize| {
        let parent = name.parent().unwrap_or(Path::new(""));
        done[from..].iter().any(|it| matches!(it, Step::FolderSynced { name } if name == parent))
    };
    let is_open = |at: &usize| match &done[*at] {
        Step::Write { file, .. } | Step::Resize { file, .. } => !synced(*file, *at),
        Step::Create { name, .. } | Step::Remove { name } | Step::Folder { name } => {
            !folder(name, *at)
        }
        Step::Rename { to, .. } => !folder(to, *at),
        Step::Exchange { one, .. } => !folder(&one.0, *at),
        Step::Synced { .. } | Step::FolderSynced { .. } | Step::Said => false,
    };
    (0..done.len()).filter(is_open).collect()
}

/// In how many ways a step that is not synced may be on the disk.
fn ways(step: &Step) -> u64 {
    match step {
        Step::Write { .. } => 9,
        _ => 2,
    }
}

/// The disk after `done`, where each step that is not synced has the fate it is given: 0 for not
/// there, 1 for there, 2 for as many zeros, more for a part of it.
fn image(trace: &Trace, done: &[Step], fates: &HashMap<usize, u64>) -> Image {
    let mut names = trace.names.clone();
    let mut contents: HashMap<usize, Vec<u8>> =
        trace.contents.iter().cloned().enumerate().collect();
    let mut lost: HashSet<PathBuf> = HashSet::new();
    for (at, step) in done.iter().enumerate() {
        let fate = fates.get(&at).copied().unwrap_or(1);
        if fate == 0 {
            if let Step::Folder { name } = step {
                lost.insert(name.clone());
            }
            continue;
        }
        match step {
            Step::Create { name, file } => drop(names.insert(name.clone(), *file)),
            Step::Write { file, at, data } => {
                let bytes = contents.entry(*file).or_default();
                match fate {
                    1 => put(bytes, *at, data),
                    2 => put(bytes, *at, &vec![0; data.len()]),
                    part => put(bytes, *at, &data[..data.len() * (part as usize - 2) / 7]),
                }
            }
            Step::Resize { file, to } => contents.entry(*file).or_default().resize(*to, 0),
            Step::Rename { from, to, file } => {
                names.remove(from);
                names.insert(to.clone(), *file);
            }
            Step::Exchange { one, two } => {
                names.insert(one.0.clone(), one.1);
                names.insert(two.0.clone(), two.1);
            }
            Step::Remove { name } => drop(names.remove(name)),
            Step::Folder { .. } | Step::Synced { .. } | Step::FolderSynced { .. } | Step::Said => {}
        }
    }
    names.retain(|name, _| !name.ancestors().any(|it| lost.contains(it)));
    let mut out: Image = names
        .into_iter()
        .filter(|(name, _)| name.as_os_str() != "trace")
        .map(|(name, file)| (name, contents.get(&file).cloned().unwrap_or_default()))
        .collect();
    out.sort();
    out
}

/// Makes the disk, starts as the program does, and looks.
fn wrong(
    root: &Desk,
    image: &Image,
    old: &[u8],
    new: &[u8],
    said: bool,
    ours: bool,
) -> Option<String> {
    let path = root.at("refs.bib");
    for entry in std::fs::read_dir(root.path()).unwrap().map(|it| it.unwrap().path()) {
        if entry.is_dir() {
            std::fs::remove_dir_all(entry).unwrap()
        } else {
            std::fs::remove_file(entry).unwrap()
        }
    }
    std::fs::write(&path, old).unwrap();
    let (state, own) = (State::new(root.state()), state_of(&root.state(), &path));
    std::fs::remove_file(&path).unwrap();
    for (name, bytes) in image {
        let mut parts =
            name.strip_prefix("home/.local/state/kilde/files").ok().map(Path::components);
        let target = match &mut parts {
            Some(parts) => {
                parts.next();
                own.join(parts.as_path())
            }
            None => root.at(&name.to_string_lossy()),
        };
        std::fs::create_dir_all(target.parent().unwrap()).unwrap();
        std::fs::write(target, bytes).unwrap();
    }
    if !path.exists() {
        return Some("O1: the file is gone".to_owned());
    }
    if ours && let Err(error) = save::recover(&state, &path) {
        return Some(format!("recovery fails: {error}"));
    }
    let now = root.bib();
    if now != old && now != new {
        return Some(format!(
            "O1: neither the old nor the new one: {:?}",
            String::from_utf8_lossy(&now)
        ));
    }
    if said && now != new {
        return Some("O2: it said that it was saved, and it is not".to_owned());
    }
    if !ours {
        return None;
    }
    // A temporary file that is still there is swept where there is a journal at all.
    let left = root.leftovers();
    if !left.is_empty() && own.join("journal.jsonl").exists() {
        return Some(format!("O4: left over: {left:?}"));
    }
    let steps = match history::steps(&state, &[path]) {
        Ok(steps) => steps,
        Err(error) => return Some(format!("the journal cannot be read: {error}")),
    };
    let (undo, redo) = history::stacks(&steps);
    let leads = |hunks: Vec<Hunk>, to: &[u8]| {
        carried_out(&now, &hunks).is_ok_and(|edits| apply(&now, &edits).is_ok_and(|it| it == to))
    };
    if now == new && old != new {
        let back = undo.last().map(|step| step.files[0].1.iter().map(Hunk::reversed).collect());
        if !back.is_some_and(|hunks| leads(hunks, old)) {
            return Some("O3: saved, and it cannot be undone".to_owned());
        }
    }
    if now == old
        && old != new
        && let Some(step) = redo.last()
        && !leads(step.files[0].1.clone(), new)
    {
        return Some("O3: not saved, and the journal cannot make it".to_owned());
    }
    None
}
