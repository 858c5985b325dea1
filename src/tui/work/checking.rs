//! The library held against the rules, with what the library sets for them; and one entry, while it
//! is being edited.

use super::citing::Citing;
use crate::bibtex::problem::Problem as Unread;
use crate::bibtex::{self, Kind, diff, encoding};
use crate::check::{self, Facts, Finding, Safety, Settings, Severity};
use crate::model::Library;
use crate::session::change::{Change, Plan, plan as planned};
use crate::session::{Error, target};
use crate::store::folder::Folder;
use crate::store::read;
use crate::text::edit::{Edit, apply};
use crate::text::rich_text::RichText;
use crate::text::said::Said;
use crate::tui::change::Problem;
use crate::tui::paint::Role;
use crate::world::settings;
use crate::world::today::today;
use std::collections::BTreeSet;
use std::sync::Arc;

/// The lines shown before and after a problem.
const AROUND: usize = 6;

/// What the library (and the user) sets for the rules: `[check]`.
pub fn rules(folder: &Folder) -> Settings {
    // What is wrong with it is said by `kilde check`; the rest counts.
    Settings::read(&settings::table(folder, "check")).0
}

/// Files larger than this are not read to count what cannot be read in them: it is counted once they
/// are in memory.
const LARGE: u64 = 16 << 20;

/// How many blocks of the files cannot be read.
pub fn unreadable(folder: &Folder, library: Option<Arc<Library>>) -> usize {
    if let Some(library) = library {
        let breaking = |it: &&Unread| it.what.breaks();
        return library
            .sources
            .iter()
            .map(|it| it.file.problems.iter().filter(breaking).count())
            .sum();
    }
    let sizes = folder.files.iter().filter_map(|path| path.metadata().ok()).map(|it| it.len());
    if sizes.sum::<u64>() > LARGE {
        return 0;
    }
    let problems = folder.files.iter().filter_map(|path| read::bytes(path).ok()).map(|bytes| {
        let (text, _) = encoding::decode(&bytes);
        bibtex::parse(&text).problems.iter().filter(|it| it.what.breaks()).count()
    });
    problems.sum()
}

/// What the rules find in the whole library, the gravest first.
pub fn findings(library: &Library, rules: &Settings) -> Vec<Finding> {
    let mut findings = check::check(library, rules, &Facts::from(today()));
    findings.sort_by_key(|it| std::cmp::Reverse(it.severity));
    findings
}

/// The same as the screen shows them.
pub fn problems(library: &Library, findings: &[Finding]) -> Vec<Problem> {
    findings.iter().map(|it| problem(library, it)).collect()
}

fn problem(library: &Library, finding: &Finding) -> Problem {
    let source = &library.sources[finding.source];
    let file = source.path.file_name().unwrap_or_default().to_string_lossy();
    let has_fix = !finding.edits.is_empty();
    Problem {
        id: name(library, finding),
        rule: finding.id,
        sign: match finding.severity {
            Severity::Error => '!',
            Severity::Warning => '?',
            Severity::Info => '·',
        },
        said: finding.said.clone(),
        help: finding.help.clone(),
        place: format!("{file}:{}", source.lines.line(finding.span.start)),
        fix: finding.safety.filter(|_| has_fix).map(|it| it == Safety::Safe),
    }
}

/// The entry a finding is about, as marks name it; nothing outside entries.
fn name(library: &Library, finding: &Finding) -> String {
    // Entries stand in the order of the files.
    let after = library.entries.partition_point(|entry| {
        (entry.place.source, entry.place.span.start) <= (finding.source, finding.span.start)
    });
    let Some(at) = after.checked_sub(1) else { return String::new() };
    let entry = &library.entries[at];
    if entry.place.source != finding.source || entry.place.span.end <= finding.span.start {
        return String::new();
    }
    match target::find(library, &entry.key) {
        Ok(found) if found == at => entry.key.clone(),
        _ => target::place(library, at),
    }
}

/// The lines of the file around a finding, those it is about in another look.
pub fn excerpt(library: &Library, finding: &Finding) -> Vec<(Role, String)> {
    let source = &library.sources[finding.source];
    let text = String::from_utf8_lossy(&source.bytes);
    let first = source.lines.line(finding.span.start);
    let last = source.lines.line(finding.span.end.saturating_sub(1).max(finding.span.start));
    let mut lines =
        vec![(Role::Heading, source.path.display().to_string()), (Role::Text, String::new())];
    for (number, line) in (1..).zip(text.lines()).skip(first.saturating_sub(AROUND + 1)) {
        if number > last + AROUND {
            break;
        }
        let is_it = (first..=last).contains(&number);
        let (role, sign) = if is_it { (Role::Error, ">") } else { (Role::Faint, " ") };
        lines.push((role, format!("{sign} {number:>6}  {line}")));
    }
    lines
}

