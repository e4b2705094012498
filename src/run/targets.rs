//! Which plan a run judges by.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, anyhow, bail};
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

/// A target file that is a plan, and its id as far as that can be read.
struct Planning {
    id: Option<String>,
    target: Target,
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
    if files.is_empty() {
        targets.push(built_in()?);
    }
    let (plans, letters) = sort_out(targets)?;
    let (sound, more) = read_all(plans, letters);
    faults.extend(more);
    if !faults.is_empty() {
        terminal.show(&Findings::sorted(faults.clone()));
        bail!("{} in the target files; nothing was written", super::faults(&faults));
    }
    let chosen = pick(sound, args.plan.as_deref())?;
    terminal.show(chosen.book.warnings());
    Ok(Chosen { read: files, ..chosen })
}

fn built_in() -> Result<Target> {
    target(None, BUILT_IN.as_bytes()).map_err(|fault| anyhow!(fault.message))
}

/// The plans and the letters.
fn sort_out(targets: Vec<Target>) -> Result<(Vec<Planning>, Vec<Amending>)> {
    let (mut plans, mut letters) = (Vec::new(), Vec::new());
    for target in targets {
        match Book::kind_of(&target.source) {
            FileKind::Plan(id) => plans.push(Planning { id, target }),
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
    if let FileKind::Plan(Some(id)) = Book::kind_of(&shipped.source)
        && letters.iter().any(|letter| letter.amends == id)
        && plans.iter().all(|plan: &Planning| plan.id.as_ref() != Some(&id))
    {
        plans.push(Planning { id: Some(id), target: shipped });
    }
    Ok((plans, letters))
}

/// Reads every plan with the letters that amend it; letters without a plan are faults.
fn read_all(plans: Vec<Planning>, mut letters: Vec<Amending>) -> (Vec<Chosen>, Vec<Diagnostic>) {
    let (mut sound, mut faults) = (Vec::new(), Vec::new());
    for Planning { id, target } in plans {
        let (own, others): (Vec<_>, Vec<_>) =
            letters.into_iter().partition(|letter| Some(&letter.amends) == id.as_ref());
        letters = others;
        match read(target, own) {
            Ok(chosen) => sound.push(chosen),
            Err(found) => faults.extend(found.to_vec()),
        }
    }
    // A plan with faults may be the one that a letter is looking for.
    if faults.is_empty() {
        faults.extend(letters.into_iter().map(|letter| letter.fault));
    }
    (sound, faults)
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
    pub(super) fn head(&self, lang: Option<LangName>, inputs: Vec<Input>) -> Head<'_> {
        Head {
            plan: self.plan(),
            letters: self.letters.clone(),
            plan_file: self.file.clone(),
            plan_sha256: self.sha256.clone(),
            inputs,
            lang: self.lang(lang),
            all: false,
            unit: None,
        }
    }

    /// The language that is asked for, else that of the environment, else that of the plan.
    pub(super) fn lang(&self, asked: Option<LangName>) -> Lang {
        let asked = asked.map(Lang::from).or_else(lang_of_environment);
        asked.unwrap_or(self.plan().lang())
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
