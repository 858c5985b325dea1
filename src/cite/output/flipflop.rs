//! Markup and quotation marks within a value: italics within italics become upright, quotation
//! marks within quotation marks become inner ones, straight apostrophes curly.

use super::blob::Blob;
use super::blob::Content;
use super::blob::Decoration;
use super::flipflop_tags::Kind;
use super::flipflop_tags::split;
use super::markup::is_romanesque_or_digit;

pub(in crate::cite) use super::flipflop_tags::Quotes;

/// Gives the text of a blob its structure. `around` are the decorations of the blob and of what it
/// stands in, from the outside to the inside.
pub(in crate::cite) fn understand(blob: &mut Blob, around: &[Decoration], quotes: &Quotes) {
    let Content::Text(text) = &blob.content else { return };
    let leading_space = text.starts_with(' ') && !text.trim_start().starts_with(['"', '\'']);
    let mut parts = split(&format!(" {}", straight(text)), quotes);
    if parts.tags.is_empty() {
        return;
    }
    parts.pair(quotes);
    let mut outer_is_double = None;
    for at in 0..parts.tags.len() {
        let tag = &parts.tags[at];
        let Some(Kind::Double | Kind::Single) = tag.opens else { continue };
        outer_is_double.get_or_insert(tag.opens == Some(Kind::Double));
        if !tag.forced {
            let first = tag.text[..1].to_owned();
            parts.strings[at].push_str(&first);
        }
    }
    let outer_is_double = outer_is_double.unwrap_or(true);
    let mut first = parts.strings[0].as_str();
    for _ in 0..2 {
        first = first.strip_prefix(' ').unwrap_or(first);
    }
    let first = if leading_space { format!(" {first}") } else { first.to_owned() };
    parts.strings[0] = first;
    let mut stack = vec![Blob::default()];
    let mut inside: Vec<Decoration> = Vec::new();
    push_text(&mut stack, &parts.strings[0]);
    for (tag, text) in parts.tags.iter().zip(&parts.strings[1..]) {
        match tag.opens {
            Some(kind) => {
                let decorations = decorations(kind, around, &inside, outer_is_double);
                inside.extend(decorations.first().copied());
                let mut blob = Blob::default();
                blob.decorations = decorations;
                stack.push(blob);
            }
            None => {
                inside.pop();
                close(&mut stack);
            }
        }
        push_text(&mut stack, text);
    }
    while stack.len() > 1 {
        close(&mut stack);
    }
    blob.content = stack.pop().map_or(Content::List(Vec::new()), |whole| whole.content);
}

fn close(stack: &mut Vec<Blob>) {
    if stack.len() > 1
        && let Some(done) = stack.pop()
        && let Some(parent) = stack.last_mut()
    {
        parent.push(done);
    }
}

fn push_text(stack: &mut [Blob], text: &str) {
    if !text.is_empty()
        && let Some(parent) = stack.last_mut()
    {
        parent.push(Blob::text(text));
    }
}

/// Whether there is anything in a text that could be markup or a quotation mark.
pub(in crate::cite) fn has_marks(text: &str, quotes: &Quotes) -> bool {
    text.bytes().any(|b| matches!(b, b'<' | b'"' | b'\''))
        || !text.is_ascii()
            && [quotes.outer.0, quotes.outer.1, quotes.inner.0, quotes.inner.1]
                .iter()
                .any(|mark| !mark.is_empty() && text.contains(mark))
        || text.contains('\u{2019}')
}

/// Curly apostrophes between letters as straight ones, so that they are not taken for marks.
fn straight(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut chars = text.chars().peekable();
    let mut before = None;
    while let Some(c) = chars.next() {
        let between = c == '\u{2019}'
            && before.is_some_and(is_romanesque_or_digit)
            && chars.peek().copied().is_some_and(is_romanesque_or_digit);
        out.push(if between { '\'' } else { c });
        before = Some(c);
    }
    out
}

/// What a tag means where it stands.
fn decorations(
    kind: Kind,
    around: &[Decoration],
    inside: &[Decoration],
    outer_is_double: bool,
) -> Vec<Decoration> {
    let plain = match kind {
        Kind::Font(decoration) => decoration,
        Kind::Double if outer_is_double => Decoration::Quotes,
        Kind::Single if !outer_is_double => Decoration::Quotes,
        Kind::LocaleOuter => Decoration::Quotes,
        Kind::Double | Kind::Single | Kind::LocaleInner => Decoration::InnerQuotes,
        Kind::NoDecoration => {
            let normal = |decoration: &Decoration| match decoration {
                Decoration::Italic | Decoration::Oblique => Some(Decoration::Upright),
                Decoration::Bold => Some(Decoration::NotBold),
                Decoration::SmallCaps => Some(Decoration::NoSmallCaps),
                _ => None,
            };
            let mut list: Vec<Decoration> =
                around.iter().chain(inside).filter_map(normal).collect();
            list.dedup();
            return list;
        }
        Kind::NoCase => return Vec::new(),
    };
    let aspect = plain.aspect();
    let known = inside.iter().rev().find(|it| it.aspect() == aspect);
    let known = known.or_else(|| around.iter().find(|it| it.aspect() == aspect));
    vec![match known {
        None => plain,
        Some(known) => match (plain, known) {
            (Decoration::Sup | Decoration::Sub, _) => plain,
            (_, Decoration::Italic | Decoration::Oblique) => Decoration::Upright,
            (_, Decoration::Upright) => Decoration::Italic,
            (_, Decoration::Bold) => Decoration::NotBold,
            (_, Decoration::NotBold | Decoration::Light) => Decoration::Bold,
            (_, Decoration::SmallCaps) => Decoration::NoSmallCaps,
            (_, Decoration::NoSmallCaps) => Decoration::SmallCaps,
            (_, Decoration::Quotes) => Decoration::InnerQuotes,
            (_, Decoration::InnerQuotes | Decoration::NoQuotes) => Decoration::Quotes,
            _ => plain,
        },
    }]
}
