//! What the caller asked to fail on: `--fail-on`, `--fail-under`, `--strict`.

use assess::assessment::{Assessment, State};
use assess::number::show;
use assess::year::Year;

use super::End;
use super::terminal::Terminal;
use crate::cli::{FailOn, Score};

/// What the caller asked to fail on, and what of it was found.
pub(super) struct Gate<'a> {
    args: &'a Score,
    found: Vec<String>,
}

impl<'a> Gate<'a> {
    pub(super) fn new(args: &'a Score) -> Self {
        Self { args, found: Vec::new() }
    }

    pub(super) fn look_at(&mut self, assessment: &Assessment<'_>) {
        let place = |year: Year| format!("{}, {year}", assessment.region);
        for state in &self.args.fail_on {
            let counts = &assessment.counts;
            let (count, word) = match state {
                FailOn::Missed => (counts.get(State::Missed), "missed"),
                FailOn::Missing => (counts.get(State::Missing), "missing"),
                FailOn::Pending => (counts.get(State::Pending), "pending"),
                FailOn::Near => (counts.near(), "near"),
            };
            if count > 0 {
                self.found.push(format!("{}: {count} {word}", place(assessment.year)));
            }
        }
        let Some(least) = self.args.fail_under else {
            return;
        };
        match &assessment.score {
            Some(score) if score.exact >= least => {}
            Some(score) => {
                let score = score.shown_below(assessment.plan, least);
                self.found.push(format!(
                    "{}: the score {} is under {}",
                    place(assessment.year),
                    show(score),
                    show(least)
                ));
            }
            None => {
                self.found.push(format!("{}: there is nothing to score", place(assessment.year)));
            }
        }
    }

    pub(super) fn close(self, terminal: &Terminal) -> End {
        for found in &self.found {
            terminal.found(found);
        }
        let warned = self.args.strict && terminal.warnings() > 0;
        if warned {
            terminal.found("there are warnings, and `--strict` makes them count");
        }
        if warned || !self.found.is_empty() { End::Found } else { End::Done }
    }
}
