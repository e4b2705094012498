//! What the names in rows stand for. Files repeat them row by row, and to fold a name takes longer
//! than all else that is done with a row: each is looked up once.

use std::collections::HashMap;
use std::rc::Rc;

use super::column;
use super::row::is_total;
use super::title::changes;
use crate::plan::{Plan, Quantity, RegionName};
use crate::spelling::fold_name;
use crate::unit::Unit;
use crate::year::Year;

/// What a name can stand for, by where it stands.
#[derive(Debug)]
pub(super) struct Named<'a> {
    pub(super) quantity: Option<(Quantity, Option<Unit>)>,
    pub(super) region: RegionName<'a>,
    pub(super) year: Option<Year>,
    /// Whether it says that its row adds others up.
    pub(super) is_total: bool,
    /// Whether it is a unit in which a value of the plan would be another number.
    pub(super) changes_units: bool,
    /// Whether it names a column.
    pub(super) is_column: bool,
    pub(super) folded: String,
}

/// The names that were looked up.
pub(super) struct Names<'a> {
    plan: &'a Plan,
    known: HashMap<String, Rc<Named<'a>>>,
}

/// So many names are kept; then they are forgotten, and looked up anew.
const MOST: usize = 100_000;

impl<'a> Names<'a> {
    pub(super) fn new(plan: &'a Plan) -> Self {
        Self { plan, known: HashMap::new() }
    }

    /// What a cell that names something stands for.
    pub(super) fn of(&mut self, cell: &str) -> Rc<Named<'a>> {
        if let Some(named) = self.known.get(cell) {
            return Rc::clone(named);
        }
        if self.known.len() >= MOST {
            self.known.clear();
        }
        let named = Rc::new(Named {
            quantity: column::indicator(cell, self.plan),
            region: self.plan.region_name(cell),
            year: column::year(cell),
            is_total: is_total(cell),
            changes_units: changes(&Unit::new(cell), self.plan),
            is_column: column::is_name(cell, self.plan),
            folded: fold_name(cell),
        });
        self.known.insert(cell.to_owned(), Rc::clone(&named));
        named
    }
}
