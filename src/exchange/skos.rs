//! SKOS (W3C Recommendation, 2009): a thesaurus that others keep, as RDF/XML, Turtle or JSON-LD.
//!
//! Concepts, their labels by language and their relations are read; labels as resources (SKOS-XL)
//! too. What says something else of a concept is counted by its name.

use super::Unreadable;
use super::xml::{Element, Elements};
use crate::text::said::Said;
use oxrdf::{NamedOrBlankNode, Term, Triple};
use std::collections::{BTreeMap, BTreeSet};

/// A way of writing RDF.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Syntax {
    /// RDF/XML.
    Xml,
    /// Turtle, and N-Triples, which is a part of it.
    Turtle,
    /// JSON-LD 1.1.
    JsonLd,
}

/// A concept as it stands in the file.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Concept {
    /// What names it: an IRI.
    pub iri: String,
    /// Labels with their languages (as tagged, empty where none is), the preferred ones first.
    pub labels: Vec<(String, String)>,
    /// The language and text of its definition, where it has one.
    pub definitions: Vec<(String, String)>,
    /// IRIs of wider concepts.
    pub broader: BTreeSet<String>,
    /// IRIs of narrower concepts.
    pub narrower: BTreeSet<String>,
    /// IRIs of neighbours.
    pub related: BTreeSet<String>,
}

/// What was read.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Read {
    /// Concepts with a label, by IRI.
    pub concepts: BTreeMap<String, Concept>,
    /// What was passed over: the name of the property and how often it stood there.
    pub passed: BTreeMap<String, usize>,
    /// Where the text could not be read further, and why.
    pub broken: Option<Unreadable>,
}

/// How `text` is written, by its first signs.
pub fn sniff(text: &str) -> Syntax {
    let start = text.trim_start_matches('\u{feff}').trim_start();
    if start.starts_with(['{', '[']) && !start.starts_with("[]") {
        Syntax::JsonLd
    } else if start.starts_with("<?xml") || start.starts_with("<rdf:") || start.starts_with("<!") {
        Syntax::Xml
    } else {
        Syntax::Turtle
    }
}

/// Reads the concepts of `text`; relative IRIs stand below `base`.
pub fn read(text: &str, syntax: Syntax) -> Read {
    const BASE: &str = "file:///";
    let mut graph = Graph::default();
    let broken = |line: usize, why: &dyn std::fmt::Display| {
        let said = Said::new("search.skos-broken").with("why", why);
        Some(Unreadable { line, text: String::new(), said })
    };
    let mut failed = None;
    match syntax {
        Syntax::Turtle => {
            let parser = oxttl::TurtleParser::new().lenient();
            let parser = parser.with_base_iri(BASE).unwrap_or_default();
            for triple in parser.for_slice(text) {
                match triple {
                    Ok(triple) => graph.take_triple(triple),
                    Err(error) => {
                        failed = broken(error.location().start.line as usize + 1, &error.message());
                        break;
                    }
                }
            }
        }
        Syntax::JsonLd => {
            let parser = oxjsonld::JsonLdParser::new();
            let parser = parser.with_base_iri(BASE).unwrap_or_default();
            for quad in parser.for_slice(text) {
                match quad {
                    Ok(quad) => {
                        graph.take_triple(Triple::new(quad.subject, quad.predicate, quad.object));
                    }
                    Err(error) => {
                        failed = broken(0, &error);
                        break;
                    }
                }
            }
        }
        Syntax::Xml => {
            for node in Elements::new(text.as_bytes(), &["Concept", "Description", "Label"]) {
                match node {
                    Ok(node) => drop(graph.take_node(&node, "")),
                    Err(error) => {
                        failed = Some(error);
                        break;
                    }
                }
            }
        }
    }
    Read { broken: failed, ..graph.concepts() }
}

/// A property's value.
enum Value {
    Resource(String),
    Text(String, String),
}

/// What was said, by subject and property. Properties are known by the last part of their IRI.
#[derive(Default)]
struct Graph {
    said: BTreeMap<String, Vec<(String, Value)>>,
    unnamed: usize,
}

impl Graph {
    fn take(&mut self, subject: &str, property: &str, value: Value) {
        self.said.entry(subject.to_owned()).or_default().push((property.to_owned(), value));
    }

