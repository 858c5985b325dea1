// How fast the search of a published page is: `node measure.mjs SITE [LANGUAGE]`. Every query is typed
// letter by letter and then sent; what is counted is the time from the key until the hits stand on the
// page and it is laid out.
import { launch, serve } from "./browser.mjs";

const [folder, language = "nb"] = process.argv.slice(2);
const queries = ["selvhjelp gruppe", "sorg og kreft", "mestring i nettverk", "self-help groups", "psykisk helse kommune", "sjølhjelp", "pårørende rus 2012", "likemannsarbeid", "selvhjlep", "\"selvhjelpsgrupper i Norge\"", "author:feiring politikk", "angst OR depresjon", "evaluering -doktorgrad"];
const site = await serve(folder), browser = await launch();
const page = await browser.newPage();
const bodies = [];
page.on("response", (it) => bodies.push(it.body().then((body) => [new URL(it.url()).pathname, body.length])));
await page.goto(`${site.address}/${language}/index.html`, { waitUntil: "load" });
const first = (await Promise.all(bodies)).reduce((sum, [, bytes]) => sum + bytes, 0);
const ready = await page.evaluate(async () => {
  const started = performance.now();
  document.getElementById("q").focus();
  document.getElementById("q").value = "selvhjelp";
  document.getElementById("search").requestSubmit();
  while (document.getElementById("search").dataset.answered !== "selvhjelp") await new Promise((next) => setTimeout(next, 2));
  return performance.now() - started;
});
const times = await page.evaluate((queries) => {
  const q = document.getElementById("q"), form = document.getElementById("search"), keys = [], sent = [], slow = [];
  const measure = (out, act, what) => {
    const started = performance.now();
    act();
    document.getElementById("hits").getBoundingClientRect();
    const took = performance.now() - started;
    out.push(took);
    slow.push([Math.round(took), what]);
  };
  return (async () => {
    for (const query of queries) {
      for (let at = 1; at <= query.length; at++) {
        q.value = query.slice(0, at);
        if (!q.value.trim() || q.value.trim() === form.dataset.answered) continue;
        const started = performance.now();
        q.dispatchEvent(new Event("input", { bubbles: true }));
        while (form.dataset.answered !== q.value.trim()) await new Promise((next) => setTimeout(next));
        document.getElementById("hits").getBoundingClientRect();
        keys.push(performance.now() - started);
        slow.push([Math.round(keys.at(-1)), q.value]);
      }
      measure(sent, () => form.requestSubmit(), query + " ⏎");
      if (form.dataset.answered !== query) throw new Error(`${query} was not answered at once`);
    }
    return { keys, sent, slow: slow.sort((a, b) => b[0] - a[0]).slice(0, 6) };
  })();
}, queries);
const share = (list, part) => { const it = [...list].sort((a, b) => a - b); return it[Math.min(it.length - 1, Math.floor(it.length * part))].toFixed(1); };
const works = await page.evaluate(() => document.querySelector(".bottom p").textContent);
console.log(`${works}: first view ${Math.round(first / 1000)} kB; index loaded and first question answered in ${Math.round(ready)} ms`);
console.log((await Promise.all(bodies)).filter(([path]) => path.includes("/search/")).map(([path, bytes]) => `  ${path} ${Math.round(bytes / 1000)} kB`).join("\n"));
console.log(`a key (${times.keys.length}): median ${share(times.keys, 0.5)}, 95 % ${share(times.keys, 0.95)}, worst ${share(times.keys, 1)} ms`);
console.log(`a question sent (${times.sent.length}): median ${share(times.sent, 0.5)}, 95 % ${share(times.sent, 0.95)}, worst ${share(times.sent, 1)} ms`);
console.log(`  slowest: ${times.slow.map(([ms, what]) => `${what} ${ms}`).join("; ")}`);
await browser.close();
site.close();
