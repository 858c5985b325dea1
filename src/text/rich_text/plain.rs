//! Rich text as characters alone.

use super::RichText;

/// The characters of the text. Where a block begins without white space before it, a space is put
/// in, so that the number of a reference does not run into its text.
pub fn write(text: &RichText) -> String {
    let mut out = String::new();
    for block in &text.blocks {
        if !out.is_empty() && !out.ends_with(char::is_whitespace) {
            out.push(' ');
        }
        for run in &block.runs {
            out.push_str(&run.text);
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use crate::text::rich_text::Display;
    use crate::text::rich_text::Face;
    use crate::text::rich_text::RichText;

    #[test]
    fn a_number_does_not_run_into_its_reference() {
        let mut rich = RichText::default();
        rich.begin(Display::LeftMargin);
        rich.push("[1]", Face::default(), None);
        rich.begin(Display::RightInline);
        rich.push("Hagen", Face::default(), None);
        assert_eq!(rich.to_plain(), "[1] Hagen");
    }
}
