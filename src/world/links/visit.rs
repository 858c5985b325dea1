//! One address asked for: HEAD, then GET where HEAD did not do, and where it leads, step by step.

use super::How;
use crate::check::links::Answer;
use crate::world::fetch::address::{NotPublic, PublicOnly};
use crate::world::fetch::joined;
use std::collections::HashMap;
use std::io;
use std::sync::Mutex;
use std::thread;
use std::time::Instant;
use ureq::http::Uri;
use ureq::unversioned::transport::DefaultConnector;
use ureq::{Agent, Error};

/// The most steps that an address may lead through.
const MAX_STEPS: usize = 10;
/// Why a link is dead whose host is not known.
pub(super) const NO_HOST: &str = "DNS";
/// Why a link has no answer when the connection did not come about.
pub(super) const NO_ANSWER: &str = "timeout";

/// Asks for addresses, with patience.
pub(super) struct Visitor<'a> {
    agent: Agent,
    how: &'a How,
    /// When each host may be asked again.
    next: Mutex<HashMap<String, Instant>>,
}

impl<'a> Visitor<'a> {
    /// Asks as `how` says, at the addresses that `resolver` allows.
    pub(super) fn new(how: &'a How, resolver: PublicOnly) -> Self {
        let config = Agent::config_builder()
            .max_redirects(0)
            .max_redirects_will_error(false)
            .http_status_as_error(false)
            .timeout_global(Some(how.timeout))
            .user_agent(concat!(
                "kilde/",
                env!("CARGO_PKG_VERSION"),
                " (reference manager; checks links)"
            ))
            .tls_config(crate::world::fetch::tls())
            .build();
        let agent = Agent::with_parts(config, DefaultConnector::default(), resolver);
        Self { agent, how, next: Mutex::default() }
    }

    /// What asking for `link` comes to.
    pub(super) fn visit(&self, link: &str) -> Answer {
        let mut address = link.to_owned();
        // Where it is for good: as long as every step says so.
        let (mut moved, mut is_for_good) = (None, true);
        for _ in 0..=MAX_STEPS {
            let Some(uri) = web(&address) else { return Answer::Failing("address".into()) };
            let (status, to) = match self.knock(&uri) {
                Ok(it) => it,
                Err(error) => return failed(&error),
            };
            let Some(to) = to.filter(|_| matches!(status, 301 | 302 | 303 | 307 | 308)) else {
                return verdict(link, &address, status, moved);
            };
            if self.how.resolvers.iter().any(|it| *it == authority(&address)) {
                return Answer::Alive;
            }
            address = joined(&uri, &to);
            is_for_good &= matches!(status, 301 | 308);
            if is_for_good {
                moved = Some(address.clone());
            }
        }
        Answer::Failing("redirects".into())
    }

    /// The status of one address and where it leads.
    fn knock(&self, uri: &Uri) -> Result<(u16, Option<String>), Error> {
        self.wait(uri);
        match self.status(self.agent.head(uri).call()) {
            Ok((status @ (..=399 | 401 | 407 | 429), to)) => return Ok((status, to)),
            // Many hosts answer a HEAD wrongly, or hang up.
            Ok(_) | Err(Error::Io(_) | Error::Protocol(_)) => {}
            Err(other) => return Err(other),
        }
        self.wait(uri);
        self.status(self.agent.get(uri).call())
    }

    fn status(
        &self,
        answer: Result<ureq::http::Response<ureq::Body>, Error>,
    ) -> Result<(u16, Option<String>), Error> {
        let answer = answer?;
        let to = answer.headers().get("location").and_then(|it| it.to_str().ok());
        Ok((answer.status().as_u16(), to.map(str::to_owned)))
    }

    /// Waits until the host may be asked again.
    fn wait(&self, uri: &Uri) {
        let now = Instant::now();
        let host = uri.authority().map_or("", |it| it.as_str()).to_lowercase();
        let at = self.next.lock().map_or(now, |mut next| {
            let at = next.get(&host).map_or(now, |at| now.max(*at));
            next.insert(host, at + self.how.gap);
            at
        });
        thread::sleep(at - now);
    }
}

