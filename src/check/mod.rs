//! Layer 4: entries and files held against rules.
//!
//! A rule is a file in `rules/`: its id, how grave it is, an example, and one function that looks at
//! a field, an entry or the library. A finding says what is so, where, and what to do; many carry a
//! fix, as edits. Nothing here reads a clock or a file or asks anybody: what is known of the world
//! comes in as [`Facts`].

mod allowed;
mod facts;
mod finding;
mod fix;
mod known;
pub mod links;
pub mod rules;
mod settings;
mod typst;
mod view;

pub use facts::Facts;
pub use finding::{Finding, Report, Safety, Severity};
pub use fix::{Fixes, fixed};
pub use known::Model;
pub use rules::{Look, RULES, Rule};
pub use settings::Settings;
pub use view::{EntryView, FieldView, LibraryView};

use crate::model::Library;

/// A day: year, month, day.
pub type Day = (i32, u8, u8);

/// Everything that the rules find in `library`, in the order of the files, what the parser did not
/// understand included. `facts` is what is known besides the library.
pub fn check(library: &Library, settings: &Settings, facts: &Facts) -> Vec<Finding> {
    check_told(library, settings, facts, &mut |_, _| ())
}

/// The same, telling how many of how many entries have been looked at.
pub fn check_told(
    library: &Library,
    settings: &Settings,
    facts: &Facts,
    tell: &mut dyn FnMut(usize, usize),
) -> Vec<Finding> {
    let view = LibraryView::new(library, settings, facts);
    let mut report = Report::default();
    problems(library, &mut report);
    let on: Vec<(&'static Rule, Severity)> =
        RULES.iter().filter_map(|rule| Some((*rule, settings.severity(rule)?))).collect();
    for (rule, severity) in &on {
        if let Look::Library(look) = rule.look {
            report.begin(rule, *severity);
            look(&view, &mut report);
        }
    }
    for at in 0..library.entries.len() {
        if at % 256 == 0 {
            tell(at, library.entries.len());
        }
        let Some(entry) = view.entry(at) else { continue };
        for (rule, severity) in &on {
            match rule.look {
                Look::Library(_) => {}
                Look::Entry(look) => {
                    report.begin(rule, *severity);
                    look(&entry, &mut report);
                }
                Look::Field(look) => {
                    report.begin(rule, *severity);
                    for field in &entry.fields {
                        look(field, &mut report);
                    }
                }
            }
        }
    }
    let mut findings = report.findings;
    allowed::suppress(library, &mut findings);
    findings.sort_by_key(|it| (it.source, it.span.start, it.id));
    findings
}

/// What the parser did not understand, as findings.
fn problems(library: &Library, report: &mut Report) {
    for (source, it) in library.sources.iter().enumerate() {
        for problem in &it.file.problems {
            let severity = if problem.what.breaks() { Severity::Error } else { Severity::Warning };
            report.problem(source, problem.span.clone(), severity, problem.what);
        }
    }
}
