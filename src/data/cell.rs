//! From the text of a cell to a value that its indicator takes.

use rust_decimal::Decimal;

use super::Value;
use crate::formula::Range;
use crate::number::{self, NumberError};
use crate::plan::{Classes, Kind, Measure};
use crate::spelling::{fold, half_width, quoted};
use crate::unit::Unit;

/// Cells that say that no value is there.
const MISSING: [&str; 8] = ["", "-", "--", "—", "——", "/", "未监测", "-9999"];

/// Cells that say that the indicator does not apply, folded.
const NOT_APPLICABLE: [&str; 2] = ["不适用", "notapplicable"];

const DONE: [&str; 4] = ["完成", "已完成", "done", "completed"];
const NOT_DONE: [&str; 4] = ["未完成", "没有完成", "notdone", "notcompleted"];

/// What a cell says.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Cell {
    Missing,
    NotApplicable,
    Value(Value),
}

/// Why a cell cannot be read for its indicator.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct CellError {
    pub(super) message: String,
    pub(super) help: String,
}

/// Whether a cell says that nothing is there.
pub(super) fn is_missing(text: &str) -> bool {
    MISSING.contains(&half_width(text).trim())
}

/// Reads a cell. `unit` is that of the row, which must already fit the indicator.
pub(super) fn read(
    text: &str,
    unit: Option<&Unit>,
    measure: Measure<'_>,
) -> Result<Cell, CellError> {
    if is_missing(text) {
        return Ok(Cell::Missing);
    }
    if NOT_APPLICABLE.contains(&fold(text).as_str()) {
        return Ok(Cell::NotApplicable);
    }
    let text = text.trim();
    let value = match measure.kind {
        Kind::Number => number(text, measure).map(Value::Number),
        Kind::Class(classes) => class(text, classes).map(Value::Class),
        Kind::Task => progress(text, unit).map(Value::Progress),
    };
    value.map(Cell::Value)
}

fn number(text: &str, measure: Measure<'_>) -> Result<Decimal, CellError> {
    let unit = measure.unit;
    let per_cent = unit.is_some_and(Unit::is_per_cent);
    let narrow = half_width(text);
    let bare =
        if per_cent { narrow.strip_suffix('%').unwrap_or(&narrow).trim_end() } else { &narrow };
    let number = number::parse(bare).map_err(|error| not_a_number(text, error))?;
    if unit.is_some_and(|unit| !unit.is_plausible(number)) {
        return Err(CellError {
            message: format!("{number}% cannot be meant"),
            help: "write 90% as `90`".to_owned(),
        });
    }
    let Range { least, most } = measure.range;
    let beyond = least.filter(|least| number < *least).map(|least| ("less", least));
    let beyond = beyond.or(most.filter(|most| number > *most).map(|most| ("more", most)));
    if let Some((how, edge)) = beyond {
        return Err(CellError {
            message: format!("{number} is {how} than the plan allows, {edge}"),
            help: "mend the value; `least` and `most` in the plan say what can be".to_owned(),
        });
    }
    Ok(number)
}

fn not_a_number(text: &str, error: NumberError) -> CellError {
    let help = match error {
        NumberError::NotANumber if number::parse(&text.replace(',', "")).is_ok() => {
            "leave the commas out"
        }
        NumberError::NotANumber => {
            "write a plain number such as `31.4`; leave the cell empty where no value is there; \
             write `不适用` (or `not applicable`) and the reason in the note where none can be"
        }
        NumberError::TooLong | NumberError::TooLarge => "write the number as it was measured",
    };
    let reason = match error {
        NumberError::NotANumber => String::new(),
        other => format!(": {other}"),
    };
    CellError { message: format!("`{}` is no number{reason}", quoted(text)), help: help.to_owned() }
}

fn class(text: &str, classes: &Classes) -> Result<usize, CellError> {
    classes.find(text).ok_or_else(|| CellError {
        message: format!("`{}` is no class of this indicator", quoted(text)),
        help: format!("write one of: {}", classes.names().collect::<Vec<_>>().join(", ")),
    })
}

fn progress(text: &str, unit: Option<&Unit>) -> Result<Decimal, CellError> {
    let folded = fold(text);
    if DONE.contains(&folded.as_str()) {
        return Ok(Decimal::ONE_HUNDRED);
    }
    if NOT_DONE.contains(&folded.as_str()) {
        return Ok(Decimal::ZERO);
    }
    let in_per_cent = unit.is_some_and(Unit::is_per_cent);
    let narrow = half_width(text);
    let number = number::parse_per_cent(&narrow).ok();
    let number = number.or_else(|| number::parse(&narrow).ok().filter(|_| in_per_cent));
    let number = number.filter(|done| (Decimal::ZERO..=Decimal::ONE_HUNDRED).contains(done));
    number.ok_or_else(|| CellError {
        message: format!("`{}` does not say how far the task is", quoted(text)),
        help: "write `完成` or `done`, `未完成` or `not done`, or the progress such as `60%`"
            .to_owned(),
    })
}
