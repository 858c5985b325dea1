//! `kilde check --links` against a server on this machine that answers as hosts do, on good days and
//! bad ones.

use crate::support::desk::Desk;
use kilde::check::links::Answer;
use kilde::world::links::{Cache, How, Outcome, ask};
use std::io::{BufRead, BufReader, Write};
use std::net::{TcpListener, TcpStream};
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::time::Duration;

/// What was asked of a server: `HEAD /a`, and how many were asking at the same time at most.
#[derive(Default)]
struct Seen {
    asked: Mutex<Vec<String>>,
    now: AtomicUsize,
    most: AtomicUsize,
}

/// A server of many threads; `answer` gets the method and the path, `None` is no answer at all.
fn server(answer: fn(&str, &str) -> Option<String>) -> (u16, Arc<Seen>) {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let port = listener.local_addr().unwrap().port();
    let seen = Arc::new(Seen::default());
    let shared = Arc::clone(&seen);
    std::thread::spawn(move || {
        for stream in listener.incoming().flatten() {
            let seen = Arc::clone(&shared);
            std::thread::spawn(move || serve(stream, answer, &seen));
        }
    });
    (port, seen)
}

fn serve(mut stream: TcpStream, answer: fn(&str, &str) -> Option<String>, seen: &Seen) {
    seen.most.fetch_max(seen.now.fetch_add(1, Ordering::SeqCst) + 1, Ordering::SeqCst);
    let mut reader = BufReader::new(stream.try_clone().unwrap());
    let mut head = String::new();
    while reader.read_line(&mut head).unwrap_or(0) > 2 {}
    let mut words = head.split(' ');
    let (method, path) = (words.next().unwrap_or_default(), words.next().unwrap_or_default());
    seen.asked.lock().unwrap().push(format!("{method} {path}"));
    match answer(method, path) {
        Some(text) => {
            seen.now.fetch_sub(1, Ordering::SeqCst);
            let _sent = stream.write_all(text.as_bytes());
        }
        None => {
            // Nobody answers until the other side hangs up.
            while reader.read_line(&mut head).unwrap_or(0) > 0 {}
            seen.now.fetch_sub(1, Ordering::SeqCst);
        }
    }
}

fn status(line: &str) -> Option<String> {
    Some(format!("HTTP/1.1 {line}\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"))
}

fn leads(line: &str, to: &str) -> Option<String> {
    Some(format!(
        "HTTP/1.1 {line}\r\nLocation: {to}\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"
    ))
}

/// Hosts as they are.
fn web(method: &str, path: &str) -> Option<String> {
    match path.split('?').next().unwrap_or_default() {
        "/there" | "/new" | "/login" | "/" | "/en" | "/errors/404.html" => status("200 OK"),
        "/gone" => status("404 Not Found"),
        "/taken-away" => status("410 Gone"),
        "/broken" => status("500 Internal Server Error"),
        "/busy" => status("429 Too Many Requests"),
        "/secret" => status("401 Unauthorized"),
        "/no-programs" => status("403 Forbidden"),
        "/slow" => None,
        // Hosts that do not know HEAD, or answer it with something else, or hang up.
        "/get-only" if method == "HEAD" => status("405 Method Not Allowed"),
        "/head-is-404" if method == "HEAD" => status("404 Not Found"),
        "/head-hangs-up" if method == "HEAD" => Some(String::new()),
        "/get-only" | "/head-is-404" | "/head-hangs-up" => status("200 OK"),
        "/moved" => leads("301 Moved Permanently", "/new"),
        "/moved-twice" => leads("308 Permanent Redirect", "moved"),
        "/slash" => leads("301 Moved Permanently", "/slash/"),
        "/slash/" => status("200 OK"),
        "/for-now" => leads("302 Found", "/new"),
        "/for-now-gone" => leads("302 Found", "/gone"),
        "/walled" => leads("302 Found", "/login?return=/walled"),
        "/soft" => leads("302 Found", "/errors/404.html"),
        "/to-front" => leads("301 Moved Permanently", "/"),
        "/to-front-in-english" => leads("302 Found", "/en"),
        "/round" => leads("302 Found", "/round"),
        "/to-file" => leads("302 Found", "file:///etc/passwd"),
        "/to-metadata" => leads("302 Found", "http://169.254.169.254/latest/meta-data/"),
        "/nonsense" => Some("nonsense\r\n\r\n".into()),
        _ => status("418 I'm a teapot"),
    }
}

