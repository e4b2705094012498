//! A small reader over `DeTable`: every key asked for by name, every fault kept with its place,
//! numbers taken from their own text. What the keys mean is for `read`.

use std::cell::RefCell;
use std::collections::BTreeSet;
use std::ops::Range;

use jiff::civil::Date;
use rust_decimal::Decimal;
use toml::Spanned;
use toml::de::{DeString, DeTable, DeValue};

use crate::diagnostic::{Diagnostic, Findings};
use crate::number;
use crate::source::{Place, Source};
use crate::text::{Text, nearest};
use crate::year::{Year, Years};

/// The faults of one file, collected while it is read.
pub(super) struct Faults {
    source: Source,
    found: RefCell<Vec<Diagnostic>>,
    /// A file that is no TOML in places has lost some of its keys: that they are missing is no
    /// fault of its own then.
    partial: bool,
}

impl Faults {
    /// Starts with the faults of the TOML itself.
    pub(super) fn new(source: &Source, syntax: &[toml::de::Error]) -> Self {
        let found = syntax.iter().map(|error| syntax_fault(source, error)).collect();
        Self { source: source.clone(), found: RefCell::new(found), partial: !syntax.is_empty() }
    }

    /// Whether some of the file could not be read as TOML.
    pub(super) fn is_partial(&self) -> bool {
        self.partial
    }

    pub(super) fn add(&self, fault: Diagnostic) {
        self.found.borrow_mut().push(fault);
    }

    pub(super) fn place(&self, range: Range<usize>) -> Place {
        self.source.place(range)
    }

    /// All faults in the order of their places. What else seems wrong in a line that is no TOML
    /// only repeats that.
    pub(super) fn into_sorted(self) -> Findings {
        let mut found = self.found.into_inner();
        let broken: BTreeSet<_> =
            found.iter().filter(|fault| fault.code == NOT_TOML).filter_map(line).collect();
        found.retain(|fault| {
            fault.code == NOT_TOML || line(fault).is_none_or(|at| !broken.contains(&at))
        });
        Findings::sorted(found)
    }
}

/// The code of the faults of the TOML itself.
const NOT_TOML: &str = "not-toml";

fn line(fault: &Diagnostic) -> Option<usize> {
    fault.labels.first().map(|label| label.place.line_column().0)
}

fn syntax_fault(source: &Source, error: &toml::de::Error) -> Diagnostic {
    let text = source.text();
    let place = source.place(error.span().unwrap_or(text.len()..text.len()));
    let before = text.get(..place.range().start).unwrap_or_default();
    let line_start = before.rfind('\n').map_or(0, |at| at + 1);
    let line = text.get(line_start..).unwrap_or_default().trim_start();
    let fault = Diagnostic::error(NOT_TOML, format!("not TOML: {}", error.message()));
    let fault = fault.at(place, "");
    if line.starts_with(|c: char| !c.is_ascii()) {
        return fault.help("TOML keys are ASCII: use the English key, such as `name = \"…\"`");
    }
    fault
}

/// A value in the file, with its place.
#[derive(Clone, Copy)]
pub(super) struct Node<'a> {
    value: &'a Spanned<DeValue<'a>>,
    faults: &'a Faults,
}

impl<'a> Node<'a> {
    pub(super) fn place(self) -> Place {
        self.faults.place(self.value.span())
    }

    /// Reports a fault at this value.
    pub(super) fn fault(self, code: &'static str, message: impl Into<String>, help: &str) {
        let fault = Diagnostic::error(code, message).at(self.place(), "");
        self.faults.add(if help.is_empty() { fault } else { fault.help(help) });
    }

