//! How the points of two results moved, in parts that add up.

use rust_decimal::Decimal;
use rust_decimal::serde::arbitrary_precision;
use serde::Serialize;

use super::effect::DIGITS;
use crate::number::{as_shown, show_points, sum};
use crate::report::change::{ComparedItem, changes};
use crate::report::line::signed;
use crate::report::result::{Assessed, GroupBrief};
use crate::report::words::Words;

/// The points that count and what was earned, and by what that is another. How they become the score,
/// its sum says.
#[derive(Clone, Debug, Serialize)]
pub(super) struct Moved<'a> {
    #[serde(with = "arbitrary_precision")]
    points_before: Decimal,
    #[serde(with = "arbitrary_precision")]
    points_after: Decimal,
    #[serde(with = "arbitrary_precision")]
    earned_before: Decimal,
    #[serde(with = "arbitrary_precision")]
    earned_after: Decimal,
    /// By the groups that lie in no other.
    groups: Vec<OfGroup<'a>>,
    /// By items in no group.
    #[serde(flatten)]
    items: ByItems,
    /// By items in no group that are not listed.
    #[serde(with = "arbitrary_precision")]
    rest: Decimal,
    #[serde(skip)]
    has_groups: bool,
}

/// By how much a group moved the points.
#[derive(Clone, Debug, Serialize)]
struct OfGroup<'a> {
    id: &'a str,
    title: &'a str,
    #[serde(with = "arbitrary_precision")]
    gained: Decimal,
    /// By how much more of its points count.
    #[serde(with = "arbitrary_precision")]
    counted: Decimal,
    /// The titles of the groups that it came out of, and went into.
    from: Option<&'a str>,
    to: Option<&'a str>,
}

/// By how much the items in no group moved the points.
#[derive(Clone, Copy, Debug, Default, Serialize)]
struct ByItems {
    /// That count in both.
    #[serde(with = "arbitrary_precision")]
    kept: Decimal,
    /// That count newly.
    #[serde(with = "arbitrary_precision")]
    newly_counted: Decimal,
    /// That count no longer.
    #[serde(with = "arbitrary_precision")]
    no_longer_counted: Decimal,
    /// That came into a group or out of one.
    #[serde(with = "arbitrary_precision")]
    regrouped: Decimal,
}

impl ByItems {
    fn of(before: &Assessed, after: &Assessed) -> Self {
        let mut moved = Self::default();
        // Not by its sign, for nothing less is nothing.
        let less = |points: Decimal| Decimal::ZERO.saturating_sub(points);
        for change in changes(&before.compared, &after.compared) {
            let items = [change.before, change.after];
            let [old, new] = items.map(|item| item?.earned);
            // What is in a group moves the points with that.
            let is_in =
                |item: Option<&ComparedItem>| item.is_some_and(|item| item.group.is_empty());
            let (to, by) = match (old, new, items.map(is_in)) {
                (Some(old), Some(new), [true, true]) => (&mut moved.kept, new.saturating_sub(old)),
                (Some(_), Some(new), [false, true]) => (&mut moved.regrouped, new),
                (Some(old), Some(_), [true, false]) => (&mut moved.regrouped, less(old)),
                (None, Some(new), [_, true]) => (&mut moved.newly_counted, new),
                (Some(old), None, [true, _]) => (&mut moved.no_longer_counted, less(old)),
                _ => continue,
            };
            *to = to.saturating_add(by);
        }
        moved
    }

    /// The messages that tell its parts, with these.
    fn gains(self) -> [(&'static str, Decimal); 4] {
        [
            ("moved_kept", self.kept),
            ("moved_new", self.newly_counted),
            ("moved_gone", self.no_longer_counted),
            ("moved_regrouped", self.regrouped),
        ]
    }

    /// Of a plan with groups it is said that they are in none.
    fn parts(self, has_groups: bool, words: &Words) -> Vec<String> {
        let parts = self.gains().into_iter().filter(|(_, gain)| !gain.is_zero());
        let part = |(id, gain): (&'static str, Decimal)| {
            let text = words.say(id, &[("gain", &signed(gain.normalize()))]);
            match has_groups && id != "moved_regrouped" {
                true => words.with_aside(&text, words.word("in_no_group")),
                false => text,
            }
        };
        parts.map(part).collect()
    }
}

impl<'a> Moved<'a> {
    /// None where one of them has nothing to score.
    pub(super) fn of(before: &'a Assessed, after: &'a Assessed) -> Option<Self> {
        let ([points_before, earned_before], [points_after, earned_after]) =
            before.tally.zip(after.tally)?;
        let items = ByItems::of(before, after);
        let groups = groups(before, after);
        let by_groups = groups.iter().map(|group| group.gained);
        let known = by_groups.chain(items.gains().map(|(_, gain)| gain));
        let known = sum(known);
        // What is shared out among groups is rounded in its last digits.
        let rest = earned_after.saturating_sub(earned_before).saturating_sub(known);
        let rest = rest.round_dp(DIGITS).normalize();
        let has_groups = [before, after].into_iter().any(|one| !one.groups.is_empty());
        Some(Self {
            points_before,
            points_after,
            earned_before,
            earned_after,
            groups,
            items,
            rest,
            has_groups,
        })
    }

