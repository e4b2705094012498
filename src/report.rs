//! Assessments as bytes: one format a file, each writing to a sink as assessments come. Nothing is
//! computed here; all that a report shows is in the assessment already.

mod change;
mod compare;
mod counting;
mod csv;
mod docx;
mod explain;
mod former;
mod grid;
mod history;
mod html;
mod json;
mod jsonl;
mod line;
mod markdown;
mod page;
mod parts;
mod readings;
mod result;
mod rules;
mod summary;
mod sums;
mod table;
mod verify;
mod words;
mod xlsx;

use std::io::{self, Write};

use jiff::civil::Date;

pub use self::compare::{CompareFormat, Comparison, NotComparable};
pub use self::explain::{Explanation, explain};
pub use self::jsonl::Lines;
pub use self::result::{
    Published, PublishedFile, PublishedInput, PublishedPlan, PublishedReading, PublishedSupposed,
    ResultError,
};
pub use self::table::Screen;
pub use self::verify::{Difference, first_difference};
use crate::assessment::{Assessment, Brief, Item};
use crate::data;
use crate::plan::{Plan, is_same_unit};
use crate::text::Lang;
use crate::year::{Year, Years};

/// What is said of a run, beside its assessments.
#[derive(Clone, Debug)]
pub struct Head<'a> {
    /// The plan.
    pub plan: &'a Plan,
    /// The file that the plan was read from; none for the one that is built in.
    pub plan_file: Option<String>,
    /// The SHA-256 of the plan's bytes, in hexadecimal.
    pub plan_sha256: String,
    /// The files of the letters that amend the plan, in the order of their names.
    pub letters: Vec<Letter>,
    /// The files of measured values, in the order of reading.
    pub inputs: Vec<Input>,
    /// The years that are assessed.
    pub years: Years,
    /// The language to write in.
    pub lang: Lang,
    /// Whether items without a target are listed by the formats that are for people.
    pub all: bool,
    /// Whether only a line for each region and year is written, without the items; for the formats
    /// that have one, see [`Format::has_summary`].
    pub summary: bool,
    /// The responsible unit whose items alone are listed; none for all.
    pub unit: Option<String>,
    /// What was supposed and not measured: then it is no result, and every format says so.
    pub supposed: Vec<Supposed>,
    /// How the reading of values was asked for.
    pub read_with: ReadWith,
    /// The day of the year up to which the values are, where the year is not over: then the result
    /// is provisional, and every format says so.
    pub as_of: Option<Date>,
    /// The day that the report bears, if any.
    pub date: Option<Date>,
}

/// How files of measured values were to be read, where that was not left to their own bytes.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ReadWith {
    /// The encoding of text files.
    pub encoding: Option<String>,
    /// What separates the cells of text files.
    pub delimiter: Option<char>,
    /// Whether what the plan does not have was left out.
    pub ignore_unknown: bool,
}

/// A value that was supposed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Supposed {
    /// The id of the item or input.
    pub item: String,
    /// The value, as it was given.
    pub value: String,
}

impl Head<'_> {
    /// Whether an item is one of those that are asked for.
    fn lists(&self, item: &Item<'_>) -> bool {
        let unit = self.unit.as_deref();
        unit.is_none_or(|unit| self.plan.is_of_unit(item.indicator, unit))
    }

    /// Whether what a unit owes is asked for.
    fn lists_unit(&self, unit: Option<&str>) -> bool {
        let Some(asked) = self.unit.as_deref() else { return true };
        unit.is_some_and(|unit| is_same_unit(unit, asked))
    }
}

/// A file that amends the plan.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Letter {
    /// Its name, as it was given.
    pub file: String,
    /// The SHA-256 of its bytes, in hexadecimal.
    pub sha256: String,
    /// The years of the plan in which it has a say, in any region.
    pub years: Vec<Year>,
}

