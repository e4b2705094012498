//! From a value to points by the item's rule.

use rust_decimal::Decimal;

use super::expression::{Ratio, Sql, sql, ten_to};
use super::facts::{Facts, Found, first, lack};
use super::item::{Edge, Verdict, lead};
use super::refusal::Refused;
use super::sheet::{FINE, choice, fine};
use crate::formula::Formula;
use crate::plan::{
    Band, Bonus, Comparison, Indicator, Method, Part, Quantity, Rank, RankBy, RankTies, Rounding,
    Step, Symbol, When,
};

/// Points in fine units, and why there are none.
pub(super) struct Earning {
    pub(super) value: Sql,
    pub(super) lack: Sql,
}

/// A value and the rule that scores it.
struct Case<'a, 'c> {
    index: usize,
    item: &'a Indicator,
    /// What the columns are called.
    name: String,
    /// The value that counts.
    value: &'c Ratio,
    /// The value before it is rounded.
    exact: &'c Found,
    verdict: Option<&'c Verdict>,
}

impl Earning {
    fn sure(value: Sql) -> Self {
        Self { value, lack: Sql::int(lack::NOTHING) }
    }

    fn none() -> Self {
        Self { value: Sql::int(0), lack: Sql::int(lack::VALUE) }
    }
}

impl<'a> Facts<'a> {
    /// What an item's value earns.
    pub(super) fn earned(
        &mut self,
        index: usize,
        item: &'a Indicator,
        value: &Ratio,
        exact: &Found,
        verdict: Option<&Verdict>,
    ) -> Result<Earning, Refused> {
        self.refuse_roundabout(index, item)?;
        let name = super::facts::name(Quantity::Item(index));
        let case = Case { index, item, name, value, exact, verdict };
        let mut earning = self.by_method(&case)?;
        let rule = &item.rule;
        if let Some(bonus) = &rule.bonus {
            earning = self.with_bonus(&case, bonus, earning)?;
        }
        if let Some(points) = rule.worse_than_last_year {
            earning = self.unless_worse(&case, points, earning)?;
        }
        if let Some(round) = rule.round {
            earning.value = self.rounded_points(&case.name, &earning.value, round)?;
        }
        let points = self.sheet.number(&format!("{}_free", case.name), &earning.value);
        let (floor, cap) = (fine(rule.floor)?, fine(rule.cap(item.points))?);
        let is_below = points.compared("<", &floor);
        let is_above = points.compared(">", &cap);
        let value = self.sheet.choice(&[(is_below, floor), (is_above, cap)], &points);
        Ok(Earning { value, lack: earning.lack })
    }

    fn by_method(&mut self, case: &Case<'a, '_>) -> Result<Earning, Refused> {
        let met = case.item.rule.met(case.item.points);
        match &case.item.rule.method {
            Method::AllOrNothing => {
                let Some(verdict) = case.verdict else { return Ok(Earning::none()) };
                let branches = [(verdict.met.clone(), fine(met)?)];
                Ok(Earning::sure(self.sheet.choice(&branches, &Sql::int(0))))
            }
            Method::Off { step, zero_at } => self.off(case, met, step, zero_at.as_ref()),
            Method::Proportional { times, round_rate, zero_at } => {
                self.proportional(case, met, *times, *round_rate, zero_at.as_ref())
            }
            Method::Line(pairs) => {
                let (value, lack) = self.gauged(case)?;
                let value = self.on_line(case, pairs, &value)?;
                Ok(Earning { value, lack })
            }
            Method::Bands(bands) => {
                let (value, lack) = self.gauged(case)?;
                Ok(Earning { value: self.in_bands(bands, &value)?, lack })
            }
            Method::States(points) => {
                let mut branches = Vec::new();
                for (rank, points) in points.iter().enumerate() {
                    let rank = i128::try_from(rank).map_err(|_| Refused::too_large())?;
                    let is_it = case.value.compared("=", &Ratio::int(-rank))?;
                    branches.push((is_it, fine(*points)?));
                }
                Ok(Earning::sure(self.sheet.choice(&branches, &Sql::int(0))))
            }
            Method::Rank(rank) => self.ranked(case, met, rank),
            Method::Reported => {
                Ok(Earning::sure(self.sheet.fine(&format!("{}_given", case.name), case.value)?))
            }
            Method::Formula(formula) => self.by_formula(case, formula),
        }
    }

