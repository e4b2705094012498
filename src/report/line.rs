//! One item as texts, the same in every format that people read.

use std::collections::BTreeSet;

use rust_decimal::Decimal;

use super::words::Words;
use crate::assessment::{Assessment, Item, State};
use crate::data::{Measured, Origin, Value};
use crate::number::{show, show_points};
use crate::plan::{Comparison, Indicator, Plan, Target};
use crate::unit::Unit;

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
    /// The titles of [`Line::columns`].
    pub(super) fn titles(words: &Words) -> [&'static str; 8] {
        [
            words.clause,
            words.indicator,
            words.target,
            words.value,
            words.state,
            words.points,
            words.sum,
            words.source,
        ]
    }

    /// Which of the columns are numbers.
    pub(super) const NUMBERS: [usize; 2] = [3, 5];

    /// Its texts but for the note, with the sources joined by a text.
    pub(super) fn columns(self, between: &str) -> [String; 8] {
        let source = self.source.join(between);
        let Self { clause, name, target, value, state, points, sum, .. } = self;
        [clause, name, target, value, state, points, sum, source]
    }

    pub(super) fn new(
        item: &Item<'_>,
        assessment: &Assessment<'_>,
        words: &Words,
        files: &[&str],
    ) -> Self {
        Self {
            name: item.indicator.name.get(words.lang).to_owned(),
            clause: item.indicator.clause.clone().unwrap_or_default(),
            target: target(item, words),
            value: value(item, words),
            state: words.state_of(item),
            points: points(item),
            sum: item.sum(words.lang),
            source: origins(item, assessment, files, "\n"),
            note: note(item, assessment.plan, words),
        }
    }
}

impl Line {
    /// The value, the state, the points and the sum of an item that is tried.
    pub(super) fn of_sample(item: &Item<'_>, words: &Words) -> [String; 4] {
        [value(item, words), words.state_of(item), points(item), item.sum(words.lang)]
    }
}

/// `≥ 90%`, `≥ 81.7% (expected)`, `> last year`, `pending`.
fn target(item: &Item<'_>, words: &Words) -> String {
    item.target.map_or(String::new(), |target| asked(target, item.indicator, words))
}

/// What a target asks for.
pub(super) fn asked(target: &Target, indicator: &Indicator, words: &Words) -> String {
    target.show(indicator.unit.as_ref(), words.lang)
}

pub(super) fn shown(comparison: &Comparison, indicator: &Indicator, words: &Words) -> String {
    comparison.show_in(indicator.unit.as_ref(), words.lang)
}

/// `98.9%`, `done`, `Ⅱ`; empty where there is none, which the state says.
fn value(item: &Item<'_>, words: &Words) -> String {
    let shown = match &item.value {
        None | Some(Value::NotApplicable(_)) => return String::new(),
        // What was worked out may be endless.
        Some(Value::Number(number)) if item.measured.is_none() => show_points(*number),
        Some(value) => value.show(item.indicator.measure(), words.lang),
    };
    match item.measured.as_deref().and_then(Measured::unit) {
        Some(unit) => format!("{shown} {unit}"),
        None => with_unit(shown, item.indicator),
    }
}

pub(super) fn with_unit(text: String, indicator: &Indicator) -> String {
    in_unit(text, indicator.unit.as_ref())
}

pub(super) fn in_unit(text: String, unit: Option<&Unit>) -> String {
    match unit {
        Some(unit) => unit.behind(&text),
        None => text,
    }
}

/// `0/1`; `–/1` for an item that does not count; `+2`, `−1` for one that is worth no points.
fn points(item: &Item<'_>) -> String {
    if item.indicator.is_extra() {
        return item.earned.map_or("–".to_owned(), signed);
    }
    let earned = item.earned.map_or("–".to_owned(), show_points);
    format!("{earned}/{}", show(item.points))
}

/// `+2`, `−1`, `0`: points that are added as they stand.
pub(super) fn signed(points: Decimal) -> String {
    let sign = if points > Decimal::ZERO { "+" } else { "" };
    format!("{sign}{}", show_points(points))
}

