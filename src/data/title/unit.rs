//! The units of measure that a title says.

use super::TitleUnit;
use crate::data::cell::CellError;
use crate::data::column;
use crate::plan::{Kind, Measure, Plan, Quantity};
use crate::spelling::half_width;
use crate::unit::Unit;

/// The units of measure in `单位：万吨、%`, and in brackets that hold nothing else and fit the plan:
/// `排放量（万吨）`. A unit (单位) that fills something in is none. Where units are said of some items,
/// or are none that is known, gives back what says so.
pub(in crate::data) fn units_in(text: &str, plan: &Plan) -> Result<Vec<TitleUnit>, String> {
    // Titles are spaced out: 单　位.
    let narrow: String = half_width(text).split_whitespace().collect();
    // Lower case of ASCII alone leaves every byte where it was.
    let lower = narrow.to_ascii_lowercase();
    let label = |word: &str| {
        let at = lower.rfind(word)?;
        let behind = narrow.get(at + word.len()..)?;
        // 责任单位已核实 speaks of a unit (单位) that answers for something.
        let is_label = word != "单位"
            || behind.starts_with(['为', '是'])
            || !lower.get(..at)?.ends_with(char::is_alphanumeric);
        is_label.then_some(behind)
    };
    let behind = ["计量单位", "单位:", "units:", "unit:", "单位"].into_iter().find_map(label);
    match behind {
        Some(behind) => listed_units(behind.trim_start_matches([':', '为']), plan)
            .ok_or_else(|| text.to_owned()),
        None if names_unit(&narrow, plan) => Err(text.to_owned()),
        None => Ok(bracketed(&narrow, plan)),
    }
}

/// Units one after the other; a remark in brackets may follow. None where units are among it that
/// cannot be told.
fn listed_units(text: &str, plan: &Plan) -> Option<Vec<TitleUnit>> {
    let known = |text: &str| {
        let unit = Unit::new(text.trim_start_matches(['×', '*']));
        Some(unit).filter(|unit| unit.is_known() || is_of_plan(unit, plan))
    };
    let unit = |part: &str| match part.split_once(['(', '[', '【', '〔']) {
        // The bracket may be the unit's own: dB(A).
        Some((bare, remark)) => {
            known(part).or_else(|| known(bare).filter(|_| !speaks_of_unit(remark)))
        }
        None => known(part.trim_end_matches([')', ']', '】', '〕'])),
    };
    let parts: Vec<_> = text.split(['、', ',', ';']).map(|part| (part, unit(part))).collect();
    let some_known = parts.iter().any(|(_, unit)| unit.is_some());
    let is_clear = |(part, unit): &(&str, Option<Unit>)| {
        unit.is_some() || part.is_empty() || !some_known && !speaks_of_unit(part)
    };
    let are_clear = parts.iter().all(is_clear);
    let units = parts.into_iter().filter_map(|(_, unit)| Some(TitleUnit { unit: unit?, of: None }));
    are_clear.then(|| units.collect())
}

/// Units are shorter, in characters.
const LONGEST_UNIT: usize = 12;

/// Whether a text that is no unit ends with one, or begins with a number: `CO为mg/m³`, `10,000t`.
/// Single letters and characters end other words too.
fn speaks_of_unit(text: &str) -> bool {
    let text = text.trim_end_matches([')', ']', '】', '〕']);
    let is_unit = |at: usize| {
        let (before, unit) = text.split_at_checked(at).unwrap_or_default();
        let is_telling = unit.contains(['/', '%', '³', '²'])
            || !unit.is_ascii() && unit.chars().count() > 1
            || unit.is_ascii() && unit.len() > 3
            || before.ends_with(['为', ':', '=', '是'])
            || matches!(unit, "吨" | "亩" | "元" | "克" | "升" | "米" | "公顷");
        is_telling && Unit::new(unit).is_known()
    };
    let is_number = text.starts_with(|c: char| c.is_ascii_digit() || c == '×');
    is_number && column::year(text).is_none()
        // Short of a word: `kt`, `mt`.
        || text.is_ascii() && (1..=4).contains(&text.len())
        || matches!(text, "百" | "千" | "万" | "十万" | "百万" | "千万" | "亿")
        || text.char_indices().rev().take(LONGEST_UNIT).any(|(at, _)| is_unit(at))
}

