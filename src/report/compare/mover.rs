//! What moved a score: items, groups and the whole, and what several of these did only together.

use std::cmp::Reverse;

use rust_decimal::Decimal;
use serde::Serialize;

use super::groups::GroupChange;
use crate::number::{as_shown, half_up, sum, with_digits};
use crate::report::change::Change;
use crate::report::line::signed;
use crate::report::parts::Parts;
use crate::report::words::Words;

/// Something that moved a score.
#[derive(Clone, Debug)]
pub(super) struct Mover<'a> {
    pub(super) kind: MoverOf,
    /// By what it is paired; empty where that is by nothing.
    pub(super) key: &'a str,
    pub(super) id: &'a str,
    pub(super) name: &'a str,
    /// What else is said of it, as that it came or went; empty where nothing is.
    pub(super) aside: String,
    /// What it did to the score; none where that is not known.
    pub(super) in_score: Option<Decimal>,
    /// What of that the plan did, and what the values did first.
    pub(super) parts: Option<Parts>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub(super) enum MoverOf {
    Item,
    /// A group with all in it, for its parts act only together, or it came or went with them.
    AsOne,
    /// New rules of a group, or its new place.
    Group,
    /// The scale, the floor and the cap.
    Whole,
    /// The joint effect of several.
    Together,
    /// The same, and those of which it is not known.
    Others,
}

/// A change of a score, and what moved it.
pub(super) struct Moving<'m, 'a> {
    pub(super) gained: Decimal,
    /// All that moved it, but for rounding; empty where that is not known.
    pub(super) movers: Vec<(&'m Mover<'a>, Decimal)>,
    /// The digits that are shown.
    pub(super) digits: u32,
    /// What scores are out of.
    pub(super) total: Decimal,
}

/// Those that did most, and what all else did.
struct Most<'m, 'a> {
    movers: Vec<(&'m Mover<'a>, Decimal)>,
    rest: Decimal,
    /// Whether nothing else did anything that can be seen, so that the rest is by rounding.
    are_all: bool,
}

impl<'a> Mover<'a> {
    /// An item alone.
    pub(super) fn of_item(
        change: &Change<'a>,
        in_score: Option<Decimal>,
        parts: Option<Parts>,
        words: &Words,
    ) -> Self {
        let (key, id, name) = (change.key(), change.id(), change.name());
        let aside = words.came_or_lacks(change);
        Self { kind: MoverOf::Item, key, id, name, aside, in_score, parts }
    }

    /// A group with all in it.
    pub(super) fn of_group(
        change: &GroupChange<'a>,
        in_score: Option<Decimal>,
        parts: Option<Parts>,
        words: &Words,
    ) -> Self {
        let (key, id, name) = (change.id(), change.own_id(), change.title());
        let aside = change.as_one_told(words);
        Self { kind: MoverOf::AsOne, key, id, name, aside, in_score, parts }
    }

    /// New rules of a group.
    pub(super) fn of_rules(change: &GroupChange<'a>, words: &Words) -> Self {
        let new_rules = || words.word("cause_of_group").to_owned();
        Self {
            kind: MoverOf::Group,
            key: change.id(),
            id: change.own_id(),
            name: change.title(),
            aside: change.came(words).unwrap_or_else(new_rules),
            in_score: change.by_rules,
            parts: change.by_rules.map(Parts::of_plan),
        }
    }

    /// The rules of the whole.
    pub(super) fn of_whole(gain: Decimal, words: &Words) -> Self {
        Self::of_none(MoverOf::Whole, words.word("whole_rules"), gain, Some(Parts::of_plan(gain)))
    }

    /// The joint effect of several, which none of them has alone; with that of others where it is not known of all.
    pub(super) fn joint(
        gain: Decimal,
        is_known: bool,
        parts: Option<Parts>,
        words: &Words,
    ) -> Self {
        let (kind, name) = match is_known {
            true => (MoverOf::Together, words.word("did_together")),
            false => (MoverOf::Others, words.word("did_others")),
        };
        Self::of_none(kind, name, gain, parts)
    }

    fn of_none(kind: MoverOf, name: &'a str, gain: Decimal, parts: Option<Parts>) -> Self {
        Self { kind, key: "", id: "", name, aside: String::new(), in_score: Some(gain), parts }
    }

    /// Whether it did nothing, nor the plan and the values against each other.
    pub(super) fn is_nothing(&self) -> bool {
        let is_zero = |gain: Decimal| as_shown(gain).is_zero();
        let are_none = |parts: Parts| is_zero(parts.by_plan) && is_zero(parts.by_values);
        self.in_score.is_some_and(is_zero) && self.parts.is_none_or(are_none)
    }

    fn told(&self, gain: Decimal, digits: u32, words: &Words) -> String {
        let gain = signed(with_digits(gain, digits));
        match self.aside.as_str() {
            "" => words.with_aside(self.name, &gain),
            aside => words.with_aside(self.name, &[aside, &gain].join(words.comma)),
        }
    }
}

