//! Variables that a reference manager keeps in the note, as `DOI: 10.1/x` on a line of its own or
//! as `{:original-date: 1900}` anywhere: Zotero's way to fields that its forms lack.

use super::Date;
use super::Item;
use super::Name;
use super::Variable;
use super::VariableKind;
use super::raw_date;

/// Takes them over where the item lacks them. Their lines leave the note.
pub(super) fn read(item: &mut Item) {
    let Some(note) = item.text(Variable::NOTE).map(str::to_owned) else { return };
    let mut lines = lines(&note);
    let mut names: Vec<(String, Vec<Name>)> = Vec::new();
    for (at, slot) in lines.iter_mut().enumerate() {
        let line = slot.clone();
        if line.trim().is_empty() {
            continue;
        }
        let Some((key, value)) = field(&line) else {
            if at == 0 {
                continue;
            }
            break;
        };
        if key == "type" {
            item.kind = value.to_owned();
            slot.clear();
            continue;
        }
        let Some(variable) = Variable::named(key) else {
            slot.clear();
            continue;
        };
        if item.has(variable) && variable.kind() != VariableKind::Date {
            continue;
        }
        slot.clear();
        match variable.kind() {
            VariableKind::Date => {
                let date: Date = raw_date::read(value);
                item.set_date(key, date);
            }
            VariableKind::Names => {
                let name = match value.split_once("||") {
                    Some((family, given)) => Name::person(family.trim(), given.trim()),
                    None => Name::literal(value),
                };
                match names.iter_mut().find(|(known, _)| known == key) {
                    Some((_, list)) => list.push(name),
                    None => names.push((key.to_owned(), vec![name])),
                }
            }
            VariableKind::Text | VariableKind::Number => {
                item.set_text(key, value);
            }
        }
    }
    for (key, list) in names {
        item.set_names(&key, list);
    }
    let rest = lines.join("\n");
    item.set_text("note", rest.trim());
}

/// The lines of a note, where each `{:key: value}` has become a line.
fn lines(note: &str) -> Vec<String> {
    let mut lines = Vec::new();
    for (at, line) in note.lines().enumerate() {
        let mut rest = line;
        let mut first = true;
        while let Some(open) = rest.find("{:") {
            let Some(close) = rest[open..].find('}').map(|close| open + close) else { break };
            let before = &rest[..open];
            let inner = rest[open + 2..close].trim();
            let usable = before.trim().is_empty() || at == 0 && first || field(before).is_some();
            if field(inner).is_none() || !usable {
                break;
            }
            lines.extend([before.to_owned(), inner.to_owned()]);
            rest = &rest[close + 1..];
            first = false;
        }
        lines.push(rest.to_owned());
    }
    lines
}

/// `key: value`, where the key is in small letters or in capitals.
fn field(line: &str) -> Option<(&str, &str)> {
    let (key, value) = line.split_once(':')?;
    let small = key.bytes().all(|b| b.is_ascii_lowercase() || b == b'-' || b == b'_');
    let capital = key.bytes().all(|b| b.is_ascii_uppercase());
    let value = value.trim();
    let fits = !key.is_empty() && (small || capital) && !value.is_empty() && !value.contains('}');
    fits.then_some((key, value))
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn fields_in_the_note_fill_what_is_missing() {
        let item = Item::from_csl_json(&json!({
            "note": "{:number:12} {:issued: 2010-03}\nDOI: 10.1/x", "number": "7"
        }));
        assert_eq!(item.text(Variable::DOI), Some("10.1/x"));
        assert_eq!(item.date(Variable::ISSUED), Some(&Date::month(2010, 3)));
        assert_eq!(item.text(Variable::named("number").expect("known")), Some("7"));
    }

    #[test]
    fn ordinary_notes_stay_notes() {
        let item = Item::from_csl_json(&json!({"note": "Seen: twice.\nAnd more\nDOI: 10.1/x"}));
        assert!(!item.has(Variable::DOI));
    }
}
