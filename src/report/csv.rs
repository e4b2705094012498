//! CSV: a row an item, a group, a score and more, told apart by the first column. The header is the
//! same in every language, and figures are as JSON has them.

use std::io::{self, Write};

use rust_decimal::Decimal;
use serde::{Serialize, Serializer};

use super::change::{Change, Compared, changes, limit_changes};
use super::history::Latest;
use super::summary::{Placed, Places};
use super::words::Words;
use super::{Head, Report, line, page, sums};
use crate::assessment::{
    Assessment, Brief, GroupTally, Item, LeewayCount, Left, Limit, LimitedBy, State, Tally,
};
use crate::data::Value;
use crate::number;
use crate::plan::{Measure, Target};
use crate::text::Lang;
use crate::unit::Unit;
use crate::year::Year;

/// Writes the header before its first row.
#[derive(Default)]
pub(super) struct Csv {
    any: bool,
    places: Places,
    latest: Latest,
}

/// A row; its fields are the columns, and what does not belong to its kind stays empty.
#[derive(Clone, Default, Serialize)]
struct Row<'a> {
    row: &'a str,
    #[serde(serialize_with = "harmless")]
    region: &'a str,
    year: u16,
    #[serde(serialize_with = "harmless")]
    id: &'a str,
    #[serde(serialize_with = "harmless")]
    name: &'a str,
    #[serde(serialize_with = "harmless")]
    group: &'a str,
    #[serde(serialize_with = "harmless")]
    clause: &'a str,
    #[serde(serialize_with = "harmless")]
    unit: &'a str,
    target: String,
    firmness: &'a str,
    #[serde(serialize_with = "harmless")]
    value: String,
    state: &'a str,
    near: &'a str,
    points: String,
    earned: String,
    #[serde(serialize_with = "harmless")]
    sum: String,
    #[serde(serialize_with = "harmless")]
    lead: String,
    #[serde(serialize_with = "harmless")]
    support: String,
    #[serde(serialize_with = "harmless")]
    value_from: String,
    #[serde(serialize_with = "harmless")]
    target_from: String,
    #[serde(serialize_with = "harmless")]
    note: String,
    #[serde(serialize_with = "harmless")]
    grade: &'a str,
}

impl Report for Csv {
    fn add(
        &mut self,
        head: &Head<'_>,
        assessment: &Assessment<'_>,
        out: &mut dyn Write,
    ) -> io::Result<()> {
        let (brief, words) = (assessment.brief(), Words::of(head.lang));
        let before = self.latest.follow(assessment, head, words);
        self.places.add(&brief);
        let mut rows = rows(assessment, &brief, head);
        if let Some((before, after)) = &before {
            rows.extend(change_rows(before, after, assessment, words));
        }
        // Who takes out some of the rows is to see it too.
        let mark = marks(assessment.year, head);
        let rows = rows.into_iter().map(|row| marked(row, &mark, words));
        write(&mut self.any, rows, out)
    }

    fn add_brief(
        &mut self,
        head: &Head<'_>,
        brief: &Brief<'_>,
        out: &mut dyn Write,
    ) -> io::Result<()> {
        self.places.add(brief);
        let rows = score_rows(brief, head).chain(count_rows(brief, head));
        write(&mut self.any, rows, out)
    }

    /// The places of regions, where there are several.
    fn end(&mut self, head: &Head<'_>, out: &mut dyn Write) -> io::Result<()> {
        let places = std::mem::take(&mut self.places).placed();
        write(&mut self.any, places.iter().map(|placed| place_row(placed, head)), out)
    }
}

/// What an assessment says by itself.
fn rows<'a>(assessment: &'a Assessment<'a>, brief: &Brief<'a>, head: &'a Head<'_>) -> Vec<Row<'a>> {
    let files: Vec<&str> = head.inputs.iter().map(|input| input.table.name.as_str()).collect();
    let items = assessment.items.iter().filter(|item| head.lists(item));
    let mut rows: Vec<Row<'a>> =
        items.map(|item| item_row(item, assessment, head, &files)).collect();
    rows.extend(assessment.groups.iter().map(|group| group_row(group, assessment, head.lang)));
    rows.push(total_row(assessment, head));
    rows.extend(score_rows(brief, head));
    rows.extend(assessment.limits.iter().map(|limit| limit_row(limit, assessment, head.lang)));
    rows.extend(check_rows(assessment, head, &files));
    rows.extend(leeway_rows(assessment, head));
    rows.extend(owed_rows(assessment, head));
    rows.extend(count_rows(brief, head));
    rows.extend(lost_rows(assessment, head));
    rows
}

