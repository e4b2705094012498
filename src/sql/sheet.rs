//! The columns of a query, in layers: each layer is worked out from those below it, so that no sum
//! is written out twice.

use std::collections::{BTreeMap, BTreeSet};

use rust_decimal::Decimal;

use super::dialect::Dialect;
use super::expression::{Ratio, Sql, in_units, sql, ten_to};
use super::refusal::Refused;
use crate::plan::{Rounding, Ties};

/// Decimals that points are counted with. What an endless division leaves behind them is less than
/// what is printed by a million times.
pub(super) const FINE: u32 = 24;

/// The columns of one row for a region and a year.
#[derive(Debug)]
pub(super) struct Sheet {
    pub(super) dialect: Dialect,
    /// What the first layer takes from the table.
    pub(super) taken: Vec<(String, String)>,
    /// By layer, what it adds.
    pub(super) layers: Vec<Vec<(String, String)>>,
    known: BTreeMap<String, Sql>,
    names: BTreeMap<String, usize>,
}

impl Sheet {
    pub(super) fn new(dialect: Dialect) -> Self {
        let (taken, layers, known, names) = Default::default();
        Self { dialect, taken, layers, known, names }
    }

    /// A column of the first layer.
    pub(super) fn take(&mut self, name: &str, text: String) -> Sql {
        let name = self.unused(name);
        self.taken.push((name.clone(), text));
        Sql::new(name, 0)
    }

    /// A column for a piece of SQL, so that it may be used often.
    pub(super) fn name(&mut self, name: &str, piece: &Sql) -> Sql {
        if piece.number().is_some() || is_name(&piece.text) {
            return piece.clone();
        }
        if let Some(known) = self.known.get(&piece.text) {
            return known.clone();
        }
        let name = self.unused(name);
        let column = Sql::new(name.clone(), piece.depth + 1);
        while self.layers.len() <= piece.depth {
            self.layers.push(Vec::new());
        }
        if let Some(layer) = self.layers.get_mut(piece.depth) {
            layer.push((name, piece.text.clone()));
        }
        self.known.insert(piece.text.clone(), column.clone());
        column
    }

    /// The same for a whole number.
    pub(super) fn number(&mut self, name: &str, piece: &Sql) -> Sql {
        if piece.number().is_some() || is_name(&piece.text) {
            return piece.clone();
        }
        let cast = self.integer(piece);
        self.name(name, &cast)
    }

    /// The same for both parts of a fraction.
    pub(super) fn ratio(&mut self, name: &str, ratio: &Ratio) -> Ratio {
        let [num, den] = ratio.pieces();
        let num = self.number(name, num);
        let den = self.number(&format!("{name}_per"), den);
        ratio.with(num, den)
    }

    /// By layer, the columns of those below it that it hands on, for what comes later uses them;
    /// `ends` are the pieces that the whole ends in.
    pub(super) fn kept<'a>(&'a self, ends: impl Iterator<Item = &'a str>) -> Vec<Vec<&'a str>> {
        let mut used: BTreeSet<&str> = ends.flat_map(words).collect();
        let mut kept = Vec::new();
        for (at, layer) in self.layers.iter().enumerate().rev() {
            let below = self.layers.iter().take(at).flatten().chain(&self.taken);
            let names = below.map(|(name, _)| name.as_str());
            kept.push(names.filter(|name| used.contains(name)).collect());
            used.extend(layer.iter().flat_map(|(_, text)| words(text)));
        }
        kept.reverse();
        kept
    }

    fn unused(&mut self, name: &str) -> String {
        let count = self.names.entry(name.to_owned()).or_default();
        *count += 1;
        if *count == 1 { name.to_owned() } else { format!("{name}_{count}") }
    }

    /// A piece of the type of whole numbers.
    pub(super) fn integer(&self, piece: &Sql) -> Sql {
        if piece.is_whole() {
            return piece.clone();
        }
        let integer = Sql::new(self.dialect.integer(), 0);
        sql!("CAST({} AS {})", piece, integer).whole()
    }

    /// A choice between whole numbers. Branches that can never be, and the last where another
    /// always is, are left out.
    pub(super) fn choice(&self, branches: &[(Sql, Sql)], otherwise: &Sql) -> Sql {
        self.integer(&choice(branches, otherwise))
    }

