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
pub(in crate::cite) mod list_variables;
mod name_form;
mod names;
mod names_list;
mod number_parse;
mod number_ranges;
mod numbers;
mod one;
mod page_range;
mod state;
mod substitute;
mod text;
pub(in crate::cite) mod text_case;

use super::item::Variable;
use super::output::blob::Blob;
use super::output::blob::Decoration;
use super::style::tree::Element;
use super::style::tree::Formatting;
use super::style::tree::Names;
use super::style::tree::Section;
pub(in crate::cite) use append::with_space_after;
pub(in crate::cite) use append::with_space_before;
pub(in crate::cite) use number_parse::Numbers;
pub(in crate::cite) use number_parse::term_of;
use one::Flags;
use one::NameNode;
pub(in crate::cite) use one::Render;
pub(in crate::cite) use state::Area;
pub(in crate::cite) use state::Cite;
pub(in crate::cite) use state::Disambiguation;
pub(in crate::cite) use state::Entry;
pub(in crate::cite) use state::Env;
pub(in crate::cite) use state::LastNames;
pub(in crate::cite) use state::Place;

impl<'a> Render<'a> {
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
        self.open(&Formatting::default());
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
        let is_choice = matches!(element, Element::Choose(_) | Element::Label(_));
        if self.substitutes && !is_choice {
            if !self.can_substitute.last().copied().unwrap_or(false) {
                return;
            }
            let is_reference = matches!(element, Element::Names(names) if names.is_reference);
            if !is_reference {
                self.substitutes = false;
                self.placed_element(element);
                self.substitutes = true;
                return;
            }
        }
        self.placed_element(element);
    }

    fn placed_element(&mut self, element: &'a Element) {
        if matches!(element, Element::Label(_) | Element::Choose(_)) || self.depth > 0 {
            self.depth += 1;
            self.bare_element(element);
            self.depth -= 1;
            return;
        }
        let place = if self.aligns {
            (!self.has_first_field).then_some(Decoration::LeftMargin)
        } else {
            display(element).filter(|_| !self.sorting)
        };
        if let Some(place) = place {
            self.open(&Formatting::default());
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
            self.open(&Formatting::default());
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
                if !names.is_reference {
                    self.substitute_names(None);
                }
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
        self.open(formatting);
        self.strip_periods += usize::from(formatting.strip_periods);
        self.flags.push(Flags {
            term_before: self.term_predecessor,
            strips: formatting.strip_periods,
            ..Flags::default()
        });
    }

    fn end_group(&mut self) {
        let Some(flags) = self.flags.pop() else { return };
        self.strip_periods -= usize::from(flags.strips);
        let shows = flags.variable_success || flags.term_intended && !flags.variable_attempt;
        let outer = self.flags.last_mut();
        if shows {
            if let Some(outer) = outer {
                outer.variable_success = true;
            }
            self.close();
            return;
        }
        self.term_predecessor = flags.term_before;
        if let Some(outer) = outer {
            outer.variable_attempt = flags.variable_attempt;
        }
        self.discard();
    }

    /// A macro is a group with the affixes of its call around it.
    pub(in crate::cite) fn call(&mut self, at: usize, formatting: &Formatting) {
        let it = &self.env.style.macros[at];
        self.open(formatting);
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
