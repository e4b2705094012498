//! How a value becomes points.

use rust_decimal::Decimal;

use super::comparison::Comparison;
use super::quantity::Symbol;
use super::scoring::Rounding;
use crate::formula::Formula;

/// How an item's value becomes points (评分标准): a method, and what is done with what it gives.
#[derive(Clone, Debug, Default, PartialEq)]
#[non_exhaustive]
pub struct Rule {
    /// The method.
    pub method: Method,
    /// Whether distances, bands and lines are in per cent of the target's bound.
    pub of_target: bool,
    /// What just meeting the target earns; none for all the item's points.
    pub met: Option<Decimal>,
    /// What going beyond the target adds.
    pub bonus: Option<Bonus>,
    /// What the item earns where its value is worse than last year's, whatever else it is.
    pub worse_than_last_year: Option<Decimal>,
    /// How the points are rounded; none where they are not.
    pub round: Option<Rounding>,
    /// The fewest points that it can earn; below zero for a penalty.
    pub floor: Decimal,
    /// The most points that it can earn; none for what [`Rule::cap()`] says then.
    pub cap: Option<Decimal>,
}

/// From a value to points. What each means is told in `docs/scoring.md`.
#[derive(Clone, Debug, Default, PartialEq)]
#[non_exhaustive]
pub enum Method {
    /// Met: all, missed: nothing.
    #[default]
    AllOrNothing,
    /// So many points off for each step short of the target.
    Off {
        /// What is taken off, for how much.
        step: Step,
        /// Where this holds, nothing is left.
        zero_at: Option<Comparison>,
    },
    /// The share of the target that was reached.
    Proportional {
        /// By which it is multiplied where the target is missed.
        times: Option<Decimal>,
        /// To how many digits the rate, in per cent, is rounded first.
        round_rate: Option<u32>,
        /// Where this holds, nothing is left.
        zero_at: Option<Comparison>,
    },
    /// Straight lines between pairs of value and points, in the order of the values.
    Line(Vec<(Decimal, Decimal)>),
    /// The first that holds.
    Bands(Vec<Band>),
    /// The points of each of the indicator's classes, in their order.
    States(Vec<Decimal>),
    /// By place among regions.
    Rank(Rank),
    /// The value is the points.
    Reported,
    /// One expression.
    Formula(Formula<Symbol>),
}

/// So many points for each so much.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Step {
    /// The points.
    pub points: Decimal,
    /// For how much, in the unit of the value.
    pub per: Decimal,
    /// How a part of that counts.
    pub part: Part,
}

/// How a part of a step counts, where rules say nothing (不足一个单位的计法).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub enum Part {
    /// In proportion.
    #[default]
    Share,
    /// Not at all: only whole steps count.
    Whole,
    /// As a whole one: each step that was begun counts.
    Begun,
}

/// What going beyond the target adds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Bonus {
    /// What is added, for how much.
    pub step: Step,
    /// The most that is added; none where only the cap ends it.
    pub up_to: Option<Decimal>,
}

/// The points of the values for which a comparison holds.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Band {
    /// The comparison; none for all that is left.
    pub holds: Option<Comparison>,
    /// The points.
    pub points: Decimal,
}

/// Points by place among regions (排名).
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Rank {
    /// How places become points.
    pub by: RankBy,
    /// What places those have that are equal.
    pub ties: RankTies,
    /// The regions that are compared; empty for all that have a value.
    pub among: Vec<String>,
    /// Regions that are not compared, for nothing is asked of them in the year: letters dropped or
    /// waived the item there.
    pub except: Vec<String>,
}

/// How places become points.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum RankBy {
    /// The first earns what meeting the target earns, the last this, those between on a straight
    /// line by their place.
    Place(Decimal),
    /// The same on a straight line by their value.
    Value(Decimal),
    /// By bands of places.
    Bands(Vec<Band>),
}

/// What places those have that are equal.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub enum RankTies {
    /// The better one, and the places after it are skipped: 1, 2, 2, 4.
    #[default]
    Skip,
    /// The better one, and none is skipped: 1, 2, 2, 3.
    Dense,
    /// The mean of theirs: 1, 2.5, 2.5, 4.
    Mean,
}

impl Part {
    pub(super) const WORDS: [(&str, Self); 3] =
        [("share", Self::Share), ("whole", Self::Whole), ("begun", Self::Begun)];
}

impl RankTies {
    pub(super) const WORDS: [(&str, Self); 3] =
        [("skip", Self::Skip), ("dense", Self::Dense), ("mean", Self::Mean)];
}

impl Method {
    /// Whether it asks what just meeting the target earns; others say of every value what it does.
    pub(super) fn takes_met(&self) -> bool {
        match self {
            Self::AllOrNothing | Self::Off { .. } | Self::Proportional { .. } => true,
            Self::Rank(rank) => !matches!(rank.by, RankBy::Bands(_)),
            Self::Line(_)
            | Self::Bands(_)
            | Self::States(_)
            | Self::Reported
            | Self::Formula(_) => false,
        }
    }
}

