//! The score as it is shown, its grade, and what limits that.

use super::expression::{Ratio, Sql, in_units, sql, ten_to};
use super::facts::{Facts, Found, lack};
use super::refusal::Refused;
use super::sheet::choice;
use super::tally::{EXACT, Outcome, SOUND, Tally};
use crate::plan::{GradeLimit, Limited, Member, Quantity, Symbol, Ties, When};
use crate::text::Lang;

impl<'a> Facts<'a> {
    /// The place of the score's grade among the plan's, the best being 0; nothing where it has none.
    fn by_score(&mut self, exact: &Sql) -> Result<Sql, Refused> {
        let mut branches = Vec::new();
        for (index, grade) in self.plan.grades().iter().enumerate() {
            let from = Sql::int(in_units(grade.from, EXACT)?);
            branches.push((exact.compared(">=", &from), count(index)?));
        }
        let grade = self.sheet.choice(&branches, &Sql::null());
        Ok(self.sheet.name("grade_by_score", &grade))
    }

    /// The score with the plan's digits, or the fewest more at which it does not seem to have
    /// another grade, as text.
    pub(super) fn shown_score(&mut self, exact: &Sql) -> Result<Sql, Refused> {
        let round = self.plan.scoring().round;
        let by_score = self.by_score(exact)?;
        let mut branches = Vec::new();
        let mut plain = None;
        for digits in round.digits..=EXACT.max(round.digits) {
            let name = format!("score_{digits}");
            let Some(cut) = EXACT.checked_sub(digits) else { break };
            let unit = Sql::int(ten_to(cut)?);
            let rounded = self.sheet.rounded(&name, exact, &unit, round.ties)?;
            let rounded = self.sheet.number(&name, &rounded);
            let text = self.sheet.shown_at(&rounded, digits)?;
            let back = Ratio::units(&rounded, ten_to(digits)?)?;
            let mut is_faithful = Sql::truth(true);
            for (index, grade) in self.plan.grades().iter().enumerate() {
                let reaches = back.compared(">=", &Ratio::of(grade.from)?)?;
                let has = sql!("COALESCE({} <= {}, FALSE)", by_score, count(index)?);
                is_faithful = is_faithful.and(&sql!("({} = {})", reaches, has));
            }
            plain.get_or_insert_with(|| text.clone());
            branches.push((is_faithful, text));
        }
        let is_none = sql!("{} IS NULL", exact);
        branches.insert(0, (is_none, Sql::null()));
        match plain {
            Some(plain) => Ok(choice(&branches, &plain)),
            None => {
                let zeros = Sql::int(ten_to(round.digits.saturating_sub(EXACT))?);
                let text = self.sheet.shown_at(&exact.times(&zeros)?, round.digits)?;
                Ok(text)
            }
        }
    }

    /// The name of the grade that is given.
    pub(super) fn grade(
        &mut self,
        exact: &Sql,
        outcome: &Outcome,
        lang: Lang,
    ) -> Result<Sql, (String, Refused)> {
        let of_plan = |why| ("the grades".to_owned(), why);
        let by_score = self.by_score(exact).map_err(of_plan)?;
        let mut given = vec![by_score.clone()];
        let plan = self.plan;
        for (index, item) in &self.items {
            let indicator = plan.indicators().get(*index);
            let Some(grade) = indicator.and_then(|item| item.unmet_limits_grade) else { continue };
            let words = ["missed", "missing", "not_assessable"];
            let [missed, missing, few] = words.map(|word| self.sheet.quoted(word));
            let is_unmet = sql!("({} IN ({}, {}, {}))", item.state, missed, missing, few);
            let grade = count(grade).map_err(of_plan)?;
            given.push(self.sheet.choice(&[(is_unmet, grade)], &Sql::int(0)));
        }
        for limit in plan.limits() {
            let one = self.limited(limit, exact, &by_score, outcome);
            let one = one.map_err(|why| {
                (format!("grade-limit `{}`", limit.when.text().replace('\n', " ")), why)
            })?;
            given.push(one);
        }
        let depth = given.iter().map(|one| one.depth).max().unwrap_or_default();
        let texts: Vec<_> = given.iter().map(|one| one.text.as_str()).collect();
        let lowest = match texts.as_slice() {
            [one] => Sql::new(*one, depth),
            all => Sql::new(format!("GREATEST({})", all.join(", ")), depth),
        };
        let lowest = self.sheet.name("grade_given", &lowest);
        let mut names = vec![(sql!("{} IS NULL", by_score), Sql::null())];
        for (index, grade) in plan.grades().iter().enumerate() {
            let is_it = lowest.compared("=", &count(index).map_err(of_plan)?);
            names.push((is_it, self.sheet.quoted(grade.name.get(lang))));
        }
        Ok(choice(&names, &Sql::null()))
    }

