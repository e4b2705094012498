//! Files as bytes, and which files a path stands for.

use std::collections::BTreeSet;
use std::fs::{self, File, Metadata};
use std::io::{self, Read, Seek, SeekFrom};
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail};
use assess::diagnostic::Diagnostic;
use assess::spelling::printable;
use sha2::{Digest, Sha256};
use tempfile::SpooledTempFile;

/// The name of standard input.
pub(super) const STDIN: &str = "-";

/// What was read, under the name that it was asked for by.
pub(super) struct Bytes {
    pub(super) name: String,
    pub(super) bytes: Vec<u8>,
}

impl Bytes {
    /// Reads a file; `-` is standard input.
    pub(super) fn read(path: &Path) -> Result<Self> {
        let name = shown(path);
        let bytes = if path.as_os_str() == STDIN {
            let mut bytes = Vec::new();
            io::stdin().read_to_end(&mut bytes).context("cannot read standard input")?;
            bytes
        } else {
            fs::read(path).with_context(|| format!("cannot read `{name}`"))?
        };
        Ok(Self { name, bytes })
    }
}

pub(super) fn sha256(bytes: &[u8]) -> String {
    hex(&Sha256::digest(bytes))
}

fn hex(digest: &[u8]) -> String {
    digest.iter().map(|byte| format!("{byte:02x}")).collect()
}

/// A path on one line, which may be the first of it: two colons would make that a command to GitHub Actions.
pub(super) fn shown(path: &Path) -> String {
    let shown = printable(&path.display().to_string()).replace('\n', "\u{fffd}");
    if shown.starts_with("::") { format!("./{shown}") } else { shown }
}

/// A file of measured values, or one sheet of it.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct DataFile {
    pub(super) path: PathBuf,
    pub(super) sheet: Option<String>,
    /// What it is called, without the sheet.
    pub(super) name: String,
}

/// Endings of files that may hold measured values.
const ENDINGS: [&str; 8] = ["csv", "tsv", "txt", "xlsx", "xlsm", "xlsb", "xls", "ods"];

impl DataFile {
    /// The files that paths stand for, in one order whatever the order in which they were given,
    /// and what was passed over in folders.
    pub(super) fn all(paths: &[PathBuf]) -> Result<(Vec<Self>, Vec<Diagnostic>)> {
        let (mut files, mut passed) = (Vec::new(), Vec::new());
        for path in paths {
            if path.is_dir() {
                let before = files.len();
                in_folder(path, &mut files, &mut passed)?;
                if files.len() == before {
                    bail!(
                        "the folder `{}` has no file of measured values ({})",
                        path.display(),
                        ENDINGS.map(|ending| format!(".{ending}")).join(", ")
                    );
                }
            } else {
                files.push(Self::named(path));
            }
        }
        files.sort();
        refuse_twice(&files)?;
        Ok((files, passed))
    }

    /// A file, with the sheet that is named behind a `#`. Either may have a `#` in its name: the
    /// longest name that a file has is the file's.
    fn named(path: &Path) -> Self {
        let text = path.to_str().filter(|_| !path.exists()).unwrap_or_default();
        let mut parts = text.rmatch_indices('#').filter_map(|(at, _)| {
            let (file, rest) = text.split_at_checked(at)?;
            Some((file, rest.strip_prefix('#')?))
        });
        match parts.find(|(file, _)| Path::new(file).exists()) {
            Some((file, sheet)) => Self { sheet: Some(sheet.to_owned()), ..Self::whole(file) },
            None => Self::whole(path),
        }
    }

    fn whole(path: impl Into<PathBuf>) -> Self {
        let path = path.into();
        Self { name: shown(&path), sheet: None, path }
    }

    /// Opens it to be read more than once.
    pub(super) fn open(&self) -> Result<OpenFile> {
        let name = &self.name;
        let cannot = || format!("cannot read `{name}`");
        if self.path.as_os_str() == STDIN {
            return OpenFile::spool(io::stdin()).context("cannot read standard input");
        }
        let file = File::open(&self.path).with_context(cannot)?;
        let found = file.metadata().with_context(cannot)?;
        if found.is_file() {
            Ok(OpenFile::new(Opened::File(file, found)))
        } else {
            OpenFile::spool(file).with_context(cannot)
        }
    }
}

/// Refuses what is given twice: its values would seem to have two sources.
fn refuse_twice(files: &[DataFile]) -> Result<()> {
    let place = |file: &DataFile| file.path.canonicalize().unwrap_or_else(|_| file.path.clone());
    let whole = files.iter().filter(|file| file.sheet.is_none()).map(place);
    let whole: BTreeSet<PathBuf> = whole.collect();
    let mut seen = BTreeSet::new();
    for file in files {
        let is_new = seen.insert((place(file), &file.sheet));
        if !is_new || file.sheet.is_some() && whole.contains(&place(file)) {
            let sheet = file.sheet.as_ref().map(|sheet| format!("#{sheet}")).unwrap_or_default();
            bail!("`--data {}{sheet}` is given twice", file.name);
        }
    }
    Ok(())
}

