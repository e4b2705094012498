//! Units and their spellings.

use std::collections::BTreeMap;
use std::fmt;
use std::sync::OnceLock;

use rust_decimal::Decimal;
use unicode_normalization::UnicodeNormalization;

use crate::spelling::fold;

/// Spellings of one unit, a row each; the first is the usual one. Folding has already made one
/// of `μ` and `µ`, of `³` and `3`, of widths and cases.
const SPELLINGS: &[&[&str]] = &[
    &["%", "百分比", "percent", "per cent"],
    &["μg/m³", "ug/m3", "μg/m^3", "ug/m^3", "微克/立方米", "微克每立方米"],
    &["mg/m³", "mg/m^3", "毫克/立方米", "毫克每立方米"],
    &["天", "日", "days", "day", "d"],
    &["个", "count"],
    &["吨", "t", "tonnes"],
    &["万吨", "10⁴t"],
    &["亩", "mu"],
    &["公顷", "ha", "hm²"],
    &["km²", "km^2", "平方公里", "平方千米"],
    &["dB(A)", "分贝"],
    &["分", "points"],
];

/// Units of what is counted.
const COUNTS: [&str; 16] = [
    "天", "个", "处", "次", "件", "起", "家", "户", "人", "宗", "例", "座", "台", "辆", "项", "名",
];

/// The usual spelling of every known one, both folded.
fn usual_spellings() -> &'static BTreeMap<String, String> {
    static USUAL: OnceLock<BTreeMap<String, String>> = OnceLock::new();
    USUAL.get_or_init(|| {
        let row = |row: &&'static [&'static str]| {
            let usual = row.first().map(|usual| fold(usual)).unwrap_or_default();
            row.iter().map(move |known| (fold(known), usual.clone()))
        };
        SPELLINGS.iter().flat_map(row).collect()
    })
}

/// A unit of measure (单位), as the plan spells it. Two spellings of one unit are equal.
#[derive(Clone, Debug)]
pub struct Unit {
    spelling: String,
    folded: String,
}

impl Unit {
    /// The unit that a spelling stands for. Any text is a unit; known ones have several spellings.
    pub fn new(spelling: &str) -> Self {
        let spelling = spelling.trim();
        let usual = usual_spellings().get(&fold(spelling)).cloned();
        // Of an unknown unit the case is kept: mW is not MW.
        let plain = || spelling.nfkc().filter(|c| !c.is_whitespace()).collect();
        Self { spelling: spelling.to_owned(), folded: usual.unwrap_or_else(plain) }
    }

    /// The spelling that it was made from.
    pub fn as_str(&self) -> &str {
        &self.spelling
    }

    /// A number's text with it behind: `90%`, `30 μg/m³`.
    pub fn behind(&self, number: &str) -> String {
        let blank = if self.is_per_cent() { "" } else { " " };
        format!("{number}{blank}{self}")
    }

    /// Whether a number can be meant in it: a percentage beyond a thousand is a slip of the pen,
    /// whatever it measures.
    pub fn is_plausible(&self, number: Decimal) -> bool {
        !self.is_per_cent() || number.abs() <= Decimal::ONE_THOUSAND
    }

    /// Whether values in it are counted, and so whole numbers.
    pub fn is_count(&self) -> bool {
        COUNTS.contains(&self.folded.as_str())
    }

    /// Whether values in it are shares in per cent.
    pub fn is_per_cent(&self) -> bool {
        self.folded == "%"
    }
}

impl PartialEq for Unit {
    fn eq(&self, other: &Self) -> bool {
        self.folded == other.folded
    }
}

impl Eq for Unit {}

impl fmt::Display for Unit {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(&self.spelling)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spellings_of_one_unit_are_equal() {
        let micrograms = Unit::new("μg/m³");
        for spelling in ["µg/m³", "ug/m3", "微克/立方米", "微克每立方米", " μｇ/m3 ", "UG/M3"]
        {
            assert_eq!(Unit::new(spelling), micrograms, "{spelling}");
        }
        assert_ne!(Unit::new("mg/m³"), micrograms);
        assert!(Unit::new("％").is_per_cent());
        assert_ne!(Unit::new("百分点"), Unit::new("%"));
        assert_ne!(Unit::new("mW"), Unit::new("MW"));
        assert_eq!(Unit::new("万 kW"), Unit::new("万kＷ"));
    }
}
