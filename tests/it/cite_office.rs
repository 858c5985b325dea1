//! Word and OpenDocument lists opened in LibreOffice, where it is installed; the tests say so where
//! it is not. What is within the files is tested beside the writers.

use crate::support::desk::Desk;
use std::process::Command;

fn program(name: &str) -> Option<String> {
    let path = format!("/usr/bin/{name}");
    if std::path::Path::new(&path).exists() {
        return Some(path);
    }
    println!("skipped: there is no {path}");
    None
}

#[test]
fn libreoffice_opens_the_documents_and_finds_every_reference() {
    let (Some(office), Some(to_text)) = (program("soffice"), program("pdftotext")) else { return };
    let desk = Desk::with_shipped_library();
    let mut files = Vec::new();
    for (ending, style, locale) in [
        ("docx", "norsk-apa-manual", "nn-NO"),
        ("odt", "vancouver", "nb-NO"),
        ("rtf", "apa", "nb-NO"),
    ] {
        let file = format!("list-{ending}.{ending}");
        let line = format!(
            "cite gotaas2020takk brottveit2014rom -L library --style {style} --locale {locale} -o {file}"
        );
        assert_eq!(desk.line(&line).code, 0);
        files.push(file);
    }
    let profile = format!("-env:UserInstallation=file://{}/profile", desk.path().display());
    let status = Command::new(office)
        .args([profile.as_str(), "--headless", "--convert-to", "pdf"])
        .args(&files)
        .current_dir(desk.path())
        .env("HOME", desk.path())
        .stdout(std::process::Stdio::null())
        .stderr(std::process::Stdio::null())
        .status()
        .unwrap();
    assert!(status.success());
    for file in &files {
        let pdf = desk.path().join(file).with_extension("pdf");
        let text = Command::new(&to_text).arg(&pdf).arg("-").output().unwrap();
        let text = String::from_utf8_lossy(&text.stdout).into_owned();
        assert!(
            text.contains("Takk for tilliten") && text.contains("Rom for selvhjelp"),
            "{file}: {text}"
        );
        let heading = match file.as_str() {
            "list-docx.docx" => "Referansar",
            "list-odt.odt" => "Referanser",
            _ => "",
        };
        assert!(text.contains(heading), "{file}: {text}");
    }
}
