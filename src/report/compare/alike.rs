//! What the plan changed in all regions of a year alike: said once, and not in each.

use std::cmp::Reverse;
use std::collections::BTreeMap;

use rust_decimal::Decimal;
use serde::Serialize;

use super::Told;
use super::different::Listed;
use super::groups::{GroupChange, titles_of};
use crate::assessment::State;
use crate::report::change::{Change, ComparedItem, What};
use crate::report::line::signed;
use crate::report::result::Assessed;
use crate::report::words::Words;

/// What all regions of a year share that have the item or the group, by the years that are compared.
#[derive(Default)]
pub(super) struct Alike<'a> {
    pub(super) years: BTreeMap<Years, OfYears<'a>>,
    /// Whether the figures say what anything did to the score, and not only what items gained.
    has_effects: bool,
}

/// The years that are compared, before and after.
pub(super) type Years = (u16, u16);

/// What is said of all regions of a year.
pub(super) struct OfAll {
    pub(super) title: String,
    pub(super) lines: Vec<String>,
    pub(super) listed: Option<Listed>,
    /// What changed in some regions alone.
    pub(super) others: Option<String>,
}

#[derive(Default)]
pub(super) struct OfYears<'a> {
    pub(super) shared: Vec<Shared<'a>>,
    /// What is said of grades.
    grades: Vec<String>,
    /// The items and groups, and the grades, of which the plan changed something in some regions alone, or
    /// not alike.
    pub(super) others: Vec<(&'a str, Vec<&'a str>)>,
    /// How many regions there are.
    regions: usize,
}

/// An item, a group or the whole, with what changed of it in all regions.
pub(super) struct Shared<'a> {
    pub(super) kind: Kind,
    /// By what it is paired.
    key: &'a str,
    pub(super) id: &'a str,
    pub(super) name: &'a str,
    pub(super) changed: Vec<(&'static str, String, String)>,
    /// The same for people.
    told: Vec<String>,
    /// What that did to the score of each region; none where more of it changed and it is not known.
    pub(super) effects: Vec<Option<Decimal>>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub(super) enum Kind {
    Item,
    Group,
    Whole,
}

pub(super) fn years(before: &Assessed, after: &Assessed) -> Years {
    (before.compared.year, after.compared.year)
}

impl OfYears<'_> {
    /// Whether anything is said of all regions.
    fn is_any(&self) -> bool {
        !self.shared.is_empty() || !self.grades.is_empty()
    }
}

