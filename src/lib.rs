//! Scores a yearly environmental target assessment: a plan of targets and measured values make an
//! assessment, and that a report.
//!
//! - [`plan`] reads a target file (TOML, format 1);
//! - [`data`] reads measured values (CSV, workbooks) against a plan;
//! - [`formula`] checks one expression over a plan's values, and works it out;
//! - [`assessment`] judges a region's year: pure, exact, and it cannot fail;
//! - [`report`] writes assessments to a sink, in one format or another;
//! - [`check`] looks target files over: what is odd in them, and what was allowed;
//! - [`schema`] has the formats of target files, results and comparisons as JSON Schemas;
//! - [`template`] writes the blank return that a year asks for;
//! - [`sql`] writes the scoring of a plan as one query, for values that are in a database;
//! - [`diagnostic`] is what is found in a user's file, as data, and [`emit`] shows it;
//! - [`source`], [`number`], [`text`], [`spelling`], [`mod@unit`] and [`year`] carry the others.
//!
//! Numbers are decimals from end to end. The library never prints, never exits, and reads no
//! environment and no clock.
//!
//! ```
//! use std::io::Cursor;
//!
//! use assess::data::{Options, Reader};
//! use assess::{assessment::assess, plan::Plan, source::Source, text::Lang};
//!
//! # fn main() -> Result<(), Box<dyn std::error::Error>> {
//! let plan = r#"
//!     format = 1
//!     plan = "example"
//!     [about]
//!     title = "Example"
//!     region = "My city"
//!     years = "2021"
//!     [[indicator]]
//!     id = "pm25"
//!     name = "PM2.5"
//!     unit = "μg/m³"
//!     targets = { 2021 = "<= 30" }
//! "#;
//! let plan = Plan::read(&Source::new("plan.toml", plan))?;
//! let year = "2021".parse()?;
//!
//! let mut reader = Reader::new(&plan, Options { year: Some(year), ..Options::default() });
//! reader.read("values.csv", None, &mut Cursor::new("indicator,value\npm25,31.4\n"))?;
//! let (measurements, _warnings) = reader.finish()?;
//!
//! let assessment = assess(&measurements, &plan, "My city", year);
//! assert_eq!(assessment.items[0].sum(Lang::En), "31.4 > 30 → 0");
//! # Ok(())
//! # }
//! ```

pub mod assessment;
mod catalogue;
pub mod check;
pub mod data;
pub mod diagnostic;
pub mod emit;
pub mod formula;
pub mod number;
pub mod plan;
pub mod report;
pub mod schema;
pub mod source;
pub mod spelling;
pub mod sql;
pub mod template;
pub mod text;
pub mod unit;
pub mod year;

#[cfg(doctest)]
#[doc = include_str!("../README.md")]
struct Readme;

#[cfg(doctest)]
#[doc = include_str!("../README.zh-CN.md")]
struct ChineseReadme;
