//! How a value becomes points, in words.

use std::fmt::Display;

use rust_decimal::Decimal;

use super::line::{in_unit, shown, with_unit};
use super::readings::ties;
use super::words::Words;
use crate::formula::{Formula, Spoken};
use crate::number::show;
use crate::plan::{
    Band, Better, Bonus, Comparison, Indicator, Kind, Method, Need, NotApplicable, Part, Plan,
    Quantity, Rank, RankBy, Rounding, Step, Symbol, Ties, When,
};
use crate::unit::Unit;
use crate::year::Year;

/// The sentences that say how an item counts.
pub(super) fn rule(plan: &Plan, item: &Indicator, year: Year, words: &Words) -> Vec<String> {
    let say = Say { plan, item, year, words };
    let rule = &item.rule;
    let mut said: Vec<String> = say.value().into_iter().collect();
    said.extend(say.method());
    said.extend(rule.bonus.as_ref().map(|bonus| say.bonus(bonus)));
    said.extend(rule.worse_than_last_year.map(|points| say.worse(points)));
    said.extend(rule.round.map(|round| say.round(round)));
    said.extend(say.ends());
    said.extend(say.not_applicable());
    said.extend(say.limits());
    said.extend(say.needs());
    said
}

/// What there is to say of an item, in a language.
#[derive(Clone, Copy)]
struct Say<'a> {
    plan: &'a Plan,
    item: &'a Indicator,
    year: Year,
    words: &'a Words,
}

