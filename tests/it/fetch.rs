//! Identifiers asked about at a server on this machine, which answers as the services' manuals say
//! they do, and as they do on a bad day.

use kilde::exchange::Record;
use kilde::exchange::identifier::{Identifier, read};
use kilde::world::fetch::service::{Request, Services};
use kilde::world::fetch::{Fetch, NoAnswer};
use std::io::{BufRead, BufReader, Write};
use std::net::{TcpListener, TcpStream};
use std::time::Duration;

/// A server that lives as long as the test; `answer` gets the path and the headers that were sent.
fn server(answer: fn(&str, &str) -> Option<String>) -> u16 {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let port = listener.local_addr().unwrap().port();
    std::thread::spawn(move || {
        // Connections that are not answered stay open: the service is slow.
        let mut open: Vec<TcpStream> = Vec::new();
        for stream in listener.incoming().flatten() {
            let mut reader = BufReader::new(stream.try_clone().unwrap());
            let mut head = String::new();
            while reader.read_line(&mut head).unwrap_or(0) > 2 {
                if head.ends_with("\r\n\r\n") {
                    break;
                }
            }
            let path = head.split(' ').nth(1).unwrap_or_default().to_owned();
            let mut stream = stream;
            match answer(&path, &head) {
                Some(text) => drop(stream.write_all(text.as_bytes())),
                None => open.push(stream),
            }
        }
    });
    port
}

fn ok(body: &str) -> Option<String> {
    Some(format!(
        "HTTP/1.1 200 OK\r\nContent-Length: {}\r\nConnection: close\r\n\r\n{body}",
        body.len()
    ))
}

fn status(line: &str) -> Option<String> {
    Some(format!("HTTP/1.1 {line}\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"))
}

fn leads(to: &str) -> Option<String> {
    Some(format!(
        "HTTP/1.1 302 Found\r\nLocation: {to}\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"
    ))
}

fn fetch(answer: fn(&str, &str) -> Option<String>) -> Fetch {
    Fetch::at(Services::local(server(answer)), Duration::from_secs(2))
}

fn one(answer: fn(&str, &str) -> Option<String>, identifier: &str) -> Record {
    let records = fetch(answer).records(&read(identifier).unwrap()).unwrap();
    assert_eq!(records.len(), 1);
    records.into_iter().next().unwrap()
}

/// What stopped one question.
fn stopped(answer: fn(&str, &str) -> Option<String>, timeout: u64) -> NoAnswer {
    let services = Services::local(server(answer));
    let request: Request = services.requests(&Identifier::Doi("10.1000/182".into())).remove(0);
    Fetch::at(services, Duration::from_millis(timeout)).ask(&request).unwrap_err()
}

const CROSSREF: &str = r#"{"indexed":{"date-parts":[[2024,1,1]]},"publisher":"SAGE","issue":"3",
"title":"Self-help <i>groups</i>","type":"article-journal","DOI":"10.1177/089801","volume":"12",
"author":[{"given":"Thomasina","family":"Borkman","sequence":"first","affiliation":[]},
{"name":"The Group","sequence":"additional"}],"page":"45-67","container-title":"Journal of X",
"issued":{"date-parts":[[2010,3]]},"URL":"https://doi.org/10.1177/089801","ISSN":["1234-5678"]}"#;

#[test]
fn a_doi_is_asked_for_as_csl_json_and_a_redirect_on_known_hosts_is_followed() {
    let record = one(
        |path, head| {
            assert!(
                head.to_lowercase().contains("accept: application/vnd.citationstyles.csl+json")
            );
            assert!(head.to_lowercase().contains("user-agent: kilde/"));
            if path == "/doi/10.1177/089801" { leads("/works/transform") } else { ok(CROSSREF) }
        },
        "https://doi.org/10.1177/089801",
    );
    assert_eq!(record.entry_type, "article");
    assert_eq!(record.text("title").unwrap(), "Self-help groups");
    assert_eq!(record.text("author").unwrap(), "Borkman, Thomasina; The Group");
    assert_eq!(record.text("journaltitle").unwrap(), "Journal of X");
    assert_eq!(record.text("date").unwrap(), "2010-03");
    assert_eq!(record.text("pages").unwrap(), "45–67");
    assert_eq!(record.text("issn").unwrap(), "1234-5678");
    assert!(record.field("annotation").is_none(), "{:?}", record.field("annotation"));
}

