//! Templates of the pages: minijinja, kept from doing harm.
//!
//! Invariants, whatever a template of the library says: every value is escaped unless the program
//! made it as HTML; there is no filter that says otherwise; fuel bounds the time and the memory that
//! a page takes; and each page carries a content security policy of our own.

use crate::text::rich_text::html::escape;
use crate::text::said::{Language, words};
use minijinja::value::{Kwargs, Value};
use minijinja::{AutoEscape, Environment, ErrorKind, State};
use sha2::{Digest, Sha256};
use std::collections::BTreeMap;

/// The templates that are compiled in, by name.
pub const BUILTIN: &[(&str, &str)] = &[
    ("base.html", include_str!("../../data/builtin/overview/base.html")),
    ("about.html", include_str!("../../data/builtin/overview/about.html")),
    ("edition.html", include_str!("../../data/builtin/overview/edition.html")),
    ("entry.html", include_str!("../../data/builtin/overview/entry.html")),
    ("fragment.html", include_str!("../../data/builtin/overview/fragment.html")),
    ("front.html", include_str!("../../data/builtin/overview/front.html")),
    ("gone.html", include_str!("../../data/builtin/overview/gone.html")),
    ("groups.html", include_str!("../../data/builtin/overview/groups.html")),
    ("item.html", include_str!("../../data/builtin/overview/item.html")),
    ("list.html", include_str!("../../data/builtin/overview/list.html")),
    ("news.html", include_str!("../../data/builtin/overview/news.html")),
    ("row.html", include_str!("../../data/builtin/overview/row.html")),
    ("root.html", include_str!("../../data/builtin/overview/root.html")),
    ("style.css", include_str!("../../data/builtin/overview/style.css")),
    ("search.js", include_str!("../../data/builtin/overview/search.js")),
];

/// Steps that a template may take beside those for each work on the page.
const FUEL: u64 = 200_000;

/// Steps for each work on the page.
const FUEL_PER_WORK: u64 = 2_000;

/// A template that could not be read or filled.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{name}:{line}: {reason}")]
pub struct TemplateError {
    /// Which template.
    pub name: String,
    /// The line, from 1; 0 where none is known.
    pub line: usize,
    /// What is wrong, in English.
    pub reason: String,
}

impl TemplateError {
    fn of(name: &str, error: &minijinja::Error) -> Self {
        let reason = match error.kind() {
            ErrorKind::OutOfFuel => {
                "the template takes too many steps: does a loop end?".to_owned()
            }
            kind => match error.detail() {
                Some(detail) => format!("{kind}: {detail}"),
                None => kind.to_string(),
            },
        };
        Self {
            name: error.name().unwrap_or(name).to_owned(),
            line: error.line().unwrap_or(0),
            reason,
        }
    }
}

/// The templates in use.
pub struct Templates {
    /// For pieces and pages of one work.
    small: Environment<'static>,
    /// For pages that may list every work.
    large: Environment<'static>,
    sources: BTreeMap<String, String>,
    script_hash: String,
    words: [Value; 3],
}

impl Templates {
    /// The compiled-in templates, with `own` (name → text) in their place, for an overview of
    /// `works` works.
    pub fn new(own: &BTreeMap<String, String>, works: usize) -> Result<Self, TemplateError> {
        let mut sources: BTreeMap<String, String> =
            BUILTIN.iter().map(|(name, text)| ((*name).to_owned(), (*text).to_owned())).collect();
        sources.extend(own.iter().map(|(name, text)| (name.clone(), text.clone())));
        let mut small = Environment::new();
        small.set_auto_escape_callback(|_| AutoEscape::Html);
        small.set_formatter(|out, _state, value| {
            if value.is_undefined() || value.is_none() {
                return Ok(());
            }
            let text = value.to_string();
            if value.is_safe() {
                return out.write_str(&text).map_err(minijinja::Error::from);
            }
            let mut escaped = String::with_capacity(text.len() + 16);
            escape(&text, &mut escaped);
            out.write_str(&escaped).map_err(minijinja::Error::from)
        });
        small.remove_filter("safe");
        small.set_recursion_limit(50);
        small.set_fuel(Some(FUEL));
        for (name, text) in &sources {
            if name.ends_with(".html") {
                small
                    .add_template_owned(name.clone(), text.clone())
                    .map_err(|error| TemplateError::of(name, &error))?;
            }
        }
        let mut large = small.clone();
        large.set_fuel(Some(FUEL + FUEL_PER_WORK * works as u64));
        let script = sources.get("search.js").map(|it| it.trim_end()).unwrap_or_default();
        let script_hash = csp_hash(script);
        let words = Language::ALL.map(translator);
        Ok(Self { small, large, sources, script_hash, words })
    }

    /// `t("about")` in `language`: the words of `overview.page.about`, places filled by name.
    pub fn translator(&self, language: Language) -> Value {
        self.words[language as usize].clone()
    }

