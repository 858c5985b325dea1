//! JSON-LD with schema.org's words, for search engines.

use super::{Class, class, container, date, people, publisher};
use crate::overview::link;
use crate::overview::work::Work;
use serde_json::{Map, Value, json};

/// The description of `work`, safe inside `<script type="application/ld+json">`. `address` is the
/// page's own, where it is known.
pub fn work(work: &Work, address: Option<&str>) -> String {
    let kind = match class(work) {
        Class::Article | Class::Paper => "ScholarlyArticle",
        Class::Book => "Book",
        Class::Chapter => "Chapter",
        Class::Thesis => "Thesis",
        Class::Report => "Report",
        Class::Other("webpage") => "WebPage",
        Class::Other("videoRecording") => "VideoObject",
        Class::Other("audioRecording") => "AudioObject",
        Class::Other("dataset") => "Dataset",
        Class::Other("computerProgram") => "SoftwareSourceCode",
        Class::Other(_) => "CreativeWork",
    };
    let mut out = Map::new();
    out.insert("@context".into(), json!("https://schema.org"));
    out.insert("@type".into(), json!(kind));
    let mut put = |name: &str, value: Option<Value>| {
        if let Some(value) = value {
            out.insert(name.into(), value);
        }
    };
    put("name", (!work.title.is_empty()).then(|| json!(work.title)));
    let (names, are_editors) = people(work);
    let names: Vec<Value> = names
        .iter()
        .map(|name| {
            let kind = if name.given.is_empty() { "Organization" } else { "Person" };
            json!({ "@type": kind, "name": name.display() })
        })
        .collect();
    let role = if are_editors { "editor" } else { "author" };
    put(role, (!names.is_empty()).then(|| json!(names)));
    put("datePublished", date(work, "-").map(Value::from));
    put("inLanguage", work.tongue.clone().map(Value::from));
    put("publisher", publisher(work).map(|it| json!({ "@type": "Organization", "name": it })));
    let whole = match class(work) {
        Class::Article => work.entry.text("journaltitle").map(|it| ("Periodical", it)),
        Class::Chapter => container(work, "booktitle", "booksubtitle").map(|it| ("Book", it)),
        _ => None,
    };
    put("isPartOf", whole.map(|(kind, name)| json!({ "@type": kind, "name": name })));
    let doi = work.entry.text("doi").and_then(|doi| link::doi(&doi));
    put("sameAs", doi.map(Value::from));
    put("isbn", work.entry.text("isbn").map(Value::from));
    put("abstract", work.entry.text("abstract").map(Value::from));
    let keywords = work.entry.list("keywords");
    put("keywords", (!keywords.is_empty()).then(|| json!(keywords.join(", "))));
    put("url", address.map(Value::from));
    script(&Value::Object(out))
}

/// JSON that cannot end the script element it stands in.
pub fn script(value: &Value) -> String {
    value
        .to_string()
        .replace('<', "\\u003c")
        .replace('>', "\\u003e")
        .replace('&', "\\u0026")
        .replace('\u{2028}', "\\u2028")
        .replace('\u{2029}', "\\u2029")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_title_cannot_end_the_script() {
        let entry = crate::model::Library::new(vec![(
            "a.bib".into(),
            b"@book{k, title={</script><script>alert(1)</script>}}".as_slice().into(),
        )])
        .entries
        .remove(0);
        let it = Work::new(entry, "k".to_owned(), None, Vec::new());
        assert!(!work(&it, None).contains('<'));
    }
}
