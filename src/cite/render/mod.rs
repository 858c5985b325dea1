//! From an item and a style to a tree of parts (CSL 1.0.2, "Rendering Elements").
//!
//! One [`Render`] renders one item once. It walks the elements of the style and keeps what the
//! specification makes depend on what came before: which group has shown a variable, which
//! variables a substitution has used up, whether anything has been printed yet.

mod append;
mod condition;
pub(in crate::cite) mod date_parts;
mod dates;
pub(in crate::cite) mod initials;
mod label;
mod name_form;
mod names;
mod names_list;
mod number_parse;
mod number_ranges;
mod numbers;
mod page_range;
mod substitute;
mod text;
pub(in crate::cite) mod text_case;

use super::citation::names_registry::NamesRegistry;
use super::item::Item;
use super::item::Name;
use super::item::Variable;
use super::locale::Locale;
use super::output::blob::Blob;
use super::output::blob::Content;
use super::output::blob::Decoration;
use super::style::Style;
use super::style::tree::Element;
use super::style::tree::Formatting;
use super::style::tree::NameOptions;
use super::style::tree::Names;
use super::style::tree::Section;
pub(in crate::cite) use number_parse::Numbers;
use std::collections::HashMap;

/// What is rendered.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::cite) enum Area {
    Citation,
    Bibliography,
}

/// How names are shown so that two citations do not look alike.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(in crate::cite) struct Disambiguation {
    /// How many names of each list are shown.
    pub(in crate::cite) names: Vec<usize>,
    /// How much of each given name is shown: nothing, initials, all.
    pub(in crate::cite) givens: Vec<Vec<u8>>,
    /// The letter behind the year, from 0.
    pub(in crate::cite) year_suffix: Option<usize>,
    /// How many conditions that ask for disambiguation are met.
    pub(in crate::cite) disambiguate: usize,
}

/// The position of a citation.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub(in crate::cite) enum Place {
    #[default]
    First,
    Subsequent,
    Ibid,
    IbidWithLocator,
}

/// What a citation adds to its item.
#[derive(Clone, Debug, Default)]
pub(in crate::cite) struct Cite {
    pub(in crate::cite) locator: String,
    pub(in crate::cite) label: String,
    pub(in crate::cite) prefix: String,
    pub(in crate::cite) suffix: String,
    pub(in crate::cite) place: Place,
    pub(in crate::cite) near_note: bool,
    pub(in crate::cite) first_note: Option<usize>,
    pub(in crate::cite) suppress_author: bool,
    pub(in crate::cite) author_only: bool,
}

/// What all renderings of a processor share.
#[derive(Clone, Copy)]
pub(in crate::cite) struct Env<'a> {
    pub(in crate::cite) style: &'a Style,
    pub(in crate::cite) locale: &'a Locale,
    pub(in crate::cite) registry: Option<&'a NamesRegistry>,
}

/// What the list knows of an item.
#[derive(Clone, Debug, Default)]
pub(in crate::cite) struct Entry<'a> {
    /// Its number in the list, from 1.
    pub(in crate::cite) number: usize,
    /// The number that stands for it while citations are sorted.
    pub(in crate::cite) sort_number: usize,
    pub(in crate::cite) label: &'a str,
    pub(in crate::cite) disambiguation: Disambiguation,
}

/// What a group has met so far.
#[derive(Clone, Copy, Debug, Default)]
struct Flags {
    term_before: bool,
    term_intended: bool,
    variable_attempt: bool,
    variable_success: bool,
    strips: bool,
}

/// Names that the next entry of a list may leave out.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(in crate::cite) struct LastNames {
    pub(in crate::cite) names: Vec<String>,
}

