//! What is different between two assessments, group by group and item by item.

use std::cmp::Reverse;
use std::collections::BTreeSet;

use rust_decimal::Decimal;

use super::bridge::Bridge;
use super::cause::CauseOf;
use super::effect::{DIGITS, Effects};
use super::groups::{GroupChange, group_changes, titles_of};
use super::mover::{Asides, Mover};
use super::single::singles;
use crate::number::{SHOWN, as_shown, half_up, show};
use crate::report::change::{Change, ComparedItem, What, changes};
use crate::report::line::signed;
use crate::report::parts::Parts;
use crate::report::result::Assessed;
use crate::report::words::Words;

/// The groups and the items that are different, each with what it alone did to the score, where the
/// figures say it.
pub(super) struct Different<'a> {
    pub(super) groups: Vec<(GroupChange<'a>, Option<Decimal>)>,
    /// Those that did most to the score first.
    pub(super) items: Vec<(Change<'a>, Option<Decimal>)>,
    /// What moved the score: items, groups, their new rules, the rules of the whole, and what several of these did
    /// only together. But for rounding that is all; none where it is not known.
    pub(super) movers: Vec<Mover<'a>>,
    /// By which parts the score moved; none where the figures do not say it.
    pub(super) bridge: Option<Bridge<'a>>,
    /// What the plan did to the score, and what the values did first, before it is rounded; none where that is
    /// not known.
    pub(super) parts: Option<Parts>,
    /// The earlier score before it is rounded.
    score_before: Option<Decimal>,
    /// The grade of the later score by the earlier edges of grades, where these are others; none where
    /// the figures do not say it, or scores are out of another total.
    pub(super) grade_by_earlier: Option<&'a str>,
    /// That of the earlier score by the later edges.
    earlier_by_later: Option<&'a str>,
}

/// What is different of several things, as a table.
pub(super) struct Listed {
    pub(super) titles: Vec<&'static str>,
    pub(super) numbers: &'static [usize],
    pub(super) rows: Vec<Vec<String>>,
    /// Whether the last column is of texts, which have little room beside the others.
    pub(super) has_texts: bool,
}

impl<'a> Different<'a> {
    /// `is_whole` is whether they list all items of the plan, and not those of a unit, whose figures say nothing of
    /// the score.
    pub(super) fn of(
        before: &'a Assessed,
        after: &'a Assessed,
        is_whole: bool,
        words: &Words,
    ) -> Self {
        let effects = is_whole.then(|| Effects::of(before, after)).flatten();
        let effects = effects.as_ref();
        let groups = groups_of(before, after, effects, words);
        let items = items_of(before, after, effects);
        let digits = score_digits([before, after]);
        let singles = effects.map(|effects| singles(effects, &groups, &items, digits, words));
        let singles = singles.unwrap_or_default();
        let gain = before.compared.score.zip(after.compared.score);
        let gain = gain.map(|(old, new)| new.saturating_sub(old));
        let bridge = effects.zip(gain).and_then(|(effects, gain)| {
            let by_rules = groups.iter().filter(|(change, _)| change.has_new_rules());
            let by_rules = by_rules.map(|(change, _)| change.by_rules());
            // Where groups have new rules, these are a cause too.
            let is_by_items = by_rules.clone().next().is_none();
            let together_in = is_by_items.then(|| together_in(effects, &groups, &items, &singles));
            Bridge::of(effects, &singles, &together_in.unwrap_or_default(), by_rules, gain)
        });
        let parts = effects.and_then(Effects::of_plan_and_values);
        let movers = bridge.as_ref().map(|bridge| movers(singles, &groups, bridge, parts, words));
        let score_before = effects.map(Effects::score_before);
        let effects = effects.filter(|_| has_other_edges(before, after));
        let grade_by_earlier = effects.and_then(|effects| grade(before, effects.score_after()));
        let earlier_by_later = effects.and_then(|effects| grade(after, effects.score_before()));
        Self {
            groups,
            items,
            movers: movers.unwrap_or_default(),
            bridge,
            parts,
            score_before,
            grade_by_earlier,
            earlier_by_later,
        }
    }

    /// Whether a group has new rules, or took something in or let it out.
    pub(super) fn has_new_rules(&self) -> bool {
        self.groups.iter().any(|(change, _)| change.has_new_rules())
    }

    /// Whether an item that takes its share from the others of its group gained or lost by them.
    pub(super) fn has_shares(&self) -> bool {
        self.items.iter().any(|(change, _)| {
            let takes_share =
                |item: Option<&ComparedItem>| item.is_some_and(|item| item.takes_share);
            let is_other = change.gain.is_some_and(|gain| !gain.is_zero());
            is_other && (takes_share(change.before) || takes_share(change.after))
        })
    }

    /// Whether it is told what the plan did, and what the values: of the score, or of an item.
    pub(super) fn has_parts(&self) -> bool {
        self.parts.is_some_and(Parts::are_both)
            || self.items.iter().any(|(change, _)| change.is_told_apart())
    }

    /// Whether something moved the score, or may have, and it is not known whether that was the plan or the values.
    pub(super) fn has_moved_unknown(&self) -> bool {
        let moved = |effect: &Option<Decimal>| effect.is_some_and(|effect| !effect.is_zero());
        self.parts.is_none()
            && self.bridge.is_some()
            && (self.items.iter().any(|(_, effect)| moved(effect))
                || self.groups.iter().any(|(_, effect)| moved(effect)))
    }

    /// Whether the later score would have another grade by the earlier edges.
    pub(super) fn has_new_edges_for(&self, after: &Assessed) -> bool {
        self.grade_by_earlier.is_some_and(|grade| grade != after.grade_by_score)
    }

    /// What new edges, and what the score, did to a grade that is another, or that it is the same by new edges
    /// alone; none where there are no new edges, or something else limits the grade.
    pub(super) fn edges_did(&self, before: &Assessed, after: &Assessed) -> Option<&'static str> {
        let is_limited = |one: &Assessed| one.grade != one.grade_by_score;
        if before.has_other_grade_names(after) || is_limited(before) || is_limited(after) {
            return None;
        }
        let by_score = self.grade_by_earlier? == after.grade;
        if before.grade == after.grade {
            return (!by_score).then_some("kept_by_new_edges");
        }
        let by_edges = self.earlier_by_later? == after.grade;
        match (by_edges, by_score) {
            (true, false) => Some("by_new_edges"),
            (true, true) => Some("by_edges_or_score"),
            (false, false) => Some("by_edges_and_score"),
            (false, true) => Some("by_score_alone"),
        }
    }

    /// The score that the later values come to by the earlier plan, rounded as that rounds scores, and what of
    /// the change is the plan's and what the values'; none where that is not known.
    pub(super) fn between(&self, before: &Assessed, after: &Assessed) -> Option<(Decimal, Parts)> {
        after.compared.gain_since(&before.compared)?;
        let (old, new, parts) = (before.compared.score?, after.compared.score?, self.parts?);
        let exact = self.score_before?.saturating_add(parts.by_values);
        // What rounding does is not told as another's doing.
        let score = match (parts.by_values.is_zero(), parts.by_plan.is_zero()) {
            (true, _) => old,
            (_, true) => new,
            _ => before.rounded(exact),
        };
        Some((score, Parts::between(old, score, new)))
    }

    /// The grade of the score that the later values come to by the earlier plan, where both the plan and the values
    /// did anything, and grades have the same names.
    pub(super) fn grade_between<'g>(
        &self,
        before: &'g Assessed,
        after: &Assessed,
    ) -> Option<&'g str> {
        self.parts.filter(|parts| parts.are_both() && !before.has_other_grade_names(after))?;
        let (score, _) = self.between(before, after)?;
        grade(before, score)
    }

    /// The grade of the earlier score with what the plan did alone.
    pub(super) fn grade_by_plan<'g>(
        &self,
        before: &'g Assessed,
        after: &Assessed,
    ) -> Option<&'g str> {
        let (_, parts) = self.between(before, after)?;
        grade(before, before.compared.score?.saturating_add(parts.by_plan))
    }

    /// Whether the figures say of anything what it did to the score.
    pub(super) fn knows_effects(&self) -> bool {
        self.bridge.is_some() || self.items.iter().any(|(_, effect)| effect.is_some())
    }

    /// Whether it is not known of one of them what it did.
    pub(super) fn has_unknown_effects(&self) -> bool {
        self.groups.iter().any(|(_, effect)| effect.is_none())
            || self.items.iter().any(|(_, effect)| effect.is_none())
    }

    /// Whether one of them did another amount to the score than it gained.
    pub(super) fn has_effects(&self) -> bool {
        let is_other = |effect: &Option<Decimal>, gained: Option<Decimal>| {
            effect.is_some() && *effect != gained.map(|gained| gained.round_dp(DIGITS).normalize())
        };
        self.groups.iter().any(|(change, effect)| is_other(effect, change.gained()))
            || self.items.iter().any(|(change, effect)| is_other(effect, change.gain))
    }

    /// The tables of groups and of items, where there are any: a row each with its name, its points, by
    /// how much they grew, what that did to the score, and what is different.
    pub(super) fn lists(self, before: &Assessed, after: &Assessed, words: &Words) -> Vec<Listed> {
        let has_effects = self.has_effects();
        let listed = |what: &'static str, rows: Vec<([String; 4], Option<Decimal>)>| {
            let in_score = has_effects.then(|| words.word("in_score"));
            let titles = [what, words.points, words.gained].into_iter().chain(in_score);
            let row = |([name, points, gained, what], effect): ([String; 4], Option<Decimal>)| {
                let effect = effect.map_or_else(|| "–".to_owned(), signed);
                let cells = [name, points, gained].into_iter();
                cells.chain(has_effects.then_some(effect)).chain([what]).collect()
            };
            Listed {
                titles: titles.chain([words.what_changed]).collect(),
                numbers: if has_effects { &[1, 2, 3] } else { &[1, 2] },
                rows: rows.into_iter().map(row).collect(),
                has_texts: false,
            }
        };
        let groups = self.groups.into_iter();
        let groups =
            groups.map(|(change, effect)| (change.row(effect, before, after, words), effect));
        let movers = self.movers;
        let items = self.items.into_iter().map(|(change, effect)| {
            let is_any = change.moved() || effect.is_none_or(|effect| !effect.is_zero());
            let as_one = movers.iter().find(|mover| is_any && mover.has(&change));
            let as_one = as_one.map(|mover| mover.name);
            (row(change, as_one, before, after, words), effect)
        });
        let lists =
            [listed(words.group, groups.collect()), listed(words.indicator, items.collect())];
        lists.into_iter().filter(|list| !list.rows.is_empty()).collect()
    }
}

