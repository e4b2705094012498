//! What a plan changed alike in several regions, and what that did to their scores.

use std::cmp::Reverse;
use std::collections::BTreeMap;
use std::fmt::Display;

use rust_decimal::Decimal;
use serde::Serialize;

use super::Told;
use super::bridge::Bridge;
use super::plan_change::{PlanChange, PlanFact};
use crate::number::show_points;
use crate::report::change::What;
use crate::report::line::signed;
use crate::report::result::Assessed;
use crate::report::words::{Words, was_and_is};

/// An item, a group, the grades or the whole, with what changed of it in all regions, or in some.
pub(super) struct Shared<'a> {
    pub(super) kind: Kind,
    /// By what it is paired.
    pub(super) key: &'a str,
    pub(super) id: &'a str,
    pub(super) name: &'a str,
    pub(super) changed: Vec<(&'static str, String, String)>,
    /// The same for people.
    texts: Vec<String>,
    /// In which regions.
    pub(super) regions: Vec<&'a str>,
    /// What that did to the score of each of which it is not told apart; none where it is not known. Nothing
    /// of grades.
    pub(super) effects: Vec<Option<Decimal>>,
    /// In how many of them it is told with what else the plan changed of it there.
    pub(super) told_apart: usize,
    /// In how many regions it is the doing of its group as one.
    pub(super) as_one: usize,
    /// Whether the earlier results have it, and the later ones.
    sides: [bool; 2],
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub(super) enum Kind {
    Item,
    Group,
    Grades,
    Whole,
}

impl<'a> Shared<'a> {
    /// What the plan changed of a thing in all regions where both results have it alike; else that it came
    /// into all regions, or left them. None where that is nothing.
    pub(super) fn of_all(
        changes: &[PlanChange<'a>],
        both_have: usize,
        regions: usize,
        words: &Words,
    ) -> Option<Self> {
        let is_wanted = |change: &&PlanChange<'_>| both_have == 0 || change.is_in_both();
        let changes: Vec<_> = changes.iter().filter(is_wanted).collect();
        if changes.len() < 2 || changes.len() != if both_have == 0 { regions } else { both_have } {
            return None;
        }
        let first = changes.first()?;
        let facts = alike(&changes);
        // One that is new with other targets in other regions did not come into all alike.
        let is_told = |change: &&PlanChange<'a>| {
            let mut told = change.facts.iter().filter(|fact| !fact.text.is_empty());
            change.sides == first.sides
                && (change.is_in_both() || told.all(|fact| facts.contains(fact)))
        };
        let is_any = first.came.is_some() || facts.iter().any(|fact| !fact.text.is_empty());
        let is_told = is_any && changes.iter().all(is_told);
        is_told.then(|| Self::of(&changes, facts, true, words)).flatten()
    }

    /// What else may move points, or who answers for it, by what is the same in some regions alone; the
    /// widest first.
    pub(super) fn of_some(
        changes: &[PlanChange<'a>],
        of_all: Option<&Self>,
        words: &Words,
    ) -> Vec<Self> {
        let mut rows: BTreeMap<([bool; 2], Vec<&PlanFact>), Vec<&PlanChange<'a>>> = BTreeMap::new();
        for change in changes {
            let of_all = of_all.filter(|all| all.sides == change.sides);
            if of_all.is_some() && !change.is_in_both() {
                continue;
            }
            let told = change.facts.iter().filter(|fact| {
                fact.is_told_apart
                    && !fact.text.is_empty()
                    && !of_all.is_some_and(|all| all.says(fact.what, &fact.before, &fact.after))
            });
            // Who answers for an item moves no points, and hides no one else's change.
            let (lead, others): (Vec<&PlanFact>, Vec<&PlanFact>) =
                told.partition(|fact| fact.what == What::Lead.code());
            if !others.is_empty() || !change.is_in_both() {
                rows.entry((change.sides, others)).or_default().push(change);
            }
            if !lead.is_empty() {
                rows.entry((change.sides, lead)).or_default().push(change);
            }
        }
        let rows = rows.into_iter().filter_map(|((_, facts), changes)| {
            Self::of(&changes, facts.into_iter().cloned().collect(), false, words)
        });
        let mut rows: Vec<Self> = rows.collect();
        rows.sort_by_key(|row| (row.is_of_lead(), Reverse(row.regions.len())));
        rows
    }

    /// Of changes of one thing that have these facts in common: all that have it, or some, where what is
    /// common to all goes with what else changed.
    fn of(
        changes: &[&PlanChange<'a>],
        facts: Vec<PlanFact>,
        are_all: bool,
        words: &Words,
    ) -> Option<Self> {
        let first = changes.first()?;
        let (parts, own): (Vec<_>, Vec<_>) =
            changes.iter().partition(|change| change.did_a_part(&facts));
        let together = (!are_all && !parts.is_empty()).then(|| words.word("with_all").to_owned());
        let texts = facts.iter().map(|fact| fact.text.clone()).filter(|text| !text.is_empty());
        let told = if are_all { own.as_slice() } else { changes };
        let points = points(told, &facts, words);
        let before = states(told, |change| change.state_before, words);
        let before = before.map(|states| words.say("states_before", &[("states", &states)]));
        let after = states(told, |change| change.state_after, words);
        let states = before.into_iter().chain(after);
        let alone = told.iter().filter(|change| !change.is_within);
        Some(Self {
            kind: first.kind,
            key: first.key,
            id: first.id,
            name: first.name,
            texts: first
                .came
                .iter()
                .cloned()
                .chain(texts)
                .chain(together)
                .chain(points)
                .chain(states)
                .collect(),
            regions: changes.iter().map(|change| change.region).collect(),
            effects: alone.map(|change| change.did(&facts)).collect(),
            as_one: told.iter().filter(|change| change.is_within).count(),
            told_apart: if are_all { parts.len() } else { 0 },
            changed: facts.into_iter().map(|fact| (fact.what, fact.before, fact.after)).collect(),
            sides: first.sides,
        })
    }

    /// What is another of grades, by what is the same in some regions alone.
    pub(super) fn of_grades(told: &[&Told<'a>], words: &Words) -> Vec<Self> {
        let mut alike: Vec<Vec<&Told<'a>>> = Vec::new();
        for one in told.iter().filter(|one| one.before.has_other_grades(one.after)) {
            match alike.iter_mut().find(|all| all.iter().all(|other| one.has_grades_of(other))) {
                Some(all) => all.push(one),
                None => alike.push(vec![one]),
            }
        }
        let alike = alike.into_iter().filter_map(|told| {
            let Told { before, after, .. } = told.first()?;
            let limits = |of: &Assessed| of.grade_limits.join(words.comma);
            let changed = [
                ("grades", before.bounds(words), after.bounds(words)),
                ("grade_limits", limits(before), limits(after)),
            ];
            Some(Self {
                kind: Kind::Grades,
                key: "",
                id: "",
                name: words.grade,
                changed: changed.into_iter().filter(|(_, old, new)| old != new).collect(),
                texts: grades(&told, words),
                regions: told.iter().map(|one| one.region()).collect(),
                effects: Vec::new(),
                told_apart: 0,
                as_one: 0,
                sides: [true; 2],
            })
        });
        alike.collect()
    }

    /// The scale, the floor and the cap of the whole, where the plan changed them, or they did anything after
    /// all else. In regions where nothing is another they did nothing.
    pub(super) fn of_whole(
        pairs: &[&'a (Assessed, Assessed)],
        told: &[&Told<'a>],
        has_effects: bool,
        words: &Words,
    ) -> Option<Self> {
        let effects = pairs.iter().map(|(_, after)| {
            match told.iter().find(|told| std::ptr::eq(told.after, after)) {
                Some(told) => told.different.bridge.as_ref().map(Bridge::whole),
                None => Some(Decimal::ZERO),
            }
        });
        let effects: Vec<_> = effects.collect();
        let did = effects.iter().flatten().any(|effect| !effect.is_zero());
        // A scale is that of a plan and a year, and not of a region.
        let first = pairs.first().filter(|_| has_effects);
        let new = first.map(|(before, after)| before.scale.changes(&after.scale, words));
        let new = new.unwrap_or_default();
        (!new.is_empty() || did).then(|| Self {
            kind: Kind::Whole,
            key: "",
            id: "",
            name: words.word("whole_rules_at_last"),
            changed: Vec::new(),
            texts: if new.is_empty() { vec![words.the_same.to_owned()] } else { new },
            regions: pairs.iter().map(|(_, after)| after.compared.region.as_str()).collect(),
            effects,
            told_apart: 0,
            as_one: 0,
            sides: [true; 2],
        })
    }

    /// Whether another is of the same thing, and both or neither of who answers for it.
    pub(super) fn is_of_same(&self, other: &Self) -> bool {
        let thing = |shared: &Self| (shared.kind, shared.key, shared.is_of_lead());
        thing(self) == thing(other)
    }

    fn is_of_lead(&self) -> bool {
        matches!(self.changed.as_slice(), [(what, ..)] if *what == What::Lead.code())
    }

    pub(super) fn says(&self, what: &str, old: &str, new: &str) -> bool {
        self.changed
            .iter()
            .any(|(own, before, after)| *own == what && before == old && after == new)
    }

    /// What it did in the regions where it is known to have done anything.
    pub(super) fn moved(&self) -> Vec<Decimal> {
        let known = self.effects.iter().flatten().copied();
        known.filter(|effect| !effect.is_zero()).collect()
    }

    /// In how many regions it is not known what it did.
    pub(super) fn unknown(&self) -> usize {
        self.effects.iter().filter(|effect| effect.is_none()).count()
    }

    /// In how many regions it moved the score, from the least to the most, and what changed.
    pub(super) fn row(&self, words: &Words) -> Vec<String> {
        let (moved, unknown) = (self.moved(), self.unknown());
        let known = self.effects.len() - unknown;
        let said = |id, count: usize| (count > 0).then(|| words.say(id, &[("count", &count)]));
        let asides = said("regions_unknown", unknown).into_iter();
        let asides = asides.chain(said("regions_as_one", self.as_one));
        let asides: Vec<_> = asides.chain(said("regions_below", self.told_apart)).collect();
        let asides = asides.join(words.list_comma);
        let count = match (known, asides.is_empty()) {
            (0, true) => "–".to_owned(),
            (0, false) => asides,
            (_, true) => format!("{}/{known}", moved.len()),
            _ => words.with_aside(&format!("{}/{known}", moved.len()), &asides),
        };
        let between =
            words.gains_between(moved.iter().min().copied().zip(moved.iter().max().copied()));
        let nothing = if known == 0 { "–" } else { "0" };
        let effects = between.unwrap_or_else(|| nothing.to_owned());
        vec![self.name.to_owned(), count, effects, self.texts.join(words.comma)]
    }

    /// Several of one thing as one, of which only some are told in full, with how many there are: the widest, and
    /// those that raised and lowered a score most.
    pub(super) fn merged(all: &[Self], words: &Words) -> Option<Self> {
        let first = all.first()?;
        let told = |one: &Self| {
            let region = one.regions.first().copied().unwrap_or_default();
            words.with_aside(&one.texts.join(words.comma), region)
        };
        let text = [("count", &all.len() as &dyn Display), ("change", &told(first))];
        let text = words.say("in_many_ways", &text);
        let steps = steps(all, words);
        let did = |one: &Self, is_more: bool| {
            let moved = one.moved().into_iter();
            let moved = moved.filter(|effect| effect.is_sign_positive() == is_more);
            moved.map(|effect| effect.abs()).max()
        };
        let most = [("raised_most", true), ("lowered_most", false)].map(|(id, is_more)| {
            let others = all.iter().skip(1).filter(|one| did(one, is_more).is_some());
            let most = others.max_by_key(|one| did(one, is_more))?;
            let is_first = did(first, is_more) >= did(most, is_more);
            (!is_first).then(|| words.say(id, &[("change", &told(most))]))
        });
        let texts = steps.into_iter().chain([text]).chain(most.into_iter().flatten()).collect();
        Some(Self {
            changed: Vec::new(),
            texts,
            regions: all.iter().flat_map(|one| &one.regions).copied().collect(),
            effects: all.iter().flat_map(|one| &one.effects).copied().collect(),
            as_one: all.iter().map(|one| one.as_one).sum(),
            ..*first
        })
    }
}

/// By how much new targets are others, and in how many regions; none where one of them has no number, is of
/// another kind than it was, or more is another.
fn steps(all: &[Shared<'_>], words: &Words) -> Option<String> {
    let mut counts: BTreeMap<(Decimal, &str), usize> = BTreeMap::new();
    for one in all {
        let [(what, before, after)] = one.changed.as_slice() else { return None };
        let ([sign, old, unit], [same_sign, new, same_unit]) =
            (numbered(before)?, numbered(after)?);
        let is_share = unit.starts_with('%') && unit != "%";
        if *what != What::Target.code() || (sign, unit) != (same_sign, same_unit) || is_share {
            return None;
        }
        let [old, new] = [old, new].map(|number| number.replace('−', "-").parse::<Decimal>().ok());
        let step = new?.saturating_sub(old?).normalize();
        *counts.entry((step, unit)).or_default() += one.regions.len();
    }
    let mut counts: Vec<_> = counts.into_iter().collect();
    counts.sort_by_key(|(_, count)| Reverse(*count));
    let told = counts.into_iter().map(|((step, unit), count)| {
        let step = match unit {
            // What is between two shares is no share.
            "%" => words.say("step_points", &[("step", &signed(step))]),
            unit => format!("{}{unit}", signed(step)),
        };
        words.say("step_in", &[("step", &step), ("count", &count)])
    });
    let told = told.collect::<Vec<_>>().join(words.list_comma);
    Some(words.say("targets_by", &[("steps", &told)]))
}

/// The sign, the number and what stands behind it of a target: `≤ 34 μg/m³`.
fn numbered(target: &str) -> Option<[&str; 3]> {
    let (sign, rest) = target.split_once(' ')?;
    let is_of_number = |c: char| c.is_ascii_digit() || matches!(c, '.' | '−');
    let end = rest.find(|c: char| !is_of_number(c)).unwrap_or(rest.len());
    let (number, unit) = rest.split_at_checked(end)?;
    (!number.is_empty()).then_some([sign, number, unit])
}

/// What all changes of a thing have in common.
fn alike(changes: &[&PlanChange<'_>]) -> Vec<PlanFact> {
    let facts = changes.first().map(|first| first.facts.as_slice()).unwrap_or_default();
    let is_alike = |fact: &&PlanFact| changes.iter().all(|change| change.facts.contains(fact));
    facts.iter().filter(is_alike).cloned().collect()
}

/// In how many regions an item is in which state, where that is told.
fn states<'a>(
    changes: &[&PlanChange<'a>],
    state: impl Fn(&PlanChange<'a>) -> Option<&'a str>,
    words: &Words,
) -> Option<String> {
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    for state in changes.iter().filter_map(|change| state(change)) {
        *counts.entry(state).or_default() += 1;
    }
    let mut counts: Vec<_> = counts.into_iter().collect();
    counts.sort_by_key(|(_, count)| Reverse(*count));
    let counts = counts.into_iter().map(|(state, count)| format!("{state} {count}"));
    let counts = counts.collect::<Vec<_>>().join(words.list_comma);
    (!counts.is_empty()).then_some(counts)
}

/// The points that count in a group, as in most of the regions where they are others.
fn points(changes: &[&PlanChange<'_>], facts: &[PlanFact], words: &Words) -> Option<String> {
    let mut counts: BTreeMap<[Decimal; 2], usize> = BTreeMap::new();
    for points in changes.iter().filter_map(|change| change.points) {
        *counts.entry(points).or_default() += 1;
    }
    let ([old, new], count) = counts.into_iter().max_by_key(|(_, count)| *count)?;
    let [old, new] = [old, new].map(show_points);
    // What is no sum of its parts is worth as much as they are on average, where the plan gives no points.
    let has = |what: &str| facts.iter().find(|fact| fact.what == what);
    // What its parts came to is in the others.
    if has("own_points").is_some() {
        return None;
    }
    let is_mean = has("combine").is_some_and(|combine| combine.after != "sum");
    let text = match is_mean {
        true => words.say("worth_as_mean", &[("before", &old), ("after", &new)]),
        false => was_and_is(words.worth, &old, &new),
    };
    Some(match changes.len() {
        all if all == count => text,
        all => words.with_aside(&text, &format!("{count}/{all}")),
    })
}

/// What is another of grades, where it is the same in all of these, and in which of them the score now would
/// have another grade by the earlier ones.
pub(super) fn grades(told: &[&Told<'_>], words: &Words) -> Vec<String> {
    let Some(first) = told.first() else { return Vec::new() };
    if !told.iter().all(|one| one.has_grades_of(first)) {
        return Vec::new();
    }
    let Told { before, after, .. } = first;
    let mut lines = Vec::new();
    if before.grades != after.grades {
        lines.push(words.what_from_to(words.grades, &before.bounds(words), &after.bounds(words)));
        let known = told.iter().filter(|told| told.different.grade_by_earlier.is_some()).count();
        if known > 0 {
            let others = told.iter().filter(|told| told.different.has_new_edges_for(told.after));
            let others: Vec<&str> = others.map(|told| told.region()).collect();
            let text = match others.len() {
                0 => words.word("none_by_earlier_grades").to_owned(),
                count => words.say("others_by_earlier_grades", &[("count", &count)]),
            };
            let text = match told.len() - known {
                0 => text,
                unknown => {
                    words.with_aside(&text, &words.say("regions_unknown", &[("count", &unknown)]))
                }
            };
            lines.push(match named(&others, words) {
                Some(named) => format!("{text}{}{named}", words.colon),
                None => text,
            });
        }
    }
    lines.extend(before.limit_rules_to(after, words));
    lines
}

/// The names of regions, where these are few.
pub(super) fn named(regions: &[&str], words: &Words) -> Option<String> {
    const FEW: usize = 10;
    (1..=FEW).contains(&regions.len()).then(|| regions.join(words.list_comma))
}