    /// The same in sentences, where anything moved.
    pub(super) fn lines(&self, words: &Words) -> Vec<String> {
        let title = |group: &OfGroup<'_>| {
            // What has another id may have the same title.
            let is_twice = self.groups.iter().filter(|one| one.title == group.title).count() > 1;
            match is_twice {
                true => words.with_aside(group.title, group.id),
                false => group.title.to_owned(),
            }
        };
        let groups = self.groups.iter().filter(|group| !group.gained.is_zero()).map(|group| {
            let came = group.from.map(|from| words.say("part_came", &[("group", &from)]));
            let went = group.to.map(|to| words.say("part_went", &[("group", &to)]));
            let gained = std::iter::once(signed(group.gained)).chain(came).chain(went);
            words.with_aside(&title(group), &gained.collect::<Vec<_>>().join(words.list_comma))
        });
        let rest = (!self.rest.is_zero())
            .then(|| words.say("moved_rest", &[("gain", &signed(self.rest))]));
        let others = self.items.parts(self.has_groups, words).into_iter().chain(rest);
        let parts: Vec<String> = groups.chain(others).collect();
        let gain = self.earned_after.saturating_sub(self.earned_before).normalize();
        let [points_before, points_after, earned_before, earned_after] =
            [self.points_before, self.points_after, self.earned_before, self.earned_after]
                .map(show_points);
        let earned = words.say(
            "points_moved",
            &[
                ("before", &earned_before),
                ("after", &earned_after),
                ("gain", &signed(gain)),
                ("parts", &parts.join(words.comma)),
            ],
        );
        let groups = self.groups.iter().filter(|group| !group.counted.is_zero());
        let by_groups =
            groups.map(|group| words.with_aside(&title(group), &signed(as_shown(group.counted))));
        let more = self.points_after.saturating_sub(self.points_before);
        let in_no_group = more.saturating_sub(sum(self.groups.iter().map(|group| group.counted)));
        let in_no_group = (self.has_groups && !as_shown(in_no_group).is_zero())
            .then(|| words.with_aside(words.word("in_no_group"), &signed(as_shown(in_no_group))));
        let by_parts: Vec<String> = by_groups.chain(in_no_group).collect();
        let counted = words.say(
            "points_counted",
            &[
                ("before", &points_before),
                ("after", &points_after),
                ("gain", &signed(as_shown(more))),
            ],
        );
        let counted = match by_parts.as_slice() {
            [] => counted,
            parts => words.say(
                "points_counted_by",
                &[("counted", &counted), ("parts", &parts.join(words.list_comma))],
            ),
        };
        let counted = (self.points_before != self.points_after).then_some(counted);
        (!parts.is_empty()).then_some(earned).into_iter().chain(counted).collect()
    }
}

/// The title of the group that a group is in.
fn parent<'a>(of: &'a Assessed, id: &str) -> Option<&'a str> {
    of.group(of.group(id)?.parent.as_deref()?).map(|group| group.title.as_str())
}

/// The groups in no other that earned more or less, or of which more or less points count, in the order of the later result.
fn groups<'a>(before: &'a Assessed, after: &'a Assessed) -> Vec<OfGroup<'a>> {
    let is_whole = |group: &&GroupBrief| group.parent.is_none();
    let grown = |points: fn(&GroupBrief) -> Option<Decimal>, id: &str| {
        let [old, new] = [before, after].map(|of| {
            let group = of.groups.iter().filter(is_whole).find(|group| group.id == id);
            group.and_then(points).unwrap_or_default()
        });
        new.saturating_sub(old).normalize()
    };
    let now = || after.groups.iter().filter(is_whole);
    let gone = before.groups.iter().filter(is_whole);
    let gone = gone.filter(|group| !now().any(|other| other.id == group.id));
    let gained = now().chain(gone).map(|group| OfGroup {
        id: &group.own_id,
        title: &group.title,
        gained: grown(|group| group.earned, &group.id),
        counted: grown(|group| group.points, &group.id),
        from: parent(before, &group.id),
        to: parent(after, &group.id),
    });
    gained.filter(|group| !(group.gained.is_zero() && group.counted.is_zero())).collect()
}
