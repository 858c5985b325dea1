//! A `$` without a partner opens mathematics that never ends.

use super::{Look, Rule, rule};
use crate::check::{FieldView, Report, Safety, Severity};

rule!(
    "dollar-alone",
    Some(Severity::Warning),
    Some(Safety::Unsafe),
    Look::Field(look),
    "@book{lie2021, title = {The price of $100}}",
    Some(r"@book{lie2021, title = {The price of \$100}}")
);

fn look(field: &FieldView<'_>, report: &mut Report) {
    if !field.is_text() || !field.raw.contains('$') {
        return;
    }
    let mut before = ' ';
    let mut count = 0_usize;
    let mut out = String::with_capacity(field.raw.len() + 2);
    for c in field.raw.chars() {
        if c == '$' && before != '\\' {
            count += 1;
            out.push('\\');
        }
        out.push(c);
        before = if before == '\\' && c == '\\' { ' ' } else { c };
    }
    if count % 2 == 1 {
        let edits = if count == 1 { field.replace(&out) } else { Vec::new() };
        report.field(field, &[], edits);
    }
}