impl Rule {
    /// What just meeting the target earns, of an item's points.
    pub fn met(&self, points: Decimal) -> Decimal {
        self.met.unwrap_or(points)
    }

    /// The most that an item of some points can earn: the cap, else its points, or what meeting
    /// the target and the bonus come to where that is more.
    pub fn cap(&self, points: Decimal) -> Decimal {
        let with_bonus =
            self.bonus.and_then(|bonus| bonus.up_to).map(|up_to| self.met(points) + up_to);
        self.cap.unwrap_or_else(|| with_bonus.map_or(points, |most| points.max(most)))
    }

    /// Between which points an item can come out, whatever its value.
    pub fn bounds(&self, points: Decimal) -> (Decimal, Decimal) {
        let (met, cap) = (self.met(points), self.cap(points));
        // What has no end of its own goes beyond floor and cap, and is held at them.
        let below = self.floor - Decimal::ONE;
        let of = |points: &mut dyn Iterator<Item = Decimal>| {
            let all: Vec<Decimal> = points.collect();
            let least = all.iter().copied().min().unwrap_or(self.floor);
            (least, all.into_iter().max().unwrap_or(cap))
        };
        let (least, most) = match &self.method {
            Method::AllOrNothing | Method::Proportional { .. } => (Decimal::ZERO, met),
            Method::Off { .. } => (below, met),
            Method::Line(pairs) => of(&mut pairs.iter().map(|&(_, points)| points)),
            Method::Bands(bands) => of(&mut with_else(bands)),
            Method::States(states) => of(&mut states.iter().copied()),
            Method::Rank(Rank { by: RankBy::Bands(bands), .. }) => of(&mut with_else(bands)),
            Method::Rank(Rank { by: RankBy::Place(last) | RankBy::Value(last), .. }) => {
                of(&mut [met, *last].into_iter())
            }
            Method::Reported | Method::Formula(_) => (below, cap + Decimal::ONE),
        };
        let bonus = self.bonus.map(|bonus| bonus.up_to.unwrap_or(cap - met)).unwrap_or_default();
        let worse = self.worse_than_last_year;
        let least = worse.map_or(least, |worse| worse.min(least));
        let most = worse.map_or(most + bonus, |worse| worse.max(most + bonus));
        (self.finished(least, points), self.finished(most, points))
    }

    /// Points as they count: rounded where the rule says so, and held within floor and cap.
    pub fn finished(&self, earned: Decimal, points: Decimal) -> Decimal {
        let rounded = self.round.map_or(earned, |round| round.apply(earned));
        rounded.max(self.floor).min(self.cap(points))
    }
}

/// The points on a line through pairs of value and points, flat outside; none without pairs.
pub(super) fn on_line(pairs: &[(Decimal, Decimal)], value: Decimal) -> Option<Decimal> {
    Segment::of(pairs, value)?.points(value)
}

/// The part of a line that a value is on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Segment {
    /// Where it begins: value and points.
    pub from: (Decimal, Decimal),
    /// Where it ends; the same where the value is at a pair, or outside them all.
    pub to: (Decimal, Decimal),
}

impl Segment {
    /// The part of a line that a value is on; none without pairs.
    pub fn of(pairs: &[(Decimal, Decimal)], value: Decimal) -> Option<Self> {
        let behind = pairs.partition_point(|&(at, _)| at <= value);
        let before = behind.checked_sub(1).and_then(|at| pairs.get(at));
        let from = before.or_else(|| pairs.first()).copied()?;
        let is_inside = before.is_some() && from.0 < value;
        let to = pairs.get(behind).filter(|_| is_inside).copied().unwrap_or(from);
        Some(Self { from, to })
    }

    /// The points of a value on it.
    pub fn points(self, value: Decimal) -> Option<Decimal> {
        let (run, rise) = (self.to.0 - self.from.0, self.to.1 - self.from.1);
        if run.is_zero() {
            return Some(self.from.1);
        }
        let step = (value - self.from.0).checked_mul(rise)?.checked_div(run)?;
        self.from.1.checked_add(step)
    }
}

/// The first of some bands that a value is in; a class is given by its place in their order.
pub fn in_band(bands: &[Band], value: Decimal) -> Option<&Band> {
    bands.iter().find(|band| band.holds.as_ref().is_none_or(|holds| holds.is_met_by(value)))
}

/// The points of bands, and those of a value for which none holds.
fn with_else(bands: &[Band]) -> impl Iterator<Item = Decimal> {
    let is_open = bands.iter().all(|band| band.holds.is_some());
    bands.iter().map(|band| band.points).chain(is_open.then_some(Decimal::ZERO))
}