/// The groups that are others, each with what it did to the score.
fn groups_of<'a>(
    before: &'a Assessed,
    after: &'a Assessed,
    effects: Option<&Effects<'a>>,
    words: &Words,
) -> Vec<(GroupChange<'a>, Option<Decimal>)> {
    let groups = group_changes(before, after, words).into_iter().map(|mut change| {
        change.did = effects.map(|effects| effects.did_of_group(change.id()));
        let effect = change.did.as_ref().and_then(|did| did.in_score);
        (change, effect)
    });
    groups.collect()
}

/// The items that are others, each with what it alone did to the score, those that did most first.
fn items_of<'a>(
    before: &'a Assessed,
    after: &'a Assessed,
    effects: Option<&Effects<'a>>,
) -> Vec<(Change<'a>, Option<Decimal>)> {
    let items = changes(&before.compared, &after.compared).into_iter().map(|mut change| {
        for (_, old, _) in change.what.iter_mut().filter(|(what, ..)| *what == What::Group) {
            if let Some(group) = before.group(old) {
                old.clone_from(&group.own_id);
            }
        }
        let Some(effects) = effects else { return (change, None) };
        let (effect, parts) = effects.of_items(&[&change]);
        change.score_parts = parts;
        if effect == Some(Decimal::ZERO) && change.may_be_hidden() {
            change.hidden_in = effects.hidden_in(&change);
        }
        (change, effect)
    });
    let mut items: Vec<_> = items.collect();
    // Of what the figures do not say, its points stand for it.
    items.sort_by_key(|(change, effect)| {
        Reverse(effect.map_or_else(|| change.weight(), |effect| effect.abs()))
    });
    items
}

