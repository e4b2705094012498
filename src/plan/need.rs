//! What a value needs beside it, to be assessable.

use rust_decimal::Decimal;

use super::quantity::Quantity;

/// Something that must be measured often or long enough, in the region and the year of a value,
/// for that value to be assessable (数据有效性要求): valid days, stations.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Need {
    /// What is needed.
    pub of: Quantity,
    /// The least of it, included; above 0.
    pub least: Decimal,
}
