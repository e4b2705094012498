//! What a value is held against: `>= 90`, `6 to 9`, `> last year`, `Ⅲ or better`, `done`.

use std::fmt;

use rust_decimal::Decimal;

use super::class::Classes;
use crate::catalogue::Catalogue;
use crate::number::{self, NumberError};
use crate::spelling::{fold, half_width};
use crate::text::Lang;
use crate::unit::Unit;
use crate::year::Year;

/// The condition that a value must meet (目标值).
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Comparison {
    /// `>= 90`, `< last year`: one bound.
    One(Relation, Bound),
    /// `6 to 9`, both ends included.
    Within(Decimal, Decimal),
    /// `Ⅲ or better`, in the order of the indicator's classes.
    OrBetter {
        /// The class's place in the order, 0 being the best.
        rank: usize,
        /// The class as the indicator names it.
        name: String,
    },
    /// `done`: a task is to be finished.
    Done,
    /// `scored`: nothing is asked; the value is only scored.
    Scored,
}

/// How a value must stand to a bound.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Relation {
    /// `>=`: 不低于, 达到.
    AtLeast,
    /// `<=`: 不高于, 控制在…以内.
    AtMost,
    /// `>`: 高于, 超过.
    Above,
    /// `<`: 低于, 不满.
    Below,
}

/// What a value is compared with.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Bound {
    /// A number in the indicator's unit.
    Number(Decimal),
    /// `95% of last year + 2`: worked out from another value or target.
    Derived(Derived),
}

/// A bound that is worked out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Derived {
    /// What it is worked out from.
    pub from: Anchor,
    /// How much of that it is, in per cent.
    pub per_cent: Option<Decimal>,
    /// What is added then.
    pub plus: Decimal,
}

/// What a bound is worked out from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Anchor {
    /// The value of the same indicator and region in the year before (上年).
    LastYear,
    /// The same in the base year (基准年).
    BaseYear,
    /// The bound of the target of a later year.
    Target(Year),
    /// The way from the base year's value to that bound.
    WayTo(Year),
}

impl Anchor {
    /// The year whose target it is.
    fn year(self) -> Option<Year> {
        match self {
            Self::Target(year) | Self::WayTo(year) => Some(year),
            Self::LastYear | Self::BaseYear => None,
        }
    }
}

/// Which way a value is better.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Better {
    /// A greater value is better.
    Higher,
    /// A smaller value is better.
    Lower,
}

impl Better {
    pub(super) const WORDS: [(&str, Self); 2] = [("higher", Self::Higher), ("lower", Self::Lower)];

    /// By how much a value is better than another; negative where it is worse.
    pub fn lead(self, value: Decimal, other: Decimal) -> Decimal {
        match self {
            Self::Higher => value - other,
            Self::Lower => other - value,
        }
    }
}

impl Relation {
    const ALL: [Self; 4] = [Self::AtLeast, Self::AtMost, Self::Above, Self::Below];

    /// As a target file writes it.
    pub fn ascii(self) -> &'static str {
        match self {
            Self::AtLeast => ">=",
            Self::AtMost => "<=",
            Self::Above => ">",
            Self::Below => "<",
        }
    }

    /// As print shows it.
    pub fn sign(self) -> &'static str {
        match self {
            Self::AtLeast => "≥",
            Self::AtMost => "≤",
            Self::Above => ">",
            Self::Below => "<",
        }
    }

    /// Which way is better.
    pub fn better(self) -> Better {
        match self {
            Self::AtLeast | Self::Above => Better::Higher,
            Self::AtMost | Self::Below => Better::Lower,
        }
    }

    /// The relation that holds exactly where this one does not.
    #[must_use]
    pub fn opposite(self) -> Self {
        match self {
            Self::AtLeast => Self::Below,
            Self::AtMost => Self::Above,
            Self::Above => Self::AtMost,
            Self::Below => Self::AtLeast,
        }
    }

    /// Whether a value stands so to a bound.
    pub fn holds(self, value: Decimal, bound: Decimal) -> bool {
        match self {
            Self::AtLeast => value >= bound,
            Self::AtMost => value <= bound,
            Self::Above => value > bound,
            Self::Below => value < bound,
        }
    }
}