    /// A choice between fractions.
    pub(super) fn pick(
        &self,
        branches: &[(Sql, Ratio)],
        otherwise: &Ratio,
    ) -> Result<Ratio, Refused> {
        let ratios: Vec<&Ratio> =
            branches.iter().map(|(_, ratio)| ratio).chain([otherwise]).collect();
        let (parts, over) = Ratio::together(&ratios)?;
        let chosen = |of: fn(&(Sql, Sql)) -> &Sql| {
            let parts: Vec<&Sql> = parts.iter().map(of).collect();
            let last = parts.last().map_or_else(Sql::null, |last| (*last).clone());
            if parts.iter().all(|part| **part == last) {
                return last;
            }
            let whens = branches.iter().map(|(when, _)| when.clone());
            let branches: Vec<_> = whens.zip(parts.into_iter().cloned()).collect();
            self.choice(&branches, &last)
        };
        Ratio::made_of(&chosen(|part| &part.0), &chosen(|part| &part.1), over)
    }

    pub(super) fn quoted(&self, text: &str) -> Sql {
        Sql::new(self.dialect.quoted(text), 0)
    }

    /// The whole part of a quotient, cut off towards zero.
    pub(super) fn whole(&self, number: &Sql, by: &Sql) -> Result<Sql, Refused> {
        match (number.number(), by.number()) {
            (_, Some(1)) => Ok(number.clone()),
            (Some(number), Some(by)) if by != 0 => Ok(Sql::int(number / by)),
            (_, Some(0)) => Err(Refused::too_large()),
            (_, Some(_)) => Ok(Sql::new(self.dialect.whole(&number.text, &by.text), number.depth)),
            _ => {
                let by = sql!("NULLIF({}, 0)", by);
                let text = self.dialect.whole(&number.text, &by.text);
                Ok(Sql::new(text, number.depth.max(by.depth)))
            }
        }
    }

    fn rest(&self, number: &Sql, by: &Sql) -> Sql {
        match (number.number(), by.number()) {
            (Some(number), Some(by)) if by != 0 => Sql::int(number % by),
            (_, Some(1)) => Sql::int(0),
            (_, Some(_)) => sql!("({} % {})", number, by),
            _ => sql!("({} % NULLIF({}, 0))", number, by),
        }
    }

    /// A whole number divided by another above 0 and rounded to a whole one.
    pub(super) fn rounded(
        &mut self,
        name: &str,
        number: &Sql,
        by: &Sql,
        ties: Ties,
    ) -> Result<Sql, Refused> {
        if by.is(1) {
            return Ok(number.clone());
        }
        let (number, by) = (self.number(name, number), self.number(&format!("{name}_per"), by));
        let size = size(&number);
        let whole = self.whole(&size, &by)?;
        let rest = self.rest(&size, &by);
        let twice = rest.times(&Sql::int(2))?;
        let is_up = match ties {
            Ties::Up => twice.compared(">=", &by),
            Ties::Even => {
                let is_odd = self.rest(&whole, &Sql::int(2)).compared("=", &Sql::int(1));
                twice.compared(">", &by).or(&twice.compared("=", &by).and(&is_odd))
            }
        };
        let up = choice(&[(is_up, Sql::int(1))], &Sql::int(0));
        let piece = signed(&number, &whole.plus(&up)?)?;
        Ok(self.number(&format!("{name}_rounded"), &piece))
    }

    /// The number at so many digits, by the plan's rule.
    pub(super) fn at_digits(
        &mut self,
        name: &str,
        ratio: &Ratio,
        rounding: Rounding,
    ) -> Result<Sql, Refused> {
        let shifted = ratio.times(&Ratio::int(ten_to(rounding.digits)?))?;
        let (num, den) = shifted.parts()?;
        self.rounded(name, &num, &den, rounding.ties)
    }

    /// A fraction in units of [`FINE`] digits, the last of them rounded.
    pub(super) fn fine(&mut self, name: &str, ratio: &Ratio) -> Result<Sql, Refused> {
        let shifted = ratio.times(&Ratio::int(ten_to(FINE)?))?;
        if let Ok((num, den)) = shifted.parts()
            && den.is(1)
        {
            return Ok(num);
        }
        let (num, den) = ratio.parts()?;
        let (num, den) = (self.number(name, &num), self.number(&format!("{name}_per"), &den));
        // Half of the digits at a time, so that no number grows too long on the way.
        let half = Sql::int(ten_to(FINE / 2)?);
        let size = size(&num);
        let whole = self.whole(&size, &den)?;
        let rest = self.rest(&size, &den).times(&half)?;
        let upper = self.whole(&rest, &den)?;
        let rest = self.rest(&rest, &den).times(&half)?;
        let twice = rest.times(&Sql::int(2))?.plus(&den)?;
        let lower = self.whole(&twice, &den.times(&Sql::int(2))?)?;
        let sum = whole.times(&half)?.plus(&upper)?.times(&half)?.plus(&lower)?;
        let piece = signed(&num, &sum)?;
        Ok(self.number(&format!("{name}_fine"), &piece))
    }

