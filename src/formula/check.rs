//! Gives the names of an expression their symbols, and sees that the kinds fit and that nothing is
//! divided by 0.

use std::ops::Range as Bytes;

use rust_decimal::prelude::ToPrimitive;

use super::expression::{Expression, Form, Operator, Relation};
use super::interval::Interval;
use super::rational::{exact, hundredth, zero};
use super::tree::{Function, Tree};
use super::{Asked, FormulaError, Kind, Known, Range, Unknown};
use crate::number;
use crate::spelling::{nearest, quoted};

/// `round` keeps at most so many digits.
const MOST_DIGITS: u32 = 10;
/// The years that a plan can have.
const YEARS: std::ops::RangeInclusive<u16> = 1900..=2199;

/// Says what a name means.
type Resolve<'r, S> = &'r mut dyn FnMut(Asked<'_>) -> Result<Known<S>, Unknown>;

/// Checks one expression.
pub(super) struct Checker<'e, 'r, S> {
    text: &'e str,
    known_names: &'r [&'r str],
    resolve: Resolve<'r, S>,
    /// What is known where the checker stands, from the conditions around it.
    facts: Vec<Fact<'e>>,
}

/// Something that holds behind a condition.
#[derive(Clone)]
struct Fact<'e> {
    subject: Subject<'e>,
    within: Interval,
}

/// What a fact is about.
#[derive(Clone, Copy)]
enum Subject<'e> {
    Value(&'e Expression<'e>),
    /// The first less the second: `a > b` says of `a - b` that it is positive.
    Difference(&'e Expression<'e>, &'e Expression<'e>),
}

impl Subject<'_> {
    fn is(self, expression: &Expression<'_>) -> bool {
        match (self, &expression.form) {
            (Self::Value(value), _) => value == expression,
            (Self::Difference(a, b), Form::Chain(first, rest)) => {
                matches!(rest.as_slice(), [(Operator::Minus, second)] if a == &**first && b == second)
            }
            _ => false,
        }
    }
}

/// What has been found about an expression.
struct Checked<'e, S> {
    tree: Tree<S>,
    meaning: Meaning<'e>,
}

enum Meaning<'e> {
    Number(Interval),
    Truth(Facts<'e>),
    Text,
}

/// What a condition says when it holds, and when it fails.
#[derive(Default)]
struct Facts<'e> {
    holds: Vec<Fact<'e>>,
    fails: Vec<Fact<'e>>,
}

impl Meaning<'_> {
    fn kind(&self) -> Kind {
        match self {
            Self::Number(_) => Kind::Number,
            Self::Truth(_) => Kind::Truth,
            Self::Text => Kind::Text,
        }
    }
}

type Found<T> = Result<T, FormulaError>;

impl<'e, 'r, S> Checker<'e, 'r, S> {
    pub(super) fn new(text: &'e str, known_names: &'r [&'r str], resolve: Resolve<'r, S>) -> Self {
        Self { text, known_names, resolve, facts: Vec::new() }
    }

    /// Checks a whole expression, which is to be of a kind; says what its value can be.
    pub(super) fn check(
        mut self,
        expression: &'e Expression<'e>,
        wanted: Kind,
    ) -> Found<(Tree<S>, Range)> {
        let Checked { tree, meaning } = self.of_kind(expression, wanted)?;
        let range = match meaning {
            Meaning::Number(interval) => interval.range(),
            Meaning::Truth(_) | Meaning::Text => Range::default(),
        };
        Ok((tree, range))
    }

    fn words(&self, expression: &Expression<'_>) -> String {
        quoted(self.text.get(expression.range.clone()).unwrap_or_default())
    }

    fn of_kind(&mut self, expression: &'e Expression<'e>, wanted: Kind) -> Found<Checked<'e, S>> {
        let checked = self.any(expression)?;
        let found = checked.meaning.kind();
        if found == wanted {
            return Ok(checked);
        }
        let words = self.words(expression);
        let message = format!("{wanted} is expected, but `{words}` is {found}");
        let help = match (found, wanted) {
            (_, Kind::Text) => "write a text in quotation marks: `'…'`".to_owned(),
            (Kind::Number, _) => format!("compare it with a number: `{words} > 0`"),
            (Kind::Truth, _) => format!("turn it into a number: `if {words} {{ 1 }} else {{ 0 }}`"),
            (Kind::Text, _) => format!("a text can only be compared: `{words} == '…'`"),
        };
        Err(FormulaError::new(&expression.range, message, help))
    }