    /// The best grade that a limit lets pass; 0 where it does not strike.
    fn limited(
        &mut self,
        limit: &'a GradeLimit,
        exact: &Sql,
        by_score: &Sql,
        outcome: &Outcome,
    ) -> Result<Sql, Refused> {
        self.asks_for_counted = true;
        let mut look = |facts: &mut Self, symbol: &Symbol| facts.look(symbol, exact, outcome);
        let condition = self.truth_of(&limit.when, "limit", &mut look);
        self.asks_for_counted = false;
        let (holds, lack) = condition?;
        let is_known = lack.compared("=", &Sql::int(lack::NOTHING));
        let is_open = lack.compared("=", &Sql::int(lack::VALUE));
        let is_open = is_open.or(&lack.compared("=", &Sql::int(lack::ENOUGH)));
        let strikes = is_known.and(&holds).or(&is_open);
        let grades = self.plan.grades().len();
        let grade = match limit.to {
            Limited::AtMost(grade) => count(grade)?,
            Limited::Lower(by) => {
                let lower = by_score.plus(&count(by)?)?;
                sql!("LEAST({}, {})", lower, count(grades.saturating_sub(1))?)
            }
        };
        Ok(self.sheet.choice(&[(strikes, grade)], &Sql::int(0)))
    }

    /// What a condition can see.
    fn look(&mut self, symbol: &Symbol, exact: &Sql, outcome: &Outcome) -> Result<Found, Refused> {
        let sure = |value| Found { value, lack: Sql::int(lack::NOTHING) };
        let uncounted = || Found { value: Ratio::int(0), lack: Sql::int(lack::COUNTED) };
        let if_any = |value: Ratio, is_there: &Sql| {
            let branches = [(is_there.clone(), Sql::int(lack::NOTHING))];
            Found { value, lack: choice(&branches, &Sql::int(lack::COUNTED)) }
        };
        Ok(match symbol {
            Symbol::Value(quantity, when) => {
                let mut unasked = Sql::truth(false);
                if let (Quantity::Item(index), When::ThisYear) = (quantity, when) {
                    let Some(item) = self.items.get(index) else { return Ok(uncounted()) };
                    if item.is_unasked {
                        return Ok(uncounted());
                    }
                    unasked = item.lack.compared("=", &Sql::int(lack::TARGET));
                }
                let Some(year) = self.plan.year_of(*when, self.year, None) else {
                    return Ok(uncounted());
                };
                let Found { value, lack } = self.number(*quantity, year)?;
                Found { value, lack: choice(&[(unasked, Sql::int(lack::COUNTED))], &lack) }
            }
            Symbol::Earned(member) => {
                let Some((earned, is_there, _)) = self.tally_of(*member, outcome)? else {
                    return Ok(uncounted());
                };
                if_any(Ratio::units(&earned, ten_to(SOUND)?)?, &is_there)
            }
            Symbol::Share(member) => {
                let Some((_, _, share)) = self.tally_of(*member, outcome)? else {
                    return Ok(uncounted());
                };
                let Some((share, is_there)) = share else { return Ok(uncounted()) };
                if_any(share, &is_there)
            }
            Symbol::LowestShare => self.lowest_share(outcome)?,
            Symbol::Score => {
                if_any(Ratio::units(exact, ten_to(EXACT)?)?, &sql!("({} IS NOT NULL)", exact))
            }
            Symbol::Missed => sure(self.count_of("missed")?),
            Symbol::Missing => sure(self.count_of("missing")?),
            Symbol::NotAssessable => sure(self.count_of("not_assessable")?),
            Symbol::Target | Symbol::Points | Symbol::State(_) => uncounted(),
        })
    }

    /// How many items are in a state.
    fn count_of(&mut self, state: &str) -> Result<Ratio, Refused> {
        let word = self.sheet.quoted(state);
        let mut sum = Sql::int(0);
        for item in self.items.values().filter(|item| !item.is_unasked) {
            let one = choice(&[(sql!("{} = {}", item.state, word), Sql::int(1))], &Sql::int(0));
            sum = sum.plus(&one)?;
        }
        Ratio::units(&self.sheet.number(&format!("count_{state}"), &sum), 1)
    }

