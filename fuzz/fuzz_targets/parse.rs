//! Any bytes: the blocks tile them, and every encoding goes there and back.
#![no_main]

use kilde::bibtex::encoding::{self, Encoding};
use kilde::bibtex::{self, Kind, value};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    let (text, encoding) = encoding::decode(bytes);
    if encoding != Encoding::Unknown {
        assert_eq!(&*encoding::encode(&text, encoding).expect("it was decoded"), bytes);
    }
    for text in [bytes, &text] {
        let file = bibtex::parse(text);
        let mut at = 0;
        for block in &file.blocks {
            assert!(block.span.start == at && block.span.end > at);
            at = block.span.end;
            if let Kind::Entry(entry) = &block.kind {
                assert!(entry.fields.iter().all(|it| it.value.end <= at));
                assert!(entry.close.is_none_or(|close| close + 1 == at));
                for field in &entry.fields {
                    value::pieces(text, &field.value);
                }
            }
        }
        assert_eq!(at, text.len());
    }
});
