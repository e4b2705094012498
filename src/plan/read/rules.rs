//! The key `score`: how a value becomes points.

use rust_decimal::Decimal;

use super::formulas::{Own, Sees};
use super::{Draft, Reader};
use crate::formula;
use crate::plan::Bound;
use crate::plan::class::Classes;
use crate::plan::comparison::{Better, Comparison, Relation};
use crate::plan::indicator::Kind;
use crate::plan::node::Node;
use crate::plan::rule::{Band, Bonus, Method, Part, Rank, RankBy, RankTies, Rule, Step};
use crate::plan::scoring::Rounding;
use crate::plan::table::Table;

/// The item that a rule is for.
#[derive(Clone, Copy)]
pub(super) struct Scored<'d> {
    pub(super) kind: Option<&'d Kind>,
    pub(super) better: Option<Better>,
    pub(super) own: Own,
    pub(super) draft: &'d Draft,
}

/// The keys that name a method.
const METHODS: [&str; 8] =
    ["off", "proportional", "line", "bands", "states", "rank", "reported", "formula"];

/// Keys that belong to some methods.
const PARTS: [(&str, &[&str]); 6] = [
    ("per", &["off"]),
    ("part", &["off"]),
    ("zero-at", &["off", "proportional"]),
    ("times", &["proportional"]),
    ("round-rate", &["proportional"]),
    ("of-target", &["off", "line", "bands", "bonus"]),
];

impl<'a> Reader<'a> {
    pub(super) fn rule(self, node: Node<'a>, scored: &Scored<'_>) -> Option<Rule> {
        let mut table = node.table("a score")?;
        let given: Vec<_> =
            METHODS.into_iter().filter_map(|key| Some((key, table.get(key)?))).collect();
        let method = match given.as_slice() {
            [] => Some(Method::AllOrNothing),
            [(key, node)] => self.method(key, *node, &mut table, scored),
            [(first, _), (second, node), ..] => {
                let message = format!("`{first}` and `{second}` are two methods");
                node.fault("two-methods", message, "keep one; an item is scored by one method");
                None
            }
        };
        let has_bonus = table.get("bonus").is_some();
        for (key, owners) in PARTS {
            let is_own = given.iter().any(|(method, _)| owners.contains(method))
                || has_bonus && owners.contains(&"bonus");
            if let Some(node) = table.get(key).filter(|_| !is_own) {
                let owners: Vec<_> = owners.iter().map(|owner| format!("`{owner}`")).collect();
                let message = format!("`{key}` belongs to {}", owners.join(" or "));
                node.fault("needless-key", message, "mend the method, or leave it out");
            }
        }
        let of_target = table.optional("of-target", Node::yes).is_some();
        let takes_met = method.as_ref().is_none_or(Method::takes_met);
        if let Some(node) = table.get("met").filter(|_| !takes_met) {
            let message = "the method says itself what every value earns";
            node.fault("needless-key", message, "leave `met` out");
        }
        let met = table.optional("met", Self::points);
        let bonus = table.get("bonus").map(Self::bonus);
        let worse = table.optional("worse-than-last-year", Self::signed_points);
        let exact = Rounding { digits: 0, ..Rounding::default() };
        let round = table.optional("round", |node| Self::rounding(node, exact));
        let floor = table.optional("floor", Self::signed_points);
        let cap = table.get("cap").and_then(|node| Self::cap_above(node, floor));
        table.finish();
        let bonus = match bonus {
            Some(bonus) => Some(bonus?),
            None => None,
        };
        Some(Rule {
            method: method?,
            of_target,
            met,
            bonus,
            worse_than_last_year: worse,
            round,
            floor: floor.unwrap_or_default(),
            cap,
        })
    }

    fn method(
        self,
        key: &str,
        node: Node<'a>,
        table: &mut Table<'a>,
        scored: &Scored<'_>,
    ) -> Option<Method> {
        match key {
            "off" => {
                let points = Self::positive(node);
                let per = table.required("per", Self::positive);
                let part = table.optional("part", |node| node.one_of(&Part::WORDS));
                let zero_at = table.optional("zero-at", |node| Self::zero_at(node, scored));
                let part = part.unwrap_or_default();
                Some(Method::Off { step: Step { points: points?, per: per?, part }, zero_at })
            }
            "proportional" => {
                let times = table.optional("times", Self::positive);
                let digits = table.optional("round-rate", |node| node.decimal_within(0, 10, 0));
                let round_rate = digits.and_then(|digits| digits.try_into().ok());
                let zero_at = table.optional("zero-at", |node| Self::zero_at(node, scored));
                node.yes()?;
                Some(Method::Proportional { times, round_rate, zero_at })
            }
            "line" => Self::line(node).map(Method::Line),
            "bands" => Self::bands(node, counted(scored.kind?)).map(Method::Bands),
            "states" => Self::states(node, scored.kind?).map(Method::States),
            "rank" => self.rank(node, scored.draft).map(Method::Rank),
            "reported" => node.yes().map(|()| Method::Reported),
            _ => {
                let sees = Sees::Value(scored.own);
                let formula = self.formula(node, formula::Kind::Number, sees, scored.draft);
                formula.map(Method::Formula)
            }
        }
    }

    /// A number, from which on nothing is left, or a comparison for where nothing is.
    fn zero_at(node: Node<'a>, scored: &Scored<'_>) -> Option<Comparison> {
        if !node.is_number() {
            let comparison = Self::comparison_of(node, counted(scored.kind?))?;
            if comparison.derived().is_some() || comparison == Comparison::Scored {
                node.fault("bad-comparison", "a number is needed here", "write `< 305` or `305`");
                return None;
            }
            return Some(comparison);
        }
        let number = Bound::Number(node.decimal()?);
        match scored.better {
            Some(Better::Higher) => Some(Comparison::One(Relation::AtMost, number)),
            Some(Better::Lower) => Some(Comparison::One(Relation::AtLeast, number)),
            None => {
                let message = "nothing says on which side of this nothing is left";
                node.fault("no-direction", message, "write a comparison: `zero-at = \"< 305\"`");
                None
            }
        }
    }

