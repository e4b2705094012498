//! Whether a published result is what its inputs give.

use std::collections::BTreeSet;
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, anyhow, bail};
use assess::data::Options;
use assess::report::{Format, Head, Published, PublishedInput, Screen, first_difference};
use assess::spelling::{one_line, printable};
use assess::year::Years;
use jiff::civil::Date;
use tempfile::TempDir;

use super::End;
use super::compare;
use super::input::{Bytes, DataFile, STDIN, sha256, shown};
use super::output::forgive_closed;
use super::score::{Job, Judged, What, scored, year_of_all};
use super::targets::{self, Targets};
use super::terminal::Terminal;
use crate::cli;

pub(super) fn run(args: &cli::Verify, terminal: &mut Terminal) -> Result<End> {
    let spool = Spool::of(args)?;
    let (name, recorded, result) = compare::read(&args.result)?;
    terminal.hush();
    let mut said = Vec::new();
    let mut found = Found::of(&result, args, &spool)?;
    let changed = std::mem::take(&mut found.changed);
    let unused = std::mem::take(&mut found.unused);
    said.extend(changed.iter().map(Changed::to_string));
    let recomputed = found.job(&result, terminal).and_then(|job| scored(&job, terminal, json));
    let recomputed = match recomputed {
        Ok(recomputed) => Some(recomputed),
        // Its files are there: what cannot be recomputed of them is no result of theirs.
        Err(error) => {
            said.push(format!("it cannot be recomputed: {error:#}"));
            None
        }
    };
    // The hashes that are others are said already.
    let recorded = changed.iter().fold(recorded, |text, file| file.take_over(&text));
    let difference = match &recomputed {
        Some(recomputed) => first_difference(&recorded, recomputed)?,
        None => None,
    };
    if recomputed.is_some() && difference.is_none() && !said.is_empty() {
        said.push("what it says is still what these inputs give".to_owned());
    }
    said.extend(difference.map(|difference| {
        format!(
            "{}: the result says `{}`, and its inputs give `{}`",
            difference.place, difference.recorded, difference.recomputed
        )
    }));
    // Another version may count otherwise, and for a good reason.
    let own = env!("CARGO_PKG_VERSION");
    if !said.is_empty() && result.version() != own {
        said.push(format!("it says that assess {} wrote it; this is {own}", result.version()));
    }
    let mut out = io::stdout();
    if said.is_empty() {
        let count = result.assessed().count();
        let count = super::count(count, "assessment");
        let name = printable(&one_line(&name));
        let mut text = format!("{name}: {count} recomputed, all the same\n");
        if result.version() != own {
            let other = printable(&one_line(result.version()));
            text += &format!("{name}: it says that assess {other} wrote it; this is {own}\n");
        }
        let stated = [
            ("the date that it bears", result.date()),
            ("the day up to which its values are", result.as_of()),
        ];
        for (what, day) in stated.into_iter().filter_map(|(what, day)| Some((what, day?))) {
            let day = printable(&one_line(day));
            text += &format!("{name}: {what}, {day}, is of no input: not verified\n");
        }
        let supposed = result.supposed().iter().map(|one| format!("{} = {}", one.item, one.value));
        let supposed: Vec<String> = supposed.collect();
        if !supposed.is_empty() {
            let supposed = printable(&one_line(&supposed.join(", ")));
            text += &format!("{name}: it is a trial and no result, for it supposes {supposed}\n");
        }
        for file in unused {
            text += &format!("{name}: it does not rest on `{}`\n", printable(&one_line(&file)));
        }
        forgive_closed(out.write_all(text.as_bytes()))?;
        return Ok(End::Done);
    }
    let said = said
        .iter()
        .map(|line| format!("{}: {}\n", printable(&one_line(&name)), printable(&one_line(line))));
    forgive_closed(out.write_all(said.collect::<String>().as_bytes()))?;
    Ok(End::Found)
}

/// The result as it is written now.
fn json(head: &Head<'_>, judged: &mut dyn Iterator<Item = Judged<'_>>) -> Result<String> {
    let mut report = Format::Json.report(Screen { width: 0, colour: false });
    let mut bytes = Vec::new();
    report.begin(head, &mut bytes)?;
    for judged in judged {
        if let What::Whole(assessment) = judged.what {
            report.add(head, &assessment, &mut bytes)?;
        }
    }
    report.end(head, &mut bytes)?;
    Ok(String::from_utf8(bytes)?)
}

/// Standard input as a file, for it can be read but once; there while this is.
struct Spool(Option<TempDir>);

impl Spool {
    fn of(args: &cli::Verify) -> Result<Self> {
        let is_stdin = |path: &Path| path.as_os_str() == STDIN;
        let given = args.targets.iter().chain(&args.data);
        match given.chain([&args.result]).filter(|path| is_stdin(path)).count() {
            0 => return Ok(Self(None)),
            1 if is_stdin(&args.result) => return Ok(Self(None)),
            1 => {}
            _ => bail!("`-` is given twice, and standard input can be read but once"),
        }
        let folder = tempfile::tempdir().context("cannot keep standard input")?;
        std::fs::write(folder.path().join(STDIN), Bytes::read(Path::new(STDIN))?.bytes)
            .context("cannot keep standard input")?;
        Ok(Self(Some(folder)))
    }