/// Whether a text names a unit, in which a value of the plan would be another number, otherwise than
/// in brackets that hold nothing else: `以万吨计`, `Values in mg/m3`. Behind a digit it is that number's.
fn names_unit(text: &str, plan: &Plan) -> bool {
    /// Titles are shorter, in bytes.
    const LONGEST_TITLE: usize = 300;
    /// Units are shorter, in characters.
    const LONGEST: usize = 8;
    let parts = text.split(['(', ')', '[', ']', '【', '】', '〔', '〕', '、', ',', ';', ':']);
    let is_unit = |part: &str, start: usize, length: usize| {
        let (before, from) = part.split_at_checked(start).unwrap_or_default();
        let end = from.char_indices().nth(length).map_or(from.len(), |(at, _)| at);
        let unit = from.get(..end).unwrap_or_default();
        let is_telling = unit.contains('/') || !unit.is_ascii() || unit.len() > 5;
        // Of 31微克 the unit is not 克.
        let digit = before.rfind(|c: char| c.is_ascii_digit());
        let from_digit = digit.and_then(|digit| part.get(digit + 1..start + end));
        let is_of_number = from_digit.is_some_and(|unit| Unit::new(unit).is_known());
        is_telling && !is_of_number && changes(&Unit::new(unit), plan)
    };
    let names = |part: &str| {
        let mut starts = part.char_indices().map(|(at, _)| at);
        starts.any(|start| (2..=LONGEST).any(|length| is_unit(part, start, length)))
    };
    let lower = text.to_ascii_lowercase();
    let is_many = ["thousand", "million", "billion"].iter().any(|many| lower.contains(many));
    is_many
        || text.len() <= LONGEST_TITLE
            && parts.filter(|part| !Unit::new(part).is_known()).any(names)
}

/// The units that stand in brackets of their own and fit something of the plan; behind the name of
/// an item they are that item's.
fn bracketed(text: &str, plan: &Plan) -> Vec<TitleUnit> {
    let opening = ['(', '[', '【', '〔'];
    let groups = text.match_indices(opening).filter_map(|(at, sign)| {
        let inside = text.get(at + sign.len()..)?.split([')', ']', '】', '〕']).next()?;
        Some((text.get(..at)?, inside))
    });
    let listed = groups.flat_map(|(name, inside)| {
        let of = item_at_end(name, plan);
        let units = inside.split(['、', ',']).map(Unit::new);
        units.map(move |unit| TitleUnit { unit, of })
    });
    listed.filter(|said| said.unit.is_known() && fits_plan(&said.unit, plan)).collect()
}

/// The item whose name a text ends with, the longest name of several.
fn item_at_end(text: &str, plan: &Plan) -> Option<Quantity> {
    /// Names are shorter, in characters.
    const LONGEST: usize = 100;
    let start = text.char_indices().rev().nth(LONGEST).map_or(0, |(at, _)| at);
    let text = text.get(start..)?;
    text.char_indices().find_map(|(at, _)| plan.find(text.get(at..)?))
}

/// The units of everything that the plan measures.
fn units_of(plan: &Plan) -> impl Iterator<Item = &Unit> {
    let items = plan.indicators().iter().filter_map(|item| item.unit.as_ref());
    items.chain(plan.inputs().iter().filter_map(|input| input.unit.as_ref()))
}

fn is_of_plan(unit: &Unit, plan: &Plan) -> bool {
    units_of(plan).any(|own| own == unit)
}

fn fits_plan(unit: &Unit, plan: &Plan) -> bool {
    units_of(plan).any(|own| unit.is_convertible_to(own))
}

/// Whether a value of the plan is another number in a unit.
pub(in crate::data) fn changes(unit: &Unit, plan: &Plan) -> bool {
    units_of(plan).any(|own| own != unit && unit.is_convertible_to(own))
}

/// Which of a title's units is that of a quantity: its own, the only one, or of several the only one
/// that fits.
pub(in crate::data) fn unit_for<'u>(
    said: &'u [TitleUnit],
    quantity: Quantity,
    measure: Measure<'_>,
) -> Result<Option<&'u Unit>, CellError> {
    let mut own = said.iter().filter(|said| said.of == Some(quantity)).map(|said| &said.unit);
    match (own.next(), own.next()) {
        (Some(first), Some(second)) => return Err(CellError::of_title(first, second)),
        (Some(only), None) => return Ok(Some(only)),
        (None, _) => {}
    }
    let fits = |unit: &Unit| match (measure.kind, measure.unit) {
        (Kind::Number, Some(own)) => unit.is_convertible_to(own),
        (Kind::Number, None) => false,
        (Kind::Task, _) => unit.is_per_cent(),
        _ => false,
    };
    let of_all: Vec<&Unit> =
        said.iter().filter(|said| said.of.is_none()).map(|said| &said.unit).collect();
    let fitting: Vec<&Unit> = of_all.iter().copied().filter(|unit| fits(unit)).collect();
    match (of_all.as_slice(), fitting.as_slice()) {
        ([only], _) if *measure.kind == Kind::Number => Ok(Some(only)),
        (_, [only]) => Ok(Some(only)),
        (_, [first, second, ..]) => Err(CellError::of_title(first, second)),
        (_, []) => {
            let changes = |said: &&TitleUnit| fits(&said.unit) && measure.unit != Some(&said.unit);
            match said.iter().filter(|said| said.of.is_some()).find(changes) {
                Some(other) => Err(CellError::of_other_item(&other.unit)),
                None => Ok(None),
            }
        }
    }
}
