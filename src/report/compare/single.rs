//! What moved a score by itself: items, and groups whose parts act only together, or that came or went.

use rust_decimal::Decimal;

use super::effect::Effects;
use super::groups::GroupChange;
use super::mover::Mover;
use crate::number::sum;
use crate::report::change::Change;
use crate::report::words::Words;

/// An item, or a group with all in it, with the items that are others.
struct Single<'d, 'a> {
    of: Of<'d, 'a>,
    items: Vec<&'d Change<'a>>,
    effect: Option<Decimal>,
}

enum Of<'d, 'a> {
    Item(&'d Change<'a>),
    Group(&'d GroupChange<'a>),
}

/// By so much what the parts of a group did must differ from what they did together, for the group to be told as
/// one: it would be seen in a score.
const SEEN: Decimal = Decimal::from_parts(5, 0, 0, false, 3);

/// A group that came or went with all in it is one, and so is one that is as good as its lowest part where its
/// parts did another amount each alone; every other item is one by itself.
pub(super) fn singles<'a>(
    effects: &Effects<'a>,
    groups: &[(GroupChange<'a>, Option<Decimal>)],
    items: &[(Change<'a>, Option<Decimal>)],
    words: &Words,
) -> Vec<Mover<'a>> {
    let alone = items.iter();
    let alone = alone.map(|(item, effect)| Single {
        of: Of::Item(item),
        items: vec![item],
        effect: *effect,
    });
    let mut singles: Vec<Single<'_, 'a>> = alone.collect();
    let groups = groups.iter().map(|(group, _)| group);
    let groups = groups.filter(|group| group.is_with_all_inside() || group.is_lowest());
    // What lies in another comes after it.
    for group in groups.rev() {
        let ids = effects.inside(group.id());
        let is_inside = |single: &Single<'_, '_>| {
            let mut items = single.items.iter().filter_map(|change| change.item());
            items.all(|item| ids.contains(item.group.as_str()))
        };
        let (inside, others): (Vec<_>, Vec<_>) = singles.into_iter().partition(is_inside);
        singles = others;
        if inside.is_empty() {
            continue;
        }
        let one = Single::of_group(group, &inside, effects);
        match one.is_sum_of(&inside) && !group.is_with_all_inside() {
            true => singles.extend(inside),
            false => singles.push(one),
        }
    }
    singles.iter().map(|single| single.mover(effects, words)).collect()
}

impl<'d, 'a> Single<'d, 'a> {
    fn of_group(group: &'d GroupChange<'a>, inside: &[Self], effects: &Effects<'a>) -> Self {
        let items: Vec<_> = inside.iter().flat_map(|single| &single.items).copied().collect();
        let effect = effects.of_items(&items);
        Self { of: Of::Group(group), items, effect }
    }

    /// Whether these did each alone what they did together, as far as can be seen.
    fn is_sum_of(&self, inside: &[Self]) -> bool {
        let each: Option<Vec<Decimal>> = inside.iter().map(|single| single.effect).collect();
        let both = self.effect.zip(each);
        both.is_some_and(|(effect, each)| effect.saturating_sub(sum(each)).abs() < SEEN)
    }

    fn mover(&self, effects: &Effects<'a>, words: &Words) -> Mover<'a> {
        let parts = effects.of_parts(&self.items);
        match self.of {
            Of::Item(item) => Mover::of_item(item, self.effect, parts, words),
            Of::Group(group) => Mover::of_group(group, self.effect, parts, words),
        }
    }
}
