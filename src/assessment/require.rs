//! Whether there is enough of what a value needs to be assessable.

use super::absence::Absence;
use super::facts::Facts;
use crate::formula::Absent;
use crate::plan::{Need, Quantity};
use crate::year::Year;

impl Facts<'_> {
    /// That there is enough of all that a value needs to be assessable.
    pub(super) fn require(&self, of: Quantity, year: Year) -> Result<(), Absence> {
        let needs = self.plan.needs_of(of);
        if needs.is_empty() {
            return Ok(());
        }
        if let Some(known) = self.required.borrow().get(&(year, of)) {
            return known.clone();
        }
        let required = self.require_all(needs, of, year);
        self.required.borrow_mut().insert((year, of), required.clone());
        required
    }

    /// Too little of one outweighs that another is missing.
    fn require_all(&self, needs: &[Need], of: Quantity, year: Year) -> Result<(), Absence> {
        let mut absent: Option<Absence> = None;
        for need in needs {
            if let Err(absence) = self.require_one(need, of, year)
                && absent.as_ref().is_none_or(|first| absence.finality() > first.finality())
            {
                absent = Some(absence);
            }
        }
        absent.map_or(Ok(()), Err)
    }

    /// What is needed is no less missing where a row says that it does not apply.
    fn require_one(&self, need: &Need, of: Quantity, year: Year) -> Result<(), Absence> {
        let Need { of: needed, least, .. } = *need;
        let has = self.number(needed, year).map_err(|absence| match absence {
            Absence::NotApplicable(_) => Absence::Value(needed, year),
            other => other,
        })?;
        if has < least {
            return Err(Absence::TooFew { of, year, needed, has, least });
        }
        Ok(())
    }
}
