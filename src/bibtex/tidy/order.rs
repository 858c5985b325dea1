//! Fields in a given order: they change places, what stands between them stays.

use super::Aspects;
use crate::bibtex::{Entry, Field};
use crate::text::edit::Edit;

pub(super) fn edits(bytes: &[u8], entry: &Entry, aspects: &Aspects) -> Vec<Edit> {
    if aspects.order.is_empty() || entry.fields.is_empty() {
        return Vec::new();
    }
    // A comment beside a field belongs to it: such an entry stays as it is.
    let between = entry.fields.windows(2).map(|pair| pair[0].value.end..pair[1].name.start);
    let first = entry.key.end..entry.fields[0].name.start;
    let plain = |byte: &u8| byte.is_ascii_whitespace() || *byte == b',';
    if !between.chain(std::iter::once(first)).all(|span| bytes[span].iter().all(plain)) {
        return Vec::new();
    }
    let rank = |field: &Field| {
        let name = bytes[field.name.clone()].to_ascii_lowercase();
        aspects.order.iter().position(|it| it.as_bytes() == name).unwrap_or(usize::MAX)
    };
    let mut sorted: Vec<&Field> = entry.fields.iter().collect();
    sorted.sort_by_key(|field| rank(field));
    entry
        .fields
        .iter()
        .zip(sorted)
        .filter(|(here, wanted)| here.name != wanted.name)
        .map(|(here, wanted)| {
            let text = &bytes[wanted.name.start..wanted.value.end];
            Edit::new(here.name.start..here.value.end, text)
        })
        .collect()
}
