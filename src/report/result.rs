//! Results that were written before, read again: JSON of the schema `assess.result/1`.

use std::collections::BTreeSet;

use rust_decimal::Decimal;
use rust_decimal::serde::arbitrary_precision;
use serde::{Deserialize, Serialize};

use super::change::{Compared, ComparedItem, LimitBy, ToldLimit};
use super::counting::may_count;
use super::former::{Former, FormerItem};
use super::json::SCHEMA;
use super::words::Words;
use crate::assessment::{Counts, State};
use crate::number::show;
use crate::plan::{Rounding, Ties};
use crate::spelling::{one_line, printable};
use crate::text::Lang;
use crate::unit::Unit;

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

/// A grade with the lowest score that has it.
#[derive(Clone, Debug, Deserialize, PartialEq, Eq)]
struct PublishedGrade {
    name: String,
    from: Decimal,
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

#[derive(Debug, Deserialize)]
struct PublishedAssessment {
    region: String,
    year: u16,
    score: Option<Decimal>,
    #[serde(default)]
    score_sum: String,
    #[serde(default)]
    scale: Option<PublishedScale>,
    #[serde(default)]
    range: Option<PublishedRange>,
    grade: Option<String>,
    #[serde(default)]
    grade_by_score: Option<String>,
    #[serde(default)]
    grades: Vec<PublishedGrade>,
    #[serde(default)]
    limits: Vec<PublishedLimit>,
    #[serde(default)]
    grade_limits: Vec<PublishedGradeLimit>,
    #[serde(default)]
    points: Option<Decimal>,
    #[serde(default)]
    earned: Option<Decimal>,
    #[serde(default)]
    extras: Vec<Decimal>,
    #[serde(default)]
    groups: Vec<GroupBrief>,
    items: Vec<PublishedItem>,
    #[serde(default)]
    checks: Vec<PublishedCheck>,
    #[serde(default)]
    by_former_plan: Option<PublishedFormer>,
}

/// What the values come to by the plan of the year before.
#[derive(Debug, Deserialize)]
struct PublishedFormer {
    items: Vec<PublishedFormerItem>,
}

/// An item that counts otherwise by that plan.
#[derive(Debug, Deserialize)]
struct PublishedFormerItem {
    id: String,
    state: String,
    group: Option<String>,
    points: Decimal,
    weight: Decimal,
    earned: Option<Decimal>,
    takes_share: bool,
}

/// What a value is besides being one: verified, where it is.
#[derive(Debug, Deserialize)]
struct PublishedCheck {
    of: String,
    year: u16,
    verified: Option<serde_json::Value>,
}

/// What scores are out of, and the ends that they are held between.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
pub(super) struct PublishedScale {
    pub(super) total: Decimal,
    pub(super) floor: Decimal,
    pub(super) cap: Option<Decimal>,
    #[serde(default)]
    digits: Option<u32>,
    #[serde(default)]
    ties: Option<PublishedTies>,
}

/// Where a half goes when a score is rounded.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
enum PublishedTies {
    Even,
    Up,
}

/// Between which scores the score can still end.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, Serialize)]
pub(super) struct PublishedRange {
    #[serde(with = "arbitrary_precision")]
    pub(super) low: Decimal,
    #[serde(with = "arbitrary_precision")]
    pub(super) high: Decimal,
}

/// A condition that may limit the grade.
#[derive(Debug, Deserialize)]
struct PublishedGradeLimit {
    when: String,
    #[serde(default)]
    reason: Option<String>,
    #[serde(default)]
    clause: Option<String>,
    at_most: Option<String>,
    lower_by: Option<usize>,
}

#[derive(Debug, Deserialize)]
struct PublishedLimit {
    reason: String,
    #[serde(default)]
    item: Option<String>,
    #[serde(default)]
    clause: Option<String>,
    #[serde(default)]
    in_effect: Option<bool>,
}

/// What of an assessment is compared beside what any two have.
#[derive(Clone, Debug)]
pub(super) struct Assessed {
    pub(super) compared: Compared,
    /// How many items are in each state.
    pub(super) counts: Counts,
    /// What the score is out of, and the ends that it is held between.
    pub(super) scale: PublishedScale,
    /// How the score came about.
    pub(super) sum: String,
    pub(super) range: Option<PublishedRange>,
    /// The grade that is given, without that of the score alone.
    pub(super) grade: String,
    pub(super) grade_by_score: String,
    /// The grades, each with the lowest score that has it.
    pub(super) grades: Vec<(String, Decimal)>,
    /// The conditions that may limit the grade: `missing > 2: fair`.
    pub(super) grade_limits: Vec<String>,
    /// The points that count, and what was earned of them and beside them.
    pub(super) tally: Option<[Decimal; 2]>,
    pub(super) groups: Vec<GroupBrief>,
}

/// What of a group is compared.
#[derive(Clone, Debug, Deserialize)]
pub(super) struct GroupBrief {
    pub(super) id: String,
    #[serde(default, rename = "in")]
    pub(super) parent: Option<String>,
    pub(super) title: String,
    pub(super) combine: String,
    pub(super) weight: Decimal,
    #[serde(default)]
    pub(super) own_points: Option<Decimal>,
    #[serde(default)]
    pub(super) floor: Option<Decimal>,
    #[serde(default)]
    pub(super) cap: Option<Decimal>,
    #[serde(default)]
    pub(super) points: Option<Decimal>,
    pub(super) earned: Option<Decimal>,
    pub(super) sum: String,
    /// Its title; empty where titles are not compared.
    #[serde(skip)]
    pub(super) compared_title: String,
    /// Its id in its own result; `id` is the same, or that of what it is paired with in another.
    #[serde(skip)]
    pub(super) own_id: String,
}

#[derive(Debug, Deserialize)]
struct PublishedItem {
    id: String,
    name: String,
    points: Decimal,
    #[serde(default)]
    group: Option<String>,
    #[serde(default)]
    weight: Decimal,
    earned: Option<Decimal>,
    #[serde(default)]
    takes_share: bool,
    #[serde(default)]
    value: Option<serde_json::Value>,
    #[serde(default)]
    target: Option<String>,
    #[serde(default)]
    near: bool,
    #[serde(default)]
    target_from: Option<PublishedSource>,
    #[serde(default)]
    amended: Vec<PublishedSource>,
    rule: Vec<String>,
    #[serde(default)]
    stretch: Option<PublishedStretch>,
    #[serde(default)]
    lead: Vec<String>,
    #[serde(default)]
    reason: Option<String>,
    #[serde(default)]
    waiver: Option<PublishedWaiver>,
    #[serde(default)]
    firmness: Option<String>,
    #[serde(default)]
    unit: Option<String>,
    sum: String,
    state: String,
    shown: Shown,
}

/// Why and by whom a target is lifted.
#[derive(Debug, Deserialize)]
struct PublishedWaiver {
    by: String,
    until: String,
    #[serde(default)]
    in_force: bool,
}

/// What is aimed at beyond the target.
#[derive(Debug, Deserialize)]
struct PublishedStretch {
    target: String,
    shown: String,
}

/// By which document something of an item is.
#[derive(Debug, Deserialize)]
struct PublishedSource {
    document: Option<String>,
}

#[derive(Debug, Deserialize)]
struct Shown {
    value: String,
    target: String,
    points: String,
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

// A result may come from anywhere: what a terminal would obey is not let through.
impl PublishedAssessment {
    fn assessed(&self, plan: &PublishedPlan, words: &Words, by_codes: bool) -> Assessed {
        let listed = self.items.iter();
        let listed = listed.filter(|item| item.state != "not_set" || item.reason.is_some());
        let mut counts = Counts::default();
        for item in listed.clone() {
            if let Some(state) = item.known_state() {
                counts.count(state, item.near);
            }
        }
        let items = listed.map(|item| {
            let compared = if by_codes { item.by_codes(words) } else { item.compared(words) };
            let value_by = if self.is_verified(item) {
                words.with_aside(&compared.value, words.verified)
            } else {
                compared.value.clone()
            };
            let by_layers = item.by_layers(plan);
            ComparedItem { value_by, by_layers, ..compared }
        });
        let items = items.collect();
        let scale = self.scale.unwrap_or_else(|| plan.scale());
        let limits = self.limits.iter().filter(|_| !by_codes);
        let grade = |grade: &Option<String>| grade.as_deref().map(printable).unwrap_or_default();
        let mut assessed = Assessed {
            compared: Compared {
                region: printable(&self.region),
                year: self.year,
                score: self.score,
                grade: String::new(),
                total: scale.total,
                limits: limits
                    .map(|limit| {
                        limit.told(self.grade_by_score.as_deref(), &self.grade_limits, words)
                    })
                    .collect(),
                items,
                former: self
                    .by_former_plan
                    .as_ref()
                    .map_or(Former::Unknown, PublishedFormer::former),
            },
            counts,
            scale,
            sum: printable(&one_line(&self.score_sum)),
            range: self.range,
            grade: grade(&self.grade),
            grade_by_score: grade(&self.grade_by_score),
            grades: self.grades.iter().map(|one| (printable(&one.name), one.from)).collect(),
            grade_limits: self
                .grade_limits
                .iter()
                .map(|limit| limit.text(words, by_codes))
                .collect(),
            tally: self.tally(),
            groups: self.groups.iter().map(|group| group.printable(by_codes)).collect(),
        };
        assessed.show_grade(words);
        assessed
    }

