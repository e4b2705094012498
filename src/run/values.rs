//! The files of measured values.

use anyhow::{Result, bail};
use assess::data::{Measurements, Reader};
use assess::plan::Plan;
use assess::report::Input;
use assess::unit::Unit;
use assess::year::{Year, Years};

use super::input::Bytes;
use super::terminal::Terminal;
use crate::cli::Score;

/// What is needed, for someone who starts with nothing: a file that is ready to be filled.
pub(super) fn none(years: Years, plan: &Plan) -> String {
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

/// Reads the files, in one order whatever the order in which they were given.
pub(super) fn read(
    args: &Score,
    plan: &Plan,
    terminal: &mut Terminal,
) -> Result<(Measurements, Vec<Input>)> {
    let mut paths = args.data.clone();
    paths.sort();
    let mut pairs = paths.iter().zip(paths.iter().skip(1));
    if let Some((twice, _)) = pairs.find(|(path, next)| path == next) {
        bail!("`--data {}` is given twice", twice.display());
    }
    let year = (args.years.first() == args.years.last()).then_some(args.years.first());
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
