//! What a rule has found.

use super::rules::Rule;
use super::view::{EntryView, FieldView};
use crate::bibtex::problem::What;
use crate::text::edit::Edit;
use crate::text::said::Said;
use std::ops::Range;

/// How grave a finding is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Severity {
    /// Worth knowing.
    Info,
    /// Probably wrong, or missing.
    Warning,
    /// A reference list cannot come out right.
    Error,
}

impl Severity {
    /// All three, gravest last.
    pub const ALL: [Self; 3] = [Self::Info, Self::Warning, Self::Error];

    /// Its name in settings and output: `info`, `warning`, `error`.
    pub fn name(self) -> &'static str {
        match self {
            Self::Info => "info",
            Self::Warning => "warning",
            Self::Error => "error",
        }
    }
}

/// Whether a fix can be made without a person looking at it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Safety {
    /// The meaning stays the same.
    Safe,
    /// Probably right, but it could change what is meant.
    Unsafe,
}

/// Something that a rule has found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Finding {
    /// The rule's id, or that of a problem of the parser (`bib-…`).
    pub id: &'static str,
    /// How grave it is.
    pub severity: Severity,
    /// Which of the library's sources.
    pub source: usize,
    /// The bytes it is about.
    pub span: Range<usize>,
    /// The citation key of the entry; empty outside entries.
    pub key: String,
    /// What is so.
    pub said: Said,
    /// What to do.
    pub help: Said,
    /// The fix: edits to the source; empty where there is none.
    pub edits: Vec<Edit>,
    /// Whether the fix is safe; `None` where there is none.
    pub safety: Option<Safety>,
}

/// Findings being gathered.
#[derive(Default)]
pub struct Report {
    pub(super) findings: Vec<Finding>,
    rule: Option<(&'static Rule, Severity)>,
}

impl Report {
    /// From here on `rule` speaks.
    pub(super) fn begin(&mut self, rule: &'static Rule, severity: Severity) {
        self.rule = Some((rule, severity));
    }

    /// A finding about `span` in `entry`. `args` fill the places of the rule's message and help.
    pub fn entry(
        &mut self,
        entry: &EntryView<'_>,
        span: Range<usize>,
        args: &[(&'static str, &str)],
        edits: Vec<Edit>,
    ) {
        self.add(entry.entry.place.source, span, entry.entry.key.clone(), args, edits);
    }

    /// A finding about the value of `field`.
    pub fn field(
        &mut self,
        field: &FieldView<'_>,
        args: &[(&'static str, &str)],
        edits: Vec<Edit>,
    ) {
        let mut all = vec![("field", field.name)];
        all.extend(args);
        let place = &field.entry.place;
        self.add(place.source, field.inner.clone(), field.entry.key.clone(), &all, edits);
    }

    /// A finding outside entries.
    pub fn source(&mut self, source: usize, span: Range<usize>, args: &[(&'static str, &str)]) {
        self.add(source, span, String::new(), args, Vec::new());
    }

    fn add(
        &mut self,
        source: usize,
        span: Range<usize>,
        key: String,
        args: &[(&'static str, &str)],
        edits: Vec<Edit>,
    ) {
        let Some((rule, severity)) = self.rule else { return };
        let said = |id| {
            let mut said = Said::new(id);
            for (name, value) in args {
                said = said.with(name, shortened(value));
            }
            said
        };
        self.findings.push(Finding {
            id: rule.id,
            severity,
            source,
            span,
            key,
            said: said(rule.said),
            help: said(rule.help),
            safety: if edits.is_empty() { None } else { rule.fix },
            edits,
        });
    }

    /// A problem of the parser.
    pub(super) fn problem(
        &mut self,
        source: usize,
        span: Range<usize>,
        severity: Severity,
        what: What,
    ) {
        self.findings.push(Finding {
            id: what.id(),
            severity,
            source,
            span,
            key: String::new(),
            said: Said::new(what.id()),
            help: Said::new(what.help_id()),
            edits: Vec::new(),
            safety: None,
        });
    }
}

/// A value as it stands in a message: on one line, cut where it is long.
fn shortened(text: &str) -> String {
    const LONGEST: usize = 80;
    let mut out: String = text.split_whitespace().collect::<Vec<_>>().join(" ");
    if out.chars().count() > LONGEST {
        out = out.chars().take(LONGEST).collect();
        out.push('…');
    }
    out
}
