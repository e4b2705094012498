//! The groups that are others, and the parts that made them so.

use rust_decimal::Decimal;
use rust_decimal::serde::arbitrary_precision_option;
use serde::Serialize;

use super::dashed;
use super::effect::within;
use super::json::InScore;
use crate::assessment::State;
use crate::number::{show, show_points};
use crate::report::json::{Changed, PointsMoved};
use crate::report::line::signed;
use crate::report::parts::Parts;
use crate::report::result::{Assessed, GroupBrief};
use crate::report::words::{Words, was_and_is};

/// A group that is another: by the plan, or in what it earned.
pub(super) struct GroupChange<'a> {
    before: Option<&'a GroupBrief>,
    after: Option<&'a GroupBrief>,
    pub(super) what: Vec<(&'static str, [String; 2])>,
    /// Its parts that are others, in the order of its sum.
    parts: Vec<PartChange<'a>>,
    /// Whether an item or a group within it is in both results.
    has_kept: bool,
    /// The own id of the group that it lies in, in the result that has it last.
    own_parent: Option<&'a str>,
    /// What it did to the score; none where it is not known what anything did.
    pub(super) did: Option<GroupDid>,
}

/// What a group did to the score.
pub(super) struct GroupDid {
    /// By how much a score is higher with the group as it is in the later result, with all that is in it.
    pub(super) in_score: Option<Decimal>,
    /// What of what all in it did the plan did, and what the values did first; none where that is not known.
    pub(super) parts: Option<Parts>,
    /// Whether the plan has new rules for it, or it was moved, or took items or groups in or let them out.
    pub(super) has_new_rules: bool,
    /// What that did after all items did; none where nothing of that is, or the figures do not say it.
    pub(super) by_rules: Option<Decimal>,
}

/// An item or a group that earned more or less in its group, or came into it, or left it.
#[derive(Serialize)]
struct PartChange<'a> {
    is_group: bool,
    /// By what it is paired.
    #[serde(skip)]
    key: &'a str,
    id: &'a str,
    title: &'a str,
    /// The title of the group that it came from, or went to.
    elsewhere: Option<&'a str>,
    #[serde(with = "arbitrary_precision_option")]
    earned_before: Option<Decimal>,
    #[serde(with = "arbitrary_precision_option")]
    earned_after: Option<Decimal>,
    #[serde(with = "arbitrary_precision_option")]
    points_before: Option<Decimal>,
    #[serde(with = "arbitrary_precision_option")]
    points_after: Option<Decimal>,
    #[serde(with = "arbitrary_precision_option")]
    weight_before: Option<Decimal>,
    #[serde(with = "arbitrary_precision_option")]
    weight_after: Option<Decimal>,
}

/// A group in one of the results, with what counts in it in the order of its sum.
struct Side<'a> {
    group: &'a GroupBrief,
    /// The own id of the group that it lies in; empty where in none.
    parent: &'a str,
    parts: Vec<Part<'a>>,
}

/// An item or a group that counts in a group.
#[derive(Clone, Copy)]
struct Part<'a> {
    is_group: bool,
    /// By what it is paired.
    key: &'a str,
    id: &'a str,
    title: &'a str,
    points: Decimal,
    earned: Decimal,
    weight: Decimal,
    /// The state of an item.
    state: Option<State>,
}

/// The groups that are others, in the order of the later result.
pub(super) fn group_changes<'a>(
    before: &'a Assessed,
    after: &'a Assessed,
    words: &Words,
) -> Vec<GroupChange<'a>> {
    let kept = after.groups.iter().map(|group| (before.group(&group.id), Some(group)));
    let gone = before.groups.iter().filter(|group| after.group(&group.id).is_none());
    let pairs = kept.chain(gone.map(|group| (Some(group), None)));
    let changes = pairs.map(|(old, new)| {
        let side = |all, group: Option<&'a GroupBrief>| group.map(|group| Side::of(all, group));
        let id = new.or(old).map_or("", |group| &group.id);
        let has_kept = has_kept(id, [before, after]);
        let sides = [side(before, old), side(after, new)];
        let mut change = GroupChange::new(&sides, has_kept, words);
        for part in &mut change.parts {
            let other = match (part.earned_before, part.earned_after) {
                (None, Some(_)) => before,
                (Some(_), None) => after,
                _ => continue,
            };
            part.elsewhere = part.group_in(other);
        }
        change
    });
    let mut changes: Vec<_> = changes.filter(GroupChange::is_another).collect();
    changes.sort_by_cached_key(|change| path(change.id(), [before, after]));
    changes
}

