//! A line for each assessment, for reports of several: the regions of a year by their places.

use std::collections::BTreeMap;

use rust_decimal::Decimal;

use super::page;
use super::words::Words;
use crate::assessment::{Assessment, Counts, State, places};
use crate::number::show;
use crate::year::Year;

/// The lines as they come.
#[derive(Default)]
pub(super) struct Summary {
    lines: Vec<Outcome>,
}

/// What is kept of an assessment.
pub(super) struct Outcome {
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
        self.lines.push(Outcome {
            region: assessment.region.to_owned(),
            year: assessment.year,
            score: assessment.score.as_ref().map(|score| score.rounded),
            place: None,
            range: page::range(assessment, words),
            grade: page::grade(assessment, words),
            counts: assessment.counts,
            states: assessment.items.iter().map(|item| (item.state, item.near)).collect(),
        });
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
