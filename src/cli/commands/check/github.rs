//! A finding as an annotation of GitHub Actions (workflow commands).

use crate::check::{Finding, Severity};
use crate::model::Library;
use crate::text::harmless;
use crate::text::said::{Language, words};

/// `::warning file=…,line=…,col=…,title=…::message`, everything escaped.
pub(super) fn annotation(library: &Library, finding: &Finding, language: Language) -> String {
    let source = &library.sources[finding.source];
    let at = source.lines.position(&source.bytes, finding.span.start);
    let level = match finding.severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Info => "notice",
    };
    let message = format!("{}; {}", words(&finding.said, language), words(&finding.help, language));
    format!(
        "::{level} file={},line={},col={},title={}::{}",
        property(&source.path.display().to_string()),
        at.line,
        at.column,
        property(finding.id),
        data(&harmless::one_line(&message)),
    )
}

fn data(text: &str) -> String {
    text.replace('%', "%25").replace('\r', "%0D").replace('\n', "%0A")
}

fn property(text: &str) -> String {
    data(text).replace(':', "%3A").replace(',', "%2C")
}
