//! From the text of a style to [`Style`].

use super::Style;
use super::StyleError;
use super::attributes;
use super::calls;
use super::elements;
use super::elements::Context;
use super::tree::Collapse;
use super::tree::Element;
use super::tree::Key;
use super::tree::KeyBy;
use super::tree::Macro;
use super::tree::NameOptions;
use super::tree::Names;
use super::tree::Section;
use super::tree::Test;
use super::xml;
use crate::cite::item::Variable;
use crate::cite::item::VariableKind;
use crate::cite::locale::Locale;
use std::collections::HashMap;

/// How many styles may point to one another before the last says something.
const MAX_PARENTS: usize = 4;

pub(super) fn read(
    xml: &str,
    parent: &dyn Fn(&str) -> Option<String>,
) -> Result<Style, StyleError> {
    let mut root = root(xml)?;
    let own = root.clone_head();
    for _ in 0..MAX_PARENTS {
        let Some(id) = depends_on(&root) else { break };
        let text = parent(&id).ok_or(StyleError::ParentMissing(id))?;
        root = self::root(&text)?;
    }
    if let Some(id) = depends_on(&root) {
        return Err(StyleError::ParentMissing(id));
    }
    let mut style = whole(&root)?;
    style.take_head(&own);
    Ok(style)
}

fn root(text: &str) -> Result<xml::Element, StyleError> {
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    let root = xml::read(text).map_err(|(line, what)| StyleError::NotXml { line, what })?;
    if root.name == "style" { Ok(root) } else { Err(StyleError::NotCsl(root.name)) }
}

fn depends_on(root: &xml::Element) -> Option<String> {
    if root.child("citation").is_some() {
        return None;
    }
    let info = root.child("info")?;
    let link = info.all("link").find(|link| link.get("rel") == Some("independent-parent"))?;
    link.get("href").map(str::to_owned)
}

/// What a dependent style says of itself.
struct Head {
    id: String,
    title: String,
    short_title: String,
    default_locale: String,
}

impl xml::Element {
    fn clone_head(&self) -> Head {
        let info = self.child("info");
        let text = |name: &str| {
            let child = info.and_then(|info| info.child(name));
            child.map(|child| child.text.trim().to_owned()).unwrap_or_default()
        };
        Head {
            id: text("id"),
            title: text("title"),
            short_title: text("title-short"),
            default_locale: self.get("default-locale").unwrap_or_default().replace('_', "-"),
        }
    }
}

impl Style {
    fn take_head(&mut self, head: &Head) {
        self.id.clone_from(&head.id);
        self.title.clone_from(&head.title);
        self.short_title.clone_from(&head.short_title);
        if !head.default_locale.is_empty() {
            self.default_locale.clone_from(&head.default_locale);
        }
    }
}

fn whole(root: &xml::Element) -> Result<Style, StyleError> {
    let mut style = Style {
        is_note: root.get("class") == Some("note"),
        default_locale: root.get("default-locale").unwrap_or_default().replace('_', "-"),
        names: attributes::names(root),
        demote_non_dropping_particle: root
            .get("demote-non-dropping-particle")
            .unwrap_or("display-and-sort")
            .to_owned(),
        initialize_with_hyphen: root.get("initialize-with-hyphen") != Some("false"),
        page_range_format: root.get("page-range-format").unwrap_or_default().to_owned(),
        year_range_format: root.get("year-range-format").unwrap_or_default().to_owned(),
        ..Style::default()
    };
    style.names.sort_separator.get_or_insert_with(|| ", ".into());
    let macros: Vec<&xml::Element> = root.all("macro").collect();
    let mut context = Context { macros: HashMap::new() };
    for (at, element) in macros.iter().enumerate() {
        let name = element.get("name").unwrap_or_default();
        context.macros.entry(name.to_owned()).or_insert(at);
    }
    for element in &macros {
        style.macros.push(Macro {
            name: element.get("name").unwrap_or_default().to_owned(),
            children: elements::children(element, &context, false)?,
            has_date: has_date(element),
        });
    }
    for element in root.all("locale") {
        let lang = element.get("xml:lang").unwrap_or_default().replace('_', "-");
        style.locales.push((lang, Locale::from_element(element)));
    }
    let Some(citation) = root.child("citation") else {
        let what = "there is no `<citation>` in the style".to_owned();
        return Err(StyleError::Invalid { line: root.line, what });
    };
    style.citation = section(citation, &context)?;
    style.bibliography = root.child("bibliography").map(|it| section(it, &context)).transpose()?;
    calls::check(&style)?;
    style.note_questions();
    Ok(style)
}

fn has_date(element: &xml::Element) -> bool {
    element.name == "date" || element.children.iter().any(has_date)
}

