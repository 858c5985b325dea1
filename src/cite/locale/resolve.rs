//! Languages and their locales: `nb` is `nb-NO`, `de-AT` builds on `de-DE`.

/// The names under which a language's terms may be found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Lang {
    /// The language alone: `nb`.
    pub bare: String,
    /// The language in its main region: `nb-NO`.
    pub base: String,
    /// The language as asked for, with a region: `nb-NO`.
    pub best: String,
}

/// The names of a language tag. An empty one is American English.
pub fn resolve(tag: &str) -> Lang {
    let tag = if tag.is_empty() { "en-US" } else { tag };
    let mut parts = tag.split(['-', '_']);
    let bare = parts.next().unwrap_or_default().to_lowercase();
    let bare = if bare == "no" { "nb".to_owned() } else { bare };
    let region = parts.next().filter(|region| *region != "x").map(str::to_uppercase);
    let base = base(&bare).map_or_else(|| "en-US".to_owned(), str::to_owned);
    let best = match region {
        Some(region) => format!("{bare}-{region}"),
        None if self::base(&bare).is_some() => base.clone(),
        None => bare.clone(),
    };
    Lang { bare, base, best }
}

fn base(bare: &str) -> Option<&'static str> {
    Some(match bare {
        "af" => "af-ZA",
        "ar" => "ar",
        "bg" => "bg-BG",
        "ca" => "ca-AD",
        "cs" => "cs-CZ",
        "cy" => "cy-GB",
        "da" => "da-DK",
        "de" => "de-DE",
        "el" => "el-GR",
        "en" => "en-US",
        "es" => "es-ES",
        "et" => "et-EE",
        "eu" => "eu",
        "fa" => "fa-IR",
        "fi" => "fi-FI",
        "fr" => "fr-FR",
        "gl" => "gl-ES",
        "he" => "he-IL",
        "hi" => "hi-IN",
        "hr" => "hr-HR",
        "hu" => "hu-HU",
        "id" => "id-ID",
        "is" => "is-IS",
        "it" => "it-IT",
        "ja" => "ja-JP",
        "km" => "km-KH",
        "ko" => "ko-KR",
        "la" => "la",
        "lt" => "lt-LT",
        "lv" => "lv-LV",
        "mn" => "mn-MN",
        "ms" => "ms-MY",
        "nb" => "nb-NO",
        "nl" => "nl-NL",
        "nn" => "nn-NO",
        "pl" => "pl-PL",
        "pt" => "pt-PT",
        "ro" => "ro-RO",
        "ru" => "ru-RU",
        "sk" => "sk-SK",
        "sl" => "sl-SI",
        "sr" => "sr-RS",
        "sv" => "sv-SE",
        "th" => "th-TH",
        "tr" => "tr-TR",
        "uk" => "uk-UA",
        "vi" => "vi-VN",
        "zh" => "zh-CN",
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_language_has_a_main_region() {
        assert_eq!(resolve("nb").best, "nb-NO");
        assert_eq!(resolve("no-NO").best, "nb-NO");
        assert_eq!(resolve("de_at").best, "de-AT");
        assert_eq!(resolve("de-AT").base, "de-DE");
        assert_eq!(resolve("").best, "en-US");
    }
}
