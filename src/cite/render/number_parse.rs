//! Numbers in a variable (CSL 1.0.2, "Number", `is-numeric`): "12", "12–15", "1, 3 and 5", "12a",
//! "sec. 3".

use super::number_ranges;
use crate::cite::item::Variable;
use crate::cite::locale::Locale;
use crate::cite::style::tree::Form;

/// A number with its label and what joins it to the next one.
#[derive(Clone, Debug, Default)]
pub(in crate::cite) struct Piece {
    pub(in crate::cite) particle: String,
    pub(in crate::cite) value: String,
    /// `p.`, `sec.`, or empty where the variable has no label of its own.
    pub(in crate::cite) label: String,
    pub(in crate::cite) label_suffix: String,
    pub(in crate::cite) shows_label: bool,
    pub(in crate::cite) joining: String,
    pub(in crate::cite) is_numeric: bool,
    pub(in crate::cite) is_collapsible: bool,
    pub(in crate::cite) is_plural: bool,
}

/// All numbers of a variable.
#[derive(Clone, Debug, Default)]
pub(in crate::cite) struct Numbers {
    pub(in crate::cite) pieces: Vec<Piece>,
    pub(in crate::cite) is_numeric: bool,
    pub(in crate::cite) is_plural: bool,
    /// The term that the label stands for.
    pub(in crate::cite) label: Option<&'static str>,
    pub(in crate::cite) label_form: Option<Form>,
}

/// Labels that may stand in front of a number, and their terms.
const LABELS: [(&str, &str); 46] = [
    ("vrs.", "verse"),
    ("sv.", "sub-verbo"),
    ("subpara.", "subparagraph"),
    ("op.", "opus"),
    ("subch.", "subchapter"),
    ("add.", "addendum"),
    ("amend.", "amendment"),
    ("annot.", "annotation"),
    ("app.", "appendix"),
    ("art.", "article-locator"),
    ("bibliog.", "bibliography"),
    ("bk.", "book"),
    ("ch.", "chapter"),
    ("cl.", "clause"),
    ("col.", "column"),
    ("cmt.", "comment"),
    ("dec.", "decision"),
    ("dept.", "department"),
    ("ex.", "example"),
    ("fig.", "figure"),
    ("fld.", "field"),
    ("fol.", "folio"),
    ("n.", "note"),
    ("hypo.", "hypothetical"),
    ("illus.", "illustration"),
    ("intro.", "introduction"),
    ("l.", "line"),
    ("no.", "issue"),
    ("p.", "page"),
    ("pp.", "page"),
    ("para.", "paragraph"),
    ("pt.", "part"),
    ("pmbl.", "preamble"),
    ("princ.", "principle"),
    ("pub.", "publication"),
    ("r.", "rule"),
    ("rn.", "randnummer"),
    ("sched.", "schedule"),
    ("sec.", "section"),
    ("ser.", "series"),
    ("subdiv.", "subdivision"),
    ("subsec.", "subsection"),
    ("supp.", "supplement"),
    ("tbl.", "table"),
    ("tit.", "title-locator"),
    ("vol.", "volume"),
];

/// The term of a label.
pub(in crate::cite) fn term_of(label: &str) -> Option<&'static str> {
    LABELS.iter().find(|(known, _)| *known == label).map(|(_, term)| *term)
}

fn label_of(term: &str) -> Option<&'static str> {
    let term = match term {
        "article" => "article-locator",
        "title" => "title-locator",
        "sub verbo" => "sub-verbo",
        other => other,
    };
    LABELS.iter().find(|(_, known)| *known == term).map(|(label, _)| *label)
}

fn speaks(variable: Variable) -> bool {
    matches!(variable.name(), "locator" | "locator-extra" | "number" | "page" | "page-first")
}

/// Whether a word is a label by its shape: one to four small letters, or one of the longer ones,
/// followed by a full stop or a space.
fn has_label_shape(word: &str) -> bool {
    (1..=4).contains(&word.len()) && word.bytes().all(|b| b.is_ascii_lowercase())
        || matches!(
            word,
            "subpara"
                | "subch"
                | "amend"
                | "bibliog"
                | "annot"
                | "illus"
                | "princ"
                | "intro"
                | "sched"
                | "subdiv"
                | "subsec"
        )
}

