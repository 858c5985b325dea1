//! Works in other programs' formats.

use crate::overview::machine::highwire;
use crate::overview::site::Format;
use crate::overview::work::Work;

/// The works in `format`.
pub(super) fn write(works: &[&Work], format: Format) -> Vec<u8> {
    let mut out = String::new();
    match format {
        Format::BibLatex => {
            for work in works {
                out.push_str(&format!("@{}{{{},\n", work.entry.entry_type, work.entry.key));
                for field in &work.entry.fields {
                    out.push_str(&format!("  {} = {{{}}},\n", field.name, field.raw));
                }
                out.push_str("}\n\n");
            }
        }
        Format::Ris => {
            for work in works {
                out.push_str("TY  - GEN\r\n");
                for (tag, value) in highwire::tags(work) {
                    let tag = match tag {
                        "citation_title" => "TI",
                        "citation_author" => "AU",
                        "citation_publication_date" => "PY",
                        "citation_doi" => "DO",
                        _ => continue,
                    };
                    out.push_str(&format!("{tag}  - {}\r\n", value.replace(['\n', '\r'], " ")));
                }
                out.push_str("ER  - \r\n\r\n");
            }
        }
        Format::CslJson => {
            let rows: Vec<_> = works
                .iter()
                .map(|work| serde_json::json!({ "id": work.entry.key, "title": work.title }))
                .collect();
            out = serde_json::Value::from(rows).to_string();
        }
        Format::Csv => {
            for work in works {
                out.push_str(&format!("\"{}\"\n", work.title.replace('"', "\"\"")));
            }
        }
    }
    out.into_bytes()
}
