//! JSON, schema `assess.result/1`. The structs here are the schema: what the program holds inside
//! may change without them.

use std::io::{self, Write};

use rust_decimal::Decimal;
use rust_decimal::serde::{arbitrary_precision, arbitrary_precision_option};
use serde::Serialize;

use super::change::{Compared, OneChange, changes};
use super::history::Latest;
use super::line::Line;
use super::readings::readings;
use super::rules::rule;
use super::summary::{Placed, Places};
use super::words::Words;
use super::{Head, Input, Letter, Report, Supposed, page, sums};
use crate::assessment::{
    Assessment, Check, Counts, GroupTally, Item, Leeway, LeewayCount, Left, Lever, Limit,
    LimitedBy, State,
};
use crate::data::{Measured, Origin, ReadAs, Value, progress_word};
use crate::plan::{self, Amended, Grade, Measure, Target};
use crate::text::Lang;
use crate::year::Year;

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
    readings: Vec<String>,
    note: Option<&'a str>,
    letters: Vec<LetterFile<'a>>,
    layers: Vec<PlanDocument<'a>>,
}

/// A grade with the lowest score that has it.
#[derive(Serialize)]
struct OneGrade<'a> {
    name: &'a str,
    #[serde(with = "arbitrary_precision")]
    from: Decimal,
}

#[derive(Serialize)]
struct LetterFile<'a> {
    file: &'a str,
    sha256: &'a str,
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

#[derive(Serialize)]
pub(super) struct OneAssessment<'a> {
    region: &'a str,
    year: u16,
    #[serde(with = "arbitrary_precision_option")]
    score: Option<Decimal>,
    score_sum: String,
    range: Option<OneRange>,
    grade: Option<&'a str>,
    grade_by_score: Option<&'a str>,
    grades: Vec<OneGrade<'a>>,
    limits: Vec<OneLimit<'a>>,
    #[serde(with = "arbitrary_precision_option")]
    points: Option<Decimal>,
    #[serde(with = "arbitrary_precision_option")]
    earned: Option<Decimal>,
    extras: Vec<Exact>,
    counts: AllCounts,
    groups: Vec<OneGroup<'a>>,
    items: Vec<OneItem<'a>>,
    owed: Vec<OneOwed<'a>>,
    checks: Vec<OneCheck<'a>>,
    leeway: Vec<OneLeeway<'a>>,
    levers: Vec<OneLever<'a>>,
    next_grade: Option<NextGrade<'a>>,
    /// Since the year before, where the same document has it.
    #[serde(skip_serializing_if = "Option::is_none")]
    since: Option<Since<'a>>,
}

/// What changed since the year before.
#[derive(Serialize)]
pub(super) struct Since<'a> {
    year: u16,
    #[serde(with = "arbitrary_precision_option")]
    score: Option<Decimal>,
    grade: &'a str,
    items: Vec<OneChange<'a>>,
}

impl<'a> Since<'a> {
    fn of(before: &'a Compared, after: &'a Compared) -> Self {
        Self {
            year: before.year,
            score: before.score,
            grade: &before.grade,
            items: changes(before, after).into_iter().map(OneChange::new).collect(),
        }
    }
}

#[derive(Serialize)]
struct OneLimit<'a> {
    grade: &'a str,
    reason: String,
    item: Option<&'a str>,
    clause: Option<&'a str>,
    undecided: bool,
}

/// What an item has left to lose during the year.
#[derive(Serialize)]
struct OneLeeway<'a> {
    item: &'a str,
    state: &'static str,
    #[serde(with = "arbitrary_precision_option")]
    left: Option<Decimal>,
    unit: Option<&'a str>,
    days: Option<OfDays>,
    shown: String,
}

/// The days that a leeway is reckoned from.
#[derive(Serialize)]
struct OfDays {
    year: i64,
    elapsed: i64,
    allowed: i64,
    lost: i64,
}

#[derive(Serialize)]
struct OneLever<'a> {
    item: &'a str,
    #[serde(with = "arbitrary_precision")]
    lost: Decimal,
    #[serde(with = "arbitrary_precision_option")]
    per_unit: Option<Decimal>,
    #[serde(with = "arbitrary_precision")]
    gain: Decimal,
}

#[derive(Serialize)]
struct NextGrade<'a> {
    grade: &'a str,
    #[serde(with = "arbitrary_precision")]
    from: Decimal,
    enough: Vec<Vec<&'a str>>,
}

