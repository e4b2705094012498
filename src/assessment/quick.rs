//! Items of ordinary rules, prepared so that a value is judged and scored in a few steps. What comes
//! out is the state and the points that the long way comes to, without the words; a property test
//! holds them together. Whatever is not ordinary goes the long way.

use std::cmp::Ordering;

use rust_decimal::Decimal;
use smallvec::SmallVec;

use super::State;
use super::fixed::{DIGITS, Fixed, millionths};
use super::judge::{is_all, is_end_of_scale, is_none};
use crate::number::Short;
use crate::plan::{
    Ask, Bound, Compare, Comparison, Indicator, Kind, Method, Missing, Part, Plan, Quantity,
    Relation, Step, Target,
};
use crate::year::Year;

/// An item of a plan in a year, prepared.
#[derive(Clone, Debug)]
pub(super) struct Quick {
    pub(super) points: Fixed,
    /// The fewest and the most points that it can earn.
    bounds: (Fixed, Fixed),
    /// What it counts while its value is missing; none where it does not.
    missing: Option<Fixed>,
    /// The best grade while it is not met, as the indicator has it: to look there takes long.
    pub(super) unmet_limits_grade: Option<usize>,
    asked: Asked,
}

/// What becomes of an item.
#[derive(Clone, Copy, Debug)]
pub(super) struct Outcome {
    pub(super) state: State,
    pub(super) near: bool,
    pub(super) earned: Earned,
}

/// What an item earned.
#[derive(Clone, Copy, Debug)]
pub(super) enum Earned {
    /// So many points, whatever comes.
    Settled(Fixed),
    /// As things stand, where it counts, and what it can still end at: the least and the most.
    Open(Option<Fixed>, Fixed, Fixed),
    /// Nothing, for it does not count.
    None,
}

/// What a year asks of an item.
#[derive(Clone, Debug)]
enum Asked {
    /// No value, whatever there is.
    Nothing(State),
    /// A value that is judged, and how it becomes points.
    Value { test: Test, curve: Curve, floor: Fixed, cap: Fixed },
}

/// A comparison, in millionths. Of values that are met or not, a processor guesses every other one
/// wrong: there is nothing to guess in what holds for a whole span of them.
#[derive(Clone, Debug)]
struct Test {
    /// Whether points are given, and nothing is judged.
    is_scored: bool,
    met: Span,
    /// The bounds that a value outside is short of, whether they belong to it or not.
    bounds: Span,
    near: [Span; 2],
}

/// Values from one up to another, in millionths, with both of them.
#[derive(Clone, Copy, Debug)]
struct Span {
    from: i64,
    to: i64,
}

/// From a value to points.
#[derive(Clone, Debug)]
enum Curve {
    /// All, or nothing.
    Met(Fixed),
    /// So much off for each millionth short.
    Off { met: Fixed, slope: Fixed },
    /// So much off for each step short.
    Steps { met: Fixed, off: Fixed, per: i64, begun: bool },
    /// So much for each millionth reached, where the target is missed.
    Share { met: Fixed, slope: Fixed },
    /// Straight lines between corners, in the order of their values.
    Line(SmallVec<[Corner; 2]>),
    /// The points of the first span that holds a value, else none.
    Bands(Vec<(Span, Fixed)>),
}

/// Where a line begins, and how it goes on.
#[derive(Clone, Debug)]
struct Corner {
    value: i64,
    points: Fixed,
    slope: Fixed,
}

impl Quick {
    /// None of an item that is not ordinary.
    pub(super) fn of(plan: &Plan, index: usize, item: &Indicator, year: Year) -> Option<Self> {
        let (least, most) = item.rule.bounds(item.points);
        let points = Fixed::of(item.points).filter(|_| !item.points.is_zero())?;
        let missing = match plan.scoring().missing {
            Missing::Zero => Some(Fixed::default()),
            Missing::LeaveOut => None,
            Missing::Refuse => return None,
        };
        let bounds = (Fixed::of(least)?, Fixed::of(most)?);
        let asked = Asked::of(plan, index, item, year)?;
        let unmet_limits_grade = item.unmet_limits_grade;
        Some(Self { points, bounds, missing, unmet_limits_grade, asked })
    }

    /// Judges a value, or that there is none; none where that is not plain.
    pub(super) fn judge(&self, value: Option<Short>) -> Option<Outcome> {
        let (test, curve, floor, cap) = match &self.asked {
            Asked::Nothing(State::Pending) => return Some(self.open(State::Pending, None)),
            Asked::Nothing(state) => {
                return Some(Outcome { state: *state, near: false, earned: Earned::None });
            }
            Asked::Value { test, curve, floor, cap } => (test, curve, *floor, *cap),
        };
        let Some(value) = value else {
            return Some(self.open(State::Missing, self.missing));
        };
        let value = millionths(value.mantissa(), value.scale())?;
        let is_met = test.met.holds(value);
        let state = match is_met {
            _ if test.is_scored => State::Scored,
            true => State::Met,
            false => State::Missed,
        };
        let near = test.is_near(value) & is_met & !test.is_scored;
        let earned = curve.points(value, test, is_met && !test.is_scored)?;
        let earned = if earned < floor { floor } else { earned.min(cap) };
        Some(Outcome { state, near, earned: Earned::Settled(earned) })
    }

