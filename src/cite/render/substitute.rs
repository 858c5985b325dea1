//! Names that repeat those of the entry before (`subsequent-author-substitute`), and citations that
//! leave out their author or show nothing else.

use super::Area;
use super::LastNames;
use super::Render;
use crate::cite::item::Variable;
use crate::cite::output::blob::Blob;
use crate::cite::output::blob::Content;

impl Render<'_> {
    fn wants(&self, only: bool) -> bool {
        self.cite.is_some_and(|cite| if only { cite.author_only } else { cite.suppress_author })
            && !self.looking
    }

    fn inherited(&self) -> bool {
        self.trace.last().copied().unwrap_or(false)
    }

    /// Whether names show in a citation that is to leave them out, or to be nothing else.
    pub(super) fn trace_names(&mut self) {
        let hidden = self.wants(true) && self.rendered_something
            || self.wants(false) && !self.rendered_something;
        let hidden = hidden || self.inherited();
        self.trace.push(hidden);
    }

    /// The same for a date.
    pub(super) fn trace_date(&mut self) {
        self.trace_other();
    }

    /// The same for any other element.
    pub(super) fn trace_other(&mut self) {
        let hidden = if self.trace.is_empty() {
            self.wants(true) && self.rendered_something
        } else if self.wants(true) {
            self.rendered_something || !self.can_block_substitute
        } else {
            self.inherited()
        };
        self.trace.push(hidden);
    }

    /// After names, or after a variable that stands for them: puts the substitute in where they are
    /// those of the entry before.
    pub(super) fn substitute_names(&mut self, variable: Option<Variable>) {
        if self.area != Area::Bibliography || self.sorting || self.bare || !self.substitute_ok {
            return;
        }
        let section = self.section();
        let Some(substitute) = &section.author_substitute else { return };
        if variable.is_some_and(|variable| !self.item.has(variable)) {
            return;
        }
        let Some(names) = self.rendered_names.clone() else { return };
        let part = Blob::text(substitute);
        let last = self.last_rendered.take().unwrap_or_default().names;
        let rule = section.author_substitute_rule.as_str();
        match rule {
            "partial-each" | "partial-first" => {
                let mut going = true;
                for (at, mark) in self.node.children.clone().into_iter().enumerate() {
                    let same = names.get(at).is_some_and(|name| last.get(at) == Some(name));
                    if going && same {
                        self.replace(mark, vec![part.clone()]);
                        going = rule == "partial-each";
                    } else {
                        going = false;
                    }
                }
                self.last_rendered = Some(LastNames { names });
            }
            _ if names.is_empty() => self.last_rendered = Some(LastNames { names: last }),
            "complete-each" => {
                if names == last {
                    for mark in self.node.children.clone() {
                        self.replace(mark, vec![part.clone()]);
                    }
                }
                self.last_rendered = Some(LastNames { names });
            }
            _ => {
                if names == last {
                    self.replace_all(part);
                }
                self.last_rendered = Some(LastNames { names });
            }
        }
        self.substitute_ok = false;
    }

    fn replace_all(&mut self, part: Blob) {
        if let Some(label) = self.node.label.clone() {
            self.replace(self.node.top, vec![part, label]);
            return;
        }
        let Some(top) = self.find(self.node.top) else { return };
        match top.parts_mut().first_mut() {
            Some(first) => first.content = Content::List(vec![part]),
            None => top.content = Content::List(vec![part]),
        }
    }

    fn replace(&mut self, mark: u32, parts: Vec<Blob>) {
        if let Some(blob) = self.find(mark) {
            blob.content = Content::List(parts);
        }
    }

    fn find(&mut self, mark: u32) -> Option<&mut Blob> {
        if mark == 0 {
            return None;
        }
        self.levels.iter_mut().rev().find_map(|level| find(level, mark))
    }
}

fn find(blob: &mut Blob, mark: u32) -> Option<&mut Blob> {
    if blob.mark == mark {
        return Some(blob);
    }
    blob.parts_mut().iter_mut().rev().find_map(|part| find(part, mark))
}
