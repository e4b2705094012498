//! Groups of indicators, nested, and how their parts make them up.

use rust_decimal::Decimal;

use crate::text::Text;

/// A group of indicators and of other groups.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Group {
    /// Its name for machines, unique among the groups.
    pub id: String,
    /// The group that it is in, as an index into the plan's groups.
    pub parent: Option<usize>,
    /// Its name for people.
    pub title: Text,
    /// The clause of the document that it stands for.
    pub clause: Option<String>,
    /// How its parts make it up.
    pub combine: Combine,
    /// How much it counts in a group that is `weighted`.
    pub weight: Decimal,
}

/// How the points of a group come from those of its parts. A part that is left out counts
/// nowhere.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Combine {
    /// They are added up.
    #[default]
    Sum,
    /// Their mean.
    Mean,
    /// The part that has earned the smallest share of its points stands for all; of several, the
    /// first.
    Lowest,
    /// Their mean by weight.
    Weighted,
}

impl Combine {
    pub(super) const WORDS: [(&str, Self); 4] = [
        ("sum", Self::Sum),
        ("mean", Self::Mean),
        ("lowest", Self::Lowest),
        ("weighted", Self::Weighted),
    ];
}
