//! Two marks of punctuation that meet: which of them stay.

use compact_str::CompactString;

/// What two marks become, the first standing left of the second; `None` where both stay as they
/// are or one of them is no such mark.
pub(in crate::cite) fn meet(first: char, second: char) -> Option<&'static str> {
    Some(match (first, second) {
        ('!', '.' | ':') => "!",
        ('!', '?') => "!?",
        ('!', ',') => "!,",
        ('!', ';') => "!;",
        ('?', '!') => "?!",
        ('?', '.' | ':') => "?",
        ('?', ',') => "?,",
        ('?', ';') => "?;",
        ('.', '!') => ".!",
        ('.', '?') => ".?",
        ('.', ':') => ".:",
        ('.', ',') => ".,",
        ('.', ';') => ".;",
        (':', '!') => "!",
        (':', '?') => "?",
        (':', '.') => ":",
        (':', ',') => ":,",
        (':', ';') => ":;",
        (',', '!') => ",!",
        (',', '?') => ",?",
        (',', ':') => ",:",
        (',', '.') => ",.",
        (',', ';') => ",;",
        (';', '!') => "!",
        (';', '?') => "?",
        (';', ':' | '.') => ";",
        (';', ',') => ";,",
        _ => return None,
    })
}

/// The marks that take part.
pub(in crate::cite) fn is_mark(c: char) -> bool {
    matches!(c, '!' | '?' | '.' | ':' | ',' | ';')
}

/// Marks that move into quotation marks where the locale wants them there.
pub(in crate::cite) fn moves_in(c: char) -> bool {
    matches!(c, '!' | '?' | '.' | ',')
}

/// Marks that move out of quotation marks where the locale wants them outside.
pub(in crate::cite) fn moves_out(c: char) -> bool {
    matches!(c, ':' | ',' | ';')
}

/// Takes the first mark of `right` over to the end of `left`, or drops it where it is there.
pub(in crate::cite) fn to_left(left: &mut CompactString, right: &mut CompactString) {
    let Some(second) = right.chars().next() else { return };
    let first = left.chars().next_back();
    if first == Some(second) {
        right.remove(0);
    } else if is_mark(second) {
        right.remove(0);
        match first.and_then(|first| meet(first, second)) {
            Some(both) => {
                left.pop();
                left.push_str(both);
            }
            None => left.push(second),
        }
    }
}

/// Takes the last mark of `left` over to the beginning of `right`, or drops it where it is there.
pub(in crate::cite) fn to_right(left: &mut CompactString, right: &mut CompactString) {
    let Some(first) = left.chars().next_back() else { return };
    let second = right.chars().next();
    if second == Some(first) {
        left.pop();
    } else if is_mark(first) {
        left.pop();
        match second.and_then(|second| meet(first, second)) {
            Some(both) => {
                right.remove(0);
                right.insert_str(0, both);
            }
            None => right.insert(0, first),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn left(a: &str, b: &str) -> (CompactString, CompactString) {
        let (mut a, mut b) = (CompactString::from(a), CompactString::from(b));
        to_left(&mut a, &mut b);
        (a, b)
    }

    #[test]
    fn a_full_stop_gives_way_to_a_question_mark() {
        assert_eq!(left("why?", ". "), ("why?".into(), " ".into()));
        assert_eq!(left("etc.", ". "), ("etc.".into(), " ".into()));
        assert_eq!(left("so", ", "), ("so,".into(), " ".into()));
        assert_eq!(left("so", " a"), ("so".into(), " a".into()));
    }
}