/// Whether an item or a group within a group, however deep, is in both results.
fn has_kept(id: &str, results: [&Assessed; 2]) -> bool {
    let have_item = |id: &str| results.iter().all(|of| of.compared.item(id).is_some());
    let have_group = |id: &str| results.iter().all(|of| of.group(id).is_some());
    results.iter().any(|of| {
        let inside = within(&of.groups, id);
        let mut items = of.compared.items.iter();
        inside.iter().any(|inner| *inner != id && have_group(inner))
            || items.any(|item| inside.contains(item.group.as_str()) && have_item(&item.id))
    })
}

/// Where a group stands in the tree, by the places of the groups that it is in; those that are gone come last in
/// theirs.
fn path(id: &str, [before, after]: [&Assessed; 2]) -> Vec<usize> {
    let last = |id: &str| after.group(id).or_else(|| before.group(id));
    let up = |group: &&GroupBrief| last(group.parent.as_deref()?);
    let place = |group: &GroupBrief| {
        let at = |of: &Assessed| of.groups.iter().position(|one| one.id == group.id);
        at(after).or_else(|| Some(after.groups.len() + at(before)?))
    };
    // A result may come from anywhere, and its groups lie in each other.
    let up = std::iter::successors(last(id), up).take(before.groups.len() + after.groups.len());
    let mut path: Vec<usize> = up.filter_map(place).collect();
    path.reverse();
    path
}

/// The titles of the groups that something lay and lies in, by their own ids; what has another id may have
/// the same title.
pub(super) fn titles_of(
    [before, after]: [&Assessed; 2],
    [old, new]: [&str; 2],
    words: &Words,
) -> [String; 2] {
    let [one, other] = [group_title(before, old), group_title(after, new)];
    if one == other {
        return [(one, old), (other, new)].map(|(title, id)| words.with_aside(&title, id));
    }
    [one, other]
}

/// The title of a group by its own id; the id where there is none.
fn group_title(of: &Assessed, id: &str) -> String {
    let group = of.groups.iter().find(|group| group.own_id == id);
    group.map_or(id, |group| &group.title).to_owned()
}

impl<'a> Side<'a> {
    fn of(assessed: &'a Assessed, group: &'a GroupBrief) -> Self {
        let items = assessed.compared.items.iter().filter(|item| item.group == group.id);
        let items = items.filter_map(|item| {
            let (key, id, title) = (item.id.as_str(), item.own_id.as_str(), item.name.as_str());
            let (points, earned, weight) = (item.worth, item.earned?, item.weight);
            let state = item.known_state;
            Some(Part { is_group: false, key, id, title, points, earned, weight, state })
        });
        let groups = assessed.groups.iter().filter(|one| one.parent.as_ref() == Some(&group.id));
        let groups = groups.filter_map(|group| {
            let (key, id) = (group.id.as_str(), group.own_id.as_str());
            let title = group.title.as_str();
            let (points, earned, weight) = (group.points?, group.earned?, group.weight);
            Some(Part { is_group: true, key, id, title, points, earned, weight, state: None })
        });
        let parent = group.parent.as_deref();
        let parent = parent.map_or("", |id| assessed.group(id).map_or(id, |group| &group.own_id));
        Self { group, parent, parts: items.chain(groups).collect() }
    }

