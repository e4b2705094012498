//! Who answers for a value.

use crate::spelling::fold_name;

/// Whether a value is a unit's own or the assessor's.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub enum Status {
    /// As the unit that reports it checked it (自查); so is what says nothing else.
    #[default]
    SelfChecked,
    /// As whoever assesses it found it (核定): it counts.
    Verified,
}

const WORDS: [(Status, &[&str]); 2] = [
    (
        Status::SelfChecked,
        &["自查", "自评", "自报", "上报", "self-checked", "self-reported", "self-check"],
    ),
    (
        Status::Verified,
        &[
            "核定",
            "核查",
            "核实",
            "审核",
            "审定",
            "已核定",
            "已核查",
            "已核实",
            "已审核",
            "已审定",
            "审核通过",
            "verified",
        ],
    ),
];

impl Status {
    /// By the word for it.
    pub(super) fn of(word: &str) -> Option<Self> {
        let word = fold_name(word);
        let is = |words: &[&str]| words.iter().any(|known| fold_name(known) == word);
        WORDS.into_iter().find(|(_, words)| is(words)).map(|(status, _)| status)
    }
}