    /// Whether the value of an item is a verified one.
    fn is_verified(&self, item: &PublishedItem) -> bool {
        let of_item = |check: &&PublishedCheck| check.of == item.id && check.year == self.year;
        self.checks.iter().find(of_item).is_some_and(|check| check.verified.is_some())
    }

    /// The points that count, and what was earned of them and beside them.
    fn tally(&self) -> Option<[Decimal; 2]> {
        let extras = self.extras.iter().copied();
        let earned = extras.fold(self.earned?, Decimal::saturating_add);
        Some([self.points?, earned].map(|points| points.normalize()))
    }
}

impl PublishedScale {
    /// What is other of it than in another, with its name, as it was and is; empty for no cap.
    pub(super) fn changes(&self, after: &Self, words: &Words) -> Vec<String> {
        let shown = |number: Option<Decimal>| {
            number.map(|number| show(number.normalize())).unwrap_or_default()
        };
        let facts = [
            (words.scale, [Some(self.total), Some(after.total)]),
            (words.lowest_points, [Some(self.floor), Some(after.floor)]),
            (words.highest_points, [self.cap, after.cap]),
        ];
        let facts = facts.map(|(name, both)| (name, both.map(shown))).into_iter();
        let facts = facts.filter(|(_, [old, new])| old != new);
        facts.map(|(name, [old, new])| words.bound_was_and_is(name, &old, &new)).collect()
    }
}

impl Assessed {
    /// The grade with that of the score alone, where it is another.
    fn show_grade(&mut self, words: &Words) {
        // Results of a plan without grades have neither.
        self.compared.grade = if self.grade_by_score.is_empty() || self.grade == self.grade_by_score
        {
            self.grade.clone()
        } else {
            let given = if self.grade.is_empty() { words.no_grade } else { &self.grade };
            words.limited_grade(given, &self.grade_by_score)
        };
    }

