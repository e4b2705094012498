//! Formulas as SQL: the same branches are taken, the same parts decide, and the same lacks tell.

use super::expression::{Ratio, Sql, sql, ten_to};
use super::facts::{Facts, Found, first, lack, most};
use super::refusal::Refused;
use crate::formula::Formula;
use crate::formula::expression::{Operator, Relation};
use crate::formula::tree::{Function, Tree};
use crate::plan::{Rounding, Symbol, Ties};

/// Gives the value of a number's symbol.
pub(super) type Look<'l, 'a> = &'l mut dyn FnMut(&mut Facts<'a>, &Symbol) -> Result<Found, Refused>;

/// What a part of a formula is.
enum Part {
    Number(Ratio),
    Truth(Sql),
    Text(Sql),
}

/// A part and why it has no value.
struct Known {
    part: Part,
    lack: Sql,
}

impl<'a> Facts<'a> {
    /// What a formula comes to that is a number.
    pub(super) fn number_of(
        &mut self,
        formula: &'a Formula<Symbol>,
        name: &str,
        look: Look<'_, 'a>,
    ) -> Result<Found, Refused> {
        let found = self.number_in(formula.tree(), name, look)?;
        self.kept(name, &found)
    }

    /// Whether a condition holds, and why that cannot be told.
    pub(super) fn truth_of(
        &mut self,
        formula: &'a Formula<Symbol>,
        name: &str,
        look: Look<'_, 'a>,
    ) -> Result<(Sql, Sql), Refused> {
        self.truth_in(formula.tree(), name, look)
    }

    fn number_in(
        &mut self,
        tree: &'a Tree<Symbol>,
        name: &str,
        look: Look<'_, 'a>,
    ) -> Result<Found, Refused> {
        match self.part(tree, name, look)? {
            Known { part: Part::Number(value), lack } => {
                let value = self.sheet.ratio(&format!("{name}_part"), &value);
                let lack = self.sheet.name(&format!("{name}_part_lack"), &lack);
                Ok(Found { value, lack })
            }
            _ => Err(other_kind()),
        }
    }

    fn truth_in(
        &mut self,
        tree: &'a Tree<Symbol>,
        name: &str,
        look: Look<'_, 'a>,
    ) -> Result<(Sql, Sql), Refused> {
        match self.part(tree, name, look)? {
            Known { part: Part::Truth(truth), lack } => {
                let truth = self.sheet.name(&format!("{name}_is"), &truth);
                let lack = self.sheet.name(&format!("{name}_is_lack"), &lack);
                Ok((truth, lack))
            }
            _ => Err(other_kind()),
        }
    }

    fn part(
        &mut self,
        tree: &'a Tree<Symbol>,
        name: &str,
        look: Look<'_, 'a>,
    ) -> Result<Known, Refused> {
        let number = |found: Found| Known { part: Part::Number(found.value), lack: found.lack };
        let truth = |(truth, lack)| Known { part: Part::Truth(truth), lack };
        Ok(match tree {
            Tree::Number { value, per_cent } => {
                let value = Ratio::of(*value)?;
                let value = if *per_cent { value.over(&Ratio::int(100))? } else { value };
                Known { part: Part::Number(value), lack: Sql::int(lack::NOTHING) }
            }
            Tree::Text(text) => {
                let text = self.sheet.quoted(text);
                Known { part: Part::Text(text), lack: Sql::int(lack::NOTHING) }
            }
            Tree::Symbol(Symbol::State(index)) => {
                let text = self.state(*index);
                Known { part: Part::Text(text), lack: Sql::int(lack::NOTHING) }
            }
            Tree::Symbol(symbol) => number(look(self, symbol)?),
            Tree::Negated(inner) => {
                let Found { value, lack } = self.number_in(inner, name, look)?;
                Known { part: Part::Number(value.negated()), lack }
            }
            Tree::Not(inner) => {
                let (is_so, lack) = self.truth_in(inner, name, look)?;
                truth((is_so.not(), lack))
            }
            Tree::Chain(head, rest) => number(self.chain(head, rest, name, look)?),
            Tree::Compared(sides, relation) => truth(self.compared(sides, *relation, name, look)?),
            Tree::All(parts) => truth(self.all_are(parts, true, name, look)?),
            Tree::Any(parts) => truth(self.all_are(parts, false, name, look)?),
            Tree::Call(function, arguments) => number(self.call(*function, arguments, name, look)?),
            Tree::Rounded(inner, digits) => {
                let Found { value, lack } = self.number_in(inner, name, look)?;
                let ties = self.plan.scoring().round.ties;
                let rounding = Rounding { digits: *digits, ties };
                let rounded = self.sheet.at_digits(name, &value, rounding)?;
                Known { part: Part::Number(Ratio::units(&rounded, ten_to(*digits)?)?), lack }
            }
            Tree::If(branches, last) => return self.branches(branches, last, name, look),
        })
    }