/// Whether text is digits and then letters and marks, as in `12a`.
pub(super) fn is_digits_then_letters(text: &str, marks: &str) -> bool {
    let rest = text.trim_start_matches(|c: char| c.is_ascii_digit());
    rest.len() < text.len() && rest.chars().all(|c| c.is_ascii_alphabetic() || marks.contains(c))
}

fn is_roman(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|b| b"ivxlcmIVXLCM".contains(&b))
}

/// Reads the text of a variable. `cite_label` is what a citation calls its locator.
pub(in crate::cite) fn read(
    variable: Variable,
    text: &str,
    cite_label: &str,
    locale: &Locale,
) -> Numbers {
    let own_term = if variable == Variable::PAGE_FIRST { "page" } else { variable.name() };
    let is_page = own_term == "page";
    let mut text = text.trim().to_owned();
    let first_word = text.split(' ').next().unwrap_or_default();
    if !first_word.is_empty() && term_of(first_word).is_none() {
        let label = if is_page || own_term.starts_with("locator") {
            if cite_label.is_empty() { Some("p.") } else { label_of(cite_label) }
        } else {
            label_of(own_term)
        };
        if let Some(label) = label {
            text = format!("{label} {text}");
        }
    }
    if is_page {
        text = text.replace('–', "-");
    }
    let escaped = text.contains("\\-");
    if escaped {
        let parts: Vec<String> = text.split("\\-").map(|part| part.replace('-', "–")).collect();
        text = parts.join("\\-").replace('\\', "");
    }
    let elements = number_ranges::split(&text, escaped, locale);
    let mut pieces = pieces(variable, own_term, &elements, locale);
    for at in 0..pieces.len().saturating_sub(1) {
        if pieces[at].joining.is_empty() && !pieces[at + 1].label.is_empty() {
            pieces[at].joining = " ".into();
        }
    }
    let mut numbers = Numbers { pieces, ..Numbers::default() };
    numbers.judge(variable, own_term, &text, locale);
    numbers
}

fn pieces(
    variable: Variable,
    own_term: &str,
    elements: &[(String, String)],
    locale: &Locale,
) -> Vec<Piece> {
    let mut pieces = Vec::new();
    let default = label_of(own_term);
    let mut label = default.unwrap_or_default().to_owned();
    for (at, (element, joining)) in elements.iter().enumerate() {
        let (mut texts, mut labels) = split_labels(element);
        let mut at_text = texts.len() - 1;
        while at_text > 0 {
            let plain = |text: &str| is_digits_then_letters(text, "-;,:");
            if !texts[at_text - 1].is_empty()
                && !(plain(&texts[at_text]) && plain(&texts[at_text - 1]))
            {
                let joined = format!("{}{}", labels.remove(at_text - 1), texts.remove(at_text));
                texts[at_text - 1].push_str(&joined);
            }
            at_text -= 1;
        }
        if let Some(first) = labels.first() {
            let slug = first.trim().to_owned();
            let term = term_of(&slug);
            let is_label = term.is_some_and(|term| {
                locale.has_term(term) && (speaks(variable) || term == own_term)
            });
            if !is_label && at == 0 {
                labels.remove(0);
                let next = texts.remove(1);
                texts[0] = format!("{} {slug} {next}", texts[0]).trim().to_owned();
            }
        }
        let count = texts.len();
        for (number, text) in texts.into_iter().enumerate() {
            if text.is_empty() && number + 1 < count {
                continue;
            }
            if number > 0 {
                label.clone_from(&labels[number - 1]);
            }
            let joining = if number + 1 == count { joining.as_str() } else { "" };
            let has_labels = !labels.is_empty();
            pieces.push(compose(
                variable,
                own_term,
                &label,
                text.trim(),
                joining,
                at == 0 && has_labels,
            ));
        }
    }
    pieces
}