    /// A score rounded as its own is.
    pub(super) fn rounded(&self, score: Decimal) -> Decimal {
        let own = self.compared.score.map_or(0, |score| score.scale());
        let ties = match self.scale.ties {
            Some(PublishedTies::Up) => Ties::Up,
            Some(PublishedTies::Even) | None => Ties::Even,
        };
        let rounding = Rounding { digits: self.scale.digits.unwrap_or(own), ties };
        let grade = |score: Decimal| self.grades.iter().position(|(_, from)| score >= *from);
        rounding.faithfully(score, |shown| grade(shown) == grade(score))
    }

    /// Calls its grades and groups as another does, by their places and ids.
    pub(super) fn call_as(&mut self, other: &Self, words: &Words) {
        if self.grades.len() == other.grades.len() {
            for name in [&mut self.grade, &mut self.grade_by_score] {
                let place = self.grades.iter().position(|(own, _)| own == name);
                if let Some((called, _)) = place.and_then(|place| other.grades.get(place)) {
                    name.clone_from(called);
                }
            }
            for ((own, _), (called, _)) in self.grades.iter_mut().zip(&other.grades) {
                own.clone_from(called);
            }
        }
        self.show_grade(words);
    }

    /// Whether the plan of another has other grades, or limits them otherwise.
    pub(super) fn has_other_grades(&self, other: &Self) -> bool {
        self.grades != other.grades
            || !self.own_limits(other).is_empty()
            || !other.own_limits(self).is_empty()
    }

    /// The conditions that limit the grade here and not in another.
    fn own_limits(&self, other: &Self) -> Vec<&str> {
        let own = self.grade_limits.iter().filter(|own| !other.grade_limits.contains(own));
        own.map(String::as_str).collect()
    }