    /// Without a value it may end anywhere.
    fn open(&self, state: State, now: Option<Fixed>) -> Outcome {
        let none = Fixed::default();
        let earned = Earned::Open(now, self.bounds.0.min(none), self.bounds.1.max(none));
        Outcome { state, near: false, earned }
    }
}

impl Asked {
    fn of(plan: &Plan, index: usize, item: &Indicator, year: Year) -> Option<Self> {
        let Some(target) = item.target(year) else { return Some(Self::Nothing(State::NotSet)) };
        if let Some(state) = without_value(target, year) {
            return Some(Self::Nothing(state));
        }
        let rule = &item.rule;
        let is_ordinary = item.formula.is_none()
            && matches!(item.kind, Kind::Number | Kind::Task)
            && plan.needs_of(Quantity::Item(index)).is_empty()
            && plan.scoring().compare == Compare::Exact
            && !rule.of_target
            && rule.bonus.is_none()
            && rule.worse_than_last_year.is_none()
            && rule.round.is_none();
        let test = Test::of(target.comparison().filter(|_| is_ordinary)?, plan, item)?;
        let curve = Curve::of(&rule.method, rule.met(item.points), &test)?;
        let (floor, cap) = (Fixed::of(rule.floor)?, Fixed::of(rule.cap(item.points))?);
        Some(Self::Value { test, curve, floor, cap })
    }
}

/// The state of an item whatever its value, where the target says it.
fn without_value(target: &Target, year: Year) -> Option<State> {
    match &target.ask {
        Ask::Dropped(_) => Some(State::NotSet),
        _ if !target.is_in_force(year) => Some(State::Waived),
        Ask::Pending(_) => Some(State::Pending),
        Ask::Firm(_) | Ask::Expected(_) => None,
    }
}

impl Test {
    fn of(comparison: &Comparison, plan: &Plan, item: &Indicator) -> Option<Self> {
        let near = |bound: Decimal, is_end: bool| Span::near(bound, plan.scoring().near, is_end);
        match *comparison {
            Comparison::One(relation, Bound::Number(bound)) => {
                let near = near(bound, is_end_of_scale(relation, bound, item))?;
                Some(Self::one(relation, in_millionths(bound)?, near))
            }
            Comparison::Within(least, most) => {
                let near = [near(least, is_none(least))?, near(most, is_all(most, item))?];
                Some(Self::within(in_millionths(least)?, in_millionths(most)?, near))
            }
            // Progress is never beyond all of it, and nothing is near being done.
            Comparison::Done => {
                let all = in_millionths(Decimal::ONE_HUNDRED)?;
                Some(Self::one(Relation::AtLeast, all, Span::NONE))
            }
            Comparison::Scored => Some(Self::scored()),
            Comparison::One(_, Bound::Derived(_)) | Comparison::OrBetter { .. } => None,
        }
    }

    fn one(relation: Relation, bound: i64, near: Span) -> Self {
        let Span { from, to } = Span::ALL;
        let (met, bounds) = match relation {
            Relation::AtLeast => (Span { from: bound, to }, Span { from: bound, to }),
            Relation::Above => (Span { from: bound + 1, to }, Span { from: bound, to }),
            Relation::AtMost => (Span { from, to: bound }, Span { from, to: bound }),
            Relation::Below => (Span { from, to: bound - 1 }, Span { from, to: bound }),
        };
        Self { is_scored: false, met, bounds, near: [near, Span::NONE] }
    }

    fn within(from: i64, to: i64, near: [Span; 2]) -> Self {
        let met = Span { from, to };
        Self { is_scored: false, met, bounds: met, near }
    }

    fn scored() -> Self {
        let all = Span::ALL;
        Self { is_scored: true, met: all, bounds: all, near: [Span::NONE; 2] }
    }

    /// The bound, where there is one alone.
    fn only_bound(&self) -> Option<i64> {
        let Span { from, to } = self.bounds;
        match (from == Span::ALL.from, to == Span::ALL.to) {
            (false, true) => Some(from),
            (true, false) => Some(to),
            _ => None,
        }
    }

    fn is_near(&self, value: i64) -> bool {
        let [one, other] = &self.near;
        one.holds(value) | other.holds(value)
    }

    /// By how much a value that is not met is short of the nearer bound.
    fn short(&self, value: i64) -> i64 {
        (self.bounds.from - value).max(value - self.bounds.to)
    }
}

impl Span {
    /// Those of all values that are counted so, with room for differences between them.
    const ALL: Self = Self { from: i64::MIN / 2, to: i64::MAX / 2 };
    const NONE: Self = Self { from: 0, to: -1 };

    fn holds(&self, value: i64) -> bool {
        (self.from <= value) & (value <= self.to)
    }

