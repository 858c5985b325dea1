//! Where imported records come from, written into each of them.

use crate::exchange::Record;
use crate::exchange::record::Value;

/// Where the records of a file come from.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Provenance {
    /// What the user says of it, instead of all below.
    pub text: Option<String>,
    /// The database that was searched.
    pub database: Option<String>,
    /// The search, as it was typed there.
    pub search: Option<String>,
    /// The name of the file.
    pub file: String,
    /// The day of the import, as `2026-03-01`.
    pub day: String,
}

impl Provenance {
    /// Adds it to the `provenance` of `record`. The database that a record names itself counts
    /// where the user names none.
    pub fn put(&self, record: &mut Record) {
        let named = record.text("database").map(std::borrow::Cow::into_owned);
        let text = match &self.text {
            Some(text) => text.clone(),
            None => {
                let search = self.search.as_ref().map(|it| format!("search: {it}"));
                let is_named = !matches!(self.file.as_str(), "" | "-");
                let file = is_named.then(|| self.file.clone());
                let database = self.database.clone().or(named);
                let parts = [database, search, file, Some(self.day.clone())];
                parts.into_iter().flatten().collect::<Vec<_>>().join(", ")
            }
        };
        // ` ; ` stands between one and the next.
        let text = text.replace(" ; ", ", ");
        if text.trim().is_empty() {
            return;
        }
        let known = record.text("provenance").map(std::borrow::Cow::into_owned);
        let text = match known {
            Some(known) if known.split(" ; ").any(|it| it == text) => known,
            Some(known) => format!("{known} ; {text}"),
            None => text,
        };
        record.set("provenance", Value::Text(text));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_record_says_where_it_comes_from() {
        let provenance = Provenance {
            search: Some("self-help ; group".into()),
            file: "scopus.ris".into(),
            day: "2026-03-01".into(),
            ..Provenance::default()
        };
        let mut record = Record::new("article");
        record.add("database", "Scopus");
        provenance.put(&mut record);
        provenance.put(&mut record);
        let text = "Scopus, search: self-help, group, scopus.ris, 2026-03-01";
        assert_eq!(record.text("provenance").unwrap(), text);
        let own = Provenance { text: Some("tip".into()), ..provenance };
        own.put(&mut record);
        assert_eq!(record.text("provenance").unwrap(), format!("{text} ; tip"));
    }
}
