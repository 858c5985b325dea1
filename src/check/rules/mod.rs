//! The rules: a file each, named for what is wrong, so that "allow X" reads well.

mod body_unbraced;
mod braces_doubled;
mod character_lost;
mod character_unsafe;
mod crossref_cycle;
mod crossref_missing;
mod date_against_number;
mod date_ahead;
mod date_form;
mod date_twice;
mod doi_as_url;
mod doi_doubled;
mod doi_form;
mod dollar_alone;
mod edition_form;
mod field_alias;
mod field_doubled;
mod field_empty;
mod field_unknown;
mod fulltext_and_summary;
mod html_in_text;
mod isbn_form;
mod issn_form;
mod key_doubled;
mod key_form;
mod key_pattern;
mod keywords_separator;
mod language_contradicted;
mod language_missing;
mod language_unknown;
mod ligature;
mod link_dead;
mod link_failing;
mod link_front_page;
mod link_locked;
mod link_moved;
mod macro_undefined;
mod mojibake;
mod month_form;
mod names_et_al;
mod names_odd;
mod names_separator;
mod names_shouted;
mod orcid_form;
mod pages_dash;
mod pages_order;
mod placeholder;
mod pubstate_overdue;
mod pubstate_unknown;
mod reason_missing;
mod recommended_missing;
mod related_missing;
mod required_missing;
mod sign_unescaped;
mod status_unknown;
mod title_shouted;
mod title_stop;
mod type_doubtful;
mod type_unknown;
mod typst_refuses;
mod unverified;
mod unverified_gone;
mod url_form;
mod urldate_alone;
mod verbatim_escaped;
mod word_split;
mod year_form;

use super::finding::{Report, Safety, Severity};
use super::known::Type;
use super::links::{self, Answer};
use super::view::{EntryView, FieldView, LibraryView};

/// What is looked at, and how.
#[derive(Clone, Copy)]
pub enum Look {
    /// Each field of each entry.
    Field(fn(&FieldView<'_>, &mut Report)),
    /// Each entry.
    Entry(fn(&EntryView<'_>, &mut Report)),
    /// The library as a whole.
    Library(fn(&LibraryView<'_>, &mut Report)),
}

/// One rule.
pub struct Rule {
    /// Its name: what is wrong.
    pub id: &'static str,
    /// The message id of what it says.
    pub said: &'static str,
    /// The message id of what to do.
    pub help: &'static str,
    /// How grave it is unless a library says otherwise; `None`: off unless asked for.
    pub severity: Option<Severity>,
    /// Whether it can fix what it finds, and how safely.
    pub fix: Option<Safety>,
    /// What it looks at.
    pub look: Look,
    /// BibTeX in which it finds something.
    pub example: &'static str,
    /// The example after the fix.
    pub mended: Option<&'static str>,
}

macro_rules! rule {
    ($id:literal, $severity:expr, $fix:expr, $look:expr, $example:expr, $mended:expr $(,)?) => {
        pub(super) static RULE: Rule = Rule {
            id: $id,
            said: concat!("check.", $id),
            help: concat!("check.", $id, ".help"),
            severity: $severity,
            fix: $fix,
            look: $look,
            example: $example,
            mended: $mended,
        };
    };
}
use rule;

/// All rules, in the order of their names.
pub static RULES: &[&Rule] = &[
    &body_unbraced::RULE,
    &braces_doubled::RULE,
    &character_lost::RULE,
    &character_unsafe::RULE,
    &crossref_cycle::RULE,
    &crossref_missing::RULE,
    &date_against_number::RULE,
    &date_ahead::RULE,
    &date_form::RULE,
    &date_twice::RULE,
    &doi_as_url::RULE,
    &doi_doubled::RULE,
    &doi_form::RULE,
    &dollar_alone::RULE,
    &edition_form::RULE,
    &field_alias::RULE,
    &field_doubled::RULE,
    &field_empty::RULE,
    &field_unknown::RULE,
    &fulltext_and_summary::RULE,
    &html_in_text::RULE,
    &isbn_form::RULE,
    &issn_form::RULE,
    &key_doubled::RULE,
    &key_form::RULE,
    &key_pattern::RULE,
    &keywords_separator::RULE,
    &language_contradicted::RULE,
    &language_missing::RULE,
    &language_unknown::RULE,
    &ligature::RULE,
    &link_dead::RULE,
    &link_failing::RULE,
    &link_front_page::RULE,
    &link_locked::RULE,
    &link_moved::RULE,
    &macro_undefined::RULE,
    &mojibake::RULE,
    &month_form::RULE,
    &names_et_al::RULE,
    &names_odd::RULE,
    &names_separator::RULE,
    &names_shouted::RULE,
    &orcid_form::RULE,
    &pages_dash::RULE,
    &pages_order::RULE,
    &placeholder::RULE,
    &pubstate_overdue::RULE,
    &pubstate_unknown::RULE,
    &reason_missing::RULE,
    &recommended_missing::RULE,
    &related_missing::RULE,
    &required_missing::RULE,
    &sign_unescaped::RULE,
    &status_unknown::RULE,
    &title_shouted::RULE,
    &title_stop::RULE,
    &type_doubtful::RULE,
    &type_unknown::RULE,
    &typst_refuses::RULE,
    &unverified::RULE,
    &unverified_gone::RULE,
    &url_form::RULE,
    &urldate_alone::RULE,
    &verbatim_escaped::RULE,
    &word_split::RULE,
    &year_form::RULE,
];

/// Hands each own address of the entry that was asked for to `look`, with what it answered.
fn each_link(entry: &EntryView<'_>, mut look: impl FnMut(&FieldView<'_>, &str, &Answer)) {
    if entry.view.facts.links.is_empty() {
        return;
    }
    for field in &entry.fields {
        let link = links::address(field.name, field.raw);
        if let Some((link, answer)) =
            link.and_then(|link| Some((link.clone(), entry.view.facts.links.get(&link)?)))
        {
            look(field, &link, answer);
        }
    }
}

/// Tells of what the entry lacks of what its type asks for: `wanted` chooses which fields, `a|b` is
/// one of the two; inherited fields are counted as there.
fn tell_lacking(entry: &EntryView<'_>, report: &mut Report, wanted: fn(&Type) -> &[String]) {
    let Some(model) = entry.view.model.entry_type(&entry.entry.entry_type) else { return };
    let has = |name: &str| {
        entry.entry.has(name)
            || (name == "date" && (entry.entry.has("year") || entry.entry.has("pubstate")))
    };
    let lacking: Vec<String> = wanted(model)
        .iter()
        .filter(|it| !it.split('|').any(has))
        .map(|it| it.replace('|', "`/`"))
        .collect();
    if !lacking.is_empty() {
        let names = lacking.join("`, `");
        let args = [("type", entry.entry.entry_type.as_str()), ("fields", names.as_str())];
        report.entry(entry, entry.head(), &args, Vec::new());
    }
}
