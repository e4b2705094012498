//! Groups of indicators, nested, and how their parts make them up.

use rust_decimal::Decimal;

use super::scoring::NotApplicable;
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
    /// Its own points, to which what its parts come to is scaled; none for theirs.
    pub points: Option<Decimal>,
    /// The fewest points that it can come to.
    pub floor: Option<Decimal>,
    /// The most points that it can come to.
    pub cap: Option<Decimal>,
    /// What its items count that do not apply; none where what it is in says so.
    pub not_applicable: Option<NotApplicable>,
}

/// How the points of a group come from those of its parts. A part that is left out counts
/// nowhere. But for a sum, a group is worth the mean of what its parts are worth, and earns of
/// that a share that comes from the shares that they earn of their points.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub enum Combine {
    /// They are added up.
    #[default]
    Sum,
    /// The mean of their shares.
    Mean,
    /// The smallest of their shares.
    Lowest,
    /// The mean of their shares by weight, of what is worth the mean of theirs by weight.
    Weighted,
}

impl Combine {
    pub(super) const WORDS: [(&str, Self); 4] = [
        ("sum", Self::Sum),
        ("mean", Self::Mean),
        ("lowest", Self::Lowest),
        ("weighted", Self::Weighted),
    ];

    /// As a target file writes it.
    pub fn code(self) -> &'static str {
        let word = Self::WORDS.into_iter().find(|&(_, combine)| combine == self);
        word.map_or("", |(word, _)| word)
    }
}
