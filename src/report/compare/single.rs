//! What moved a score by itself: items, and groups whose parts act only together, or that came or went.

use rust_decimal::Decimal;

use super::effect::Effects;
use super::groups::GroupChange;
use super::mover::Mover;
use crate::number::sum;
use crate::report::change::Change;
use crate::report::parts::Parts;
use crate::report::words::Words;

/// An item, or a group as one with all the items in it, and what that did to the score.
pub(super) struct Single<'a> {
    name: &'a str,
    /// What else is said of it beside what it did; empty where nothing is.
    aside: String,
    /// The id of the group that it is; none of an item.
    pub(super) group: Option<&'a str>,
    pub(super) effect: Option<Decimal>,
    pub(super) parts: Option<Parts>,
}

/// Items that are looked at as one, and the group where they are several.
struct AsOne<'d, 'a> {
    group: Option<&'d GroupChange<'a>>,
    items: Vec<&'d Change<'a>>,
    effect: Option<Decimal>,
}

/// By so much what the parts of a group did must differ from what they did together, for the group to be told as
/// one: it would be seen in a score.
const SEEN: Decimal = Decimal::from_parts(5, 0, 0, false, 3);

impl<'a> Single<'a> {
    /// All of them: a group that came or went with all in it, and one that is as good as its lowest part where
    /// these did another amount each alone, is one; every other item is one, too.
    pub(super) fn all(
        effects: &Effects<'a>,
        groups: &[(GroupChange<'a>, Option<Decimal>)],
        items: &[(Change<'a>, Option<Decimal>)],
        words: &Words,
    ) -> Vec<Self> {
        let alone = items.iter().map(|(change, effect)| AsOne {
            group: None,
            items: vec![change],
            effect: *effect,
        });
        let mut all: Vec<AsOne<'_, 'a>> = alone.collect();
        let as_one = groups.iter().map(|(change, _)| change);
        let as_one = as_one.filter(|change| change.is_with_all_inside() || change.is_lowest());
        // What lies in another comes after it.
        for group in as_one.rev() {
            let ids = effects.inside(group.id());
            let is_inside = |one: &AsOne<'_, '_>| {
                one.items
                    .iter()
                    .filter_map(|change| change.item())
                    .all(|item| ids.contains(item.group.as_str()))
            };
            let (inside, others): (Vec<_>, Vec<_>) = all.into_iter().partition(is_inside);
            all = others;
            let items: Vec<_> = inside.iter().flat_map(|one| &one.items).copied().collect();
            let effect = effects.of_items(&items);
            let each: Option<Vec<Decimal>> = inside.iter().map(|one| one.effect).collect();
            let is_apart = effect
                .zip(each)
                .is_some_and(|(effect, each)| effect.saturating_sub(sum(each)).abs() < SEEN);
            match is_apart && !group.is_with_all_inside() {
                true => all.extend(inside),
                false => all.push(AsOne { group: Some(group), items, effect }),
            }
        }
        all.into_iter().filter_map(|one| one.single(effects, words)).collect()
    }

    /// The title of the group that it is; none of an item.
    pub(super) fn title(&self) -> Option<&'a str> {
        self.group.and(Some(self.name))
    }

    /// That it did so much.
    pub(super) fn mover(&self, gain: Decimal) -> Mover<'a> {
        Mover::of(self.name, gain).with(self.aside.clone())
    }
}

impl<'a> AsOne<'_, 'a> {
    /// None of a group without items that are others.
    fn single(self, effects: &Effects<'a>, words: &Words) -> Option<Single<'a>> {
        let (name, aside) = match (self.group, self.items.as_slice()) {
            (Some(group), [_, ..]) => (group.title(), group.as_one_told(words)),
            (None, [item]) => (item.name(), words.came_or_lacks(item)),
            _ => return None,
        };
        Some(Single {
            name,
            aside,
            group: self.group.map(GroupChange::id),
            effect: self.effect,
            parts: effects.of_parts(&self.items),
        })
    }
}
