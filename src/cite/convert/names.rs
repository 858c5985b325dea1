//! Names of BibLaTeX as names of CSL.

use crate::cite::item::Item;
use crate::cite::item::Name;
use crate::cite::item::Variable;
use crate::model::Entry;
use crate::model::csl;

/// The names in a field. Particles stay with the family name, as APA, Chicago and MLA have them;
/// where the entry's `options` say `useprefix=false`, they fall away when it stands alone.
pub(super) fn read(entry: &Entry, field: &str) -> Vec<Name> {
    let names = entry.names(field);
    let dropped = entry
        .text("options")
        .is_some_and(|options| options.replace(' ', "").contains("useprefix=false"));
    let mut out: Vec<Name> = names.names.into_iter().map(|name| convert(name, dropped)).collect();
    out.retain(|name| !name.is_empty());
    if names.others && !out.is_empty() {
        out.push(Name::others());
    }
    out
}

fn convert(name: crate::model::Name, dropped: bool) -> Name {
    if name.is_body {
        return Name::literal(&name.family);
    }
    let (dropping, staying) =
        if dropped { (name.particle, String::new()) } else { (String::new(), name.particle) };
    Name {
        family: name.family,
        given: name.given,
        dropping_particle: dropping,
        non_dropping_particle: staying,
        suffix: name.suffix,
        ..Name::default()
    }
}

/// The editors in all their roles: each field `editor`, `editora` … with its `editortype`.
pub(super) fn roles(entry: &Entry, item: &mut Item) {
    for (field, role, otherwise) in [
        ("editor", "editortype", "editor"),
        ("editora", "editoratype", "contributor"),
        ("editorb", "editorbtype", "contributor"),
        ("editorc", "editorctype", "contributor"),
    ] {
        let names = read(entry, field);
        if names.is_empty() {
            continue;
        }
        let asked = entry.text(role).map(|role| role.to_lowercase());
        let roles = &csl::table().roles;
        let known = asked.and_then(|role| roles.get(&role)).map_or(otherwise, String::as_str);
        let Some(variable) = Variable::named(known) else { continue };
        let mut all = item.names(variable).to_vec();
        all.extend(names);
        item.set_names(known, all);
    }
}
