//! `cs:names` (CSL 1.0.2, "Names"): which variables, what stands in for them, how many names.

use super::Area;
use super::NameNode;
use super::Place;
use super::Render;
use super::name_form::NameStyle;
use super::names_list::List;
use crate::cite::item::Name;
use crate::cite::item::Variable;
use crate::cite::output::blob::Blob;
use crate::cite::output::blob::Content;
use crate::cite::output::flatten::Flattener;
use crate::cite::style::tree::Form;
use crate::cite::style::tree::Formatting;
use crate::cite::style::tree::NameOptions;
use crate::cite::style::tree::Names;
use crate::cite::style::tree::Plural;
use compact_str::CompactString;

/// The names of a variable, as many as are shown.
struct Shown<'a> {
    variable: Variable,
    names: Vec<&'a Name>,
    /// How many there are.
    count: usize,
    is_cut: bool,
    /// Whether there are more names than the item says.
    has_others: bool,
}

/// How many names a list may have, and how many are left of a longer one.
struct Limits {
    min: usize,
    /// `None` where the style does not say: then nothing is cut.
    use_first: Option<usize>,
    use_last: bool,
}

impl<'a> Render<'a> {
    /// An option of `cs:name`, or the one that the elements around hand down.
    pub(super) fn option<T>(
        &self,
        own: &'a NameOptions,
        of: impl Fn(&'a NameOptions) -> Option<T>,
    ) -> Option<T> {
        of(own).or_else(|| of(&self.section().names)).or_else(|| of(&self.env.style.names))
    }

    fn free(&mut self, names: &Names) -> Vec<Variable> {
        let free = names.variables.iter().copied().filter(|it| !self.done.contains(it)).collect();
        if self.can_block_substitute {
            self.done.extend(&names.variables);
        }
        free
    }

    /// Within `cs:substitute`: other variables for the names around, with their form and label.
    fn refer(&mut self, names: &'a Names) {
        if !self.can_substitute.last().copied().unwrap_or(false) {
            return;
        }
        let variables = self.free(names);
        self.flags().variable_attempt = true;
        if variables.iter().any(|it| !self.item.names(*it).is_empty()) {
            self.no_substitute();
        }
        self.reference = Some((variables, names.variables.first().copied()));
    }

    /// Renders names, or what stands in for them.
    pub(super) fn names(&mut self, names: &'a Names) {
        if names.is_reference {
            self.refer(names);
            return;
        }
        self.strip_periods += usize::from(names.formatting.strip_periods);
        let source = match self.name_source {
            Some(source) if names.lacks_name => source,
            _ => names,
        };
        let outer = self.name_source.replace(source);
        let substitutes = std::mem::take(&mut self.substitutes);
        let mut variables = self.free(names);
        self.flags().variable_attempt = true;
        self.can_substitute.push(true);
        self.node = NameNode::default();
        if self.term_predecessor {
            self.substitute_ok = false;
        }
        self.nameset_base += std::mem::take(&mut self.nameset_offset);
        self.rendered_names = Some(Vec::new());
        let mut label_variable = variables.first().copied();
        let filled = |it: &Variable| !self.item.names(*it).is_empty();
        if !variables.iter().any(filled) && !names.substitute.is_empty() {
            self.can_block_substitute = true;
            let outer = std::mem::replace(&mut self.substitutes, true);
            for element in &names.substitute {
                self.element(element);
                if let Some((others, first)) = self.reference.take() {
                    (variables, label_variable) = (others, first);
                }
            }
            self.substitutes = outer;
        }
        if variables.iter().any(|it| !self.item.names(*it).is_empty()) {
            self.names_out(names, source, &variables, label_variable);
        }
        if self.can_substitute.pop() == Some(false) {
            self.no_substitute();
        }
        if self.can_substitute.len() == 1 {
            self.can_block_substitute = false;
        }
        self.name_source = outer;
        self.substitutes = substitutes;
        self.strip_periods -= usize::from(names.formatting.strip_periods);
    }

    fn limits(&self, own: &'a NameOptions) -> Limits {
        let later = self.cite.is_some_and(|cite| cite.place != Place::First);
        let key = if self.sorting { Some(&self.key_options) } else { None };
        let number = |of: fn(&NameOptions) -> Option<usize>| {
            let from_key = key.and_then(of).filter(|number| *number > 0);
            from_key.or_else(|| self.option(own, of))
        };
        let mut min = number(|it| it.et_al_min).unwrap_or(0);
        let mut use_first = number(|it| it.et_al_use_first);
        let mut use_last = key
            .and_then(|key| key.et_al_use_last)
            .or_else(|| self.option(own, |it| it.et_al_use_last))
            .unwrap_or(false);
        if later {
            min = self.option(own, |it| it.et_al_subsequent_min).unwrap_or(min);
            use_first = self.option(own, |it| it.et_al_subsequent_use_first).or(use_first);
            use_last = use_last && self.option(own, |it| it.et_al_subsequent_min).is_none();
        }
        Limits { min, use_first, use_last }
    }

    /// How many names of a list are shown, and whether that is too few.
    fn cut(&mut self, count: usize, position: usize, limits: &Limits) -> (usize, bool) {
        let cuts = limits.min > 0 && count >= limits.min;
        let asked = self.request.as_ref().and_then(|it| it.names.get(position)).copied();
        let asked = asked.filter(|asked| *asked > 0);
        let mut wanted = match asked {
            Some(asked) if self.bare => asked,
            Some(asked) if limits.use_first.is_some_and(|first| asked > first) => {
                if count < limits.min { count } else { asked }
            }
            _ if cuts => limits.use_first.unwrap_or(count),
            _ => count,
        };
        if limits.use_last && cuts && !self.bare && wanted > limits.min.saturating_sub(2) {
            wanted = limits.min.saturating_sub(2);
        }
        let sane = limits.use_first.is_some_and(|first| limits.min >= first);
        if sane && count > wanted && limits.min > 0 { (wanted, true) } else { (count, false) }
    }

    fn names_out(
        &mut self,
        el: &'a Names,
        source: &'a Names,
        variables: &[Variable],
        label: Option<Variable>,
    ) {
        let limits = self.limits(&source.options);
        let style = self.name_style(source);
        let mut total = 0;
        let mut shown: Vec<Shown<'a>> = Vec::new();
        for (at, variable) in variables.iter().enumerate() {
            let mut all: Vec<&Name> =
                self.item.names(*variable).iter().filter(|name| !name.is_empty()).collect();
            let has_others = all.len() > 1 && all.pop_if(|name| name.is_others()).is_some();
            self.nameset_offset += usize::from(!all.is_empty());
            if all.is_empty() {
                continue;
            }
            let position = self.nameset_base + at;
            self.counts.push(all.len());
            self.settle_givens(&all, position, source);
            let (keep, is_cut) = self.cut(all.len(), position, &limits);
            let mut names: Vec<&Name> = all[..keep.min(all.len())].to_vec();
            if is_cut && limits.use_last && !has_others {
                names.extend(all.last());
            }
            if self.settings.names.len() <= position {
                self.settings.names.resize(position + 1, 0);
            }
            self.settings.names[position] = names.len();
            total += names.len();
            let (count, is_cut) = (all.len() + usize::from(has_others), is_cut || has_others);
            shown.push(Shown { variable: *variable, names, count, is_cut, has_others });
        }
        if style.form == Form::Count {
            if self.sorting || total != 0 {
                self.append(&total.to_string(), &Formatting::default());
                self.flags().variable_success = true;
            }
            return;
        }
        let common = self.common_term(el, variables, &shown);
        let mut parts = Vec::new();
        for one in &shown {
            let at = variables.iter().position(|it| *it == one.variable).unwrap_or(0);
            let position = self.nameset_base + at;
            let blobs = self.name_blobs(one, position, &style, source);
            let list =
                List { limits_use_last: limits.use_last && !one.has_others, is_cut: one.is_cut };
            let joined = self.join_names(blobs, &list, &style, source);
            let mut blob = Blob::list(vec![joined]);
            if !self.sorting {
                blob = self.with_label(blob, one, el, label, common.as_deref());
            }
            parts.push(blob);
            if common.is_some() {
                break;
            }
        }
        let mut top = Blob::list(parts);
        top.delimiter = match &el.delimiter {
            Some(delimiter) => CompactString::from(delimiter),
            None => {
                let handed = self.section().names.names_delimiter.as_ref();
                let handed = handed.or(self.env.style.names.names_delimiter.as_ref());
                handed.map(CompactString::from).unwrap_or_default()
            }
        };
        if !self.looking {
            self.rendered_something = true;
        }
        self.collapse_names(&mut top, variables);
        self.next_mark += 1;
        top.mark = self.next_mark;
        self.node.top = top.mark;
        if self.only_dates || self.is_suppressed() {
            return;
        }
        let mut outer = Blob::list(vec![top]);
        outer.prefix.clone_from(&el.formatting.prefix);
        outer.suffix.clone_from(&el.formatting.suffix);
        outer.decorations.clone_from(&el.formatting.decorations);
        outer.is_wrapper = true;
        self.push(outer);
    }

    fn name_blobs(
        &mut self,
        one: &Shown<'a>,
        position: usize,
        style: &NameStyle<'a>,
        el: &'a Names,
    ) -> Vec<Blob> {
        let count = one.names.len();
        let mut blobs = Vec::with_capacity(count);
        for (at, name) in one.names.iter().enumerate() {
            if self.area == Area::Bibliography && !self.sorting {
                let parts = [
                    &name.non_dropping_particle,
                    &name.family,
                    &name.given,
                    &name.dropping_particle,
                    &name.suffix,
                    &name.literal,
                ];
                let whole: String = parts.into_iter().map(String::as_str).collect();
                self.rendered_names.get_or_insert_with(Vec::new).push(whole);
            }
            let mut blob = if name.is_literal() {
                self.institution(name, style, el)
            } else {
                self.person(name, at, position, style, el)
            };
            self.next_mark += 1;
            blob.mark = self.next_mark;
            self.node.children.push(blob.mark);
            self.flags().variable_success = true;
            self.no_substitute();
            self.term_predecessor = true;
            self.renders_content = true;
            if !name.is_literal() {
                let (inverted, institution) = (blob.is_inverted, blob.is_institution);
                let mut outer = Blob::list(vec![blob]);
                outer.prefix.clone_from(&el.name.prefix);
                outer.suffix.clone_from(&el.name.suffix);
                outer.decorations.clone_from(&el.name.decorations);
                outer.is_wrapper = true;
                (outer.is_inverted, outer.is_institution) = (inverted, institution);
                blob = outer;
            }
            blobs.push(blob);
        }
        blobs
    }

    /// Editors who are the translators too get one label for both ("Label", `editortranslator`).
    fn common_term(
        &self,
        el: &Names,
        variables: &[Variable],
        shown: &[Shown<'a>],
    ) -> Option<String> {
        let (label, _) = el.label.as_ref()?;
        if variables.len() < 2 || shown.len() != variables.len() {
            return None;
        }
        let mut names: Vec<&str> = variables.iter().map(|it| it.name()).collect();
        names.sort_unstable();
        let term = names.concat();
        self.env.locale.term(&term, label.form, false).filter(|text| !text.is_empty())?;
        let same = shown
            .windows(2)
            .all(|pair| pair[0].names == pair[1].names && pair[0].is_cut == pair[1].is_cut);
        same.then_some(term)
    }

    fn with_label(
        &mut self,
        blob: Blob,
        one: &Shown<'a>,
        el: &'a Names,
        labelled: Option<Variable>,
        common: Option<&str>,
    ) -> Blob {
        let (Some((label, before)), Some(_)) = (&el.label, labelled) else { return blob };
        let plural = match label.plural {
            Plural::Always => true,
            Plural::Never => false,
            Plural::Contextual => one.count > 1,
        };
        let term = common.unwrap_or(one.variable.name());
        let text = self.label_text(term, label.form, plural, &label.formatting);
        let part = self.make(&text, &label.formatting);
        if *before {
            Blob::list(vec![part, blob])
        } else {
            self.node.label = Some(part.clone());
            Blob::list(vec![blob, part])
        }
    }

    /// In a citation whose names are those of the one before, they are left out where the style
    /// collapses citations.
    fn collapse_names(&mut self, top: &mut Blob, variables: &[Variable]) {
        if top.is_empty() {
            return;
        }
        if self.nameset_base == 0 && self.first_creator.is_none() {
            self.first_creator = variables.first().copied();
        }
        let section = self.section();
        let collapses = section.collapse.is_some() || section.cite_group_delimiter.is_some();
        if !collapses || self.sorting || self.bare && !self.looking {
            return;
        }
        let flattener =
            Flattener { locale: self.env.locale, bare: false, around: &[], links: false };
        let text = top.parts().last().map(|part| flattener.all(part.parts())).unwrap_or_default();
        if self.looking {
            self.author_string = Some(text);
            return;
        }
        let pop = |top: &mut Blob| {
            if let Content::List(parts) = &mut top.content {
                parts.pop();
            }
        };
        let suppressed = self.cite.is_some_and(|cite| cite.suppress_author);
        if self.last_names.as_ref() == Some(&text) {
            if suppressed || section.collapse.is_some() {
                pop(top);
                self.node.children.clear();
            }
            if section.cite_group_delimiter.is_some() {
                self.use_cite_group_delimiter = Some(true);
            }
        } else {
            self.last_names = Some(text);
            let is_first = self.first_creator.is_some_and(|it| variables.contains(&it));
            if is_first && suppressed && self.item.kind != "legal_case" {
                pop(top);
                self.node.children.clear();
                self.term_predecessor = false;
            }
            self.have_collapsed = false;
            if section.cite_group_delimiter.is_some() {
                self.use_cite_group_delimiter = Some(false);
            }
        }
    }
}
