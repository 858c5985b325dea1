// Reads COinS and Highwire tags back as Zotero's translators do ("COinS", "Embedded Metadata"),
// written anew from what these do with each key and tag.

const clean = (text, comma) => {
  const bare = text.replace(/^[\s\u00A0.,/[\]:]+/, "").replace(/[\s\u00A0.,/[\]:]+$/, "").replace(/  +/g, " ");
  if (comma) {
    const [last, first = ""] = bare.split(/, ?/);
    return { last, first };
  }
  const at = bare.lastIndexOf(" ");
  return at < 0 ? { last: bare, first: "" } : { last: bare.slice(at + 1), first: bare.slice(0, at) };
};

export const coins = (openUrl) => {
  const pairs = openUrl.split("&").map((pair) => pair.split("="));
  const value = (text) => decodeURIComponent(text.replace(/\+|%2[bB]/g, " "));
  const all = (key) => pairs.filter(([it]) => it === key).map(([, it]) => value(it));
  const one = (key) => all(key)[0] ?? "";
  const format = one("rft_val_fmt").replace("info:ofi/fmt:kev:mtx:", ""), genre = one("rft.genre");
  const book = { bookitem: "bookSection", proceeding: "conferencePaper", conference: "conferencePaper", report: "report", document: "document" };
  const type = { journal: "journalArticle", book: book[genre] ?? "book", dissertation: "thesis", dc: one("rft.type") || "webpage" }[format];
  const ids = all("rft_id");
  const creators = all("rft.au").concat(all("rft.creator")).map((it) => clean(it, it.includes(",")));
  all("rft.aucorp").forEach((last) => creators.unshift({ last, first: "" }));
  return {
    type, creators,
    title: one("rft.atitle") || one("rft.title") || one("rft.btitle"),
    year: one("rft.date").slice(0, 4),
    doi: ids.filter((id) => id.startsWith("info:doi/")).map((id) => id.slice(9))[0] ?? "",
  };
};

export const highwire = (tags) => {
  const all = (name) => tags.filter(([it]) => it === name).map(([, it]) => it);
  let type = "", guess = "";
  for (const [name] of tags) {
    const sure = { citation_journal_title: "journalArticle", citation_technical_report_institution: "report", citation_conference_title: "conferencePaper", citation_book_title: "bookSection", citation_dissertation_institution: "thesis" }[name];
    if (sure) type = sure;
    if (name === "citation_title") guess = guess || "journalArticle";
    if (name === "citation_isbn") guess = "book";
  }
  // A native `z:itemType` is RDF, which goes before the guess.
  const native = all("z:itemType")[0];
  const nodes = all("citation_author");
  const creators = nodes.flatMap((text) => {
    let authors = text.split(/\s*;\s*/);
    if (authors.length === 1) {
      const parts = authors[0].split(/\s*,\s*/);
      if (parts.length > 1 && parts[0].includes(" ") && parts[1].includes(" ") && nodes.length === 1) authors = parts;
    }
    return authors.filter((it) => /[^\s,-.;]/.test(it)).map((it) => clean(it, it.includes(",")));
  });
  return {
    type: native || type || guess, creators,
    title: all("citation_title")[0] ?? "",
    year: (all("citation_publication_date")[0] ?? "").slice(0, 4),
    doi: all("citation_doi")[0] ?? "",
  };
};
