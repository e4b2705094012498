//! What no query says exactly.

use std::fmt;

/// Something of a plan that is not put into a query, and why.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
#[non_exhaustive]
pub struct Refusal {
    /// What it is of: an item, a group, or the plan, as a person names it.
    pub of: String,
    /// What cannot be said.
    pub what: String,
}

impl fmt::Display for Refusal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.of, self.what)
    }
}

/// Why something is not put into a query.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Refused(pub(super) String);

impl Refused {
    pub(super) fn new(what: impl Into<String>) -> Self {
        Self(what.into())
    }

    /// A number that is longer than the engines' whole numbers.
    pub(super) fn too_large() -> Self {
        Self::new("a number has too many digits to be counted with exactly in every engine")
    }
}
