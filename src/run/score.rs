//! The main job: plan and measured values in, reports out.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::mem::ManuallyDrop;
use std::num::NonZero;
use std::path::{Path, PathBuf};
use std::{fs, io};

use anyhow::{Context, Result, bail};
use assess::assessment::{Assessment, Assessor, Brief, State};
use assess::data::{Measurements, Options};
use assess::diagnostic::Diagnostic;
use assess::plan::{Book, Indicator, Missing, Plan};
use assess::report::{Format, Head, Lines, ReadWith};
use assess::spelling::nearest;
use assess::text::Lang;
use assess::year::{Year, Years};
use jiff::civil::Date;

use super::End;
use super::day;
use super::gate::Gate;
use super::input::{DataFile, STDIN};
use super::output::{self, Output, Wanted};
use super::regions;
use super::suppose;
use super::targets::{self, Chosen};
use super::terminal::Terminal;
use super::values;
use super::workers;
use crate::cli::Score;

/// What is scored, from what, and what of it is told.
pub(super) struct Job {
    pub(super) chosen: Chosen,
    pub(super) files: Vec<DataFile>,
    /// What was passed over in folders.
    pub(super) passed_over: Vec<Diagnostic>,
    pub(super) options: Options,
    pub(super) years: Years,
    /// The regions to score; all that have values where none is named.
    pub(super) regions: Vec<String>,
    /// Values that are supposed: `ITEM=VALUE`.
    pub(super) set: Vec<String>,
    pub(super) lang: Option<Lang>,
    pub(super) unit: Option<String>,
    pub(super) all: bool,
    pub(super) summary: bool,
    pub(super) date: Option<Date>,
    pub(super) as_of: Option<Date>,
    pub(super) threads: Option<NonZero<usize>>,
    /// Whether a report goes to standard output.
    pub(super) to_stdout: bool,
    /// Whether JSON Lines are written: these are made where the assessments are.
    pub(super) lines: bool,
}

impl Job {
    fn of(args: &Score, terminal: &mut Terminal) -> Result<Self> {
        let date = args.date.map_or_else(day::of_environment, |date| Ok(Some(date)))?;
        let chosen = targets::choose(&args.of.targets, args.of.plan.as_deref(), terminal)?;
        let (files, passed_over) = DataFile::all(&args.values.data)?;
        Ok(Self {
            chosen,
            files,
            passed_over,
            options: args.values.options(year_of_all(args.years)),
            years: args.years,
            regions: args.region.clone(),
            set: args.set.clone(),
            lang: args.of.lang.map(Lang::from),
            unit: args.unit.clone(),
            all: args.all,
            summary: args.summary,
            date,
            as_of: args.as_of,
            threads: args.threads,
            to_stdout: writes_to_stdout(args),
            lines: false,
        })
    }

    /// The files that are read; no report may take the place of one.
    fn inputs(&self) -> Vec<&Path> {
        let data = self.files.iter().map(|file| file.path.as_path());
        data.chain(self.chosen.read.iter().map(PathBuf::as_path)).collect()
    }
}

fn writes_to_stdout(args: &Score) -> bool {
    let is_stdout = |path: &PathBuf| path.as_os_str() == STDIN;
    args.each_unit.is_none() && (args.output.is_empty() || args.output.iter().any(is_stdout))
}

/// The year of values that say none, where a single one is scored.
pub(super) fn year_of_all(years: Years) -> Option<Year> {
    years.is_single().then_some(years.first())
}

pub(super) fn run(args: &Score, terminal: &mut Terminal) -> Result<End> {
    let mut gate = Gate::new(args);
    // To give back the room of a plan takes long, and the program ends with this.
    let mut job = ManuallyDrop::new(Job::of(args, terminal)?);
    refuse_day(&job)?;
    let wanted = wanted(args, &job.inputs())?;
    job.lines = wanted.iter().any(Wanted::is_lines);
    let inputs = job.inputs();
    let reports = scored(&job, terminal, |head, all| {
        let (heads, wanted) = match &args.each_unit {
            None => (vec![head.clone()], wanted),
            Some(folder) => for_each_unit(folder, args, head, &inputs)?,
        };
        let mut outputs = output::open(wanted)?;
        // One head for all reports, or one for each.
        let each = |outputs: &mut [Output],
                    write: &dyn Fn(&mut Output, &Head<'_>) -> Result<()>| {
            let mut all = outputs.iter_mut().zip(heads.iter().cycle());
            all.try_for_each(|(output, head)| write(output, head))
        };
        each(&mut outputs, &|output, head| output.begin(head))?;
        for judged in all {
            gate.look_at(&judged.what.brief());
            each(&mut outputs, &|output, head| output.add(head, &judged))?;
            // Where nobody reads on, nothing is left to be done but what is to be found.
            if !gate.is_asked() && outputs.iter().all(Output::is_closed) {
                break;
            }
        }
        each(&mut outputs, &|output, head| output.end(head))?;
        output::keep(outputs)?;
        Ok(heads.len())
    })?;
    if let Some(folder) = &args.each_unit {
        let written = super::count(reports, "report");
        terminal.note(&format!("wrote {written} into `{}`", folder.display()));
    }
    Ok(gate.close(terminal))
}

