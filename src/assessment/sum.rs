//! How an item came to its points, as a sum that can be followed by hand.

use rust_decimal::Decimal;

use super::absence::Lack;
use super::earn::Step;
use super::judge::{Basis, operand, shown};
use super::{Item, Tally};
use crate::data::{Value, progress_word};
use crate::number::{is_shown_whole, show, show_points};
use crate::plan::Part;
use crate::text::Lang;

/// What an item's points rest on.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Sum<'a> {
    /// Its value, by its rule.
    Scored {
        /// The formula of its value with the values put in, and what it came to.
        worked: Option<(String, Value)>,
        /// From the value to the points.
        steps: Vec<Step<'a>>,
    },
    /// Something is not there, or too little of it.
    Missing(Lack<'a>),
    /// No number to meet yet.
    Pending,
    /// No target.
    NotSet,
    /// No target any longer.
    Dropped,
    /// It does not apply.
    NotApplicable,
    /// The region is none of those that are ranked.
    NotRanked,
    /// It does not apply and takes the share of these, the others of its group.
    Share(Tally),
    /// Its target is lifted.
    Waived,
}

impl Item<'_> {
    /// The sum as text: `28 ≤ 30 → 1`, `6 − (31.4 − 30) × 0.5 = 5.3`.
    pub fn sum(&self, lang: Lang) -> String {
        let why = self.sum.text(lang);
        match (&self.sum, self.earned, lang) {
            (Sum::Share(others), Some(earned), lang) => {
                let [points, of, all] =
                    [self.points, others.earned, others.points].map(show_points);
                let colon = match lang {
                    Lang::Zh => "：",
                    Lang::En => ": ",
                };
                format!("{why}{colon}{points} × {of} ÷ {all} {}", equals(earned))
            }
            (Sum::Scored { steps, .. }, Some(earned), _) if ends_in(steps, earned) => why,
            (_, Some(earned), _) => format!("{why} → {}", show_points(earned)),
            (_, None, Lang::Zh) => format!("{why}，不计入"),
            (_, None, Lang::En) => format!("{why}: left out"),
        }
    }
}

/// `= 5.3`, `≈ 4.666667`.
fn equals(result: Decimal) -> String {
    let sign = if is_shown_whole(result) { "=" } else { "≈" };
    format!("{sign} {}", show_points(result))
}

/// Whether the last step already says what was earned.
fn ends_in(steps: &[Step<'_>], earned: Decimal) -> bool {
    matches!(steps.last(), Some(Step::Figures { result, .. } | Step::Line { result, .. }) if show_points(*result) == show_points(earned))
}

/// Between the steps of a sum.
fn comma(lang: Lang) -> &'static str {
    match lang {
        Lang::Zh => "，",
        Lang::En => ", ",
    }
}

impl Sum<'_> {
    fn text(&self, lang: Lang) -> String {
        let fixed = match (self, lang) {
            (Self::Scored { worked, steps }, _) => {
                let worked = worked.iter().map(|(terms, value)| match value {
                    Value::Number(number) => format!("{terms} {}", equals(*number)),
                    _ => terms.clone(),
                });
                let steps = steps.iter().map(|step| step.text(lang));
                return worked.chain(steps).collect::<Vec<_>>().join(comma(lang));
            }
            (Self::Missing(lack), _) => return lack.text(lang),
            (Self::Pending, Lang::Zh) => "目标待定",
            (Self::Pending, Lang::En) => "target pending",
            (Self::NotSet, Lang::Zh) => "无目标",
            (Self::NotSet, Lang::En) => "no target",
            (Self::Dropped, Lang::Zh) => "不再考核",
            (Self::Dropped, Lang::En) => "assessed no longer",
            (Self::NotApplicable | Self::Share(_), Lang::Zh) => "不适用",
            (Self::NotApplicable | Self::Share(_), Lang::En) => "not applicable",
            (Self::NotRanked, Lang::Zh) => "不参与排名",
            (Self::NotRanked, Lang::En) => "not among the regions that are ranked",
            (Self::Waived, Lang::Zh) => "豁免",
            (Self::Waived, Lang::En) => "waived",
        };
        fixed.to_owned()
    }
}