    /// The conditions that limit the grade in one of this and a later one alone.
    pub(super) fn limit_rules_to(&self, after: &Self, words: &Words) -> Option<String> {
        let both = [self.own_limits(after), after.own_limits(self)];
        let [old, new] = both.map(|own| match own.as_slice() {
            [] => "–".to_owned(),
            own => own.join(words.list_comma),
        });
        (old != new).then(|| words.what_from_to(words.word("limit_rules"), &old, &new))
    }

    /// Whether another has another score or grade, may end elsewhere, or is limited otherwise.
    pub(super) fn comes_to_another(&self, other: &Self) -> bool {
        self.compared.score != other.compared.score
            || self.compared.grade != other.compared.grade
            || self.compared.limits != other.compared.limits
            || self.range != other.range
    }

    /// A group by its id.
    pub(super) fn group(&self, id: &str) -> Option<&GroupBrief> {
        self.groups.iter().find(|group| group.id == id)
    }

    /// Whether the score can still end elsewhere.
    pub(super) fn is_open(&self) -> bool {
        self.range.is_some_and(|range| range.low != range.high)
    }

    /// Between which scores it can end.
    pub(super) fn shown_range(&self, words: &Words) -> String {
        let range = self.range.map(|range| words.range_of(range.low, range.high));
        range.unwrap_or_else(|| words.nothing_to_score.to_owned())
    }