    /// `a * b / c`, rounded, where the product may be too long: of columns, `c` above 0.
    pub(super) fn scaled(&mut self, name: &str, a: &Sql, b: &Sql, c: &Sql) -> Result<Sql, Refused> {
        if b == c {
            return Ok(a.clone());
        }
        let [a, b, c] = [("of", a), ("by", b), ("per", c)]
            .map(|(what, piece)| self.number(&format!("{name}_{what}"), piece));
        let size = size(&a);
        let whole = self.whole(&size, &c)?;
        let rest = self.rest(&size, &c);
        let twice = rest.times(&b)?.times(&Sql::int(2))?.plus(&c)?;
        let part = self.whole(&twice, &c.times(&Sql::int(2))?)?;
        let piece = signed(&a, &whole.times(&b)?.plus(&part)?)?;
        Ok(self.number(&format!("{name}_scaled"), &piece))
    }

    /// A whole number of units as people write it, without the zeros behind it.
    pub(super) fn shown(&self, number: &Sql, digits: u32) -> Result<Sql, Refused> {
        let fraction = sql!("REGEXP_REPLACE({}, '0+$', '')", self.fraction(number, digits)?);
        let is_whole = sql!("{} % {} = 0", number, Sql::int(ten_to(digits)?));
        let point = sql!("CASE WHEN {} THEN '' ELSE '.' || {} END", is_whole, fraction);
        Ok(sql!("{} || {}", self.sign_and_whole(number, digits)?, point))
    }

    /// The same with all its digits.
    pub(super) fn shown_at(&self, number: &Sql, digits: u32) -> Result<Sql, Refused> {
        let whole = self.sign_and_whole(number, digits)?;
        if digits == 0 {
            return Ok(whole);
        }
        Ok(sql!("{} || '.' || {}", whole, self.fraction(number, digits)?))
    }

    fn sign_and_whole(&self, number: &Sql, digits: u32) -> Result<Sql, Refused> {
        let text = Sql::new(self.dialect.text(), 0);
        let whole = self.whole(&size(number), &Sql::int(ten_to(digits)?))?;
        Ok(sql!("CASE WHEN {} < 0 THEN '-' ELSE '' END || CAST({} AS {})", number, whole, text))
    }

    fn fraction(&self, number: &Sql, digits: u32) -> Result<Sql, Refused> {
        let text = Sql::new(self.dialect.text(), 0);
        let rest = self.rest(&size(number), &Sql::int(ten_to(digits)?));
        Ok(sql!("LPAD(CAST({} AS {}), {}, '0')", rest, text, Sql::int(i128::from(digits))))
    }
}

/// A number without its sign.
pub(super) fn size(number: &Sql) -> Sql {
    number.number().map_or_else(|| sql!("ABS({})", number), |known| Sql::int(known.abs()))
}

/// A size with the sign of a number.
fn signed(number: &Sql, size: &Sql) -> Result<Sql, Refused> {
    let sign = match number.number() {
        Some(known) => Sql::int(if known < 0 { -1 } else { 1 }),
        None => sql!("CASE WHEN {} < 0 THEN -1 ELSE 1 END", number),
    };
    sign.times(size)
}

/// A choice between pieces.
pub(super) fn choice(branches: &[(Sql, Sql)], otherwise: &Sql) -> Sql {
    let mut possible: Vec<(Sql, Sql)> = Vec::new();
    let mut otherwise = otherwise.clone();
    for (when, then) in branches {
        if when.is_false() {
            continue;
        }
        if when.is_true() {
            otherwise = then.clone();
            break;
        }
        possible.push((when.clone(), then.clone()));
    }
    while possible.last().is_some_and(|(_, then)| *then == otherwise && then.number().is_some()) {
        possible.pop();
    }
    if possible.is_empty() {
        return otherwise;
    }
    let parts = possible.iter().map(|(when, then)| sql!("WHEN {} THEN {}", when, then));
    let parts: Vec<Sql> = parts.collect();
    let depth = parts.iter().map(|part| part.depth).max().unwrap_or_default();
    let text = parts.into_iter().map(|part| part.text).collect::<Vec<_>>().join(" ");
    let text = format!("CASE {text} ELSE {} END", otherwise.text);
    Sql::new(text, depth.max(otherwise.depth))
}

/// Points in units of [`FINE`] digits.
pub(super) fn fine(points: Decimal) -> Result<Sql, Refused> {
    in_units(points, FINE).map(Sql::int)
}

/// The words of a piece of SQL that may name columns.
fn words(text: &str) -> impl Iterator<Item = &str> {
    text.split(|c: char| !(c.is_ascii_alphanumeric() || c == '_'))
}

fn is_name(text: &str) -> bool {
    matches!(text, "NULL" | "TRUE" | "FALSE")
        || text.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_')
}
