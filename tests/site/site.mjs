// The published overview, as people meet it. `node site.mjs KILDE WORK [SCREENSHOTS]`, called by `run`.
import { execFileSync } from "node:child_process";
import { existsSync, mkdirSync, readFileSync, readdirSync } from "node:fs";
import { createServer } from "node:http";
import { createRequire } from "node:module";
import { extname, join, normalize } from "node:path";
import { chromium } from "playwright-core";
import { HtmlValidate } from "html-validate";
import * as zotero from "./zotero.mjs";

const [kilde, work, pictures] = process.argv.slice(2);
const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const types = { ".html": "text/html; charset=utf-8", ".css": "text/css", ".js": "text/javascript", ".json": "application/json", ".xml": "application/xml", ".ris": "application/x-research-info-systems", ".bib": "application/x-bibtex" };

const serve = (root) => new Promise((ready) => {
  const server = createServer((request, response) => {
    const path = decodeURIComponent(new URL(request.url, "http://x").pathname);
    const file = join(root, normalize(path.endsWith("/") ? path + "index.html" : path));
    if (!file.startsWith(root) || !existsSync(file)) { response.writeHead(404).end(); return; }
    response.writeHead(200, { "content-type": types[extname(file)] ?? "application/octet-stream" }).end(readFileSync(file));
  });
  server.listen(0, "127.0.0.1", () => ready({ address: `http://127.0.0.1:${server.address().port}`, close: () => server.close() }));
});

const sites = {};
for (const name of ["site", "hostile", "one", "many"]) sites[name] = await serve(join(work, name));
const at = (path, site = "site") => `${sites[site].address}/${path}`;

const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM,
  args: ["--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync"],
});

let failed = 0, passed = 0;
const only = process.env.ONLY && new RegExp(process.env.ONLY);
const test = async (name, body) => {
  if (only && !only.test(name)) return;
  const started = Date.now();
  try { await body(); passed++; console.log(`ok      ${name} (${Date.now() - started} ms)`); }
  catch (error) { failed++; console.log(`FAILED  ${name}\n        ${String(error.message ?? error).split("\n").join("\n        ")}`); }
};
const equal = (found, wanted, what = "") => { if (JSON.stringify(found) !== JSON.stringify(wanted)) throw new Error(`${what} found ${JSON.stringify(found)}, wanted ${JSON.stringify(wanted)}`); };
const holds = (is, what) => { if (!is) throw new Error(what); };

/** A page that notes dialogs, errors, refused policies and requests that leave the site. */
const open = async (address, options = {}) => {
  const context = await browser.newContext({ acceptDownloads: true, ...options });
  const page = await context.newPage(), trouble = [];
  page.on("dialog", (it) => { trouble.push(`dialog ${it.message()}`); it.dismiss(); });
  page.on("pageerror", (it) => trouble.push(`error ${it.message}`));
  page.on("console", (it) => { if (it.type() === "error" && !/Failed to load/.test(it.text())) trouble.push(it.text()); });
  page.on("response", (it) => { if (it.status() >= 400) trouble.push(`${it.status()} ${it.url()}`); });
  page.on("request", (it) => { if (!it.url().startsWith(new URL(address).origin) && !it.url().startsWith("data:") && !it.url().startsWith("file:")) trouble.push(`left for ${it.url()}`); });
  await page.goto(address);
  return { page, context, trouble };
};
const close = async ({ context, trouble }) => { await context.close(); equal(trouble, [], "trouble:"); };
const ask = async (page, text) => {
  await page.fill("#q", text);
  await page.press("#q", "Enter");
  await page.waitForFunction((text) => document.getElementById("search").dataset.answered === text && !document.getElementById("results").hidden, text.trim());
  return page.$$eval("#hits a", (list) => list.map((it) => decodeURIComponent(it.getAttribute("href").slice(6, -5))));
};
const shot = async (page, name, full = false) => { if (pictures) { mkdirSync(pictures, { recursive: true }); await page.screenshot({ path: join(pictures, `${name}.png`), fullPage: full }); } };

