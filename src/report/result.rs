//! Results that were written before, read again: JSON of the schema `assess.result/1`.

mod assessed;
mod assessment;
mod item;

use std::collections::BTreeSet;

use rust_decimal::Decimal;
use serde::Deserialize;

pub(super) use self::assessed::{Assessed, GroupBrief};
use self::assessment::PublishedAssessment;
pub(super) use self::assessment::{PublishedRange, PublishedScale};
use super::json::SCHEMA;
use super::words::Words;
use crate::text::Lang;

/// The readings on what counts where an item does not apply, each with what the rule of an item says
/// instead.
const NOT_APPLICABLE: [(&str, &str); 4] = [
    ("reading_not_applicable_leave_out", "rule_not_applicable_leave_out"),
    ("reading_not_applicable_full", "rule_not_applicable_full"),
    ("reading_not_applicable_zero", "rule_not_applicable_zero"),
    ("reading_not_applicable_mean", "rule_not_applicable_mean"),
];

/// A result as it was written.
#[derive(Debug, Deserialize)]
pub struct Published {
    lang: String,
    program: Program,
    plan: PublishedPlan,
    inputs: Vec<PublishedInput>,
    #[serde(default)]
    unit: Option<String>,
    #[serde(default)]
    supposed: Vec<PublishedSupposed>,
    #[serde(default)]
    date: Option<String>,
    #[serde(default)]
    as_of: Option<String>,
    read_with: PublishedReading,
    assessments: Vec<PublishedAssessment>,
}

#[derive(Debug, Deserialize)]
struct Program {
    version: String,
}

/// The plan of a published result.
#[derive(Clone, Debug, Deserialize)]
#[non_exhaustive]
pub struct PublishedPlan {
    /// Its id.
    pub id: String,
    /// Its title.
    pub title: String,
    /// The file; none for the plan that is built in.
    pub file: Option<String>,
    /// The SHA-256 of its bytes, in hexadecimal.
    pub sha256: String,
    /// The letters that amend it.
    pub letters: Vec<PublishedFile>,
    pub(super) total: Decimal,
    #[serde(default)]
    pub(super) floor: Decimal,
    #[serde(default)]
    pub(super) cap: Option<Decimal>,
    #[serde(default)]
    pub(super) layers: Vec<PublishedDocument>,
    /// The readings in force.
    pub(super) readings: Vec<String>,
}

/// A document that a plan is from.
#[derive(Clone, Debug, Deserialize, PartialEq, Eq)]
pub(super) struct PublishedDocument {
    pub(super) number: Option<String>,
    pub(super) date: Option<String>,
}

/// A file by its name and hash.
#[derive(Clone, Debug, Deserialize, PartialEq, Eq)]
#[non_exhaustive]
pub struct PublishedFile {
    /// Its name, as it was given.
    pub file: String,
    /// The SHA-256 of its bytes, in hexadecimal.
    pub sha256: String,
    /// Of a letter, the years of the plan in which it has a say; where that is not known, it may in any.
    #[serde(default)]
    pub(super) years: Option<Vec<u16>>,
}

/// A file of measured values, and how it was read.
#[derive(Clone, Debug, Deserialize, PartialEq, Eq)]
#[non_exhaustive]
pub struct PublishedInput {
    /// Its name, as it was given, with the sheet.
    pub file: String,
    /// The SHA-256 of its bytes, in hexadecimal.
    pub sha256: String,
    /// What it is: `text`, a kind of workbook, or `supposed`.
    pub kind: String,
    /// The sheet of a workbook.
    #[serde(default)]
    pub sheet: Option<String>,
    /// The encoding of a text.
    pub encoding: Option<String>,
    /// What separates the cells of a text.
    pub delimiter: Option<String>,
    /// What was left out of it because the plan does not have it.
    #[serde(default)]
    pub ignored: Vec<String>,
}

impl PublishedInput {
    /// The file's name without that of the sheet.
    pub fn file_name(&self) -> &str {
        let sheet = self.sheet.as_deref();
        let file = sheet.and_then(|sheet| self.file.strip_suffix(sheet)?.strip_suffix('#'));
        file.unwrap_or(&self.file)
    }
}

/// How the reading of values was asked for.
#[derive(Clone, Debug, Deserialize, PartialEq, Eq)]
#[non_exhaustive]
pub struct PublishedReading {
    /// The encoding of text files.
    pub encoding: Option<String>,
    /// What separates the cells of text files.
    pub delimiter: Option<char>,
    /// Whether what the plan does not have was left out.
    pub ignore_unknown: bool,
}

/// A value that was supposed.
#[derive(Clone, Debug, Deserialize, PartialEq, Eq)]
#[non_exhaustive]
pub struct PublishedSupposed {
    /// The id of the item or input.
    pub item: String,
    /// The value.
    pub value: String,
}

/// Why a text is no result that can be read.
#[derive(Debug)]
#[non_exhaustive]
pub enum ResultError {
    /// It is no JSON, or not of this shape; with the place and the fault.
    Shape(String),
    /// It is JSON Lines, which does not say what a result rests on.
    Lines,
    /// It is of another schema, which is given.
    Schema(String),
    /// It is in a language that is not known, which is given.
    Lang(String),
}

impl std::fmt::Display for ResultError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Shape(fault) => write!(f, "it is no result that `--format json` writes: {fault}"),
            Self::Lines => f.write_str(
                "it is JSON Lines, which does not say what the result rests on nor its language: \
                 write the result with `-o FILE.json` and give that",
            ),
            Self::Schema(schema) => {
                write!(f, "it is of the schema `{schema}`, and `{SCHEMA}` is expected")
            }
            Self::Lang(lang) => write!(f, "its language is `{lang}`, and zh or en is expected"),
        }
    }
}

