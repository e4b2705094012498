//! How the plan counts: its scale, its readings of what rules leave open, its grades.

use rust_decimal::{Decimal, RoundingStrategy};

use crate::text::Text;

/// How points become a score. Every field has the stated default.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Scoring {
    /// What the score is expressed out of; 100.
    pub total: Decimal,
    /// What a set target without a value counts; nothing, of all its points.
    pub missing: Missing,
    /// What a value counts that cannot be assessed; none where it counts as a missing one.
    pub not_assessable: Option<Missing>,
    /// What an item counts that does not apply; it is left out.
    pub not_applicable: NotApplicable,
    /// What is compared with the target; the value as it was measured.
    pub compare: Compare,
    /// How the score is rounded; to two digits, half to even.
    pub round: Rounding,
    /// Within how many per cent of its target a value that meets it is near missing it; none.
    pub near: Option<Decimal>,
    /// The lowest score that there can be; 0.
    pub floor: Decimal,
    /// The highest score that there can be; none.
    pub cap: Option<Decimal>,
    /// What is to be said beside every score.
    pub note: Option<Text>,
}

/// What counts for an item whose target is set and whose value is missing, or cannot be assessed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Missing {
    /// It earns nothing of its points.
    #[default]
    Zero,
    /// Neither its points nor what it earned count.
    LeaveOut,
    /// Nothing is scored until the value is there.
    Refuse,
}

/// What counts for an item that does not apply.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum NotApplicable {
    /// Neither its points nor what it earned count.
    #[default]
    LeaveOut,
    /// All its points.
    Full,
    /// Nothing of its points.
    Zero,
    /// The share that the other items of its group have earned.
    Mean,
}

/// What is compared with a target (GB/T 8170—2008, 4.3).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Compare {
    /// The value with all its digits (全数值比较法).
    #[default]
    Exact,
    /// The value rounded to the target's digits (修约值比较法), half as in [`Rounding::ties`].
    Rounded,
}

/// How a number is rounded.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Rounding {
    /// Digits after the point.
    pub digits: u32,
    /// Where a half goes.
    pub ties: Ties,
}

/// Where a half goes when it is rounded.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Ties {
    /// To the even digit (GB/T 8170—2008).
    #[default]
    Even,
    /// Away from zero (四舍五入).
    Up,
}

/// A grade (等级) and its lower edge, which is included.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Grade {
    /// Its name.
    pub name: Text,
    /// The lowest score that has it, on the plan's scale.
    pub from: Decimal,
}

impl Default for Scoring {
    fn default() -> Self {
        Self {
            total: Decimal::ONE_HUNDRED,
            missing: Missing::default(),
            not_assessable: None,
            not_applicable: NotApplicable::default(),
            compare: Compare::default(),
            round: Rounding::default(),
            near: None,
            floor: Decimal::ZERO,
            cap: None,
            note: None,
        }
    }
}

impl Default for Rounding {
    fn default() -> Self {
        Self { digits: 2, ties: Ties::default() }
    }
}

impl Rounding {
    /// The number at just these digits: `90` at two is `90.00`.
    pub fn apply(self, number: Decimal) -> Decimal {
        let strategy = match self.ties {
            Ties::Even => RoundingStrategy::MidpointNearestEven,
            Ties::Up => RoundingStrategy::MidpointAwayFromZero,
        };
        let mut rounded = number.round_dp_with_strategy(self.digits, strategy);
        rounded.rescale(self.digits);
        rounded
    }

    /// The number at these digits, or at the fewest more at which what is shown does not belie
    /// what is so.
    pub fn faithfully(self, number: Decimal, is_faithful: impl Fn(Decimal) -> bool) -> Decimal {
        let candidates =
            (self.digits..=number.scale()).map(|digits| Self { digits, ..self }.apply(number));
        candidates
            .into_iter()
            .find(|&shown| is_faithful(shown))
            .unwrap_or_else(|| self.apply(number))
    }
}

impl Scoring {
    /// What a value counts that cannot be assessed.
    pub fn not_assessable(&self) -> Missing {
        self.not_assessable.unwrap_or(self.missing)
    }
}

impl Missing {
    pub(super) const WORDS: [(&str, Self); 3] =
        [("zero", Self::Zero), ("leave-out", Self::LeaveOut), ("refuse", Self::Refuse)];
}

impl NotApplicable {
    pub(super) const WORDS: [(&str, Self); 4] = [
        ("leave-out", Self::LeaveOut),
        ("full", Self::Full),
        ("zero", Self::Zero),
        ("mean", Self::Mean),
    ];
}

impl Compare {
    pub(super) const WORDS: [(&str, Self); 2] =
        [("exact", Self::Exact), ("rounded", Self::Rounded)];
}

impl Ties {
    pub(super) const WORDS: [(&str, Self); 2] = [("even", Self::Even), ("up", Self::Up)];

    /// As a target file writes it.
    pub(crate) fn code(self) -> &'static str {
        match self {
            Self::Even => "even",
            Self::Up => "up",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn halves_go_where_the_rounding_says() {
        let shown = |text: &str, ties| {
            Rounding { digits: 2, ties }.apply(text.parse().unwrap()).to_string()
        };
        assert_eq!(shown("0.125", Ties::Even), "0.12");
        assert_eq!(shown("0.135", Ties::Even), "0.14");
        assert_eq!(shown("0.125", Ties::Up), "0.13");
        assert_eq!(shown("-0.125", Ties::Up), "-0.13");
        assert_eq!(shown("90", Ties::Even), "90.00");
    }
}
