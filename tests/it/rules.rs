//! From values to points to the score, held against the same worked out once more with fractions.

use assess::assessment::Assessment;
use std::io::Cursor;

use assess::data::{Options, Reader};
use assess::emit::{self, Style};
use assess::plan::{Book, Plan};
use assess::source::Source;
use num_bigint::BigInt;
use num_rational::BigRational;
use proptest::collection::vec;
use proptest::option;
use proptest::prelude::*;
use rust_decimal::Decimal;

use crate::judging::{assess, plan, values};
use crate::world::{mutated, read};

type Q = BigRational;

fn whole(number: i64) -> Q {
    Q::from_integer(number.into())
}

fn q(number: Decimal) -> Q {
    Q::new(number.mantissa().into(), BigInt::from(10).pow(number.scale()))
}

/// Whether the program's decimal is a fraction, to 15 decimals.
fn is_same(found: Decimal, expected: &Q) -> bool {
    let off = q(found) - expected;
    let off = if off < whole(0) { -off } else { off };
    off <= Q::new(1.into(), BigInt::from(10).pow(15))
}

fn rounded(number: &Q, digits: u32, up: bool) -> Q {
    let shift = Q::from_integer(BigInt::from(10).pow(digits));
    let scaled = number * &shift;
    let below = scaled.floor();
    let rest = &scaled - &below;
    let half = Q::new(1.into(), 2.into());
    let is_even = (&below / whole(2)).is_integer();
    let goes_up = if rest == half {
        // Away from zero, or to the even one.
        if up { scaled > whole(0) } else { !is_even }
    } else {
        rest > half
    };
    (if goes_up { below + whole(1) } else { below }) / shift
}

/// How the plans of these tests begin.
const HEAD: &str =
    "format = 1\nplan = \"p\"\n[about]\ntitle = \"P\"\nregion = \"R\"\nyears = \"2021\"\n";

/// A decimal of up to three digits behind the point, from a number of thousandths.
fn thousandths(range: std::ops::Range<i64>) -> impl Strategy<Value = Decimal> + Clone {
    (range, 0u32..4).prop_map(|(number, scale)| {
        let number = Decimal::new(number, 3).round_dp(scale);
        number.normalize()
    })
}

fn above_zero(most: i64) -> impl Strategy<Value = Decimal> + Clone {
    thousandths(1..most).prop_map(|number| number.max(Decimal::new(1, 3)))
}

#[derive(Clone, Copy, Debug)]
struct Step {
    points: Decimal,
    per: Decimal,
    part: usize,
}

const PARTS: [&str; 3] = ["share", "whole", "begun"];
const RELATIONS: [&str; 4] = [">=", ">", "<=", "<"];

#[derive(Clone, Debug)]
enum Method {
    AllOrNothing,
    /// A step, and how far beyond the bound nothing is left, that line itself included or not.
    Off(Step, Option<(Decimal, bool)>),
    Proportional(Option<Decimal>, Option<u32>),
    /// Values with points, the worst value first.
    Line(Vec<(Decimal, Decimal)>),
    /// Edges with points, the best first; whether the edges are in; what is left.
    Bands(Vec<(Decimal, Decimal)>, bool, Option<Decimal>),
}

/// A rule and the target that it is for.
#[derive(Clone, Debug)]
struct Rule {
    relation: usize,
    bound: Decimal,
    points: Decimal,
    method: Method,
    met: Option<Decimal>,
    bonus: Option<(Step, Decimal)>,
    worse: Option<Decimal>,
    round: Option<(u32, bool)>,
    floor: Option<Decimal>,
    cap: Option<Decimal>,
}

fn step() -> impl Strategy<Value = Step> {
    (above_zero(3000), above_zero(8000), 0usize..3).prop_map(|(points, per, part)| Step {
        points,
        per,
        part,
    })
}

/// What the parts of a rule are made from.
type Raw = (
    (usize, Decimal, Decimal, usize),
    (Step, Option<(Decimal, bool)>, Option<Decimal>, Option<u32>),
    (Vec<(Decimal, u32)>, bool, bool),
    (Option<u32>, Option<(Step, Decimal)>, Option<u32>, Option<(u32, bool)>),
    (Option<(bool, Decimal)>, Option<Decimal>),
);

fn raw() -> impl Strategy<Value = Raw> {
    (
        (0usize..4, thousandths(-40_000..90_000), above_zero(20_000), 0usize..5),
        (
            step(),
            option::of((above_zero(20_000), any::<bool>())),
            option::of(above_zero(1000)),
            option::of(0u32..4),
        ),
        (vec((above_zero(15_000), 0u32..11), 2..5), any::<bool>(), any::<bool>()),
        (
            option::of(0u32..11),
            option::of((step(), above_zero(6000))),
            option::weighted(0.2, 0u32..11),
            option::weighted(0.4, (0u32..4, any::<bool>())),
        ),
        (option::of((any::<bool>(), above_zero(3000))), option::of(above_zero(6000))),
    )
}

fn rule() -> impl Strategy<Value = Rule> {
    raw().prop_map(Rule::of)
}

impl Rule {
    fn of((target, one, list, modifiers, ends): Raw) -> Self {
        let (relation, bound, points, method) = target;
        let (mets, bonus, worse, round) = modifiers;
        let tenths = |points: Decimal, share: u32| points * Decimal::new(share.into(), 1);
        let met = mets.map(|share| tenths(points, share));
        let just = met.unwrap_or(points);
        let cap = ends.1.map(|room| just + room);
        let most = bonus.map_or(Decimal::ZERO, |(_, up_to)| up_to);
        let top = cap.unwrap_or_else(|| points.max(just + most));
        let floor = ends.0.map(|(below, by)| if below { -by } else { by.min(tenths(top, 3)) });
        let least = floor.unwrap_or_default();
        let between = |share: u32| least + (top - least) * Decimal::new(share.into(), 1);
        let is_high = relation < 2;
        let (step, zero_at, times, round_rate) = one;
        let (mut pairs, inclusive, has_else) = list;
        let method = match method {
            1 => Method::Off(step, zero_at),
            2 if is_high && bound > Decimal::ZERO => Method::Proportional(times, round_rate),
            3 | 4 => {
                // From the worst value on: always better, and never fewer points.
                pairs.sort_by_key(|&(_, share)| share);
                let mut at = bound - Decimal::TEN;
                let mut line: Vec<(Decimal, Decimal)> = Vec::new();
                for (further, share) in pairs {
                    at += further;
                    let value = if is_high { at } else { bound + bound - at };
                    line.push((value, between(share)));
                }
                if method == 3 {
                    Method::Line(line)
                } else {
                    let rest = line.first().map(|&(_, points)| points).filter(|_| has_else);
                    // Without `else` what is left earns 0.
                    let ok = rest.is_some() || least <= Decimal::ZERO;
                    let lift = |points: Decimal| {
                        if rest.is_none() { points.max(Decimal::ZERO) } else { points }
                    };
                    line.iter_mut().for_each(|pair| pair.1 = lift(pair.1));
                    line.reverse();
                    if ok { Method::Bands(line, inclusive, rest) } else { Method::AllOrNothing }
                }
            }
            _ => Method::AllOrNothing,
        };
        let worse = worse.map(between);
        let met = met.filter(|_| !matches!(method, Method::Line(_) | Method::Bands(..)));
        Self { relation, bound, points, method, met, bonus, worse, round, floor, cap }
    }

