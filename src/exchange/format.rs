//! The formats, their names, and how one is known by its content.

/// A format that records come in or go out in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Format {
    /// BibLaTeX, as kilde keeps it.
    Biblatex,
    /// BibTeX, for styles older than BibLaTeX.
    Bibtex,
    /// RIS.
    Ris,
    /// MEDLINE's tagged text; read only.
    Nbib,
    /// PubMed's XML; read only.
    PubmedXml,
    /// Web of Science's tagged text; read only.
    Wos,
    /// EndNote's XML.
    EndnoteXml,
    /// EndNote's tagged text, and Refer.
    Enw,
    /// CSL-JSON.
    CslJson,
    /// CSL-YAML.
    CslYaml,
    /// Hayagriva's YAML.
    Hayagriva,
    /// A table with commas (or semicolons, when read).
    Csv,
    /// A table with tabs.
    Tsv,
    /// MODS.
    Mods,
    /// MARCXML.
    MarcXml,
    /// A JSON object a line, with everything.
    Jsonl,
    /// The Atom feed of arXiv; read only.
    Arxiv,
    /// Books of Open Library; read only.
    OpenLibrary,
    /// A reference list in plain text; read only, and guessed at.
    Text,
}

impl Format {
    /// All formats, in the order of the documentation.
    pub const ALL: [Self; 19] = [
        Self::Biblatex,
        Self::Bibtex,
        Self::Ris,
        Self::Nbib,
        Self::PubmedXml,
        Self::Wos,
        Self::EndnoteXml,
        Self::Enw,
        Self::CslJson,
        Self::CslYaml,
        Self::Hayagriva,
        Self::Csv,
        Self::Tsv,
        Self::Mods,
        Self::MarcXml,
        Self::Jsonl,
        Self::Arxiv,
        Self::OpenLibrary,
        Self::Text,
    ];

