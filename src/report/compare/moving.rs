//! What moved a score, told in the order and as far as it matters.

use std::cmp::Reverse;

use rust_decimal::Decimal;

use crate::number::{half_up, sum, with_digits};
use crate::report::line::signed;
use crate::report::words::Words;

/// A change of a score, or what of that the plan or the values did, and what moved it.
pub(super) struct Moving<'m> {
    pub(super) gained: Decimal,
    /// All that moved it, but for rounding; empty where that is not known.
    pub(super) movers: Vec<Contribution<'m>>,
    /// The digits that are shown.
    pub(super) digits: u32,
    /// What scores are out of.
    pub(super) total: Decimal,
}

/// What a mover did of a change.
#[derive(Clone, Copy)]
pub(super) struct Contribution<'m> {
    pub(super) name: &'m str,
    pub(super) aside: &'m str,
    pub(super) gain: Decimal,
}

/// Those that did most, and what all else did.
struct Most<'m> {
    movers: Vec<Contribution<'m>>,
    rest: Decimal,
    /// Whether nothing else did anything that can be seen, so that the rest is by rounding.
    are_all: bool,
}

impl Contribution<'_> {
    fn told(&self, digits: u32, words: &Words) -> String {
        let gain = signed(with_digits(self.gain, digits));
        match self.aside {
            "" => words.with_aside(self.name, &gain),
            aside => words.with_aside(self.name, &[aside, &gain].join(words.comma)),
        }
    }
}

impl<'m> Moving<'m> {
    /// What did most, first what moved the score its way, and then what moved it the other way; and what all else
    /// did, so that it adds up to the change.
    pub(super) fn told(self, words: &Words) -> String {
        if self.movers.is_empty() {
            return String::new();
        }
        let (digits, gained) = (self.digits, self.gained);
        let Most { movers, rest, are_all } = self.most();
        // Where all cancels out, nothing goes its way.
        let is_with = |moved: &Contribution<'_>| {
            gained.is_zero() || moved.gain.is_sign_negative() == gained.is_sign_negative()
        };
        let (with, against): (Vec<_>, Vec<_>) = movers.into_iter().partition(is_with);
        let [with, against] = [with, against].map(|movers| {
            let told = movers.iter().map(|moved| moved.told(digits, words));
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

    /// What did half a per cent of what scores are out of or more; of what did less, but for a trifle, what did a
    /// third of the change; and more until all else is less than half a per cent and than a quarter of the change, or
    /// a trifle. At least one, where anything that is seen changed, and twelve at the most; where a single one would
    /// be left, that too.
    fn most(self) -> Most<'m> {
        const NAMED: usize = 12;
        let Self { gained, movers, digits, total } = self;
        let (seen, unseen): (Vec<_>, Vec<_>) =
            movers.into_iter().partition(|moved| !half_up(moved.gain, digits).is_zero());
        // Many that are not seen may be, together.
        let are_unseen = half_up(sum(unseen.iter().map(|moved| moved.gain)), digits).is_zero();
        let movers = seen.into_iter();
        let movers =
            movers.map(|moved| Contribution { gain: half_up(moved.gain, digits), ..moved });
        let mut movers: Vec<_> = movers.collect();
        movers.sort_by_key(|moved| Reverse(moved.gain.abs()));
        // Of no change nothing is a part.
        let is_part = |gain: Decimal, of: Decimal, part: i64| {
            !of.is_zero() && gain.abs().saturating_mul(Decimal::from(part)) >= of.abs()
        };
        let is_trifle = |gain: Decimal| !is_part(gain, total, 1000);
        let all = movers.len();
        let mut rest = gained;
        let mut count = 0;
        for moved in movers.iter().take(NAMED) {
            let is_first = count == 0 && !gained.is_zero();
            let is_much = is_part(moved.gain, total, 200)
                || is_part(moved.gain, gained, 3) && !is_trifle(moved.gain);
            let is_open = is_part(rest, total, 200) || is_part(rest, gained, 4) && !is_trifle(rest);
            if !(is_first || is_much || is_open) {
                break;
            }
            rest = rest.saturating_sub(moved.gain);
            count += 1;
        }
        if count > 0 && count + 1 == all {
            count = all;
        }
        movers.truncate(count);
        let rest = gained.saturating_sub(sum(movers.iter().map(|moved| moved.gain)));
        Most { movers, rest, are_all: count == all && are_unseen }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::Lang;

    /// What is told of movers A, B and so on that did so much in hundredths, of a change of a score out of 100.
    fn told(gained: i64, gains: &[i64]) -> String {
        const NAMES: [&str; 15] =
            ["A", "B", "C", "D", "E", "F", "G", "H", "I", "J", "K", "L", "M", "N", "O"];
        let movers = NAMES.into_iter().zip(gains);
        let movers = movers.map(|(name, gain)| Contribution {
            name,
            aside: "",
            gain: Decimal::new(*gain, 2),
        });
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
        assert_eq!(told(-300, &[-200, 150, -250]), "C (−2.50), A (−2.00); offset by B (+1.50)");
        assert_eq!(
            told(300, &[50, 150, 40, 30, 20, 10]),
            "B (+1.50), A (+0.50), C (+0.40), D (+0.30); all else +0.30"
        );
    }

    #[test]
    fn of_what_did_less_it_is_told_what_leaves_little() {
        assert_eq!(told(30, &[15, 10, 3, 1, 1]), "A (+0.15), B (+0.10); all else +0.05");
        assert_eq!(told(4, &[24, -17, -2, -1]), "A (+0.24); offset by B (−0.17); all else −0.03");
        assert_eq!(told(4, &[7, -2, -1]), "A (+0.07); all else −0.03");
    }

    #[test]
    fn a_single_one_is_not_called_all_else() {
        assert_eq!(told(-450, &[-400, -49]), "A (−4.00), B (−0.49); rounding −0.01");
    }

    #[test]
    fn twelve_are_told_at_the_most() {
        let told = told(1500, &[100; 15]);
        assert!(told.ends_with("L (+1.00); all else +3.00"), "{told}");
    }

    #[test]
    fn what_cancels_out_is_told_and_little_of_it_is_not() {
        assert_eq!(told(0, &[-80, 120, -30, -5, -5]), "B (+1.20), A (−0.80); all else −0.40");
        assert_eq!(told(0, &[20, -20]), "");
    }

    /// A whole score may change by a hair; what is not known is no rounding.
    #[test]
    fn a_change_by_rounding_alone_is_told() {
        assert_eq!(told(100, &[0]), "rounding +1.00");
        assert_eq!(told(100, &[]), "");
    }

    /// What is not seen of each is no rounding where it is seen of all.
    #[test]
    fn many_small_ones_are_no_rounding() {
        let mover = Contribution { name: "A", aside: "", gain: Decimal::new(4, 3) };
        let moving = Moving {
            gained: Decimal::new(12, 2),
            movers: vec![mover; 30],
            digits: 2,
            total: Decimal::ONE_HUNDRED,
        };
        assert_eq!(moving.told(Words::of(Lang::En)), "all else +0.12");
    }
}
