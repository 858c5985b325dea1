//! YAML: written in blocks, every text in quotes so that nothing is mistaken for a number or a
//! truth value; read with limits to size and to what aliases may grow to.

use serde_json::Value;
use std::fmt::Write as _;

/// The longest YAML text that is read, in bytes.
pub(super) const MAX_TEXT: usize = 64 << 20;

/// Writes `value` in blocks, its lines indented by `depth` steps of two blanks.
pub(super) fn write(value: &Value, depth: usize, out: &mut String) {
    match value {
        Value::Object(map) if !map.is_empty() => {
            for (at, (key, value)) in map.iter().enumerate() {
                if at > 0 || !out.ends_with("- ") {
                    indent(depth, out);
                }
                let _ = write!(out, "{}:", name(key));
                nested(value, depth + 1, out);
            }
        }
        Value::Array(list) if !list.is_empty() => {
            for value in list {
                indent(depth, out);
                out.push_str("- ");
                match value {
                    Value::Object(map) if !map.is_empty() => write(value, depth + 1, out),
                    Value::Array(_) => {
                        let _ = writeln!(out, "{value}");
                    }
                    _ => {
                        let _ = writeln!(out, "{value}");
                    }
                }
            }
        }
        _ => {
            let _ = writeln!(out, "{value}");
        }
    }
}

fn nested(value: &Value, depth: usize, out: &mut String) {
    let is_block = match value {
        Value::Object(map) => !map.is_empty(),
        Value::Array(list) => !list.is_empty(),
        _ => false,
    };
    if is_block {
        out.push('\n');
        write(value, depth, out);
    } else {
        // A JSON scalar in quotes is a YAML scalar in quotes.
        let _ = writeln!(out, " {value}");
    }
}

fn indent(depth: usize, out: &mut String) {
    for _ in 0..depth {
        out.push_str("  ");
    }
}

/// A key, in quotes unless it is a plain word.
fn name(key: &str) -> String {
    let is_plain = key.len() > 1
        && key.starts_with(|c: char| c.is_ascii_alphabetic())
        && key.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-' || byte == b'_')
        && !matches!(
            key.to_lowercase().as_str(),
            "yes" | "no" | "true" | "false" | "null" | "on" | "off"
        );
    if is_plain { key.to_owned() } else { Value::from(key).to_string() }
}

/// Reads a YAML text; the message says what is wrong with it.
pub(super) fn read(text: &str) -> Result<Value, String> {
    // YAML 1.2: `no` is a word, as in a title.
    let options = serde_saphyr::options! { strict_booleans: true };
    serde_saphyr::from_str_with_options(text, options).map_err(|error| error.to_string())
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn what_is_written_is_read_again() {
        let value = json!({
            "no": {"title": "a: b # c", "list": [1, "2", {"x": "y\nz", "w": []}], "empty": {}},
            "b": [{"id": "1", "issued": {"date-parts": [[2010, 3]]}}, "æ \"q\" \\", null, true],
        });
        let mut text = String::new();
        write(&value, 0, &mut text);
        assert_eq!(read(&text).unwrap(), value, "{text}");
    }

    #[test]
    fn aliases_that_grow_are_refused() {
        let mut text = String::from("a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n");
        for i in 1..12 {
            let of = format!("*a{}", i - 1);
            let list = vec![of; 10].join(", ");
            text.push_str(&format!("a{i}: &a{i} [{list}]\n"));
        }
        assert!(read(&text).is_err());
        assert!(read(&"[".repeat(100_000)).is_err());
    }
}