    /// What an item or a group earned, whether it counts, and its share of its points.
    #[allow(clippy::type_complexity, reason = "it is taken apart at once")]
    fn tally_of(
        &mut self,
        member: Member,
        outcome: &Outcome,
    ) -> Result<Option<(Sql, Sql, Option<(Ratio, Sql)>)>, Refused> {
        match member {
            Member::Item(index) => {
                let Some(indicator) = self.plan.indicators().get(index) else { return Ok(None) };
                let Some(counts) = outcome.items.get(&index) else { return Ok(None) };
                if counts.text == "NULL" {
                    return Ok(None);
                }
                let earned = self.sound(&format!("i{}", index + 1), counts)?;
                let is_there = sql!("({} IS NOT NULL)", counts);
                let share = if indicator.points.is_zero() {
                    None
                } else {
                    let earned = Ratio::units(&earned, ten_to(SOUND)?)?;
                    Some((earned.over(&Ratio::of(indicator.points)?)?, is_there.clone()))
                };
                Ok(Some((earned, is_there, share)))
            }
            Member::Group(index) => {
                let Some(group) = outcome.groups.get(&index) else { return Ok(None) };
                let name = format!("g{}", index + 1);
                let earned = self.sound(&name, &group.tally.earned)?;
                let Tally { points, earned: together, is_there } = group.together.clone();
                let together = self.sound(&format!("{name}_sum"), &together)?;
                let together = Ratio::units(&together, ten_to(SOUND)?)?;
                let share = if points == Ratio::int(0) {
                    None
                } else {
                    Some((together.over(&points)?, is_there.and(&group.tally.is_there)))
                };
                Ok(Some((earned, group.tally.is_there.clone(), share)))
            }
        }
    }

    /// The smallest share of all items.
    fn lowest_share(&mut self, outcome: &Outcome) -> Result<Found, Refused> {
        let mut shares = Vec::new();
        let indices: Vec<usize> = outcome.items.keys().copied().collect();
        for index in indices {
            let Some((_, is_there, Some((share, _)))) =
                self.tally_of(Member::Item(index), outcome)?
            else {
                continue;
            };
            let share = self.sheet.fine(&format!("i{}_share_of_points", index + 1), &share)?;
            shares.push(self.sheet.choice(&[(is_there, share)], &Sql::null()));
        }
        let texts: Vec<_> = shares.iter().map(|share| share.text.as_str()).collect();
        let depth = shares.iter().map(|share| share.depth).max().unwrap_or_default();
        let lowest = match texts.as_slice() {
            [] => {
                return Ok(Found { value: Ratio::int(0), lack: Sql::int(lack::COUNTED) });
            }
            [one] => Sql::new(*one, depth),
            all => Sql::new(format!("LEAST({})", all.join(", ")), depth),
        };
        let lowest = self.sheet.number("lowest_share", &lowest);
        let is_none = sql!("{} IS NULL", lowest);
        let lack = choice(&[(is_none, Sql::int(lack::COUNTED))], &Sql::int(lack::NOTHING));
        Ok(Found { value: Ratio::units(&lowest, ten_to(super::sheet::FINE)?)?, lack })
    }

    /// Whether nothing is scored, for something lacks its value that keeps all from being scored.
    pub(super) fn refused(&mut self) -> Result<Sql, Refused> {
        let scoring = self.plan.scoring();
        let mut refused = Sql::truth(false);
        for (how, state) in
            [(scoring.missing, "missing"), (scoring.not_assessable(), "not_assessable")]
        {
            if how == crate::plan::Missing::Refuse {
                let count = self.count_of(state)?;
                refused = refused.or(&count.compared(">", &Ratio::int(0))?);
            }
        }
        Ok(refused)
    }

    /// The points of a tally as text.
    pub(super) fn shown_points(&mut self, name: &str, tally: &Tally) -> Result<Sql, Refused> {
        let rounding = crate::plan::Rounding { digits: SOUND, ties: Ties::Even };
        let points = self.sheet.at_digits(&format!("{name}_printed"), &tally.points, rounding)?;
        let points = self.sheet.number(&format!("{name}_printed"), &points);
        self.sheet.shown(&points, SOUND)
    }
}

fn count(index: usize) -> Result<Sql, Refused> {
    i128::try_from(index).map(Sql::int).map_err(|_| Refused::too_large())
}
