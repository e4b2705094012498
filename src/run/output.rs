//! Where reports go: standard output, or files that are written whole or not at all.

use std::collections::BTreeSet;
use std::fs::{self, OpenOptions};
use std::io::{self, BufWriter, IsTerminal, Seek, Write};
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail};
use assess::report::{Format, Head, Report};
use tempfile::SpooledTempFile;

use super::file_name::FileNames;
use super::input::STDIN;
use super::score::{Judged, What};
use super::terminal;
use super::unfinished::Unfinished;

/// A report that is asked for: its format and its place.
pub(super) struct Wanted {
    format: Format,
    /// None for standard output.
    file: Option<PathBuf>,
}

impl Wanted {
    /// Whether it is written as JSON Lines.
    pub(super) fn is_lines(&self) -> bool {
        self.format == Format::Jsonl
    }

    /// Refuses a format that has no summary by itself.
    pub(super) fn refuse_without_summary(&self) -> Result<()> {
        if !self.format.has_summary() {
            let ending = self.format.ending();
            bail!(
                "`--summary` is for tables, .csv, .md and .jsonl: leave it out, .{ending} has one with all else"
            );
        }
        Ok(())
    }
}

impl Wanted {
    pub(super) const fn format(&self) -> Format {
        self.format
    }

    pub(super) const fn is_file(&self) -> bool {
        self.file.is_some()
    }

    /// Writes all of it at once.
    pub(super) fn write(self, bytes: &[u8]) -> Result<()> {
        let mut sink = match self.file {
            None => Sink::Stdout(BufWriter::new(io::stdout())),
            Some(path) => Sink::open(path)?,
        };
        let written = sink.writer().write_all(bytes);
        let written = written.and_then(|()| sink.writer().flush());
        sink.check(written)?;
        sink.keep()
    }
}

/// The reports that are asked for, checked before any value is read.
pub(super) fn wanted(
    paths: &[PathBuf],
    format: Option<Format>,
    inputs: &[&Path],
) -> Result<Vec<Wanted>> {
    let to_stdout = || {
        let format = format.unwrap_or(Format::Table);
        if format.is_binary() && io::stdout().is_terminal() {
            bail!(
                "a terminal cannot show .{0}: write it to a file, `-o report.{0}`",
                format.ending()
            );
        }
        Ok(Wanted { format, file: None })
    };
    if paths.is_empty() {
        return Ok(vec![to_stdout()?]);
    }
    let inputs: BTreeSet<PathBuf> =
        inputs.iter().filter_map(|path| path.canonicalize().ok()).collect();
    let mut seen = BTreeSet::new();
    let mut wanted = Vec::new();
    for path in paths {
        let is_stdout = path.as_os_str() == STDIN;
        let whole = if is_stdout { path.clone() } else { place(path)? };
        if inputs.contains(&whole) {
            let name = path.display();
            bail!("`-o {name}` is one of the inputs and would be lost: choose another name");
        }
        if !seen.insert(whole.clone()) {
            bail!("`-o {}` is given twice", path.display());
        }
        wanted.push(if is_stdout {
            to_stdout()?
        } else {
            Wanted { format: format_of(path, format)?, file: Some(whole) }
        });
    }
    Ok(wanted)
}

/// A file of a format in a folder for each of some names.
pub(super) fn each(folder: &Path, names: &[String], format: Format) -> Vec<PathBuf> {
    let mut files = FileNames::default();
    let file = |name| folder.join(format!("{}.{}", files.give(name), format.ending()));
    names.iter().map(String::as_str).map(file).collect()
}

/// The format that a file's ending says, else the one that is given.
fn format_of(path: &Path, given: Option<Format>) -> Result<Format> {
    let ending = path.extension().and_then(|ending| ending.to_str()).unwrap_or_default();
    Format::of_ending(ending).or(given).with_context(|| {
        let name = path.display();
        format!(
            "`-o {name}`: the ending says no format: use .html, .docx, .xlsx, .json, .jsonl, .csv, .md or .txt, or `--format`"
        )
    })
}

