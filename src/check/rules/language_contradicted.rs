//! The title is in another language than `langid` says.

use super::{Look, Rule, rule};
use crate::check::{EntryView, Report, Severity};

rule!(
    "language-contradicted",
    Some(Severity::Warning),
    None,
    Look::Entry(look),
    "@book{lie2021, title = {Erfaringer fra selvhjelpsgrupper for pårørende og hva de betyr}, langid = {english}}",
    None
);

/// Small words that stand in titles of one language and of none of the others.
const SMALL: &[(&str, &[&str])] = &[
    (
        "en",
        &[
            "the", "of", "and", "with", "from", "by", "an", "to", "their", "what", "how",
            "between", "through", "its", "are",
        ],
    ),
    (
        "nordic",
        &[
            "og", "av", "til", "som", "med", "ikke", "på", "hva", "hvordan", "ei", "et", "fra",
            "ikkje", "eit", "frå", "och", "att", "från", "ett", "är", "inte", "hvad", "ikke",
            "hvorfor", "hos", "blant", "å",
        ],
    ),
    (
        "de",
        &[
            "und", "der", "das", "ein", "eine", "mit", "von", "zur", "zum", "für", "aus", "bei",
            "im",
        ],
    ),
    ("fr", &["le", "les", "des", "du", "une", "dans", "pour", "sur", "avec", "aux", "et", "la"]),
];

fn look(entry: &EntryView<'_>, report: &mut Report) {
    let Some(field) = entry.own("langid") else { return };
    let said = match field.raw.trim().to_lowercase().split(['-', '_']).next().unwrap_or_default() {
        "english" | "american" | "british" | "usenglish" | "ukenglish" | "en" => "en",
        "norsk" | "nynorsk" | "norwegian" | "bokmal" | "nb" | "nn" | "no" | "swedish" | "sv"
        | "danish" | "da" => "nordic",
        "german" | "ngerman" | "de" => "de",
        "french" | "fr" => "fr",
        _ => return,
    };
    let title = entry.entry.title().to_lowercase();
    // What stands in brackets is somebody's description.
    if title.starts_with('[') {
        return;
    }
    let words: Vec<&str> =
        title.split(|c: char| !c.is_alphabetic()).filter(|word| !word.is_empty()).collect();
    let count = |known: &[&str]| words.iter().filter(|word| known.contains(word)).count();
    let of = |language: &str| {
        SMALL.iter().find(|(it, _)| *it == language).map_or(0, |(_, known)| count(known))
    };
    let (best, hits) = SMALL
        .iter()
        .map(|(language, known)| (*language, count(known)))
        .max_by_key(|(_, hits)| *hits)
        .unwrap_or_default();
    if best != said && hits >= 3 && of(said) == 0 {
        report.field(field, &[("value", field.raw.trim())], Vec::new());
    }
}