    fn take_triple(&mut self, triple: Triple) {
        let subject = match triple.subject {
            NamedOrBlankNode::NamedNode(it) => it.into_string(),
            NamedOrBlankNode::BlankNode(it) => it.into_string(),
        };
        let value = match triple.object {
            Term::NamedNode(it) => Value::Resource(it.into_string()),
            Term::BlankNode(it) => Value::Resource(it.into_string()),
            Term::Literal(it) => {
                let language = it.language().unwrap_or_default().to_owned();
                Value::Text(language, it.value().to_owned())
            }
        };
        self.take(&subject, last(triple.predicate.as_str()), value);
    }

    /// Takes a node of RDF/XML with all below it; gives what it is called.
    fn take_node(&mut self, node: &Element, language: &str) -> String {
        let language = node.attribute("lang").unwrap_or(language);
        let named = ["about", "ID", "nodeID"].iter().find_map(|it| node.attribute(it));
        let subject = named.map_or_else(
            || {
                self.unnamed += 1;
                format!("_:{}", self.unnamed)
            },
            |it| it.trim_start_matches('#').to_owned(),
        );
        if node.name != "Description" {
            self.take(&subject, "type", Value::Resource(node.name.clone()));
        }
        for property in node.children() {
            let language = property.attribute("lang").unwrap_or(language);
            let mut nodes = property.children().peekable();
            let resource = property.attribute("resource").or(property.attribute("nodeID"));
            if let Some(resource) = resource {
                let to = resource.trim_start_matches('#').to_owned();
                self.take(&subject, &property.name, Value::Resource(to));
            } else if property.attribute("parseType") == Some("Literal") || nodes.peek().is_none() {
                let value = Value::Text(language.to_owned(), property.text());
                self.take(&subject, &property.name, value);
            } else if property.attribute("parseType") == Some("Resource") {
                let inner = self.take_node(property, language);
                self.take(&subject, &property.name, Value::Resource(inner));
            } else {
                for inner in nodes {
                    let inner = self.take_node(inner, language);
                    self.take(&subject, &property.name, Value::Resource(inner));
                }
            }
        }
        subject
    }

    fn concepts(self) -> Read {
        let mut out = Read::default();
        let forms: BTreeMap<&str, (&str, &str)> = self
            .said
            .iter()
            .filter_map(|(subject, said)| {
                said.iter().find_map(|(property, value)| match value {
                    Value::Text(language, text) if property == "literalForm" => {
                        Some((subject.as_str(), (language.as_str(), text.as_str())))
                    }
                    _ => None,
                })
            })
            .collect();
        for (subject, said) in &self.said {
            let mut concept = Concept { iri: subject.clone(), ..Concept::default() };
            let mut passed: Vec<&str> = Vec::new();
            let mut is_concept = false;
            for (rank, name) in ["prefLabel", "altLabel", "hiddenLabel"].iter().enumerate() {
                for (_, value) in said.iter().filter(|(property, _)| property == name) {
                    let (language, text) = match value {
                        Value::Text(language, text) => (language.as_str(), text.as_str()),
                        Value::Resource(label) => match forms.get(label.as_str()) {
                            Some(form) => *form,
                            None => {
                                passed.push(name);
                                continue;
                            }
                        },
                    };
                    let label = (language.to_lowercase(), text.trim().to_owned());
                    if !label.1.is_empty() && !concept.labels.contains(&label) {
                        concept.labels.push(label);
                    }
                    is_concept |= rank == 0;
                }
            }
            for (property, value) in said {
                match (property.as_str(), value) {
                    ("prefLabel" | "altLabel" | "hiddenLabel", _) => {}
                    ("type", Value::Resource(class)) => is_concept |= last(class) == "Concept",
                    ("definition", Value::Text(language, text)) => {
                        concept.definitions.push((language.to_lowercase(), text.trim().to_owned()));
                    }
                    ("broader" | "broaderTransitive", Value::Resource(other)) => {
                        concept.broader.insert(other.clone());
                    }
                    ("narrower" | "narrowerTransitive", Value::Resource(other)) => {
                        concept.narrower.insert(other.clone());
                    }
                    ("related", Value::Resource(other)) => {
                        concept.related.insert(other.clone());
                    }
                    (other, _) => passed.push(other),
                }
            }
            if is_concept && !concept.labels.is_empty() {
                for name in passed {
                    *out.passed.entry(name.to_owned()).or_default() += 1;
                }
                out.concepts.insert(subject.clone(), concept);
            }
        }
        out
    }
}

/// The last part of an IRI: what a property or a class is called.
fn last(iri: &str) -> &str {
    iri.rsplit(['#', '/', ':']).next().unwrap_or(iri)
}

#[cfg(test)]
mod tests {
    use super::*;

