//! What moved a score: items, groups and the whole, and what several of these did only together.

use std::cmp::Reverse;

use rust_decimal::Decimal;

use crate::number::{half_up, sum, with_digits};
use crate::report::line::signed;
use crate::report::words::Words;

/// Something that moved a score.
#[derive(Clone, Debug)]
pub(super) struct Mover<'a> {
    name: &'a str,
    /// What else is said of it, as that it came or went; empty where nothing is.
    aside: String,
    pub(super) gain: Decimal,
}

/// A change of a score, and what moved it.
pub(super) struct Moving<'a> {
    pub(super) gained: Decimal,
    /// All that moved it, but for rounding; empty where that is not known.
    pub(super) movers: Vec<Mover<'a>>,
    /// The digits that are shown.
    pub(super) digits: u32,
    /// What scores are out of.
    pub(super) total: Decimal,
}

/// Those that did most, and what all else did.
struct Most<'a> {
    movers: Vec<Mover<'a>>,
    rest: Decimal,
    /// Whether nothing else did anything that can be seen, so that the rest is by rounding.
    are_all: bool,
}

impl<'a> Mover<'a> {
    pub(super) fn of(name: &'a str, gain: Decimal) -> Self {
        Self { name, aside: String::new(), gain }
    }

    /// The joint effect of several, which none of them has alone; with that of others where it is not known of all.
    pub(super) fn joint(gain: Decimal, is_known: bool, words: &Words) -> Self {
        Self::of(words.word(if is_known { "did_together" } else { "did_others" }), gain)
    }

    /// The same with what else is said of it.
    pub(super) fn with(self, aside: String) -> Self {
        Self { aside, ..self }
    }

    fn told(&self, digits: u32, words: &Words) -> String {
        let gain = signed(with_digits(self.gain, digits));
        match self.aside.as_str() {
            "" => words.with_aside(self.name, &gain),
            aside => words.with_aside(self.name, &[aside, &gain].join(words.comma)),
        }
    }
}

impl<'a> Moving<'a> {
    /// What did most, first what moved the score its way, and then what moved it the other way; and what all else
    /// did, so that it adds up to the change.
    pub(super) fn told(self, words: &Words) -> String {
        if self.movers.is_empty() {
            return String::new();
        }
        let (digits, falls) = (self.digits, self.gained.is_sign_negative());
        let Most { movers, rest, are_all } = self.most();
        let (with, against): (Vec<_>, Vec<_>) =
            movers.iter().partition(|mover| mover.gain.is_sign_negative() == falls);
        let [with, against] = [with, against].map(|movers| {
            let told = movers.iter().map(|mover| mover.told(digits, words));
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
    fn most(self) -> Most<'a> {
        const NAMED: usize = 10;
        const NAMED_OF_LITTLE: usize = 5;
        let Self { gained, movers, digits, total } = self;
        let movers = movers.into_iter();
        let movers = movers.map(|mover| Mover { gain: half_up(mover.gain, digits), ..mover });
        let mut movers: Vec<_> = movers.filter(|mover| !mover.gain.is_zero()).collect();
        movers.sort_by_key(|mover| Reverse(mover.gain.abs()));
        let is_much = |gain: Decimal| gain.abs().saturating_mul(Decimal::from(200)) >= total;
        let is_third = |gain: Decimal| {
            !gained.is_zero() && gain.abs().saturating_mul(Decimal::from(3)) >= gained.abs()
        };
        let all = movers.len();
        let mut rest = gained;
        let mut count = 0;
        for mover in movers.iter().take(NAMED) {
            let is_told = is_much(mover.gain)
                || count < NAMED_OF_LITTLE && (is_third(rest) || is_third(mover.gain));
            if !is_told {
                break;
            }
            rest = rest.saturating_sub(mover.gain);
            count += 1;
        }
        if count > 0 && count + 1 == all {
            count = all;
        }
        movers.truncate(count);
        let rest = gained.saturating_sub(sum(movers.iter().map(|mover| mover.gain)));
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
        let movers = movers.map(|(name, gain)| Mover::of(name, Decimal::new(*gain, 2)));
        let moving = Moving {
            gained: Decimal::new(gained, 2),
            movers: movers.collect(),
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
