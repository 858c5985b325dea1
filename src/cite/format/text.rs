//! Plain text: a reference a line, as it is pasted into a mail.

use super::ReferenceList;

/// The list as text. Headings stand on a line of their own with an empty line after them.
pub(super) fn write(list: &ReferenceList) -> String {
    let mut out = String::new();
    if !list.heading.is_empty() {
        out.push_str(&format!("{}\n\n", list.heading));
    }
    for (at, section) in list.sections.iter().enumerate() {
        if !section.heading.is_empty() {
            let before = if at > 0 { "\n" } else { "" };
            out.push_str(&format!("{before}{}\n\n", section.heading));
        }
        for reference in &section.references {
            out.push_str(&reference.text.to_plain().replace(['\n', '\r'], " "));
            out.push('\n');
        }
    }
    out
}
