//! Concepts of another thesaurus merged into the library's own: labels and relations are added,
//! nothing that stands there is changed or moved.

use crate::exchange::skos;
use crate::query::thesaurus::{Expand, Thesaurus};
use crate::text::words::words;
use similar::TextDiff;
use std::collections::{BTreeMap, BTreeSet, HashMap};
use toml_edit::{Array, DocumentMut, Item, Table, Value, value};

/// What is taken of the other thesaurus.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Wanted {
    /// Only labels in these languages; none is all.
    pub languages: Vec<String>,
    /// Only this concept (a label, or its IRI) and those below it.
    pub below: Option<String>,
    /// How far a search is widened by concepts that are new.
    pub expand: Expand,
    /// The language of labels that do not say theirs.
    pub unsaid: String,
}

/// What came of it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Merged {
    /// The new text of the table.
    pub text: String,
    /// Ids of concepts that are new.
    pub new: Vec<String>,
    /// Ids of concepts that got more labels or relations.
    pub grown: Vec<String>,
    /// Concepts that bring nothing new.
    pub known: usize,
    /// Labels that were left out because another concept has them: label, that concept's id.
    pub taken: Vec<(String, String)>,
    /// Concepts without a label in a wanted language.
    pub mute: usize,
}

/// Why nothing was merged.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum NotMerged {
    /// The library's own table cannot be read: the line, and why.
    Own(usize, String),
    /// No concept is called what [`Wanted::below`] says.
    NotThere(String),
}

/// Merges `concepts` into the table `own`; an empty text is a new table.
pub fn merge(
    own: &str,
    concepts: &BTreeMap<String, skos::Concept>,
    wanted: &Wanted,
) -> Result<Merged, NotMerged> {
    let document = own.parse::<DocumentMut>().map_err(|error| {
        let at = error.span().map_or(0, |span| span.start);
        let line = own.get(..at).unwrap_or(own).matches('\n').count() + 1;
        NotMerged::Own(line, error.message().to_owned())
    })?;
    let chosen = chosen(concepts, wanted)?;
    let mut merge = Merge::new(document, own);
    let mut ids: BTreeMap<&str, String> = BTreeMap::new();
    for concept in &chosen {
        let labels = labels(concept, wanted);
        if labels.is_empty() {
            merge.out.mute += 1;
            continue;
        }
        let id = merge.home(concept, &labels);
        let id = id.unwrap_or_else(|| merge.found(concept, &labels, wanted));
        ids.insert(concept.iri.as_str(), id);
    }
    for concept in &chosen {
        let Some(id) = ids.get(concept.iri.as_str()) else { continue };
        let mut more = false;
        for (language, label) in labels(concept, wanted) {
            more |= merge.add_label(id, &language, &label);
        }
        for (relation, others) in [
            ("broader", &concept.broader),
            ("narrower", &concept.narrower),
            ("related", &concept.related),
        ] {
            for other in others.iter().filter_map(|iri| ids.get(iri.as_str())) {
                more |= other != id && merge.add(id, relation, other);
            }
        }
        let is_new = merge.out.new.contains(id);
        if more && !is_new && !merge.out.grown.contains(id) {
            merge.out.grown.push(id.clone());
        } else if !more && !is_new {
            merge.out.known += 1;
        }
    }
    Ok(Merged { text: merge.document.to_string(), ..merge.out })
}

/// The change as a unified diff.
pub fn diff(name: &str, old: &str, new: &str) -> String {
    let lines = TextDiff::from_lines(old, new);
    lines.unified_diff().context_radius(3).header(name, name).to_string()
}

/// The concepts that are meant.
fn chosen<'a>(
    concepts: &'a BTreeMap<String, skos::Concept>,
    wanted: &Wanted,
) -> Result<Vec<&'a skos::Concept>, NotMerged> {
    let Some(top) = &wanted.below else { return Ok(concepts.values().collect()) };
    let is_top = |it: &&skos::Concept| {
        it.iri == *top || it.labels.iter().any(|(_, label)| plain(label) == plain(top))
    };
    let mut below: HashMap<&str, BTreeSet<&str>> = HashMap::new();
    for concept in concepts.values() {
        let down = below.entry(&concept.iri).or_default();
        down.extend(concept.narrower.iter().map(String::as_str));
        for wider in &concept.broader {
            below.entry(wider).or_default().insert(&concept.iri);
        }
    }
    let mut queue: Vec<&str> = concepts.values().filter(is_top).map(|it| it.iri.as_str()).collect();
    if queue.is_empty() {
        return Err(NotMerged::NotThere(top.clone()));
    }
    let mut seen: BTreeSet<&str> = BTreeSet::new();
    while let Some(iri) = queue.pop() {
        if seen.insert(iri) {
            queue.extend(below.get(iri).into_iter().flatten());
        }
    }
    Ok(seen.into_iter().filter_map(|iri| concepts.get(iri)).collect())
}

