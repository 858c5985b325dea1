//! Tests of [`super`].

use super::*;

fn read_all(text: &str) -> Vec<Item> {
    read(Box::new(text.as_bytes()), Vec::new()).collect()
}

fn record_of(text: &str) -> Record {
    match read_all(text).into_iter().next() {
        Some(Item::Record(record)) => record,
        other => panic!("{other:?}"),
    }
}

#[test]
fn columns_are_known_by_their_headers_in_several_languages() {
    let it =
        record_of("Forfattere;Tittel;År;Tidsskrift;Nr\n\"Gotaas, Nora\";\"A; b\";2010;Sosiologi;3");
    assert_eq!(it.entry_type, "article");
    assert_eq!(it.text("number").unwrap(), "3");
    let it = record_of(
        "\"Authors\",\"Title\",\"Year\",\"Source title\",\"Page start\",\"Page end\",\"Art. No.\",\"Cited by\"\n\
         \"Smith J., Doe A.\",\"T\",\"2010\",\"J\",\"12\",\"19\",\"\",\"4\"\n",
    );
    assert_eq!(it.text("author").unwrap(), "Smith, J.; Doe, A.");
    assert_eq!(it.text("pages").unwrap(), "12–19");
    assert!(it.field("annotation").is_none());
}

#[test]
fn what_the_user_says_of_a_column_counts() {
    let asked = vec![("Kommentar".to_owned(), "abstract".to_owned())];
    let found = columns("Title\tKommentar\tHva er dette?\n", &asked);
    let fields: Vec<Option<&str>> = found.iter().map(|it| it.field.as_deref()).collect();
    assert_eq!(fields, [Some("title"), Some("abstract"), None]);
}

#[test]
fn no_cell_is_a_formula_and_reading_gives_the_text_back() {
    let mut record = Record::new("book");
    record.key = "=cmd".into();
    record.add("title", "=HYPERLINK(\"http://x\")");
    record.add("note", "'@SUM(1)");
    record.add("publisher", "-2+3");
    let mut out = Vec::new();
    let style = Style { delimiter: b',', is_raw: false };
    let losses = write(&[record.clone()], style, &mut out).unwrap();
    assert!(losses.is_empty(), "{losses:?}");
    let text = String::from_utf8(out).unwrap();
    let mut reader =
        csv::ReaderBuilder::new().from_reader(text.trim_start_matches('\u{feff}').as_bytes());
    for row in reader.records() {
        for cell in &row.unwrap() {
            assert!(!cell.starts_with(is_formula), "{cell}");
        }
    }
    let back = record_of(&text);
    assert_eq!(back.text("title"), record.text("title"));
    assert_eq!(back.text("note"), record.text("note"));
}

#[test]
fn rows_without_a_title_and_of_another_width_are_told() {
    let items = read_all("author,title,year\n,,\nA,,2010\nB,T\n,,2010\n");
    assert!(matches!(&items[0], Item::Unreadable(it) if it.line == 2));
    assert!(matches!(&items[1], Item::Record(it) if it.unknown.len() == 1));
    assert!(matches!(&items[2], Item::Record(it) if it.unknown[0].said.id == "import.csv.width"));
    assert!(matches!(&items[3], Item::Unreadable(it) if it.text.contains("2010")));
}

#[test]
fn a_quotation_mark_without_a_partner_does_not_fill_memory() {
    let text = format!("title\n\"{}", "x".repeat(20 << 20));
    assert!(matches!(read_all(&text).as_slice(), [Item::Unreadable(_)]));
}
