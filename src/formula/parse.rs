//! Puts the pieces of a formula together, by the usual precedence: `||`, `&&`, `!`, comparisons,
//! `+ -`, `* /`, the sign.

use std::ops::Range;

use super::expression::{Expression, Form, Operator, Relation};
use super::token::{Piece, Token, cut};
use super::{FormulaError, LONGEST};
use crate::spelling::quoted;

/// Brackets within each other, and parts within each other: more are not read, so that no text
/// exhausts the stack.
const DEEPEST: usize = 64;

/// Words of programs, at which it is said that a formula is none.
const STATEMENTS: [&str; 8] = ["let", "var", "for", "while", "loop", "return", "fn", "match"];

type Parsed<'a> = Result<Expression<'a>, FormulaError>;

/// Reads one expression, which must take the whole text.
pub(super) fn parse(text: &str) -> Parsed<'_> {
    if text.len() > LONGEST {
        let message = format!("the formula is longer than {LONGEST} bytes");
        let help = "give parts of it a name: an item whose value is worked out";
        return Err(FormulaError::new(&(0..text.len()), message, help));
    }
    let mut parser = Parser { text, pieces: cut(text)?, at: 0, depth: 0 };
    if parser.token() == Token::End {
        let help = "write an expression such as `a / b * 100`";
        return Err(FormulaError::new(&(0..text.len()), "the formula is empty", help));
    }
    let expression = parser.expression()?;
    if parser.token() != Token::End {
        return Err(parser.unexpected("an operator or the end"));
    }
    Ok(expression)
}

fn too_deep(range: &Range<usize>) -> FormulaError {
    let message = format!("more than {DEEPEST} parts are within each other");
    let help = "give the inner part a name: an item whose value is worked out";
    FormulaError::new(range, message, help)
}

fn senseless(word: &str) -> String {
    format!("`{word}` has no meaning in a formula")
}

struct Parser<'a> {
    text: &'a str,
    pieces: Vec<Piece<'a>>,
    at: usize,
    depth: usize,
}

