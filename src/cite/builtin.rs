//! The styles and locales that the program carries (`data/builtin/csl/`): the text of the files.
//! Nothing of it is read before a style is asked for.

/// A style that the program carries.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct BuiltinStyle {
    /// Its name: that of the file, and the end of its `id`.
    pub name: &'static str,
    /// Other names that people use for it.
    pub aliases: &'static [&'static str],
    /// The file.
    pub xml: &'static str,
}

macro_rules! styles {
    ($($name:literal $aliases:expr),+ $(,)?) => {
        /// All of them, the Norwegian ones first.
        pub const STYLES: &[BuiltinStyle] = &[$(BuiltinStyle {
            name: $name,
            aliases: &$aliases,
            xml: include_str!(concat!("../../data/builtin/csl/styles/", $name, ".csl")),
        }),+];
    };
}

styles! {
    "norsk-apa-manual" ["norsk-apa"],
    "norsk-apa-manual-note" [],
    "apa" ["apa7"],
    "harvard-cite-them-right" ["harvard"],
    "chicago-author-date" ["chicago"],
    "chicago-notes-bibliography" ["chicago-notes"],
    "modern-language-association" ["mla"],
    "ieee" [],
    "nlm-citation-sequence" ["vancouver", "nlm"],
    "tidsskrift-for-den-norske-legeforening" ["tidsskriftet"],
    "american-medical-association" ["ama"],
    "norsk-henvisningsstandard-for-rettsvitenskapelige-tekster" ["norsk-jus"],
    "universitetet-i-oslo-rettsvitenskap" ["uio-jus"],
}

macro_rules! locales {
    ($($tag:literal),+ $(,)?) => {
        /// The locales that the program carries: tag and file.
        pub const LOCALES: &[(&str, &str)] = &[$((
            $tag,
            include_str!(concat!("../../data/builtin/csl/locales/locales-", $tag, ".xml")),
        )),+];
    };
}

locales!(
    "nb-NO",
    "nn-NO",
    "en-US",
    "en-GB",
    "sv-SE",
    "da-DK",
    "de-DE",
    "fi-FI",
    "af-ZA",
    "ar",
    "bal-PK",
    "bg-BG",
    "brh-PK",
    "ca-AD",
    "cs-CZ",
    "cy-GB",
    "de-AT",
    "de-CH",
    "el-GR",
    "es-ES",
    "es-CL",
    "es-MX",
    "et-EE",
    "eu",
    "fa-IR",
    "fr-FR",
    "fr-CA",
    "gl-ES",
    "he-IL",
    "hi-IN",
    "hr-HR",
    "hu-HU",
    "hy-AM",
    "id-ID",
    "is-IS",
    "it-IT",
    "ja-JP",
    "km-KH",
    "ko-KR",
    "la",
    "lij-IT",
    "lt-LT",
    "lv-LV",
    "mn-MN",
    "ms-MY",
    "nl-NL",
    "pa-PK",
    "pl-PL",
    "pt-PT",
    "pt-BR",
    "ro-RO",
    "ru-RU",
    "sk-SK",
    "sl-SI",
    "sr-Cyrl-RS",
    "sr-Latn-RS",
    "th-TH",
    "tr-TR",
    "uk-UA",
    "vi-VN",
    "zh-CN",
    "zh-TW"
);

/// The style of that name or alias, or whose `id` ends in it; case does not count.
pub fn style(name: &str) -> Option<&'static BuiltinStyle> {
    let name = name.trim_end_matches('/').rsplit('/').next()?.to_ascii_lowercase();
    let name = name.strip_suffix(".csl").unwrap_or(&name);
    let is_it = |style: &&BuiltinStyle| style.name == name || style.aliases.contains(&name);
    STYLES.iter().find(is_it)
}

