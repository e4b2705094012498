//! The targets of an indicator by year.

use rust_decimal::Decimal;

use super::Reader;
use crate::diagnostic::Diagnostic;
use crate::plan::comparison::{Anchor, Comparison, ComparisonError};
use crate::plan::indicator::Kind;
use crate::plan::node::{Node, read_years};
use crate::plan::table::Table;
use crate::plan::target::{Ask, Target, Waiver};
use crate::source::Place;
use crate::unit::Unit;
use crate::year::Years;

/// What a target must fit.
pub(super) struct Asked<'a> {
    pub(super) kind: Option<&'a Kind>,
    pub(super) unit: Option<&'a Unit>,
    pub(super) years: Option<Years>,
    pub(super) has_base_year: bool,
}

impl<'a> Reader<'a> {
    /// Reads the targets that a document sets, given by its place among the plan's layers.
    pub(super) fn targets(
        self,
        node: Node<'a>,
        asked: &Asked<'_>,
        layer: usize,
    ) -> Option<Vec<Target>> {
        let mut places: Vec<(Years, Place)> = Vec::new();
        let mut targets = Vec::new();
        let mut entries: Vec<_> = node.table("the targets by year")?.entries().collect();
        entries.sort_by_key(|(_, place, _)| place.range().start);
        for (key, place, node) in entries {
            let Some(years) = read_years(key, place.clone(), self.faults) else { continue };
            self.check_years(years, &place, asked.years);
            for (other, first) in &places {
                if let Some(year) = years.overlap(*other) {
                    let message = format!("two targets are for {year}");
                    self.twice("years-overlap", &message, place.clone(), first);
                }
            }
            places.push((years, place));
            targets.extend(self.target(node, years, asked, layer));
        }
        targets.sort_by_key(|target| target.years);
        Some(targets)
    }

    fn check_years(self, years: Years, place: &Place, plan: Option<Years>) {
        let Some(plan) = plan else { return };
        if let Some(year) = plan.outsider(years) {
            let message = format!("{year} is outside the plan's years, {plan}");
            let fault = Diagnostic::error("year-outside-plan", message).at(place.clone(), "");
            self.faults.add(fault.help("mend the year, or `years` in `[about]`"));
        }
    }

    /// Reads what is asked for in some years.
    pub(super) fn target(
        self,
        node: Node<'a>,
        years: Years,
        asked: &Asked<'_>,
        layer: usize,
    ) -> Option<Target> {
        if !node.is_table() {
            let ask = Ask::Firm(Self::comparison(node, asked)?);
            return Some(Target { years, ask, stretch: None, waiver: None, layer, before: None });
        }
        let mut table = node.table("a target")?;
        let given = ["firm", "expected", "pending"].map(|key| table.get(key));
        let ask = match given {
            [Some(firm), None, None] => Self::comparison(firm, asked).map(Ask::Firm),
            [None, Some(expected), None] => Self::comparison(expected, asked).map(Ask::Expected),
            [None, None, Some(why)] => why.text().map(Ask::Pending),
            _ => {
                let message = "a target is just one of `firm`, `expected` and `pending`";
                node.fault("bad-target", message, "write it so: `{ expected = \">= 80\" }`");
                None
            }
        };
        let stretch = table.optional("stretch", |node| Self::comparison(node, asked));
        let waiver = table.optional("waived", Self::waiver);
        table.finish();
        Some(Target { years, ask: ask?, stretch, waiver, layer, before: None })
    }

    fn waiver(node: Node<'a>) -> Option<Waiver> {
        let mut table = node.table("a waiver")?;
        let waiver = Self::waiver_of(&mut table);
        table.finish();
        waiver
    }

    /// The keys of a waiver.
    pub(super) fn waiver_of(table: &mut Table<'a>) -> Option<Waiver> {
        let reason = table.required("reason", Node::text);
        let by = table.required("by", Node::owned_string);
        let until = table.required("until", Node::date);
        Some(Waiver { reason: reason?, by: by?, until: until? })
    }

    fn comparison(node: Node<'a>, asked: &Asked<'_>) -> Option<Comparison> {
        let comparison = Self::comparison_of(node, asked.kind?)?;
        let from = comparison.derived().map(|derived| derived.from);
        if matches!(from, Some(Anchor::BaseYear | Anchor::WayTo(_))) && !asked.has_base_year {
            let help = "add `base-year = …` to `[about]` or to the indicator";
            node.fault("no-base-year", "no base year is set", help);
            return None;
        }
        Self::plausible(node, comparison, asked.unit)
    }

    /// Reads a comparison of values of a kind.
    pub(super) fn comparison_of(node: Node<'a>, kind: &Kind) -> Option<Comparison> {
        if node.is_number() {
            let help = ComparisonError::NoRelation.help();
            node.fault("bad-comparison", "nothing says how a value is compared", &help);
            return None;
        }
        let text = node.string()?;
        let read = match kind {
            Kind::Number => Comparison::parse_number(text),
            Kind::Task => Comparison::parse_task(text),
            Kind::Class(classes) => Comparison::parse_class(text, classes),
        };
        read.map_err(|error| {
            let message = format!("`{text}` is no comparison: {error}");
            node.fault("bad-comparison", message, &error.help());
        })
        .ok()
    }

    fn plausible(
        node: Node<'a>,
        comparison: Comparison,
        unit: Option<&Unit>,
    ) -> Option<Comparison> {
        let implausible = |number: &Decimal| unit.is_some_and(|unit| !unit.is_plausible(*number));
        if let Some(number) = comparison.numbers().into_iter().find(implausible) {
            let help = "write 90% as `90`";
            node.fault("implausible-per-cent", format!("{number}% cannot be meant"), help);
            return None;
        }
        Some(comparison)
    }
}
