//! One name (CSL 1.0.2, "Name", "Name-part Order"): the order of its parts, particles, initials.

use super::Render;
use super::initials::initials;
use super::names_list::join;
use crate::cite::citation::names_registry::Shown;
use crate::cite::item::Name;
use crate::cite::output::blob::Blob;
use crate::cite::output::blob::Content;
use crate::cite::output::markup::is_romanesque;
use crate::cite::output::markup::is_romanesque_or_digit;
use crate::cite::style::tree::Form;
use crate::cite::style::tree::Formatting;
use crate::cite::style::tree::Names;

/// The options of names that hold for one `cs:names`.
pub(super) struct NameStyle<'a> {
    pub(super) form: Form,
    pub(super) delimiter: &'a str,
    pub(super) precedes_last: &'a str,
    sort_order: Option<&'a str>,
    separator: &'a str,
    initialize_with: Option<&'a str>,
    initialize: bool,
}

impl<'a> Render<'a> {
    pub(super) fn name_style(&self, el: &'a Names) -> NameStyle<'a> {
        NameStyle {
            form: self.option(&el.options, |it| it.form).unwrap_or_default(),
            delimiter: self.option(&el.options, |it| it.delimiter.as_deref()).unwrap_or(", "),
            precedes_last: self
                .option(&el.options, |it| it.delimiter_precedes_last.as_deref())
                .unwrap_or("contextual"),
            sort_order: self.option(&el.options, |it| it.name_as_sort_order.as_deref()),
            separator: self
                .option(&el.options, |it| it.sort_separator.as_deref())
                .unwrap_or_default(),
            initialize_with: self.option(&el.options, |it| it.initialize_with.as_deref()),
            initialize: self.option(&el.options, |it| it.initialize).unwrap_or(true),
        }
    }

    /// How much of each given name is shown: 0 nothing, 1 initials, 2 all.
    pub(super) fn settle_givens(&mut self, names: &[&Name], position: usize, el: &'a Names) {
        let name_style = self.name_style(el);
        let initials = name_style.initialize_with.is_some();
        let short = name_style.form == Form::Short;
        if self.looking {
            self.seen_names.extend(names.iter().copied().cloned().enumerate());
        }
        if self.settings.givens.len() <= position {
            self.settings.givens.resize(position + 1, Vec::new());
        }
        let (registry, style, id) = (self.env.registry, self.env.style, self.item.id.as_str());
        let usual = |base: u8, name: &Name, at: usize| match registry {
            Some(registry) => registry.level(style, id, Shown { name, at, base, short, initials }),
            None if short => 0,
            None => 2 - u8::from(initials),
        };
        let by_cite = self.env.style.citation.givenname_rule == "by-cite";
        let mut levels = std::mem::take(&mut self.settings.givens[position]);
        for (at, name) in names.iter().enumerate() {
            if name.is_literal() {
                if levels.len() <= at {
                    levels.push(0);
                }
                continue;
            }
            let floor = usual(0, name, at);
            if levels.len() <= at {
                levels.push(floor);
            }
            let mut level = floor;
            if self.request.is_some() {
                level = levels[at];
                if level == 1 && by_cite && (!initials || name.given.is_empty()) {
                    level = 2;
                }
                if self.env.style.citation.add_givenname && !name.given.is_empty() {
                    level = usual(level, name, at);
                }
            }
            if !self.sorting {
                levels[at] = level;
            }
        }
        self.settings.givens[position] = levels;
    }

    fn family_formatting(&self, el: &'a Names) -> Formatting {
        plain(el.family.as_ref())
    }

    /// An institution, or a name in one piece; it looks as the family name does.
    pub(super) fn institution(
        &mut self,
        name: &Name,
        _style: &NameStyle<'a>,
        el: &'a Names,
    ) -> Blob {
        let mut formatting = Formatting::default();
        formatting.decorations.clone_from(&el.name.decorations);
        formatting.text_case = el.name.text_case;
        if let Some(family) = &el.family {
            for decoration in &family.decorations {
                formatting.decorations.retain(|it| it.aspect() != decoration.aspect());
                formatting.decorations.push(*decoration);
            }
            formatting.text_case = family.text_case.or(formatting.text_case);
        }
        let text = self.without_periods(&name.literal, el.name.strip_periods);
        let part = self.make(&text, &formatting);
        let mut blob = Blob::list(vec![part]);
        blob.is_institution = true;
        blob
    }

    fn without_periods(&self, text: &str, strips: bool) -> String {
        if strips || self.strip_periods > 0 { text.replace('.', "") } else { text.to_owned() }
    }

    fn name_part(&mut self, text: &str, formatting: &Formatting) -> Option<Blob> {
        if text.is_empty() {
            return None;
        }
        let text = self.without_periods(text, formatting.strip_periods);
        Some(self.make(&text, formatting))
    }

    /// The given name as it is shown, and whether it is initials; `None` in the short form.
    fn given(
        &mut self,
        name: &Name,
        at: usize,
        position: usize,
        style: &NameStyle<'a>,
        orders_family_first: bool,
    ) -> Option<(String, u8)> {
        let has_initials = style.initialize_with.is_some() && !orders_family_first;
        let usual = match style.form {
            Form::Long if has_initials => 1,
            Form::Long => 2,
            _ => 0,
        };
        let asked = self.settings.givens.get(position).and_then(|it| it.get(at)).copied();
        let level = asked.unwrap_or(0).max(usual);
        let rule = &self.env.style.citation.givenname_rule;
        let has_initials = has_initials || rule.ends_with("-with-initials");
        match level {
            0 => None,
            1 if has_initials && !name.family.is_empty() => {
                let terminator = style.initialize_with.unwrap_or_default();
                let hyphen = self.env.style.initialize_with_hyphen;
                Some((initials(&name.given, terminator, !style.initialize, hyphen), 1))
            }
            level => Some((name.given.clone(), level)),
        }
    }

    /// A person.
    pub(super) fn person(
        &mut self,
        name: &Name,
        at: usize,
        position: usize,
        style: &NameStyle<'a>,
        el: &'a Names,
    ) -> Blob {
        let romanesque = name.family.chars().any(is_romanesque_or_digit);
        let family_first = !romanesque || self.orders_family_first(name);
        let family_format = self.family_formatting(el);
        let given_format = plain(el.given.as_ref());
        let sorting = self.sorting;
        let particle = |text: &str| {
            if sorting { text.replacen(['\'', '’'], "", 1) } else { text.to_owned() }
        };
        let et_al = is_et_al(&name.dropping_particle);
        let mut dropping = if et_al {
            None
        } else {
            self.name_part(&particle(&name.dropping_particle), &given_format)
        };
        let family = self.name_part(&name.family, &family_format);
        let particle = self.name_part(&particle(&name.non_dropping_particle), &family_format);
        let mixed = !romanesque && name.given.chars().next().is_some_and(is_romanesque);
        let given = self.given(name, at, position, style, family_first && (romanesque || mixed));
        let mut suffix = self.suffix(&name.suffix, style);
        let level = given.as_ref().map_or(0, |(_, level)| *level);
        if given.is_none() {
            dropping = None;
            suffix = None;
        }
        let given = given.and_then(|(text, _)| self.name_part(&text, &given_format));
        let wide = self.wide_space();
        let hyphenated = particle.as_ref().is_some_and(joins);
        let affixes = |blob: Option<Blob>, of: Option<&Formatting>| {
            blob.map(|mut blob| {
                if let Some(of) = of {
                    blob.prefix.clone_from(&of.prefix);
                    blob.suffix.clone_from(&of.suffix);
                }
                blob
            })
        };
        if !romanesque && !mixed {
            return row([particle, family, given], "");
        }
        if family_first {
            let merged = some_row([particle, family], wide);
            return row([merged, given], " ");
        }
        let demote = self.env.style.demote_non_dropping_particle.as_str();
        if sorting {
            return if demote == "never" {
                let merged = some_row([particle, family], wide);
                let merged = some_row([merged, dropping], " ");
                let merged = some_row([merged, given], SORT_SEPARATOR);
                row([merged, suffix], " ")
            } else {
                let second = some_row([given, dropping, particle], " ");
                let merged = some_row([family, second], SORT_SEPARATOR);
                row([merged, suffix], " ")
            };
        }
        let inverts = match style.sort_order {
            Some("all") => true,
            Some("first") => at == 0,
            _ => false,
        };
        if inverts {
            let separator =
                if matches!(name.given.as_str(), "Lord" | "Lady") { ", " } else { style.separator };
            let (first, second) = if matches!(demote, "always" | "display-and-sort") {
                let second = some_row([given, dropping], " ");
                let second = some_row([second, particle], " ");
                (affixes(family, el.family.as_ref()), affixes(second, el.given.as_ref()))
            } else {
                let first = some_row([particle, family], if hyphenated { "" } else { wide });
                let second = some_row([given, dropping], " ");
                (affixes(first, el.family.as_ref()), affixes(second, el.given.as_ref()))
            };
            let merged = some_row([first, second], separator);
            let mut blob = row([merged, suffix], separator);
            blob.is_inverted = true;
            return blob;
        }
        let mut family = family;
        let elided = name.dropping_particle.ends_with(['\'', 'ʼ', '’', '-']);
        if elided && !name.family.is_empty() && name.non_dropping_particle.is_empty() {
            let stem = name.dropping_particle.trim_end_matches(['\'', 'ʼ', '’', '-']);
            if stem != "de" {
                family = some_row([dropping.take(), family], "");
            }
        }
        let second = if hyphenated {
            let second = some_row([particle, family], "");
            some_row([dropping, second], wide)
        } else {
            some_row([dropping, particle, family], wide)
        };
        let second = some_row([second, suffix], if name.comma_suffix { ", " } else { " " });
        let second = affixes(second, el.family.as_ref());
        let given = affixes(given, el.given.as_ref());
        let holds = style.initialize_with.is_some_and(|text| text.contains(['\u{a0}', '\u{feff}']));
        row([given, second], if holds && level == 1 { wide } else { " " })
    }

    /// Whether a name in this script or language has the family name first at all times.
    fn orders_family_first(&self, name: &Name) -> bool {
        let language = self.item.language.as_str();
        name.static_ordering
            || matches!(language, "vi" | "hu")
            || matches!(language.get(..2), Some("ja" | "zh"))
    }

    fn wide_space(&self) -> &'static str {
        if matches!(self.env.locale.language(), "fr" | "ru" | "cs") { "\u{a0}" } else { " " }
    }

