//! What becomes of an item: whether it meets its target, and its state.

use super::expression::{Ratio, Sql};
use super::facts::{Facts, Found, first, lack};
use super::refusal::Refused;
use super::sheet::choice;
use crate::plan::{
    Anchor, Ask, Better, Bound, Compare, Comparison, Derived, Indicator, Method, Quantity,
    Relation, Rounding, Symbol, Target, When,
};
use crate::year::Year;

/// An item and what became of it.
#[derive(Clone, Debug)]
pub(super) struct Scored {
    /// The state's name for machines.
    pub(super) state: Sql,
    /// Why it has no points; none where nobody asks for its value.
    pub(super) lack: Sql,
    /// Its points as they come from the value, in fine units.
    pub(super) earned: Sql,
    /// The value as it is told.
    pub(super) value: Sql,
    /// Whether nothing is asked of it, whatever the value: no target, a pending one, a waiver.
    pub(super) is_unasked: bool,
}

/// How a value stands to its target.
pub(super) struct Verdict {
    pub(super) met: Sql,
    /// By how much it is better than the nearest edge of what was asked for.
    pub(super) lead: Ratio,
    pub(super) bound: Edge,
    lack: Sql,
}

/// What a value is held against.
pub(super) enum Edge {
    /// A number, of which per cent can be taken.
    Number(Ratio),
    /// All of a task.
    Done,
    /// A range, or a class.
    Other,
}

impl<'a> Facts<'a> {
    /// Judges an item; none where there is none.
    pub(super) fn item(&mut self, index: usize) -> Result<Option<Scored>, Refused> {
        let Some(item) = self.plan.indicators().get(index) else { return Ok(None) };
        let value = self.value(index, item)?;
        let unasked = |facts: &Self, state: &str, value| Scored {
            state: facts.sheet.quoted(state),
            lack: Sql::int(lack::TARGET),
            earned: Sql::int(0),
            value,
            is_unasked: true,
        };
        let Some(target) = item.target(self.year).filter(|target| !target.is_dropped()) else {
            return Ok(Some(unasked(self, "not_set", value)));
        };
        if !target.is_in_force(self.year) {
            return Ok(Some(unasked(self, "waived", value)));
        }
        match &target.ask {
            Ask::Firm(comparison) | Ask::Expected(comparison) => {
                self.scored(index, item, comparison, value).map(Some)
            }
            Ask::Pending(_) | Ask::Dropped(_) => Ok(Some(unasked(self, "pending", value))),
        }
    }

    /// The value as it is told: what stands in the table, or what was worked out.
    fn value(&mut self, index: usize, item: &Indicator) -> Result<Sql, Refused> {
        let own = Quantity::Item(index);
        if item.formula.is_none() {
            return Ok(self.text(own));
        }
        let asked = item.target(self.year).is_some_and(|target| target.is_judged(self.year));
        if !asked {
            return Ok(Sql::null());
        }
        let Found { value, lack } = self.number(own, self.year)?;
        let name = super::facts::name(own);
        let shown = self.sheet.at_digits(&format!("{name}_shown"), &value, super::PRINTED)?;
        let shown = self.sheet.number(&format!("{name}_shown"), &shown);
        let text = self.sheet.shown(&shown, super::PRINTED.digits)?;
        let is_there = lack.compared("=", &Sql::int(lack::NOTHING));
        Ok(choice(&[(is_there, text)], &Sql::null()))
    }

    fn scored(
        &mut self,
        index: usize,
        item: &'a Indicator,
        comparison: &'a Comparison,
        told: Sql,
    ) -> Result<Scored, Refused> {
        let own = Quantity::Item(index);
        let name = super::facts::name(own);
        let found = self.number(own, self.year)?;
        let needs_no_value =
            *comparison == Comparison::Scored && self.plan.is_scored_by_others(index);
        let value_lack = if needs_no_value {
            let is_missing = found.lack.compared("=", &Sql::int(lack::VALUE));
            let needs = self.required(own, self.year)?;
            choice(&[(is_missing, needs)], &found.lack)
        } else {
            found.lack.clone()
        };
        let value = self.as_compared(&name, &found.value, comparison)?;
        let value = self.sheet.ratio(&name, &value);
        let verdict = self.verdict(index, item, comparison, &value)?;
        let edge_lack = verdict.as_ref().map_or(Sql::int(lack::NOTHING), |v| v.lack.clone());
        let earning = self.earned(index, item, &value, &found, verdict.as_ref())?;
        let lack = first(&[value_lack, edge_lack, earning.lack]);
        let lack = self.sheet.name(&format!("{name}_lacks"), &lack);
        let earned = self.sheet.number(&format!("{name}_earned"), &earning.value);
        let is = |code: i128| lack.compared("=", &Sql::int(code));
        let state = |word: &str| self.sheet.quoted(word);
        let judged = match &verdict {
            Some(verdict) => choice(&[(verdict.met.clone(), state("met"))], &state("missed")),
            None => state("scored"),
        };
        let states = [
            (is(lack::VALUE), state("missing")),
            (is(lack::ENOUGH), state("not_assessable")),
            (is(lack::NOT_APPLICABLE), state("not_applicable")),
            (is(lack::TARGET), state("pending")),
        ];
        let state = choice(&states, &judged);
        let state = self.sheet.name(&format!("{name}_state"), &state);
        Ok(Scored { state, lack, earned, value: told, is_unasked: false })
    }