#[test]
fn a_norwegian_book_comes_from_the_national_library() {
    const SRU: &str = r#"<?xml version="1.0"?><searchRetrieveResponse
xmlns="http://www.loc.gov/zing/srw/"><numberOfRecords>1</numberOfRecords><records><record>
<recordSchema>marcxml</recordSchema><recordData><record xmlns="http://www.loc.gov/MARC21/slim">
<leader>01234nam a2200349 c 4500</leader><controlfield tag="001">999</controlfield>
<controlfield tag="008">190101s2019    no            000 0 nob d</controlfield>
<datafield tag="020" ind1=" " ind2=" "><subfield code="a">978-82-02-64657-8</subfield></datafield>
<datafield tag="245" ind1="0" ind2="0"><subfield code="a">Samarbeid om selvhjelp :</subfield>
<subfield code="b">en antologi /</subfield></datafield>
<datafield tag="264" ind1=" " ind2="1"><subfield code="a">Oslo :</subfield><subfield
code="b">Cappelen Damm akademisk,</subfield><subfield code="c">2019</subfield></datafield>
<datafield tag="700" ind1="1" ind2=" "><subfield code="a">Brottveit, Ånund,</subfield><subfield
code="e">redaktør.</subfield></datafield></record></recordData></record></records>
</searchRetrieveResponse>"#;
    let record = one(
        |path, _| {
            assert!(path.starts_with("/sru?"), "{path}");
            ok(SRU)
        },
        "978-82-02-64657-8",
    );
    assert_eq!(record.text("title").unwrap(), "Samarbeid om selvhjelp");
    assert_eq!(record.text("subtitle").unwrap(), "en antologi");
    assert_eq!(record.text("editor").unwrap(), "Brottveit, Ånund");
    assert_eq!(record.text("publisher").unwrap(), "Cappelen Damm akademisk");
    assert_eq!(record.text("date").unwrap(), "2019");
    assert_eq!(record.text("langid").unwrap(), "norsk");
}

#[test]
fn a_book_that_one_library_lacks_is_asked_for_at_the_next() {
    let record = one(
        |path, _| {
            if path.starts_with("/sru") {
                return ok("<searchRetrieveResponse><numberOfRecords>0</numberOfRecords>\
                           </searchRetrieveResponse>");
            }
            ok(r#"{"ISBN:9788202646578":{"title":"A Book","authors":[{"name":"Ann Lee"}],
                "publish_date":"March 2009","number_of_pages":92,
                "publishers":[{"name":"Harper"}],"publish_places":[{"name":"Oslo"}],
                "identifiers":{"isbn_13":["9788202646578"]}}}"#)
        },
        "ISBN 9788202646578",
    );
    assert_eq!(record.text("author").unwrap(), "Lee, Ann");
    assert_eq!(record.text("date").unwrap(), "2009-03");
    assert_eq!(record.text("pagetotal").unwrap(), "92");
}