    /// Where a file that is given is to be read.
    fn place(&self, path: &Path) -> PathBuf {
        match &self.0 {
            Some(folder) if path.as_os_str() == STDIN => folder.path().join(path),
            _ => path.to_owned(),
        }
    }

    /// What a file is called.
    fn shown(&self, path: &Path) -> String {
        let is_own = self.0.as_ref().is_some_and(|folder| path.starts_with(folder.path()));
        if is_own { STDIN.to_owned() } else { shown(path) }
    }
}

/// A file that is no longer what it was.
#[derive(PartialEq, Eq)]
struct Changed {
    name: String,
    /// Its SHA-256, and that which the result has for it.
    found: String,
    wanted: String,
}

impl Changed {
    /// A result with the hash that the file has now.
    fn take_over(&self, result: &str) -> String {
        // What is no hash may stand for anything else.
        if self.wanted.len() != self.found.len() {
            return result.to_owned();
        }
        let quoted = |hash: &str| format!("\"{hash}\"");
        result.replace(&quoted(&self.wanted), &quoted(&self.found))
    }
}

impl std::fmt::Display for Changed {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let Self { name, found, wanted } = self;
        write!(
            f,
            "`{name}` is not the file that the result rests on: its SHA-256 is {found}, and the \
             result says {wanted}"
        )
    }
}

/// The files that a result rests on, as they are now; each is read under the name that the result
/// has for it, and in its order.
struct Found {
    targets: Targets,
    data: Vec<DataFile>,
    /// What is no longer what it was.
    changed: Vec<Changed>,
    /// What was given, and the result does not rest on.
    unused: Vec<String>,
}

impl Found {
    fn of(result: &Published, args: &cli::Verify, spool: &Spool) -> Result<Self> {
        let mut found = Self {
            targets: Targets::default(),
            data: Vec::new(),
            changed: Vec::new(),
            unused: Vec::new(),
        };
        let place = |path: &PathBuf| spool.place(path);
        let targets: Vec<PathBuf> = args.targets.iter().map(place).collect();
        let data: Vec<PathBuf> = args.data.iter().map(place).collect();
        let given = if targets.is_empty() { Vec::new() } else { Targets::read(&targets)?.files };
        let plan = result.plan();
        let own = plan.file.iter().map(|name| (name, &plan.sha256));
        let letters = plan.letters.iter().map(|letter| (&letter.file, &letter.sha256));
        let wanted: Vec<_> = own.chain(letters).collect();
        if wanted.is_empty() && !given.is_empty() {
            bail!("the result rests on the plan that is built in, and on no file of `--targets`");
        }
        let mut places = Places::new("--targets", given, &args.result, wanted.len())?;
        for (name, sha256) in wanted {
            let (path, bytes) = found.look_for(name, sha256, &mut places, spool)?;
            found.targets.add(path, name, &bytes);
        }
        let (given, _) = DataFile::all(&data)?;
        let given: Vec<PathBuf> = given.into_iter().map(|file| file.path).collect();
        let inputs = || result.inputs().iter().filter(|input| input.kind != "supposed");
        let names: BTreeSet<&str> = inputs().map(PublishedInput::file_name).collect();
        let mut places = Places::new("--data", given, &args.result, names.len())?;
        for input in inputs() {
            let name = input.file_name();
            let (path, _) = found.look_for(name, &input.sha256, &mut places, spool)?;
            found.data.push(DataFile { path, sheet: input.sheet.clone(), name: name.to_owned() });
        }
        // Of the targets that were given nothing is said: a folder may hold other plans too.
        let given = places.given.iter().map(|(path, _)| path);
        let unused = given.filter(|path| !places.used.contains(*path));
        found.unused = unused.map(|path| spool.shown(path)).collect();
        Ok(found)
    }

    /// A file of the result, with its bytes as they are.
    fn look_for(
        &mut self,
        name: &str,
        wanted: &str,
        places: &mut Places,
        spool: &Spool,
    ) -> Result<(PathBuf, Vec<u8>)> {
        let path = places.file(name, wanted)?;
        let bytes = Bytes::read(&path)?.bytes;
        let found = sha256(&bytes);
        let changed = Changed { name: spool.shown(&path), found, wanted: wanted.to_owned() };
        // Two sheets may be of one file.
        if changed.found != wanted && !self.changed.contains(&changed) {
            self.changed.push(changed);
        }
        Ok((path, bytes))
    }

