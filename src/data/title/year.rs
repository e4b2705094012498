//! The years that a title names, and whether it speaks of a part of one.

use crate::data::column;
use crate::spelling::half_width;
use crate::year::Year;

/// Between the ends of a span.
const TO: [char; 9] = ['—', '–', '-', '~', '至', '到', '―', '‑', '‒'];

/// What is behind the signs between the ends of a span.
fn behind_to(text: &str) -> Option<&str> {
    let behind = text.trim_start_matches(TO);
    (behind.len() < text.len()).then_some(behind)
}

/// The years in `2021年度…`, `考核年度：2021`, `二〇二一年`; a span such as `2021—2025年` names none.
pub(super) fn years_in(text: &str) -> Vec<Year> {
    if let Some(year) = column::year(text) {
        return vec![year];
    }
    let text = with_digits(&half_width(text));
    let mut years = Vec::new();
    let mut rest = text.as_str();
    while let Some((before, digits, behind)) = next_number(&text, rest) {
        rest = behind;
        let Some(year) = column::year(digits) else { continue };
        if let Some(last) = end_of_span(behind) {
            rest = last;
        } else if is_whole_year(before, behind) {
            years.push(year);
        }
    }
    years
}

/// Whether a text speaks of months, quarters or a half of a year, and not of a day.
pub(super) fn is_part_of_year(text: &str) -> bool {
    let narrow = half_width(text);
    let mut rest = narrow.as_str();
    while let Some((_, digits, behind)) = next_number(&narrow, rest) {
        rest = behind;
        if let Some((first, last, behind)) = months(digits, behind) {
            let is_day = first == last && behind.starts_with(|c: char| c.is_ascii_digit());
            if !is_day && (first, last) != (1, 12) {
                return true;
            }
            rest = behind;
        }
    }
    ["上半年", "下半年", "季度"].iter().any(|part| narrow.contains(part))
}

/// The next digits in the rest of a text, with all that is before them and what is behind.
fn next_number<'t>(text: &'t str, rest: &'t str) -> Option<(&'t str, &'t str, &'t str)> {
    let at = text.len() - rest.len() + rest.find(|c: char| c.is_ascii_digit())?;
    let (before, from) = text.split_at_checked(at)?;
    let length = from.find(|c: char| !c.is_ascii_digit()).unwrap_or(from.len());
    let (digits, behind) = from.split_at_checked(length)?;
    Some((before, digits, behind))
}

/// `1-9月`, `1月至12月`, `9月`, given their first number and what is behind it: the first month, the
/// last, and the rest.
fn months<'t>(digits: &str, behind: &'t str) -> Option<(u8, u8, &'t str)> {
    let month = |digits: &str| digits.parse().ok().filter(|month| (1..=12).contains(month));
    let first = month(digits)?;
    let behind = behind.trim_start();
    let single = behind.strip_prefix('月');
    let to = single.unwrap_or(behind).trim_start();
    let last = behind_to(to).and_then(|to| {
        let (before, digits, behind) = next_number(to, to)?;
        let behind = behind.trim_start().strip_prefix('月')?;
        Some((month(digits).filter(|_| before.trim().is_empty())?, behind))
    });
    match (last, single) {
        (Some((last, behind)), _) => Some((first, last, behind)),
        (None, Some(behind)) => Some((first, first, behind.trim_start())),
        (None, None) => None,
    }
}

/// Behind a year that begins a span, what is behind its last year.
fn end_of_span(behind: &str) -> Option<&str> {
    let to = behind.trim_start().trim_start_matches(['年', '度']).trim_start();
    let to = behind_to(to)?.trim_start();
    let length = to.find(|c: char| !c.is_ascii_digit()).unwrap_or(to.len());
    let (last, behind) = to.split_at_checked(length)?;
    column::year(last).map(|_| behind)
}

/// Whether digits between two texts name a year, and no day or month in it.
fn is_whole_year(before: &str, behind: &str) -> bool {
    let (spaced, before) = (before, before.trim_end());
    let behind = behind.trim_start();
    let Some(behind) = behind.strip_prefix('年') else {
        let label = before.trim_end_matches([':', '为']).to_lowercase();
        let is_labelled = ["年度", "年份", "year"].iter().any(|word| label.ends_with(word));
        let is_dashed = || {
            let behind = behind_to(behind).unwrap_or_default();
            behind.starts_with(|c: char| c.is_alphabetic())
        };
        let is_word = |text: &str| text.ends_with(|c: char| c.is_alphabetic());
        let is_apart = spaced.len() > before.len() || before.to_lowercase().ends_with("fy");
        let is_last = behind.is_empty()
            && is_word(before)
            && (is_apart || before.ends_with(|c: char| !c.is_ascii()));
        let is_first =
            before.is_empty() && behind.starts_with(|c: char| c.is_alphabetic() && c != '月');
        return is_labelled || is_dashed() || is_last || is_first;
    };
    let behind = behind.trim_start_matches('度').trim_start();
    let Some(("", digits, rest)) = next_number(behind, behind) else { return true };
    match months(digits, rest) {
        Some((12, 12, rest)) if rest.starts_with("31") => {
            ["截至", "截止", "至", "到"].iter().any(|until| before.ends_with(until))
        }
        Some((first, last, _)) => first != last,
        None => true,
    }
}

/// The text with the digits of `二〇二一年` as `2021年`.
fn with_digits(text: &str) -> String {
    const DIGITS: &str = "〇一二三四五六七八九";
    let digit = |c: char| match c {
        '○' | '零' | 'O' => Some(0),
        c => DIGITS.chars().position(|digit| digit == c),
    };
    let digits = |part: &str| -> Option<String> {
        let digits: Vec<char> = part
            .chars()
            .map(|c| char::from_digit(u32::try_from(digit(c)?).ok()?, 10))
            .collect::<Option<_>>()?;
        Some(digits.into_iter().collect())
    };
    let mut out = String::new();
    let mut parts = text.split('年').peekable();
    while let Some(part) = parts.next() {
        let start = part.char_indices().rev().nth(3).map(|(at, _)| at);
        let (before, last) = part.split_at(start.unwrap_or(part.len()));
        match digits(last).filter(|digits| digits.len() == 4) {
            Some(digits) => out.extend([before, &digits]),
            None => out.push_str(part),
        }
        if parts.peek().is_some() {
            out.push('年');
        }
    }
    out
}