impl std::error::Error for ResultError {}

/// Just enough to tell that a text is JSON Lines, by its first line.
#[derive(Deserialize)]
struct Line {
    #[serde(rename = "plan_sha256")]
    _plan: String,
    #[serde(rename = "region")]
    _region: String,
}

/// Just enough to tell of which schema a text is.
#[derive(Deserialize)]
#[serde(expecting = "an object with a `schema`")]
struct Tagged {
    schema: String,
}

impl Published {
    /// Reads a result.
    ///
    /// # Errors
    ///
    /// When the text is no result of the schema.
    pub fn read(text: &str) -> Result<Self, ResultError> {
        let shape = |error: serde_json::Error| ResultError::Shape(error.to_string());
        let first = text.lines().next().unwrap_or_default();
        if serde_json::from_str::<Line>(first).is_ok() {
            return Err(ResultError::Lines);
        }
        let tagged: Tagged = serde_json::from_str(text).map_err(shape)?;
        if tagged.schema != SCHEMA {
            return Err(ResultError::Schema(tagged.schema));
        }
        let read: Self = serde_json::from_str(text).map_err(shape)?;
        match read.lang.as_str() {
            "zh" | "en" => Ok(read),
            other => Err(ResultError::Lang(other.to_owned())),
        }
    }

    /// The language that it is in.
    pub fn lang(&self) -> Lang {
        if self.lang == Lang::Zh.code() { Lang::Zh } else { Lang::En }
    }

    /// The version of the program that wrote it.
    pub fn version(&self) -> &str {
        &self.program.version
    }

    /// The plan that it is by.
    pub fn plan(&self) -> &PublishedPlan {
        &self.plan
    }

    /// The files of measured values that it rests on.
    pub fn inputs(&self) -> &[PublishedInput] {
        &self.inputs
    }

    /// Those that are files, and not supposed.
    pub(super) fn measured(&self) -> impl Iterator<Item = &PublishedInput> {
        self.inputs.iter().filter(|input| input.kind != "supposed")
    }

    /// Whether another rests on the same values.
    pub(super) fn has_values_of(&self, other: &Self) -> bool {
        let read = |of: &Self| {
            let read = of.measured().map(|input| {
                let PublishedInput { sha256, sheet, encoding, delimiter, .. } = input;
                (sha256.clone(), sheet.clone(), encoding.clone(), delimiter.clone())
            });
            read.collect::<BTreeSet<_>>()
        };
        let supposed = |of: &Self| {
            let supposed = of.supposed.iter().map(|one| (one.item.clone(), one.value.clone()));
            supposed.collect::<BTreeSet<_>>()
        };
        // A value is supposed for the regions and years that are scored.
        let scored = |of: &Self| {
            let scored = of.assessed().map(|(region, year)| (region.to_owned(), year));
            scored.collect::<BTreeSet<_>>()
        };
        read(self) == read(other)
            && supposed(self) == supposed(other)
            && (self.supposed.is_empty() || scored(self) == scored(other))
    }

    /// The responsible unit whose items alone it lists.
    pub fn unit(&self) -> Option<&str> {
        self.unit.as_deref()
    }

    /// What was supposed and not measured.
    pub fn supposed(&self) -> &[PublishedSupposed] {
        &self.supposed
    }

    /// The day that it bears.
    pub fn date(&self) -> Option<&str> {
        self.date.as_deref()
    }

    /// Up to when its values are.
    pub fn as_of(&self) -> Option<&str> {
        self.as_of.as_deref()
    }

    /// How the reading of values was asked for.
    pub fn read_with(&self) -> &PublishedReading {
        &self.read_with
    }

    /// The regions and years that it assesses, in its order.
    pub fn assessed(&self) -> impl Iterator<Item = (&str, u16)> {
        self.assessments.iter().map(|one| (one.region.as_str(), one.year))
    }

    /// What it assesses, as its texts have it; without texts that depend on its language, as codes and
    /// figures have it.
    pub(super) fn assessments(&self, words: &Words, by_codes: bool) -> Vec<Assessed> {
        let assessed = |one: &PublishedAssessment| one.assessed(&self.plan, words, by_codes);
        let mut all: Vec<_> = self.assessments.iter().map(assessed).collect();
        let said = self.not_applicable();
        let items = all.iter_mut().flat_map(|one| &mut one.compared.items);
        items.for_each(|item| item.not_applicable.clone_from(&said));
        all
    }

    /// What the plan says of all items that do not apply, as the rule of one would say it.
    fn not_applicable(&self) -> String {
        let own = Words::of(self.lang());
        let is_said = |(reading, _): &&(&'static str, &'static str)| {
            self.plan.readings.iter().any(|said| said == own.word(reading))
        };
        let said = NOT_APPLICABLE.iter().find(is_said);
        said.map(|(_, rule)| own.word(rule).to_owned()).unwrap_or_default()
    }
}

impl PublishedPlan {
    /// The scale of regions and years of which none is said.
    fn scale(&self) -> PublishedScale {
        let Self { total, floor, cap, .. } = *self;
        PublishedScale { total, floor, cap, digits: None, ties: None }
    }

    /// Whether another asks the same of a year: it is the same file, with the same letters that have a say in it.
    pub(super) fn asks_as(&self, other: &Self, year: u16) -> bool {
        let letters = |of: &Self| {
            let has_say = |letter: &&PublishedFile| {
                letter.years.as_ref().is_none_or(|all| all.contains(&year))
            };
            let letters = of.letters.iter().filter(has_say);
            letters.map(|letter| letter.sha256.clone()).collect::<BTreeSet<_>>()
        };
        self.sha256 == other.sha256 && letters(self) == letters(other)
    }
}