impl Step<'_> {
    /// Whether there is nothing to be worked out: a formula that came to one number.
    fn is_bare(&self) -> bool {
        matches!(self, Self::Figures { terms, result } if *terms == show_points(*result))
    }

    fn text(&self, lang: Lang) -> String {
        match (self, lang) {
            (Self::Basis(basis), _) => basis.text(lang),
            (Self::Figures { terms, .. }, Lang::Zh) if self.is_bare() => {
                format!("按公式得 {terms}")
            }
            (Self::Figures { terms, .. }, Lang::En) if self.is_bare() => {
                format!("by the formula {terms}")
            }
            (Self::Line { from, to, value, result }, _) => {
                let figures = [from.1, *value, from.0, to.1, from.1, to.0, from.0];
                let [start, value, from, best, worst, to, edge] = figures.map(operand);
                let rise = format!("({value} − {from}) × ({best} − {worst}) ÷ ({to} − {edge})");
                format!("{start} + {rise} {}", equals(*result))
            }
            (Self::Condition(condition), _) => condition.clone(),
            (Self::Figures { terms, result }, _) => format!("{terms} {}", equals(*result)),
            (Self::Count { terms, amount, per, part, count }, _) => {
                let distance = if terms.contains(' ') {
                    format!("{terms} {}", equals(*amount))
                } else {
                    terms.clone()
                };
                let (per, count) = (show(*per), show(*count));
                match (part, lang) {
                    (Part::Whole, Lang::Zh) => format!("{distance}，每满 {per} 计 1，计 {count}"),
                    (Part::Whole, Lang::En) => format!("{distance}, whole steps of {per}: {count}"),
                    (_, Lang::Zh) => format!("{distance}，每 {per} 计 1，不足的也计 1，计 {count}"),
                    (_, Lang::En) => format!("{distance}, steps of {per} begun: {count}"),
                }
            }
            (Self::Rate { terms, rate, rounded }, _) => {
                let rate = if rate == rounded && is_shown_whole(*rate) {
                    format!("= {}%", show(*rate))
                } else if rate == rounded {
                    format!("≈ {}%", show_points(*rate))
                } else if is_shown_whole(*rate) {
                    format!("= {}% ≈ {}%", show(*rate), show(*rounded))
                } else {
                    format!("≈ {}%", show(*rounded))
                };
                format!("{terms} {rate}")
            }
            (Self::Nothing(basis), Lang::Zh) => format!("{}，不得分", basis.text(lang)),
            (Self::Nothing(basis), Lang::En) => format!("{}, nothing left", basis.text(lang)),
            (Self::NoBand, Lang::Zh) => "其余".to_owned(),
            (Self::NoBand, Lang::En) => "in no other band".to_owned(),
            (Self::Class(class), _) => (*class).to_owned(),
            (Self::Place { place, of }, Lang::Zh) => format!("{of} 个地区中第 {} 名", show(*place)),
            (Self::Place { place, of }, Lang::En) => format!("place {} of {of}", show(*place)),
            (Self::Reported(points), Lang::Zh) => format!("评定 {}", show(*points)),
            (Self::Reported(points), Lang::En) => format!("given {}", show(*points)),
            (Self::BonusLimit(most), Lang::Zh) => format!("最多加 {}", show(*most)),
            (Self::BonusLimit(most), Lang::En) => format!("at most {}", show(*most)),
            (Self::Worse { value, relation, last, of }, _) => {
                let figures = format!("{value} {} {last}", relation.sign());
                match lang {
                    Lang::Zh => format!("{figures}（{of}年），差于上年"),
                    Lang::En => format!("{figures} ({of}), worse than last year"),
                }
            }
            (Self::Rounded(points), Lang::Zh) => format!("修约为 {}", show(*points)),
            (Self::Rounded(points), Lang::En) => format!("rounded to {}", show(*points)),
            (Self::Floor(floor), Lang::Zh) => format!("最低 {}", show(*floor)),
            (Self::Floor(floor), Lang::En) => format!("at least {}", show(*floor)),
            (Self::Cap(cap), Lang::Zh) => format!("最高 {}", show(*cap)),
            (Self::Cap(cap), Lang::En) => format!("at most {}", show(*cap)),
        }
    }
}

impl Basis<'_> {
    pub(super) fn text(&self, lang: Lang) -> String {
        match self {
            Self::Number { value, rounded, relation, bound, of, worked } => {
                let year = of.map(|year| match lang {
                    Lang::Zh => format!("（{year}年）"),
                    Lang::En => format!(" ({year})"),
                });
                let terms = worked.as_ref().map(|terms| format!(" = {terms}"));
                let why = year.or(terms).unwrap_or_default();
                let bound = show(*bound);
                format!("{} {} {bound}{why}", compared(*value, *rounded), relation.sign())
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
        Some(rounded) => format!("{} ≈ {}", shown(value), show(rounded)),
        None => shown(value),
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
