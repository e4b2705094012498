//! Which plan a run judges by.

use std::fs;
use std::mem::ManuallyDrop;
use std::path::{Path, PathBuf};
use std::rc::Rc;

use anyhow::{Context, Result, anyhow, bail};
use assess::check;
use assess::diagnostic::{Diagnostic, Findings};
use assess::plan::{Book, FileKind, Outline, Plan};
use assess::report::{Head, Input, Letter, ReadWith};
use assess::source::Source;
use assess::text::Lang;

use super::input::{Bytes, sha256};
use super::terminal::Terminal;

/// The plan that ships with the program.
const BUILT_IN: &str = include_str!("../../targets/hunchun-2021-2025.toml");

/// Its hash, as most runs are by it, and to hash it takes as long as to read all values of a year.
const BUILT_IN_SHA256: &str = "793eb26f8d2ea24960a54d317cc3d45c017880c15b304dca26e3a1327e53276d";

/// The folder that is looked into when no target file is named.
pub(super) const FOLDER: &str = "targets";

/// A plan with its letters, and where it was read from.
pub(super) struct Chosen {
    pub(super) book: Book,
    /// What the reader warns of and the files do not allow.
    warnings: Vec<Diagnostic>,
    /// The file; none for the plan that is built in.
    pub(super) file: Option<String>,
    pub(super) sha256: String,
    pub(super) letters: Vec<Letter>,
    /// All target files that were read, this plan's and others'.
    pub(super) read: Vec<PathBuf>,
}

/// A target file as text.
#[derive(Clone)]
pub(super) struct Target {
    pub(super) source: Source,
    /// The file; none for the plan that is built in.
    pub(super) file: Option<PathBuf>,
    /// As it was read, byte for byte.
    bytes: Rc<[u8]>,
}

/// Target files that were read as texts.
#[derive(Clone, Default)]
pub(super) struct Targets {
    /// All files, whether they are texts or not; none where the plan that is built in is meant.
    pub(super) files: Vec<PathBuf>,
    pub(super) texts: Vec<Target>,
    /// Files that are no text.
    pub(super) faults: Vec<Diagnostic>,
}

/// A plan and the letters that amend it.
pub(super) struct Set {
    id: Option<String>,
    plan: Target,
    letters: Vec<Target>,
}

/// Reads the target files and takes the plan that is asked for.
pub(super) fn choose(
    paths: &[PathBuf],
    plan: Option<&str>,
    terminal: &mut Terminal,
) -> Result<Chosen> {
    choose_among(Targets::read(paths)?, plan, terminal)
}

/// Takes the plan that is asked for.
pub(super) fn choose_among(
    targets: Targets,
    plan: Option<&str>,
    terminal: &mut Terminal,
) -> Result<Chosen> {
    let (sets, orphans) = targets.sets()?;
    let Targets { files, mut faults, .. } = targets;
    let mut sound = Vec::new();
    for set in sets {
        match set.read() {
            Ok(chosen) => sound.push(chosen),
            Err(found) => faults.extend(found),
        }
    }
    // A plan with faults may be the one that a letter is looking for.
    if faults.is_empty() {
        faults.extend(orphans);
    }
    if !faults.is_empty() {
        terminal.show(&Findings::sorted(faults.clone()));
        bail!("{} in the target files; nothing was written", super::faults(&faults));
    }
    let chosen = pick(sound, plan)?;
    terminal.show(&chosen.warnings);
    Ok(Chosen { read: files, ..chosen })
}

impl Targets {
    /// Reads target files, and those in folders.
    pub(super) fn read(paths: &[PathBuf]) -> Result<Self> {
        let mut targets = Self::default();
        for path in files(paths)? {
            let Bytes { name, bytes } = Bytes::read(&path)?;
            targets.add(path, &name, &bytes);
        }
        Ok(targets)
    }

    /// Adds a file under a name.
    pub(super) fn add(&mut self, path: PathBuf, name: &str, bytes: &[u8]) {
        match Target::of(name, Some(&path), bytes) {
            Ok(target) => self.texts.push(target),
            Err(fault) => self.faults.push(*fault),
        }
        self.files.push(path);
    }

