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
  const start = new Int32Array(count + 1);
  for (const list of lists) for (let i = 0; i < list.length; i += 2) start[list[i] + 1]++;
  for (let i = 0; i < count; i++) start[i + 1] += start[i];
  const docs = new Int32Array(start[count]), often = new Int32Array(start[count]), at = start.slice();
  lists.forEach((list, doc) => { for (let i = 0; i < list.length; i += 2) { docs[at[list[i]]] = doc; often[at[list[i]]++] = list[i + 1]; } });
  return { start, docs, often };
};

/** The words of all entries in one array, from 1, joined ones below 0; 0 ends a field. */
const unpack = (text, count) => {
  const tokens = new Int32Array(text.length), field = new Uint16Array(text.length), from = new Int32Array(count + 1);
  let at = 0, size = 0, begun = 0;
  const number = () => {
    for (let all = 0, unit = 1; ; unit *= 42) {
      const code = text.charCodeAt(at++), sign = code - 40 - (code > 60) - (code > 92);
      all += sign * unit;
      if (sign < 42) return all;
    }
  };
  for (let doc = 0; doc < count;) {
    const it = number();
    if (it > 2) tokens[size++] = it - 2;
    else if (it === 2) tokens[size++] = 2 - number();
    else if (it === 1) { size++; field.fill(number(), begun, size); begun = size; }
    else { from[++doc] = size; begun = size; }
  }
  return { tokens: tokens.slice(0, size), field: field.slice(0, size), from };
};

const build = (table, data) => {
  const index = { ...data, ...table, stop: new Set(table.stop) };
  const { words, forms } = index, count = index.count = data.rows.length;
  Object.assign(index, unpack(data.tokens, count));
  index.wordAt = new Map(words.map((it, at) => [it[0], at]));
  index.formAt = new Map(forms.map((it, at) => [it, at]));
  index.wordsOf = forms.map(() => []);
  words.forEach((it, at) => { for (const form of new Set([...it[1], ...(it[2] || [])])) index.wordsOf[form].push(at); });
  const size = Int32Array.from(words, (it) => it[1].length + (it[2] ? it[2].length : 0));
  const all = [], net = [], n = new Int32Array(words.length), inNet = new Int32Array(words.length);
  index.length = new Float64Array(count);
  let total = 0;
  for (let doc = 0; doc < count; doc++) {
    const from = index.from[doc], to = index.from[doc + 1], mine = [], has = [], hasNet = [];
    let length = 0;
    for (let at = from; at < to; at++) {
      const token = index.tokens[at];
      if (!token) continue;
      const word = Math.abs(token) - 1;
      if (!n[word]++) mine.push(word);
      if (token > 0 && at - from < data.net[doc]) inNet[word]++;
      length += size[word];
    }
    for (const word of mine) {
      has.push(word, n[word]);
      if (inNet[word]) hasNet.push(word, inNet[word]);
      n[word] = inNet[word] = 0;
    }
    total += length;
    index.length[doc] = coarse(length);
    all.push(has); net.push(hasNet);
  }
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
  data.ids.forEach((ids, doc) => ids.forEach((id) => { const it = index.identifiers.get(id); if (it) it.push(doc); else index.identifiers.set(id, [doc]); }));
  index.fieldNamed = new Map(table.fields.flatMap((it) => it[0].map((name) => [name, it])));
  for (const name of data.names) if (name && !index.fieldNamed.has(name)) index.fieldNamed.set(name, [[name], "text", [name]]);
  // Room for adding up, kept from one question to the next.
  index.seen = new Int32Array(count); index.turn = 0;
  index.sum = new Float64Array(count); index.most = new Float64Array(count);
  return index;
};

// What is found is a list of entries with a score for each.
const found = (docs, values) => ({ docs, values, size: docs.length });
const NONE = found(new Int32Array(0), new Float64Array(0));
const filtered = (docs) => found(Int32Array.from(docs), new Float64Array(docs.length));

