//! A value of a target file with its place: read as what is expected, or reported. Numbers are
//! taken from their own text.

use std::ops::Range;

use jiff::civil::Date;
use rust_decimal::Decimal;
use toml::Spanned;
use toml::de::DeValue;

use super::faults::Faults;
use super::table::Table;
use crate::diagnostic::Diagnostic;
use crate::number;
use crate::source::Place;
use crate::spelling::{has_obeyed, is_obeyed};
use crate::text::Text;
use crate::year::{Year, Years};

/// A value in the file, with its place.
#[derive(Clone, Copy)]
pub(super) struct Node<'a> {
    value: &'a Spanned<DeValue<'a>>,
    faults: &'a Faults,
}

impl<'a> Node<'a> {
    pub(super) fn new(value: &'a Spanned<DeValue<'a>>, faults: &'a Faults) -> Self {
        Self { value, faults }
    }

    pub(super) fn place(self) -> Place {
        self.faults.place(self.value.span())
    }

    /// Reports a fault at this value.
    pub(super) fn fault(self, code: &'static str, message: impl Into<String>, help: &str) {
        self.faults.add(Diagnostic::error(code, message).at(self.place(), "").help(help));
    }

    fn wrong_type(self, expected: &str) {
        let found = describe(self.value.get_ref());
        let message = format!("expected {expected}, found {found}");
        let fault = Diagnostic::error("wrong-type", message);
        let fault = fault.at(self.place(), "");
        self.faults.add(fault.help(format!("write {expected}")));
    }

    pub(super) fn is_table(self) -> bool {
        self.value.get_ref().is_table()
    }

    pub(super) fn is_string(self) -> bool {
        self.value.get_ref().is_str()
    }

