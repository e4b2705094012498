//! Years and spans of years.

use std::fmt;
use std::ops::RangeInclusive;
use std::str::FromStr;

use jiff::civil::{Date, date};

/// A year of assessment (考核年度), 1900 to 2199.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Year(u16);

impl Year {
    /// The year's number.
    pub fn number(self) -> u16 {
        self.0
    }

    /// The year before, which `last year` in a target means.
    #[must_use]
    pub fn before(self) -> Self {
        Self(self.0 - 1)
    }

    /// Its last day.
    pub(crate) fn end(self) -> Date {
        date(i16::try_from(self.0).unwrap_or(i16::MAX), 12, 31)
    }

    /// The year after.
    #[must_use]
    pub fn after(self) -> Self {
        Self(self.0 + 1)
    }
}

impl fmt::Display for Year {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

/// Reads `2021`, `2021年` and `2021年度`.
impl FromStr for Year {
    type Err = YearError;

    fn from_str(text: &str) -> Result<Self, YearError> {
        let text = text.trim();
        let digits = text.strip_suffix("年度").or_else(|| text.strip_suffix('年')).unwrap_or(text);
        match digits.parse() {
            Ok(year @ 1900..=2199) if digits.len() == 4 => Ok(Self(year)),
            _ => Err(YearError::NotAYear),
        }
    }
}

/// A year or a span of years, both ends included: `2021`, `2021-2025`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Years {
    first: Year,
    last: Year,
}

impl Years {
    /// Whether it is one year.
    pub fn is_single(self) -> bool {
        self.first == self.last
    }

    /// The first year.
    pub fn first(self) -> Year {
        self.first
    }

    /// The last year, which may be the first.
    pub fn last(self) -> Year {
        self.last
    }

    /// Whether a year is in it.
    pub fn contains(self, year: Year) -> bool {
        (self.first..=self.last).contains(&year)
    }

    /// Whether all of another span is in it.
    pub fn covers(self, other: Self) -> bool {
        self.outsider(other).is_none()
    }

    /// A year of another span that is not in this one.
    pub fn outsider(self, other: Self) -> Option<Year> {
        [other.first, other.last].into_iter().find(|&year| !self.contains(year))
    }

    /// The years that both have.
    pub fn shared(self, other: Self) -> Option<Self> {
        let (first, last) = (self.first.max(other.first), self.last.min(other.last));
        (first <= last).then_some(Self { first, last })
    }

    /// The first year that both have.
    pub fn overlap(self, other: Self) -> Option<Year> {
        self.shared(other).map(|years| years.first)
    }

    /// The years that another span does not have: none, one span or two.
    pub fn without(self, other: Self) -> Vec<Self> {
        let before = Self { first: self.first, last: self.last.min(Year(other.first.0 - 1)) };
        let after = Self { first: self.first.max(Year(other.last.0 + 1)), last: self.last };
        [before, after].into_iter().filter(|years| years.first <= years.last).collect()
    }

    /// Its years, in order.
    pub fn iter(self) -> impl Iterator<Item = Year> {
        let numbers: RangeInclusive<u16> = self.first.0..=self.last.0;
        numbers.map(Year)
    }
}

impl From<Year> for Years {
    fn from(year: Year) -> Self {
        Self { first: year, last: year }
    }
}

impl fmt::Display for Years {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.first == self.last {
            return self.first.fmt(f);
        }
        write!(f, "{}-{}", self.first, self.last)
    }
}

/// Reads `2021` and `2021-2025`, with a hyphen or a dash.
impl FromStr for Years {
    type Err = YearError;

    fn from_str(text: &str) -> Result<Self, YearError> {
        let Some((first, last)) = text.split_once(['-', '–', '—']) else {
            return text.parse::<Year>().map(Self::from);
        };
        let (first, last) = (first.parse()?, last.parse()?);
        if first > last {
            return Err(YearError::Backwards);
        }
        Ok(Self { first, last })
    }
}

/// Why a text is no year or span of years.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum YearError {
    /// Not a year from 1900 to 2199.
    NotAYear,
    /// The span ends before it begins.
    Backwards,
}

impl std::error::Error for YearError {}

impl fmt::Display for YearError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::NotAYear => "a year such as `2021` or a span such as `2021-2025` is expected",
            Self::Backwards => "the span ends before it begins",
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn years_are_read_as_offices_write_them() {
        for text in ["2021", "2021年", "2021年度", " 2021 "] {
            assert_eq!(text.parse::<Year>().unwrap().number(), 2021, "{text}");
        }
        for text in ["21", "12021", "+2021", "1899", "2200", "", "2021.0"] {
            assert_eq!(text.parse::<Year>(), Err(YearError::NotAYear), "{text}");
        }
    }

    #[test]
    fn spans_include_both_ends() {
        let years: Years = "2021-2023".parse().unwrap();
        assert_eq!(years.iter().count(), 3);
        assert_eq!(years.to_string(), "2021-2023");
        assert_eq!("2021–2021".parse::<Years>().unwrap().to_string(), "2021");
        assert_eq!("2025-2021".parse::<Years>(), Err(YearError::Backwards));
        let later: Years = "2023-2025".parse().unwrap();
        assert_eq!(years.overlap(later).map(Year::number), Some(2023));
        assert_eq!(years.overlap("2024".parse().unwrap()), None);
        let rest = |other: &str| {
            let rest = years.without(other.parse().unwrap());
            rest.iter().map(ToString::to_string).collect::<Vec<_>>().join(" ")
        };
        assert_eq!(rest("2022"), "2021 2023");
        assert_eq!(rest("2021-2022"), "2023");
        assert_eq!(rest("2020-2024"), "");
        assert_eq!(rest("2024"), "2021-2023");
    }
}
