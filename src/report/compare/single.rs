//! What moved a score by itself: items, and groups whose parts act only together, or that came or went.

use rust_decimal::Decimal;

use super::effect::Effects;
use super::groups::GroupChange;
use super::mover::Mover;
use crate::number::sum;
use crate::report::change::Change;
use crate::report::parts::Parts;
use crate::report::words::Words;

/// An item, or a group with all in it, with the items that are others.
struct Single<'d, 'a> {
    of: Of<'d, 'a>,
    items: Vec<&'d Change<'a>>,
    effect: Option<Decimal>,
    /// What of that the plan did, and what the values did first.
    parts: Option<Parts>,
}

enum Of<'d, 'a> {
    Item(&'d Change<'a>),
    Group(&'d GroupChange<'a>),
}

/// A group that came or went with all in it is one, and so is one that is as good as its lowest part where its
/// parts did another amount each alone, as it is seen with so many digits; every other item is one by itself.
pub(super) fn singles<'a>(
    effects: &Effects<'a>,
    groups: &[(GroupChange<'a>, Option<Decimal>)],
    items: &[(Change<'a>, Option<Decimal>)],
    digits: u32,
    words: &Words,
) -> Vec<Mover<'a>> {
    let seen = Decimal::new(5, digits + 1);
    let alone = items.iter();
    let alone = alone.map(|(item, effect)| Single {
        of: Of::Item(item),
        items: vec![item],
        effect: *effect,
        parts: item.score_parts,
    });
    let mut singles: Vec<Single<'_, 'a>> = alone.collect();
    let groups = groups.iter().map(|(group, _)| group);
    let groups = groups.filter(|group| group.is_with_all_inside() || group.is_lowest());
    // What lies in another comes after it.
    for group in groups.rev() {
        let ids = effects.inside(group.id());
        let is_inside =
            |single: &Single<'_, '_>| single.items.iter().all(|item| effects.is_within(item, &ids));
        let (inside, others): (Vec<_>, Vec<_>) = singles.into_iter().partition(is_inside);
        singles = others;
        if inside.is_empty() {
            continue;
        }
        let one = Single::of_group(group, &inside, effects);
        match group.is_with_all_inside() || one.is_seen_beside(&inside, seen) {
            true => singles.push(one),
            false => singles.extend(inside),
        }
    }
    singles.iter().map(|single| single.mover(effects, words)).collect()
}

impl<'d, 'a> Single<'d, 'a> {
    fn of_group(group: &'d GroupChange<'a>, inside: &[Self], effects: &Effects<'a>) -> Self {
        let items: Vec<_> = inside.iter().flat_map(|single| &single.items).copied().collect();
        let (effect, parts) = effects.of_items(&items);
        Self { of: Of::Group(group), items, effect, parts }
    }

    /// Whether what it did is another amount than these did each alone.
    fn is_seen_beside(&self, inside: &[Self], seen: Decimal) -> bool {
        let each: Option<Vec<Decimal>> = inside.iter().map(|single| single.effect).collect();
        let both = self.effect.zip(each);
        both.is_some_and(|(effect, each)| effect.saturating_sub(sum(each)).abs() >= seen)
    }

    fn mover(&self, effects: &Effects<'a>, words: &Words) -> Mover<'a> {
        match self.of {
            Of::Item(item) => {
                let between = effects.state_between(item.before, item.after);
                Mover::of_item(item, self.effect, between, words)
            }
            Of::Group(group) => {
                let between = effects.lowest_between(group.id());
                let between = between.map(|lowest| words.parts_with_states(&lowest));
                Mover::of_group(
                    group,
                    &self.items,
                    self.effect,
                    self.parts,
                    between.as_deref(),
                    words,
                )
            }
        }
    }
}
