//! How far long work has come, on a terminal's standard error.

use std::io::{self, IsTerminal, Read, Seek, SeekFrom};
use std::sync::Mutex;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, Instant};

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};

/// Work that takes no longer needs no bar.
const PATIENCE: Duration = Duration::from_secs(1);

/// Pieces of work that are done between two looks at the clock.
const STRIDE: u64 = 64;

/// A bar that shows itself once the work takes long, and leaves nothing behind.
pub(super) struct Progress {
    template: &'static str,
    length: u64,
    done: AtomicU64,
    begun: Instant,
    is_wanted: bool,
    bar: Mutex<Option<ProgressBar>>,
}

impl Progress {
    /// For a file of so many bytes.
    pub(super) fn of_reading(bytes: u64, is_wanted: bool) -> Self {
        Self::new("reading {bar:30} {percent}%, {bytes} read, {eta} left", bytes, is_wanted)
    }

    /// For so many assessments.
    pub(super) fn of_assessing(count: usize, is_wanted: bool) -> Self {
        Self::new("assessing {bar:30} {pos} of {len}, {eta} left", count as u64, is_wanted)
    }

    fn new(template: &'static str, length: u64, is_wanted: bool) -> Self {
        let is_wanted = is_wanted && io::stderr().is_terminal();
        let (done, begun, bar) = (AtomicU64::new(0), Instant::now(), Mutex::new(None));
        Self { template, length, done, begun, is_wanted, bar }
    }

    /// Says that a piece of work is done.
    pub(super) fn advance(&self, by: u64) {
        let before = self.done.fetch_add(by, Ordering::Relaxed);
        let done = before + by;
        if self.is_wanted
            && before / STRIDE != done / STRIDE
            && self.begun.elapsed() > PATIENCE
            && let Ok(mut bar) = self.bar.lock()
        {
            bar.get_or_insert_with(|| self.show()).set_position(done);
        }
    }

    fn show(&self) -> ProgressBar {
        let bar = ProgressBar::with_draw_target(Some(self.length), ProgressDrawTarget::stderr());
        let style = ProgressStyle::with_template(self.template);
        // Frames of signs that every terminal draws in one column.
        let style = style.unwrap_or_else(|_| ProgressStyle::default_bar()).progress_chars("=> ");
        bar.with_style(style).with_elapsed(self.begun.elapsed())
    }
}

/// What is said next begins on an empty line.
impl Drop for Progress {
    fn drop(&mut self) {
        if let Ok(Some(bar)) = self.bar.get_mut() {
            bar.finish_and_clear();
        }
    }
}

/// A reader whose bytes are work that is done; where it is read again, the work begins again.
pub(super) struct Watched<'p, R> {
    inner: R,
    progress: &'p Progress,
}

impl<'p, R> Watched<'p, R> {
    pub(super) fn new(inner: R, progress: &'p Progress) -> Self {
        Self { inner, progress }
    }
}

impl<R: Read> Read for Watched<'_, R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let count = self.inner.read(buffer)?;
        self.progress.advance(count as u64);
        Ok(count)
    }
}

impl<R: Seek> Seek for Watched<'_, R> {
    fn seek(&mut self, to: SeekFrom) -> io::Result<u64> {
        let at = self.inner.seek(to)?;
        self.progress.done.store(at, Ordering::Relaxed);
        Ok(at)
    }
}