fn how() -> How {
    How {
        gap: Duration::ZERO,
        timeout: Duration::from_millis(1500),
        private: true,
        resolvers: Vec::new(),
    }
}

fn asked(links: &[String], how: &How, cache: &mut Cache) -> Outcome {
    ask(links, how, cache, &AtomicBool::new(false), &mut |_, _| ()).unwrap()
}

fn no_cache() -> Cache {
    Cache::open(None, 0).unwrap()
}

#[test]
fn what_a_host_answers_is_what_is_told() {
    let (port, _) = server(web);
    let at = |path: &str| format!("http://127.0.0.1:{port}{path}");
    let dead = |why: &str| Answer::Dead(why.into());
    let failing = |why: &str| Answer::Failing(why.into());
    let locked = |why: &str| Answer::Locked(why.into());
    let expected = [
        ("/there", Answer::Alive),
        ("/there?login=1", Answer::Alive),
        ("/login", Answer::Alive),
        ("/", Answer::Alive),
        ("/get-only", Answer::Alive),
        ("/head-is-404", Answer::Alive),
        ("/head-hangs-up", Answer::Alive),
        ("/for-now", Answer::Alive),
        ("/slash", Answer::Alive),
        ("/moved", Answer::Moved(at("/new"))),
        ("/moved-twice", Answer::Moved(at("/new"))),
        ("/gone", dead("404")),
        ("/taken-away", dead("410")),
        ("/for-now-gone", dead("404")),
        ("/soft", dead(&at("/errors/404.html"))),
        ("/to-front", Answer::Front(at("/"))),
        ("/to-front-in-english", Answer::Front(at("/en"))),
        ("/secret", locked("401")),
        ("/no-programs", locked("403")),
        ("/walled", locked(&at("/login?return=/walled"))),
        ("/broken", failing("500")),
        ("/busy", failing("429")),
        ("/slow", failing("timeout")),
        ("/round", failing("redirects")),
        ("/to-file", failing("address")),
        ("/to-metadata", failing("private")),
        ("/nonsense", failing("connection")),
    ];
    let links: Vec<String> = expected.iter().map(|(path, _)| at(path)).collect();
    let outcome = asked(&links, &how(), &mut no_cache());
    for (path, answer) in expected {
        assert_eq!(outcome.answers[&at(path)], answer, "{path}");
    }
    assert_eq!(outcome.unasked, 0);
}

#[test]
fn a_host_without_a_name_is_dead_and_one_that_refuses_is_failing() {
    let (port, _) = server(web);
    let closed = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port();
    let links = [
        format!("http://127.0.0.1:{port}/there"),
        "http://no-such-host.invalid/a".to_owned(),
        format!("http://127.0.0.1:{closed}/a"),
        // No TLS where TLS is asked for.
        format!("https://127.0.0.1:{port}/there"),
    ];
    let outcome = asked(&links, &how(), &mut no_cache());
    // A machine without a name service cannot know.
    assert!(
        matches!(&outcome.answers[&links[1]], Answer::Dead(why) | Answer::Failing(why) if why == "DNS"),
        "{outcome:?}"
    );
    assert_eq!(outcome.answers[&links[2]], Answer::Failing("refused".into()));
    assert_eq!(outcome.answers[&links[3]], Answer::Failing("TLS".into()));
}

#[test]
fn without_a_network_nothing_is_called_dead() {
    let links = ["http://no-such-host.invalid/a".to_owned()];
    let lost = ask(&links, &how(), &mut no_cache(), &AtomicBool::new(false), &mut |_, _| ());
    assert_eq!(lost.unwrap_err().said.id, "check.no-network");
}

#[test]
fn a_resolver_that_knows_is_not_followed_to_a_publisher_that_turns_programs_away() {
    let (port, seen) = server(|_, path| match path {
        "/10.1000/182" => leads("302 Found", "/no-programs"),
        _ => status("404 Not Found"),
    });
    let how = How { resolvers: vec![format!("127.0.0.1:{port}")], ..how() };
    let links = ["/10.1000/182", "/10.1000/none"].map(|it| format!("http://127.0.0.1:{port}{it}"));
    let outcome = asked(&links, &how, &mut no_cache());
    assert_eq!(outcome.answers[&links[0]], Answer::Alive);
    assert_eq!(outcome.answers[&links[1]], Answer::Dead("404".into()));
    assert!(!seen.asked.lock().unwrap().iter().any(|it| it.contains("no-programs")));
}

