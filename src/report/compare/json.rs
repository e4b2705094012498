//! A comparison as JSON, schema `assess.compare/1`.

use std::io::{self, Write};

use rust_decimal::Decimal;
use rust_decimal::serde::arbitrary_precision_option;
use serde::Serialize;

use super::Comparison;
use super::bridge::Bridge;
use super::cause::CauseOf;
use super::causes::Causes;
use super::different::Different;
use super::groups::OneGroupChange;
use super::head::Fact;
use super::moved::Moved;
use super::mover::Mover;
use super::overview::Places;
use super::regions::Regions;
use super::shared::{Kind, Shared};
use crate::report::change::{Change, Compared};
use crate::report::json::{AllCounts, Changed, OneChange};
use crate::report::parts::Parts;
use crate::report::result::{Assessed, Published, PublishedRange};
use crate::report::words::Words;
use crate::spelling::printable;

impl Comparison<'_> {
    pub(super) fn json(&self, out: &mut dyn Write) -> io::Result<()> {
        let words = Words::of(self.lang);
        let [old, new] = self.names;
        let [before, after] = self.results;
        let side = |name, result: &Published| Side {
            file: name,
            plan: printable(&result.plan().id),
            plan_sha256: printable(&result.plan().sha256),
            letters_sha256: result
                .plan()
                .letters
                .iter()
                .map(|one| printable(&one.sha256))
                .collect(),
            inputs_sha256: result.measured().map(|one| printable(&one.sha256)).collect(),
        };
        let places = self.places();
        let [only_before, only_after] =
            self.alone().map(|alone| alone.into_iter().map(Of::new).collect());
        let (told, regions) = self.told();
        let mut told = told.into_iter().peekable();
        let document = Document {
            schema: "assess.compare/1",
            before: side(old, before),
            after: side(new, after),
            regions: self.regions.iter().map(|region| printable(region)).collect(),
            changed: self.facts(Words::of(self.lang)).into_iter().map(Changed::of).collect(),
            years: OneYears::all(&regions),
            pairs: self
                .by_places(&places[1])
                .into_iter()
                .map(|(before, after)| {
                    // They come in the same order.
                    let told = told.next_if(|told| std::ptr::eq(told.after, after));
                    let different = told.map(|told| told.different);
                    let different = different.unwrap_or_else(|| self.different(before, after));
                    Pair::new(different, (before, after), &places, words)
                })
                .collect(),
            only_before,
            only_after,
        };
        writeln!(out, "{}", serde_json::to_string_pretty(&document)?)
    }
}

#[derive(Serialize)]
struct Document<'a> {
    schema: &'static str,
    before: Side<'a>,
    after: Side<'a>,
    /// The regions of which alone is told; none where of all.
    regions: Vec<String>,
    changed: Vec<Changed>,
    /// What moved several regions of a year; none of one alone.
    years: Vec<OneYears<'a>>,
    pairs: Vec<Pair<'a>>,
    only_before: Vec<Of<'a>>,
    only_after: Vec<Of<'a>>,
}

#[derive(Serialize)]
struct Side<'a> {
    file: &'a str,
    plan: String,
    plan_sha256: String,
    letters_sha256: Vec<String>,
    inputs_sha256: Vec<String>,
}

#[derive(Serialize)]
struct Of<'a> {
    region: &'a str,
    year: u16,
}

