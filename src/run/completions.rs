//! `assess completions`.

use std::io::{self, Write};

use anyhow::Result;
use clap::CommandFactory;
use clap_complete::Shell;

use super::End;
use super::output::forgive_closed;
use crate::cli::Cli;

pub(super) fn print(shell: Shell) -> Result<End> {
    let mut script = Vec::new();
    clap_complete::generate(shell, &mut Cli::command(), "assess", &mut script);
    forgive_closed(io::stdout().write_all(&script))?;
    Ok(End::Done)
}
