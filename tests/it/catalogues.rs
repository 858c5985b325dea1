//! Every language says everything that another says, with the same places to fill.

use clap::CommandFactory;
use kilde::text::said::{self, Language};
use std::collections::BTreeMap;

fn catalogue(language: Language) -> BTreeMap<&'static str, Vec<String>> {
    said::all(language)
        .into_iter()
        .map(|(id, texts)| {
            let mut places: Vec<String> = texts.iter().flat_map(|text| places(text)).collect();
            places.sort();
            places.dedup();
            (id, places)
        })
        .collect()
}

fn places(template: &str) -> Vec<String> {
    template
        .split('{')
        .skip(1)
        .filter_map(|rest| rest.split_once('}'))
        .map(|(name, _)| name.to_owned())
        .collect()
}

#[test]
fn the_languages_say_the_same_things() {
    let mut wrong = Vec::new();
    let [nb, nn, en] = Language::ALL.map(catalogue);
    for (id, places) in &nb {
        if nn.get(id) != Some(places) {
            wrong.push(format!("nn: {id}: {:?}, nb has {places:?}", nn.get(id)));
        }
        // The English of the help stands with the arguments.
        if !id.starts_with("help") && en.get(id) != Some(places) {
            wrong.push(format!("en: {id}: {:?}, nb has {places:?}", en.get(id)));
        }
    }
    wrong.extend(nn.keys().filter(|id| !nb.contains_key(*id)).map(|id| format!("nb lacks {id}")));
    wrong.extend(en.keys().filter(|id| !nb.contains_key(*id)).map(|id| format!("nb lacks {id}")));
    assert_eq!(wrong.join("\n"), "");
}

#[test]
fn every_command_and_argument_has_help_in_bokmål() {
    let words = catalogue(Language::Nb);
    let mut lost = Vec::new();
    let mut commands = vec![(kilde::cli::args::Args::command(), "help".to_owned())];
    while let Some((command, id)) = commands.pop() {
        if !words.contains_key(id.as_str()) {
            lost.push(id.clone());
        }
        for arg in command.get_arguments() {
            let own = format!("{id}.{}", arg.get_id());
            let shared = format!("help.any.{}", arg.get_id());
            let generated = matches!(arg.get_id().as_str(), "help" | "version");
            if !generated
                && !words.contains_key(own.as_str())
                && !words.contains_key(shared.as_str())
            {
                lost.push(own);
            }
        }
        for sub in command.get_subcommands().filter(|sub| sub.get_name() != "help") {
            commands.push((sub.clone(), format!("{id}.{}", sub.get_name())));
        }
    }
    lost.sort();
    assert_eq!(lost.join("\n"), "");
}
