//! Rules that cannot be meant: what only the whole of an item shows, however its parts came
//! together.

use rust_decimal::Decimal;

use crate::diagnostic::Diagnostic;
use crate::plan::comparison::{Anchor, Better, Bound, Comparison};
use crate::plan::indicator::{Indicator, Kind};
use crate::plan::rule::{Band, Method, RankBy, in_band, on_line};
use crate::plan::target::{Ask, Target};
use crate::source::Place;
use crate::unit::Unit;
use crate::year::Year;

/// Why a rule cannot be meant.
#[derive(Debug, PartialEq, Eq)]
pub(in crate::plan) struct Contradiction {
    code: &'static str,
    message: String,
    help: String,
    /// Whether it is the targets' and not the score's.
    pub(in crate::plan) is_of_targets: bool,
}

impl Contradiction {
    fn new(code: &'static str, message: impl Into<String>, help: impl Into<String>) -> Self {
        Self { code, message: message.into(), help: help.into(), is_of_targets: false }
    }

    pub(in crate::plan) fn message(&self) -> &str {
        &self.message
    }

    /// The contradiction at the place that brought it about.
    pub(in crate::plan) fn at(self, place: Place) -> Diagnostic {
        Diagnostic::error(self.code, self.message).at(place, "").help(self.help)
    }
}

/// What contradicts itself in an item, in any year with a target.
pub(in crate::plan) fn contradictions(item: &Indicator) -> Vec<Contradiction> {
    let mut found = Vec::new();
    for target in &item.targets {
        for one in contradictions_in(item, target.years.first()) {
            if !found.contains(&one) {
                found.push(one);
            }
        }
    }
    found
}

/// What contradicts itself in an item in a year.
pub(in crate::plan) fn contradictions_in(item: &Indicator, year: Year) -> Vec<Contradiction> {
    let mut found = Vec::new();
    let Some(target) = item.target(year) else { return found };
    targets(item, target, &mut found);
    asks(item, target, &mut found);
    amounts(item, &mut found);
    let better = item.better(year);
    match &item.rule.method {
        Method::Off { .. } => off(item, target, &mut found),
        Method::Proportional { .. } => proportional(item, target, &mut found),
        Method::Line(pairs) => {
            let edges: Vec<_> = pairs.iter().map(|&(value, _)| value).collect();
            let at = |value| on_line(pairs, value).unwrap_or_default();
            direction(better, "line", &edges, &at, &mut found);
        }
        Method::Bands(list) => bands(item, better, list, &mut found),
        Method::States(points) => {
            if !points.iter().zip(points.iter().skip(1)).all(|(better, worse)| better >= worse) {
                found.push(Contradiction::new(
                    "wrong-way",
                    "a worse word earns more points than a better one",
                    "list the words, or the `classes`, from the best to the worst",
                ));
            }
        }
        Method::Rank(rank) => {
            if let RankBy::Bands(list) = &rank.by {
                let edges = edges(list);
                reachable(list, &edges, Some(Decimal::ONE), &mut found);
                let at = |place| in_band(list, place).map_or(Decimal::ZERO, |band| band.points);
                direction(Some(Better::Lower), "bands", &edges, &at, &mut found);
            } else if item.rule.met(item.points) == last(&rank.by) {
                found.push(Contradiction::new(
                    "wrong-way",
                    "the last place earns as much as the first",
                    "mend `last`, or the points",
                ));
            }
        }
        Method::AllOrNothing | Method::Reported | Method::Formula(_) => {}
    }
    found
}

fn last(by: &RankBy) -> Decimal {
    match by {
        RankBy::Place(last) | RankBy::Value(last) => *last,
        RankBy::Bands(_) => Decimal::MIN,
    }
}

