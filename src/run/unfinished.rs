//! Files that are written beside their places and then renamed. None of them stays where the program is
//! stopped meanwhile.

use std::fs;
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::process;
use std::sync::{Mutex, Once};
use std::thread::{self, JoinHandle};

use tempfile::NamedTempFile;

/// Where files were made; those that are in their places are no longer there.
static MADE: Mutex<Vec<PathBuf>> = Mutex::new(Vec::new());

/// What shells say of a program that Ctrl-C stopped: 128 and the number of the signal.
const STOPPED: i32 = 130;

/// A file without its place yet. It comes to the disk while it is written: little is left to be waited for
/// when it is whole.
pub(super) struct Unfinished {
    file: NamedTempFile,
    /// Bytes that were written since the last was put to the disk.
    new: usize,
    syncing: Option<JoinHandle<io::Result<()>>>,
}

/// So many bytes are put to the disk at a time.
const PIECE: usize = 1 << 23;

impl Unfinished {
    /// In the folder of its place.
    pub(super) fn within(folder: &Path) -> io::Result<Self> {
        Ok(Self { file: unfinished(folder)?, new: 0, syncing: None })
    }

    pub(super) fn set_permissions(&self, permissions: fs::Permissions) -> io::Result<()> {
        self.file.as_file().set_permissions(permissions)
    }

    /// Puts it into its place, once all of it is on the disk.
    pub(super) fn keep(mut self, place: &Path) -> io::Result<()> {
        self.wait()?;
        self.file.as_file().sync_all()?;
        self.file.persist(place).map(drop).map_err(|error| error.error)
    }

    fn wait(&mut self) -> io::Result<()> {
        let ended = |_| Err(io::Error::other("the thread that puts it to the disk ended"));
        self.syncing.take().map_or(Ok(()), |syncing| syncing.join().unwrap_or_else(ended))
    }
}

impl Write for Unfinished {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let count = self.file.write(bytes)?;
        self.new += count;
        if self.new >= PIECE && self.syncing.as_ref().is_none_or(JoinHandle::is_finished) {
            self.wait()?;
            let file = self.file.as_file().try_clone()?;
            // Where no thread can be had, it is done at the end.
            self.syncing = thread::Builder::new().spawn(move || file.sync_data()).ok();
            self.new = 0;
        }
        Ok(count)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.file.flush()
    }
}

/// A file in the folder of its place.
pub(super) fn unfinished(folder: &Path) -> io::Result<NamedTempFile> {
    static WATCH: Once = Once::new();
    // Where no signal can be waited for, a file may stay.
    WATCH.call_once(|| drop(ctrlc::set_handler(stop)));
    let mut builder = tempfile::Builder::new();
    builder.prefix(".assess-");
    #[cfg(unix)]
    builder.permissions(std::os::unix::fs::PermissionsExt::from_mode(0o666));
    // Who stops the program meanwhile waits until it is known where the file is.
    let mut made = MADE.lock();
    // Without the name of a file that nobody asked for.
    let file = builder.tempfile_in(folder).map_err(|error| io::Error::from(error.kind()))?;
    if let Ok(made) = &mut made {
        made.push(file.path().to_owned());
    }
    Ok(file)
}

fn stop() {
    if let Ok(made) = MADE.lock() {
        for path in made.iter() {
            let _ = fs::remove_file(path);
        }
    }
    process::exit(STOPPED);
}