/** The entries that have one of these words, and how often. */
const withWords = (index, words) => {
  const { start, docs, often } = index.all;
  if (words.length === 1) {
    const from = start[words[0]], to = start[words[0] + 1];
    return { docs: docs.subarray(from, to), often: often.subarray(from, to), size: to - from };
  }
  const turn = ++index.turn, { seen, sum } = index, out = [];
  for (const word of words) for (let i = start[word]; i < start[word + 1]; i++) {
    const doc = docs[i];
    if (seen[doc] !== turn) { seen[doc] = turn; sum[doc] = 0; out.push(doc); }
    sum[doc] += often[i];
  }
  return { docs: Int32Array.from(out), often: Int32Array.from(out, (doc) => sum[doc]), size: out.length };
};
/** The entries that have a form, and how often. */
const having = (index, form) => {
  if (!index.known.has(form)) index.known.set(form, withWords(index, index.wordsOf[form] || []));
  return index.known.get(form);
};
/** The same in some fields only. */
const within = (index, words, covers) => {
  const isOne = new Uint8Array(index.words.length), isIn = index.names.map((name) => covers.includes(name));
  for (const word of words) isOne[word] = 1;
  const docs = [], often = [];
  for (const doc of withWords(index, words).docs) {
    let n = 0;
    for (let at = index.from[doc]; at < index.from[doc + 1]; at++) {
      const token = index.tokens[at];
      if (token && isOne[Math.abs(token) - 1] && isIn[index.field[at]]) n++;
    }
    if (n) { docs.push(doc); often.push(n); }
  }
  return { docs: Int32Array.from(docs), often, size: docs.length };
};

const rarity = (index, n) => Math.log(1 + (index.count - n + 0.5) / (n + 0.5));
const weigh = ({ docs, often }, idf, lengths, average) => {
  const values = new Float64Array(docs.length);
  for (let i = 0; i < docs.length; i++) values[i] = idf * (1 + K1) * often[i] / (often[i] + K1 * (1 - B + B * lengths[docs[i]] / average));
  return found(docs, values);
};

/** Entries in which words stand beside each other, `slop` at most between them in all: for each place a
 * list of words of which any will do. */
const beside = (index, places, slop, idf, covers) => {
  const bits = new Int32Array(index.words.length);
  places.forEach((words, nth) => { for (const word of words) bits[word] |= 1 << nth; });
  const sets = places.map((words) => withWords(index, words).docs).sort((a, b) => a.length - b.length);
  const isIn = covers && index.names.map((name) => covers.includes(name));
  const { seen } = index, base = index.turn;
  index.turn += sets.length;
  sets.forEach((set, nth) => { for (const doc of set) if (!nth || seen[doc] === base + nth) seen[doc] = base + nth + 1; });
  const docs = [], often = [], at = places.map(() => []);
  for (const doc of sets[0]) {
    if (seen[doc] !== base + sets.length) continue;
    for (const it of at) it.length = 0;
    let place = -1;
    for (let i = index.from[doc]; i < index.from[doc + 1]; i++) {
      const token = index.tokens[i];
      if (token >= 0) place++;
      if (!token || (isIn && !isIn[index.field[i]])) continue;
      const here = bits[Math.abs(token) - 1];
      for (let nth = 0; here >> nth; nth++) if (here >> nth & 1) at[nth].push(token > 0 ? place : place - 1);
    }
    let n = 0;
    for (const from of at[0]) {
      let left = slop, last = from, fits = true;
      for (let nth = 1; fits && nth < at.length; nth++) {
        const due = slop > 1 ? last + 1 : from + nth;
        let gap = Infinity;
        for (const it of at[nth]) if ((slop < 2 || it >= due) && Math.abs(it - due) < Math.abs(gap)) gap = it - due;
        fits = Math.abs(gap) <= left;
        left -= Math.abs(gap);
        last = due + gap;
      }
      if (fits) n++;
    }
    if (n) { docs.push(doc); often.push(n); }
  }
  return weigh({ docs: Int32Array.from(docs), often }, idf, index.length, index.average);
};
/** Entries in which forms stand beside each other, one word at most between them in all. */
const phrase = (index, terms) => beside(index, terms.map((term) => index.wordsOf[term] || []), 1,
  terms.reduce((sum, term) => sum + rarity(index, having(index, term).size), 0));