// ---- Search ----------------------------------------------------------------------------------------
await test("sjølhjelp finds works on selvhjelp, and self-help groups finds Norwegian ones", async () => {
  const it = await open(at("nb/index.html"));
  const first = await ask(it.page, "sjølhjelp i Stortinget");
  holds(first.slice(0, 5).includes("interpellasjon2007"), `interpellasjon2007 is not among ${first.slice(0, 5)}`);
  await ask(it.page, "self-help groups");
  await it.page.click("#filters summary");
  holds(Number(await it.page.textContent("label:has(input[value=language-nb]) [data-count]")) > 10, "no Norwegian works among the hits");
  holds(/\d+ treff/.test(await it.page.textContent("#status")), "the number of hits is not told");
  holds((await it.page.textContent("#understood")).includes("selvhjelp"), "the widening is not told");
  await shot(it.page, "search-desktop");
  await close(it);
});
await test("facets narrow the hits, the counts follow, and the address says it all", async () => {
  const it = await open(at("nb/index.html"));
  const all = (await ask(it.page, "selvhjelpsgrupper")).length;
  await it.page.click("#filters summary");
  const told = () => it.page.textContent("#status");
  const before = await told();
  await it.page.check("input[value=type-report]");
  await it.page.waitForFunction((before) => document.getElementById("status").textContent !== before, before);
  holds(/q=selvhjelpsgrupper&type=type-report/.test(it.page.url()), it.page.url());
  const kinds = await it.page.$$eval("#hits .meta", (list) => list.map((it) => it.textContent));
  holds(all > 0 && kinds.length > 0 && kinds.every((it) => it.includes("Rapport")), kinds.join(" | "));
  const narrow = await told();
  const again = await open(it.page.url());
  await again.page.waitForFunction((narrow) => document.getElementById("status").textContent === narrow, narrow);
  await close(again);
  await it.page.fill("#from", "2015");
  await it.page.waitForFunction((narrow) => document.getElementById("status").textContent !== narrow, narrow);
  await close(it);
});
await test("nothing found is told, and a misspelt word is put right", async () => {
  const it = await open(at("en/index.html"));
  await ask(it.page, "qqqqxxzz");
  equal(await it.page.textContent("#status"), "No results");
  const hits = await ask(it.page, "selvhjlep");
  holds(hits.length > 0, "a misspelt word finds nothing");
  await close(it);
});
await test("a search from a file share works without a server", async () => {
  const it = await open(`file://${work}/site/nb/index.html`);
  holds((await ask(it.page, "angst")).length > 0, "no hits");
  await close(it);
});
await test("the page and the program agree on the first five", async () => {
  const queries = ["../shared/domain/queries.jsonl", "../../shared/domain/queries.jsonl"].find((it) => existsSync(it));
  if (!queries) { console.log("        skipped: ../shared/domain/queries.jsonl is not there"); return; }
  const it = await open(at("nb/index.html"));
  let agreed = 0, total = 0, overlap = 0;
  const apart = [];
  for (const line of readFileSync(queries, "utf8").split("\n").filter(Boolean)) {
    const { query } = JSON.parse(line);
    let out = "";
    try { out = execFileSync(kilde, ["-L", join(work, "shipped"), "search", query, "--limit", "5", "--json"], { encoding: "utf8", stdio: ["ignore", "pipe", "ignore"] }); }
    catch (error) { out = String(error.stdout ?? ""); }
    const program = out.split("\n").filter(Boolean).map((row) => JSON.parse(row).key);
    const page = (await ask(it.page, query)).slice(0, 5);
    const same = program.filter((key) => page.includes(key)).length;
    holds(program.length > 0 || /\S/.test(out) === false, out.slice(0, 200));
    if (!program.length) { apart.push(`${query}: the program finds nothing`); total++; continue; }
    total++;
    overlap += same / Math.max(program.length, 1);
    if (same === program.length) agreed++; else apart.push(`${query}: ${page} / ${program}`);
  }
  console.log(`        the same five for ${agreed} of ${total} queries; ${(100 * overlap / total).toFixed(1)} % of the hits shared`);
  if (process.env.VERBOSE) console.log(apart.join("\n"));
  holds(agreed / total >= 0.9, `only ${agreed} of ${total}: ${apart.join("\n")}`);
  await close(it);
});
await test("many works: a search is answered before the next key", async () => {
  const it = await open(at("nb/index.html", "many"));
  await ask(it.page, "angst");
  const times = [];
  for (const query of ["selvhjelp gruppe", "sorg og kreft", "mestring i nettverk", "psykisk helse"]) {
    await it.page.fill("#q", query);
    times.push(await it.page.evaluate(() => {
      const started = performance.now();
      document.getElementById("search").requestSubmit();
      return Math.round(performance.now() - started);
    }));
  }
  const works = readdirSync(join(work, "many/entry")).length / 3;
  console.log(`        ${times.join(", ")} ms from question to hits on the page, ${works} works`);
  await close(it);
});

