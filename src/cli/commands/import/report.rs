//! What an import says: of each record, of what could not be read, and altogether.

use super::Incoming;
use crate::cli::Context;
use crate::exchange::delimited;
use crate::exchange::{Format, Options, Record};
use crate::model::Library;
use crate::session::import::{Doing, Import, Newcomer, Standing};
use crate::text::said::Said;
use crate::world::records::Source;
use serde_json::json;
use std::io;
use std::path::Path;

/// What a file is taken for: its format and encoding, and the columns of a table.
pub(super) fn source(
    path: &Path,
    source: &Source,
    options: &Options,
    context: &mut Context<'_>,
) -> io::Result<()> {
    let said = Said::new("import.source")
        .with("path", path.display())
        .with("format", source.format)
        .with("encoding", source.encoding);
    context.say(&said)?;
    if matches!(source.format, Format::Csv | Format::Tsv) {
        for column in delimited::columns(&source.head, &options.columns) {
            let field = match column.field.as_deref() {
                Some("-") => "–".to_owned(),
                Some(field) => format!("`{field}`"),
                None => format!("`annotation` ({})", column.header),
            };
            let said = Said::new("import.column").with("header", column.header);
            context.say(&said.with("field", field))?;
        }
    }
    Ok(())
}

/// What could not be read, a line each.
pub(super) fn unreadable(incoming: &Incoming, context: &mut Context<'_>) -> io::Result<()> {
    for (file, it) in &incoming.unreadable {
        let path = incoming.files.get(*file).map_or("", String::as_str);
        let why = context.words(&it.said);
        if context.global.json {
            let object = json!({"state": "unreadable", "file": path, "line": it.line, "why": why});
            writeln!(context.out, "{object}")?;
        } else {
            let said = Said::new("import.unreadable").with("path", path).with("line", it.line);
            context.say(&said.with("why", why))?;
        }
    }
    Ok(())
}

/// What each record is and what is done with it, a line each, with what was not understood.
pub(super) fn records(
    library: &Library,
    import: &Import,
    incoming: &Incoming,
    dry_run: bool,
    context: &mut Context<'_>,
) -> io::Result<()> {
    for newcomer in &import.newcomers {
        let path = incoming.files.get(newcomer.file).map_or("", String::as_str);
        if context.global.json {
            let object = object(library, import, newcomer, path, context);
            writeln!(context.out, "{object}")?;
            continue;
        }
        let said = said(library, import, newcomer, context);
        let mut lines = vec![format!("{path}:{}: {}", newcomer.record.line, context.words(&said))];
        for it in &newcomer.record.unknown {
            lines.push(format!("{path}:{}:   {}", it.line, context.words(&it.said)));
        }
        for line in lines {
            // With --dry-run the data is the diff.
            if dry_run {
                writeln!(context.err, "{}", crate::text::harmless::lines(&line))?;
            } else {
                let line = context.harmless(&line).into_owned();
                writeln!(context.out, "{line}")?;
            }
        }
    }
    Ok(())
}

/// A record in one line.
pub(super) fn brief(record: &Record) -> String {
    let names = record.text("author").or_else(|| record.text("editor")).unwrap_or_default();
    let names: String = names.chars().take(60).collect();
    let year: String = record.text("date").unwrap_or_default().chars().take(4).collect();
    let parts = [names, year, record.whole_title("title")];
    parts.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(". ")
}

fn said(library: &Library, import: &Import, newcomer: &Newcomer, context: &Context<'_>) -> Said {
    let key = newcomer.record.key.as_str();
    let other = |at: usize| library.entries[at].key.as_str();
    let why = |reasons: &[Said]| {
        reasons.iter().take(3).map(|it| context.words(it)).collect::<Vec<_>>().join(", ")
    };
    let said = match (newcomer.doing, &newcomer.standing) {
        (Doing::Reject, _) => Said::new("import.reject"),
        (Doing::Merge(at), Standing::Same(_, reasons) | Standing::Perhaps(_, reasons)) => {
            Said::new("import.merge").with("other", other(at)).with("why", why(reasons))
        }
        (Doing::Merge(at), _) => Said::new("import.merge").with("other", other(at)).with("why", ""),
        (Doing::Add, Standing::Perhaps(at, reasons) | Standing::Same(at, reasons)) => {
            Said::new("import.perhaps").with("other", other(*at)).with("why", why(reasons))
        }
        (Doing::Add, _) => Said::new("import.new"),
        (Doing::Skip, Standing::Same(at, reasons) | Standing::Perhaps(at, reasons)) => {
            Said::new("import.same").with("other", other(*at)).with("why", why(reasons))
        }
        (Doing::Skip, Standing::Twice(first)) => {
            let first = import.newcomers.get(*first).map_or("", |it| it.record.key.as_str());
            Said::new("import.twice").with("other", first)
        }
        (Doing::Skip, Standing::Rejected) => Said::new("import.rejected"),
        (Doing::Skip, Standing::New) => Said::new("import.skipped"),
    };
    said.with("key", key).with("what", brief(&newcomer.record))
}

fn object(
    library: &Library,
    import: &Import,
    newcomer: &Newcomer,
    path: &str,
    context: &Context<'_>,
) -> serde_json::Value {
    let (state, other, reasons): (&str, Option<&str>, &[Said]) = match &newcomer.standing {
        Standing::New => ("new", None, &[]),
        Standing::Same(at, reasons) => ("same", Some(&library.entries[*at].key), reasons),
        Standing::Perhaps(at, reasons) => ("perhaps", Some(&library.entries[*at].key), reasons),
        Standing::Twice(first) => {
            ("twice", import.newcomers.get(*first).map(|it| it.record.key.as_str()), &[])
        }
        Standing::Rejected => ("rejected", None, &[]),
    };
    let done = match newcomer.doing {
        Doing::Add => "add",
        Doing::Skip => "skip",
        Doing::Merge(_) => "merge",
        Doing::Reject => "reject",
    };
    let unknown = &newcomer.record.unknown;
    json!({
        "state": state,
        "done": done,
        "key": newcomer.record.key,
        "type": newcomer.record.entry_type,
        "title": newcomer.record.whole_title("title"),
        "like": other,
        "why": reasons.iter().map(|it| context.words(it)).collect::<Vec<_>>(),
        "file": path,
        "line": newcomer.record.line,
        "unknown": unknown.iter().map(|it| context.words(&it.said)).collect::<Vec<_>>(),
    })
}

/// How many records were what.
pub(super) fn total(
    import: &Import,
    incoming: &Incoming,
    context: &mut Context<'_>,
) -> io::Result<()> {
    let count = |is: fn(&Newcomer) -> bool| import.newcomers.iter().filter(|it| is(it)).count();
    let said = Said::new("import.total")
        .with("count", count(|it| it.doing == Doing::Add))
        .with("merged", count(|it| matches!(it.doing, Doing::Merge(_))))
        .with("skipped", count(|it| it.doing == Doing::Skip))
        .with("rejected", count(|it| it.doing == Doing::Reject))
        .with("perhaps", count(|it| matches!(it.standing, Standing::Perhaps(..))))
        .with("unreadable", incoming.unreadable.len());
    context.say(&said)
}
