//! The words of reports, from the catalogue of their language.

use std::fmt::Display;
use std::sync::LazyLock;

use jiff::civil::Date;
use rust_decimal::Decimal;

use super::change::{Change, Compared, What};
use super::former::ToldFormer;
use super::line::{Line, signed};
use super::parts::Parts;
use super::summary::Ranking;
use crate::assessment::{Assessment, Counts, Item, LeewayCount, State, Why};
use crate::catalogue::Catalogue;
use crate::number::{show, with_digits};
use crate::plan::{Combine, Document};
use crate::text::Lang;
use crate::year::Year;

/// Makes a struct of the words that stand by themselves, each a message of the catalogue by its name.
macro_rules! words {
    ($($(#[$doc:meta])* $name:ident,)*) => {
        /// The words of a language: those that stand by themselves as fields, messages with
        /// something put in as methods.
        pub(super) struct Words {
            pub(super) lang: Lang,
            catalogue: &'static Catalogue,
            $($(#[$doc])* pub(super) $name: &'static str,)*
        }

        impl Words {
            fn new(lang: Lang) -> Self {
                let catalogue = Catalogue::of(lang);
                Self { lang, catalogue, $($name: catalogue.word(stringify!($name)),)* }
            }
        }
    };
}

words! {
    plan,
    built_in,
    region,
    year,
    place,
    every_item,
    by_unit,
    over_years,
    leads,
    supports,
    ranking,
    by_groups,
    worth,
    role,
    outcome,
    checks_sheet,
    lost_sheet,
    items_sheet,
    groups_sheet,
    units_sheet,
    basis_sheet,
    date,
    circular_number,
    circular_to,
    circular_issuer,
    outcome_heading,
    provisional,
    left,
    out_of_reach,
    safe,
    reckoned,
    bullet_shows,
    strip_shows,
    years_show,
    /// Between names in a cell of a file.
    file_comma,
    comparison,
    before_that,
    after_that,
    the_same,
    nothing_changed,
    gained,
    what_changed,
    newly_counted,
    no_longer_counted,
    newly_assessed,
    no_longer_assessed,
    by_others,
    nothing_moved,
    score,
    range,
    grade,
    no_grade,
    nothing_to_score,
    items,
    near,
    attention,
    nothing_needs_attention,
    by_group,
    no_group,
    owed,
    unit,
    no_unit,
    clause,
    indicator,
    target,
    value,
    state,
    points,
    sum,
    source,
    note,
    readings,
    inputs,
    targets,
    document,
    group,
    weight,
    combine,
    own_points,
    lowest_points,
    highest_points,
    group_in,
    added,
    scale,
    grades,
    standing,
    final_result,
    newly_limits,
    limits_no_longer,
    no_item_changed,
    texts,
    two_languages,
    other_language,
    nothing_compared,
    by_document,
    reason,
    stretch_target,
    measured_in,
    aliases,
    lead,
    support,
    counts_so,
    nothing_asked,
    supposed,
    /// Behind what was supposed.
    no_result,
    supposes_last_year,
    no_values,
    total,
    limit,
    checks,
    self_checked,
    verified,
    difference,
    levers,
    lost,
    each_unit,
    gain,
    /// Between the parts of a list in running text.
    comma,
    /// Between the names of a list.
    list_comma,
    colon,
    or_else,
    /// Between values and what they earn.
    value_comma,
    /// Between what all is needed.
    and_also,
    formula_when,
    formula_then,
    formula_otherwise,
    formula_and,
    formula_or,
    formula_not,
}

static ZH: LazyLock<Words> = LazyLock::new(|| Words::new(Lang::Zh));
static EN: LazyLock<Words> = LazyLock::new(|| Words::new(Lang::En));

impl Words {
    pub(super) fn of(lang: Lang) -> &'static Self {
        match lang {
            Lang::Zh => &ZH,
            Lang::En => &EN,
        }
    }

    /// A message in which nothing is put in.
    pub(super) fn word(&self, id: &'static str) -> &'static str {
        self.catalogue.word(id)
    }

    /// A message with something put in.
    pub(super) fn say(&self, id: &str, args: &[(&str, &dyn Display)]) -> String {
        self.catalogue.say(id, args)
    }

    /// `珲春市 2021年`, `珲春市, 2021`.
    pub(super) fn region_year(&self, assessment: &Assessment<'_>) -> String {
        let (region, year) = (assessment.region, assessment.year);
        self.say("region_year", &[("region", &region), ("year", &year)])
    }

    /// A state with its warning: `达标（临界）`, `met, near`.
    pub(super) fn state_of(&self, item: &Item<'_>) -> String {
        let state = item.state.name(self.lang);
        if !item.near {
            return state.to_owned();
        }
        self.near_state(state)
    }

    /// A state that is near another.
    pub(super) fn near_state(&self, state: &str) -> String {
        self.say("state_near", &[("state", &state)])
    }

    /// How many items are in each state that any is in: `达标 37（临界 4）、未达标 3`.
    pub(super) fn counts(&self, counts: &Counts) -> String {
        self.each_count(counts).join(self.list_comma)
    }

    /// How many items are in each state that any is in.
    pub(super) fn each_count(&self, counts: &Counts) -> Vec<String> {
        let states = State::ALL.into_iter().filter(|&state| counts.get(state) > 0);
        let count = |state: State| {
            let near = match counts.near() {
                near if near > 0 && state == State::Met => self.say("near_of", &[("count", &near)]),
                _ => String::new(),
            };
            let (name, count) = (state.name(self.lang), counts.get(state));
            self.say("count_of", &[("state", &name), ("count", &count), ("near", &near)])
        };
        states.map(count).collect()
    }

    /// What a unit owes: `missed: a; b`.
    pub(super) fn owes(&self, state: State, names: &[String]) -> Option<String> {
        let colon = self.colon;
        (!names.is_empty())
            .then(|| format!("{}{colon}{}", state.name(self.lang), names.join(self.comma)))
    }

    /// How the parts of a group make it up, where they are not just added.
    pub(super) fn combine(&self, combine: Combine) -> &'static str {
        match combine {
            Combine::Sum => "",
            Combine::Mean => self.word("mean"),
            Combine::Lowest => self.word("lowest"),
            Combine::Weighted => self.word("weighted"),
        }
    }

    /// That the items of one unit alone are listed.
    pub(super) fn listed_alone(&self, unit: &str) -> String {
        self.say("listed_alone", &[("unit", &unit)])
    }

    /// The titles of what was self-checked beside what was verified.
    pub(super) fn check_titles(&self) -> [&'static str; 5] {
        [self.indicator, self.self_checked, self.verified, self.difference, self.source]
    }

    /// The titles of what items lost.
    pub(super) fn lost_titles(&self) -> [&'static str; 4] {
        [self.indicator, self.lost, self.each_unit, self.gain]
    }

    /// What was self-checked beside what was verified, in a sentence.
    pub(super) fn check(&self, own: &str, found: &str, difference: &str) -> String {
        let Self { self_checked, verified, comma, .. } = self;
        let found = match difference {
            "" => found.to_owned(),
            difference => self.with_aside(found, difference),
        };
        format!("{self_checked} {own}{comma}{verified} {found}")
    }

    /// A name with the year that its value is of.
    pub(super) fn of_year(&self, name: &str, year: Year) -> String {
        self.with_aside(name, &self.say("in_year", &[("year", &year)]))
    }

    /// A text in brackets.
    pub(super) fn aside(&self, text: &str) -> String {
        self.say("aside", &[("text", &text)])
    }

    /// A text with another in brackets behind it.
    pub(super) fn with_aside(&self, text: &str, aside: &str) -> String {
        self.say("with_aside", &[("aside", &aside), ("text", &text)])
    }

    /// A grade that something limits.
    pub(super) fn limited_grade(&self, given: &str, by_score: &str) -> String {
        self.say("limited_grade", &[("by_score", &by_score), ("given", &given)])
    }

    /// What limits the grade.
    pub(super) fn limited_to(&self, grade: &str, clause: Option<&str>, why: &str) -> String {
        match clause {
            Some(clause) => {
                let args: &[(&str, &dyn Display)] =
                    &[("grade", &grade), ("clause", &clause), ("why", &why)];
                self.say("limited_to_by", args)
            }
            None => self.say("limited_to", &[("grade", &grade), ("why", &why)]),
        }
    }

    /// A limit that is no lower than the grade that the score has.
    pub(super) fn limit_idle(&self, limit: &str, by_score: &str) -> String {
        self.say("limit_idle", &[("limit", &limit), ("grade", &by_score)])
    }

    /// An item with its state: `PM2.5 is missed`.
    pub(super) fn is_in_state(&self, item: &Item<'_>) -> String {
        let (name, state) = (item.indicator.name.get(self.lang), item.state.name(self.lang));
        self.say("is_in_state", &[("name", &name), ("state", &state)])
    }

    /// A condition that strikes because a value is not there.
    pub(super) fn undecided(&self, reason: &str, lack: &str) -> String {
        self.say("undecided", &[("lack", &lack), ("reason", &reason)])
    }

    /// What one unit of a value brings.
    pub(super) fn per_unit(&self, points: &str, unit: Option<&str>) -> String {
        match unit {
            None => points.to_owned(),
            Some("%") => self.say("per_percentage_point", &[("points", &points)]),
            Some(unit) => self.say("per_unit", &[("points", &points), ("unit", &unit)]),
        }
    }

    /// Which items are enough for the next grade.
    pub(super) fn enough(&self, grade: &str, from: &str, sets: &[String]) -> String {
        let id = match sets {
            [] => "enough_none",
            [_] => "enough_one",
            _ => "enough_sets",
        };
        let sets = sets.join(self.or_else);
        self.say(id, &[("grade", &grade), ("from", &from), ("sets", &sets)])
    }

    /// Up to when the values are, where the year is not over.
    pub(super) fn as_of(&self, day: Date) -> String {
        self.say("as_of", &[("day", &self.day(day))])
    }

    /// The title over what is left during the year.
    pub(super) fn leeway(&self, day: Date) -> String {
        self.say("leeway", &[("day", &self.day(day))])
    }

    /// The titles over it.
    pub(super) fn leeway_titles(&self) -> [&'static str; 5] {
        [self.indicator, self.target, self.value, self.left, self.reckoned]
    }

    /// Some days: `33 天`, `33 days`.
    pub(super) fn days(&self, days: &str) -> String {
        match days.parse() {
            Ok(count) => self.catalogue.count("days", count),
            Err(_) => days.to_owned(),
        }
    }

    /// What a leeway is reckoned from.
    pub(super) fn leeway_count(&self, count: &LeewayCount) -> String {
        match *count {
            LeewayCount::Count { allowed, counted } => self
                .say("leeway_count", &[("allowed", &show(allowed)), ("counted", &show(counted))]),
            LeewayCount::Days { year, elapsed, allowed, lost } => {
                let allowed = allowed.max(0);
                let args: &[(&str, &dyn Display)] = &[
                    ("year", &year),
                    ("elapsed", &elapsed),
                    ("allowed", &allowed),
                    ("lost", &lost),
                ];
                self.say("leeway_days", args)
            }
        }
    }

    /// Where an item stands: `PM2.5: 28 μg/m³ (≤ 30 μg/m³), met`.
    pub(super) fn standing(&self, line: &Line) -> String {
        let Line { name, target, value, state, .. } = line;
        let value = self.with_aside(value, target);
        format!("{name}{}{value}{}{state}", self.colon, self.list_comma)
    }

    /// The scores of two assessments: `2021 → 2022: 86.5 → 90 (+3.5), good → excellent`.
    pub(super) fn score_from_to(&self, before: &Compared, after: &Compared) -> String {
        let moved = self.score_moved(before, after);
        if before.region == after.region && before.year == after.year {
            return moved;
        }
        let [from, to] = [before, after].map(|one| {
            match (before.region == after.region, before.year == after.year) {
                (true, _) => one.year.to_string(),
                (false, true) => one.region.clone(),
                (false, false) => format!("{} {}", one.region, one.year),
            }
        });
        format!("{from} → {to}{}{moved}", self.colon)
    }

    /// The same, without of what.
    pub(super) fn score_moved(&self, before: &Compared, after: &Compared) -> String {
        let none = || self.nothing_to_score.to_owned();
        let [one, other] = [before.score, after.score];
        let digits = [one, other].map(|score| score.map_or(0, |score| score.scale()));
        let digits = digits.into_iter().fold(0, u32::max);
        let by = after.gain_since(before).map(|gain| signed(with_digits(gain, digits)));
        let [one, other] = [one, other].map(|score| score.map_or_else(none, show));
        let score = format!("{}{}{one} → {other}", self.score, self.colon);
        let score = by.map_or_else(|| score.clone(), |by| self.with_aside(&score, &by));
        let grade = if before.grade == after.grade {
            String::new()
        } else {
            let comma = self.comma;
            let [one, other] = [before, after].map(|one| match one.grade.as_str() {
                "" => self.no_grade,
                grade => grade,
            });
            format!("{comma}{}{}{one} → {other}", self.grade, self.colon)
        };
        format!("{score}{grade}")
    }

    /// The title of the circular: `关于珲春市 2021年…考核结果的通报`.
    pub(super) fn circular_title(&self, of: &str, plan: &str) -> String {
        self.say("circular_title", &[("of", &of), ("plan", &plan)])
    }

    /// Its first paragraph.
    pub(super) fn circular_opening(&self, plan: &str, documents: &str) -> String {
        if documents.is_empty() {
            return self.say("circular_opening", &[("plan", &plan)]);
        }
        self.say("circular_opening_by", &[("plan", &plan), ("documents", &documents)])
    }

    /// The day under it, or room for one.
    pub(super) fn circular_date(&self, date: Option<Date>) -> String {
        let Some(date) = date else { return self.word("no_date").to_owned() };
        self.day(date)
    }

    /// A day of the calendar: `2022年3月1日`, `2022-03-01`.
    pub(super) fn day(&self, date: Date) -> String {
        let (year, month, day) = (date.year(), date.month(), date.day());
        let args: &[(&str, &dyn Display)] =
            &[("date", &date), ("year", &year), ("month", &month), ("day", &day)];
        self.say("calendar_day", args)
    }

    /// The title over the items of an assessment, behind the text.
    pub(super) fn attachment(&self, of: &str) -> String {
        self.say("attachment", &[("of", &of)])
    }

    /// The title over a ranking, or over the years of a region.
    pub(super) fn ranking_heading(&self, ranking: &Ranking) -> &'static str {
        if ranking.has_places() { self.ranking } else { self.over_years }
    }

    /// From which year to which: `2021–2022`.
    pub(super) fn years(&self, years: &[Year]) -> String {
        let text = match (years.iter().min(), years.iter().max()) {
            (Some(first), Some(last)) if first != last => {
                format!("{first}{}{last}", self.lang.dash())
            }
            (first, _) => first.map(ToString::to_string).unwrap_or_default(),
        };
        self.say("in_year", &[("year", &text)])
    }

    /// What became of an item: `PM2.5 (−2): value 28 → 33 μg/m³; state met → missed`.
    pub(super) fn change(&self, change: &Change<'_>) -> String {
        let name = change.name();
        let name = self.with_aside(name, &self.gained_of(change));
        format!("{name}{}{}", self.colon, self.what_changed_of(change))
    }

    /// By how much an item's points grew, or that they count now or no longer.
    pub(super) fn gained_of(&self, change: &Change<'_>) -> String {
        match change.gain {
            Some(gain) => signed(gain),
            None if change.counts_after() => self.newly_counted.to_owned(),
            None => self.no_longer_counted.to_owned(),
        }
    }

    /// What of an item changed: `Value 28 → 33 μg/m³; State met → missed`.
    pub(super) fn what_changed_of(&self, change: &Change<'_>) -> String {
        let is_one = change.before.is_none();
        // What it counts by, and where, is of no account where nothing stands beside it.
        let is_told = |what: What| {
            !is_one
                || !matches!(
                    what,
                    What::Rule | What::Worth | What::Group | What::Weight | What::Lead
                )
        };
        let came = is_one.then(|| self.newly_assessed.to_owned());
        let what = change.what.iter().filter(|(what, ..)| is_told(*what));
        let what = what.map(|(what, old, new)| match is_one {
            true => self.newly(*what, new),
            false => self.before_after(*what, old, new),
        });
        let what: Vec<String> = match change.after {
            Some(_) => came.into_iter().chain(what).collect(),
            None => vec![self.gone(change)],
        };
        let parts = match (change.is_told_apart(), change.after) {
            (true, _) => self.parts(change),
            (false, None) => self.by_former(change).into_iter().collect(),
            (false, Some(_)) => Vec::new(),
        };
        let what = what.into_iter().chain(parts);
        let what = what.collect::<Vec<_>>().join(self.comma);
        if what.is_empty() { self.by_others.to_owned() } else { what }
    }

    /// That an item came or went, or its states where one of them is why it was not judged; empty of any other.
    pub(super) fn came_or_lacks(&self, change: &Change<'_>) -> String {
        match (change.before, change.after) {
            (None, _) => self.newly_assessed.to_owned(),
            (_, None) => self.no_longer_assessed.to_owned(),
            (Some(old), Some(new)) => {
                self.lacks((old.known_state, &old.state), (new.known_state, &new.state))
            }
        }
    }

    /// What the plan asks otherwise of an item: that it came or went, its target and points as they were and are; of
    /// rules only that they are others.
    pub(super) fn asked_otherwise(&self, change: &Change<'_>) -> String {
        let came = self.came_or_lacks(change);
        if !change.is_in_both() {
            return came;
        }
        let told = change.what.iter().filter_map(|(what, old, new)| match what {
            What::Target | What::Worth => Some(self.before_after(*what, old, new)),
            What::Rule | What::Group | What::Weight => Some(self.name_of(*what).to_owned()),
            _ => None,
        });
        let told: Vec<String> = told.collect();
        if told.is_empty() { came } else { told.join(self.list_comma) }
    }

    /// Two states that are different, where one of them is why an item was not judged; empty of any other.
    pub(super) fn lacks(&self, old: (Option<State>, &str), new: (Option<State>, &str)) -> String {
        let is_judged = |state| matches!(state, Some(State::Met | State::Missed | State::Scored));
        match old == new || is_judged(old.0) && is_judged(new.0) {
            true => String::new(),
            false => format!("{} → {}", old.1, new.1),
        }
    }

    /// Parts of a group, each with why it has no value that could be assessed.
    pub(super) fn parts_with_states(&self, parts: &[(&str, Option<State>)]) -> String {
        // A value that is missing is why, and its item may be the same as before.
        let told = parts.iter().map(|(title, state)| match state {
            Some(state @ (State::Missing | State::NotAssessable)) => {
                self.with_aside(title, state.name(self.lang))
            }
            _ => (*title).to_owned(),
        });
        told.collect::<Vec<_>>().join(self.list_comma)
    }

    /// That an item is assessed no longer, and what it was.
    fn gone(&self, change: &Change<'_>) -> String {
        let is_told = |what: What| matches!(what, What::Target | What::Value | What::State);
        let what = change.what.iter().filter(|(what, old, _)| is_told(*what) && !old.is_empty());
        let what: Vec<_> = what.map(|(what, old, _)| self.newly(*what, old)).collect();
        let was = self.say("it_was", &[("what", &what.join(self.list_comma))]);
        self.with_aside(self.no_longer_assessed, &was)
    }

    /// How an item counts with the later values by the earlier plan, where that is otherwise.
    fn by_former(&self, change: &Change<'_>) -> Option<String> {
        match change.by_former {
            ToldFormer::Sum(sum) => Some(self.say("by_former", &[("sum", &sum)])),
            ToldFormer::EarlierValue => Some(self.word("earlier_value_holds").to_owned()),
            ToldFormer::Nothing => None,
        }
    }

    /// The same; and what the values and what the plan did to its points, as far as they count, and to the score
    /// where that is another amount.
    fn parts(&self, change: &Change<'_>) -> Vec<String> {
        let gained = change.gain_parts();
        let in_score = change.score_parts.filter(|in_score| Some(*in_score) != gained);
        let part = |name: &'static str, gained: Option<Decimal>, in_score: Option<Decimal>| {
            let say = |id: &'static str, gain: Decimal| self.say(id, &[("gain", &signed(gain))]);
            let points = gained.map(|gain| say("points_by_it", gain));
            let did = points.into_iter().chain(in_score.map(|gain| say("score_by_it", gain)));
            self.with_aside(self.word(name), &did.collect::<Vec<_>>().join(self.list_comma))
        };
        let by_plan = |parts: Parts| parts.by_plan;
        let by_values = |parts: Parts| parts.by_values;
        let parts = [
            part("by_values", change.gained_by_values, in_score.map(by_values)),
            part("by_plan", gained.map(by_plan), in_score.map(by_plan)),
        ];
        self.by_former(change).into_iter().chain(parts).collect()
    }

    /// What the values and what the plan did to the score.
    pub(super) fn score_parts(&self, parts: Parts) -> [String; 2] {
        let part = |name: &'static str, gain: Decimal| {
            let did = self.say("score_by_it", &[("gain", &signed(gain))]);
            self.with_aside(self.word(name), &did)
        };
        [part("by_values", parts.by_values), part("by_plan", parts.by_plan)]
    }

    /// What of a change of a score, or of a mean, the values did, and what the plan: as they are shown, and exactly.
    /// `between` is what the later values come to by the plan of the earlier year.
    pub(super) fn parts_told(
        &self,
        id: &'static str,
        (year, between): (u16, &str),
        parts: Parts,
        exact: Parts,
    ) -> String {
        match (exact.by_plan.is_zero(), exact.by_values.is_zero()) {
            (false, true) => self.word("score_by_plan").to_owned(),
            (true, false) => self.word("score_by_values").to_owned(),
            _ => {
                let [plan, values] = [parts.by_plan, parts.by_values].map(signed);
                let args: [(&str, &dyn Display); 4] =
                    [("year", &year), ("between", &between), ("plan", &plan), ("values", &values)];
                self.say(id, &args)
            }
        }
    }

    /// A region and its year.
    pub(super) fn of_region(&self, of: &Compared) -> String {
        self.say("region_year", &[("region", &of.region), ("year", &of.year)])
    }

    /// Which region and years are compared.
    pub(super) fn pair_title(&self, before: &Compared, after: &Compared) -> String {
        let years = self.years_compared(before.year, after.year);
        self.say("region_year", &[("region", &after.region), ("year", &years)])
    }

    /// The years that are compared; once where they are the same.
    pub(super) fn years_compared(&self, before: u16, after: u16) -> String {
        if before == after {
            return after.to_string();
        }
        self.say("years_compared", &[("before", &before), ("after", &after)])
    }

    /// Between which scores one can end: `60.10–80.10`.
    pub(super) fn range_of(&self, low: Decimal, high: Decimal) -> String {
        format!("{}{}{}", show(low), self.lang.dash(), show(high))
    }

    /// Something of an assessment before and after: `Range: 60.10–80.10 → 72.10`.
    pub(super) fn what_from_to(&self, what: &str, old: &str, new: &str) -> String {
        format!("{what}{}{old} → {new}", self.colon)
    }

    /// From the least to the most that something gained, if it did.
    pub(super) fn gains_between(&self, gains: Option<(Decimal, Decimal)>) -> Option<String> {
        let (least, most) = gains?;
        let [from, to] = [least, most].map(signed);
        Some(match least == most {
            true => from,
            false => self.say("gains_between", &[("least", &from), ("most", &to)]),
        })
    }

    /// What only one result has.
    pub(super) fn only_in(&self, name: &str, what: &str) -> String {
        self.say("only_in", &[("name", &name), ("what", &what)])
    }

    /// How the parts of a group make it up, by its code.
    pub(super) fn combine_of(&self, code: &str) -> String {
        match code {
            "sum" => self.added.to_owned(),
            "mean" => self.word("mean").to_owned(),
            "lowest" => self.word("lowest").to_owned(),
            "weighted" => self.word("weighted").to_owned(),
            other => other.to_owned(),
        }
    }

    fn name_of(&self, what: What) -> &'static str {
        match what {
            What::Id => self.word("id"),
            What::Name => self.indicator,
            What::Worth => self.worth,
            What::By => self.by_document,
            What::Group => self.group,
            What::Weight => self.weight,
            What::Target => self.target,
            What::Value => self.value,
            What::State => self.state,
            What::Stretch => self.stretch_target,
            What::Lead => self.lead,
            What::Reason => self.reason,
            What::Rule => self.word("scoring_rule"),
            What::Sum => self.sum,
        }
    }

    /// One thing that was not there before: `target ≤ 30 μg/m³`.
    pub(super) fn newly(&self, what: What, new: &str) -> String {
        let name = self.name_of(what);
        match what {
            What::Rule | What::Sum => format!("{name}{}{}", self.colon, self.said(new)),
            _ => format!("{name} {new}"),
        }
    }

    /// One thing that changed: `target ≤ 30 → ≤ 28 μg/m³`.
    pub(super) fn before_after(&self, what: What, old: &str, new: &str) -> String {
        match what {
            // The sentences that both have are left out.
            What::Rule if old.is_empty() => {
                format!("{}{}{}", self.word("counts_so_newly"), self.colon, self.said(new))
            }
            What::Rule if new.is_empty() => {
                format!("{}{}{}", self.word("counts_so_no_longer"), self.colon, self.said(old))
            }
            What::Rule | What::Sum => self.was_and_is_said(self.name_of(what), old, new),
            _ => was_and_is(self.name_of(what), old, new),
        }
    }

    /// How points came about, as it was and is.
    pub(super) fn sum_was_and_is(&self, old: &str, new: &str) -> String {
        self.was_and_is_said(self.sum, old, new)
    }

    /// A floor or a cap as it was and is.
    pub(super) fn bound_was_and_is(&self, name: &str, old: &str, new: &str) -> String {
        let [old, new] = [old, new].map(|bound| match bound {
            "" => self.word("no_bound"),
            bound => bound,
        });
        was_and_is(name, old, new)
    }

    /// A sentence as it was and is.
    fn was_and_is_said(&self, what: &str, old: &str, new: &str) -> String {
        format!("{what}{}{} → {}", self.colon, self.said(old), self.said(new))
    }

    /// A sentence in quotation marks.
    fn said(&self, text: &str) -> String {
        match text.trim_end_matches(['。', '.']) {
            "" => "–".to_owned(),
            text => self.say("quoted", &[("text", &text)]),
        }
    }

    /// A target that another took the place of.
    pub(super) fn before(&self, target: &str) -> String {
        self.say("before", &[("target", &target)])
    }

    /// The title over values and their points.
    pub(super) fn values_of(&self, region: &str, year: Year, target: &str) -> String {
        self.say("values_of", &[("region", &region), ("target", &target), ("year", &year)])
    }

    /// What is of note about a value.
    pub(super) fn why(&self, why: Why) -> &'static str {
        match why {
            Why::Own => self.word("why_own"),
            Why::Target => self.word("why_target"),
            Why::JustShort => self.word("why_just_short"),
            Why::NothingLeft => self.word("why_nothing_left"),
            Why::BonusEnds => self.word("why_bonus_ends"),
            Why::Between => "",
        }
    }

    /// A document by its number, else by its date.
    pub(super) fn document(&self, document: Option<&Document>) -> String {
        let number = document.and_then(|document| document.number.clone());
        let date = document.and_then(|document| document.date).map(|date| self.day(date));
        number.or(date).unwrap_or_else(|| self.word("the_plan").to_owned())
    }

    /// By which document a target is, and what it was before.
    pub(super) fn target_by(&self, document: &str, before: &[(String, String)]) -> String {
        let before = before.iter().map(|(target, document)| {
            self.say("target_before", &[("target", target), ("document", document)])
        });
        let before: String = before.collect();
        self.say("target_by", &[("document", &document), ("before", &before)])
    }

    /// What else of an item a document changed, by its key.
    pub(super) fn changed_by(&self, key: &str, document: &str) -> String {
        let id = match key {
            "score" => "changed_score",
            "lead" => "changed_lead",
            "support" => "changed_support",
            "weight" => "changed_weight",
            "clause" => "changed_clause",
            "not-applicable" => "changed_not_applicable",
            "unmet-limits-grade" => "changed_limit",
            _ => return self.say("changed_other", &[("key", &key), ("document", &document)]),
        };
        self.say(id, &[("document", &document)])
    }

    /// Points that a document changed.
    pub(super) fn points_by(&self, before: &str, document: &str) -> String {
        self.say("points_by", &[("before", &before), ("document", &document)])
    }

    /// A further aim beside a target.
    pub(super) fn stretch(&self, comparison: &str, met: Option<bool>) -> String {
        let id = match met {
            None => "stretch",
            Some(true) => "stretch_reached",
            Some(false) => "stretch_not_reached",
        };
        self.say(id, &[("comparison", &comparison)])
    }

    /// A waiver whose end is past.
    pub(super) fn expired(&self, until: Date) -> String {
        self.say("expired", &[("until", &self.day(until))])
    }

    /// A waiver in force.
    pub(super) fn waived(&self, reason: &str, by: &str, until: Date) -> String {
        let until = self.day(until);
        self.say("waived", &[("by", &by), ("reason", &reason), ("until", &until)])
    }
}

/// `weight 1 → 2`; what is not there is a dash.
pub(super) fn was_and_is(name: &str, old: &str, new: &str) -> String {
    let [old, new] = [old, new].map(|text| if text.is_empty() { "–" } else { text });
    format!("{name} {old} → {new}")
}
