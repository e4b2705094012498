//! One thing that is assessed.

use rust_decimal::Decimal;

use super::class::Classes;
use super::target::Target;
use crate::text::Text;
use crate::unit::Unit;
use crate::year::Year;

/// An indicator (指标) or a task (任务) of the plan.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Indicator {
    /// Its name for machines, unique in the plan.
    pub id: String,
    /// Its group, as an index into the plan's groups.
    pub group: Option<usize>,
    /// Its name for people.
    pub name: Text,
    /// Other names that measured values may come under.
    pub aliases: Vec<String>,
    /// What its values are.
    pub kind: Kind,
    /// The unit of its values and targets; none for tasks, classes and pure numbers.
    pub unit: Option<Unit>,
    /// What it is worth in full (分值).
    pub points: Decimal,
    /// How much it counts in a group that is `weighted`.
    pub weight: Decimal,
    /// The units that answer for it (责任单位, 牵头单位), in the document's order.
    pub lead: Vec<String>,
    /// The units that support them (配合单位).
    pub support: Vec<String>,
    /// The clause (条款) of the document that asks for it.
    pub clause: Option<String>,
    /// Its targets, in the order of their years; no two share a year.
    pub targets: Vec<Target>,
}

/// What the values of an indicator are.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Kind {
    /// A number in the indicator's unit.
    Number,
    /// Done, not done, or progress in per cent.
    Task,
    /// One of some ordered classes.
    Class(Classes),
}

impl Indicator {
    /// The target of a year; none where the plan sets none.
    pub fn target(&self, year: Year) -> Option<&Target> {
        self.targets.iter().find(|target| target.years.contains(year))
    }

    /// The name of one of its classes, given by its place in their order; empty where it has none.
    pub fn class_name(&self, rank: usize) -> &str {
        match &self.kind {
            Kind::Class(classes) => classes.name(rank).unwrap_or_default(),
            Kind::Number | Kind::Task => "",
        }
    }

    /// Every text that names it.
    pub(super) fn names(&self) -> impl Iterator<Item = &str> {
        let aliases = self.aliases.iter().map(String::as_str);
        std::iter::once(self.id.as_str()).chain(self.name.wordings()).chain(aliases)
    }
}