    /// The plans with their letters, and a fault for each letter whose plan is nowhere.
    pub(super) fn sets(&self) -> Result<(Vec<Set>, Vec<Diagnostic>)> {
        let (mut sets, mut letters, mut orphans) = (Vec::new(), Vec::new(), Vec::new());
        for target in &self.texts {
            match Book::kind_of(&target.source) {
                FileKind::Plan(id) => sets.push(Set::of(id, target.clone())),
                FileKind::Letter { amends, place } => letters.push((amends, place, target)),
            }
        }
        // Letters alone may amend the plan that is built in.
        let has_plan = |id| sets.iter().any(|set: &Set| set.id.as_ref() == Some(id));
        let lack_plan: Vec<_> =
            letters.iter().map(|(amends, ..)| amends).filter(|id| !has_plan(id)).collect();
        if self.files.is_empty() || !lack_plan.is_empty() {
            let shipped = Set::built_in()?;
            if self.files.is_empty() || lack_plan.iter().any(|id| Some(*id) == shipped.id.as_ref())
            {
                sets.push(shipped);
            }
        }
        for (amends, place, letter) in letters {
            match sets.iter_mut().find(|set| set.id.as_ref() == Some(&amends)) {
                Some(set) => set.letters.push(letter.clone()),
                None => {
                    let message = format!("no target file has the plan `{amends}`");
                    let fault = Diagnostic::error("unknown-plan", message).at(place, "");
                    orphans.push(fault.help("give the plan's file too"));
                }
            }
        }
        Ok((sets, orphans))
    }
}

impl Set {
    fn of(id: Option<String>, plan: Target) -> Self {
        Self { id, plan, letters: Vec::new() }
    }

    fn built_in() -> Result<Self> {
        let target = Target::of("built in", None, BUILT_IN.as_bytes());
        let target = target.map_err(|fault| anyhow!(fault.message))?;
        match Book::kind_of(&target.source) {
            FileKind::Plan(id) => Ok(Self::of(id, target)),
            FileKind::Letter { .. } => bail!("the built-in plan is a letter"),
        }
    }

    /// The texts of the plan and of its letters.
    pub(super) fn sources(&self) -> (&Source, Vec<Source>) {
        let letters = self.letters.iter().map(|letter| letter.source.clone());
        (&self.plan.source, letters.collect())
    }

    fn read(self) -> Result<Chosen, Findings> {
        let (plan, letters) = self.sources();
        let letters = letters.iter().map(Outline::of);
        // To give back the room of every table takes long, and a run reads its targets once.
        let plan = ManuallyDrop::new(Outline::of(plan));
        let letters = ManuallyDrop::new(letters.collect::<Vec<_>>());
        let book = Book::of(&plan, &letters)?;
        let warnings = check::warnings(&book, &plan, &letters);
        let letters = self.letters.into_iter().enumerate().map(|(at, letter)| Letter {
            file: letter.source.name().to_owned(),
            sha256: letter.sha256(),
            years: book
                .plan()
                .about()
                .years
                .iter()
                .filter(|year| book.has_say(at, *year))
                .collect(),
        });
        let letters = letters.collect();
        let sha256 = self.plan.sha256();
        let Target { source, file, .. } = self.plan;
        let file = file.map(|_| source.name().to_owned());
        Ok(Chosen { book, warnings, file, sha256, letters, read: Vec::new() })
    }
}

impl Target {
    fn of(name: &str, file: Option<&Path>, bytes: &[u8]) -> Result<Self, Box<Diagnostic>> {
        let source = Source::from_utf8(name, bytes)
            .map_err(|place| Box::new(Diagnostic::not_utf8(place, "save it in UTF-8")))?;
        Ok(Self { source, file: file.map(Path::to_owned), bytes: bytes.into() })
    }

    /// The file with another text.
    pub(super) fn with(&self, text: String) -> Self {
        let bytes = text.as_bytes().into();
        Self { source: Source::new(self.source.name(), text), bytes, ..self.clone() }
    }

    fn sha256(&self) -> String {
        if *self.bytes == *BUILT_IN.as_bytes() {
            return BUILT_IN_SHA256.to_owned();
        }
        sha256(&self.bytes)
    }
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
    pub(super) fn head(&self, lang: Option<Lang>, inputs: Vec<Input>) -> Head<'_> {
        Head {
            plan: self.plan(),
            letters: self.letters.clone(),
            plan_file: self.file.clone(),
            plan_sha256: self.sha256.clone(),
            inputs,
            lang: self.lang(lang),
            all: false,
            unit: None,
            supposed: Vec::new(),
            years: self.plan().about().years,
            date: None,
            as_of: None,
            summary: false,
            read_with: ReadWith::default(),
        }
    }

    /// The language that is asked for, else that of the plan: never that of the machine, so that the
    /// same inputs give the same report anywhere.
    pub(super) fn lang(&self, asked: Option<Lang>) -> Lang {
        asked.unwrap_or_else(|| self.plan().lang())
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_hash_of_the_built_in_plan_is_its_own() {
        assert_eq!(BUILT_IN_SHA256, sha256(BUILT_IN.as_bytes()));
    }
}
