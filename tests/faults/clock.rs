//! F14: wrong clocks. Nothing is decided by time alone.

use crate::desk::{BIB, Desk, has, kilde, said};
use crate::report::Row;
use std::time::{Duration, SystemTime};

/// Files of other days, clocks that jump between one change and the next, equal times.
pub fn wrong() -> Row {
    let mut row = Row::new("changes with wrong clocks", 9);
    for days in [-3_i64, 3_650, -20_000] {
        let desk = Desk::new();
        let by = Duration::from_secs(days.unsigned_abs() * 86_400);
        let time = if days < 0 { SystemTime::now() - by } else { SystemTime::now() + by };
        let file = std::fs::File::options().write(true).open(desk.at("refs.bib")).unwrap();
        file.set_modified(time).unwrap();
        row.tried(1);
        let fine = desk.kilde(&["set", "a", "year=2"]).0 && desk.kilde(&["undo"]).0;
        row.must(fine && desk.bib() == BIB.as_bytes(), || format!("a file of {days} days off"));
    }
    same_time(&mut row);
    if !has("faketime") {
        row.skip("faketime is not installed");
        return row;
    }
    // The second change is made with another clock: it is still the one that is taken back first.
    let clocks = ["-3 days", "+10 years", "1970-01-02 00:00:00", "-40 years"];
    for clock in clocks {
        let desk = Desk::new();
        row.tried(1);
        desk.kilde(&["set", "a", "year=2"]);
        let at = |arguments: &[&str]| {
            let mut command = desk.command("faketime");
            command.arg(clock).arg(kilde()).args(["-L", "refs.bib"]).args(arguments);
            said(&command.output().unwrap())
        };
        let second = at(&["set", "a", "note=later"]);
        let undone = desk.kilde(&["undo"]);
        let text = String::from_utf8_lossy(&desk.bib()).into_owned();
        row.must(second.0 && undone.0 && text.contains("{2}") && !text.contains("later"), || {
            format!("{clock}: the wrong change was taken back: {text} {} {}", second.1, undone.1)
        });
        row.must(at(&["undo"]).0 && desk.bib() == BIB.as_bytes(), || {
            format!("{clock}: second undo")
        });
        row.must(at(&["redo"]).0 && at(&["list"]).0, || format!("{clock}: redo"));
    }
    row
}

/// Another program writes other bytes of the same length and puts the old time back.
fn same_time(row: &mut Row) {
    let desk = Desk::new();
    let changed = std::fs::metadata(desk.at("refs.bib")).unwrap().modified().unwrap();
    let editor = "#!/bin/sh\nsed -i 's/{n}/{o}/' refs.bib\ntouch -d @TIME refs.bib\nsed -i 's/{1}/{2}/' \"$1\"\n";
    let seconds = changed.duration_since(SystemTime::UNIX_EPOCH).unwrap();
    let time = format!("{}.{:09}", seconds.as_secs(), seconds.subsec_nanos());
    std::fs::write(desk.at("kilde"), editor.replace("TIME", &time)).unwrap();
    assert!(desk.sh("chmod 755 kilde"));
    row.tried(2);
    let mut command = desk.command(kilde());
    command.env("EDITOR", desk.at("kilde")).args(["-L", "refs.bib", "edit", "a"]);
    let (fine, told) = said(&command.output().unwrap());
    let text = String::from_utf8_lossy(&desk.bib()).into_owned();
    row.must(fine && text.contains("{2}") && text.contains("{o}"), || {
        format!("a change with the old time was overwritten: {text} {told}")
    });
}