/// `measurements.csv:2`, and what the row says of its source, between the two what is given: the
/// rows of the value, of last year's with its year, and those that say that there is none.
pub(super) fn origins(
    item: &Item<'_>,
    assessment: &Assessment<'_>,
    files: &[&str],
    between: &str,
) -> Vec<String> {
    // In any language a blank and narrow brackets: a place is no prose, and breaks nowhere else.
    let text = |origin: &Origin, of: &str| {
        let source = origin.source().map(|source| format!("{between}{source}"));
        format!("{}{of}{}", place(origin, files), source.unwrap_or_default())
    };
    let before = format!(" ({})", assessment.year.before());
    let own = rows(item).map(|origin| text(origin, ""));
    let last = rows_before(item).map(|origin| text(origin, &before));
    let used = item.used.iter().flat_map(|used| {
        let id = assessment.plan.measure(used.quantity).map_or("", |measure| measure.id);
        let of = if used.year == assessment.year {
            format!(" ({id})")
        } else {
            format!(" ({id}, {})", used.year)
        };
        used.measured.origins().map(move |origin| text(origin, &of))
    });
    own.chain(last).chain(used).collect()
}

/// `measurements.csv:2`, and what stood there where it was converted: `(0.031 mg/m³)`.
pub(super) fn place<S: AsRef<str>>(origin: &Origin, files: &[S]) -> String {
    let stood = origin.stood().map(|stood| format!(" ({stood})"));
    format!("{}{}", origin.place(files), stood.unwrap_or_default())
}

/// The rows of the value, or those that say that there is none.
fn rows<'a>(item: &'a Item<'_>) -> impl Iterator<Item = &'a Origin> {
    let absent = if item.measured.is_none() { item.absent } else { &[] };
    item.measured.as_deref().into_iter().flat_map(Measured::origins).chain(absent)
}

/// The same for last year's.
fn rows_before<'a>(item: &'a Item<'_>) -> impl Iterator<Item = &'a Origin> {
    let absent = if item.measured.is_some() { item.absent } else { &[] };
    item.last_year.as_deref().into_iter().flat_map(Measured::origins).chain(absent)
}

/// Why an item is in its state, where that is not plain from its figures.
pub(super) fn reason(item: &Item<'_>, words: &Words) -> Option<String> {
    let waiver = item.target.and_then(|target| target.waiver.as_ref());
    match (item.state, waiver) {
        (State::Waived, Some(waiver)) => {
            let reason = waiver.reason.get(words.lang);
            Some(words.waived(reason, &waiver.by, waiver.until))
        }
        _ => item.reason(words.lang).map(str::to_owned),
    }
}

/// What else is to be said of the item.
pub(super) fn note(item: &Item<'_>, plan: &Plan, words: &Words) -> String {
    let reason = reason(item, words);
    let stretch = item.target.and_then(|target| target.stretch.as_ref());
    let stretch = stretch
        .map(|stretch| words.stretch(&shown(stretch, item.indicator, words), item.stretch_met));
    let expired = item.expired.map(|waiver| words.expired(waiver.until));
    // What does not apply has its note for a reason.
    let notes = rows(item).filter(|_| item.state != State::NotApplicable);
    let notes: BTreeSet<_> = notes.filter_map(|origin| origin.note().map(str::to_owned)).collect();
    let changes = changes(item, plan, words);
    let parts = [reason, stretch, expired].into_iter().flatten().chain(changes).chain(notes);
    parts.collect::<Vec<_>>().join(words.comma)
}

/// What later documents changed of the item: its target and its points.
fn changes(item: &Item<'_>, plan: &Plan, words: &Words) -> Vec<String> {
    let document = |layer: usize| words.document(plan.layers().get(layer));
    let target = item.target.filter(|target| target.layer > 0).map(|target| {
        let before = target.history().skip(1);
        let before = before.map(|old| (asked(old, item.indicator, words), document(old.layer)));
        words.target_by(&document(target.layer), &before.collect::<Vec<_>>())
    });
    target.into_iter().chain(amendments(item.indicator, plan, words)).collect()
}

/// What later documents changed of an item beside its target.
pub(super) fn amendments(indicator: &Indicator, plan: &Plan, words: &Words) -> Vec<String> {
    let amended = indicator.amended.iter().filter(|amended| amended.layer > 0);
    let told = amended.map(|amended| {
        let document = words.document(plan.layers().get(amended.layer));
        match amended.points_before {
            Some(before) => words.points_by(&show(before), &document),
            None => words.changed_by(amended.key, &document),
        }
    });
    told.collect()
}
