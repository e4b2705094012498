//! JSON, schema `assess.result/1`. The structs here are the schema: what the program holds inside
//! may change without them.

mod assessment;
mod change;
mod former;
mod item;

use std::io::{self, Write};

use rust_decimal::Decimal;
use rust_decimal::serde::{arbitrary_precision, arbitrary_precision_option};
use serde::Serialize;

pub(super) use self::assessment::{AllCounts, OneAssessment};
use self::change::Since;
pub(super) use self::change::{Changed, OneChange, PointsMoved};
use super::history::Latest;
use super::readings::readings;
use super::summary::{Placed, Places};
use super::words::Words;
use super::{Head, Input, Letter, Report, Supposed};
use crate::assessment::Assessment;
use crate::data::ReadAs;
use crate::plan;

/// The name of the schema.
pub(super) const SCHEMA: &str = "assess.result/1";

/// Writes assessments as they come into the list at the document's end.
#[derive(Default)]
pub(super) struct Json {
    any: bool,
    places: Places,
    latest: Latest,
}

#[derive(Serialize)]
struct Document<'a> {
    schema: &'static str,
    program: Program,
    lang: &'static str,
    unit: Option<&'a str>,
    /// The day that the report bears.
    date: Option<String>,
    /// Up to when the values are, where the year is not over: then the result is provisional.
    as_of: Option<String>,
    read_with: AllReadWith<'a>,
    plan: PlanHead<'a>,
    inputs: Vec<InputFile<'a>>,
    /// What was supposed and not measured: then it is no result.
    supposed: Vec<OneSupposed<'a>>,
}

/// How the reading of values was asked for.
#[derive(Serialize)]
struct AllReadWith<'a> {
    encoding: Option<&'a str>,
    delimiter: Option<char>,
    ignore_unknown: bool,
}

/// The place of a region among those of its year.
#[derive(Serialize)]
struct Place<'a> {
    year: u16,
    place: usize,
    region: &'a str,
    #[serde(with = "arbitrary_precision_option")]
    score: Option<Decimal>,
}

impl<'a> Place<'a> {
    fn of(placed: &'a Placed) -> Self {
        let Placed { region, year, place, score } = placed;
        Self { year: year.number(), place: *place, region, score: Some(*score) }
    }
}

#[derive(Serialize)]
pub(super) struct OneSupposed<'a> {
    item: &'a str,
    value: &'a str,
}

#[derive(Serialize)]
struct Program {
    name: &'static str,
    version: &'static str,
}

#[derive(Serialize)]
struct PlanHead<'a> {
    id: &'a str,
    title: &'a str,
    region: &'a str,
    years: String,
    document: PlanDocument<'a>,
    file: Option<&'a str>,
    sha256: &'a str,
    #[serde(with = "arbitrary_precision")]
    total: Decimal,
    /// The ends that the score is held between.
    #[serde(with = "arbitrary_precision")]
    floor: Decimal,
    #[serde(with = "arbitrary_precision_option")]
    cap: Option<Decimal>,
    readings: Vec<String>,
    note: Option<&'a str>,
    letters: Vec<LetterFile<'a>>,
    layers: Vec<PlanDocument<'a>>,
}

#[derive(Serialize)]
struct LetterFile<'a> {
    file: &'a str,
    sha256: &'a str,
    /// The years of the plan in which it has a say.
    years: Vec<u16>,
}

#[derive(Serialize)]
struct PlanDocument<'a> {
    number: Option<&'a str>,
    issuer: Option<&'a str>,
    date: Option<String>,
}

#[derive(Serialize)]
struct InputFile<'a> {
    file: &'a str,
    sha256: &'a str,
    kind: &'a str,
    sheet: Option<&'a str>,
    encoding: Option<String>,
    delimiter: Option<String>,
    rows: usize,
    ignored: &'a [String],
}

impl Report for Json {
    fn begin(&mut self, head: &Head<'_>, out: &mut dyn Write) -> io::Result<()> {
        let document = serde_json::to_string_pretty(&Document::of(head))?;
        let open = document.strip_suffix("\n}").unwrap_or(&document);
        write!(out, "{open},\n  \"assessments\": [")
    }