impl Comparison {
    /// Whether it lets values pass that another does not, where that is plain.
    pub fn is_weaker_than(&self, old: &Self) -> bool {
        match (self, old) {
            (Self::One(new, Bound::Number(to)), Self::One(old, Bound::Number(from))) => {
                let lead = old.better().lead(*to, *from);
                let lets_edge_pass = new.holds(*to, *to) && !old.holds(*from, *from);
                let is_behind = lead.is_sign_negative() && !lead.is_zero();
                new.better() == old.better() && (is_behind || lead.is_zero() && lets_edge_pass)
            }
            (Self::OrBetter { rank: to, .. }, Self::OrBetter { rank: from, .. }) => to > from,
            (Self::Scored, _) => *old != Self::Scored,
            (Self::Within(least, most), Self::Within(from, to)) => least < from || most > to,
            _ => false,
        }
    }

    /// As people read it: `≥ 90`, `6～9`, `> 上年`.
    pub fn show(&self, lang: Lang) -> String {
        let catalogue = Catalogue::of(lang);
        match self {
            Self::One(relation, bound) => format!("{} {}", relation.sign(), bound.show(lang)),
            Self::Within(least, most) => {
                format!("{}{}{}", number::show(*least), lang.dash(), number::show(*most))
            }
            Self::OrBetter { name, .. } => catalogue.say("target_or_better", &[("class", name)]),
            Self::Done => catalogue.word("target_done").to_owned(),
            Self::Scored => catalogue.word("target_scored").to_owned(),
        }
    }

    /// The same with the unit behind its numbers: `≥ 90%`, `≤ 30 μg/m³`.
    pub fn show_in(&self, unit: Option<&Unit>, lang: Lang) -> String {
        let text = self.show(lang);
        match (self, unit) {
            (Self::One(_, Bound::Number(_)) | Self::Within(..), Some(unit)) => unit.behind(&text),
            _ => text,
        }
    }

    /// What its bound is worked out from, where it is.
    pub fn derived(&self) -> Option<Derived> {
        match self {
            Self::One(_, Bound::Derived(derived)) => Some(*derived),
            _ => None,
        }
    }

    /// Whether its bound is worked out from the target of a year.
    pub(super) fn refers_to(&self, year: Year) -> bool {
        self.derived().is_some_and(|derived| derived.from.year() == Some(year))
    }

    /// Works out its bound from the target of another year, where it is worked out from that of a year.
    pub(super) fn refer(&mut self, from: Year, to: Year) {
        if let Self::One(_, Bound::Derived(derived)) = self
            && let Anchor::Target(year) | Anchor::WayTo(year) = &mut derived.from
            && *year == from
        {
            *year = to;
        }
    }

    /// Whether the indicator's value of the year before is needed.
    pub fn needs_last_year(&self) -> bool {
        self.derived().is_some_and(|derived| derived.from == Anchor::LastYear)
    }

    /// Which way is better; none where both are worse, as beyond the ends of a range.
    pub fn better(&self) -> Option<Better> {
        match self {
            Self::One(relation, _) => Some(relation.better()),
            Self::OrBetter { .. } | Self::Done => Some(Better::Higher),
            Self::Within(..) | Self::Scored => None,
        }
    }

    /// Whether a number meets it, or a class that is given by its place in their order; where the
    /// bound is worked out, nothing does.
    pub(crate) fn is_met_by(&self, value: Decimal) -> bool {
        match self {
            Self::One(relation, Bound::Number(bound)) => relation.holds(value, *bound),
            Self::One(_, Bound::Derived(_)) => false,
            Self::Within(least, most) => (*least..=*most).contains(&value),
            Self::OrBetter { rank, .. } => value <= Decimal::from(*rank),
            Self::Done => value == Decimal::ONE_HUNDRED,
            Self::Scored => true,
        }
    }

    /// The numbers that it names.
    pub(crate) fn numbers(&self) -> Vec<Decimal> {
        match *self {
            Self::One(_, Bound::Number(number)) => vec![number],
            Self::Within(least, most) => vec![least, most],
            _ => Vec::new(),
        }
    }

