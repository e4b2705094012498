//! A line for each assessment, for reports of several: the regions of a year by their places.

use std::collections::BTreeMap;

use rust_decimal::Decimal;

use super::page;
use super::words::Words;
use crate::assessment::{Assessment, Brief, Counts, State, places};
use crate::number::show;
use crate::year::Year;

/// The lines as they come.
#[derive(Default)]
pub(super) struct Summary {
    lines: Vec<Outcome>,
}

/// What is kept of an assessment.
pub(super) struct Outcome {
    /// How many came before it.
    pub(super) order: usize,
    pub(super) region: String,
    pub(super) year: Year,
    pub(super) score: Option<Decimal>,
    /// Among the regions of its year; none where it has no score, or is the only region.
    pub(super) place: Option<usize>,
    pub(super) range: String,
    pub(super) grade: String,
    pub(super) counts: Counts,
    /// The states of its items in the plan's order, and whether a met one is near.
    pub(super) states: Vec<(State, bool)>,
}

impl Summary {
    pub(super) fn add(&mut self, assessment: &Assessment<'_>, words: &Words) {
        self.add_brief(&assessment.brief(), words);
        if let Some(line) = self.lines.last_mut() {
            line.states = assessment.items.iter().map(|item| (item.state, item.near)).collect();
        }
    }

    /// The same, where the states of items are not shown.
    pub(super) fn add_brief(&mut self, brief: &Brief<'_>, words: &Words) {
        self.lines.push(Outcome {
            order: self.lines.len(),
            region: brief.region.to_owned(),
            year: brief.year,
            score: brief.score.as_ref().map(|score| score.rounded),
            place: None,
            range: page::range(brief, words),
            grade: page::grade(brief, words),
            counts: brief.counts,
            states: Vec::new(),
        });
    }

    /// How many lines there are so far.
    pub(super) fn len(&self) -> usize {
        self.lines.len()
    }

    /// Whether there is one line so far.
    pub(super) fn is_single(&self) -> bool {
        self.lines.len() == 1
    }

    /// The lines with their places: those of a year together, the best first. The places are by the
    /// score as it is printed.
    pub(super) fn ranked(self) -> Ranking {
        let mut years: BTreeMap<Year, Vec<Outcome>> = BTreeMap::new();
        for line in self.lines {
            years.entry(line.year).or_default().push(line);
        }
        let ranked = years.into_values().flat_map(|mut lines| {
            if lines.len() > 1 {
                let scores: Vec<_> = lines.iter().map(|line| line.score).collect();
                for (line, place) in lines.iter_mut().zip(places(&scores)) {
                    line.place = place;
                }
            }
            lines.sort_by_key(|line| line.place.unwrap_or(usize::MAX));
            lines
        });
        Ranking { lines: ranked.collect() }
    }
}

/// The scores as they come, for reports that show the places of regions alone.
#[derive(Default)]
pub(super) struct Places(Vec<(Year, Box<str>, Option<Decimal>)>);

/// A region's place among those of its year.
pub(super) struct Placed {
    pub(super) year: Year,
    pub(super) place: usize,
    pub(super) region: Box<str>,
    pub(super) score: Decimal,
}

impl Places {
    pub(super) fn add(&mut self, brief: &Brief<'_>) {
        let score = brief.score.as_ref().map(|score| score.rounded);
        self.0.push((brief.year, brief.region.into(), score));
    }

    /// The places by year, the best first; none of a year with one region.
    pub(super) fn placed(mut self) -> Vec<Placed> {
        self.0.sort_by_key(|&(year, ..)| year);
        let mut placed = Vec::new();
        for of_year in self.0.chunk_by_mut(|one, next| one.0 == next.0) {
            let scores: Vec<_> = of_year.iter().map(|&(.., score)| score).collect();
            let first = placed.len();
            for ((year, region, score), place) in of_year.iter_mut().zip(places(&scores)) {
                let region = std::mem::take(region);
                let one = score.zip(place).filter(|_| scores.len() > 1);
                placed.extend(one.map(|(score, place)| Placed {
                    year: *year,
                    place,
                    region,
                    score,
                }));
            }
            if let Some(placed) = placed.get_mut(first..) {
                placed.sort_by_key(|placed| placed.place);
            }
        }
        placed
    }
}

/// Assessments by year and place.
pub(super) struct Ranking {
    pub(super) lines: Vec<Outcome>,
}

impl Ranking {
    /// Whether it says more than its only assessment.
    pub(super) fn is_needed(&self) -> bool {
        self.lines.len() > 1
    }

    /// Whether regions are told apart by places; else there is one a year.
    pub(super) fn has_places(&self) -> bool {
        self.lines.iter().any(|line| line.place.is_some())
    }

    /// The titles over [`Self::rows`].
    pub(super) fn titles(&self, words: &Words) -> Vec<&'static str> {
        let all = [words.place, words.region, words.year, words.score, words.range, words.grade];
        all.into_iter().chain([words.items]).skip(self.skipped()).collect()
    }

    /// Which of its columns are numbers.
    pub(super) fn numbers(&self) -> Vec<usize> {
        [0_usize, 2, 3, 4].into_iter().filter_map(|at| at.checked_sub(self.skipped())).collect()
    }

    /// Which of its columns is the region.
    pub(super) fn region(&self) -> usize {
        1_usize.saturating_sub(self.skipped())
    }

    /// The texts of its lines.
    pub(super) fn rows(&self, words: &Words) -> Vec<Vec<String>> {
        let rows = self.lines.iter().map(|line| line.columns(words).into_iter());
        rows.map(|row| row.skip(self.skipped()).collect()).collect()
    }

    fn skipped(&self) -> usize {
        usize::from(!self.has_places())
    }
}

impl Outcome {
    fn columns(&self, words: &Words) -> [String; 7] {
        let score = self.score.map(show);
        [
            self.place.map(|place| place.to_string()).unwrap_or_default(),
            self.region.clone(),
            self.year.to_string(),
            score.unwrap_or_else(|| words.nothing_to_score.to_owned()),
            self.range.clone(),
            self.grade.clone(),
            words.counts(&self.counts),
        ]
    }
}
