//! Which plan a run judges by.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail};
use assess::diagnostic::{Diagnostic, Findings};
use assess::plan::Plan;
use assess::source::Source;

use super::input::{Bytes, sha256};
use super::terminal::Terminal;

/// The plan that ships with the program.
const BUILT_IN: &str = include_str!("../../targets/hunchun-2021-2025.toml");

/// The folder that is looked into when no target file is named.
const FOLDER: &str = "targets";

/// A plan with where it was read from.
pub(super) struct Chosen {
    pub(super) plan: Plan,
    /// The file; none for the plan that is built in.
    pub(super) file: Option<String>,
    pub(super) sha256: String,
    /// All target files that were read, this plan's and others'.
    pub(super) read: Vec<PathBuf>,
}

/// Reads the target files and takes the plan that is asked for.
pub(super) fn choose(
    paths: &[PathBuf],
    id: Option<&str>,
    terminal: &mut Terminal,
) -> Result<Chosen> {
    let files = files(paths)?;
    let plans = if files.is_empty() {
        vec![read(None, BUILT_IN.as_bytes())]
    } else {
        let read_file = |path: &PathBuf| Ok(read_bytes(&Bytes::read(path)?));
        files.iter().map(read_file).collect::<Result<_>>()?
    };
    let (mut sound, mut faults) = (Vec::new(), Vec::new());
    for plan in plans {
        match plan {
            Ok(plan) => sound.push(plan),
            Err(found) => faults.extend(found.to_vec()),
        }
    }
    if !faults.is_empty() {
        terminal.show(&faults);
        bail!("{} in the target files; nothing was written", super::faults(&faults));
    }
    let chosen = pick(sound, id)?;
    Ok(Chosen { read: files, ..chosen })
}

/// The target files that are meant; none where the built-in plan is.
fn files(paths: &[PathBuf]) -> Result<Vec<PathBuf>> {
    if paths.is_empty() {
        let folder = Path::new(FOLDER);
        return if folder.is_dir() { in_folder(folder) } else { Ok(Vec::new()) };
    }
    let mut files = Vec::new();
    for path in paths {
        if path.is_dir() {
            files.extend(in_folder(path)?);
        } else {
            files.push(path.clone());
        }
    }
    files.sort();
    files.dedup();
    Ok(files)
}

fn in_folder(folder: &Path) -> Result<Vec<PathBuf>> {
    let cannot = || format!("cannot read the folder `{}`", folder.display());
    let mut files = Vec::new();
    for entry in fs::read_dir(folder).with_context(cannot)? {
        let path = entry.with_context(cannot)?.path();
        if path.extension().is_some_and(|ending| ending == "toml") {
            files.push(path);
        }
    }
    files.sort();
    if files.is_empty() {
        bail!("the folder `{}` has no target file (.toml)", folder.display());
    }
    Ok(files)
}

fn read_bytes(file: &Bytes) -> Result<Chosen, Findings> {
    read(Some(&file.name), &file.bytes)
}

fn read(file: Option<&str>, bytes: &[u8]) -> Result<Chosen, Findings> {
    let source = Source::from_utf8(file.unwrap_or("built in"), bytes)
        .map_err(|place| Findings::sorted(vec![Diagnostic::not_utf8(place, "save it in UTF-8")]))?;
    let (file, sha256) = (file.map(str::to_owned), sha256(bytes));
    Ok(Chosen { plan: Plan::read(&source)?, file, sha256, read: Vec::new() })
}

fn pick(plans: Vec<Chosen>, id: Option<&str>) -> Result<Chosen> {
    let all: Vec<String> = plans.iter().map(Chosen::describe).collect();
    let all = all.join(", ");
    let mut fitting = plans.into_iter().filter(|chosen| id.is_none_or(|id| chosen.plan.id() == id));
    match (fitting.next(), fitting.next(), id) {
        (Some(chosen), None, _) => Ok(chosen),
        (Some(_), Some(_), None) => {
            bail!("there are several plans: choose one with `--plan ID`: {all}")
        }
        (Some(_), Some(_), Some(id)) => bail!("several files hold the plan `{id}`: {all}"),
        (None, _, id) => bail!("no plan is `{}`; there are: {all}", id.unwrap_or_default()),
    }
}

impl Chosen {
    /// `hunchun-2021-2025 (targets/hunchun-2021-2025.toml)`.
    pub(super) fn describe(&self) -> String {
        format!("`{}` ({})", self.plan.id(), self.file.as_deref().unwrap_or("built in"))
    }
}