/// Writes some rows, the header before the first of all.
fn write<'a>(
    any: &mut bool,
    rows: impl IntoIterator<Item = Row<'a>>,
    out: &mut dyn Write,
) -> io::Result<()> {
    let mut options = csv::WriterBuilder::new();
    // The rows are kept here anyway: a buffer before that need not be large.
    options.has_headers(!*any).buffer_capacity(1 << 9);
    let mut writer = options.from_writer(Vec::new());
    for row in rows {
        writer.serialize(row)?;
        *any = true;
    }
    out.write_all(&writer.into_inner().map_err(csv::IntoInnerError::into_error)?)
}

impl<'a> Row<'a> {
    fn new(row: &'a str, assessment: &'a Assessment<'_>) -> Self {
        Self::of(row, assessment.region, assessment.year)
    }

    fn of(row: &'a str, region: &'a str, year: Year) -> Self {
        Self { row, region, year: year.number(), ..Self::default() }
    }

    fn with_tally(self, tally: Option<Tally>) -> Self {
        match tally {
            Some(Tally { points, earned }) => {
                Self { points: points.to_string(), earned: earned.to_string(), ..self }
            }
            None => self,
        }
    }
}

/// Writes a text so that a spreadsheet program does not take it for a formula: behind an apostrophe,
/// as such a program itself marks texts. Numbers stay as they are.
fn harmless<S: Serializer, T: AsRef<str>>(text: &T, serializer: S) -> Result<S::Ok, S::Error> {
    let text = text.as_ref();
    let is_formula = text.starts_with(['=', '+', '-', '@', '＝', '＋', '－', '＠', '\t', '\r']);
    if is_formula && number::parse(text).is_err() {
        return serializer.collect_str(&format_args!("'{text}"));
    }
    serializer.serialize_str(text)
}

fn item_row<'a>(
    item: &'a Item<'a>,
    assessment: &'a Assessment<'a>,
    head: &'a Head<'_>,
    files: &[&str],
) -> Row<'a> {
    let indicator = item.indicator;
    let group = indicator.group.and_then(|group| assessment.groups.get(group));
    let separator = Words::of(head.lang).file_comma;
    let clause = indicator.clause.as_deref().unwrap_or_default();
    let layer = item.target.map_or(0, |target| target.layer);
    let document = assessment.plan.layers().get(layer);
    let document = document.and_then(|document| document.number.as_deref()).unwrap_or_default();
    let target_from = format!("{document} {clause}");
    Row {
        id: &indicator.id,
        name: indicator.name.get(head.lang),
        group: group.map_or("", |group| &group.group.id),
        clause,
        unit: item.unit().unwrap_or_default(),
        target: asked(item),
        firmness: item.target.map_or("", Target::firmness),
        value: value(item, head.lang),
        state: item.state.code(),
        near: if item.near { "near" } else { "" },
        points: item.points.to_string(),
        earned: item.earned.map(|earned| earned.to_string()).unwrap_or_default(),
        sum: item.sum(head.lang),
        lead: assessment.plan.leads(indicator).join(separator),
        support: indicator.support.join(separator),
        value_from: line::origins(item, assessment, files, " ").join(separator),
        target_from: item.target.map_or("", |_| target_from.trim()).to_owned(),
        note: line::note(item, assessment.plan, Words::of(head.lang)),
        ..Row::new("item", assessment)
    }
}

/// The target as target files have it.
fn asked(item: &Item<'_>) -> String {
    let comparison = item.target.and_then(Target::comparison);
    comparison.map(ToString::to_string).unwrap_or_default()
}

fn value(item: &Item<'_>, lang: Lang) -> String {
    let value = item.value.as_ref();
    value.map(|value| value_of(value, item.indicator.measure(), lang)).unwrap_or_default()
}

fn value_of(value: &Value, measure: Measure<'_>, lang: Lang) -> String {
    match value {
        Value::Number(number) => number.to_string(),
        value => value.show(measure, lang),
    }
}

