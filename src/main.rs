//! `assess`: scores a yearly environmental target assessment.

mod cli;
mod run;

use std::process::ExitCode;

use clap::Parser;

fn main() -> ExitCode {
    run::run(cli::Cli::parse()).into()
}
