use super::*;
use std::io::Write as _;

#[track_caller]
fn check(text: &str, kind: Kind, expected: &[&str]) {
    let found = citations(text.as_bytes(), kind).expect("readable");
    let keys: Vec<&str> = found.cited.iter().map(|it| it.key.as_str()).collect();
    assert_eq!(keys, expected);
}

fn archive(parts: &[(&str, &str)]) -> Vec<u8> {
    let mut zip = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    for (name, text) in parts {
        let options = zip::write::SimpleFileOptions::default();
        zip.start_file(*name, options).expect("memory");
        zip.write_all(text.as_bytes()).expect("memory");
    }
    zip.finish().expect("memory").into_inner()
}

#[test]
fn pandoc_citations_in_markdown() {
    check(
        "---\nnocite: |\n  @ås2010, @*\n---\nSom @hagen2010 [s. 7] sier [se -@berg:2011; @{Odd key}].\n\
         Mail me@x.no, <https://x.no/@no>, [a](http://x.no/@no) https://x.no/@no `@no`, \\@no.\n\n\
         ```\n@no\n```\n\nI følge @doe99. Se @fig:one og @hagen2010.",
        Kind::Markdown,
        &["ås2010", "hagen2010", "berg:2011", "Odd key", "doe99"],
    );
    assert!(citations(b"[@*]", Kind::Markdown).is_ok_and(|it| it.all));
}

#[test]
fn citing_commands_of_latex() {
    check(
        "\\documentclass{article}\n\\citestyle{x}\n\\cite{a, b}\\parencite[s.~7][]{c} % \\cite{no}\n\
         \\textcites(se)()[1]{d}[2]{e} \\volcite{2}[7]{f} \\citeauthor*{g} \\verb|\\cite{no}| 5\\% \\citep{h}\n\
         \\begin{verbatim}\n\\cite{no}\n\\end{verbatim}\n\\newcommand{\\x}{\\cite{#1}}\n\
         \\Citet\n{i}\\end{document}\\cite{no}",
        Kind::Latex,
        &["a", "b", "c", "d", "e", "f", "g", "h", "i"],
    );
    assert!(citations(b"\\nocite{*}", Kind::Latex).is_ok_and(|it| it.all));
    check("\\cite{never", Kind::Latex, &[]);
}

#[test]
fn what_latex_leaves_behind() {
    check(
        "\\relax\n\\citation{a,b}\n\\abx@aux@cite{0}{c}\n\\abx@aux@cite{d}\n\\bibcite{e}{1}",
        Kind::Aux,
        &["a", "b", "c", "d"],
    );
    check(
        "<?xml version=\"1.0\"?><bcf:controlfile xmlns:bcf=\"x\"><bcf:section number=\"0\">\
         <bcf:citekey order=\"1\">a&amp;b</bcf:citekey><bcf:citekey order=\"2\">c</bcf:citekey>\
         </bcf:section></bcf:controlfile>",
        Kind::Bcf,
        &["a&b", "c"],
    );
}

#[test]
fn citations_in_typst() {
    check(
        "= Innledning <innledning>\n@hagen2010[s. 7] og #cite(<berg2011>, form: \"prose\"), \
         #cite(label(\"DBLP:a/b\")). Se @innledning. mail@x.no // @no\n`@no` ```@no``` /* @no */ @doe.",
        Kind::Typst,
        &["hagen2010", "berg2011", "DBLP:a/b", "doe"],
    );
    let full = citations(b"#bibliography(\"a.bib\", full: true)", Kind::Typst);
    assert!(full.is_ok_and(|it| it.all));
}

#[test]
fn fields_and_text_in_word() {
    let text = "<w:document xmlns:w=\"x\"><w:body><w:p><w:r><w:t>Som [@ha</w:t></w:r><w:r><w:t>gen2010; \
         @berg] &amp;</w:t></w:r></w:p><w:p><w:r><w:fldChar w:fldCharType=\"begin\"/></w:r><w:r>\
         <w:instrText> CITATION Aas10 \\l 1044 </w:instrText></w:r><w:r><w:instrText>\\m Bø11</w:instrText>\
         </w:r><w:r><w:fldChar w:fldCharType=\"separate\"/></w:r><w:r><w:t>(Aas)</w:t></w:r>\
         <w:r><w:fldChar w:fldCharType=\"end\"/></w:r></w:p><w:p><w:fldSimple w:instr=\" ADDIN ZOTERO_ITEM \
         CSL_CITATION {&quot;citationItems&quot;:[{&quot;id&quot;:7,&quot;itemData&quot;:{&quot;id&quot;:7,\
         &quot;DOI&quot;:&quot;10.1/x&quot;}}]} \"/></w:p></w:body></w:document>";
    let bytes = archive(&[("word/document.xml", text)]);
    let found = citations(&bytes, Kind::Docx).expect("readable");
    let keys: Vec<&str> = found.cited.iter().map(|it| it.key.as_str()).collect();
    assert_eq!(keys, ["hagen2010", "berg", "Aas10", "Bø11", "7"]);
    assert_eq!(found.cited[4].doi, "10.1/x");
}

#[test]
fn marks_and_text_in_open_document() {
    let text = "<office:document-content xmlns:office=\"o\" xmlns:text=\"t\"><text:p>Se [@hagen]\
         <text:bibliography-mark text:identifier=\"Aas10\">[Aas]</text:bibliography-mark></text:p>\
         </office:document-content>";
    let bytes = archive(&[("content.xml", text)]);
    let found = citations(&bytes, Kind::Odt).expect("readable");
    let keys: Vec<&str> = found.cited.iter().map(|it| it.key.as_str()).collect();
    assert_eq!(keys, ["Aas10", "hagen"]);
}

#[test]
fn what_is_no_document_is_said() {
    assert!(citations(b"no archive", Kind::Docx).is_err());
    assert!(citations(&archive(&[("x", "y")]), Kind::Odt).is_err());
    assert!(citations(b"<a><b></a>", Kind::Bcf).is_err());
}
