//! `kilde cite --check`: what each reference lacks for a style.

use super::source::Source;
use crate::cite::item::{Item, Variable};
use crate::cite::missing::missing;
use crate::cite::processor::Processor;
use crate::cite::style::Style;
use crate::cli::{Context, ExitCode, Failure};
use crate::text::said::{self, Said};
use serde_json::json;

pub(super) fn run(
    processor: &Processor<'_>,
    source: &Source,
    style: &Style,
    context: &mut Context<'_>,
) -> Result<ExitCode, Failure> {
    let render = |item: &Item| {
        let list = processor.bibliography(std::slice::from_ref(item));
        list.entries.first().map(|entry| entry.text.to_plain()).unwrap_or_default()
    };
    let name = if style.short_title.is_empty() { &style.title } else { &style.short_title };
    let (mut lacking, mut lacks) = (0, 0);
    for item in &source.items {
        let found = missing(item, &render);
        if found.is_empty() {
            continue;
        }
        lacking += 1;
        lacks += found.len();
        if context.global.json {
            let names: Vec<Vec<&str>> =
                found.iter().map(|any| any.iter().map(|it| it.name()).collect()).collect();
            let object = json!({
                "key": item.id,
                "type": item.kind,
                "style": name,
                "missing": names.iter().map(|any| any[0]).collect::<Vec<_>>(),
                "any_of": names,
            });
            writeln!(context.out, "{object}")?;
            continue;
        }
        for any in &found {
            let what: Vec<String> = any.iter().map(|it| word(*it, context)).collect();
            let or = said::plain("cite.or", context.language).unwrap_or("/");
            let said = Said::new("cite.lacks")
                .with("key", &item.id)
                .with("style", name)
                .with("what", what.join(&format!(" {or} ")));
            let line = context.words(&said);
            let line = context.harmless(&line).into_owned();
            writeln!(context.out, "{line}")?;
        }
    }
    let said = Said::new("cite.checked")
        .with("count", source.items.len())
        .with("lacking", lacking)
        .with("lacks", lacks);
    context.say(&said)?;
    let is_fine = lacking == 0 && source.complete && !source.items.is_empty();
    Ok(if is_fine { ExitCode::Fine } else { ExitCode::Findings })
}

/// What a variable is called by people.
fn word(variable: Variable, context: &Context<'_>) -> String {
    let id = format!("cite.variable.{}", variable.name());
    said::plain(&id, context.language).unwrap_or(variable.name()).to_owned()
}
