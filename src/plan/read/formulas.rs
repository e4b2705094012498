//! Formulas: what the names in them mean, and where in the file their faults are.

use super::{Draft, Reader};
use crate::diagnostic::Diagnostic;
use crate::formula::{Asked, Formula, Kind, Known, Range, Unknown};
use crate::plan::node::Node;
use crate::plan::quantity::{Member, Quantity, Symbol, When};
use crate::source::Place;

/// What a formula can see beside the values of other items and of inputs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Sees {
    /// Nothing: it works out the value of an item.
    Inputs(Own),
    /// The item's value, its history, its target and its points: it works out what that earns.
    Value(Own),
    /// What everything came to: it is a condition for the grade.
    Results,
}

/// The item that a formula belongs to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Own {
    pub(super) index: usize,
    pub(super) range: Range,
    /// Between which bounds its targets are; none where they are no numbers.
    pub(super) target: Option<Range>,
    pub(super) points: Range,
    pub(super) has_base_year: bool,
}

/// Names that mean something in formulas, for those that are nearly one.
const NAMES: [&str; 9] = [
    "value",
    "target",
    "points",
    "last_year",
    "base_year",
    "score",
    "lowest_share",
    "missed",
    "missing",
];

/// The states that a condition may name.
const STATES: [&str; 8] =
    ["met", "missed", "missing", "pending", "not_set", "not_applicable", "waived", "scored"];

impl<'a> Reader<'a> {
    pub(super) fn formula(
        self,
        node: Node<'a>,
        kind: Kind,
        sees: Sees,
        draft: &Draft,
    ) -> Option<Formula<Symbol>> {
        let text = node.lines()?;
        let ids = draft.heads.keys().map(String::as_str);
        let known: Vec<&str> = NAMES.into_iter().chain(ids).collect();
        let mut resolve = |asked: Asked<'_>| meaning(asked, sees, draft);
        let formula = Formula::parse(text, kind, &known, &mut resolve);
        let formula = formula
            .map_err(|error| {
                let message = format!("the formula cannot be used: {}", error.message);
                let fault = Diagnostic::error("bad-formula", message);
                let fault = fault.at(node.place_within(error.range), "");
                let fault = if error.help.is_empty() { fault } else { fault.help(error.help) };
                self.faults.add(fault);
            })
            .ok()?;
        let unknown = formula.texts().find(|text| !STATES.contains(text));
        if let Some(state) = unknown {
            let message = format!("there is no state `{state}`");
            let help = format!("write one of: {}", STATES.join(", "));
            node.fault("bad-formula", message, &help);
            return None;
        }
        Some(formula)
    }
}

impl Reader<'_> {
    /// Whether a formula that was read still holds for an item that is changed: its target or its
    /// points may have become a divisor of 0.
    pub(super) fn recheck(self, formula: &Formula<Symbol>, own: Own, place: &Place, draft: &Draft) {
        let mut resolve = |asked: Asked<'_>| meaning(asked, Sees::Value(own), draft);
        if let Err(error) = Formula::parse(formula.text(), Kind::Number, &[], &mut resolve) {
            let message = format!("with this the item's formula cannot be used: {}", error.message);
            let fault = Diagnostic::error("bad-formula", message).at(place.clone(), "");
            self.faults.add(fault.help("set the `score` too"));
        }
    }
}

/// What a name means to a formula that sees so much.
fn meaning(asked: Asked<'_>, sees: Sees, draft: &Draft) -> Result<Known<Symbol>, Unknown> {
    let number = |symbol, range| Ok(Known { symbol, kind: Kind::Number, range });
    let all = Range::default();
    let not_negative = Range { least: Some(rust_decimal::Decimal::ZERO), most: None };
    if let (Sees::Inputs(_), None, "value" | "last_year" | "base_year") =
        (sees, asked.of, asked.name)
    {
        return Err(Unknown::Other("the value cannot be worked out from itself".into()));
    }
    if let (Sees::Value(own), None) = (sees, asked.of) {
        let quantity = Quantity::Item(own.index);
        match asked.name {
            "value" => return number(Symbol::Value(quantity, When::ThisYear), own.range),
            "last_year" => return number(Symbol::Value(quantity, When::LastYear), own.range),
            "base_year" if own.has_base_year => {
                return number(Symbol::Value(quantity, When::BaseYear), own.range);
            }
            "base_year" => return Err(no_base_year()),
            "points" => return number(Symbol::Points, own.points),
            "target" => {
                let none = "not every target of the item has one bound that is a number";
                let range = own.target.ok_or(Unknown::Other(none.into()))?;
                return number(Symbol::Target, range);
            }
            _ => {}
        }
    }
    if sees == Sees::Results {
        let member = || {
            let group = draft.group_ids.get(asked.name).map(|&(index, _)| Member::Group(index));
            draft.item(asked.name).map(Member::Item).or(group).ok_or(Unknown::Name)
        };
        match (asked.of, asked.name) {
            (Some("state"), id) => {
                let symbol = Symbol::State(draft.item(id).ok_or(Unknown::Name)?);
                return Ok(Known { symbol, kind: Kind::Text, range: all });
            }
            (Some("earned"), _) => return number(Symbol::Earned(member()?), all),
            (Some("share"), id) => {
                let member = member()?;
                if let Member::Item(index) = member
                    && let Some(Some(item)) = draft.indicators.get(index)
                    && item.points.is_zero()
                {
                    let none = format!("`{id}` is worth no points and has no share of them");
                    return Err(Unknown::Other(none));
                }
                return number(Symbol::Share(member), all);
            }
            (None, "lowest_share") => return number(Symbol::LowestShare, all),
            (None, "score") => return number(Symbol::Score, all),
            (None, "missed") => return number(Symbol::Missed, not_negative),
            (None, "missing") => return number(Symbol::Missing, not_negative),
            _ => {}
        }
    }
    let when = match (asked.of, asked.year) {
        (None, _) => When::ThisYear,
        (Some("last_year"), None) => When::LastYear,
        (Some("base_year"), None) => match sees {
            Sees::Inputs(own) | Sees::Value(own) if own.has_base_year => When::BaseYear,
            Sees::Results if draft.about.as_ref().is_some_and(|a| a.base_year.is_some()) => {
                When::BaseYear
            }
            _ => return Err(no_base_year()),
        },
        (Some("in_year"), Some(year)) => {
            let year = year.to_string().parse();
            When::Year(year.map_err(|_| Unknown::Other(format!("{:?} is no year", asked.year)))?)
        }
        (Some("in_year"), None) => {
            return Err(Unknown::Other("write the year: `in_year(id, 2021)`".into()));
        }
        (Some(_), _) => return Err(Unknown::Function),
    };
    let head = draft.heads.get(asked.name).ok_or(Unknown::Name)?;
    if !head.is_number {
        let message = format!("the values of `{}` are classes, not numbers", asked.name);
        return Err(Unknown::Other(message));
    }
    number(Symbol::Value(head.quantity, when), head.range)
}

fn no_base_year() -> Unknown {
    Unknown::Other("no base year is set: add `base-year = …` to `[about]` or to the item".into())
}
