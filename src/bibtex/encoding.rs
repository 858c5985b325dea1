//! Characters of files: UTF-8 as it stands, everything else turned into UTF-8 and back.
//!
//! A file in another encoding is worked on in UTF-8 and saved in its own. That is only done where
//! turning it back gives the very same bytes; a file where it does not is read and never written.

use std::borrow::Cow;

/// How a file's characters are written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Encoding {
    /// UTF-8, with or without a byte order mark; stray bytes in it are kept as they are.
    #[default]
    Utf8,
    /// UTF-16, low byte first.
    Utf16Le,
    /// UTF-16, high byte first.
    Utf16Be,
    /// One of the older ones: Latin-1, windows-1251, Shift_JIS …
    Older(&'static encoding_rs::Encoding),
    /// Cannot be turned back into the same bytes: read only.
    Unknown,
}

impl Encoding {
    /// Its name, as in `% Encoding:` headers; empty where it is not known.
    pub fn name(self) -> &'static str {
        match self {
            Self::Utf8 => "UTF-8",
            Self::Utf16Le => "UTF-16LE",
            Self::Utf16Be => "UTF-16BE",
            Self::Older(encoding) => encoding.name(),
            Self::Unknown => "",
        }
    }
}

/// A character that the file's encoding does not have.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{encoding} has no `{character}`")]
pub struct NoSuchCharacter {
    /// The character.
    pub character: char,
    /// The encoding's name; empty for a file that may only be read.
    pub encoding: &'static str,
}

/// The text of a file in UTF-8, and what it was written in.
pub fn decode(bytes: &[u8]) -> (Cow<'_, [u8]>, Encoding) {
    let encoding = guess(bytes);
    let text = match encoding {
        Encoding::Utf8 | Encoding::Unknown => return (Cow::Borrowed(bytes), encoding),
        Encoding::Utf16Le => utf16(bytes, u16::from_le_bytes),
        Encoding::Utf16Be => utf16(bytes, u16::from_be_bytes),
        Encoding::Older(older) => older
            .decode_without_bom_handling_and_without_replacement(bytes)
            .map(|text| text.into_owned().into_bytes()),
    };
    match text {
        Some(text) if encode(&text, encoding).is_ok_and(|back| *back == *bytes) => {
            (Cow::Owned(text), encoding)
        }
        _ => (Cow::Borrowed(bytes), Encoding::Unknown),
    }
}

/// The bytes of `text` (what [`decode`] gave, perhaps edited) in `encoding`.
pub fn encode(text: &[u8], encoding: Encoding) -> Result<Cow<'_, [u8]>, NoSuchCharacter> {
    if encoding == Encoding::Utf8 {
        return Ok(Cow::Borrowed(text));
    }
    let no_such = |character| NoSuchCharacter { character, encoding: encoding.name() };
    let text = std::str::from_utf8(text).map_err(|_| no_such('\u{fffd}'))?;
    match encoding {
        Encoding::Utf8 | Encoding::Unknown => Err(no_such('\u{fffd}')),
        Encoding::Utf16Le => Ok(text.encode_utf16().flat_map(u16::to_le_bytes).collect()),
        Encoding::Utf16Be => Ok(text.encode_utf16().flat_map(u16::to_be_bytes).collect()),
        Encoding::Older(older) => {
            let mut encoder = older.new_encoder();
            let room = encoder
                .max_buffer_length_from_utf8_without_replacement(text.len())
                .unwrap_or(text.len() * 4);
            let mut out = Vec::with_capacity(room);
            let (result, _) =
                encoder.encode_from_utf8_to_vec_without_replacement(text, &mut out, true);
            match result {
                encoding_rs::EncoderResult::Unmappable(character) => Err(no_such(character)),
                _ => Ok(Cow::Owned(out)),
            }
        }
    }
}

fn utf16(bytes: &[u8], unit: fn([u8; 2]) -> u16) -> Option<Vec<u8>> {
    let (pairs, []) = bytes.as_chunks::<2>() else { return None };
    let text: Result<String, _> =
        char::decode_utf16(pairs.iter().map(|pair| unit(*pair))).collect();
    text.ok().map(String::into_bytes)
}