    fn number(&mut self, expression: &'e Expression<'e>) -> Found<(Tree<S>, Interval)> {
        let Checked { tree, meaning } = self.of_kind(expression, Kind::Number)?;
        let interval = match meaning {
            Meaning::Number(interval) => interval,
            Meaning::Truth(_) | Meaning::Text => Interval::default(),
        };
        Ok((tree, interval))
    }

    fn truth(&mut self, expression: &'e Expression<'e>) -> Found<(Tree<S>, Facts<'e>)> {
        let Checked { tree, meaning } = self.of_kind(expression, Kind::Truth)?;
        let facts = match meaning {
            Meaning::Truth(facts) => facts,
            Meaning::Number(_) | Meaning::Text => Facts::default(),
        };
        Ok((tree, facts))
    }

    fn any(&mut self, expression: &'e Expression<'e>) -> Found<Checked<'e, S>> {
        let mut checked = self.form(expression)?;
        if let Meaning::Number(interval) = &mut checked.meaning {
            for fact in self.facts.iter().filter(|fact| fact.subject.is(expression)) {
                *interval = interval.and(&fact.within);
            }
        }
        Ok(checked)
    }

    fn form(&mut self, expression: &'e Expression<'e>) -> Found<Checked<'e, S>> {
        let numeric = |(tree, interval)| Checked { tree, meaning: Meaning::Number(interval) };
        match &expression.form {
            &Form::Number { value, per_cent } => {
                let shown = exact(value);
                let number = if per_cent { shown * hundredth() } else { shown };
                Ok(numeric((Tree::Number { value, per_cent }, Interval::one(number))))
            }
            Form::Text(text) => {
                Ok(Checked { tree: Tree::Text((*text).to_owned()), meaning: Meaning::Text })
            }
            Form::Name(name) => self.name(expression, name),
            Form::Call(function, arguments) => self.call(expression, function, arguments),
            Form::Negated(inner) => {
                let (tree, interval) = self.number(inner)?;
                Ok(numeric((Tree::Negated(Box::new(tree)), interval.negated())))
            }
            Form::Not(inner) => {
                let (tree, Facts { holds, fails }) = self.truth(inner)?;
                let meaning = Meaning::Truth(Facts { holds: fails, fails: holds });
                Ok(Checked { tree: Tree::Not(Box::new(tree)), meaning })
            }
            Form::Chain(first, rest) => self.chain(first, rest).map(numeric),
            Form::Compared(sides, relation) => self.compared(expression, sides, *relation),
            Form::All(parts) => {
                let (trees, holds) = self.parts(parts, |facts| facts.holds)?;
                let meaning = Meaning::Truth(Facts { holds, fails: Vec::new() });
                Ok(Checked { tree: Tree::All(trees), meaning })
            }
            Form::Any(parts) => {
                let (trees, fails) = self.parts(parts, |facts| facts.fails)?;
                let meaning = Meaning::Truth(Facts { holds: Vec::new(), fails });
                Ok(Checked { tree: Tree::Any(trees), meaning })
            }
            Form::If(branches, last) => self.choice(branches, last),
        }
    }

    fn chain(
        &mut self,
        first: &'e Expression<'e>,
        rest: &'e [(Operator, Expression<'e>)],
    ) -> Found<(Tree<S>, Interval)> {
        let (first, mut interval) = self.number(first)?;
        let mut trees = Vec::new();
        for (operator, part) in rest {
            let (tree, operand) = self.number(part)?;
            if *operator == Operator::Over && operand.may_be_zero() {
                return Err(self.division(part, &operand));
            }
            interval = interval.joined(*operator, &operand);
            trees.push((*operator, tree));
        }
        Ok((Tree::Chain(Box::new(first), trees), interval))
    }

    /// That a divisor may be 0.
    fn division(&self, divisor: &Expression<'_>, interval: &Interval) -> FormulaError {
        let words = self.words(divisor);
        if interval.is_zero() {
            let message = format!("the divisor `{words}` is 0");
            return FormulaError::new(&divisor.range, message, "divide by something else");
        }
        let asked = if interval.is_never_negative() { ">" } else { "!=" };
        let guard = format!("guard it: `if {words} {asked} 0 {{ … }} else {{ … }}`");
        let is_symbol = match &divisor.form {
            Form::Name(_) => true,
            Form::Call(function, _) => !is_built_in(function),
            _ => false,
        };
        let help = if is_symbol {
            format!("say `least = 1` where it is defined, or {guard}")
        } else {
            guard
        };
        FormulaError::new(&divisor.range, format!("the divisor `{words}` may be 0"), help)
    }

    fn compared(
        &mut self,
        expression: &Expression<'_>,
        [left, right]: &'e [Expression<'e>; 2],
        relation: Relation,
    ) -> Found<Checked<'e, S>> {
        let (a, b) = (self.any(left)?, self.any(right)?);
        let error =
            |message: String, help: &str| Err(FormulaError::new(&expression.range, message, help));
        let facts = match (&a.meaning, &b.meaning) {
            (Meaning::Number(low), Meaning::Number(high)) => {
                let facts = |relation| numbers([left, right], [low, high], relation);
                Facts { holds: facts(relation), fails: facts(relation.negated()) }
            }
            (Meaning::Text, Meaning::Text)
                if matches!(relation, Relation::Equal | Relation::Unequal) =>
            {
                Facts::default()
            }
            (Meaning::Text, Meaning::Text) => {
                let message = "texts have no order".to_owned();
                return error(message, "compare texts with `==` or `!=`");
            }
            (Meaning::Truth(_), Meaning::Truth(_)) => {
                let message = "conditions are not compared".to_owned();
                return error(message, "join conditions with `&&` and `||`, and deny with `!`");
            }
            (a, b) => {
                let message = format!("{} is compared with {}", a.kind(), b.kind());
                return error(message, "compare numbers with numbers, and texts with texts");
            }
        };
        let tree = Tree::Compared(Box::new([a.tree, b.tree]), relation);
        Ok(Checked { tree, meaning: Meaning::Truth(facts) })
    }

    /// The parts of an `&&` or `||`: of each, `then` is what holds if the next one counts.
    fn parts(
        &mut self,
        parts: &'e [Expression<'e>],
        then: fn(Facts<'e>) -> Vec<Fact<'e>>,
    ) -> Found<(Vec<Tree<S>>, Vec<Fact<'e>>)> {
        let known = self.facts.len();
        let mut trees = Vec::new();
        for part in parts {
            let (tree, facts) = self.truth(part)?;
            self.facts.extend(then(facts));
            trees.push(tree);
        }
        Ok((trees, self.facts.split_off(known)))
    }

    fn choice(
        &mut self,
        branches: &'e [[Expression<'e>; 2]],
        last: &'e Expression<'e>,
    ) -> Found<Checked<'e, S>> {
        let known = self.facts.len();
        let mut trees = Vec::new();
        let mut interval: Option<Interval> = None;
        let mut kind = None;
        let or = |one: Option<Interval>, other: Interval| {
            one.map_or(other.clone(), |one| one.or(&other))
        };
        for [condition, branch] in branches {
            let (tree, Facts { holds, fails }) = self.truth(condition)?;
            let before = self.facts.len();
            self.facts.extend(holds);
            let checked = self.branch(branch, &mut kind)?;
            self.facts.truncate(before);
            self.facts.extend(fails);
            if let Meaning::Number(found) = checked.meaning {
                interval = Some(or(interval, found));
            }
            trees.push([tree, checked.tree]);
        }
        let Checked { tree, meaning } = self.branch(last, &mut kind)?;
        self.facts.truncate(known);
        let meaning = match meaning {
            Meaning::Number(found) => Meaning::Number(or(interval, found)),
            Meaning::Truth(_) => Meaning::Truth(Facts::default()),
            Meaning::Text => Meaning::Text,
        };
        Ok(Checked { tree: Tree::If(trees, Box::new(tree)), meaning })
    }

    /// A branch, which is of the kind of the first.
    fn branch(
        &mut self,
        branch: &'e Expression<'e>,
        kind: &mut Option<Kind>,
    ) -> Found<Checked<'e, S>> {
        let checked = match *kind {
            Some(kind) => self.of_kind(branch, kind)?,
            None => self.any(branch)?,
        };
        *kind = Some(checked.meaning.kind());
        Ok(checked)
    }

    fn name(&mut self, expression: &Expression<'_>, name: &str) -> Found<Checked<'e, S>> {
        let asked = Asked { of: None, name, year: None };
        let known = (self.resolve)(asked);
        known.map(symbol).map_err(|unknown| self.unknown(&expression.range, asked, unknown))
    }

    fn call(
        &mut self,
        expression: &Expression<'_>,
        function: &str,
        arguments: &'e [Expression<'e>],
    ) -> Found<Checked<'e, S>> {
        let numeric = |(tree, interval)| Checked { tree, meaning: Meaning::Number(interval) };
        if function == "round" {
            return self.round(expression, arguments).map(numeric);
        }
        match Function::ALL.into_iter().find(|known| known.name() == function) {
            Some(function) => self.built_in(expression, function, arguments).map(numeric),
            None => self.asked(expression, function, arguments),
        }
    }

    /// A function of a name.
    fn asked(
        &mut self,
        expression: &Expression<'_>,
        function: &str,
        arguments: &[Expression<'_>],
    ) -> Found<Checked<'e, S>> {
        let given = named(arguments);
        let (name, year) = given.unwrap_or_default();
        let asked = Asked { of: Some(function), name, year };
        match (self.resolve)(asked) {
            Ok(known) if given.is_some() => Ok(symbol(known)),
            Err(unknown) if given.is_some() || unknown == Unknown::Function => {
                let range = match (&unknown, arguments.first()) {
                    (Unknown::Name, Some(name)) => &name.range,
                    (Unknown::Function, _) => {
                        let start = expression.range.start;
                        &(start..start + function.len())
                    }
                    _ => &expression.range,
                };
                Err(self.unknown(range, asked, unknown))
            }
            _ => {
                let message = format!("`{function}` is asked of a name, and no expression");
                let help =
                    format!("write `{function}(name)`, or with a year `{function}(name, 2021)`");
                Err(FormulaError::new(&expression.range, message, help))
            }
        }
    }

    fn unknown(&self, range: &Bytes<usize>, asked: Asked<'_>, unknown: Unknown) -> FormulaError {
        let names = self.known_names.iter().copied();
        match unknown {
            Unknown::Other(message) => FormulaError::new(range, message, ""),
            Unknown::Function => {
                let name = asked.of.unwrap_or_default();
                let built_in = Function::ALL.map(Function::name).into_iter().chain(["round"]);
                let help = nearest(name, names.chain(built_in)).first().map_or_else(
                    || {
                        "functions of numbers are `min`, `max`, `abs`, `floor`, `ceil`, `round`"
                            .into()
                    },
                    |near| format!("did you mean `{near}`?"),
                );
                FormulaError::new(
                    range,
                    format!("no function has the name `{}`", quoted(name)),
                    help,
                )
            }
            Unknown::Name => {
                let help = match (
                    subtraction(asked.name, self.known_names),
                    nearest(asked.name, names).first(),
                ) {
                    (Some(subtraction), _) => {
                        format!("to subtract, write blanks around the minus: `{subtraction}`")
                    }
                    (None, Some(near)) => format!("did you mean `{near}`?"),
                    (None, None) => {
                        "use a name that is defined; a text stands in quotation marks: `'…'`".into()
                    }
                };
                let message = format!("nothing has the name `{}`", quoted(asked.name));
                FormulaError::new(range, message, help)
            }
        }
    }

    fn built_in(
        &mut self,
        expression: &Expression<'_>,
        function: Function,
        arguments: &'e [Expression<'e>],
    ) -> Found<(Tree<S>, Interval)> {
        let fits = if function.takes_many() { arguments.len() >= 2 } else { arguments.len() == 1 };
        if !fits {
            let (takes, example) = match function.takes_many() {
                true => ("two numbers or more", "(a, b)"),
                false => ("one number", "(a)"),
            };
            let name = function.name();
            let message = format!("`{name}` takes {takes}, and here are {}", arguments.len());
            return Err(FormulaError::new(
                &expression.range,
                message,
                format!("write `{name}{example}`"),
            ));
        }
        let mut trees = Vec::new();
        let mut interval: Option<Interval> = None;
        for argument in arguments {
            let (tree, of_this) = self.number(argument)?;
            trees.push(tree);
            interval = Some(match (interval, function) {
                (Some(before), Function::Min) => before.lesser(&of_this),
                (Some(before), _) => before.greater(&of_this),
                (None, Function::Min | Function::Max) => of_this,
                (None, Function::Abs) => of_this.abs(),
                (None, Function::Floor) => of_this.floor(),
                (None, Function::Ceil) => of_this.ceil(),
            });
        }
        Ok((Tree::Call(function, trees), interval.unwrap_or_default()))
    }

    fn round(
        &mut self,
        expression: &Expression<'_>,
        arguments: &'e [Expression<'e>],
    ) -> Found<(Tree<S>, Interval)> {
        let [number, digits] = arguments else {
            let message =
                format!("`round` takes a number and its digits, and here are {}", arguments.len());
            return Err(FormulaError::new(&expression.range, message, "write `round(a, 2)`"));
        };
        let (tree, interval) = self.number(number)?;
        let kept = whole(digits).map(u32::from);
        let Some(kept) = kept.filter(|&kept| kept <= MOST_DIGITS) else {
            let message = format!("the digits of `round` are a number from 0 to {MOST_DIGITS}");
            return Err(FormulaError::new(&digits.range, message, "write `round(a, 2)`"));
        };
        Ok((Tree::Rounded(Box::new(tree), kept), interval.rounded(kept)))
    }
}