fn section(element: &xml::Element, context: &Context) -> Result<Section, StyleError> {
    let own = |name: &str| element.get(name).map(str::to_owned);
    let is_true = |name: &str| element.get(name) == Some("true");
    let number = |name: &str| element.get(name).and_then(|value| value.parse().ok());
    let Some(layout) = element.child("layout") else {
        let what = format!("there is no `<layout>` in `<{}>`", element.name);
        return Err(StyleError::Invalid { line: element.line, what });
    };
    let sort = element.child("sort").map(|sort| {
        sort.all("key").map(|element| key(element, context)).collect::<Result<Vec<_>, _>>()
    });
    Ok(Section {
        layout: elements::children(layout, context, false)?,
        formatting: attributes::formatting(layout),
        sort: sort.transpose()?.unwrap_or_default().into_iter().flatten().collect(),
        names: attributes::names(element),
        collapse: match element.get("collapse") {
            Some("citation-number") => Some(Collapse::CitationNumber),
            Some("year") => Some(Collapse::Year),
            Some("year-suffix") => Some(Collapse::YearSuffix),
            Some("year-suffix-ranged") => Some(Collapse::YearSuffixRanged),
            _ => None,
        },
        cite_group_delimiter: own("cite-group-delimiter").filter(|text| !text.is_empty()),
        after_collapse_delimiter: own("after-collapse-delimiter"),
        year_suffix_delimiter: own("year-suffix-delimiter"),
        near_note_distance: number("near-note-distance").unwrap_or(5) as usize,
        add_names: is_true("disambiguate-add-names"),
        add_givenname: is_true("disambiguate-add-givenname"),
        givenname_rule: own("givenname-disambiguation-rule").unwrap_or_else(|| "by-cite".into()),
        add_year_suffix: is_true("disambiguate-add-year-suffix"),
        hanging_indent: is_true("hanging-indent"),
        second_field_align: own("second-field-align"),
        line_spacing: number("line-spacing"),
        entry_spacing: number("entry-spacing"),
        author_substitute: own("subsequent-author-substitute"),
        author_substitute_rule: own("subsequent-author-substitute-rule")
            .unwrap_or_else(|| "complete-all".into()),
    })
}

fn key(element: &xml::Element, context: &Context) -> Result<Option<Key>, StyleError> {
    let by = if let Some(name) = element.get("macro") {
        let Some(at) = context.macros.get(name) else {
            let what = format!("macro `{name}` is called but not there");
            return Err(StyleError::Invalid { line: element.line, what });
        };
        KeyBy::Macro(*at)
    } else {
        match element.get("variable").and_then(Variable::named) {
            Some(variable) if variable.kind() == VariableKind::Names => {
                KeyBy::Names(Box::new(Names {
                    variables: vec![variable],
                    options: NameOptions {
                        name_as_sort_order: Some("all".into()),
                        sort_separator: Some(" ".into()),
                        ..attributes::names(element)
                    },
                    ..Names::default()
                }))
            }
            Some(variable) => KeyBy::Variable(variable),
            None => return Ok(None),
        }
    };
    let descending = element.get("sort") == Some("descending");
    Ok(Some(Key { by, descending, options: attributes::names(element) }))
}

impl Style {
    /// Notes what the style asks for anywhere, so that work nobody asks for is not done.
    fn note_questions(&mut self) {
        let mut asks = Asks { macros: &self.macros, ..Asks::default() };
        asks.look(&self.citation.layout, 0);
        let in_citation = asks.number;
        if let Some(bibliography) = &self.bibliography {
            asks.look(&bibliography.layout, 0);
        }
        let later = |names: &NameOptions| {
            let differs =
                |later: Option<usize>, usual: Option<usize>| later.is_some() && later != usual;
            differs(names.et_al_subsequent_min, names.et_al_min)
                || differs(names.et_al_subsequent_use_first, names.et_al_use_first)
        };
        let handed = later(&self.names) || later(&self.citation.names);
        let (year_suffix, disambiguate, position) =
            (asks.year_suffix, asks.disambiguate, asks.position);
        self.places_year_suffix = year_suffix;
        self.asks_disambiguate = disambiguate;
        self.asks_position = position || handed;
        self.shows_citation_number = in_citation;
    }
}

/// What the elements of a style ask for, macros included.
#[derive(Default)]
struct Asks<'a> {
    macros: &'a [Macro],
    year_suffix: bool,
    disambiguate: bool,
    position: bool,
    number: bool,
    seen: Vec<usize>,
}

impl Asks<'_> {
    fn look(&mut self, elements: &[Element], depth: usize) {
        for element in elements {
            match element {
                Element::Variable(variable, ..) | Element::Number(variable, ..) => {
                    self.year_suffix |=
                        *variable == Variable::YEAR_SUFFIX || *variable == Variable::CITATION_LABEL;
                    self.number |= *variable == Variable::CITATION_NUMBER;
                }
                Element::Group(children, _) => self.look(children, depth),
                Element::Macro(at, _) if !self.seen.contains(at) => {
                    self.seen.push(*at);
                    let macros = self.macros;
                    self.look(&macros[*at].children, depth + 1);
                }
                Element::Names(names) => {
                    let options = &names.options;
                    self.position |= options.et_al_subsequent_min.is_some()
                        || options.et_al_subsequent_use_first.is_some();
                    self.look(&names.substitute, depth);
                }
                Element::Choose(branches) => {
                    for branch in branches {
                        for test in &branch.tests {
                            self.disambiguate |= matches!(test, Test::Disambiguate);
                            self.position |= matches!(test, Test::Position(_));
                        }
                        self.look(&branch.children, depth);
                    }
                }
                _ => {}
            }
        }
    }
}
