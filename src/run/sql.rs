//! `assess sql`.

use std::io::{self, Write};

use anyhow::{Result, bail};
use assess::sql::{self, Wanted};

use super::End;
use super::output::forgive_closed;
use super::targets;
use super::terminal::Terminal;
use crate::cli::Sql;

pub(super) fn run(args: &Sql, terminal: &mut Terminal) -> Result<End> {
    refuse_table(&args.table)?;
    let chosen = targets::choose(&args.of.targets, args.of.plan.as_deref(), terminal)?;
    terminal.note(&format!("the plan is {}", chosen.describe()));
    super::score::refuse_years(args.years, chosen.plan())?;
    let wanted = Wanted {
        dialect: args.dialect.into(),
        table: &args.table,
        years: args.years,
        lang: chosen.lang(args.of.lang.map(Into::into)),
    };
    match sql::query(&chosen.book, &wanted) {
        Ok(query) => {
            forgive_closed(io::stdout().lock().write_all(query.as_bytes()))?;
            Ok(End::Done)
        }
        Err(refusals) => {
            let lines: Vec<_> = refusals.iter().map(|refusal| format!("\n  {refusal}")).collect();
            let what = super::count(refusals.len(), "thing");
            bail!("{what} of the plan cannot be said exactly by a query:{}", lines.concat());
        }
    }
}

/// The name is written into the query as it is.
fn refuse_table(table: &str) -> Result<()> {
    let is_of_name =
        |c: char| c.is_alphanumeric() || matches!(c, '_' | '.' | '"' | '`' | '$' | ' ');
    let quotes = table.matches('"').count() + table.matches('`').count();
    let is_bare = quotes > 0 || !table.contains(' ');
    if table.trim().is_empty()
        || !table.chars().all(is_of_name)
        || !quotes.is_multiple_of(2)
        || !is_bare
    {
        bail!(
            "`{table}` is no name of a table: write it as the query should, such as `air.values`"
        );
    }
    Ok(())
}
