//! Asking services on the web about identifiers: only when asked to, only the services named in
//! [`service`], over HTTPS, with limits to time, length and redirects.

pub mod address;
pub mod service;

use crate::exchange::identifier::Identifier;
use crate::exchange::{self, Item, Options, Record};
use crate::session::Error;
use crate::text::said::Said;
use address::PublicOnly;
use service::{Request, Services};
use std::time::Duration;
use ureq::Agent;
use ureq::http::Uri;
use ureq::tls::{RootCerts, TlsConfig};
use ureq::unversioned::transport::DefaultConnector;

/// The most redirects that are followed; each must lead to a known host.
const MAX_REDIRECTS: usize = 5;
/// The longest answer, in bytes.
const MAX_ANSWER: u64 = 10 << 20;
/// How long one question may take, redirects and all.
const TIMEOUT: Duration = Duration::from_secs(20);

/// Asks services.
pub struct Fetch {
    agent: Agent,
    services: Services,
}

/// Why a question has no answer.
#[derive(Debug, thiserror::Error)]
pub enum NoAnswer {
    /// The service does not know it.
    #[error("not known there")]
    Unknown,
    /// The service, or a redirect, leads to a host or a scheme that is not asked.
    #[error("it leads to `{0}`, which is not asked")]
    Elsewhere(String),
    /// More redirects than are followed.
    #[error("it leads further more than {MAX_REDIRECTS} times")]
    Redirects,
    /// The service answers with an error.
    #[error("the service answers with status {0}")]
    Status(u16),
    /// No connection, no answer in time, or one that is too long.
    #[error(transparent)]
    Failed(#[from] ureq::Error),
}

impl Fetch {
    /// Ready to ask the services that kilde knows.
    pub fn new() -> Self {
        Self::at(Services::default(), TIMEOUT)
    }

    /// Ready to ask `services`, each question for as long as `timeout`.
    pub fn at(services: Services, timeout: Duration) -> Self {
        let config = Agent::config_builder()
            .https_only(!services.is_local)
            .max_redirects(0)
            .max_redirects_will_error(false)
            .http_status_as_error(false)
            .timeout_global(Some(timeout))
            .user_agent(concat!("kilde/", env!("CARGO_PKG_VERSION"), " (reference manager)"))
            .tls_config(tls())
            .build();
        let resolver = PublicOnly { allow_private: services.is_local };
        let agent = Agent::with_parts(config, DefaultConnector::default(), resolver);
        Self { agent, services }
    }

    /// What the services know of `identifier`: the first answer with a record in it.
    pub fn records(&self, identifier: &Identifier) -> Result<Vec<Record>, Error> {
        let mut last = None;
        for request in self.services.requests(identifier) {
            match self.ask(&request) {
                Ok(answer) => {
                    let records = read(&request, &answer);
                    if !records.is_empty() {
                        return Ok(records);
                    }
                    last = Some((request.service, NoAnswer::Unknown));
                }
                Err(NoAnswer::Unknown) => last = Some((request.service, NoAnswer::Unknown)),
                Err(other) => last = Some((request.service, other)),
            }
        }
        let (service, why) = last.unwrap_or(("", NoAnswer::Unknown));
        let said = Said::new("fetch.no-answer")
            .with("what", service::name(identifier))
            .with("service", service);
        Err(Error::world(said).because(why))
    }

    /// The bytes of one answer.
    pub fn ask(&self, request: &Request) -> Result<Vec<u8>, NoAnswer> {
        let mut address = request.address.clone();
        for _ in 0..=MAX_REDIRECTS {
            let uri = self.checked(&address)?;
            let mut response = self.agent.get(&uri).header("accept", request.accept).call()?;
            match response.status().as_u16() {
                200..=299 => {
                    let body = response.body_mut().with_config().limit(MAX_ANSWER);
                    return Ok(body.read_to_vec()?);
                }
                301 | 302 | 303 | 307 | 308 => {
                    let to = response.headers().get("location").and_then(|it| it.to_str().ok());
                    address = joined(&uri, to.unwrap_or_default());
                }
                404 | 410 => return Err(NoAnswer::Unknown),
                status => return Err(NoAnswer::Status(status)),
            }
        }
        Err(NoAnswer::Redirects)
    }

    /// The address, when its scheme and host may be asked.
    fn checked(&self, address: &str) -> Result<Uri, NoAnswer> {
        let elsewhere = || NoAnswer::Elsewhere(address.to_owned());
        let uri: Uri = address.parse().map_err(|_| elsewhere())?;
        let authority = uri.authority().ok_or_else(elsewhere)?;
        let is_right_scheme = match uri.scheme_str() {
            Some("https") => true,
            Some("http") => self.services.is_local,
            _ => false,
        };
        let is_plain = !authority.as_str().contains('@');
        if is_right_scheme && is_plain && self.services.knows(authority.as_str()) {
            Ok(uri)
        } else {
            Err(elsewhere())
        }
    }
}

impl Default for Fetch {
    fn default() -> Self {
        Self::new()
    }
}

/// Where a redirect leads: an address of its own, or one seen from where it was found (RFC 3986, 5).
pub(super) fn joined(from: &Uri, to: &str) -> String {
    let scheme = from.scheme_str().unwrap_or("https");
    let authority = from.authority().map_or("", |it| it.as_str());
    let path = from.path();
    let has_scheme = to.find(':').is_some_and(|at| !to[..at].contains(['/', '?', '#']));
    if to.is_empty() || has_scheme {
        to.to_owned()
    } else if let Some(rest) = to.strip_prefix("//") {
        format!("{scheme}://{rest}")
    } else if to.starts_with('/') {
        format!("{scheme}://{authority}{to}")
    } else if to.starts_with('?') {
        format!("{scheme}://{authority}{path}{to}")
    } else {
        let above = |path: &str| path.rfind('/').map_or("/", |at| &path[..=at]).to_owned();
        let (mut folder, mut to) = (above(path), to);
        while let Some(rest) = to.strip_prefix("../") {
            to = rest;
            folder = above(folder.trim_end_matches('/'));
        }
        format!("{scheme}://{authority}{folder}{}", to.trim_start_matches("./"))
    }
}

/// Certificates are held against those that the system trusts, so that what an institution has put
/// there counts, and what it has taken away does not.
pub(super) fn tls() -> TlsConfig {
    TlsConfig::builder().root_certs(RootCerts::PlatformVerifier).build()
}

fn read(request: &Request, answer: &[u8]) -> Vec<Record> {
    exchange::read(request.format, answer, &Options::default())
        .filter_map(|item| match item {
            Item::Record(record) if record.field("title").is_some() => Some(record),
            _ => None,
        })
        .take(1)
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_redirect_leads_where_a_browser_would_go() {
        let from: Uri = "https://a.no/x/y/z?q=1".parse().unwrap();
        for (to, address) in [
            ("https://b.no/", "https://b.no/"),
            ("//b.no/c", "https://b.no/c"),
            ("/c", "https://a.no/c"),
            ("c", "https://a.no/x/y/c"),
            ("./c", "https://a.no/x/y/c"),
            ("../c", "https://a.no/x/c"),
            ("../../../../c", "https://a.no/c"),
            ("?p=2", "https://a.no/x/y/z?p=2"),
            ("javascript:x", "javascript:x"),
            ("", ""),
        ] {
            assert_eq!(joined(&from, to), address, "{to}");
        }
    }
}
