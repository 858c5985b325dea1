// The libraries that the browser tests publish: the shipped one, a hostile one, one work, many.
import { cpSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";

const [first, second] = process.argv.slice(2);
const bib = (work) => `${work}/shipped/data/selvhjelp.bib`;
if (first === "--change") {
  const text = readFileSync(bib(second), "utf8");
  writeFileSync(bib(second), text.replace("{Hjelper selvhjelp?}", "{Hjelper selvhjelpen?}") +
    "\n@book{added2026, author={Ny, Ada}, title={Et nytt verk}, date={2026}, langid={norsk}, ids={old-key}}\n");
} else if (first === "--withdraw") {
  const text = readFileSync(bib(second), "utf8");
  writeFileSync(bib(second), text.replace(/\n@book\{aa1939bigbook[^]*?\n\}\n|^@book\{aa1939bigbook[^]*?\n\}\n/, "\n"));
} else {
  mkdirSync(`${second}/shipped`, { recursive: true });
  cpSync(first, `${second}/shipped/data`, { recursive: true, filter: (path) => !path.includes("builtin") });
  const payloads = [
    "<script>window.hurt=1</script>", "\\\"><img src=x onerror=window.hurt=1>", "'\\\"><svg onload=window.hurt=1>",
    "</script><script>window.hurt=1</script>", "\u202Etxet desrever\u202C", "javascript:window.hurt=1",
    "--> <b>x</b> ]]>", "x".repeat(5000), "\\u003cscript>window.hurt=1", "A \u0007 bell",
  ];
  // Fifty more: ways to begin something, after ways to end what stands before.
  for (const end of ["", "'>", "\\\">", "</title>", "</script>"]) for (const begin of ["<script>window.hurt=1//", "<img src=x onerror=window.hurt=1>", "<svg/onload=window.hurt=1>", "<iframe srcdoc='<script>parent.hurt=1</script>'>", "<a href=javascript:window.hurt=1>x", "<base href=//evil.example>", "<input autofocus onfocus=window.hurt=1>", "<details open ontoggle=window.hurt=1>", "<math><mtext><style><img src onerror=window.hurt=1>", "<meta http-equiv=refresh content=0;url=//evil.example>"]) payloads.push(end + begin);
  const fields = ["title", "subtitle", "booktitle", "publisher", "keywords", "note", "abstract", "type", "series", "url", "fulltext", "doi", "project", "langid", "relatedstring", "location"];
  let text = "";
  payloads.forEach((payload, i) => {
    const all = fields.map((field) => `  ${field} = {${payload.replace(/[{}]/g, "")}},`).join("\n");
    text += `@incollection{k${i},\n  author = {{${payload.slice(0, 300).replace(/[{}]/g, "")}} and Berg, Åse},\n${all}\n  related={k0},\n}\n`;
  });
  text += "@book{../../etc/passwd, title={A path}}\n@book{CON, title={A device}}\n@book{Same, title={One}}\n@book{same, title={Two}}\n@book{same, title={Three}}\n@misc{untitled, author={Nobody, N.}}\n@misc{nothing}\n";
  writeFileSync(`${second}/hostile.bib`, text);
  writeFileSync(`${second}/one.bib`, "@book{one, author={Only, O.}, title={The only one}, date={2020}, langid={english}}\n");
  const words = "selvhjelp gruppe angst sorg kreft rus helse kommune nettverk mestring likeperson erfaring metode studie evaluering frivillig deltaker trening støtte psykisk".split(" ");
  let many = "";
  for (let i = 0; i < Number(process.env.WORKS ?? 2000); i++) {
    const at = (n) => words[(i * 7 + n * 13 + (i >> 3)) % words.length];
    many += `@article{m${i}, author={Etternavn${i % 400}, F.}, title={Om ${at(1)} og ${at(2)} i ${at(3)}: ${at(4)} nummer ${i}}, journaltitle={Tidsskrift ${i % 30}}, date={${1950 + (i % 75)}}, keywords={${at(1)}, ${at(2)}}, langid={norsk}}\n`;
  }
  writeFileSync(`${second}/many.bib`, many);
}
