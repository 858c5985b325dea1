//! A finding with the line of the file it is about, for people.

use crate::check::{Finding, Safety, Severity};
use crate::model::Library;
use crate::text::harmless;
use crate::text::said::{Language, Said, words};
use unicode_width::UnicodeWidthStr;

/// How much of a line is shown before and after what is marked, in characters.
const BEFORE: usize = 40;
const AFTER: usize = 60;

/// The finding as a block of lines, with a blank line at its end.
pub(super) fn text(
    library: &Library,
    finding: &Finding,
    language: Language,
    color: bool,
) -> String {
    let paint = Paint { color };
    let source = &library.sources[finding.source];
    let at = source.lines.position(&source.bytes, finding.span.start);
    let number = at.line.to_string();
    let gutter = " ".repeat(number.len());
    let line = Line::of(&source.bytes, finding);
    let place = if finding.key.is_empty() || line.marked.contains(&finding.key) {
        String::new()
    } else {
        format!(" {}", words(&Said::new("check.in").with("key", &finding.key), language))
    };
    let path = source.path.display().to_string();
    let mut out = format!(
        "{}{} {}\n{gutter}{} {}:{}:{}\n",
        paint.severity(finding.severity, &severity(finding.severity, language)),
        paint.bold(&format!("[{}]:", finding.id)),
        paint.bold(&harmless::one_line(&words(&finding.said, language))),
        paint.blue("-->"),
        harmless::one_line(&path),
        at.line,
        at.column,
    );
    let bar = paint.blue("|");
    let blank = " ".repeat(line.before.width());
    let marks = "^".repeat(line.marked.width().max(1));
    out.push_str(&format!(
        "{gutter} {bar}\n{} {bar} {}{}{}\n{gutter} {bar} {blank}{}{place}\n{gutter} {bar}\n",
        paint.blue(&number),
        line.before,
        line.marked,
        line.after,
        paint.severity(finding.severity, &marks),
    ));
    let help = words(&Said::new("app.help"), language);
    out.push_str(&format!(
        "{}: {}",
        paint.bold(&help),
        harmless::one_line(&words(&finding.help, language))
    ));
    if let Some(safety) = finding.safety {
        let id = if safety == Safety::Safe { "check.fix-safe" } else { "check.fix-unsafe" };
        out.push_str(&format!("; {}", words(&Said::new(id), language)));
    }
    out.push('\n');
    out
}

/// `error`, `warning`, `info` in the language of the interface.
fn severity(severity: Severity, language: Language) -> String {
    let id = match severity {
        Severity::Error => "app.error",
        Severity::Warning => "app.warning",
        Severity::Info => "check.info",
    };
    words(&Said::new(id), language)
}

/// The first line of what is marked, cut where it is long, harmless.
struct Line {
    before: String,
    marked: String,
    after: String,
}

impl Line {
    fn of(bytes: &[u8], finding: &Finding) -> Self {
        let is_end = |byte: &u8| matches!(byte, b'\n' | b'\r');
        let start = finding.span.start.min(bytes.len());
        let first = bytes[..start].iter().rposition(is_end).map_or(0, |at| at + 1);
        let last = bytes[start..].iter().position(is_end).map_or(bytes.len(), |at| start + at);
        let end = finding.span.end.clamp(start, last);
        // Cut as bytes first: a line may be a megabyte.
        let near = |from: usize, to: usize| {
            String::from_utf8_lossy(bytes.get(from..to).unwrap_or_default()).into_owned()
        };
        let before = near(first.max(start.saturating_sub(4 * BEFORE)), start);
        let marked = near(start, end.min(start + 4 * AFTER));
        let after = near(end, last.min(end + 4 * AFTER));
        let skip = before.chars().count().saturating_sub(BEFORE);
        let cut_before = skip > 0 || start - first > 4 * BEFORE;
        let mut head: String = before.chars().skip(skip).collect();
        if cut_before {
            head.insert(0, '…');
        }
        Self {
            before: harmless::one_line(&head).into_owned(),
            marked: harmless::one_line(&cut(&marked, AFTER)).into_owned(),
            after: harmless::one_line(&cut(&after, AFTER)).into_owned(),
        }
    }
}

fn cut(text: &str, most: usize) -> String {
    match text.char_indices().nth(most) {
        Some((at, _)) => format!("{}…", text.get(..at).unwrap_or_default()),
        None => text.to_owned(),
    }
}

/// Colours of the terminal, or none.
struct Paint {
    color: bool,
}

impl Paint {
    fn with(&self, code: &str, text: &str) -> String {
        if self.color { format!("\u{1b}[{code}m{text}\u{1b}[0m") } else { text.to_owned() }
    }

    fn bold(&self, text: &str) -> String {
        self.with("1", text)
    }

    fn blue(&self, text: &str) -> String {
        self.with("34", text)
    }

    fn severity(&self, severity: Severity, text: &str) -> String {
        let code = match severity {
            Severity::Error => "1;31",
            Severity::Warning => "1;33",
            Severity::Info => "1;36",
        };
        self.with(code, text)
    }
}