/// The reports that are asked for; of those for each unit it is known later which files they are.
fn wanted(args: &Score, inputs: &[&Path]) -> Result<Vec<Wanted>> {
    if args.each_unit.is_some() {
        return Ok(Vec::new());
    }
    let wanted = output::wanted(&args.output, args.format.map(Into::into), inputs)?;
    if args.summary {
        wanted.iter().try_for_each(Wanted::refuse_without_summary)?;
    }
    Ok(wanted)
}

/// What becomes of a region's year.
pub(super) struct Judged<'a> {
    pub(super) what: What<'a>,
    /// Its line, where JSON Lines are asked for.
    pub(super) line: Option<io::Result<Vec<u8>>>,
}

/// All of an assessment, or what a summary says.
#[allow(clippy::large_enum_variant, reason = "a box for each brief would be millions of them")]
pub(super) enum What<'a> {
    Whole(Box<Assessment<'a>>),
    Brief(Brief<'a>),
}

impl<'a> What<'a> {
    fn brief(&self) -> Cow<'_, Brief<'a>> {
        match self {
            Self::Whole(assessment) => Cow::Owned(assessment.brief()),
            Self::Brief(brief) => Cow::Borrowed(brief),
        }
    }

    fn line(&self, lines: &Lines, head: &Head<'_>) -> io::Result<Vec<u8>> {
        match self {
            Self::Whole(assessment) => lines.whole(head, assessment),
            Self::Brief(brief) => lines.brief(head, brief),
        }
    }
}

/// So many assessments are made at a time; those of a summary are small.
const WHOLE: usize = 64;
const BRIEF: usize = 512;

/// Reads the values and assesses. `then` takes what is to be said of the run, and what becomes of each
/// region and year as they are judged.
pub(super) fn scored<R>(
    job: &Job,
    terminal: &mut Terminal,
    then: impl for<'a> FnOnce(&Head<'a>, &mut dyn Iterator<Item = Judged<'a>>) -> Result<R>,
) -> Result<R> {
    let Job { chosen, years, .. } = job;
    let (plan, years) = (chosen.plan(), *years);
    terminal.note(&format!("the plan is {}", chosen.describe()));
    refuse_years(years, plan)?;
    if job.files.is_empty() {
        bail!(values::none(years, &chosen.book)?);
    }
    terminal.show(&job.passed_over);
    let supposed = suppose::read(&job.set, plan)?;
    if !supposed.is_empty() && !chosen.book.has_changes() {
        for item in suppose::idle(&supposed, plan, years) {
            terminal.note(&format!(
                "`--set {item}=…` moves no score: no item that is judged in {years} rests on it"
            ));
        }
    }
    let threads = threads(job);
    let options = Options { threads, ..job.options };
    let (mut measurements, mut inputs) = values::read(&job.files, options, plan, terminal)?;
    // To give back the room of millions of values takes long, and the program ends with this.
    let regions = ManuallyDrop::new(regions::choose(&job.regions, plan, &measurements)?);
    let supposed = suppose::apply(supposed, &regions, years, &mut measurements, &mut inputs);
    let measurements = ManuallyDrop::new(measurements);
    regions::warn_of_unknown(&chosen.book, &measurements, terminal);
    regions::warn_of_lone_ranks(years, plan, &measurements, terminal);
    let plans = Plans::of(&chosen.book, &regions, years);
    let assessors = Assessors::of(&plans, &measurements);
    let regions = regions.iter().map(|region| (region.as_str(), measurements.region(region)));
    let regions: Vec<_> = regions.collect();
    regions::warn(&regions, years, plan, terminal);
    let of_region: Vec<Year> = years.iter().collect();
    // Region by region, the years of each in their order.
    let count = regions.len() * of_region.len();
    let piece = |at: usize| {
        let (region, values) = *regions.get(at / of_region.len())?;
        let year = *of_region.get(at % of_region.len())?;
        Some((assessors.get(region, year)?, region, values))
    };
    let whole = |at| piece(at).map(|(assessor, region, _)| assessor.assess(region));
    if plans.any(|plan| !refused_states(plan).is_empty()) {
        workers::in_order(count, (threads, WHOLE), whole, |assessments| {
            assessments.flatten().try_for_each(|assessment| refuse_missing(&assessment))
        })?;
    }

    let unit = job.unit.as_deref().map(|unit| find_unit(unit, plan)).transpose()?;
    let read_with = ReadWith {
        encoding: job.options.encoding.map(|encoding| encoding.to_string()),
        delimiter: job.options.delimiter.map(char::from),
        ignore_unknown: job.options.ignore_unknown,
    };
    let head = Head {
        all: job.all,
        summary: job.summary,
        unit,
        supposed,
        date: job.date,
        as_of: job.as_of,
        years,
        read_with,
        ..chosen.head(job.lang, inputs)
    };
    let lines = job.lines.then(|| Lines::new(&head));
    let judge = |at| {
        let (assessor, region, values) = piece(at)?;
        let what = match job.summary {
            true => What::Brief(assessor.brief(region, values)),
            false => What::Whole(Box::new(assessor.assess(region))),
        };
        let line = lines.as_ref().map(|lines| what.line(lines, &head));
        Some(Judged { what, line })
    };
    let progress = terminal.progress_of_assessing(count, job.to_stdout);
    let batch = if job.summary { BRIEF } else { WHOLE };
    workers::in_order(count, (threads, batch), judge, |all| {
        then(&head, &mut all.flatten().inspect(|_| progress.advance(1)))
    })
}

/// How many threads read and assess: as many as the machine runs at a time, unless it is said.
fn threads(job: &Job) -> usize {
    let all = || std::thread::available_parallelism().map_or(1, NonZero::get);
    job.threads.map_or_else(all, NonZero::get)
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
    let listed = |units: &[&str]| format!("`{}`", units.join("`, `"));
    let help = match near.as_slice() {
        [] => format!("these are its units: {}", listed(&units)),
        near => format!("did you mean {}?", listed(near)),
    };
    bail!("the plan has no responsible unit `{name}`; {help}")
}

fn refuse_day(job: &Job) -> Result<()> {
    let Some(day) = job.as_of else { return Ok(()) };
    let (year, scored) = (i32::from(day.year()), job.years);
    let [first, last] = [scored.first(), scored.last()].map(|year| i32::from(year.number()));
    if !(first..=last).contains(&year) {
        bail!("`--as-of {day}` is not in {scored}, which is scored");
    }
    if year < last {
        bail!(
            "`--as-of {day}` is before {last}, which is scored too: of what has not begun, there is \
             nothing to score"
        );
    }
    if day.day_of_year() == day.days_in_year() {
        bail!(
            "`--as-of {day}`: with that day the year is over, and its result final: leave it out"
        );
    }
    Ok(())
}

pub(super) fn refuse_years(years: Years, plan: &Plan) -> Result<()> {
    let covered = plan.about().years;
    if !covered.covers(years) {
        bail!("{years} is not within the years of the plan `{}`, {covered}", plan.id());
    }
    Ok(())
}

/// The plan as it is for each region and year that is scored; each way that it can be is kept once.
struct Plans<'a> {
    book: &'a Book,
    /// Each with one of the regions that it is for.
    by_changes: BTreeMap<InForce, (&'a str, Cow<'a, Plan>)>,
}