impl<'a> Parser<'a> {
    fn token(&self) -> Token<'a> {
        self.pieces.get(self.at).map_or(Token::End, |piece| piece.token)
    }

    fn range(&self) -> Range<usize> {
        let end = self.text.len();
        self.pieces.get(self.at).map_or(end..end, |piece| piece.range.clone())
    }

    /// From a start to the end of the last piece that was taken.
    fn since(&self, start: usize) -> Range<usize> {
        let last = self.at.checked_sub(1).and_then(|at| self.pieces.get(at));
        start..last.map_or(start, |piece| piece.range.end)
    }

    fn take(&mut self, mark: &str) -> bool {
        let found = matches!(self.token(), Token::Mark(token) if token == mark);
        self.at += usize::from(found);
        found
    }

    fn expect(&mut self, mark: &str) -> Result<(), FormulaError> {
        if self.take(mark) { Ok(()) } else { Err(self.unexpected(&format!("`{mark}`"))) }
    }

    /// What is found is not what is expected.
    fn unexpected(&self, expected: &str) -> FormulaError {
        let range = self.range();
        if let Token::Mark(mark @ ("=" | ";")) = self.token() {
            let help = match mark {
                "=" => {
                    "compare with `==`; nothing can be assigned, for a formula is one expression"
                }
                _ => "a formula is one expression, without statements",
            };
            return FormulaError::new(&range, senseless(mark), help);
        }
        let found = match self.token() {
            Token::End => "the formula ends".to_owned(),
            _ => format!("`{}` stands", quoted(self.text.get(range.clone()).unwrap_or_default())),
        };
        let help = match self.token() {
            Token::Mark("%") => "`%` stands only behind a number: `95%`",
            Token::Mark("else") => "`else` stands only behind the branch of an `if`",
            Token::Mark("," | "}" | ")") => "look whether a bracket is missing before it",
            Token::Mark("{") => "brackets are round, but for the branches of an `if`",
            Token::Name(_) | Token::Ticked(_) | Token::Number(_) => {
                "put an operator between two values; a strange name stands in backticks"
            }
            Token::End => "write what is missing",
            _ => "take it out, or write what is missing before it",
        };
        FormulaError::new(&range, format!("{found} where {expected} is expected"), help)
    }

    /// A part that has been read.
    fn part(&self, range: Range<usize>, form: Form<'a>) -> Parsed<'a> {
        let part = Expression::new(range, form);
        if part.height() > DEEPEST { Err(too_deep(&part.range)) } else { Ok(part) }
    }

    /// Reads a part that is inside of another.
    fn deeper(&mut self, read: impl FnOnce(&mut Self) -> Parsed<'a>) -> Parsed<'a> {
        if self.depth == DEEPEST {
            return Err(too_deep(&self.range()));
        }
        self.depth += 1;
        let read = read(self);
        self.depth -= 1;
        read
    }

    fn expression(&mut self) -> Parsed<'a> {
        self.joined("||", Form::Any, |parser| parser.joined("&&", Form::All, Self::negation))
    }

    /// Parts with a mark between them, or the one part there is.
    fn joined(
        &mut self,
        mark: &str,
        form: fn(Vec<Expression<'a>>) -> Form<'a>,
        read: fn(&mut Self) -> Parsed<'a>,
    ) -> Parsed<'a> {
        let start = self.range().start;
        let first = read(self)?;
        if !matches!(self.token(), Token::Mark(token) if token == mark) {
            return Ok(first);
        }
        let mut parts = vec![first];
        while self.take(mark) {
            parts.push(read(self)?);
        }
        self.part(self.since(start), form(parts))
    }

    fn negation(&mut self) -> Parsed<'a> {
        let start = self.range().start;
        if !self.take("!") {
            return self.comparison();
        }
        let form = Form::Not(Box::new(self.deeper(Self::negation)?));
        self.part(self.since(start), form)
    }

    fn comparison(&mut self) -> Parsed<'a> {
        let start = self.range().start;
        let left = self.sum()?;
        let Some(relation) = self.relation() else { return Ok(left) };
        let right = self.sum()?;
        let (range, again) = (self.since(start), self.range());
        if self.relation().is_some() {
            let help = "compare two at a time: `a < b && b < c`";
            return Err(FormulaError::new(&again, "comparisons cannot be chained", help));
        }
        self.part(range, Form::Compared(Box::new([left, right]), relation))
    }

    fn relation(&mut self) -> Option<Relation> {
        let Token::Mark(mark) = self.token() else { return None };
        let relation = Relation::of(mark);
        self.at += usize::from(relation.is_some());
        relation
    }

    fn sum(&mut self) -> Parsed<'a> {
        self.chain([("+", Operator::Plus), ("-", Operator::Minus)], Self::product)
    }

    fn product(&mut self) -> Parsed<'a> {
        self.chain([("*", Operator::Times), ("/", Operator::Over)], Self::signed)
    }

    fn chain(
        &mut self,
        operators: [(&str, Operator); 2],
        read: fn(&mut Self) -> Parsed<'a>,
    ) -> Parsed<'a> {
        let start = self.range().start;
        let first = read(self)?;
        let mut rest = Vec::new();
        while let Some(&(_, operator)) = operators.iter().find(|&&(mark, _)| self.take(mark)) {
            rest.push((operator, read(self)?));
        }
        if rest.is_empty() {
            return Ok(first);
        }
        self.part(self.since(start), Form::Chain(Box::new(first), rest))
    }

    fn signed(&mut self) -> Parsed<'a> {
        let start = self.range().start;
        if !self.take("-") {
            return self.operand();
        }
        let form = Form::Negated(Box::new(self.deeper(Self::signed)?));
        self.part(self.since(start), form)
    }

    fn operand(&mut self) -> Parsed<'a> {
        let start = self.range().start;
        let token = self.token();
        if matches!(token, Token::End | Token::Mark(_)) && !matches!(token, Token::Mark("(" | "if"))
        {
            return Err(self.unexpected("a value"));
        }
        self.at += 1;
        let form = match token {
            Token::Number(value) => Form::Number { value, per_cent: self.take("%") },
            Token::Text(text) => Form::Text(text),
            Token::Name(name) => self.named(name, start)?,
            Token::Ticked(name) => Form::Name(name),
            Token::Mark("if") => self.choice()?,
            Token::Mark(_) | Token::End => {
                let inner = self.deeper(Self::expression)?;
                self.expect(")")?;
                return Ok(inner);
            }
        };
        self.part(self.since(start), form)
    }

    /// A name, alone or as a function.
    fn named(&mut self, name: &'a str, start: usize) -> Result<Form<'a>, FormulaError> {
        if self.take("(") {
            return Ok(Form::Call(name, self.arguments()?));
        }
        let goes_on = matches!(
            self.token(),
            Token::Name(_) | Token::Ticked(_) | Token::Number(_) | Token::Mark("{")
        );
        if goes_on && STATEMENTS.contains(&name) {
            let help = "a formula is one expression, without variables, loops and statements; give \
                        a part of it a name as an item whose value is worked out";
            return Err(FormulaError::new(&self.since(start), senseless(name), help));
        }
        Ok(Form::Name(name))
    }

    fn arguments(&mut self) -> Result<Vec<Expression<'a>>, FormulaError> {
        let mut arguments = Vec::new();
        if self.take(")") {
            return Ok(arguments);
        }
        loop {
            arguments.push(self.deeper(Self::expression)?);
            if !self.take(",") {
                self.expect(")")?;
                return Ok(arguments);
            }
        }
    }

    /// What follows `if`.
    fn choice(&mut self) -> Result<Form<'a>, FormulaError> {
        let mut branches = Vec::new();
        loop {
            branches.push([self.deeper(Self::expression)?, self.branch()?]);
            if !self.take("else") {
                let help = "say what it is otherwise: `if … { … } else { … }`";
                let message = "the `if` has no `else`";
                return Err(FormulaError::new(&self.range(), message, help));
            }
            if !self.take("if") {
                return Ok(Form::If(branches, Box::new(self.branch()?)));
            }
        }
    }

    fn branch(&mut self) -> Parsed<'a> {
        self.expect("{")?;
        let branch = self.deeper(Self::expression)?;
        self.expect("}")?;
        Ok(branch)
    }
}