/// A target that refers to one of another year, or is better another way than the item.
fn targets(item: &Indicator, target: &Target, found: &mut Vec<Contradiction>) {
    let mut say = |code, message: String, help: &str| {
        found
            .push(Contradiction { is_of_targets: true, ..Contradiction::new(code, message, help) });
    };
    let by_target = target.comparison().and_then(Comparison::better);
    if item.better.zip(by_target).is_some_and(|(said, by_target)| said != by_target) {
        let message =
            format!("the target of {} is better the other way than `better` says", target.years);
        say("better-contradicts", message, "mend the target's sign, or leave `better` out");
    }
    {
        for comparison in target.comparisons() {
            let Some(derived) = comparison.derived() else { continue };
            let (Anchor::Target(year) | Anchor::WayTo(year)) = derived.from else { continue };
            if year <= target.years.last() {
                let message =
                    format!("the target of {} refers to {year}, no later year", target.years);
                say("bad-target-year", message, "name a later year");
                continue;
            }
            let other = item.target(year);
            let hangs_on_last_year = other.is_some_and(Target::needs_last_year);
            let fits = !hangs_on_last_year
                && other.is_some_and(|other| match &other.ask {
                    Ask::Pending(_) => true,
                    Ask::Dropped(_) => false,
                    Ask::Firm(goal) | Ask::Expected(goal) => {
                        matches!(goal, Comparison::One(..)) && goal.better() == comparison.better()
                    }
                });
            if !fits {
                let message = format!("{year} has no target that a share could be of");
                let help = "set a target for that year that is better the same way, and not held \
                            against the year before it";
                say("bad-target-year", message, help);
            }
        }
    }
}

/// Methods that need something to be asked for, or to know which way is better.
fn asks(item: &Indicator, target: &Target, found: &mut Vec<Contradiction>) {
    let rule = &item.rule;
    let needs_target = rule.bonus.is_some()
        || matches!(
            rule.method,
            Method::AllOrNothing | Method::Off { .. } | Method::Proportional { .. }
        );
    if needs_target && target.comparison() == Some(&Comparison::Scored) {
        let message = format!("the score needs a target, and {} asks for nothing", target.years);
        let help = "write a target such as `>= 90`, or a score that needs none: `bands`, `line`, \
                    `states`, `rank`, `reported` or `formula`";
        found.push(Contradiction::new("nothing-asked", message, help));
    }
    if rule.of_target {
        let is_positive = match target.comparison() {
            Some(Comparison::One(_, Bound::Number(bound))) => *bound > Decimal::ZERO,
            Some(Comparison::One(_, Bound::Derived(_))) | None => true,
            Some(_) => false,
        };
        if !is_positive {
            let message = format!("nothing can be in per cent of the target of {}", target.years);
            let help = "leave `of-target` out, or write a target with a number above 0";
            found.push(Contradiction::new("nothing-asked", message, help));
        }
    }
    let (least, most) = rule.bounds(item.points);
    let is_plain = rule.method == Method::AllOrNothing && rule.bonus.is_none();
    if item.points.is_zero() && !is_plain && least.is_zero() && most.is_zero() {
        let message = "the score can never be anything but 0";
        let help = "give a bonus item a `cap` in its score, a penalty item a `floor` below 0";
        found.push(Contradiction::new("never-counts", message, help));
    }
    let needs_direction =
        rule.worse_than_last_year.is_some() || matches!(rule.method, Method::Rank(_));
    let is_set = target.comparison().is_some();
    if needs_direction && is_set && item.better(target.years.first()).is_none() {
        let message = "nothing says which way the value is better";
        let help = "add `better = \"higher\"` or `better = \"lower\"`";
        found.push(Contradiction::new("no-direction", message, help));
    }
    let is_within = matches!(target.comparison(), Some(Comparison::Within(..)));
    if rule.bonus.is_some() && (item.kind == Kind::Task || is_within) {
        let message = "nothing lies beyond the target that a bonus could be for";
        found.push(Contradiction::new("needless-bonus", message, "leave `bonus` out"));
    }
    let needs_number = rule.bonus.is_some()
        || matches!(rule.method, Method::Line(_) | Method::Reported | Method::Formula(_));
    if needs_number && matches!(item.kind, Kind::Class(_)) {
        let message = "the score needs a number, and the values are classes";
        found.push(Contradiction::new("needs-number", message, "use `states` or `bands`"));
    }
}

