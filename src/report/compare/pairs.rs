//! What of two results is compared with what.

use std::collections::{BTreeMap, BTreeSet};

use super::NotComparable;
use crate::report::change::Compared;
use crate::report::former::Former;
use crate::report::result::{Assessed, Published};

pub(super) type Paired = (Vec<(Assessed, Assessed)>, [Vec<Assessed>; 2]);

/// Pairs the regions of each year; of two results without a year in common those of one year each.
pub(super) fn pair_all(old: Vec<Assessed>, new: Vec<Assessed>) -> Result<Paired, NotComparable> {
    fn region(one: &Assessed) -> &str {
        &one.compared.region
    }
    let of_years = |all: &[Assessed]| -> BTreeSet<(String, u16)> {
        all.iter().map(|one| (region(one).to_owned(), one.compared.year)).collect()
    };
    let regions = |all: &[Assessed]| -> BTreeSet<String> {
        all.iter().map(|one| region(one).to_owned()).collect()
    };
    if !of_years(&old).is_disjoint(&of_years(&new)) {
        return Ok(pair(old, new, |one| (region(one).to_owned(), one.compared.year)));
    }
    if regions(&old).is_disjoint(&regions(&new)) {
        return Err(NotComparable::Regions);
    }
    if [&old, &new].iter().any(|all| regions(all).len() < all.len()) {
        return Err(NotComparable::Years);
    }
    Ok(pair(old, new, |one| region(one).to_owned()))
}

/// Pairs what has one key, in the order of the later result.
fn pair<K: Ord>(old: Vec<Assessed>, new: Vec<Assessed>, key: impl Fn(&Assessed) -> K) -> Paired {
    let mut before: BTreeMap<K, Assessed> = old.into_iter().map(|one| (key(&one), one)).collect();
    let (mut pairs, mut alone) = (Vec::new(), Vec::new());
    for one in new {
        match before.remove(&key(&one)) {
            Some(old) => pairs.push((old, one)),
            None => alone.push(one),
        }
    }
    (pairs, [before.into_values().collect(), alone])
}

/// Keeps of a later one what its values come to by the earlier plan, as far as the two results tell it.
pub(super) fn settle_former(
    before: &Compared,
    after: &mut Compared,
    [earlier, later]: [&Published; 2],
) {
    let asks_the_same = later.plan().asks_as(earlier.plan(), before.year);
    let former = std::mem::take(&mut after.former);
    after.former = match after.year.checked_sub(before.year) {
        Some(0) if asks_the_same => Former::AsNow,
        Some(0) if earlier.has_values_of(later) => Former::AsBefore,
        Some(1) if asks_the_same => former,
        _ => Former::Unknown,
    };
}
