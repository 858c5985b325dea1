//! Certificates (threat T19): a server on this machine, trusted through an authority of the test's
//! own, and what is said of it when its certificate is right, of another host, over, or of nobody.

use crate::support::desk::Desk;
use rcgen::{BasicConstraints, CertificateParams, IsCa, Issuer, KeyPair, date_time_ymd};
use rustls::pki_types::{PrivateKeyDer, PrivatePkcs8KeyDer};
use rustls::{ServerConfig, ServerConnection, Stream};
use std::io::{Read as _, Write as _};
use std::net::TcpListener;
use std::sync::Arc;

/// An authority, and its certificate for others to trust.
struct Authority {
    issuer: Issuer<'static, KeyPair>,
    pem: String,
}

fn authority() -> Authority {
    let key = KeyPair::generate().unwrap();
    let mut params = CertificateParams::new(Vec::new()).unwrap();
    params.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
    let pem = params.self_signed(&key).unwrap().pem();
    Authority { issuer: Issuer::new(params, key), pem }
}

/// A server whose certificate is for `host` until `year`, signed by `authority` or by itself.
fn server(host: &str, year: i32, authority: Option<&Authority>) -> u16 {
    let key = KeyPair::generate().unwrap();
    let mut params = CertificateParams::new(vec![host.to_owned()]).unwrap();
    params.not_before = date_time_ymd(2000, 1, 1);
    params.not_after = date_time_ymd(year, 1, 1);
    let certificate = match authority {
        Some(it) => params.signed_by(&key, &it.issuer).unwrap(),
        None => params.self_signed(&key).unwrap(),
    };
    let key = PrivateKeyDer::Pkcs8(PrivatePkcs8KeyDer::from(key.serialize_der()));
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    let config = ServerConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()
        .unwrap()
        .with_no_client_auth()
        .with_single_cert(vec![certificate.der().clone()], key)
        .unwrap();
    let config = Arc::new(config);
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let port = listener.local_addr().unwrap().port();
    std::thread::spawn(move || {
        for mut socket in listener.incoming().flatten() {
            let mut session = ServerConnection::new(Arc::clone(&config)).unwrap();
            let mut stream = Stream::new(&mut session, &mut socket);
            let mut head = [0; 4096];
            // Whoever does not trust us hangs up here.
            if stream.read(&mut head).is_ok_and(|count| count > 0) {
                let answer = b"HTTP/1.1 200 OK\r\nContent-Length: 0\r\nConnection: close\r\n\r\n";
                let _sent = stream.write_all(answer).and_then(|()| stream.flush());
            }
        }
    });
    port
}

#[test]
fn a_certificate_must_be_of_the_host_of_today_and_of_an_authority_that_the_system_trusts() {
    let trusted = authority();
    let right = server("localhost", 2900, Some(&trusted));
    let of_another_host = server("other.example", 2900, Some(&trusted));
    let over = server("localhost", 2001, Some(&trusted));
    let of_nobody = server("localhost", 2900, None);
    let of_a_stranger = server("localhost", 2900, Some(&authority()));
    let desk = Desk::new();
    let mut bib = String::new();
    for port in [right, of_another_host, over, of_nobody, of_a_stranger] {
        bib += &format!(
            "@online{{p{port}, title={{T}}, date=2001, url={{https://localhost:{port}/a}}}}\n"
        );
    }
    desk.file("refs.bib", bib.as_bytes());
    let pem = desk.file("trusted.pem", trusted.pem.as_bytes());
    let mut command = desk.command();
    command.env("SSL_CERT_FILE", pem).args(["check", "--links", "--private", "--json"]);
    let output = command.output().unwrap();
    let out = String::from_utf8(output.stdout).unwrap();
    let refused: Vec<&str> =
        out.lines().filter(|line| line.contains("\"rule\":\"link-failing\"")).collect();
    assert!(refused.iter().all(|line| line.contains("(TLS)")), "{out}");
    for port in [of_another_host, over, of_nobody, of_a_stranger] {
        let count = refused.iter().filter(|line| line.contains(&format!("\"p{port}\""))).count();
        assert_eq!(count, 1, "{out}");
    }
    assert_eq!(refused.len(), 4, "{out}");
    assert!(
        !out.lines().any(|line| line.contains(&format!("\"p{right}\"")) && line.contains("link-")),
        "{out}"
    );
}

/// Nothing in the program turns the checking of certificates off.
#[test]
fn no_code_turns_certificates_off() {
    let mut folders = vec![crate::support::desk::root().join("src")];
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else {
                let text = std::fs::read_to_string(&path).unwrap_or_default();
                for word in ["disable_verification", "dangerous(", "danger_"] {
                    assert!(!text.contains(word), "{}: {word}", path.display());
                }
            }
        }
    }
}
