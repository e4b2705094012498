//! `assess explain`.

use std::io::{self, Write};

use anyhow::{Result, anyhow, bail};
use assess::assessment::Trial;
use assess::data::{Measurements, Value};
use assess::plan::{Book, Method, Plan, Quantity, Target};
use assess::report::{Explanation, explain};
use assess::year::Year;

use super::input::DataFile;
use super::output::forgive_closed;
use super::targets;
use super::terminal::{self, Terminal};
use super::{End, values};
use crate::cli::Explain;

pub(super) fn run(args: &Explain, terminal: &mut Terminal) -> Result<End> {
    let chosen = targets::choose(&args.of.targets, args.of.plan.as_deref(), terminal)?;
    let whole = chosen.plan();
    let index = find(&args.item, whole)?;
    let region = args.region.as_deref().map(|region| whole.region_called(region));
    let region = region.unwrap_or(&whole.about().region);
    let year = year(args.year, &chosen.book, region, index)?;
    let (files, passed_over) = DataFile::all(&args.values.data)?;
    terminal.show(&passed_over);
    let (measurements, inputs) = if files.is_empty() {
        (Measurements::none(whole), Vec::new())
    } else {
        values::read(&files, args.values.options(Some(year)), whole, terminal)?
    };
    if args.region.is_some() && !files.is_empty() && measurements.region(region).is_none() {
        bail!("no value is for the region `{region}`");
    }
    let plan = chosen.book.at(region, year);
    let missing = || anyhow!("the plan has no such item");
    let indicator = plan.indicators().get(index).ok_or_else(missing)?;
    let trial = Trial::new(&measurements, &plan, region, year, index).ok_or_else(missing)?;
    let own = match &args.value {
        Some(_) if files.is_empty() && matches!(indicator.rule.method, Method::Rank(_)) => {
            bail!("what it earns depends on other regions' values: give them with `--data`");
        }
        Some(_) if plan.is_scored_by_others(index) => {
            bail!("what it earns depends on other values alone: give them with `--data`");
        }
        Some(text) => {
            let value = Value::read(text, indicator.measure()).map_err(|why| anyhow!(why))?;
            Some(trial.with(value))
        }
        None if files.is_empty() => None,
        None => Some(trial.item()),
    };
    let targets: Vec<&Target> = indicator.targets.iter().collect();
    let samples = trial.samples();
    let supposes_last_year = trial.supposes_last_year();
    let explanation =
        Explanation { indicator, targets, region, year, own, samples, supposes_last_year };
    let head = chosen.head(args.of.lang.map(Into::into), inputs);
    let mut text = Vec::new();
    explain(&explanation, &head, terminal::screen(), &mut text)?;
    forgive_closed(io::stdout().write_all(&text))?;
    Ok(End::Done)
}

/// The item that is meant.
fn find(name: &str, plan: &Plan) -> Result<usize> {
    match plan.find(name) {
        Some(Quantity::Item(index)) => Ok(index),
        Some(Quantity::Input(_)) => {
            bail!("`{name}` is an input: it is measured and not assessed; explain an item")
        }
        None => {
            let mut groups = plan.groups().iter();
            if groups.any(|group| group.id == name || group.title.wordings().any(|t| t == name)) {
                bail!("`{name}` is a group: explain one of its items");
            }
            let near: Vec<_> = plan.nearest(name).iter().map(|near| format!("`{near}`")).collect();
            match near.as_slice() {
                [] => bail!("the plan has no item `{name}`"),
                near => bail!("the plan has no item `{name}`; did you mean {}?", near.join(" or ")),
            }
        }
    }
}

/// The year that is asked for, else the first with a target that is set, else the first with any.
fn year(asked: Option<Year>, book: &Book, region: &str, index: usize) -> Result<Year> {
    let years = book.plan().about().years;
    if let Some(year) = asked {
        if !years.contains(year) {
            bail!("{year} is not within the years of the plan, {years}");
        }
        return Ok(year);
    }
    let is_set = |year: &Year| {
        let plan = book.at(region, *year);
        let target = plan.indicators().get(index).and_then(|item| item.target(*year));
        target.is_some_and(|target| target.comparison().is_some())
    };
    Ok(years.iter().find(is_set).unwrap_or(years.first()))
}
