//! An address begins with `https://` or the like and holds no blanks.

use super::{Look, Rule, rule};
use crate::check::{FieldView, Report, Safety, Severity};

rule!(
    "url-form",
    Some(Severity::Warning),
    Some(Safety::Safe),
    Look::Field(look),
    "@online{lie2021, url = {https://www.stortinget.no/no/Saker-og publikasjoner}}",
    Some("@online{lie2021, url = {https://www.stortinget.no/no/Saker-og%20publikasjoner}}")
);

fn look(field: &FieldView<'_>, report: &mut Report) {
    if !matches!(field.name, "url" | "fulltext" | "summary") {
        return;
    }
    let value = field.raw.trim();
    if value.is_empty() || value.starts_with('\\') {
        return;
    }
    let scheme = value.split_once(':').map(|(scheme, _)| scheme).unwrap_or_default();
    let known = matches!(
        scheme.to_ascii_lowercase().as_str(),
        "http" | "https" | "ftp" | "urn" | "mailto" | "file" | "info"
    );
    // Two addresses in one field cannot be mended by replacing blanks.
    let several = value.matches("://").count() > 1 && value.contains(char::is_whitespace);
    if !known && value.starts_with("www.") {
        report.field(field, &[("value", value)], field.replace(&format!("https://{value}")));
    } else if !known || several {
        report.field(field, &[("value", value)], Vec::new());
    } else if value.contains(char::is_whitespace) {
        let joined = value.split_whitespace().collect::<Vec<_>>().join("%20");
        report.field(field, &[("value", value)], field.replace(&joined));
    }
}