fn compose(
    variable: Variable,
    own_term: &str,
    label: &str,
    text: &str,
    joining: &str,
    first: bool,
) -> Piece {
    let mut piece = Piece::default();
    if !label.is_empty() || label_of(own_term).is_some() {
        let trimmed = label.trim();
        piece.shows_label =
            variable == Variable::PAGE && first && !matches!(trimmed, "p." | "pp." | "");
        piece.label_suffix = label[label.trim_end().len()..].to_owned();
        piece.label = trimmed.to_owned();
    }
    let (particle, value) = number_ranges::particle(text);
    piece.particle = particle.to_owned();
    piece.value = value.to_owned();
    let hyphen = joining.trim() == "-";
    piece.joining = if hyphen { "-".into() } else { joining.to_owned() };
    piece
}

/// Cuts text at labels: one more text than labels.
fn split_labels(text: &str) -> (Vec<String>, Vec<String>) {
    let (mut texts, mut labels) = (Vec::new(), Vec::new());
    let (mut from, mut at) = (0, 0);
    while at < text.len() {
        let begins = at == 0 || text[at..].starts_with(' ');
        if begins {
            let word_at = at + usize::from(text[at..].starts_with(' '));
            let word_end = text[word_at..]
                .find(|c: char| !c.is_ascii_lowercase())
                .map_or(text.len(), |end| word_at + end);
            let word = &text[word_at..word_end];
            let after = &text[word_end..];
            if has_label_shape(word) && after.starts_with(['.', ' ']) {
                let end = word_end + 1;
                let end = end + (text[end..].len() - text[end..].trim_start_matches(' ').len());
                texts.push(text[from..at].to_owned());
                labels.push(text[at..end].to_owned());
                at = end;
                from = end;
                continue;
            }
        }
        at += text[at..].chars().next().map_or(1, char::len_utf8);
    }
    texts.push(text[from..].to_owned());
    (texts, labels)
}

impl Numbers {
    /// Which of them are numbers, which may be drawn together, which labels show.
    fn judge(&mut self, variable: Variable, own_term: &str, text: &str, locale: &Locale) {
        let mut from = 0;
        while from < self.pieces.len() {
            let label = self.pieces[from].label.clone();
            let to = (from..self.pieces.len())
                .find(|at| self.pieces[*at].label != label)
                .unwrap_or(self.pieces.len());
            let value = &self.pieces[from].value;
            let is_numeric = number_ranges::is_numeric(value);
            let is_collapsible = value.starts_with(|c: char| c.is_ascii_digit()) || is_roman(value);
            let many = to - from > 1;
            for piece in &mut self.pieces[from..to] {
                piece.is_numeric = is_numeric;
                piece.is_collapsible = is_collapsible;
                piece.is_plural = is_numeric && many && is_collapsible;
            }
            if !label.is_empty() {
                let term = term_of(&label);
                let shows = if from > 0 {
                    true
                } else if speaks(variable) {
                    term.is_none_or(|term| !locale.has_term(term))
                } else {
                    term != Some(own_term)
                };
                self.pieces[from].shows_label |= shows;
            }
            from = to;
        }
        let Some(first) = self.pieces.first_mut() else { return };
        if first.is_numeric && own_term.starts_with("number-of-") {
            let digits = text.len() - text.trim_start_matches(|c: char| c.is_ascii_digit()).len();
            first.is_plural |= text[..digits].parse::<u64>().is_ok_and(|number| number > 1);
        }
        self.is_numeric = first.is_numeric;
        self.is_plural = first.is_plural;
        self.label = term_of(&first.label);
        if own_term == "number" && self.label == Some("issue") && locale.has_term("number") {
            self.label = Some("number");
        }
        if self.pieces.len() == 1 {
            let piece = &mut self.pieces[0];
            let slashed = piece.value.split('/').count() > 1
                && piece
                    .value
                    .split('/')
                    .all(|part| !part.is_empty() && part.bytes().all(|b| b.is_ascii_digit()));
            if own_term == "number" && piece.value.contains('|') {
                piece.value = piece.value.replace('|', ", ");
                (piece.is_numeric, piece.is_plural, piece.is_collapsible) = (true, true, false);
                (self.is_numeric, self.is_plural) = (true, true);
            } else if slashed {
                (piece.is_numeric, piece.is_plural, piece.is_collapsible) = (true, false, false);
                (self.is_numeric, self.is_plural) = (true, false);
            }
        }
        if variable == Variable::PAGE && self.pieces[0].shows_label {
            self.label_form = Some(Form::Short);
        }
    }
}