    /// The band around a bound, with its edges, in which values are near it; none where that cannot be
    /// said in these numbers.
    fn near(bound: Decimal, near: Option<Decimal>, is_end: bool) -> Option<Self> {
        let Some(near) = near.filter(|_| !is_end) else { return Some(Self::NONE) };
        let (bound, near) = (in_millionths(bound)?, in_millionths(near)?);
        // Values are whole millionths: what is less than one makes no difference.
        let hundredfold = 100 * 10_i128.pow(DIGITS);
        let distance = i128::from(bound).abs().checked_mul(near.into())? / hundredfold;
        let distance: i64 = distance.try_into().ok()?;
        Some(Self { from: bound.checked_sub(distance)?, to: bound.checked_add(distance)? })
    }
}

impl Curve {
    fn of(method: &Method, met: Decimal, test: &Test) -> Option<Self> {
        let is_asked = !test.is_scored;
        let all = Fixed::of(met);
        match method {
            Method::AllOrNothing if is_asked => all.map(Self::Met),
            Method::Off { step: Step { points, per, part, .. }, zero_at: None } if is_asked => {
                let (met, per) = (all?, in_millionths(*per)?);
                if *part == Part::Share {
                    let slope = Fixed::slope(in_millionths(*points)?, per)?;
                    return Some(Self::Off { met, slope });
                }
                let off = Fixed::of(*points)?;
                Some(Self::Steps { met, off, per, begun: *part == Part::Begun })
            }
            Method::Proportional { times, round_rate: None, zero_at: None } => {
                let bound = test.only_bound()?;
                let factor = times.unwrap_or(Decimal::ONE);
                let most = in_millionths(met.checked_mul(factor)?.normalize())?;
                let slope = if bound > 0 { Fixed::slope(most, bound)? } else { Fixed::default() };
                Some(Self::Share { met: all?, slope })
            }
            Method::Line(pairs) => pairs
                .iter()
                .zip(pairs.iter().skip(1).map(Some).chain([None]))
                .map(|(from, to)| Corner::of(*from, to.copied()))
                .collect::<Option<_>>()
                .map(Self::Line),
            Method::Bands(bands) => bands
                .iter()
                .map(|band| Some((self::band(band.holds.as_ref())?, Fixed::of(band.points)?)))
                .collect::<Option<_>>()
                .map(Self::Bands),
            _ => None,
        }
    }

    fn points(&self, value: i64, test: &Test, is_met: bool) -> Option<Fixed> {
        match self {
            Self::Met(met) => Some(if is_met { *met } else { Fixed::default() }),
            Self::Off { met, .. } | Self::Steps { met, .. } | Self::Share { met, .. } if is_met => {
                Some(*met)
            }
            Self::Off { met, slope } => Some(*met + slope.times(-test.short(value))?),
            Self::Steps { met, off, per, begun } => {
                let short = test.short(value);
                let is_begun = *begun && short % per != 0;
                let count = short.checked_div(*per)? + i64::from(is_begun);
                Some(*met + off.times(-count)?)
            }
            Self::Share { met, slope } => Some(slope.times(value.max(0))?.min(*met)),
            Self::Line(corners) => {
                let behind = corners.partition_point(|corner| corner.value <= value);
                match behind.checked_sub(1).and_then(|at| corners.get(at)) {
                    Some(from) => Some(from.points + from.slope.times(value - from.value)?),
                    None => corners.first().map(|first| first.points),
                }
            }
            Self::Bands(bands) => {
                let band = bands.iter().find(|(span, _)| span.holds(value));
                Some(band.map(|(_, points)| *points).unwrap_or_default())
            }
        }
    }
}

impl Corner {
    /// The line is flat behind its last corner.
    fn of((value, points): (Decimal, Decimal), to: Option<(Decimal, Decimal)>) -> Option<Self> {
        let slope = match to {
            Some((end, at_end)) => {
                let run = in_millionths(end)? - in_millionths(value)?;
                let rise = in_millionths(at_end)? - in_millionths(points)?;
                match run.cmp(&0) {
                    Ordering::Greater => Fixed::slope(rise, run)?,
                    Ordering::Equal | Ordering::Less => return None,
                }
            }
            None => Fixed::default(),
        };
        Some(Self { value: in_millionths(value)?, points: Fixed::of(points)?, slope })
    }
}

/// Bands are held against the value that counts, with all its digits; nothing is near them.
fn band(holds: Option<&Comparison>) -> Option<Span> {
    match holds {
        None => Some(Span::ALL),
        Some(Comparison::One(relation, Bound::Number(bound))) => {
            Some(Test::one(*relation, in_millionths(*bound)?, Span::NONE).met)
        }
        Some(Comparison::Within(least, most)) => {
            Some(Span { from: in_millionths(*least)?, to: in_millionths(*most)? })
        }
        Some(_) => None,
    }
}

fn in_millionths(number: Decimal) -> Option<i64> {
    let number = number.normalize();
    millionths(i64::try_from(number.mantissa()).ok()?, number.scale())
}