    /// The part that alone counts in a group that is as good as its lowest, or several that are as low.
    fn lowest(&self) -> Vec<&Part<'a>> {
        if self.group.combine != "lowest" {
            return Vec::new();
        }
        let shares = self.parts.iter();
        let shares = shares.filter_map(|part| Some((part.earned.checked_div(part.points)?, part)));
        let shares: Vec<_> = shares.collect();
        let least = shares.iter().map(|(share, _)| *share).min();
        let lowest = shares.iter().filter(|(share, _)| Some(*share) == least);
        lowest.map(|(_, part)| *part).collect()
    }
}

impl<'a> PartChange<'a> {
    /// The parts that are others; those that are no longer there come last.
    fn between(sides: &Sides<'a>) -> Vec<Self> {
        let [before, after] = sides
            .each_ref()
            .map(|side| side.as_ref().map(|side| side.parts.as_slice()).unwrap_or_default());
        let is_same = |one: &Part<'a>, other: &Part<'a>| {
            one.is_group == other.is_group && one.key == other.key
        };
        let old_of = |part: &Part<'a>| before.iter().find(|old| is_same(old, part));
        let kept = after.iter().map(|part| (old_of(part), Some(part)));
        let gone = before.iter().filter(|old| !after.iter().any(|part| is_same(old, part)));
        let pairs = kept.chain(gone.map(|part| (Some(part), None)));
        let changes = pairs.filter_map(|(old, new)| {
            let Part { is_group, key, id, title, .. } = *new.or(old)?;
            let both = |get: fn(&Part<'a>) -> Decimal| {
                [old, new].map(|part| part.map(|part| get(part).normalize()))
            };
            let [earned_before, earned_after] = both(|part| part.earned);
            let [points_before, points_after] = both(|part| part.points);
            let [weight_before, weight_after] = both(|part| part.weight);
            let is_other = earned_before != earned_after
                || points_before != points_after
                || weight_before != weight_after;
            is_other.then_some(Self {
                is_group,
                key,
                id,
                title,
                elsewhere: None,
                earned_before,
                earned_after,
                points_before,
                points_after,
                weight_before,
                weight_after,
            })
        });
        changes.collect()
    }

    /// The title of the group that it counts in, in one of the results; empty where it is in none.
    fn group_in(&self, of: &'a Assessed) -> Option<&'a str> {
        let group = if self.is_group {
            let group = of.group(self.key)?;
            // As what has none of them is no part.
            group.points.and(group.earned).and(Some(group.parent.as_deref().unwrap_or_default()))?
        } else {
            let item = of.compared.items.iter().find(|item| item.id == self.key)?;
            item.earned.and(Some(item.group.as_str()))?
        };
        Some(of.group(group).map_or("", |group| &group.title))
    }

    /// `Ozone (−1.5)`, `Soil (18/20 → 18/34)`, `Dustfall (4/4, no longer counted)`.
    fn text(&self, is_twice: bool, words: &Words) -> String {
        let of = |earned: Option<Decimal>, points: Option<Decimal>| {
            let points = points.filter(|points| !points.is_zero());
            let points = points.map(|points| format!("/{}", show_points(points)));
            format!("{}{}", show_points(earned.unwrap_or_default()), points.unwrap_or_default())
        };
        let (old, new) =
            (of(self.earned_before, self.points_before), of(self.earned_after, self.points_after));
        let elsewhere = self.elsewhere.map(|title| match title {
            "" => words.word("in_no_group"),
            title => title,
        });
        let what = match (self.earned_before, self.earned_after, elsewhere) {
            (None, _, Some(title)) => vec![new, words.say("part_came", &[("group", &title)])],
            (_, None, Some(title)) => vec![old, words.say("part_went", &[("group", &title)])],
            (None, _, None) => vec![new, words.newly_counted.to_owned()],
            (_, None, None) => vec![old, words.no_longer_counted.to_owned()],
            (Some(before), Some(after), _) => {
                let points = if self.points_before == self.points_after {
                    let gain = after.saturating_sub(before).normalize();
                    (!gain.is_zero()).then(|| signed(gain))
                } else {
                    Some(format!("{old} → {new}"))
                };
                let [old, new] = [self.weight_before, self.weight_after]
                    .map(|weight| weight.map(show).unwrap_or_default());
                let weight = (old != new).then(|| was_and_is(words.weight, &old, &new));
                points.into_iter().chain(weight).collect()
            }
        };
        let id = is_twice.then(|| words.say("id_of", &[("id", &self.id)]));
        let what = id.into_iter().chain(what).collect::<Vec<_>>();
        words.with_aside(self.title, &what.join(words.list_comma))
    }
}

type Sides<'a> = [Option<Side<'a>>; 2];

