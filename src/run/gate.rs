//! What the caller asked to fail on: `--fail-on`, `--fail-under`, `--strict`.

use assess::assessment::{Brief, State};
use assess::number::show;
use assess::text::Lang;
use rust_decimal::Decimal;

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

    /// Whether anything in the assessments is to be failed on.
    pub(super) fn is_asked(&self) -> bool {
        !self.args.fail_on.is_empty() || self.args.fail_under.is_some()
    }

    pub(super) fn look_at(&mut self, brief: &Brief<'_>) {
        let states = self.args.fail_on.iter().filter_map(|&state| in_state(brief, state));
        let score = self.args.fail_under.and_then(|least| under(brief, least));
        let place = |what| format!("{}, {}: {what}", brief.region, brief.year);
        self.found.extend(states.chain(score).map(place));
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

fn in_state(brief: &Brief<'_>, state: FailOn) -> Option<String> {
    let counts = &brief.counts;
    let of_state = |state: State| (counts.get(state), state.name(Lang::En));
    let (count, word) = match state {
        FailOn::Missed => of_state(State::Missed),
        FailOn::Missing => of_state(State::Missing),
        FailOn::NotAssessable => of_state(State::NotAssessable),
        FailOn::Pending => of_state(State::Pending),
        FailOn::Near => (counts.near(), "near"),
    };
    (count > 0).then(|| format!("{count} {word}"))
}

fn under(brief: &Brief<'_>, least: Decimal) -> Option<String> {
    let Some(score) = &brief.score else {
        return Some("there is nothing to score".to_owned());
    };
    let shown = || show(score.shown_below(brief.plan, least));
    (score.exact < least).then(|| format!("the score {} is under {}", shown(), show(least)))
}