impl<'a> Alike<'a> {
    /// Of all pairs, and what is different in those that are not the same.
    pub(super) fn of(pairs: &[&(Assessed, Assessed)], told: &[Told<'a>], words: &Words) -> Self {
        let mut alike = Self::default();
        let mut of_years: BTreeMap<Years, Vec<&Told<'a>>> = BTreeMap::new();
        for one in told {
            of_years.entry(years(one.before, one.after)).or_default().push(one);
        }
        for (compared, told) in of_years {
            let pairs: Vec<_> =
                pairs.iter().filter(|(old, new)| years(old, new) == compared).collect();
            if pairs.len() < 2 {
                continue;
            }
            let both_have = |is_in: &dyn Fn(&Assessed) -> bool| {
                pairs.iter().filter(|(before, after)| is_in(before) && is_in(after)).count()
            };
            let has_item =
                |key: &str| both_have(&|of| of.compared.items.iter().any(|item| item.id == key));
            let has_group = |key: &str| both_have(&|of| of.group(key).is_some());
            let items = told.iter().flat_map(|told| {
                let items = told.different.items.iter();
                items.map(|(change, effect)| (change.key(), (change, *effect, *told)))
            });
            let items = in_all(items, |(change, ..)| change.is_in_both(), has_item, pairs.len());
            let groups = told.iter().flat_map(|told| {
                let groups = told.different.groups.iter();
                groups.map(|(change, effect)| (change.id(), (change, *effect, *told)))
            });
            let groups = in_all(groups, |(change, ..)| change.is_in_both(), has_group, pairs.len());
            // Where it is not known of any, what items gained stands for it.
            let by_gains = !told.iter().any(|told| told.different.knows_effects());
            let items = items.into_iter();
            let items = items.filter_map(|(key, all)| Shared::of_item(key, &all, by_gains, words));
            let groups =
                groups.into_iter().filter_map(|(key, all)| Shared::of_group(key, &all, words));
            let whole = Shared::of_whole(&told, pairs.len(), words);
            let mut shared: Vec<_> = items.chain(groups).chain(whole).collect();
            // What did anything in most regions comes first.
            shared.sort_by_key(|shared| Reverse(shared.moved().len()));
            let grades = if told.len() == pairs.len() { grades(&told, words) } else { Vec::new() };
            alike.has_effects |= !by_gains;
            let others = others(&told, &shared, grades.is_empty(), words);
            let of = OfYears { shared, grades, others, regions: pairs.len() };
            if of.is_any() || !of.others.is_empty() {
                alike.years.insert(compared, of);
            }
        }
        alike
    }

    pub(super) fn is_empty(&self) -> bool {
        self.years.is_empty()
    }

    /// Whether a change of an item is no more than what is said of all regions, and moved nothing.
    pub(super) fn has_item(
        &self,
        years: Years,
        change: &Change<'_>,
        effect: Option<Decimal>,
    ) -> bool {
        let is_said = |shared: &Shared<'_>| {
            change.what.iter().all(|(what, old, new)| shared.says(what.code(), old, new))
        };
        !change.moved()
            && effect.is_none_or(|effect| effect.is_zero())
            && self.shared(years, Kind::Item, change.key()).is_some_and(is_said)
    }

    /// The same of a group.
    pub(super) fn has_group(&self, years: Years, change: &GroupChange<'_>) -> bool {
        let is_said = |shared: &Shared<'_>| {
            // Which part is the lowest is told where it is the same, too.
            let mut others = change.what.iter().filter(|(_, [old, new])| old != new);
            others.all(|(what, [old, new])| shared.says(what, old, new))
        };
        !change.has_moved() && self.shared(years, Kind::Group, change.id()).is_some_and(is_said)
    }

    /// Whether what is another of grades is said of all regions.
    pub(super) fn has_grades(&self, years: Years) -> bool {
        self.years.get(&years).is_some_and(|of| !of.grades.is_empty())
    }

    fn shared(&self, years: Years, kind: Kind, key: &str) -> Option<&Shared<'a>> {
        let mut shared = self.years.get(&years)?.shared.iter();
        shared.find(|shared| shared.kind == kind && shared.key == key)
    }

    /// Whether it is known of any item what it did to the score.
    pub(super) fn has_effects(&self) -> bool {
        self.has_effects && self.years.values().any(|of| !of.shared.is_empty())
    }

    /// Whether a group is among what all regions share.
    pub(super) fn has_groups(&self) -> bool {
        let mut shared = self.years.values().flat_map(|of| &of.shared);
        shared.any(|shared| shared.kind == Kind::Group)
    }

    /// Whether it is not known of some region what something did.
    pub(super) fn has_unknown(&self) -> bool {
        self.years.values().flat_map(|of| &of.shared).any(|shared| shared.unknown() > 0)
    }

    /// What is said of each of the years, under a message.
    pub(super) fn lists(&self, title: &'static str, words: &Words) -> Vec<OfAll> {
        let lists = self.years.iter().map(|((before, after), of)| {
            let years =
                if before == after { after.to_string() } else { format!("{before} → {after}") };
            let listed = Listed {
                titles: vec![
                    words.word("what_of_plan"),
                    words.word("regions_moved"),
                    if self.has_effects { words.word("in_score") } else { words.gained },
                    words.what_changed,
                ],
                numbers: &[1, 2],
                rows: of.shared.iter().map(|shared| shared.row(words)).collect(),
            };
            const NAMED: usize = 3;
            let others = of.others.iter().map(|(name, regions)| {
                let count = format!("{}/{}", regions.len(), of.regions);
                let named = Some(regions).filter(|regions| regions.len() <= NAMED);
                let named = named
                    .map(|regions| format!("{}{}", words.colon, regions.join(words.list_comma)));
                words.with_aside(name, &format!("{count}{}", named.unwrap_or_default()))
            });
            let others: Vec<String> = others.collect();
            let others = (!others.is_empty())
                .then(|| words.say("changed_not_alike", &[("items", &others.join(words.comma))]));
            OfAll {
                title: words
                    .say(if of.is_any() { title } else { "changed_in_some" }, &[("years", &years)]),
                lines: of.grades.clone(),
                listed: Some(listed).filter(|listed| !listed.rows.is_empty()),
                others,
            }
        });
        lists.collect()
    }
}

