//! Which regions are scored, and what is odd about them.

use anyhow::{Result, bail};
use assess::data::{Measurements, Region};
use assess::diagnostic::Diagnostic;
use assess::plan::{Book, Indicator, Method, Plan};
use assess::spelling::{fold_name, nearest};
use assess::year::{Year, Years};

use super::terminal::Terminal;

/// The regions to score, the plan's own first: those asked for, else all that have values.
pub(super) fn choose(
    asked: &[String],
    plan: &Plan,
    measurements: &Measurements<'_>,
) -> Result<Vec<String>> {
    let own = plan.about().region.as_str();
    let known: Vec<&str> = measurements.regions().map(Region::name).collect();
    let mut regions = Vec::new();
    for name in asked {
        let asked = plan.region_called(name);
        match measurements.region(asked) {
            Some(region) => regions.push(region.name().to_owned()),
            None if fold_name(asked) == fold_name(own) => regions.push(own.to_owned()),
            None => {
                let near = nearest(asked, known.iter().copied());
                if near.is_empty() {
                    let known = known.join(", ");
                    bail!("no value is for the region `{asked}`; there are values for: {known}");
                }
                let near = near.join("`, `");
                bail!("no value is for the region `{asked}`; did you mean `{near}`?");
            }
        }
    }
    if asked.is_empty() {
        let all = if known.is_empty() { vec![own] } else { known };
        regions.extend(all.into_iter().map(str::to_owned));
    }
    regions.sort_by(|a, b| (a != own, a).cmp(&(b != own, b)));
    regions.dedup();
    Ok(regions)
}

/// Warns of regions that the plan or a letter names and that no value is for: a slip of the pen
/// would go unnoticed.
pub(super) fn warn_of_unknown(
    book: &Book,
    measurements: &Measurements<'_>,
    terminal: &mut Terminal,
) {
    let own = fold_name(&book.plan().about().region);
    for region in book.named_regions() {
        if fold_name(region) == own || measurements.region(region).is_some() {
            continue;
        }
        let known = measurements.regions().map(Region::name);
        let near = nearest(region, known);
        let help = match near.first() {
            Some(near) => format!("did you mean `{near}`?"),
            None => "mend the name, or add the region's values".to_owned(),
        };
        let message = format!("the plan names the region `{region}`, and no value is for it");
        terminal.show(&[Diagnostic::warning("unknown-region", message).help(help)]);
    }
}

/// Warns of ranks among a single region, which say nothing.
pub(super) fn warn_of_lone_ranks(
    years: Years,
    plan: &Plan,
    measurements: &Measurements<'_>,
    terminal: &mut Terminal,
) {
    for year in years.iter() {
        let has_values = |region: &&Region| region.has_values_of(year);
        let is_ranked = |item: &&Indicator| {
            item.target(year).is_some() && matches!(item.rule.method, Method::Rank(_))
        };
        let ranked: Vec<_> = plan.indicators().iter().filter(is_ranked).collect();
        if let Some(first) = ranked.first()
            && measurements.regions().filter(has_values).count() == 1
        {
            let others = match ranked.len() {
                1 => String::new(),
                count => format!(" and {}", super::count(count - 1, "other item")),
            };
            let message = format!("one region alone is ranked in {year}: `{}`{others}", first.id);
            let help = "give the values of all regions that are compared";
            terminal.show(&[Diagnostic::warning("lone-rank", message).help(help)]);
        }
    }
}

/// So many warnings of one kind are shown; there may be one a region.
const MOST_WARNINGS: usize = 20;

/// Warns of a year that is to be scored and that no value is of, and of a region that seems to be
/// the plan's own by another name.
pub(super) fn warn(
    regions: &[(&str, Option<&Region>)],
    years: Years,
    plan: &Plan,
    terminal: &mut Terminal,
) {
    let own = plan.about().region.as_str();
    let (mut alike, mut empty) = (0, 0);
    for &(region, values) in regions {
        let is_alike = region != own && (region.contains(own) || own.contains(region));
        alike += usize::from(is_alike);
        if is_alike && alike <= MOST_WARNINGS {
            let message = format!("`{region}` is scored apart from the plan's region, `{own}`");
            let help = format!("if they are one, write `{own}` for both");
            terminal.show(&[Diagnostic::warning("like-region", message).help(help)]);
        }
        let is_empty = |year: &Year| !values.is_some_and(|values| values.has_values_of(*year));
        for year in years.iter().filter(is_empty) {
            empty += 1;
            if empty > MOST_WARNINGS {
                continue;
            }
            let message = format!("{region} has no value of {year}: everything is missing");
            let help = match values.and_then(Region::latest_year) {
                Some(other) => format!(
                    "the last that it has are of {other}; mend the year in its file, title or \
                     sheet, or score that year"
                ),
                None => "add its values, or score other years".to_owned(),
            };
            terminal.show(&[Diagnostic::warning("empty-year", message).help(help)]);
        }
    }
    for (code, count, what) in [
        ("like-region", alike, "regions like the plan's"),
        ("empty-year", empty, "years without a value"),
    ] {
        if count > MOST_WARNINGS {
            let message =
                format!("{} more warnings of {what} are not shown", count - MOST_WARNINGS);
            let help = "score some of the regions with `--region` to see theirs";
            terminal.show(&[Diagnostic::warning(code, message).help(help)]);
        }
    }
}
