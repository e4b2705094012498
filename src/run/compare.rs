//! What changed between two results.

use std::path::Path;

use anyhow::{Context, Result, bail};
use assess::report::{CompareFormat, Comparison, Format, Published};

use super::End;
use super::input::Bytes;
use super::output::{self, Wanted};
use super::terminal;
use crate::cli::{self, CompareFormatName};

pub(super) fn run(args: &cli::Compare) -> Result<End> {
    let wanted = wanted(args)?;
    let format = match wanted.format() {
        Format::Table if wanted.is_file() => CompareFormat::Table(terminal::paper()),
        Format::Table => CompareFormat::Table(terminal::screen()),
        Format::Markdown => CompareFormat::Markdown,
        Format::Json => CompareFormat::Json,
        other => bail!("a comparison is no .{}: use .txt, .md or .json", other.ending()),
    };
    let (before_name, _, before) = read(&args.before)?;
    let (after_name, _, after) = read(&args.after)?;
    let lang = args.lang.map(Into::into);
    let compared = Comparison::of((&before_name, &before), (&after_name, &after), lang);
    let comparison = match compared {
        Ok(comparison) => comparison,
        Err(why) => bail!("`{before_name}` and `{after_name}` cannot be compared: {why}"),
    };
    let mut bytes = Vec::new();
    comparison.write(format, &mut bytes)?;
    wanted.write(&bytes)?;
    Ok(if comparison.differs() { End::Found } else { End::Done })
}

/// Where the comparison goes, and its format.
fn wanted(args: &cli::Compare) -> Result<Wanted> {
    let format = args.format.map(|format| match format {
        CompareFormatName::Table => Format::Table,
        CompareFormatName::Markdown => Format::Markdown,
        CompareFormatName::Json => Format::Json,
    });
    let wanted = output::wanted(args.output.as_slice(), format, &[&args.before, &args.after])?;
    wanted.into_iter().next().context("no place for the comparison")
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
