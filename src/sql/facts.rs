//! The values of a region's year: measured or worked out, and why there is none.

use std::collections::BTreeMap;

use super::expression::{Ratio, Sql, in_units};
use super::item::Scored;
use super::refusal::Refused;
use super::sheet::{Sheet, choice, size};
use crate::formula::Formula;
use crate::plan::{Indicator, Plan, Quantity, Symbol};
use crate::year::Year;

/// Decimals that the table's values may have.
pub(super) const DECIMALS: u32 = 6;

/// Why there is no value or there are no points, as numbers of the query: what is more settled is
/// more.
pub(super) mod lack {
    /// Nothing lacks.
    pub(in crate::sql) const NOTHING: i128 = 0;
    /// A value that is needed is not there, or nothing can be worked out from it.
    pub(in crate::sql) const VALUE: i128 = 1;
    /// There is too little beside a value for it to be assessable.
    pub(in crate::sql) const ENOUGH: i128 = 2;
    /// It does not apply.
    pub(in crate::sql) const NOT_APPLICABLE: i128 = 3;
    /// A target that is referred to has no number yet. Never of a value.
    pub(in crate::sql) const TARGET: i128 = 4;
    /// What a condition asks for does not count. Of conditions alone.
    pub(in crate::sql) const COUNTED: i128 = -1;
}

/// A value, and why there is none.
#[derive(Clone, Debug)]
pub(super) struct Found {
    pub(super) value: Ratio,
    pub(super) lack: Sql,
}

/// A plan in a year, being put into columns.
pub(super) struct Facts<'a> {
    pub(super) plan: &'a Plan,
    pub(super) year: Year,
    pub(super) sheet: Sheet,
    /// What became of the items, by their index.
    pub(super) items: BTreeMap<usize, Scored>,
    /// Whether what is worked out is a condition, which may ask for what does not count.
    pub(super) asks_for_counted: bool,
    measured: BTreeMap<(Quantity, Year), Found>,
    worked: BTreeMap<(usize, Year), Found>,
}

impl<'a> Facts<'a> {
    pub(super) fn new(plan: &'a Plan, year: Year, sheet: Sheet) -> Self {
        let (items, measured, worked) = Default::default();
        Self { plan, year, sheet, items, asks_for_counted: false, measured, worked }
    }

    /// The number that a quantity has in a year: progress in per cent, classes by their place below
    /// zero, so that the best is the most.
    pub(super) fn number(&mut self, quantity: Quantity, year: Year) -> Result<Found, Refused> {
        let plan = self.plan;
        if let Quantity::Item(index) = quantity
            && let Some(item) = plan.indicators().get(index)
            && let Some(formula) = &item.formula
        {
            return self.worked_out(index, item, formula, year);
        }
        let Found { value, lack } = self.measured(quantity, year);
        let needs = self.required(quantity, year)?;
        let lack = first(&[lack, needs]);
        let lack = self.sheet.name(&format!("{}_usable", name(quantity)), &lack);
        Ok(Found { value, lack })
    }

    fn measured(&mut self, quantity: Quantity, year: Year) -> Found {
        if let Some(known) = self.measured.get(&(quantity, year)) {
            return known.clone();
        }
        let (at, when) = self.at(year);
        let name = format!("{}{when}", name(quantity));
        let of = |column: &str| {
            let place = place(self.plan, quantity);
            format!("MAX(CASE WHEN v.place = {place} AND v.year = {at} THEN v.{column} END)")
        };
        let lacks = if year == self.year {
            format!("COALESCE({}, {})", of("lack"), lack::VALUE)
        } else {
            format!("CASE WHEN {} = 0 THEN 0 ELSE {} END", of("lack"), lack::VALUE)
        };
        let number = of("number");
        let number = self.sheet.take(&name, number);
        let lack = self.sheet.take(&format!("{name}_lack"), lacks);
        let ratio = Ratio::units(&number, 10_i128.pow(DECIMALS));
        let value = ratio.unwrap_or_else(|_| Ratio::int(0));
        let found = Found { value, lack };
        self.measured.insert((quantity, year), found.clone());
        found
    }

    /// The text that stands in the table.
    pub(super) fn text(&mut self, quantity: Quantity) -> Sql {
        let text = format!(
            "MAX(CASE WHEN v.place = {} AND v.year = g.year THEN v.text END)",
            place(self.plan, quantity)
        );
        self.sheet.take(&format!("{}_text", name(quantity)), text)
    }

    /// A year as the query writes it, and what it adds to a name.
    fn at(&self, year: Year) -> (String, String) {
        if year == self.year {
            ("g.year".to_owned(), String::new())
        } else if year == self.year.before() {
            ("g.year - 1".to_owned(), "_last".to_owned())
        } else {
            (year.to_string(), format!("_{year}"))
        }
    }

    /// Whether there is enough of all that a value needs to be assessable.
    pub(super) fn required(&mut self, of: Quantity, year: Year) -> Result<Sql, Refused> {
        let needs = match of {
            Quantity::Item(index) => self.plan.indicators().get(index).map(|item| &item.needs),
            Quantity::Input(index) => self.plan.inputs().get(index).map(|input| &input.needs),
        };
        let mut lacks = Vec::new();
        for need in needs.into_iter().flatten() {
            let Found { value, lack } = self.number(need.of, year)?;
            let is_less = value.compared("<", &Ratio::of(need.least)?)?;
            let piece = choice(
                &[
                    (lack.compared("=", &Sql::int(lack::NOT_APPLICABLE)), Sql::int(lack::VALUE)),
                    (lack.compared("<>", &Sql::int(lack::NOTHING)), lack.clone()),
                    (is_less, Sql::int(lack::ENOUGH)),
                ],
                &Sql::int(lack::NOTHING),
            );
            lacks.push(self.sheet.name(&format!("{}_enough", name(of)), &piece));
        }
        Ok(most(&lacks))
    }

