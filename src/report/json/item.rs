//! An item as JSON has it, and where its value and its target are from.

use rust_decimal::Decimal;
use rust_decimal::serde::{arbitrary_precision, arbitrary_precision_option};
use serde::Serialize;

use super::assessment::group_id;
use crate::assessment::{Assessment, Check, Item};
use crate::data::{Measured, Origin, Value, progress_word};
use crate::plan::{Amended, Measure, Target};
use crate::report::Head;
use crate::report::line::{self, Line};
use crate::report::rules::rule;
use crate::report::words::Words;
use crate::text::Lang;
use crate::year::Year;

#[derive(Serialize)]
pub(super) struct OneItem<'a> {
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
    /// Whether it does not apply and takes its share from the others of its group.
    takes_share: bool,
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
    shown: String,
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
pub(super) struct OneCheck<'a> {
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

impl<'a> OneItem<'a> {
    /// An item, given with its index in the plan.
    pub(super) fn of(item: &'a Item<'a>, assessment: &Assessment<'a>, head: &'a Head<'_>) -> Self {
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
            takes_share: item.takes_share(assessment.plan),
            least: item.bounds.0,
            most: item.bounds.1,
            sum: item.sum(lang),
            rule: rule(assessment.plan, indicator, assessment.year, words),
            shown: Shown::of(item, assessment, words),
            reason: item.reason(lang),
            stretch: Stretch::of(item, words),
            waiver: OneWaiver::of(item, lang),
            lead: assessment.plan.leads(indicator),
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
    fn of(item: &Item<'_>, words: &Words) -> Option<Self> {
        let stretch = item.target?.stretch.as_ref()?;
        let shown = line::shown(stretch, item.indicator, words);
        Some(Self { target: stretch.to_string(), shown, met: item.stretch_met })
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
    pub(super) fn of(
        check: &Check<'a>,
        assessment: &Assessment<'a>,
        head: &'a Head<'_>,
    ) -> Option<Self> {
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
