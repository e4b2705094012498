//! `unknown-plan`

use crate::check::rule::{By, Nature, Rule};
use crate::diagnostic::Level;

pub(in crate::check) const RULE: Rule = Rule {
    code: "unknown-plan",
    level: Level::Error,
    nature: Nature::Fact,
    summary: "A letter amends a plan that is in none of the files.",
    why: "The id is mistyped, or the plan's file was not named with the letter's. What a \
          letter changes cannot be looked at alone.",
    bad: "",
    good: "",
    fix: None,
    by: By::Reader,
};
