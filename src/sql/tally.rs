//! From the points of items to those of groups, and to the score.

use std::collections::BTreeMap;

use rust_decimal::Decimal;

use super::expression::{Ratio, Sql, in_units, sql, ten_to};
use super::facts::{Facts, lack};
use super::item::Scored;
use super::refusal::Refused;
use super::sheet::{FINE, Sheet, choice, fine};
use crate::plan::{Combine, Group, Indicator, Missing, NotApplicable, Ties};

/// Decimals of points that are printed; what is behind them is noise.
pub(super) const SOUND: u32 = 18;

/// Decimals of a score that are exact.
pub(super) const EXACT: u32 = 15;

/// Points, and what was earned of them.
#[derive(Clone, Debug)]
pub(super) struct Tally {
    /// Whether anything counts.
    pub(super) is_there: Sql,
    pub(super) points: Ratio,
    /// In fine units; 0 where nothing counts.
    pub(super) earned: Sql,
}

/// What a plan came to.
#[derive(Debug, Default)]
pub(super) struct Outcome {
    /// What items earned, in fine units; nothing where they do not count.
    pub(super) items: BTreeMap<usize, Sql>,
    pub(super) groups: BTreeMap<usize, GroupOutcome>,
    /// What points groups and shared items would have, whatever is open.
    full: BTreeMap<usize, (Sql, Ratio)>,
}

/// What a group came to, and what its parts came to before that was scaled.
#[derive(Clone, Debug)]
pub(super) struct GroupOutcome {
    pub(super) tally: Tally,
    pub(super) together: Tally,
}

/// A part of a group, or of the whole.
struct Member {
    weight: Decimal,
    tally: Tally,
}

/// The parts that are worth points, and what the others earned.
struct Parts {
    worth: Vec<Member>,
    extras: Sql,
    is_there: Sql,
}