/// Its labels in wanted languages, by the names of the table's columns.
fn labels(concept: &skos::Concept, wanted: &Wanted) -> Vec<(String, String)> {
    let mut out: Vec<(String, String)> = Vec::new();
    for (tag, label) in &concept.labels {
        let tag = if tag.is_empty() { &wanted.unsaid } else { tag };
        let language = match tag.split('-').next().unwrap_or_default() {
            "no" => "nb",
            other => other,
        };
        let is_wanted =
            wanted.languages.is_empty() || wanted.languages.iter().any(|it| it == language);
        let label: String = label.split_whitespace().collect::<Vec<_>>().join(" ");
        if is_wanted && !language.is_empty() && !words(&label).is_empty() {
            out.push((language.to_owned(), label));
        }
    }
    out
}

/// A label as labels are compared.
fn plain(label: &str) -> String {
    words(label).into_iter().map(|it| it.text).collect::<Vec<_>>().join(" ")
}

struct Merge {
    document: DocumentMut,
    /// Ids by label, and by IRI.
    by_label: HashMap<String, Vec<String>>,
    by_iri: HashMap<String, String>,
    out: Merged,
}

impl Merge {
    fn new(document: DocumentMut, own: &str) -> Self {
        let mut by_label: HashMap<String, Vec<String>> = HashMap::new();
        let mut by_iri = HashMap::new();
        for concept in Thesaurus::read(own).0.concepts {
            for label in &concept.labels {
                by_label.entry(plain(&label.text)).or_default().push(concept.id.clone());
            }
            if !concept.uri.is_empty() {
                by_iri.insert(concept.uri, concept.id);
            }
        }
        Self { document, by_label, by_iri, out: Merged::default() }
    }

    /// The concept of the table that is this one: by its IRI, else by its first label in a language.
    fn home(&self, concept: &skos::Concept, labels: &[(String, String)]) -> Option<String> {
        if let Some(id) = self.by_iri.get(&concept.iri) {
            return Some(id.clone());
        }
        let mut seen = BTreeSet::new();
        let preferred = labels.iter().filter(|(language, _)| seen.insert(language.as_str()));
        let mut named =
            preferred.filter_map(|(_, label)| self.by_label.get(&plain(label))?.first());
        named.find(|id| self.iri_of(id).is_none()).cloned()
    }

    fn iri_of(&self, id: &str) -> Option<&str> {
        self.document.get(id)?.get("uri")?.as_str()
    }

    /// A new concept, without labels yet.
    fn found(
        &mut self,
        concept: &skos::Concept,
        labels: &[(String, String)],
        wanted: &Wanted,
    ) -> String {
        let in_language = |list: &[(String, String)], languages: &[&str]| {
            let find = |wanted: &&str| list.iter().find(|(it, _)| it.starts_with(wanted)).cloned();
            languages.iter().find_map(find).or_else(|| list.first().cloned())
        };
        let (_, name) = in_language(labels, &["nb", "nn", "en"]).unwrap_or_default();
        let id = self.free_id(&name);
        let mut table = Table::new();
        let said = in_language(&concept.definitions, &["nb", "no", "nn", "en"]);
        table.insert("gloss", value(said.map_or(name, |(_, text)| text)));
        table.insert("uri", value(&concept.iri));
        let expand = match wanted.expand {
            Expand::Full => "full",
            Expand::Weak => "weak",
            Expand::None => "none",
            Expand::Exclude => "exclude",
        };
        table.insert("expand", value(expand));
        if !self.document.is_empty() {
            table.decor_mut().set_prefix("\n");
        }
        // Below all that is there.
        let last = self.document.iter().filter_map(|(_, it)| it.as_table()?.position()).max();
        table.set_position(last.map(|at| at + 1));
        self.document.insert(&id, Item::Table(table));
        self.by_iri.insert(concept.iri.clone(), id.clone());
        self.out.new.push(id.clone());
        id
    }

    /// An id that no concept has: the label in small plain letters.
    fn free_id(&self, label: &str) -> String {
        let plain = crate::text::fold::base(&label.to_lowercase());
        let letters = |c: char| if c.is_ascii_alphanumeric() { c } else { '_' };
        let name: String = plain.chars().map(letters).collect();
        let name: Vec<&str> = name.split('_').filter(|it| !it.is_empty()).collect();
        let name = if name.is_empty() { "begrep".to_owned() } else { name.join("_") };
        let numbered = (2..).map(|n| format!("{name}_{n}"));
        let mut names = std::iter::once(name.clone()).chain(numbered);
        names.find(|it| !self.document.contains_key(it)).unwrap_or(name)
    }

    fn add_label(&mut self, id: &str, language: &str, label: &str) -> bool {
        let holders = self.by_label.entry(plain(label)).or_default();
        if holders.iter().any(|it| it == id) {
            // In another language it is a label of its own.
            return self.lacks(id, language, label)
                && self.is_new(id)
                && self.add(id, language, label);
        }
        if let Some(other) = holders.first() {
            self.out.taken.push((label.to_owned(), other.clone()));
            return false;
        }
        holders.push(id.to_owned());
        self.add(id, language, label)
    }

