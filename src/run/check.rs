//! `assess check`.

use std::cmp::Reverse;
use std::collections::BTreeSet;
use std::io::{self, IsTerminal, Write};
use std::path::PathBuf;
use std::time::{SystemTime, UNIX_EPOCH};

use anyhow::{Context, Result, anyhow, bail};
use assess::check::{self, Levels, Setting};
use assess::data::Reader;
use assess::diagnostic::{Diagnostic, Findings, Level};
use assess::emit::{self, Format, Shown, Style};
use assess::plan::{Book, Plan};
use jiff::civil::Date;

use super::day;
use super::input::DataFile;
use super::output::forgive_closed;
use super::targets::{self, Targets};
use super::terminal::{self, Terminal};
use super::{End, fix, values};
use crate::cli::Check;

/// How often files are mended in one run.
const MOST_PASSES: usize = 20;

pub(super) fn run(args: &Check, terminal: &mut Terminal) -> Result<End> {
    if let Some(code) = &args.explain {
        return explain(code);
    }
    let (levels, today) = (levels(args)?, today(args)?);
    let was = read_targets(args)?;
    let mut targets = was.clone();
    let mut found = look_over(&targets, &levels, today)?;
    if args.fix || args.diff {
        let mut count = 0;
        // What is mended may show what else can be.
        for _ in 0..MOST_PASSES {
            let Some(mended) = fix::mend(&found, &mut targets.texts) else { break };
            count += mended;
            found = look_over(&targets, &levels, today)?;
        }
        if args.diff {
            return show_difference(&fix::difference(&was.texts, &targets.texts));
        }
        fix::write(&was.texts, &targets.texts)?;
        terminal.note(&format!("{} mended", super::count(count, "finding")));
    }
    let mut files: BTreeSet<String> =
        targets.files.iter().map(|path| super::input::shown(path)).collect();
    if !args.values.data.is_empty() {
        let (read, names) = read_values(args, &targets, terminal)?;
        found.extend(read);
        files.extend(names);
    }
    let found = Findings::sorted(found);
    show(&found, &files.into_iter().collect::<Vec<_>>(), args)?;
    let counts = |level| found.count(level) > 0;
    let is_bad = counts(Level::Error) || args.strict && counts(Level::Warning);
    Ok(if is_bad { End::Found } else { End::Done })
}

fn levels(args: &Check) -> Result<Levels> {
    let mut levels = Levels::default();
    let said = [
        ("allow", &args.allow, Setting::Allow),
        ("warn", &args.warn, Setting::Warn),
        ("deny", &args.deny, Setting::Deny),
    ];
    for (option, codes, setting) in said {
        for code in codes {
            let set = levels.set(code, setting);
            set.map_err(|why| anyhow!("`--{option} {code}`: {why}"))?;
        }
    }
    Ok(levels)
}

/// The day that is given, else that of the environment, else that of the clock.
fn today(args: &Check) -> Result<Date> {
    if let Some(today) = args.today {
        return Ok(today);
    }
    if let Some(day) = day::of_environment()? {
        return Ok(day);
    }
    let now = SystemTime::now().duration_since(UNIX_EPOCH).map_or(0, |time| time.as_secs());
    let day = i64::try_from(now).ok().and_then(day::of_seconds);
    day.context("the clock's time is none of this era: give `--today`")
}

fn read_targets(args: &Check) -> Result<Targets> {
    if !args.paths.is_empty() {
        return Targets::read(&args.paths);
    }
    let folder = PathBuf::from(targets::FOLDER);
    if !folder.is_dir() {
        bail!("there is no folder `{}`: name the target files to check", folder.display());
    }
    Targets::read(&[folder])
}

/// All that is found in the target files.
fn look_over(targets: &Targets, levels: &Levels, today: Date) -> Result<Vec<Diagnostic>> {
    let (sets, orphans) = targets.sets()?;
    let found = sets.iter().flat_map(|set| {
        let (plan, letters) = set.sources();
        check::check(plan, &letters, levels, today)
    });
    Ok(targets.faults.iter().cloned().chain(orphans).chain(found).collect())
}

/// What is found in files of measured values, and their names.
fn read_values(
    args: &Check,
    targets: &Targets,
    terminal: &mut Terminal,
) -> Result<(Vec<Diagnostic>, Vec<String>)> {
    let (sets, _) = targets.sets()?;
    let plans = sets.iter().filter_map(|set| {
        let (plan, letters) = set.sources();
        Some(Book::read(plan, &letters).ok()?.plan().clone())
    });
    let asked = args.plan.as_deref();
    let plans: Vec<Plan> = plans.filter(|plan| asked.is_none_or(|id| plan.id() == id)).collect();
    let [plan] = plans.as_slice() else {
        bail!(
            "measured values are checked against one plan, and {} can be read: name its files, or \
             choose with `--plan ID`",
            super::count(plans.len(), "plan")
        );
    };
    let (files, passed_over) = DataFile::all(&args.values.data)?;
    let mut reader = Reader::new(plan, args.values.options(args.year));
    for file in &files {
        let read = values::read_file(file, &mut reader, terminal)?;
        for table in read {
            terminal.detail(|| format!("`{}` was read", table.table.name));
        }
    }
    let found = match reader.finish() {
        Ok((_, found)) | Err(found) => found,
    };
    let names = files.into_iter().map(|file| file.name).collect();
    Ok((passed_over.into_iter().chain(found).collect(), names))
}

fn show(found: &Findings, files: &[String], args: &Check) -> Result<()> {
    let findings = gravest(found, args.max.unwrap_or(usize::MAX));
    let left_out = found.len() - findings.len();
    let shown = Shown { findings: &findings, files, left_out };
    let default = if io::stdout().is_terminal() { Format::Snippet } else { Format::Concise };
    let mut text = Vec::new();
    let format = args.format.map_or(default, Format::from);
    let screen = terminal::screen();
    let style = Style { width: usize::from(screen.width), colour: screen.colour };
    emit::write(&shown, format, style, &mut text)?;
    forgive_closed(io::stdout().write_all(&text))?;
    Ok(())
}

/// So many findings, errors before warnings and these before notes, in the order of their places.
fn gravest(found: &Findings, most: usize) -> Vec<Diagnostic> {
    let mut by_level: Vec<(usize, &Diagnostic)> = found.iter().enumerate().collect();
    by_level.sort_by_key(|(at, finding)| (Reverse(finding.level), *at));
    by_level.truncate(most);
    by_level.sort_by_key(|(at, _)| *at);
    by_level.into_iter().map(|(_, finding)| finding.clone()).collect()
}

fn show_difference(difference: &str) -> Result<End> {
    forgive_closed(io::stdout().write_all(difference.as_bytes()))?;
    Ok(if difference.is_empty() { End::Done } else { End::Found })
}

/// Explains a rule, or lists all.
fn explain(code: &str) -> Result<End> {
    let text = match (code, check::rule(code)) {
        ("all", _) => check::list(),
        (_, Some(rule)) => rule.page(),
        (_, None) => bail!("{}", check::no_rule(code)),
    };
    forgive_closed(io::stdout().write_all(text.as_bytes()))?;
    Ok(End::Done)
}
