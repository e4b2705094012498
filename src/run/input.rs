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

pub(super) fn shown(path: &Path) -> String {
    printable(&path.display().to_string())
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
            Ok(OpenFile::File(file, found))
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

/// An open file that can be read from its start again.
pub(super) enum OpenFile {
    /// A file, and what was known of it when it was opened.
    File(File, Metadata),
    /// What came from standard input, a pipe or a device.
    Spooled(SpooledTempFile),
}

/// Bytes of a pipe that are held in memory; more go to a file that has no name.
const HELD: usize = 1 << 20;

impl OpenFile {
    fn spool(mut from: impl Read) -> io::Result<Self> {
        let mut spooled = SpooledTempFile::new(HELD);
        io::copy(&mut from, &mut spooled)?;
        Ok(Self::Spooled(spooled))
    }

    /// The SHA-256 of its bytes, in hexadecimal.
    pub(super) fn sha256(&mut self) -> io::Result<String> {
        self.rewind()?;
        let mut hasher = Sha256::new();
        let mut piece = vec![0; 1 << 16];
        loop {
            let count = self.read(&mut piece)?;
            if count == 0 {
                return Ok(hex(&hasher.finalize()));
            }
            hasher.update(piece.get(..count).unwrap_or_default());
        }
    }

    /// How many bytes it has, where that is known.
    pub(super) fn len(&self) -> u64 {
        match self {
            Self::File(_, known) => known.len(),
            Self::Spooled(_) => 0,
        }
    }

    /// Whether it is worth while to hash it on a thread of its own.
    pub(super) fn is_long(&self) -> bool {
        const SHORT: u64 = 1 << 20;
        self.len() > SHORT
    }

    /// Whether it is still as it was when it was opened.
    pub(super) fn is_unchanged(&self) -> io::Result<bool> {
        let Self::File(file, before) = self else { return Ok(true) };
        Ok(is_like(before, &file.metadata()?))
    }

    /// Whether another is read at a place of its own: a name that stands for an open file (`/dev/fd/3`) may
    /// give that once more.
    pub(super) fn is_apart_from(&mut self, other: &mut Self) -> io::Result<bool> {
        other.rewind()?;
        self.seek(SeekFrom::Start(1))?;
        Ok(other.stream_position()? == 0)
    }

    /// Whether another that was opened by the same name is the same file, as far as can be told.
    pub(super) fn is_like(&self, other: &Self) -> bool {
        let (Self::File(_, one), Self::File(_, other)) = (self, other) else { return false };
        is_like(one, other)
    }
}

/// By length and time: what a file system does not keep is no sign of a change.
fn is_like(one: &Metadata, other: &Metadata) -> bool {
    one.len() == other.len() && one.modified().ok() == other.modified().ok()
}

impl Read for OpenFile {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        match self {
            Self::File(file, _) => file.read(buffer),
            Self::Spooled(file) => file.read(buffer),
        }
    }
}

impl Seek for OpenFile {
    fn seek(&mut self, to: SeekFrom) -> io::Result<u64> {
        match self {
            Self::File(file, _) => file.seek(to),
            Self::Spooled(file) => file.seek(to),
        }
    }
}
