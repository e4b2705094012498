//! Files that are written beside their places and then renamed. None of them stays where the program is
//! stopped meanwhile.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::process;
use std::sync::{Mutex, Once};

use tempfile::NamedTempFile;

/// Where files were made; those that are in their places are no longer there.
static MADE: Mutex<Vec<PathBuf>> = Mutex::new(Vec::new());

/// What shells say of a program that Ctrl-C stopped: 128 and the number of the signal.
const STOPPED: i32 = 130;

/// A file without its place yet, in the folder of that place.
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