fn guess(bytes: &[u8]) -> Encoding {
    match bytes {
        [0xFF, 0xFE, ..] => return Encoding::Utf16Le,
        [0xFE, 0xFF, ..] => return Encoding::Utf16Be,
        [0, text, ..] if text.is_ascii_graphic() || text.is_ascii_whitespace() => {
            return Encoding::Utf16Be;
        }
        [text, 0, ..] if text.is_ascii_graphic() || text.is_ascii_whitespace() => {
            return Encoding::Utf16Le;
        }
        _ => {}
    }
    if bytes.is_ascii() {
        return named(bytes).unwrap_or_default();
    }
    if std::str::from_utf8(bytes).is_ok() {
        return Encoding::Utf8;
    }
    if let Some(named) = named(bytes).filter(|named| *named != Encoding::Utf8) {
        return named;
    }
    // A few stray bytes in a file of UTF-8 do not make it Latin-1.
    let (mut sound, mut stray) = (0_usize, 0_usize);
    for chunk in bytes.utf8_chunks() {
        sound += chunk.valid().chars().filter(|c| !c.is_ascii()).count();
        stray += usize::from(!chunk.invalid().is_empty());
    }
    if sound > stray { Encoding::Utf8 } else { Encoding::Older(encoding_rs::WINDOWS_1252) }
}

/// The encoding that a line `% Encoding: NAME` (JabRef) near the beginning names.
fn named(bytes: &[u8]) -> Option<Encoding> {
    let head = String::from_utf8_lossy(&bytes[..bytes.len().min(1024)]).into_owned();
    let name = head.lines().find_map(|line| {
        let line = line.trim_start().trim_start_matches('%').trim_start();
        let (word, name) = line.split_once(':')?;
        word.trim().eq_ignore_ascii_case("encoding").then(|| name.trim().to_ascii_lowercase())
    })?;
    // Java's names, which JabRef has always written.
    let name = match name.as_str() {
        "utf8" => "utf-8".to_owned(),
        "iso8859_1" => "iso-8859-1".to_owned(),
        other => match other.strip_prefix("cp") {
            Some(number) => format!("windows-{number}"),
            None => other.replace("iso8859_", "iso-8859-"),
        },
    };
    let found = encoding_rs::Encoding::for_label(name.as_bytes())?;
    match found.name() {
        "UTF-8" => Some(Encoding::Utf8),
        // Those bytes are ASCII or worse: they are not UTF-16.
        "UTF-16LE" | "UTF-16BE" | "replacement" => None,
        _ => Some(Encoding::Older(found)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[track_caller]
    fn check(bytes: &[u8], text: &str, name: &str) {
        let (found, encoding) = decode(bytes);
        assert_eq!((String::from_utf8_lossy(&found).as_ref(), encoding.name()), (text, name));
    }

    #[test]
    fn files_are_read_in_the_encoding_they_were_written_in() {
        check(b"@book{\xE5}", "@book{å}", "windows-1252");
        check(b"% Encoding: Cp1251\n\xE5", "% Encoding: Cp1251\nе", "windows-1251");
        check(b"% Encoding: windows-1252\nx", "% Encoding: windows-1252\nx", "windows-1252");
        check("% Encoding: Cp1252\nå".as_bytes(), "% Encoding: Cp1252\nå", "UTF-8");
        check(b"\xFF\xFE@\0\xE5\0", "\u{feff}@å", "UTF-16LE");
        check(b"\xFE\xFF\0@\0\xE5", "\u{feff}@å", "UTF-16BE");
        check(b"@\0\xE5\0", "@å", "UTF-16LE");
        check(b"\0@\0\xE5", "@å", "UTF-16BE");
        check(b"\xEF\xBB\xBF@", "\u{feff}@", "UTF-8");
    }

    #[test]
    fn a_stray_byte_in_utf8_is_kept() {
        let bytes = b"\xC3\xA5\xC3\xB8 \xE5";
        assert_eq!(decode(bytes), (Cow::Borrowed(&bytes[..]), Encoding::Utf8));
    }

    #[test]
    fn half_a_character_of_utf16_makes_a_file_read_only() {
        assert_eq!(decode(b"\xFF\xFE@").1, Encoding::Unknown);
        assert_eq!(decode(b"\xFF\xFE\x00\xD8").1, Encoding::Unknown);
        assert!(encode(b"x", Encoding::Unknown).is_err());
    }

    #[test]
    fn a_character_that_is_not_there_is_named() {
        let (_, encoding) = decode(b"\xE5");
        assert_eq!(encode("å ő".as_bytes(), encoding).unwrap_err().character, 'ő');
    }

    proptest! {
        #[test]
        fn what_is_decoded_is_encoded_to_the_same_bytes(bytes: Vec<u8>) {
            let (text, encoding) = decode(&bytes);
            match encoding {
                Encoding::Unknown => prop_assert_eq!(&*text, &*bytes),
                _ => prop_assert_eq!(&*encode(&text, encoding).unwrap(), &*bytes),
            }
        }
    }
}
