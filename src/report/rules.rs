//! How a value becomes points, in words.

use rust_decimal::Decimal;

use super::line::{in_unit, shown, with_unit};
use super::readings::ties;
use super::words::Words;
use crate::formula::{Formula, Spoken};
use crate::number::show;
use crate::plan::{
    Band, Better, Bonus, Comparison, Indicator, Kind, Method, Need, Part, Plan, Quantity, Rank,
    RankBy, Rounding, Step, Symbol, Ties, When,
};
use crate::text::Lang;
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
    fn either(self, zh: String, en: String) -> String {
        match self.words.lang {
            Lang::Zh => zh,
            Lang::En => en,
        }
    }

    /// A distance in the unit of the value: `5 μg/m³`, `1 percentage point`.
    fn far(self, per: Decimal) -> String {
        let per = show(per);
        if self.item.rule.of_target {
            return self.either(format!("目标的 {per}%"), format!("{per}% of the target"));
        }
        let unit = self.item.unit.as_ref();
        let is_per_cent = unit.is_some_and(Unit::is_per_cent);
        match (&self.item.kind, unit, self.words.lang) {
            (Kind::Task, ..) => {
                self.either(format!("进度 {per} 个百分点"), format!("{per} per cent of progress"))
            }
            (Kind::Class(_), ..) => self.either(format!("{per} 个类别"), format!("{per} class")),
            (_, _, Lang::Zh) if is_per_cent => format!("{per} 个百分点"),
            (_, _, Lang::En) if is_per_cent && per == "1" => "1 percentage point".to_owned(),
            (_, _, Lang::En) if is_per_cent => format!("{per} percentage points"),
            (_, Some(unit), _) => format!("{per} {unit}"),
            (_, None, _) => per,
        }
    }

    fn part(self, part: Part) -> String {
        match part {
            Part::Share => {
                self.either("不足的部分按比例计".into(), "part of that counts in proportion".into())
            }
            Part::Whole => {
                self.either("不足的部分不计".into(), "part of that does not count".into())
            }
            Part::Begun => {
                self.either("不足的按一个计".into(), "part of that counts as whole".into())
            }
        }
    }

    /// How the value comes about, where it is not simply measured.
    fn value(self) -> Option<String> {
        let formula = self.item.formula.as_ref()?;
        let text = self.formula(formula);
        Some(self.either(format!("实际值 = {text}。"), format!("The value is {text}.")))
    }

    /// A formula in words, with the names of what it is about.
    fn formula(self, formula: &Formula<Symbol>) -> String {
        let spoken = match self.words.lang {
            Lang::Zh => &SPOKEN_ZH,
            Lang::En => &SPOKEN_EN,
        };
        formula.told(spoken, &|symbol| self.symbol(*symbol))
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
                let name = name.unwrap_or(match self.words.lang {
                    Lang::Zh => "实际值",
                    Lang::En => "value",
                });
                match when {
                    When::ThisYear => name.to_owned(),
                    When::LastYear => {
                        self.either(format!("上年{name}"), format!("last year's {name}"))
                    }
                    When::BaseYear => {
                        self.either(format!("基准年{name}"), format!("the base year's {name}"))
                    }
                    When::Year(year) => {
                        self.either(format!("{year}年{name}"), format!("{name} of {year}"))
                    }
                }
            }
            Symbol::Target => self.either("目标值".into(), "target".into()),
            Symbol::Points => self.either("分值".into(), "points".into()),
            _ => String::new(),
        }
    }

    fn method(self) -> Option<String> {
        let met = show(self.item.rule.met(self.item.points));
        Some(match &self.item.rule.method {
            Method::AllOrNothing => self.either(
                format!("达到目标得 {met} 分，否则不得分。"),
                format!("Met: {met}; missed: none."),
            ),
            Method::Off { step, zero_at } => self.off(&met, step, zero_at.as_ref()),
            Method::Proportional { times, round_rate, zero_at } => {
                self.proportional(&met, *times, *round_rate) + &self.zero_at(zero_at.as_ref())
            }
            Method::Line(pairs) => self.line(pairs),
            Method::Bands(bands) => self.bands(bands),
            Method::States(points) => self.states(points),
            Method::Rank(rank) => self.rank(&met, rank),
            Method::Reported => self.either(
                "得分由考核人员评定，数值即为得分。".into(),
                "The value is the points, given by a person.".into(),
            ),
            Method::Formula(formula) => {
                let text = self.formula(formula);
                self.either(format!("得分 = {text}。"), format!("Points: {text}."))
            }
        })
    }

    fn proportional(self, met: &str, times: Option<Decimal>, round_rate: Option<u32>) -> String {
        let factor = times.map(|times| format!(" × {}", show(times))).unwrap_or_default();
        let rate = round_rate.map(|digits| {
            self.either(
                format!("完成率（百分数）先修约到 {digits} 位小数。"),
                format!(" The rate in per cent is first rounded to {digits} decimals."),
            )
        });
        let rate = rate.unwrap_or_default();
        self.either(
            format!("达到目标得 {met} 分；未达到的得 {met} × 实际值 ÷ 目标值{factor}。{rate}"),
            format!("Met: {met}; missed: {met} × value ÷ target{factor}.{rate}"),
        )
    }

    fn line(self, pairs: &[(Decimal, Decimal)]) -> String {
        let pairs: Vec<_> = pairs
            .iter()
            .map(|&(value, points)| {
                let value = if self.item.rule.of_target {
                    self.either(
                        format!("目标的 {}%", show(value)),
                        format!("{}% of the target", show(value)),
                    )
                } else {
                    with_unit(show(value), self.item)
                };
                self.either(
                    format!("{value} 得 {} 分", show(points)),
                    format!("{value}: {}", show(points)),
                )
            })
            .collect();
        self.either(
            format!("{}；其间按直线插值，两端以外不变。", pairs.join("，")),
            format!("{}; straight lines between them, flat outside.", pairs.join(", ")),
        )
    }

    fn states(self, points: &[Decimal]) -> String {
        let points = points.iter().enumerate().map(|(rank, points)| {
            let class = self.item.class_name(rank);
            self.either(
                format!("{class} {} 分", show(*points)),
                format!("{class}: {}", show(*points)),
            )
        });
        let points: Vec<_> = points.collect();
        self.either(format!("{}。", points.join("，")), format!("{}.", points.join(", ")))
    }

    /// Where nothing is left.
    fn zero_at(self, zero_at: Option<&Comparison>) -> String {
        let Some(zero) = zero_at else { return String::new() };
        let zero = shown(zero, self.item, self.words);
        self.either(format!("实际值 {zero} 的不得分。"), format!(" Nothing is left at {zero}."))
    }

    /// A comparison of the value, or of its rate.
    fn held(self, holds: &Comparison) -> String {
        if !self.item.rule.of_target {
            return shown(holds, self.item, self.words);
        }
        let holds = holds.show(self.words.lang);
        self.either(format!("实际值为目标的 {holds}%"), format!("{holds}% of the target"))
    }

    fn off(self, met: &str, step: &Step, zero_at: Option<&Comparison>) -> String {
        let (points, far, part) = (show(step.points), self.far(step.per), self.part(step.part));
        let zero = self.zero_at(zero_at);
        self.either(
            format!("达到目标得 {met} 分；每差 {}扣 {points} 分，{part}。{zero}", spaced(&far)),
            format!(
                "Met: {met}; {points} off for each {far} on the wrong side of the target, {part}.{zero}"
            ),
        )
    }

    fn bands(self, bands: &[Band]) -> String {
        let mut has_else = false;
        let mut said: Vec<_> = bands
            .iter()
            .map(|band| {
                let points = show(band.points);
                match &band.holds {
                    Some(holds) => {
                        let holds = self.held(holds);
                        self.either(format!("{holds} 得 {points} 分"), format!("{holds}: {points}"))
                    }
                    None => {
                        has_else = true;
                        self.either(format!("其余得 {points} 分"), format!("else {points}"))
                    }
                }
            })
            .collect();
        if !has_else {
            said.push(self.either("其余不得分".into(), "else none".into()));
        }
        self.either(
            format!("按先后取第一个符合的：{}。", said.join("，")),
            format!("The first that holds: {}.", said.join(", ")),
        )
    }

    fn rank(self, first: &str, rank: &Rank) -> String {
        let better = match (self.item.better(self.year), self.words.lang) {
            (Some(Better::Lower), Lang::Zh) => "越低越好",
            (_, Lang::Zh) => "越高越好",
            (Some(Better::Lower), Lang::En) => "the lowest value first",
            (_, Lang::En) => "the highest value first",
        };
        let ties = ties(rank.ties, self.words.lang);
        let by = self.rank_by(first, &rank.by);
        let among = if rank.among.is_empty() {
            self.either("有数据的各地区".into(), "all regions that have a value".into())
        } else {
            rank.among.join(self.words.list_comma)
        };
        self.either(
            format!("在{among}中排名（{better}）：{by}；{ties}。"),
            format!("By place among {among}, {better}: {by}; {ties}."),
        )
    }

    fn rank_by(self, first: &str, by: &RankBy) -> String {
        match by {
            RankBy::Place(last) => self.either(
                format!("第一名得 {first} 分，末名得 {} 分，其间按名次直线插值", show(*last)),
                format!(
                    "the first earns {first}, the last {}, those between on a straight line by place",
                    show(*last)
                ),
            ),
            RankBy::Value(last) => self.either(
                format!("最好的得 {first} 分，最差的得 {} 分，其间按数值直线插值", show(*last)),
                format!(
                    "the best value earns {first}, the worst {}, those between on a straight \
                     line by value",
                    show(*last)
                ),
            ),
            RankBy::Bands(bands) => {
                let bands: Vec<_> = bands.iter().map(|band| self.place_band(band)).collect();
                bands.join(self.words.list_comma)
            }
        }
    }

    fn place_band(self, band: &Band) -> String {
        let points = show(band.points);
        let holds = match &band.holds {
            Some(holds) => {
                let holds = holds.show(self.words.lang);
                self.either(format!("名次 {holds}"), format!("place {holds}"))
            }
            None => self.either("其余".into(), "else".into()),
        };
        self.either(format!("{holds} 得 {points} 分"), format!("{holds}: {points}"))
    }

    fn bonus(self, bonus: &Bonus) -> String {
        let Step { points, per, part } = bonus.step;
        let (points, far, part) = (show(points), self.far(per), self.part(part));
        let most = bonus.up_to.map(|most| {
            self.either(format!("，最多加 {} 分", show(most)), format!(", at most {}", show(most)))
        });
        let most = most.unwrap_or_default();
        self.either(
            format!("每优于目标 {}加 {points} 分，{part}{most}。", spaced(&far)),
            format!("{points} more for each {far} beyond the target, {part}{most}."),
        )
    }

    fn worse(self, points: Decimal) -> String {
        let points = show(points);
        self.either(
            format!("差于上年的得 {points} 分；缺上年数据的按缺数据处理。"),
            format!(
                "Worse than last year: {points}; without last year's value the item is missing."
            ),
        )
    }

    fn round(self, round: Rounding) -> String {
        let Rounding { digits, ties } = round;
        let (zh, en) = match ties {
            Ties::Even => ("四舍六入五成双", "half to even"),
            Ties::Up => ("四舍五入", "half up"),
        };
        self.either(
            format!("得分修约到 {digits} 位小数，{zh}。"),
            format!("The points are rounded to {digits} decimals, {en}."),
        )
    }

    /// Between which points it comes out, where the method does not already say that.
    fn ends(self) -> Option<String> {
        let rule = &self.item.rule;
        if rule.method == Method::AllOrNothing && rule.bonus.is_none() {
            return None;
        }
        let (least, most) = self.item.rule.bounds(self.item.points);
        let (least, most) = (show(least), show(most));
        Some(self.either(
            format!("得分在 {least} 与 {most} 之间。"),
            format!("Between {least} and {most} points."),
        ))
    }

    /// What it does to the grade.
    fn limits(self) -> Option<String> {
        let grade = self.plan.grades().get(self.item.unmet_limits_grade?)?;
        let grade = grade.name.get(self.words.lang);
        Some(self.either(
            if self.plan.has_needs() {
                format!("未达标、缺数据或无法评价时，等次不高于{grade}。")
            } else {
                format!("未达标或缺数据时，等次不高于{grade}。")
            },
            if self.plan.has_needs() {
                format!(
                    "While it is missed, missing or not assessable, the grade is at most {grade}."
                )
            } else {
                format!("While it is missed or missing, the grade is at most {grade}.")
            },
        ))
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
        let (zh, en) = (each.join("、"), each.join(" and "));
        match name {
            None => self.either(format!("{zh}，方可评价。"), format!("Assessable only with {en}.")),
            Some(name) => self.either(
                format!("{name}：{zh}，方可评价。"),
                format!("{name}: assessable only with {en}."),
            ),
        }
    }
}

/// A text that Chinese goes on behind: with a blank where it ends in other letters.
fn spaced(text: &str) -> String {
    let is_ascii = text.ends_with(|c: char| c.is_ascii() || matches!(c, '²' | '³'));
    if is_ascii { format!("{text} ") } else { text.to_owned() }
}

/// How formulas are said in Chinese.
const SPOKEN_ZH: Spoken = Spoken {
    when: "如果 ",
    then: "，则 ",
    otherwise: "；否则 ",
    and: " 且 ",
    or: " 或 ",
    not: "非 ",
};

/// The same in English.
const SPOKEN_EN: Spoken = Spoken {
    when: "if ",
    then: ": ",
    otherwise: "; otherwise ",
    and: " and ",
    or: " or ",
    not: "not ",
};