/// The digits of what did anything to a score: as many as the scores have, as what changed stands beside these; of
/// whole scores that would say nothing.
pub(super) fn score_digits(both: [&Assessed; 2]) -> u32 {
    let scales = both.map(|one| one.compared.score.map_or(0, |score| score.scale()));
    scales.into_iter().fold(2, u32::max).min(SHOWN)
}

/// Whether scores out of the same total have grades by other edges.
fn has_other_edges(before: &Assessed, after: &Assessed) -> bool {
    let edges = |of: &Assessed| of.grades.iter().map(|(_, from)| *from).collect::<Vec<_>>();
    before.compared.total == after.compared.total && edges(before) != edges(after)
}

/// The grade of a score by the edges of a result.
fn grade(of: &Assessed, score: Decimal) -> Option<&str> {
    let grade = of.grades.iter().find(|(_, from)| score >= *from);
    grade.map(|(name, _)| name.as_str())
}

/// All that moved a score: to what did so by itself come new rules of groups and of the whole, and joint effects.
fn movers<'a>(
    singles: Vec<Mover<'a>>,
    groups: &[(GroupChange<'a>, Option<Decimal>)],
    bridge: &Bridge<'a>,
    parts: Option<Parts>,
    words: &Words,
) -> Vec<Mover<'a>> {
    let rules = groups.iter().filter(|(change, _)| change.has_new_rules());
    let rules = rules.map(|(change, _)| Mover::of_rules(change, words));
    let whole = Mover::of_whole(bridge.whole(), words);
    let mut movers: Vec<_> = singles.into_iter().chain(rules).chain([whole]).collect();
    let known = Parts::sum(movers.iter().filter_map(|mover| mover.parts));
    let has_parts = movers.iter().all(|mover| mover.parts.is_some());
    let is_known = bridge.is_known() && (has_parts || parts.is_none());
    let left = parts.map(|parts| parts.less(known).map(as_shown));
    let mostly_in = bridge.together_in();
    let mostly_in = mostly_in.map(|group| words.say("mostly_in", &[("group", &group)]));
    let joint = Mover::joint(bridge.joint(), is_known, left, words);
    let asides = Asides { all: mostly_in.unwrap_or_default(), ..Asides::default() };
    movers.push(Mover { asides, ..joint });
    movers
}

