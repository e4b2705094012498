//! One indicator of an assessment.

use std::borrow::Cow;

use rust_decimal::Decimal;

use super::facts::Used;
use super::tally::{Part, Scenario};
use super::{Standing, State, Sum, Tally};
use crate::data::{Measured, Origin, Value};
use crate::plan::{Ask, Indicator, Missing, NotApplicable, Plan, Target, Waiver};
use crate::text::Lang;
use crate::unit::Unit;

/// One indicator, judged.
#[derive(Debug)]
#[non_exhaustive]
pub struct Item<'a> {
    /// The indicator.
    pub indicator: &'a Indicator,
    /// What became of it.
    pub state: State,
    /// Met, but within the warning band.
    pub near: bool,
    /// Where its value stands against its target, where both are numbers.
    pub standing: Option<Standing>,
    /// The target of the year.
    pub target: Option<&'a Target>,
    /// The value that was judged: measured, or worked out.
    pub value: Option<Value>,
    /// The measured value of the year.
    pub measured: Option<Cow<'a, Measured>>,
    /// The rows that say that the value, or last year's that is needed, is not there.
    pub absent: &'a [Origin],
    /// The value of the year before, where the target or the score asks for it.
    pub last_year: Option<Cow<'a, Measured>>,
    /// The other values that its own, its target and its points rest on.
    pub used: Vec<Used<'a>>,
    /// What it is worth in full.
    pub points: Decimal,
    /// The fewest and the most points that it can earn.
    pub bounds: (Decimal, Decimal),
    /// What it earned; none where it does not count.
    pub earned: Option<Decimal>,
    /// Whether that can still change, for other regions that it is ranked among lack their value.
    pub is_open: bool,
    /// How that came about.
    pub sum: Sum<'a>,
    /// Whether the stretch of its target was reached, where it has one and a value.
    pub stretch_met: Option<bool>,
    /// A waiver whose end is past; it has no effect.
    pub expired: Option<&'a Waiver>,
}

impl<'a> Item<'a> {
    /// Whether what it counts can still come to more or less.
    pub(super) fn may_change(&self) -> bool {
        self.is_open || self.state.may_come()
    }

    /// What the item counts in a scenario, but for one that takes its share from others.
    pub(super) fn part(&self, plan: &Plan, scenario: Scenario) -> Option<Tally> {
        let earned = match (self.state, scenario) {
            (State::Met | State::Missed | State::Scored, Scenario::Low) if self.is_open => {
                self.bounds.0
            }
            (State::Met | State::Missed | State::Scored, Scenario::High) if self.is_open => {
                self.bounds.1
            }
            (State::Met | State::Missed | State::Scored, _) => self.earned?,
            (State::Missing | State::NotAssessable | State::Pending, Scenario::Low) => {
                self.bounds.0.min(Decimal::ZERO)
            }
            (State::Missing | State::NotAssessable | State::Pending, Scenario::High) => {
                self.bounds.1.max(Decimal::ZERO)
            }
            (State::Missing, Scenario::Now) => without_value(plan.scoring().missing)?,
            (State::NotAssessable, Scenario::Now) => {
                without_value(plan.scoring().not_assessable())?
            }
            (State::NotApplicable, _) => match plan.not_applicable(self.indicator) {
                NotApplicable::Full => self.points.min(self.indicator.rule.cap(self.points)),
                NotApplicable::Zero => Decimal::ZERO,
                NotApplicable::LeaveOut | NotApplicable::Mean => return None,
            },
            (State::Pending | State::NotSet | State::Waived, _) => return None,
        };
        Some(Tally::fine(self.points, earned))
    }

    /// Whether it does not apply and takes the share that the others of its group earned.
    pub(crate) fn takes_share(&self, plan: &Plan) -> bool {
        self.state == State::NotApplicable
            && plan.not_applicable(self.indicator) == NotApplicable::Mean
    }

    /// Takes over what the item counts as things stand.
    pub(super) fn settle(&mut self, part: Option<&Part>) {
        self.earned = part.map(|part| part.tally.in_points().earned);
        if let Some(share) = part.and_then(|part| part.share) {
            self.sum = Sum::Share(share.in_points());
        }
    }

    /// Why it is in its state, where that is not plain from its figures.
    pub fn reason(&self, lang: Lang) -> Option<&str> {
        let target = self.target?;
        match self.state {
            State::Waived => target.waiver.as_ref().map(|waiver| waiver.reason.get(lang)),
            State::Pending | State::NotSet => match &target.ask {
                Ask::Pending(why) | Ask::Dropped(why) => Some(why.get(lang)),
                Ask::Firm(_) | Ask::Expected(_) => None,
            },
            State::NotApplicable => match self.value.as_ref()? {
                Value::NotApplicable(why) => Some(why),
                _ => None,
            },
            State::Met | State::Missed | State::Scored | State::Missing | State::NotAssessable => {
                None
            }
        }
    }

    /// The unit of its value: the indicator's, else the one that came with the value.
    pub fn unit(&self) -> Option<&str> {
        let own = self.indicator.unit.as_ref().map(Unit::as_str);
        own.or_else(|| self.measured.as_ref()?.unit())
    }

    /// How soon somebody has to look at it: when it is missed, lacks a value that can be assessed,
    /// or is near.
    pub(super) fn urgency(&self) -> Option<u8> {
        match self.state {
            State::Missed => Some(0),
            State::Missing | State::NotAssessable => Some(1),
            _ => self.near.then_some(2),
        }
    }

    /// Whether somebody has to look at it.
    pub fn needs_attention(&self) -> bool {
        self.urgency().is_some()
    }
}

/// What an item earns as things stand that has no value, or none that can be assessed; none where
/// it does not count.
fn without_value(how: Missing) -> Option<Decimal> {
    match how {
        Missing::Zero | Missing::Refuse => Some(Decimal::ZERO),
        Missing::LeaveOut => None,
    }
}
