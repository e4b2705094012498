//! How an item came to its points, as a sum that can be followed by hand.

use rust_decimal::Decimal;

use super::absence::Lack;
use super::earn::Step;
use super::judge::{Basis, is_short, operand, shown};
use super::{Item, Tally};
use crate::catalogue::Catalogue;
use crate::data::{Value, progress_word};
use crate::formula::Shown;
use crate::number::{as_shown, is_shown_whole, show, show_points};
use crate::plan::Part;
use crate::text::Lang;
use crate::year::Year;

/// What an item's points rest on.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Sum<'a> {
    /// Its value, by its rule.
    Scored {
        /// The formula of its value with the values put in, and what it came to.
        worked: Option<(Shown, Value)>,
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
        let (why, catalogue) = (self.sum.text(lang), Catalogue::of(lang));
        match (&self.sum, self.earned) {
            (Sum::Share(others), Some(earned)) => {
                let [points, of, all] =
                    [self.points, others.earned, others.points].map(show_points);
                let figures = format!("{points} × {of} ÷ {all} {}", equals(earned));
                catalogue.say("sum_share", &[("why", &why), ("figures", &figures)])
            }
            (Sum::Scored { steps, .. }, Some(earned)) if ends_in(steps, earned) => why,
            (_, Some(earned)) => format!("{why} → {}", show_points(earned)),
            (_, None) => catalogue.say("sum_left_out", &[("why", &why)]),
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

impl Sum<'_> {
    fn text(&self, lang: Lang) -> String {
        let catalogue = Catalogue::of(lang);
        let word = match self {
            Self::Scored { worked, steps } => {
                let mut texts = Vec::new();
                if let Some((Shown { conditions, terms }, value)) = worked {
                    texts.extend(conditions.iter().cloned());
                    texts.push(match value {
                        Value::Number(number) => format!("{terms} {}", equals(*number)),
                        _ => terms.clone(),
                    });
                }
                texts.extend(steps.iter().map(|step| step.text(lang)));
                return texts.join(catalogue.word("step_comma"));
            }
            Self::Missing(lack) => return lack.text(lang),
            Self::Pending => "sum_pending",
            Self::NotSet => "sum_not_set",
            Self::Dropped => "sum_dropped",
            Self::NotApplicable | Self::Share(_) => "sum_not_applicable",
            Self::NotRanked => "sum_not_ranked",
            Self::Waived => "sum_waived",
        };
        catalogue.word(word).to_owned()
    }
}

impl Step<'_> {
    /// Whether there is nothing to be worked out: a formula that came to one number.
    fn is_bare(&self) -> bool {
        matches!(self, Self::Figures { terms, result } if *terms == show_points(*result))
    }

    fn text(&self, lang: Lang) -> String {
        let catalogue = Catalogue::of(lang);
        let of_points = |id: &str, points: Decimal| catalogue.say(id, &[("points", &show(points))]);
        match self {
            Self::Basis(basis) => basis.text(lang),
            Self::Figures { terms, .. } if self.is_bare() => {
                catalogue.say("step_formula", &[("points", terms)])
            }
            Self::Line { from, to, value, result } => {
                let figures = [from.1, *value, from.0, to.1, from.1, to.0, from.0];
                let [start, value, from, best, worst, to, edge] = figures.map(operand);
                let rise = format!("({value} − {from}) × ({best} − {worst}) ÷ ({to} − {edge})");
                format!("{start} + {rise} {}", equals(*result))
            }
            Self::Condition(condition) => condition.clone(),
            Self::Figures { terms, result } => format!("{terms} {}", equals(*result)),
            Self::Count { terms, amount, per, part, count } => {
                let distance = if terms.contains(' ') {
                    format!("{terms} {}", equals(*amount))
                } else {
                    terms.clone()
                };
                let id = match part {
                    Part::Whole => "step_count_whole",
                    _ => "step_count_begun",
                };
                let (per, count) = (show(*per), show(*count));
                catalogue.say(id, &[("distance", &distance), ("per", &per), ("count", &count)])
            }
            Self::Rate { terms, rate, rounded } => {
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
            Self::Nothing(basis) => catalogue.say("step_nothing", &[("basis", &basis.text(lang))]),
            Self::NoBand => catalogue.word("step_no_band").to_owned(),
            Self::Class(class) => (*class).to_owned(),
            Self::Place { place, of } => {
                catalogue.say("step_place", &[("place", &show(*place)), ("of", of)])
            }
            Self::Reported(points) => of_points("step_reported", *points),
            Self::BonusLimit(most) => of_points("step_at_most", *most),
            Self::Worse { value, relation, last, of } => {
                let figures = format!("{value} {} {last}", relation.sign());
                let figures = of_year(&figures, *of, catalogue);
                catalogue.say("step_worse", &[("figures", &figures)])
            }
            Self::Rounded(points) => of_points("step_rounded", *points),
            Self::Floor(floor) => of_points("step_floor", *floor),
            Self::Cap(cap) => of_points("step_cap", *cap),
        }
    }
}

/// Figures with the year that one of them is of.
fn of_year(figures: &str, year: Year, catalogue: &Catalogue) -> String {
    let year = catalogue.say("in_year", &[("year", &year)]);
    catalogue.say("with_aside", &[("text", &figures), ("aside", &year)])
}

impl Basis<'_> {
    pub(super) fn text(&self, lang: Lang) -> String {
        match self {
            Self::Number { value, rounded, relation, bound, of, worked } => {
                let held = rounded.unwrap_or(*value);
                let before = rounded.map(|rounded| format!("{} ≈ ", beside(*value, &[rounded])));
                let before = before.unwrap_or_default();
                let [held, bound] = [beside(held, &[*bound]), beside(*bound, &[held])];
                let figures = format!("{before}{held} {} {bound}", relation.sign());
                match (of, worked) {
                    (Some(year), _) => of_year(&figures, *year, Catalogue::of(lang)),
                    (None, Some(terms)) => format!("{figures} = {terms}"),
                    (None, None) => figures,
                }
            }
            Self::Within { value, rounded: None, least, most } => within(*value, *least, *most),
            Self::Within { value, rounded: Some(rounded), least, most } => {
                format!(
                    "{} ≈ {}, {}",
                    shown(*value),
                    show(*rounded),
                    within(*rounded, *least, *most)
                )
            }
            Self::Class { class, worst, met } => {
                let id = if *met { "step_class_holds" } else { "step_class_fails" };
                Catalogue::of(lang).say(id, &[("class", class), ("worst", worst)])
            }
            Self::Task(done) => task(*done, lang),
        }
    }
}

/// A number that is held against others; with all its digits where those that are shown else would say that it
/// is as they are, or beyond them.
fn beside(number: Decimal, others: &[Decimal]) -> String {
    let short = |number: Decimal| if is_short(number) { number } else { as_shown(number) };
    let is_told = |other: &Decimal| short(number).cmp(&short(*other)) == number.cmp(other);
    if others.iter().all(is_told) { shown(number) } else { show(number) }
}

fn within(value: Decimal, least: Decimal, most: Decimal) -> String {
    let held = beside(value, &[least, most]);
    if value < least {
        format!("{held} < {}", show(least))
    } else if value > most {
        format!("{held} > {}", show(most))
    } else {
        format!("{} ≤ {held} ≤ {}", show(least), show(most))
    }
}

fn task(done: Decimal, lang: Lang) -> String {
    let on_its_way = || Catalogue::of(lang).say("step_progress", &[("done", &show(done))]);
    progress_word(done, lang).map_or_else(on_its_way, str::to_owned)
}
