//! How a citation would look, before it is known how it has to.

use crate::cite::item::Item;
use crate::cite::item::Name;
use crate::cite::output::flatten::Flattener;
use crate::cite::output::punctuation;
use crate::cite::render::Area;
use crate::cite::render::Cite;
use crate::cite::render::Disambiguation;
use crate::cite::render::Env;
use crate::cite::render::Place;
use crate::cite::render::Render;

/// How a citation would look, and what that depended on.
pub(in crate::cite) struct Look {
    pub(in crate::cite) text: String,
    pub(in crate::cite) settings: Disambiguation,
    /// How many names each list has.
    pub(in crate::cite) counts: Vec<usize>,
    pub(in crate::cite) asked: usize,
    pub(in crate::cite) met: usize,
}

/// How the citation of an item looks with the settings that are asked for.
pub(in crate::cite) fn look<'a>(
    env: Env<'a>,
    item: &'a Item,
    cite: &'a Cite,
    label: &'a str,
    request: Option<&Disambiguation>,
    seen: &mut Vec<(usize, Name)>,
) -> Look {
    let mut render = Render::new(env, item, Area::Citation);
    render.cite = Some(cite);
    render.looking = true;
    render.bare = true;
    render.entry.label = label;
    render.request = request.cloned();
    render.settings = request.cloned().unwrap_or_default();
    let mut tree = render.layout();
    punctuation::settle(&mut tree, env.locale.punctuation_in_quote());
    let flattener = Flattener { locale: env.locale, bare: true, around: &[], links: false };
    seen.append(&mut render.seen_names);
    Look {
        text: flattener.all(std::slice::from_ref(&tree)),
        counts: std::mem::take(&mut render.counts),
        asked: render.asked_disambiguate,
        met: render.met_disambiguate,
        settings: render.settings,
    }
}

/// The citation that is looked at: a later one, so that short forms are compared.
pub(in crate::cite) fn later_cite() -> Cite {
    Cite { place: Place::Subsequent, near_note: true, ..Cite::default() }
}

/// The names of the citation of an item, as they look.
pub(in crate::cite) fn author<'a>(
    env: Env<'a>,
    item: &'a Item,
    cite: &'a Cite,
    request: &Disambiguation,
) -> Option<String> {
    let mut render = Render::new(env, item, Area::Citation);
    render.cite = Some(cite);
    render.looking = true;
    render.bare = true;
    render.request = Some(request.clone());
    render.settings = request.clone();
    render.layout();
    render.author_string
}