    fn is_high(&self) -> bool {
        self.relation < 2
    }

    fn score(&self) -> String {
        let mut keys = Vec::new();
        let step = |name: &str, Step { points, per, part }: Step| {
            format!("{name} = {points}, per = {per}, part = \"{}\"", PARTS[part])
        };
        match &self.method {
            Method::AllOrNothing => {}
            Method::Off(off, zero_at) => {
                keys.push(step("off", *off));
                if let Some((_, inclusive)) = zero_at {
                    let at = self.zero_at().unwrap();
                    let beyond = if self.is_high() { "<" } else { ">" };
                    keys.push(if *inclusive {
                        format!("zero-at = {at}")
                    } else {
                        format!("zero-at = \"{beyond} {at}\"")
                    });
                }
            }
            Method::Proportional(times, round_rate) => {
                keys.push("proportional = true".into());
                keys.extend(times.map(|times| format!("times = {times}")));
                keys.extend(round_rate.map(|digits| format!("round-rate = {digits}")));
            }
            Method::Line(pairs) => {
                let pairs: Vec<_> = pairs.iter().map(|(x, y)| format!("[{x}, {y}]")).collect();
                keys.push(format!("line = [{}]", pairs.join(", ")));
            }
            Method::Bands(bands, inclusive, rest) => {
                let sign = match (self.is_high(), inclusive) {
                    (true, true) => ">=",
                    (true, false) => ">",
                    (false, true) => "<=",
                    (false, false) => "<",
                };
                let bands = bands.iter().map(|(x, y)| format!("[\"{sign} {x}\", {y}]"));
                let rest = rest.iter().map(|points| format!("[\"else\", {points}]"));
                keys.push(format!(
                    "bands = [{}]",
                    bands.chain(rest).collect::<Vec<_>>().join(", ")
                ));
            }
        }
        keys.extend(self.met.map(|met| format!("met = {met}")));
        keys.extend(self.bonus.map(|(bonus, up_to)| {
            format!("bonus = {{ {}, up-to = {up_to} }}", step("add", bonus))
        }));
        keys.extend(self.worse.map(|points| format!("worse-than-last-year = {points}")));
        keys.extend(self.round.map(|(digits, up)| {
            format!(
                "round = {{ digits = {digits}, ties = \"{}\" }}",
                if up { "up" } else { "even" }
            )
        }));
        keys.extend(self.floor.map(|floor| format!("floor = {floor}")));
        keys.extend(self.cap.map(|cap| format!("cap = {cap}")));
        format!("{{ {} }}", keys.join(", "))
    }

    fn item(&self, id: &str, target: &str, rest: &str) -> String {
        let better = if self.is_high() { "higher" } else { "lower" };
        format!(
            "[[indicator]]\nid = \"{id}\"\nname = \"{id}\"\npoints = {}\nbetter = \"{better}\"\n\
             targets = {{ 2021 = {target} }}\nscore = {}\n{rest}\n",
            self.points,
            self.score()
        )
    }

    fn target(&self) -> String {
        format!("\"{} {}\"", RELATIONS[self.relation], self.bound)
    }

    fn zero_at(&self) -> Option<Decimal> {
        let Method::Off(_, Some((beyond, _))) = self.method else { return None };
        Some(if self.is_high() { self.bound - beyond } else { self.bound + beyond })
    }

    /// The least and the most that it can earn.
    fn ends(&self) -> (Q, Q) {
        let just = self.met.unwrap_or(self.points);
        let bonus = self.bonus.map_or(Decimal::ZERO, |(_, up_to)| up_to);
        let cap = self.cap.unwrap_or_else(|| self.points.max(just + bonus));
        (q(self.floor.unwrap_or_default()), q(cap))
    }

    /// By how much a value is better than a number.
    fn lead(&self, value: Decimal, of: Decimal) -> Q {
        if self.is_high() { q(value) - q(of) } else { q(of) - q(value) }
    }

    fn is_met(&self, value: Decimal) -> bool {
        let lead = self.lead(value, self.bound);
        if matches!(RELATIONS[self.relation], ">=" | "<=") {
            lead >= whole(0)
        } else {
            lead > whole(0)
        }
    }

    fn earned(&self, value: Decimal, last: Decimal, plan_up: bool) -> Q {
        let just = q(self.met.unwrap_or(self.points));
        let lead = self.lead(value, self.bound);
        let is_met = self.is_met(value);
        let mut points = match &self.method {
            _ if is_met && !matches!(self.method, Method::Line(_) | Method::Bands(..)) => just,
            Method::AllOrNothing => whole(0),
            Method::Off(step, zero_at) => {
                let beyond = self.zero_at().map(|at| -self.lead(value, at));
                let is_gone = zero_at.zip(beyond).is_some_and(|((_, inclusive), beyond)| {
                    beyond > whole(0) || inclusive && beyond == whole(0)
                });
                let left = just - step.of(&-lead.clone());
                // Nothing is left, or less, where the floor is below zero.
                if is_gone { left.min(whole(0)) } else { left }
            }
            Method::Proportional(times, round_rate) => {
                let rate = (q(value) / q(self.bound)).max(whole(0));
                let rate = match round_rate {
                    Some(digits) => rounded(&(rate * whole(100)), *digits, plan_up) / whole(100),
                    None => rate,
                };
                just * rate * times.map_or(whole(1), q)
            }
            Method::Line(pairs) => on_line(pairs, value, |value, of| self.lead(value, of)),
            Method::Bands(bands, inclusive, rest) => {
                let is_in = |(edge, _): &&(Decimal, Decimal)| {
                    let lead = self.lead(value, *edge);
                    lead > whole(0) || *inclusive && lead == whole(0)
                };
                q(bands.iter().find(is_in).map(|&(_, points)| points).or(*rest).unwrap_or_default())
            }
        };
        if let Some((bonus, up_to)) = self.bonus
            && is_met
        {
            points += bonus.of(&lead).min(q(up_to));
        }
        if let Some(worse) = self.worse
            && self.lead(value, last) < whole(0)
        {
            points = points.min(q(worse));
        }
        if let Some((digits, up)) = self.round {
            points = rounded(&points, digits, up);
        }
        let (floor, cap) = self.ends();
        points.max(floor).min(cap)
    }

