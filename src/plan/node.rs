//! A value of a target file with its place: read as what is expected, or reported. Numbers are
//! taken from their own text.

use jiff::civil::Date;
use rust_decimal::Decimal;
use toml::Spanned;
use toml::de::DeValue;

use super::faults::Faults;
use super::table::Table;
use crate::diagnostic::Diagnostic;
use crate::number;
use crate::source::Place;
use crate::spelling::is_obeyed;
use crate::text::Text;
use crate::year::Years;

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
        if text.trim().is_empty() {
            self.fault("empty-text", "the text is empty", "write it, or leave the key out");
            return None;
        }
        if text.contains(is_obeyed) {
            let message = "the text holds a control character or a line end";
            self.fault("control-character", message, "write it on one line");
            return None;
        }
        Some(text.trim())
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
        let faults = self.faults;
        let parts: Vec<_> = match self.value.get_ref() {
            DeValue::Table(table) => table.values().collect(),
            DeValue::Array(array) => array.iter().collect(),
            DeValue::String(_) => return vec![self],
            _ => Vec::new(),
        };
        parts.into_iter().flat_map(|value| Node { value, faults }.strings_within()).collect()
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

    /// A number from `least` to `most`, with at most `digits` decimals.
    pub(super) fn decimal_within(self, least: u32, most: u32, digits: u32) -> Option<Decimal> {
        let number = self.decimal()?;
        if number < Decimal::from(least) || number > Decimal::from(most) {
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
            self.fault("bad-date", "there is no such day", "write a date such as 2021-09-28");
        }
        day
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
