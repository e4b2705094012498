//! What has measured values: indicators, and inputs that are measured but not assessed.

use super::class::Classes;
use super::indicator::Kind;
use super::need::Need;
use crate::formula::Range;
use crate::text::Text;
use crate::unit::Unit;
use crate::year::Year;

/// What a measured value is of.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Quantity {
    /// An indicator, by its index in [`Plan::indicators`](super::Plan::indicators).
    Item(usize),
    /// An input, by its index in [`Plan::inputs`](super::Plan::inputs).
    Input(usize),
}

/// A value that is measured and not assessed (基础数据), for formulas: days with data, the number
/// of villages, incidents of a kind.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Input {
    /// Its name for machines, unique among indicators and inputs.
    pub id: String,
    /// Its name for people.
    pub name: Text,
    /// Other names that measured values may come under.
    pub aliases: Vec<String>,
    /// The unit of its values.
    pub unit: Option<Unit>,
    /// Its legal values.
    pub range: Range,
    /// What a value of it needs to be assessable, in the order of the file.
    pub needs: Vec<Need>,
    /// What a value of 0 is; none where its unit says so.
    pub zero: Option<Zero>,
}

/// What a measured value of 0 is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Zero {
    /// Hardly a measured one: a blank, or a value below what can be detected.
    Suspect,
    /// A value like others.
    Plain,
}

/// How a value comes about during its year, where what is left of it can be told before the end.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Accrual {
    /// It counts up (累计): days of heavy pollution, accidents.
    Count,
    /// It is the share of the days so far that something is so (天数占比).
    ShareOfDays,
}

impl Accrual {
    pub(super) const WORDS: [(&str, Self); 2] =
        [("count", Self::Count), ("share-of-days", Self::ShareOfDays)];
}

/// What a measured value must fit: the part that indicators and inputs have in common.
#[derive(Clone, Copy, Debug)]
#[non_exhaustive]
pub struct Measure<'a> {
    /// The name for machines.
    pub id: &'a str,
    /// The name for people.
    pub name: &'a Text,
    /// What the values are.
    pub kind: &'a Kind,
    /// The unit of values that are numbers.
    pub unit: Option<&'a Unit>,
    /// The legal values.
    pub range: Range,
    /// Whether they are worked out and not measured.
    pub is_worked_out: bool,
    /// Whether a value of 0 is hardly a measured one.
    pub zero_is_suspect: bool,
}

impl Input {
    /// Every text that names it.
    pub(super) fn names(&self) -> impl Iterator<Item = &str> {
        let aliases = self.aliases.iter().map(String::as_str);
        std::iter::once(self.id.as_str()).chain(self.name.wordings()).chain(aliases)
    }
}

impl Zero {
    pub(super) const WORDS: [(&str, Self); 2] =
        [("suspect", Self::Suspect), ("plain", Self::Plain)];

    /// Whether a value of 0 in a unit is hardly a measured one: as it is said, else where the unit
    /// is one of concentrations, of which there is always some.
    pub(super) fn is_suspect(said: Option<Self>, unit: Option<&Unit>) -> bool {
        match said {
            Some(said) => said == Self::Suspect,
            None => unit.is_some_and(Unit::is_concentration),
        }
    }
}

impl<'a> Measure<'a> {
    pub(super) fn of_input(input: &'a Input) -> Self {
        Self {
            id: &input.id,
            name: &input.name,
            kind: &Kind::Number,
            unit: input.unit.as_ref(),
            range: input.range,
            is_worked_out: false,
            zero_is_suspect: Zero::is_suspect(input.zero, input.unit.as_ref()),
        }
    }

    /// The name of one of its classes, given by its place in their order; empty where it has none.
    pub fn class_name(self, rank: usize) -> &'a str {
        self.classes().and_then(|classes| classes.name(rank)).unwrap_or_default()
    }

    fn classes(self) -> Option<&'a Classes> {
        match self.kind {
            Kind::Class(classes) => Some(classes),
            Kind::Number | Kind::Task => None,
        }
    }
}

/// What a name in a formula stands for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Symbol {
    /// A measured value.
    Value(Quantity, When),
    /// The bound of the item's own target.
    Target,
    /// The item's own points.
    Points,
    /// The state of an item, in conditions.
    State(usize),
    /// The points that something earned, in conditions.
    Earned(Member),
    /// What it earned of its points, in conditions.
    Share(Member),
    /// The smallest share of all items, in conditions.
    LowestShare,
    /// The score, in conditions.
    Score,
    /// How many items are missed, in conditions.
    Missed,
    /// How many items lack their value, in conditions.
    Missing,
    /// Of how many items the value cannot be assessed, in conditions.
    NotAssessable,
}

/// Of which year a value is, as seen from the year assessed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum When {
    /// The year itself.
    ThisYear,
    /// The year before.
    LastYear,
    /// The base year of what the formula is of.
    BaseYear,
    /// This one.
    Year(Year),
}

/// An item or a group, by its index in the plan.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Member {
    /// An item.
    Item(usize),
    /// A group.
    Group(usize),
}
