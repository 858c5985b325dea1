//! JSON, an object a line: the whole record, for scripts. `key`, `type`, `fields` (texts, lists of
//! texts, lists of names), and under `tex` the fields whose TeX says more than their text.

use super::json::Objects;
use super::loss::is_formatted;
use super::record::{Field, Record, Value};
use super::{Item, Records, Unreadable};
use crate::model::name::{Name, Names};
use crate::text::said::Said;
use serde_json::{Map, Value as Json, json};
use std::io::BufRead;

/// The records of a text that [`write`] wrote.
pub(super) fn read<'a>(input: Box<dyn BufRead + 'a>) -> Records<'a> {
    Box::new(Objects::new(input).map(|object| match object {
        Err(unreadable) => Item::Unreadable(unreadable),
        Ok((line, value)) => match record(&value, line) {
            Some(record) => Item::Record(record),
            None => Item::Unreadable(Unreadable {
                line,
                text: value.to_string(),
                said: Said::new("import.json.no-item"),
            }),
        },
    }))
}

fn record(value: &Json, line: usize) -> Option<Record> {
    let text = |value: &Json| value.as_str().map(str::to_owned);
    let fields = value.get("fields")?.as_object()?;
    let mut record = Record { line, ..Record::new(value.get("type").and_then(text)?) };
    record.key = value.get("key").and_then(text).unwrap_or_default();
    for (name, value) in fields {
        let value = match value {
            Json::Array(list) if list.iter().any(Json::is_object) => {
                let mut names = Names::default();
                for one in list {
                    match name_of(one) {
                        Some(name) => names.names.push(name),
                        None => names.others = true,
                    }
                }
                Value::Names(names)
            }
            Json::Array(list) => Value::List(list.iter().filter_map(text).collect()),
            Json::String(text) => Value::Text(text.clone()),
            other => Value::Text(other.to_string()),
        };
        record.set(name.clone(), value);
    }
    if let Some(Json::Object(kept)) = value.get("tex") {
        for field in &mut record.fields {
            let tex = kept.get(&*field.name).and_then(Json::as_str);
            field.tex = tex.filter(|it| crate::bibtex::change::is_balanced(it)).map(Into::into);
        }
    }
    Some(record)
}

fn name_of(value: &Json) -> Option<Name> {
    let part = |key: &str| value.get(key).and_then(Json::as_str).unwrap_or_default().to_owned();
    let body = part("body");
    if !body.is_empty() {
        return Some(Name { family: body, is_body: true, ..Name::default() });
    }
    let name = Name {
        given: part("given"),
        particle: part("particle"),
        family: part("family"),
        suffix: part("suffix"),
        is_body: false,
    };
    (name != Name::default()).then_some(name)
}

/// Writes one record as a line.
pub(super) fn write(record: &Record, _asides: &[&Field], out: &mut String) {
    let (mut fields, mut tex) = (Map::new(), Map::new());
    for field in &record.fields {
        let value = match &field.value {
            Value::Text(text) => json!(text),
            Value::List(parts) => json!(parts),
            Value::Names(names) => {
                let mut list: Vec<Json> = names.names.iter().map(name).collect();
                if names.others {
                    list.push(json!({"others": true}));
                }
                json!(list)
            }
        };
        fields.insert(field.name.to_string(), value);
        if let Some(raw) = field.tex.as_ref().filter(|_| is_formatted(field)) {
            tex.insert(field.name.to_string(), json!(raw));
        }
    }
    let mut object = Map::new();
    object.insert("key".into(), json!(record.key));
    object.insert("type".into(), json!(record.entry_type));
    object.insert("fields".into(), Json::Object(fields));
    if !tex.is_empty() {
        object.insert("tex".into(), Json::Object(tex));
    }
    out.push_str(&Json::Object(object).to_string());
    out.push('\n');
}

fn name(name: &Name) -> Json {
    if name.is_body {
        return json!({"body": name.family});
    }
    let parts = [
        ("family", &name.family),
        ("given", &name.given),
        ("particle", &name.particle),
        ("suffix", &name.suffix),
    ];
    let parts: Map<String, Json> = parts
        .into_iter()
        .filter(|(_, value)| !value.is_empty())
        .map(|(key, value)| (key.to_owned(), json!(value)))
        .collect();
    Json::Object(parts)
}