    fn off(
        &mut self,
        case: &Case<'a, '_>,
        met: Decimal,
        step: &Step,
        zero_at: Option<&Comparison>,
    ) -> Result<Earning, Refused> {
        let Some(verdict) = case.verdict else { return Ok(Earning::none()) };
        let (lead, lack) = self.lead_of(case, verdict)?;
        let name = format!("{}_off", case.name);
        let off = self.in_steps(&name, step, &lead.negated())?;
        let left = fine(met)?.plus(&off.negated()?)?;
        let left = self.sheet.number(&format!("{}_left", case.name), &left);
        let mut branches = vec![(verdict.met.clone(), fine(met)?)];
        if let Some(zero_at) = zero_at.filter(|zero_at| **zero_at != Comparison::Scored) {
            let is_more = if case.item.rule.floor >= Decimal::ZERO {
                Sql::truth(true)
            } else {
                left.compared(">", &Sql::int(0))
            };
            branches.push((self.holds(zero_at, case.value)?.and(&is_more), Sql::int(0)));
        }
        let value = self.sheet.choice(&branches, &left);
        let is_met = (verdict.met.clone(), Sql::int(lack::NOTHING));
        Ok(Earning { value, lack: choice(&[is_met], &lack) })
    }

    /// How far the value is from its target, in per cent of that where the rule says so.
    fn lead_of(&mut self, case: &Case<'a, '_>, verdict: &Verdict) -> Result<(Ratio, Sql), Refused> {
        if !case.item.rule.of_target {
            return Ok((verdict.lead.clone(), Sql::int(lack::NOTHING)));
        }
        self.per_cent_of_bound(case, &verdict.lead, verdict)
    }

    fn per_cent_of_bound(
        &mut self,
        case: &Case<'a, '_>,
        number: &Ratio,
        verdict: &Verdict,
    ) -> Result<(Ratio, Sql), Refused> {
        let Edge::Number(bound) = &verdict.bound else {
            return Ok((Ratio::int(0), Sql::int(lack::VALUE)));
        };
        let is_not_positive = bound.compared("<=", &Ratio::int(0))?;
        if is_not_positive.is_true() {
            return Ok((Ratio::int(0), Sql::int(lack::VALUE)));
        }
        let rate = number.times(&Ratio::int(100))?.over(bound)?;
        let rate = self.sheet.ratio(&format!("{}_rate", case.name), &rate);
        let lacks = [(is_not_positive, Sql::int(lack::VALUE))];
        Ok((rate, choice(&lacks, &Sql::int(lack::NOTHING))))
    }

    /// What bands and lines are held against: the value, or its rate in per cent of the target.
    fn gauged(&mut self, case: &Case<'a, '_>) -> Result<(Ratio, Sql), Refused> {
        if !case.item.rule.of_target {
            return Ok((case.value.clone(), Sql::int(lack::NOTHING)));
        }
        match case.verdict {
            Some(verdict) => self.per_cent_of_bound(case, case.value, verdict),
            None => Ok((Ratio::int(0), Sql::int(lack::VALUE))),
        }
    }

    /// What a distance comes to in steps, in fine units of points.
    fn in_steps(&mut self, name: &str, step: &Step, amount: &Ratio) -> Result<Sql, Refused> {
        let (points, per) = (Ratio::of(step.points)?, Ratio::of(step.per)?);
        let count = amount.over(&per)?;
        if step.part == Part::Share {
            return self.sheet.fine(name, &count.times(&points)?);
        }
        let (num, den) = count.parts()?;
        let num = self.sheet.number(name, &num);
        let num = match step.part {
            Part::Begun => num.plus(&den)?.plus(&Sql::int(-1))?,
            Part::Share | Part::Whole => num,
        };
        let count = self.sheet.whole(&num, &den)?;
        count.times(&fine(step.points)?)
    }