    /// The value that is compared: rounded to the target's digits, where the plan says so.
    fn as_compared(
        &mut self,
        name: &str,
        value: &Ratio,
        comparison: &Comparison,
    ) -> Result<Ratio, Refused> {
        let scoring = self.plan.scoring();
        let digits = match comparison {
            Comparison::One(_, Bound::Number(bound)) => bound.scale(),
            Comparison::Within(least, most) => least.scale().max(most.scale()),
            _ => return Ok(value.clone()),
        };
        if scoring.compare == Compare::Exact {
            return Ok(value.clone());
        }
        let rounding = Rounding { digits, ..scoring.round };
        let rounded = self.sheet.at_digits(&format!("{name}_compared"), value, rounding)?;
        let rounded = self.sheet.number(&format!("{name}_compared"), &rounded);
        Ratio::units(&rounded, super::expression::ten_to(digits)?)
    }

    fn verdict(
        &mut self,
        index: usize,
        item: &'a Indicator,
        comparison: &'a Comparison,
        value: &Ratio,
    ) -> Result<Option<Verdict>, Refused> {
        let name = super::facts::name(Quantity::Item(index));
        let nothing = Sql::int(lack::NOTHING);
        let verdict = match comparison {
            Comparison::One(relation, bound) => {
                let (bound, lack) = match bound {
                    Bound::Number(number) => (Ratio::of(*number)?, nothing),
                    Bound::Derived(derived) => {
                        let Found { value, lack } = self.edge(*derived, index, item)?;
                        (value, lack)
                    }
                };
                let lead = lead(relation.better(), value, &bound)?;
                let met = value.compared(relation.ascii(), &bound)?;
                Verdict { met, lead, bound: Edge::Number(bound), lack }
            }
            Comparison::Within(least, most) => {
                let (least, most) = (Ratio::of(*least)?, Ratio::of(*most)?);
                let met = value.compared(">=", &least)?.and(&value.compared("<=", &most)?);
                let above = (value.compared(">", &most)?, most.minus(value)?);
                let below = (value.compared("<", &least)?, value.minus(&least)?);
                let lead = self.sheet.pick(&[above, below], &Ratio::int(0))?;
                Verdict { met, lead, bound: Edge::Other, lack: nothing }
            }
            Comparison::OrBetter { rank, .. } => {
                let bound = worst_class(*rank)?;
                let lead = value.minus(&bound)?;
                Verdict {
                    met: value.compared(">=", &bound)?,
                    lead,
                    bound: Edge::Other,
                    lack: nothing,
                }
            }
            Comparison::Done => {
                let all = Ratio::int(100);
                let lead = value.minus(&all)?;
                Verdict { met: value.compared("=", &all)?, lead, bound: Edge::Done, lack: nothing }
            }
            Comparison::Scored => return Ok(None),
        };
        let met = self.sheet.name(&format!("{name}_met"), &verdict.met);
        let lead = self.sheet.ratio(&format!("{name}_lead"), &verdict.lead);
        Ok(Some(Verdict { met, lead, ..verdict }))
    }