/// Refuses what replacing would harm.
fn refuse_unwritable(path: &Path) -> Result<()> {
    let name = path.display();
    if path.is_symlink() && !path.exists() {
        bail!("`-o {name}` is a link to nothing");
    }
    if path.metadata().is_ok_and(|found| found.permissions().readonly()) {
        bail!("`-o {name}` is write-protected");
    }
    Ok(())
}

/// The file that a path leads to, which need not be there, in a folder that must be.
pub(super) fn place(path: &Path) -> Result<PathBuf> {
    refuse_unwritable(path)?;
    let name = path.display();
    if path.is_dir() {
        bail!("`-o {name}` is a folder: name a file in it");
    }
    if let Ok(whole) = path.canonicalize() {
        return Ok(whole);
    }
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty());
    let folder = folder.unwrap_or(Path::new("."));
    let whole = folder.canonicalize().with_context(|| {
        format!("`-o {name}`: cannot write into the folder `{}`", folder.display())
    })?;
    match path.file_name() {
        Some(file) => Ok(whole.join(file)),
        None => bail!("`-o {name}` names no file"),
    }
}

/// A report being written.
pub(super) struct Output {
    report: Box<dyn Report>,
    sink: Sink,
    /// Whether the file begins with a byte order mark.
    mark: bool,
    /// Whether its lines are made already where the assessments are.
    is_lines: bool,
    /// Whether whoever read it has seen enough.
    is_closed: bool,
}

enum Sink {
    Stdout(BufWriter<io::Stdout>),
    /// For standard output, or for a device or a pipe that cannot be replaced: held back until
    /// the files are in their places.
    Held(BufWriter<SpooledTempFile>, Option<PathBuf>),
    /// Beside its place until it is whole.
    Whole(BufWriter<Unfinished>, PathBuf),
}

impl Output {
    /// Makes ready to write. What goes to standard output waits where there are files too: if one
    /// of them fails, nothing was written.
    pub(super) fn open(wanted: Wanted, beside_files: bool) -> Result<Self> {
        let screen = if wanted.file.is_some() { terminal::paper() } else { terminal::screen() };
        let is_lines = wanted.is_lines();
        let sink = match wanted.file {
            None if beside_files => Sink::held(None),
            None => Sink::Stdout(BufWriter::new(io::stdout())),
            Some(path) => Sink::open(path)?,
        };
        // Excel reads a file as UTF-8 only if it says so.
        let mark = wanted.format == Format::Csv && matches!(sink, Sink::Whole(..));
        Ok(Self { report: wanted.format.report(screen), sink, mark, is_lines, is_closed: false })
    }

    pub(super) fn begin(&mut self, head: &Head<'_>) -> Result<()> {
        let mark = if self.mark { "\u{feff}" } else { "" };
        let written = self.sink.writer().write_all(mark.as_bytes());
        let written = written.and_then(|()| self.report.begin(head, self.sink.writer()));
        self.check(written)
    }

    pub(super) fn add(&mut self, head: &Head<'_>, judged: &Judged<'_>) -> Result<()> {
        let sink = self.sink.writer();
        let written = match (&judged.line, &judged.what) {
            (Some(Ok(line)), _) if self.is_lines => sink.write_all(line),
            (_, What::Whole(assessment)) => self.report.add(head, assessment, sink),
            (_, What::Brief(brief)) => self.report.add_brief(head, brief, sink),
        };
        self.check(written)
    }

    pub(super) fn end(&mut self, head: &Head<'_>) -> Result<()> {
        let written = self.report.end(head, self.sink.writer());
        let written = written.and_then(|()| self.sink.writer().flush());
        self.check(written)
    }

    /// Whether nobody reads what is still to come.
    pub(super) fn is_closed(&self) -> bool {
        self.is_closed
    }