    fn chain(
        &mut self,
        head: &'a Tree<Symbol>,
        rest: &'a [(Operator, Tree<Symbol>)],
        name: &str,
        look: Look<'_, 'a>,
    ) -> Result<Found, Refused> {
        let Found { mut value, lack } = self.number_in(head, name, look)?;
        let mut lacks = vec![lack];
        for (operator, part) in rest {
            let Found { value: other, lack } = self.number_in(part, name, look)?;
            lacks.push(lack);
            value = match operator {
                Operator::Plus => value.plus(&other)?,
                Operator::Minus => value.minus(&other)?,
                Operator::Times => value.times(&other)?,
                Operator::Over => {
                    let is_zero = other.compared("=", &Ratio::int(0))?;
                    lacks.push(choice_of_lack(&is_zero));
                    value.over(&other)?
                }
            };
        }
        Ok(Found { value, lack: self.worst(&lacks) })
    }

    fn compared(
        &mut self,
        sides: &'a [Tree<Symbol>; 2],
        relation: Relation,
        name: &str,
        look: Look<'_, 'a>,
    ) -> Result<(Sql, Sql), Refused> {
        let [a, b] = sides;
        let (a, b) = (self.part(a, name, look)?, self.part(b, name, look)?);
        let sign = match relation {
            Relation::Equal => "=",
            Relation::Unequal => "<>",
            Relation::Below => "<",
            Relation::AtMost => "<=",
            Relation::Above => ">",
            Relation::AtLeast => ">=",
        };
        let is_so = match (&a.part, &b.part) {
            (Part::Number(a), Part::Number(b)) => {
                let a = self.sheet.ratio(&format!("{name}_part"), a);
                let b = self.sheet.ratio(&format!("{name}_part"), b);
                a.compared(sign, &b)?
            }
            (Part::Text(a), Part::Text(b)) => sql!("({} {} {})", a, Sql::new(sign, 0), b),
            _ => return Err(other_kind()),
        };
        Ok((is_so, self.worst(&[a.lack, b.lack])))
    }

    /// Whether all parts are so, or, of the other kind, one is: what decides does so whatever lacks
    /// beside it.
    fn all_are(
        &mut self,
        parts: &'a [Tree<Symbol>],
        so: bool,
        name: &str,
        look: Look<'_, 'a>,
    ) -> Result<(Sql, Sql), Refused> {
        let (mut all, mut decided, mut lacks) = (Sql::truth(so), Sql::truth(false), Vec::new());
        for part in parts {
            let (is_so, lack) = self.truth_in(part, name, look)?;
            let decides = if so { is_so.not() } else { is_so.clone() };
            let is_known = lack.compared("=", &Sql::int(lack::NOTHING));
            decided = decided.or(&is_known.and(&decides));
            all = if so { all.and(&is_so) } else { all.or(&is_so) };
            lacks.push(lack);
        }
        let worst = self.worst(&lacks);
        if worst.is(lack::NOTHING) {
            return Ok((all, worst));
        }
        let decided = self.sheet.name(&format!("{name}_decided"), &decided);
        let branches = [(decided, Sql::int(lack::NOTHING))];
        Ok((all, super::sheet::choice(&branches, &worst)))
    }

