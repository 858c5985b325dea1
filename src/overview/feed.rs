//! Atom (RFC 4287), JSON Feed 1.1, sitemap (sitemaps.org 0.9) and robots.txt.

use super::page::{creators, short};
use super::plan::groups_slug;
use super::site::Site;
use super::words::word;
use crate::text::rich_text::html::escape;
use crate::text::said::Language;
use serde_json::json;

/// What stands for a day's hour, as feeds ask for one.
const HOUR: &str = "T00:00:00Z";

/// The newest works as an Atom feed.
pub fn atom(site: &Site<'_>, language: Language) -> String {
    let mut out = String::from("<?xml version=\"1.0\" encoding=\"utf-8\"?>\n");
    let mut put = |text: &str| out.push_str(text);
    let tag = language.tag();
    put(&format!("<feed xmlns=\"http://www.w3.org/2005/Atom\" xml:lang=\"{tag}\">\n"));
    put(&element("title", &site.title(language)));
    put(&element("id", &id(site, &format!("{tag}/feed.xml"))));
    let newest = site.newest();
    let updated = newest.iter().map(|&at| site.dates[at].changed.as_str()).max();
    put(&element("updated", &format!("{}{HOUR}", updated.unwrap_or(&site.today))));
    put(&element("generator", "kilde"));
    for (rel, path) in [("self", "feed.xml"), ("alternate", "news.html")] {
        let href = site.address(&format!("{tag}/{path}")).unwrap_or_else(|| path.to_owned());
        put(&format!("<link rel=\"{rel}\" href=\"{}\"/>\n", escaped(&href)));
    }
    for at in newest {
        let (work, dates) = (&site.works[at], &site.dates[at]);
        let path = format!("{tag}/entry/{}.html", work.slug);
        let href = site.address(&path).unwrap_or_else(|| format!("entry/{}.html", work.slug));
        put("<entry>\n");
        put(&element("title", &format!("{}: {}", short(work, language), work.title)));
        put(&element("id", &id(site, &path)));
        put(&element("published", &format!("{}{HOUR}", dates.first)));
        put(&element("updated", &format!("{}{HOUR}", dates.changed)));
        put(&format!("<link href=\"{}\"/>\n", escaped(&href)));
        let author = creators(work, language);
        let author = if author.is_empty() { site.title(language) } else { author };
        put(&format!("<author>{}</author>\n", element("name", &author).trim_end()));
        put(&element("summary", &site.reference(language, at).to_plain()));
        put("</entry>\n");
    }
    put("</feed>\n");
    out
}

/// The newest works as a JSON feed.
pub fn json(site: &Site<'_>, language: Language) -> String {
    let tag = language.tag();
    let items: Vec<_> = site
        .newest()
        .into_iter()
        .map(|at| {
            let (work, dates) = (&site.works[at], &site.dates[at]);
            let path = format!("{tag}/entry/{}.html", work.slug);
            json!({
                "id": id(site, &path),
                "url": site.address(&path).unwrap_or_else(|| format!("entry/{}.html", work.slug)),
                "title": format!("{}: {}", short(work, language), work.title),
                "content_text": site.reference(language, at).to_plain(),
                "date_published": format!("{}{HOUR}", dates.first),
                "date_modified": format!("{}{HOUR}", dates.changed),
                "language": work.tongue,
            })
        })
        .collect();
    let feed = json!({
        "version": "https://jsonfeed.org/version/1.1",
        "title": site.title(language),
        "home_page_url": site.address(&format!("{tag}/index.html")),
        "feed_url": site.address(&format!("{tag}/feed.json")),
        "language": tag,
        "description": word("news", language),
        "items": items,
    });
    feed.to_string() + "\n"
}

/// The most addresses in one sitemap; the protocol of sitemaps.org allows 50,000.
const SITEMAP: usize = 40_000;

/// How many parts the sitemap has; where it has one, that is the whole.
pub fn sitemap_parts(site: &Site<'_>) -> usize {
    (pages(site).len() * site.languages.len()).div_ceil(SITEMAP)
}

/// The pages below a language's folder, and the day on which each last changed, where it is known.
fn pages<'a>(site: &'a Site<'_>) -> Vec<(String, Option<&'a str>)> {
    let mut out: Vec<(String, Option<&str>)> =
        ["index", "list", "about", "news"].map(|it| (format!("{it}.html"), None)).into();
    for (facet, groups) in &site.outline.facets {
        out.push((format!("{}.html", groups_slug(*facet)), None));
        out.extend(groups.iter().map(|group| (format!("{}.html", group.slug), None)));
    }
    for (work, dates) in site.works.iter().zip(&site.dates) {
        out.push((format!("entry/{}.html", work.slug), Some(&dates.changed)));
    }
    out
}

/// All pages, each with its translations; where these are too many for one file, a list of the
/// parts. Only called where it is known where the overview stands.
pub fn sitemap(site: &Site<'_>) -> String {
    match sitemap_parts(site) {
        0 | 1 => sitemap_part(site, 0),
        parts => {
            let part = |at: usize| {
                let address = site.address(&format!("sitemap-{}.xml", at + 1)).unwrap_or_default();
                format!("<sitemap>{}</sitemap>\n", element("loc", &address).trim_end())
            };
            let parts: String = (0..parts).map(part).collect();
            format!(
                "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n<sitemapindex \
                 xmlns=\"http://www.sitemaps.org/schemas/sitemap/0.9\">\n{parts}</sitemapindex>\n"
            )
        }
    }
}

/// One part of the sitemap, from 0.
pub fn sitemap_part(site: &Site<'_>, part: usize) -> String {
    let mut out = String::from(
        "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n<urlset \
         xmlns=\"http://www.sitemaps.org/schemas/sitemap/0.9\" \
         xmlns:xhtml=\"http://www.w3.org/1999/xhtml\">\n",
    );
    let pages = pages(site);
    let all = pages.iter().flat_map(|page| site.languages.iter().map(move |it| (page, it)));
    for ((tail, day), language) in all.skip(part * SITEMAP).take(SITEMAP) {
        let address = |tag: &str| site.address(&format!("{tag}/{tail}")).unwrap_or_default();
        out.push_str(&format!("<url>{}", element("loc", &address(language.tag())).trim_end()));
        if let Some(day) = day {
            out.push_str(element("lastmod", day).trim_end());
        }
        for other in &site.languages {
            out.push_str(&format!(
                "<xhtml:link rel=\"alternate\" hreflang=\"{}\" href=\"{}\"/>",
                other.tag(),
                escaped(&address(other.tag()))
            ));
        }
        out.push_str("</url>\n");
    }
    out.push_str("</urlset>\n");
    out
}

/// Everybody may read everything; where the sitemap is.
pub fn robots(base: Option<&str>) -> String {
    let sitemap = base.map_or(String::new(), |base| format!("\nSitemap: {base}sitemap.xml\n"));
    format!("User-agent: *\nDisallow:\n{sitemap}")
}

/// An id that stays the same: the address, else a name of our own.
fn id(site: &Site<'_>, path: &str) -> String {
    site.address(path).unwrap_or_else(|| format!("urn:kilde:{path}"))
}

fn element(name: &str, text: &str) -> String {
    format!("<{name}>{}</{name}>\n", escaped(text))
}

/// Escaped for XML, without the signs that XML 1.0 has no way to write.
fn escaped(text: &str) -> String {
    let clean: String =
        text.chars().filter(|c| !c.is_control() && !matches!(c, '\u{FFFE}' | '\u{FFFF}')).collect();
    let mut out = String::with_capacity(clean.len() + 8);
    escape(&clean, &mut out);
    out
}