#[derive(Serialize)]
struct Exact(#[serde(with = "arbitrary_precision")] Decimal);

#[derive(Serialize)]
struct OneRange {
    #[serde(with = "arbitrary_precision")]
    low: Decimal,
    #[serde(with = "arbitrary_precision")]
    high: Decimal,
}

#[derive(Serialize)]
struct AllCounts {
    met: usize,
    missed: usize,
    scored: usize,
    missing: usize,
    not_assessable: usize,
    pending: usize,
    not_set: usize,
    not_applicable: usize,
    waived: usize,
    near: usize,
}

#[derive(Serialize)]
struct OneGroup<'a> {
    id: &'a str,
    r#in: Option<&'a str>,
    title: &'a str,
    clause: Option<&'a str>,
    combine: &'static str,
    #[serde(with = "arbitrary_precision")]
    weight: Decimal,
    /// What its parts are scaled to, and between which ends they are held, by the plan.
    #[serde(with = "arbitrary_precision_option")]
    own_points: Option<Decimal>,
    #[serde(with = "arbitrary_precision_option")]
    floor: Option<Decimal>,
    #[serde(with = "arbitrary_precision_option")]
    cap: Option<Decimal>,
    #[serde(with = "arbitrary_precision_option")]
    points: Option<Decimal>,
    #[serde(with = "arbitrary_precision_option")]
    earned: Option<Decimal>,
    sum: String,
}

#[derive(Serialize)]
struct OneItem<'a> {
    id: &'a str,
    name: &'a str,
    group: Option<&'a str>,
    clause: Option<&'a str>,
    unit: Option<&'a str>,
    state: &'static str,
    near: bool,
    value: Option<OneValue<'a>>,
    worked_out: bool,
    last_year: Option<OneValue<'a>>,
    target: Option<String>,
    firmness: Option<&'static str>,
    #[serde(with = "arbitrary_precision")]
    points: Decimal,
    #[serde(with = "arbitrary_precision")]
    weight: Decimal,
    #[serde(with = "arbitrary_precision_option")]
    earned: Option<Decimal>,
    #[serde(with = "arbitrary_precision")]
    least: Decimal,
    #[serde(with = "arbitrary_precision")]
    most: Decimal,
    sum: String,
    rule: Vec<String>,
    shown: Shown,
    reason: Option<&'a str>,
    stretch: Option<Stretch>,
    waiver: Option<OneWaiver<'a>>,
    lead: &'a [String],
    support: &'a [String],
    value_from: Vec<ValueFrom<'a>>,
    target_from: Option<TargetFrom<'a>>,
    amended: Vec<OneAmended<'a>>,
}

/// Texts of an item as the formats for people have them.
#[derive(Serialize)]
struct Shown {
    target: String,
    value: String,
    state: String,
    points: String,
}

/// Something of an item that a later document changed.
#[derive(Serialize)]
struct OneAmended<'a> {
    key: &'static str,
    document: Option<&'a str>,
    #[serde(with = "arbitrary_precision_option")]
    points_before: Option<Decimal>,
}

#[derive(Serialize)]
#[serde(untagged)]
enum OneValue<'a> {
    Number(#[serde(with = "arbitrary_precision")] Decimal),
    Text(&'a str),
}

#[derive(Serialize)]
struct Stretch {
    target: String,
    met: Option<bool>,
}

#[derive(Serialize)]
struct OneWaiver<'a> {
    reason: &'a str,
    by: &'a str,
    until: String,
    in_force: bool,
}

#[derive(Serialize)]
struct ValueFrom<'a> {
    of: &'a str,
    file: &'a str,
    line: usize,
    cell: Option<&'a str>,
    stood: Option<&'a str>,
    year: u16,
    unit: Option<&'a str>,
    source: Option<&'a str>,
    note: Option<&'a str>,
    reporter: Option<&'a str>,
}

/// A value that was self-checked and verified.
#[derive(Serialize)]
struct OneCheck<'a> {
    of: &'a str,
    year: u16,
    self_checked: Option<OneValue<'a>>,
    verified: Option<OneValue<'a>>,
    #[serde(with = "arbitrary_precision_option")]
    difference: Option<Decimal>,
    self_checked_from: Vec<ValueFrom<'a>>,
    verified_from: Vec<ValueFrom<'a>>,
}

#[derive(Serialize)]
struct TargetFrom<'a> {
    document: Option<&'a str>,
    clause: Option<&'a str>,
    before: Vec<TargetBefore<'a>>,
}

