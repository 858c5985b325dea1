//! A preview: the published folder on 127.0.0.1, made anew and shown anew when the library changes.

use super::{Request, publish, watched};
use crate::overview::template::csp_hash;
use crate::session::Error;
use crate::store::folder::Folder;
use crate::text::said::Said;
use std::io::{self, BufRead as _, BufReader};
use std::net::{Ipv4Addr, SocketAddr, TcpListener};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, SystemTime};

/// The longest a request may be, in bytes.
const LONGEST: u64 = 16 << 10;

/// How long a browser may take to ask or to listen.
const PATIENCE: Duration = Duration::from_secs(10);

/// How often files are looked at.
const PAUSE: Duration = Duration::from_millis(400);

/// The address of the page that answers with the number of the edition shown.
const TURN: &str = "/.kilde-turn";

/// A server that is ready to answer.
pub struct Server {
    listener: TcpListener,
    root: PathBuf,
    turn: Arc<AtomicU64>,
}

impl Server {
    /// Listens on this machine only; port 0 takes a free one.
    pub fn bind(root: &Path, port: u16) -> Result<Self, Error> {
        let address = SocketAddr::from((Ipv4Addr::LOCALHOST, port));
        let cannot = |error: io::Error| {
            Error::world(Said::new("overview.cannot-serve").with("address", address)).because(error)
        };
        let listener = TcpListener::bind(address).map_err(cannot)?;
        let root = root.canonicalize().map_err(cannot)?;
        Ok(Self { listener, root, turn: Arc::new(AtomicU64::new(1)) })
    }

    /// Where it answers.
    pub fn address(&self) -> String {
        let port = self.listener.local_addr().map_or(0, |it| it.port());
        format!("http://127.0.0.1:{port}/")
    }

    /// Answers until the program ends; beside it, publishes anew when a file of the library changes,
    /// telling what went wrong where something does.
    pub fn run(
        self,
        folder: Folder,
        request: Request,
        tell: impl Fn(Result<(), Error>) + Send + 'static,
    ) {
        let turn = Arc::clone(&self.turn);
        std::thread::spawn(move || {
            let mut seen = stamps(&folder);
            loop {
                std::thread::sleep(PAUSE);
                let now = stamps(&folder);
                if now != seen {
                    seen = now;
                    tell(publish(&folder, &request).map(|_| ()));
                    turn.fetch_add(1, Ordering::Relaxed);
                }
            }
        });
        for stream in self.listener.incoming().flatten() {
            let (root, turn) = (self.root.clone(), Arc::clone(&self.turn));
            std::thread::spawn(move || {
                // Who has gone away needs no answer.
                let _answered = stream
                    .set_read_timeout(Some(PATIENCE))
                    .and_then(|()| stream.set_write_timeout(Some(PATIENCE)))
                    .and_then(|()| answer(&stream, &stream, &root, turn.load(Ordering::Relaxed)));
            });
        }
    }
}

fn stamps(folder: &Folder) -> Vec<(PathBuf, Option<(u64, SystemTime)>)> {
    let stamp = |path: PathBuf| {
        let found = std::fs::metadata(&path).ok();
        let stamp = found.and_then(|it| Some((it.len(), it.modified().ok()?)));
        (path, stamp)
    };
    watched(folder).into_iter().map(stamp).collect()
}

