//! Which plan a run judges by.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail};
use assess::diagnostic::{Diagnostic, Findings};
use assess::plan::{Book, FileKind, Plan};
use assess::report::{Head, Input, Letter};
use assess::source::Source;
use assess::text::Lang;

use super::input::{Bytes, sha256};
use super::terminal::Terminal;
use crate::cli::{LangName, PlanArgs};

/// The plan that ships with the program.
const BUILT_IN: &str = include_str!("../../targets/hunchun-2021-2025.toml");

/// The folder that is looked into when no target file is named.
const FOLDER: &str = "targets";

/// A plan with its letters, and where it was read from.
pub(super) struct Chosen {
    pub(super) book: Book,
    /// The file; none for the plan that is built in.
    pub(super) file: Option<String>,
    pub(super) sha256: String,
    pub(super) letters: Vec<Letter>,
    /// All target files that were read, this plan's and others'.
    pub(super) read: Vec<PathBuf>,
}

/// A target file as text.
struct Target {
    source: Source,
    /// The file; none for the plan that is built in.
    file: Option<String>,
    sha256: String,
}

/// A target file that is a letter, and the plan that it amends.
struct Amending {
    amends: String,
    target: Target,
    fault: Diagnostic,
}

/// Reads the target files and takes the plan that is asked for.
pub(super) fn choose(args: &PlanArgs, terminal: &mut Terminal) -> Result<Chosen> {
    let files = files(&args.targets)?;
    let mut faults = Vec::new();
    let mut targets = Vec::new();
    for path in &files {
        let file = Bytes::read(path)?;
        match target(Some(&file.name), &file.bytes) {
            Ok(target) => targets.push(target),
            Err(fault) => faults.push(fault),
        }
    }
    let built_in = || target(None, BUILT_IN.as_bytes()).map_err(|fault| anyhow::anyhow!("{fault}"));
    if files.is_empty() {
        targets.push(built_in()?);
    }
    let (mut plans, mut letters) = (Vec::new(), Vec::new());
    for target in targets {
        match Book::kind_of(&target.source) {
            FileKind::Plan(id) => plans.push((id, target)),
            FileKind::Letter { amends, place } => {
                let message = format!("no target file has the plan `{amends}`");
                let fault = Diagnostic::error("unknown-plan", message).at(place, "");
                let fault = fault.help("give the plan's file with `--targets` too");
                letters.push(Amending { amends, target, fault });
            }
        }
    }
    // Letters alone may amend the plan that is built in.
    let shipped = built_in()?;
    let shipped_id = match Book::kind_of(&shipped.source) {
        FileKind::Plan(id) => id,
        FileKind::Letter { .. } => None,
    };
    let is_wanted = letters.iter().any(|letter| Some(&letter.amends) == shipped_id.as_ref());
    if is_wanted && plans.iter().all(|(id, _)| *id != shipped_id) {
        plans.push((shipped_id, shipped));
    }
    let mut sound = Vec::new();
    for (id, plan) in plans {
        let (own, others): (Vec<_>, Vec<_>) =
            letters.into_iter().partition(|letter| Some(&letter.amends) == id.as_ref());
        letters = others;
        match read(plan, own) {
            Ok(chosen) => sound.push(chosen),
            Err(found) => faults.extend(found.to_vec()),
        }
    }
    faults.extend(letters.into_iter().map(|letter| letter.fault));
    if !faults.is_empty() {
        terminal.show(&Findings::sorted(faults.clone()));
        bail!("{} in the target files; nothing was written", super::faults(&faults));
    }
    let chosen = pick(sound, args.plan.as_deref())?;
    terminal.show(chosen.book.warnings());
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

fn target(file: Option<&str>, bytes: &[u8]) -> Result<Target, Diagnostic> {
    let source = Source::from_utf8(file.unwrap_or("built in"), bytes)
        .map_err(|place| Diagnostic::not_utf8(place, "save it in UTF-8"))?;
    Ok(Target { source, file: file.map(str::to_owned), sha256: sha256(bytes) })
}

/// Reads a plan with its letters.
fn read(plan: Target, letters: Vec<Amending>) -> Result<Chosen, Findings> {
    let letters: Vec<_> = letters.into_iter().map(|letter| letter.target).collect();
    let sources: Vec<_> = letters.iter().map(|letter| letter.source.clone()).collect();
    let book = Book::read(&plan.source, &sources)?;
    let head =
        |letter: Target| Letter { file: letter.file.unwrap_or_default(), sha256: letter.sha256 };
    let letters = letters.into_iter().map(head).collect();
    let Target { file, sha256, .. } = plan;
    Ok(Chosen { book, file, sha256, letters, read: Vec::new() })
}

fn pick(plans: Vec<Chosen>, id: Option<&str>) -> Result<Chosen> {
    let all: Vec<String> = plans.iter().map(Chosen::describe).collect();
    let all = all.join(", ");
    let mut fitting =
        plans.into_iter().filter(|chosen| id.is_none_or(|id| chosen.plan().id() == id));
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
    /// The plan before it is changed, with every item that it ever has.
    pub(super) fn plan(&self) -> &Plan {
        self.book.plan()
    }

    /// What is said of a run by this plan beside its results.
    pub(super) fn head(&self, lang: Option<LangName>, inputs: Vec<Input>, all: bool) -> Head<'_> {
        let asked = lang.map(Lang::from).or_else(lang_of_environment);
        Head {
            plan: self.plan(),
            letters: self.letters.clone(),
            plan_file: self.file.clone(),
            plan_sha256: self.sha256.clone(),
            inputs,
            lang: asked.unwrap_or(self.plan().lang()),
            all,
        }
    }

    /// `hunchun-2021-2025 (targets/hunchun-2021-2025.toml)`, and how many letters amend it.
    pub(super) fn describe(&self) -> String {
        let file = self.file.as_deref().unwrap_or("built in");
        let letters = match self.letters.len() {
            0 => String::new(),
            count => format!(", with {}", super::count(count, "letter")),
        };
        format!("`{}` ({file}){letters}", self.plan().id())
    }
}

/// The language that the environment asks for, as POSIX ranks its variables.
fn lang_of_environment() -> Option<Lang> {
    let set =
        ["LC_ALL", "LC_MESSAGES", "LANG"].into_iter().filter_map(|name| std::env::var(name).ok());
    let lang = set.into_iter().find(|value| !value.is_empty())?;
    match lang.get(..2)? {
        "zh" => Some(Lang::Zh),
        "en" => Some(Lang::En),
        _ => None,
    }
}
