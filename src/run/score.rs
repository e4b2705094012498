//! The main job: plan and measured values in, reports out.

use std::path::{Path, PathBuf};

use anyhow::{Result, bail};
use assess::assessment::{Assessment, State, assess};
use assess::data::{Measurements, Reader, Region};
use assess::diagnostic::Diagnostic;
use assess::number::show;
use assess::plan::{Missing, Plan};
use assess::report::{Head, Input};
use assess::text::{Lang, fold, nearest};
use assess::unit::Unit;
use assess::year::{Year, Years};

use super::End;
use super::input::Bytes;
use super::output::{self, Output, Wanted};
use super::targets::{self, Chosen};
use super::terminal::Terminal;
use crate::cli::{FailOn, Score};

pub(super) fn run(args: &Score, terminal: &mut Terminal) -> Result<End> {
    let outputs = wanted(args)?;
    let chosen = targets::choose(&args.targets, args.plan.as_deref(), terminal)?;
    terminal.note(&format!("the plan is {}", chosen.describe()));
    refuse_years(args.years, &chosen.plan)?;
    if args.data.is_empty() {
        bail!(no_data(args.years, &chosen.plan));
    }
    let (measurements, inputs) = read(args, &chosen, terminal)?;
    let regions = regions(args, &chosen.plan, &measurements)?;
    warn_of_empty_years(&regions, args.years, &measurements, terminal);
    let assessments = || {
        regions.iter().flat_map(|region| {
            args.years.iter().map(|year| assess(&chosen.plan, &measurements, region, year))
        })
    };
    if chosen.plan.scoring().missing == Missing::Refuse {
        assessments().try_for_each(|assessment| refuse_missing(&assessment))?;
    }

    let head = head(args, &chosen, inputs);
    let mut outputs = outputs.into_iter().map(Output::open).collect::<Result<Vec<_>>>()?;
    let mut gate = Gate::new(args);
    outputs.iter_mut().try_for_each(|output| output.begin(&head))?;
    for assessment in assessments() {
        gate.look_at(&assessment);
        outputs.iter_mut().try_for_each(|output| output.add(&head, &assessment))?;
    }
    outputs.iter_mut().try_for_each(|output| output.end(&head))?;
    outputs.into_iter().try_for_each(Output::keep)?;
    Ok(gate.close(terminal))
}

fn wanted(args: &Score) -> Result<Vec<Wanted>> {
    let inputs: Vec<&Path> = args.data.iter().chain(&args.targets).map(PathBuf::as_path).collect();
    output::wanted(&args.output, args.format.map(Into::into), &inputs)
}

fn head<'a>(args: &Score, chosen: &'a Chosen, inputs: Vec<Input>) -> Head<'a> {
    let asked = args.lang.map(Lang::from).or_else(lang_of_environment);
    Head {
        plan: &chosen.plan,
        plan_file: chosen.file.clone(),
        plan_sha256: chosen.sha256.clone(),
        inputs,
        lang: asked.unwrap_or(chosen.plan.lang()),
        all: args.all,
    }
}

fn refuse_years(years: Years, plan: &Plan) -> Result<()> {
    let covered = plan.about().years;
    if !covered.covers(years) {
        bail!("{years} is not within the years of the plan `{}`, {covered}", plan.id());
    }
    Ok(())
}

/// What is needed, for someone who starts with nothing: a file that is ready to be filled.
fn no_data(years: Years, plan: &Plan) -> String {
    let mut rows = Vec::new();
    for indicator in plan.indicators() {
        let asks = |year: &Year| indicator.target(*year).is_some_and(|t| t.comparison().is_some());
        let unit = indicator.unit.as_ref().map_or("", Unit::as_str);
        let row = |year| format!("{},,{unit},{year},,", indicator.id);
        rows.extend(years.iter().filter(asks).map(row));
    }
    format!(
        "no measured values: add `--data FILE`\n  \
         {years} asks for {} values; a CSV file for them begins empty so, where an indicator may\n  \
         also stand under its name or an alias:\n\n\
         indicator,value,unit,year,source,note\n{}",
        rows.len(),
        rows.join("\n"),
    )
}

fn read(
    args: &Score,
    chosen: &Chosen,
    terminal: &mut Terminal,
) -> Result<(Measurements, Vec<Input>)> {
    // In one order, whatever the order in which they were given.
    let mut paths = args.data.clone();
    paths.sort();
    let mut pairs = paths.iter().zip(paths.iter().skip(1));
    if let Some((twice, _)) = pairs.find(|(path, next)| path == next) {
        bail!("`--data {}` is given twice", twice.display());
    }
    let year = (args.years.first() == args.years.last()).then_some(args.years.first());
    let mut reader = Reader::new(&chosen.plan, year);
    let (files, failures): (Vec<_>, Vec<_>) =
        paths.iter().map(|path| Bytes::read(path)).partition(Result::is_ok);
    if !failures.is_empty() {
        let failures = failures.into_iter().filter_map(Result::err);
        bail!(failures.map(|failure| format!("{failure:#}")).collect::<Vec<_>>().join("\nerror: "));
    }
    let files: Vec<Bytes> = files.into_iter().flatten().collect();
    for file in &files {
        reader.read(&file.name, &file.bytes);
    }
    let (measurements, warnings) = match reader.finish() {
        Ok(read) => read,
        Err(findings) => {
            terminal.show(&findings);
            bail!("{} in the measured values; nothing was written", super::faults(findings.len()));
        }
    };
    terminal.show(&warnings);
    let rows = measurements.files().iter().map(|file| file.rows);
    let inputs: Vec<Input> = files.iter().zip(rows).map(|(file, rows)| file.input(rows)).collect();
    for input in &inputs {
        terminal.detail(&format!("`{}`: {} rows, sha256 {}", input.name, input.rows, input.sha256));
    }
    Ok((measurements, inputs))
}