    /// What the result says that it is of.
    fn job(self, result: &Published, terminal: &mut Terminal) -> Result<Job> {
        if self.data.is_empty() {
            bail!("inputs: the result names no file of measured values");
        }
        let years = years(result)?;
        let mut regions: Vec<String> =
            result.assessed().map(|(region, _)| region.to_owned()).collect();
        regions.dedup();
        let set = result.supposed().iter().map(|one| format!("{}={}", one.item, one.value));
        Ok(Job {
            chosen: targets::choose_among(self.targets, Some(&result.plan().id), terminal)?,
            files: self.data,
            passed_over: Vec::new(),
            options: options(result, years)?,
            years,
            regions,
            set: set.collect(),
            lang: Some(result.lang()),
            unit: result.unit().map(str::to_owned),
            all: false,
            summary: false,
            date: day("date", result.date())?,
            as_of: day("as_of", result.as_of())?,
            threads: None,
            to_stdout: false,
            lines: false,
        })
    }
}

/// Where files of a kind may be.
struct Places {
    option: &'static str,
    /// What was given, each with its hash.
    given: Vec<(PathBuf, String)>,
    /// What of these was taken.
    used: BTreeSet<PathBuf>,
    /// The folder of the result, and those above it.
    folders: Vec<PathBuf>,
    /// How many are looked for.
    wanted: usize,
}

impl Places {
    fn new(
        option: &'static str,
        given: Vec<PathBuf>,
        result: &Path,
        wanted: usize,
    ) -> Result<Self> {
        let hashed = |path: PathBuf| {
            let hash = sha256(&Bytes::read(&path)?.bytes);
            Ok((path, hash))
        };
        let given = given.into_iter().map(hashed).collect::<Result<_>>()?;
        Ok(Self { option, given, used: BTreeSet::new(), folders: folders(result), wanted })
    }

    /// The file of a name. Among those that are given it is the one of that hash, else of that name,
    /// else the only one for the only name. Where none is given it is the nearest to the result: as the
    /// name says from its folder, beside it, from a folder above, and last from here.
    fn file(&mut self, name: &str, wanted: &str) -> Result<PathBuf> {
        let base = name.rsplit(['/', '\\']).next().unwrap_or(name);
        if self.given.is_empty() {
            let beside = self.folders.first().map(|folder| folder.join(base));
            let mut named = self.folders.iter().map(|folder| folder.join(name));
            let own = named.next();
            let mut places = own.into_iter().chain(beside).chain(named).chain([name.into()]);
            return places.find(|path| path.is_file()).with_context(|| {
                let (name, option) = (printable(&one_line(name)), self.option);
                format!(
                    "`{name}`, which the result rests on, is not to be found: give it with `{option}`"
                )
            });
        }
        let find = |is_meant: &dyn Fn(&(PathBuf, String)) -> bool| {
            self.given.iter().find(|given| is_meant(given)).map(|(path, _)| path)
        };
        let is_only = self.given.len() == 1 && self.wanted == 1;
        let found = find(&|(_, hash)| hash == wanted)
            .or_else(|| find(&|(path, _)| path.file_name().is_some_and(|own| own == base)))
            .or_else(|| find(&|_| is_only));
        let found = found.cloned().with_context(|| {
            let (name, option) = (printable(&one_line(name)), self.option);
            format!("none of the files of `{option}` is `{name}`, which the result rests on")
        })?;
        self.used.insert(found.clone());
        Ok(found)
    }
}

/// The folder that a result is in, and those above it.
fn folders(result: &Path) -> Vec<PathBuf> {
    let folder = result.parent().unwrap_or(Path::new(""));
    let whole = std::path::absolute(result).unwrap_or_default();
    let above = whole.ancestors().skip(2).map(Path::to_owned);
    [folder.to_owned()].into_iter().chain(above).collect()
}

/// From the first year of a result to the last.
fn years(result: &Published) -> Result<Years> {
    let years = || result.assessed().map(|(_, year)| year);
    let (Some(first), Some(last)) = (years().min(), years().max()) else {
        bail!("assessments: the result assesses nothing");
    };
    let span = if first == last { first.to_string() } else { format!("{first}-{last}") };
    span.parse().with_context(|| format!("assessments: the result is of the years {span}"))
}

fn options(result: &Published, years: Years) -> Result<Options> {
    let reading = result.read_with();
    let encoding = reading.encoding.as_ref().map(|name| {
        name.parse().map_err(|_| {
            anyhow!("read_with › encoding: the result names an unknown encoding, `{name}`")
        })
    });
    let delimiter = reading.delimiter.map(|sign| {
        u8::try_from(sign).map_err(|_| {
            anyhow!("read_with › delimiter: the result names an unknown delimiter, `{sign}`")
        })
    });
    Ok(Options {
        year: year_of_all(years),
        encoding: encoding.transpose()?,
        delimiter: delimiter.transpose()?,
        ignore_unknown: reading.ignore_unknown,
        ..Options::default()
    })
}

fn day(place: &str, day: Option<&str>) -> Result<Option<Date>> {
    let read = |day: &str| {
        day.parse().map_err(|_| anyhow!("{place}: the result names `{day}`, which is no day"))
    };
    day.map(read).transpose()
}
