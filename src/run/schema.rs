//! `assess schema`.

use std::io::{self, Write};

use anyhow::Result;
use assess::schema;

use super::End;
use super::output::forgive_closed;
use crate::cli::SchemaOf;

pub(super) fn print(of: SchemaOf) -> Result<End> {
    let text = match of {
        SchemaOf::Target => schema::TARGET,
        SchemaOf::Result => schema::RESULT,
        SchemaOf::Compare => schema::COMPARISON,
    };
    forgive_closed(io::stdout().write_all(text.as_bytes()))?;
    Ok(End::Done)
}