    /// Whether what it says itself makes a better value never earn less: the points for being
    /// worse than last year, and a line where nothing is left, may be more than what is below.
    fn promises_no_fall(&self) -> bool {
        let least = self.floor.unwrap_or_default();
        let is_line = matches!(self.method, Method::Off(_, Some(_)));
        self.worse.is_none_or(|worse| worse == least) && !(is_line && least < Decimal::ZERO)
    }
}

impl Step {
    fn of(self, distance: &Q) -> Q {
        let steps = distance / q(self.per);
        let steps = match self.part {
            0 => steps,
            1 => steps.floor(),
            _ => steps.ceil(),
        };
        steps * q(self.points)
    }
}

/// Pairs from the worst value to the best.
fn on_line(
    pairs: &[(Decimal, Decimal)],
    value: Decimal,
    lead: impl Fn(Decimal, Decimal) -> Q,
) -> Q {
    let (first, last) = (pairs[0], pairs[pairs.len() - 1]);
    if lead(value, first.0) <= whole(0) {
        return q(first.1);
    }
    for (a, b) in pairs.iter().zip(&pairs[1..]) {
        if lead(value, b.0) <= whole(0) {
            return q(a.1) + lead(value, a.0) / lead(b.0, a.0) * (q(b.1) - q(a.1));
        }
    }
    q(last.1)
}

fn assessed<R>(plan: &Plan, rows: &str, look: impl FnOnce(&Assessment<'_>) -> R) -> R {
    let measurements = values(plan, &format!("indicator,value,year,note\n{rows}"));
    look(&assess(&measurements, plan, "R", "2021".parse().unwrap()))
}

fn ties(up: bool) -> &'static str {
    if up {
        "[scoring]\nround = { digits = 6, ties = \"up\" }\n"
    } else {
        "[scoring]\nround = { digits = 6 }\n"
    }
}

/// A value not far from the bound of a rule, now and then just at it.
fn value_of(rule: &Rule, off: Decimal) -> Decimal {
    if off.abs() < Decimal::ONE { rule.bound } else { rule.bound + off }
}

fn config() -> ProptestConfig {
    ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(200) }
}