/// The changes of an item, with what each did and the results that it is of.
type OfItem<'t, 'a> = Vec<(&'t Change<'a>, Option<Decimal>, &'t Told<'a>)>;

/// The same of a group.
type OfGroup<'t, 'a> = Vec<(&'t GroupChange<'a>, Option<Decimal>, &'t Told<'a>)>;

/// The changes of each thing in all regions where both results have it; else those by which it came into
/// all regions, or left them.
fn in_all<'a, C>(
    changes: impl Iterator<Item = (&'a str, C)>,
    is_in_both: impl Fn(&C) -> bool,
    both_have: impl Fn(&str) -> usize,
    regions: usize,
) -> BTreeMap<&'a str, Vec<C>> {
    let mut all: BTreeMap<&'a str, Vec<C>> = BTreeMap::new();
    for (key, change) in changes {
        all.entry(key).or_default().push(change);
    }
    all.retain(|key, changes| {
        let wanted = both_have(key);
        if wanted > 0 {
            changes.retain(&is_in_both);
        }
        changes.len() > 1 && changes.len() == if wanted > 0 { wanted } else { regions }
    });
    all
}

impl<'a> Shared<'a> {
    /// None where no part of the changes is the same in all regions.
    fn of_item(
        key: &'a str,
        changes: &OfItem<'_, 'a>,
        by_gains: bool,
        words: &Words,
    ) -> Option<Self> {
        let (first, _, told) = changes.first()?;
        let has_come = changes.iter().all(|(change, ..)| change.before.is_none());
        let is_gone = changes.iter().all(|(change, ..)| change.after.is_none());
        let is_shared = |what: &&(What, String, String)| {
            is_of_plan(what.0)
                && changes.iter().all(|(change, ..)| {
                    change.what.contains(what)
                        && (what.0 != What::Reason || is_lifted(change, words))
                })
        };
        let shared: Vec<_> = first.what.iter().filter(is_shared).cloned().collect();
        let told: Vec<String> = if is_gone {
            vec![words.no_longer_assessed.to_owned()]
        } else if has_come {
            let target = shared.iter().filter(|(what, ..)| *what == What::Target);
            let target = target.map(|(what, _, new)| words.newly(*what, new));
            std::iter::once(words.newly_assessed.to_owned()).chain(target).collect()
        } else {
            let told = shared.iter().map(|(what, old, new)| match what {
                What::Group => {
                    let [old, new] = titles_of([told.before, told.after], [old, new], words);
                    words.before_after(*what, &old, &new)
                }
                _ => words.before_after(*what, old, new),
            });
            let waived = State::Waived.name(words.lang);
            let all = |is_waived: &dyn Fn(&Change<'_>) -> bool| {
                changes.iter().all(|(change, ..)| is_waived(change))
            };
            let were = all(&|change| is_waived(change.before, words));
            let state = match (were, all(&|change| is_waived(change.after, words))) {
                (false, true) => Some(words.newly(What::State, waived)),
                (true, false) => Some(words.before_after(What::State, waived, "–")),
                _ => None,
            };
            state.into_iter().chain(told).collect()
        };
        if told.is_empty() {
            return None;
        }
        let is_one = has_come || is_gone;
        let effects = changes.iter().map(|(change, effect, _)| match is_one {
            true => effect.or(change.gain.filter(|_| by_gains)),
            false => did(&shared, change, *effect, by_gains),
        });
        let effects = effects.collect();
        let changed = shared.into_iter().map(|(what, old, new)| (what.code(), old, new)).collect();
        let (id, name) = (first.id(), first.name());
        Some(Self { kind: Kind::Item, key, id, name, changed, told, effects })
    }

