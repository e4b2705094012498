//! What moved a score: items, groups and the whole, and what several of these did only together.

use std::cmp::Reverse;

use rust_decimal::Decimal;

use crate::assessment::State;
use crate::number::{half_up, with_digits};
use crate::report::change::{Change, ComparedItem};
use crate::report::line::signed;
use crate::report::words::Words;

/// Something that moved a score.
pub(super) struct Did<'a> {
    name: &'a str,
    /// What else is said of it, as that it came or went; empty where nothing is.
    aside: String,
    pub(super) gain: Decimal,
}

impl<'a> Did<'a> {
    pub(super) fn of(name: &'a str, gain: Decimal) -> Self {
        Self { name, aside: String::new(), gain }
    }

    /// Of an item, with its states where one of them is why it was not judged.
    pub(super) fn of_item(change: &Change<'a>, gain: Decimal, words: &Words) -> Self {
        let is_judged = |item: &ComparedItem| {
            matches!(item.known_state, Some(State::Met | State::Missed | State::Scored))
        };
        let aside = match (change.before, change.after) {
            (None, _) => words.newly_assessed.to_owned(),
            (_, None) => words.no_longer_assessed.to_owned(),
            (Some(old), Some(new))
                if old.state != new.state && !(is_judged(old) && is_judged(new)) =>
            {
                format!("{} → {}", old.state, new.state)
            }
            _ => String::new(),
        };
        Self { aside, ..Self::of(change.name(), gain) }
    }

    /// The same with what else is said of it.
    pub(super) fn with(self, aside: String) -> Self {
        Self { aside, ..self }
    }

    fn told(&self, digits: u32, words: &Words) -> String {
        let gain = signed(with_digits(self.gain, digits));
        match self.aside.as_str() {
            "" => words.with_aside(self.name, &gain),
            aside => words.with_aside(self.name, &[aside, &gain].join(words.comma)),
        }
    }
}

/// What did most to a score that changed by so much, and how much, whichever way: what did a third of it or more,
/// and more until all else is less than that, five at the most; and what all else did, or, where nothing else is
/// left, rounding.
pub(super) fn named(did: Vec<Did<'_>>, gained: Decimal, digits: u32, words: &Words) -> String {
    const NAMED: usize = 5;
    if gained.is_zero() {
        return String::new();
    }
    let did = did.into_iter().map(|did| Did { gain: half_up(did.gain, digits), ..did });
    let mut most: Vec<_> = did.filter(|did| !did.gain.is_zero()).collect();
    most.sort_by_key(|did| Reverse(did.gain.abs()));
    let is_third = |gain: Decimal| gain.abs().saturating_mul(Decimal::from(3)) >= gained.abs();
    let all = most.len();
    let mut rest = gained;
    let mut count = 0;
    for did in most.iter().take(NAMED) {
        if !is_third(rest) && !is_third(did.gain) {
            break;
        }
        rest = rest.saturating_sub(did.gain);
        count += 1;
    }
    most.truncate(count);
    let id = if count == all { "rest_rounding" } else { "all_else" };
    let is_told = !most.is_empty() && !rest.is_zero();
    let rest = is_told.then(|| words.say(id, &[("gain", &signed(with_digits(rest, digits)))]));
    let most = most.iter().map(|did| did.told(digits, words));
    most.chain(rest).collect::<Vec<_>>().join(words.list_comma)
}