impl Say<'_> {
    fn word(self, id: &'static str) -> &'static str {
        self.words.word(id)
    }

    fn say(self, id: &str, args: &[(&str, &dyn Display)]) -> String {
        self.words.say(id, args)
    }

    /// A distance in the unit of the value: `5 μg/m³`, `1 percentage point`.
    fn far(self, per: Decimal) -> String {
        let per = show(per);
        let unit = self.item.unit.as_ref();
        let is_per_cent = unit.is_some_and(Unit::is_per_cent);
        let id = match (&self.item.kind, unit) {
            _ if self.item.rule.of_target => "rule_of_target",
            (Kind::Task, _) => "rule_far_progress",
            (Kind::Class(_), _) => "rule_far_classes",
            _ if is_per_cent && per == "1" => "rule_far_point",
            _ if is_per_cent => "rule_far_points",
            (_, Some(unit)) => return format!("{per} {unit}"),
            (_, None) => return per,
        };
        self.say(id, &[("number", &per)])
    }

    fn part(self, part: Part) -> &'static str {
        self.word(match part {
            Part::Share => "rule_part_share",
            Part::Whole => "rule_part_whole",
            Part::Begun => "rule_part_begun",
        })
    }

    /// How the value comes about, where it is not simply measured.
    fn value(self) -> Option<String> {
        let formula = self.item.formula.as_ref()?;
        Some(self.say("rule_value", &[("formula", &self.formula(formula))]))
    }

    /// A formula in words, with the names of what it is about.
    fn formula(self, formula: &Formula<Symbol>) -> String {
        let words = self.words;
        let spoken = Spoken {
            when: words.formula_when,
            then: words.formula_then,
            otherwise: words.formula_otherwise,
            and: words.formula_and,
            or: words.formula_or,
            not: words.formula_not,
        };
        formula.told(&spoken, &|symbol| self.symbol(*symbol))
    }

    /// What a name in a formula stands for.
    fn symbol(self, symbol: Symbol) -> String {
        let own = |index: usize| {
            self.plan.indicators().get(index).is_some_and(|item| item.id == self.item.id)
        };
        match symbol {
            Symbol::Value(quantity, when) => {
                let is_own = matches!(quantity, Quantity::Item(index) if own(index));
                let measure = self.plan.measure(quantity).filter(|_| !is_own);
                let name = measure.map(|measure| measure.name.get(self.words.lang));
                let name = name.unwrap_or_else(|| self.word("rule_own_value"));
                match when {
                    When::ThisYear => name.to_owned(),
                    When::LastYear => self.say("rule_last_year", &[("name", &name)]),
                    When::BaseYear => self.say("rule_base_year", &[("name", &name)]),
                    When::Year(year) => {
                        self.say("rule_in_year", &[("name", &name), ("year", &year)])
                    }
                }
            }
            Symbol::Target => self.word("rule_the_target").to_owned(),
            Symbol::Points => self.word("rule_the_points").to_owned(),
            _ => String::new(),
        }
    }

    fn method(self) -> Option<String> {
        let met = show(self.item.rule.met(self.item.points));
        Some(match &self.item.rule.method {
            Method::AllOrNothing => self.say("rule_all_or_nothing", &[("met", &met)]),
            Method::Off { step, zero_at } => self.off(&met, step, zero_at.as_ref()),
            Method::Proportional { times, round_rate, zero_at } => {
                self.proportional(&met, *times, *round_rate) + &self.zero_at(zero_at.as_ref())
            }
            Method::Line(pairs) => self.line(pairs),
            Method::Bands(bands) => self.bands(bands),
            Method::States(points) => self.states(points),
            Method::Rank(rank) => self.rank(&met, rank),
            Method::Reported => self.word("rule_reported").to_owned(),
            Method::Formula(formula) => {
                self.say("rule_formula", &[("formula", &self.formula(formula))])
            }
        })
    }

    fn proportional(self, met: &str, times: Option<Decimal>, round_rate: Option<u32>) -> String {
        let factor = times.map(|times| format!(" × {}", show(times))).unwrap_or_default();
        let rate = round_rate.map(|digits| self.say("rule_round_rate", &[("digits", &digits)]));
        self.say("rule_proportional", &[("met", &met), ("factor", &factor)])
            + &rate.unwrap_or_default()
    }

    /// What something earns: `28 μg/m³: 5`.
    fn earns(self, what: &str, points: Decimal) -> String {
        self.say("rule_earns", &[("what", &what), ("points", &show(points))])
    }

    fn line(self, pairs: &[(Decimal, Decimal)]) -> String {
        let pairs = pairs.iter().map(|&(value, points)| {
            let value = show(value);
            let value = if self.item.rule.of_target {
                self.say("rule_of_target", &[("number", &value)])
            } else {
                with_unit(value, self.item)
            };
            self.earns(&value, points)
        });
        let pairs: Vec<_> = pairs.collect();
        self.say("rule_line", &[("pairs", &pairs.join(self.words.value_comma))])
    }

    fn states(self, points: &[Decimal]) -> String {
        let points = points.iter().enumerate().map(|(rank, points)| {
            let class = self.item.class_name(rank);
            self.say("rule_class_earns", &[("class", &class), ("points", &show(*points))])
        });
        let points: Vec<_> = points.collect();
        self.say("rule_classes", &[("classes", &points.join(self.words.value_comma))])
    }

    /// Where nothing is left.
    fn zero_at(self, zero_at: Option<&Comparison>) -> String {
        let Some(zero) = zero_at else { return String::new() };
        let zero = shown(zero, self.item, self.words);
        self.say("rule_zero_at", &[("value", &zero)])
    }

    /// A comparison of the value, or of its rate.
    fn held(self, holds: &Comparison) -> String {
        if !self.item.rule.of_target {
            return shown(holds, self.item, self.words);
        }
        self.say("rule_held_of_target", &[("holds", &holds.show(self.words.lang))])
    }

    fn off(self, met: &str, step: &Step, zero_at: Option<&Comparison>) -> String {
        let far = self.far(step.per);
        let args: &[(&str, &dyn Display)] = &[
            ("met", &met),
            ("points", &show(step.points)),
            ("far", &far),
            ("far_spaced", &spaced(&far)),
            ("part", &self.part(step.part)),
        ];
        self.say("rule_off", args) + &self.zero_at(zero_at)
    }

    fn bands(self, bands: &[Band]) -> String {
        let said = bands.iter().map(|band| match &band.holds {
            Some(holds) => self.earns(&self.held(holds), band.points),
            None => self.say("rule_else_earns", &[("points", &show(band.points))]),
        });
        let has_else = bands.iter().any(|band| band.holds.is_none());
        let none = (!has_else).then(|| self.word("rule_else_none").to_owned());
        let said: Vec<_> = said.chain(none).collect();
        self.say("rule_bands", &[("bands", &said.join(self.words.value_comma))])
    }

    fn rank(self, first: &str, rank: &Rank) -> String {
        let better = match self.item.better(self.year) {
            Some(Better::Lower) => "rule_lowest_first",
            _ => "rule_highest_first",
        };
        let among = if rank.among.is_empty() {
            self.word("rule_among_all").to_owned()
        } else {
            rank.among.join(self.words.list_comma)
        };
        let args: &[(&str, &dyn Display)] = &[
            ("among", &among),
            ("better", &self.word(better)),
            ("by", &self.rank_by(first, &rank.by)),
            ("ties", &ties(rank.ties, self.words.lang)),
        ];
        self.say("rule_rank", args)
    }

    fn rank_by(self, first: &str, by: &RankBy) -> String {
        let ends = |id, last| self.say(id, &[("first", &first), ("last", &show(last))]);
        match by {
            RankBy::Place(last) => ends("rule_rank_place", *last),
            RankBy::Value(last) => ends("rule_rank_value", *last),
            RankBy::Bands(bands) => {
                let bands: Vec<_> = bands.iter().map(|band| self.place_band(band)).collect();
                bands.join(self.words.list_comma)
            }
        }
    }

    fn place_band(self, band: &Band) -> String {
        let holds = match &band.holds {
            Some(holds) => self.say("rule_place_holds", &[("holds", &holds.show(self.words.lang))]),
            None => self.word("rule_place_else").to_owned(),
        };
        self.earns(&holds, band.points)
    }

    fn bonus(self, bonus: &Bonus) -> String {
        let Step { points, per, part } = bonus.step;
        let far = self.far(per);
        let id = if bonus.up_to.is_some() { "rule_bonus_up_to" } else { "rule_bonus" };
        let args: &[(&str, &dyn Display)] = &[
            ("points", &show(points)),
            ("far", &far),
            ("far_spaced", &spaced(&far)),
            ("part", &self.part(part)),
            ("most", &bonus.up_to.map(show).unwrap_or_default()),
        ];
        self.say(id, args)
    }

    fn worse(self, points: Decimal) -> String {
        self.say("rule_worse", &[("points", &show(points))])
    }

    fn round(self, round: Rounding) -> String {
        let id = match round.ties {
            Ties::Even => "rule_round_even",
            Ties::Up => "rule_round_up",
        };
        self.say(id, &[("digits", &round.digits)])
    }

    /// Between which points it comes out, where the method does not already say that.
    fn ends(self) -> Option<String> {
        let rule = &self.item.rule;
        if rule.method == Method::AllOrNothing && rule.bonus.is_none() {
            return None;
        }
        let (least, most) = self.item.rule.bounds(self.item.points);
        Some(self.say("rule_ends", &[("least", &show(least)), ("most", &show(most))]))
    }

    /// What it counts where it does not apply, if that is not what the plan says of all.
    fn not_applicable(self) -> Option<String> {
        let own = self.plan.not_applicable(self.item);
        let id = match own {
            NotApplicable::LeaveOut => "rule_not_applicable_leave_out",
            NotApplicable::Full => "rule_not_applicable_full",
            NotApplicable::Zero => "rule_not_applicable_zero",
            NotApplicable::Mean => "rule_not_applicable_mean",
        };
        (own != self.plan.scoring().not_applicable).then(|| self.word(id).to_owned())
    }

    /// What it does to the grade.
    fn limits(self) -> Option<String> {
        let grade = self.plan.grades().get(self.item.unmet_limits_grade?)?;
        let id = if self.plan.has_needs() { "rule_limits_needs" } else { "rule_limits" };
        Some(self.say(id, &[("grade", &grade.name.get(self.words.lang))]))
    }

    /// What its value needs to be assessable, and those that it rests on.
    fn needs(self) -> Vec<String> {
        let index = self.plan.indicators().iter().position(|item| item.id == self.item.id);
        let all = index.map(|index| self.plan.needs(index, self.year)).unwrap_or_default();
        all.into_iter().map(|(of, needs)| self.need(of, needs)).collect()
    }

    fn need(self, of: Quantity, needs: &[Need]) -> String {
        let lang = self.words.lang;
        let measure = self.plan.measure(of).filter(|measure| measure.id != self.item.id);
        let name = measure.map(|measure| measure.name.get(lang));
        let each = needs.iter().map(|need| {
            let needed = self.plan.measure(need.of);
            let name = needed.map_or("", |measure| measure.name.get(lang));
            let unit = needed.and_then(|measure| measure.unit);
            format!("{name} ≥ {}", in_unit(show(need.least), unit))
        });
        let each: Vec<_> = each.collect();
        let each = each.join(self.words.and_also);
        match name {
            None => self.say("rule_need", &[("needs", &each)]),
            Some(name) => self.say("rule_need_of", &[("name", &name), ("needs", &each)]),
        }
    }
}

/// A text that Chinese goes on behind: with a blank where it ends in other letters.
fn spaced(text: &str) -> String {
    let is_ascii = text.ends_with(|c: char| c.is_ascii() || matches!(c, '²' | '³'));
    if is_ascii { format!("{text} ") } else { text.to_owned() }
}
