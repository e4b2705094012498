//! By which parts the score of one result became that of another.

use rust_decimal::Decimal;
use rust_decimal::serde::arbitrary_precision;
use serde::Serialize;

use super::cause::CauseOf;
use super::effect::Effects;
use super::mover::Mover;
use crate::number::{as_shown, sum};
use crate::report::line::signed;
use crate::report::words::Words;

/// What the score changed by, and the parts that add up to it one after the other, with as many decimals
/// as are shown.
#[derive(Clone, Debug, Serialize)]
pub(super) struct Bridge<'a> {
    #[serde(with = "arbitrary_precision")]
    change: Decimal,
    /// What the items, and groups that came or went with all that is in them, did with the rules of groups and of
    /// the whole as they were, each alone, added up.
    #[serde(with = "arbitrary_precision")]
    items: Decimal,
    /// Whether that is known of all of them.
    all_items: bool,
    /// The titles of such groups, and of those that are told as one because their parts act only together.
    as_one: Vec<&'a str>,
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
    /// Of what each item, or group as one, did alone, then the new rules of each group, and of what the score as it
    /// is shown changed by; none where the figures do not say it.
    pub(super) fn of(
        effects: &Effects<'_>,
        singles: &[Mover<'a>],
        together_in: &[(&'a str, Decimal)],
        groups: impl Iterator<Item = Option<Decimal>> + Clone,
        change: Decimal,
    ) -> Option<Self> {
        let all_items = singles.iter().all(|single| single.in_score.is_some());
        let items = as_shown(sum(singles.iter().filter_map(|single| single.in_score)));
        let as_one = singles.iter().filter(|one| one.kind == CauseOf::AsOne && !one.is_nothing());
        let together = as_shown(effects.of_all_items()).saturating_sub(items).normalize();
        let [by_groups, whole] = [effects.of_group_rules()?, effects.of_whole()?].map(as_shown);
        let all_groups = groups.clone().all(|group| group.is_some());
        let groups = as_shown(sum(groups.flatten()));
        let groups_together = by_groups.saturating_sub(groups).normalize();
        let known = [items, together, by_groups, whole];
        let rounding = change.saturating_sub(sum(known)).normalize();
        // The group that did at least half of it.
        let is_most = |apart: Decimal| {
            !together.is_zero()
                && apart.is_sign_negative() == together.is_sign_negative()
                && apart.abs().saturating_mul(Decimal::TWO) >= together.abs()
        };
        let most = together_in.iter().filter(|(_, apart)| is_most(*apart));
        let together_in = most.max_by_key(|(_, apart)| apart.abs()).map(|(title, _)| *title);
        Some(Self {
            change,
            items,
            all_items,
            as_one: as_one.map(|one| one.name).collect(),
            together,
            together_in,
            groups,
            all_groups,
            groups_together,
            whole,
            rounding,
        })
    }

    /// What the scale, the floor and the cap of the whole did.
    pub(super) fn whole(&self) -> Decimal {
        self.whole
    }

    /// What the rounding of both scores did.
    pub(super) fn rounding(&self) -> Decimal {
        self.rounding
    }

    /// The joint effect of several items, or of the new rules of several groups, with what is not known alone.
    pub(super) fn joint(&self) -> Decimal {
        self.together.saturating_add(self.groups_together)
    }

    /// The title of the group where items had most of that.
    pub(super) fn together_in(&self) -> Option<&'a str> {
        self.together_in
    }

    /// Whether all is known alone.
    pub(super) fn is_known(&self) -> bool {
        self.all_items && self.all_groups
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
        let items = if self.as_one.is_empty() { "bridge_items" } else { "bridge_items_and_groups" };
        let as_one = self.as_one.join(words.list_comma);
        let together_in = self.together_in.unwrap_or_default();
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
        let parts = parts.map(|(id, gain)| {
            let gain = signed(gain);
            words.say(id, &[("gain", &gain), ("groups", &together_in), ("as_one", &as_one)])
        });
        let parts = parts.collect::<Vec<_>>().join(words.comma);
        Some(words.say("bridge", &[("gain", &signed(self.change)), ("parts", &parts)]))
    }
}