/// Adds the files of a folder and of those in it.
fn in_folder(folder: &Path, files: &mut Vec<DataFile>, passed: &mut Vec<Diagnostic>) -> Result<()> {
    let cannot = || format!("cannot read the folder `{}`", folder.display());
    let entries = fs::read_dir(folder).with_context(cannot)?;
    let paths: io::Result<Vec<_>> = entries.map(|entry| Ok(entry?.path())).collect();
    let mut paths = paths.with_context(cannot)?;
    paths.sort();
    for path in paths {
        let name = path.file_name().map(|name| name.to_string_lossy().into_owned());
        let name = name.unwrap_or_default();
        // Hidden, or the mark of a spreadsheet program that has a file open.
        if name.starts_with('.') || name.starts_with("~$") {
            continue;
        }
        let ending = path.extension().map(|ending| ending.to_string_lossy().to_lowercase());
        let is_data = ending.is_some_and(|ending| ENDINGS.contains(&ending.as_str()));
        let why = if path.is_dir() {
            if !path.is_symlink() {
                in_folder(&path, files, passed)?;
                continue;
            }
            "links to folders are not followed"
        } else if !path.exists() {
            "it is a link that leads nowhere"
        } else if !path.is_file() {
            "it is no ordinary file"
        } else if is_data {
            files.push(DataFile::whole(path));
            continue;
        } else {
            "its ending is none of a table's"
        };
        let message = format!("`{}` is passed over: {why}", shown(&path));
        let help = "name it with `--data` if it holds values";
        passed.push(Diagnostic::warning("not-data", message).help(help));
    }
    Ok(())
}

/// An open file that can be read from its start again, and is hashed as it is read.
pub(super) struct OpenFile {
    from: Opened,
    /// Where it is read next.
    at: u64,
    hasher: Sha256,
    /// How much of it is hashed, from its start.
    hashed: u64,
}

/// What is read.
enum Opened {
    /// A file, and what was known of it when it was opened.
    File(File, Metadata),
    /// What came from standard input, a pipe or a device.
    Spooled(SpooledTempFile),
}

/// Bytes of a pipe that are held in memory; more go to a file that has no name.
const HELD: usize = 1 << 20;

impl OpenFile {
    fn new(from: Opened) -> Self {
        Self { from, at: 0, hasher: Sha256::new(), hashed: 0 }
    }

    fn spool(mut from: impl Read) -> io::Result<Self> {
        let mut spooled = SpooledTempFile::new(HELD);
        io::copy(&mut from, &mut spooled)?;
        spooled.rewind()?;
        Ok(Self::new(Opened::Spooled(spooled)))
    }

    /// The SHA-256 of its bytes, in hexadecimal. What was not read is read for it.
    pub(super) fn sha256(&mut self) -> io::Result<String> {
        self.seek(SeekFrom::Start(self.hashed))?;
        io::copy(self, &mut io::sink())?;
        Ok(hex(&self.hasher.clone().finalize()))
    }

    /// How many bytes it has, where that is known.
    pub(super) fn len(&self) -> u64 {
        match &self.from {
            Opened::File(_, known) => known.len(),
            Opened::Spooled(_) => 0,
        }
    }

    /// Whether it is still as it was when it was opened, as far as can be told: by length and time. What
    /// a file system does not keep is no sign of a change.
    pub(super) fn is_unchanged(&self) -> io::Result<bool> {
        let Opened::File(file, before) = &self.from else { return Ok(true) };
        let now = file.metadata()?;
        Ok(before.len() == now.len() && before.modified().ok() == now.modified().ok())
    }
}

impl Read for OpenFile {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let count = match &mut self.from {
            Opened::File(file, _) => file.read(buffer),
            Opened::Spooled(file) => file.read(buffer),
        }?;
        let end = self.at + count as u64;
        // What is read again is hashed once.
        let known = self.hashed.checked_sub(self.at).and_then(|known| usize::try_from(known).ok());
        if let Some(new) = known.and_then(|known| buffer.get(known..count)) {
            self.hasher.update(new);
            self.hashed = end;
        }
        self.at = end;
        Ok(count)
    }
}

impl Seek for OpenFile {
    fn seek(&mut self, to: SeekFrom) -> io::Result<u64> {
        self.at = match &mut self.from {
            Opened::File(file, _) => file.seek(to),
            Opened::Spooled(file) => file.seek(to),
        }?;
        Ok(self.at)
    }
}