    fn proportional(
        &mut self,
        case: &Case<'a, '_>,
        met: Decimal,
        times: Option<Decimal>,
        round_rate: Option<u32>,
        zero_at: Option<&Comparison>,
    ) -> Result<Earning, Refused> {
        let Some(verdict) = case.verdict else { return Ok(Earning::none()) };
        let is_met = (verdict.met.clone(), fine(met)?);
        let bound = match &verdict.bound {
            Edge::Number(bound) => bound.clone(),
            Edge::Done => Ratio::int(100),
            Edge::Other => {
                let met = (verdict.met.clone(), Sql::int(lack::NOTHING));
                let lack = choice(&[met], &Sql::int(lack::VALUE));
                return Ok(Earning { value: self.sheet.choice(&[is_met], &Sql::int(0)), lack });
            }
        };
        let mut branches = vec![is_met];
        if let Some(zero_at) = zero_at.filter(|zero_at| **zero_at != Comparison::Scored) {
            branches.push((self.holds(zero_at, case.value)?, Sql::int(0)));
        }
        let zero = Ratio::int(0);
        let is_nothing = bound.compared("<=", &zero)?.or(&case.value.compared("<=", &zero)?);
        if bound.compared("<=", &zero)?.is_true() {
            return Ok(Earning::sure(self.sheet.choice(&branches, &Sql::int(0))));
        }
        branches.push((is_nothing, Sql::int(0)));
        let name = format!("{}_share", case.name);
        let mut rate = case.value.over(&bound)?;
        if let Some(digits) = round_rate {
            let rounding = Rounding { digits, ties: self.ties() };
            let per_cent = rate.times(&Ratio::int(100))?;
            let rounded = self.sheet.at_digits(&name, &per_cent, rounding)?;
            let rounded = self.sheet.number(&name, &rounded);
            rate = Ratio::units(&rounded, super::expression::product(ten_to(digits)?, 100)?)?;
        }
        let factor = Ratio::of(met)?.times(&Ratio::of(times.unwrap_or(Decimal::ONE))?)?;
        let share = self.sheet.fine(&name, &rate.times(&factor)?)?;
        let share = self.sheet.number(&name, &share);
        branches.push((share.compared(">", &fine(met)?), fine(met)?));
        Ok(Earning::sure(self.sheet.choice(&branches, &share)))
    }

    fn on_line(
        &mut self,
        case: &Case<'a, '_>,
        pairs: &[(Decimal, Decimal)],
        value: &Ratio,
    ) -> Result<Sql, Refused> {
        let mut branches = Vec::new();
        let mut before: Option<(Decimal, Decimal)> = None;
        for &(at, points) in pairs {
            let then = match before {
                None => fine(points)?,
                Some((from, start)) if from == at => fine(start)?,
                Some((from, start)) => {
                    let slope = Ratio::of(points - start)?.over(&Ratio::of(at - from)?)?;
                    let rise = value.minus(&Ratio::of(from)?)?.times(&slope)?;
                    let points = Ratio::of(start)?.plus(&rise)?;
                    self.sheet.fine(&format!("{}_line", case.name), &points)?
                }
            };
            branches.push((value.compared("<", &Ratio::of(at)?)?, then));
            before = Some((at, points));
        }
        let last = before.map_or(Ok(Sql::int(0)), |(_, points)| fine(points))?;
        Ok(self.sheet.choice(&branches, &last))
    }

    /// The points of the first band that a value is in.
    fn in_bands(&mut self, bands: &[Band], value: &Ratio) -> Result<Sql, Refused> {
        let mut branches = Vec::new();
        for band in bands {
            let holds = match &band.holds {
                Some(comparison) => self.holds(comparison, value)?,
                None => Sql::truth(true),
            };
            branches.push((holds, fine(band.points)?));
        }
        Ok(self.sheet.choice(&branches, &Sql::int(0)))
    }