/// An item can earn so many times its points at most, so that adding up stays exact.
const MOST_OVER: Decimal = Decimal::from_parts(1_000_000_000, 0, 0, false, 0);

/// Points beyond the floor and the cap.
fn amounts(item: &Indicator, found: &mut Vec<Contradiction>) {
    let (rule, points) = (&item.rule, item.points);
    let (met, floor, cap) = (rule.met(points), rule.floor, rule.cap(points));
    if floor > cap {
        let message = format!("the floor, {floor}, is above the most that can be earned, {cap}");
        found.push(Contradiction::new("floor-above-cap", message, "mend `floor` or `cap`"));
        return;
    }
    let most = points.saturating_mul(MOST_OVER);
    if !points.is_zero() && (cap > most || floor < -most) {
        let message = format!("an item worth {points} can earn from {floor} to {cap}");
        let help = "raise `points`; a bonus or penalty item has `points = 0`";
        found.push(Contradiction::new("beyond-cap", message, help));
        return;
    }
    if rule.method.takes_met() && met > rule.cap.unwrap_or(points) {
        let cap = rule.cap.unwrap_or(points);
        let message = format!("meeting the target earns {met}, and the most is {cap}");
        found.push(Contradiction::new("beyond-cap", message, "mend `met`, `points` or `cap`"));
    }
    bonus(item, found);
    given(item, found);
}

/// A bonus that nothing ends, or that can never be paid.
fn bonus(item: &Indicator, found: &mut Vec<Contradiction>) {
    let rule = &item.rule;
    let (met, cap) = (rule.met(item.points), rule.cap(item.points));
    if let Some(bonus) = rule.bonus {
        if bonus.up_to.is_none() && rule.cap.is_none() {
            let message = "nothing limits the bonus";
            let help = "add `up-to` to the bonus, or `cap` to the score";
            found.push(Contradiction::new("bonus-without-limit", message, help));
        } else if rule.method.takes_met() && cap <= met {
            let message = format!("the cap, {cap}, leaves no room for the bonus above {met}");
            let help = "raise `cap`, or leave the bonus out";
            found.push(Contradiction::new("bonus-without-room", message, help));
        }
    }
}

/// Points that the rule gives and that the item cannot have.
fn given(item: &Indicator, found: &mut Vec<Contradiction>) {
    let rule = &item.rule;
    let (floor, cap) = (rule.floor, rule.cap(item.points));
    let given: Vec<Decimal> = match &rule.method {
        Method::Line(pairs) => pairs.iter().map(|&(_, points)| points).collect(),
        Method::Bands(bands) => bands.iter().map(|band| band.points).collect(),
        Method::States(points) => points.clone(),
        Method::Rank(rank) => match &rank.by {
            RankBy::Bands(bands) => bands.iter().map(|band| band.points).collect(),
            RankBy::Place(last) | RankBy::Value(last) => vec![*last],
        },
        _ => Vec::new(),
    };
    let given = given.into_iter().chain(rule.worse_than_last_year);
    for points in given {
        if points > cap {
            let message = format!("{points} points are more than the item can earn, {cap}");
            let help = "raise `points`, or give the score a `cap`";
            found.push(Contradiction::new("beyond-cap", message, help));
            return;
        }
        if points < floor {
            let message = format!("{points} points are fewer than the item can earn, {floor}");
            let help = "give the score a `floor` below zero for points taken off";
            found.push(Contradiction::new("beyond-floor", message, help));
            return;
        }
    }
}