    fn add(
        &mut self,
        head: &Head<'_>,
        assessment: &Assessment<'_>,
        out: &mut dyn Write,
    ) -> io::Result<()> {
        self.places.add(&assessment.brief());
        let before = self.latest.follow(assessment, head, Words::of(head.lang));
        let since = before.as_ref().map(|(before, after)| Since::of(before, after));
        let mut one = OneAssessment::of(assessment, head);
        one.since = since;
        let one = serde_json::to_string_pretty(&one)?;
        let comma = if self.any { "," } else { "" };
        self.any = true;
        write!(out, "{comma}\n    {}", one.replace('\n', "\n    "))
    }

    fn end(&mut self, _: &Head<'_>, out: &mut dyn Write) -> io::Result<()> {
        let close = if self.any { "\n  ]" } else { "]" };
        let places = std::mem::take(&mut self.places).placed();
        let places: Vec<Place<'_>> = places.iter().map(Place::of).collect();
        let places = serde_json::to_string_pretty(&places)?.replace('\n', "\n  ");
        writeln!(out, "{close},\n  \"ranking\": {places}\n}}")
    }
}

impl<'a> Document<'a> {
    fn of(head: &'a Head<'_>) -> Self {
        let (plan, lang) = (head.plan, head.lang);
        let (about, scoring) = (plan.about(), plan.scoring());
        let letter = |letter: &'a Letter| LetterFile {
            file: &letter.file,
            sha256: &letter.sha256,
            years: letter.years.iter().map(|year| year.number()).collect(),
        };
        Self {
            schema: SCHEMA,
            program: Program { name: env!("CARGO_PKG_NAME"), version: env!("CARGO_PKG_VERSION") },
            lang: lang.code(),
            unit: head.unit.as_deref(),
            date: head.date.map(|date| date.to_string()),
            as_of: head.as_of.map(|day| day.to_string()),
            read_with: AllReadWith {
                encoding: head.read_with.encoding.as_deref(),
                delimiter: head.read_with.delimiter,
                ignore_unknown: head.read_with.ignore_unknown,
            },
            plan: PlanHead {
                id: plan.id(),
                title: about.title.get(lang),
                region: &about.region,
                years: about.years.to_string(),
                document: PlanDocument::of(&about.document),
                file: head.plan_file.as_deref(),
                sha256: &head.plan_sha256,
                total: scoring.total,
                floor: scoring.floor,
                cap: scoring.cap,
                readings: readings(plan, lang),
                note: scoring.note.as_ref().map(|note| note.get(lang)),
                letters: head.letters.iter().map(letter).collect(),
                layers: plan.layers().iter().map(PlanDocument::of).collect(),
            },
            inputs: head.inputs.iter().map(InputFile::of).collect(),
            supposed: supposed(head),
        }
    }
}

pub(super) fn supposed<'a>(head: &'a Head<'_>) -> Vec<OneSupposed<'a>> {
    let one = |supposed: &'a Supposed| OneSupposed { item: &supposed.item, value: &supposed.value };
    head.supposed.iter().map(one).collect()
}

impl<'a> InputFile<'a> {
    fn of(Input { table, sha256 }: &'a Input) -> Self {
        let (kind, sheet, encoding, delimiter) = match &table.read_as {
            ReadAs::Sheet { kind, sheet } => (kind.as_str(), Some(sheet.as_str()), None, None),
            ReadAs::Supposed => ("supposed", None, None, None),
            ReadAs::Text { encoding, delimiter } => {
                let delimiter = char::from(*delimiter).to_string();
                ("text", None, Some(encoding.to_string()), Some(delimiter))
            }
        };
        Self {
            file: &table.name,
            sha256,
            kind,
            sheet,
            encoding,
            delimiter,
            rows: table.rows,
            ignored: &table.ignored,
        }
    }
}

impl<'a> PlanDocument<'a> {
    fn of(document: &'a plan::Document) -> Self {
        Self {
            number: document.number.as_deref(),
            issuer: document.issuer.as_deref(),
            date: document.date.map(|date| date.to_string()),
        }
    }
}
