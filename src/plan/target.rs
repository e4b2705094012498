//! What an indicator asks for in which years, and how firm that is.

use jiff::civil::Date;

use super::comparison::Comparison;
use crate::catalogue::Catalogue;
use crate::text::{Lang, Text};
use crate::unit::Unit;
use crate::year::{Year, Years};

/// The target (目标) of an indicator for a year or a span of years.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Target {
    /// The years that it is for.
    pub years: Years,
    /// What it asks for.
    pub ask: Ask,
    /// A further aim (力争) that is reported and not scored.
    pub stretch: Option<Comparison>,
    /// Its waiver, in force or past its end.
    pub waiver: Option<Waiver>,
    /// Where it is from: the document, as an index into [`Plan::layers`](super::Plan::layers).
    pub layer: usize,
    /// The target that it took the place of.
    pub before: Option<Box<Target>>,
}

/// What a target asks for, and how firmly.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Ask {
    /// A condition that is set.
    Firm(Comparison),
    /// A condition that the document calls expected or striven for (预计, 争取): assessed alike,
    /// and marked.
    Expected(Comparison),
    /// The number comes later, from elsewhere (待定); the text says from where.
    Pending(Text),
    /// The item is assessed no longer; the text says why.
    Dropped(Text),
}

impl Target {
    /// The condition, unless it is pending.
    pub fn comparison(&self) -> Option<&Comparison> {
        match &self.ask {
            Ask::Firm(comparison) | Ask::Expected(comparison) => Some(comparison),
            Ask::Pending(_) | Ask::Dropped(_) => None,
        }
    }

    /// What it asks for, as people read it: `≥ 90%`, `≥ 81.7% (expected)`, `> last year`,
    /// `pending`; the unit is that of the item.
    pub fn show(&self, unit: Option<&Unit>, lang: Lang) -> String {
        let catalogue = Catalogue::of(lang);
        match &self.ask {
            Ask::Firm(comparison) => comparison.show_in(unit, lang),
            Ask::Expected(comparison) => {
                let target = comparison.show_in(unit, lang);
                catalogue.say("target_expected", &[("target", &target)])
            }
            Ask::Pending(_) => catalogue.word("target_pending").to_owned(),
            Ask::Dropped(_) => catalogue.word("target_dropped").to_owned(),
        }
    }

    /// Whether a year asks for it: it is neither dropped nor waived, and may be pending.
    pub fn is_in_force(&self, year: Year) -> bool {
        let is_waived = self.waiver.as_ref().is_some_and(|waiver| waiver.covers(year));
        !self.is_dropped() && !is_waived
    }

    /// Whether a value is held against it in a year: it is in force, and its number is set.
    pub fn is_judged(&self, year: Year) -> bool {
        self.comparison().is_some() && self.is_in_force(year)
    }

    /// Whether it, or its stretch, is held against the year before.
    pub fn needs_last_year(&self) -> bool {
        self.comparisons().any(Comparison::needs_last_year)
    }

    /// Its condition and its stretch.
    pub(crate) fn comparisons(&self) -> impl Iterator<Item = &Comparison> {
        self.comparison().into_iter().chain(&self.stretch)
    }

    /// Works out its bounds from the target of another year, where they are worked out from that of a year.
    pub(super) fn refer(&mut self, from: Year, to: Year) {
        let asked = match &mut self.ask {
            Ask::Firm(asked) | Ask::Expected(asked) => Some(asked),
            Ask::Pending(_) | Ask::Dropped(_) => None,
        };
        asked.into_iter().chain(&mut self.stretch).for_each(|asked| asked.refer(from, to));
    }

    /// Whether the item is assessed no longer.
    pub fn is_dropped(&self) -> bool {
        matches!(self.ask, Ask::Dropped(_))
    }

    /// It and those that it took the place of, the latest first.
    pub fn history(&self) -> impl Iterator<Item = &Self> {
        std::iter::successors(Some(self), |target| target.before.as_deref())
    }

    /// `firm`, `expected`, `pending` or `dropped`.
    pub fn firmness(&self) -> &'static str {
        match self.ask {
            Ask::Firm(_) => "firm",
            Ask::Expected(_) => "expected",
            Ask::Pending(_) => "pending",
            Ask::Dropped(_) => "dropped",
        }
    }
}

/// Lifts a target (豁免): the item is not judged while it is in force.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Waiver {
    /// Why.
    pub reason: Text,
    /// Who approved it.
    pub by: String,
    /// Its last day.
    pub until: Date,
}

impl Waiver {
    /// Whether it still holds when a year is assessed, which is at that year's end.
    pub fn covers(&self, year: Year) -> bool {
        self.until >= year.end()
    }
}