/// The titles of groups with what several items or groups in them did together and none of them alone: what the
/// parts of what a group did leave of it. Within those that are told as one nothing is left.
fn together_in<'a>(
    effects: &Effects<'a>,
    groups: &[(GroupChange<'a>, Option<Decimal>)],
    items: &[(Change<'a>, Option<Decimal>)],
    singles: &[Mover<'a>],
) -> Vec<(&'a str, Decimal)> {
    let as_one = singles.iter().filter(|one| one.kind == CauseOf::AsOne);
    let inside: BTreeSet<&str> = as_one.flat_map(|one| effects.inside(one.key)).collect();
    let apart = groups.iter().filter(|(change, _)| !inside.contains(change.id()));
    let apart = apart.filter_map(|(change, effect)| {
        let is_inside = |group: Option<&str>| group == Some(change.id());
        let inner = groups.iter().filter(|(inner, _)| is_inside(inner.parent()));
        let own =
            items.iter().filter(|(item, _)| is_inside(item.item().map(|item| item.group.as_str())));
        let mut parts = inner.map(|(_, effect)| *effect).chain(own.map(|(_, effect)| *effect));
        let parts = parts.try_fold(Decimal::ZERO, |sum, part| Some(sum.saturating_add(part?)))?;
        Some((change.title(), effect.as_ref()?.saturating_sub(parts)))
    });
    apart.collect()
}

/// An item's row, with the title of the group that is told as one with it, where one is.
fn row(
    mut change: Change<'_>,
    as_one: Option<&str>,
    before: &Assessed,
    after: &Assessed,
    words: &Words,
) -> [String; 4] {
    for (what, old, new) in &mut change.what {
        if *what == What::Group {
            [*old, *new] = titles_of([before, after], [old, new], words);
        }
    }
    let what = words.what_changed_of(&change);
    let share = share_told(&change, before, after, words);
    let hidden = change.hidden_in.map(|group| words.say("hidden_by_lowest", &[("group", &group)]));
    let within = || Some(words.say("within_as_one", &[("group", &as_one?)]));
    let what = std::iter::once(what).chain(share).chain(hidden.or_else(within));
    let what = what.collect::<Vec<_>>().join(words.comma);
    [item_title(&change, after, words), change.points(), words.gained_of(&change), what]
}

/// Of what newly counts, or has other points, the share of these that it earned, beside that of the earlier score:
/// what earned a smaller share lowers the score, though it earned points. None in a group that does not add up.
fn share_told(
    change: &Change<'_>,
    before: &Assessed,
    after: &Assessed,
    words: &Words,
) -> Option<String> {
    let item = change.after?;
    let earned = item.earned.filter(|_| !item.takes_share)?;
    let has_points_of = |old: &ComparedItem| old.earned.is_some() && old.worth == item.worth;
    let is_plain = after.around(&item.group).all(|group| !group.is_scaled());
    if change.before.is_some_and(has_points_of) || !is_plain {
        return None;
    }
    let share = |part: Decimal, whole: Decimal| {
        let share = part.checked_div(whole)?.checked_mul(Decimal::ONE_HUNDRED)?;
        Some(format!("{}%", show(half_up(share, 2).normalize())))
    };
    let own = share(earned, item.worth)?;
    let of_score = share(before.compared.score?, before.compared.total)?;
    Some(words.say("share_beside", &[("share", &own), ("score", &of_score)]))
}

/// An item with its group; with its id where only one of the results has it, for it may have another
/// there.
fn item_title(change: &Change<'_>, after: &Assessed, words: &Words) -> String {
    let group = change.item().map_or("", |item| &item.group);
    let group = after.group(group).map(|group| group.title.as_str());
    let id = (!change.is_in_both()).then(|| words.say("id_of", &[("id", &change.id())]));
    let asides: Vec<&str> = group.into_iter().chain(id.as_deref()).collect();
    if asides.is_empty() {
        return change.name().to_owned();
    }
    words.with_aside(change.name(), &asides.join(words.list_comma))
}
