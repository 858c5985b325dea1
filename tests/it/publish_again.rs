//! Publishing again: what is kept from one publishing to the next changes nothing on any page.

use crate::support::desk::Desk;
use std::collections::BTreeMap;
use std::path::Path;

const MARKER: &str = ".kilde-overview.json";

fn files(folder: &Path, below: &str, out: &mut BTreeMap<String, Vec<u8>>) {
    for entry in std::fs::read_dir(folder.join(below)).unwrap() {
        let name = entry.unwrap().file_name().to_string_lossy().into_owned();
        let path = if below.is_empty() { name } else { format!("{below}/{name}") };
        if folder.join(&path).is_dir() {
            files(folder, &path, out);
        } else {
            out.insert(path.clone(), std::fs::read(folder.join(&path)).unwrap());
        }
    }
}

/// Publishes to `to` with the pieces that are kept in `cache`.
fn publish(desk: &Desk, to: &str, cache: &str) -> BTreeMap<String, Vec<u8>> {
    let mut command = desk.command();
    command.args(["-L", "lib", "--lang", "nb,en", "publish", "--base-url", "https://x.no/"]);
    let done = command
        .args(["--to", to])
        .env("XDG_CACHE_HOME", desk.path().join(cache))
        .env("SOURCE_DATE_EPOCH", "1795500000")
        .output()
        .unwrap();
    assert!(done.status.success(), "{}", String::from_utf8_lossy(&done.stderr));
    let mut out = BTreeMap::new();
    files(&desk.path().join(to), "", &mut out);
    out.remove(MARKER);
    out
}

/// A library in which works hang together, look alike and share their authors and years.
fn library() -> Vec<(String, String)> {
    let entry = |key: &str, text: &str| (key.to_owned(), text.to_owned());
    vec![
        entry(
            "book",
            "@book{book, editor={Berg, Åse}, title={Samling}, date={2012}, isbn={1}, keywords={sorg}, project={a}}",
        ),
        entry(
            "part",
            "@incollection{part, author={Dal, Bo}, title={Kapittel}, crossref={book}, pages={1--9}}",
        ),
        entry(
            "one",
            "@article{one, author={Berg, Åse}, title={Om sorg}, journaltitle={T}, date={2012}, langid={norsk}, keywords={sorg}}",
        ),
        entry(
            "two",
            "@article{two, author={Berg, Åse}, title={Om glede}, journaltitle={T}, date={2012}, langid={norsk}, project={A}}",
        ),
        entry(
            "three",
            "@article{three, author={Berg, Anne}, title={On grief}, journaltitle={T}, date={2012}, langid={english}, related={one}, relatedtype={translationof}}",
        ),
        entry(
            "four",
            "@report{four, title={Plan}, institution={Staten}, url={https://x.no/p.pdf}, fulltext={https://x.no/p.pdf}}",
        ),
    ]
}

