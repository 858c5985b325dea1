//! What works are about: their keywords, and where the library's thesaurus knows one, its concept.

use crate::model::Entry;
use crate::overview::slug;
use crate::overview::work::Topic;
use crate::text::fold;
use std::collections::HashMap;

/// The concepts that keywords may name.
pub(super) struct Topics {
    known: HashMap<String, Topic>,
}

/// Names of topics in addresses, none for two topics.
#[derive(Default)]
pub(super) struct Slugs {
    names: slug::Names,
    given: HashMap<String, Topic>,
}

impl Topics {
    /// By the text of a thesaurus.
    pub(super) fn new(thesaurus: &str) -> Self {
        let mut known = HashMap::new();
        for (id, concept) in toml::from_str::<toml::Table>(thesaurus).unwrap_or_default() {
            let labels = |language: &str| -> Vec<&str> {
                let list = concept.get(language).and_then(toml::Value::as_array);
                list.into_iter().flatten().filter_map(toml::Value::as_str).collect()
            };
            let first = |languages: &[&str]| {
                languages.iter().find_map(|language| labels(language).first().copied())
            };
            let Some(any) = first(&["nb", "nn", "en", "sv", "da"]) else { continue };
            let names = [
                first(&["nb", "nn"]).unwrap_or(any),
                first(&["nn", "nb"]).unwrap_or(any),
                first(&["en"]).unwrap_or(any),
            ];
            let topic = Topic { slug: id.clone(), names: names.map(capital) };
            let all =
                ["nb", "nn", "sv", "da", "en", "de", "fi", "se", "mesh", "mesh_no", "mesh_sv"];
            for label in all.iter().flat_map(|language| labels(language)) {
                known.entry(plain(label)).or_insert_with(|| topic.clone());
            }
        }
        Self { known }
    }

    /// What the entry is about, nothing twice.
    pub(super) fn of(&self, entry: &Entry, slugs: &mut Slugs) -> Vec<Topic> {
        let mut out: Vec<Topic> = Vec::new();
        for keyword in entry.list("keywords") {
            let topic = slugs.topic(&keyword, self.known.get(&plain(&keyword)));
            if !out.contains(&topic) {
                out.push(topic);
            }
        }
        out
    }
}

impl Slugs {
    fn topic(&mut self, keyword: &str, known: Option<&Topic>) -> Topic {
        let id = known.map_or_else(|| plain(keyword), |topic| format!("\u{0}{}", topic.slug));
        if let Some(topic) = self.given.get(&id) {
            return topic.clone();
        }
        let folded = fold::base(known.map_or(keyword, |topic| &topic.slug)).replace(' ', "-");
        let slug = self.names.give(&folded);
        let names = known.map_or_else(
            || [capital(keyword), capital(keyword), capital(keyword)],
            |topic| topic.names.clone(),
        );
        let topic = Topic { slug, names };
        self.given.insert(id, topic.clone());
        topic
    }
}

/// What two spellings of a keyword have in common.
fn plain(text: &str) -> String {
    text.to_lowercase().split(|c: char| !c.is_alphanumeric()).collect::<Vec<_>>().join(" ")
}

/// With its first letter large.
fn capital(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keywords_of_one_concept_are_one_topic() {
        let topics = Topics::new(
            "[gruppe]\nnb=[\"selvhjelpsgruppe\", \"selvhjelpsgrupper\"]\nen=[\"self-help group\"]\n",
        );
        let library = crate::model::Library::new(vec![(
            "a.bib".into(),
            b"@misc{a, keywords={Self-Help group, selvhjelpsgrupper, Sorg, sorg}}"
                .as_slice()
                .into(),
        )]);
        let found = topics.of(&library.entries[0], &mut Slugs::default());
        let names: Vec<&str> = found.iter().map(|it| it.names[0].as_str()).collect();
        assert_eq!(names, ["Selvhjelpsgruppe", "Sorg"]);
        assert_eq!(found[0].names[2], "Self-help group");
    }
}
