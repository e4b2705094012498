//! Many regions and years that are compared, a line each; and their places among each other.

use std::collections::BTreeMap;

use rust_decimal::Decimal;

use super::dashed;
use super::different::Listed;
use crate::number::show;
use crate::report::line::signed;
use crate::report::result::Assessed;
use crate::report::words::Words;

/// The scores of the regions of a result, by the year and the highest first.
pub(super) struct Places(BTreeMap<u16, Vec<Decimal>>);

impl Places {
    pub(super) fn of<'a>(all: impl Iterator<Item = &'a Assessed>) -> Self {
        let mut scores: BTreeMap<u16, Vec<Decimal>> = BTreeMap::new();
        for one in all {
            scores.entry(one.compared.year).or_default().extend(one.compared.score);
        }
        scores.values_mut().for_each(|scores| scores.sort_by(|one, other| other.cmp(one)));
        Self(scores)
    }

    /// The place by the score among those of the year, equal scores sharing one; none of one alone.
    pub(super) fn place(&self, one: &Assessed) -> Option<usize> {
        let scores = self.0.get(&one.compared.year).filter(|scores| scores.len() > 1)?;
        let score = one.compared.score?;
        Some(1 + scores.partition_point(|other| *other > score))
    }
}

/// A line for each pair.
pub(super) fn overview<'a>(
    pairs: impl Iterator<Item = &'a (Assessed, Assessed)>,
    places: &[Places; 2],
    words: &Words,
) -> Listed {
    let row = |(before, after): &'a (Assessed, Assessed)| {
        let none = || words.nothing_to_score.to_owned();
        let scores = [before, after].map(|one| one.compared.score.map_or_else(none, show));
        let gained = after.compared.gain_since(&before.compared);
        let grades = [before, after].map(|one| dashed(one.compared.grade.clone()));
        let [old, new] = places;
        let own = [old.place(before), new.place(after)];
        let own = own.map(|place| place.map_or_else(|| "–".to_owned(), |place| place.to_string()));
        vec![
            words.pair_title(&before.compared, &after.compared),
            from_to(scores),
            gained.map_or_else(|| "–".to_owned(), signed),
            from_to(grades),
            from_to(own),
        ]
    };
    Listed {
        titles: vec![words.region, words.score, words.gained, words.grade, words.place],
        numbers: &[1, 2, 4],
        rows: pairs.map(row).collect(),
    }
}

/// What it was and is; once where that is the same.
fn from_to([old, new]: [String; 2]) -> String {
    if old == new { new } else { format!("{old} → {new}") }
}