    fn suffix(&mut self, text: &str, style: &NameStyle<'a>) -> Option<Blob> {
        if text.is_empty() {
            return None;
        }
        let hyphen = self.env.style.initialize_with_hyphen;
        let mut text = match style.initialize_with {
            Some(terminator) => initials(text, terminator, true, hyphen),
            None => text.to_owned(),
        };
        if self.strip_periods > 0 {
            text = text.replace('.', "");
        }
        let dotted = text.ends_with('.');
        if dotted {
            text.pop();
        }
        let mut blob = self.make(&text, &Formatting::default());
        if dotted {
            blob.suffix.insert(0, '.');
        }
        Some(blob)
    }
}

/// Between the family name and the rest of it in a sort key: it sorts before every letter.
const SORT_SEPARATOR: &str = "|";

fn is_et_al(particle: &str) -> bool {
    particle.starts_with("et") && particle.contains("al") && particle.len() <= 6
}

/// The formatting of a name part without its affixes, which belong to more than the part.
fn plain(formatting: Option<&Formatting>) -> Formatting {
    let mut formatting = formatting.cloned().unwrap_or_default();
    formatting.prefix.clear();
    formatting.suffix.clear();
    formatting
}

/// Whether a particle goes together with the name without a space.
fn joins(blob: &Blob) -> bool {
    match &blob.content {
        Content::Text(text) => text.ends_with(['’', '\'', '-', ' ']),
        Content::List(parts) => parts.last().is_some_and(joins),
        Content::Number(_) => false,
    }
}

fn row<const N: usize>(parts: [Option<Blob>; N], delimiter: &str) -> Blob {
    some_row(parts, delimiter).unwrap_or_default()
}

fn some_row<const N: usize>(parts: [Option<Blob>; N], delimiter: &str) -> Option<Blob> {
    let parts: Vec<Blob> = parts.into_iter().flatten().filter(|blob| !blob.is_empty()).collect();
    if parts.is_empty() { None } else { Some(join(parts, delimiter, None)) }
}
