//! One item as texts, the same in every format that people read.

use std::collections::BTreeSet;

use super::Head;
use super::words::Words;
use crate::assessment::{Assessment, GroupTally, Item, Owed, State, Tally};
use crate::data::{Origin, Value};
use crate::number::{show, show_points};
use crate::plan::{Ask, Comparison};
use crate::text::Lang;

/// The texts of an item.
pub(super) struct Line {
    pub(super) name: String,
    pub(super) clause: String,
    pub(super) target: String,
    pub(super) value: String,
    pub(super) state: String,
    pub(super) points: String,
    pub(super) sum: String,
    /// Where the value is from: places, and under each what its row says.
    pub(super) source: Vec<String>,
    pub(super) note: String,
}

impl Line {
    pub(super) fn new(item: &Item<'_>, words: &Words, files: &[&str]) -> Self {
        Self {
            name: item.indicator.name.get(words.lang).to_owned(),
            clause: item.indicator.clause.clone().unwrap_or_default(),
            target: target(item, words),
            value: value(item, words),
            state: words.state_of(item),
            points: points(item),
            sum: item.sum(words.lang),
            source: origins(item, files, "\n"),
            note: note(item, words),
        }
    }
}

/// `≥ 90%`, `≥ 81.7% (expected)`, `> last year`, `pending`.
fn target(item: &Item<'_>, words: &Words) -> String {
    let Some(target) = item.target else { return String::new() };
    let Some(comparison) = target.comparison() else {
        return State::Pending.name(words.lang).to_owned();
    };
    let expected = if matches!(target.ask, Ask::Expected(_)) { words.expected() } else { "" };
    format!("{}{expected}", shown(comparison, item, words))
}

fn shown(comparison: &Comparison, item: &Item<'_>, words: &Words) -> String {
    let text = comparison.show(words.lang);
    if comparison.needs_last_year() { text } else { with_unit(text, item) }
}

/// `98.9%`, `done`, `Ⅱ`; empty where there is none, which the state says.
fn value(item: &Item<'_>, words: &Words) -> String {
    let Some(measured) = item.measured else { return String::new() };
    let value = measured.value.show(item.indicator, words.lang);
    match (&measured.value, &measured.unit) {
        (Value::NotApplicable(_), _) => String::new(),
        (_, Some(unit)) => format!("{value} {unit}"),
        (_, None) => with_unit(value, item),
    }
}

fn with_unit(text: String, item: &Item<'_>) -> String {
    match &item.indicator.unit {
        Some(unit) if unit.is_per_cent() => format!("{text}{unit}"),
        Some(unit) => format!("{text} {unit}"),
        None => text,
    }
}

/// `0/1`; `–/1` for an item that does not count.
fn points(item: &Item<'_>) -> String {
    let earned = item.earned.map_or("–".to_owned(), show_points);
    format!("{earned}/{}", show(item.points))
}

/// `measurements.csv:2`, and what the row says of its source, between the two what is given: the
/// rows of the value, of last year's, and those that say that there is none.
pub(super) fn origins(item: &Item<'_>, files: &[&str], between: &str) -> Vec<String> {
    let text = |origin: &Origin| {
        let file = files.get(origin.file).copied().unwrap_or_default();
        let source = origin.source.as_ref().map(|source| format!("{between}{source}"));
        format!("{file}:{}{}", origin.line, source.unwrap_or_default())
    };
    rows(item).map(text).collect()
}

fn rows<'a>(item: &Item<'a>) -> impl Iterator<Item = &'a Origin> {
    let absent = if item.measured.is_none() { item.absent } else { &[] };
    let measured = item.measured.into_iter().chain(item.last_year);
    measured.flat_map(|measured| &measured.origins).chain(absent)
}

