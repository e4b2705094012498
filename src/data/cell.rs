//! From the text of a cell to a value that its indicator takes.

mod number;
mod slip;
mod word;

use rust_decimal::Decimal;

use super::Value;
use crate::number::{parse, parse_per_cent};
use crate::plan::{Classes, Kind, Measure};
use crate::spelling::{half_width, quoted};
use crate::unit::Unit;

pub(super) use self::word::is_no_unit;

/// What a cell says.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Cell {
    Missing,
    /// The indicator does not apply; the reason, where the cell itself gives it.
    NotApplicable {
        reason: Option<String>,
    },
    Value {
        value: Value,
        /// The unit that the cell or its row says, which is kept where the plan has none.
        unit: Option<Unit>,
        /// What stood there, where it was brought to the plan's unit: `0.031 mg/m³`.
        converted: Option<String>,
    },
}

/// Why a cell cannot be read for its indicator.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct CellError {
    pub(super) code: &'static str,
    pub(super) message: String,
    /// What to write instead.
    pub(super) help: String,
    /// Whether the fault is in the unit that is said beside the cell, and not in the cell.
    pub(super) is_of_unit: bool,
}

impl CellError {
    fn new(code: &'static str, message: impl Into<String>, help: impl Into<String>) -> Self {
        Self { code, message: message.into(), help: help.into(), is_of_unit: false }
    }

    fn bad_value(message: impl Into<String>, help: impl Into<String>) -> Self {
        Self::new("bad-value", message, help)
    }

    /// A title says two units that the value may be in.
    pub(super) fn of_title(first: &Unit, second: &Unit) -> Self {
        let message =
            format!("the title says `{first}` and `{second}`, and the value may be in either");
        Self::new("unit-mismatch", message, "say the unit in a column, or behind the value")
    }

    /// A title says the unit of another item, in which the value may be too.
    pub(super) fn of_other_item(unit: &Unit) -> Self {
        let message =
            format!("the title says `{unit}` of another item, and the value may be in it");
        Self::new("unit-mismatch", message, "say the unit in a column, or behind the value")
    }

    fn of_unit(self) -> Self {
        Self { is_of_unit: true, ..self }
    }
}

/// Reads a cell. `unit` is what its row, its header or its title says; in a file separated by
/// semicolons a comma in a number may be a decimal comma.
pub(super) fn read(
    text: &str,
    unit: Option<&Unit>,
    delimiter_is_semicolon: bool,
    measure: Measure<'_>,
) -> Result<Cell, CellError> {
    fits(unit, measure)?;
    let text = text.trim_matches(is_unseen);
    // No word for what is not there begins with a digit.
    if !text.starts_with(|c: char| c.is_ascii_digit()) {
        if word::is_missing(text) {
            return Ok(Cell::Missing);
        }
        if let Some(reason) = word::not_applicable(text) {
            return Ok(Cell::NotApplicable { reason });
        }
    }
    let value = match measure.kind {
        Kind::Number => return number::read(text, unit, delimiter_is_semicolon, measure),
        Kind::Class(classes) => Value::Class(class(text, classes)?),
        Kind::Task => Value::Progress(progress(text, unit)?),
    };
    Ok(Cell::Value { value, unit: unit.cloned(), converted: None })
}

/// Whether a character at the edge of a cell shows nothing: also what copying from a page leaves.
fn is_unseen(c: char) -> bool {
    c.is_whitespace() || matches!(c, '\u{200b}' | '\u{feff}')
}

/// Whether values of a quantity can be given in a unit that is said beside them.
fn fits(unit: Option<&Unit>, measure: Measure<'_>) -> Result<(), CellError> {
    let Some(unit) = unit else { return Ok(()) };
    match (measure.unit, measure.kind) {
        (Some(own), _) if !unit.is_convertible_to(own) => {
            Err(number::other_unit(unit, own).of_unit())
        }
        (Some(_), _) | (None, Kind::Number) => Ok(()),
        (None, Kind::Task) if unit.is_per_cent() => Ok(()),
        (None, Kind::Class(_)) if matches!(unit.as_str(), "类" | "类别" | "级") => Ok(()),
        (None, Kind::Task | Kind::Class(_)) => Err(CellError::new(
            "unit-mismatch",
            format!("the indicator takes no unit, `{}`", quoted(unit.as_str())),
            "leave the unit out",
        )
        .of_unit()),
    }
}

fn class(text: &str, classes: &Classes) -> Result<usize, CellError> {
    let names = || classes.names().collect::<Vec<_>>().join(", ");
    classes.find(text).ok_or_else(|| {
        word::refused(text, "leave it empty where no value is there").unwrap_or_else(|| {
            CellError::bad_value(
                format!("`{}` is no class of this indicator", quoted(text)),
                format!("write one of: {}", names()),
            )
        })
    })
}

fn progress(text: &str, unit: Option<&Unit>) -> Result<Decimal, CellError> {
    if let Some(done) = word::progress(text) {
        return Ok(done);
    }
    let in_per_cent = unit.is_some_and(Unit::is_per_cent);
    let narrow = half_width(text);
    let number = parse_per_cent(&narrow).ok();
    let number = number.or_else(|| parse(&narrow).ok().filter(|_| in_per_cent));
    let number = number.filter(|done| (Decimal::ZERO..=Decimal::ONE_HUNDRED).contains(done));
    let help = "write `完成` or `done`, `未完成` or `not done`, or the progress such as `60%`";
    number.ok_or_else(|| {
        word::refused(text, "write `未完成`, or leave it empty").unwrap_or_else(|| {
            let message = format!("`{}` does not say how far the task is", quoted(text));
            CellError::bad_value(message, help)
        })
    })
}

#[cfg(test)]
mod tests;