/// A file of measured values, or a sheet of one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Input {
    /// What it is, and what was read of it.
    pub table: data::Input,
    /// The SHA-256 of the file's bytes, in hexadecimal.
    pub sha256: String,
}

/// A report that is being written.
pub trait Report {
    /// Writes what comes before the assessments, if anything does.
    ///
    /// # Errors
    ///
    /// When the sink cannot be written to.
    fn begin(&mut self, _head: &Head<'_>, _out: &mut dyn Write) -> io::Result<()> {
        Ok(())
    }

    /// Takes one region's assessment of one year.
    ///
    /// # Errors
    ///
    /// When the sink cannot be written to.
    fn add(
        &mut self,
        head: &Head<'_>,
        assessment: &Assessment<'_>,
        out: &mut dyn Write,
    ) -> io::Result<()>;

    /// Takes what one assessment came to, where a summary alone is asked for; for the formats that have
    /// one, see [`Format::has_summary`].
    ///
    /// # Errors
    ///
    /// When the sink cannot be written to.
    fn add_brief(
        &mut self,
        _head: &Head<'_>,
        _brief: &Brief<'_>,
        _out: &mut dyn Write,
    ) -> io::Result<()> {
        Ok(())
    }

    /// Writes what comes after them, if anything does.
    ///
    /// # Errors
    ///
    /// When the sink cannot be written to.
    fn end(&mut self, _head: &Head<'_>, _out: &mut dyn Write) -> io::Result<()> {
        Ok(())
    }
}

/// The formats that a report can have.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Format {
    /// Tables for a terminal.
    Table,
    /// JSON, schema `assess.result/1`.
    Json,
    /// JSON Lines, a line a region's year.
    Jsonl,
    /// CSV, a row an item, a group and a score.
    Csv,
    /// Markdown.
    Markdown,
    /// A workbook.
    Xlsx,
    /// The circular on the results, a Word document.
    Docx,
    /// HTML, a page for the screen and for print.
    Html,
}

impl Format {
    /// A report of this format; `screen` is for tables.
    pub fn report(self, screen: Screen) -> Box<dyn Report> {
        match self {
            Self::Table => Box::new(table::Table::new(screen)),
            Self::Json => Box::new(json::Json::default()),
            Self::Jsonl => Box::<jsonl::Jsonl>::default(),
            Self::Csv => Box::new(csv::Csv::default()),
            Self::Xlsx => Box::<xlsx::Xlsx>::default(),
            Self::Docx => Box::<docx::Circular>::default(),
            Self::Html => Box::<html::Html>::default(),
            Self::Markdown => Box::new(markdown::Markdown::default()),
        }
    }

    /// Whether it is made of bytes that a terminal cannot show.
    pub fn is_binary(self) -> bool {
        matches!(self, Self::Xlsx | Self::Docx)
    }

    /// Whether it can be of a line for each region and year alone. Others begin with those lines.
    pub fn has_summary(self) -> bool {
        matches!(self, Self::Table | Self::Jsonl | Self::Csv | Self::Markdown)
    }

    /// The usual ending of a file's name.
    pub fn ending(self) -> &'static str {
        match self {
            Self::Table => "txt",
            Self::Json => "json",
            Self::Jsonl => "jsonl",
            Self::Csv => "csv",
            Self::Markdown => "md",
            Self::Html => "html",
            Self::Xlsx => "xlsx",
            Self::Docx => "docx",
        }
    }

    /// The format that the ending of a file's name stands for.
    pub fn of_ending(ending: &str) -> Option<Self> {
        match ending.to_ascii_lowercase().as_str() {
            "txt" => Some(Self::Table),
            "json" => Some(Self::Json),
            "jsonl" | "ndjson" => Some(Self::Jsonl),
            "csv" => Some(Self::Csv),
            "md" | "markdown" => Some(Self::Markdown),
            "xlsx" => Some(Self::Xlsx),
            "docx" => Some(Self::Docx),
            "html" | "htm" => Some(Self::Html),
            _ => None,
        }
    }
}