/// What else is to be said of the item.
pub(super) fn note(item: &Item<'_>, words: &Words) -> String {
    let waiver = item.target.and_then(|target| target.waiver.as_ref());
    let reason = match (item.state, waiver) {
        (State::Waived, Some(waiver)) => {
            let reason = waiver.reason.get(words.lang);
            Some(words.waived(reason, &waiver.by, &waiver.until.to_string()))
        }
        _ => item.reason(words.lang).map(str::to_owned),
    };
    let stretch = item.target.and_then(|target| target.stretch.as_ref());
    let stretch =
        stretch.map(|stretch| words.stretch(&shown(stretch, item, words), item.stretch_met));
    let expired = item.expired.map(|waiver| words.expired(&waiver.until.to_string()));
    // What does not apply has its note for a reason.
    let notes = rows(item).filter(|_| item.state != State::NotApplicable);
    let notes: BTreeSet<_> = notes.filter_map(|origin| origin.note.clone()).collect();
    let parts = [reason, stretch, expired].into_iter().flatten().chain(notes);
    parts.collect::<Vec<_>>().join(words.comma)
}

/// A group with the items in it that need no attention.
pub(super) struct Section<'a> {
    /// None for what is in no group of a plan without groups.
    pub(super) title: Option<String>,
    pub(super) depth: usize,
    pub(super) items: Vec<&'a Item<'a>>,
}

/// The sections that have something to show, in the plan's order; items without a target only
/// where all are asked for.
pub(super) fn sections<'a>(
    assessment: &'a Assessment<'a>,
    head: &Head<'_>,
    words: &Words,
) -> Vec<Section<'a>> {
    let listed =
        |item: &&Item<'_>| !item.needs_attention() && (head.all || item.state != State::NotSet);
    let items_of = |group| {
        let items = assessment.items.iter().filter(move |item| item.indicator.group == group);
        items.filter(listed).collect::<Vec<_>>()
    };
    let groups = assessment.groups.iter().enumerate().map(|(index, group)| Section {
        title: Some(group_title(group, words)),
        depth: group.depth,
        items: items_of(Some(index)),
    });
    let alone = Section {
        title: (!assessment.groups.is_empty()).then(|| words.no_group.to_owned()),
        depth: 0,
        items: items_of(None),
    };
    let counts = |at: usize| assessment.groups.get(at).is_some_and(|group| group.tally.is_some());
    let all = groups.chain([alone]).enumerate();
    all.filter(|(at, section)| !section.items.is_empty() || counts(*at))
        .map(|(_, section)| section)
        .collect()
}

/// The figures of an assessment with their names.
pub(super) fn figures(
    assessment: &Assessment<'_>,
    head: &Head<'_>,
    words: &Words,
) -> Vec<(&'static str, String)> {
    let note = head.plan.scoring().note.as_ref();
    let note = note.map(|note| (words.note, note.get(words.lang).to_owned()));
    let figures = [
        (words.score, score(assessment, words)),
        (words.range, range(assessment, words)),
        (words.grade, grade(assessment, words)),
        (words.items, words.counts(assessment)),
    ];
    figures.into_iter().chain(note).collect()
}

/// The line of an assessment among several.
pub(super) fn summary(assessment: &Assessment<'_>, words: &Words) -> [String; 6] {
    let score = assessment.score.as_ref().map(|score| show(score.rounded));
    [
        assessment.region.to_owned(),
        assessment.year.to_string(),
        score.unwrap_or_else(|| words.nothing_to_score.to_owned()),
        range(assessment, words),
        grade(assessment, words),
        words.counts(assessment),
    ]
}

/// The score with its sum: `80.85 / 100 = 38 ÷ 47 × 100`.
pub(super) fn score(assessment: &Assessment<'_>, words: &Words) -> String {
    let total = show(assessment.plan.scoring().total);
    match &assessment.score {
        None => words.nothing_to_score.to_owned(),
        Some(score) => {
            let Tally { points, earned } = score.tally;
            let (earned, points) = (show_points(earned), show_points(points));
            let equals = if score.rounded == score.exact { "=" } else { "≈" };
            format!("{} / {total}  {equals} {earned} ÷ {points} × {total}", show(score.rounded))
        }
    }
}