// ---- Putting answers together --------------------------------------------------------------------
const times = (scores, weight) => {
  if (weight !== 1) for (let i = 0; i < scores.size; i++) scores.values[i] *= weight;
  return scores;
};
const best = (parts) => {
  if (parts.length === 1) return parts[0];
  const { seen, sum, most } = index, turn = ++index.turn, docs = [];
  for (const part of parts) for (let i = 0; i < part.size; i++) {
    const doc = part.docs[i], value = part.values[i];
    if (seen[doc] !== turn) { seen[doc] = turn; docs.push(doc); sum[doc] = most[doc] = value; continue; }
    sum[doc] += value;
    if (value > most[doc]) most[doc] = value;
  }
  return found(Int32Array.from(docs), Float64Array.from(docs, (doc) => most[doc] + TIE * (sum[doc] - most[doc])));
};
const together = (parts, any) => {
  if (parts.length === 1) return parts[0];
  const { seen, sum, most: times } = index, turn = ++index.turn;
  let docs = [];
  for (const part of parts) for (let i = 0; i < part.size; i++) {
    const doc = part.docs[i];
    if (seen[doc] !== turn) { seen[doc] = turn; docs.push(doc); sum[doc] = times[doc] = 0; }
    sum[doc] += part.values[i];
    times[doc]++;
  }
  if (!any) docs = docs.filter((doc) => times[doc] === parts.length);
  return found(Int32Array.from(docs), Float64Array.from(docs, (doc) => sum[doc]));
};
const without = (scores, parts) => {
  const turn = ++index.turn;
  for (const part of parts) for (const doc of part.docs) index.seen[doc] = turn;
  const kept = [...scores.docs.keys()].filter((i) => index.seen[scores.docs[i]] !== turn);
  return found(Int32Array.from(kept, (i) => scores.docs[i]), Float64Array.from(kept, (i) => scores.values[i]));
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

/** For each run of three letters: the words it stands in, and how often. Made when there is time. */
const grams = (index) => {
  if (index.grams) return index.grams;
  const length = index.words.map((it) => [...fold(it[0])].length), out = new Map();
  index.words.forEach(([text], word) => {
    const plain = fold(text);
    for (let i = 0; i + 3 <= plain.length; i++) {
      const gram = plain.slice(i, i + 3), list = out.get(gram);
      if (!list) out.set(gram, [word, 1]);
      else if (list[list.length - 2] === word) list[list.length - 1]++;
      else list.push(word, 1);
    }
  });
  index.gramLength = Float64Array.from(index.netLists, (list) => { let sum = 0; for (let i = 0; i < list.length; i += 2) sum += list[i + 1] * Math.max(length[list[i]] - 2, 0); return coarse(sum); });
  index.gramAverage = index.gramLength.reduce((a, b) => a + b, 0) / Math.max(index.count, 1) || 1;
  return (index.grams = out);
};

/** Entries that have most of a word's runs of three letters in title, names, keywords and the like. */
const letters = (index, word) => {
  const plain = [...fold(word)], runs = [];
  for (let i = 0; i + 3 <= plain.length; i++) runs.push(plain.slice(i, i + 3).join(""));
  if (runs.length < 3) return null;
  const all = grams(index), needed = Math.max(2, Math.floor(runs.length / 2));
  const sum = new Float64Array(index.count), hits = new Uint8Array(index.count), often = new Int32Array(index.count), touched = [];
  for (const run of runs) {
    const list = all.get(run) || [], docs = [];
    for (let i = 0; i < list.length; i += 2) for (let at = index.net.start[list[i]]; at < index.net.start[list[i] + 1]; at++) {
      const doc = index.net.docs[at];
      if (!often[doc]) docs.push(doc);
      often[doc] += list[i + 1] * index.net.often[at];
    }
    const it = weigh({ docs, often: docs.map((doc) => often[doc]) }, rarity(index, docs.length), index.gramLength, index.gramAverage);
    docs.forEach((doc, i) => { if (!hits[doc]++) touched.push(doc); sum[doc] += it.values[i]; often[doc] = 0; });
  }
  const docs = touched.filter((doc) => hits[doc] >= needed);
  return times(found(Int32Array.from(docs), Float64Array.from(docs, (doc) => sum[doc])), LETTERS);
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
  return parts.length ? best(parts) : NONE;
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

const squeeze = (text) => text.toLowerCase().replace(/[^\p{L}\p{N}]/gu, "");
const withNumber = (index, key) => { const docs = index.identifiers.get(key) || []; return found(Int32Array.from(docs), new Float64Array(docs.length).fill(IDENTIFIER)); };
/** Entries whose number (`IS-1212`, `NOU 1998:18`, a DOI) the words are. */
const numbered = (index, text) => {
  const doi = text.toLowerCase().match(/10\.\d{4,}\/\S+/);
  const parts = wordsOf(text).map((it) => it.word).filter((it) => it !== "nr" && it !== "no");
  const keys = new Set([squeeze(text), doi ? doi[0].replace(/[.,;]$/, "") : ""]);
  for (let i = 0; i < parts.length; i++) for (let n = 2; n <= 5 && i + n <= parts.length; n++) {
    const key = parts.slice(i, i + n).join("");
    if (/\p{L}/u.test(key)) { keys.add(key); keys.add(key.replace(/^stmeld/, "meldst")); }
  }
  return [...keys].filter((key) => /\d/.test(key) && index.identifiers.has(key)).map((key) => withNumber(index, key));
};

// Reading a query as kilde does: or, and, not, brackets, fields, quotation marks, signs of a word.
const QUOTES = '"“”„«»‟', MOST_CLAUSES = 64, DEEPEST = 32;
const parse = (index, text) => {
  text = text.slice(0, 4096);
  let at = 0, depth = 0, clauses = 0, scope = null, fielded = false;
  const rest = () => text.slice(at);
  const take = (pattern) => { const it = rest().match(pattern); if (it) at += it[0].length; return it; };
  const blanks = () => take(/^\s+/u);
  const word = (upper, lower) => take(new RegExp(`^(?:${upper})(?![\\p{L}\\p{N}:=*?~])`, "u")) || (fielded && take(new RegExp(`^(?:${lower})(?![\\p{L}\\p{N}:=*?~])`, "u")));
  const takeOr = () => { blanks(); return take(/^\|\|?/) || word("OR|ELLER", "or|eller"); };
  const joined = (kind, parts) => (parts.length > 1 ? { [kind]: parts } : parts[0] || null);
  const or = () => { const parts = []; do { const it = and(); if (it) parts.push(it); } while (takeOr()); return joined("or", parts); };
  const and = () => {
    const parts = [];
    for (;;) {
      blanks();
      if (!take(/^&&?/)) word("AND|OG", "and|og");
      const from = at;
      if (takeOr()) { at = from; break; }
      blanks();
      if (at >= text.length || (depth && text[at] === ")")) break;
      if (text[at] === ")") { at++; continue; }
      if (++clauses > MOST_CLAUSES) { at = text.length; break; }
      const it = not();
      if (it) parts.push(it);
    }
    return joined("and", parts);
  };
  const not = () => {
    let negated = false;
    for (;;) { if (word("NOT|IKKE|IKKJE", "not|ikke|ikkje")) blanks(); else if (!take(/^[-!−–]\s*/u)) break; negated = !negated; }
    const it = at < text.length ? leaf() : null;
    return it && negated ? { not: it } : it;
  };
  const group = () => {
    if (depth >= DEEPEST) { at = text.length; return null; }
    depth++;
    const it = or();
    depth--;
    blanks(); take(/^\)/);
    return it;
  };
  const leaf = () => {
    if (take(/^\(/)) return group();
    fielded = false;
    if (QUOTES.includes(text[at])) return quoted();
    return field() || single(false);
  };
  const quoted = () => {
    at++;
    const from = at;
    while (at < text.length && !QUOTES.includes(text[at])) at++;
    const words = text.slice(from, at).trim(), open = at >= text.length;
    at++;
    const slop = take(/^~(\d*)/);
    const prefix = take(/^\*/) || (open && /[\p{L}\p{N}]$/u.test(words));
    return /[\p{L}\p{N}]/u.test(words) ? { phrase: words, scope, slop: slop ? Math.min(+(slop[1] || 2), 99) : 0, prefix: !!prefix } : null;
  };
  const single = (exactly) => {
    const [typed] = take(new RegExp(`^[^\\s()${QUOTES}|]+`, "u")) || take(/^./u);
    const exact = exactly || typed.startsWith("="), bare = typed.replace(/^[=,;:!]+|[,;:!]+$/gu, "");
    if (!/[\p{L}\p{N}]/u.test(bare)) return null;
    const doi = bare.match(/^(?:https?:\/\/(?:dx\.)?doi\.org\/|doi:)?(10\.\d{4,}\/\S+)$/i);
    if (doi || (/^[\dxX–-]+$/.test(bare) && [10, 13].includes(squeeze(bare).length))) return { number: doi ? doi[1] : bare };
    const near = bare.match(/^(.+)~(\d?)$/u), open = bare.match(/^([^*?]{2,})\*+$/u);
    if (near) return { word: near[1], scope, how: near[2] === "0" ? "exactly" : "near", letters: Math.min(+(near[2] || 1), 2) };
    if (open) return { word: open[1], scope, how: "prefix" };
    if (/[*?]/.test(bare.replace(/\?$/, "")) && bare.replace(/[^\p{L}\p{N}]/gu, "").length > 2) return { word: bare, scope, how: "wildcard" };
    return { word: bare.replace(/[*?]/g, " ").trim(), scope, how: exact ? "exactly" : "freely" };
  };
  const field = () => {
    const found = rest().match(/^([\p{L}\p{N}_-]+)(\s*)(==|!==|!=|>=|<=|=(?!~)|:|>|<)/u);
    const known = found && (found[3] !== ":" || !found[2]) && index.fieldNamed.get(found[1].toLowerCase());
    if (!known) return null;
    const [, kind, covers] = known;
    at += found[0].length;
    let sign = found[3];
    if (/^[:=]$/.test(sign)) { const more = take(/^(==|!==|!=|>=|<=|>|<)/); if (more) sign = more[0]; else if (sign === ":" && take(/^=/)) sign = "=="; }
    blanks();
    fielded = true;
    if (at >= text.length || text[at] === ")") return { all: true };
    const before = scope, negate = (it) => (it && sign.startsWith("!") ? { not: it } : it);
    let made;
    if (kind === "text" || kind === "any") {
      scope = kind === "text" ? covers : null;
      if (take(/^\*(?=\s|$)/)) made = { has: covers };
      else if (take(/^\(/)) made = group();
      else made = QUOTES.includes(text[at]) ? quoted() : single(sign === "==" || sign === "!==");
      scope = before;
    } else if (take(/^\(/)) {
      const any = [];
      for (let it; (it = take(/^\s*([^\s()]+)/u));) if (!/^(OR|ELLER|or|eller|\|)$/.test(it[1])) any.push(value(kind, ":", it[1]));
      blanks(); take(/^\)/);
      made = joined("or", any.filter(Boolean));
    } else made = value(kind, sign, (take(/^[[{][^\]}]*[\]}]?/u) || take(new RegExp(`^[${QUOTES}][^${QUOTES}]*[${QUOTES}]?`, "u")) || take(/^[^\s)]+/u) || [""])[0]);
    fielded = true;
    return negate(made) || { all: true };
  };
  const span = (text) => { const it = text.trim().replace(/\*$/, ""), unit = 10 ** (4 - it.length); return /^\d{1,4}$/.test(it) ? [it * unit, it * unit + unit - 1] : null; };
  const value = (kind, sign, raw) => {
    const bare = raw.replace(/^[[{"“”„«»‟]+|[\]}"“”„«»‟]+$/gu, "").trim();
    if (bare === "*") return null;
    if (kind === "year") {
      const parts = bare.match(/^(\d{0,4}\*?)\s*(?:\.\.+|TO|to|:|–|-|\/)\s*(\d{0,4}\*?)$/u);
      if (parts) { const low = span(parts[1]), high = span(parts[2]); return { years: [low ? low[0] : null, high ? high[1] : null] }; }
      const it = span(bare);
      return it && { years: { ">": [it[1] + 1, null], ">=": [it[0], null], "<": [null, it[0] - 1], "<=": [null, it[1]] }[sign] || it };
    }
    if (kind === "has" || kind === "lacks") {
      const named = index.fieldNamed.get(bare.toLowerCase());
      const has = named && { has: named[1] === "year" ? ["date", "year"] : named[1] === "language" ? ["langid", "language"] : named[2] };
      return has && (kind === "lacks" ? { not: has } : has);
    }
    if (kind === "identifier") return { number: bare };
    if (kind === "key") return { key: bare };
    const word = bare.toLowerCase(), of = index.values.filter(([is]) => is.startsWith(`${kind}:`));
    let rows = of.filter(([, names]) => names.includes(word));
    if (!rows.length && word.length > 1) rows = of.filter(([, names]) => names.slice(1).some((it) => it.startsWith(word)));
    return { is: rows.length ? rows.map(([is]) => is) : [`${kind}:${word}`] };
  };
  return or();
};

/** The words of the overview that a word with signs stands for. */
const fitting = (index, { word, how, letters: most }) => {
  const typed = word.toLowerCase(), pattern = how === "wildcard" && new RegExp(`^${typed.replace(/[^\p{L}\p{N}*?]/gu, "\\$&").replace(/\*/g, ".*").replace(/\?/g, ".")}$`, "u");
  const fits = { exactly: (it) => it === typed, prefix: (it) => it.startsWith(typed), near: (it) => distance(typed, it, most) <= most, wildcard: (it) => pattern.test(it) }[how];
  return [...index.words.keys()].filter((at) => fits(index.words[at][0])).slice(0, how === "exactly" ? 1 : 50);
};
const counted = (index, words, scope) => {
  const it = scope ? within(index, words, scope) : withWords(index, words);
  return weigh(it, rarity(index, it.size), index.length, index.average);
};

/** Words beside each other: as they stand, or in other forms, which counts a little less. */
const quotedIn = (index, { phrase: text, scope, slop, prefix }) => {
  const typed = wordsOf(text).map((it) => it.word).slice(0, 30), ways = [];
  const asTyped = typed.map((word, nth) => (prefix && nth === typed.length - 1 ? fitting(index, { word, how: "prefix" }) : index.wordAt.has(word) ? [index.wordAt.get(word)] : []));
  const inForms = typed.map((word, nth) => [...new Set([...asTyped[nth], ...variants(index, word).forms.flatMap((form) => index.wordsOf[form])])]);
  for (const [places, weight] of [[asTyped, 1], [inForms, 0.9]]) {
    if (!places.length || places.some((it) => !it.length)) continue;
    const idf = places.reduce((sum, words) => sum + rarity(index, withWords(index, words).size), 0);
    ways.push(times(beside(index, places, slop, idf, scope), weight));
    // Names are kept given name first and typed family name first.
    const comma = scope && text.includes(",") ? wordsOf(text.split(",")[0]).length : 0;
    if (comma) ways.push(times(beside(index, [...places.slice(comma), ...places.slice(0, comma)], slop + 1, idf, scope), weight));
  }
  return ways.length ? best(ways) : NONE;
};

/** A word with a field or a sign. */
const signed = (index, it, options, account) => {
  if (it.how !== "freely") return wordsOf(it.word).length > 1 && it.how !== "wildcard" ? quotedIn(index, { phrase: it.word, scope: it.scope, slop: 0, prefix: it.how === "prefix" }) : counted(index, fitting(index, it), it.scope);
  return together(wordsOf(it.word).map((typed) => {
    const group = groupOf(index, typed, null, false, account);
    const parts = [...group.ways.values()].map((way) => times(counted(index, index.wordsOf[way.terms[0]], it.scope), way.weight));
    if (options.typing) parts.push(times(counted(index, fitting(index, { word: typed.word, how: "prefix" }).slice(0, 12), it.scope), COMPLETION));
    return parts.length ? best(parts) : NONE;
  }), false);
};

const evaluate = (index, expr, options, account) => {
  const every = () => [...index.rows.keys()], where = (fits) => filtered(every().filter(fits));
  const traits = (fits) => { const is = index.traits.map(fits); return where((doc) => is[index.traitOf[doc]]); };
  if (!expr || expr.all) return filtered(every());
  if (expr.or) return best(expr.or.map((it) => evaluate(index, it, options, account)));
  if (expr.not) return evaluate(index, { and: [expr] }, options, account);
  if (expr.phrase) return quotedIn(index, expr);
  if (expr.years) return where((doc) => { const year = index.rows[doc][3], [low, high] = expr.years; return year != null && (low == null || year >= low) && (high == null || year <= high); });
  if (expr.is) return traits(([, is]) => is.some((it) => expr.is.includes(it)));
  if (expr.has) { const wanted = expr.has.map((name) => index.names.indexOf(name)); return traits(([has]) => has.some((it) => wanted.includes(it))); }
  if (expr.key) { const it = new RegExp(`^${expr.key.toLowerCase().replace(/[^\p{L}\p{N}*]/gu, "\\$&").replace(/\*/g, ".*")}$`, "u"); return where((doc) => it.test(index.rows[doc][0].toLowerCase())); }
  if (expr.number) return withNumber(index, index.identifiers.has(expr.number.toLowerCase()) ? expr.number.toLowerCase() : squeeze(expr.number));
  if (expr.word && (expr.scope || expr.how !== "freely")) return signed(index, expr, options, account);
  const parts = expr.and || [expr], isFree = (it) => it.word && !it.scope && it.how === "freely";
  const words = parts.filter(isFree).map((it) => it.word).join(" "), out = [];
  const isTyping = options.typing && isFree(parts[parts.length - 1]);
  const freely = words && free(index, wordsOf(words), { ...options, typing: isTyping }, account);
  if (freely) { const numbers = numbered(index, words); out.push(numbers.length ? best([freely, ...numbers]) : freely); }
  const quiet = { words: 0, wider: new Map(), spelt: new Set() }, not = [];
  for (const it of parts) {
    if (it.not) not.push(evaluate(index, it.not, options, quiet));
    else if (!isFree(it)) out.push(evaluate(index, it, options, account));
  }
  const all = out.length ? together(out, false) : filtered(every());
  return not.length ? without(all, not) : all;
};

const once = (index, text, options) => {
  const account = { words: 0, wider: new Map(), spelt: new Set() };
  return { scores: evaluate(index, parse(index, text), options, account), account };
};

/** Entries in order, and how the query was read. */
const search = (index, text, { widen = true, typing = false } = {}) => {
  if (!/[\p{L}\p{N}]/u.test(text)) return { hits: [...index.rows.keys()].sort((a, b) => index.order[a] - index.order[b]), account: null };
  let found = once(index, text, { widen, typing }), any = false;
  if (found.scores.size < ENOUGH && found.account.words > 1) {
    const more = once(index, text, { widen, typing, any: true });
    if (more.scores.size > found.scores.size) { any = found.scores.size + 1; found = more; }
  }
  if (found.scores.size < ENOUGH && found.account.words > 0) {
    const more = once(index, text, { widen, typing, any: true, letters: true });
    if (more.scores.size > found.scores.size) { any = any || found.scores.size + 1; found = more; }
  }
  const { docs, values } = found.scores, rank = new Float64Array(index.count);
  docs.forEach((doc, i) => { rank[doc] = Math.round(values[i] * 1000); });
  const hits = [...docs].sort((a, b) => rank[b] - rank[a] || (index.rows[b][3] || 0) - (index.rows[a][3] || 0) || index.order[a] - index.order[b]);
  return { hits, account: found.account, any };
};

// ---- The page ------------------------------------------------------------------------------------
let index = null, loading = null;
/** Loads the two files of the index; a script tag also works from a file share. */
const load = () => loading || (loading = new Promise((done, fail) => {
  const got = {};
  const take = (name) => (value) => { got[name] = value; if (got.words && got.entries) { index = build(got.words, got.entries); setTimeout(() => grams(index), 200); done(index); } };
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
let later;
/** Browsers allow few changes of the address in a short time: while one types, it waits for a pause. */
const toAddressSoon = (it, typing) => {
  clearTimeout(later);
  if (typing) later = setTimeout(() => toAddress(it), 400);
  else toAddress(it);
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

/** Which of the entries fit what is chosen; and what each group would have if it were chosen too. */
const narrow = (it, docs) => {
  const { facets } = settings, out = [], counts = facets.map(({ slugs }) => new Int32Array(slugs.length));
  const wanted = facets.map(({ id, slugs }) => it.chosen[id] && slugs.map((slug) => it.chosen[id].includes(slug)));
  const chosen = [...wanted.keys()].filter((at) => wanted[at]);
  for (const doc of docs) {
    const [, , , year, , text, belongs] = index.rows[doc];
    if (it.text && !text) continue;
    const inYears = (!it.from || year >= it.from) && (!it.to || (year && year <= it.to));
    // The one thing that the entry does not fit, where it is one.
    let fails = inYears ? 0 : 1, facet = -1;
    for (const at of chosen) if (!belongs[at].some((group) => wanted[at][group])) { fails++; facet = at; }
    if (fails) {
      if (fails === 1 && inYears) for (const group of belongs[facet]) counts[facet][group]++;
      continue;
    }
    out.push(doc);
    for (let at = 0; at < belongs.length; at++) {
      const groups = belongs[at], count = counts[at];
      for (let i = 0; i < groups.length; i++) count[groups[i]]++;
    }
  }
  facets.forEach(({ id, slugs }, facet) => {
    for (const box of form.querySelectorAll(`[data-facet="${id}"] input`)) {
      const n = counts[facet][slugs.indexOf(box.value)] || 0, label = box.closest("label");
      label.querySelector("[data-count]").textContent = n;
      label.classList.toggle("none", !n && !box.checked);
    }
  });
  return out;
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
  toAddressSoon(it, typing);
  find("results").hidden = isEmpty(it);
  find("browse").hidden = !isEmpty(it);
  if (isEmpty(it) && !index) return;
  if (!index) {
    find("status").textContent = say.loading;
    try { await load(); } catch { find("status").textContent = say["load-failed"]; find("browse").hidden = false; return; }
    if (mine !== turn) return;
  }
  const found = search(index, it.q, { widen: !it.exact, typing: typing && /[\p{L}\p{N}]$/u.test(form.elements.q.value) });
  last = narrow(it, found.hits);
  shown = FIRST;
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
  wait = setTimeout(() => answer(event.target.name === "q"));
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
