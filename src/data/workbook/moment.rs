//! Dates and times: days counted from a first one.

use jiff::Span;
use jiff::civil::Date;
use rust_decimal::prelude::{Decimal, ToPrimitive};

use super::amount::Amount;

/// The seconds of a day.
const DAY: i64 = 86_400;

/// What a cell that counts days shows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Moment {
    /// With the time, if it is not midnight.
    Date,
    /// The time of day.
    Time,
    /// Hours that go on past 24.
    Span,
}

/// The day that a workbook counts from.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum Epoch {
    /// Day 1 is 1900-01-01.
    #[default]
    Of1900,
    /// Day 0 is 1904-01-01, as in old workbooks of the Macintosh.
    Of1904,
}

impl Moment {
    /// As ISO 8601 writes it. None for days outside the calendar.
    pub(super) fn write(self, days: Amount, epoch: Epoch) -> Option<String> {
        let days = days.to_string().parse::<Decimal>().ok()?;
        let seconds = days.checked_mul(Decimal::from(DAY))?.round().to_i64()?;
        let seconds = u64::try_from(seconds).ok()?;
        let (day, time) = (seconds / 86_400, clock(seconds % 86_400));
        match self {
            Self::Span => Some(clock(seconds)),
            Self::Time if day == 0 => Some(time),
            Self::Date | Self::Time => {
                let date = epoch.date(i64::try_from(day).ok()?)?;
                Some(if time == "00:00:00" { date } else { format!("{date}T{time}") })
            }
        }
    }
}

fn clock(seconds: u64) -> String {
    format!("{:02}:{:02}:{:02}", seconds / 3600, seconds / 60 % 60, seconds % 60)
}

impl Epoch {
    fn date(self, day: i64) -> Option<String> {
        let (year, month, first) = match (self, day) {
            // Excel counts a 29 February 1900, which was none.
            (Self::Of1900, 60) => return Some("1900-02-29".to_owned()),
            (Self::Of1900, ..60) => (1899, 12, 31),
            (Self::Of1900, _) => (1899, 12, 30),
            (Self::Of1904, _) => (1904, 1, 1),
        };
        let first = Date::new(year, month, first).ok()?;
        Some(first.checked_add(Span::new().try_days(day).ok()?).ok()?.to_string())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn write(moment: Moment, days: &str, epoch: Epoch) -> String {
        let days = Amount::from_text(days).unwrap();
        moment.write(days, epoch).unwrap_or_else(|| "none".to_owned())
    }

    #[test]
    fn counts_days() {
        let date = |days| write(Moment::Date, days, Epoch::Of1900);
        assert_eq!(date("44561"), "2021-12-31");
        assert_eq!(date("44561.5"), "2021-12-31T12:00:00");
        assert_eq!(date("44561.99999999"), "2022-01-01");
        assert_eq!(date("1"), "1900-01-01");
        assert_eq!(date("59"), "1900-02-28");
        assert_eq!(date("60"), "1900-02-29");
        assert_eq!(date("61"), "1900-03-01");
        assert_eq!(date("2021"), "1905-07-13");
        assert_eq!(date("2958465"), "9999-12-31");
        assert_eq!(date("2958466"), "none");
        assert_eq!(date("1e300"), "none");
        assert_eq!(date("1e18"), "none");
        assert_eq!(date("-1"), "none");
        assert_eq!(write(Moment::Date, "43099", Epoch::Of1904), "2021-12-31");
        assert_eq!(write(Moment::Time, "0.75", Epoch::Of1900), "18:00:00");
        assert_eq!(write(Moment::Time, "44561.75", Epoch::Of1900), "2021-12-31T18:00:00");
        assert_eq!(write(Moment::Span, "1.5", Epoch::Of1900), "36:00:00");
    }
}
