//! One thing that is assessed.

use rust_decimal::Decimal;

use super::class::Classes;
use super::comparison::{Anchor, Better, Comparison};
use super::need::Need;
use super::quantity::{Accrual, Measure, Symbol, Zero};
use super::rule::Rule;
use super::scoring::NotApplicable;
use super::target::Target;
use crate::formula::{Formula, Range};
use crate::text::Text;
use crate::unit::Unit;
use crate::year::Year;

/// An indicator (指标) or a task (任务) of the plan.
#[derive(Clone, Debug, PartialEq)]
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
    /// Its legal values.
    pub range: Range,
    /// What a value of it needs to be assessable, in the order of the file.
    pub needs: Vec<Need>,
    /// What a value of 0 is; none where its unit says so.
    pub zero: Option<Zero>,
    /// How its value comes about during the year, where the plan says it.
    pub accrues: Option<Accrual>,
    /// How its value is worked out; none where it is measured.
    pub formula: Option<Formula<Symbol>>,
    /// Which way a value is better, where the plan says it apart from the targets.
    pub better: Option<Better>,
    /// The year that `base year` means.
    pub base_year: Option<Year>,
    /// What it is worth in full (分值).
    pub points: Decimal,
    /// How its value becomes points.
    pub rule: Rule,
    /// What it counts where it does not apply; none where its group or the plan says so.
    pub not_applicable: Option<NotApplicable>,
    /// The best grade that can be given while it is missed or lacks its value (一票否决), as an
    /// index into the plan's grades.
    pub unmet_limits_grade: Option<usize>,
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
    /// What later documents changed of it, beside its targets.
    pub amended: Vec<Amended>,
}

/// Something of an item that a later document changed.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Amended {
    /// The key in the target file: `points`.
    pub key: &'static str,
    /// The document, as an index into [`Plan::layers`](super::Plan::layers).
    pub layer: usize,
    /// The points that it had before, where they were changed.
    pub points_before: Option<Decimal>,
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

    /// Asks of the year after a year what is asked of that one, in place of what the plan asks of it.
    pub(super) fn ask_again(&mut self, year: Year) {
        let after = year.after();
        // Which way is better may be said by the target that gives way alone.
        self.better = self.better(year);
        let now = self.target(after).cloned();
        let former = self.target(year).cloned();
        let spans = std::mem::take(&mut self.targets).into_iter().flat_map(|target| {
            let rest = target.years.without(after.into()).into_iter();
            rest.map(move |years| Target { years, ..target.clone() })
        });
        self.targets = spans.collect();
        if let Some(mut former) = former {
            // What it is a share of keeps a year of its own.
            if former.comparisons().any(|asked| asked.refers_to(after))
                && let Some(now) = now
            {
                let last = self.targets.iter().map(|target| target.years.last()).max();
                let aside = last.map_or(after, |last| last.max(after)).after();
                self.targets.push(Target { years: aside.into(), ..now });
                former.refer(after, aside);
            }
            if let Some(waiver) = former.waiver.as_mut().filter(|waiver| waiver.covers(year)) {
                waiver.until = waiver.until.max(after.end());
            }
            self.targets.push(Target { years: after.into(), ..former });
        }
        self.targets.sort_by_key(|target| target.years);
    }

    /// Which way a value is better in a year: by that year's target, else as the plan says, else by
    /// the other targets, where they agree; none where nothing says it.
    pub fn better(&self, year: Year) -> Option<Better> {
        let by = |target: &Target| target.comparison().and_then(Comparison::better);
        let others = || {
            let mut all = self.targets.iter().filter_map(by);
            let first = all.next()?;
            all.all(|other| other == first).then_some(first)
        };
        let of_kind = match self.kind {
            Kind::Number => None,
            Kind::Task | Kind::Class(_) => Some(Better::Higher),
        };
        self.target(year).and_then(by).or(self.better).or_else(others).or(of_kind)
    }

    /// Whether the target of a year, or a later one that it is a share of, is held against the base
    /// year.
    pub fn needs_base_year(&self, year: Year) -> bool {
        let Some(target) = self.target(year) else { return false };
        let anchors = target.comparisons().filter_map(Comparison::derived);
        anchors.into_iter().any(|derived| match derived.from {
            Anchor::BaseYear | Anchor::WayTo(_) => true,
            // A target refers to later ones alone.
            Anchor::Target(later) => later > year && self.needs_base_year(later),
            Anchor::LastYear => false,
        })
    }

    /// What its values must fit.
    pub fn measure(&self) -> Measure<'_> {
        Measure {
            id: &self.id,
            name: &self.name,
            kind: &self.kind,
            unit: self.unit.as_ref(),
            range: self.range,
            is_worked_out: self.formula.is_some(),
            zero_is_suspect: Zero::is_suspect(self.zero, self.unit.as_ref()),
        }
    }

    /// The name of one of its classes, given by its place in their order; empty where it has none.
    pub fn class_name(&self, rank: usize) -> &str {
        self.measure().class_name(rank)
    }

    /// Every text that names it.
    pub(super) fn names(&self) -> impl Iterator<Item = &str> {
        let aliases = self.aliases.iter().map(String::as_str);
        std::iter::once(self.id.as_str()).chain(self.name.wordings()).chain(aliases)
    }

    /// Whether it is scored beside the others and worth no points of its own (加分项, 扣分项).
    pub fn is_extra(&self) -> bool {
        let earns = || {
            let (least, most) = self.rule.bounds(self.points);
            least < Decimal::ZERO || most > Decimal::ZERO
        };
        self.points.is_zero() && earns()
    }
}
