//! `kilde import FILE…`

/// `HEADER=FIELD`, as `--column` takes it.
pub(super) fn column(text: &str) -> Result<(String, String), String> {
    let (header, field) = text.rsplit_once('=').ok_or("HEADER=FIELD")?;
    Ok((header.to_owned(), field.to_lowercase()))
}