#[test]
fn what_is_kept_changes_nothing_on_any_page() {
    let desk = Desk::new();
    let mut works = library();
    let put = |works: &[(String, String)]| {
        let text: String = works.iter().map(|(_, text)| format!("{text}\n")).collect();
        desk.file("lib/data/a.bib", text.as_bytes());
    };
    type Step = (&'static str, fn(&mut Vec<(String, String)>, &Desk));
    let steps: [Step; 11] = [
        ("the first time", |_, _| {}),
        ("a title", |works, _| works[2].1 = works[2].1.replace("Om sorg", "Om sorgen <i>")),
        ("what a part inherits", |works, _| works[0].1 = works[0].1.replace("Samling", "Antologi")),
        ("another work of the same author and year", |works, _| {
            let text = works[2].1.replace("{one,", "{five,").replace("sorg", "håp");
            works.insert(0, ("five".into(), text));
        }),
        ("a work is taken out", |works, _| works.retain(|(key, _)| key != "two")),
        ("a related work gets another name", |works, _| {
            for (_, text) in works.iter_mut() {
                *text = text.replace("{one,", "{eins, ids={one},");
            }
        }),
        ("a thesaurus gives topics other names", |_, desk| {
            desk.file("lib/data/thesaurus.toml", b"[grief]\nnb=[\"sorg\"]\nen=[\"grief\"]\n");
        }),
        ("settings", |_, desk| {
            let text =
                b"styles=[\"vancouver\", \"apa\"]\nfields=[\"note\"]\n[project.a]\nnb=\"Anders\"\n";
            desk.file("lib/data/overview/overview.toml", text);
        }),
        ("a template", |_, desk| {
            desk.file("lib/data/overview/item.html", b"<li class=\"own\">{{ reference }}</li>\n");
        }),
        ("the template back", |_, desk| {
            std::fs::remove_file(desk.path().join("lib/data/overview/item.html")).unwrap();
        }),
        ("a facet that no work has any more", |works, _| {
            for (_, text) in works.iter_mut() {
                *text = text.replace(", project={a}", "").replace(", project={A}", "");
            }
        }),
    ];
    for (at, (name, change)) in steps.iter().enumerate() {
        change(&mut works, &desk);
        put(&works);
        let again = publish(&desk, "site", "cache");
        let fresh = publish(&desk, &format!("fresh-{at}"), &format!("cache-{at}"));
        for (path, bytes) in &fresh {
            assert!(again.get(path) == Some(bytes), "{name}: {path} is otherwise");
        }
        for (path, bytes) in again.iter().filter(|(path, _)| !fresh.contains_key(*path)) {
            let text = String::from_utf8_lossy(bytes);
            let is_gone =
                text.contains("tatt ut") || text.contains("withdrawn") || text.contains("2026-11");
            assert!(path.ends_with(".html") && is_gone, "{name}: {path} is left");
        }
    }
}

#[test]
fn pieces_are_kept_in_the_users_own_folder_and_can_be_spoilt_without_harm() {
    let desk = Desk::new();
    let text: String = library().into_iter().map(|(_, text)| text + "\n").collect();
    desk.file("lib/data/a.bib", text.as_bytes());
    let first = publish(&desk, "site", "cache");
    assert!(first.keys().all(|path| !path.ends_with(".pieces")));
    let folder = desk.path().join("cache/kilde/overview");
    let kept: Vec<_> = std::fs::read_dir(&folder).unwrap().map(|it| it.unwrap().path()).collect();
    assert_eq!(kept.len(), 1, "{kept:?}");
    for spoil in [&b""[..], b"kilde pieces 1\n", &[0xff; 9000]] {
        std::fs::write(&kept[0], spoil).unwrap();
        desk.file("lib/data/a.bib", (text.clone() + "@misc{new, title={New}}\n").as_bytes());
        let spoilt = publish(&desk, "site", "cache");
        desk.file("lib/data/a.bib", text.as_bytes());
        assert!(spoilt.contains_key("nb/entry/new.html"));
        let back = publish(&desk, "site", "cache");
        assert!(first.iter().all(|(path, bytes)| back.get(path) == Some(bytes)));
    }
}

#[cfg(unix)]
#[test]
fn pieces_that_are_a_link_to_elsewhere_are_not_read_and_not_written() {
    let desk = Desk::new();
    let text: String = library().into_iter().map(|(_, text)| text + "\n").collect();
    desk.file("lib/data/a.bib", text.as_bytes());
    publish(&desk, "site", "cache");
    let folder = desk.path().join("cache/kilde/overview");
    let kept = std::fs::read_dir(&folder).unwrap().next().unwrap().unwrap().path();
    let mine = desk.file("mine.txt", b"dear");
    std::fs::remove_file(&kept).unwrap();
    std::os::unix::fs::symlink(&mine, &kept).unwrap();
    desk.file("lib/data/a.bib", (text + "@misc{new, title={New}}\n").as_bytes());
    publish(&desk, "site", "cache");
    assert_eq!(desk.read("mine.txt"), "dear");
}