/// A target that a later document took the place of.
#[derive(Serialize)]
struct TargetBefore<'a> {
    target: Option<String>,
    firmness: &'static str,
    document: Option<&'a str>,
}

#[derive(Serialize)]
struct OneOwed<'a> {
    unit: Option<&'a str>,
    missed: Vec<&'a str>,
    missing: Vec<&'a str>,
    not_assessable: Vec<&'a str>,
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
        let one = OneAssessment { since, ..OneAssessment::of(assessment, head) };
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
        let letter = |letter: &'a Letter| LetterFile { file: &letter.file, sha256: &letter.sha256 };
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

impl<'a> OneAssessment<'a> {
    pub(super) fn of(assessment: &'a Assessment<'a>, head: &'a Head<'_>) -> Self {
        let score = assessment.score.as_ref();
        let tally = score.map(|score| score.tally);
        let levers = assessment.levers();
        let next = levers.next.and_then(|next| assessment.plan.grades().get(next));
        let name = |grade: Option<&'a Grade>| grade.map(|grade| grade.name.get(head.lang));
        let bounds =
            |grade: &'a Grade| OneGrade { name: grade.name.get(head.lang), from: grade.from };
        let limits = assessment.limits.iter();
        let ids = |items: &[usize]| {
            let id =
                |&index: &usize| assessment.items.get(index).map(|item| item.indicator.id.as_str());
            items.iter().filter_map(id).collect::<Vec<_>>()
        };
        let one_lever = |lever: &Lever| {
            let item = assessment.items.get(lever.item).filter(|item| head.lists(item))?;
            let Lever { lost, per_unit, gain, .. } = *lever;
            Some(OneLever { item: &item.indicator.id, lost, per_unit, gain })
        };
        let owed = assessment.owed.iter().filter(|owed| head.lists_unit(owed.unit));
        let owed = owed.map(|owed| OneOwed {
            unit: owed.unit,
            missed: ids(&owed.missed),
            missing: ids(&owed.missing),
            not_assessable: ids(&owed.not_assessable),
        });
        Self {
            region: assessment.region,
            year: assessment.year.number(),
            score: score.map(|score| score.rounded),
            score_sum: sums::score(&assessment.brief(), Words::of(head.lang)),
            range: assessment.range.map(|range| OneRange { low: range.low, high: range.high }),
            grade: name(assessment.grade),
            grade_by_score: name(assessment.grade_by_score),
            grades: assessment.plan.grades().iter().map(bounds).collect(),
            limits: limits.map(|limit| OneLimit::of(limit, assessment, head.lang)).collect(),
            points: tally.map(|tally| tally.points),
            earned: tally.map(|tally| tally.earned),
            extras: score
                .map(|score| score.sum.extras.iter().copied().map(Exact).collect())
                .unwrap_or_default(),
            counts: AllCounts::of(&assessment.counts),
            groups: assessment
                .groups
                .iter()
                .map(|group| OneGroup::of(group, assessment, head.lang))
                .collect(),
            items: assessment
                .items
                .iter()
                .filter(|item| head.lists(item))
                .map(|item| OneItem::of(item, assessment, head))
                .collect(),
            owed: owed.collect(),
            checks: page::listed_checks(assessment, head)
                .filter_map(|check| OneCheck::of(check, assessment, head))
                .collect(),
            next_grade: next.filter(|_| !levers.each.is_empty()).map(|grade| NextGrade {
                grade: grade.name.get(head.lang),
                from: grade.from,
                enough: levers.enough.iter().map(|set| ids(set)).collect(),
            }),
            leeway: OneLeeway::all(assessment, head),
            levers: levers.each.iter().filter_map(one_lever).collect(),
            since: None,
        }
    }
}

impl<'a> OneLeeway<'a> {
    fn all(assessment: &'a Assessment<'a>, head: &Head<'_>) -> Vec<Self> {
        let shown = page::leeway(assessment, head, Words::of(head.lang));
        let all = page::listed_leeway(assessment, head).into_iter().zip(shown);
        let one =
            |((item, leeway), [_, _, _, left, count]): ((&'a Item<'a>, Leeway), [String; 5])| {
                let (state, number) = match leeway.left {
                    Left::Some(left) => ("open", Some(left)),
                    Left::OutOfReach => ("out_of_reach", None),
                    Left::Safe => ("safe", None),
                };
                let (unit, days) = match leeway.count {
                    LeewayCount::Days { year, elapsed, allowed, lost } => {
                        (Some("d"), Some(OfDays { year, elapsed, allowed, lost }))
                    }
                    LeewayCount::Count { .. } => (item.unit(), None),
                };
                let shown = format!("{left} ({count})");
                Self { item: &item.indicator.id, state, left: number, unit, days, shown }
            };
        all.map(one).collect()
    }
}