    /// From which score each grade is given.
    pub(super) fn bounds(&self, words: &Words) -> String {
        let bounds = self.grades.iter();
        let bounds = bounds.map(|(name, from)| format!("{name} ≥ {}", show(from.normalize())));
        bounds.collect::<Vec<_>>().join(words.list_comma)
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

impl PublishedLimit {
    fn told(
        &self,
        by_score: Option<&str>,
        conditions: &[PublishedGradeLimit],
        words: &Words,
    ) -> ToldLimit {
        let limit = printable(&self.reason);
        let in_effect = self.in_effect != Some(false);
        let told = match by_score {
            Some(by_score) if !in_effect => words.limit_idle(&limit, &printable(by_score)),
            _ => limit.clone(),
        };
        let by_clause = || {
            let all = conditions.iter().map(|one| one.clause.as_deref());
            LimitBy::clause(self.clause.as_deref(), all)
        };
        let by_item = self.item.as_deref().map(|item| LimitBy::Item(printable(item)));
        let by = by_item.or_else(by_clause);
        ToldLimit { limit, by, told, in_effect }
    }
}

impl PublishedGradeLimit {
    /// The reason with the condition, and what it does; by codes without what has names.
    fn text(&self, words: &Words, by_codes: bool) -> String {
        let reason = self.reason.as_ref().filter(|_| !by_codes);
        let when = match reason {
            Some(reason) => words.with_aside(reason, &self.when),
            None => self.when.clone(),
        };
        let grade = self.at_most.clone().filter(|_| !by_codes);
        let lower = |by: usize| words.say("grades_lower", &[("by", &by)]);
        let to = grade.or_else(|| self.lower_by.map(lower));
        printable(&match to {
            Some(to) => format!("{when}{}{to}", words.colon),
            None => when,
        })
    }
}

impl GroupBrief {
    /// Whether what a part of it gains may be another amount in it.
    pub(super) fn is_scaled(&self) -> bool {
        self.combine != "sum" || [self.own_points, self.floor, self.cap].iter().any(Option::is_some)
    }

    /// Whether the plan has the rules of another for it: how it combines, its weight, points, floor and cap.
    pub(super) fn has_rules_of(&self, other: &Self) -> bool {
        self.combine == other.combine
            && self.weight == other.weight
            && self.own_points == other.own_points
            && self.floor == other.floor
            && self.cap == other.cap
    }

    /// By codes without its sum, which has words in it.
    fn printable(&self, by_codes: bool) -> Self {
        Self {
            id: printable(&self.id),
            own_id: printable(&self.id),
            parent: self.parent.as_deref().map(printable),
            title: printable(&self.title),
            compared_title: if by_codes { String::new() } else { printable(&self.title) },
            combine: printable(&self.combine),
            sum: if by_codes { String::new() } else { printable(&self.sum) },
            ..self.clone()
        }
    }
}

impl PublishedFormer {
    fn former(&self) -> Former {
        let items = self.items.iter().map(|item| {
            let former = FormerItem {
                state: State::of_code(&item.state)?,
                group: item.group.as_deref().map(printable).unwrap_or_default(),
                weight: item.weight,
                worth: item.points,
                earned: item.earned.map(|earned| earned.normalize()),
                takes_share: item.takes_share,
            };
            Some((printable(&item.id), former))
        });
        items.collect::<Option<_>>().map_or(Former::Unknown, Former::ButFor)
    }
}

impl PublishedItem {
    fn compared(&self, words: &Words) -> ComparedItem {
        let state = self.known_state();
        ComparedItem {
            id: printable(&self.id),
            own_id: printable(&self.id),
            name: printable(&self.name),
            compared_name: printable(&self.name),
            value: printable(&self.shown.value),
            target: printable(&self.shown.target),
            stretch: self.stretch(false),
            lead: printable(&self.lead.join(words.list_comma)),
            reason: printable(&self.reason(words)),
            rule: self.rule.iter().map(|said| printable(said)).collect(),
            by: self.by(),
            by_layers: String::new(),
            not_applicable: String::new(),
            value_by: String::new(),
            worth: self.points,
            group: self.group.as_deref().map(printable).unwrap_or_default(),
            weight: self.weight,
            state: self.state_name(words),
            known_state: state,
            earned: self.earned.map(|earned| earned.normalize()),
            takes_share: self.takes_share,
            may_count: may_count(self.earned, state),
            points: printable(&self.shown.points),
            sum: printable(&self.sum),
            standing: None,
        }
    }

    /// Why it is in its state; of a waiver with who granted it, or that it ended.
    fn reason(&self, words: &Words) -> String {
        match (&self.reason, &self.waiver) {
            (Some(reason), Some(waiver)) if self.state == State::Waived.code() => {
                match waiver.until.parse() {
                    Ok(until) => words.waived(reason, &waiver.by, until),
                    Err(_) => reason.clone(),
                }
            }
            (None, Some(waiver)) if !waiver.in_force => {
                waiver.until.parse().map(|until| words.expired(until)).unwrap_or_default()
            }
            (reason, _) => reason.clone().unwrap_or_default(),
        }
    }

    /// The documents that its target is by, and what else of it was changed.
    fn by(&self) -> String {
        self.documents().into_iter().map(printable).collect::<Vec<_>>().join(" + ")
    }

    /// The same, where the plan's own document has no name: that it has another is said of the plan.
    fn by_layers(&self, plan: &PublishedPlan) -> String {
        let own = plan.layers.first().and_then(|own| own.number.as_deref());
        let called = |name| if Some(name) == own { "" } else { name };
        self.documents().into_iter().map(called).collect::<Vec<_>>().join(" + ")
    }

    fn documents(&self) -> Vec<&str> {
        let mut all = Vec::new();
        for document in self.target_from.iter().chain(&self.amended) {
            let name = document.document.as_deref();
            all.extend(name.filter(|name| !all.contains(name)));
        }
        all
    }

    /// The same in any language.
    fn by_codes(&self, words: &Words) -> ComparedItem {
        let value = match &self.value {
            None | Some(serde_json::Value::Null) => String::new(),
            Some(serde_json::Value::String(text)) => printable(text),
            Some(value) => {
                let value = value.to_string();
                let shown = self.unit.as_deref().map(|unit| Unit::new(unit).behind(&value));
                printable(&shown.unwrap_or(value))
            }
        };
        let target = match (&self.target, self.firmness.as_deref()) {
            (Some(target), _) => printable(target),
            (None, Some("pending")) => State::Pending.name(words.lang).to_owned(),
            (None, _) => String::new(),
        };
        ComparedItem {
            value,
            target,
            stretch: self.stretch(true),
            compared_name: String::new(),
            rule: Vec::new(),
            reason: String::new(),
            sum: String::new(),
            ..self.compared(words)
        }
    }

    fn known_state(&self) -> Option<State> {
        State::of_code(&self.state)
    }

    /// Its state in any language.
    fn state_name(&self, words: &Words) -> String {
        let state = self.known_state().map_or(self.state.as_str(), |state| state.name(words.lang));
        let state = if self.near { words.near_state(state) } else { state.to_owned() };
        printable(&state)
    }

    /// What is aimed at beyond the target, as people read it or as the plan has it.
    fn stretch(&self, by_codes: bool) -> String {
        let stretch = self.stretch.as_ref();
        let text = stretch.map(|of| if by_codes { &of.target } else { &of.shown });
        text.map(|text| printable(text)).unwrap_or_default()
    }
}
