//! The years that a title names, and whether it speaks of a part of one.

use crate::data::column;
use crate::spelling::half_width;
use crate::unit::Unit;
use crate::year::Year;

/// Between the ends of a span.
const TO: [char; 9] = ['—', '–', '-', '~', '至', '到', '―', '‑', '‒'];

/// What is behind the signs between the ends of a span.
fn behind_to(text: &str) -> Option<&str> {
    let behind = text.trim_start_matches(TO);
    (behind.len() < text.len()).then_some(behind)
}

/// What a text says of years.
#[derive(Debug, Default)]
pub(super) struct YearsIn {
    /// Years that it is of.
    pub(super) said: Vec<Year>,
    /// Years that it may be of.
    pub(super) doubtful: Vec<Year>,
}

/// How digits that may be a year are meant.
enum Meaning {
    Year,
    Doubtful,
    /// A day, a document's number, a standard's, a count.
    Other,
}

/// The years in `2021年度…`, `考核年度：2021`, `二〇二一年`; a span such as `2021—2025年` names none.
pub(super) fn years_in(text: &str) -> YearsIn {
    if let Some(year) = column::year(text) {
        return YearsIn { said: vec![year], ..YearsIn::default() };
    }
    let text = with_digits(&half_width(text));
    let mut years = YearsIn::default();
    let mut rest = text.as_str();
    while let Some((before, digits, behind)) = next_number(&text, rest) {
        rest = behind;
        let Some(year) = column::year(digits) else { continue };
        if let Some(last) = end_of_span(behind) {
            rest = last;
            continue;
        }
        match meaning(before, behind) {
            Meaning::Year => years.said.push(year),
            Meaning::Doubtful => years.doubtful.push(year),
            Meaning::Other => {}
        }
    }
    years
}

/// Whether a text speaks of the year before, which is not the one that is asked for.
pub(super) fn is_of_year_before(text: &str) -> bool {
    let lower = text.to_lowercase();
    ["上年", "上一年", "去年", "前一年", "last year", "previous year"]
        .iter()
        .any(|word| lower.contains(word))
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

/// How digits that may be a year are meant between two texts.
fn meaning(before: &str, behind: &str) -> Meaning {
    let trimmed = behind.trim_start();
    if let Some(behind) = trimmed.strip_prefix('年') {
        return meaning_of_date(before.trim_end(), behind.trim_start_matches('度').trim_start());
    }
    if is_numbered(before, trimmed) || is_count(trimmed) || is_day(trimmed) {
        Meaning::Other
    } else if is_bare_year(before, trimmed) {
        Meaning::Year
    } else {
        Meaning::Doubtful
    }
}

/// How a year is meant that a text calls one: `截至2020年12月31日`, `2020年1月1日至12月31日`.
fn meaning_of_date(before: &str, behind: &str) -> Meaning {
    let Some(("", digits, rest)) = next_number(behind, behind) else { return Meaning::Year };
    let Some((first, last, rest)) = months(digits, rest) else { return Meaning::Year };
    if first != last {
        return Meaning::Year;
    }
    let Some(("", day, rest)) = next_number(rest, rest) else { return Meaning::Other };
    let rest = rest.trim_start_matches(['日', '号']).trim_start();
    let is_last = (first, day) == (12, "31");
    let is_until = || ["截至", "截止", "至", "到"].iter().any(|until| before.ends_with(until));
    match behind_to(rest) {
        Some(to) if first == 1 && day.trim_start_matches('0') == "1" => {
            if to.trim_start().starts_with("12月31") { Meaning::Year } else { Meaning::Doubtful }
        }
        Some(_) => Meaning::Doubtful,
        None if is_last && is_until() => Meaning::Year,
        None => Meaning::Other,
    }
}

/// Whether a year is part of the number of a document, 〔2020〕3号, or of a standard, GB3095-2012.
fn is_numbered(before: &str, behind: &str) -> bool {
    let closed = behind.strip_prefix([')', ']', '〕', '】']).unwrap_or_default();
    let number = closed.trim_start_matches('第').trim_start_matches(|c: char| c.is_ascii_digit());
    let is_document = before.ends_with('〔') || closed != number && number.starts_with('号');
    let standard = before.trim_end_matches(TO);
    is_document || standard != before && standard.ends_with(|c: char| c.is_ascii_digit())
}

/// Whether digits count something: 2000个.
fn is_count(behind: &str) -> bool {
    let unit = behind.chars().next().map(|c| Unit::new(c.encode_utf8(&mut [0; 4])));
    behind.starts_with(['名', '件', '条', '项', '处', '座', '余', '多'])
        || unit.is_some_and(|unit| unit.is_known())
}

/// Whether digits begin a day: 2020-12-31.
fn is_day(behind: &str) -> bool {
    let mut parts = behind.split(['-', '/', '.']);
    let mut is_number = || {
        let part = parts.next().unwrap_or_default();
        part.starts_with(|c: char| c.is_ascii_digit())
    };
    behind.starts_with(['-', '/', '.']) && {
        is_number();
        is_number() && is_number()
    }
}

/// Whether digits without 年 are a year all the same: `考核年度：2020`, `FY2020`, `大气（2020）`.
fn is_bare_year(before: &str, behind: &str) -> bool {
    let (spaced, before) = (before, before.trim_end());
    let lower = before.to_lowercase();
    let is_letter = |c: char| c.is_alphabetic();
    let label = lower.trim_end_matches([':', '为']);
    let is_labelled = ["年度", "年份", "year"].iter().any(|word| label.ends_with(word));
    let is_dashed = behind_to(behind).is_some_and(|behind| behind.starts_with(is_letter));
    let is_apart = spaced.len() > before.len() || lower.ends_with("fy");
    let is_last = behind.is_empty()
        && before.ends_with(is_letter)
        && (is_apart || before.ends_with(|c: char| !c.is_ascii()));
    let is_first = before.is_empty() && behind.starts_with(is_letter) && !behind.starts_with('月');
    let is_enclosed = before.ends_with('(') && behind == ")";
    is_labelled || is_dashed || is_last || is_first || is_enclosed
}

/// The text with the digits of `二〇二一年` as `2021年`.
pub(super) fn with_digits(text: &str) -> String {
    const DIGITS: &str = "〇一二三四五六七八九";
    let digit = |c: char| match c {
        '○' | '零' | 'O' => Some(0),
        '0'..='9' => c.to_digit(10).and_then(|digit| usize::try_from(digit).ok()),
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