proptest! {
    #![proptest_config(config())]

    #[test]
    fn points_are_those_that_the_rule_gives(
        rule in rule(), offs in vec(thousandths(-25_000..25_000), 4), last in thousandths(-25_000..25_000), up: bool,
    ) {
        let text = format!("{HEAD}{}{}", ties(up), rule.item("x", &rule.target(), ""));
        let plan = plan(&text);
        let last = rule.bound + last;
        for off in offs {
            let value = value_of(&rule, off);
            let rows = format!("x,{value},2021,\nx,{last},2020,\n");
            let (earned, bounds, met) = assessed(&plan, &rows, |assessment| {
                let item = &assessment.items[0];
                (item.earned.unwrap(), item.bounds, item.state == assess::assessment::State::Met)
            });
            let expected = rule.earned(value, last, up);
            prop_assert!(is_same(earned, &expected), "{earned} for {expected} at {value}, {last} last year\n{text}");
            prop_assert_eq!(met, rule.is_met(value));
            let (floor, cap) = rule.ends();
            prop_assert!(floor <= q(earned) && q(earned) <= cap, "{earned}\n{text}");
            // Rounding and the bounds: see `what_an_item_can_earn_is_known_where_it_is_rounded`.
            if rule.round.is_none() {
                prop_assert!(bounds.0 <= earned && earned <= bounds.1, "{earned} in {bounds:?}\n{text}");
            }
        }
    }

    #[test]
    fn a_better_value_never_earns_less_by_any_rule(
        rule in rule(), off in thousandths(-25_000..25_000), more in thousandths(0..15_000), last in thousandths(-25_000..25_000),
    ) {
        prop_assume!(rule.promises_no_fall());
        let text = format!("{HEAD}{}", rule.item("x", &rule.target(), ""));
        let plan = plan(&text);
        let value = value_of(&rule, off);
        let better = if rule.is_high() { value + more } else { value - more };
        let last = rule.bound + last;
        let earned = |value: Decimal| {
            assessed(&plan, &format!("x,{value},2021,\nx,{last},2020,\n"), |a| a.items[0].earned.unwrap())
        };
        let (of_value, of_better) = (earned(value), earned(better));
        prop_assert!(of_value <= of_better, "{of_value} for {value}, {of_better} for {better}\n{text}");
    }

    /// Progress of tasks in per cent and classes, by `off` and in proportion.
    #[test]
    fn tasks_and_classes_earn_what_is_left(
        points in above_zero(20_000), step in step(), progress in thousandths(0..100_001), times in option::of(above_zero(1000)),
        class in 0usize..6, worst in 0usize..6,
    ) {
        let classes = ["Ⅰ", "Ⅱ", "Ⅲ", "Ⅳ", "Ⅴ", "劣Ⅴ"];
        let Step { points: off, per, part } = step;
        let off_text = format!("off = {off}, per = {per}, part = \"{}\"", PARTS[part]);
        let times_text = times.map(|times| format!(", times = {times}")).unwrap_or_default();
        // A floor, for `off` must be able to reach it where the worst value is known.
        let text = format!(
            "{HEAD}[[indicator]]\nid = \"t\"\nname = \"t\"\nkind = \"task\"\npoints = {points}\ntargets = {{ 2021 = \"done\" }}\nscore = {{ {off_text}, floor = -300000, zero-at = -1 }}\n\
             [[indicator]]\nid = \"u\"\nname = \"u\"\nkind = \"task\"\npoints = {points}\ntargets = {{ 2021 = \"done\" }}\nscore = {{ proportional = true{times_text} }}\n\
             [[indicator]]\nid = \"c\"\nname = \"c\"\npoints = {points}\ntargets = {{ 2021 = \"{} or better\" }}\nscore = {{ {off_text} }}\n",
            classes[worst]
        );
        let plan = plan(&text);
        let rows = format!("t,{progress}%,2021,\nu,{progress}%,2021,\nc,{},2021,\n", classes[class]);
        let found = assessed(&plan, &rows, |a| [0, 1, 2].map(|at| a.items[at].earned.unwrap()));
        let done = progress == Decimal::ONE_HUNDRED;
        let short = whole(100) - q(progress);
        let worse = class.saturating_sub(worst);
        let expected = [
            if done { q(points) } else { q(points) - step.of(&short) },
            if done { q(points) } else { q(points) * q(progress) / whole(100) * times.map_or(whole(1), q) },
            if worse == 0 { q(points) } else { (q(points) - step.of(&whole(worse.try_into().unwrap()))).max(whole(0)) },
        ];
        for (found, expected) in found.into_iter().zip(expected) {
            prop_assert!(is_same(found, &expected), "{found} for {expected}\n{rows}\n{text}");
        }
    }

    /// Places and values among regions.
    #[test]
    fn places_earn_what_the_rank_gives(
        field in vec(option::weighted(0.9, -3i64..4), 1..7), among in option::weighted(0.3, vec(any::<bool>(), 7)),
        points in 5u32..20, last in 0u32..5, by in 0usize..3, ties in 0usize..3, high: bool,
    ) {
        let names: Vec<String> = (0..field.len()).map(|at| format!("R{at}")).collect();
        let is_in = |at: usize| among.as_ref().is_none_or(|among| among[at] || at == 0);
        let ties_text = ["skip", "dense", "mean"][ties];
        let how = match by {
            0 => format!("last = {last}"),
            1 => format!("last = {last}, by = \"value\""),
            _ => format!("bands = [[\"<= 1.5\", {points}], [\"<= 3\", {last}]]"),
        };
        let of: Vec<_> = (0..field.len()).filter(|&at| is_in(at)).map(|at| format!("\"{}\"", names[at])).collect();
        let of = if among.is_some() { format!(", among = [{}]", of.join(", ")) } else { String::new() };
        let better = if high { "higher" } else { "lower" };
        let text = format!(
            "{HEAD}[[indicator]]\nid = \"x\"\nname = \"x\"\npoints = {points}\nbetter = \"{better}\"\ntargets = {{ 2021 = \"scored\" }}\n\
             score = {{ rank = {{ {how}, ties = \"{ties_text}\"{of} }} }}\n"
        );
        let plan = plan(&text);
        let mut rows = String::from("region,indicator,value\n");
        for (name, value) in names.iter().zip(&field) {
            rows += &format!("{name},x,{}\n", value.map_or(String::new(), |value| value.to_string()));
        }
        let measurements = values(&plan, &rows);
        let ranked: Vec<i64> = field.iter().enumerate().filter(|(at, _)| is_in(*at)).filter_map(|(_, value)| *value).collect();
        let better_ones = |own: i64| ranked.iter().filter(|&&other| if high { other > own } else { other < own }).copied().collect::<Vec<_>>();
        let distinct = |mut values: Vec<i64>| { values.sort_unstable(); values.dedup(); values.len() };
        for (at, name) in names.iter().enumerate() {
            let found = assess(&measurements, &plan, name, "2021".parse().unwrap()).items[0].earned;
            let expected = match (field[at], is_in(at)) {
                (_, false) if field[at].is_some() => None,
                (None, true) => Some(whole(0)),
                (None, false) => continue,
                (Some(own), _) => {
                    let ahead = better_ones(own);
                    let equal = ranked.iter().filter(|&&other| other == own).count();
                    let place = match ties {
                        0 => whole(ahead.len() as i64 + 1),
                        1 => whole(distinct(ahead.clone()) as i64 + 1),
                        _ => whole(ahead.len() as i64 + 1) + Q::new(BigInt::from(equal - 1), 2.into()),
                    };
                    let count = if ties == 1 { distinct(ranked.clone()) } else { ranked.len() };
                    let (first, last) = (whole(points.into()), whole(last.into()));
                    Some(match by {
                        0 if count == 1 => first,
                        0 => &first - (&first - &last) * (place - whole(1)) / whole(count as i64 - 1),
                        1 => {
                            let (least, most) = (*ranked.iter().min().unwrap(), *ranked.iter().max().unwrap());
                            let (worst, best) = if high { (least, most) } else { (most, least) };
                            if worst == best { first } else { &last + (&first - &last) * whole(own - worst) / whole(best - worst) }
                        }
                        _ if place <= Q::new(3.into(), 2.into()) => first,
                        _ if place <= whole(3) => last,
                        _ => whole(0),
                    })
                }
            };
            match (found, &expected) {
                (Some(found), Some(expected)) => prop_assert!(is_same(found, expected), "{name}: {found} for {expected}\n{rows}\n{text}"),
                _ => prop_assert!(found.is_none() && expected.is_none(), "{name}: {found:?} for {expected:?}\n{rows}\n{text}"),
            }
        }
    }
}

/// An item whose value is its points.
#[derive(Clone, Debug)]
struct Part {
    points: Decimal,
    earned: Decimal,
    weight: Decimal,
    group: usize,
}

#[derive(Clone, Debug)]
struct Whole {
    combine: usize,
    weight: Decimal,
    parent: usize,
    points: Option<Decimal>,
    floor: Option<Decimal>,
    cap: Option<Decimal>,
}

#[derive(Clone, Debug)]
struct Tree {
    groups: Vec<Whole>,
    parts: Vec<Part>,
    total: Decimal,
    floor: Option<Decimal>,
    cap: Option<Decimal>,
}

/// Items are worth something, or add, or take away.
fn part() -> impl Strategy<Value = Part> {
    (0usize..4, above_zero(9000), 0u32..11, above_zero(5000), 0usize..5).prop_map(
        |(kind, points, tenths, weight, group)| {
            // Weights below 1 are shares, which must add up.
            let weight = weight + Decimal::ONE;
            let earned = points * Decimal::new(tenths.into(), 1);
            let (points, earned) = match kind {
                0 => (Decimal::ZERO, earned),
                1 => (Decimal::ZERO, -earned),
                _ => (points, earned),
            };
            Part { points, earned, weight, group }
        },
    )
}

fn group() -> impl Strategy<Value = Whole> {
    (
        0usize..4,
        above_zero(5000),
        0usize..5,
        option::weighted(0.4, option::weighted(0.8, above_zero(9000))),
        option::weighted(0.3, thousandths(-4000..2000)),
        option::weighted(0.3, above_zero(5000)),
    )
        .prop_map(|(combine, weight, parent, points, floor, room)| Whole {
            combine,
            weight: weight + Decimal::ONE,
            parent,
            points: points.map(Option::unwrap_or_default),
            floor,
            cap: room.map(|room| floor.unwrap_or_default() + room),
        })
}