    /// The same of a group: what the plan says of it.
    fn of_group(key: &'a str, changes: &OfGroup<'_, 'a>, words: &Words) -> Option<Self> {
        let (first, _, told) = changes.first()?;
        let is_shared = |what: &&(&'static str, [String; 2])| {
            !matches!(what.0, "lowest" | "sum")
                && changes.iter().all(|(change, ..)| change.what.contains(what))
        };
        let shared: Vec<_> = first.what.iter().filter(is_shared).collect();
        if shared.is_empty() {
            return None;
        }
        // What the plan says of it is of no account where nothing stands beside it.
        let facts = shared.iter().filter(|_| first.is_in_both());
        let facts =
            facts.map(|(what, both)| first.fact(what, both, told.before, told.after, words));
        let texts = first.came(words).into_iter().chain(facts);
        // With one that is new or gone, what lies in it came or went.
        let effects = changes.iter().map(|(change, effect, _)| match change.is_in_both() {
            true => change.did_by_rules(),
            false => *effect,
        });
        Some(Self {
            kind: Kind::Group,
            key,
            id: first.own_id(),
            name: first.title(),
            told: texts.collect(),
            effects: effects.collect(),
            changed: shared
                .into_iter()
                .map(|(what, [old, new])| (*what, old.clone(), new.clone()))
                .collect(),
        })
    }