    /// The text of `style.css` or `search.js`.
    pub fn text(&self, name: &str) -> &str {
        self.sources.get(name).map(|it| it.trim_end()).unwrap_or_default()
    }

    /// Changes when any template changes.
    pub fn hash(&self) -> String {
        let mut hasher = blake3::Hasher::new();
        for (name, text) in &self.sources {
            hasher.update(name.as_bytes()).update(&[0]).update(text.as_bytes()).update(&[0]);
        }
        hasher.finalize().to_hex()[..24].to_owned()
    }

    /// A piece of a page: `name` filled with `context`.
    pub fn piece(&self, name: &str, context: Value) -> Result<String, TemplateError> {
        fill(&self.small, name, context)
    }

    /// A piece that may list every work.
    pub fn long_piece(&self, name: &str, context: Value) -> Result<String, TemplateError> {
        fill(&self.large, name, context)
    }

    /// A whole page, with its content security policy; `script` allows the page's own script.
    pub fn page(&self, name: &str, context: Value, script: bool) -> Result<Vec<u8>, TemplateError> {
        let one = matches!(name, "entry.html" | "gone.html" | "root.html");
        let html = fill(if one { &self.small } else { &self.large }, name, context)?;
        let Some((before, after)) = html.split_once("<head>") else {
            let reason = "the page has no <head>, where its security policy belongs".to_owned();
            return Err(TemplateError { name: name.to_owned(), line: 0, reason });
        };
        let scripts = if script {
            format!("script-src '{}' 'strict-dynamic'; ", self.script_hash)
        } else {
            String::new()
        };
        let policy = format!(
            "<head>\n<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; \
             {scripts}style-src 'self' file:; img-src 'self' data:; form-action 'self' file:; \
             base-uri 'none'\">"
        );
        Ok(format!("{before}{policy}{after}").into_bytes())
    }
}

/// `sha256-…` of a script, as a content security policy has it.
pub fn csp_hash(script: &str) -> String {
    use base64::Engine as _;
    let digest = Sha256::digest(script.as_bytes());
    format!("sha256-{}", base64::engine::general_purpose::STANDARD.encode(digest))
}

fn fill(
    environment: &Environment<'static>,
    name: &str,
    context: Value,
) -> Result<String, TemplateError> {
    environment
        .get_template(name)
        .and_then(|template| template.render(context))
        .map_err(|error| TemplateError::of(name, &error))
}

/// What may fill a message's places.
const PLACES: &[&str] = &["count", "name", "date", "year", "title", "from", "to", "total", "style"];

fn translator(language: Language) -> Value {
    Value::from_function(move |_: &mut State, id: &str, values: Kwargs| {
        let mut said = super::words::said(id);
        for place in PLACES {
            if values.has(place) {
                said = said.with(place, values.get::<Value>(place)?);
            }
        }
        values.assert_all_used()?;
        Ok::<String, minijinja::Error>(words(&said, language))
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use minijinja::context;

    fn filled(source: &str, works: usize) -> Result<String, TemplateError> {
        let own = BTreeMap::from([("entry.html".to_owned(), source.to_owned())]);
        Templates::new(&own, works)?.piece("entry.html", context! { x => "<b>\"'&" })
    }

    #[test]
    fn no_template_can_leave_a_value_unescaped() {
        let escaped = "&lt;b&gt;&quot;&#39;&amp;";
        for source in [
            "{{ x }}",
            "{% autoescape false %}{{ x }}{% endautoescape %}",
            "{% autoescape 'none' %}{{ x }}{% endautoescape %}",
            "{% macro m(y) %}{{ y }}{% endmacro %}{{ m(x) }}",
            "{% set y %}{{ x }}{% endset %}{{ y }}",
            "{{ x|e }}",
        ] {
            let found = filled(source, 0).map(|it| it.replace("&#x27;", "&#39;"));
            assert_eq!(found.as_deref(), Ok(escaped), "{source}");
        }
        assert!(filled("{{ x|safe }}", 0).is_err());
    }

    #[test]
    fn a_loop_without_end_is_stopped() {
        let bomb = "{% for a in range(9999) %}{% for b in range(9999) %}.{% endfor %}{% endfor %}";
        let error = filled(bomb, 300).unwrap_err();
        assert!(error.reason.contains("too many steps"), "{error}");
        assert!(filled("{{ 'x' * 99999999999 }}", 300).is_err());
    }

    #[test]
    fn an_error_names_template_and_line() {
        let error = filled("\n{{ x.y.z }}\n{% if %}", 0).unwrap_err();
        assert_eq!((error.name.as_str(), error.line), ("entry.html", 3));
    }

    #[test]
    fn a_page_carries_our_policy() {
        let own = BTreeMap::from([("root.html".to_owned(), "<head><title>".to_owned())]);
        let page = Templates::new(&own, 0).unwrap().page("root.html", context! {}, false).unwrap();
        let page = String::from_utf8(page).unwrap();
        assert!(page.contains("default-src 'none'") && !page.contains("script-src"), "{page}");
    }
}
