//! `ﬁ` and `ﬂ` come from a PDF; no search finds the word.

use super::{Look, Rule, rule};
use crate::check::{FieldView, Report, Safety, Severity};

rule!(
    "ligature",
    Some(Severity::Warning),
    Some(Safety::Safe),
    Look::Field(look),
    "@book{lie2021, title = {Eﬀekt og ﬂid}}",
    Some("@book{lie2021, title = {Effekt og flid}}")
);

const LIGATURES: &[(char, &str)] =
    &[('ﬀ', "ff"), ('ﬁ', "fi"), ('ﬂ', "fl"), ('ﬃ', "ffi"), ('ﬄ', "ffl"), ('ﬅ', "st"), ('ﬆ', "st")];

fn look(field: &FieldView<'_>, report: &mut Report) {
    let Some((found, _)) = LIGATURES.iter().find(|(c, _)| field.raw.contains(*c)) else { return };
    let mut mended = field.raw.to_owned();
    for (c, text) in LIGATURES {
        mended = mended.replace(*c, text);
    }
    report.field(field, &[("character", &found.to_string())], field.replace(&mended));
}
