//! The assessments of each region over the years, for what shows them side by side.

use std::collections::BTreeMap;

use super::Head;
use super::change::{Change, Compared, ComparedItem, What, changes, limit_changes};
use super::words::Words;
use crate::assessment::Assessment;

/// Regions in the order in which they come, with their years.
#[derive(Default)]
pub(super) struct Histories {
    regions: Vec<(String, Vec<Compared>)>,
}

impl Histories {
    /// Takes the next assessment; those of a region come one after the other, by year. Of a single
    /// year nothing is kept: there is nothing beside it.
    pub(super) fn add(&mut self, assessment: &Assessment<'_>, head: &Head<'_>, words: &Words) {
        if head.years.is_single() {
            return;
        }
        let compared = Compared::of(assessment, head, words);
        match self.regions.last_mut() {
            Some((region, years)) if region == assessment.region => years.push(compared),
            _ => self.regions.push((assessment.region.to_owned(), vec![compared])),
        }
    }

    /// The regions that have more than one year.
    pub(super) fn of_several_years(&self) -> impl Iterator<Item = (&str, &[Compared])> {
        let several = self.regions.iter().filter(|(_, years)| years.len() > 1);
        several.map(|(region, years)| (region.as_str(), years.as_slice()))
    }
}

/// The year before of the region that comes, for formats that write as assessments come.
#[derive(Default)]
pub(super) struct Latest(Option<Compared>);

impl Latest {
    /// Takes the next assessment, and gives it with the year before of its region, where there is one.
    pub(super) fn follow(
        &mut self,
        assessment: &Assessment<'_>,
        head: &Head<'_>,
        words: &Words,
    ) -> Option<(Compared, &Compared)> {
        if head.years.is_single() {
            return None;
        }
        let before = self.0.take().filter(|before| before.region == assessment.region);
        let after = self.0.insert(Compared::of(assessment, head, words));
        before.map(|before| (before, &*after))
    }
}

/// Whether the sums before and after are told with what moved points.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Sums {
    Told,
    /// They would fill pages, and stand with the items.
    LeftOut,
}

/// What is told of an item in a year: on a line, or a line each for value, target, state and points.
pub(super) struct Told {
    pub(super) joined: String,
    pub(super) apart: String,
}

/// The years of a region as texts.
pub(super) struct SideBySide {
    pub(super) title: String,
    /// The item, then a year each.
    pub(super) columns: Vec<String>,
    pub(super) rows: Vec<Vec<Told>>,
    /// From each year to the next: the score, and the items that moved it.
    pub(super) reasons: Vec<(String, Vec<String>)>,
}

impl Histories {
    /// The regions that have more than one year, as texts.
    pub(super) fn side_by_side(&self, words: &Words, sums: Sums) -> Vec<SideBySide> {
        let region = |(region, years): (&str, &[Compared])| {
            let years_of = years.iter().map(|year| year.year.to_string());
            let row = |(name, of_years): (String, Vec<Option<&ComparedItem>>)| {
                let name = Told { apart: name.clone(), joined: name };
                let cells = of_years.into_iter().map(|item| Told::of(item, words));
                std::iter::once(name).chain(cells).collect()
            };
            SideBySide {
                title: words.with_aside(words.over_years, region),
                columns: std::iter::once(words.indicator.to_owned()).chain(years_of).collect(),
                rows: items(years).into_iter().map(row).collect(),
                reasons: reasons(years, words, sums),
            }
        };
        self.of_several_years().map(region).collect()
    }
}

impl Told {
    /// `28 μg/m³ (≤ 30 μg/m³), met, 6/6`.
    fn of(item: Option<&ComparedItem>, words: &Words) -> Self {
        let Some(item) = item else {
            return Self { joined: "–".to_owned(), apart: "–".to_owned() };
        };
        let ComparedItem { value, target, state, points, .. } = item;
        let target = if target.is_empty() { String::new() } else { words.aside(target) };
        let whole = match (value.as_str(), item.target.as_str()) {
            ("", _) => target.clone(),
            (value, "") => value.to_owned(),
            (value, target) => words.with_aside(value, target),
        };
        let join = |parts: &[&String], between: &str| {
            let parts = parts.iter().map(|part| part.as_str()).filter(|part| !part.is_empty());
            parts.collect::<Vec<_>>().join(between)
        };
        Self {
            joined: join(&[&whole, state, points], words.list_comma),
            apart: join(&[value, &target, state, points], "\n"),
        }
    }
}

/// From each year to the next: the score, and the items that moved it.
pub(super) fn reasons(years: &[Compared], words: &Words, sums: Sums) -> Vec<(String, Vec<String>)> {
    let pairs = years.iter().zip(years.iter().skip(1));
    let reasons = pairs.map(|(before, after)| {
        let moved = changes(before, after).into_iter().filter(Change::moved);
        let moved = moved.map(|mut change| {
            change.what.retain(|(what, ..)| sums == Sums::Told || *what != What::Sum);
            words.change(&change)
        });
        let moved: Vec<String> =
            limit_changes(before, after, words).into_iter().chain(moved).collect();
        let moved = if moved.is_empty() { vec![words.nothing_moved.to_owned()] } else { moved };
        (words.score_from_to(before, after), moved)
    });
    reasons.collect()
}

/// Every item that any of the years has, with what it was in each.
pub(super) fn items(years: &[Compared]) -> Vec<(String, Vec<Option<&ComparedItem>>)> {
    let mut names: Vec<(&str, &str)> = Vec::new();
    let mut at: BTreeMap<&str, Vec<Option<&ComparedItem>>> = BTreeMap::new();
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
