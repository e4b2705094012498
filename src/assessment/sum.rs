//! How an item came to its points, as a sum that can be followed by hand.

use rust_decimal::Decimal;

use super::judge::Basis;
use super::{Item, Tally};
use crate::data::progress_word;
use crate::number::{is_shown_whole, show, show_points};
use crate::text::Lang;
use crate::year::Year;

/// What an item's points rest on.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Sum<'a> {
    /// Its value against its target.
    Judged(Basis<'a>),
    /// No value; with the year, where it is not the year assessed.
    Missing(Option<Year>),
    /// No number to meet yet.
    Pending,
    /// No target.
    NotSet,
    /// It does not apply.
    NotApplicable,
    /// It does not apply and takes the share of these, the others of its group.
    Share(Tally),
    /// Its target is lifted.
    Waived,
}

impl Item<'_> {
    /// The sum as text: `28 ≤ 30 → 1`.
    pub fn sum(&self, lang: Lang) -> String {
        let why = self.sum.text(lang);
        match (&self.sum, self.earned, lang) {
            (Sum::Share(others), Some(earned), lang) => {
                let equals = if is_shown_whole(earned) { "=" } else { "≈" };
                let [points, of, all, earned] =
                    [self.points, others.earned, others.points, earned].map(show_points);
                let colon = match lang {
                    Lang::Zh => "：",
                    Lang::En => ": ",
                };
                format!("{why}{colon}{points} × {of} ÷ {all} {equals} {earned}")
            }
            (_, Some(earned), _) => format!("{why} → {}", show_points(earned)),
            (_, None, Lang::Zh) => format!("{why}，不计入"),
            (_, None, Lang::En) => format!("{why}: left out"),
        }
    }
}

impl Sum<'_> {
    fn text(&self, lang: Lang) -> String {
        match (self, lang) {
            (Self::Judged(basis), _) => basis.text(lang),
            (Self::Missing(None), Lang::Zh) => "缺数据".to_owned(),
            (Self::Missing(None), Lang::En) => "no value".to_owned(),
            (Self::Missing(Some(year)), Lang::Zh) => format!("缺{year}年数据"),
            (Self::Missing(Some(year)), Lang::En) => format!("no value for {year}"),
            (Self::Pending, Lang::Zh) => "目标待定".to_owned(),
            (Self::Pending, Lang::En) => "target pending".to_owned(),
            (Self::NotSet, Lang::Zh) => "无目标".to_owned(),
            (Self::NotSet, Lang::En) => "no target".to_owned(),
            (Self::NotApplicable | Self::Share(_), Lang::Zh) => "不适用".to_owned(),
            (Self::NotApplicable | Self::Share(_), Lang::En) => "not applicable".to_owned(),
            (Self::Waived, Lang::Zh) => "豁免".to_owned(),
            (Self::Waived, Lang::En) => "waived".to_owned(),
        }
    }
}

impl Basis<'_> {
    fn text(&self, lang: Lang) -> String {
        match self {
            Self::Number { value, rounded, relation, bound, of } => {
                let year = of.map(|year| match lang {
                    Lang::Zh => format!("（{year}年）"),
                    Lang::En => format!(" ({year})"),
                });
                let year = year.unwrap_or_default();
                format!("{} {} {}{year}", compared(*value, *rounded), relation.sign(), show(*bound))
            }
            Self::Within { value, rounded: None, least, most } => within(*value, *least, *most),
            Self::Within { value, rounded: Some(rounded), least, most } => {
                let steps = [compared(*value, Some(*rounded)), within(*rounded, *least, *most)];
                steps.join(", ")
            }
            Self::Class { class, worst, met } => match (met, lang) {
                (true, Lang::Zh) => format!("{class} 不劣于 {worst}"),
                (true, Lang::En) => format!("{class} is no worse than {worst}"),
                (false, Lang::Zh) => format!("{class} 劣于 {worst}"),
                (false, Lang::En) => format!("{class} is worse than {worst}"),
            },
            Self::Task(done) => task(*done, lang),
        }
    }
}

fn compared(value: Decimal, rounded: Option<Decimal>) -> String {
    match rounded {
        Some(rounded) => format!("{} ≈ {}", show(value), show(rounded)),
        None => show(value),
    }
}

fn within(value: Decimal, least: Decimal, most: Decimal) -> String {
    if value < least {
        format!("{} < {}", show(value), show(least))
    } else if value > most {
        format!("{} > {}", show(value), show(most))
    } else {
        format!("{} ≤ {} ≤ {}", show(least), show(value), show(most))
    }
}

fn task(done: Decimal, lang: Lang) -> String {
    match (progress_word(done, lang), lang) {
        (Some(word), _) => word.to_owned(),
        (None, Lang::Zh) => format!("进度 {}%，未完成", show(done)),
        (None, Lang::En) => format!("{}% done, not all", show(done)),
    }
}
