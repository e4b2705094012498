//! What can become of an item.

use super::Item;
use crate::catalogue::Catalogue;
use crate::text::Lang;

/// The state of an item. None of them stands for another: what is missing is not zero, and what
/// is pending is not missed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
#[non_exhaustive]
pub enum State {
    /// The value meets the target (达标).
    Met,
    /// It does not (未达标).
    Missed,
    /// Nothing is asked of the value; it is only scored (计分).
    Scored,
    /// A target is set, and a value that it needs is not there (缺数据).
    Missing,
    /// A value is there, and too little beside it for it to be assessed (无法评价).
    NotAssessable,
    /// The target's number has not been set (待定).
    Pending,
    /// The year has no target (无目标).
    NotSet,
    /// The value says that the indicator does not apply (不适用).
    NotApplicable,
    /// A waiver lifts the target (豁免).
    Waived,
}

impl State {
    /// All of them, in the order in which they are declared and counted.
    pub const ALL: [Self; 9] = [
        Self::Met,
        Self::Missed,
        Self::Scored,
        Self::Missing,
        Self::NotAssessable,
        Self::Pending,
        Self::NotSet,
        Self::NotApplicable,
        Self::Waived,
    ];

    /// Its name for machines.
    pub fn code(self) -> &'static str {
        match self {
            Self::Met => "met",
            Self::Missed => "missed",
            Self::Scored => "scored",
            Self::Missing => "missing",
            Self::NotAssessable => "not_assessable",
            Self::Pending => "pending",
            Self::NotSet => "not_set",
            Self::NotApplicable => "not_applicable",
            Self::Waived => "waived",
        }
    }

    /// The state of a code.
    pub(crate) fn of_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|state| state.code() == code)
    }

    /// Whether it does not count for good: a value, or a target, may still come.
    pub(crate) fn may_come(self) -> bool {
        matches!(self, Self::Missing | Self::NotAssessable | Self::Pending)
    }

    /// Its name for people.
    pub fn name(self, lang: Lang) -> &'static str {
        Catalogue::of(lang).word(match self {
            Self::Met => "state_met",
            Self::Missed => "state_missed",
            Self::Scored => "state_scored",
            Self::Missing => "state_missing",
            Self::NotAssessable => "state_not_assessable",
            Self::Pending => "state_pending",
            Self::NotSet => "state_not_set",
            Self::NotApplicable => "state_not_applicable",
            Self::Waived => "state_waived",
        })
    }
}

/// How many items are in each state.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Counts {
    by_state: [usize; State::ALL.len()],
    near: usize,
}

impl Counts {
    pub(super) fn of(items: &[Item<'_>]) -> Self {
        let mut counts = Self::default();
        items.iter().for_each(|item| counts.count(item.state, item.near));
        counts
    }

    /// Counts one more.
    pub(crate) fn count(&mut self, state: State, near: bool) {
        if let Some(count) = self.by_state.get_mut(state as usize) {
            *count += 1;
        }
        self.near += usize::from(near);
    }

    /// The items in a state.
    pub fn get(&self, state: State) -> usize {
        self.by_state.get(state as usize).copied().unwrap_or_default()
    }

    /// The items that are met and near missing their target.
    pub fn near(&self) -> usize {
        self.near
    }
}
