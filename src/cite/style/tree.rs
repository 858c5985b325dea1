//! What a style is made of once it is read: elements with their options, ready to be rendered.

use crate::cite::item::Variable;
use crate::cite::output::blob::Decoration;
use compact_str::CompactString;

/// How text is capitalised (CSL 1.0.2, "Text-case").
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TextCase {
    /// all small
    Lowercase,
    /// ALL CAPITALS
    Uppercase,
    /// The first word of the text.
    CapitalizeFirst,
    /// The First Letter Of Each Word.
    CapitalizeAll,
    /// As a sentence: the first letter, the rest small.
    Sentence,
    /// English title case.
    Title,
}

/// Affixes, formatting and the like, shared by most elements.
#[derive(Clone, Debug, Default)]
pub struct Formatting {
    /// Before the content.
    pub prefix: CompactString,
    /// After the content.
    pub suffix: CompactString,
    /// Between the parts.
    pub delimiter: CompactString,
    /// Font, quotes and the like, from the inside to the outside.
    pub decorations: Vec<Decoration>,
    /// The case.
    pub text_case: Option<TextCase>,
    /// Whether full stops are taken out.
    pub strip_periods: bool,
    /// `block`, `left-margin`, `right-inline` or `indent`.
    pub display: Option<Decoration>,
}

/// The form of a term or a name.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Form {
    /// The usual one.
    #[default]
    Long,
    /// Abbreviated.
    Short,
    /// "edited by".
    Verb,
    /// "ed. by".
    VerbShort,
    /// "§".
    Symbol,
    /// How many, for names.
    Count,
}

/// When a label is in the plural.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Plural {
    /// When the content is.
    #[default]
    Contextual,
    /// Always.
    Always,
    /// Never.
    Never,
}

/// The options of names, which `cs:style`, `cs:citation` and `cs:bibliography` hand down.
#[derive(Clone, Debug, Default)]
pub struct NameOptions {
    /// `text` or `symbol`.
    pub and: Option<String>,
    /// Between names.
    pub delimiter: Option<String>,
    /// Between the variables of one `cs:names`.
    pub names_delimiter: Option<String>,
    /// `always`, `never`, `after-inverted-name` or `contextual`.
    pub delimiter_precedes_et_al: Option<String>,
    /// The same for the last name.
    pub delimiter_precedes_last: Option<String>,
    /// How many names make a list that is cut.
    pub et_al_min: Option<usize>,
    /// How many names a cut list keeps.
    pub et_al_use_first: Option<usize>,
    /// The same for later citations of an item.
    pub et_al_subsequent_min: Option<usize>,
    /// The same for later citations of an item.
    pub et_al_subsequent_use_first: Option<usize>,
    /// Whether the last name follows an ellipsis.
    pub et_al_use_last: Option<bool>,
    /// The form of names.
    pub form: Option<Form>,
    /// Whether given names become initials.
    pub initialize: Option<bool>,
    /// What follows an initial.
    pub initialize_with: Option<String>,
    /// `first` or `all`.
    pub name_as_sort_order: Option<String>,
    /// Between family and given name in sort order.
    pub sort_separator: Option<String>,
}

/// `cs:name`, `cs:et-al` and the label of a `cs:names`.
#[derive(Clone, Debug, Default)]
pub struct Names {
    /// The variables, in order.
    pub variables: Vec<Variable>,
    /// Whether it has any child: without one it is only a reference within `cs:substitute`.
    pub is_reference: bool,
    /// Whether it has no `cs:name` within `cs:substitute`: that of the names around holds.
    pub lacks_name: bool,
    /// Between the variables.
    pub delimiter: Option<String>,
    /// Formatting of the whole.
    pub formatting: Formatting,
    /// Options of `cs:name`.
    pub options: NameOptions,
    /// Formatting of `cs:name`.
    pub name: Formatting,
    /// Formatting of the family name.
    pub family: Option<Formatting>,
    /// Formatting of the given name.
    pub given: Option<Formatting>,
    /// The term and the formatting of `cs:et-al`.
    pub et_al: Option<(String, Formatting)>,
    /// The label, and whether it stands before the names.
    pub label: Option<(Label, bool)>,
    /// What stands in for names that are missing.
    pub substitute: Vec<Element>,
}

/// `cs:label`.
#[derive(Clone, Debug, Default)]
pub struct Label {
    /// The variable it belongs to; `None` within names.
    pub variable: Option<Variable>,
    /// The form of the term.
    pub form: Form,
    /// Whether the style gives the form.
    pub has_form: bool,
    /// When it is in the plural.
    pub plural: Plural,
    /// Its formatting.
    pub formatting: Formatting,
}

/// A part of a date.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Part {
    /// The year.
    Year,
    /// The month or season.
    Month,
    /// The day.
    Day,
}

/// `cs:date-part`.
#[derive(Clone, Debug)]
pub struct DatePart {
    /// Which part.
    pub part: Part,
    /// `long`, `short`, `numeric`, `numeric-leading-zeros`, `ordinal`.
    pub form: Option<String>,
    /// Between the ends of a range.
    pub range_delimiter: Option<String>,
    /// Its formatting; prefix and suffix are `None` where a style did not say.
    pub formatting: Formatting,
    /// Which attributes a style gave, to lay over the date of the locale.
    pub given: Vec<&'static str>,
}