/// The plan that makes the fixes of `wanted`. Of fixes that touch the same bytes the first is made.
pub fn fixed(findings: &[Finding], wanted: &[usize]) -> Plan {
    let mut files: Vec<(usize, Vec<Edit>)> = Vec::new();
    let mut keys = BTreeSet::new();
    for finding in wanted.iter().filter_map(|at| findings.get(*at)) {
        let touches = |edit: &Edit| {
            files.iter().filter(|(source, _)| *source == finding.source).any(|(_, edits)| {
                let near =
                    |it: &Edit| it.span.start <= edit.span.end && edit.span.start <= it.span.end;
                edits.iter().any(near)
            })
        };
        if !finding.edits.iter().any(touches) {
            files.push((finding.source, finding.edits.clone()));
            keys.insert(finding.key.clone());
        }
    }
    let said = Said::new("tui.fixed").with("count", keys.len());
    Plan::of_edits(files, said, keys.into_iter().collect())
}

/// The plan that makes every fix that keeps the meaning, of the entries `ids` (all where there are
/// none).
pub fn all_fixed(library: &Library, rules: &Settings, ids: &[String]) -> Result<Plan, Error> {
    let keys: Vec<String> = ids
        .iter()
        .map(|id| target::find(library, id).map(|at| library.entries[at].key.clone()))
        .collect::<Result<_, _>>()?;
    let fixed = check::fixed(library, rules, &Facts::from(today()), Safety::Safe, &keys);
    let files = fixed
        .changed
        .iter()
        .map(|(source, bytes)| (*source, diff::between(&library.sources[*source].bytes, bytes)));
    let said = Said::new("check.fixed").with("count", fixed.count);
    Ok(Plan::of_edits(files.collect(), said, keys))
}

/// How the entry `id` would look with `edit`, and what the rules would find in it. Looked at alone,
/// with the entries that it takes from: a keystroke must not wait for a large library.
pub fn draft(
    library: &Library,
    citing: &Citing,
    rules: &Settings,
    id: &str,
    edit: Option<&(String, String)>,
) -> Result<(RichText, Vec<Said>), Error> {
    let at = target::find(library, id)?;
    let small = alone(library, at);
    let Some(here) = small.entries.len().checked_sub(1) else { return Ok(Default::default()) };
    let mut wrong = None;
    let small = match edit {
        Some((field, value)) => {
            let (entry, field) = (here, field.clone());
            let change = if value.trim().is_empty() {
                Change::Unset { entry, field }
            } else {
                Change::Set { entry, field, value: value.clone() }
            };
            match planned(&small, &[change]) {
                Ok(plan) => with(&small, &plan),
                // What cannot be saved is said while it is typed; nothing to take away is fine.
                Err(error) => {
                    wrong = (!value.trim().is_empty()).then_some(error.said);
                    small
                }
            }
        }
        None => small,
    };
    let Some(entry) = small.entries.last() else { return Ok(Default::default()) };
    let reference = citing.references(&small, &[entry])?.into_iter().next().unwrap_or_default();
    let findings = check::check(&small, rules, &Facts::from(today()));
    let own = findings.into_iter().filter(|it| {
        entry.place.span.start <= it.span.start && it.span.start < entry.place.span.end
    });
    Ok((reference, wrong.into_iter().chain(own.map(|it| it.said)).collect()))
}

fn with(library: &Library, plan: &Plan) -> Library {
    let texts = plan.files.iter().filter_map(|(source, edits)| {
        Some((*source, apply(&library.sources[*source].bytes, edits).ok()?.into()))
    });
    library.clone().with_texts(texts.collect())
}

/// Fields that name entries from which others take something.
const LINKS: &[&str] = &["crossref", "xdata", "xref", "related", "entryset"];

/// A library of the entry at `at` (the last in it), the macros, and the entries it points to.
fn alone(library: &Library, at: usize) -> Library {
    let mut wanted = vec![at];
    let mut next = 0;
    while let Some(entry) = wanted.get(next).map(|at| &library.entries[*at]) {
        next += 1;
        for key in LINKS.iter().flat_map(|name| entry.list(name)) {
            if let Some(at) = library.position(&key)
                && !wanted.contains(&at)
                && wanted.len() < 40
            {
                wanted.push(at);
            }
        }
    }
    let mut text = Vec::new();
    for source in &library.sources {
        let macros = source.file.blocks.iter().filter(|it| matches!(it.kind, Kind::Strings(_)));
        for block in macros {
            text.extend_from_slice(source.bytes.get(block.span.clone()).unwrap_or_default());
            text.push(b'\n');
        }
    }
    for at in wanted.iter().rev() {
        text.extend_from_slice(library.written(&library.entries[*at]));
        text.extend_from_slice(b"\n\n");
    }
    let path = library.sources[library.entries[at].place.source].path.clone();
    Library::new(vec![(path, text.into())])
}
