//! A library of any size from a real corpus: titles, names and keywords of the shipped library and
//! abstracts of the collections beside the project are cut at their words and sentences and put
//! together anew, by a fixed rule. New words and names keep coming at the rate at which they do in
//! real libraries (Heaps' law), so that the dictionary grows as it would.

use kilde::model::{Entry, Library};
use std::io::Write;
use std::path::Path;

/// A fixed sequence (Knuth's multiplier), so that every run makes the same library.
struct Sequence(u64);

impl Sequence {
    fn next(&mut self, below: usize) -> usize {
        self.0 =
            self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) as usize % below.max(1)
    }

    fn of<'a>(&mut self, list: &'a [String]) -> &'a str {
        list.get(self.next(list.len())).map_or("", String::as_str)
    }
}

/// What the library is put together from.
struct Pool {
    titles: Vec<Vec<String>>,
    families: Vec<String>,
    given: Vec<String>,
    keywords: Vec<String>,
    types: Vec<String>,
    languages: Vec<String>,
    journals: Vec<String>,
    sentences: Vec<String>,
}

/// Writes a library of `count` entries to `path`; `texts` are real abstracts.
pub fn write(
    path: &Path,
    count: usize,
    shipped: &Library,
    texts: &[String],
) -> std::io::Result<()> {
    let pool = Pool::of(shipped, texts);
    let mut out = std::io::BufWriter::with_capacity(1 << 20, std::fs::File::create(path)?);
    let mut sequence = Sequence(11);
    for at in 0..count {
        pool.entry(at, &mut sequence, &mut out)?;
    }
    out.flush()
}

impl Pool {
    fn of(shipped: &Library, texts: &[String]) -> Self {
        let all = |take: &dyn Fn(&Entry) -> Vec<String>| -> Vec<String> {
            let mut out: Vec<String> = shipped.entries.iter().flat_map(take).collect();
            out.retain(|it| !it.is_empty());
            out
        };
        let field = |name: &'static str| {
            all(&move |entry: &Entry| entry.text(name).into_iter().map(|it| plain(&it)).collect())
        };
        let name = |entry: &Entry, part: usize| -> Vec<String> {
            let names = entry.creators().names;
            let parts = names.iter().map(|it| it.inverted());
            parts
                .map(|it| plain(it.split(", ").nth(part).unwrap_or_default()))
                .filter(|it| !it.contains(' '))
                .collect()
        };
        let mut titles: Vec<Vec<String>> = shipped
            .entries
            .iter()
            .map(|it| plain(&it.title()).split_whitespace().map(str::to_owned).collect())
            .collect();
        titles.retain(|it: &Vec<String>| it.len() > 2);
        let mut sentences: Vec<String> = texts
            .iter()
            .flat_map(|text| text.split_inclusive(['.', '?']).map(plain))
            .filter(|it| it.split_whitespace().count() > 6)
            .collect();
        // Norwegian too: what the shipped library says of itself.
        sentences.extend(shipped.entries.iter().map(|it| format!("{}.", plain(&it.title()))));
        Self {
            titles,
            families: all(&|entry| name(entry, 0)),
            given: all(&|entry| name(entry, 1)),
            keywords: all(&|entry| entry.list("keywords").iter().map(|it| plain(it)).collect()),
            types: shipped.entries.iter().map(|it| it.entry_type.clone()).collect(),
            languages: field("langid"),
            journals: field("journaltitle"),
            sentences,
        }
    }

    fn entry(&self, at: usize, it: &mut Sequence, out: &mut impl Write) -> std::io::Result<()> {
        let year = 1970 + it.next(28) + it.next(28);
        let authors: Vec<String> = (0..=it.next(4)).map(|_| self.name(at, it)).collect();
        let first = authors[0].split(',').next().unwrap_or_default().to_lowercase();
        let (a, b) = (it.next(self.titles.len()), it.next(self.titles.len()));
        let (a, b) = (&self.titles[a], &self.titles[b]);
        let half = a.len().div_ceil(2);
        let mut title: Vec<&str> = a[..half].iter().map(String::as_str).collect();
        title.extend(b[b.len() / 2..].iter().map(String::as_str));
        let new = new_word(at, it);
        let place = it.next(title.len());
        title[place] = &new;
        writeln!(out, "@{}{{{first}{year}n{at},", it.of(&self.types))?;
        writeln!(
            out,
            "  author = {{{}}},\n  title = {{{}}},",
            authors.join(" and "),
            title.join(" ")
        )?;
        writeln!(out, "  date = {{{year}}},\n  langid = {{{}}},", it.of(&self.languages))?;
        writeln!(out, "  journaltitle = {{{}}},", it.of(&self.journals))?;
        writeln!(out, "  doi = {{10.{}/kilde.{at}}},", 1000 + it.next(9000))?;
        let keywords: Vec<&str> = (0..2 + it.next(4)).map(|_| it.of(&self.keywords)).collect();
        writeln!(out, "  keywords = {{{}}},\n  abstract = {{", keywords.join(", "))?;
        for _ in 0..5 + it.next(5) {
            let sentence = it.of(&self.sentences);
            let swapped = it.next(sentence.split(' ').count());
            for (nth, word) in sentence.split(' ').enumerate() {
                if nth == swapped {
                    write!(out, "{} ", new_word(at, it))?;
                } else {
                    write!(out, "{word} ")?;
                }
            }
            writeln!(out)?;
        }
        writeln!(out, "  }},\n}}\n")
    }

    /// A person: one of the corpus, or one not met before.
    fn name(&self, at: usize, it: &mut Sequence) -> String {
        let family =
            if it.next(2) == 0 { it.of(&self.families).to_owned() } else { new_name(at, it) };
        format!("{family}, {} {}.", it.of(&self.given), char::from(b'A' + it.next(26) as u8))
    }
}

/// A word that is not in the corpus: one of about 40·√n after n entries, the small ones often.
fn new_word(at: usize, it: &mut Sequence) -> String {
    let known = (40.0 * ((at + 1) as f64).sqrt()) as usize;
    let (a, b) = (it.next(known), it.next(known));
    spelt(a * b / known.max(1) + 1)
}

fn new_name(at: usize, it: &mut Sequence) -> String {
    let known = (20.0 * ((at + 1) as f64).sqrt()) as usize;
    let word = spelt(it.next(known) * 7 + 3);
    let (head, tail) = word.split_at(1);
    format!("{}{tail}", head.to_uppercase())
}

/// A number as a word that can be spoken.
fn spelt(mut number: usize) -> String {
    const HEADS: [&str; 16] =
        ["b", "d", "f", "g", "h", "j", "k", "l", "m", "n", "p", "r", "s", "t", "v", "st"];
    const HEARTS: [&str; 8] = ["a", "e", "i", "o", "u", "ar", "en", "ol"];
    let mut out = String::new();
    while number > 0 || out.len() < 4 {
        out.push_str(HEADS[number % 16]);
        out.push_str(HEARTS[number / 16 % 8]);
        number /= 128;
    }
    out
}

/// Without what means something to TeX.
fn plain(text: &str) -> String {
    let text: String =
        text.chars().map(|c| if "{}\\%$&#_^~\"@".contains(c) { ' ' } else { c }).collect();
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}