impl AllCounts {
    fn of(counts: &Counts) -> Self {
        Self {
            met: counts.get(State::Met),
            missed: counts.get(State::Missed),
            scored: counts.get(State::Scored),
            missing: counts.get(State::Missing),
            not_assessable: counts.get(State::NotAssessable),
            pending: counts.get(State::Pending),
            not_set: counts.get(State::NotSet),
            not_applicable: counts.get(State::NotApplicable),
            waived: counts.get(State::Waived),
            near: counts.near(),
        }
    }
}

impl<'a> OneGroup<'a> {
    fn of(group: &GroupTally<'a>, assessment: &'a Assessment<'a>, lang: Lang) -> Self {
        Self {
            id: &group.group.id,
            r#in: group_id(assessment, group.group.parent),
            title: group.group.title.get(lang),
            clause: group.group.clause.as_deref(),
            combine: group.group.combine.code(),
            weight: group.group.weight,
            own_points: group.group.points,
            floor: group.group.floor,
            cap: group.group.cap,
            points: group.tally.map(|tally| tally.points),
            earned: group.tally.map(|tally| tally.earned),
            sum: page::group_sum(group, Words::of(lang)),
        }
    }
}

fn group_id<'a>(assessment: &Assessment<'a>, group: Option<usize>) -> Option<&'a str> {
    let groups = assessment.plan.groups();
    group.and_then(|group| groups.get(group)).map(|group| group.id.as_str())
}

impl<'a> OneItem<'a> {
    fn of(item: &'a Item<'a>, assessment: &Assessment<'a>, head: &'a Head<'_>) -> Self {
        let (indicator, lang) = (item.indicator, head.lang);
        let words = Words::of(lang);
        Self {
            id: &indicator.id,
            name: indicator.name.get(lang),
            group: group_id(assessment, indicator.group),
            clause: indicator.clause.as_deref(),
            unit: item.unit(),
            state: item.state.code(),
            near: item.near,
            value: item.value.as_ref().and_then(|value| OneValue::of(value, indicator.measure())),
            worked_out: indicator.formula.is_some(),
            last_year: item
                .last_year
                .as_ref()
                .and_then(|last| OneValue::of(&last.value, indicator.measure())),
            target: item.target.and_then(Target::comparison).map(ToString::to_string),
            firmness: item.target.map(Target::firmness),
            points: item.points,
            weight: indicator.weight,
            earned: item.earned,
            least: item.bounds.0,
            most: item.bounds.1,
            sum: item.sum(lang),
            rule: rule(assessment.plan, indicator, assessment.year, words),
            shown: Shown::of(item, assessment, words),
            reason: item.reason(lang),
            stretch: Stretch::of(item),
            waiver: OneWaiver::of(item, lang),
            lead: &indicator.lead,
            support: &indicator.support,
            value_from: ValueFrom::all(item, assessment, head),
            target_from: item.target.map(|target| TargetFrom::of(target, item, assessment)),
            amended: indicator.amended.iter().map(|a| OneAmended::of(a, assessment)).collect(),
        }
    }
}

impl Shown {
    fn of(item: &Item<'_>, assessment: &Assessment<'_>, words: &Words) -> Self {
        let Line { target, value, state, points, .. } = Line::new(item, assessment, words, &[]);
        Self { target, value, state, points }
    }
}

impl Stretch {
    fn of(item: &Item<'_>) -> Option<Self> {
        let stretch = item.target?.stretch.as_ref()?;
        Some(Self { target: stretch.to_string(), met: item.stretch_met })
    }
}

impl<'a> OneWaiver<'a> {
    fn of(item: &Item<'a>, lang: Lang) -> Option<Self> {
        let waiver = item.target?.waiver.as_ref()?;
        Some(Self {
            reason: waiver.reason.get(lang),
            by: &waiver.by,
            until: waiver.until.to_string(),
            in_force: item.expired.is_none(),
        })
    }
}

