//! What this year's values come to by the plan of the year before.

use std::sync::OnceLock;

use super::facts::Facts;
use super::field::Fields;
use super::{Assessment, assess_by};
use crate::plan::{Book, Plan};
use crate::year::Year;

/// The plan of the year before (上年方案) for the regions of an assessor, made where it is asked for.
#[derive(Debug)]
pub(super) struct FormerPlan<'a> {
    book: &'a Book,
    /// One of these regions.
    region: &'a str,
    year: Year,
    made: OnceLock<Option<(Plan, Fields)>>,
}

impl<'a> FormerPlan<'a> {
    pub(super) fn new(book: &'a Book, region: &'a str, year: Year) -> Self {
        Self { book, region, year, made: OnceLock::new() }
    }

    /// The plan, with the fields of its ranked items; none of the first year.
    pub(super) fn plan(&self) -> Option<&(Plan, Fields)> {
        let made = self.made.get_or_init(|| {
            let plan = self.book.before(self.region, self.year)?;
            let fields = Fields::new(&plan);
            Some((plan, fields))
        });
        made.as_ref()
    }
}

impl<'a> Assessment<'a> {
    /// What this year's values come to by the plan of the year before: what is other than in that year is
    /// the values' doing, and what is other in this assessment is the plan's. None of the first year, or
    /// where the assessor was not told of that plan.
    pub fn by_former_plan(&self) -> Option<Assessment<'a>> {
        self.facts.by_former_plan().map(assess_by)
    }
}

impl<'a> Facts<'a> {
    fn by_former_plan(&self) -> Option<Self> {
        let (plan, fields) = self.former?.plan()?;
        Some(self.with_plan(plan, fields))
    }
}
