//! `&`, `%`, `#` and `_` mean something to TeX: written bare, the reference list does not compile.

use super::{Look, Rule, rule};
use crate::check::{FieldView, Report, Safety, Severity};

rule!(
    "sign-unescaped",
    Some(Severity::Warning),
    Some(Safety::Safe),
    Look::Field(look),
    "@article{lie2021, journaltitle = {Brain & Mind}}",
    Some(r"@article{lie2021, journaltitle = {Brain \& Mind}}")
);

fn look(field: &FieldView<'_>, report: &mut Report) {
    if !field.is_text()
        || !field.raw.contains(['&', '%', '#', '_'])
        || field.raw.contains("\\url")
        || field.raw.contains("\\href")
    {
        return;
    }
    // Fields that no style prints may hold what they like.
    if matches!(
        field.name,
        "abstract" | "annotation" | "file" | "library" | "owner" | "timestamp" | "groups" | "allow"
    ) || field.name.contains('-')
    {
        return;
    }
    let mut out = String::with_capacity(field.raw.len() + 4);
    let (mut before, mut math, mut sign) = (' ', false, None);
    for c in field.raw.chars() {
        if c == '$' && before != '\\' {
            math = !math;
        }
        if matches!(c, '&' | '%' | '#' | '_') && before != '\\' && !math {
            sign = sign.or(Some(c));
            out.push('\\');
        }
        out.push(c);
        before = if before == '\\' && c == '\\' { ' ' } else { c };
    }
    // A dollar sign that is never closed makes everything after it doubtful; an entity is another
    // rule's business.
    let entity = field.raw.contains("&amp;")
        || field.raw.contains("&#")
        || field.raw.contains(';')
            && field.raw.contains('&')
            && field.raw.split('&').skip(1).any(|it| {
                it.split(';').next().is_some_and(|name| {
                    !name.is_empty()
                        && name.len() < 8
                        && name.bytes().all(|b| b.is_ascii_alphanumeric())
                })
            });
    if let Some(sign) = sign.filter(|_| !math && !entity) {
        report.field(field, &[("sign", &sign.to_string())], field.replace(&out));
    }
}
