//! The day of a run, where one is asked for: no clock is looked at else.

use std::env;

use anyhow::{Context, Result};
use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::Offset;

/// The day of the environment's `SOURCE_DATE_EPOCH`, if it is there.
pub(super) fn of_environment() -> Result<Option<Date>> {
    let Ok(text) = env::var("SOURCE_DATE_EPOCH") else { return Ok(None) };
    let seconds: i64 = text.parse().ok().with_context(|| {
        format!("the environment's SOURCE_DATE_EPOCH is no number of seconds: `{text}`")
    })?;
    let day = of_seconds(seconds);
    day.map(Some).context("the environment's SOURCE_DATE_EPOCH is no time of this era")
}

/// The day in UTC of a count of seconds since 1970.
pub(super) fn of_seconds(seconds: i64) -> Option<Date> {
    let time = Timestamp::from_second(seconds).ok()?;
    Some(Offset::UTC.to_datetime(time).date())
}
