//! From a value to points by the item's rule, and how that came about.

use rust_decimal::Decimal;

use super::absence::Absence;
use super::facts::{Facts, Worked};
use super::judge::{Basis, Lead, Verdict, judge, operand};
use crate::data::Value;
use crate::number::show;
use crate::plan::{
    Band, Better, Bonus, Compare, Comparison, Indicator, Method, Part, Quantity, Rank, RankBy,
    Relation, Rounding, Rule, Scoring, Segment, Step as StepOf, in_band,
};
use crate::year::Year;

/// What a value earned.
pub(super) struct Earning<'a> {
    pub(super) points: Decimal,
    pub(super) steps: Vec<Step<'a>>,
    /// Whether it can still change with other regions' values.
    pub(super) is_open: bool,
}

/// A step of the sum by which a value became points.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Step<'a> {
    /// The value against its target, or against the band that it is in.
    Basis(Basis<'a>),
    /// `6 − (31.4 − 30) × 0.5 = 5.3`.
    Figures {
        /// What is worked out.
        terms: String,
        /// What it comes to.
        result: Decimal,
    },
    /// Points on a straight line.
    Line {
        /// Where it begins: value and points.
        from: (Decimal, Decimal),
        /// Where it ends.
        to: (Decimal, Decimal),
        /// The value on it.
        value: Decimal,
        /// What that comes to.
        result: Decimal,
    },
    /// Why a branch of a formula is taken, one of the reasons.
    Condition(String),
    /// How many steps a distance makes, where parts do not count in proportion.
    Count {
        /// The distance: `31.4 − 30`.
        terms: String,
        /// What that is.
        amount: Decimal,
        /// The length of a step.
        per: Decimal,
        /// Whether parts count.
        part: Part,
        /// How many steps count.
        count: Decimal,
    },
    /// A rate that is rounded before it is used, in per cent.
    Rate {
        /// What is divided.
        terms: String,
        /// What it comes to.
        rate: Decimal,
        /// As it is used.
        rounded: Decimal,
    },
    /// Where nothing is left, by a line of its own.
    Nothing(Basis<'a>),
    /// In none of the bands.
    NoBand,
    /// The class that the points are of.
    Class(&'a str),
    /// A place among regions.
    Place {
        /// The place.
        place: Decimal,
        /// Of how many.
        of: usize,
    },
    /// The value that was the points, given by a person.
    Reported(Decimal),
    /// The bonus is held at its most.
    BonusLimit(Decimal),
    /// Worse than last year: nothing else counts.
    Worse {
        /// This year's value, as it is shown.
        value: String,
        /// How it stands to last year's.
        relation: Relation,
        /// Last year's, as it is shown.
        last: String,
        /// That year.
        of: Year,
    },
    /// Rounded.
    Rounded(Decimal),
    /// Held at the fewest that there can be.
    Floor(Decimal),
    /// Held at the most that there can be.
    Cap(Decimal),
}

/// What an item's value earns.
pub(super) fn earn<'a>(
    facts: &Facts<'a>,
    indicator: &'a Indicator,
    index: usize,
    value: Option<&Value>,
    verdict: Option<&Verdict<'a>>,
) -> Result<Earning<'a>, Absence> {
    let (rule, scoring) = (&indicator.rule, facts.plan.scoring());
    // A value that is compared rounded is scored so too.
    let rounded = verdict.and_then(|verdict| verdict.basis.rounded()).map(Value::Number);
    let exact = value;
    let value = rounded.as_ref().or(value);
    let case = Case { facts, indicator, rule, index, value, exact, verdict };
    let mut earning = case.by_method(scoring)?;
    if let Some(bonus) = &case.rule.bonus {
        case.add_bonus(bonus, &mut earning)?;
    }
    if let Some(points) = case.rule.worse_than_last_year {
        case.replace_if_worse(points, &mut earning)?;
    }
    if let Some(round) = case.rule.round {
        earning.round(round);
    }
    let (floor, cap) = (case.rule.floor, case.rule.cap(indicator.points));
    if earning.points < floor {
        earning.steps.push(Step::Floor(floor));
        earning.points = floor;
    } else if earning.points > cap {
        earning.steps.push(Step::Cap(cap));
        earning.points = cap;
    }
    Ok(earning)
}

impl<'a> Earning<'a> {
    fn new(points: Decimal, step: Step<'a>) -> Self {
        Self { points, steps: vec![step], is_open: false }
    }

    /// The same with steps before the others.
    fn after(mut self, steps: impl IntoIterator<Item = Step<'a>>) -> Self {
        self.steps.splice(0..0, steps);
        self
    }