    fn wrong_type(self, expected: &str) {
        let found = describe(self.value.get_ref());
        let message = format!("expected {expected}, found {found}");
        let fault = Diagnostic::error("wrong-type", message);
        self.faults.add(fault.at(self.place(), format!("expected {expected}")));
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
        if text.chars().any(char::is_control) {
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

    /// The strings that are this value, or directly inside it, without judging them.
    pub(super) fn strings_within(self) -> Vec<Self> {
        let faults = self.faults;
        let parts: Vec<_> = match self.value.get_ref() {
            DeValue::Table(table) => table.values().collect(),
            DeValue::Array(array) => array.iter().collect(),
            _ => vec![self.value],
        };
        parts
            .into_iter()
            .map(|value| Node { value, faults })
            .filter(|node| node.is_string())
            .collect()
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
            _ => {
                self.wrong_type("a number");
                return None;
            }
        };
        number
            .map_err(|error| {
                let message = format!("the number cannot be used: {error}");
                self.fault("bad-number", message, "");
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
            DeValue::Integer(number) => number.as_str(),
            DeValue::String(text) => text,
            _ => {
                self.wrong_type("years such as \"2021-2025\"");
                return None;
            }
        };
        read_years(text, self.place(), self.faults)
    }

    pub(super) fn strings(self) -> Option<Vec<String>> {
        self.list("a list of strings", Node::owned_string)
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

/// A table whose keys are asked for by name; [`Table::finish`] reports those nobody asked for.
pub(super) struct Table<'a> {
    table: &'a DeTable<'a>,
    span: Range<usize>,
    what: &'static str,
    faults: &'a Faults,
    asked: BTreeSet<&'static str>,
}

impl<'a> Table<'a> {
    pub(super) fn new(
        table: &'a DeTable<'a>,
        span: Range<usize>,
        what: &'static str,
        faults: &'a Faults,
    ) -> Self {
        Self { table, span, what, faults, asked: BTreeSet::new() }
    }

    pub(super) fn place(&self) -> Place {
        self.faults.place(self.span.clone())
    }

    /// The value of a key, if the table has it.
    pub(super) fn get(&mut self, key: &'static str) -> Option<Node<'a>> {
        self.asked.insert(key);
        let faults = self.faults;
        self.table.get(key).map(|value| Node { value, faults })
    }

    /// The value of a key that may be left out.
    pub(super) fn optional<T>(
        &mut self,
        key: &'static str,
        read: impl FnOnce(Node<'a>) -> Option<T>,
    ) -> Option<T> {
        self.get(key).and_then(read)
    }

    /// The value of a key that must be there.
    pub(super) fn required<T>(
        &mut self,
        key: &'static str,
        read: impl FnOnce(Node<'a>) -> Option<T>,
    ) -> Option<T> {
        let node = self.get(key);
        if node.is_none() && !self.faults.partial {
            let message = format!("{} has no `{key}`", self.what);
            let label = format!("`{key}` is missing");
            self.faults.add(Diagnostic::error("missing-key", message).at(self.place(), label));
        }
        node.and_then(read)
    }

    /// The tables of `[[key]]`, in the order of the file.
    pub(super) fn tables(&mut self, key: &'static str, what: &'static str) -> Vec<Table<'a>> {
        self.optional(key, |node| node.list(&format!("tables `[[{key}]]`"), |n| n.table(what)))
            .unwrap_or_default()
    }

    /// Every key with its value and place, for tables whose keys are data.
    pub(super) fn entries(&mut self) -> impl Iterator<Item = (&'a str, Place, Node<'a>)> {
        let faults = self.faults;
        let (table, place) = (self.table, move |key: &Spanned<DeString>| faults.place(key.span()));
        table
            .iter()
            .map(move |(key, value)| (key.get_ref().as_ref(), place(key), Node { value, faults }))
    }

    /// Refuses the keys that nobody asked for.
    pub(super) fn finish(self) {
        for (key, _) in self.table {
            let name = key.get_ref().as_ref();
            if self.asked.contains(name) {
                continue;
            }
            let place = self.faults.place(key.span());
            let message = format!("{} has no key `{name}`", self.what);
            let fault = Diagnostic::error("unknown-key", message).at(place, "unknown key");
            self.faults.add(match nearest(name, self.asked.iter().copied()).first() {
                Some(near) => fault.help(format!("did you mean `{near}`?")),
                None => fault.help(format!("known keys: {}", list(&self.asked))),
            });
        }
    }
}

fn list(words: &BTreeSet<&'static str>) -> String {
    words.iter().map(|word| format!("`{word}`")).collect::<Vec<_>>().join(", ")
}

/// Reads years from a key or a value.
pub(super) fn read_years(text: &str, place: Place, faults: &Faults) -> Option<Years> {
    text.parse()
        .map_err(|error| {
            let message = format!("`{text}` is no year or span of years");
            faults.add(Diagnostic::error("bad-years", message).at(place, format!("{error}")));
        })
        .ok()
}

/// The year that a document or an item must lie in.
pub(super) fn outside(years: Years, plan: Years) -> Option<Year> {
    (!plan.covers(years))
        .then(|| if plan.contains(years.first()) { years.last() } else { years.first() })
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