    /// A bound that is worked out.
    fn edge(
        &mut self,
        derived: Derived,
        index: usize,
        item: &'a Indicator,
    ) -> Result<Found, Refused> {
        let Derived { from, per_cent, plus } = derived;
        let share = match per_cent {
            Some(per_cent) => Ratio::of(per_cent)?.over(&Ratio::int(100))?,
            None => Ratio::int(1),
        };
        let found = match from {
            Anchor::LastYear => self.base(self.year.before(), index)?,
            Anchor::BaseYear => self.base_year(index, item)?,
            Anchor::Target(year) => self.later_bound(year, index, item)?,
            Anchor::WayTo(year) => {
                let from = self.base_year(index, item)?;
                let to = self.later_bound(year, index, item)?;
                let way = to.value.minus(&from.value)?.times(&share)?;
                let lack = first(&[from.lack, to.lack]);
                Found { value: from.value.plus(&way)?, lack }
            }
        };
        let value = match from {
            Anchor::WayTo(_) => found.value,
            _ => found.value.times(&share)?,
        };
        let value = value.plus(&Ratio::of(plus)?)?;
        let name = format!("{}_bound", super::facts::name(Quantity::Item(index)));
        self.kept(&name, &Found { value, lack: found.lack })
    }

    fn base(&mut self, year: Year, index: usize) -> Result<Found, Refused> {
        self.number(Quantity::Item(index), year)
    }

    fn base_year(&mut self, index: usize, item: &Indicator) -> Result<Found, Refused> {
        match item.base_year {
            Some(year) => self.base(year, index),
            None => Ok(Found { value: Ratio::int(0), lack: Sql::int(lack::VALUE) }),
        }
    }

    /// The bound of the target of a later year, which may refer to one later still.
    fn later_bound(
        &mut self,
        year: Year,
        index: usize,
        item: &'a Indicator,
    ) -> Result<Found, Refused> {
        match item.target(year).and_then(Target::comparison) {
            Some(Comparison::One(_, Bound::Number(number))) => {
                Ok(Found { value: Ratio::of(*number)?, lack: Sql::int(lack::NOTHING) })
            }
            Some(Comparison::One(_, Bound::Derived(derived))) => self.edge(*derived, index, item),
            _ => Ok(Found { value: Ratio::int(0), lack: Sql::int(lack::TARGET) }),
        }
    }

    /// Whether a number meets a comparison that names its bound.
    pub(super) fn holds(&self, comparison: &Comparison, value: &Ratio) -> Result<Sql, Refused> {
        Ok(match comparison {
            Comparison::One(relation, Bound::Number(bound)) => {
                value.compared(relation.ascii(), &Ratio::of(*bound)?)?
            }
            Comparison::One(_, Bound::Derived(_)) => Sql::truth(false),
            Comparison::Within(least, most) => {
                let above = value.compared(Relation::AtLeast.ascii(), &Ratio::of(*least)?)?;
                above.and(&value.compared(Relation::AtMost.ascii(), &Ratio::of(*most)?)?)
            }
            Comparison::OrBetter { rank, .. } => value.compared(">=", &worst_class(*rank)?)?,
            Comparison::Done => value.compared("=", &Ratio::int(100))?,
            Comparison::Scored => Sql::truth(true),
        })
    }

    /// The state of an item as a piece of SQL.
    pub(super) fn state(&self, index: usize) -> Sql {
        match self.items.get(&index) {
            Some(item) => item.state.clone(),
            None => self.sheet.quoted("not_set"),
        }
    }

    /// Refuses formulas that would see a value before it is rounded by way of another item.
    pub(super) fn refuse_roundabout(&self, index: usize, item: &Indicator) -> Result<(), Refused> {
        let Method::Formula(formula) = &item.rule.method else { return Ok(()) };
        if self.plan.scoring().compare == Compare::Exact {
            return Ok(());
        }
        let rests_on = |other: usize| {
            let formula = self.plan.indicators().get(other).and_then(|item| item.formula.as_ref());
            formula.is_some_and(|formula| {
                formula.symbols().any(|symbol| {
                    matches!(symbol, Symbol::Value(Quantity::Item(_), When::ThisYear))
                })
            })
        };
        let by_way = formula.symbols().any(|symbol| match symbol {
            Symbol::Value(Quantity::Item(other), _) => *other != index && rests_on(*other),
            _ => false,
        });
        if by_way {
            return Err(Refused::new(
                "`compare = \"rounded\"` with a scoring formula over values that are worked out \
                 from other items",
            ));
        }
        Ok(())
    }
}

/// By how much a value is better than a bound.
pub(super) fn lead(better: Better, value: &Ratio, bound: &Ratio) -> Result<Ratio, Refused> {
    match better {
        Better::Higher => value.minus(bound),
        Better::Lower => bound.minus(value),
    }
}

/// A class as the number of its place, the best the most.
fn worst_class(rank: usize) -> Result<Ratio, Refused> {
    let rank = i128::try_from(rank).map_err(|_| Refused::too_large())?;
    Ok(Ratio::int(-rank))
}