/// Something of both, as text; empty where there is none.
fn texts(sides: &Sides<'_>, text: impl Fn(&Side<'_>) -> String) -> [String; 2] {
    sides.each_ref().map(|side| side.as_ref().map(&text).unwrap_or_default())
}

/// What the plan says of a group that is another.
fn rules(sides: &Sides<'_>) -> Vec<(&'static str, [String; 2])> {
    let number =
        |number: Option<Decimal>| number.map(|number| show(number.normalize())).unwrap_or_default();
    let mut what = vec![
        ("id", texts(sides, |side| side.group.own_id.clone())),
        ("title", texts(sides, |side| side.group.compared_title.clone())),
        ("in", texts(sides, |side| side.group.parent.clone().unwrap_or_default())),
        ("combine", texts(sides, |side| side.group.combine.clone())),
        ("weight", texts(sides, |side| number(Some(side.group.weight)))),
        ("own_points", texts(sides, |side| number(side.group.own_points))),
        ("floor", texts(sides, |side| number(side.group.floor))),
        ("cap", texts(sides, |side| number(side.group.cap))),
    ];
    let is_one = sides.iter().any(Option::is_none);
    what.retain(|(what, [old, new])| old != new && !(is_one && *what == "id"));
    // Others by what they are paired by, and told by their own ids.
    let own = texts(sides, |side| side.parent.to_owned());
    let mut place = what.iter_mut().filter(|(what, _)| *what == "in");
    place.by_ref().for_each(|(_, both)| both.clone_from(&own));
    what
}

/// The lowest parts, where a group is or was as good as these; also where they are the same.
fn lowest(sides: &Sides<'_>, words: &Words) -> Option<[String; 2]> {
    let [old, new] =
        sides.each_ref().map(|side| side.as_ref().map(Side::lowest).unwrap_or_default());
    let titles = |parts: &[&Part<'_>]| {
        let parts = parts.iter().map(|part| (part.title, part.state));
        words.parts_with_states(&parts.collect::<Vec<_>>())
    };
    // The same by other titles, as in two languages, is the same.
    let is_same = old.iter().map(|part| part.key).eq(new.iter().map(|part| part.key));
    let lowest = if is_same { [titles(&new), titles(&new)] } else { [titles(&old), titles(&new)] };
    lowest.iter().any(|titles| !titles.is_empty()).then_some(lowest)
}

/// The sums, where they are others.
fn sums(sides: &Sides<'_>) -> Option<[String; 2]> {
    // A group of one part has no sum to speak of.
    let sums = texts(sides, |side| match (side.group.sum.as_str(), side.group.earned) {
        // Of what does not count there are no figures.
        (_, None) => String::new(),
        ("", Some(earned)) => show_points(earned.normalize()),
        (sum, _) => sum.to_owned(),
    });
    let has_sums = sides.iter().flatten().any(|side| !side.group.sum.is_empty());
    Some(sums).filter(|[old, new]| has_sums && old != new)
}

