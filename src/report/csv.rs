//! CSV: a row an item, a group and a score, told apart by the first column. The header is the same
//! in every language, and figures are as JSON has them.

use std::io::{self, Write};

use super::words::Words;
use super::{Head, Report, line};
use crate::assessment::{Assessment, GroupTally, Item, Tally};
use crate::data::Value;
use crate::plan::Target;
use crate::text::Lang;

pub(super) struct Csv;

const HEADER: [&str; 22] = [
    "row",
    "region",
    "year",
    "id",
    "name",
    "group",
    "clause",
    "unit",
    "target",
    "firmness",
    "value",
    "state",
    "near",
    "points",
    "earned",
    "sum",
    "lead",
    "support",
    "value_from",
    "target_from",
    "reason",
    "grade",
];

/// A row by column; what is left out stays empty.
#[derive(Default)]
struct Row {
    cells: [String; HEADER.len()],
}

impl Row {
    fn new(kind: &str, assessment: &Assessment<'_>) -> Self {
        Self::default()
            .with("row", kind)
            .with("region", assessment.region)
            .with("year", assessment.year.to_string())
    }

    fn with(mut self, column: &str, text: impl Into<String>) -> Self {
        let cell = HEADER.iter().zip(&mut self.cells).find(|(name, _)| **name == column);
        if let Some((_, cell)) = cell {
            *cell = text.into();
        }
        self
    }

    fn with_tally(self, tally: Option<Tally>) -> Self {
        match tally {
            Some(Tally { points, earned }) => {
                self.with("points", points.to_string()).with("earned", earned.to_string())
            }
            None => self,
        }
    }
}

impl Report for Csv {
    fn begin(&mut self, _: &Head<'_>, out: &mut dyn Write) -> io::Result<()> {
        write_row(out, &HEADER)
    }

    fn add(
        &mut self,
        head: &Head<'_>,
        assessment: &Assessment<'_>,
        out: &mut dyn Write,
    ) -> io::Result<()> {
        for item in &assessment.items {
            write_row(out, &item_row(item, assessment, head).cells)?;
        }
        for group in &assessment.groups {
            write_row(out, &group_row(group, assessment, head.lang).cells)?;
        }
        for row in score_rows(assessment, head.lang) {
            write_row(out, &row.cells)?;
        }
        Ok(())
    }

    fn end(&mut self, _: &Head<'_>, _: &mut dyn Write) -> io::Result<()> {
        Ok(())
    }
}

fn write_row<S: AsRef<[u8]>>(out: &mut dyn Write, cells: &[S]) -> io::Result<()> {
    let mut writer = csv::WriterBuilder::new().from_writer(out);
    writer.write_record(cells)?;
    writer.flush()
}

fn item_row(item: &Item<'_>, assessment: &Assessment<'_>, head: &Head<'_>) -> Row {
    let words = Words::of(head.lang);
    let indicator = item.indicator;
    let files: Vec<&str> = head.inputs.iter().map(|input| input.name.as_str()).collect();
    let group = indicator.group.and_then(|group| assessment.groups.get(group));
    let separator = match head.lang {
        Lang::Zh => "、",
        Lang::En => "; ",
    };
    let clause = indicator.clause.as_deref().unwrap_or_default();
    let document = head.plan.about().document.number.as_deref().unwrap_or_default();
    let target_from = format!("{document} {clause}");
    let from = item.target.map_or("", |_| target_from.trim());
    Row::new("item", assessment)
        .with("id", &indicator.id)
        .with("name", indicator.name.get(head.lang))
        .with("group", group.map_or("", |group| &group.group.id))
        .with("clause", clause)
        .with("unit", indicator.unit.as_ref().map_or("", |unit| unit.as_str()))
        .with(
            "target",
            item.target.and_then(Target::comparison).map(ToString::to_string).unwrap_or_default(),
        )
        .with("firmness", item.target.map_or("", Target::firmness))
        .with("value", value(item, head.lang))
        .with("state", item.state.code())
        .with("near", if item.near { "near" } else { "" })
        .with("points", item.points.to_string())
        .with("earned", item.earned.map(|earned| earned.to_string()).unwrap_or_default())
        .with("sum", item.sum(head.lang))
        .with("lead", indicator.lead.join(separator))
        .with("support", indicator.support.join(separator))
        .with("value_from", line::origins(item, &files, " ").join(separator))
        .with("target_from", from)
        .with("reason", line::note(item, words))
}

fn value(item: &Item<'_>, lang: Lang) -> String {
    match item.measured.map(|measured| &measured.value) {
        Some(Value::Number(number)) => number.to_string(),
        Some(value) => value.show(item.indicator, lang),
        None => String::new(),
    }
}

fn group_row(group: &GroupTally<'_>, assessment: &Assessment<'_>, lang: Lang) -> Row {
    let parent = group.group.parent.and_then(|parent| assessment.groups.get(parent));
    Row::new("group", assessment)
        .with("id", &group.group.id)
        .with("name", group.group.title.get(lang))
        .with("group", parent.map_or("", |parent| &parent.group.id))
        .with("clause", group.group.clause.as_deref().unwrap_or_default())
        .with_tally(group.tally)
}

/// The points as they were earned, the score on the plan's scale with its grade, and its range.
fn score_rows(assessment: &Assessment<'_>, lang: Lang) -> Vec<Row> {
    let total = assessment.plan.scoring().total.to_string();
    let mut rows = vec![
        Row::new("total", assessment)
            .with_tally(assessment.score.as_ref().map(|score| score.tally)),
    ];
    let words = Words::of(lang);
    let score = assessment.score.as_ref().map(|score| score.rounded.to_string());
    rows.push(
        Row::new("score", assessment)
            .with("points", &total)
            .with("earned", score.unwrap_or_default())
            .with("sum", line::score(assessment, words))
            .with("grade", assessment.grade.map_or("", |grade| grade.name.get(lang))),
    );
    if let Some(range) = assessment.range {
        for (kind, score) in [("low", range.low), ("high", range.high)] {
            rows.push(
                Row::new(kind, assessment).with("points", &total).with("earned", score.to_string()),
            );
        }
    }
    rows
}
