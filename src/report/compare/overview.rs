//! Many regions and years that are compared, a line each; and their places among each other.

use std::collections::BTreeMap;

use rust_decimal::Decimal;

use super::different::{Different, Listed};
use super::why::why_told;
use super::{dashed, from_to};
use crate::assessment::places;
use crate::number::{show, with_digits};
use crate::report::change::Compared;
use crate::report::line::signed;
use crate::report::parts::Parts;
use crate::report::result::Assessed;
use crate::report::words::Words;

/// The places of the regions of a result, by the year and the region.
pub(super) struct Places<'a> {
    placed: BTreeMap<(u16, &'a str), usize>,
    /// How many regions each year has.
    regions: BTreeMap<u16, usize>,
}

impl<'a> Places<'a> {
    pub(super) fn of(all: impl Iterator<Item = &'a Assessed>) -> Self {
        let mut years: BTreeMap<u16, Vec<&Compared>> = BTreeMap::new();
        for one in all {
            years.entry(one.compared.year).or_default().push(&one.compared);
        }
        let regions = years.iter().map(|(year, regions)| (*year, regions.len())).collect();
        let placed = years.into_values().filter(|regions| regions.len() > 1).flat_map(|regions| {
            let scores: Vec<_> = regions.iter().map(|region| region.score).collect();
            let placed = regions.into_iter().zip(places(&scores));
            placed.filter_map(|(of, place)| Some(((of.year, of.region.as_str()), place?)))
        });
        Self { placed: placed.collect(), regions }
    }

    /// The place by the score among the regions of the year; none of one alone.
    pub(super) fn place(&self, one: &Assessed) -> Option<usize> {
        self.placed.get(&(one.compared.year, one.compared.region.as_str())).copied()
    }
}

impl Places<'_> {
    /// Whether any region is placed among others.
    pub(super) fn is_any(&self) -> bool {
        !self.placed.is_empty()
    }

    /// Among how many regions it is placed.
    fn regions(&self, one: &Assessed) -> usize {
        self.regions.get(&one.compared.year).copied().unwrap_or_default()
    }
}

/// A line for each pair, with what did most to its score.
pub(super) fn overview<'a>(
    pairs: impl Iterator<Item = (&'a Assessed, &'a Assessed, Option<&'a Different<'a>>)>,
    places: &[Places<'_>; 2],
    words: &Words,
) -> Listed {
    let pairs: Vec<_> = pairs.collect();
    let parts = |(before, after, different): &(&Assessed, &Assessed, Option<&Different<'_>>)| {
        let between = different.map(|different| different.between(before, after));
        between.map_or_else(|| Some(Parts::default()), |between| Some(between?.1))
    };
    let has_parts = pairs.iter().filter_map(parts).any(Parts::are_both);
    let digits = pairs.iter().filter_map(|(_, after, _)| after.compared.score);
    let digits = digits.map(|score| score.scale()).max().unwrap_or_default();
    let known = |part: Option<Decimal>| {
        part.map_or_else(|| "–".to_owned(), |part| signed(with_digits(part, digits)))
    };
    let row = |pair: (&Assessed, &Assessed, Option<&Different<'_>>)| {
        let (before, after, different) = pair;
        let parts = has_parts.then(|| {
            let parts = parts(&pair);
            [parts.map(|parts| parts.by_values), parts.map(|parts| parts.by_plan)].map(known)
        });
        let none = || words.nothing_to_score.to_owned();
        let scores = [before, after].map(|one| one.compared.score.map_or_else(none, show));
        let gained = after.compared.gain_since(&before.compared);
        let grades = [before, after].map(|one| dashed(one.compared.grade.clone()));
        let why = different.map(|different| why_told(different, [before, after], words));
        let region = words.pair_title(&before.compared, &after.compared);
        let row = [region, from_to(scores), known(gained)].into_iter();
        row.chain(parts.into_iter().flatten())
            .chain([from_to(grades), places_told(places, before, after), why.unwrap_or_default()])
            .collect()
    };
    let parts = has_parts.then(|| ["mean_by_values", "mean_by_plan"].map(|id| words.word(id)));
    let titles = [words.region, words.score, words.word("score_gained")].into_iter();
    let titles = titles.chain(parts.into_iter().flatten());
    Listed {
        titles: titles.chain([words.grade, words.place, words.word("most_by")]).collect(),
        numbers: if has_parts { &[1, 2, 3, 4, 6] } else { &[1, 2, 4] },
        rows: pairs.into_iter().map(row).collect(),
        has_texts: true,
    }
}

/// The places before and after; with among how many, where these are others.
pub(super) fn places_told(
    [old, new]: &[Places<'_>; 2],
    before: &Assessed,
    after: &Assessed,
) -> String {
    let is_among_others = old.regions(before) != new.regions(after);
    let own = [(old.place(before), old.regions(before)), (new.place(after), new.regions(after))];
    from_to(own.map(|(place, among)| match place {
        Some(place) if is_among_others => format!("{place}/{among}"),
        Some(place) => place.to_string(),
        None => "–".to_owned(),
    }))
}