    /// The scale, the floor and the cap of the whole, where they did anything after all else. In regions where nothing is
    /// another they did nothing.
    fn of_whole(told: &[&Told<'_>], regions: usize, words: &Words) -> Option<Self> {
        let effects = told.iter().map(|told| told.different.bridge.map(|bridge| bridge.whole()));
        let mut effects: Vec<_> = effects.collect();
        effects.resize(regions, Some(Decimal::ZERO));
        let did = effects.iter().flatten().any(|effect| !effect.is_zero());
        let name = words.word("whole_rules_at_last");
        let told = vec![words.word("said_above").to_owned()];
        let shared =
            Self { kind: Kind::Whole, key: "", id: "", name, changed: Vec::new(), told, effects };
        did.then_some(shared)
    }

    fn says(&self, what: &str, old: &str, new: &str) -> bool {
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

    fn row(&self, words: &Words) -> Vec<String> {
        let (moved, unknown) = (self.moved(), self.unknown());
        let regions = self.effects.len();
        let of_all = format!("{}/{}", moved.len(), regions - unknown);
        let of_all = match unknown {
            0 => of_all,
            unknown => {
                words.with_aside(&of_all, &words.say("regions_unknown", &[("count", &unknown)]))
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
}

/// What is another of grades, where it is the same in all regions, and in how many the score now would have
/// another grade by the earlier ones.
fn grades(told: &[&Told<'_>], words: &Words) -> Vec<String> {
    let Some(first) = told.first() else { return Vec::new() };
    let is_same = |one: &&&Told<'_>| {
        let both = [(one.before, first.before), (one.after, first.after)];
        both.iter().all(|(one, first)| !one.has_other_grades(first))
    };
    let Told { before, after, .. } = first;
    if told.iter().filter(is_same).count() < told.len() {
        return Vec::new();
    }
    let mut lines = Vec::new();
    if before.grades != after.grades {
        lines.push(words.what_from_to(words.grades, &before.bounds(words), &after.bounds(words)));
        let earlier: Option<Vec<bool>> = told
            .iter()
            .map(|told| Some(told.different.grade_by_earlier? != told.after.grade_by_score))
            .collect();
        lines.extend(earlier.map(|earlier| {
            let count = earlier.into_iter().filter(|is_other| *is_other).count();
            words.say("others_by_earlier_grades", &[("count", &count)])
        }));
    }
    lines.extend(before.limit_rules_to(after, words));
    lines
}

/// The names of the items and groups, and of the grades, of which the plan changed something that may move
/// points or grades, or who answers for them, in some regions alone or not alike; and in which.
fn others<'a>(
    told: &[&Told<'a>],
    shared: &[Shared<'a>],
    may_grades: bool,
    words: &Words,
) -> Vec<(&'a str, Vec<&'a str>)> {
    let mut others: Vec<(Kind, &str, &str, Vec<&str>)> = Vec::new();
    let said = |kind: Kind, key: &str| shared.iter().find(|one| one.kind == kind && one.key == key);
    let mut add = |region: &'a str, kind: Kind, key: &'a str, name: &'a str| match others
        .iter_mut()
        .find(|(one, own, ..)| (*one, *own) == (kind, key))
    {
        Some((.., regions)) => regions.push(region),
        None => others.push((kind, key, name, vec![region])),
    };
    for told in told {
        for (change, _) in &told.different.items {
            let own = said(Kind::Item, change.key());
            let counts = |what: What| match what {
                What::Reason => is_waived(change.before, words) || is_waived(change.after, words),
                what => what == What::Lead || moves_points(what),
            };
            let is_other = |(what, old, new): &(What, String, String)| {
                counts(*what) && !own.is_some_and(|own| own.says(what.code(), old, new))
            };
            let is_told =
                if change.is_in_both() { change.what.iter().any(is_other) } else { own.is_none() };
            if is_told {
                add(&told.after.compared.region, Kind::Item, change.key(), change.name());
            }
        }
        for (change, _) in &told.different.groups {
            let own = said(Kind::Group, change.id());
            let is_other = |(what, [old, new]): &(&'static str, [String; 2])| {
                !matches!(*what, "lowest" | "sum")
                    && !own.is_some_and(|own| own.says(what, old, new))
            };
            let is_told =
                if change.is_in_both() { change.what.iter().any(is_other) } else { own.is_none() };
            if is_told {
                add(&told.after.compared.region, Kind::Group, change.id(), change.title());
            }
        }
        if may_grades && told.before.has_other_grades(told.after) {
            add(&told.after.compared.region, Kind::Whole, "", words.grades);
        }
    }
    others.into_iter().map(|(.., name, regions)| (name, regions)).collect()
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

/// What the shared changes of an item did in a region: all that the item did, or, where its value changed
/// too, what the new target did; nothing where they move no points.
fn did(
    shared: &[(What, String, String)],
    change: &Change<'_>,
    effect: Option<Decimal>,
    by_gains: bool,
) -> Option<Decimal> {
    let counts = moves_points;
    let causes = || shared.iter().filter(|(what, ..)| counts(*what));
    if causes().next().is_none() {
        return Some(Decimal::ZERO);
    }
    let is_more = |what: &(What, String, String)| {
        (counts(what.0) || what.0 == What::Value) && !shared.contains(what)
    };
    let earned = [change.before, change.after].map(|item| item.and_then(|item| item.earned));
    // The value of what does not count in both did nothing.
    if earned.iter().any(Option::is_none) || !change.what.iter().any(is_more) {
        return effect.or(change.gain.filter(|_| by_gains));
    }
    let is_target = causes().all(|(what, ..)| *what == What::Target);
    let split = change.split.filter(|_| is_target)?;
    let in_score = split.in_score.map(|[by_target, _]| by_target);
    in_score.or_else(|| by_gains.then_some(split.by_target))
}

/// Whether something of an item is what the plan says of it; a reason may be.
fn is_of_plan(what: What) -> bool {
    !matches!(what, What::Value | What::State | What::Sum)
}

/// Whether it may move the points of an item.
fn moves_points(what: What) -> bool {
    use What::{Group, Reason, Rule, Target, Weight, Worth};
    matches!(what, Target | Rule | Worth | Group | Weight | Reason)
}