    fn by_formula(
        &mut self,
        case: &Case<'a, '_>,
        formula: &'a Formula<Symbol>,
    ) -> Result<Earning, Refused> {
        let absent = || Found { value: Ratio::int(0), lack: Sql::int(lack::VALUE) };
        let bound = match case.verdict.map(|verdict| &verdict.bound) {
            Some(Edge::Number(bound)) => {
                Found { value: bound.clone(), lack: Sql::int(lack::NOTHING) }
            }
            Some(Edge::Done) => Found { value: Ratio::int(100), lack: Sql::int(lack::NOTHING) },
            Some(Edge::Other) | None => absent(),
        };
        let own = Quantity::Item(case.index);
        let mut look = |facts: &mut Self, symbol: &Symbol| match symbol {
            Symbol::Value(quantity, When::ThisYear) if *quantity == own => {
                Ok(Found { value: case.value.clone(), lack: case.exact.lack.clone() })
            }
            Symbol::Value(quantity, when) => {
                match facts.plan.year_of(*when, facts.year, Some(case.item)) {
                    Some(year) => facts.number(*quantity, year),
                    None => Ok(absent()),
                }
            }
            Symbol::Target => Ok(bound.clone()),
            Symbol::Points => {
                let value = Ratio::of(case.item.points)?;
                Ok(Found { value, lack: Sql::int(lack::NOTHING) })
            }
            _ => Ok(absent()),
        };
        let name = format!("{}_formula", case.name);
        let Found { value, lack } = self.number_of(formula, &name, &mut look)?;
        Ok(Earning { value: self.sheet.fine(&name, &value)?, lack })
    }

    fn ranked(
        &mut self,
        case: &Case<'a, '_>,
        top: Decimal,
        rank: &Rank,
    ) -> Result<Earning, Refused> {
        let Some(better) = case.item.better(self.year) else { return Ok(Earning::none()) };
        let name = format!("{}_rank", case.name);
        let is_in = self.is_ranked(rank);
        let has_value = case.exact.lack.compared("=", &Sql::int(lack::NOTHING));
        let counts = sql!("CASE WHEN {} THEN 1 ELSE 0 END", is_in.and(&has_value));
        let counts = self.sheet.name(&format!("{name}_counts"), &counts);
        // What is divided by other values has no common measure; its digits have.
        let value = if case.exact.value.is_even() {
            case.exact.value.parts()?.0
        } else {
            self.sheet.fine(&name, &case.exact.value)?
        };
        let value = self.sheet.number(&name, &value);
        let way = Sql::new(
            match better {
                crate::plan::Better::Higher => "DESC",
                crate::plan::Better::Lower => "ASC",
            },
            0,
        );
        let over = sql!("OVER (PARTITION BY year, {} ORDER BY {} {})", counts, value, way);
        let all = sql!("OVER (PARTITION BY year, {})", counts);
        let (twice_place, count) = match rank.ties {
            RankTies::Skip => (sql!("2 * RANK() {}", over), sql!("COUNT(*) {}", all)),
            RankTies::Mean => {
                let equal = sql!("OVER (PARTITION BY year, {}, {})", counts, value);
                (sql!("2 * RANK() {} + COUNT(*) {} - 1", over, equal), sql!("COUNT(*) {}", all))
            }
            RankTies::Dense => {
                let place = sql!("DENSE_RANK() {}", over);
                let place = self.sheet.number(&format!("{name}_dense"), &place);
                (sql!("2 * {}", place), sql!("MAX({}) {}", place, all))
            }
        };
        let place = self.sheet.number(&format!("{name}_place"), &twice_place);
        let place = Ratio::units(&place, 2)?;
        let count = self.sheet.number(&format!("{name}_of"), &count);
        let points = match &rank.by {
            RankBy::Bands(bands) => self.in_bands(bands, &place)?,
            RankBy::Place(last) => {
                let slope = Ratio::of(last - top)?;
                let behind = place.minus(&Ratio::int(1))?.times(&slope)?;
                let others = Ratio::units(&count.plus(&Sql::int(-1))?, 1)?;
                let points = Ratio::of(top)?.plus(&behind.over(&others)?)?;
                let points = self.sheet.fine(&format!("{name}_points"), &points)?;
                let is_alone = count.compared("<=", &Sql::int(1));
                self.sheet.choice(&[(is_alone, fine(top)?)], &points)
            }
            RankBy::Value(last) => {
                if !case.exact.value.is_even() {
                    return Err(Refused::new(
                        "`rank` by value, of a value that is divided by another",
                    ));
                }
                let [least, most] =
                    ["MIN", "MAX"].map(|end| sql!("{}({}) {}", Sql::new(end, 0), value, all));
                let least = self.sheet.number(&format!("{name}_least"), &least);
                let most = self.sheet.number(&format!("{name}_most"), &most);
                let (worst, best) = match better {
                    crate::plan::Better::Higher => (&least, &most),
                    crate::plan::Better::Lower => (&most, &least),
                };
                let part = |a: &Sql, b: &Sql| Ratio::units(a, 1)?.minus(&Ratio::units(b, 1)?);
                let share = part(&value, worst)?.over(&part(best, worst)?)?;
                let rise = share.times(&Ratio::of(top - last)?)?;
                let points = Ratio::of(*last)?.plus(&rise)?;
                let points = self.sheet.fine(&format!("{name}_points"), &points)?;
                let is_alone = least.compared("=", &most);
                self.sheet.choice(&[(is_alone, fine(top)?)], &points)
            }
        };
        let lack =
            choice(&[(is_in.not(), Sql::int(lack::NOT_APPLICABLE))], &Sql::int(lack::NOTHING));
        Ok(Earning { value: points, lack: first(&[case.exact.lack.clone(), lack]) })
    }