fn tree() -> impl Strategy<Value = Tree> {
    (
        vec(group(), 4),
        vec(part(), 1..9),
        above_zero(500_000).prop_map(|total| total.max(Decimal::ONE)),
        option::weighted(0.3, thousandths(-50_000..20_000)),
        option::weighted(0.3, above_zero(90_000)),
    )
        .prop_map(|(mut groups, parts, total, floor, room)| {
            for (at, group) in groups.iter_mut().enumerate() {
                // A group lies in an earlier one, or in none.
                group.parent = if group.parent < at { group.parent } else { usize::MAX };
            }
            let cap = room.map(|room| floor.unwrap_or_default() + room);
            Tree { groups, parts, total, floor, cap }
        })
}

impl Tree {
    fn text(&self, order: &[usize]) -> String {
        let mut text = format!("{HEAD}[scoring]\ntotal = {}\n", self.total);
        let mut add = |key: &str, value: Option<Decimal>| {
            text += &value.map(|value| format!("{key} = {value}\n")).unwrap_or_default();
        };
        add("floor", self.floor);
        add("cap", self.cap);
        let key = |key: &str, value: Option<Decimal>| {
            value.map(|value| format!("{key} = {value}\n")).unwrap_or_default()
        };
        for (at, group) in self.groups.iter().enumerate() {
            let combine = ["sum", "mean", "lowest", "weighted"][group.combine];
            text += &format!(
                "[[group]]\nid = \"g{at}\"\ntitle = \"g\"\ncombine = \"{combine}\"\nweight = {}\n",
                group.weight
            );
            if group.parent != usize::MAX {
                text += &format!("in = \"g{}\"\n", group.parent);
            }
            text += &(key("points", group.points)
                + &key("floor", group.floor)
                + &key("cap", group.cap));
        }
        for at in order {
            let Part { points, weight, group, .. } = self.parts[*at];
            let group = if group < 4 { format!("group = \"g{group}\"\n") } else { String::new() };
            let ends = if points.is_zero() { ", floor = -99, cap = 99" } else { "" };
            text += &format!(
                "[[indicator]]\nid = \"i{at}\"\nname = \"i{at}\"\npoints = {points}\nweight = {weight}\n{group}targets = {{ 2021 = \"scored\" }}\nscore = {{ reported = true{ends} }}\n"
            );
        }
        text
    }

    fn rows(&self) -> String {
        self.parts
            .iter()
            .enumerate()
            .map(|(at, part)| format!("i{at},{},2021,\n", part.earned))
            .collect()
    }

    /// What is in a group: weight, points and what was earned.
    fn members(&self, of: usize) -> Vec<(Q, Q, Q)> {
        let in_it = |group: usize| group == of || group >= 4 && of == usize::MAX;
        let parts = self.parts.iter().filter(|part| in_it(part.group));
        let parts = parts.map(|part| (q(part.weight), q(part.points), q(part.earned)));
        let groups = self.groups.iter().enumerate().filter(|(_, group)| group.parent == of);
        let groups = groups.filter_map(|(at, group)| {
            let (points, earned) = self.group(at)?;
            Some((q(group.weight), points, earned))
        });
        parts.chain(groups).collect()
    }

    fn group(&self, at: usize) -> Option<(Q, Q)> {
        let group = &self.groups[at];
        let members = self.members(at);
        if members.is_empty() {
            return None;
        }
        let (worth, extras): (Vec<_>, Vec<_>) =
            members.into_iter().partition(|(_, points, _)| *points != whole(0));
        let sum = |values: &mut dyn Iterator<Item = Q>| values.fold(whole(0), |a, b| a + b);
        let (mut points, mut earned) = if worth.is_empty() {
            (whole(0), whole(0))
        } else if group.combine == 0 {
            (
                sum(&mut worth.iter().map(|part| part.1.clone())),
                sum(&mut worth.iter().map(|part| part.2.clone())),
            )
        } else {
            let weight =
                |part: &(Q, Q, Q)| if group.combine == 3 { part.0.clone() } else { whole(1) };
            let weights = sum(&mut worth.iter().map(weight));
            let points = sum(&mut worth.iter().map(|part| weight(part) * &part.1)) / &weights;
            let share = match group.combine {
                2 => worth.iter().map(|part| &part.2 / &part.1).min().unwrap(),
                _ => sum(&mut worth.iter().map(|part| weight(part) * &part.2 / &part.1)) / weights,
            };
            (points.clone(), share * points)
        };
        if let Some(own) = group.points
            && points != whole(0)
        {
            earned = earned / points * q(own);
            points = q(own);
        }
        earned += sum(&mut extras.iter().map(|part| part.2.clone()));
        let earned = group.floor.map_or(earned.clone(), |floor| earned.max(q(floor)));
        let earned = group.cap.map_or(earned.clone(), |cap| earned.min(q(cap)));
        Some((points, earned))
    }

    fn score(&self) -> Option<Q> {
        let (mut points, mut earned, mut extra) = (whole(0), whole(0), whole(0));
        for (_, of, got) in self.members(usize::MAX) {
            if of == whole(0) {
                extra += got;
            } else {
                points += of;
                earned += got;
            }
        }
        if points == whole(0) {
            return None;
        }
        let score =
            (earned / points * q(self.total) + extra).max(q(self.floor.unwrap_or_default()));
        Some(self.cap.map_or(score.clone(), |cap| score.min(q(cap))))
    }
}