// ---- People ----------------------------------------------------------------------------------------
await test("with the keyboard only: skip, search, follow a work, take its RIS along", async () => {
  const it = await open(at("nb/index.html"));
  await it.page.keyboard.press("Tab");
  equal(await it.page.evaluate(() => document.activeElement.className), "skip");
  await it.page.keyboard.press("Enter");
  equal(await it.page.evaluate(() => document.activeElement.id), "content");
  await it.page.keyboard.press("Tab");
  equal(await it.page.evaluate(() => document.activeElement.id), "q");
  await it.page.keyboard.type("sorggrupper");
  await it.page.keyboard.press("Enter");
  await it.page.waitForSelector("#hits a");
  for (let i = 0; i < 12 && !(await it.page.evaluate(() => document.activeElement.classList.contains("title"))); i++) await it.page.keyboard.press("Tab");
  await it.page.keyboard.press("Enter");
  await it.page.waitForURL(/entry\//);
  const [file] = await Promise.all([it.page.waitForEvent("download"), it.page.click("a[href$='.ris']")]);
  const ris = readFileSync(await file.path(), "utf8");
  holds(/^TY  - /.test(ris.replace(/^\uFEFF/, "")) && /ER  - ?\r?\n/.test(ris), ris.slice(0, 200));
  await close(it);
});
await test("without JavaScript every work is reached and read", async () => {
  const it = await open(at("nb/index.html"), { javaScriptEnabled: false });
  holds(!(await it.page.isVisible("#search")), "a form that does nothing is shown");
  await shot(it.page, "no-script");
  await it.page.click("text=Hele listen i alfabetisk rekkefølge");
  const links = await it.page.$$eval(".works a[href^='entry/']", (list) => new Set(list.map((it) => it.getAttribute("href"))).size);
  equal(links, readdirSync(join(work, "site/entry")).filter((it) => it.endsWith(".bib")).length);
  await it.page.click(".works a[href^='entry/']");
  holds(await it.page.isVisible("h1"), "no heading");
  await close(it);
});
const kinds = {
  front: "nb/index.html", list: "nb/list.html", letter: "nn/letter-b.html", groups: "en/topics.html", group: "nb/type-report.html",
  entry: "en/entry/gotaas2020takk.html", book: "nb/entry/brottveitfeiring2019samarbeid.html", about: "nn/about.html", news: "nb/news.html",
  edition: "nb/edition-2026-1.html", gone: "nb/entry/aa1939bigbook.html", english: "en/index.html",
};
const hostile = { hostile: "en/list.html", "hostile front": "nb/index.html", "hostile work": "en/entry/k0.html" };
for (const colorScheme of ["light", "dark"]) {
  await test(`axe finds nothing on any kind of page, ${colorScheme}`, async () => {
    const pages = [...Object.entries(kinds).map(([name, path]) => [name, at(path)]), ...Object.entries(hostile).map(([name, path]) => [name, at(path, "hostile")]), ["one work", at("en/index.html", "one")]];
    const context = await browser.newContext({ colorScheme, bypassCSP: true });
    const page = await context.newPage(), wrong = [];
    for (const [name, address] of pages) {
      await page.goto(address);
      if (name === "front" || name === "english") { await ask(page, "angst"); await page.click("#filters summary"); }
      await page.evaluate(axe);
      const found = await page.evaluate(() => window.axe.run(document, { runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"] }));
      for (const it of found.violations) wrong.push(`${name}: ${it.id}: ${it.nodes.slice(0, 2).map((node) => node.html.slice(0, 150)).join(" ")}`);
    }
    await context.close();
    equal(wrong, []);
  });
}
await test("nothing is wider than a narrow phone, and targets are large enough", async () => {
  const context = await browser.newContext({ viewport: { width: 320, height: 640 } });
  const page = await context.newPage(), wrong = [];
  for (const [name, address] of [...Object.entries(kinds).map(([name, path]) => [name, at(path)]), ...Object.entries(hostile).map(([name, path]) => [name, at(path, "hostile")])]) {
    await page.goto(address);
    const wide = await page.evaluate(() => document.documentElement.scrollWidth);
    if (wide > 320) wrong.push(`${name}: ${wide} px`);
    const small = await page.evaluate(() => [...document.querySelectorAll("nav a, button, input, summary, .links a, .downloads a")]
      .filter((it) => it.offsetParent && (it.closest("label") ?? it).getBoundingClientRect().height < 23.5).map((it) => it.outerHTML.slice(0, 90)));
    if (small.length) wrong.push(`${name}: small: ${small[0]}`);
  }
  await context.close();
  equal(wrong, []);
});
await test("on paper all hits stand, and the form does not", async () => {
  const it = await open(at("nb/index.html"));
  await ask(it.page, "selvhjelp");
  const total = Number((await it.page.textContent("#status")).match(/\d+/)[0]);
  await it.page.emulateMedia({ media: "print" });
  await it.page.evaluate(() => dispatchEvent(new Event("beforeprint")));
  equal(await it.page.$$eval("#hits li", (list) => list.length), total);
  holds(!(await it.page.isVisible("#search")), "the form is printed");
  const pdf = await it.page.pdf({ format: "A4" });
  holds(pdf.subarray(0, 5).toString() === "%PDF-" && pdf.length > 20_000, "no PDF");
  await close(it);
});
await test("the first view of the overview is small", async () => {
  const context = await browser.newContext();
  const page = await context.newPage();
  const bodies = [];
  page.on("response", (it) => bodies.push(it.body()));
  await page.goto(at("nb/index.html"), { waitUntil: "networkidle" });
  const bytes = (await Promise.all(bodies)).reduce((sum, it) => sum + it.length, 0);
  await context.close();
  console.log(`        ${Math.round(bytes / 1000)} kB, nothing compressed`);
  holds(bytes < 200_000, `${bytes} bytes`);
});

// ---- Harm ------------------------------------------------------------------------------------------
await test("hostile values do nothing on any page", async () => {
  const folder = join(work, "hostile"), it = await open(at("en/index.html", "hostile"));
  const pages = readdirSync(folder, { recursive: true }).filter((path) => path.endsWith(".html") && path.startsWith("en/"));
  for (const path of pages) {
    await it.page.goto(at(path, "hostile"));
    const found = await it.page.evaluate(() => ({
      hurt: window.hurt, scripts: document.querySelectorAll("script:not([type]):not(:last-child), svg, img, iframe").length,
      links: [...document.links].map((it) => it.href).filter((it) => !/^(https?|mailto):/.test(it)),
    }));
    equal([path, found.hurt, found.links], [path, undefined, []].map((it) => it));
    equal(found.scripts, 0, path);
  }
  await it.page.goto(at("en/index.html", "hostile"));
  await ask(it.page, "Berg");
  equal(await it.page.evaluate(() => window.hurt), undefined);
  await close(it);
});
await test("the HTML is valid", async () => {
  const check = new HtmlValidate({ extends: ["html-validate:standard"], rules: { "long-title": "off", "no-raw-characters": "off", "prefer-native-element": "off" } });
  const wrong = [];
  const files = [...Object.values(kinds), "index.html"].map((path) => join(work, "site", path)).concat(Object.values(hostile).map((path) => join(work, "hostile", path)));
  for (const file of files) {
    const report = await check.validateString(readFileSync(file, "utf8"), file);
    for (const result of report.results) for (const it of result.messages) wrong.push(`${file.slice(work.length)}:${it.line}: ${it.ruleId}: ${it.message}`);
  }
  equal([...new Set(wrong)].slice(0, 12), []);
});

// ---- Machines --------------------------------------------------------------------------------------
await test("fifty works are read back as Zotero reads COinS and Highwire tags", async () => {
  const rows = JSON.parse(readFileSync(join(work, "site/all.json"), "utf8"));
  const types = { "article-journal": "journalArticle", "article-magazine": "journalArticle", "article-newspaper": "journalArticle", article: "journalArticle", book: "book", chapter: "bookSection", "paper-conference": "conferencePaper", report: "report", thesis: "thesis", webpage: "webpage" };
  const sample = rows.filter((it) => it.title).filter((_, i) => i % Math.floor(rows.length / 50) === 0).slice(0, 50);
  const it = await open(at("nb/list.html"));
  const spans = await it.page.$$eval(".work", (list) => list.map((it) => [it.querySelector("a[href^='entry/']").getAttribute("href").slice(6, -5), it.querySelector(".Z3988").title]));
  const urls = new Map(spans), wrong = [];
  const same = (text) => text.normalize("NFC").replace(/[\s\u00A0]+/g, " ").trim();
  for (const row of sample) {
    await it.page.goto(at(`nb/entry/${row.id}.html`));
    const tags = await it.page.$$eval("meta[name]", (list) => list.map((it) => [it.name, it.content]));
    for (const [way, got] of [["COinS", zotero.coins(urls.get(row.id))], ["Highwire", zotero.highwire(tags)]]) {
      const people = (row.author ?? row.editor ?? []).filter((name) => ![name.family, name.literal].includes("others")).map((name) => same([name["non-dropping-particle"], name["dropping-particle"], name.family ?? name.literal].filter(Boolean).join(" ")));
      const found = got.creators.map((name) => same(name.last));
      const wanted = { title: same(row.title.replace(/<[^>]+>/g, "")), year: String(row.issued?.["date-parts"]?.[0]?.[0] ?? ""), doi: row.DOI ?? "" };
      const near = (a, b) => a.replace(/[\s+]+/g, " ") === b.replace(/[\s+]+/g, " ");
      if (!near(same(got.title), wanted.title)) wrong.push(`${way} ${row.id}: title ${got.title}`);
      if (got.year !== wanted.year) wrong.push(`${way} ${row.id}: year ${got.year}, not ${wanted.year}`);
      if (got.doi !== wanted.doi) wrong.push(`${way} ${row.id}: doi ${got.doi}`);
      if (JSON.stringify(found) !== JSON.stringify(people) && (way === "COinS" || row.author)) wrong.push(`${way} ${row.id}: ${found} not ${people}`);
      if (types[row.type] && got.type !== types[row.type]) wrong.push(`${way} ${row.id}: type ${got.type}, not ${types[row.type]}`);
    }
  }
  await close(it);
  console.log(`        ${sample.length} works, both ways`);
  equal(wrong, []);
});

if (pictures) {
  for (const [device, viewport] of [["phone", { width: 390, height: 844 }], ["desktop", { width: 1280, height: 900 }]]) for (const colorScheme of ["light", "dark"]) {
    const context = await browser.newContext({ viewport, colorScheme });
    const page = await context.newPage();
    for (const name of ["front", "list", "entry", "about"]) { await page.goto(at(kinds[name])); await shot(page, `${name}-${device}-${colorScheme}`); }
    await context.close();
  }
}
await browser.close();
Object.values(sites).forEach((it) => it.close());
console.log(`${passed} passed, ${failed} failed`);
process.exit(failed ? 1 : 0);
