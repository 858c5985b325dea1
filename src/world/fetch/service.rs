//! The services that are asked, and what they are asked.

use crate::exchange::Format;
use crate::exchange::identifier::Identifier;

/// One question to one service.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Request {
    /// The service, as people know it.
    pub service: &'static str,
    /// The whole address.
    pub address: String,
    /// The kind of answer that is wanted.
    pub accept: &'static str,
    /// What the answer is written in.
    pub format: Format,
}

/// Where the services are.
#[derive(Debug, Clone)]
pub struct Services {
    doi: String,
    national_library: String,
    open_library: String,
    pubmed: String,
    arxiv: String,
    /// Hosts that may be asked, besides those above: where the DOI system leads.
    hosts: Vec<String>,
    /// Whether they are on this machine, over plain HTTP.
    pub(super) is_local: bool,
}

impl Default for Services {
    fn default() -> Self {
        // The agencies' own answers to content negotiation (Crossref, "DOI content negotiation").
        let hosts = [
            "doi.org",
            "dx.doi.org",
            "api.crossref.org",
            "data.crossref.org",
            "data.crosscite.org",
            "data.datacite.org",
            "api.datacite.org",
            "data.medra.org",
            "bibsys.alma.exlibrisgroup.com",
            "openlibrary.org",
            "www.openlibrary.org",
            "eutils.ncbi.nlm.nih.gov",
            "export.arxiv.org",
        ];
        Self {
            doi: "https://doi.org".into(),
            national_library: "https://bibsys.alma.exlibrisgroup.com/view/sru/47BIBSYS_NETWORK"
                .into(),
            open_library: "https://openlibrary.org/api/books".into(),
            pubmed: "https://eutils.ncbi.nlm.nih.gov/entrez/eutils/efetch.fcgi".into(),
            arxiv: "https://export.arxiv.org/api/query".into(),
            hosts: hosts.iter().map(|host| (*host).to_owned()).collect(),
            is_local: false,
        }
    }
}

impl Services {
    /// All services behind one host and port of this machine, over plain HTTP: for a mirror.
    pub fn local(port: u16) -> Self {
        let base = format!("http://127.0.0.1:{port}");
        Self {
            doi: format!("{base}/doi"),
            national_library: format!("{base}/sru"),
            open_library: format!("{base}/openlibrary"),
            pubmed: format!("{base}/pubmed"),
            arxiv: format!("{base}/arxiv"),
            hosts: vec![format!("127.0.0.1:{port}")],
            is_local: true,
        }
    }

    /// Whether a host (with its port, where that is not the usual one) may be asked.
    pub(super) fn knows(&self, authority: &str) -> bool {
        let authority = authority.strip_suffix(":443").unwrap_or(authority);
        self.hosts.iter().any(|host| host.eq_ignore_ascii_case(authority))
    }

    /// The questions about an identifier, in the order in which they are asked.
    pub fn requests(&self, identifier: &Identifier) -> Vec<Request> {
        match identifier {
            Identifier::Doi(doi) => vec![Request {
                service: "doi.org",
                address: format!("{}/{}", self.doi, escaped(doi, "/")),
                accept: "application/vnd.citationstyles.csl+json",
                format: Format::CslJson,
            }],
            Identifier::Pmid(number) => vec![Request {
                service: "PubMed",
                address: format!("{}?db=pubmed&retmode=xml&tool=kilde&id={number}", self.pubmed),
                accept: "text/xml",
                format: Format::PubmedXml,
            }],
            Identifier::Arxiv(number) => vec![Request {
                service: "arXiv",
                address: format!("{}?max_results=1&id_list={}", self.arxiv, escaped(number, "/")),
                accept: "application/atom+xml",
                format: Format::Arxiv,
            }],
            Identifier::Isbn(isbn) => {
                let norwegian = Request {
                    service: "Nasjonalbiblioteket",
                    address: format!(
                        "{}?version=1.2&operation=searchRetrieve&recordSchema=marcxml\
                         &maximumRecords=1&query=alma.isbn={isbn}",
                        self.national_library
                    ),
                    accept: "application/xml",
                    format: Format::MarcXml,
                };
                let open = Request {
                    service: "Open Library",
                    address: format!(
                        "{}?jscmd=data&format=json&bibkeys=ISBN:{isbn}",
                        self.open_library
                    ),
                    accept: "application/json",
                    format: Format::OpenLibrary,
                };
                // 82 is Norway.
                if isbn.starts_with("97882") || (isbn.len() == 10 && isbn.starts_with("82")) {
                    vec![norwegian, open]
                } else {
                    vec![open, norwegian]
                }
            }
        }
    }
}

/// The identifier as people write it.
pub fn name(identifier: &Identifier) -> String {
    match identifier {
        Identifier::Doi(doi) => doi.clone(),
        Identifier::Isbn(isbn) => format!("ISBN {isbn}"),
        Identifier::Pmid(number) => format!("PMID {number}"),
        Identifier::Arxiv(number) => format!("arXiv:{number}"),
    }
}

/// Text as it may stand in an address: everything but letters, digits and a few marks is escaped.
fn escaped(text: &str, also: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for byte in text.bytes() {
        if byte.is_ascii_alphanumeric()
            || b"-._~".contains(&byte)
            || also.as_bytes().contains(&byte)
        {
            out.push(char::from(byte));
        } else {
            out.push_str(&format!("%{byte:02X}"));
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_identifier_cannot_change_the_question() {
        let services = Services::default();
        let doi = Identifier::Doi("10.1000/a?b=c#d&e<f>../x y".into());
        assert_eq!(
            services.requests(&doi)[0].address,
            "https://doi.org/10.1000/a%3Fb%3Dc%23d%26e%3Cf%3E../x%20y"
        );
    }

    #[test]
    fn norwegian_books_are_asked_for_in_norway_first() {
        let services = Services::default();
        let of = |isbn: &str| services.requests(&Identifier::Isbn(isbn.into()))[0].service;
        assert_eq!(of("9788202646578"), "Nasjonalbiblioteket");
        assert_eq!(of("9780306406157"), "Open Library");
    }

    #[test]
    fn other_hosts_are_not_known() {
        let services = Services::default();
        assert!(services.knows("doi.org") && services.knows("DOI.org:443"));
        for host in ["doi.org.evil.example", "evil.example", "127.0.0.1", "doi.org:8080"] {
            assert!(!services.knows(host), "{host}");
        }
    }
}