proptest! {
    #![proptest_config(config())]

    #[test]
    fn groups_and_the_score_are_what_their_parts_come_to(tree in tree()) {
        let order: Vec<usize> = (0..tree.parts.len()).collect();
        let text = tree.text(&order);
        let plan = plan(&text);
        assessed(&plan, &tree.rows(), |assessment| {
            for (at, group) in assessment.groups.iter().enumerate() {
                match (&group.tally, tree.group(at)) {
                    (Some(tally), Some((points, earned))) => {
                        prop_assert!(is_same(tally.points, &points), "g{at}: {} for {points}\n{text}", tally.points);
                        prop_assert!(is_same(tally.earned, &earned), "g{at}: {} for {earned}\n{text}", tally.earned);
                    }
                    (found, expected) => prop_assert!(found.is_none() && expected.is_none(), "g{at}\n{text}"),
                }
            }
            match (&assessment.score, tree.score()) {
                (Some(score), Some(expected)) => {
                    prop_assert!(is_same(score.exact, &expected), "{} for {expected}\n{text}", score.exact);
                }
                (found, expected) => prop_assert!(found.is_none() && expected.is_none(), "{found:?} {expected:?}\n{text}"),
            }
            Ok(())
        })?;
    }

    /// The order of the items says nothing, nor does that of the rows.
    #[test]
    fn the_order_of_items_and_rows_changes_no_points(
        (tree, order) in tree().prop_flat_map(|tree| {
            let order: Vec<usize> = (0..tree.parts.len()).collect();
            (Just(tree), Just(order).prop_shuffle())
        }),
    ) {
        let first: Vec<usize> = (0..tree.parts.len()).collect();
        let result = |order: &[usize]| {
            let plan = plan(&tree.text(order));
            let all = tree.rows();
            let lines: Vec<&str> = all.lines().collect();
            let rows = order.iter().map(|&at| lines[at]).collect::<Vec<_>>().join("\n");
            assessed(&plan, &rows, |assessment| {
                let mut items: Vec<_> = assessment.items.iter().map(|item| (item.indicator.id.clone(), item.earned)).collect();
                items.sort();
                let groups: Vec<_> = assessment.groups.iter().map(|group| group.tally.map(|tally| tally.earned.round_dp(15))).collect();
                (items, groups, assessment.score.as_ref().map(|score| score.exact))
            })
        };
        prop_assert_eq!(result(&order), result(&first));
    }
}

/// A formula as text, and what it comes to.
#[derive(Clone, Debug)]
struct Term {
    text: String,
    value: Q,
}

/// The inputs of the formulas: `a` and `b-2` are any, `c` is 1 or more.
fn terms(a: Decimal, b: Decimal, c: Decimal, item: Decimal) -> impl Strategy<Value = Term> {
    let named = |text: &str, value: Decimal| Term { text: text.to_owned(), value: q(value) };
    let leaf = prop_oneof![
        Just(named("a", a)),
        Just(named("b-2", b)),
        Just(named("c", c)),
        Just(named("`项目`", item)),
        thousandths(0..9000).prop_map(|number| Term { text: number.to_string(), value: q(number) }),
    ];
    leaf.prop_recursive(3, 16, 4, move |inner| {
        let two = (inner.clone(), inner.clone());
        prop_oneof![
            (two.clone(), 0usize..3).prop_map(|((a, b), how)| {
                let value = match how {
                    0 => &a.value + &b.value,
                    1 => &a.value - &b.value,
                    _ => &a.value * &b.value,
                };
                Term { text: format!("({} {} {})", a.text, ["+", "-", "*"][how], b.text), value }
            }),
            inner.clone().prop_map(move |a| Term {
                text: format!("({} / c)", a.text),
                value: a.value / q(c)
            }),
            two.clone().prop_map(|(a, b)| {
                let below = if b.value < whole(0) { -b.value } else { b.value } + whole(1);
                Term { text: format!("{} / (abs({}) + 1)", a.text, b.text), value: a.value / below }
            }),
            (two.clone(), any::<bool>()).prop_map(|((a, b), is_min)| Term {
                text: format!("{}({}, {})", if is_min { "min" } else { "max" }, a.text, b.text),
                value: if is_min { a.value.min(b.value) } else { a.value.max(b.value) },
            }),
            (inner.clone(), 0usize..3).prop_map(|(a, how)| Term {
                text: format!("{}({})", ["floor", "ceil", "abs"][how], a.text),
                value: match how {
                    0 => a.value.floor(),
                    1 => a.value.ceil(),
                    _ if a.value < whole(0) => -a.value,
                    _ => a.value,
                },
            }),
            (inner.clone(), 0u32..3).prop_map(|(a, digits)| Term {
                text: format!("round({}, {digits})", a.text),
                value: rounded(&a.value, digits, false),
            }),
            (two.clone(), two, 0usize..6).prop_map(|((a, b), (yes, no), how)| {
                let holds = match how {
                    0 => a.value == b.value,
                    1 => a.value != b.value,
                    2 => a.value < b.value,
                    3 => a.value <= b.value,
                    4 => a.value > b.value,
                    _ => a.value >= b.value,
                };
                let sign = ["==", "!=", "<", "<=", ">", ">="][how];
                Term {
                    text: format!(
                        "(if {} {sign} {} {{ {} }} else {{ {} }})",
                        a.text, b.text, yes.text, no.text
                    ),
                    value: if holds { yes.value } else { no.value },
                }
            }),
        ]
    })
}

fn formulas() -> impl Strategy<Value = ([Decimal; 4], Term)> {
    let number = || thousandths(-15_000..15_000);
    let numbers =
        (number(), number(), thousandths(1000..15_000).prop_map(|c| c.max(Decimal::ONE)), number());
    numbers.prop_flat_map(|(a, b, c, item)| (Just([a, b, c, item]), terms(a, b, c, item)))
}

const INPUTS: &str = "[[input]]\nid = \"a\"\nname = \"A\"\n[[input]]\nid = \"b-2\"\nname = \"B\"\n\
                      [[input]]\nid = \"c\"\nname = \"C\"\nleast = 1\n\
                      [[indicator]]\nid = \"项目\"\nname = \"项目\"\ntargets = { 2021 = \">= 0\" }\n";

proptest! {
    #![proptest_config(config())]

    #[test]
    fn a_formula_comes_to_what_its_parts_come_to(([a, b, c, item], term) in formulas()) {
        let text = format!(
            "{HEAD}{INPUTS}[[indicator]]\nid = \"x\"\nname = \"X\"\npoints = 9\nvalue = \"{0}\"\ntargets = {{ 2021 = \"scored\" }}\nscore = {{ formula = \"value\", floor = -9 }}\n\
             [[indicator]]\nid = \"y\"\nname = \"Y\"\npoints = 9\ntargets = {{ 2021 = \"scored\" }}\nscore = {{ formula = \"{0}\", floor = -9 }}\n",
            term.text
        );
        let plan = plan(&text);
        let rows = format!("a,{a},2021,\nb-2,{b},2021,\nc,{c},2021,\n项目,{item},2021,\n");
        assessed(&plan, &rows, |assessment| {
            let found = assessment.items[1].value.as_ref().and_then(assess::data::Value::number);
            let points = term.value.clone().max(whole(-9)).min(whole(9));
            prop_assert!(found.is_some_and(|found| is_same(found, &term.value)), "{found:?} for {}\n{rows}\n{text}", term.value);
            for index in [1, 2] {
                let earned = assessment.items[index].earned.unwrap();
                prop_assert!(is_same(earned, &points), "{index}: {earned} for {points}\n{rows}\n{text}");
            }
            Ok(())
        })?;
    }
}