impl Facts<'_> {
    /// Adds up what is so.
    pub(super) fn outcome(&mut self) -> Result<Outcome, (String, Refused)> {
        let mut outcome = Outcome::default();
        let scored: Vec<(usize, Scored)> =
            self.items.iter().map(|(index, item)| (*index, item.clone())).collect();
        for (index, item) in &scored {
            let counted = self.counted(*index, item);
            let counted = counted.map_err(|why| (self.called(*index), why))?;
            outcome.items.insert(*index, counted);
        }
        for (index, item) in &scored {
            let shared = self.with_share(*index, item, &outcome);
            let shared = shared.map_err(|why| (self.called(*index), why))?;
            if let Some(shared) = shared {
                outcome.items.insert(*index, shared);
            }
        }
        for index in self.inner_first() {
            let Some(group) = self.plan.groups().get(index) else { continue };
            let done = self.group(index, group, &outcome);
            let done = done.map_err(|why| (format!("group `{}`", group.id), why))?;
            outcome.groups.insert(index, done);
            let full = self.full_group(index, group, &outcome);
            let full = full.map_err(|why| (format!("group `{}`", group.id), why))?;
            outcome.full.insert(index, full);
        }
        Ok(outcome)
    }

    pub(super) fn called(&self, index: usize) -> String {
        let id = self.plan.indicators().get(index).map_or("", |item| item.id.as_str());
        format!("`{id}`")
    }

    /// The groups, those that lie in others before these.
    fn inner_first(&self) -> Vec<usize> {
        let groups = self.plan.groups();
        let depth = |index: usize| {
            let up = |at: &usize| groups.get(*at).and_then(|group| group.parent);
            std::iter::successors(Some(index), up).count()
        };
        let mut order: Vec<usize> = (0..groups.len()).collect();
        order.sort_by_key(|index| std::cmp::Reverse(depth(*index)));
        order
    }

    /// What an item counts as things stand, but for one that takes its share from others.
    fn counted(&mut self, index: usize, item: &Scored) -> Result<Sql, Refused> {
        let plan = self.plan;
        let Some(indicator) = plan.indicators().get(index) else { return Ok(Sql::null()) };
        if item.is_unasked {
            return Ok(Sql::null());
        }
        let scoring = plan.scoring();
        let without = |how: Missing| match how {
            Missing::Zero | Missing::Refuse => Sql::int(0),
            Missing::LeaveOut => Sql::null(),
        };
        let full = indicator.points.min(indicator.rule.cap(indicator.points));
        let not_applicable = match plan.not_applicable(indicator) {
            NotApplicable::Full => fine(full)?,
            NotApplicable::Zero => Sql::int(0),
            NotApplicable::LeaveOut | NotApplicable::Mean => Sql::null(),
        };
        let is = |code| item.lack.compared("=", &Sql::int(code));
        let branches = [
            (is(lack::NOTHING), item.earned.clone()),
            (is(lack::VALUE), without(scoring.missing)),
            (is(lack::ENOUGH), without(scoring.not_assessable())),
            (is(lack::NOT_APPLICABLE), not_applicable),
        ];
        let counted = self.sheet.choice(&branches, &Sql::null());
        Ok(self.sheet.number(&format!("i{}_counts", index + 1), &counted))
    }

    fn takes_share(&self, indicator: &Indicator) -> bool {
        self.plan.not_applicable(indicator) == NotApplicable::Mean
    }

    /// What an item counts that takes the share of the others of its group where it does not apply.
    fn with_share(
        &mut self,
        index: usize,
        item: &Scored,
        outcome: &Outcome,
    ) -> Result<Option<Sql>, Refused> {
        let plan = self.plan;
        let Some(indicator) = plan.indicators().get(index) else { return Ok(None) };
        if item.is_unasked || !self.takes_share(indicator) || item.lack.is(lack::NOTHING) {
            return Ok(None);
        }
        // Its own part is nothing just where it takes its share from these.
        let of = indicator.group.map_or(0, |group| group + 1);
        let (mut points, mut earned) = (Sql::int(0), Sql::int(0));
        for (other, indicator_of) in plan.indicators().iter().enumerate() {
            if indicator_of.group != indicator.group || indicator_of.points.is_zero() {
                continue;
            }
            let Some(part) = self.plain(other, outcome) else { continue };
            let worth = Sql::int(in_units(indicator_of.points, 6)?);
            points = points.plus(&counted_once(&self.sheet, &part, &worth))?;
            earned = earned.plus(&sql!("COALESCE({}, 0)", part))?;
        }
        let points = self.sheet.number(&format!("g{of}_others"), &points);
        let earned = self.sheet.number(&format!("g{of}_others_earned"), &earned);
        let own = Sql::int(in_units(indicator.points, 6)?);
        let name = format!("i{}_share", index + 1);
        let share = self.sheet.scaled(&name, &earned, &own, &points)?;
        let is_share = item.lack.compared("=", &Sql::int(lack::NOT_APPLICABLE));
        let has_others = points.compared("<>", &Sql::int(0));
        let plain = self.plain(index, outcome).unwrap_or_else(Sql::null);
        let counted = self.sheet.choice(&[(is_share.and(&has_others), share)], &plain);
        Ok(Some(self.sheet.number(&format!("i{}_counts", index + 1), &counted)))
    }

    /// What an item counts before any took its share.
    fn plain(&mut self, index: usize, outcome: &Outcome) -> Option<Sql> {
        let item = self.items.get(&index)?.clone();
        let plain = self.counted(index, &item).ok()?;
        outcome.items.contains_key(&index).then_some(plain)
    }

    fn members(&mut self, group: Option<usize>, outcome: &Outcome) -> Result<Parts, Refused> {
        let plan = self.plan;
        let (mut worth, mut extras, mut is_there) = (Vec::new(), Sql::int(0), Sql::truth(false));
        for (index, indicator) in plan.indicators().iter().enumerate() {
            let Some(earned) = outcome.items.get(&index) else { continue };
            if indicator.group != group || earned.text == "NULL" {
                continue;
            }
            let counts = if earned.number().is_some() {
                Sql::truth(true)
            } else {
                sql!("({} IS NOT NULL)", earned)
            };
            is_there = is_there.or(&counts);
            let earned = if earned.number().is_some() {
                earned.clone()
            } else {
                sql!("COALESCE({}, 0)", earned)
            };
            if indicator.points.is_zero() {
                extras = extras.plus(&earned)?;
                continue;
            }
            let points = Sql::int(in_units(indicator.points, 6)?);
            let points = self.sheet.choice(&[(counts.clone(), points)], &Sql::int(0));
            let points = Ratio::units(&points, ten_to(6)?)?;
            let tally = Tally { is_there: counts, points, earned };
            worth.push(Member { weight: indicator.weight, tally });
        }
        for (index, inner) in plan.groups().iter().enumerate() {
            let Some(done) = outcome.groups.get(&index) else { continue };
            let tally = &done.tally;
            if inner.parent != group || tally.is_there.is_false() {
                continue;
            }
            is_there = is_there.or(&tally.is_there);
            let has_points = tally.points.compared("<>", &Ratio::int(0))?;
            let extra =
                self.sheet.choice(&[(has_points.not(), tally.earned.clone())], &Sql::int(0));
            extras = extras.plus(&extra)?;
            let earned =
                self.sheet.choice(&[(has_points.clone(), tally.earned.clone())], &Sql::int(0));
            let tally = Tally { is_there: has_points, points: tally.points.clone(), earned };
            worth.push(Member { weight: inner.weight, tally });
        }
        Ok(Parts { worth, extras, is_there })
    }

    fn group(
        &mut self,
        index: usize,
        group: &Group,
        outcome: &Outcome,
    ) -> Result<GroupOutcome, Refused> {
        let name = format!("g{}", index + 1);
        let parts = self.members(Some(index), outcome)?;
        let together = match group.combine {
            Combine::Sum => self.sum(&name, &parts)?,
            combine => self.mean_or_lowest(&name, index, combine, &parts, outcome)?,
        };
        let (mut points, mut scaled) = (together.points.clone(), together.earned.clone());
        if let Some(own) = group.points {
            let own = Ratio::of(own)?;
            let rate = self.scaled_to(&name, &together, &own)?;
            let has_points = together.points.compared("<>", &Ratio::int(0))?;
            scaled = self.sheet.choice(&[(has_points.clone(), rate)], &scaled);
            points = self.sheet.pick(&[(has_points, own)], &points)?;
        }
        let earned = self.sheet.number(&format!("{name}_free"), &scaled.plus(&parts.extras)?);
        let mut held = Vec::new();
        if let Some(floor) = group.floor {
            held.push((earned.compared("<", &fine(floor)?), fine(floor)?));
        }
        if let Some(cap) = group.cap {
            held.push((earned.compared(">", &fine(cap)?), fine(cap)?));
        }
        let earned = self.sheet.choice(&held, &earned);
        // Where nothing in it counts, there is nothing to be held either.
        let earned = self.sheet.choice(&[(parts.is_there.clone(), earned)], &Sql::int(0));
        let earned = self.sheet.number(&format!("{name}_earned"), &earned);
        let points = self.sheet.ratio(&format!("{name}_points"), &points);
        let is_there = self.sheet.name(&format!("{name}_counts"), &parts.is_there);
        Ok(GroupOutcome { tally: Tally { is_there, points, earned }, together })
    }

    /// The parts added up.
    fn sum(&mut self, name: &str, parts: &Parts) -> Result<Tally, Refused> {
        let (mut points, mut earned) = (Ratio::int(0), Sql::int(0));
        for part in &parts.worth {
            points = points.plus(&part.tally.points)?;
            earned = earned.plus(&part.tally.earned)?;
        }
        let points = self.sheet.ratio(&format!("{name}_sum"), &points);
        let earned = self.sheet.number(&format!("{name}_sum_earned"), &earned);
        let is_there = points.compared("<>", &Ratio::int(0))?;
        Ok(Tally { is_there, points, earned })
    }

    /// What the share that was earned is of other points.
    fn scaled_to(&mut self, name: &str, tally: &Tally, points: &Ratio) -> Result<Sql, Refused> {
        let (by, per) = points.over_positive(&tally.points)?.parts()?;
        self.sheet.scaled(name, &tally.earned, &by, &per)
    }

    fn mean_or_lowest(
        &mut self,
        name: &str,
        index: usize,
        combine: Combine,
        parts: &Parts,
        outcome: &Outcome,
    ) -> Result<Tally, Refused> {
        let is_weighted = combine == Combine::Weighted;
        let weigh = |weight: Decimal| if is_weighted { weight } else { Decimal::ONE };
        let worth = self.full_worth(name, index, is_weighted, outcome)?;
        let digits = parts.worth.iter().map(|part| weigh(part.weight).normalize().scale()).max();
        let digits = digits.unwrap_or_default();
        let (mut sum, mut weights) = (Sql::int(0), Sql::int(0));
        let mut lowest: Vec<Sql> = Vec::new();
        for (at, part) in parts.worth.iter().enumerate() {
            let weight = Sql::int(in_units(weigh(part.weight), digits)?);
            let scaled = self.scaled_to(&format!("{name}_part{}", at + 1), &part.tally, &worth)?;
            let counts = &part.tally.is_there;
            let one = self.sheet.choice(&[(counts.clone(), scaled.times(&weight)?)], &Sql::int(0));
            sum = sum.plus(&one)?;
            let one = self.sheet.choice(&[(counts.clone(), weight)], &Sql::int(0));
            weights = weights.plus(&one)?;
            lowest.push(self.sheet.choice(&[(counts.clone(), scaled)], &Sql::null()));
        }
        let weights = self.sheet.number(&format!("{name}_weights"), &weights);
        let earned = if combine == Combine::Lowest {
            let texts: Vec<_> = lowest.iter().map(|one| one.text.as_str()).collect();
            let depth = lowest.iter().map(|one| one.depth).max().unwrap_or_default();
            match texts.as_slice() {
                [] => Sql::int(0),
                [one] => Sql::new(format!("COALESCE({one}, 0)"), depth),
                all => Sql::new(format!("COALESCE(LEAST({}), 0)", all.join(", ")), depth),
            }
        } else if weights.is(0) {
            Sql::int(0)
        } else {
            self.sheet.rounded(&format!("{name}_mean"), &sum, &weights, Ties::Up)?
        };
        let has_worth = worth.compared("<>", &Ratio::int(0))?;
        let is_there = has_worth.and(&weights.compared("<>", &Sql::int(0)));
        let is_there = self.sheet.name(&format!("{name}_is_worth"), &is_there);
        let earned = self.sheet.choice(&[(is_there.clone(), earned)], &Sql::int(0));
        let earned = self.sheet.number(&format!("{name}_sum_earned"), &earned);
        let points = self.sheet.pick(&[(is_there.clone(), worth)], &Ratio::int(0))?;
        let points = self.sheet.ratio(&format!("{name}_sum"), &points);
        Ok(Tally { is_there, points, earned })
    }

    /// What a group is worth whose parts do not add up: the mean of what they are worth, whatever is
    /// open in them.
    fn full_worth(
        &mut self,
        name: &str,
        index: usize,
        is_weighted: bool,
        outcome: &Outcome,
    ) -> Result<Ratio, Refused> {
        let parts = self.full_members(index, outcome)?;
        let weigh = |weight: Decimal| if is_weighted { weight } else { Decimal::ONE };
        let digits = parts.iter().map(|(weight, ..)| weigh(*weight).normalize().scale()).max();
        let digits = digits.unwrap_or_default();
        let (mut sum, mut weights) = (Ratio::int(0), Sql::int(0));
        for (weight, counts, points) in parts {
            let weight = Sql::int(in_units(weigh(weight), digits)?);
            let times = Ratio::units(&weight, 1)?;
            let counted =
                self.sheet.pick(&[(counts.clone(), points.times(&times)?)], &Ratio::int(0))?;
            sum = sum.plus(&counted)?;
            weights = weights.plus(&self.sheet.choice(&[(counts, weight)], &Sql::int(0)))?;
        }
        let sum = self.sheet.ratio(&format!("{name}_worth"), &sum);
        let weights = self.sheet.number(&format!("{name}_worth_weights"), &weights);
        if weights.is(0) {
            return Ok(Ratio::int(0));
        }
        // Of nothing, the mean is nothing.
        let weights = if weights.number().is_some() {
            weights
        } else {
            self.sheet.number(&format!("{name}_worth_weights"), &sql!("GREATEST({}, 1)", weights))
        };
        let worth = sum.over(&Ratio::units(&weights, 1)?)?;
        Ok(self.sheet.ratio(&format!("{name}_worth"), &worth))
    }

    /// The members of a group that are worth points where all that may count does, with weights.
    fn full_members(
        &mut self,
        group: usize,
        outcome: &Outcome,
    ) -> Result<Vec<(Decimal, Sql, Ratio)>, Refused> {
        let plan = self.plan;
        let mut found = Vec::new();
        for (index, indicator) in plan.indicators().iter().enumerate() {
            if indicator.group != Some(group) || indicator.points.is_zero() {
                continue;
            }
            let Some(item) = self.items.get(&index).cloned() else { continue };
            let may_count = self.may_count(index, &item);
            found.push((indicator.weight, may_count, Ratio::of(indicator.points)?));
        }
        for (index, inner) in plan.groups().iter().enumerate() {
            if inner.parent == Some(group)
                && let Some((counts, points)) = outcome.full.get(&index)
            {
                found.push((inner.weight, counts.clone(), points.clone()));
            }
        }
        Ok(found)
    }

    /// Whether an item counts where all that is open does.
    fn may_count(&mut self, index: usize, item: &Scored) -> Sql {
        let plain = self.may_count_plainly(index, item);
        let plan = self.plan;
        let Some(indicator) = plan.indicators().get(index) else { return plain };
        if item.is_unasked || !self.takes_share(indicator) || item.lack.is(lack::NOTHING) {
            return plain;
        }
        // Where it does not apply it counts if there are others that it takes its share from.
        let mut others = Sql::truth(false);
        for (other, indicator_of) in plan.indicators().iter().enumerate() {
            if other == index
                || indicator_of.group != indicator.group
                || indicator_of.points.is_zero()
            {
                continue;
            }
            let Some(item) = self.items.get(&other) else { continue };
            others = others.or(&self.may_count_plainly(other, item));
        }
        self.sheet.name(&format!("i{}_may_count", index + 1), &plain.or(&others))
    }

    /// The same, but for what takes its share from others.
    fn may_count_plainly(&self, index: usize, item: &Scored) -> Sql {
        if item.is_unasked {
            return Sql::truth(item.state == self.sheet.quoted("pending"));
        }
        let indicator = self.plan.indicators().get(index);
        match indicator.map(|indicator| self.plan.not_applicable(indicator)) {
            Some(NotApplicable::Full | NotApplicable::Zero) => Sql::truth(true),
            _ => item.lack.compared("<>", &Sql::int(lack::NOT_APPLICABLE)),
        }
    }

    /// What a group is worth where all that is open counts.
    fn full_group(
        &mut self,
        index: usize,
        group: &Group,
        outcome: &Outcome,
    ) -> Result<(Sql, Ratio), Refused> {
        let name = format!("g{}_full", index + 1);
        let points = match group.combine {
            Combine::Sum => {
                let mut points = Ratio::int(0);
                for (_, counts, worth) in self.full_members(index, outcome)? {
                    points = points.plus(&self.sheet.pick(&[(counts, worth)], &Ratio::int(0))?)?;
                }
                points
            }
            combine => self.full_worth(&name, index, combine == Combine::Weighted, outcome)?,
        };
        let is_there = points.compared("<>", &Ratio::int(0))?;
        let points = match group.points {
            Some(own) => Ratio::of(own)?,
            None => points,
        };
        Ok((is_there, points))
    }

    /// The parts of the whole added up, and the score before it is rounded, in units of [`EXACT`]
    /// digits.
    pub(super) fn total(&mut self, outcome: &Outcome) -> Result<(Tally, Sql), Refused> {
        let parts = self.members(None, outcome)?;
        let together = self.sum("total", &parts)?;
        let scoring = self.plan.scoring();
        let out_of = Ratio::of(scoring.total)?;
        let scaled = self.scaled_to("score", &together, &out_of)?;
        let scaled = self.sheet.number("score_scaled", &scaled.plus(&parts.extras)?);
        let unit = Sql::int(ten_to(FINE - EXACT)?);
        let free = self.sheet.rounded("score", &scaled, &unit, Ties::Even)?;
        let free = self.sheet.number("score_free", &free);
        let floor = Sql::int(in_units(scoring.floor, EXACT)?);
        let mut held = vec![(together.is_there.not(), Sql::null())];
        held.push((free.compared("<", &floor), floor));
        if let Some(cap) = scoring.cap {
            let cap = Sql::int(in_units(cap, EXACT)?);
            held.push((free.compared(">", &cap), cap));
        }
        let exact = self.sheet.choice(&held, &free);
        let exact = self.sheet.number("score_exact", &exact);
        Ok((together, exact))
    }

    /// What was earned at the digits that are sound, in their units.
    pub(super) fn sound(&mut self, name: &str, earned: &Sql) -> Result<Sql, Refused> {
        let unit = Sql::int(ten_to(FINE - SOUND)?);
        self.sheet.rounded(&format!("{name}_sound"), earned, &unit, Ties::Even)
    }
}

/// Points where something counts, else none.
fn counted_once(sheet: &Sheet, counted: &Sql, points: &Sql) -> Sql {
    if counted.text == "NULL" {
        return Sql::int(0);
    }
    if counted.number().is_some() {
        return points.clone();
    }
    let piece = choice(&[(sql!("{} IS NOT NULL", counted), points.clone())], &Sql::int(0));
    sheet.integer(&piece)
}