    fn check(&mut self, written: io::Result<()>) -> Result<()> {
        self.is_closed |= written.as_ref().is_err_and(is_of_closed);
        self.sink.check(written)
    }
}

/// Bytes of standard output that are held in memory; more go to a file that has no name.
const HELD: usize = 1 << 20;

/// Opens the reports that are asked for.
pub(super) fn open(wanted: Vec<Wanted>) -> Result<Vec<Output>> {
    let files = wanted.iter().any(|wanted| wanted.file.is_some());
    wanted.into_iter().map(|wanted| Output::open(wanted, files)).collect()
}

/// Lets out what was held back for devices, puts whole files in their places, and ends with
/// standard output: what is likely to fail comes before what cannot be taken back.
pub(super) fn keep(mut outputs: Vec<Output>) -> Result<()> {
    outputs.sort_by_key(|output| match output.sink {
        Sink::Held(_, Some(_)) => 0,
        Sink::Whole(..) => 1,
        Sink::Held(_, None) | Sink::Stdout(_) => 2,
    });
    outputs.into_iter().try_for_each(|output| output.sink.keep())
}

impl Sink {
    fn held(place: Option<PathBuf>) -> Self {
        Self::Held(BufWriter::new(SpooledTempFile::new(HELD)), place)
    }

    fn open(path: PathBuf) -> Result<Self> {
        let cannot = || format!("cannot write `{}`", path.display());
        let found = fs::metadata(&path).ok();
        if found.as_ref().is_some_and(|found| !found.is_file()) {
            return Ok(Self::held(Some(path)));
        }
        let folder = path.parent().unwrap_or(Path::new("."));
        let file = Unfinished::within(folder).with_context(cannot)?;
        if let Some(found) = found {
            file.set_permissions(found.permissions()).with_context(cannot)?;
        }
        Ok(Self::Whole(BufWriter::new(file), path))
    }

    fn keep(self) -> Result<()> {
        match self {
            Self::Stdout(_) => Ok(()),
            Self::Held(held, place) => {
                let mut held = held.into_inner().map_err(io::IntoInnerError::into_error)?;
                held.rewind()?;
                match place {
                    None => forgive_closed(let_out(&mut held, &mut io::stdout())),
                    Some(path) => {
                        let open = OpenOptions::new().write(true).open(&path);
                        let written = open.and_then(|mut file| let_out(&mut held, &mut file));
                        written.with_context(|| format!("cannot write `{}`", path.display()))
                    }
                }
            }
            Self::Whole(file, path) => {
                let cannot = || format!("cannot write `{}`", path.display());
                let file = file.into_inner().map_err(io::IntoInnerError::into_error);
                file.with_context(cannot)?.keep(&path).with_context(cannot)
            }
        }
    }

    fn writer(&mut self) -> &mut dyn Write {
        match self {
            Self::Held(writer, _) => writer,
            Self::Stdout(writer) => writer,
            Self::Whole(writer, _) => writer,
        }
    }

    fn check(&self, written: io::Result<()>) -> Result<()> {
        match self {
            Self::Stdout(_) => forgive_closed(written),
            Self::Held(..) => written.context("cannot hold back a report"),
            Self::Whole(_, path) => {
                written.with_context(|| format!("cannot write `{}`", path.display()))
            }
        }
    }
}

fn let_out(held: &mut SpooledTempFile, out: &mut dyn Write) -> io::Result<()> {
    io::copy(held, out)?;
    out.flush()
}

/// Whether a reader has seen enough.
fn is_of_closed(error: &io::Error) -> bool {
    error.kind() == io::ErrorKind::BrokenPipe
}

/// A reader who has seen enough closes the pipe: that is no error.
pub(super) fn forgive_closed(written: io::Result<()>) -> Result<()> {
    match written {
        Err(error) if is_of_closed(&error) => Ok(()),
        written => written.context("cannot write to standard output"),
    }
}
