//! Target files of format 1, key by key: a plan, and the letters that amend it. Every fault is kept
//! and reading goes on; a plan comes out only where there is none.

mod changes;
mod circles;
mod draft;
mod fit;
mod formulas;
mod groups;
mod indicators;
mod letter;
mod needs;
mod regions;
mod rules;
mod scoring;
mod targets;

use rust_decimal::Decimal;

pub(super) use self::draft::{Draft, Places};
use self::fit::contradictions;
pub(super) use self::fit::contradictions_in;
pub(super) use self::letter::{amend, date, kind_of};
use super::faults::Faults;
use super::node::Node;
use super::outline::Outline;
use super::table::Table;
use super::{About, Document};
use crate::diagnostic::{Diagnostic, Findings};
use crate::source::Place;

/// The format that this program reads.
const FORMAT: u32 = 1;

/// The largest number of points of an item, and of the score's scale.
const MOST_POINTS: u32 = 1_000_000;

/// Reads a plan.
pub(super) fn plan(file: &Outline<'_>) -> Result<Draft, Findings> {
    let faults = Faults::new(file.source(), &file.faults);
    let table = Table::new(file.root.get_ref(), 0..0, "the target file", &faults);
    let mut draft = Draft::default();
    Reader { faults: &faults }.plan(table, &mut draft);
    let found = faults.into_sorted();
    if found.is_empty() { Ok(draft) } else { Err(found) }
}

/// What reading one file needs at every step.
#[derive(Clone, Copy)]
struct Reader<'a> {
    faults: &'a Faults,
}

impl<'a> Reader<'a> {
    fn plan(self, mut file: Table<'a>, draft: &mut Draft) {
        file.required("format", Self::format);
        draft.id = file.required("plan", Node::owned_string);
        draft.about = file.required("about", Self::about);
        let document = draft.about.as_ref().map(|about| about.document.clone());
        draft.layers.push(document.unwrap_or_default());
        self.regions(file.tables("region", "a region"), draft);
        for change in file.optional("scoring", Self::scoring).unwrap_or_default() {
            change.apply(&mut draft.scoring);
        }
        self.refuse_crossed_score(&mut file, draft);
        self.grades(file.tables("grade", "a grade"), draft);
        self.groups(file.tables("group", "a group"), draft);
        let inputs = file.tables("input", "an input");
        let indicators = file.tables("indicator", "an indicator");
        if indicators.is_empty() && !self.faults.is_partial() {
            let fault = Diagnostic::error("no-indicators", "the plan has no `[[indicator]]`");
            let fault = fault.help("add one for each thing that is assessed");
            self.faults.add(fault.at(file.place(), ""));
        }
        self.quantities(inputs, indicators, draft);
        self.refuse_odd_weights(draft);
        let limits = self.limits(file.tables("grade-limit", "a grade limit"), draft);
        draft.limits.extend(limits.into_iter().map(|(limit, _)| limit));
        self.changes(&mut file, None, draft);
        if let Some(node) = file.get("check") {
            Self::check_table(node);
        }
        file.finish();
        self.refuse_contradictions(draft);
    }

    /// Refuses what cannot be meant of items that nothing changes; of the others it is seen when
    /// the changes are tried.
    fn refuse_contradictions(self, draft: &Draft) {
        for (index, item) in draft.indicators.iter().enumerate() {
            let (Some(item), Some(places)) = (item, draft.places.get(index)) else { continue };
            if draft.changes.iter().any(|change| change.what.is_of_item(index)) {
                continue;
            }
            for fault in contradictions(item) {
                self.faults.add(places.show(fault));
            }
        }
    }

    fn refuse_crossed_score(self, file: &mut Table<'a>, draft: &Draft) {
        let scoring = &draft.scoring;
        if scoring.cap.is_some_and(|cap| cap <= scoring.floor)
            && let Some(node) = file.get("scoring")
        {
            let message = "the score's cap is not above its floor";
            node.fault("floor-above-cap", message, "mend `floor` or `cap`");
        }
    }

    /// What is said of the rules of `assess check`, which reads it itself.
    fn check_table(node: Node<'a>) {
        let Some(mut table) = node.table("`[check]`") else { return };
        for key in ["allow", "warn", "deny"] {
            table.optional(key, Node::strings);
        }
        table.finish();
    }

    fn format(node: Node<'a>) -> Option<()> {
        let format = node.decimal()?;
        if format == Decimal::from(FORMAT) {
            return Some(());
        }
        let message = format!("format {format} is not known; this program reads format {FORMAT}");
        node.fault("unknown-format", message, "use a version of the program that reads it");
        None
    }

    fn about(node: Node<'a>) -> Option<About> {
        let mut table = node.table("`[about]`")?;
        let title = table.required("title", Node::text);
        let region = table.required("region", Node::owned_string);
        let years = table.required("years", Node::years);
        let document = match table.get("document") {
            Some(node) => Self::document(node),
            None => Some(Document::default()),
        };
        let base_year = table.optional("base-year", Node::year);
        let coordinator = table.optional("coordinator", Node::owned_string);
        table.finish();
        Some(About {
            title: title?,
            region: region?,
            years: years?,
            document: document?,
            base_year,
            coordinator,
        })
    }

    fn document(node: Node<'a>) -> Option<Document> {
        let mut table = node.table("a document")?;
        let number = table.optional("number", Node::owned_string);
        let issuer = table.optional("issuer", Node::owned_string);
        let date = table.optional("date", Node::date);
        table.finish();
        Some(Document { number, issuer, date })
    }

    fn points(node: Node<'a>) -> Option<Decimal> {
        if node.decimal_of().is_some_and(|points| points < Decimal::ZERO) {
            let help = "a penalty item has `points = 0` and a `floor` below 0 in its score";
            node.fault("out-of-range", "an item is worth no negative points", help);
            return None;
        }
        node.decimal_within(0, MOST_POINTS, 6)
    }

    /// Points that may be below zero.
    fn signed_points(node: Node<'a>) -> Option<Decimal> {
        let most = i64::from(MOST_POINTS);
        node.decimal_within(-most, most, 6)
    }

    /// A number of points, or of steps, that must be more than nothing.
    fn positive(node: Node<'a>) -> Option<Decimal> {
        let number = node.decimal_within(-i64::MAX, i64::MAX, 10)?;
        if number <= Decimal::ZERO {
            let message = format!("{number} is not above 0");
            node.fault("out-of-range", message, "write a number above 0");
            return None;
        }
        Some(number)
    }

    fn weight(node: Node<'a>) -> Option<Decimal> {
        let weight = node.decimal_within(0, MOST_POINTS, 6)?;
        if weight.is_zero() {
            node.fault("out-of-range", "a weight of 0 counts for nothing", "leave the item out");
            return None;
        }
        Some(weight)
    }

    /// Reports a thing that stands at two places, at the second of them.
    fn twice(self, code: &'static str, message: &str, second: Place, first: &Place) {
        let fault = Diagnostic::error(code, message).at(second, "the second");
        self.faults.add(fault.at(first.clone(), "the first").help("change one of them"));
    }
}
