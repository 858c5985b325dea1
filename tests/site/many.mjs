// A large library made of the shipped one, always the same: `node many.mjs DATA FOLDER COUNT`.
// Each round copies every work with a key, authors, year and title of its own: names and words of
// titles are mixed between works, so that the vocabulary and the crowd of authors grow as they do in
// a real library; crossref and related point into the same round.
import { cpSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";

let state = 1;
const next = (below) => { state = (Math.imul(state, 1664525) + 1013904223) >>> 0; return Math.floor(state / 2 ** 32 * below); };
const SYLLABLES = "ber gås tvei hol nes land rud ås vik dal mo sund by haug strand lie foss tun eng skog heim bakk vold set ler".split(" ");
const name = (n) => { const it = SYLLABLES[n % 24] + SYLLABLES[Math.floor(n / 24) % 24] + (n >= 576 ? SYLLABLES[Math.floor(n / 576) % 24] : ""); return it[0].toUpperCase() + it.slice(1); };

/** COUNT works as BibLaTeX, made of the works of `text`. */
export const many = (text, count) => {
  const works = text.split(/\n(?=@)/).filter((it) => /^@\w+\{/.test(it)).map((it) => it.trim());
  const words = works.flatMap((it) => (it.match(/^ *title += \{(.*)\},$/m)?.[1] ?? "").split(" ")).filter((it) => /^\p{L}{4,}$/u.test(it));
  // Now and then a compound that no other title has.
  const other = () => words[next(words.length)] + (next(12) ? "" : words[next(words.length)].toLowerCase());
  const keys = new Set(works.map((it) => it.match(/^@\w+\{([^,]+),/)[1]));
  let out = "";
  for (let at = 0; at < count; at++) {
    const round = Math.floor(at / works.length), work = works[at % works.length];
    if (!round) { out += `${work}\n\n`; continue; }
    out += work.split("\n").map((line) => {
      if (line.startsWith("@")) return line.replace(/,$/, `.${round},`);
      const found = line.match(/^( *)(\w+)( *= \{)(.*)(\},)$/);
      if (!found) return line;
      let [, blank, field, is, value, end] = found;
      if (["crossref", "xref", "related"].includes(field)) value = value.split(",").map((it) => (keys.has(it.trim()) ? `${it.trim()}.${round}` : it)).join(",");
      else if (["author", "editor"].includes(field)) value = value.replace(/(^| and )\p{Lu}\p{Ll}+(?=,)/gu, (_, and) => `${and}${name(next(13824))}`);
      else if (field === "title") value = value.split(" ").map((word) => (/^\p{L}{4,}$/u.test(word) && next(3) === 0 ? other() : word)).join(" ");
      else if (field === "date") value = value.replace(/^\d{4}/, () => String(1950 + next(75)));
      else if (field === "doi") value += `.${round}`;
      else if (["isbn", "pmid", "ids"].includes(field)) return null;
      else if (/^(url|fulltext|summary)$/.test(field)) value += `#${round}`;
      return blank + field + is + value + end;
    }).filter((it) => it !== null).join("\n") + "\n\n";
  }
  return out;
};

const [data, folder, count] = process.argv.slice(2);
if (process.argv[1].endsWith("many.mjs") && count) {
  mkdirSync(`${folder}/data`, { recursive: true });
  for (const it of ["overview", "thesaurus.toml"]) cpSync(`${data}/${it}`, `${folder}/data/${it}`, { recursive: true });
  writeFileSync(`${folder}/data/library.bib`, many(readFileSync(`${data}/selvhjelp.bib`, "utf8"), Number(count)));
}