    fn figures(terms: String, result: Decimal) -> Self {
        let result = result.normalize();
        Self::new(result, Step::Figures { terms, result })
    }

    fn round(&mut self, round: Rounding) {
        let rounded = round.apply(self.points);
        if rounded != self.points {
            self.steps.push(Step::Rounded(rounded));
        }
        self.points = rounded.normalize();
    }
}

/// A value and the rule that scores it.
struct Case<'a, 'c> {
    facts: &'c Facts<'a>,
    indicator: &'a Indicator,
    rule: &'a Rule,
    index: usize,
    /// The value that counts: rounded, where it is compared so.
    value: Option<&'c Value>,
    /// The value as it was measured or worked out.
    exact: Option<&'c Value>,
    verdict: Option<&'c Verdict<'a>>,
}

impl<'a> Case<'a, '_> {
    fn by_method(&self, scoring: &Scoring) -> Result<Earning<'a>, Absence> {
        let met = self.rule.met(self.indicator.points);
        match &self.rule.method {
            Method::AllOrNothing => {
                let verdict = self.verdict.ok_or(Absence::NoBound)?;
                let points = if verdict.met { met } else { Decimal::ZERO };
                Ok(Earning::new(points, Step::Basis(verdict.basis.clone())))
            }
            Method::Off { step, zero_at } => self.off(met, step, zero_at.as_ref(), scoring),
            Method::Proportional { times, round_rate, zero_at } => {
                let verdict = self.verdict.ok_or(Absence::NoBound)?;
                match self.nothing(zero_at.as_ref(), scoring).filter(|_| !verdict.met) {
                    Some(nothing) => Ok(nothing),
                    None => self.proportional(verdict, met, (*times, *round_rate), scoring),
                }
            }
            Method::Line(pairs) => {
                let (step, value) = self.gauged()?;
                let value = value.number().ok_or(Absence::NoBound)?;
                Ok(on_line(pairs, value)?.after(step))
            }
            Method::Bands(bands) => {
                let (step, value) = self.gauged()?;
                Ok(self.in_bands(bands, &value, scoring)?.after(step))
            }
            Method::States(points) => {
                let Some(Value::Class(rank)) = self.value else { return Err(Absence::NoBound) };
                let points = points.get(*rank).copied().unwrap_or_default();
                Ok(Earning::new(points, Step::Class(self.indicator.class_name(*rank))))
            }
            Method::Rank(rank) => self.ranked(rank, met, scoring),
            Method::Reported => {
                let points = self.number()?;
                Ok(Earning::new(points, Step::Reported(points)))
            }
            Method::Formula(formula) => {
                let bound = self.verdict.and_then(|verdict| match &verdict.basis {
                    Basis::Number { bound, .. } => Some(*bound),
                    Basis::Task(_) => Some(Decimal::ONE_HUNDRED),
                    Basis::Within { .. } | Basis::Class { .. } => None,
                });
                let year = self.facts.year();
                let supposing = self.value.filter(|value| Some(*value) != self.exact);
                let supposing =
                    supposing.map(|value| self.facts.supposing(self.index, value.clone()));
                let facts = supposing.as_ref().unwrap_or(self.facts);
                let Worked { number, shown, .. } =
                    facts.evaluate(formula, self.indicator, year, bound)?;
                let conditions = shown.conditions.into_iter().map(Step::Condition);
                Ok(Earning::figures(shown.terms, number).after(conditions))
            }
        }
    }

    /// The value as a number: of a task its progress, of a class its place, the best last.
    fn number(&self) -> Result<Decimal, Absence> {
        self.number_of(self.value)
    }

    /// The same of the value before it is rounded.
    fn exact_number(&self) -> Result<Decimal, Absence> {
        self.number_of(self.exact)
    }

    fn number_of(&self, value: Option<&Value>) -> Result<Decimal, Absence> {
        let absent = Absence::Value(Quantity::Item(self.index), self.facts.year());
        value.and_then(Value::number).ok_or(absent)
    }

    /// A number that a value was taken for, as people read it.
    fn shown(&self, number: Decimal) -> String {
        match (self.value, usize::try_from(-number)) {
            (Some(Value::Class(_)), Ok(rank)) => self.indicator.class_name(rank).to_owned(),
            _ => show(number),
        }
    }

    fn off(
        &self,
        met: Decimal,
        step: &StepOf,
        zero_at: Option<&'a Comparison>,
        scoring: &Scoring,
    ) -> Result<Earning<'a>, Absence> {
        let verdict = self.verdict.ok_or(Absence::NoBound)?;
        if verdict.met {
            return Ok(Earning::new(met, Step::Basis(verdict.basis.clone())));
        }
        let (lead, by) = self.lead(verdict)?;
        let (counted, points, terms) = in_steps(step, -lead, &by)?;
        let result = met.checked_sub(points).ok_or(Absence::TooLarge)?.normalize();
        // With a floor below zero there may be less than nothing left.
        let is_more = result > Decimal::ZERO || self.rule.floor >= Decimal::ZERO;
        if let Some(nothing) = self.nothing(zero_at.filter(|_| is_more), scoring) {
            return Ok(nothing);
        }
        let figures = Step::Figures { terms: format!("{} − {terms}", show(met)), result };
        let steps = counted.into_iter().chain([figures]).collect();
        Ok(Earning { points: result, steps, is_open: false })
    }

    /// That nothing is left, where the value is beyond a line of its own.
    fn nothing(&self, zero_at: Option<&'a Comparison>, scoring: &Scoring) -> Option<Earning<'a>> {
        let zero = self.against(zero_at?, self.value?, scoring).filter(|zero| zero.met)?;
        Some(Earning::new(Decimal::ZERO, Step::Nothing(zero.basis)))
    }

    /// How far the value is from its target, in per cent of that where the rule says so; and the
    /// terms that say so.
    fn lead(&self, verdict: &Verdict<'a>) -> Result<(Decimal, String), Absence> {
        let Lead { amount, terms } = &verdict.lead;
        if !self.rule.of_target {
            return Ok((*amount, terms.show()));
        }
        let bound = positive_bound(verdict)?;
        let amount = per_cent(*amount, bound)?;
        Ok((amount, format!("({}) ÷ {} × 100", terms.show(), show(bound))))
    }

    /// What bands and lines are held against: the value, or its rate in per cent of the target.
    fn gauged(&self) -> Result<(Option<Step<'a>>, Value), Absence> {
        if !self.rule.of_target {
            return Ok((None, self.value.cloned().ok_or(Absence::NoBound)?));
        }
        let bound = positive_bound(self.verdict.ok_or(Absence::NoBound)?)?;
        let value = self.number()?;
        let rate = per_cent(value, bound)?;
        let terms = format!("{} ÷ {}", operand(value), show(bound));
        Ok((Some(Step::Rate { terms, rate, rounded: rate }), Value::Number(rate)))
    }

    fn proportional(
        &self,
        verdict: &Verdict<'a>,
        met: Decimal,
        (times, round_rate): (Option<Decimal>, Option<u32>),
        scoring: &Scoring,
    ) -> Result<Earning<'a>, Absence> {
        if verdict.met {
            return Ok(Earning::new(met, Step::Basis(verdict.basis.clone())));
        }
        let (value, bound) = match &verdict.basis {
            Basis::Number { value, rounded, bound, .. } => (rounded.unwrap_or(*value), *bound),
            Basis::Task(done) => (*done, Decimal::ONE_HUNDRED),
            Basis::Within { .. } | Basis::Class { .. } => return Err(Absence::NoBound),
        };
        if bound <= Decimal::ZERO || value <= Decimal::ZERO {
            // Below zero there is no share to be reached, nor of a bound there.
            return Ok(Earning::new(Decimal::ZERO, Step::Basis(verdict.basis.clone())));
        }
        let factor = times.unwrap_or(Decimal::ONE);
        let by = times.map(|times| format!(" × {}", show(times))).unwrap_or_default();
        let product = |a: Decimal, b: Decimal, c: Decimal| {
            a.checked_mul(b).and_then(|ab| ab.checked_mul(c)).ok_or(Absence::TooLarge)
        };
        let Some(digits) = round_rate else {
            let result =
                product(met, factor, value)?.checked_div(bound).ok_or(Absence::TooLarge)?;
            let terms = format!("{} × {} ÷ {}{by}", show(met), show(value), operand(bound));
            return Ok(Earning::figures(terms, result.min(met)));
        };
        let exact = per_cent(value, bound)?;
        let rounded = Rounding { digits, ..scoring.round }.apply(exact);
        let result = product(met, factor, rounded)? / Decimal::ONE_HUNDRED;
        let terms = format!("{} ÷ {}", show(value), operand(bound));
        let rate = Step::Rate { terms, rate: exact, rounded };
        let terms = format!("{} × {}%{by}", show(met), show(rounded));
        let result = result.min(met).normalize();
        let steps = vec![rate, Step::Figures { terms, result }];
        Ok(Earning { points: result, steps, is_open: false })
    }

    /// How a value stands to a comparison that names its bound.
    fn against(
        &self,
        comparison: &'a Comparison,
        value: &Value,
        scoring: &Scoring,
    ) -> Option<Verdict<'a>> {
        let none = |_| Err::<_, Absence>(Absence::NoBound);
        // Edges of a rule's own are held against the value that counts, with all its digits.
        let scoring = Scoring { compare: Compare::Exact, ..scoring.clone() };
        judge(comparison, value, none, self.indicator, &scoring).ok().flatten()
    }

    /// The points of the first band that a value is in.
    fn in_bands(
        &self,
        bands: &'a [Band],
        value: &Value,
        scoring: &Scoring,
    ) -> Result<Earning<'a>, Absence> {
        let number = match value {
            Value::Class(rank) => Decimal::from(*rank),
            Value::Number(number) | Value::Progress(number) => *number,
            Value::NotApplicable(reason) => return Err(Absence::NotApplicable(reason.clone())),
        };
        let Some(band) = in_band(bands, number) else {
            return Ok(Earning::new(Decimal::ZERO, Step::NoBand));
        };
        let basis = band.holds.as_ref().and_then(|holds| self.against(holds, value, scoring));
        let step = basis.map_or(Step::NoBand, |verdict| Step::Basis(verdict.basis));
        Ok(Earning::new(band.points, step))
    }

    fn ranked(
        &self,
        rank: &'a Rank,
        first: Decimal,
        scoring: &Scoring,
    ) -> Result<Earning<'a>, Absence> {
        let better = self.indicator.better(self.facts.year()).ok_or(Absence::NoBound)?;
        let own = self.exact_number()?;
        let field = self.facts.field(self.index, rank)?;
        let (place, is_open) = (field.place(own, better, rank.ties), field.is_open);
        let count = field.places(rank.ties);
        let at = Step::Place { place, of: field.len() };
        let earning = match &rank.by {
            RankBy::Bands(bands) => {
                let mut earning = self.in_bands(bands, &Value::Number(place), scoring)?;
                if let Some(step) = earning.steps.first_mut() {
                    *step = at;
                }
                return Ok(Earning { is_open, ..earning });
            }
            RankBy::Place(last) if count > 1 => {
                let count = Decimal::from(count);
                let (behind, others) = (place - Decimal::ONE, count - Decimal::ONE);
                let result = first - (first - last) * behind / others;
                let terms = format!(
                    "{} − ({} − {}) × ({} − 1) ÷ ({count} − 1)",
                    show(first),
                    show(first),
                    operand(*last),
                    show(place)
                );
                Earning::figures(terms, result)
            }
            RankBy::Value(last) => match field.ends().filter(|(least, most)| least != most) {
                Some((least, most)) => {
                    let (worst, best) = match better {
                        Better::Higher => (least, most),
                        Better::Lower => (most, least),
                    };
                    by_value(first, *last, own, worst, best)?
                }
                None => return Ok(Earning { is_open, ..Earning::new(first, at) }),
            },
            RankBy::Place(_) => return Ok(Earning { is_open, ..Earning::new(first, at) }),
        };
        Ok(Earning { is_open, ..earning.after(Some(at)) })
    }

    fn add_bonus(&self, bonus: &Bonus, earning: &mut Earning<'a>) -> Result<(), Absence> {
        let verdict = self.verdict.ok_or(Absence::NoBound)?;
        if !verdict.met || verdict.lead.amount <= Decimal::ZERO {
            return Ok(());
        }
        let before = earning.points;
        let (lead, by) = self.lead(verdict)?;
        let (counted, points, terms) = in_steps(&bonus.step, lead, &by)?;
        earning.steps.extend(counted);
        let (points, terms) = match bonus.up_to.filter(|up_to| points > *up_to) {
            Some(up_to) => {
                earning.steps.push(Step::Figures { terms, result: points });
                earning.steps.push(Step::BonusLimit(up_to));
                (up_to, show(up_to))
            }
            None => (points, terms),
        };
        let result = before.checked_add(points).ok_or(Absence::TooLarge)?.normalize();
        let terms = format!("{} + {terms}", show(before));
        earning.steps.push(Step::Figures { terms, result });
        earning.points = result;
        Ok(())
    }

    /// A value that is worse than last year's earns what the rule says, whatever else it is.
    fn replace_if_worse(&self, points: Decimal, earning: &mut Earning<'a>) -> Result<(), Absence> {
        let better = self.indicator.better(self.facts.year()).ok_or(Absence::NoBound)?;
        let (value, of) = (self.exact_number()?, self.facts.year().before());
        let last = self.facts.number(Quantity::Item(self.index), of)?;
        // What earned fewer points already keeps to them.
        if better.lead(value, last) < Decimal::ZERO && earning.points > points {
            let relation = match better {
                Better::Higher => Relation::Below,
                Better::Lower => Relation::Above,
            };
            let (value, last) = (self.shown(value), self.shown(last));
            earning.steps = vec![Step::Worse { value, relation, last, of }];
            earning.points = points;
        }
        Ok(())
    }
}