fn is_built_in(function: &str) -> bool {
    function == "round" || Function::ALL.iter().any(|known| known.name() == function)
}

/// What a comparison of two numbers says of each, and of their differences.
fn numbers<'e>(
    [left, right]: [&'e Expression<'e>; 2],
    [low, high]: [&Interval; 2],
    relation: Relation,
) -> Vec<Fact<'e>> {
    let zero = Interval::one(zero());
    let mirrored = relation.mirrored();
    vec![
        Fact { subject: Subject::Value(left), within: high.standing(relation) },
        Fact { subject: Subject::Value(right), within: low.standing(mirrored) },
        Fact { subject: Subject::Difference(left, right), within: zero.standing(relation) },
        Fact { subject: Subject::Difference(right, left), within: zero.standing(mirrored) },
    ]
}

fn symbol<'e, S>(known: Known<S>) -> Checked<'e, S> {
    let meaning = match known.kind {
        Kind::Number => Meaning::Number(Interval::within(known.range)),
        Kind::Truth => Meaning::Truth(Facts::default()),
        Kind::Text => Meaning::Text,
    };
    Checked { tree: Tree::Symbol(known.symbol), meaning }
}

/// The name and the year that a function is given, if it is given such.
fn named<'a>(arguments: &[Expression<'a>]) -> Option<(&'a str, Option<u16>)> {
    let (name, year) = match arguments {
        [name] => (name, None),
        [name, year] => (name, Some(whole(year).filter(|year| YEARS.contains(year))?)),
        _ => return None,
    };
    let Form::Name(name) = name.form else { return None };
    Some((name, year))
}

/// The whole number that an expression is, if it is written as one.
fn whole(expression: &Expression<'_>) -> Option<u16> {
    match expression.form {
        Form::Number { value, per_cent: false } if value.scale() == 0 => value.to_u16(),
        _ => None,
    }
}

/// What a name with hyphens is if they are minus signs between names that are known, and numbers.
fn subtraction(name: &str, known: &[&str]) -> Option<String> {
    let is_known = |part: &str| known.contains(&part) || number::parse(part).is_ok();
    let ends = name.match_indices('-').map(|(at, _)| at).chain([name.len()]);
    let ends: Vec<usize> = ends.collect();
    let mut parts = Vec::new();
    let mut start = 0;
    while start < name.len() {
        let part = |&end: &usize| name.get(start..end).filter(|part| is_known(part));
        let longest = ends.iter().rev().find_map(part)?;
        parts.push(longest);
        start += longest.len() + 1;
    }
    (parts.len() > 1).then(|| parts.join(" - "))
}
