//! Names in a row (CSL 1.0.2, "Name": `and`, `delimiter`, `delimiter-precedes-last`,
//! `delimiter-precedes-et-al`, "Et-al").

use super::Render;
use super::name_form::NameStyle;
use crate::cite::output::blob::Blob;
use crate::cite::output::markup::is_romanesque;
use crate::cite::style::tree::Form;
use crate::cite::style::tree::Formatting;
use crate::cite::style::tree::Names;

/// Whether a row of names was cut, and how.
pub(super) struct List {
    pub(super) limits_use_last: bool,
    pub(super) is_cut: bool,
}

fn begins_romanesque(text: &str) -> bool {
    text.chars().next().is_some_and(|c| c == '&' || is_romanesque(c))
}

impl<'a> Render<'a> {
    /// Joins the names of one variable.
    pub(super) fn join_names(
        &mut self,
        blobs: Vec<Blob>,
        list: &List,
        style: &NameStyle<'a>,
        el: &'a Names,
    ) -> Blob {
        let blobs: Vec<Blob> = blobs.into_iter().filter(|blob| !blob.is_empty()).collect();
        if list.is_cut && !self.sorting {
            return if list.limits_use_last {
                let last = self.ellipsis(&blobs, style);
                join(blobs, style.delimiter, last)
            } else {
                self.join_et_al(blobs, style, el)
            };
        }
        if self.sorting {
            return join(blobs, style.delimiter, None);
        }
        let last = self.and(&blobs, style, el);
        join(blobs, style.delimiter, last)
    }

    fn ellipsis(&self, blobs: &[Blob], style: &NameStyle<'a>) -> Option<Blob> {
        if blobs.len() < 2 {
            return None;
        }
        let mut blob = Blob::text("…");
        blob.prefix = if blobs.len() > 2 { style.delimiter.into() } else { " ".into() };
        blob.suffix = " ".into();
        after_inverted(blobs, style, &mut blob);
        Some(blob)
    }

    /// What stands before the last name.
    fn and(&mut self, blobs: &[Blob], style: &NameStyle<'a>, el: &'a Names) -> Option<Blob> {
        if blobs.len() < 2 {
            return None;
        }
        // Before an institution only what is handed down from above counts.
        let institution = blobs.last().is_some_and(|blob| blob.is_institution);
        let delimiter = match institution {
            true => el.options.delimiter.as_deref().unwrap_or(", "),
            false => style.delimiter,
        };
        let handed = {
            let section = self.section().names.delimiter_precedes_last.as_deref();
            section.or(self.env.style.names.delimiter_precedes_last.as_deref())
        };
        let Some(and) = self.option(&el.options, |it| it.and.as_deref()) else {
            return (!delimiter.is_empty()).then(|| Blob::text(delimiter));
        };
        let term = match and {
            "symbol" => "&",
            _ => self.env.locale.term("and", Form::Long, false).unwrap_or_default(),
        };
        let mut blob = self.make(term, &Formatting::default());
        let spaced = begins_romanesque(term);
        let (mut single, mut multiple) = if spaced {
            (" ".to_owned(), delimiter.to_owned())
        } else {
            (String::new(), String::new())
        };
        let precedes_last =
            if institution { handed.unwrap_or_default() } else { style.precedes_last };
        match precedes_last {
            "always" => single = delimiter.to_owned(),
            "never" if !multiple.is_empty() => multiple = " ".into(),
            "after-inverted-name" if !institution => {
                if !single.is_empty() {
                    single = style.delimiter.to_owned();
                }
                if !multiple.is_empty() {
                    multiple = " ".into();
                }
            }
            _ => {}
        }
        blob.prefix = if blobs.len() > 2 { multiple } else { single }.into();
        blob.suffix = if spaced { " " } else { "" }.into();
        after_inverted(blobs, style, &mut blob);
        Some(blob)
    }

    fn join_et_al(&mut self, blobs: Vec<Blob>, style: &NameStyle<'a>, el: &'a Names) -> Blob {
        let count = blobs.len();
        let (term, formatting) = match &el.et_al {
            Some((term, formatting)) => (term.as_str(), formatting.clone()),
            None => ("et-al", Formatting::default()),
        };
        let text = self.env.locale.term(term, Form::Long, false).unwrap_or_default();
        let mut et_al = self.make(text, &formatting);
        let (mut single, mut multiple) = (" ".to_owned(), style.delimiter.to_owned());
        match self.option(&el.options, |it| it.delimiter_precedes_et_al.as_deref()) {
            Some("always") => single = style.delimiter.to_owned(),
            Some("never") => multiple = " ".into(),
            Some("after-inverted-name") => {
                single = style.delimiter.to_owned();
                multiple = " ".into();
            }
            _ => {}
        }
        if !begins_romanesque(text) {
            single = if single == " " { String::new() } else { single };
            multiple = if multiple == " " { String::new() } else { multiple };
        }
        et_al.prefix = if count > 1 { multiple } else { single }.into();
        et_al.suffix.clear();
        let joined = join(blobs, style.delimiter, None);
        let mut whole = Blob::list(vec![joined]);
        if count > 0 {
            whole.push(et_al);
        }
        whole.prefix.clone_from(&el.name.prefix);
        whole.suffix.clone_from(&el.name.suffix);
        whole.decorations.clone_from(&el.name.decorations);
        whole
    }
}

/// With `after-inverted-name`, the delimiter stands where the name before is family first.
fn after_inverted(blobs: &[Blob], style: &NameStyle, last: &mut Blob) {
    if style.precedes_last == "after-inverted-name" && blobs.len() > 1 {
        let before = &blobs[blobs.len() - 2];
        if before.is_inverted {
            last.prefix = style.delimiter.into();
        }
    }
}

/// Puts parts in a row; `last` stands before the last one, without it the delimiter does.
pub(super) fn join(mut blobs: Vec<Blob>, delimiter: &str, last: Option<Blob>) -> Blob {
    let count = blobs.len();
    let delimited = count.saturating_sub(1 + usize::from(last.is_some()));
    for blob in blobs.iter_mut().take(delimited) {
        blob.suffix.push_str(delimiter);
    }
    if let (Some(last), true) = (last, count > 1) {
        blobs.insert(count - 1, last);
    }
    let inverted = count == 1 && blobs[0].is_inverted;
    let institution = count == 1 && blobs[0].is_institution;
    let mut whole = Blob::list(blobs);
    (whole.is_inverted, whole.is_institution) = (inverted, institution);
    whole
}
