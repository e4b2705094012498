//! Words that stand in a cell instead of a value.

use rust_decimal::Decimal;

use super::CellError;
use crate::plan::Measure;
use crate::spelling::{fold, half_width, one_line, quoted};
use crate::unit::Unit;

/// Cells that say that no value is there, folded. Rows of dashes and of dots say it too.
const MISSING: [&str; 13] = [
    "/",
    "\\",
    "未监测",
    "缺测",
    "缺失",
    "无数据",
    "暂无数据",
    "暂缺",
    "未填",
    "-9999",
    "nan",
    "null",
    "#n/a",
];

/// Beginnings of cells that say that the indicator does not apply.
const NOT_APPLICABLE: [&str; 2] = ["不适用", "not applicable"];

const DONE: [&str; 4] = ["完成", "已完成", "done", "completed"];
const NOT_DONE: [&str; 5] = ["未完成", "没有完成", "尚未完成", "notdone", "notcompleted"];

/// Words that are 0 to one office and missing to another, folded.
const NONE: [&str; 2] = ["无", "none"];

/// Words that are missing to one office and not applicable to another, folded.
const NOT_AVAILABLE: [&str; 4] = ["n/a", "na", "n.a.", "n.a"];

/// Words for what is less than can be measured, folded.
const NOT_DETECTED: [&str; 9] =
    ["未检出", "未检测出", "低于检出限", "检出限以下", "nd", "n.d.", "n.d", "bdl", "notdetected"];

/// Whether a cell says that nothing is there.
pub(in crate::data) fn is_missing(text: &str) -> bool {
    let narrow = half_width(text);
    let narrow = narrow.trim();
    let is_dash = |c| matches!(c, '-' | '‐' | '‒' | '–' | '—' | '―' | '─');
    let is_dots =
        narrow.chars().all(|c| c == '…') || narrow.len() > 2 && narrow.bytes().all(|b| b == b'.');
    narrow.chars().all(is_dash) || is_dots || MISSING.contains(&fold(narrow).as_str())
}

/// Whether a cell of a column of units says that there is none.
pub(in crate::data) fn is_no_unit(text: &str) -> bool {
    is_missing(text) || matches!(fold(text).as_str(), "无" | "无单位" | "none")
}

/// Whether a cell says that the indicator does not apply, and the reason if it says that too:
/// `不适用：无此类企业`, `不适用（无此类企业）`.
pub(super) fn not_applicable(text: &str) -> Option<Option<String>> {
    let text = one_line(text);
    let text = text.trim_start_matches(['(', '（', '[', '【']);
    let rest = NOT_APPLICABLE.into_iter().find_map(|word| {
        let (start, rest) = text.split_at_checked(word.len())?;
        start.eq_ignore_ascii_case(word).then_some(rest.trim())
    })?;
    let is_mark = |c: char| "():：,，;；-–—（）[]【】".contains(c);
    if !rest.is_empty() && !rest.starts_with(is_mark) {
        return None;
    }
    let reason = rest.trim_start_matches(|c: char| is_mark(c) || c.is_whitespace());
    Some(Some(closed(reason).to_owned()).filter(|reason| !reason.is_empty()))
}

/// The text without a closing bracket whose opening one was cut off.
fn closed(text: &str) -> &str {
    let opened = text.contains(['(', '（', '[', '【']);
    if opened { text } else { text.trim_end_matches([')', '）', ']', '】', ' ']) }
}

/// How far a task is, in per cent, by a word.
pub(super) fn progress(text: &str) -> Option<Decimal> {
    let folded = fold(text);
    let is = |words: &[&str]| words.contains(&folded.as_str());
    let done = is(&DONE).then_some(Decimal::ONE_HUNDRED);
    done.or_else(|| is(&NOT_DONE).then_some(Decimal::ZERO))
}

/// Why a word is refused that several offices use for several things. `none` says what is to be
/// written for 无.
pub(super) fn refused(text: &str, none: &str) -> Option<CellError> {
    let folded = fold(text);
    let shown = quoted(text);
    let (message, help) = if NONE.contains(&folded.as_str()) {
        (format!("`{shown}` is 0 in one source and missing in another"), none)
    } else if NOT_AVAILABLE.contains(&folded.as_str()) {
        let help = "leave it empty where no value is there; write `不适用` (or `not applicable`) \
                    and the reason in the note where none can be";
        (format!("does `{shown}` say not available, or not applicable?"), help)
    } else {
        return None;
    };
    Some(CellError::new("ambiguous-word", message, help))
}

/// Why a cell is refused that says only that the value is less than can be measured: `<0.01`,
/// `0.01L`, 未检出.
pub(super) fn below_detection(narrow: &str, measure: Measure<'_>) -> Option<CellError> {
    let is_word = NOT_DETECTED.contains(&fold(narrow).as_str());
    if !is_word && !narrow.starts_with('<') && !is_limit(narrow, measure) {
        return None;
    }
    let message = format!("`{}` says only that it is below the detection limit", quoted(narrow));
    let help = "write the number that the rules count, often half the limit, and what stands \
                here in the note";
    Some(CellError::new("below-detection", message, help))
}

/// Whether a cell is a detection limit as laboratories write it, `0.01L`, and no litres.
fn is_limit(narrow: &str, measure: Measure<'_>) -> bool {
    let limit = narrow.strip_suffix('L').or_else(|| narrow.strip_suffix("ND"));
    let Some(limit) = limit.map(str::trim_end) else { return false };
    let in_litres = || measure.unit.is_some_and(|own| Unit::new("L").is_convertible_to(own));
    crate::number::parse(limit).is_ok() && !in_litres()
}
