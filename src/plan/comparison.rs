//! What a value is held against: `>= 90`, `6 to 9`, `> last year`, `Ⅲ or better`, `done`.

use std::fmt;

use rust_decimal::Decimal;

use super::class::Classes;
use crate::number::{self, NumberError};
use crate::spelling::{fold, half_width};
use crate::text::Lang;

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
    /// The value of the same indicator and region in the year before.
    LastYear,
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
    /// As people read it: `≥ 90`, `6～9`, `> 上年`.
    pub fn show(&self, lang: Lang) -> String {
        match (self, lang) {
            (Self::One(relation, bound), _) => format!("{} {}", relation.sign(), bound.show(lang)),
            (Self::Within(least, most), _) => {
                format!("{}{}{}", number::show(*least), lang.dash(), number::show(*most))
            }
            (Self::OrBetter { name, .. }, Lang::Zh) => format!("达到或优于 {name}"),
            (Self::OrBetter { name, .. }, Lang::En) => format!("{name} or better"),
            (Self::Done, Lang::Zh) => "完成".to_owned(),
            (Self::Done, Lang::En) => "done".to_owned(),
        }
    }

    /// Whether the indicator's values of the year before are needed.
    pub fn needs_last_year(&self) -> bool {
        matches!(self, Self::One(_, Bound::LastYear))
    }

    /// The numbers that it names.
    pub(super) fn numbers(&self) -> Vec<Decimal> {
        match *self {
            Self::One(_, Bound::Number(number)) => vec![number],
            Self::Within(least, most) => vec![least, most],
            _ => Vec::new(),
        }
    }

    /// Reads a comparison of numbers.
    pub(super) fn parse_number(text: &str) -> Result<Self, ComparisonError> {
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
        let class = text.strip_suffix("or better").ok_or(ComparisonError::NotAClass)?.trim();
        let rank = classes.find(class).ok_or(ComparisonError::UnknownClass)?;
        let name = classes.name(rank).unwrap_or(class).to_owned();
        Ok(Self::OrBetter { rank, name })
    }

    /// Reads `done`.
    pub(super) fn parse_task(text: &str) -> Result<Self, ComparisonError> {
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
            Self::One(relation, Bound::LastYear) => write!(f, "{} last year", relation.ascii()),
            Self::Within(least, most) => write!(f, "{least} to {most}"),
            Self::OrBetter { name, .. } => write!(f, "{name} or better"),
            Self::Done => f.write_str("done"),
        }
    }
}

impl Bound {
    fn parse(text: &str) -> Result<Self, ComparisonError> {
        if matches!(fold(text).as_str(), "lastyear" | "上年") {
            return Ok(Self::LastYear);
        }
        parse_number(text).map(Self::Number)
    }

    fn show(self, lang: Lang) -> String {
        match (self, lang) {
            (Self::Number(number), _) => number::show(number),
            (Self::LastYear, Lang::Zh) => "上年".to_owned(),
            (Self::LastYear, Lang::En) => "last year".to_owned(),
        }
    }
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
            ("6 to 9", "6 to 9"),
            ("-0.5 to 0.5", "-0.5 to 0.5"),
        ] {
            assert_eq!(read(text), canonical, "{text}");
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