impl<'m, 'a> Moving<'m, 'a> {
    /// What did most, first what moved the score its way, and then what moved it the other way; and what all else
    /// did, so that it adds up to the change.
    pub(super) fn told(self, words: &Words) -> String {
        if self.movers.is_empty() {
            return String::new();
        }
        let (digits, falls) = (self.digits, self.gained.is_sign_negative());
        let Most { movers, rest, are_all } = self.most();
        let (with, against): (Vec<_>, Vec<_>) =
            movers.into_iter().partition(|(_, gain)| gain.is_sign_negative() == falls);
        let [with, against] = [with, against].map(|movers| {
            let told = movers.iter().map(|(mover, gain)| mover.told(*gain, digits, words));
            told.collect::<Vec<_>>().join(words.list_comma)
        });
        let against = match (with.is_empty(), against.is_empty()) {
            (false, false) => words.say("moved_against", &[("movers", &against)]),
            _ => against,
        };
        let gain = signed(with_digits(rest, digits));
        let rest = match (rest.is_zero(), are_all) {
            (true, _) => String::new(),
            (false, true) => words.say("rest_rounding", &[("gain", &gain)]),
            (false, false) => words.say("all_else", &[("gain", &gain)]),
        };
        let told = [with, against, rest].into_iter().filter(|text| !text.is_empty());
        told.collect::<Vec<_>>().join(words.comma)
    }

    /// What did half a per cent of what scores are out of or more, ten at the most; of what did less, five at the
    /// most with these: what did a third of the change, and more until all else is less than that. Where a single
    /// one would be left, that too.
    fn most(self) -> Most<'m, 'a> {
        const NAMED: usize = 10;
        const NAMED_OF_LITTLE: usize = 5;
        let Self { gained, movers, digits, total } = self;
        let movers = movers.into_iter().map(|(mover, gain)| (mover, half_up(gain, digits)));
        let mut movers: Vec<_> = movers.filter(|(_, gain)| !gain.is_zero()).collect();
        movers.sort_by_key(|(_, gain)| Reverse(gain.abs()));
        let is_much = |gain: Decimal| gain.abs().saturating_mul(Decimal::from(200)) >= total;
        let is_third = |gain: Decimal| {
            !gained.is_zero() && gain.abs().saturating_mul(Decimal::from(3)) >= gained.abs()
        };
        let all = movers.len();
        let mut rest = gained;
        let mut count = 0;
        for (_, gain) in movers.iter().take(NAMED) {
            let is_told =
                is_much(*gain) || count < NAMED_OF_LITTLE && (is_third(rest) || is_third(*gain));
            if !is_told {
                break;
            }
            rest = rest.saturating_sub(*gain);
            count += 1;
        }
        if count > 0 && count + 1 == all {
            count = all;
        }
        movers.truncate(count);
        let rest = gained.saturating_sub(sum(movers.iter().map(|(_, gain)| *gain)));
        Most { movers, rest, are_all: count == all }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::Lang;

    /// What is told of movers A, B and so on that did so much in hundredths, of a change of a score out of 100.
    fn told(gained: i64, gains: &[i64]) -> String {
        const NAMES: [&str; 12] = ["A", "B", "C", "D", "E", "F", "G", "H", "I", "J", "K", "L"];
        let movers = NAMES.into_iter().zip(gains);
        let movers = movers.map(|(name, gain)| {
            let gain = Decimal::new(*gain, 2);
            (Mover::of_none(MoverOf::Item, name, gain, None), gain)
        });
        let movers: Vec<_> = movers.collect();
        let moving = Moving {
            gained: Decimal::new(gained, 2),
            movers: movers.iter().map(|(mover, gain)| (mover, *gain)).collect(),
            digits: 2,
            total: Decimal::ONE_HUNDRED,
        };
        moving.told(Words::of(Lang::En))
    }

    #[test]
    fn all_that_did_half_a_per_cent_is_told_with_what_moved_the_score_its_way_first() {
        assert_eq!(told(-300, &[-200, 150, -250]), "C (−2.50), A (−2.00); against it B (+1.50)");
        assert_eq!(
            told(300, &[50, 150, 40, 30, 20, 10]),
            "B (+1.50), A (+0.50), C (+0.40); all else +0.60"
        );
        assert_eq!(told(-100, &[90]), "A (+0.90); rounding −1.90");
    }

    #[test]
    fn of_what_did_less_it_is_told_what_leaves_less_than_a_third() {
        assert_eq!(told(30, &[15, 10, 3, 1, 1]), "A (+0.15), B (+0.10); all else +0.05");
        let many = told(9, &[40, -39, 38, -37, 36, -35, 34, -28]);
        assert_eq!(
            many,
            "A (+0.40), C (+0.38), E (+0.36); against it B (−0.39), D (−0.37); all else −0.29"
        );
    }

    #[test]
    fn a_single_one_is_not_called_all_else() {
        assert_eq!(told(-450, &[-400, -49]), "A (−4.00), B (−0.49); rounding −0.01");
    }

    #[test]
    fn ten_are_told_at_the_most() {
        let told = told(1200, &[100; 12]);
        assert!(told.ends_with("J (+1.00); all else +2.00"), "{told}");
    }

    #[test]
    fn what_cancels_out_is_told_and_little_of_it_is_not() {
        assert_eq!(
            told(0, &[-80, 120, -30, -10]),
            "B (+1.20); against it A (−0.80); all else −0.40"
        );
        assert_eq!(told(0, &[20, -20]), "");
        assert_eq!(told(100, &[0]), "rounding +1.00");
        assert_eq!(told(100, &[]), "");
    }
}