/// Whether what is taken off can ever use the points up, where the worst value is known; and
/// whether nothing is left where the target is missed, and not where it is met.
fn off(item: &Indicator, target: &Target, found: &mut Vec<Contradiction>) {
    let Method::Off { step, zero_at } = &item.rule.method else { return };
    let (bound, better) = match target.comparison() {
        Some(Comparison::One(relation, Bound::Number(bound))) => (*bound, relation.better()),
        Some(Comparison::Done) => (Decimal::ONE_HUNDRED, Better::Higher),
        _ => return,
    };
    if let Some(zero_at) = zero_at {
        let is_short = match zero_at {
            Comparison::One(relation, Bound::Number(zero)) => {
                relation.better() != better && better.lead(*zero, bound) <= Decimal::ZERO
            }
            _ => !zero_at.is_met_by(bound),
        };
        if !is_short {
            let message = format!("nothing is left at `{zero_at}`, which meets the target");
            let help = "name the value short of the target from which on nothing is left";
            found.push(Contradiction::new("wrong-way", message, help));
        }
        return;
    }
    let worst = match (better, &item.kind) {
        (_, Kind::Class(_)) => None,
        (Better::Higher, Kind::Task) => Some(Decimal::ZERO),
        (Better::Higher, _) => {
            // A share that is measured is not below zero, where the plan does not say otherwise.
            let is_share = item.unit.as_ref().is_some_and(Unit::is_per_cent);
            let is_share = is_share && item.formula.is_none();
            item.range.least.or_else(|| is_share.then_some(Decimal::ZERO))
        }
        (Better::Lower, _) => item.range.most,
    };
    let Some(worst) = worst else { return };
    let short = better.lead(bound, worst).max(Decimal::ZERO);
    let short = if item.rule.of_target {
        let share = short.checked_mul(Decimal::ONE_HUNDRED);
        let share = share.and_then(|short| short.checked_div(bound));
        let Some(share) = share else { return };
        share
    } else {
        short
    };
    let steps = short.checked_div(step.per).map(|steps| steps.ceil());
    let lost = steps.and_then(|steps| steps.checked_mul(step.points));
    let left = lost.and_then(|lost| item.rule.met(item.points).checked_sub(lost));
    if let Some(left) = left.filter(|left| *left > item.rule.floor) {
        let message =
            format!("even the worst value, {worst}, leaves {left} points, not {}", item.rule.floor);
        let help = match item.range.least.or(item.range.most) {
            None if item.kind == Kind::Number => format!(
                "where the value can be below 0, say `least = -100` of the item; else say where it \
                 ends with `floor = {left}`, or mend `off` and `per`"
            ),
            _ => format!("say where it ends with `floor = {left}`, or mend `off` and `per`"),
        };
        found.push(Contradiction::new("never-zero", message, help));
    }
}

fn proportional(item: &Indicator, target: &Target, found: &mut Vec<Contradiction>) {
    let fits = match target.comparison() {
        None | Some(Comparison::Done | Comparison::Scored) => true,
        Some(Comparison::One(relation, bound)) => {
            let is_positive = match bound {
                Bound::Number(number) => *number > Decimal::ZERO,
                Bound::Derived(_) => true,
            };
            relation.better() == Better::Higher && is_positive
        }
        Some(Comparison::Within(..) | Comparison::OrBetter { .. }) => false,
    };
    if !fits {
        let message = format!("no share of the target of {} can be reached", target.years);
        let help = "`proportional` is for `>=` and `>` with a number above 0, and for tasks; \
                    for `<=` use `off` and `per`, or `line`";
        found.push(Contradiction::new("not-proportional", message, help));
    }
    let Method::Proportional { times: Some(times), .. } = &item.rule.method else { return };
    if *times > Decimal::ONE {
        let message = "`times` above 1 makes a missed target earn more than its share";
        found.push(Contradiction::new("wrong-way", message, "write a number up to 1"));
    }
}