impl<'a> GroupChange<'a> {
    fn new(sides: &Sides<'a>, has_kept: bool, words: &Words) -> Self {
        let [before, after] = sides.each_ref().map(|side| side.as_ref().map(|side| side.group));
        let last = sides.iter().flatten().last();
        let own_parent = last.map(|side| side.parent).filter(|parent| !parent.is_empty());
        let (what, parts) = (rules(sides), PartChange::between(sides));
        let mut change = Self { before, after, what, parts, has_kept, own_parent, did: None };
        let sum = sums(sides);
        if change.is_another() || sum.is_some() {
            let lowest = lowest(sides, words).map(|lowest| ("lowest", lowest));
            change.what.extend(lowest.into_iter().chain(sum.map(|sum| ("sum", sum))));
        }
        change
    }

    fn is_another(&self) -> bool {
        !self.what.is_empty() || !self.parts.is_empty() || self.moved()
    }

    /// Whether it earned more or less.
    fn moved(&self) -> bool {
        let [old, new] = self.earned();
        old != new
    }

    /// By what it is paired.
    pub(super) fn id(&self) -> &'a str {
        self.after.or(self.before).map_or("", |group| &group.id)
    }

    /// Its id in the result that has it last.
    pub(super) fn own_id(&self) -> &'a str {
        self.after.or(self.before).map_or("", |group| &group.own_id)
    }

    pub(super) fn title(&self) -> &'a str {
        self.after.or(self.before).map_or("", |group| &group.title)
    }

    /// The id of the group that it is in.
    pub(super) fn parent(&self) -> Option<&'a str> {
        self.after.or(self.before).and_then(|group| group.parent.as_deref())
    }

    fn earned(&self) -> [Option<Decimal>; 2] {
        let earned = [self.before, self.after].map(|group| group.and_then(|group| group.earned));
        earned.map(|earned| earned.map(|earned| earned.normalize()))
    }

    /// Its points as they were and are, of what counts in it: `68.6/100 → 65.6/100`.
    fn points(&self) -> String {
        let shown = |group: Option<&GroupBrief>| {
            let earned = group?.earned?.normalize();
            let points =
                group?.points.map(|points| format!("/{}", show_points(points.normalize())));
            Some(format!("{}{}", show_points(earned), points.unwrap_or_default()))
        };
        [self.before, self.after].map(|group| shown(group).unwrap_or("–".to_owned())).join(" → ")
    }

    /// The points that count in it, as they were and are, where both results have some.
    pub(super) fn points_counted(&self) -> Option<[Decimal; 2]> {
        let [old, new] =
            [self.before, self.after].map(|group| group.and_then(|group| group.points));
        Some([old?.normalize(), new?.normalize()])
    }

    pub(super) fn gained(&self) -> Option<Decimal> {
        let [old, new] = self.earned();
        old.zip(new).map(|(old, new)| new.saturating_sub(old).normalize())
    }

    /// Whether it came to count or ceased to, where it has gained and lost nothing.
    fn counts(&self, words: &Words) -> &'static str {
        match self.earned() {
            [None, Some(_)] => words.newly_counted,
            [Some(_), None] => words.no_longer_counted,
            _ => "–",
        }
    }

    /// Its title behind a mark for each group that it lies in.
    fn nested_title(&self, before: &Assessed, after: &Assessed) -> String {
        let depth = path(self.id(), [before, after]).len();
        format!("{}{}", "› ".repeat(depth.saturating_sub(1)), self.title())
    }

    /// That it is worth another mean of its parts; none where it is worth their sum or points of its own.
    fn worth_told(&self, words: &Words) -> Option<String> {
        let is_mean = |group: &GroupBrief| group.combine != "sum" && group.own_points.is_none();
        let [old, new] = self.points_counted()?;
        let are_means = [self.before, self.after].into_iter().flatten().all(is_mean);
        let both = [old, new].map(show_points);
        let [before, after] = &both;
        (are_means && old != new)
            .then(|| words.say("worth_as_mean", &[("before", before), ("after", after)]))
    }

    /// That it came or went; none where both have it.
    pub(super) fn came(&self, words: &Words) -> Option<String> {
        match (self.before, self.after) {
            (None, _) => Some(words.word("group_came").to_owned()),
            (_, None) => Some(words.word("group_gone").to_owned()),
            _ => None,
        }
    }

    /// The same with where it lies, and what the plan says of it.
    pub(super) fn came_told(
        &self,
        before: &Assessed,
        after: &Assessed,
        words: &Words,
    ) -> Option<String> {
        let came = self.came(words)?;
        let of = if self.after.is_some() { after } else { before };
        let told = self.what.iter().filter_map(|(what, [old, new])| {
            let said = if self.after.is_some() { new } else { old };
            let (name, said) = match *what {
                "in" => (words.group_in, group_title(of, said)),
                "combine" if said != "sum" => (words.combine, words.combine_of(said)),
                "weight" if said != "1" => (words.weight, said.clone()),
                "own_points" => (words.own_points, said.clone()),
                "floor" => (words.lowest_points, said.clone()),
                "cap" => (words.highest_points, said.clone()),
                _ => return None,
            };
            (!said.is_empty()).then(|| format!("{name} {said}"))
        });
        let told: Vec<String> = told.collect();
        Some(match told.is_empty() {
            true => came,
            false => words.with_aside(&came, &told.join(words.list_comma)),
        })
    }

    /// Something of it that is another, for people.
    pub(super) fn fact(
        &self,
        what: &str,
        [old, new]: &[String; 2],
        before: &Assessed,
        after: &Assessed,
        words: &Words,
    ) -> String {
        match what {
            "id" => was_and_is(words.word("id"), old, new),
            "title" => was_and_is(words.group, old, new),
            "in" => was_and_is(words.group_in, &group_title(before, old), &group_title(after, new)),
            "combine" => was_and_is(words.combine, &words.combine_of(old), &words.combine_of(new)),
            "weight" => was_and_is(words.weight, old, new),
            "own_points" => was_and_is(words.own_points, old, new),
            "floor" => words.bound_was_and_is(words.lowest_points, old, new),
            "cap" => words.bound_was_and_is(words.highest_points, old, new),
            "lowest" if old == new => format!("{}{}{old}", words.word("lowest_part"), words.colon),
            "lowest" => {
                let [old, new] = [old, new].map(|title| dashed(title.clone()));
                words.what_from_to(words.word("lowest_part"), &old, &new)
            }
            _ => words.sum_was_and_is(old, new),
        }
    }

    /// Whether it is as good as its lowest part, or was.
    pub(super) fn is_lowest(&self) -> bool {
        [self.before, self.after].into_iter().flatten().any(|group| group.combine == "lowest")
    }

    /// The lowest parts of one that is as good as these, as they were and are.
    pub(super) fn lowest(&self) -> Option<[&str; 2]> {
        let (_, lowest) = self.what.iter().find(|(what, _)| *what == "lowest")?;
        Some(lowest.each_ref().map(String::as_str))
    }

    /// Whether the plan has new rules for it, or it was moved, or took items or groups in or let them out.
    pub(super) fn has_new_rules(&self) -> bool {
        self.did.as_ref().is_some_and(|did| did.has_new_rules)
    }

    /// What that did after all items did; none where nothing of that is, or the figures do not say it.
    pub(super) fn by_rules(&self) -> Option<Decimal> {
        self.did.as_ref()?.by_rules
    }

    /// What of what all in it did to the score the plan did, and what the values did first.
    fn score_parts(&self) -> Option<Parts> {
        self.did.as_ref()?.parts
    }

    /// What the plan's new rules for it did to the score after all items did; nothing where they are not new.
    pub(super) fn did_by_rules(&self) -> Option<Decimal> {
        let did = self.did.as_ref()?;
        if did.has_new_rules { did.by_rules } else { Some(Decimal::ZERO) }
    }

    /// Whether it came or went with all that is in it.
    pub(super) fn is_with_all_inside(&self) -> bool {
        !self.is_in_both() && !self.has_new_rules() && !self.has_kept
    }

    /// What it did to the score apart from the items that are in both; `effect` is what all in it did.
    pub(super) fn did_alone(&self, effect: Option<Decimal>) -> Option<Decimal> {
        if self.is_with_all_inside() { effect } else { self.did_by_rules() }
    }

    /// Whether both results have it.
    pub(super) fn is_in_both(&self) -> bool {
        self.sides() == [true; 2]
    }

    /// Whether the earlier result has it, and the later one.
    pub(super) fn sides(&self) -> [bool; 2] {
        [self.before, self.after].map(|group| group.is_some())
    }

    /// Whether it or a part of it earned more or less, or its new rules did anything.
    pub(super) fn has_moved(&self) -> bool {
        let by_rules = self.did_by_rules().is_none_or(|by_rules| !by_rules.is_zero());
        self.moved() || !self.parts.is_empty() || by_rules
    }

    /// Its title, its points, what it gained and what is different; `effect` is what all of it did to
    /// the score.
    pub(super) fn row(
        &self,
        effect: Option<Decimal>,
        before: &Assessed,
        after: &Assessed,
        words: &Words,
    ) -> [String; 4] {
        let is_one = !self.is_in_both();
        // What the plan says of it is of no account where nothing stands beside it.
        let what = self.what.iter().filter(|(what, _)| !is_one || *what == "sum");
        let what = what.map(|(what, both)| self.fact(what, both, before, after, words));
        let parts = self.parts.iter().map(|part| {
            // What has another id may have the same title.
            let is_twice = self.parts.iter().filter(|one| one.title == part.title).count() > 1;
            part.text(is_twice, words)
        });
        let by_rules = self.by_rules().filter(|_| effect != self.by_rules());
        let by_rules = by_rules.map(|gain| words.say("by_rules", &[("gain", &signed(gain))]));
        let what =
            self.came(words).into_iter().chain(parts).chain(what).chain(self.worth_told(words));
        let apart = self.score_parts().filter(|parts| parts.are_both());
        let apart = apart.map(|parts| words.score_parts(parts)).into_iter().flatten();
        let what = what.chain(apart).chain(by_rules);
        let what = what.collect::<Vec<_>>().join(words.comma);
        let gained = self.gained().map_or_else(|| self.counts(words).to_owned(), signed);
        let title = self.nested_title(before, after);
        // What has another id may have the same title.
        let title = if is_one { words.with_aside(&title, self.own_id()) } else { title };
        [title, self.points(), gained, what]
    }
}

