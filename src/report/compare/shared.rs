//! Something of a plan that changed alike in several regions, and what that did to their scores.

use rust_decimal::Decimal;
use serde::Serialize;

use super::Told;
use super::groups::{GroupChange, titles_of};
use crate::assessment::State;
use crate::report::change::{Change, ComparedItem, What};
use crate::report::line::signed;
use crate::report::words::Words;

/// An item, a group, the grades or the whole, with what changed of it in all regions, or in some.
pub(super) struct Shared<'a> {
    pub(super) kind: Kind,
    /// By what it is paired.
    pub(super) key: &'a str,
    pub(super) id: &'a str,
    pub(super) name: &'a str,
    pub(super) changed: Vec<(&'static str, String, String)>,
    /// The same for people.
    told: Vec<String>,
    /// In which regions.
    pub(super) regions: Vec<&'a str>,
    /// What that did to the score of each; none where more of it changed and it is not known. Nothing of
    /// grades.
    pub(super) effects: Vec<Option<Decimal>>,
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

/// A change of an item, with what all of it did and the results that it is of.
pub(super) type OfItem<'t, 'a> = (&'t Change<'a>, Option<Decimal>, &'t Told<'a>);

/// The same of a group.
pub(super) type OfGroup<'t, 'a> = (&'t GroupChange<'a>, Option<Decimal>, &'t Told<'a>);

type ItemFacts = Vec<(What, String, String)>;
type GroupFacts = Vec<(&'static str, [String; 2])>;

impl<'a> Shared<'a> {
    /// What is the same in all changes of an item; none where nothing is.
    pub(super) fn of_item(
        changes: &[OfItem<'_, 'a>],
        by_gains: bool,
        words: &Words,
    ) -> Option<Self> {
        let (first, ..) = changes.first()?;
        let is_shared = |what: &&(What, String, String)| {
            is_of_plan(first, what.0, words)
                && changes.iter().all(|(change, ..)| {
                    change.what.contains(what) && is_of_plan(change, what.0, words)
                })
        };
        let facts = first.what.iter().filter(is_shared).cloned().collect();
        Self::of_facts(changes, facts, true, by_gains, words)
    }

    /// What else may move points, or who answers for an item, by what is the same in some regions alone.
    pub(super) fn of_items_apart(
        changes: &[OfItem<'_, 'a>],
        all: Option<&Self>,
        by_gains: bool,
        words: &Words,
    ) -> Vec<Self> {
        let apart = changes.iter().filter_map(|one| {
            let (change, ..) = one;
            let counts =
                |what: What| !change.is_in_both() || what == What::Lead || moves_points(what);
            let facts = change.what.iter().filter(|(what, old, new)| {
                is_of_plan(change, *what, words)
                    && counts(*what)
                    && !all.is_some_and(|all| all.says(what.code(), old, new))
            });
            let facts: ItemFacts = facts.cloned().collect();
            let sides = sides(change);
            let is_told = if change.is_in_both() {
                !facts.is_empty()
            } else {
                all.is_none_or(|all| all.sides != sides)
            };
            let waived = [change.before, change.after].map(|item| is_waived(item, words));
            is_told.then_some(((sides, waived, facts), *one))
        });
        let apart = gathered(apart).into_iter().filter_map(|((_, _, facts), changes)| {
            Self::of_facts(&changes, facts, all.is_none(), by_gains, words)
        });
        apart.collect()
    }

    /// Of changes that have these facts in common, and perhaps that the item is waived now or was.
    fn of_facts(
        changes: &[OfItem<'_, 'a>],
        facts: ItemFacts,
        tells_waivers: bool,
        by_gains: bool,
        words: &Words,
    ) -> Option<Self> {
        let (first, _, told) = changes.first()?;
        let all = |is: &dyn Fn(&Change<'_>) -> bool| changes.iter().all(|(change, ..)| is(change));
        let has_come = all(&|change| change.before.is_none());
        let is_gone = all(&|change| change.after.is_none());
        let texts: Vec<String> = if is_gone {
            vec![words.no_longer_assessed.to_owned()]
        } else if has_come {
            let target = facts.iter().filter(|(what, ..)| *what == What::Target);
            let target = target.map(|(what, _, new)| words.newly(*what, new));
            std::iter::once(words.newly_assessed.to_owned()).chain(target).collect()
        } else {
            let texts = facts.iter().map(|(what, old, new)| match what {
                What::Group => {
                    let [old, new] = titles_of([told.before, told.after], [old, new], words);
                    words.before_after(*what, &old, &new)
                }
                _ => words.before_after(*what, old, new),
            });
            let waived = State::Waived.name(words.lang);
            let were = all(&|change| is_waived(change.before, words));
            let state = match (were, all(&|change| is_waived(change.after, words))) {
                (false, true) => Some(words.newly(What::State, waived)),
                (true, false) => Some(words.before_after(What::State, waived, "–")),
                _ => None,
            };
            state.filter(|_| tells_waivers).into_iter().chain(texts).collect()
        };
        if texts.is_empty() {
            return None;
        }
        let effects = changes.iter().map(|(change, effect, _)| match has_come || is_gone {
            true => effect.or(change.gain.filter(|_| by_gains)),
            false => did(&facts, change, *effect, by_gains),
        });
        Some(Self {
            kind: Kind::Item,
            key: first.key(),
            id: first.id(),
            name: first.name(),
            effects: effects.collect(),
            changed: facts.into_iter().map(|(what, old, new)| (what.code(), old, new)).collect(),
            told: texts,
            regions: changes.iter().map(|(.., told)| told.region()).collect(),
            sides: sides(first),
        })
    }

    /// What the plan says in all changes of a group alike; none where that is nothing.
    pub(super) fn of_group(changes: &[OfGroup<'_, 'a>], words: &Words) -> Option<Self> {
        let (first, ..) = changes.first()?;
        let is_shared = |what: &&(&'static str, [String; 2])| {
            is_of_group(what.0) && changes.iter().all(|(change, ..)| change.what.contains(what))
        };
        let facts: GroupFacts = first.what.iter().filter(is_shared).cloned().collect();
        (!facts.is_empty()).then(|| Self::of_group_facts(changes, facts, words)).flatten()
    }

    /// What else the plan says of it, by what is the same in some regions alone.
    pub(super) fn of_groups_apart(
        changes: &[OfGroup<'_, 'a>],
        all: Option<&Self>,
        words: &Words,
    ) -> Vec<Self> {
        let apart = changes.iter().filter_map(|one| {
            let (change, ..) = one;
            let sides = change.sides();
            let facts = change.what.iter().filter(|(what, [old, new])| {
                is_of_group(what) && !all.is_some_and(|all| all.says(what, old, new))
            });
            let facts: GroupFacts = facts.cloned().collect();
            let is_told = if change.is_in_both() {
                !facts.is_empty()
            } else {
                all.is_none_or(|all| all.sides != sides)
            };
            is_told.then_some(((sides, facts), *one))
        });
        let apart = gathered(apart).into_iter();
        apart
            .filter_map(|((_, facts), changes)| Self::of_group_facts(&changes, facts, words))
            .collect()
    }

    fn of_group_facts(
        changes: &[OfGroup<'_, 'a>],
        facts: GroupFacts,
        words: &Words,
    ) -> Option<Self> {
        let (first, _, told) = changes.first()?;
        // What the plan says of it is of no account where nothing stands beside it.
        let texts = facts.iter().filter(|_| first.is_in_both());
        let texts =
            texts.map(|(what, both)| first.fact(what, both, told.before, told.after, words));
        // With one that is new or gone, what lies in it came or went.
        let effects = changes.iter().map(|(change, effect, _)| {
            if !change.is_in_both() {
                return *effect;
            }
            let counts = |what: &str| !matches!(what, "id" | "title");
            if !facts.iter().any(|(what, _)| counts(what)) {
                return Some(Decimal::ZERO);
            }
            let mut others = change.what.iter().filter(|one| !facts.contains(one));
            match others.any(|(what, _)| is_of_group(what) && counts(what)) {
                true => None,
                false => change.did_by_rules(),
            }
        });
        Some(Self {
            kind: Kind::Group,
            key: first.id(),
            id: first.own_id(),
            name: first.title(),
            told: first.came(words).into_iter().chain(texts).collect(),
            effects: effects.collect(),
            changed: facts.into_iter().map(|(what, [old, new])| (what, old, new)).collect(),
            regions: changes.iter().map(|(.., told)| told.region()).collect(),
            sides: first.sides(),
        })
    }

    /// What is another of grades, by what is the same in some regions alone.
    pub(super) fn of_grades_apart(told: &[&Told<'a>], words: &Words) -> Vec<Self> {
        let mut alike: Vec<Vec<&Told<'a>>> = Vec::new();
        for one in told.iter().filter(|one| one.before.has_other_grades(one.after)) {
            match alike.iter_mut().find(|all| all.iter().all(|other| one.has_grades_of(other))) {
                Some(all) => all.push(one),
                None => alike.push(vec![one]),
            }
        }
        let alike = alike.into_iter().map(|told| Self {
            kind: Kind::Grades,
            key: "",
            id: "",
            name: words.grades,
            changed: Vec::new(),
            told: grades(&told, words),
            regions: told.iter().map(|one| one.region()).collect(),
            effects: Vec::new(),
            sides: [true; 2],
        });
        alike.collect()
    }

    /// The scale, the floor and the cap of the whole, where they did anything after all else. In regions
    /// where nothing is another they did nothing.
    pub(super) fn of_whole(
        told: &[&Told<'_>],
        regions: Vec<&'a str>,
        words: &Words,
    ) -> Option<Self> {
        let effects = told.iter().map(|told| told.different.bridge.map(|bridge| bridge.whole()));
        let mut effects: Vec<_> = effects.collect();
        effects.resize(regions.len(), Some(Decimal::ZERO));
        let did = effects.iter().flatten().any(|effect| !effect.is_zero());
        did.then(|| Self {
            kind: Kind::Whole,
            key: "",
            id: "",
            name: words.word("whole_rules_at_last"),
            changed: Vec::new(),
            told: vec![words.word("said_above").to_owned()],
            regions,
            effects,
            sides: [true; 2],
        })
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
        let regions = self.effects.len();
        let of_all = match (regions, unknown) {
            (0, _) => "–".to_owned(),
            (_, 0) => format!("{}/{regions}", moved.len()),
            (_, unknown) => {
                let told = words.say("regions_unknown", &[("count", &unknown)]);
                match regions - unknown {
                    0 => told,
                    known => words.with_aside(&format!("{}/{known}", moved.len()), &told),
                }
            }
        };
        let effects = match moved.iter().min().zip(moved.iter().max()) {
            None if unknown == regions => "–".to_owned(),
            None => "0".to_owned(),
            Some((least, most)) if least == most => signed(*least),
            Some((least, most)) => {
                let [least, most] = [least, most].map(|effect| signed(*effect));
                words.say("gains_between", &[("least", &least), ("most", &most)])
            }
        };
        vec![self.name.to_owned(), of_all, effects, self.told.join(words.comma)]
    }

    /// Several of one thing, of which only the first is told in full: there are as many others.
    pub(super) fn merged(all: &[Self], words: &Words) -> Option<Self> {
        let first = all.first()?;
        let change = words.with_aside(
            &first.told.join(words.comma),
            first.regions.first().copied().unwrap_or_default(),
        );
        let told = words.say("in_many_ways", &[("count", &all.len()), ("change", &change)]);
        Some(Self {
            changed: Vec::new(),
            told: vec![told],
            regions: all.iter().flat_map(|one| &one.regions).copied().collect(),
            effects: all.iter().flat_map(|one| &one.effects).copied().collect(),
            ..*first
        })
    }
}

/// What is another of grades, where it is the same in all of these, and in how many the score now would have
/// another grade by the earlier ones.
pub(super) fn grades(told: &[&Told<'_>], words: &Words) -> Vec<String> {
    let Some(first) = told.first() else { return Vec::new() };
    if !told.iter().all(|one| one.has_grades_of(first)) {
        return Vec::new();
    }
    let Told { before, after, .. } = first;
    let mut lines = Vec::new();
    if before.grades != after.grades {
        lines.push(words.what_from_to(words.grades, &before.bounds(words), &after.bounds(words)));
        if told.iter().all(|told| told.different.grade_by_earlier.is_some()) {
            let others = told.iter().filter(|told| told.different.has_new_edges_for(told.after));
            let others: Vec<&str> = others.map(|told| told.region()).collect();
            let text = words.say("others_by_earlier_grades", &[("count", &others.len())]);
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

/// Gathers what has the same key, in the order of the first of each.
fn gathered<K: PartialEq, T>(all: impl Iterator<Item = (K, T)>) -> Vec<(K, Vec<T>)> {
    let mut gathered: Vec<(K, Vec<T>)> = Vec::new();
    for (key, one) in all {
        match gathered.iter_mut().find(|(other, _)| *other == key) {
            Some((_, with)) => with.push(one),
            None => gathered.push((key, vec![one])),
        }
    }
    gathered
}

/// Whether the earlier result has an item, and the later one.
fn sides(change: &Change<'_>) -> [bool; 2] {
    [change.before, change.after].map(|item| item.is_some())
}

/// Whether an item is waived or dropped in one of the results: the reason is that of a document, and not of
/// the values.
fn is_lifted(change: &Change<'_>, words: &Words) -> bool {
    let is_dropped = |item: Option<&ComparedItem>| {
        item.is_some_and(|item| item.state == State::NotSet.name(words.lang))
    };
    let both = [change.before, change.after];
    both.iter().any(|item| is_waived(*item, words) || is_dropped(*item))
}

/// Whether an item is waived.
fn is_waived(item: Option<&ComparedItem>, words: &Words) -> bool {
    item.is_some_and(|item| item.state == State::Waived.name(words.lang))
}

/// What these facts of an item did in a region: all that the item did, or, where its value changed too, what
/// the new target did; nothing where they move no points.
fn did(
    facts: &[(What, String, String)],
    change: &Change<'_>,
    effect: Option<Decimal>,
    by_gains: bool,
) -> Option<Decimal> {
    let causes = || facts.iter().filter(|(what, ..)| moves_points(*what));
    if causes().next().is_none() {
        return Some(Decimal::ZERO);
    }
    let earned = [change.before, change.after].map(|item| item.and_then(|item| item.earned));
    // The value of what does not count in both did nothing.
    let counts = earned.iter().all(Option::is_some);
    let is_more = |what: &(What, String, String)| {
        !facts.contains(what) && (moves_points(what.0) || counts && what.0 == What::Value)
    };
    if !change.what.iter().any(is_more) {
        return effect.or(change.gain.filter(|_| by_gains));
    }
    let is_target = causes().all(|(what, ..)| *what == What::Target);
    let split = change.split.filter(|_| is_target)?;
    let in_score = split.in_score.map(|[by_target, _]| by_target);
    in_score.or_else(|| by_gains.then_some(split.by_target))
}

/// Whether something of an item is what the plan says of it; a reason is where it is a document's.
fn is_of_plan(change: &Change<'_>, what: What, words: &Words) -> bool {
    match what {
        What::Value | What::State | What::Sum => false,
        What::Reason => is_lifted(change, words),
        _ => true,
    }
}

/// Whether something of a group is what the plan says of it.
fn is_of_group(what: &str) -> bool {
    !matches!(what, "lowest" | "sum")
}

/// Whether it may move the points of an item.
fn moves_points(what: What) -> bool {
    use What::{Group, Reason, Rule, Target, Weight, Worth};
    matches!(what, Target | Rule | Worth | Group | Weight | Reason)
}
