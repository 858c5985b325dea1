//! Citation labels such as "Hag10" (CSL 1.0.2, `citation-label`).

use crate::cite::item::Item;
use crate::cite::item::Variable;
use crate::cite::item::VariableKind;
use crate::cite::output::markup::is_romanesque;

/// How many letters of how many names make a label, by the number of names.
const NAMES: [&[usize]; 4] = [&[4], &[2, 2], &[2, 1, 1], &[1, 1, 1, 1]];

/// The label of an item: letters of its names, or of its title, and two digits of its year.
pub(in crate::cite) fn of(item: &Item) -> String {
    let mut label = String::new();
    let creators = Variable::all().filter(|it| it.kind() == VariableKind::Names);
    let names = creators.map(|it| item.names(it)).find(|names| !names.is_empty());
    if let Some(names) = names {
        let shape = NAMES[names.len().min(NAMES.len()) - 1];
        for (name, letters) in names.iter().zip(shape) {
            let text = if name.is_literal() { &name.literal } else { &name.family };
            let text = without_article(text.trim_start_matches(|c: char| {
                c.is_ascii_lowercase() || matches!(c, ' ' | '\'' | '’')
            }));
            let kept: String = text.chars().filter(|c| is_romanesque(*c)).take(*letters).collect();
            if kept.is_empty() {
                break;
            }
            label.push_str(&capital(&kept));
        }
    }
    if label.is_empty() {
        let title = item.text(Variable::TITLE).unwrap_or_default();
        let words = title.split_whitespace().filter(|word| !is_article(word));
        let letters: String = words.flat_map(str::chars).take(NAMES[0][0]).collect();
        label = capital(&letters);
    }
    let year = item.date(Variable::ISSUED).and_then(|date| date.start.year);
    let year = year.map_or_else(|| "0000".into(), |year| year.to_string());
    let digits = year.len().saturating_sub(2);
    label.push_str(&year[digits..]);
    label
}

fn is_article(word: &str) -> bool {
    ["a", "an", "the", "of", "and", "for", "in", "on", "to"].contains(&word)
}

fn without_article(text: &str) -> &str {
    let lower = text.to_lowercase();
    for article in ["a ", "the ", "an "] {
        if lower.starts_with(article) {
            return text.get(article.len()..).unwrap_or(text).trim_start();
        }
    }
    text
}

fn capital(text: &str) -> String {
    let mut chars = text.chars();
    match chars.next() {
        Some(first) => first.to_uppercase().chain(chars.as_str().to_lowercase().chars()).collect(),
        None => String::new(),
    }
}
