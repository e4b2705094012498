//! A cell of a quantity that is a number: its digits, and a unit stuck on to them.

use rust_decimal::Decimal;

use super::super::Value;
use super::{Cell, CellError, slip, word};
use crate::formula::Range;
use crate::number::{self, NumberError};
use crate::plan::Measure;
use crate::spelling::{half_width, one_line, quoted};
use crate::unit::{Conversion, Unit};

/// Why digits are no number.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Unread {
    Number(NumberError),
    /// A comma that may be for thousands or for decimals.
    Comma,
}

/// Reads a number, and brings it to the unit of its quantity. `said` is the unit that stands
/// beside the cell, which fits already.
pub(super) fn read(
    text: &str,
    said: Option<&Unit>,
    delimiter_is_semicolon: bool,
    measure: Measure<'_>,
) -> Result<Cell, CellError> {
    let (number, stuck) = written(text, delimiter_is_semicolon, measure)?;
    agree(stuck.as_ref(), said)?;
    let stood = if stuck.is_some() { one_line(text) } else { beside(text, said) };
    let unit = stuck.or_else(|| said.cloned());
    let own = in_own_unit(number, &stood, unit.as_ref(), measure)?;
    is_possible(own, measure)?;
    let is_other = measure.unit.zip(unit.as_ref()).is_some_and(|(own, unit)| own != unit);
    let converted = is_other.then(|| quoted(&stood));
    Ok(Cell::Value { value: Value::Number(own), unit, converted })
}

/// The number as the cell has it, and the unit stuck on to it.
fn written(
    text: &str,
    delimiter_is_semicolon: bool,
    measure: Measure<'_>,
) -> Result<(Decimal, Option<Unit>), CellError> {
    if let Ok(number) = number::parse(text) {
        return Ok((number, None));
    }
    let narrow = half_width(text);
    let refused = word::refused(text, "write 0, or leave it empty");
    if let Some(error) = refused.or_else(|| word::below_detection(&narrow, measure)) {
        return Err(error);
    }
    let (digits, rest) = split(&narrow);
    let unit = stuck_on(rest, measure).ok_or(Unread::Number(NumberError::NotANumber));
    let both = unit.and_then(|unit| Ok((plain(digits, delimiter_is_semicolon)?, unit)));
    both.map_err(|why| slip::refused(text, why, measure))
}

/// The digits at the beginning, with sign, point and commas, and what is behind them.
pub(super) fn split(narrow: &str) -> (&str, &str) {
    let is_sign = |at: usize, c: char| at == 0 && matches!(c, '+' | '-');
    let is_of_number = |at, c: char| is_sign(at, c) || matches!(c, '0'..='9' | '.' | ',');
    let end = narrow.char_indices().find(|&(at, c)| !is_of_number(at, c)).map(|(at, _)| at);
    let (digits, rest) = end.and_then(|at| narrow.split_at_checked(at)).unwrap_or((narrow, ""));
    (digits, rest.trim())
}

/// The unit behind a number: none, or one that is known or the plan's. Otherwise it is no unit.
pub(super) fn stuck_on(rest: &str, measure: Measure<'_>) -> Option<Option<Unit>> {
    if rest.is_empty() {
        return Some(None);
    }
    let unit = Unit::new(rest);
    // `10l` is 101 rather than litres, unless litres are asked for.
    let is_slip = rest.chars().all(slip::is_like_digit)
        && measure.unit.is_none_or(|own| !unit.is_convertible_to(own));
    let is_unit = unit.is_known() || measure.unit == Some(&unit);
    (is_unit && !is_slip).then_some(Some(unit))
}

/// The number that digits are; commas may stand between whole groups of three.
pub(super) fn plain(digits: &str, delimiter_is_semicolon: bool) -> Result<Decimal, Unread> {
    let parse = |digits: &str| number::parse(digits).map_err(Unread::Number);
    if !is_grouped(digits) {
        return parse(digits);
    }
    if delimiter_is_semicolon {
        return Err(Unread::Comma);
    }
    parse(&digits.replace(',', ""))
}

