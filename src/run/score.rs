//! The main job: plan and measured values in, reports out.

use std::collections::BTreeMap;
use std::fs;
use std::num::NonZero;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail};
use assess::assessment::{Assessment, State, assess};
use assess::plan::{Book, Indicator, Missing, Plan};
use assess::report::{Format, Head, ReadWith};
use assess::spelling::nearest;
use assess::text::Lang;
use assess::year::{Year, Years};

use super::End;
use super::day;
use super::gate::Gate;
use super::input::DataFile;
use super::output::{self, Output, Wanted};
use super::regions;
use super::suppose;
use super::targets::{self, Chosen};
use super::terminal::Terminal;
use super::values;
use super::workers;
use crate::cli::Score;

pub(super) fn run(args: &Score, terminal: &mut Terminal) -> Result<End> {
    let mut gate = Gate::new(args);
    let day = args.date.map_or_else(day::of_environment, |date| Ok(Some(date)))?;
    let wanted = |inputs: &[&Path]| match args.each_unit {
        // Which files these are is known with the units.
        Some(_) => Ok(Vec::new()),
        None => {
            let wanted = output::wanted(&args.output, args.format.map(Into::into), inputs)?;
            if args.summary {
                wanted.iter().try_for_each(Wanted::refuse_without_summary)?;
            }
            Ok(wanted)
        }
    };
    scored(args, terminal, wanted, |outputs, head, inputs, assessments| {
        let head = Head { date: day, ..head };
        let (heads, outputs) = match &args.each_unit {
            None => (vec![head], outputs),
            Some(folder) => for_each_unit(folder, args, &head, inputs)?,
        };
        let mut outputs = output::open(outputs)?;
        let mut each = |write: &dyn Fn(&mut Output, &Head<'_>) -> Result<()>| {
            // One head for all reports, or one for each.
            let heads = heads.iter().cycle();
            outputs.iter_mut().zip(heads).try_for_each(|(output, head)| write(output, head))
        };
        each(&|output, head| output.begin(head))?;
        for assessment in assessments {
            gate.look_at(&assessment);
            each(&|output, head| output.add(head, &assessment))?;
        }
        each(&|output, head| output.end(head))?;
        output::keep(outputs)?;
        Ok(args.each_unit.as_ref().map(|folder| (heads.len(), folder)))
    })
    .map(|reports| {
        if let Some((count, folder)) = reports {
            let written = super::count(count, "report");
            terminal.note(&format!("wrote {written} into `{}`", folder.display()));
        }
        gate.close(terminal)
    })
}

/// Reads the plan and the values and assesses. Before a value is read, `before` is given the files
/// that are; `then` takes what it made of them, what is to be said of the run, the files again, and
/// the assessments as they are made.
pub(super) fn scored<W, R>(
    args: &Score,
    terminal: &mut Terminal,
    before: impl FnOnce(&[&Path]) -> Result<W>,
    then: impl for<'a> FnOnce(
        W,
        Head<'a>,
        &[&Path],
        &mut dyn Iterator<Item = Assessment<'a>>,
    ) -> Result<R>,
) -> Result<R> {
    let chosen = targets::choose(&args.of, terminal)?;
    let (files, passed_over) = DataFile::all(&args.values.data)?;
    let read = paths(&files, &chosen);
    let wanted = before(&read)?;
    terminal.note(&format!("the plan is {}", chosen.describe()));
    refuse_years(args.years, chosen.plan())?;
    refuse_day(args)?;
    if args.values.data.is_empty() {
        bail!(values::none(args.years, &chosen.book)?);
    }
    let year = (args.years.first() == args.years.last()).then_some(args.years.first());
    terminal.show(&passed_over);
    let supposed = suppose::read(&args.set, chosen.plan())?;
    let (mut measurements, mut inputs) =
        values::read(&args.values, &files, year, chosen.plan(), terminal)?;
    let regions = regions::choose(args, chosen.plan(), &measurements)?;
    let supposed = suppose::apply(supposed, &regions, args.years, &mut measurements, &mut inputs);
    regions::warn_of_unknown(&chosen.book, &measurements, terminal);
    regions::warn_of_lone_ranks(args.years, chosen.plan(), &measurements, terminal);
    regions::warn(&regions, args.years, chosen.plan(), &measurements, terminal);
    let plans = Plans::of(&chosen.book, &regions, args.years);
    let of_region = |region| args.years.iter().map(move |year| (region, year));
    let all: Vec<_> = regions.iter().map(String::as_str).flat_map(of_region).collect();
    let one = |(region, year): (_, Year)| {
        Some(assess(&measurements, plans.get(region, year)?, region, year))
    };
    let threads = threads(args);
    if plans.any(|plan| !refused_states(plan).is_empty()) {
        workers::in_order(&all, threads, one, |assessments| {
            assessments.flatten().try_for_each(|assessment| refuse_missing(&assessment))
        })?;
    }

    let unit = args.unit.as_deref().map(|unit| find_unit(unit, chosen.plan())).transpose()?;
    let read_with = ReadWith {
        encoding: args.values.encoding.map(|encoding| encoding.to_string()),
        delimiter: args.values.delimiter.map(char::from),
        ignore_unknown: args.values.ignore_unknown,
    };
    let head = chosen.head(args.of.lang, inputs);
    let head = Head {
        all: args.all,
        summary: args.summary,
        unit,
        supposed,
        date: args.date,
        as_of: args.as_of,
        years: args.years,
        read_with,
        ..head
    };
    workers::in_order(&all, threads, one, |assessments| {
        then(wanted, head, &read, &mut assessments.flatten())
    })
}