/// The regions to score, the plan's own first: those asked for, else all that have values.
fn regions(args: &Score, plan: &Plan, measurements: &Measurements) -> Result<Vec<String>> {
    let own = plan.about().region.as_str();
    let known: Vec<&str> = measurements.regions().map(Region::name).collect();
    let mut regions = Vec::new();
    for asked in &args.region {
        match measurements.region(asked) {
            Some(region) => regions.push(region.name().to_owned()),
            None if fold(asked) == fold(own) => regions.push(own.to_owned()),
            None => {
                let near = nearest(asked, known.iter().copied());
                let near = if near.is_empty() { known } else { near };
                bail!(
                    "no value is for the region `{asked}`; there are values for: {}",
                    near.join(", ")
                );
            }
        }
    }
    if args.region.is_empty() {
        let all = if known.is_empty() { vec![own] } else { known };
        regions.extend(all.into_iter().map(str::to_owned));
    }
    regions.sort_by_key(|region| (region != own, region.clone()));
    regions.dedup();
    Ok(regions)
}

/// Warns of a year that is to be scored and that no value is of.
fn warn_of_empty_years(
    regions: &[String],
    years: Years,
    measurements: &Measurements,
    terminal: &mut Terminal,
) {
    for region in regions {
        let values = measurements.region(region);
        let is_empty = |year: &Year| !values.is_some_and(|values| values.has_values_of(*year));
        for year in years.iter().filter(is_empty) {
            let message = format!("{region} has no value of {year}: everything is missing");
            terminal.show(&[Diagnostic::warning("empty-year", message)]);
        }
    }
}

/// For a plan that scores nothing while a value is missing.
fn refuse_missing(assessment: &Assessment<'_>) -> Result<()> {
    let missing = assessment.items.iter().filter(|item| item.state == State::Missing);
    let missing: Vec<_> = missing.map(|item| format!("`{}`", item.indicator.id)).collect();
    if !missing.is_empty() {
        bail!(
            "the plan scores nothing while a value is missing; for {}, {} these are: {}",
            assessment.region,
            assessment.year,
            missing.join(", "),
        );
    }
    Ok(())
}

/// The language that the environment asks for, as POSIX ranks its variables.
fn lang_of_environment() -> Option<Lang> {
    let set =
        ["LC_ALL", "LC_MESSAGES", "LANG"].into_iter().filter_map(|name| std::env::var(name).ok());
    let lang = set.into_iter().find(|value| !value.is_empty())?;
    match lang.get(..2)? {
        "zh" => Some(Lang::Zh),
        "en" => Some(Lang::En),
        _ => None,
    }
}

/// What the caller asked to fail on, and what of it was found.
struct Gate<'a> {
    args: &'a Score,
    found: Vec<String>,
}

impl<'a> Gate<'a> {
    fn new(args: &'a Score) -> Self {
        Self { args, found: Vec::new() }
    }

    fn look_at(&mut self, assessment: &Assessment<'_>) {
        let place = |year: Year| format!("{}, {year}", assessment.region);
        for state in &self.args.fail_on {
            let counts = &assessment.counts;
            let (count, word) = match state {
                FailOn::Missed => (counts.get(State::Missed), "missed"),
                FailOn::Missing => (counts.get(State::Missing), "missing"),
                FailOn::Pending => (counts.get(State::Pending), "pending"),
                FailOn::Near => (counts.near(), "near"),
            };
            if count > 0 {
                self.found.push(format!("{}: {count} {word}", place(assessment.year)));
            }
        }
        let Some(least) = self.args.fail_under else {
            return;
        };
        match &assessment.score {
            Some(score) if score.exact >= least => {}
            Some(score) => {
                let score = score.shown_below(assessment.plan, least);
                self.found.push(format!(
                    "{}: the score {} is under {}",
                    place(assessment.year),
                    show(score),
                    show(least)
                ));
            }
            None => {
                self.found.push(format!("{}: there is nothing to score", place(assessment.year)));
            }
        }
    }

    fn close(self, terminal: &Terminal) -> End {
        for found in &self.found {
            terminal.found(found);
        }
        let warned = self.args.strict && terminal.warnings() > 0;
        if warned {
            terminal.found("there are warnings, and `--strict` makes them count");
        }
        if warned || !self.found.is_empty() { End::Found } else { End::Done }
    }
}