fn bands(item: &Indicator, better: Option<Better>, list: &[Band], found: &mut Vec<Contradiction>) {
    let at = |value| in_band(list, value).map_or(Decimal::ZERO, |band| band.points);
    if let Kind::Class(classes) = &item.kind {
        let ranks = (0..classes.names().count()).map(Decimal::from).collect::<Vec<_>>();
        reachable(list, &ranks, None, found);
        // Of classes, the place in their order is lower the better they are.
        direction(Some(Better::Lower), "bands", &ranks, &at, found);
        return;
    }
    let edges = edges(list);
    let ranges = list.iter().filter_map(|band| match band.holds {
        Some(Comparison::Within(least, most)) => Some((least, most)),
        _ => None,
    });
    let ranges: Vec<_> = ranges.collect();
    let crosses = |at: usize, a: &(Decimal, Decimal)| {
        ranges.iter().skip(at + 1).any(|b| a.0 <= b.1 && b.0 <= a.1 && !(b.0 <= a.0 && a.1 <= b.1))
    };
    if ranges.iter().enumerate().any(|(at, range)| crosses(at, range)) {
        let help = "use `>=` or `<=` and list the best first: `[[\">= 95\", 8], [\">= 85\", 5]]`";
        found.push(Contradiction::new("overlapping-bands", "two bands overlap", help));
        return;
    }
    let pays_less = |value: &Decimal| {
        let mut holding = list
            .iter()
            .filter(|band| band.holds.as_ref().is_none_or(|holds| holds.is_met_by(*value)));
        let first = holding.next();
        let is_range = |band: &Band| matches!(band.holds, Some(Comparison::Within(..)));
        first.is_some_and(|first| {
            is_range(first) && holding.any(|other| other.points > first.points)
        })
    };
    if let Some(value) = samples(&edges).into_iter().find(pays_less) {
        let message =
            format!("two bands hold at {value}, and the first of them gives fewer points");
        let help = "list the band with more points first";
        found.push(Contradiction::new("overlapping-bands", message, help));
        return;
    }
    reachable(list, &edges, None, found);
    direction(better, "bands", &edges, &at, found);
}

/// The numbers at which one band ends and another begins.
fn edges(list: &[Band]) -> Vec<Decimal> {
    let mut edges: Vec<_> =
        list.iter().filter_map(|band| band.holds.as_ref()).flat_map(Comparison::numbers).collect();
    edges.sort();
    edges.dedup();
    edges
}

/// Values at, between and beyond some edges.
fn samples(edges: &[Decimal]) -> Vec<Decimal> {
    let between = edges.iter().zip(edges.iter().skip(1)).map(|(a, b)| (a + b) / Decimal::TWO);
    let ends = [edges.first().map(|a| a - Decimal::ONE), edges.last().map(|b| b + Decimal::ONE)];
    let mut all: Vec<_> =
        edges.iter().copied().chain(between).chain(ends.into_iter().flatten()).collect();
    all.sort();
    all
}

/// Bands that no value is in, for one before them has them all, or there are no such values.
fn reachable(
    list: &[Band],
    edges: &[Decimal],
    least: Option<Decimal>,
    found: &mut Vec<Contradiction>,
) {
    let mut values = samples(edges);
    values.extend(least);
    values.retain(|value| least.is_none_or(|least| *value >= least));
    let is_first = |band: &Band| {
        let mut all = values.iter();
        all.any(|value| in_band(list, *value).is_some_and(|first| std::ptr::eq(first, band)))
    };
    for (at, band) in list.iter().enumerate() {
        if !is_first(band) && band.holds.is_some() {
            let message = format!("no value reaches band {}", at + 1);
            let help = "list the best band first, and each once";
            found.push(Contradiction::new("unreachable-band", message, help));
        }
    }
}

/// Refuses points that fall while the value gets better.
fn direction(
    better: Option<Better>,
    what: &str,
    edges: &[Decimal],
    at: &dyn Fn(Decimal) -> Decimal,
    found: &mut Vec<Contradiction>,
) {
    let Some(better) = better else { return };
    let mut points: Vec<_> = samples(edges).into_iter().map(at).collect();
    if better == Better::Lower {
        points.reverse();
    }
    if points.iter().zip(points.iter().skip(1)).any(|(worse, better)| better < worse) {
        let message = format!("a better value gets fewer points by the {what}");
        let help = match better {
            Better::Higher => "a higher value is better: give it more points",
            Better::Lower => "a lower one is better: give it more points",
        };
        found.push(Contradiction::new("wrong-way", message, help));
    }
}
