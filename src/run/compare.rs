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
    let formats: Vec<CompareFormat> = wanted.iter().map(format_of).collect::<Result<_>>()?;
    let (before_name, _, before) = read(&args.before)?;
    let (after_name, _, after) = read(&args.after)?;
    let lang = args.lang.map(Into::into);
    let compared = Comparison::of((&before_name, &before), (&after_name, &after), lang);
    let comparison = match compared {
        Ok(comparison) => comparison,
        Err(why) => bail!("`{before_name}` and `{after_name}` cannot be compared: {why}"),
    };
    let comparison = comparison.only(&args.region)?;
    let comparison = if args.summary { comparison.summary() } else { comparison };
    for (wanted, format) in wanted.into_iter().zip(formats) {
        let mut bytes = Vec::new();
        comparison.write(format, &mut bytes)?;
        wanted.write(&bytes)?;
    }
    Ok(if comparison.differs() { End::Found } else { End::Done })
}

fn format_of(wanted: &Wanted) -> Result<CompareFormat> {
    Ok(match wanted.format() {
        Format::Table if wanted.is_file() => CompareFormat::Table(terminal::paper()),
        Format::Table => CompareFormat::Table(terminal::screen()),
        Format::Markdown => CompareFormat::Markdown,
        Format::Json => CompareFormat::Json,
        other => bail!("a comparison is no .{}: use .txt, .md or .json", other.ending()),
    })
}

/// Where the comparison goes, and in which formats.
fn wanted(args: &cli::Compare) -> Result<Vec<Wanted>> {
    let format = args.format.map(|format| match format {
        CompareFormatName::Table => Format::Table,
        CompareFormatName::Markdown => Format::Markdown,
        CompareFormatName::Json => Format::Json,
    });
    output::wanted(&args.output, format, &[&args.before, &args.after])
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
