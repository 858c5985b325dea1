//! What addresses answered lately: a line each in a file of the user's own.

use crate::check::links::Answer;
use serde_json::{Value, json};
use std::collections::HashMap;
use std::fs::{File, OpenOptions};
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};

const DAY: u64 = 86_400;

/// Answers that are young enough to be believed.
pub struct Cache {
    /// `None`: nothing is kept.
    file: Option<PathBuf>,
    now: u64,
    known: HashMap<String, (Answer, u64)>,
    writer: Option<File>,
    /// Whether answers are believed however old they are.
    believes_all: bool,
}

impl Cache {
    /// The answers in `file` as of `now` (seconds since 1970). A file that is not there is empty, a
    /// line that means nothing is passed over.
    pub fn open(file: Option<&Path>, now: u64) -> io::Result<Self> {
        let text = match file.map(std::fs::read) {
            None => Vec::new(),
            Some(Err(error)) if error.kind() == io::ErrorKind::NotFound => Vec::new(),
            Some(read) => read?,
        };
        let known: HashMap<_, _> =
            String::from_utf8_lossy(&text).lines().filter_map(entry).collect();
        let file = file.map(Path::to_owned);
        Ok(Self { file, now, known, writer: None, believes_all: false })
    }

    /// Believes every answer, however old: nobody can be asked.
    pub fn believe_all(&mut self) {
        self.believes_all = true;
    }

    /// Forgets what is known, so that everything is asked anew; the file keeps it until then.
    pub fn doubt_all(&mut self) {
        self.known.clear();
    }

    /// The answer of `link`, if it is young enough.
    pub fn get(&self, link: &str) -> Option<&Answer> {
        let (answer, at) = self.known.get(link)?;
        let days = match answer {
            Answer::Alive => 30,
            Answer::Moved(_) | Answer::Front(_) | Answer::Locked(_) => 7,
            Answer::Dead(_) | Answer::Failing(_) => 1,
        };
        (self.believes_all || self.now.saturating_sub(*at) < days * DAY).then_some(answer)
    }

    /// Keeps an answer of now, at once.
    pub fn put(&mut self, link: &str, answer: &Answer) -> io::Result<()> {
        self.known.insert(link.to_owned(), (answer.clone(), self.now));
        if let Some(file) = &self.file {
            let writer = match &mut self.writer {
                Some(writer) => writer,
                None => {
                    let opened = OpenOptions::new().append(true).create(true).open(file)?;
                    self.writer.insert(opened)
                }
            };
            writer.write_all(line(link, answer, self.now).as_bytes())?;
        }
        Ok(())
    }
}

fn line(link: &str, answer: &Answer, at: u64) -> String {
    let (is, why): (&str, &str) = match answer {
        Answer::Alive => ("alive", ""),
        Answer::Moved(to) => ("moved", to),
        Answer::Front(to) => ("front", to),
        Answer::Locked(why) => ("locked", why),
        Answer::Dead(why) => ("dead", why),
        Answer::Failing(why) => ("failing", why),
    };
    format!("{}\n", json!({"link": link, "is": is, "why": why, "at": at}))
}

fn entry(line: &str) -> Option<(String, (Answer, u64))> {
    let value: Value = serde_json::from_str(line).ok()?;
    let text = |name: &str| value[name].as_str().map(str::to_owned);
    let why = text("why")?;
    let answer = match value["is"].as_str()? {
        "alive" => Answer::Alive,
        "moved" => Answer::Moved(why),
        "front" => Answer::Front(why),
        "locked" => Answer::Locked(why),
        "dead" => Answer::Dead(why),
        "failing" => Answer::Failing(why),
        _ => return None,
    };
    Some((text("link")?, (answer, value["at"].as_u64()?)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn answers_are_kept_for_as_long_as_they_are_likely_to_hold() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("links.jsonl");
        let open = |now| Cache::open(Some(&file), now).unwrap();
        let mut cache = open(1000);
        assert_eq!(cache.get("a"), None);
        cache.put("a", &Answer::Alive).unwrap();
        cache.put("b", &Answer::Dead("404".into())).unwrap();
        std::fs::write(&file, std::fs::read_to_string(&file).unwrap() + "nonsense\n{}\n").unwrap();
        assert_eq!(open(1000).get("b"), Some(&Answer::Dead("404".into())));
        let mut later = open(1000 + 2 * DAY);
        assert_eq!((later.get("a"), later.get("b")), (Some(&Answer::Alive), None));
        later.believe_all();
        assert!(later.get("b").is_some());
        later.put("b", &Answer::Alive).unwrap();
        assert_eq!(open(1000 + 2 * DAY).get("b"), Some(&Answer::Alive));
        assert_eq!(open(1000 + 31 * DAY).get("a"), None);
    }
}