/// How many threads assess: as many as the machine runs at a time, unless it is said.
fn threads(args: &Score) -> usize {
    let all = || std::thread::available_parallelism().map_or(1, NonZero::get);
    args.threads.map_or_else(all, NonZero::get)
}

/// What is read; no report may take its place.
fn paths<'a>(files: &'a [DataFile], chosen: &'a Chosen) -> Vec<&'a Path> {
    let data = files.iter().map(|file| file.path.as_path());
    data.chain(chosen.read.iter().map(PathBuf::as_path)).collect()
}

/// A report for each unit that has something to answer for.
fn for_each_unit<'a>(
    folder: &Path,
    args: &Score,
    head: &Head<'a>,
    inputs: &[&Path],
) -> Result<(Vec<Head<'a>>, Vec<Wanted>)> {
    let plan = head.plan;
    let is_asked = |item: &&Indicator| args.years.iter().any(|year| item.target(year).is_some());
    let answers = |unit: &&str| {
        plan.indicators().iter().filter(is_asked).any(|item| plan.is_of_unit(item, unit))
    };
    let units: Vec<String> = plan.units().into_iter().filter(answers).map(str::to_owned).collect();
    if units.is_empty() {
        bail!("the plan names no responsible unit for {}", args.years);
    }
    fs::create_dir_all(folder)
        .with_context(|| format!("cannot make the folder `{}`", folder.display()))?;
    let format = args.format.map_or(Format::Html, Into::into);
    let wanted = output::wanted(&output::each(folder, &units, format), None, inputs)?;
    let heads = units.into_iter().map(|unit| Head { unit: Some(unit), ..head.clone() });
    Ok((heads.collect(), wanted))
}

/// The responsible unit of a name.
fn find_unit(name: &str, plan: &Plan) -> Result<String> {
    if let Some(unit) = plan.unit(name) {
        return Ok(unit.to_owned());
    }
    let units = plan.units();
    let near = nearest(name, units.iter().copied());
    let (units, help) =
        if near.is_empty() { (units, "these are its units:") } else { (near, "did you mean") };
    let units: Vec<_> = units.iter().map(|unit| format!("`{unit}`")).collect();
    bail!("the plan has no responsible unit `{name}`; {help} {}", units.join(", "))
}

fn refuse_day(args: &Score) -> Result<()> {
    let Some(day) = args.as_of else { return Ok(()) };
    if !args.years.iter().any(|year| i32::from(year.number()) == i32::from(day.year())) {
        bail!("`--as-of {day}` is not in {}, which is scored", args.years);
    }
    Ok(())
}

fn refuse_years(years: Years, plan: &Plan) -> Result<()> {
    let covered = plan.about().years;
    if !covered.covers(years) {
        bail!("{years} is not within the years of the plan `{}`, {covered}", plan.id());
    }
    Ok(())
}

/// The plan as it is for each region and year that is scored; each way that it can be is kept once.
struct Plans<'a> {
    book: &'a Book,
    /// By the year and the changes that are in force.
    by_changes: BTreeMap<(Year, Vec<usize>), Plan>,
}

impl<'a> Plans<'a> {
    fn of(book: &'a Book, regions: &[String], years: Years) -> Self {
        let mut by_changes = BTreeMap::new();
        for region in regions {
            for year in years.iter() {
                let changes = book.in_force(region, year);
                by_changes.entry((year, changes)).or_insert_with(|| book.at(region, year));
            }
        }
        Self { book, by_changes }
    }

    fn get(&self, region: &str, year: Year) -> Option<&Plan> {
        self.by_changes.get(&(year, self.book.in_force(region, year)))
    }

    fn any(&self, is_so: impl Fn(&Plan) -> bool) -> bool {
        self.by_changes.values().any(is_so)
    }
}

/// The states in which an item keeps the whole from being scored.
fn refused_states(plan: &Plan) -> Vec<State> {
    let scoring = plan.scoring();
    let missing = (scoring.missing, State::Missing);
    let not_assessable = (scoring.not_assessable(), State::NotAssessable);
    let all = [missing, not_assessable].into_iter().filter(|(how, _)| *how == Missing::Refuse);
    all.map(|(_, state)| state).collect()
}

/// For a plan that scores nothing while a value is missing, or cannot be assessed.
fn refuse_missing(assessment: &Assessment<'_>) -> Result<()> {
    for state in refused_states(assessment.plan) {
        let items = assessment.items.iter().filter(|item| item.state == state);
        let ids: Vec<_> = items.map(|item| format!("`{}`", item.indicator.id)).collect();
        if !ids.is_empty() {
            bail!(
                "the plan scores nothing while a value is {}; for {}, {} these are: {}",
                state.name(Lang::En),
                assessment.region,
                assessment.year,
                ids.join(", "),
            );
        }
    }
    Ok(())
}
