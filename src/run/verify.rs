//! Whether a published result is what its inputs give.

use std::io::{self, Write};
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, anyhow, bail};
use assess::data::Options;
use assess::report::{Format, Head, Published, Screen, first_difference};
use assess::spelling::printable;
use assess::year::Years;
use jiff::civil::Date;

use super::End;
use super::compare;
use super::input::{Bytes, DataFile, sha256, shown};
use super::output::forgive_closed;
use super::score::{Job, Judged, What, scored, year_of_all};
use super::targets::{self, Targets};
use super::terminal::Terminal;
use crate::cli;

pub(super) fn run(args: &cli::Verify, terminal: &mut Terminal) -> Result<End> {
    let (name, recorded, result) = compare::read(&args.result)?;
    terminal.hush();
    let mut said = Vec::new();
    let mut found = Found::of(&result, args)?;
    said.append(&mut found.changed);
    let recomputed = found.job(&result, terminal).and_then(|job| scored(&job, terminal, json));
    let recomputed = match recomputed {
        Ok(recomputed) => Some(recomputed),
        // Its files are there: what cannot be recomputed of them is no result of theirs.
        Err(error) => {
            said.push(format!("it cannot be recomputed: {error:#}"));
            None
        }
    };
    let difference = match &recomputed {
        Some(recomputed) => first_difference(&recorded, recomputed)?,
        None => None,
    };
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
        let name = printable(&name);
        let mut text = format!("{name}: {count} recomputed, all the same\n");
        if result.version() != own {
            let other = printable(result.version());
            text += &format!("{name}: it says that assess {other} wrote it; this is {own}\n");
        }
        forgive_closed(out.write_all(text.as_bytes()))?;
        return Ok(End::Done);
    }
    let said = said.iter().map(|line| format!("{}: {}\n", printable(&name), printable(line)));
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

/// The files that a result rests on, as they are now; each is read under the name that the result
/// has for it, and in its order.
struct Found {
    targets: Targets,
    data: Vec<DataFile>,
    /// What is no longer what it was.
    changed: Vec<String>,
}

impl Found {
    fn of(result: &Published, args: &cli::Verify) -> Result<Self> {
        let mut found = Self { targets: Targets::default(), data: Vec::new(), changed: Vec::new() };
        let folder = args.result.parent().unwrap_or(Path::new(""));
        let given =
            if args.targets.is_empty() { Vec::new() } else { Targets::read(&args.targets)?.files };
        let plan = result.plan();
        let own = plan.file.iter().map(|name| (name, &plan.sha256));
        let letters = plan.letters.iter().map(|letter| (&letter.file, &letter.sha256));
        for (name, sha256) in own.chain(letters) {
            let path = found.look_for(name, sha256, &given, folder, "--targets")?;
            let bytes = Bytes::read(&path)?.bytes;
            found.targets.add(path, name, &bytes);
        }
        let (given, _) = DataFile::all(&args.data)?;
        let given: Vec<PathBuf> = given.into_iter().map(|file| file.path).collect();
        for input in result.inputs().iter().filter(|input| input.kind != "supposed") {
            let name = input.file_name();
            let path = found.look_for(name, &input.sha256, &given, folder, "--data")?;
            found.data.push(DataFile { path, sheet: input.sheet.clone(), name: name.to_owned() });
        }
        Ok(found)
    }

    /// The file of a name: among those that are given, where the name says, or beside the result;
    /// the first of the hash that the result has for it, else the first that is there at all.
    fn look_for(
        &mut self,
        name: &str,
        wanted: &str,
        given: &[PathBuf],
        folder: &Path,
        option: &str,
    ) -> Result<PathBuf> {
        let base = name.rsplit(['/', '\\']).next().unwrap_or(name);
        let named = |path: &&PathBuf| path.file_name().is_some_and(|own| own == base);
        let places = [PathBuf::from(name), folder.join(name), folder.join(base)];
        let by_name = given.iter().filter(named).chain(places.iter().filter(|path| path.is_file()));
        for path in by_name.clone().chain(given) {
            if sha256(&Bytes::read(path)?.bytes) == wanted {
                return Ok(path.clone());
            }
        }
        let Some(path) = by_name.clone().next() else {
            bail!(
                "`{name}`, which the result rests on, is not to be found: give it with `{option}`"
            );
        };
        self.changed.push(format!(
            "`{}` is not the file that the result rests on: its SHA-256 is not {wanted}",
            shown(path)
        ));
        Ok(path.clone())
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