#[derive(Serialize)]
struct Pair<'a> {
    region: &'a str,
    year_before: u16,
    year_after: u16,
    #[serde(with = "arbitrary_precision_option")]
    score_before: Option<Decimal>,
    #[serde(with = "arbitrary_precision_option")]
    score_after: Option<Decimal>,
    score_sum_before: &'a str,
    score_sum_after: &'a str,
    range_before: Option<PublishedRange>,
    range_after: Option<PublishedRange>,
    counts_before: AllCounts,
    counts_after: AllCounts,
    /// Among the regions of the year.
    place_before: Option<usize>,
    place_after: Option<usize>,
    grade_before: &'a str,
    grade_after: &'a str,
    grade_by_score_before: &'a str,
    grade_by_score_after: &'a str,
    /// That of the later score by the earlier grades, where these are others.
    grade_by_earlier_grades: Option<&'a str>,
    grades_before: String,
    grades_after: String,
    grade_limits_before: &'a [String],
    grade_limits_after: &'a [String],
    limits_before: Vec<OneLimit<'a>>,
    limits_after: Vec<OneLimit<'a>>,
    /// By which parts the score moved; none where the figures do not say it.
    score_moved: Option<Bridge<'a>>,
    /// What moved it, which adds up to that but for rounding; empty where the figures do not say it.
    causes: Vec<OneMover<'a>>,
    /// What the later values come to by the earlier plan, rounded as that rounds scores; none where that is not
    /// known, or where scores are out of different totals.
    #[serde(with = "arbitrary_precision_option")]
    score_by_earlier_plan: Option<Decimal>,
    /// What the plan did to the score before it is rounded, and what the values did first, by the earlier
    /// plan; none where that is not known.
    #[serde(with = "arbitrary_precision_option")]
    score_by_plan: Option<Decimal>,
    #[serde(with = "arbitrary_precision_option")]
    score_by_values: Option<Decimal>,
    /// How the points moved; none where one of them has nothing to score.
    points: Option<Moved<'a>>,
    groups: Vec<OneGroupChange<'a>>,
    items: Vec<OneItem<'a>>,
}

/// What something did to the score; none where the figures do not say it.
#[derive(Serialize)]
pub(super) struct InScore {
    #[serde(with = "arbitrary_precision_option")]
    in_score: Option<Decimal>,
    /// What of that the plan did, and what the values did first.
    #[serde(with = "arbitrary_precision_option")]
    in_score_by_plan: Option<Decimal>,
    #[serde(with = "arbitrary_precision_option")]
    in_score_by_values: Option<Decimal>,
}

impl InScore {
    pub(super) fn new(in_score: Option<Decimal>, parts: Option<Parts>) -> Self {
        let (in_score_by_plan, in_score_by_values) =
            parts.map(|parts| (parts.by_plan.normalize(), parts.by_values.normalize())).unzip();
        Self { in_score, in_score_by_plan, in_score_by_values }
    }
}

/// An item that changed, and what that did to the score.
#[derive(Serialize)]
struct OneItem<'a> {
    #[serde(flatten)]
    change: OneChange<'a>,
    #[serde(flatten)]
    in_score: InScore,
}

impl<'a> OneItem<'a> {
    fn new(change: Change<'a>, in_score: Option<Decimal>) -> Self {
        let in_score = InScore::new(in_score, change.score_parts);
        Self { change: OneChange::new(change), in_score }
    }
}

/// Something that moved a score.
#[derive(Serialize)]
struct OneMover<'a> {
    kind: CauseOf,
    id: &'a str,
    name: &'a str,
    #[serde(flatten)]
    in_score: InScore,
}

impl<'a> OneMover<'a> {
    fn all(movers: &[Mover<'a>]) -> Vec<Self> {
        movers.iter().filter(|mover| !mover.is_nothing()).map(Self::of).collect()
    }

    fn of(mover: &Mover<'a>) -> Self {
        let Mover { kind, id, name, in_score, parts, .. } = *mover;
        Self { kind, id, name, in_score: InScore::new(in_score, parts) }
    }
}

/// What limits a grade.
#[derive(Serialize)]
struct OneLimit<'a> {
    limit: &'a str,
    in_effect: bool,
}

impl<'a> OneLimit<'a> {
    fn all(of: &'a Compared) -> Vec<Self> {
        let limits = of.limits.iter();
        limits.map(|one| Self { limit: &one.limit, in_effect: one.in_effect }).collect()
    }
}

/// What moved the scores of the regions of a year, and what the plan changed.
#[derive(Serialize)]
struct OneYears<'a> {
    year_before: u16,
    year_after: u16,
    /// None where the figures say nothing of it.
    scores: Option<&'a Causes<'a>>,
    /// What the plan changed in all that have it alike.
    alike: Vec<OneShared<'a>>,
    /// In some alone, or not alike: an entry for what is the same.
    not_alike: Vec<OneOfSome<'a>>,
}

#[derive(Serialize)]
struct OneOfSome<'a> {
    #[serde(flatten)]
    shared: OneShared<'a>,
    in_regions: &'a [&'a str],
}