    /// Reads a comparison of numbers.
    pub(super) fn parse_number(text: &str) -> Result<Self, ComparisonError> {
        if Self::is_scored(text) {
            return Ok(Self::Scored);
        }
        let text = half_width(text).replace('≥', ">=").replace('≤', "<=");
        let found = Relation::ALL.into_iter().find_map(|relation| {
            text.strip_prefix(relation.ascii()).map(|bound| (relation, bound.trim()))
        });
        if let Some((relation, bound)) = found {
            return Bound::parse(bound).map(|bound| Self::One(relation, bound));
        }
        let Some((least, most)) = text.split_once(" to ") else {
            return Err(ComparisonError::no_relation(&text));
        };
        let (least, most) = (parse_number(least.trim())?, parse_number(most.trim())?);
        if least > most {
            return Err(ComparisonError::Backwards);
        }
        Ok(Self::Within(least, most))
    }

    /// Reads `Ⅲ or better`.
    pub(super) fn parse_class(text: &str, classes: &Classes) -> Result<Self, ComparisonError> {
        if Self::is_scored(text) {
            return Ok(Self::Scored);
        }
        let class = text.strip_suffix("or better").ok_or(ComparisonError::NotAClass)?.trim();
        let rank = classes.find(class).ok_or(ComparisonError::UnknownClass)?;
        let name = classes.name(rank).unwrap_or(class).to_owned();
        Ok(Self::OrBetter { rank, name })
    }

    fn is_scored(text: &str) -> bool {
        matches!(fold(text).as_str(), "scored" | "计分")
    }

    /// Reads `done`.
    pub(super) fn parse_task(text: &str) -> Result<Self, ComparisonError> {
        if Self::is_scored(text) {
            return Ok(Self::Scored);
        }
        let done = matches!(fold(text).as_str(), "done" | "完成");
        if done { Ok(Self::Done) } else { Err(ComparisonError::NotATask) }
    }
}

/// As a target file writes it: `>= 90`.
impl fmt::Display for Comparison {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::One(relation, Bound::Number(number)) => {
                write!(f, "{} {number}", relation.ascii())
            }
            Self::One(relation, Bound::Derived(derived)) => {
                write!(f, "{} {derived}", relation.ascii())
            }
            Self::Within(least, most) => write!(f, "{least} to {most}"),
            Self::OrBetter { name, .. } => write!(f, "{name} or better"),
            Self::Done => f.write_str("done"),
            Self::Scored => f.write_str("scored"),
        }
    }
}

/// As a target file writes it: `95% of last year + 2`.
impl fmt::Display for Derived {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some(share) = self.per_cent {
            write!(f, "{share}% of ")?;
        }
        match self.from {
            Anchor::LastYear => f.write_str("last year")?,
            Anchor::BaseYear => f.write_str("base year")?,
            Anchor::Target(year) => year.fmt(f)?,
            Anchor::WayTo(year) => write!(f, "the way to {year}")?,
        }
        match self.plus {
            plus if plus.is_zero() => Ok(()),
            plus if plus.is_sign_negative() => write!(f, " - {}", plus.abs()),
            plus => write!(f, " + {plus}"),
        }
    }
}

impl Bound {
    fn parse(text: &str) -> Result<Self, ComparisonError> {
        if let Some(derived) = Derived::parse(text)? {
            return Ok(Self::Derived(derived));
        }
        parse_number(text).map(Self::Number)
    }

    fn show(self, lang: Lang) -> String {
        match self {
            Self::Number(number) => number::show(number),
            Self::Derived(derived) => derived.show(lang),
        }
    }
}

impl Derived {
    /// Reads a bound that is worked out; none where it is a number, or should be one.
    fn parse(text: &str) -> Result<Option<Self>, ComparisonError> {
        let (share, rest) = match text.split_once("% of ") {
            Some((share, rest)) => (Some(parse_number(share.trim())?), rest.trim()),
            None => (None, text.trim()),
        };
        let (anchor, plus) = match rest.rsplit_once([' ', '\t']) {
            Some((before, number)) => {
                match before.trim_end().split_at_checked(before.trim_end().len().saturating_sub(1))
                {
                    Some((anchor, "+")) => (anchor.trim(), parse_number(number)?),
                    Some((anchor, "-")) => (anchor.trim(), -parse_number(number)?),
                    _ => (rest, Decimal::ZERO),
                }
            }
            None => (rest, Decimal::ZERO),
        };
        let folded = fold(anchor);
        let from = match (folded.as_str(), share) {
            ("lastyear" | "上年", _) => Anchor::LastYear,
            ("baseyear" | "基准年", _) => Anchor::BaseYear,
            (text, Some(_)) => match text.strip_prefix("thewayto") {
                Some(year) => Anchor::WayTo(later_year(year)?),
                None => Anchor::Target(later_year(text)?),
            },
            _ => return Ok(None),
        };
        Ok(Some(Self { from, per_cent: share, plus }))
    }

