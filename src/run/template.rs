//! `assess template`.

use std::fs;
use std::io::{self, IsTerminal, Write};
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail};
use assess::diagnostic::Diagnostic;
use assess::plan::{Book, Plan, RegionName};
use assess::spelling::{fold_name, nearest};
use assess::template::{Format, Template};
use tempfile::NamedTempFile;

use super::End;
use super::file_name::FileNames;
use super::input::STDIN;
use super::output::{self, forgive_closed};
use super::targets;
use super::terminal::Terminal;
use super::unfinished::unfinished;
use crate::cli;

/// A return, and the file that it goes to.
struct Filed {
    path: PathBuf,
    bytes: Vec<u8>,
}

pub(super) fn run(args: &cli::Template, terminal: &mut Terminal) -> Result<End> {
    let chosen = targets::choose(&args.of.targets, args.of.plan.as_deref(), terminal)?;
    terminal.note(&format!("the plan is {}", chosen.describe()));
    let (whole, year) = (chosen.plan(), args.year);
    if !whole.about().years.contains(year) {
        bail!(
            "{year} is not within the years of the plan `{}`, {}",
            whole.id(),
            whole.about().years
        );
    }
    let region = region(args.region.as_deref(), &chosen.book, terminal)?;
    let plan = chosen.book.at(region, year);
    let template = Template::new(&plan, region, year, chosen.lang(args.of.lang.map(Into::into)));
    if template.is_empty() {
        bail!("{year} asks for no value");
    }
    match &args.each_unit {
        Some(folder) => write_each(&template, folder, args, terminal)?,
        None => write_one(&of_units(template, &args.unit, args)?, args, terminal)?,
    }
    Ok(End::Done)
}

/// The region that is asked for, as the plan calls it; else the plan's own.
fn region<'a>(asked: Option<&'a str>, book: &'a Book, terminal: &mut Terminal) -> Result<&'a str> {
    let plan = book.plan();
    let Some(asked) = asked else { return Ok(&plan.about().region) };
    match plan.region_name(asked) {
        RegionName::Known(name) => Ok(name),
        RegionName::Unknown => bail!(unknown_region(asked, plan)),
        RegionName::Open => {
            warn_of_region(asked, book, terminal);
            Ok(asked)
        }
    }
}

fn unknown_region(asked: &str, plan: &Plan) -> String {
    let near = plan.nearest_regions(asked);
    let help = if near.is_empty() {
        let listed = plan.regions().iter().map(|region| region.name.as_str());
        format!("these are its regions: {}", quoted(listed, ", "))
    } else {
        format!("did you mean {}?", quoted(near, " or "))
    };
    format!("the plan has no region `{asked}`; {help}")
}

/// Names in back-ticks.
fn quoted<'a>(names: impl IntoIterator<Item = &'a str>, between: &str) -> String {
    names.into_iter().map(|name| format!("`{name}`")).collect::<Vec<_>>().join(between)
}

/// Warns of a region that looks like one that the plan names, for which it may ask for other things.
fn warn_of_region(region: &str, book: &Book, terminal: &mut Terminal) {
    let mut known = book.named_regions();
    known.push(&book.plan().about().region);
    if known.iter().any(|known| fold_name(known) == fold_name(region)) {
        return;
    }
    if let Some(near) = nearest(region, known).first() {
        let message = format!("the plan does not name the region `{region}`");
        let warning = Diagnostic::warning("unknown-region", message);
        terminal.show(&[warning.help(format!("did you mean `{near}`?"))]);
    }
}

/// What the units that are asked for answer for; all, where none is.
fn of_units<'a>(
    template: Template<'a>,
    asked: &[String],
    args: &cli::Template,
) -> Result<Template<'a>> {
    let known = template.units();
    let mut units = Vec::new();
    for name in asked {
        match template.unit(name) {
            Some(unit) if units.contains(&unit) => {}
            Some(unit) => units.push(unit),
            None => bail!(unknown_unit(name, &known, args)),
        }
    }
    Ok(if units.is_empty() { template } else { template.of_units(&units) })
}

fn unknown_unit(name: &str, known: &[&str], args: &cli::Template) -> String {
    let near = nearest(name, known.iter().copied());
    let help = match (near.as_slice(), known) {
        ([], []) => "the plan names no unit that does".to_owned(),
        ([], known) => format!("these do: {}", quoted(known.iter().copied(), ", ")),
        (near, _) => format!("did you mean {}?", quoted(near.iter().copied(), " or ")),
    };
    format!("the unit `{name}` answers for nothing that {} asks for; {help}", args.year)
}