    fn is_new(&self, id: &str) -> bool {
        self.out.new.iter().any(|it| it == id)
    }

    fn lacks(&self, id: &str, list: &str, text: &str) -> bool {
        let there = self.document.get(id).and_then(|it| it.get(list)?.as_array());
        !there.is_some_and(|it| it.iter().any(|it| it.as_str() == Some(text)))
    }

    /// Adds a text to a list of a concept; whether it was not there.
    fn add(&mut self, id: &str, list: &str, text: &str) -> bool {
        if !self.lacks(id, list, text) {
            return false;
        }
        let Some(table) = self.document.get_mut(id).and_then(Item::as_table_like_mut) else {
            return false;
        };
        match table.get_mut(list).map(Item::as_array_mut) {
            Some(Some(there)) => there.push(text),
            // Something that is no list: not ours to mend.
            Some(None) => return false,
            None => {
                let mut new = Array::new();
                new.push(text);
                table.insert(list, Item::Value(Value::Array(new)));
            }
        }
        true
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const OWN: &str = "# mine\n\n[selvhjelp]\ngloss = \"S\"   # keep\nnb    = [\"selvhjelp\", \"sjølhjelp\"]\n\
                       \n[gruppe]\nnb = [\"gruppe\"]\n# the end\n";

    fn concept(iri: &str, labels: &[(&str, &str)], broader: &[&str]) -> skos::Concept {
        let own = |text: &&str| (*text).to_owned();
        skos::Concept {
            iri: iri.to_owned(),
            labels: labels.iter().map(|(a, b)| ((*a).to_owned(), (*b).to_owned())).collect(),
            broader: broader.iter().map(own).collect(),
            ..skos::Concept::default()
        }
    }

    fn all(list: Vec<skos::Concept>) -> BTreeMap<String, skos::Concept> {
        list.into_iter().map(|it| (it.iri.clone(), it)).collect()
    }

    fn wanted() -> Wanted {
        let (languages, unsaid) = (Vec::new(), "en".to_owned());
        Wanted { languages, below: None, expand: Expand::Weak, unsaid }
    }

    #[test]
    fn labels_are_added_and_what_stands_there_stays() {
        let other = all(vec![
            concept("x:1", &[("no", "Selvhjelp"), ("en", "self-help"), ("nb", "gruppe")], &[]),
            concept("x:2", &[("nb", "Ny ting"), ("", "new thing")], &["x:1"]),
            concept("x:3", &[("fr", "chose")], &[]),
        ]);
        let wanted = Wanted { languages: vec!["nb".into(), "en".into()], ..wanted() };
        let it = merge(OWN, &other, &wanted).unwrap();
        assert_eq!(
            (it.new, it.grown, it.mute),
            (vec!["ny_ting".into()], vec!["selvhjelp".into()], 1)
        );
        assert_eq!(it.taken, [("gruppe".to_owned(), "gruppe".to_owned())]);
        let kept = OWN.replace("\"sjølhjelp\"]\n", "\"sjølhjelp\"]\nen = [\"self-help\"]\n");
        let new = "\n[ny_ting]\ngloss = \"Ny ting\"\nuri = \"x:2\"\nexpand = \"weak\"\nnb = [\"Ny ting\"]\n\
                   en = [\"new thing\"]\nbroader = [\"selvhjelp\"]\n";
        let whole = kept.replace("# the end\n", "");
        assert!(it.text.starts_with(&whole) && it.text.contains(new), "{}", it.text);
        assert!(it.text.contains("# the end\n"));
        let (thesaurus, flaws) = Thesaurus::read(&it.text);
        assert_eq!((thesaurus.concepts.len(), flaws, thesaurus.check()), (3, vec![], vec![]));
    }

    #[test]
    fn the_same_import_again_brings_nothing_new() {
        let other = all(vec![
            concept("x:1", &[("nb", "a"), ("en", "b")], &[]),
            concept("x:2", &[("nb", "c")], &["x:1"]),
        ]);
        let first = merge("", &other, &wanted()).unwrap();
        assert_eq!(first.new.len(), 2);
        let again = merge(&first.text, &other, &wanted()).unwrap();
        assert_eq!((again.text, again.known), (first.text, 2));
    }

    #[test]
    fn only_what_stands_below_a_concept() {
        let other = all(vec![
            concept("x:1", &[("nb", "topp")], &[]),
            concept("x:2", &[("nb", "under")], &["x:1"]),
            concept("x:3", &[("nb", "annet")], &[]),
        ]);
        let below = |name: &str| Wanted { below: Some(name.to_owned()), ..wanted() };
        assert_eq!(merge("", &other, &below("Topp")).unwrap().new, ["topp", "under"]);
        assert!(matches!(merge("", &other, &below("q")), Err(NotMerged::NotThere(_))));
        assert!(matches!(merge("a\nb = ", &other, &wanted()), Err(NotMerged::Own(1 | 2, _))));
    }
}