/// `cs:date`.
#[derive(Clone, Debug)]
pub struct DateElement {
    /// The variable.
    pub variable: Variable,
    /// `text` or `numeric`, where the locale says how.
    pub form: Option<String>,
    /// `year-month-day`, `year-month`, `year` or `month-day`.
    pub parts: Option<String>,
    /// The parts that the style gives.
    pub given: Vec<DatePart>,
    /// Its formatting.
    pub formatting: Formatting,
}

/// What a number looks like.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum NumberForm {
    /// 12
    #[default]
    Numeric,
    /// 12th
    Ordinal,
    /// twelfth
    LongOrdinal,
    /// xii
    Roman,
}

/// One condition of `cs:if`.
#[derive(Clone, Debug)]
pub enum Test {
    /// `disambiguate="true"`.
    Disambiguate,
    /// A variable that holds numbers.
    IsNumeric(Variable),
    /// A date that is approximate.
    IsUncertainDate(Variable),
    /// The label of the locator.
    Locator(String),
    /// The position of a citation.
    Position(Position),
    /// The types, any of which will do.
    Type(Vec<String>),
    /// A variable that holds something.
    Variable(Variable),
    /// `context="bibliography"`, an extension: whether it is meant for the list.
    Context(bool),
    /// What is never so, such as a variable that CSL does not know.
    Never,
}

/// The position of a citation among those before it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Position {
    /// The first of an item.
    First,
    /// A later one.
    Subsequent,
    /// The same as the one before.
    Ibid,
    /// The same with another locator.
    IbidWithLocator,
    /// A later one with the former not far.
    NearNote,
    /// A later one with the former far away.
    FarNote,
}

/// How the conditions of a branch count together.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Match {
    /// All of them.
    #[default]
    All,
    /// One of them.
    Any,
    /// None of them.
    None,
    /// Not all of them (an extension).
    Nand,
}

/// `cs:if`, `cs:else-if` or `cs:else`.
#[derive(Clone, Debug)]
pub struct Branch {
    /// The conditions; none for `cs:else`.
    pub tests: Vec<Test>,
    /// How they count.
    pub matching: Match,
    /// What is rendered then.
    pub children: Vec<Element>,
}

/// A rendering element.
#[derive(Clone, Debug)]
pub enum Element {
    /// `cs:text variable=…`.
    Variable(Variable, Form, Formatting),
    /// `cs:text macro=…`, by the macro's place in the style.
    Macro(usize, Formatting),
    /// `cs:text term=…`.
    Term(String, Form, bool, Formatting),
    /// `cs:text value=…`.
    Value(String, Formatting),
    /// `cs:number`.
    Number(Variable, NumberForm, Formatting),
    /// `cs:label`.
    Label(Label),
    /// `cs:date`.
    Date(DateElement),
    /// `cs:names`.
    Names(Box<Names>),
    /// `cs:group`.
    Group(Vec<Element>, Formatting),
    /// `cs:choose`.
    Choose(Vec<Branch>),
}

/// `cs:key`.
#[derive(Clone, Debug)]
pub struct Key {
    /// What is sorted by.
    pub by: KeyBy,
    /// Whether the greatest comes first.
    pub descending: bool,
    /// `names-min`, `names-use-first`, `names-use-last`.
    pub options: NameOptions,
}

/// What a key is made of.
#[derive(Clone, Debug)]
pub enum KeyBy {
    /// A macro, by its place in the style.
    Macro(usize),
    /// A variable.
    Variable(Variable),
    /// Names, as they sort.
    Names(Box<Names>),
}

/// How citations in one place are drawn together.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Collapse {
    /// [1–3]
    CitationNumber,
    /// (Doe 2000, 2001)
    Year,
    /// (Doe 2000a, b)
    YearSuffix,
    /// (Doe 2000a–c)
    YearSuffixRanged,
}

/// `cs:citation` or `cs:bibliography`.
#[derive(Clone, Debug, Default)]
pub struct Section {
    /// The rendering elements.
    pub layout: Vec<Element>,
    /// The formatting of `cs:layout`.
    pub formatting: Formatting,
    /// The keys of `cs:sort`.
    pub sort: Vec<Key>,
    /// Options of names.
    pub names: NameOptions,
    /// Citation: how neighbours are drawn together.
    pub collapse: Option<Collapse>,
    /// Citation: between citations with the same names.
    pub cite_group_delimiter: Option<String>,
    /// Citation: after a collapsed group.
    pub after_collapse_delimiter: Option<String>,
    /// Citation: between year suffixes.
    pub year_suffix_delimiter: Option<String>,
    /// Citation: how far `near-note` reaches.
    pub near_note_distance: usize,
    /// Citation: more names when two look alike.
    pub add_names: bool,
    /// Citation: given names when two look alike.
    pub add_givenname: bool,
    /// Citation: `by-cite` and its like.
    pub givenname_rule: String,
    /// Citation: letters after the year when two look alike.
    pub add_year_suffix: bool,
    /// List: lines after the first are indented.
    pub hanging_indent: bool,
    /// List: `flush` or `margin`.
    pub second_field_align: Option<String>,
    /// List: lines between two lines.
    pub line_spacing: Option<u32>,
    /// List: lines between two entries.
    pub entry_spacing: Option<u32>,
    /// List: what stands for names that are those of the entry before.
    pub author_substitute: Option<String>,
    /// List: `complete-all`, `complete-each`, `partial-each`, `partial-first`.
    pub author_substitute_rule: String,
}

/// `cs:macro`.
#[derive(Clone, Debug, Default)]
pub struct Macro {
    /// Its name.
    pub name: String,
    /// What it renders.
    pub children: Vec<Element>,
    /// Whether it has a date in it, which sorting treats apart.
    pub has_date: bool,
}