#[derive(Serialize)]
struct OneShared<'a> {
    kind: Kind,
    id: &'a str,
    name: &'a str,
    /// In how many regions it is so; in how many the score moved by it, and in how many that is not known.
    regions: usize,
    /// None of grades.
    moved: Option<usize>,
    not_known: Option<usize>,
    /// In how many it is told with what else the plan changed of it there, under `not_alike`.
    told_apart: usize,
    /// In how many its group is told as one: then it is that one's doing.
    as_one: usize,
    /// The least and the most that it did to a score that it moved.
    #[serde(with = "arbitrary_precision_option")]
    least: Option<Decimal>,
    #[serde(with = "arbitrary_precision_option")]
    most: Option<Decimal>,
    changed: Vec<Changed>,
}

impl<'a> OneYears<'a> {
    fn all(regions: &'a Regions<'_>) -> Vec<Self> {
        let years = regions.years.iter().map(|((year_before, year_after), of)| Self {
            year_before: *year_before,
            year_after: *year_after,
            scores: of.causes.as_ref(),
            alike: of.shared.iter().map(OneShared::of).collect(),
            not_alike: of
                .some
                .iter()
                .map(|one| OneOfSome { shared: OneShared::of(one), in_regions: &one.regions })
                .collect(),
        });
        years.collect()
    }
}

impl<'a> OneShared<'a> {
    fn of(shared: &'a Shared<'_>) -> Self {
        let moved = shared.moved();
        let has_effects = shared.kind != Kind::Grades;
        let changed = shared.changed.iter();
        Self {
            kind: shared.kind,
            id: shared.id,
            name: shared.name,
            regions: shared.regions.len(),
            moved: has_effects.then_some(moved.len()),
            not_known: has_effects.then_some(shared.unknown()),
            told_apart: shared.told_apart,
            as_one: shared.as_one,
            least: moved.iter().min().copied(),
            most: moved.iter().max().copied(),
            changed: changed
                .map(|(what, before, after)| Changed {
                    what,
                    before: before.clone(),
                    after: after.clone(),
                })
                .collect(),
        }
    }
}

impl<'a> Of<'a> {
    fn new(one: &'a Assessed) -> Self {
        let Compared { region, year, .. } = &one.compared;
        Self { region, year: *year }
    }
}

impl<'a> Pair<'a> {
    fn new(
        different: Different<'a>,
        (before, after): (&'a Assessed, &'a Assessed),
        [old, new]: &[Places<'_>; 2],
        words: &Words,
    ) -> Self {
        Self {
            region: &after.compared.region,
            year_before: Of::new(before).year,
            year_after: Of::new(after).year,
            score_before: before.compared.score,
            score_after: after.compared.score,
            score_sum_before: &before.sum,
            score_sum_after: &after.sum,
            range_before: before.range,
            range_after: after.range,
            counts_before: AllCounts::of(&before.counts),
            counts_after: AllCounts::of(&after.counts),
            place_before: old.place(before),
            place_after: new.place(after),
            grade_before: &before.grade,
            grade_after: &after.grade,
            grade_by_score_before: &before.grade_by_score,
            grade_by_score_after: &after.grade_by_score,
            grade_by_earlier_grades: different.grade_by_earlier,
            grades_before: before.bounds(words),
            grades_after: after.bounds(words),
            grade_limits_before: &before.grade_limits,
            grade_limits_after: &after.grade_limits,
            limits_before: OneLimit::all(&before.compared),
            limits_after: OneLimit::all(&after.compared),
            score_by_earlier_plan: different.between(before, after).map(|(score, _)| score),
            score_moved: different.bridge,
            causes: OneMover::all(&different.movers),
            score_by_plan: different.parts.map(|parts| parts.by_plan),
            score_by_values: different.parts.map(|parts| parts.by_values),
            points: Moved::of(before, after),
            groups: different
                .groups
                .into_iter()
                .map(|(change, in_score)| OneGroupChange::new(change, in_score))
                .collect(),
            items: different
                .items
                .into_iter()
                .map(|(change, in_score)| OneItem::new(change, in_score))
                .collect(),
        }
    }
}

impl Changed {
    fn of(fact: Fact) -> Self {
        let [before, after] = [fact.before, fact.after].map(|text| printable(&text));
        Self { what: fact.code, before, after }
    }
}