#[test]
fn a_host_is_asked_one_thing_at_a_time_and_hosts_side_by_side() {
    // No answer comes before both hosts are asked.
    static ASKED: AtomicUsize = AtomicUsize::new(0);
    let wait: fn(&str, &str) -> Option<String> = |_, _| {
        ASKED.fetch_add(1, Ordering::SeqCst);
        while ASKED.load(Ordering::SeqCst) < 2 {
            std::thread::yield_now();
        }
        status("200 OK")
    };
    let (servers, seen): (Vec<u16>, Vec<Arc<Seen>>) =
        [server(wait), server(wait)].into_iter().unzip();
    let links: Vec<String> = servers
        .iter()
        .flat_map(|port| (0..5).map(move |at| format!("http://127.0.0.1:{port}/{at}")))
        .collect();
    let how = How { timeout: Duration::from_secs(20), ..how() };
    let outcome = asked(&links, &how, &mut no_cache());
    assert!(outcome.answers.values().all(|it| *it == Answer::Alive), "{outcome:?}");
    for seen in seen {
        assert_eq!(seen.most.load(Ordering::SeqCst), 1);
        assert_eq!(seen.asked.lock().unwrap().len(), 5);
    }
}

#[test]
fn between_two_questions_to_a_host_there_is_a_pause() {
    let (port, _) = server(web);
    let links: Vec<String> =
        (0..4).map(|at| format!("http://127.0.0.1:{port}/there?{at}")).collect();
    let how = How { gap: Duration::from_millis(40), ..how() };
    let start = std::time::Instant::now();
    asked(&links, &how, &mut no_cache());
    assert!(start.elapsed() >= Duration::from_millis(120));
}

#[test]
fn what_was_answered_is_not_asked_again_and_a_stop_keeps_what_was_answered() {
    let (port, seen) = server(web);
    let links: Vec<String> =
        (0..6).map(|at| format!("http://127.0.0.1:{port}/there?{at}")).collect();
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("links.jsonl");
    let stop = AtomicBool::new(false);
    let mut cache = Cache::open(Some(&file), 1000).unwrap();
    let outcome = ask(&links, &how(), &mut cache, &stop, &mut |done, all| {
        assert_eq!(all, 6);
        stop.store(done >= 2, Ordering::Relaxed);
    });
    let first = outcome.unwrap();
    assert_eq!(first.answers.len() + first.unasked, 6);
    assert!(first.answers.len() >= 2, "{first:?}");
    let mut cache = Cache::open(Some(&file), 1000).unwrap();
    let second = asked(&links, &how(), &mut cache);
    assert_eq!((second.answers.len(), second.unasked), (6, 0));
    let asked = seen.asked.lock().unwrap();
    assert_eq!(asked.len(), 6, "{asked:?}");
}

#[test]
fn the_program_tells_what_the_links_of_a_library_answer() {
    let (port, seen) = server(web);
    let bib = |path: &str| {
        format!(
            "@online{{a, author={{Lie, K}}, title={{T}}, date=2001,\n url={{http://127.0.0.1:{port}{path}}}}}\n"
        )
    };
    let desk = Desk::with_bib(&bib("/moved"));
    // Nobody asks this machine unless told to.
    let done = desk.line("check --links --format json");
    assert!(
        done.out.contains("\"rule\":\"link-failing\"") && done.out.contains("(private)"),
        "{done:?}"
    );
    assert_eq!(seen.asked.lock().unwrap().len(), 0);
    let done = desk.line("check --links --private --refresh --json");
    assert_eq!(done.code, 1, "{done:?}");
    assert!(done.out.contains("\"rule\":\"link-moved\""), "{done:?}");
    assert!(desk.line("check --offline").code == 2);
    let asked = seen.asked.lock().unwrap().len();
    let done = desk.line("check --links --offline --fix --unsafe");
    assert_eq!(done.code, 0, "{done:?}");
    assert_eq!(seen.asked.lock().unwrap().len(), asked);
    assert_eq!(desk.read("refs.bib"), bib("/new"));
    let done = desk.line("check --links --offline");
    assert!(done.err.contains("1 addresses have never been asked for"), "{done:?}");
}