    fn call(
        &mut self,
        function: Function,
        arguments: &'a [Tree<Symbol>],
        name: &str,
        look: Look<'_, 'a>,
    ) -> Result<Found, Refused> {
        let mut found: Option<Ratio> = None;
        let mut lacks = Vec::new();
        for argument in arguments {
            let Found { value, lack } = self.number_in(argument, name, look)?;
            lacks.push(lack);
            found = Some(match (function, found) {
                (Function::Min | Function::Max, Some(before)) => {
                    let sign = if function == Function::Min { "<=" } else { ">=" };
                    let keeps = before.compared(sign, &value)?;
                    let picked = self.sheet.pick(&[(keeps, before)], &value)?;
                    self.sheet.ratio(&format!("{name}_part"), &picked)
                }
                (Function::Min | Function::Max, None) => value,
                (Function::Abs, _) => {
                    let is_below = value.compared("<", &Ratio::int(0))?;
                    self.sheet.pick(&[(is_below, value.negated())], &value)?
                }
                (Function::Floor | Function::Ceil, _) => self.whole_part(function, &value, name)?,
            });
        }
        let value = found.ok_or_else(other_kind)?;
        Ok(Found { value, lack: self.worst(&lacks) })
    }

    fn whole_part(
        &mut self,
        function: Function,
        value: &Ratio,
        name: &str,
    ) -> Result<Ratio, Refused> {
        let (num, den) = value.parts()?;
        let num = self.sheet.number(&format!("{name}_part"), &num);
        let den = self.sheet.number(&format!("{name}_part_per"), &den);
        let whole = self.sheet.whole(&num, &den)?;
        let whole = self.sheet.number(&format!("{name}_whole"), &whole);
        let back = Ratio::units(&whole, 1)?;
        let (sign, step) = if function == Function::Floor { (">", -1) } else { ("<", 1) };
        let is_beyond = back.compared(sign, value)?;
        let moved = back.plus(&Ratio::int(step))?;
        self.sheet.pick(&[(is_beyond, moved)], &back)
    }

    fn branches(
        &mut self,
        branches: &'a [[Tree<Symbol>; 2]],
        last: &'a Tree<Symbol>,
        name: &str,
        look: Look<'_, 'a>,
    ) -> Result<Known, Refused> {
        let mut whens: Vec<Sql> = Vec::new();
        let mut parts = Vec::new();
        let mut lacks: Vec<(Sql, Sql)> = Vec::new();
        for [condition, branch] in branches {
            let (is_so, lack) = self.truth_in(condition, name, look)?;
            lacks.push((lack.compared("<>", &Sql::int(lack::NOTHING)), lack));
            let known = self.part(branch, name, look)?;
            lacks.push((is_so.clone(), known.lack));
            whens.push(is_so);
            parts.push(known.part);
        }
        let last = self.part(last, name, look)?;
        let lack = super::sheet::choice(&lacks, &last.lack);
        let part = match last.part {
            Part::Number(otherwise) => {
                let parts = parts.into_iter().map(|part| match part {
                    Part::Number(ratio) => Ok(self.sheet.ratio(&format!("{name}_part"), &ratio)),
                    _ => Err(other_kind()),
                });
                let parts = parts.collect::<Result<Vec<_>, _>>()?;
                let branches: Vec<_> = whens.into_iter().zip(parts).collect();
                Part::Number(self.sheet.pick(&branches, &otherwise)?)
            }
            Part::Truth(otherwise) => {
                let parts = parts.into_iter().map(|part| match part {
                    Part::Truth(truth) => Ok(truth),
                    _ => Err(other_kind()),
                });
                let parts = parts.collect::<Result<Vec<_>, _>>()?;
                let branches: Vec<_> = whens.into_iter().zip(parts).collect();
                Part::Truth(sql!("({})", super::sheet::choice(&branches, &otherwise)))
            }
            Part::Text(_) => return Err(other_kind()),
        };
        Ok(Known { part, lack })
    }

    /// The most settled lack of several; of conditions that also ask for what may not count, the
    /// first of those that are as settled.
    fn worst(&mut self, lacks: &[Sql]) -> Sql {
        let worst = most(lacks);
        if !self.asks_for_counted {
            return worst;
        }
        let settled = worst.compared(">=", &Sql::int(lack::ENOUGH));
        super::sheet::choice(&[(settled, worst.clone())], &first(lacks))
    }

    /// How the plan rounds in formulas.
    pub(super) fn ties(&self) -> Ties {
        self.plan.scoring().round.ties
    }
}

fn choice_of_lack(when: &Sql) -> Sql {
    super::sheet::choice(&[(when.clone(), Sql::int(lack::VALUE))], &Sql::int(lack::NOTHING))
}

fn other_kind() -> Refused {
    Refused::new("its formula is of another kind than was said")
}
