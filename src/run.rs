//! The commands: files, the terminal, exit codes. The only place that prints.

mod completions;
mod input;
mod output;
mod score;
mod targets;
mod terminal;

use std::process::ExitCode;

use self::terminal::Terminal;
use crate::cli::{Cli, Command};

/// How a run ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum End {
    /// Done.
    Done,
    /// Done, and what the caller asked to fail on was found.
    Found,
    /// Could not run; nothing was written.
    Stopped,
}

impl From<End> for ExitCode {
    fn from(end: End) -> Self {
        match end {
            End::Done => Self::SUCCESS,
            End::Found => Self::from(1),
            End::Stopped => Self::from(2),
        }
    }
}

/// Runs what was typed.
pub(crate) fn run(cli: Cli) -> End {
    let mut terminal = Terminal::new(cli.score.as_ref());
    let end = match (cli.command, cli.score) {
        (Some(Command::Completions { shell }), _) => completions::print(shell),
        (None, Some(args)) => score::run(&args, &mut terminal),
        // clap shows the help instead.
        (None, None) => Ok(End::Done),
    };
    end.unwrap_or_else(|error| {
        terminal.error(&error);
        End::Stopped
    })
}

/// `1 fault`, `3 faults`.
fn faults(count: usize) -> String {
    format!("{count} {}", if count == 1 { "fault" } else { "faults" })
}
