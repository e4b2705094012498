//! The files of measured values.

use std::collections::BTreeSet;
use std::path::PathBuf;

use anyhow::{Result, bail};
use assess::data::{Measurements, Reader};
use assess::plan::{Book, Plan, Quantity};
use assess::report::Input;
use assess::unit::Unit;
use assess::year::{Year, Years};

use super::input::Bytes;
use super::terminal::Terminal;

/// What is needed, for someone who starts with nothing: a file that is ready to be filled.
pub(super) fn none(years: Years, book: &Book) -> Result<String> {
    let mut file = csv::Writer::from_writer(Vec::new());
    file.write_record(["indicator", "value", "unit", "year", "source", "note"])?;
    let needed = needed(years, book);
    for &(quantity, year) in &needed {
        let Some(measure) = book.plan().measure(quantity) else { continue };
        let unit = measure.unit.map_or("", Unit::as_str);
        file.write_record([measure.id, "", unit, &year.to_string(), "", ""])?;
    }
    let count = needed.len();
    let file = String::from_utf8(file.into_inner()?)?;
    Ok(format!(
        "no measured values: add `--data FILE`\n  \
         {years} asks for {}; a CSV file for them begins empty so, where an indicator may\n  \
         also stand under its name or an alias:\n\n{}",
        super::count(count, "value"),
        file.trim_end(),
    ))
}

/// The values that are needed to score some years of the plan's own region.
fn needed(years: Years, book: &Book) -> BTreeSet<(Quantity, Year)> {
    let of_year = |year: Year| {
        let plan = book.at(&book.plan().about().region, year);
        plan.asks(year, |target| target.is_judged(year))
    };
    years.iter().flat_map(of_year).map(|asked| (asked.quantity, asked.year)).collect()
}

/// Reads the files, in one order whatever the order in which they were given.
pub(super) fn read<'a>(
    paths: &[PathBuf],
    year: Option<Year>,
    plan: &'a Plan,
    terminal: &mut Terminal,
) -> Result<(Measurements<'a>, Vec<Input>)> {
    let mut paths = paths.to_vec();
    paths.sort();
    let mut pairs = paths.iter().zip(paths.iter().skip(1));
    if let Some((twice, _)) = pairs.find(|(path, next)| path == next) {
        bail!("`--data {}` is given twice", twice.display());
    }
    let mut reader = Reader::new(plan, year);
    let (mut inputs, mut failures) = (Vec::new(), Vec::new());
    for path in &paths {
        match Bytes::read(path) {
            Ok(file) => inputs.push(file.input(reader.read(&file.name, &file.bytes))),
            Err(failure) => failures.push(format!("{failure:#}")),
        }
    }
    if !failures.is_empty() {
        bail!(failures.join("\nerror: "));
    }
    let (measurements, warnings) = match reader.finish() {
        Ok(read) => read,
        Err(findings) => {
            terminal.show(&findings);
            bail!("{} in the measured values; nothing was written", super::faults(&findings));
        }
    };
    terminal.show(&warnings);
    for Input { name, rows, sha256 } in &inputs {
        terminal.detail(&format!("`{name}`: {}, sha256 {sha256}", super::count(*rows, "row")));
    }
    Ok((measurements, inputs))
}