/// The rendering of one item.
pub(in crate::cite) struct Render<'a> {
    pub(in crate::cite) env: Env<'a>,
    pub(in crate::cite) item: &'a Item,
    pub(in crate::cite) cite: Option<&'a Cite>,
    pub(in crate::cite) entry: Entry<'a>,
    pub(in crate::cite) area: Area,
    /// Whether a sort key is made.
    pub(in crate::cite) sorting: bool,
    /// Whether it is only tried how a citation would look.
    pub(in crate::cite) looking: bool,
    /// Whether it will be compared and not shown: no fonts, no quotation marks.
    pub(in crate::cite) bare: bool,
    /// What the names registry asks for; `None` for the usual.
    pub(in crate::cite) request: Option<Disambiguation>,
    /// How the names turned out.
    pub(in crate::cite) settings: Disambiguation,
    /// The years that this citation and the one before it showed.
    pub(in crate::cite) years_used: Vec<Option<i32>>,
    pub(in crate::cite) last_years_used: &'a [Option<i32>],
    /// The names of the citation before, for collapsing; afterwards those of this one.
    pub(in crate::cite) last_names: Option<String>,
    /// Whether names have been left out because they are those of the citation before.
    pub(in crate::cite) have_collapsed: bool,
    pub(in crate::cite) use_cite_group_delimiter: Option<bool>,
    pub(in crate::cite) splice_year_suffix: bool,
    /// The names of the entry before, for `subsequent-author-substitute`.
    pub(in crate::cite) last_rendered: Option<LastNames>,
    /// How many conditions that ask for disambiguation there were.
    pub(in crate::cite) asked_disambiguate: usize,
    met_disambiguate: usize,
    /// Options of the sort key that is made.
    pub(in crate::cite) key_options: NameOptions,
    levels: Vec<Blob>,
    flags: Vec<Flags>,
    can_substitute: Vec<bool>,
    can_block_substitute: bool,
    done: Vec<Variable>,
    /// What has been rendered before at all.
    pub(in crate::cite) term_predecessor: bool,
    in_cite_predecessor: bool,
    rendered_something: bool,
    pub(in crate::cite) renders_content: bool,
    strip_periods: usize,
    only_dates: bool,
    nameset_base: usize,
    nameset_offset: usize,
    first_creator: Option<Variable>,
    has_year_suffix: bool,
    numbers: HashMap<Variable, Numbers>,
    trace: Vec<bool>,
    substitute_ok: bool,
    rendered_names: Option<Vec<String>>,
    next_mark: u32,
    /// The names that were met while looking, with their places.
    pub(in crate::cite) seen_names: Vec<(usize, Name)>,
    node: NameNode,
    depth: usize,
    aligns: bool,
    has_first_field: bool,
}

/// Where in the tree the names of an item are, so that they can be taken out again.
#[derive(Clone, Debug, Default)]
struct NameNode {
    top: u32,
    children: Vec<u32>,
    label: Option<Blob>,
}