fn group_row<'a>(group: &'a GroupTally<'a>, assessment: &'a Assessment<'a>, lang: Lang) -> Row<'a> {
    let parent = group.group.parent.and_then(|parent| assessment.groups.get(parent));
    let row = Row {
        id: &group.group.id,
        name: group.group.title.get(lang),
        group: parent.map_or("", |parent| &parent.group.id),
        clause: group.group.clause.as_deref().unwrap_or_default(),
        sum: page::group_sum(group, Words::of(lang)),
        ..Row::new("group", assessment)
    };
    row.with_tally(group.tally)
}

fn place_row<'a>(placed: &'a Placed, head: &Head<'_>) -> Row<'a> {
    Row {
        note: marks(placed.year, head),
        value: placed.place.to_string(),
        earned: placed.score.to_string(),
        ..Row::of("place", &placed.region, placed.year)
    }
}

/// The points as they were earned.
fn total_row<'a>(assessment: &'a Assessment<'a>, head: &Head<'_>) -> Row<'a> {
    let tally = assessment.score.as_ref().map(|score| score.tally);
    let sum = sums::total(assessment).unwrap_or_default();
    let note = marks(assessment.year, head);
    Row { sum, note, ..Row::new("total", assessment) }.with_tally(tally)
}

/// The score on the plan's scale with its grade, and its range.
fn score_rows<'a>(brief: &Brief<'a>, head: &'a Head<'_>) -> impl Iterator<Item = Row<'a>> {
    let note = marks(brief.year, head);
    let points = brief.plan.scoring().total.to_string();
    let score = brief.score.as_ref().map(|score| score.rounded.to_string());
    let whole = Row::of("", brief.region, brief.year);
    let whole = Row { points, note, ..whole };
    let score = Row {
        row: "score",
        earned: score.unwrap_or_default(),
        sum: sums::score(brief, Words::of(head.lang)),
        grade: brief.grade.map_or("", |grade| grade.name.get(head.lang)),
        ..whole.clone()
    };
    let ends = brief.range.map(|range| [("low", range.low), ("high", range.high)]);
    let ends = ends.into_iter().flatten();
    let ends = ends.map(move |(row, end)| Row { row, earned: end.to_string(), ..whole.clone() });
    [score].into_iter().chain(ends)
}

fn marked<'a>(mut row: Row<'a>, mark: &str, words: &Words) -> Row<'a> {
    if row.note.is_empty() {
        mark.clone_into(&mut row.note);
    } else if !row.note.contains(mark) {
        row.note += words.comma;
        row.note += mark;
    }
    row
}

/// That a result is none, or not the last.
fn marks(year: Year, head: &Head<'_>) -> String {
    let words = Words::of(head.lang);
    let supposed = page::supposed(head, words);
    let supposed = supposed.map(|text| format!("{}{}{text}", words.supposed, words.colon));
    let marks = supposed.into_iter().chain(page::provisional(year, head, words));
    marks.collect::<Vec<_>>().join(words.comma)
}

/// What was self-checked, where it was verified too.
fn check_rows<'a>(
    assessment: &'a Assessment<'_>,
    head: &'a Head<'_>,
    files: &[&str],
) -> Vec<Row<'a>> {
    let words = Words::of(head.lang);
    let texts = page::checks_in(files, assessment, head, words);
    let rows = page::listed_checks(assessment, head).zip(texts).filter_map(|(check, texts)| {
        let measure = assessment.plan.measure(check.quantity)?;
        let [_, own, found, difference, from] = texts;
        Some(Row {
            id: measure.id,
            name: measure.name.get(head.lang),
            unit: measure.unit.map_or("", Unit::as_str),
            value: value_of(&check.verified.value, measure, head.lang),
            value_from: from,
            note: words.check(&own, &found, &difference),
            year: check.year.number(),
            ..Row::new("check", assessment)
        })
    });
    rows.collect()
}

/// What is left to lose during the year.
fn leeway_rows<'a>(assessment: &'a Assessment<'_>, head: &'a Head<'_>) -> Vec<Row<'a>> {
    let words = Words::of(head.lang);
    let texts = page::leeway(assessment, head, words);
    let rows = page::listed_leeway(assessment, head).into_iter().zip(texts);
    let rows = rows.map(|((item, leeway), [_, _, _, left, count])| Row {
        id: &item.indicator.id,
        name: item.indicator.name.get(head.lang),
        unit: match leeway.count {
            LeewayCount::Days { .. } => "d",
            _ => item.unit().unwrap_or_default(),
        },
        target: asked(item),
        firmness: item.target.map_or("", Target::firmness),
        value: match leeway.left {
            Left::Some(left) => left.to_string(),
            Left::OutOfReach | Left::Safe => String::new(),
        },
        note: format!("{left}{}{count}", words.comma),
        ..Row::new("leeway", assessment)
    });
    rows.collect()
}

