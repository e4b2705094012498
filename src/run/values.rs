//! The files of measured values.

use std::collections::BTreeSet;

use anyhow::{Context, Result, bail};
use assess::data::{Measurements, Options, Reader};
use assess::plan::{Book, Plan, Quantity};
use assess::report::Input;
use assess::text::Lang;
use assess::unit::Unit;
use assess::year::{Year, Years};

use super::input::DataFile;
use super::progress::Watched;
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

/// Reads the files.
pub(super) fn read<'a>(
    files: &[DataFile],
    options: Options,
    plan: &'a Plan,
    terminal: &mut Terminal,
) -> Result<(Measurements<'a>, Vec<Input>)> {
    let mut reader = Reader::new(plan, options);
    let (mut inputs, mut failures) = (Vec::new(), 0);
    for file in files {
        match read_file(file, &mut reader, terminal) {
            Ok(read) => inputs.extend(read),
            Err(failure) => {
                terminal.error(&failure);
                failures += 1;
            }
        }
    }
    let (measurements, warnings) = match reader.finish() {
        Ok(read) => read,
        Err(findings) => {
            terminal.show(&findings);
            bail!("{} in the measured values; nothing was written", super::faults(&findings));
        }
    };
    terminal.show(&warnings);
    if failures > 0 {
        bail!("{} could not be read; nothing was written", super::count(failures, "file"));
    }
    for Input { table, sha256 } in &inputs {
        let name = &table.name;
        terminal.detail(|| {
            let (read_as, rows) = (table.read_as.show(Lang::En), super::count(table.rows, "row"));
            format!("`{name}`: {read_as}, {rows}, sha256 {sha256}")
        });
        if !table.ignored.is_empty() {
            terminal.note(&format!("`{name}`: left out: {}", table.ignored.join(", ")));
        }
    }
    Ok((measurements, inputs))
}

/// Reads one file, which has to stay as it is meanwhile.
pub(super) fn read_file(
    file: &DataFile,
    reader: &mut Reader<'_>,
    terminal: &Terminal,
) -> Result<Vec<Input>> {
    let name = &file.name;
    let cannot = || format!("cannot read `{name}`");
    let mut open = file.open()?;
    let sheet = file.sheet.as_deref();
    let progress = terminal.progress_of_reading(open.len());
    let tables = reader.read(name, sheet, &mut Watched::new(&mut open, &progress));
    drop(progress);
    let sha256 = open.sha256().with_context(cannot)?;
    if !open.is_unchanged().with_context(cannot)? {
        bail!("`{name}` was changed while it was read: run again when it is at rest");
    }
    let tables = tables.with_context(cannot)?;
    Ok(tables.into_iter().map(|table| Input { table, sha256: sha256.clone() }).collect())
}