    fn show(self, lang: Lang) -> String {
        let catalogue = Catalogue::of(lang);
        let share = self.per_cent.map(number::show);
        let of = match (self.from, &share) {
            (Anchor::WayTo(year), Some(share)) => {
                catalogue.say("anchor_way", &[("share", share), ("year", &year)])
            }
            (from, None) => from.show(catalogue),
            (from, Some(share)) => {
                catalogue.say("anchor_share", &[("share", share), ("from", &from.show(catalogue))])
            }
        };
        match self.plus {
            plus if plus.is_zero() => of,
            plus if plus.is_sign_negative() => format!("{of} − {}", number::show(plus.abs())),
            plus => format!("{of} + {}", number::show(plus)),
        }
    }
}

impl Anchor {
    fn show(self, catalogue: &'static Catalogue) -> String {
        match self {
            Self::LastYear => catalogue.word("anchor_last_year").to_owned(),
            Self::BaseYear => catalogue.word("anchor_base_year").to_owned(),
            // All of the way to a target is the target.
            Self::Target(year) | Self::WayTo(year) => {
                catalogue.say("anchor_target", &[("year", &year)])
            }
        }
    }
}

fn later_year(text: &str) -> Result<Year, ComparisonError> {
    text.parse().map_err(|_| ComparisonError::NoAnchor)
}

fn parse_number(text: &str) -> Result<Decimal, ComparisonError> {
    number::parse(text).map_err(|error| {
        let digits = |c: char| c.is_ascii_digit() || matches!(c, '.' | '-' | '+');
        let (number, unit) = text.split_at(text.find(|c| !digits(c)).unwrap_or(text.len()));
        match error {
            NumberError::NotANumber if !unit.is_empty() && number::parse(number).is_ok() => {
                ComparisonError::Unit(unit.trim().to_owned())
            }
            _ => ComparisonError::Number(error),
        }
    })
}

/// Why a text is no comparison.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum ComparisonError {
    /// `=> 90`, `=< 90`: the signs stand the wrong way round.
    WrongWay(String),
    /// `90`: nothing says how a value must stand to it.
    NoRelation,
    /// `>= ninety`, or a number that cannot be kept.
    Number(NumberError),
    /// `>= 90 %`: the unit stands with the number.
    Unit(String),
    /// `9 to 6`.
    Backwards,
    /// Not `… or better`.
    NotAClass,
    /// A class that the indicator does not have.
    UnknownClass,
    /// A task's target other than `done`.
    NotATask,
    /// `done` where a number is asked for.
    Task,
    /// `15% of` something that is neither a year nor a value.
    NoAnchor,
}

impl ComparisonError {
    fn no_relation(text: &str) -> Self {
        let bound = text.trim_start_matches(['=', '>', '<', '~', '!']).trim();
        if text.starts_with("=>") {
            Self::WrongWay(format!(">= {bound}"))
        } else if text.starts_with("=<") {
            Self::WrongWay(format!("<= {bound}"))
        } else if Comparison::parse_task(text).is_ok() {
            Self::Task
        } else {
            Self::NoRelation
        }
    }

    /// What to write instead.
    pub(super) fn help(&self) -> String {
        match self {
            Self::WrongWay(right) => format!("write `{right}`"),
            Self::Unit(unit) => {
                format!("write the number alone; the unit belongs in `unit = \"{unit}\"`")
            }
            Self::Backwards => "write the smaller number first: `6 to 9`".to_owned(),
            Self::NotAClass => "write the worst class that will do: `Ⅲ or better`".to_owned(),
            Self::UnknownClass => {
                "name one of the indicator's `classes`; without that key they are those of water: \
                 Ⅰ, Ⅱ, Ⅲ, Ⅳ, Ⅴ, 劣Ⅴ"
                    .to_owned()
            }
            Self::Task => "write `kind = \"task\"` for what is done or not done".to_owned(),
            Self::NotATask => "a task has the target `done`".to_owned(),
            Self::NoAnchor => "write `95% of last year`, `90% of base year`, `15% of 2025` or \
                 `15% of the way to 2025`"
                .to_owned(),
            Self::NoRelation | Self::Number(_) => {
                "write `>= 90`, `<= 30`, `> 0`, `< 5`, `6 to 9` or `> last year`; for classes \
                 `Ⅲ or better`"
                    .to_owned()
            }
        }
    }
}

