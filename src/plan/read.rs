//! A target file of format 1, key by key. Every fault is kept and reading goes on; a plan comes
//! out only where there is none.

mod groups;
mod indicators;
mod scoring;
mod targets;

use rust_decimal::Decimal;
use toml::de::DeTable;

use self::indicators::Context;
use super::faults::Faults;
use super::node::Node;
use super::scoring::Scoring;
use super::table::Table;
use super::{About, Document, Plan};
use crate::diagnostic::{Diagnostic, Findings};
use crate::source::{Place, Source};

/// The format that this program reads.
const FORMAT: u32 = 1;

/// The largest number of points of an item, and of the score's scale.
const MOST_POINTS: u32 = 1_000_000;

pub(super) fn read(source: &Source) -> Result<Plan, Findings> {
    let (root, syntax) = DeTable::parse_recoverable(source.text());
    let faults = Faults::new(source, &syntax);
    let table = Table::new(root.get_ref(), 0..0, "the target file", &faults);
    let plan = Reader { faults: &faults }.plan(table);
    let found = faults.into_sorted();
    match plan {
        Some(plan) if found.is_empty() => Ok(plan),
        _ => Err(found),
    }
}

/// What reading one file needs at every step.
#[derive(Clone, Copy)]
struct Reader<'a> {
    faults: &'a Faults,
}

impl<'a> Reader<'a> {
    fn plan(self, mut file: Table<'a>) -> Option<Plan> {
        file.required("format", Self::format);
        let id = file.required("plan", Node::owned_string);
        let about = file.required("about", Self::about);
        let scoring = match file.get("scoring") {
            Some(node) => Self::scoring(node),
            None => Some(Scoring::default()),
        };
        let grades = self.grades(file.tables("grade", "a grade"));
        let groups = self.groups(file.tables("group", "a group"));
        let years = about.as_ref().map(|about| about.years);
        let context = Context { groups: &groups.ids, years };
        let indicators = file.tables("indicator", "an indicator");
        if indicators.is_empty() && !self.faults.is_partial() {
            let fault = Diagnostic::error("no-indicators", "the plan has no `[[indicator]]`");
            let fault = fault.help("add one for each thing that is assessed");
            self.faults.add(fault.at(file.place(), ""));
        }
        let indicators = self.indicators(indicators, &context);
        file.finish();
        let names = indicators.names;
        Some(Plan {
            id: id?,
            about: about?,
            scoring: scoring?,
            grades: grades?,
            groups: groups.read?,
            indicators: indicators.read?,
            names,
        })
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
        let coordinator = table.optional("coordinator", Node::owned_string);
        table.finish();
        Some(About {
            title: title?,
            region: region?,
            years: years?,
            document: document?,
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