/// What a distance comes to in steps: what is to be said of the count, the points, and the terms
/// of the product. `by` are the terms of the distance.
fn in_steps<'a>(
    step: &StepOf,
    amount: Decimal,
    by: &str,
) -> Result<(Option<Step<'a>>, Decimal, String), Absence> {
    let StepOf { points, per, part } = *step;
    let is_whole = |number: Decimal| number == number.trunc();
    if part == Part::Share {
        // One division, last, so that nothing that comes out even is rounded on the way.
        let product = amount.checked_mul(points).ok_or(Absence::TooLarge)?;
        let result = product.checked_div(per).ok_or(Absence::TooLarge)?;
        let of = if per == Decimal::ONE { String::new() } else { format!(" ÷ {}", show(per)) };
        let terms = if by.contains(' ') {
            format!("({by}){of} × {}", show(points))
        } else {
            format!("{by}{of} × {}", show(points))
        };
        return Ok((None, result.normalize(), terms));
    }
    // The whole part of a quotient is exact where the quotient itself may be endless.
    let rest = amount.checked_rem(per).ok_or(Absence::TooLarge)?;
    let whole = (amount - rest).checked_div(per).ok_or(Absence::TooLarge)?.round();
    let is_begun = part == Part::Begun && !rest.is_zero();
    let count = if is_begun { whole + Decimal::ONE } else { whole };
    let result = count.checked_mul(points).ok_or(Absence::TooLarge)?.normalize();
    let terms = format!("{} × {}", show(count), show(points));
    let says = !(is_whole(amount) && per == Decimal::ONE);
    let counted = says.then(|| Step::Count {
        terms: by.to_owned(),
        amount: amount.normalize(),
        per,
        part,
        count,
    });
    if says {
        return Ok((counted, result, terms));
    }
    let terms = if by.contains(' ') { format!("({by}) × {}", show(points)) } else { terms };
    Ok((None, result, terms))
}

