//! Whether a published result is what its inputs give.

use std::collections::BTreeMap;
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, anyhow, bail};
use assess::assessment::Assessment;
use assess::report::{Format, Head, Published, PublishedFile, Screen, first_difference};
use assess::spelling::printable;
use assess::text::Lang;
use jiff::civil::Date;

use super::End;
use super::compare;
use super::input::{Bytes, DataFile, sha256, shown};
use super::output::forgive_closed;
use super::score::scored;
use super::targets::Targets;
use super::terminal::Terminal;
use crate::cli::{self, DataArgs, LangName, PlanArgs, Score};

pub(super) fn run(args: &cli::Verify, terminal: &mut Terminal) -> Result<End> {
    let (name, recorded, result) = compare::read(&args.result)?;
    terminal.hush();
    let mut said = Vec::new();
    let found = Found::of(&result, args)?;
    said.extend(found.changed.iter().cloned());
    let score = found.score(&result)?;
    let recomputed =
        scored(&score, terminal, |_| Ok(()), |(), head, _, assessments| json(&head, assessments));
    let recomputed = match recomputed {
        Ok(recomputed) => Some(recomputed),
        // What was changed may not be read at all any more.
        Err(error) if !said.is_empty() => {
            said.push(format!("{error:#}"));
            None
        }
        Err(error) => return Err(error),
    };
    let difference = match &recomputed {
        Some(recomputed) => first_difference(&recorded, recomputed, &found.names)?,
        None => None,
    };
    said.extend(difference.map(|difference| {
        format!(
            "{}: the result says `{}`, and its inputs give `{}`",
            difference.place, difference.recorded, difference.recomputed
        )
    }));
    // Another version may count otherwise, and for a good reason.
    if !said.is_empty() && result.version() != env!("CARGO_PKG_VERSION") {
        let (own, other) = (env!("CARGO_PKG_VERSION"), result.version());
        said.push(format!("it was written by assess {other}; this is {own}"));
    }
    let mut out = io::stdout();
    if said.is_empty() {
        let count = result.assessed().count();
        let count = super::count(count, "assessment");
        forgive_closed(writeln!(out, "{}: {count} recomputed, all the same", printable(&name)))?;
        return Ok(End::Done);
    }
    let said = said.iter().map(|line| format!("{}: {}\n", printable(&name), printable(line)));
    forgive_closed(out.write_all(said.collect::<String>().as_bytes()))?;
    Ok(End::Found)
}

/// The result as it is written now.
fn json(head: &Head<'_>, assessments: &mut dyn Iterator<Item = Assessment<'_>>) -> Result<String> {
    let mut report = Format::Json.report(Screen { width: 0, colour: false });
    let mut bytes = Vec::new();
    report.begin(head, &mut bytes)?;
    for assessment in assessments {
        report.add(head, &assessment, &mut bytes)?;
    }
    report.end(head, &mut bytes)?;
    Ok(String::from_utf8(bytes)?)
}

/// The files that a result rests on, as they are now.
struct Found {
    targets: Vec<PathBuf>,
    data: Vec<PathBuf>,
    /// What the result calls them, by what they are called now.
    names: BTreeMap<String, String>,
    /// What is no longer what it was.
    changed: Vec<String>,
}