/// What each responsible unit owes: how many items, and which.
fn owed_rows<'a>(assessment: &'a Assessment<'_>, head: &'a Head<'_>) -> Vec<Row<'a>> {
    let words = Words::of(head.lang);
    let owed = page::owed(assessment, head, words).into_iter();
    let rows = owed.map(|owed| Row {
        lead: owed.unit,
        value: owed.count.to_string(),
        note: owed.items.join(words.comma),
        ..Row::new("owed", assessment)
    });
    rows.collect()
}

/// How many items are in each state that any is in.
fn count_rows<'a>(brief: &Brief<'a>, head: &Head<'_>) -> impl Iterator<Item = Row<'a>> {
    let (counts, note) = (&brief.counts, marks(brief.year, head));
    let states = State::ALL.map(|state| (state.code(), "", counts.get(state)));
    let near = (State::Met.code(), "near", counts.near());
    let some = states.into_iter().chain([near]).filter(|(.., count)| *count > 0);
    let whole = Row::of("count", brief.region, brief.year);
    some.map(move |(state, near, count)| Row {
        state,
        near,
        value: count.to_string(),
        note: note.clone(),
        ..whole.clone()
    })
}

/// What each item that lost points lost, what all of it adds to the score, and what one unit of its
/// value brings; and which of them are enough for the next grade.
fn lost_rows<'a>(assessment: &'a Assessment<'_>, head: &'a Head<'_>) -> Vec<Row<'a>> {
    let lost = page::lost(assessment, head, Words::of(head.lang));
    let rows = lost.levers.into_iter().zip(lost.rows).filter_map(|(lever, [_, _, per_unit, _])| {
        let item = assessment.items.get(lever.item)?;
        Some(Row {
            id: &item.indicator.id,
            name: item.indicator.name.get(head.lang),
            unit: item.unit().unwrap_or_default(),
            value: lever.per_unit.map(|points| points.to_string()).unwrap_or_default(),
            points: lever.lost.to_string(),
            earned: lever.gain.to_string(),
            note: per_unit,
            ..Row::new("lost", assessment)
        })
    });
    let next = lost.next.map(|note| Row { note, ..Row::new("next", assessment) });
    rows.chain(next).collect()
}

/// What changed since the year before: the score, then what limits the grade, then the items.
fn change_rows<'a>(
    before: &'a Compared,
    after: &'a Compared,
    assessment: &'a Assessment<'_>,
    words: &Words,
) -> Vec<Row<'a>> {
    let shown = |gain: Option<Decimal>| gain.map(|gain| gain.to_string()).unwrap_or_default();
    let note = words.score_from_to(before, after);
    let score =
        Row { earned: shown(after.gain_since(before)), note, ..Row::new("change", assessment) };
    let item = |change: Change<'a>| {
        let gained = change.gain.is_none().then(|| words.gained_of(&change));
        let note = [Some(change.points()), gained, Some(words.what_changed_of(&change))];
        let note: Vec<_> = note.into_iter().flatten().collect();
        Row {
            id: change.id(),
            name: change.name(),
            earned: shown(change.gain),
            note: note.join(words.comma),
            ..Row::new("change", assessment)
        }
    };
    let limits = limit_changes(before, after, words).into_iter();
    let limits = limits.map(|note| Row { note, ..Row::new("change", assessment) });
    let items = changes(before, after).into_iter().map(item);
    [score].into_iter().chain(limits).chain(items).collect()
}

/// What limits the grade.
fn limit_row<'a>(limit: &Limit<'_>, assessment: &'a Assessment<'a>, lang: Lang) -> Row<'a> {
    let item = match limit.by {
        LimitedBy::Item(index) => assessment.items.get(index),
        LimitedBy::Condition(_) | LimitedBy::Undecided(..) => None,
    };
    let grade = assessment.plan.grades().get(limit.grade);
    Row {
        id: item.map_or("", |item| &item.indicator.id),
        note: page::limit_told(limit, assessment, Words::of(lang)),
        grade: grade.map_or("", |grade| grade.name.get(lang)),
        ..Row::new("limit", assessment)
    }
}