#[derive(Serialize)]
pub(super) struct OneGroupChange<'a> {
    id: &'a str,
    title: &'a str,
    r#in: Option<&'a str>,
    #[serde(flatten)]
    points: PointsMoved,
    #[serde(flatten)]
    in_score: InScore,
    /// What the plan's new rules for the group, its new place, or that it took groups in or let them out, did
    /// to the score after all items did; none where nothing of that is.
    #[serde(with = "arbitrary_precision_option")]
    rules_in_score: Option<Decimal>,
    parts: Vec<PartChange<'a>>,
    changed: Vec<Changed>,
}

impl<'a> OneGroupChange<'a> {
    pub(super) fn new(change: GroupChange<'a>, in_score: Option<Decimal>) -> Self {
        let (id, title) = (change.own_id(), change.title());
        let parent = change.own_parent;
        let worth = [change.before, change.after].map(|group| group.and_then(|group| group.points));
        let points = PointsMoved::new(worth, change.earned(), change.gained());
        let (score_parts, by_rules) = (change.score_parts(), change.by_rules());
        let changed = change.what.into_iter();
        Self {
            id,
            title,
            r#in: parent,
            points,
            in_score: InScore::new(in_score, score_parts),
            rules_in_score: by_rules,
            parts: change.parts,
            // Which part is the lowest is told where it is the same, too.
            changed: changed
                .filter(|(what, [before, after])| *what != "lowest" || before != after)
                .map(|(what, [before, after])| Changed { what, before, after })
                .collect(),
        }
    }
}
