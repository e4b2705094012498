//! `[scoring]`, the grades and what limits them.

use rust_decimal::Decimal;

use super::formulas::Sees;
use super::{Draft, MOST_POINTS, Reader};
use crate::diagnostic::Diagnostic;
use crate::formula;
use crate::number;
use crate::plan::change::ScoringChange;
use crate::plan::limit::{GradeLimit, Limited};
use crate::plan::node::Node;
use crate::plan::scoring::{Compare, Grade, Missing, NotApplicable, Rounding, Ties};
use crate::plan::table::Table;
use crate::source::Place;

impl<'a> Reader<'a> {
    /// What `[scoring]` sets.
    pub(super) fn scoring(node: Node<'a>) -> Option<Vec<ScoringChange>> {
        let mut table = node.table("`[scoring]`")?;
        let not_applicable = |node: Node<'a>| node.one_of(&NotApplicable::WORDS);
        let total = table.optional("total", |node| node.decimal_within(1, MOST_POINTS, 6));
        let missing = table.optional("missing", |node| node.one_of(&Missing::WORDS));
        let not_assessable = table.optional("not-assessable", |node| node.one_of(&Missing::WORDS));
        let not_applicable = table.optional("not-applicable", not_applicable);
        let compare = table.optional("compare", |node| node.one_of(&Compare::WORDS));
        let round = table.optional("round", |node| Self::rounding(node, Rounding::default()));
        let near = table.optional("near", Self::near);
        let floor = table.optional("floor", Self::signed_points);
        let cap = table.optional("cap", Self::signed_points);
        let note = table.optional("note", Node::text);
        table.finish();
        let changes = [
            total.map(ScoringChange::Total),
            missing.map(ScoringChange::Missing),
            not_assessable.map(ScoringChange::NotAssessable),
            not_applicable.map(ScoringChange::NotApplicable),
            compare.map(ScoringChange::Compare),
            round.map(ScoringChange::Round),
            near.map(ScoringChange::Near),
            floor.map(ScoringChange::Floor),
            cap.map(ScoringChange::Cap),
            note.map(ScoringChange::Note),
        ];
        Some(changes.into_iter().flatten().collect())
    }

    pub(super) fn rounding(node: Node<'a>, default: Rounding) -> Option<Rounding> {
        let mut table = node.table("a rounding")?;
        let digits = table.optional("digits", |node| node.decimal_within(0, 10, 0));
        let ties = table.optional("ties", |node| node.one_of(&Ties::WORDS));
        table.finish();
        Some(Rounding {
            digits: digits.and_then(|digits| digits.try_into().ok()).unwrap_or(default.digits),
            ties: ties.unwrap_or(default.ties),
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

    pub(super) fn grades(self, tables: Vec<Table<'a>>, draft: &mut Draft) {
        for mut table in tables {
            let place = table.place();
            let name = table.required("name", Node::text);
            let from = table.required("from", Self::grade_from);
            table.finish();
            let above = draft.grades.last().and_then(|grade| grade.as_ref());
            if above.zip(from).is_some_and(|(above, from)| from >= above.from) {
                let message = "the grade does not begin below the one before it";
                let fault = Diagnostic::error("grade-order", message).at(place, "");
                self.faults.add(fault.help("list the grades from the best to the worst"));
            }
            draft.grades.push(name.zip(from).map(|(name, from)| Grade { name, from }));
        }
    }

    pub(super) fn grade_from(node: Node<'a>) -> Option<Decimal> {
        node.decimal_within(0, MOST_POINTS, 6)
    }

    /// The grade that a text names.
    pub(super) fn known_grade(node: Node<'a>, draft: &Draft) -> Option<usize> {
        let name = node.string()?;
        let known = draft.grade(name);
        if known.is_none() {
            let names = draft.grades.iter().flatten().flat_map(|grade| grade.name.wordings());
            let names: Vec<_> = names.map(|name| format!("`{name}`")).collect();
            let help = match names.as_slice() {
                [] => "add its `[[grade]]`".to_owned(),
                names => format!("write one of: {}", names.join(", ")),
            };
            node.fault("unknown-grade", format!("no grade has the name `{name}`"), &help);
        }
        known
    }

    /// The limits of the grade, each with its place.
    pub(super) fn limits(self, tables: Vec<Table<'a>>, draft: &Draft) -> Vec<(GradeLimit, Place)> {
        let limit = |mut table: Table<'a>| {
            let place = table.place();
            let when = table.required("when", |node| {
                self.formula(node, formula::Kind::Truth, Sees::Results, draft)
            });
            let to = match (table.get("grade"), table.get("lower")) {
                (Some(_), Some(node)) => {
                    let message = "a limit has either `grade` or `lower`";
                    node.fault("bad-limit", message, "leave one of them out");
                    None
                }
                (None, Some(node)) => {
                    let lower = node.decimal_within(1, 100, 0);
                    lower.and_then(|lower| lower.try_into().ok()).map(Limited::Lower)
                }
                _ => {
                    let grade = table.required("grade", |node| Self::known_grade(node, draft));
                    grade.map(Limited::AtMost)
                }
            };
            let reason = table.required("reason", Node::text);
            let clause = table.optional("clause", Node::owned_string);
            table.finish();
            Some((GradeLimit { when: when?, to: to?, reason: reason?, clause }, place))
        };
        tables.into_iter().filter_map(limit).collect()
    }
}