/// The host and port of an address; empty where it has none.
pub(super) fn authority(address: &str) -> String {
    let rest = address.split_once("://").map(|(_, rest)| rest).unwrap_or_default();
    rest.split(['/', '?', '#']).next().unwrap_or_default().to_lowercase()
}

/// An address of the web without a user in it.
fn web(address: &str) -> Option<Uri> {
    let uri: Uri = address.parse().ok()?;
    let is_web = matches!(uri.scheme_str(), Some("http" | "https"));
    let is_plain = uri.authority().is_some_and(|it| !it.as_str().contains('@'));
    (is_web && is_plain).then_some(uri)
}

/// What a status at the end of the way means.
fn verdict(link: &str, address: &str, status: u16, moved: Option<String>) -> Answer {
    match status {
        200..=299 | 304 => {}
        401 | 402 | 403 | 407 | 451 => return Answer::Locked(status.to_string()),
        404 | 410 => return Answer::Dead(status.to_string()),
        _ => return Answer::Failing(status.to_string()),
    }
    let new = |is: fn(&str) -> bool| is(address) && !is(link);
    if new(is_login) {
        Answer::Locked(address.to_owned())
    } else if new(says_gone) {
        Answer::Dead(address.to_owned())
    } else if new(is_front) {
        Answer::Front(address.to_owned())
    } else {
        let same = |to: &String| to.trim_end_matches('/') == link.trim_end_matches('/');
        moved.filter(|to| !same(to)).map_or(Answer::Alive, Answer::Moved)
    }
}

/// The words of an address behind its host.
fn words(address: &str) -> impl Iterator<Item = String> {
    let rest = address.split_once("://").map(|(_, rest)| rest).unwrap_or_default();
    let rest = rest.split('#').next().unwrap_or_default();
    rest.split(|c: char| !c.is_alphanumeric()).map(str::to_lowercase)
}

/// Whether an address is that of a login, by its words.
fn is_login(address: &str) -> bool {
    const LOGINS: [&str; 14] = [
        "login",
        "logon",
        "signin",
        "sso",
        "saml",
        "saml2",
        "authorize",
        "authenticate",
        "wayf",
        "openathens",
        "shibboleth",
        "idp",
        "feide",
        "innlogging",
    ];
    words(address).any(|word| LOGINS.contains(&word.as_str()))
}

/// Whether an address is that of a page that says that there is none.
fn says_gone(address: &str) -> bool {
    const GONE: [&str; 5] = ["404", "notfound", "pagenotfound", "404error", "error404"];
    let words: Vec<String> = words(address).collect();
    words.iter().any(|word| GONE.contains(&word.as_str()))
        || words.windows(2).any(|pair| pair[0] == "not" && pair[1] == "found")
}

/// Whether an address is the front page of a site, of a language or not.
fn is_front(address: &str) -> bool {
    let Some((_, rest)) = address.split_once("://") else { return false };
    let rest = rest.split('#').next().unwrap_or_default();
    let path = rest.split_once('/').map_or("", |(_, path)| path).trim_end_matches('/');
    let name = path.split('.').next().unwrap_or_default();
    path.len() <= 2 || (!path.contains('/') && matches!(name, "index" | "default" | "home"))
}

fn failed(error: &Error) -> Answer {
    let why = match error {
        Error::HostNotFound => return Answer::Dead(NO_HOST.into()),
        Error::Timeout(_) => NO_ANSWER,
        Error::Tls(_) | Error::Rustls(_) | Error::Pem(_) | Error::TlsRequired => "TLS",
        Error::Other(inner) if inner.is::<NotPublic>() => "private",
        Error::Io(io) if io.kind() == io::ErrorKind::TimedOut => NO_ANSWER,
        Error::Io(io) if io.kind() == io::ErrorKind::ConnectionRefused => "refused",
        // A certificate that is not trusted, or no handshake (rustls wraps both in this).
        Error::Io(io) if io.kind() == io::ErrorKind::InvalidData => "TLS",
        // The name service has no answer now.
        Error::Io(io) if io.to_string().contains("lookup") => NO_HOST,
        _ => "connection",
    };
    Answer::Failing(why.into())
}