#[test]
fn pubmed_and_arxiv_are_asked_in_their_own_ways() {
    let record = one(
        |path, _| {
            assert!(path.contains("id=12345678"), "{path}");
            ok(r#"<?xml version="1.0"?><!DOCTYPE PubmedArticleSet PUBLIC "-//NLM//DTD" "https://x">
<PubmedArticleSet><PubmedArticle><MedlineCitation><PMID Version="1">12345678</PMID><Article>
<Journal><ISSN IssnType="Print">0309-2402</ISSN><JournalIssue><Volume>35</Volume><Issue>6</Issue>
<PubDate><Year>2001</Year><Month>Sep</Month></PubDate></JournalIssue><Title>Journal of advanced
nursing</Title><ISOAbbreviation>J Adv Nurs</ISOAbbreviation></Journal><ArticleTitle>Sociological
perspectives on self-help groups.</ArticleTitle><Pagination><MedlinePgn>909-17</MedlinePgn>
</Pagination><AuthorList CompleteYN="Y"><Author><LastName>Adamsen</LastName><ForeName>L</ForeName>
</Author></AuthorList><Language>eng</Language></Article></MedlineCitation></PubmedArticle>
</PubmedArticleSet>"#)
        },
        "PMID: 12345678",
    );
    assert_eq!(record.text("pages").unwrap(), "909–917");
    assert_eq!(record.text("date").unwrap(), "2001-09");
    assert_eq!(record.text("pmid").unwrap(), "12345678");
    let record = one(
        |_, _| {
            ok(r#"<feed xmlns="http://www.w3.org/2005/Atom"><entry>
<id>http://arxiv.org/abs/2101.00001v2</id><published>2021-01-01T12:00:00Z</published>
<title>Mutual
  aid</title><summary>Text.</summary><author><name>Jane van Dyke</name></author>
<arxiv:primary_category xmlns:arxiv="http://arxiv.org/schemas/atom" term="cs.SI"/></entry></feed>"#)
        },
        "arXiv:2101.00001v2",
    );
    assert_eq!(record.text("author").unwrap(), "van Dyke, Jane");
    assert_eq!(record.text("eprint").unwrap(), "2101.00001");
    assert_eq!(record.text("date").unwrap(), "2021-01-01");
}

#[test]
fn what_is_not_known_is_told_as_that() {
    assert!(matches!(stopped(|_, _| status("404 Not Found"), 2000), NoAnswer::Unknown));
    let error = fetch(|_, _| ok("{}")).records(&read("9780306406157").unwrap()).unwrap_err();
    assert_eq!(error.said.id, "fetch.no-answer");
}

#[test]
fn errors_of_the_service_are_told() {
    assert!(matches!(stopped(|_, _| status("503 Busy"), 2000), NoAnswer::Status(503)));
    for nonsense in ["", "{\"title\": ", "<html>sorry</html>", "\u{0}\u{1}"] {
        let error = match nonsense {
            "" => fetch(|_, _| ok("")).records(&read("10.1000/1").unwrap()),
            "<html>sorry</html>" => {
                fetch(|_, _| ok("<html>sorry</html>")).records(&read("10.1000/1").unwrap())
            }
            _ => fetch(|_, _| ok("{\"title\": ")).records(&read("10.1000/1").unwrap()),
        };
        assert!(error.is_err(), "{nonsense}");
    }
}

#[test]
fn a_slow_service_is_not_waited_for() {
    let error = stopped(|_, _| None, 300);
    assert!(matches!(error, NoAnswer::Failed(ureq::Error::Timeout(_))), "{error:?}");
}

#[test]
fn a_long_answer_is_cut_off() {
    let error = stopped(|_, _| ok(&"x".repeat(11 << 20)), 20_000);
    assert!(matches!(error, NoAnswer::Failed(ureq::Error::BodyExceedsLimit(_))), "{error:?}");
}

#[test]
fn redirects_lead_nowhere_but_to_known_hosts_and_not_for_ever() {
    for (to, answer) in [
        ("metadata", (|_, _| leads("http://169.254.169.254/latest")) as fn(&str, &str) -> _),
        ("a file", |_, _| leads("file:///etc/passwd")),
        ("gopher", |_, _| leads("gopher://127.0.0.1/")),
        ("another port", |_, _| leads("http://127.0.0.1:1/")),
        ("a number", |_, _| leads("http://0x7f.1/")),
        ("another host", |_, _| leads("https://evil.example/")),
        ("a user", |_, _| leads("http://127.0.0.1@evil.example/")),
        ("nothing", |_, _| leads("")),
    ] {
        let error = stopped(answer, 2000);
        assert!(matches!(error, NoAnswer::Elsewhere(_)), "{to}: {error:?}");
    }
    assert!(matches!(stopped(|path, _| leads(path), 2000), NoAnswer::Redirects));
}

#[test]
fn this_machine_is_not_asked_unless_a_mirror_stands_on_it() {
    use kilde::world::fetch::address::PublicOnly;
    use ureq::unversioned::transport::DefaultConnector;
    let port = server(|_, _| ok("secret"));
    let agent = ureq::Agent::with_parts(
        ureq::config::Config::default(),
        DefaultConnector::default(),
        PublicOnly { allow_private: false },
    );
    for host in ["127.0.0.1", "localhost", "[::ffff:127.0.0.1]"] {
        let answer = agent.get(format!("http://{host}:{port}/")).call();
        assert!(answer.is_err_and(|error| error.to_string().contains("open internet")), "{host}");
    }
}
