//! `cs:label` outside of names (CSL 1.0.2, "Label").

use super::Render;
use crate::cite::item::Variable;
use crate::cite::style::tree::Form;
use crate::cite::style::tree::Formatting;
use crate::cite::style::tree::Label;
use crate::cite::style::tree::Plural;

impl<'a> Render<'a> {
    /// Puts the term of a number variable in, in the plural where the numbers are.
    pub(super) fn label(&mut self, label: &'a Label) {
        let Some(variable) = label.variable else { return };
        let mut term = variable.name().to_owned();
        if variable == Variable::LOCATOR {
            term = match self.cite.map(|cite| cite.label.as_str()) {
                None | Some("") => "page".into(),
                Some("sub verbo") => "sub-verbo".into(),
                Some(other) => other.to_owned(),
            };
        }
        let mut plural = label.plural == Plural::Always;
        if label.plural == Plural::Contextual {
            let form = label.has_form.then_some(label.form);
            if let Some(numbers) = self.numbers(variable) {
                plural = numbers.is_plural;
                numbers.label_form = numbers.label_form.or(form);
                let speaks = matches!(variable.name(), "locator" | "number" | "page");
                if let Some(own) = numbers.label.filter(|_| speaks) {
                    own.clone_into(&mut term);
                }
            }
        }
        let text = self.label_text(&term, label.form, plural, &label.formatting);
        if !text.is_empty() {
            self.flags().term_intended = true;
        }
        if !text.contains("%s") {
            self.append(&text, &label.formatting);
        }
    }

    /// The text of a label, without full stops where that is asked.
    pub(super) fn label_text(
        &mut self,
        term: &str,
        form: Form,
        plural: bool,
        formatting: &Formatting,
    ) -> String {
        let text = self.env.locale.term(term, form, plural).unwrap_or_default();
        if !text.is_empty() {
            self.renders_content = true;
        }
        if self.strip_periods > 0 || formatting.strip_periods {
            text.replace('.', "")
        } else {
            text.to_owned()
        }
    }
}
