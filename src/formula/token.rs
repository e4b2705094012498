//! The text of a formula, cut into names, numbers, texts and marks.

use std::ops::Range;

use rust_decimal::Decimal;

use super::FormulaError;
use crate::number::{self, NumberError};

/// One piece of a formula.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Token<'a> {
    Number(Decimal),
    Text(&'a str),
    Name(&'a str),
    /// A name in backticks, which is never a word of the language.
    Ticked(&'a str),
    /// An operator, a bracket, or `if` and `else`, in one spelling, whatever was written; also `=`
    /// and `;`, which only help to say that a formula is no program.
    Mark(&'static str),
    End,
}

/// A piece and the bytes that it takes.
pub(super) struct Piece<'a> {
    pub(super) token: Token<'a>,
    pub(super) range: Range<usize>,
}

/// How the marks are written, and what they are; the longer before those that begin them.
const MARKS: [(&str, &str); 42] = [
    ("==", "=="),
    ("!=", "!="),
    ("<=", "<="),
    (">=", ">="),
    ("&&", "&&"),
    ("||", "||"),
    ("=", "="),
    ("＝", "="),
    (";", ";"),
    ("；", ";"),
    ("≠", "!="),
    ("≤", "<="),
    ("≥", ">="),
    ("<", "<"),
    (">", ">"),
    ("!", "!"),
    ("+", "+"),
    ("-", "-"),
    ("−", "-"),
    ("*", "*"),
    ("×", "*"),
    ("/", "/"),
    ("÷", "/"),
    ("%", "%"),
    ("(", "("),
    (")", ")"),
    ("{", "{"),
    ("}", "}"),
    (",", ","),
    ("＋", "+"),
    ("－", "-"),
    ("＊", "*"),
    ("／", "/"),
    ("％", "%"),
    ("（", "("),
    ("）", ")"),
    ("｛", "{"),
    ("｝", "}"),
    ("，", ","),
    ("＜", "<"),
    ("＞", ">"),
    ("！", "!"),
];

/// The words of the language, and the marks that they are.
const WORDS: [(&str, &str); 5] =
    [("if", "if"), ("else", "else"), ("and", "&&"), ("or", "||"), ("not", "!")];

/// Cuts a text into its pieces; the last is [`Token::End`].
pub(super) fn cut(text: &str) -> Result<Vec<Piece<'_>>, FormulaError> {
    let mut pieces = Vec::new();
    let mut at = 0;
    loop {
        let rest = text.get(at..).unwrap_or_default();
        let blank = rest.len() - rest.trim_start().len();
        at += blank;
        let rest = rest.trim_start();
        let Some(first) = rest.chars().next() else {
            pieces.push(Piece { token: Token::End, range: at..at });
            return Ok(pieces);
        };
        let (token, length) = piece(rest, first).map_err(|mut error| {
            error.range = error.range.start + at..error.range.end + at;
            error
        })?;
        pieces.push(Piece { token, range: at..at + length });
        at += length;
    }
}

/// The piece at the beginning of a text, and its length.
fn piece(text: &str, first: char) -> Result<(Token<'_>, usize), FormulaError> {
    match first {
        '0'..='9' => number(text),
        '\'' | '"' => quoted(text, first).map(|inner| (Token::Text(inner), inner.len() + 2)),
        '`' => quoted(text, first).map(|inner| (Token::Ticked(inner), inner.len() + 2)),
        c if c.is_alphabetic() || c == '_' => {
            let name = name(text);
            let word = WORDS.iter().find(|&&(word, _)| word == name);
            Ok((word.map_or(Token::Name(name), |&(_, mark)| Token::Mark(mark)), name.len()))
        }
        _ => {
            let mark = MARKS.iter().find(|&&(spelling, _)| text.starts_with(spelling));
            let &(spelling, mark) = mark.ok_or_else(|| stray(first))?;
            Ok((Token::Mark(mark), spelling.len()))
        }
    }
}

fn is_of_name(c: char) -> bool {
    c.is_alphanumeric() || c == '_'
}

/// The name at the beginning of a text: a point or a hyphen belongs to it only between its letters.
fn name(text: &str) -> &str {
    let mut characters = text.char_indices().peekable();
    let mut joined = false;
    while let Some((at, c)) = characters.next() {
        let joins = matches!(c, '-' | '.')
            && joined
            && characters.peek().is_some_and(|&(_, next)| is_of_name(next));
        joined = is_of_name(c);
        if !joined && !joins {
            return text.get(..at).unwrap_or_default();
        }
    }
    text
}

fn number(text: &str) -> Result<(Token<'_>, usize), FormulaError> {
    let length = text.find(|c| !is_of_name(c) && c != '.').unwrap_or(text.len());
    let digits = text.get(..length).unwrap_or_default();
    let error = |message: String, help: &str| FormulaError::new(&(0..length), message, help);
    match number::parse(digits) {
        Ok(number) => Ok((Token::Number(number), length)),
        Err(NumberError::NotANumber) => Err(error(
            format!("`{digits}` is neither a number nor a name"),
            "numbers are plain decimals as `0.5`; a name that begins with a digit stands in \
             backticks",
        )),
        Err(fault) => Err(error(fault.to_string(), "write a shorter number")),
    }
}

/// What stands between the mark at the beginning of a text and the next of its kind.
fn quoted(text: &str, mark: char) -> Result<&str, FormulaError> {
    let inner = text.strip_prefix(mark).unwrap_or_default();
    inner.split_once(mark).map(|(inner, _)| inner).ok_or_else(|| {
        let what = if mark == '`' { "name" } else { "text" };
        let message = format!("the {what} that begins here has no end");
        FormulaError::new(&(0..text.len()), message, format!("end it with {mark}"))
    })
}

/// A character that begins nothing.
fn stray(c: char) -> FormulaError {
    let help = match c {
        '&' | '＆' => "“and” is written `&&`",
        '|' | '｜' => "“or” is written `||`",
        '?' | '？' => "choose with `if … { … } else { … }`",
        '^' => "multiply instead: `a * a`",
        '[' | ']' => "parts are kept together with `(` and `)`",
        '“' | '”' | '‘' | '’' | '「' | '」' => {
            "texts stand in straight quotation marks: `'…'`"
        }
        '.' => "numbers need a digit on both sides of the point: `0.5`",
        c if c.is_numeric() => "write digits in half width: `0` to `9`",
        _ => "a strange name stands in backticks, a text in quotation marks",
    };
    let message = format!("`{}` has no meaning in a formula", c.escape_debug());
    FormulaError::new(&(0..c.len_utf8()), message, help)
}