    fn worked_out(
        &mut self,
        index: usize,
        item: &'a Indicator,
        formula: &'a Formula<Symbol>,
        year: Year,
    ) -> Result<Found, Refused> {
        if let Some(known) = self.worked.get(&(index, year)) {
            return Ok(known.clone());
        }
        let quantity = Quantity::Item(index);
        let name = format!("{}{}", name(quantity), self.at(year).1);
        let needs = self.required(quantity, year)?;
        let Found { value, lack } = self.evaluated(formula, item, year, &name)?;
        let lack = if year == self.year { lack } else { not_for_now(&lack) };
        let lack = self.sheet.name(&format!("{name}_lack"), &first(&[needs, lack]));
        let found = Found { value, lack };
        self.worked.insert((index, year), found.clone());
        Ok(found)
    }

    /// What a formula of an item comes to in a year.
    fn evaluated(
        &mut self,
        formula: &'a Formula<Symbol>,
        item: &'a Indicator,
        year: Year,
        name: &str,
    ) -> Result<Found, Refused> {
        let mut look = |facts: &mut Self, symbol: &Symbol| match symbol {
            Symbol::Value(quantity, when) => {
                let year = facts.plan.year_of(*when, year, Some(item));
                match year {
                    Some(year) => facts.number(*quantity, year),
                    None => Ok(Found { value: Ratio::int(0), lack: Sql::int(lack::VALUE) }),
                }
            }
            Symbol::Points => {
                let value = Ratio::of(item.points)?;
                Ok(Found { value, lack: Sql::int(lack::NOTHING) })
            }
            _ => Ok(Found { value: Ratio::int(0), lack: Sql::int(lack::VALUE) }),
        };
        self.number_of(formula, name, &mut look)
    }

    /// What is small enough to go on with: below 10^15.
    pub(super) fn kept(&mut self, name: &str, found: &Found) -> Result<Found, Refused> {
        let value = self.sheet.ratio(name, &found.value);
        if value.known().is_some() {
            return Ok(Found { value, lack: found.lack.clone() });
        }
        let (num, den) = value.parts()?;
        let num = self.sheet.number(name, &num);
        let whole = self.sheet.whole(&size(&num), &den)?;
        let is_large = whole.compared(">=", &Sql::int(10_i128.pow(15)));
        let too_large = choice(&[(is_large, Sql::int(lack::VALUE))], &Sql::int(lack::NOTHING));
        let lack =
            self.sheet.name(&format!("{name}_lack"), &first(&[found.lack.clone(), too_large]));
        Ok(Found { value, lack })
    }
}

/// What does not apply in another year than the one that is scored is only missing.
fn not_for_now(lack: &Sql) -> Sql {
    let is_final = lack.compared("=", &Sql::int(lack::NOT_APPLICABLE));
    choice(&[(is_final, Sql::int(lack::VALUE))], lack)
}

/// The first lack of several that are looked at one after the other.
pub(super) fn first(lacks: &[Sql]) -> Sql {
    let mut parts = Vec::new();
    for lack in lacks {
        if lack.is(lack::NOTHING) {
            continue;
        }
        parts.push(lack.clone());
        if lack.number().is_some() {
            break;
        }
    }
    let Some(last) = parts.pop() else { return Sql::int(lack::NOTHING) };
    let branches: Vec<_> = parts
        .into_iter()
        .map(|part| (part.compared("<>", &Sql::int(lack::NOTHING)), part.clone()))
        .collect();
    choice(&branches, &last)
}

/// The most settled lack of several.
pub(super) fn most(lacks: &[Sql]) -> Sql {
    let mut parts: Vec<&Sql> = Vec::new();
    for lack in lacks {
        if !lack.is(lack::NOTHING) && !parts.contains(&lack) {
            parts.push(lack);
        }
    }
    match parts.as_slice() {
        [] => Sql::int(lack::NOTHING),
        [one] => (*one).clone(),
        all => {
            let depth = all.iter().map(|part| part.depth).max().unwrap_or_default();
            let texts: Vec<_> = all.iter().map(|part| part.text.as_str()).collect();
            Sql::new(format!("GREATEST({})", texts.join(", ")), depth)
        }
    }
}

/// What the columns of a quantity are called.
pub(super) fn name(quantity: Quantity) -> String {
    match quantity {
        Quantity::Item(index) => format!("i{}", index + 1),
        Quantity::Input(index) => format!("x{}", index + 1),
    }
}

/// Its number in the query: items before inputs.
pub(super) fn place(plan: &Plan, quantity: Quantity) -> usize {
    match quantity {
        Quantity::Item(index) => index + 1,
        Quantity::Input(index) => plan.indicators().len() + index + 1,
    }
}

/// A number of the table's units.
pub(super) fn in_table(number: rust_decimal::Decimal) -> Result<i128, Refused> {
    in_units(number, DECIMALS)
}
