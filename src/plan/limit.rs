//! What limits the grade, whatever the score.

use super::quantity::Symbol;
use crate::formula::Formula;
use crate::text::Text;

/// Limits the grade where a condition holds (一票否决, 不得评为优秀, 下调等次). The score stays.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct GradeLimit {
    /// The condition.
    pub when: Formula<Symbol>,
    /// What it does to the grade.
    pub to: Limited,
    /// Why, for people.
    pub reason: Text,
    /// The clause of the document that says so.
    pub clause: Option<String>,
}

/// What a limit does to the grade.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Limited {
    /// No better than this one is given, as an index into the plan's grades.
    AtMost(usize),
    /// So many grades below that of the score are given (下调等次), but none below the last.
    Lower(usize),
}

impl Limited {
    /// The best grade that it lets pass, of some grades, where the score has one of them.
    pub fn grade(self, by_score: Option<usize>, grades: usize) -> usize {
        match self {
            Self::AtMost(grade) => grade,
            Self::Lower(by) => (by_score.unwrap_or(grades) + by).min(grades.saturating_sub(1)),
        }
    }
}