/// Rules with groups, some of them without a value (1), with a pending target (2), or with a value
/// that cannot be assessed (3).
type Open = Vec<(Rule, usize, usize, Decimal, Decimal, [Decimal; 3])>;

fn open_items() -> impl Strategy<Value = Open> {
    let off = || thousandths(-25_000..25_000);
    // Rounding and the bounds: see `what_an_item_can_earn_is_known_where_it_is_rounded`.
    let rule =
        rule().prop_map(|rule| Rule { round: rule.round.filter(|_| rule.floor.is_none()), ..rule });
    vec((rule, 0usize..4, 0usize..4, off(), off(), [off(), off(), off()]), 1..5)
}

/// The plan, with what is pending still pending or not.
fn open_plan(
    items: &Open,
    combines: &[usize],
    missing: usize,
    pending: bool,
    floor: i64,
) -> String {
    let missing = ["zero", "leave-out"][missing];
    let mut text = format!(
        "{HEAD}[scoring]\nmissing = \"{missing}\"\nfloor = {floor}\nround = {{ digits = 9 }}\n"
    );
    for (at, &combine) in combines.iter().enumerate() {
        let combine = ["sum", "mean", "lowest", "weighted"][combine];
        let rest = ["", "points = 7\n", "in = \"g1\"\n"][at];
        text +=
            &format!("[[group]]\nid = \"g{at}\"\ntitle = \"G\"\ncombine = \"{combine}\"\n{rest}");
    }
    for (at, (rule, state, group, ..)) in items.iter().enumerate() {
        let target = if pending && *state == 2 {
            "{ pending = \"later\" }".to_owned()
        } else {
            rule.target()
        };
        let group = if *group < 3 { format!("group = \"g{group}\"\n") } else { String::new() };
        let needs = if *state == 3 { format!("needs = {{ d{at} = 10 }}\n") } else { String::new() };
        // The group stands before the tables of an item.
        text += &rule.item(&format!("i{at}"), &target, &(group + &needs));
        text += &format!("[[input]]\nid = \"d{at}\"\nname = \"D{at}\"\n");
    }
    text
}

fn open_rows(items: &Open, turn: Option<usize>) -> String {
    let mut rows = String::new();
    for (at, (rule, state, _, off, last, samples)) in items.iter().enumerate() {
        let last = rule.bound + last;
        rows += &format!("i{at},{last},2020,\n");
        // Last year's days are enough, this year's only once everything has turned out.
        let days = if turn.is_some() { 10 } else { 9 };
        rows += &format!("d{at},10,2020,\nd{at},{days},2021,\n");
        let value = match (state, turn) {
            (0, _) | (3, None) => value_of(rule, *off),
            (_, None) => continue,
            (_, Some(turn)) => value_of(rule, samples[(turn + at) % 3]),
        };
        rows += &format!("i{at},{value},2021,\n");
    }
    rows
}

proptest! {
    #![proptest_config(config())]

    /// What is open can turn out in many ways; the score then lies in the range.
    #[test]
    fn every_outcome_lies_in_the_range(
        items in open_items(), combines in vec(0usize..4, 3), missing in 0usize..2, floor in prop_oneof![Just(0i64), Just(-500)],
    ) {
        let text = open_plan(&items, &combines, missing, true, floor);
        let plan = plan(&text);
        let range = assessed(&plan, &open_rows(&items, None), |assessment| assessment.range);
        let settled = self::plan(&open_plan(&items, &combines, missing, false, floor));
        for turn in 0..3 {
            let rows = open_rows(&items, Some(turn));
            let score = assessed(&settled, &rows, |assessment| assessment.score.as_ref().map(|score| score.rounded));
            if let Some(score) = score {
                let range = range.unwrap();
                prop_assert!(range.low <= score && score <= range.high, "{score} in {range:?}\n{rows}\n{text}");
            }
        }
    }
}

/// The score as things stand, and whether it is in the range.
fn is_in_range(plan: &Plan, rows: &str) -> bool {
    assessed(plan, rows, |assessment| match (&assessment.score, assessment.range) {
        (Some(score), Some(range)) => range.low <= score.rounded && score.rounded <= range.high,
        (score, _) => score.is_none(),
    })
}

proptest! {
    #![proptest_config(config())]

    /// What is left out as things stand may lie outside what it can still become: 7 of 6 points by
    /// a bonus are 117, and with another item that can earn its 6 at most 108.
    #[test]
    fn the_score_lies_in_its_range_where_open_items_are_left_out(
        items in open_items(), combines in vec(0usize..4, 3), missing in 0usize..2, floor in prop_oneof![Just(0i64), Just(-500)],
    ) {
        let text = open_plan(&items, &combines, missing, true, floor);
        prop_assert!(is_in_range(&plan(&text), &open_rows(&items, None)), "{text}\n{}", open_rows(&items, None));
    }

    #[test]
    fn the_score_lies_in_its_range(
        mut items in open_items(), combines in vec(0usize..4, 3), floor in prop_oneof![Just(0i64), Just(-500)],
    ) {
        items.iter_mut().for_each(|item| item.1 = item.1.min(1));
        let text = open_plan(&items, &combines, 0, true, floor);
        prop_assert!(is_in_range(&plan(&text), &open_rows(&items, None)), "{text}\n{}", open_rows(&items, None));
    }
}

const COUNTY: [&str; 2] =
    ["examples/county-rules/plan.toml", "examples/county-rules/letter-2022.toml"];

fn county(text: [String; 2]) -> [Source; 2] {
    let [plan, letter] = text;
    [Source::new("plan.toml", plan), Source::new("letter.toml", letter)]
}

const PIECES: [&str; 28] = [
    "",
    "\"",
    "[",
    "]",
    "{",
    "}",
    "=",
    ",",
    "\n",
    "0",
    "-1",
    "1e9",
    "999999999999999",
    "0.000001",
    "scored",
    "done",
    ">= 0",
    "Ⅲ or better",
    "last year",
    "base year",
    "50% of 2025",
    "off = 1, ",
    "floor = -3, ",
    "points = 0\n",
    "\n[[set]]\n",
    "\n[[drop]]\n",
    " / 0",
    "`",
];

