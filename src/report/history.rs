//! The assessments of each region over the years, for what shows them side by side.

use std::collections::BTreeMap;

use super::Head;
use super::change::{Brief, ItemBrief};
use super::words::Words;
use crate::assessment::Assessment;

/// Regions in the order in which they come, with their years.
#[derive(Default)]
pub(super) struct Histories {
    regions: Vec<(String, Vec<Brief>)>,
}

impl Histories {
    /// Takes the next assessment; those of a region come one after the other, by year.
    pub(super) fn add(&mut self, assessment: &Assessment<'_>, head: &Head<'_>, words: &Words) {
        let brief = Brief::of(assessment, head, words);
        match self.regions.last_mut() {
            Some((region, years)) if region == assessment.region => years.push(brief),
            _ => self.regions.push((assessment.region.to_owned(), vec![brief])),
        }
    }

    /// The regions that have more than one year.
    pub(super) fn of_several_years(&self) -> impl Iterator<Item = (&str, &[Brief])> {
        let several = self.regions.iter().filter(|(_, years)| years.len() > 1);
        several.map(|(region, years)| (region.as_str(), years.as_slice()))
    }
}

/// Every item that any of the years has, with what it was in each.
pub(super) fn items(years: &[Brief]) -> Vec<(String, Vec<Option<&ItemBrief>>)> {
    let mut names: Vec<(&str, &str)> = Vec::new();
    let mut at: BTreeMap<&str, Vec<Option<&ItemBrief>>> = BTreeMap::new();
    for (index, year) in years.iter().enumerate() {
        for item in &year.items {
            let of_years = at.entry(&item.id).or_insert_with(|| {
                names.push((&item.id, &item.name));
                vec![None; years.len()]
            });
            if let Some(place) = of_years.get_mut(index) {
                *place = Some(item);
            }
        }
    }
    let named =
        names.into_iter().map(|(id, name)| (name.to_owned(), at.remove(id).unwrap_or_default()));
    named.collect()
}