/// Answers one request of `input`.
fn answer(input: impl io::Read, mut out: impl io::Write, root: &Path, turn: u64) -> io::Result<()> {
    let mut reader = BufReader::new(input.take(LONGEST));
    let mut line = String::new();
    reader.read_line(&mut line)?;
    let mut host = String::new();
    loop {
        let mut header = String::new();
        if reader.read_line(&mut header)? == 0 || header.trim().is_empty() {
            break;
        }
        if let Some((name, value)) = header.split_once(':')
            && name.eq_ignore_ascii_case("host")
        {
            value.trim().clone_into(&mut host);
        }
    }
    let mut words = line.split_whitespace();
    let (method, target) = (words.next().unwrap_or_default(), words.next().unwrap_or_default());
    // Another site that leads its own name here (DNS rebinding) gets nothing.
    let name = host.rsplit_once(':').map_or(host.as_str(), |(name, _)| name);
    if !matches!(name, "127.0.0.1" | "localhost") {
        return send(&mut out, "403 Forbidden", "text/plain", b"", method);
    }
    if !matches!(method, "GET" | "HEAD") {
        return send(&mut out, "405 Method Not Allowed", "text/plain", b"", method);
    }
    let path = target.split(['?', '#']).next().unwrap_or_default();
    if path == TURN {
        return send(&mut out, "200 OK", "text/plain", turn.to_string().as_bytes(), method);
    }
    match found(root, path) {
        Some(file) => {
            let kind = kind(&file);
            let mut bytes = std::fs::read(&file)?;
            if kind.starts_with("text/html") {
                bytes = with_reload(bytes, turn);
            }
            send(&mut out, "200 OK", kind, &bytes, method)
        }
        None => send(&mut out, "404 Not Found", "text/plain", b"404", method),
    }
}

fn send(
    out: &mut impl io::Write,
    status: &str,
    kind: &str,
    body: &[u8],
    method: &str,
) -> io::Result<()> {
    let head = format!(
        "HTTP/1.1 {status}\r\nContent-Type: {kind}\r\nContent-Length: {}\r\nCache-Control: no-store\r\n\
         X-Content-Type-Options: nosniff\r\nConnection: close\r\n\r\n",
        body.len()
    );
    out.write_all(head.as_bytes())?;
    if method != "HEAD" {
        out.write_all(body)?;
    }
    out.flush()
}

/// The file that an address names; never one outside `root`.
fn found(root: &Path, path: &str) -> Option<PathBuf> {
    let path = decoded(path.strip_prefix('/')?)?;
    let path =
        if path.is_empty() || path.ends_with('/') { format!("{path}index.html") } else { path };
    if !crate::overview::manifest::is_inside(&path) || path.starts_with('.') {
        return None;
    }
    let file = root.join(path).canonicalize().ok()?;
    (file.starts_with(root) && file.is_file()).then_some(file)
}

fn decoded(path: &str) -> Option<String> {
    let mut out = Vec::with_capacity(path.len());
    let mut bytes = path.bytes();
    while let Some(byte) = bytes.next() {
        if byte == b'%' {
            let digit = |byte: u8| char::from(byte).to_digit(16);
            out.push((digit(bytes.next()?)? * 16 + digit(bytes.next()?)?) as u8);
        } else {
            out.push(byte);
        }
    }
    String::from_utf8(out).ok()
}

fn kind(file: &Path) -> &'static str {
    match file.extension().and_then(|it| it.to_str()).unwrap_or_default() {
        "html" => "text/html; charset=utf-8",
        "css" => "text/css; charset=utf-8",
        "js" => "text/javascript; charset=utf-8",
        "json" => "application/json; charset=utf-8",
        "xml" => "application/xml; charset=utf-8",
        "ris" => "application/x-research-info-systems; charset=utf-8",
        "bib" => "application/x-bibtex; charset=utf-8",
        "csv" => "text/csv; charset=utf-8",
        "md" => "text/markdown; charset=utf-8",
        "txt" => "text/plain; charset=utf-8",
        "docx" => "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
        _ => "application/octet-stream",
    }
}