impl fmt::Display for ComparisonError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::WrongWay(_) => f.write_str("the signs stand the wrong way round"),
            Self::NoRelation => f.write_str("nothing says how a value is compared"),
            Self::Number(error) => error.fmt(f),
            Self::Unit(unit) => write!(f, "a unit, `{unit}`, stands with the number"),
            Self::Backwards => f.write_str("the range ends before it begins"),
            Self::NotAClass => f.write_str("an indicator with classes asks for a class"),
            Self::UnknownClass => f.write_str("the class is not known"),
            Self::Task => f.write_str("the indicator is not a task"),
            Self::NotATask => f.write_str("a task is done or not done"),
            Self::NoAnchor => f.write_str("nothing says what it is a share of"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> String {
        match Comparison::parse_number(text) {
            Ok(comparison) => comparison.to_string(),
            Err(error) => format!("{error}: {}", error.help()),
        }
    }

    #[test]
    fn comparisons_are_read_as_people_write_them() {
        for (text, canonical) in [
            (">= 90", ">= 90"),
            ("≥90", ">= 90"),
            ("≤ 30.0", "<= 30.0"),
            ("<5", "< 5"),
            ("> 0", "> 0"),
            ("> last year", "> last year"),
            (">=  Last  Year", ">= last year"),
            (">= last year + 2", ">= last year + 2"),
            ("≤ 95% of last year", "<= 95% of last year"),
            ("<= 90.5% of base year - 0.5", "<= 90.5% of base year - 0.5"),
            (">= 15% of 2025", ">= 15% of 2025"),
            ("<= 15% of the way to 2025", "<= 15% of the way to 2025"),
            ("scored", "scored"),
            ("6 to 9", "6 to 9"),
            ("-0.5 to 0.5", "-0.5 to 0.5"),
        ] {
            assert_eq!(read(text), canonical, "{text}");
        }
    }

    #[test]
    fn a_bound_that_is_worked_out_is_told_whole_in_both_languages() {
        for (text, zh, en) in [
            (">= last year + 2", "≥ 上年 + 2", "≥ last year + 2"),
            ("<= 95% of base year", "≤ 基准年的 95%", "≤ 95% of the base year"),
            (
                "<= 15% of the way to 2025 + 2",
                "≤ 自基准年值向2025年目标推进 15% 之处 + 2",
                "≤ 15% of the way from the base year to the target of 2025 + 2",
            ),
        ] {
            let comparison = Comparison::parse_number(text).unwrap();
            assert_eq!([Lang::Zh, Lang::En].map(|lang| comparison.show(lang)), [zh, en]);
        }
    }

    #[test]
    fn impossible_comparisons_say_what_to_write() {
        assert_eq!(read("=> 90"), "the signs stand the wrong way round: write `>= 90`");
        assert_eq!(
            read(">= 90 %"),
            "a unit, `%`, stands with the number: write the number alone; the unit belongs in `unit = \"%\"`"
        );
        assert_eq!(
            read("9 to 6"),
            "the range ends before it begins: write the smaller number first: `6 to 9`"
        );
        for text in ["90", "= 90", "", "about 90"] {
            assert!(read(text).starts_with("nothing says how a value is compared"), "{text}");
        }
        assert!(read(">= ").starts_with("not a number"));
    }

    #[test]
    fn the_opposite_holds_exactly_where_the_relation_does_not() {
        for relation in Relation::ALL {
            for value in 29..=31 {
                let (value, bound) = (Decimal::from(value), Decimal::from(30));
                assert_ne!(relation.holds(value, bound), relation.opposite().holds(value, bound));
            }
        }
    }
}
