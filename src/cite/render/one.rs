//! The rendering of one item: what is known before it begins and what has to be remembered on the
//! way.

use super::Area;
use super::Cite;
use super::Disambiguation;
use super::Entry;
use super::Env;
use super::LastNames;
use super::Numbers;
use crate::cite::item::Item;
use crate::cite::item::Name;
use crate::cite::item::Variable;
use crate::cite::output::blob::Blob;
use crate::cite::style::tree::NameOptions;
use crate::cite::style::tree::Names;

/// What a group has met so far.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Flags {
    pub(super) term_before: bool,
    pub(super) term_intended: bool,
    pub(super) variable_attempt: bool,
    pub(super) variable_success: bool,
    pub(super) strips: bool,
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
    pub(in crate::cite) met_disambiguate: usize,
    /// How many names each list of names has.
    pub(in crate::cite) counts: Vec<usize>,
    /// Options of the sort key that is made.
    pub(in crate::cite) key_options: NameOptions,
    pub(super) levels: Vec<Blob>,
    pub(super) flags: Vec<Flags>,
    pub(super) can_substitute: Vec<bool>,
    pub(super) can_block_substitute: bool,
    pub(super) done: Vec<Variable>,
    /// What has been rendered before at all.
    pub(in crate::cite) term_predecessor: bool,
    pub(super) in_cite_predecessor: bool,
    pub(super) rendered_something: bool,
    pub(in crate::cite) renders_content: bool,
    pub(super) strip_periods: usize,
    pub(super) only_dates: bool,
    pub(super) nameset_base: usize,
    pub(super) nameset_offset: usize,
    pub(super) first_creator: Option<Variable>,
    pub(super) has_year_suffix: bool,
    pub(super) numbers: Vec<(Variable, Numbers)>,
    pub(super) trace: Vec<bool>,
    pub(super) substitute_ok: bool,
    pub(super) rendered_names: Option<Vec<String>>,
    pub(super) next_mark: u32,
    /// The names that were met while looking, with their places.
    pub(in crate::cite) seen_names: Vec<(usize, Name)>,
    /// Whether elements stand in for names, and so only as long as nothing does yet.
    pub(super) substitutes: bool,
    /// How deep in brackets, where brackets within brackets change; `None` where they do not.
    pub(in crate::cite) braces: Option<usize>,
    /// The names of a citation that is only looked at.
    pub(in crate::cite) author_string: Option<String>,
    /// What a reference within `cs:substitute` puts in the place of missing names.
    pub(super) reference: Option<(Vec<Variable>, Option<Variable>)>,
    /// The names whose `cs:name` holds for names without one.
    pub(super) name_source: Option<&'a Names>,
    pub(super) node: NameNode,
    pub(super) depth: usize,
    pub(super) aligns: bool,
    pub(super) has_first_field: bool,
}

/// Where in the tree the names of an item are, so that they can be taken out again.
#[derive(Clone, Debug, Default)]
pub(super) struct NameNode {
    pub(super) top: u32,
    pub(super) children: Vec<u32>,
    pub(super) label: Option<Blob>,
}

impl<'a> Render<'a> {
    /// Nothing rendered yet.
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
            counts: Vec::new(),
            reference: None,
            substitutes: false,
            braces: None,
            author_string: None,
            name_source: None,
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
            numbers: Vec::new(),
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
}