impl Found {
    fn of(result: &Published, args: &cli::Verify) -> Result<Self> {
        let mut found = Self {
            targets: Vec::new(),
            data: Vec::new(),
            names: BTreeMap::new(),
            changed: Vec::new(),
        };
        let folder = args.result.parent().unwrap_or(Path::new(""));
        let given =
            if args.targets.is_empty() { Vec::new() } else { Targets::read(&args.targets)?.files };
        let plan = result.plan();
        let file = |file: &str, sha256: &str| (file.to_owned(), sha256.to_owned());
        let letters =
            plan.letters.iter().map(|PublishedFile { file: name, sha256, .. }| file(name, sha256));
        let own = plan.file.iter().map(|name| file(name, &plan.sha256));
        for (name, sha256) in own.chain(letters) {
            let path = found.look_for(&name, &sha256, &given, folder, "--targets")?;
            found.targets.push(path);
        }
        let (given, _) = DataFile::all(&args.data)?;
        let given: Vec<PathBuf> = given.into_iter().map(|file| file.path).collect();
        for input in result.inputs().iter().filter(|input| input.kind != "supposed") {
            // Behind the name of a workbook is that of the sheet.
            let (name, sheet) = match input.file.rsplit_once('#') {
                Some((name, sheet)) if input.kind != "text" => (name, Some(sheet)),
                _ => (input.file.as_str(), None),
            };
            let path = found.look_for(name, &input.sha256, &given, folder, "--data")?;
            let path = match sheet {
                Some(sheet) => {
                    let mut whole = path.into_os_string();
                    whole.push(format!("#{sheet}"));
                    PathBuf::from(whole)
                }
                None => path,
            };
            found.names.insert(shown(&path), input.file.clone());
            found.data.push(path);
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
        let candidates: Vec<&PathBuf> = by_name.clone().chain(given).collect();
        let mut first = None;
        for path in candidates {
            let bytes = Bytes::read(path)?.bytes;
            if sha256(&bytes) == wanted {
                self.names.insert(shown(path), name.to_owned());
                return Ok(path.clone());
            }
            let is_named = by_name.clone().any(|named| named == path);
            if first.is_none() && is_named {
                first = Some(path.clone());
            }
        }
        let Some(path) = first else {
            bail!(
                "`{name}`, which the result rests on, is not to be found: give it with `{option}`"
            );
        };
        self.changed.push(format!(
            "`{}` is not the file that the result rests on: its SHA-256 is not {wanted}",
            shown(&path)
        ));
        self.names.insert(shown(&path), name.to_owned());
        Ok(path)
    }

    /// The run that the result says it is of.
    fn score(&self, result: &Published) -> Result<Score> {
        let years = || result.assessed().map(|(_, year)| year);
        let (Some(first), Some(last)) = (years().min(), years().max()) else {
            bail!("the result assesses nothing");
        };
        let span = if first == last { first.to_string() } else { format!("{first}-{last}") };
        let years = span.parse().with_context(|| format!("the result is of the years {span}"))?;
        let mut regions: Vec<String> =
            result.assessed().map(|(region, _)| region.to_owned()).collect();
        regions.dedup();
        let reading = result.read_with();
        let encoding = reading.encoding.as_ref().map(|name| {
            name.parse().map_err(|_| anyhow!("the result names an unknown encoding, `{name}`"))
        });
        let delimiter = reading.delimiter.map(|sign| {
            u8::try_from(sign)
                .map_err(|_| anyhow!("the result names an unknown delimiter, `{sign}`"))
        });
        let set = result.supposed().iter().map(|one| format!("{}={}", one.item, one.value));
        let day = |day: Option<&str>| -> Result<Option<Date>> {
            let day = day.map(|day| {
                day.parse().map_err(|_| anyhow!("the result names `{day}`, which is no day"))
            });
            day.transpose()
        };
        Ok(Score {
            years,
            values: DataArgs {
                data: self.data.clone(),
                encoding: encoding.transpose()?,
                delimiter: delimiter.transpose()?,
                ignore_unknown: reading.ignore_unknown,
            },
            of: PlanArgs {
                targets: self.targets.clone(),
                built_in: result.plan().file.is_none(),
                plan: Some(result.plan().id.clone()),
                lang: Some(match result.lang() {
                    Lang::Zh => LangName::Zh,
                    Lang::En => LangName::En,
                }),
            },
            region: regions,
            format: None,
            output: Vec::new(),
            unit: result.unit().map(str::to_owned),
            each_unit: None,
            all: false,
            set: set.collect(),
            date: day(result.date())?,
            as_of: day(result.as_of())?,
            summary: false,
            threads: None,
            fail_on: Vec::new(),
            fail_under: None,
            strict: false,
            quiet: true,
            verbose: false,
        })
    }
}
