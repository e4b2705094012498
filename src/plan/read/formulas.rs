//! Formulas: what the names in them mean, and where in the file their faults are.

use rust_decimal::Decimal;

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
const NAMES: [&str; 10] = [
    "value",
    "target",
    "points",
    "last_year",
    "base_year",
    "score",
    "lowest_share",
    "missed",
    "missing",
    "not_assessable",
];

/// The states that a condition may name.
const STATES: [&str; 9] = [
    "met",
    "missed",
    "missing",
    "not_assessable",
    "pending",
    "not_set",
    "not_applicable",
    "waived",
    "scored",
];

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
    let special = match sees {
        Sees::Inputs(_) => of_inputs(asked),
        Sees::Value(own) => of_own(asked, own),
        Sees::Results => of_results(asked, draft),
    };
    special.unwrap_or_else(|| of_quantity(asked, sees, draft))
}

fn number(symbol: Symbol, range: Range) -> Result<Known<Symbol>, Unknown> {
    Ok(Known { symbol, kind: Kind::Number, range })
}

/// What a name of the item's own means where its value is worked out: nothing.
fn of_inputs(asked: Asked<'_>) -> Option<Result<Known<Symbol>, Unknown>> {
    let is_own = matches!(asked.name, "value" | "last_year" | "base_year");
    let why = || Unknown::Other("the value cannot be worked out from itself".into());
    (asked.of.is_none() && is_own).then(|| Err(why()))
}

/// What a name of the item's own means where its points are.
fn of_own(asked: Asked<'_>, own: Own) -> Option<Result<Known<Symbol>, Unknown>> {
    let value = |when| number(Symbol::Value(Quantity::Item(own.index), when), own.range);
    let no_target = || {
        let none = "not every target of the item has one bound that is a number";
        Unknown::Other(none.into())
    };
    Some(match (asked.of, asked.name) {
        (None, "value") => value(When::ThisYear),
        (None, "last_year") => value(When::LastYear),
        (None, "base_year") if own.has_base_year => value(When::BaseYear),
        (None, "base_year") => Err(no_base_year()),
        (None, "points") => number(Symbol::Points, own.points),
        (None, "target") => match own.target {
            Some(range) => number(Symbol::Target, range),
            None => Err(no_target()),
        },
        _ => return None,
    })
}

/// What a name means that only conditions know.
fn of_results(asked: Asked<'_>, draft: &Draft) -> Option<Result<Known<Symbol>, Unknown>> {
    let member = || {
        let group = draft.group_ids.get(asked.name).map(|&(index, _)| Member::Group(index));
        draft.item(asked.name).map(Member::Item).or(group).ok_or(Unknown::Name)
    };
    let all = Range::default();
    let count = Range { least: Some(Decimal::ZERO), most: None };
    Some(match (asked.of, asked.name) {
        (Some("state"), id) => match draft.item(id) {
            Some(item) => Ok(Known { symbol: Symbol::State(item), kind: Kind::Text, range: all }),
            None => Err(Unknown::Name),
        },
        (Some("earned"), _) => member().and_then(|member| number(Symbol::Earned(member), all)),
        (Some("share"), id) => member().and_then(|member| share(id, member, draft)),
        (None, "lowest_share") => number(Symbol::LowestShare, all),
        (None, "score") => number(Symbol::Score, all),
        (None, "missed") => number(Symbol::Missed, count),
        (None, "missing") => number(Symbol::Missing, count),
        (None, "not_assessable") => number(Symbol::NotAssessable, count),
        _ => return None,
    })
}

fn share(id: &str, member: Member, draft: &Draft) -> Result<Known<Symbol>, Unknown> {
    let item = match member {
        Member::Item(index) => draft.indicators.get(index).and_then(Option::as_ref),
        Member::Group(_) => None,
    };
    if item.is_some_and(|item| item.points.is_zero()) {
        return Err(Unknown::Other(format!("`{id}` is worth no points and has no share of them")));
    }
    number(Symbol::Share(member), Range::default())
}

/// What the id of an indicator or an input means: its value in some year.
fn of_quantity(asked: Asked<'_>, sees: Sees, draft: &Draft) -> Result<Known<Symbol>, Unknown> {
    let has_base_year = match sees {
        Sees::Inputs(own) | Sees::Value(own) => own.has_base_year,
        Sees::Results => draft.about.as_ref().is_some_and(|about| about.base_year.is_some()),
    };
    let when = match (asked.of, asked.year) {
        (None, _) => When::ThisYear,
        (Some("last_year"), None) => When::LastYear,
        (Some("base_year"), None) if has_base_year => When::BaseYear,
        (Some("base_year"), None) => return Err(no_base_year()),
        (Some("in_year"), Some(year)) => {
            let no_year = |_| Unknown::Other(format!("{year} is no year"));
            When::Year(year.to_string().parse().map_err(no_year)?)
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