/// The locale that serves for a tag: that very one, else one of the same language, else none.
pub fn locale(tag: &str) -> Option<(&'static str, &'static str)> {
    let tag = tag.trim().replace('_', "-").to_ascii_lowercase();
    let tag = match tag.as_str() {
        "no" | "no-no" => "nb-no",
        other => other,
    };
    let language = tag.split('-').next()?;
    let exact = |known: &str| known.to_ascii_lowercase() == tag;
    let same = |known: &str| known.split('-').next() == Some(language);
    let find = |is_it: &dyn Fn(&str) -> bool| LOCALES.iter().find(|it| is_it(it.0)).copied();
    find(&exact).or_else(|| find(&same))
}

/// What a style says of itself, found without reading all of it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct About {
    /// Its title.
    pub title: String,
    /// How it cites: `author-date`, `numeric`, `note` and so on; empty where it does not say.
    pub citation_format: String,
    /// The `id` of the style it only points to; empty for one that stands alone.
    pub parent: String,
    /// Its default locale; empty for any.
    pub default_locale: String,
}

/// What a style's text says of the style; empty where it does not say it.
pub fn about(xml: &str) -> About {
    let between = |open: &str, close: &str| {
        let from = xml.find(open)? + open.len();
        xml[from..].find(close).map(|end| unescape(&xml[from..from + end]))
    };
    let head = xml.find("<info").map_or(xml, |at| &xml[..at]);
    let parent = xml.find("rel=\"independent-parent\"").and_then(|at| {
        let from = xml[..at].rfind("href=\"")? + "href=\"".len();
        xml[from..].find('"').map(|end| unescape(&xml[from..from + end]))
    });
    let default_locale = head.find("default-locale=\"").and_then(|at| {
        let rest = &head[at + "default-locale=\"".len()..];
        rest.split('"').next().map(str::to_owned)
    });
    About {
        title: between("<title>", "</title>").unwrap_or_default(),
        citation_format: between("citation-format=\"", "\"").unwrap_or_default(),
        parent: parent.unwrap_or_default(),
        default_locale: default_locale.unwrap_or_default(),
    }
}

fn unescape(text: &str) -> String {
    quick_xml::escape::unescape(text).map_or_else(|_| text.to_owned(), Into::into)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_style_is_found_by_its_name_its_alias_and_its_id() {
        for it in STYLES {
            assert_eq!(style(it.name), Some(it));
            for alias in it.aliases {
                assert_eq!(style(alias), Some(it));
            }
            assert!(it.xml.contains(&format!("<id>http://www.zotero.org/styles/{}</id>", it.name)));
            assert!(it.xml.contains("creativecommons.org/licenses/by-sa/3.0"), "{}", it.name);
            assert!(!about(it.xml).title.is_empty());
        }
        assert_eq!(style("http://www.zotero.org/styles/APA").map(|it| it.name), Some("apa"));
        assert_eq!(style("nonsense"), None);
    }

    #[test]
    fn every_dependent_style_has_its_parent_here() {
        for it in STYLES.iter().filter(|it| !about(it.xml).parent.is_empty()) {
            assert!(style(&about(it.xml).parent).is_some(), "{}", it.name);
        }
    }

    #[test]
    fn a_locale_serves_for_its_language() {
        let tag = |tag| locale(tag).map(|it| it.0);
        assert_eq!(tag("nn"), Some("nn-NO"));
        assert_eq!(tag("no"), Some("nb-NO"));
        assert_eq!(tag("en_AU"), Some("en-US"));
        assert_eq!(tag("tlh"), None);
        for (tag, xml) in LOCALES {
            assert!(xml.contains(&format!("xml:lang=\"{tag}\"")), "{tag}");
        }
    }

    #[test]
    fn a_style_says_what_it_is() {
        let about = about(style("tidsskriftet").expect("there").xml);
        assert_eq!(about.title, "Tidsskrift for Den norske legeforening");
        assert_eq!(about.citation_format, "numeric");
        assert_eq!(about.parent, "http://www.zotero.org/styles/nlm-citation-sequence");
    }
}
