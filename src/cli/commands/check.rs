//! `kilde check`: what is wrong in a library, and how to mend it.

mod excerpt;
mod github;
mod json;
mod links;
mod sarif;

use crate::bibtex::diff;
use crate::check::{self, Facts, Finding, Safety, Settings, Severity};
use crate::cli::carry_out;
use crate::cli::progress::Progress;
use crate::cli::{Context, ExitCode, Failure};
use crate::model::Library;
use crate::session::change::Plan;
use crate::session::dry_run;
use crate::session::{keys, target};
use crate::text::said::{Said, words};
use crate::world::today::today;
use crate::world::{self, settings};
use clap::ValueEnum;

/// The arguments of `kilde check`.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// Only these entries.
    #[arg(value_name = "KEY")]
    keys: Vec<String>,
    /// Mend what can be mended without changing the meaning.
    #[arg(long)]
    fix: bool,
    /// Mend what may change the meaning, too.
    #[arg(long, id = "unsafe_fixes", long = "unsafe")]
    unsafe_fixes: bool,
    /// Show the fixes as a diff and write nothing.
    #[arg(long)]
    diff: bool,
    /// How the findings are shown.
    #[arg(long, value_enum, default_value_t = Format::Text, value_name = "FORMAT")]
    format: Format,
    /// The least grave that is shown.
    #[arg(long, value_enum, default_value_t = Level::Info, value_name = "LEVEL")]
    level: Level,
    /// List the rules.
    #[arg(long)]
    rules: bool,
    #[command(flatten)]
    links: links::Links,
}

/// How findings are shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Format {
    /// With the lines of the file, for people.
    Text,
    /// One object a line.
    Json,
    /// Annotations of GitHub Actions.
    Github,
    /// SARIF 2.1.0, for other programs.
    Sarif,
}

/// The least grave that is shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Level {
    /// Everything.
    Info,
    /// Warnings and errors.
    Warning,
    /// Errors.
    Error,
}

impl Level {
    fn severity(self) -> Severity {
        match self {
            Self::Info => Severity::Info,
            Self::Warning => Severity::Warning,
            Self::Error => Severity::Error,
        }
    }
}

/// Checks the library; mends it first where that was asked for.
pub fn run(args: Args, context: &mut Context<'_>) -> Result<ExitCode, Failure> {
    let format = if context.global.json { Format::Json } else { args.format };
    let folder = context.folder()?;
    let (settings, wrong) = Settings::read(&settings::table(&folder, "check"));
    for said in &wrong {
        context.say(said)?;
    }
    if args.rules {
        return rules(&settings, format, context);
    }
    let mut library = world::open(&folder)?;
    let wanted = known(&library, &args.keys)?;
    let mut facts = Facts::from(today());
    let mut is_whole = true;
    if args.links.links {
        (facts.links, is_whole) = links::answers(&library, &args.links, context)?;
    }
    if args.fix || args.diff {
        let safety = if args.unsafe_fixes { Safety::Unsafe } else { Safety::Safe };
        let plan = fixes(&library, &settings, &facts, safety, &wanted);
        if args.diff {
            let shown = dry_run::diff(&library, &plan);
            let shown = context.harmless(&shown).into_owned();
            write!(context.out, "{shown}")?;
            return Ok(if plan.is_empty() { ExitCode::Fine } else { ExitCode::Findings });
        }
        if !plan.is_empty() {
            carry_out::carry_out(context, &library, &plan, &carry_out::DryRun::default())?;
            library = world::open(&folder)?;
        }
    }
    if settings.is_on("key-pattern") {
        let (_, pattern) = keys::pattern(None, &settings::table(&folder, "keys"))?;
        facts.keys = keys::expected(&library, &pattern);
    }
    let mut progress = Progress::new(context.language);
    let mut findings = check::check_told(&library, &settings, &facts, &mut |done, all| {
        progress
            .tell(context.err, || Said::new("check.progress").with("done", done).with("all", all));
    });
    progress.end(context.err);
    findings.retain(|it| {
        it.severity >= args.level.severity() && (wanted.is_empty() || wanted.contains(&it.key))
    });
    show(&library, &findings, format, context)?;
    if format == Format::Text {
        summary(&findings, context)?;
    }
    Ok(match (findings.is_empty(), is_whole) {
        (false, _) => ExitCode::Findings,
        (true, true) => ExitCode::Fine,
        (true, false) => ExitCode::World,
    })
}

fn show(
    library: &Library,
    findings: &[Finding],
    format: Format,
    context: &mut Context<'_>,
) -> Result<(), Failure> {
    if format == Format::Sarif {
        let log = sarif::log(library, findings, context.language);
        writeln!(context.out, "{log}")?;
        return Ok(());
    }
    for finding in findings {
        let text = match format {
            Format::Text => excerpt::text(library, finding, context.language, context.color),
            Format::Json => json::object(library, finding, context.language).to_string(),
            Format::Github => github::annotation(library, finding, context.language),
            Format::Sarif => continue,
        };
        writeln!(context.out, "{text}")?;
    }
    Ok(())
}

fn summary(findings: &[Finding], context: &mut Context<'_>) -> Result<(), Failure> {
    if findings.is_empty() {
        context.say(&Said::new("check.clean"))?;
        return Ok(());
    }
    context.say(&Said::new("check.total").with("count", findings.len()))?;
    for (safety, id) in [(Safety::Safe, "check.fixable"), (Safety::Unsafe, "check.fixable-unsafe")]
    {
        let count = findings.iter().filter(|it| it.safety == Some(safety)).count();
        if count > 0 {
            context.say(&Said::new(id).with("count", count))?;
        }
    }
    Ok(())
}

/// The plan that mends what can be mended.
fn fixes(
    library: &Library,
    settings: &Settings,
    facts: &Facts,
    safety: Safety,
    keys: &[String],
) -> Plan {
    let fixed = check::fixed(library, settings, facts, safety, keys);
    let files = fixed
        .changed
        .iter()
        .map(|(source, bytes)| (*source, diff::between(&library.sources[*source].bytes, bytes)))
        .collect();
    Plan::of_edits(files, Said::new("check.fixed").with("count", fixed.count), keys.to_vec())
}

/// The keys as the library writes them.
fn known(library: &Library, keys: &[String]) -> Result<Vec<String>, Failure> {
    keys.iter().map(|key| Ok(library.entries[target::find(library, key)?].key.clone())).collect()
}

/// Lists the rules: id, gravity, fix, message.
fn rules(
    settings: &Settings,
    format: Format,
    context: &mut Context<'_>,
) -> Result<ExitCode, Failure> {
    for rule in check::RULES {
        let severity = settings.severity(rule).map_or("off", Severity::name);
        let said = words(&Said::new(rule.said), context.language);
        let fix = match rule.fix {
            Some(Safety::Safe) => "safe",
            Some(Safety::Unsafe) => "unsafe",
            None => "-",
        };
        if format == Format::Json {
            let help = words(&Said::new(rule.help), context.language);
            let object = serde_json::json!({
                "rule": rule.id, "severity": severity, "fix": fix, "message": said, "help": help,
            });
            writeln!(context.out, "{object}")?;
        } else {
            writeln!(context.out, "{:<22} {severity:<8} {fix:<7} {said}", rule.id)?;
        }
    }
    Ok(ExitCode::Fine)
}
