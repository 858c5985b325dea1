//! Tests of [`super`]: hostile XML above all.

use super::*;

fn elements(text: &[u8]) -> Vec<Result<Element, Unreadable>> {
    Elements::new(io::BufReader::new(text), &["r"]).collect()
}

#[test]
fn elements_are_found_at_any_depth() {
    let text = "<?xml version=\"1.0\"?>\n<!DOCTYPE a PUBLIC \"x\" \"y\">\n<a><x:b xmlns:x='u'>\n\
                <x:r k='v&amp;w'><t>A &lt;<i>b</i> &#248;&oslash; <![CDATA[<c>]]></t></x:r></x:b>\
                <r/></a>";
    let found = elements(text.as_bytes());
    assert_eq!(found.len(), 2);
    let first = found[0].as_ref().unwrap();
    assert_eq!((first.line, first.attribute("k")), (4, Some("v&w")));
    assert_eq!(first.text_at("t"), "A <b øø <c>");
}

#[test]
fn entities_are_never_expanded() {
    let bomb = "<!DOCTYPE a [<!ENTITY x \"xx\"><!ENTITY y \"&x;&x;\">]><a><r>&y;</r></a>";
    assert!(matches!(elements(bomb.as_bytes()).as_slice(), [Err(_)]));
    let file = "<!DOCTYPE a [<!ENTITY x SYSTEM \"file:///etc/passwd\">]><a><r>&x;</r></a>";
    assert!(matches!(elements(file.as_bytes()).as_slice(), [Err(_)]));
    assert_eq!(elements(b"<a><r>&y;</r></a>")[0].as_ref().unwrap().text(), "&y;");
}

#[test]
fn depth_has_a_limit() {
    let deep = format!("<r>{}", "<b>".repeat(1_000_000));
    assert!(matches!(elements(deep.as_bytes()).as_slice(), [Err(_)]));
    let outside = "<b>".repeat(1_000_000);
    assert!(matches!(elements(outside.as_bytes()).as_slice(), [Err(_)]));
}

#[test]
fn a_record_without_end_has_a_limit_and_a_file_of_many_has_none() {
    let endless = (&b"<a><r>"[..]).chain(io::repeat(b'x').take(64 << 20));
    let found: Vec<_> = Elements::new(io::BufReader::new(endless), &["r"]).collect();
    assert!(matches!(found.as_slice(), [Err(_)]));
    let many = "<r>xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx</r>".repeat(50_000);
    let found = elements(format!("<a>{many}</a>").as_bytes());
    assert_eq!(found.iter().filter(|it| it.is_ok()).count(), 50_000);
}

#[test]
fn many_attributes_take_linear_time() {
    let many: String = (0..80_000).map(|i| format!(" a{i}='x'")).collect();
    let found = elements(format!("<a><r{many}>t</r></a>").as_bytes());
    assert_eq!(found[0].as_ref().unwrap().text(), "t");
}

#[test]
fn broken_xml_ends_with_its_line() {
    let found = elements(b"<a>\n<r>1</r>\n<r><b></r>\n<r>3</r></a>");
    assert!(found[0].is_ok());
    assert_eq!(found[1].as_ref().unwrap_err().line, 3);
    assert_eq!(found.len(), 2);
}

#[test]
fn what_is_written_is_well_formed() {
    let mut xml = Writer::default();
    xml.open("a", &[("k", "\"<&")]);
    xml.text("r", &[], "a\u{1}<b>&\u{b}ø");
    let text = xml.finish();
    assert_eq!(elements(text.as_bytes())[0].as_ref().unwrap().text(), "a<b>&ø");
}