/// The page with a script that loads it anew when the overview has been made anew; only the preview
/// has it.
fn with_reload(bytes: Vec<u8>, turn: u64) -> Vec<u8> {
    let Ok(html) = String::from_utf8(bytes) else { return Vec::new() };
    let script = format!(
        "setInterval(()=>fetch('{TURN}').then(it=>it.text()).then(it=>it!=='{turn}'&&\
         location.reload()).catch(()=>{{}}),700)"
    );
    // The page's own policy stays in force; it only learns to know this one script.
    let hash = csp_hash(&script);
    let with_script = if html.contains("; script-src ") {
        html.replacen("; script-src ", &format!("; script-src '{hash}' "), 1)
    } else {
        let policy = format!("default-src 'none'; script-src '{hash}'; ");
        html.replacen("default-src 'none'; ", &policy, 1)
    };
    with_script
        .replacen("default-src 'none'; ", "default-src 'none'; connect-src 'self'; ", 1)
        .replacen("</body>", &format!("<script>{script}</script></body>"), 1)
        .into_bytes()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told(root: &Path, request: &str) -> (String, String) {
        let mut out = Vec::new();
        answer(request.as_bytes(), &mut out, root, 7).unwrap();
        let text = String::from_utf8(out).unwrap();
        let (head, body) = text.split_once("\r\n\r\n").unwrap();
        (head.lines().next().unwrap()[9..12].to_owned(), body.to_owned())
    }

    #[test]
    fn only_this_machine_is_answered_and_only_where_it_asks_to_read() {
        let folder = tempfile::tempdir().unwrap();
        let policy = "default-src 'none'; style-src 'self'";
        let page = format!("<head><meta content=\"{policy}\"></head><body>x</body>");
        std::fs::write(folder.path().join("index.html"), &page).unwrap();
        std::fs::write(folder.path().join("a.bib"), "@misc{a}").unwrap();
        let root = folder.path().canonicalize().unwrap();
        let code = |request: &str| told(&root, request).0;
        assert_eq!(code("GET / HTTP/1.1\r\nHost: 127.0.0.1:8118\r\n\r\n"), "200");
        assert_eq!(code("GET /a.bib HTTP/1.1\r\nhost: localhost\r\n\r\n"), "200");
        for host in ["evil.example", "127.0.0.1.evil.example", "127.0.0.1@evil", "", "[::1]:80"] {
            assert_eq!(code(&format!("GET / HTTP/1.1\r\nHost: {host}\r\n\r\n")), "403", "{host}");
        }
        for method in ["POST", "PUT", "DELETE", "OPTIONS", "get"] {
            assert_eq!(code(&format!("{method} / HTTP/1.1\r\nHost: localhost\r\n\r\n")), "405");
        }
        assert_eq!(told(&root, "HEAD / HTTP/1.1\r\nHost: localhost\r\n\r\n").1, "");
        assert_eq!(code("GET /%2e%2e/etc/passwd HTTP/1.1\r\nHost: localhost\r\n\r\n"), "404");
        assert_eq!(code("\0\u{1}"), "403");
        let long = format!("GET /{} HTTP/1.1\r\nHost: localhost\r\n\r\n", "x".repeat(99_999));
        assert_eq!(code(&long), "403");
    }

    #[test]
    fn a_page_learns_to_load_itself_anew_and_nothing_else() {
        let page = |policy: &str| {
            let html = format!("<head><meta content=\"{policy}\"></head><body>x</body>");
            String::from_utf8(with_reload(html.into_bytes(), 3)).unwrap()
        };
        for policy in ["default-src 'none'; x", "default-src 'none'; script-src 'sha256-a'; x"] {
            let html = page(policy);
            assert!(html.contains("connect-src 'self'") && html.contains("'sha256-"), "{html}");
            assert!(html.contains("</script></body>") && !html.contains("unsafe"), "{html}");
        }
    }

    #[test]
    fn no_address_leads_out_of_the_folder() {
        let folder = tempfile::tempdir().unwrap();
        let root = folder.path().join("site");
        std::fs::create_dir_all(root.join("nb")).unwrap();
        std::fs::write(root.join("nb/index.html"), "x").unwrap();
        std::fs::write(root.join(".kilde-overview.json"), "x").unwrap();
        std::fs::write(folder.path().join("secret"), "x").unwrap();
        let root = root.canonicalize().unwrap();
        assert!(found(&root, "/nb/").is_some() && found(&root, "/nb/index.html").is_some());
        for bad in [
            "/../secret",
            "/%2e%2e/secret",
            "/nb/../../secret",
            "//secret",
            "/.kilde-overview.json",
            "secret",
        ] {
            assert_eq!(found(&root, bad), None, "{bad}");
        }
    }
}
