//! One JSON object a line, for other programs.

use super::ReferenceList;
use serde_json::json;

/// `{"id","text","html"}` for each reference, and `"section"` where the list is grouped.
pub(super) fn write(list: &ReferenceList) -> String {
    let mut out = String::new();
    for section in &list.sections {
        for reference in &section.references {
            let mut object = json!({
                "id": reference.id,
                "text": reference.text.to_plain(),
                "html": reference.text.to_html(),
            });
            if !section.heading.is_empty() {
                object["section"] = section.heading.as_str().into();
            }
            out.push_str(&object.to_string());
            out.push('\n');
        }
    }
    out
}