    /// Whether the region is one of those that are compared.
    fn is_ranked(&self, rank: &Rank) -> Sql {
        let list = |regions: &[String]| {
            let regions = regions.iter().map(|name| self.plan.region_called(name));
            let texts: Vec<_> = regions.map(|name| self.sheet.dialect.quoted(name)).collect();
            Sql::new(format!("region IN ({})", texts.join(", ")), 0)
        };
        let among = if rank.among.is_empty() { Sql::truth(true) } else { list(&rank.among) };
        let except = if rank.except.is_empty() { Sql::truth(false) } else { list(&rank.except) };
        among.and(&except.not())
    }

    fn with_bonus(
        &mut self,
        case: &Case<'a, '_>,
        bonus: &Bonus,
        earning: Earning,
    ) -> Result<Earning, Refused> {
        let Some(verdict) = case.verdict else { return Ok(Earning::none()) };
        let is_beyond = verdict.met.and(&verdict.lead.compared(">", &Ratio::int(0))?);
        let (lead, lack) = self.lead_of(case, verdict)?;
        let name = format!("{}_bonus", case.name);
        let points = self.in_steps(&name, &bonus.step, &lead)?;
        let points = self.sheet.number(&name, &points);
        let points = match bonus.up_to {
            Some(up_to) => {
                let is_more = points.compared(">", &fine(up_to)?);
                self.sheet.choice(&[(is_more, fine(up_to)?)], &points)
            }
            None => points,
        };
        let sum = earning.value.plus(&points)?;
        let value = self.sheet.choice(&[(is_beyond.clone(), sum)], &earning.value);
        let lack = choice(&[(is_beyond, lack)], &Sql::int(lack::NOTHING));
        Ok(Earning { value, lack: first(&[earning.lack, lack]) })
    }

    /// A value that is worse than last year's earns what the rule says, or less.
    fn unless_worse(
        &mut self,
        case: &Case<'a, '_>,
        points: Decimal,
        earning: Earning,
    ) -> Result<Earning, Refused> {
        let Some(better) = case.item.better(self.year) else { return Ok(Earning::none()) };
        let last = self.number(Quantity::Item(case.index), self.year.before())?;
        let before = self.sheet.number(&format!("{}_before", case.name), &earning.value);
        let is_worse = lead(better, &case.exact.value, &last.value)?;
        let is_worse = is_worse.compared("<", &Ratio::int(0))?;
        let is_more = before.compared(">", &fine(points)?);
        let value = self.sheet.choice(&[(is_worse.and(&is_more), fine(points)?)], &before);
        Ok(Earning { value, lack: first(&[earning.lack, case.exact.lack.clone(), last.lack]) })
    }

    fn rounded_points(
        &mut self,
        name: &str,
        points: &Sql,
        rounding: Rounding,
    ) -> Result<Sql, Refused> {
        let Some(cut) = FINE.checked_sub(rounding.digits) else { return Ok(points.clone()) };
        let unit = Sql::int(ten_to(cut)?);
        let name = format!("{name}_round");
        self.sheet.rounded(&name, points, &unit, rounding.ties)?.times(&unit)
    }
}