    fn bonus(node: Node<'a>) -> Option<Bonus> {
        let mut table = node.table("a bonus")?;
        let points = table.required("add", Self::positive);
        let per = table.required("per", Self::positive);
        let part = table.optional("part", |node| node.one_of(&Part::WORDS));
        let up_to = table.optional("up-to", Self::positive);
        table.finish();
        let step = Step { points: points?, per: per?, part: part.unwrap_or_default() };
        Some(Bonus { step, up_to })
    }

    fn line(node: Node<'a>) -> Option<Vec<(Decimal, Decimal)>> {
        let pairs = node.list("pairs of value and points", |node| {
            let [value, points] = node.pair("a pair of value and points")?;
            Some((value.decimal()?, Self::signed_points(points)?))
        })?;
        let steps = || pairs.iter().zip(pairs.iter().skip(1));
        let rises = steps().all(|(a, b)| a.0 < b.0);
        let falls = steps().all(|(a, b)| a.0 > b.0);
        if pairs.len() < 2 || !(rises || falls) {
            let message = match pairs.len() {
                0 | 1 => "a line needs two points or more",
                _ => "the values of the line do not rise or fall all the way",
            };
            let help = "write pairs of value and points in the order of the values: \
                        `[[20, 0], [70, 3]]`";
            node.fault("bad-line", message, help);
            return None;
        }
        let mut pairs = pairs;
        pairs.sort();
        Some(pairs)
    }

    /// Bands of values, or of places.
    fn bands(node: Node<'a>, kind: &Kind) -> Option<Vec<Band>> {
        let what = "bands, each a comparison and its points";
        let bands = node.list(what, |node| {
            let [holds, points] = node.pair("a comparison and its points")?;
            let points = Self::signed_points(points);
            let holds = match holds.peek() {
                Some("else") => None,
                _ => Some(Self::comparison_of(holds, kind)?),
            };
            let is_fixed =
                |holds: &Comparison| holds.derived().is_none() && *holds != Comparison::Scored;
            if !holds.as_ref().is_none_or(is_fixed) {
                let message = "a band needs numbers";
                node.fault("bad-comparison", message, "write a band such as `[\">= 90\", 5]`");
                return None;
            }
            Some(Band { holds, points: points? })
        })?;
        let last = bands.len().saturating_sub(1);
        if bands.iter().take(last).any(|band| band.holds.is_none()) {
            let message = "no band behind `else` can be reached";
            node.fault("unreachable-band", message, "put `else` last");
            return None;
        }
        if bands.is_empty() {
            let help = "write bands, the best first: `[[\">= 90\", 5], [\">= 80\", 3]]`";
            node.fault("bad-bands", "there is no band", help);
            return None;
        }
        Some(bands)
    }

    /// The points of each class, in the order of the classes.
    fn states(node: Node<'a>, kind: &Kind) -> Option<Vec<Decimal>> {
        let Kind::Class(classes) = kind else {
            let message = "only the kind `class` has words with points";
            node.fault("bad-states", message, "leave `kind` out, or use `bands`");
            return None;
        };
        let mut points: Vec<Option<Decimal>> = vec![None; classes.names().count()];
        for (word, place, value) in node.entries() {
            let Some(rank) = classes.find(word) else {
                let message = format!("`{word}` is no class of the indicator");
                let help = format!("write one of: {}", names(classes));
                value.fault_at(place, "unknown-class", message, &help);
                continue;
            };
            let slot = points.get_mut(rank);
            if slot.as_ref().is_some_and(|slot| slot.is_some()) {
                let message = format!("`{word}` is the same class as another word");
                value.fault_at(place, "listed-twice", message, "leave one of them out");
            } else if let Some(slot) = slot {
                *slot = Self::signed_points(value);
            }
        }
        Some(points.into_iter().map(Option::unwrap_or_default).collect())
    }

    fn rank(self, node: Node<'a>, draft: &Draft) -> Option<Rank> {
        let mut table = node.table("a rank")?;
        let last = table.optional("last", Self::signed_points);
        let by_value =
            table.optional("by", |node| node.one_of(&[("place", false), ("value", true)]));
        let bands = table.get("bands");
        let ties = table.optional("ties", |node| node.one_of(&RankTies::WORDS));
        let among = table.optional("among", |node| self.named_regions(node, draft));
        table.finish();
        let by = match (bands, last, by_value) {
            (Some(bands), None, None | Some(false)) => {
                Self::bands(bands, &Kind::Number).map(RankBy::Bands)
            }
            (None, Some(last), Some(true)) => Some(RankBy::Value(last)),
            (None, Some(last), _) => Some(RankBy::Place(last)),
            _ => {
                let message = "a rank has either `last` or, by place, `bands`";
                node.fault("bad-rank", message, "write it so: `rank = { last = 8 }`");
                None
            }
        };
        let (ties, among) = (ties.unwrap_or_default(), among.unwrap_or_default());
        Some(Rank { by: by?, ties, among, except: Vec::new() })
    }
}

/// What the values of a kind are held against: of a task it is its progress in per cent.
fn counted(kind: &Kind) -> &Kind {
    match kind {
        Kind::Task => &Kind::Number,
        Kind::Number | Kind::Class(_) => kind,
    }
}

fn names(classes: &Classes) -> String {
    classes.names().collect::<Vec<_>>().join(", ")
}