/// How many per cent a number is of another.
fn per_cent(number: Decimal, of: Decimal) -> Result<Decimal, Absence> {
    let hundredfold = number.checked_mul(Decimal::ONE_HUNDRED);
    let rate = hundredfold.and_then(|hundredfold| hundredfold.checked_div(of));
    rate.map(|rate| rate.normalize()).ok_or(Absence::TooLarge)
}

/// The bound of a target, of which per cent can be taken.
fn positive_bound(verdict: &Verdict<'_>) -> Result<Decimal, Absence> {
    match &verdict.basis {
        Basis::Number { bound, .. } if *bound > Decimal::ZERO => Ok(*bound),
        Basis::Number { .. } => Err(Absence::DivisionByZero),
        _ => Err(Absence::NoBound),
    }
}

fn on_line<'a>(pairs: &[(Decimal, Decimal)], value: Decimal) -> Result<Earning<'a>, Absence> {
    let segment = Segment::of(pairs, value).ok_or(Absence::NoBound)?;
    let points = segment.points(value).ok_or(Absence::TooLarge)?;
    let (from, to) = (segment.from, segment.to);
    if from == to {
        let is_first = pairs.first().is_some_and(|first| value <= first.0);
        let relation = if is_first { Relation::AtMost } else { Relation::AtLeast };
        let basis =
            Basis::Number { value, rounded: None, relation, bound: from.0, of: None, worked: None };
        return Ok(Earning::new(points, Step::Basis(basis)));
    }
    let result = points.normalize();
    Ok(Earning::new(result, Step::Line { from, to, value, result }))
}

/// Points on a straight line between the worst value and the best.
fn by_value<'a>(
    first: Decimal,
    last: Decimal,
    own: Decimal,
    worst: Decimal,
    best: Decimal,
) -> Result<Earning<'a>, Absence> {
    let product = (own - worst).checked_mul(first - last).ok_or(Absence::TooLarge)?;
    let rise = product.checked_div(best - worst).ok_or(Absence::TooLarge)?;
    let result = (last + rise).normalize();
    let (from, to) = ((worst, last), (best, first));
    Ok(Earning::new(result, Step::Line { from, to, value: own, result }))
}