/// Whether commas part the digits before the point in threes: `1,234.5`, and not `0,123`.
fn is_grouped(digits: &str) -> bool {
    let digits = digits.strip_prefix(['+', '-']).unwrap_or(digits);
    let (whole, part) = digits.split_once('.').unwrap_or((digits, ""));
    let mut groups = whole.split(',');
    let first = groups.next().unwrap_or_default();
    let mut rest = groups.peekable();
    let is_first = (1..=3).contains(&first.len()) && !first.starts_with('0');
    !part.contains(',') && is_first && rest.peek().is_some() && rest.all(|group| group.len() == 3)
}

/// Whether the cell and what stands beside it say one unit.
fn agree(stuck: Option<&Unit>, said: Option<&Unit>) -> Result<(), CellError> {
    match stuck.zip(said) {
        Some((stuck, said)) if stuck != said => {
            let (stuck, said) = (quoted(stuck.as_str()), quoted(said.as_str()));
            let message = format!("the cell says `{stuck}`, and `{said}` stands beside it");
            let help = "leave the wrong one out";
            Err(CellError::new("unit-mismatch", message, help))
        }
        _ => Ok(()),
    }
}

fn beside(text: &str, said: Option<&Unit>) -> String {
    said.map_or_else(|| one_line(text), |unit| format!("{} {unit}", one_line(text)))
}

/// The number in the unit of its quantity. `stood` is what the cell and its unit say.
fn in_own_unit(
    number: Decimal,
    stood: &str,
    unit: Option<&Unit>,
    measure: Measure<'_>,
) -> Result<Decimal, CellError> {
    let Some(own) = measure.unit else { return Ok(number) };
    let Some(unit) = unit else {
        return if own.is_per_cent() && is_like_share(number) {
            Err(share_or_per_cent(number))
        } else {
            Ok(number)
        };
    };
    match unit.convert(number, own) {
        Conversion::Exact(number) => Ok(number),
        Conversion::Inexact => {
            let message = format!("`{}` is no finite number in {own}", quoted(stood));
            let help = format!("write the value in {own}, rounded as the rules say");
            Err(CellError::new("inexact-unit", message, help))
        }
        Conversion::Impossible => Err(other_unit(unit, own)),
    }
}

/// Whether a number in per cent may be a share of one: 0.92.
pub(super) fn is_like_share(number: Decimal) -> bool {
    !number.is_zero() && number.abs() <= Decimal::ONE
}

fn share_or_per_cent(number: Decimal) -> CellError {
    let whole = (number * Decimal::ONE_HUNDRED).normalize();
    let (small, large) = (number::show(number), number::show(whole));
    CellError::new(
        "share-or-per-cent",
        format!("{small} may be {small} % or {large} %"),
        format!("write `{whole}%` or `{number}%`"),
    )
}

/// Why a unit is not one that the quantity's values can be in.
pub(super) fn other_unit(unit: &Unit, own: &Unit) -> CellError {
    let shown = quoted(unit.as_str());
    let message = format!("the unit `{shown}` is not that of the indicator, `{own}`");
    let help = if unit.is_percentage_points() && own.is_per_cent() {
        format!("{shown} is the difference of two shares: give the share itself in {own}")
    } else {
        format!("give the value in {own}")
    };
    CellError::new("unit-mismatch", message, help)
}

/// Whether a number can be one of its quantity.
fn is_possible(number: Decimal, measure: Measure<'_>) -> Result<(), CellError> {
    let unit = measure.unit;
    if unit.is_some_and(|unit| !unit.is_plausible(number)) {
        let message = format!("{number}% cannot be meant");
        return Err(CellError::bad_value(message, "write 90% as `90`"));
    }
    if let Some(unit) = unit.filter(|unit| unit.is_concentration() && number < Decimal::ZERO) {
        let message = format!("{} {unit} is a concentration below 0", number::show(number));
        let help = "mend the value, or leave the cell empty where none is there";
        return Err(CellError::bad_value(message, help));
    }
    in_range(number, measure.range)
}

fn in_range(number: Decimal, Range { least, most }: Range) -> Result<(), CellError> {
    let beyond = least.filter(|least| number < *least).map(|least| ("less", least));
    let beyond = beyond.or(most.filter(|most| number > *most).map(|most| ("more", most)));
    let Some((how, edge)) = beyond else { return Ok(()) };
    Err(CellError::bad_value(
        format!("{number} is {how} than the plan allows, {edge}"),
        "mend the value; `least` and `most` in the plan say what can be",
    ))
}
