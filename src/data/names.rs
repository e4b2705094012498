//! What the names in rows stand for. Files repeat them row by row, and to fold a name takes longer
//! than all else that is done with a row: each is looked up once.

use std::cell::OnceCell;
use std::collections::HashMap;
use std::rc::Rc;

use super::column;
use super::row::names_total;
use super::title::changes;
use crate::plan::{Plan, Quantity, RegionName};
use crate::spelling::fold_name;
use crate::unit::Unit;
use crate::year::Year;

/// What a name can stand for, by where it stands. Each is found out when it is first asked for.
#[derive(Debug)]
pub(super) struct Named<'a> {
    plan: &'a Plan,
    cell: String,
    quantity: OnceCell<Option<(Quantity, Option<Unit>)>>,
    region: OnceCell<RegionName<'a>>,
    year: OnceCell<Option<Year>>,
    is_total: OnceCell<bool>,
    changes_units: OnceCell<bool>,
    is_column: OnceCell<bool>,
    folded: OnceCell<String>,
}

impl<'a> Named<'a> {
    /// One that is looked up once, and not kept.
    pub(super) fn new(cell: &str, plan: &'a Plan) -> Self {
        Self {
            plan,
            cell: cell.to_owned(),
            quantity: OnceCell::new(),
            region: OnceCell::new(),
            year: OnceCell::new(),
            is_total: OnceCell::new(),
            changes_units: OnceCell::new(),
            is_column: OnceCell::new(),
            folded: OnceCell::new(),
        }
    }

    pub(super) fn quantity(&self) -> Option<&(Quantity, Option<Unit>)> {
        self.quantity.get_or_init(|| column::indicator(&self.cell, self.plan)).as_ref()
    }

    /// The region, and whether the plan knows it.
    pub(super) fn region(&self) -> RegionName<'a> {
        *self.region.get_or_init(|| self.plan.region_name(&self.cell))
    }

    pub(super) fn year(&self) -> Option<Year> {
        *self.year.get_or_init(|| column::year(&self.cell))
    }

    /// Whether it says that its row adds others up.
    pub(super) fn is_total(&self) -> bool {
        *self.is_total.get_or_init(|| names_total(self.folded()))
    }

    /// Whether it is a unit in which a value of the plan would be another number.
    pub(super) fn changes_units(&self) -> bool {
        *self.changes_units.get_or_init(|| changes(&Unit::new(&self.cell), self.plan))
    }

    /// Whether it names a column.
    pub(super) fn is_column(&self) -> bool {
        *self.is_column.get_or_init(|| column::is_name(&self.cell, self.plan))
    }

    pub(super) fn folded(&self) -> &str {
        self.folded.get_or_init(|| fold_name(&self.cell))
    }
}

/// The names that were looked up.
pub(super) struct Names<'a> {
    plan: &'a Plan,
    known: HashMap<String, Rc<Named<'a>>>,
}

/// So many names are kept; then they are forgotten, and looked up anew.
const MOST: usize = 5_000;

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
        let named = Rc::new(Named::new(cell, self.plan));
        self.known.insert(cell.to_owned(), Rc::clone(&named));
        named
    }
}
