//! Items from CSL-JSON, whatever shape its writer gave the values.

use super::Date;
use super::DateParts;
use super::Item;
use super::Name;
use super::Variable;
use super::VariableKind;
use super::note_fields;
use super::raw_date;
use serde_json::Value;

impl Item {
    /// The item that a CSL-JSON object describes. Nothing makes it fail: numbers may be text and
    /// text numbers, one name may stand outside its list, a date may be a string; what fits
    /// nowhere is left out. A value that is no object gives an empty item.
    pub fn from_csl_json(value: &Value) -> Item {
        let mut item = Item::default();
        let Some(object) = value.as_object() else { return item };
        for (key, value) in object {
            match key.as_str() {
                "id" => item.id = text(value),
                "type" => item.kind = text(value),
                "shortTitle" if !object.contains_key("title-short") => {
                    item.set_text("title-short", text(value));
                }
                "journalAbbreviation" if !object.contains_key("container-title-short") => {
                    item.set_text("container-title-short", text(value));
                }
                _ => item.set_json(key, value),
            }
        }
        note_fields::read(&mut item);
        item
    }

    fn set_json(&mut self, key: &str, value: &Value) {
        let Some(variable) = Variable::named(key) else { return };
        match variable.kind() {
            VariableKind::Text | VariableKind::Number => {
                self.set_text(key, text(value));
            }
            VariableKind::Names => {
                let list = match value {
                    Value::Array(list) => list.iter().filter_map(name).collect(),
                    other => name(other).into_iter().collect(),
                };
                self.set_names(key, list);
            }
            VariableKind::Date => {
                if let Some(date) = date(value) {
                    self.set_date(key, date);
                }
            }
        }
    }
}

/// Text of a string, number or truth value; lists are joined with commas; empty for the rest.
fn text(value: &Value) -> String {
    match value {
        Value::String(text) => text.clone(),
        Value::Number(number) => number.to_string(),
        Value::Array(list) => list.iter().map(text).collect::<Vec<_>>().join(", "),
        _ => String::new(),
    }
}

fn is_true(value: &Value) -> bool {
    match value {
        Value::Bool(truth) => *truth,
        Value::Number(number) => number.as_f64() != Some(0.0),
        Value::String(text) => !matches!(text.as_str(), "" | "0" | "false"),
        Value::Array(_) | Value::Object(_) => true,
        Value::Null => false,
    }
}

fn name(value: &Value) -> Option<Name> {
    let object = match value {
        Value::Object(object) => object,
        Value::String(text) => return Some(Name::literal(text)).filter(|name| !name.is_empty()),
        _ => return None,
    };
    let part = |key: &str| object.get(key).map(text).unwrap_or_default();
    let flag = |key: &str| object.get(key).is_some_and(is_true);
    let mut name = Name {
        family: part("family"),
        given: part("given"),
        dropping_particle: part("dropping-particle"),
        non_dropping_particle: part("non-dropping-particle"),
        suffix: part("suffix"),
        comma_suffix: flag("comma-suffix"),
        static_ordering: flag("static-ordering"),
        literal: part("literal"),
    };
    if name.given.is_empty() && flag("isInstitution") && name.literal.is_empty() {
        name.literal = std::mem::take(&mut name.family);
    }
    if object.get("parse-names").is_none_or(is_true) && !flag("static-particles") {
        name.find_particles();
    }
    Some(name).filter(|name| !name.is_empty())
}

fn date(value: &Value) -> Option<Date> {
    let object = match value {
        Value::Object(object) => object,
        Value::String(text) => return Some(raw_date::read(text)),
        Value::Number(number) => {
            return number.as_i64().and_then(|n| i32::try_from(n).ok()).map(Date::year);
        }
        _ => return None,
    };
    let mut date = Date::default();
    let parts = object.get("date-parts").and_then(Value::as_array).filter(|list| !list.is_empty());
    if let Some(parts) = parts {
        if parts[0].is_array() {
            date.start = ends(&parts[0]);
            date.end = parts.get(1).map(ends).filter(|end| *end != DateParts::default());
        } else {
            date.start = ends(&Value::Array(parts.clone()));
        }
    } else if let Some(raw) = object.get("raw") {
        date = raw_date::read(&text(raw));
    }
    if let Some(season) = object.get("season") {
        date.season = text(season);
    }
    date.circa |= object.get("circa").is_some_and(is_true);
    if let Some(literal) = object.get("literal") {
        date.literal = text(literal);
    }
    if date.start == (DateParts { year: Some(0), ..DateParts::default() }) {
        // There is no year 0: nothing, or a range whose beginning is open.
        date.start = DateParts::default();
        if let Some(year) = date.end.take().and_then(|end| end.year) {
            date.literal = format!("–{year}");
        }
    }
    Some(date).filter(|date| !date.is_empty())
}

fn ends(parts: &Value) -> DateParts {
    let part = |at: usize| parts.get(at).and_then(leading_number);
    DateParts {
        year: part(0),
        month: part(1).and_then(|n| u8::try_from(n).ok()).filter(|month| *month > 0),
        day: part(2).and_then(|n| u8::try_from(n).ok()).filter(|day| *day > 0),
    }
}

/// The number a value is or begins with: `2010`, `"2010"`, `"2010?"`.
fn leading_number(value: &Value) -> Option<i32> {
    let text = match value {
        Value::Number(number) => {
            return number.as_f64().filter(|n| n.abs() < 1e9).map(|n| n as i32);
        }
        Value::String(text) => text.trim(),
        _ => return None,
    };
    let digits = text.strip_prefix('-').unwrap_or(text);
    let length = digits.bytes().take_while(u8::is_ascii_digit).count();
    let number: i32 = digits[..length].parse().ok()?;
    Some(if digits.len() < text.len() { -number } else { number })
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn odd_shapes_are_read_as_what_they_mean() {
        let item = Item::from_csl_json(&json!({
            "id": 12, "type": "book", "volume": 3.5, "custom": {"a": [1]}, "categories": ["x"],
            "author": {"family": "Hagen", "given": "Anne"}, "editor": ["NIBR", null, {}],
            "issued": {"date-parts": [["2010", "3"]], "circa": 1}, "accessed": "2020-01-02",
            "title": null, "ISBN": ["a", "b"]
        }));
        assert_eq!(item.id, "12");
        assert_eq!(item.text(Variable::VOLUME), Some("3.5"));
        assert_eq!(item.names(Variable::AUTHOR), [Name::person("Hagen", "Anne")]);
        assert_eq!(item.names(Variable::EDITOR), [Name::literal("NIBR")]);
        let issued = Date { circa: true, ..Date::month(2010, 3) };
        assert_eq!(item.date(Variable::ISSUED), Some(&issued));
        assert_eq!(item.date(Variable::ACCESSED), Some(&Date::day(2020, 1, 2)));
        assert!(!item.has(Variable::TITLE));
    }

    #[test]
    fn what_is_no_object_gives_an_empty_item() {
        assert_eq!(Item::from_csl_json(&json!([1, 2])), Item::default());
    }

    #[test]
    fn a_range_has_two_ends() {
        let item = Item::from_csl_json(&json!({"issued": {"date-parts": [[1999], [2001]]}}));
        let end = DateParts { year: Some(2001), ..DateParts::default() };
        assert_eq!(item.date(Variable::ISSUED), Some(&Date::year(1999).until(end)));
    }
}
