//! What changed between two results.

use std::io::{self, Write};
use std::path::Path;

use anyhow::{Context, Result, bail};
use assess::report::{CompareFormat, Comparison, Published};

use super::End;
use super::input::Bytes;
use super::output::forgive_closed;
use super::terminal;
use crate::cli::{self, CompareFormatName};

pub(super) fn run(args: &cli::Compare) -> Result<End> {
    let (before_name, _, before) = read(&args.before)?;
    let (after_name, _, after) = read(&args.after)?;
    let lang = args.lang.map(Into::into);
    let compared = Comparison::of((&before_name, &before), (&after_name, &after), lang);
    let comparison = match compared {
        Ok(comparison) => comparison,
        Err(why) => bail!("`{before_name}` and `{after_name}` cannot be compared: {why}"),
    };
    let format = match args.format {
        CompareFormatName::Table => CompareFormat::Table(terminal::screen()),
        CompareFormatName::Markdown => CompareFormat::Markdown,
        CompareFormatName::Json => CompareFormat::Json,
    };
    let mut bytes = Vec::new();
    comparison.write(format, &mut bytes)?;
    forgive_closed(io::stdout().write_all(&bytes))?;
    Ok(if comparison.differs() { End::Found } else { End::Done })
}

/// Reads a result; gives the name that it was given by, its text and what that says.
pub(super) fn read(path: &Path) -> Result<(String, String, Published)> {
    let Bytes { name, bytes } = Bytes::read(path)?;
    let text = String::from_utf8(bytes).ok().with_context(|| {
        format!("`{name}` is no text in UTF-8: give a result that `--format json` wrote")
    })?;
    let text = text.strip_prefix('\u{feff}').unwrap_or(&text);
    let result = Published::read(text).with_context(|| format!("cannot read `{name}`"))?;
    let text = text.to_owned();
    Ok((name, text, result))
}
