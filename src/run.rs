//! The commands: files, the terminal, exit codes. The only place that prints.

mod check;
mod compare;
mod completions;
mod day;
mod explain;
mod file_name;
mod fix;
mod gate;
mod input;
mod output;
mod progress;
mod regions;
mod schema;
mod score;
mod sql;
mod suppose;
mod targets;
mod template;
mod terminal;
mod unfinished;
mod values;
mod verify;
mod workers;

use std::process::ExitCode;

use assess::diagnostic::{Diagnostic, Level};

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
        (Some(Command::Compare(args)), _) => compare::run(&args),
        (Some(Command::Verify(args)), _) => verify::run(&args, &mut terminal),
        (Some(Command::Check(args)), _) => check::run(&args, &mut terminal),
        (Some(Command::Explain(args)), _) => explain::run(&args, &mut terminal),
        (Some(Command::Schema { of }), _) => schema::print(of),
        (Some(Command::Sql(args)), _) => sql::run(&args, &mut terminal),
        (Some(Command::Template(args)), _) => template::run(&args, &mut terminal),
        (None, Some(args)) => score::run(&args, &mut terminal),
        // clap shows the help instead.
        (None, None) => Ok(End::Done),
    };
    end.unwrap_or_else(|error| {
        terminal.error(&error);
        End::Stopped
    })
}

/// `1 row`, `3 rows`.
fn count(count: usize, what: &str) -> String {
    format!("{count} {what}{}", if count == 1 { "" } else { "s" })
}

/// How many of the findings are faults.
fn faults(findings: &[Diagnostic]) -> String {
    count(findings.iter().filter(|finding| finding.level == Level::Error).count(), "fault")
}
