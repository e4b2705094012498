//! `[scoring]` and the grades.

use rust_decimal::Decimal;

use super::{MOST_POINTS, Reader};
use crate::diagnostic::Diagnostic;
use crate::number;
use crate::plan::node::Node;
use crate::plan::scoring::{Compare, Grade, Missing, NotApplicable, Rounding, Scoring, Ties};
use crate::plan::table::Table;

impl<'a> Reader<'a> {
    pub(super) fn scoring(node: Node<'a>) -> Option<Scoring> {
        let mut table = node.table("`[scoring]`")?;
        let default = Scoring::default();
        let total = table.optional("total", |node| node.decimal_within(1, MOST_POINTS, 6));
        let missing = table.optional("missing", |node| node.one_of(&Missing::WORDS));
        let not_applicable =
            table.optional("not-applicable", |node| node.one_of(&NotApplicable::WORDS));
        let compare = table.optional("compare", |node| node.one_of(&Compare::WORDS));
        let round = table.optional("round", Self::rounding);
        let near = table.optional("near", Self::near);
        let note = table.optional("note", Node::text);
        table.finish();
        Some(Scoring {
            total: total.unwrap_or(default.total),
            missing: missing.unwrap_or_default(),
            not_applicable: not_applicable.unwrap_or_default(),
            compare: compare.unwrap_or_default(),
            round: round.unwrap_or_default(),
            near,
            note,
        })
    }

    fn rounding(node: Node<'a>) -> Option<Rounding> {
        let mut table = node.table("a rounding")?;
        let digits = table.optional("digits", |node| node.decimal_within(0, 10, 0));
        let ties = table.optional("ties", |node| node.one_of(&Ties::WORDS));
        table.finish();
        let default = Rounding::default();
        Some(Rounding {
            digits: digits.and_then(|digits| digits.try_into().ok()).unwrap_or(default.digits),
            ties: ties.unwrap_or_default(),
        })
    }

    fn near(node: Node<'a>) -> Option<Decimal> {
        let text = node.string()?;
        let near = number::parse_per_cent(text).ok();
        let near = near.filter(|near| (Decimal::ZERO..=Decimal::ONE_HUNDRED).contains(near));
        if near.is_none() {
            let message = format!("`{text}` is no share of a target");
            node.fault(
                "bad-number",
                message,
                "write it in per cent, from `0%` to `100%`: `\"5%\"`",
            );
        }
        near
    }

    pub(super) fn grades(self, tables: Vec<Table<'a>>) -> Option<Vec<Grade>> {
        let mut grades: Vec<Option<Grade>> = Vec::new();
        for mut table in tables {
            let place = table.place();
            let name = table.required("name", Node::text);
            let from = table.required("from", |node| node.decimal_within(0, MOST_POINTS, 6));
            table.finish();
            let above = grades.last().and_then(|grade| grade.as_ref()).map(|grade| grade.from);
            if above.zip(from).is_some_and(|(above, from)| from >= above) {
                let message = "the grade does not begin below the one before it";
                let fault = Diagnostic::error("grade-order", message).at(place, "");
                self.faults.add(fault.help("list the grades from the best to the worst"));
            }
            grades.push(name.zip(from).map(|(name, from)| Grade { name, from }));
        }
        grades.into_iter().collect()
    }
}