    /// Its name on the command line.
    pub fn name(self) -> &'static str {
        match self {
            Self::Biblatex => "biblatex",
            Self::Bibtex => "bibtex",
            Self::Ris => "ris",
            Self::Nbib => "nbib",
            Self::PubmedXml => "pubmed-xml",
            Self::Wos => "wos",
            Self::EndnoteXml => "endnote-xml",
            Self::Enw => "enw",
            Self::CslJson => "csl-json",
            Self::CslYaml => "csl-yaml",
            Self::Hayagriva => "hayagriva",
            Self::Csv => "csv",
            Self::Tsv => "tsv",
            Self::Mods => "mods",
            Self::MarcXml => "marcxml",
            Self::Jsonl => "jsonl",
            Self::Arxiv => "arxiv",
            Self::OpenLibrary => "open-library",
            Self::Text => "text",
        }
    }

    /// The format of this name.
    pub fn named(name: &str) -> Option<Self> {
        let name = match name {
            "bib" => "biblatex",
            "medline" => "nbib",
            "refer" | "endnote" => "enw",
            "json" => "csl-json",
            "marc" => "marcxml",
            "yaml" | "typst" => "hayagriva",
            other => other,
        };
        Self::ALL.into_iter().find(|format| format.name() == name)
    }

    /// The format that files of this extension are written in, where the content is not known.
    pub fn of_extension(extension: &str) -> Option<Self> {
        Some(match extension.to_lowercase().as_str() {
            "bib" => Self::Biblatex,
            "ris" => Self::Ris,
            "nbib" => Self::Nbib,
            "enw" => Self::Enw,
            "json" => Self::CslJson,
            "jsonl" | "ndjson" => Self::Jsonl,
            "yaml" | "yml" => Self::Hayagriva,
            "csv" => Self::Csv,
            "tsv" => Self::Tsv,
            "mods" => Self::Mods,
            "marcxml" => Self::MarcXml,
            "xml" => Self::EndnoteXml,
            _ => return None,
        })
    }

    /// Whether it can be written.
    pub fn is_written(self) -> bool {
        !matches!(
            self,
            Self::Nbib | Self::PubmedXml | Self::Wos | Self::Arxiv | Self::OpenLibrary | Self::Text
        )
    }

    /// Whether a file of the format has room for what only kilde reads.
    pub fn has_asides(self) -> bool {
        matches!(
            self,
            Self::Ris
                | Self::EndnoteXml
                | Self::Enw
                | Self::CslJson
                | Self::CslYaml
                | Self::Mods
                | Self::MarcXml
        )
    }

    /// The format that a text beginning with `head` is in; [`Format::Text`] for one that has no
    /// mark of any.
    pub fn guess(head: &str) -> Self {
        let head = head.trim_start_matches('\u{feff}');
        let trimmed = head.trim_start();
        if trimmed.starts_with('<') {
            return Self::guess_xml(trimmed);
        }
        let is_list = trimmed.strip_prefix('[').is_some_and(|rest| {
            rest.trim_start().starts_with(['{', ']']) || rest.trim_start().is_empty()
        });
        if is_list || trimmed.starts_with('{') {
            let is_own = trimmed.starts_with("{\"key\":") && trimmed.contains("\"fields\":");
            return if is_own {
                Self::Jsonl
            } else if trimmed.starts_with("{\"ISBN:") {
                Self::OpenLibrary
            } else {
                Self::CslJson
            };
        }
        for line in head.lines().map(str::trim_end) {
            let start = line.trim_start();
            let after = |tag: &str| start.strip_prefix(tag).map(str::trim_start);
            if after("TY").is_some_and(|rest| rest.starts_with('-')) {
                return Self::Ris;
            }
            if line.starts_with("PMID- ") || line.starts_with("OWN - ") {
                return Self::Nbib;
            }
            if line.starts_with("FN Clarivate")
                || line.starts_with("FN Thomson")
                || line.starts_with("FN ISI")
                || matches!(line, "PT J" | "PT B" | "PT S" | "PT P" | "PT C")
            {
                return Self::Wos;
            }
            let refer = start.strip_prefix('%').and_then(|rest| rest.get(1..2)) == Some(" ");
            if refer && start.as_bytes().get(1).is_some_and(|it| b"0ATDJEB".contains(it)) {
                return Self::Enw;
            }
            if start.starts_with('@') && line.contains(['{', '(']) {
                return Self::Biblatex;
            }
        }
        Self::guess_lines(trimmed)
    }

    fn guess_xml(head: &str) -> Self {
        let has = |text: &str| head.contains(text);
        if has("PubmedArticle") || has("PubmedBookArticle") || has("<MedlineCitation") {
            Self::PubmedXml
        } else if has("<feed") && has("arxiv.org") {
            Self::Arxiv
        } else if has("loc.gov/mods") || has("<mods") || has(":mods") {
            Self::Mods
        } else if has("MARC21/slim") || has("<datafield") || has(":datafield") || has("<leader") {
            Self::MarcXml
        } else {
            Self::EndnoteXml
        }
    }

    fn guess_lines(head: &str) -> Self {
        let mut lines = head.lines().filter(|line| !line.trim_start().starts_with('#'));
        let first = lines.next().unwrap_or_default();
        if first.starts_with("---") || first.starts_with("references:") || first.starts_with("- ") {
            if head.contains("\n- ") || head.contains("references:") || first.starts_with("- ") {
                return Self::CslYaml;
            }
            return Self::Hayagriva;
        }
        let second = lines.next().unwrap_or_default();
        let is_key = first.ends_with(':') && !first.contains(' ');
        if is_key && second.starts_with(' ') && second.contains(':') {
            return Self::Hayagriva;
        }
        let columns = super::delimited::columns(first, &[]);
        let is_known = |it: &&super::delimited::Column| {
            matches!(
                it.field.as_deref(),
                Some("title" | "author" | "date" | "doi" | "journaltitle")
            )
        };
        if columns.len() > 1 && columns.iter().filter(is_known).count() > 1 {
            return if super::delimited::delimiter(first) == b'\t' { Self::Tsv } else { Self::Csv };
        }
        Self::Text
    }
}

impl std::fmt::Display for Format {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.name())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn formats_are_known_by_their_content() {
        for (head, format) in [
            ("\u{feff}TY  - JOUR\n", Format::Ris),
            ("\n1.\n\nTY - BOOK", Format::Ris),
            ("\nPMID- 123\nOWN - NLM", Format::Nbib),
            ("FN Clarivate Analytics Web of Science\nVR 1.0\nPT J", Format::Wos),
            ("%0 Journal Article\n%A X", Format::Enw),
            ("% comment\n@book{a,", Format::Biblatex),
            ("[{\"id\": 1}]", Format::CslJson),
            ("{\"key\":\"a\",\"type\":\"b\",\"fields\":{}}", Format::Jsonl),
            ("<?xml version=\"1.0\"?><xml><records><record>", Format::EndnoteXml),
            ("<?xml?><!DOCTYPE PubmedArticleSet PUBLIC>", Format::PubmedXml),
            ("<modsCollection xmlns=\"http://www.loc.gov/mods/v3\">", Format::Mods),
            ("<collection xmlns=\"http://www.loc.gov/MARC21/slim\">", Format::MarcXml),
            ("---\nreferences:\n- id: a", Format::CslYaml),
            ("gotaas2010:\n  type: article\n", Format::Hayagriva),
            ("Tittel;Forfatter;År\n", Format::Csv),
            ("title\tauthor\n", Format::Tsv),
            ("Gotaas, N. (2010). Selvhjelp, tittel. Oslo.", Format::Text),
            ("", Format::Text),
        ] {
            assert_eq!(Format::guess(head), format, "{head}");
        }
    }

    #[test]
    fn every_format_is_found_by_its_name() {
        for format in Format::ALL {
            assert_eq!(Format::named(format.name()), Some(format));
        }
    }
}
