//! What is said about a run, on standard error.

use std::io::{self, IsTerminal, Write};

use anstream::ColorChoice;
use assess::diagnostic::{Diagnostic, Level};
use assess::emit;
use assess::report::Screen;
use assess::spelling::printable;
use terminal_size::terminal_size_of;

use super::progress::Progress;
use crate::cli;

/// The width of a report that goes to no terminal.
const PLAIN_WIDTH: u16 = 120;

/// How many warnings and how many errors are shown at a time; the others are counted.
const MOST_SHOWN: usize = 200;

/// Standard error, and how much is said there.
pub(crate) struct Terminal {
    quiet: bool,
    verbose: bool,
    style: emit::Style,
    warnings: usize,
}

impl Terminal {
    pub(super) fn new(args: Option<&cli::Score>) -> Self {
        let stderr = io::stderr();
        let width = terminal_size_of(&stderr).map_or(PLAIN_WIDTH, |(width, _)| width.0);
        Self {
            quiet: args.is_some_and(|args| args.quiet),
            verbose: args.is_some_and(|args| args.verbose),
            style: emit::Style { width: usize::from(width), colour: colour(&stderr) },
            warnings: 0,
        }
    }

    /// Says nothing from now on but warnings and errors.
    pub(super) fn hush(&mut self) {
        self.quiet = true;
    }

    /// Says what is good to know.
    pub(super) fn note(&self, text: &str) {
        if !self.quiet {
            say(&format!("note: {}\n", printable(text)));
        }
    }

    /// Says what only those want to know who ask for it.
    pub(super) fn detail(&self, text: impl FnOnce() -> String) {
        if self.verbose {
            say(&format!("note: {}\n", printable(&text())));
        }
    }

    /// Says why the run could not be done.
    pub(super) fn error(&self, error: &anyhow::Error) {
        say(&format!("error: {}\n", printable(&format!("{error:#}"))));
    }

    /// Says what was found that the caller asked to fail on.
    pub(super) fn found(&self, text: &str) {
        say(&format!("failed: {}\n", printable(text)));
    }

    /// Shows findings, an empty line after each, and how many there were beyond the first.
    pub(super) fn show(&mut self, findings: &[Diagnostic]) {
        let of = |level| findings.iter().filter(move |finding| finding.level == level);
        // Errors last, where they are seen, and none hidden by others.
        let levels = [Level::Note, Level::Warning, Level::Error].into_iter();
        let shown = levels.flat_map(|level| of(level).take(MOST_SHOWN));
        let mut count = 0;
        for finding in shown {
            count += 1;
            say(&format!("{}\n", emit::snippet(finding, self.style)));
        }
        if findings.len() > count {
            say(&format!("… and {} more\n\n", findings.len() - count));
        }
        self.warnings += findings.iter().filter(|f| f.level == Level::Warning).count();
    }

    /// The bar of a file that is read, of so many bytes.
    pub(super) fn progress_of_reading(&self, bytes: u64) -> Progress {
        Progress::of_reading(bytes, !self.quiet)
    }

    /// The bar of so many assessments; none where a report scrolls by on the same screen.
    pub(super) fn progress_of_assessing(&self, count: usize, to_stdout: bool) -> Progress {
        let scrolls = to_stdout && io::stdout().is_terminal();
        Progress::of_assessing(count, !self.quiet && !scrolls)
    }

    /// How many warnings were shown.
    pub(super) fn warnings(&self) -> usize {
        self.warnings
    }
}

/// The screen that a report on standard output is for.
pub(super) fn screen() -> Screen {
    let stdout = io::stdout();
    Screen {
        width: terminal_size_of(&stdout).map_or(PLAIN_WIDTH, |(width, _)| width.0),
        colour: colour(&stdout),
    }
}

/// What a file is that a table is written to.
pub(super) fn paper() -> Screen {
    Screen { width: PLAIN_WIDTH, colour: false }
}

fn colour<S: IsTerminal + anstream::stream::RawStream>(stream: &S) -> bool {
    anstream::AutoStream::choice(stream) != ColorChoice::Never
}

/// That nobody listens is no error.
fn say(text: &str) {
    let _ = io::stderr().write_all(text.as_bytes());
}