    /// A string that says something, without control characters.
    pub(super) fn string(self) -> Option<&'a str> {
        let DeValue::String(text) = self.value.get_ref() else {
            self.wrong_type("a string");
            return None;
        };
        let trimmed = text.trim();
        if trimmed.is_empty() {
            self.fault("empty-text", "the text is empty", "write it, or leave the key out");
            return None;
        }
        if has_obeyed(text) {
            let message = "the text holds a control character or a line end";
            self.fault("control-character", message, "write it on one line");
            return None;
        }
        Some(trimmed)
    }

    /// A string that may be of several lines.
    pub(super) fn lines(self) -> Option<&'a str> {
        let text = self.peek().filter(|text| !text.is_empty());
        let text = if text.is_some() { text } else { self.string() };
        let is_bad = |c: char| is_obeyed(c) && !matches!(c, '\n' | '\r' | '\t');
        if text.is_some_and(|text| text.contains(is_bad)) {
            self.fault("control-character", "the text holds a control character", "type it anew");
            return None;
        }
        text
    }

    /// The string that this is, without judging it.
    pub(super) fn peek(self) -> Option<&'a str> {
        self.value.get_ref().as_str().map(str::trim)
    }

    /// Whether it is a number, whatever its size.
    pub(super) fn is_number(self) -> bool {
        matches!(self.value.get_ref(), DeValue::Integer(_) | DeValue::Float(_))
    }

    /// The values directly inside it.
    pub(super) fn values(self) -> Vec<Self> {
        let faults = self.faults;
        let table = self.value.get_ref().as_table();
        table
            .into_iter()
            .flat_map(|table| table.values())
            .map(|value| Node { value, faults })
            .collect()
    }

    /// The value of a key, if this is a table that has it, without judging the rest.
    pub(super) fn inside(self, key: &str) -> Option<Self> {
        let faults = self.faults;
        let value = self.value.get_ref().as_table()?.get(key)?;
        Some(Node { value, faults })
    }

    /// The strings that are this value, or anywhere inside it, without judging them.
    pub(super) fn strings_within(self) -> Vec<Self> {
        let mut strings = Vec::new();
        self.gather_strings(&mut strings);
        strings
    }

    fn gather_strings(self, to: &mut Vec<Self>) {
        let inside = |value| Node { value, faults: self.faults };
        match self.value.get_ref() {
            DeValue::Table(table) => table.values().for_each(|v| inside(v).gather_strings(to)),
            DeValue::Array(array) => array.iter().for_each(|v| inside(v).gather_strings(to)),
            DeValue::String(_) => to.push(self),
            _ => {}
        }
    }

    pub(super) fn owned_string(self) -> Option<String> {
        self.string().map(str::to_owned)
    }

    /// One string for every language, or `{ zh = "…", en = "…" }`.
    pub(super) fn text(self) -> Option<Text> {
        if !self.is_table() {
            if !self.is_string() {
                self.wrong_type("a text: a string, or `{ zh = \"…\", en = \"…\" }`");
                return None;
            }
            return self.owned_string().map(Text::Plain);
        }
        let mut table = self.table("a text")?;
        let zh = table.required("zh", Node::owned_string);
        let en = table.required("en", Node::owned_string);
        table.finish();
        Some(Text::Both { zh: zh?, en: en? })
    }

    pub(super) fn decimal(self) -> Option<Decimal> {
        let number = match self.value.get_ref() {
            DeValue::Integer(number) if number.radix() == 10 => number::parse_toml(number.as_str()),
            DeValue::Float(number) => number::parse_toml(number.as_str()),
            DeValue::Integer(_) => {
                self.fault("bad-number", "the number is not in decimal", "write it in decimal");
                return None;
            }
            _ => {
                self.wrong_type("a number");
                return None;
            }
        };
        number
            .map_err(|error| {
                let message = format!("the number cannot be used: {error}");
                self.fault("bad-number", message, "write a plain decimal number, such as 30.5");
            })
            .ok()
    }

    /// The number that this is, without judging it.
    pub(super) fn decimal_of(self) -> Option<Decimal> {
        match self.value.get_ref() {
            DeValue::Integer(number) => number::parse_toml(number.as_str()).ok(),
            DeValue::Float(number) => number::parse_toml(number.as_str()).ok(),
            _ => None,
        }
    }

    /// A number from `least` to `most`, with at most `digits` decimals.
    pub(super) fn decimal_within(
        self,
        least: impl Into<Decimal>,
        most: impl Into<Decimal>,
        digits: u32,
    ) -> Option<Decimal> {
        let (least, most) = (least.into(), most.into());
        let number = self.decimal()?;
        if number < least || number > most {
            let message = format!("{number} is out of range");
            self.fault("out-of-range", message, &format!("write a number from {least} to {most}"));
            return None;
        }
        if number.normalize().scale() > digits {
            let message = format!("{number} has more than {digits} decimals");
            self.fault("out-of-range", message, &format!("write at most {digits} decimals"));
            return None;
        }
        Some(number)
    }

    /// One of a few words, each with what it stands for.
    pub(super) fn one_of<T: Copy>(self, words: &[(&'static str, T)]) -> Option<T> {
        let word = self.string()?;
        let known = words.iter().find(|&&(known, _)| known == word);
        if known.is_none() {
            let all: Vec<&str> = words.iter().map(|&(known, _)| known).collect();
            let message = format!("`{word}` is not known here");
            self.fault("unknown-word", message, &format!("write one of: {}", all.join(", ")));
        }
        known.map(|&(_, meaning)| meaning)
    }

    pub(super) fn date(self) -> Option<Date> {
        let DeValue::Datetime(found) = self.value.get_ref() else {
            self.wrong_type("a date such as 2021-09-28, without quotes");
            return None;
        };
        let Some(date) = found.date.filter(|_| found.time.is_none()) else {
            self.wrong_type("a date without a time, such as 2021-09-28");
            return None;
        };
        let day = i16::try_from(date.year).ok().and_then(|year| {
            let (month, day) = (i8::try_from(date.month).ok()?, i8::try_from(date.day).ok()?);
            Date::new(year, month, day).ok()
        });
        if day.is_none() {
            // TOML has refused days that there are not.
            self.wrong_type("a date such as 2021-09-28");
        }
        day
    }

    /// `true`, for a key that only says that something is so.
    pub(super) fn yes(self) -> Option<()> {
        let yes = self.value.get_ref().as_bool() == Some(true);
        if !yes {
            self.wrong_type("`true`, or leave the key out");
        }
        yes.then_some(())
    }

    /// A list of two.
    pub(super) fn pair(self, what: &str) -> Option<[Self; 2]> {
        let faults = self.faults;
        let pair = match self.value.get_ref() {
            DeValue::Array(array) => match array.get(..) {
                Some([first, second]) => Some([first, second]),
                _ => None,
            },
            _ => None,
        };
        if pair.is_none() {
            self.wrong_type(what);
        }
        Some(pair?.map(|value| Node { value, faults }))
    }

    /// The keys of a table with their places and values, in the order of the file.
    pub(super) fn entries(self) -> Vec<(&'a str, Place, Self)> {
        let DeValue::Table(table) = self.value.get_ref() else {
            self.wrong_type("a table");
            return Vec::new();
        };
        let table = Table::new(table, self.value.span(), "a table", self.faults);
        let mut entries: Vec<_> = table.entries().collect();
        entries.sort_by_key(|(_, place, _)| place.range().start);
        entries
    }

    /// The place of a piece of the string that this is, given as it is in [`Node::string`].
    pub(super) fn place_within(self, range: Range<usize>) -> Place {
        let span = self.value.span();
        let whole = self.place();
        let Some(text) = self.value.get_ref().as_str() else { return whole };
        let Some(at) = whole.text().find(text) else { return whole };
        let start = span.start + at + (text.len() - text.trim_start().len());
        self.faults.place(start + range.start..start + range.end)
    }

    /// Reports a fault at another place than this value's.
    pub(super) fn fault_at(
        self,
        place: Place,
        code: &'static str,
        message: impl Into<String>,
        help: &str,
    ) {
        self.faults.add(Diagnostic::error(code, message).at(place, "").help(help));
    }

    /// A single year.
    pub(super) fn year(self) -> Option<Year> {
        let years = self.years()?;
        if years.first() != years.last() {
            self.wrong_type("one year");
            return None;
        }
        Some(years.first())
    }

    /// `"2021-2025"`, `"2021"` or `2021`.
    pub(super) fn years(self) -> Option<Years> {
        let text = match self.value.get_ref() {
            DeValue::Integer(number) if number.radix() == 10 => number.as_str(),
            DeValue::String(text) => text,
            _ => {
                self.wrong_type("years such as \"2021-2025\"");
                return None;
            }
        };
        read_years(text, self.place(), self.faults)
    }

    /// A list of different strings.
    pub(super) fn strings(self) -> Option<Vec<String>> {
        let strings = self.list("a list of strings", Node::owned_string)?;
        let twice = strings
            .iter()
            .enumerate()
            .find(|(at, text)| strings.iter().take(*at).any(|other| other == *text));
        if let Some((_, text)) = twice {
            self.fault(
                "listed-twice",
                format!("`{text}` is listed twice"),
                "leave one of them out",
            );
        }
        Some(strings)
    }

    /// Every element that can be read; the faults of the others are kept.
    pub(super) fn list<T>(self, what: &str, read: impl Fn(Self) -> Option<T>) -> Option<Vec<T>> {
        let DeValue::Array(array) = self.value.get_ref() else {
            self.wrong_type(what);
            return None;
        };
        let faults = self.faults;
        Some(array.iter().filter_map(|value| read(Node { value, faults })).collect())
    }

    /// The table that this is; `what` names it in messages.
    pub(super) fn table(self, what: &'static str) -> Option<Table<'a>> {
        let DeValue::Table(table) = self.value.get_ref() else {
            self.wrong_type(&format!("a table, for {what}"));
            return None;
        };
        Some(Table::new(table, self.value.span(), what, self.faults))
    }
}

/// Reads years from a key or a value.
pub(super) fn read_years(text: &str, place: Place, faults: &Faults) -> Option<Years> {
    text.parse()
        .map_err(|error| {
            let message = format!("`{text}` is no year or span of years");
            let fault = Diagnostic::error("bad-years", message).at(place, format!("{error}"));
            faults.add(fault.help("write a year, `2021`, or a span, `2021-2025`"));
        })
        .ok()
}

fn describe(value: &DeValue<'_>) -> String {
    match value {
        DeValue::String(text) => format!("the string \"{text}\""),
        DeValue::Integer(number) => format!("the number {number}"),
        DeValue::Float(number) => format!("the number {number}"),
        DeValue::Boolean(value) => format!("`{value}`"),
        DeValue::Datetime(date) => format!("the date {date}"),
        DeValue::Array(_) => "a list".to_owned(),
        DeValue::Table(_) => "a table".to_owned(),
    }
}