/// `70.00–85.00`; empty where nothing can be scored at all.
pub(super) fn range(assessment: &Assessment<'_>, words: &Words) -> String {
    assessment
        .range
        .map(|range| format!("{}{}{}", show(range.low), words.lang.dash(), show(range.high)))
        .unwrap_or_default()
}

/// The grade's name, or that there is none.
pub(super) fn grade(assessment: &Assessment<'_>, words: &Words) -> String {
    assessment.grade.map_or(words.no_grade, |grade| grade.name.get(words.lang)).to_owned()
}

/// `一(一)1 Urban air  2/3`.
fn group_title(group: &GroupTally<'_>, words: &Words) -> String {
    let title = group.group.title.get(words.lang);
    let clause = group.group.clause.as_deref().map(|clause| format!("{clause} "));
    let tally = group.tally.map(|Tally { points, earned }| {
        format!("  {}/{}", show_points(earned), show_points(points))
    });
    let combine = match (words.combine(group.group.combine), words.lang) {
        ("", _) => None,
        (how, Lang::Zh) => Some(format!("（{how}）")),
        (how, Lang::En) => Some(format!(" ({how})")),
    };
    let parts = [clause, Some(title.to_owned()), tally, combine];
    parts.into_iter().flatten().collect()
}

/// What a unit owes, as texts.
pub(super) struct OwedLine {
    pub(super) unit: String,
    pub(super) count: usize,
    /// Those missed, then those missing.
    pub(super) items: Vec<String>,
}

/// What each unit owes, in the assessment's order.
pub(super) fn owed(assessment: &Assessment<'_>, words: &Words) -> Vec<OwedLine> {
    let names = |items: &[usize]| -> Vec<_> {
        let items = items.iter().filter_map(|&index| assessment.items.get(index));
        items.map(|item| item.indicator.name.get(words.lang).to_owned()).collect()
    };
    let line = |owed: &Owed<'_>| {
        let states = [(State::Missed, names(&owed.missed)), (State::Missing, names(&owed.missing))];
        let parts = states.iter().filter_map(|(state, names)| words.owes(*state, names));
        OwedLine {
            unit: owed.unit.unwrap_or(words.no_unit).to_owned(),
            count: owed.missed.len() + owed.missing.len(),
            items: parts.collect(),
        }
    };
    assessment.owed.iter().map(line).collect()
}

/// The plan and the files with their hashes, a line each.
pub(super) fn inputs(head: &Head<'_>, words: &Words) -> Vec<String> {
    let plan = (head.plan_file.as_deref().unwrap_or(words.built_in), &head.plan_sha256);
    let data = head.inputs.iter().map(|input| (input.name.as_str(), &input.sha256));
    let all = std::iter::once(plan).chain(data);
    all.map(|(name, sha256)| format!("{name}{}sha256 {sha256}", words.colon)).collect()
}

/// The plan with its document: `hunchun-2021-2025, 珲政办函〔2021〕28号`.
pub(super) fn plan(head: &Head<'_>, words: &Words) -> String {
    let number = head.plan.about().document.number.as_deref();
    let file = head.plan_file.as_deref().unwrap_or(words.built_in);
    let parts = [Some(head.plan.id()), number, Some(file)];
    parts.into_iter().flatten().collect::<Vec<_>>().join(words.comma)
}

/// The names of the files of values without their folders, where that leaves them apart.
pub(super) fn short_names(head: &Head<'_>) -> Vec<String> {
    let long = || head.inputs.iter().map(|input| input.name.as_str());
    let short = long().map(|name| name.rsplit(['/', '\\']).next().unwrap_or(name));
    let distinct: BTreeSet<&str> = short.clone().collect();
    let names: Vec<&str> =
        if distinct.len() == head.inputs.len() { short.collect() } else { long().collect() };
    names.into_iter().map(str::to_owned).collect()
}
