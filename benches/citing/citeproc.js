// A reference list by citeproc-js: node citeproc.js STYLE.csl LOCALES ITEMS.json
const fs = require("fs");
const path = require("path");
const CSL = require("citeproc");
const [style, locales, file] = process.argv.slice(2);
const items = JSON.parse(fs.readFileSync(file, "utf8"));
const byId = new Map(items.map((item) => [item.id, item]));
const locale = (tag) => path.join(locales, `locales-${tag}.xml`);
const sys = {
  retrieveLocale: (tag) => fs.readFileSync(locale(fs.existsSync(locale(tag)) ? tag : "en-US"), "utf8"),
  retrieveItem: (id) => byId.get(id),
};
const engine = new CSL.Engine(sys, fs.readFileSync(style, "utf8"), "en-US", true);
engine.setOutputFormat("text");
engine.updateItems(items.map((item) => item.id));
console.log(engine.makeBibliography()[1].join(""));