impl<'a> Render<'a> {
    pub(in crate::cite) fn new(env: Env<'a>, item: &'a Item, area: Area) -> Render<'a> {
        Render {
            env,
            item,
            cite: None,
            entry: Entry::default(),
            area,
            sorting: false,
            looking: false,
            bare: false,
            request: None,
            settings: Disambiguation::default(),
            years_used: Vec::new(),
            last_years_used: &[],
            last_names: None,
            have_collapsed: false,
            use_cite_group_delimiter: None,
            splice_year_suffix: false,
            last_rendered: None,
            asked_disambiguate: 0,
            met_disambiguate: 0,
            key_options: NameOptions::default(),
            levels: vec![Blob::default()],
            flags: vec![Flags::default()],
            can_substitute: vec![false],
            can_block_substitute: false,
            done: Vec::new(),
            term_predecessor: false,
            in_cite_predecessor: false,
            rendered_something: false,
            renders_content: false,
            strip_periods: 0,
            only_dates: false,
            nameset_base: 0,
            nameset_offset: 0,
            first_creator: None,
            has_year_suffix: false,
            numbers: HashMap::new(),
            trace: Vec::new(),
            substitute_ok: true,
            rendered_names: None,
            next_mark: 1,
            seen_names: Vec::new(),
            node: NameNode::default(),
            depth: 0,
            aligns: false,
            has_first_field: false,
        }
    }

    /// The section of the style that is rendered.
    pub(in crate::cite) fn section(&self) -> &'a Section {
        match (self.area, &self.env.style.bibliography) {
            (Area::Bibliography, Some(section)) => section,
            _ => &self.env.style.citation,
        }
    }

    /// Renders the layout and gives the tree; the prefix of the layout of a list is put before it by
    /// the caller.
    pub(in crate::cite) fn layout(&mut self) -> Blob {
        let section = self.section();
        self.substitute_ok = !self.bare;
        self.have_collapsed = self.area == Area::Citation && section.collapse.is_some();
        if self.cite.is_some_and(|cite| cite.author_only) {
            self.done.push(Variable::LOCATOR);
        }
        self.open(Formatting::default());
        if let (Area::Citation, Some(cite)) = (self.area, self.cite) {
            self.cite_prefix(&cite.prefix);
        }
        self.aligns = self.area == Area::Bibliography && section.second_field_align.is_some();
        self.elements(&section.layout);
        if self.area == Area::Bibliography {
            let suffix = section.formatting.suffix.clone();
            let uses_display = section.layout.first().is_some_and(|it| display(it).is_some());
            if let Some(top) = self.levels.last_mut() {
                match top.parts_mut().last_mut() {
                    Some(last) if uses_display => last.suffix = suffix,
                    _ => top.suffix = suffix,
                }
            }
        }
        if self.has_first_field {
            self.close();
        }
        if let (Area::Citation, Some(cite)) = (self.area, self.cite) {
            self.cite_suffix(&cite.suffix);
        }
        self.close();
        self.finish()
    }

    /// Takes the tree out.
    pub(in crate::cite) fn finish(&mut self) -> Blob {
        while self.levels.len() > 1 {
            self.close();
        }
        self.levels.pop().unwrap_or_default()
    }

    fn decorate_level(&mut self, decoration: Decoration) {
        if let Some(level) = self.levels.last_mut() {
            level.decorations.push(decoration);
        }
    }

    /// Renders elements one after the other.
    pub(in crate::cite) fn elements(&mut self, elements: &'a [Element]) {
        for element in elements {
            self.element(element);
        }
    }

    /// Renders one element. Outside all others it may have a place of its own: what `display` says,
    /// or the margin where the style aligns the second field.
    pub(in crate::cite) fn element(&mut self, element: &'a Element) {
        if matches!(element, Element::Label(_) | Element::Choose(_)) || self.depth > 0 {
            self.depth += 1;
            self.bare_element(element);
            self.depth -= 1;
            return;
        }
        let place = match self.aligns {
            true => (!self.has_first_field).then_some(Decoration::LeftMargin),
            false => display(element).filter(|_| !self.sorting),
        };
        if let Some(place) = place {
            self.open(Formatting::default());
            self.decorate_level(place);
        }
        self.depth += 1;
        self.bare_element(element);
        self.depth -= 1;
        if place.is_some() {
            self.close();
        }
        if self.aligns && !self.has_first_field {
            self.has_first_field = true;
            self.open(Formatting::default());
            self.decorate_level(Decoration::RightInline);
        }
    }

    fn bare_element(&mut self, element: &'a Element) {
        match element {
            Element::Variable(variable, form, formatting) => {
                self.trace_other();
                self.variable(*variable, *form, formatting);
                self.substitute_names(Some(*variable));
                self.trace.pop();
            }
            Element::Macro(at, formatting) => self.call(*at, formatting),
            Element::Term(term, form, plural, formatting) => {
                self.trace_other();
                self.term(term, *form, *plural, formatting);
                self.trace.pop();
            }
            Element::Value(value, formatting) => {
                self.trace_other();
                self.value(value, formatting);
                self.trace.pop();
            }
            Element::Number(variable, form, formatting) => {
                self.trace_other();
                self.number_element(*variable, *form, formatting);
                self.trace.pop();
            }
            Element::Label(label) => self.label(label),
            Element::Date(date) => {
                self.trace_date();
                self.date(date);
                self.trace.pop();
            }
            Element::Names(names) => {
                self.trace_names();
                self.names(names);
                self.substitute_names(None);
                self.trace.pop();
            }
            Element::Group(children, formatting) => {
                self.begin_group(formatting);
                self.elements(children);
                self.end_group();
            }
            Element::Choose(branches) => {
                if let Some(branch) = branches.iter().find(|branch| self.is_met(branch)) {
                    // A choice is no place of its own: what is in it stands where it stands.
                    self.depth -= 1;
                    self.elements(&branch.children);
                    self.depth += 1;
                }
            }
        }
    }

    /// "Group": it shows nothing where it calls variables and none of them holds anything.
    fn begin_group(&mut self, formatting: &Formatting) {
        self.open(formatting.clone());
        self.strip_periods += usize::from(formatting.strip_periods);
        self.flags.push(Flags {
            term_before: self.term_predecessor,
            strips: formatting.strip_periods,
            ..Flags::default()
        });
    }

    fn end_group(&mut self) {
        let Some(flags) = self.flags.pop() else { return };
        self.close();
        self.strip_periods -= usize::from(flags.strips);
        let shows = flags.variable_success || flags.term_intended && !flags.variable_attempt;
        let outer = self.flags.last_mut();
        if shows {
            if let Some(outer) = outer {
                outer.variable_success = true;
            }
            return;
        }
        self.term_predecessor = flags.term_before;
        if let Some(outer) = outer {
            outer.variable_attempt = flags.variable_attempt;
        }
        self.drop_last();
    }

    /// A macro is a group with the affixes of its call around it.
    pub(in crate::cite) fn call(&mut self, at: usize, formatting: &Formatting) {
        let it = &self.env.style.macros[at];
        self.open(formatting.clone());
        self.strip_periods += usize::from(formatting.strip_periods);
        if it.has_date && self.sorting {
            self.only_dates = true;
        }
        self.begin_group(&Formatting::default());
        self.elements(&it.children);
        if it.has_date && self.sorting {
            self.only_dates = false;
        }
        self.end_group();
        self.strip_periods -= usize::from(formatting.strip_periods);
        self.close();
    }

    /// Renders a macro that is a key to sort by.
    pub(in crate::cite) fn call_key(&mut self, at: usize) {
        let it = &self.env.style.macros[at];
        self.only_dates = it.has_date;
        self.begin_group(&Formatting::default());
        self.elements(&it.children);
        self.only_dates = false;
        self.end_group();
    }

    /// Renders names that are a key to sort by.
    pub(in crate::cite) fn names_key(&mut self, names: &'a Names) {
        self.names(names);
    }

    fn flags(&mut self) -> &mut Flags {
        if self.flags.is_empty() {
            self.flags.push(Flags::default());
        }
        let at = self.flags.len() - 1;
        &mut self.flags[at]
    }

    fn no_substitute(&mut self) {
        if let Some(top) = self.can_substitute.last_mut() {
            *top = false;
        }
    }

    fn drop_last(&mut self) {
        if let Some(Blob { content: Content::List(parts), .. }) = self.levels.last_mut() {
            parts.pop();
        }
    }
}

fn display(element: &Element) -> Option<Decoration> {
    match element {
        Element::Variable(_, _, formatting)
        | Element::Macro(_, formatting)
        | Element::Term(_, _, _, formatting)
        | Element::Value(_, formatting)
        | Element::Number(_, _, formatting)
        | Element::Group(_, formatting) => formatting.display,
        Element::Date(date) => date.formatting.display,
        Element::Names(names) => names.formatting.display,
        Element::Label(_) | Element::Choose(_) => None,
    }
}
