//! What limits the grade, whatever the score.

use super::quantity::Symbol;
use crate::formula::Formula;
use crate::text::Text;

/// Limits the grade where a condition holds (一票否决, 不得评为优秀). The score stays.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct GradeLimit {
    /// The condition.
    pub when: Formula<Symbol>,
    /// The best grade that can then be given, as an index into the plan's grades.
    pub grade: usize,
    /// Why, for people.
    pub reason: Text,
    /// The clause of the document that says so.
    pub clause: Option<String>,
}
