//! How the plan counts: its scale, its readings of what rules leave open, its grades.

use rust_decimal::{Decimal, RoundingStrategy};

use crate::text::{Lang, Text};

/// How points become a score. Every field has the stated default.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Scoring {
    /// What the score is expressed out of; 100.
    pub total: Decimal,
    /// What a set target without a value counts; nothing, of all its points.
    pub missing: Missing,
    /// What an item counts that does not apply; it is left out.
    pub not_applicable: NotApplicable,
    /// What is compared with the target; the value as it was measured.
    pub compare: Compare,
    /// How the score is rounded; to two digits, half to even.
    pub round: Rounding,
    /// Within how many per cent of its target a value that meets it is near missing it; none.
    pub near: Option<Decimal>,
    /// What is to be said beside every score.
    pub note: Option<Text>,
}

/// What counts for an item whose target is set and whose value is missing.
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
            not_applicable: NotApplicable::default(),
            compare: Compare::default(),
            round: Rounding::default(),
            near: None,
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
}

impl Scoring {
    /// The readings in force, a sentence each, for the report to print.
    pub fn readings(&self, lang: Lang) -> Vec<String> {
        let near = self.near.map(|near| match lang {
            Lang::Zh => format!("达标但距目标不超过 {near}% 的列为临界"),
            Lang::En => format!("a value that meets its target within {near}% of it is near"),
        });
        let mut readings = vec![
            self.missing.reading(lang).to_owned(),
            self.not_applicable.reading(lang).to_owned(),
            self.compare.reading(lang).to_owned(),
            self.round.reading(lang),
        ];
        readings.extend(near);
        readings
    }
}

impl Missing {
    fn reading(self, lang: Lang) -> &'static str {
        match (self, lang) {
            (Self::Zero, Lang::Zh) => "缺数据的项得 0 分",
            (Self::Zero, Lang::En) => "a missing value earns 0",
            (Self::LeaveOut, Lang::Zh) => "缺数据的项不计入",
            (Self::LeaveOut, Lang::En) => "an item without its value is left out",
            (Self::Refuse, Lang::Zh) => "缺数据时不计分",
            (Self::Refuse, Lang::En) => "nothing is scored while a value is missing",
        }
    }
}

impl NotApplicable {
    fn reading(self, lang: Lang) -> &'static str {
        match (self, lang) {
            (Self::LeaveOut, Lang::Zh) => "不适用的项不计入",
            (Self::LeaveOut, Lang::En) => "an item that does not apply is left out",
            (Self::Full, Lang::Zh) => "不适用的项得满分",
            (Self::Full, Lang::En) => "an item that does not apply earns all its points",
            (Self::Zero, Lang::Zh) => "不适用的项得 0 分",
            (Self::Zero, Lang::En) => "an item that does not apply earns 0",
            (Self::Mean, Lang::Zh) => "不适用的项按同组其他项的得分率计",
            (Self::Mean, Lang::En) => {
                "an item that does not apply earns the share of its group's other items"
            }
        }
    }
}

impl Compare {
    fn reading(self, lang: Lang) -> &'static str {
        match (self, lang) {
            (Self::Exact, Lang::Zh) => "按全数值比较法与目标比较",
            (Self::Exact, Lang::En) => "values are compared with all their digits",
            (Self::Rounded, Lang::Zh) => "按修约值比较法（修约到目标的位数）与目标比较",
            (Self::Rounded, Lang::En) => "values are rounded to the target's digits to be compared",
        }
    }
}

impl Rounding {
    fn reading(self, lang: Lang) -> String {
        let Self { digits, ties } = self;
        let decimals = if digits == 1 { "decimal" } else { "decimals" };
        match (ties, lang) {
            (Ties::Even, Lang::Zh) => format!("总分保留 {digits} 位小数，四舍六入五成双"),
            (Ties::Even, Lang::En) => {
                format!("the score is rounded to {digits} {decimals}, half to even")
            }
            (Ties::Up, Lang::Zh) => format!("总分保留 {digits} 位小数，四舍五入"),
            (Ties::Up, Lang::En) => format!("the score is rounded to {digits} {decimals}, half up"),
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