    const TURTLE: &str = "@prefix skos: <http://www.w3.org/2004/02/skos/core#> .\n\
        @prefix : <http://x.no/> .\n\
        :a a skos:Concept ; skos:prefLabel \"Selvhjelp\"@nb, \"Self-help\"@en ;\n\
          skos:altLabel \"egenhjelp\"@nb ; skos:definition \"Hjelp\"@nb ; skos:narrower :b ;\n\
          skos:notation \"1\" .\n\
        :b a skos:Concept ; skos:prefLabel \"Gruppe\"@nb ; skos:related :a .\n\
        :s a skos:ConceptScheme ; skos:prefLabel2 \"x\" .\n";

    #[test]
    fn the_three_ways_of_writing_say_the_same() {
        let xml = "<?xml version=\"1.0\"?><rdf:RDF xmlns:rdf=\"r#\" xmlns:skos=\"s#\">\
            <skos:Concept rdf:about=\"http://x.no/a\"><skos:prefLabel xml:lang=\"nb\">Selvhjelp\
            </skos:prefLabel><skos:prefLabel xml:lang=\"en\">Self-help</skos:prefLabel>\
            <skos:altLabel xml:lang=\"nb\">egenhjelp</skos:altLabel><skos:definition xml:lang=\"nb\">\
            Hjelp</skos:definition><skos:narrower rdf:resource=\"http://x.no/b\"/>\
            <skos:notation>1</skos:notation></skos:Concept><rdf:Description rdf:about=\"http://x.no/b\">\
            <rdf:type rdf:resource=\"http://s#Concept\"/><skos:prefLabel xml:lang=\"nb\">Gruppe\
            </skos:prefLabel><skos:related rdf:resource=\"http://x.no/a\"/></rdf:Description></rdf:RDF>";
        let json = "{\"@context\":{\"skos\":\"http://www.w3.org/2004/02/skos/core#\"},\"@graph\":[\
            {\"@id\":\"http://x.no/a\",\"@type\":\"skos:Concept\",\"skos:prefLabel\":[\
            {\"@value\":\"Selvhjelp\",\"@language\":\"nb\"},{\"@value\":\"Self-help\",\"@language\":\"en\"}],\
            \"skos:altLabel\":{\"@value\":\"egenhjelp\",\"@language\":\"nb\"},\
            \"skos:definition\":{\"@value\":\"Hjelp\",\"@language\":\"nb\"},\
            \"skos:narrower\":{\"@id\":\"http://x.no/b\"},\"skos:notation\":\"1\"},\
            {\"@id\":\"http://x.no/b\",\"@type\":\"skos:Concept\",\
            \"skos:prefLabel\":{\"@value\":\"Gruppe\",\"@language\":\"nb\"},\
            \"skos:related\":{\"@id\":\"http://x.no/a\"}}]}";
        let turtle = read(TURTLE, sniff(TURTLE));
        assert_eq!(turtle.concepts.len(), 2);
        assert_eq!(turtle.concepts["http://x.no/a"].labels.len(), 3);
        assert_eq!(turtle.passed, BTreeMap::from([("notation".to_owned(), 1)]));
        assert_eq!((sniff(xml), sniff(json)), (Syntax::Xml, Syntax::JsonLd));
        assert_eq!(read(xml, Syntax::Xml), turtle);
        assert_eq!(read(json, Syntax::JsonLd), turtle);
    }

    #[test]
    fn labels_that_are_resources_are_followed() {
        let text = "@prefix x: <http://www.w3.org/2008/05/skos-xl#> .\n@prefix : <http://x.no/> .\n\
            :a a <http://www.w3.org/2004/02/skos/core#Concept> ; x:prefLabel :l ; x:altLabel :lost .\n\
            :l x:literalForm \"Hjelp\"@nn .\n";
        let it = read(text, Syntax::Turtle);
        assert_eq!(it.concepts["http://x.no/a"].labels, [("nn".to_owned(), "Hjelp".to_owned())]);
        assert_eq!(it.passed, BTreeMap::from([("altLabel".to_owned(), 1)]));
    }

    #[test]
    fn what_cannot_be_read_says_where() {
        let text = format!("{TURTLE}:c skos:prefLabel \"x .\n");
        let it = read(&text, Syntax::Turtle);
        assert_eq!(it.broken.map(|it| it.line), Some(8));
        assert_eq!(it.concepts.len(), 2);
        assert!(read("{\"@graph\": [", Syntax::JsonLd).broken.is_some());
        assert!(read("<?xml version=\"1.0\"?><Concept><a", Syntax::Xml).broken.is_some());
    }
}