/// A year, with the changes of the plan that are in force then and the year before.
type InForce = (Year, [Vec<usize>; 2]);

fn in_force(book: &Book, region: &str, year: Year) -> InForce {
    let before = book.has_before(year).then(|| book.in_force(region, year.before()));
    (year, [book.in_force(region, year), before.unwrap_or_default()])
}

impl<'a> Plans<'a> {
    fn of(book: &'a Book, regions: &'a [String], years: Years) -> Self {
        let mut by_changes = BTreeMap::new();
        // Without changes the plan is the same for all.
        let regions =
            if book.has_changes() { regions } else { regions.get(..1).unwrap_or_default() };
        for region in regions {
            for year in years.iter() {
                let plan = || (region.as_str(), book.at(region, year));
                by_changes.entry(in_force(book, region, year)).or_insert_with(plan);
            }
        }
        Self { book, by_changes }
    }

    fn any(&self, is_so: impl Fn(&Plan) -> bool) -> bool {
        self.by_changes.values().any(|(_, plan)| is_so(plan))
    }
}

/// What judges by each of these plans.
struct Assessors<'a> {
    book: &'a Book,
    by_changes: BTreeMap<InForce, Assessor<'a>>,
}

impl<'a> Assessors<'a> {
    fn of(plans: &'a Plans<'a>, measurements: &'a Measurements<'a>) -> Self {
        let all = plans.by_changes.iter();
        let by_changes = all.map(|(key, (region, plan))| {
            let assessor = Assessor::new(measurements, plan, key.0).after(plans.book, region);
            (key.clone(), assessor)
        });
        Self { book: plans.book, by_changes: by_changes.collect() }
    }

    fn get(&self, region: &str, year: Year) -> Option<&Assessor<'a>> {
        self.by_changes.get(&in_force(self.book, region, year))
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