fn write_one(template: &Template<'_>, args: &cli::Template, terminal: &Terminal) -> Result<()> {
    let given = args.format.map(Format::from);
    match args.output.as_deref().filter(|path| path.as_os_str() != STDIN) {
        Some(path) => {
            output::place(path)?;
            let file =
                Filed { path: path.to_owned(), bytes: bytes(template, format_of(path, given)?)? };
            keep(&[file])?;
            let count = super::count(template.len(), "value");
            terminal.note(&format!("wrote a return of {count} to `{}`", path.display()));
            Ok(())
        }
        None => print(template, given.unwrap_or(Format::Csv)),
    }
}

fn print(template: &Template<'_>, format: Format) -> Result<()> {
    let mut stdout = io::stdout();
    if format == Format::Xlsx && stdout.is_terminal() {
        bail!("a workbook cannot be shown in a terminal: write it to a file with `-o FILE.xlsx`");
    }
    let mut text = Vec::new();
    template.write(format, &mut text).context("cannot make the return")?;
    forgive_closed(stdout.write_all(&text))
}

/// The format that a file's ending says, else the one that is given.
fn format_of(path: &Path, given: Option<Format>) -> Result<Format> {
    let ending = path.extension().and_then(|ending| ending.to_str()).unwrap_or_default();
    Format::of_ending(ending).or(given).with_context(|| {
        let name = path.display();
        format!("`-o {name}`: the ending says no format: use .csv or .xlsx, or `--format`")
    })
}

/// Writes a file for each unit, and one for what nobody answers for.
fn write_each(
    template: &Template<'_>,
    folder: &Path,
    args: &cli::Template,
    terminal: &Terminal,
) -> Result<()> {
    let format = args.format.map_or(Format::Xlsx, Format::from);
    let of_unit = |unit| (unit, template.of_units(&[unit]));
    let mut returns: Vec<_> = template.units().into_iter().map(of_unit).collect();
    returns.push((template.nobody(), template.of_nobody()));
    returns.retain(|(_, one)| !one.is_empty());
    let mut names = FileNames::default();
    let mut files = Vec::new();
    for (unit, one) in &returns {
        let name = format!("{}.{}", names.give(unit), format.ending());
        files.push(Filed { path: folder.join(name), bytes: bytes(one, format)? });
    }
    make_and_keep(folder, &files)?;
    let count = super::count(files.len(), "return");
    terminal.note(&format!("wrote {count} to `{}`", folder.display()));
    Ok(())
}

/// What a file holds.
fn bytes(template: &Template<'_>, format: Format) -> Result<Vec<u8>> {
    // Excel reads a file as UTF-8 only if it says so.
    let mark = if format == Format::Csv { "\u{feff}" } else { "" };
    let mut bytes = mark.as_bytes().to_vec();
    template.write(format, &mut bytes).context("cannot make the return")?;
    Ok(bytes)
}

/// Writes all files into a folder, which is made if it is not there; if that fails, it is as before.
fn make_and_keep(folder: &Path, files: &[Filed]) -> Result<()> {
    let is_new = !folder.exists();
    if is_new {
        let cannot = || format!("cannot make the folder `{}`", folder.display());
        fs::create_dir(folder).with_context(cannot)?;
    }
    let kept = keep(files);
    if kept.is_err() && is_new {
        // It may be another's by now, and is then not empty.
        let _ = fs::remove_dir(folder);
    }
    kept
}

/// Writes all files or none. One that is there may have been filled in, and is never overwritten.
fn keep(files: &[Filed]) -> Result<()> {
    let taken = |file: &&Filed| file.path.symlink_metadata().is_ok();
    let mut taken = files.iter().filter(taken).map(|file| file.path.as_path());
    if let Some(first) = taken.next() {
        let others = match taken.count() {
            0 => String::new(),
            count => format!(" and {} more", super::count(count, "file")),
        };
        bail!(
            "`{}`{others} would be overwritten, and may hold values: move what is there, or choose \
             another place",
            first.display()
        );
    }
    let unfinished = files.iter().map(Filed::write).collect::<Result<Vec<_>>>()?;
    for (done, (file, unfinished)) in files.iter().zip(unfinished).enumerate() {
        let kept = unfinished.persist_noclobber(&file.path).map_err(|error| error.error);
        if let Err(error) = kept {
            for kept in files.iter().take(done) {
                let _ = fs::remove_file(&kept.path);
            }
            return Err(error).with_context(|| file.cannot());
        }
    }
    Ok(())
}

impl Filed {
    fn write(&self) -> Result<NamedTempFile> {
        let folder = self.path.parent().filter(|folder| !folder.as_os_str().is_empty());
        let write = || {
            let mut file = unfinished(folder.unwrap_or(Path::new(".")))?;
            file.write_all(&self.bytes)?;
            file.as_file().sync_all()?;
            Ok::<_, io::Error>(file)
        };
        write().with_context(|| self.cannot())
    }

    fn cannot(&self) -> String {
        format!("cannot write `{}`", self.path.display())
    }
}
