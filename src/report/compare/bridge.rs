//! By which parts the score of one result became that of another.

use rust_decimal::Decimal;
use rust_decimal::serde::arbitrary_precision;
use serde::Serialize;

use super::did::Did;
use super::different::Single;
use super::effect::Effects;
use super::groups::GroupChange;
use crate::number::{as_shown, sum};
use crate::report::line::signed;
use crate::report::words::Words;

/// What the score changed by, and the parts that add up to it one after the other, with as many decimals
/// as are shown.
#[derive(Clone, Copy, Debug, Serialize)]
pub(super) struct Bridge<'a> {
    #[serde(with = "arbitrary_precision")]
    change: Decimal,
    /// What the items, and groups that came or went with all that is in them, did with the rules of groups and of
    /// the whole as they were, each alone, added up.
    #[serde(with = "arbitrary_precision")]
    items: Decimal,
    /// Whether that is known of all of them.
    all_items: bool,
    /// Whether such groups are among them.
    #[serde(skip)]
    has_whole_groups: bool,
    /// What several of them did together, and those of which it is not known.
    #[serde(with = "arbitrary_precision")]
    together: Decimal,
    /// The title of the group where they did most of that; none where that is not known.
    together_in: Option<&'a str>,
    /// What the plan's rules for groups that are in both did, and where these lie; each alone, added up.
    #[serde(with = "arbitrary_precision")]
    groups: Decimal,
    /// Whether that is known of all of them.
    all_groups: bool,
    /// What those of several did together, and those of which it is not known.
    #[serde(with = "arbitrary_precision")]
    groups_together: Decimal,
    /// What the scale, the floor and the cap of the whole did.
    #[serde(with = "arbitrary_precision")]
    whole: Decimal,
    /// What the rounding of both scores did, and the digits of the others that are not shown.
    #[serde(with = "arbitrary_precision")]
    rounding: Decimal,
}

impl<'a> Bridge<'a> {
    /// Of what each item, or group that came or went, did alone, then the new rules of each group, and of what the score as it is shown
    /// changed by; none where the figures do not say it.
    pub(super) fn of(
        effects: &Effects<'_>,
        alone: &[Single<'_, 'a>],
        together_in: Option<&'a str>,
        groups: impl Iterator<Item = Option<Decimal>> + Clone,
        change: Decimal,
    ) -> Option<Self> {
        let all_items = alone.iter().all(|alone| alone.effect().is_some());
        let items = as_shown(sum(alone.iter().filter_map(Single::effect)));
        let together = as_shown(effects.of_items()).saturating_sub(items).normalize();
        let [by_groups, whole] = [effects.of_group_rules()?, effects.of_whole()?].map(as_shown);
        let all_groups = groups.clone().all(|group| group.is_some());
        let groups = as_shown(sum(groups.flatten()));
        let groups_together = by_groups.saturating_sub(groups).normalize();
        let known = [items, together, by_groups, whole];
        let rounding = change.saturating_sub(sum(known)).normalize();
        let together_in = together_in.filter(|_| !together.is_zero());
        Some(Self {
            change,
            items,
            all_items,
            has_whole_groups: alone.iter().any(|alone| matches!(alone, Single::Group(..))),
            together,
            together_in,
            groups,
            all_groups,
            groups_together,
            whole,
            rounding,
        })
    }

    /// The title of the group where several items did most of what they did only together.
    pub(super) fn together_in(&self) -> Option<&'a str> {
        self.together_in
    }

    /// What the scale, the floor and the cap of the whole did.
    pub(super) fn whole(&self) -> Decimal {
        self.whole
    }

    /// What the rounding of both scores did.
    pub(super) fn rounding(&self) -> Decimal {
        self.rounding
    }

    /// What several items, or the new rules of several groups, did only together, and those of which it is not
    /// known; with the group where items did most of it.
    pub(super) fn did_together<'g>(
        &self,
        of_group: Option<&GroupChange<'_>>,
        words: &Words,
    ) -> Did<'g> {
        let gain = self.together.saturating_add(self.groups_together);
        let of_group = of_group.map(|group| group.mostly_in(words)).unwrap_or_default();
        Did::of(self.name_together(words), gain).with(of_group)
    }

    /// What that is called.
    pub(super) fn name_together(&self, words: &Words) -> &'static str {
        let is_known = self.all_items && self.all_groups;
        words.word(if is_known { "did_together" } else { "did_others" })
    }

    /// The same in a sentence; none where the items did all of it, each alone.
    pub(super) fn line(&self, words: &Words) -> Option<String> {
        let others = match (self.all_items, self.together_in) {
            (true, None) => "bridge_together",
            (true, Some(_)) => "bridge_together_in",
            (false, None) => "bridge_others",
            (false, Some(_)) => "bridge_others_in",
        };
        let other_groups =
            if self.all_groups { "bridge_groups_together" } else { "bridge_other_groups" };
        let items = if self.has_whole_groups { "bridge_items_and_groups" } else { "bridge_items" };
        let groups = self.together_in.unwrap_or_default();
        let parts = [
            (others, self.together),
            ("bridge_groups", self.groups),
            (other_groups, self.groups_together),
            ("bridge_whole", self.whole),
            ("bridge_rounding", self.rounding),
        ];
        let mut parts = parts.into_iter().filter(|(_, gain)| !gain.is_zero()).peekable();
        parts.peek()?;
        let items = (!self.items.is_zero()).then_some((items, self.items));
        let parts = items.into_iter().chain(parts);
        let parts =
            parts.map(|(id, gain)| words.say(id, &[("gain", &signed(gain)), ("groups", &groups)]));
        let parts = parts.collect::<Vec<_>>().join(words.comma);
        Some(words.say("bridge", &[("gain", &signed(self.change)), ("parts", &parts)]))
    }
}