proptest! {
    #![proptest_config(ProptestConfig { cases: 150, ..config() })]

    #[test]
    fn no_rules_and_no_letter_panic(
        at in 0usize..20_000, cut in 0usize..40, piece in 0usize..PIECES.len(), in_letter: bool,
    ) {
        let mut text = COUNTY.map(read);
        let changed = &mut text[usize::from(in_letter)];
        *changed = mutated(changed, at, cut, PIECES[piece]);
        let [plan, letter] = county(text);
        match Book::read(&plan, &[letter]) {
            Ok(book) => {
                let mut reader = Reader::new(book.plan(), Options::default());
                reader.read("values.csv", None, &mut Cursor::new(read("examples/county-rules/measurements.csv").as_bytes())).unwrap();
                if let Ok((measurements, _)) = reader.finish() {
                    for (region, year) in [("甲县", "2021"), ("丙区", "2022")] {
                        let year = year.parse().unwrap();
                        let plan = book.at(region, year);
                        let assessment = assess(&measurements, &plan, region, year);
                        let _ = assessment.levers(None);
                    }
                }
            }
            Err(found) => {
                prop_assert!(!found.is_empty());
                for finding in found.iter() {
                    prop_assert!(!finding.labels.is_empty());
                    emit::snippet(finding, Style { width: 80, colour: false });
                }
            }
        }
    }

    /// Letters hold by their dates, whatever the order in which they are given.
    #[test]
    fn the_order_of_letters_changes_nothing(order in Just(vec![0usize, 1, 2]).prop_shuffle()) {
        let plan = Source::new("plan.toml", format!("{HEAD}[[indicator]]\nid = \"x\"\nname = \"X\"\npoints = 6\ntargets = {{ 2021 = \">= 90\" }}\n"));
        let letter = |at: usize| {
            let rest = ["points = 8\ntargets = \">= 80\"", "points = 9\nscore = { off = 1, per = 2 }", "targets = \">= 85\"\nweight = 2"][at];
            Source::new(
                format!("{}.toml", ["c", "a", "b"][at]),
                format!("format = 1\namends = \"p\"\ndocument = {{ date = 2021-0{}-01 }}\n[[set]]\nindicator = \"x\"\n{rest}\n", at + 1),
            )
        };
        let letters: Vec<Source> = order.into_iter().map(letter).collect();
        let book = Book::read(&plan, &letters).unwrap();
        let plan = book.at("R", "2021".parse().unwrap());
        let earned = assessed(&plan, "x,80,2021,\n", |assessment| assessment.items[0].earned);
        prop_assert_eq!(earned, Some(Decimal::new(65, 1))); // 9 − (85 − 80) ÷ 2
    }
}

#[test]
fn the_order_of_rows_of_the_county_changes_no_points() {
    let [plan, letter] = county(COUNTY.map(read));
    let book = Book::read(&plan, &[letter]).unwrap();
    let text = read("examples/county-rules/measurements.csv");
    let (header, rows) = text.split_once('\n').unwrap();
    let rows: Vec<&str> = rows.lines().collect();
    let result = |rows: &[&str]| {
        let mut reader = Reader::new(book.plan(), Options::default());
        reader
            .read(
                "values.csv",
                None,
                &mut Cursor::new(format!("{header}\n{}\n", rows.join("\n")).as_bytes()),
            )
            .unwrap();
        let (measurements, _) = reader.finish().unwrap();
        let mut all = Vec::new();
        for (region, year) in
            [("甲县", "2021"), ("甲县", "2022"), ("乙县", "2022"), ("丙区", "2022")]
        {
            let year = year.parse().unwrap();
            let plan = book.at(region, year);
            let assessment = assess(&measurements, &plan, region, year);
            all.push(assessment.items.iter().map(|item| item.earned).collect::<Vec<_>>());
            all.push(vec![assessment.score.as_ref().map(|score| score.exact)]);
        }
        all
    };
    let mut backwards = rows.clone();
    backwards.reverse();
    let mut halves = rows.clone();
    halves.rotate_left(rows.len() / 2);
    assert_eq!(result(&rows), result(&backwards));
    assert_eq!(result(&rows), result(&halves));
}

/// Three thirds are a whole, also where the third is the value of another item.
#[test]
fn formulas_are_exact_from_one_item_to_the_next() {
    let text = format!(
        "{HEAD}[[input]]\nid = \"a\"\nname = \"A\"\n\
         [[indicator]]\nid = \"third\"\nname = \"T\"\nvalue = \"a / 3\"\npoints = 0\ntargets = {{ 2021 = \">= 0\" }}\n\
         [[indicator]]\nid = \"all\"\nname = \"All\"\nvalue = \"3 * third\"\npoints = 6\ntargets = {{ 2021 = \">= 1\" }}\n"
    );
    let earned = assessed(&plan(&text), "a,1,2021,\n", |assessment| assessment.items[1].earned);
    assert_eq!(earned, Some(Decimal::from(6)));
}

#[test]
fn no_unit_is_too_small_to_score() {
    let text = format!(
        "{HEAD}[[indicator]]\nid = \"x\"\nname = \"X\"\ntargets = {{ 2021 = \"<= 90\" }}\n\
         score = {{ off = 1, per = 1e-10, part = \"whole\" }}\n"
    );
    assessed(&plan(&text), "x,900000,2021,\n", |assessment| {
        assert!(assessment.items[0].earned.is_some());
    });
}

/// Last year's value is 0 and this year's is below: the target is missed and nothing is earned.
#[test]
fn proportional_to_nothing_is_nothing() {
    let text = format!(
        "{HEAD}[[indicator]]\nid = \"x\"\nname = \"X\"\ntargets = {{ 2021 = \">= last year\" }}\n\
         score = {{ proportional = true }}\n"
    );
    let state =
        assessed(&plan(&text), "x,-1,2021,\nx,0,2020,\n", |assessment| assessment.items[0].state);
    assert_eq!(state, assess::assessment::State::Missed);
}

/// Floor and cap hold what was rounded, and are not rounded themselves.
#[test]
fn what_an_item_can_earn_is_known_where_it_is_rounded() {
    let text = format!(
        "{HEAD}[[indicator]]\nid = \"x\"\nname = \"X\"\npoints = 2\ntargets = {{ 2021 = \"scored\" }}\n\
         score = {{ formula = \"value\", cap = 2.5, floor = -2.5, round = {{ digits = 0 }} }}\n"
    );
    let plan = plan(&text);
    for (value, expected) in [("9", Decimal::new(25, 1)), ("-9", Decimal::new(-25, 1))] {
        let (earned, bounds) = assessed(&plan, &format!("x,{value},2021,\n"), |assessment| {
            (assessment.items[0].earned.unwrap(), assessment.items[0].bounds)
        });
        assert_eq!(earned, expected);
        assert!(bounds.0 <= earned && earned <= bounds.1, "{earned} in {bounds:?}");
    }
}