impl<'a> ValueFrom<'a> {
    /// The rows of the value, of last year's, of what they are worked out from, and those that say
    /// that there is none.
    fn all(item: &'a Item<'a>, assessment: &Assessment<'a>, head: &'a Head<'_>) -> Vec<Self> {
        let (year, id) = (assessment.year, item.indicator.id.as_str());
        let now = item.measured.as_deref().map(|measured| (id, year, measured));
        let before = item.last_year.as_deref().map(|measured| (id, year.before(), measured));
        let used = item.used.iter().map(|used| {
            let measure = assessment.plan.measure(used.quantity);
            (measure.map_or("", |measure| measure.id), used.year, used.measured.as_ref())
        });
        let measured =
            now.into_iter().chain(before).chain(used).flat_map(|(id, year, measured)| {
                let unit = measured.unit();
                measured.origins().map(move |origin| Self::of(origin, id, year, unit, head))
            });
        let absent = item.absent.iter();
        let year = if item.measured.is_none() { year } else { year.before() };
        measured.chain(absent.map(|origin| Self::of(origin, id, year, None, head))).collect()
    }

    fn of(
        origin: &'a Origin,
        id: &'a str,
        year: Year,
        unit: Option<&'a str>,
        head: &'a Head<'_>,
    ) -> Self {
        Self {
            of: id,
            file: head.inputs.get(origin.file()).map_or("", |input| input.table.name.as_str()),
            line: origin.line(),
            cell: origin.cell(),
            stood: origin.stood(),
            year: year.number(),
            unit,
            source: origin.source(),
            note: origin.note(),
            reporter: origin.reporter(),
        }
    }
}

impl<'a> OneCheck<'a> {
    fn of(check: &Check<'a>, assessment: &Assessment<'a>, head: &'a Head<'_>) -> Option<Self> {
        let measure = assessment.plan.measure(check.quantity)?;
        let from = |measured: &'a Measured| {
            let unit = measured.unit();
            let one = |origin| ValueFrom::of(origin, measure.id, check.year, unit, head);
            measured.origins().map(one).collect()
        };
        Some(Self {
            of: measure.id,
            year: check.year.number(),
            self_checked: OneValue::of(&check.self_checked.value, measure),
            verified: OneValue::of(&check.verified.value, measure),
            difference: check.difference(),
            self_checked_from: from(check.self_checked),
            verified_from: from(check.verified),
        })
    }
}

impl<'a> TargetFrom<'a> {
    fn of(target: &'a Target, item: &Item<'a>, assessment: &Assessment<'a>) -> Self {
        let layers = assessment.plan.layers();
        let number = |layer: usize| layers.get(layer).and_then(|layer| layer.number.as_deref());
        let before = target.history().skip(1).map(|old| TargetBefore {
            target: old.comparison().map(ToString::to_string),
            firmness: old.firmness(),
            document: number(old.layer),
        });
        Self {
            document: number(target.layer),
            clause: item.indicator.clause.as_deref(),
            before: before.collect(),
        }
    }
}

impl<'a> OneAmended<'a> {
    fn of(amended: &Amended, assessment: &Assessment<'a>) -> Self {
        let document = assessment.plan.layers().get(amended.layer);
        Self {
            key: amended.key,
            document: document.and_then(|document| document.number.as_deref()),
            points_before: amended.points_before,
        }
    }
}

impl<'a> OneLimit<'a> {
    fn of(limit: &Limit<'a>, assessment: &'a Assessment<'a>, lang: Lang) -> Self {
        let item = match limit.by {
            LimitedBy::Item(index) => assessment.items.get(index).map(|item| item.indicator),
            LimitedBy::Condition(_) | LimitedBy::Undecided(..) => None,
        };
        let clause = match limit.by {
            LimitedBy::Item(_) => item.and_then(|item| item.clause.as_deref()),
            LimitedBy::Condition(limit) | LimitedBy::Undecided(limit, _) => limit.clause.as_deref(),
        };
        let grade = assessment.plan.grades().get(limit.grade);
        Self {
            grade: grade.map_or("", |grade| grade.name.get(lang)),
            reason: page::limit(limit, assessment, Words::of(lang)),
            item: item.map(|item| item.id.as_str()),
            clause,
            undecided: matches!(limit.by, LimitedBy::Undecided(..)),
        }
    }
}

impl<'a> OneValue<'a> {
    /// Numbers and progress as numbers, a task's ends and classes as words.
    fn of(value: &Value, measure: Measure<'a>) -> Option<Self> {
        match value {
            Value::Number(number) => Some(Self::Number(*number)),
            Value::Class(rank) => Some(Self::Text(measure.class_name(*rank))),
            Value::Progress(done) => {
                Some(progress_word(*done, Lang::En).map_or(Self::Number(*done), Self::Text))
            }
            Value::NotApplicable(_) => None,
        }
    }
}
