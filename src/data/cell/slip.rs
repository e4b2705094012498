//! What was probably meant by a cell that is no number.

use super::CellError;
use super::number::{Unread, plain, split, stuck_on};
use crate::number::{self, NumberError};
use crate::plan::Measure;
use crate::spelling::{half_width, quoted};

/// Why a text is no number, and what to write.
pub(super) fn refused(text: &str, why: Unread, measure: Measure<'_>) -> CellError {
    let reason = match why {
        Unread::Number(NumberError::NotANumber) | Unread::Comma => String::new(),
        Unread::Number(other) => format!(": {other}"),
    };
    let help = match why {
        Unread::Number(NumberError::NotANumber) => meant(&half_width(text), measure),
        Unread::Number(NumberError::TooLong | NumberError::TooLarge) => {
            "write the number as it was measured".to_owned()
        }
        Unread::Comma => decimal_comma(&half_width(text)),
    };
    CellError::bad_value(format!("`{}` is no number{reason}", quoted(text)), help)
}

/// Whether a character is taken for a digit by the eye.
pub(super) fn is_like_digit(c: char) -> bool {
    digit(c).is_some()
}

fn digit(c: char) -> Option<char> {
    match c {
        'O' | 'o' | '〇' | '○' => Some('0'),
        'I' | 'l' | '|' => Some('1'),
        _ => None,
    }
}

fn decimal_comma(narrow: &str) -> String {
    let thousands = quoted(&narrow.replace(',', ""));
    if narrow.contains('.') || narrow.matches(',').count() > 1 {
        return format!("leave the commas out: write `{thousands}`");
    }
    let decimals = quoted(&narrow.replace(',', "."));
    format!("the comma may be for thousands or for decimals: write `{thousands}` or `{decimals}`")
}

/// What to write instead of a text that is no number.
fn meant(narrow: &str, measure: Measure<'_>) -> String {
    let mended = mended(narrow, measure).or_else(|| written_out(narrow, measure));
    if let Some(mended) = mended {
        return format!("did you mean `{}`?", quoted(&mended));
    }
    let help = if narrow.starts_with('#') {
        "the formula of the cell failed: mend it, or write the number"
    } else if is_date(narrow) {
        "this is a date, perhaps made by the spreadsheet: write the number as it was measured"
    } else if is_fraction(narrow) {
        "write what the fraction comes to, as a number such as `31.4`"
    } else if is_span(narrow) {
        "write one number, not a span"
    } else if narrow.contains(|c: char| c.is_ascii_digit()) {
        "write the number alone, such as `31.4`, or with a unit that is known, such as `31.4%`"
    } else {
        "write a plain number such as `31.4`; leave the cell empty where no value is there; \
         write `不适用` (or `not applicable`) and the reason in the note where none can be"
    };
    help.to_owned()
}

/// The text with its wrong signs put right, if it is a number then.
fn mended(narrow: &str, measure: Measure<'_>) -> Option<String> {
    let text = narrow.trim_start_matches(['\'', '‘', '’', '`']).trim_start();
    let text = text.strip_prefix("百分之").map_or(text.to_owned(), |rest| format!("{rest}%"));
    let end = text.char_indices().find(|&(at, c)| right(at, c).is_none()).map(|(at, _)| at);
    let (number, rest) = text.split_at_checked(end.unwrap_or(text.len()))?;
    let number: String = number.char_indices().filter_map(|(at, c)| right(at, c)?).collect();
    let number = with_point(number.trim_end_matches('.'));
    let is_number = plain(&number, false).is_ok() && stuck_on(rest.trim(), measure).is_some();
    is_number.then(|| format!("{number}{rest}"))
}

/// The sign that stands for a character in a number: none inside for what is left out, none
/// outside for what is no part of a number.
fn right(at: usize, c: char) -> Option<Option<char>> {
    match c {
        '0'..='9' | '.' | ',' => Some(Some(c)),
        '+' if at == 0 => Some(None),
        '-' | '–' | '—' if at == 0 => Some(Some('-')),
        '。' | '·' | '、' | '｡' => Some(Some('.')),
        _ if c.is_whitespace() => Some(None),
        _ => digit(c).map(Some),
    }
}

/// The digits with a point for a comma that cannot be one of thousands, and with a 0 before it.
fn with_point(number: &str) -> String {
    let number = if plain(number, false).is_err() && number.matches(',').count() == 1 {
        number.replace('.', "").replace(',', ".")
    } else {
        number.to_owned()
    };
    match number.strip_prefix('.') {
        Some(part) => format!("0.{part}"),
        None => number,
    }
}

/// The plain form of a number with an exponent: 1000 of `1e3`.
fn written_out(narrow: &str, measure: Measure<'_>) -> Option<String> {
    let (number, unit) = match narrow.split_once(|c: char| c.is_whitespace()) {
        Some((number, unit)) => (number, unit.trim()),
        None => (narrow, ""),
    };
    let number = number::parse_toml(number).ok().filter(|_| number.contains(['e', 'E']))?;
    let is_unit = stuck_on(unit, measure).is_some();
    is_unit.then(|| format!("{number} {unit}").trim_end().to_owned())
}

fn all_digits(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit())
}

/// Whether a text is a day: `2021-12-31`, `2021/12/31 0:00`, `3月5日`.
fn is_date(narrow: &str) -> bool {
    let day = narrow.split([' ', 'T']).next().unwrap_or_default();
    let has_month = day.contains('月');
    let parts: Vec<_> = day.trim_end_matches('日').split(['-', '/', '年', '月']).collect();
    let is_day = parts.iter().all(|part| all_digits(part) && part.len() <= 4);
    is_day && (parts.len() == 3 || parts.len() == 2 && has_month)
}

fn is_fraction(narrow: &str) -> bool {
    let parts = narrow.split_once('/');
    parts.is_some_and(|(over, under)| all_digits(over.trim()) && all_digits(under.trim()))
}

fn is_span(narrow: &str) -> bool {
    let (number, rest) = split(narrow);
    let other = rest.trim_start_matches(['-', '–', '—', '~', '至', '到']);
    let is_number = |text: &str| plain(text.trim(), false).is_ok();
    is_number(number) && other.len() < rest.len() && is_number(split(other.trim()).0)
}
