// The search of the front page. It answers as kilde itself does: every word of the overview comes
// with the forms by which it is found, made ahead by kilde's own analysis; here they are looked up,
// weighed (BM25) and added up. Nothing is asked of any server; without this script the lists and
// groups of the page lead everywhere.
(() => {
"use strict";
const find = (id) => document.getElementById(id);
const form = find("search");
if (!form || !find("settings")) return;
const settings = JSON.parse(find("settings").textContent);
const say = settings.words;

// What words count; the same figures as in kilde's index.
const TIE = 0.1, PART = 0.4, COMPLETION = 0.8, STAND_IN = 0.8, SPELLING = 0.7, LETTERS = 0.2;
const SYNONYM = 0.5, RELATED = 0.25, OF_PART = 0.3, IDENTIFIER = 5, ENOUGH = 10, LONGEST = 5;
const K1 = 1.2, B = 0.75;

// ---- Text ----------------------------------------------------------------------------------------
const PLAIN = { "ø": "o", "æ": "ae", "œ": "oe", "ß": "ss", "þ": "th", "ð": "d", "đ": "d", "ł": "l", "ŋ": "n", "ŧ": "t", "ı": "i" };
const fold = (text) => text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase().replace(/[øæœßþðđłŋŧı]/g, (c) => PLAIN[c]);
const wordsOf = (text) => [...text.matchAll(/[\p{L}\p{N}\p{M}]+(?:['’ʼ]\p{L}[\p{L}\p{N}\p{M}]*)*/gu)].map(([written]) => ({
  written,
  word: [...written.replace(/['’ʼ]s$/i, "").normalize("NFC").replace(/['’ʼ]/g, "").toLowerCase()].slice(0, 64).join(""),
})).filter((it) => it.word);

// For words that the overview does not have: Norwegian and English endings, taken off.
const ENDINGS = ["hetenes", "hetene", "hetens", "heten", "endes", "edes", "enes", "ande", "ende", "ede", "ene", "ane", "ens", "ers", "ets", "ast", "het", "ing", "ies", "ed", "en", "ar", "er", "as", "es", "et", "or", "na", "a", "e", "s", "t", "n"];
const stems = (word) => ENDINGS.filter((end) => word.endsWith(end) && word.length - end.length > 2).map((end) => word.slice(0, -end.length));

/** Letters to be changed to make `b` of `a`, neighbours changing places as one; `most` + 1 at most. */
const distance = (a, b, most) => {
  if (Math.abs(a.length - b.length) > most) return most + 1;
  let older = [], old = Array.from({ length: b.length + 1 }, (_, i) => i);
  for (let i = 1; i <= a.length; i++) {
    const row = [i];
    for (let j = 1; j <= b.length; j++) {
      row[j] = Math.min(old[j] + 1, row[j - 1] + 1, old[j - 1] + (a[i - 1] === b[j - 1] ? 0 : 1));
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]) row[j] = Math.min(row[j], older[j - 2] + 1);
    }
    if (Math.min(...row) > most) return most + 1;
    older = old; old = row;
  }
  return old[b.length];
};

// ---- The index -----------------------------------------------------------------------------------
// Lengths are kept as coarsely as the index keeps them: exactly up to 40, then in ever wider steps.
const coarse = (length) => {
  if (length < 40) return length;
  let step = 2, from = 40;
  while (length >= from + 8 * step) { from += 8 * step; step *= 2; }
  return from + Math.floor((length - from) / step) * step;
};

/** For each word: the entries it stands in and how often, in one array each. */
const posting = (count, lists) => {
  const size = new Int32Array(count + 1);
  for (const list of lists) for (const [word] of list) size[word + 1]++;
  for (let i = 0; i < count; i++) size[i + 1] += size[i];
  const docs = new Int32Array(size[count]), often = new Int32Array(size[count]), at = size.slice();
  lists.forEach((list, doc) => { for (const [word, n] of list) { docs[at[word]] = doc; often[at[word]++] = n; } });
  return { start: size, docs, often };
};

const build = (table, data) => {
  const index = { ...data, words: table.words, forms: table.forms, stop: new Set(table.stop), concepts: table.concepts };
  const { words, forms } = index;
  const count = data.rows.length;
  index.count = count;
  index.wordAt = new Map(words.map((it, at) => [it[0], at]));
  index.formAt = new Map(forms.map((it, at) => [it, at]));
  index.wordsOf = forms.map(() => []);
  words.forEach((it, at) => { for (const form of new Set([...it[1], ...(it[2] || [])])) index.wordsOf[form].push(at); });
  const size = words.map((it) => it[1].length + (it[2] ? it[2].length : 0));
  const all = [], net = [];
  index.length = new Float64Array(count);
  let total = 0;
  data.tokens.forEach((tokens, doc) => {
    const often = new Map(), netOften = new Map();
    let length = 0;
    tokens.forEach((token, at) => {
      if (!token) return;
      const word = Math.abs(token) - 1;
      often.set(word, (often.get(word) || 0) + 1);
      if (token > 0 && at < data.net[doc]) netOften.set(word, (netOften.get(word) || 0) + 1);
      length += size[word];
    });
    total += length;
    index.length[doc] = coarse(length);
    all.push([...often]); net.push([...netOften]);
  });
  index.average = total / Math.max(count, 1);
  index.all = posting(words.length, all);
  index.net = posting(words.length, net);
  index.netLists = net;
  index.known = new Map();
  index.labels = new Map();
  index.concepts.forEach(([, own, , labels], concept) => labels.forEach((label) => {
    for (const form of label[1].length ? words[label[1][0]][1] : []) {
      if (!index.labels.has(form)) index.labels.set(form, []);
      index.labels.get(form).push({ concept, own, label });
    }
  }));
  index.identifiers = new Map();
  data.ids.forEach((ids, doc) => ids.forEach((id) => index.identifiers.set(id, [...(index.identifiers.get(id) || []), doc])));
  return index;
};

/** The entries that have a form, and how often. */
const having = (index, form) => {
  if (index.known.has(form)) return index.known.get(form);
  const often = new Map();
  for (const word of index.wordsOf[form] || []) {
    for (let i = index.all.start[word]; i < index.all.start[word + 1]; i++) {
      often.set(index.all.docs[i], (often.get(index.all.docs[i]) || 0) + index.all.often[i]);
    }
  }
  index.known.set(form, often);
  return often;
};

const rarity = (index, n) => Math.log(1 + (index.count - n + 0.5) / (n + 0.5));
const weigh = (often, idf, lengths, average) => {
  const out = new Map();
  for (const [doc, n] of often) out.set(doc, idf * (1 + K1) * n / (n + K1 * (1 - B + B * lengths[doc] / average)));
  return out;
};

/** Entries in which forms stand beside each other, one word at most between them in all. */
const phrase = (index, terms) => {
  const out = new Map();
  let idf = 0;
  const sets = terms.map((term) => { const it = having(index, term); idf += rarity(index, it.size); return it; });
  const first = sets.reduce((a, b) => (b.size < a.size ? b : a));
  for (const doc of first.keys()) {
    if (!sets.every((it) => it.has(doc))) continue;
    const places = terms.map(() => new Set());
    let at = -1;
    for (const token of index.tokens[doc]) {
      if (!token) { at++; continue; }
      if (token > 0) at++;
      const it = index.words[Math.abs(token) - 1];
      const here = token > 0 ? at : at - 1;
      terms.forEach((term, nth) => { if (it[1].includes(term) || (it[2] && it[2].includes(term))) places[nth].add(here); });
    }
    let n = 0;
    for (const from of places[0]) {
      let left = 1;
      const fits = places.slice(1).every((set, i) => {
        const gap = [0, 1, -1].find((gap) => Math.abs(gap) <= left && set.has(from + i + 1 + gap));
        if (gap === undefined) return false;
        left -= Math.abs(gap);
        return true;
      });
      if (fits) n++;
    }
    if (n) out.set(doc, n);
  }
  return weigh(out, idf, index.length, index.average);
};

// ---- Putting answers together --------------------------------------------------------------------
const times = (scores, weight) => {
  if (weight !== 1) for (const [doc, it] of scores) scores.set(doc, it * weight);
  return scores;
};
const best = (parts) => {
  if (parts.length === 1) return parts[0];
  const most = new Map(), sum = new Map();
  for (const part of parts) for (const [doc, it] of part) {
    most.set(doc, Math.max(most.get(doc) || 0, it));
    sum.set(doc, (sum.get(doc) || 0) + it);
  }
  for (const [doc, it] of most) most.set(doc, it + TIE * (sum.get(doc) - it));
  return most;
};
const together = (parts, any) => {
  if (parts.length === 1) return parts[0];
  const out = new Map();
  if (any) {
    for (const part of parts) for (const [doc, it] of part) out.set(doc, (out.get(doc) || 0) + it);
    return out;
  }
  const [first, ...rest] = [...parts].sort((a, b) => a.size - b.size);
  for (const [doc, it] of first) if (rest.every((part) => part.has(doc))) out.set(doc, rest.reduce((sum, part) => sum + part.get(doc), it));
  return out;
};

// ---- The query -----------------------------------------------------------------------------------
/** The forms of a word: itself, its stems and foldings; those of its parts; the parts. */
const variants = (index, word) => {
  const at = index.wordAt.get(word);
  if (at !== undefined) {
    const [, forms, parts = [], of = []] = index.words[at];
    return { forms, parts, of: of.map((it) => index.words[it][0]) };
  }
  const known = (list) => list.map((it) => index.formAt.get(it)).filter((it) => it !== undefined);
  const plain = fold(word);
  if (/\d/.test(word)) return { forms: known([word]), parts: [], of: [] };
  const forms = known([...new Set([word, plain, ...stems(word), ...stems(plain)])]);
  let of = [];
  for (let i = 4; i <= word.length - 4 && !of.length && !forms.length; i++) {
    const head = word.slice(0, i), tail = word.slice(i);
    const heads = [head, /[se]$/.test(head) ? head.slice(0, -1) : head].filter((it) => index.wordAt.has(it));
    const tails = [tail, ...stems(tail)].filter((it) => index.formAt.has(it));
    if (heads.length && tails.length) of = [heads[0], tails[0]];
  }
  return { forms, parts: of.flatMap((part) => (index.wordAt.has(part) ? index.words[index.wordAt.get(part)][1] : known([part]))), of };
};

const add = (group, terms, weight, why) => {
  const key = terms.join(" ");
  const old = group.ways.get(key);
  if (terms.length && !(old && old.weight >= weight)) group.ways.set(key, { terms, weight, why });
};

const head = (text) => fold([...text.toLowerCase()].filter((c) => /[\p{L}\p{N}]/u.test(c)).slice(0, 2).join(""));
/** The concepts that these words name. */
const named = (index, typed) => {
  const forms = typed.map((it) => new Set(variants(index, it.word).forms));
  const out = new Map();
  for (const form of forms[0]) for (const { concept, own, label } of index.labels.get(form) || []) {
    const [text, words, , flags] = label;
    const isIt = flags & 2
      ? typed.length === 1 && typed[0].written === text
      : words.length === typed.length && head(text).slice(0, 2) === head(typed[0].word).slice(0, 2) &&
        words.every((word, i) => index.words[word][0] === typed[i].word || index.words[word][1].some((it) => forms[i].has(it)));
    if (isIt) out.set(concept, own);
  }
  const mine = [...out].filter(([, own]) => own).map(([concept]) => concept);
  return mine.length ? mine : [...out.keys()];
};

const labels = (index, concept, weight, near, group) => {
  const [gloss, , , list] = index.concepts[concept];
  for (const [text, words, terms, flags] of list) {
    if (near && !(flags & 1)) continue;
    const why = { kind: near ? "related" : "synonym", gloss, text };
    if (terms.length) {
      const known = terms.map((it) => index.formAt.get(it));
      if (known.every((it) => it !== undefined)) add(group, known, weight, why);
    } else for (const form of index.words[words[0]][1]) add(group, [form], weight, why);
  }
};
const strength = (index, concept) => index.concepts[concept][2] / 100;

/** What else the words are called: [from, how many words, ways]. */
const widen = (index, typed) => {
  const out = [];
  for (let at = 0; at < typed.length;) {
    let length = Math.min(LONGEST, typed.length - at), found = [];
    for (; length > 0 && !(found = named(index, typed.slice(at, at + length))).length; length--);
    const group = { ways: new Map() };
    if (found.length) {
      for (const concept of found) {
        const weight = SYNONYM * strength(index, concept);
        if (!weight) continue;
        labels(index, concept, weight, false, group);
        for (const near of index.concepts[concept][4]) {
          const less = weight * RELATED / SYNONYM * strength(index, near);
          if (less) labels(index, near, less, true, group);
        }
      }
    } else {
      const { of } = variants(index, typed[at].word);
      for (const part of of) for (const concept of named(index, [{ word: part, written: part }])) {
        labels(index, concept, OF_PART / Math.sqrt(of.length), false, group);
      }
    }
    if (group.ways.size) out.push([at, Math.max(length, 1), group]);
    at += Math.max(length, 1);
  }
  return out;
};

/** The ways of answering a word; how it is spelt in the overview, where it is not there as typed. */
const groupOf = (index, typed, wider, typing, account) => {
  const group = { ways: new Map(), text: typed.written };
  const { forms, parts, of } = variants(index, typed.word);
  for (const form of forms) add(group, [form], 1, { kind: "word" });
  for (const form of parts) add(group, [form], PART / Math.sqrt(Math.max(of.length, 1)), { kind: "part" });
  if (typing && [...typed.word].length > 1) {
    const found = [];
    index.words.forEach((it, at) => { if (it[0].startsWith(typed.word)) found.push([index.all.start[at + 1] - index.all.start[at], it]); });
    found.filter(([n]) => n).sort((a, b) => b[0] - a[0]).slice(0, 24).forEach(([, it]) => add(group, [it[1][0]], COMPLETION, { kind: "completion" }));
  }
  if (wider) for (const way of wider.ways.values()) add(group, way.terms, way.weight, way.why);
  for (const [key, way] of group.ways) if (!way.terms.every((form) => having(index, form).size)) group.ways.delete(key);
  group.known = [...group.ways.values()].some((way) => way.why.kind !== "part");
  if (!group.known && typed.word.length > 3 && !/\d/.test(typed.word)) {
    const most = [...typed.word].length < 6 ? 1 : 2, near = [];
    index.words.forEach((it, at) => {
      const n = index.all.start[at + 1] - index.all.start[at];
      const far = n ? distance(typed.word, it[0], most) : 9;
      if (far <= most) near.push([far, -n, it]);
    });
    near.sort((a, b) => a[0] - b[0] || a[1] - b[1] || (a[2][0] < b[2][0] ? -1 : 1)).slice(0, 4).forEach(([far, , it]) => {
      add(group, [it[1][0]], SPELLING / Math.sqrt(Math.max(far, 1)), { kind: "spelling" });
      account.spelt.add(it[0]);
    });
  }
  return group;
};

/** Entries that have most of a word's runs of three letters in title, names, keywords and the like. */
const letters = (index, word) => {
  const plain = [...fold(word)], grams = [];
  for (let i = 0; i + 3 <= plain.length; i++) grams.push(plain.slice(i, i + 3).join(""));
  if (grams.length < 3) return null;
  if (!index.plain) {
    index.plain = index.words.map((it) => fold(it[0]));
    index.gramLength = Float64Array.from(index.netLists, (list) => coarse(list.reduce((sum, [word, n]) => sum + n * Math.max([...index.plain[word]].length - 2, 0), 0)));
    index.gramAverage = index.gramLength.reduce((a, b) => a + b, 0) / Math.max(index.count, 1) || 1;
  }
  const needed = Math.max(2, Math.floor(grams.length / 2));
  const sum = new Map(), hits = new Map();
  for (const gram of grams) {
    const often = new Map();
    index.plain.forEach((plain, word) => {
      let n = 0;
      for (let at = plain.indexOf(gram); at >= 0; at = plain.indexOf(gram, at + 1)) n++;
      if (n) for (let i = index.net.start[word]; i < index.net.start[word + 1]; i++) often.set(index.net.docs[i], (often.get(index.net.docs[i]) || 0) + n * index.net.often[i]);
    });
    for (const [doc, it] of weigh(often, rarity(index, often.size), index.gramLength, index.gramAverage)) {
      sum.set(doc, (sum.get(doc) || 0) + it);
      hits.set(doc, (hits.get(doc) || 0) + 1);
    }
  }
  for (const [doc, n] of hits) if (n < needed) sum.delete(doc);
  return times(sum, LETTERS);
};

/** How rare the terms of a way are together, and how rare a word itself is in its commonest form. */
const rareness = (index, way) => way.terms.reduce((sum, term) => sum + rarity(index, having(index, term).size), 0);
const ownRarity = (index, group) => Math.min(...[...group.ways.values()].filter((way) => way.why.kind === "word").map((way) => rareness(index, way)));

// What stands in for a word never counts more than the word itself, however rare it is.
const asked = (index, group, word, { letters: loosely = false, typing = false } = {}, own = ownRarity(index, group)) => {
  const fair = (way) => (["word", "part"].includes(way.why.kind) ? way.weight : Math.min(way.weight, STAND_IN * own / rareness(index, way)));
  const parts = [...group.ways.values()].map((way) => times(way.terms.length === 1
    ? weigh(having(index, way.terms[0]), rarity(index, having(index, way.terms[0]).size), index.length, index.average)
    : phrase(index, way.terms), fair(way)));
  // Where the thesaurus knows the word there is no need of guessing; while one types there is no time.
  const named = [...group.ways.values()].some((way) => way.why.kind === "synonym");
  const guess = !named && !typing;
  if ((guess || loosely) && word) { const it = letters(index, word); if (it) parts.push(it); }
  return parts.length ? best(parts) : new Map();
};

/** The free words of a query. */
const free = (index, typed, options, account) => {
  const spans = options.widen ? widen(index, typed) : [];
  const spanAt = (at) => spans.find(([from]) => from === at);
  const says = (at) => !index.stop.has(typed[at].word) || (spanAt(at) && spanAt(at)[1] === 1);
  const anySays = typed.some((_, at) => says(at));
  const lengthAt = (at) => (spanAt(at) ? spanAt(at)[1] : 1);
  const isTyped = (at) => options.typing && at + lengthAt(at) === typed.length;
  const leftOut = (at) => anySays && lengthAt(at) === 1 && !says(at) && !isTyped(at);
  let askedFor = 0;
  for (let at = 0; at < typed.length; at += lengthAt(at)) if (!leftOut(at)) askedFor++;
  const clauses = [];
  for (let at = 0; at < typed.length;) {
    const span = spanAt(at), length = lengthAt(at), typing = isTyped(at);
    if (leftOut(at)) { at++; continue; }
    account.words++;
    const inner = [];
    const mine = [];
    let own = 0;
    typed.slice(at, at + length).forEach((word, nth) => {
      if (length > 1 && index.stop.has(word.word)) return;
      const group = groupOf(index, word, length === 1 && span ? span[2] : null, typing && nth + 1 === length, account);
      for (const way of group.ways.values()) if (way.why.text) account.wider.set(way.why.text, way.weight);
      // Among several words rareness also weighs them against each other: there it stays as it is.
      const rare = askedFor === 1 ? ownRarity(index, group) : Infinity;
      if (rare < Infinity) own += rare;
      mine.push([...group.ways.values()].filter((way) => way.why.kind === "word").map((way) => way.terms[0]));
      inner.push(asked(index, group, word.word, options, rare));
    });
    let clause = together(inner, options.any);
    if (span && length > 1) {
      const wider = { ways: new Map(span[2].ways), known: true };
      for (const [key, way] of wider.ways) {
        // A label that has all the words typed finds nothing that they do not find.
        if (!way.terms.every((form) => having(index, form).size) || mine.every((own) => own.some((form) => way.terms.includes(form)))) wider.ways.delete(key);
        else account.wider.set(way.why.text, way.weight);
      }
      if (wider.ways.size) clause = best([clause, asked(index, wider, "", {}, own || Infinity)]);
    }
    clauses.push(clause);
    at += length;
  }
  return clauses.length ? together(clauses, options.any) : null;
};

/** Entries whose number (`IS-1212`, `NOU 1998:18`, a DOI) the words are. */
const numbered = (index, text) => {
  const doi = text.toLowerCase().match(/10\.\d{4,}\/\S+/);
  const squeeze = (text) => text.toLowerCase().replace(/[^\p{L}\p{N}]/gu, "");
  const parts = wordsOf(text).map((it) => it.word).filter((it) => it !== "nr" && it !== "no");
  const keys = new Set([squeeze(text), doi ? doi[0].replace(/[.,;]$/, "") : ""]);
  for (let i = 0; i < parts.length; i++) for (let n = 2; n <= 5 && i + n <= parts.length; n++) {
    const key = parts.slice(i, i + n).join("");
    if (/\p{L}/u.test(key)) { keys.add(key); keys.add(key.replace(/^stmeld/, "meldst")); }
  }
  const out = [];
  for (const key of keys) if (/\d/.test(key) && index.identifiers.has(key)) out.push(new Map(index.identifiers.get(key).map((doc) => [doc, IDENTIFIER])));
  return out;
};

const exact = (index, text) => {
  const typed = wordsOf(text), at = typed.map((it) => index.wordAt.get(it.word));
  if (!typed.length || at.some((it) => it === undefined)) return new Map();
  const out = new Map();
  index.tokens.forEach((tokens, doc) => {
    const plain = tokens.filter((it) => it >= 0);
    for (let i = 0; i + at.length <= plain.length; i++) if (at.every((word, n) => plain[i + n] === word + 1)) { out.set(doc, (out.get(doc) || 0) + 1); break; }
  });
  return weigh(out, rarity(index, out.size), index.length, index.average);
};

const once = (index, text, options) => {
  const account = { words: 0, wider: new Map(), spelt: new Set() };
  const alternatives = text.split(/\s(?:OR|ELLER)\s|\|/).map((part) => {
    const quoted = [], not = [];
    const rest = part
      .replace(/(^|\s)([-!]?)(?:["“”«»„]([^"“”«»„]+)["“”«»„]|=(\S+))/gu, (_, blank, sign, words, word) => { (sign ? not : quoted).push(words || word); return " "; })
      .replace(/(^|\s)[-!](\p{L}\S*)/gu, (_, blank, word) => { not.push(word); return " "; })
      .replace(/(^|\s)(?:AND|OG)(?=\s)/g, " ");
    const parts = quoted.map((it) => exact(index, it));
    const words = free(index, wordsOf(rest), options, account);
    if (words) { const numbers = numbered(index, rest.trim()); parts.push(numbers.length ? best([words, ...numbers]) : words); }
    let out = parts.length ? together(parts, false) : new Map(index.rows.map((_, doc) => [doc, 0]));
    if (not.length) {
      out = new Map(out);
      for (const it of not) for (const doc of (free(index, wordsOf(it), { widen: false }, { words: 0, wider: new Map(), spelt: new Set() }) || new Map()).keys()) out.delete(doc);
    }
    return out;
  });
  return { scores: best(alternatives), account };
};

/** Entries in order, and how the query was read. */
const search = (index, text, { widen = true, typing = false } = {}) => {
  if (!wordsOf(text).length) return { hits: [...index.rows.keys()].sort((a, b) => index.order[a] - index.order[b]), account: null };
  let found = once(index, text, { widen, typing }), any = false;
  if (found.scores.size < ENOUGH && found.account.words > 1) {
    const more = once(index, text, { widen, typing, any: true });
    if (more.scores.size > found.scores.size) { any = found.scores.size + 1; found = more; }
  }
  if (found.scores.size < ENOUGH && found.account.words > 0) {
    const more = once(index, text, { widen, typing, any: true, letters: true });
    if (more.scores.size > found.scores.size) { any = any || found.scores.size + 1; found = more; }
  }
  const round = new Map([...found.scores].map(([doc, it]) => [doc, Math.round(it * 1000)]));
  const hits = [...found.scores.keys()].sort((a, b) =>
    round.get(b) - round.get(a) || (index.rows[b][3] || 0) - (index.rows[a][3] || 0) || index.order[a] - index.order[b]);
  return { hits, account: found.account, any };
};

// ---- The page ------------------------------------------------------------------------------------
let index = null, loading = null;
/** Loads the two files of the index; a script tag also works from a file share. */
const load = () => loading || (loading = new Promise((done, fail) => {
  const got = {};
  const take = (name) => (value) => { got[name] = value; if (got.words && got.entries) { index = build(got.words, got.entries); done(index); } };
  window.kildeSearch = { words: take("words"), entries: take("entries") };
  for (const name of ["words", "entries"]) {
    const script = document.createElement("script");
    script.src = `../search/${name}.js?v=${settings.version}`;
    script.onerror = () => { loading = null; fail(new Error(name)); };
    document.head.append(script);
  }
}));

const FIRST = 50;
let shown = FIRST, last = [], turn = 0;
const fill = (text, values) => text.replace(/\{(\w+)\}/g, (_, name) => values[name] ?? "");
const make = (name, attributes, ...inside) => {
  const it = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) if (value) it.setAttribute(key, value);
  it.append(...inside.filter((part) => part !== null && part !== ""));
  return it;
};

/** What the form asks for. */
const state = () => {
  const data = new FormData(form), chosen = {};
  for (const { id } of settings.facets) { const list = data.getAll(id); if (list.length) chosen[id] = list; }
  return {
    q: (data.get("q") || "").trim(), chosen, from: +data.get("from") || 0, to: +data.get("to") || 0,
    text: data.has("text"), exact: data.has("exact"),
  };
};
const isEmpty = (it) => !it.q && !Object.keys(it.chosen).length && !it.from && !it.to && !it.text;

/** The address says what the form says, so that a search can be sent to somebody. */
const toAddress = (it) => {
  const out = new URLSearchParams();
  if (it.q) out.set("q", it.q);
  for (const [id, list] of Object.entries(it.chosen)) for (const value of list) out.append(id, value);
  if (it.from) out.set("from", it.from);
  if (it.to) out.set("to", it.to);
  if (it.text) out.set("text", "1");
  if (it.exact) out.set("exact", "1");
  const query = out.toString();
  const address = query ? `?${query}` : location.pathname.split("/").pop() || "index.html";
  if (query !== location.search.slice(1)) history.replaceState(null, "", address);
};
const fromAddress = () => {
  const asked = new URLSearchParams(location.search);
  for (const name of ["q", "from", "to"]) if (form.elements[name]) form.elements[name].value = asked.get(name) || "";
  for (const box of form.querySelectorAll("input[type=checkbox]")) box.checked = asked.getAll(box.name).includes(box.value);
  // A group that has no box of its own gets one.
  for (const { id, slugs } of settings.facets) for (const value of asked.getAll(id)) {
    const place = form.querySelector(`[data-facet="${id}"]`);
    if (place && slugs.includes(value) && ![...place.querySelectorAll("input")].some((it) => it.value === value)) {
      place.append(make("label", { class: "choice" }, make("input", { type: "checkbox", name: id, value, checked: "checked" }), " ", make("span", { class: "what" }, value.slice(id.length + 1)), " ", make("span", { class: "number", "data-count": "1" })));
    }
  }
};

/** Whether an entry fits what is chosen, one facet left out. */
const fits = (it, doc, but) => {
  const [, , , year, , text, belongs] = index.rows[doc];
  if (it.text && !text) return false;
  if (but !== "year" && ((it.from && !(year >= it.from)) || (it.to && !(year && year <= it.to)))) return false;
  return settings.facets.every(({ id, slugs }, facet) => id === but || !it.chosen[id] || belongs[facet].some((group) => it.chosen[id].includes(slugs[group])));
};

const count = (it, hits) => {
  settings.facets.forEach(({ id, slugs }, facet) => {
    const boxes = form.querySelectorAll(`[data-facet="${id}"] input`);
    if (!boxes.length) return;
    const found = new Map();
    for (const doc of hits) if (fits(it, doc, id)) for (const group of index.rows[doc][6][facet]) found.set(slugs[group], (found.get(slugs[group]) || 0) + 1);
    for (const box of boxes) {
      const n = found.get(box.value) || 0, label = box.closest("label");
      label.querySelector("[data-count]").textContent = n;
      label.classList.toggle("none", !n && !box.checked);
    }
  });
};

const show = () => {
  const list = find("hits");
  list.replaceChildren(...last.slice(0, shown).map((doc) => {
    const [slug, title, creators, year, tongue, text, belongs] = index.rows[doc];
    const facet = settings.facets.findIndex((it) => it.id === "type");
    const kind = facet < 0 ? "" : belongs[facet].map((it) => settings.facets[facet].names[it]).join(", ");
    const who = creators.replace(" et al.", ` ${say["et-al"]}`);
    const foreign = tongue && tongue !== document.documentElement.lang ? tongue : "";
    return make("li", {},
      make("a", { class: "title", href: `entry/${encodeURIComponent(slug)}.html`, lang: title && foreign }, make("bdi", {}, title || say.untitled)),
      make("span", { class: "meta" }, ...[who && make("bdi", {}, who), year, kind, text ? say["full-text"] : ""].filter(Boolean).flatMap((it, at) => (at ? [" · ", it] : [it]))));
  }));
  find("more").hidden = last.length <= shown;
};

const tell = (it, answer) => {
  const n = last.length;
  find("status").textContent = n === 0 ? say["hits-none"] : fill(n === 1 ? say["hits-one"] : say["hits-many"], { count: n });
  const notes = [];
  if (answer.any && n) notes.push(say["any-word"]);
  if (answer.account) {
    const { wider, spelt } = answer.account;
    const words = [...wider].sort((a, b) => b[1] - a[1]).map(([word]) => word);
    if (spelt.size) notes.push(fill(say["spelt-as"], { name: [...spelt].join(", ") }));
    if (words.length) notes.push(fill(say["widened-to"], { name: words.slice(0, 12).join(", ") + (words.length > 12 ? " …" : "") }));
  }
  find("understood").textContent = notes.join(" ");
};

const answer = async (typing) => {
  const it = state(), mine = ++turn;
  toAddress(it);
  find("results").hidden = isEmpty(it);
  find("browse").hidden = !isEmpty(it);
  if (isEmpty(it) && !index) return;
  if (!index) {
    find("status").textContent = say.loading;
    try { await load(); } catch { find("status").textContent = say["load-failed"]; find("browse").hidden = false; return; }
    if (mine !== turn) return;
  }
  const found = search(index, it.q, { widen: !it.exact, typing: typing && /[\p{L}\p{N}]$/u.test(form.elements.q.value) });
  last = found.hits.filter((doc) => fits(it, doc));
  shown = FIRST;
  count(it, found.hits);
  if (isEmpty(it)) return;
  show();
  tell(it, found);
  form.dataset.answered = it.q;
};

form.hidden = false;
if (matchMedia("(min-width: 50rem)").matches && new URLSearchParams(location.search).size > 1) find("filters").open = true;
let wait;
form.addEventListener("focusin", () => load().catch(() => {}), { once: true });
form.addEventListener("input", (event) => {
  clearTimeout(wait);
  wait = setTimeout(() => answer(event.target.name === "q"), event.target.name === "q" && index && index.count > 2000 ? 60 : 0);
});
form.addEventListener("submit", (event) => { event.preventDefault(); clearTimeout(wait); answer(false); });
form.addEventListener("reset", () => setTimeout(() => { answer(false); form.elements.q.focus(); }));
find("more").addEventListener("click", () => {
  const from = shown;
  shown += FIRST;
  show();
  find("hits").children[from]?.querySelector("a").focus();
});
addEventListener("popstate", () => { fromAddress(); answer(false); });
// On paper all hits stand, not only the first.
addEventListener("beforeprint", () => { if (last.length > shown && !find("results").hidden) { shown = last.length; show(); } });
fromAddress();
answer(false);
})();
