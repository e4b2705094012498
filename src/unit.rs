//! Units, their spellings, and how a number is brought from one to another.

mod registry;
mod scale;

use std::fmt;

use rust_decimal::Decimal;

use self::registry::Dimension;
use self::scale::Scale;

/// A unit of measure (单位), as the plan spells it. Two spellings of one unit are equal, and so
/// are two units of one size, such as 公顷 and 万平方米.
#[derive(Clone, Debug)]
pub struct Unit {
    spelling: String,
    meaning: Meaning,
}

#[derive(Clone, Debug, PartialEq, Eq)]
enum Meaning {
    Known(Scale),
    /// By its key, case and all.
    Unknown(String),
}

/// How a number is brought from one unit to another.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Conversion {
    /// This number in the other unit, exactly.
    Exact(Decimal),
    /// The units are of one kind, but the number would not end, or has too many digits, or is
    /// too large.
    Inexact,
    /// The units are of different kinds, or one is unknown.
    Impossible,
}

impl Unit {
    /// The unit that a spelling stands for. Any text is a unit; known ones have several spellings.
    pub fn new(spelling: &str) -> Self {
        let key = registry::key(spelling);
        let meaning = Scale::of(&key).map_or(Meaning::Unknown(key), Meaning::Known);
        Self { spelling: spelling.trim().to_owned(), meaning }
    }

    /// The spelling that it was made from.
    pub fn as_str(&self) -> &str {
        &self.spelling
    }

    /// Whether it is a unit of the field whose size is known.
    pub fn is_known(&self) -> bool {
        self.scale().is_some()
    }

    /// How it is usually spelled, sign by sign: `ug/m3` as `μg/m³`; none where that is not known.
    pub fn usual_spelling(&self) -> Option<String> {
        self.scale()?;
        let is_sign = |c: char| matches!(c, '/' | '／' | '·' | '每');
        let parts = self.spelling.split_inclusive(is_sign).map(|part| {
            let unit = part.trim_end_matches(is_sign);
            Some(format!("{}{}", registry::usual(unit)?, part.get(unit.len()..)?))
        });
        parts.collect::<Option<String>>().map(|spelling| spelling.replace('／', "/"))
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
        self.scale().is_some_and(Scale::is_count)
    }

    /// Whether values in it are shares in per cent.
    pub fn is_per_cent(&self) -> bool {
        self.scale().is_some_and(Scale::is_per_cent)
    }

    /// Whether values in it are differences between shares (百分点), which are no shares.
    pub fn is_percentage_points(&self) -> bool {
        self.scale().is_some_and(|scale| scale.is_of(Dimension::PercentagePoints))
    }

    /// Whether values in it are concentrations (浓度): a mass by a volume, such as μg/m³ or mg/L.
    pub fn is_concentration(&self) -> bool {
        self.scale().is_some_and(Scale::is_concentration)
    }

    /// Whether numbers in it can be brought to another unit, if not every one exactly.
    pub fn is_convertible_to(&self, other: &Self) -> bool {
        self.convert(Decimal::ONE, other) != Conversion::Impossible
    }

    /// Brings a number from this unit to another. Of equal units it stays as it is; else it keeps
    /// its digits where only the point moves, and has no more of them than it needs.
    pub fn convert(&self, number: Decimal, to: &Self) -> Conversion {
        if self == to {
            return Conversion::Exact(number);
        }
        match (&self.meaning, &to.meaning) {
            (Meaning::Known(from), Meaning::Known(to)) => from.convert(number, to),
            _ => Conversion::Impossible,
        }
    }

    fn scale(&self) -> Option<&Scale> {
        match &self.meaning {
            Meaning::Known(scale) => Some(scale),
            Meaning::Unknown(_) => None,
        }
    }
}

impl PartialEq for Unit {
    fn eq(&self, other: &Self) -> bool {
        self.meaning == other.meaning
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
    use crate::number::parse;
    use proptest::prelude::*;

    #[test]
    fn spellings_of_one_unit_are_equal() {
        for spellings in [
            "μg/m³ µg/m³ ug/m3 μg/m^3 微克/立方米 微克每立方米 UG/M3 ㎍/㎥ μg·m⁻³ ug·m-3 μｇ/m3",
            "mg/m³ 毫克/立方米 毫克每立方米 μg/L Mg/m3",
            "mg/L 毫克/升 毫克每升 mg·L⁻¹ g/m³ MG/L",
            "% ％ 百分比 percent",
            "吨 t T tonnes",
            "万吨 10⁴t 10^4t",
            "亩 mu 市亩",
            "公顷 ha hm² 万平方米 万m²",
            "km² 平方公里 平方千米 ㎢ km^2",
            "m² ㎡ 平方米",
            "亿立方米 亿m³ 10⁸m³",
            "万千瓦时 万kWh 万kW·h 万度 万千瓦·时",
            "吨标准煤 tce 吨标煤",
            "dB(A) dB（A） 分贝 dBA",
            "℃ °C 摄氏度",
            "吨/平方公里·月 t/(km²·月) t/km²/月",
        ] {
            let mut all = spellings.split(' ');
            let first = Unit::new(all.next().unwrap());
            all.for_each(|one| assert_eq!(Unit::new(one), first, "{one}"));
        }
        assert_eq!(Unit::new("万 kW"), Unit::new("万kＷ"));
        assert_eq!(Unit::new("微克 每立方米 "), Unit::new("μg/m3"));
    }

    #[test]
    fn different_units_differ() {
        for (one, other) in [
            ("mg/m³", "μg/m³"),
            ("百分点", "%"),
            ("mW", "MW"),
            ("mw", "MW"),
            ("个", "处"),
            ("t", "kt"),
            ("月", "30天"),
            ("吨标准煤", "吨"),
            ("Qx", "qX"),
        ] {
            assert_ne!(Unit::new(one), Unit::new(other), "{one}");
        }
    }

    #[test]
    fn units_are_of_a_kind() {
        assert!(Unit::new("％").is_per_cent());
        assert!(!Unit::new("‰").is_per_cent());
        assert!(Unit::new("个百分点").is_percentage_points());
        for concentration in ["μg/m³", "ng/m³", "毫克/升", "mg·m-3"] {
            assert!(Unit::new(concentration).is_concentration(), "{concentration}");
        }
        for other in ["吨", "t/km²", "个/L", "mg/kg", "ppm"] {
            assert!(Unit::new(other).is_known() && !Unit::new(other).is_concentration(), "{other}");
        }
        for count in ["天", "days", "个", "处", "人", "起"] {
            assert!(Unit::new(count).is_count(), "{count}");
        }
        for other in ["万人", "小时", "次/年", "%", "吨", "foo", ""] {
            assert!(!Unit::new(other).is_count(), "{other}");
        }
        for unknown in ["foo", "", "/", "t/", "万%", "百分", "mW", "mt", &"t·".repeat(100_000)]
        {
            assert!(!Unit::new(unknown).is_known(), "{unknown}");
        }
    }

    fn convert(number: &str, from: &str, to: &str) -> String {
        match Unit::new(from).convert(parse(number).unwrap(), &Unit::new(to)) {
            Conversion::Exact(number) => number.to_string(),
            other => format!("{other:?}"),
        }
    }

    #[test]
    fn a_number_keeps_the_digits_that_it_has() {
        for (number, from, to, expected) in [
            ("0.031", "mg/m³", "μg/m³", "31"),
            ("0.0310", "mg/m³", "μg/m³", "31.0"),
            ("31.0", "μg/m³", "mg/m³", "0.0310"),
            ("31", "μg/m³", "mg/m³", "0.031"),
            ("1.5", "公顷", "亩", "22.5"),
            ("1.50", "公顷", "亩", "22.50"),
            ("22.5", "亩", "公顷", "1.5"),
            ("75", "亩", "公顷", "5"),
            ("3", "亩", "公顷", "0.2"),
            ("1500", "亩", "km²", "1"),
            ("1", "万吨", "吨", "10000"),
            ("10000", "吨", "万吨", "1"),
            ("1.20", "亿元", "万元", "12000"),
            ("87.1", "%", "‰", "871"),
            ("0.05", "mg/L", "μg/L", "50"),
            ("28.0", "μg/m³", "微克/立方米", "28.0"),
            ("1.0", "公顷", "万平方米", "1.0"),
            ("2", "千瓦时", "兆焦", "7.2"),
            ("-0.5", "万t", "t", "-5000"),
            ("0.00", "mg/m³", "μg/m³", "0"),
            ("3", "吨/万元", "千克/元", "0.3"),
        ] {
            assert_eq!(convert(number, from, to), expected, "{number} {from} in {to}");
        }
    }

    #[test]
    fn what_is_not_exact_is_not_converted() {
        assert_eq!(convert("1000", "亩", "公顷"), "Inexact");
        assert_eq!(convert("900000000000000", "亿吨", "吨"), "Inexact");
        assert_eq!(convert("0.1234567890123456789012345678", "吨", "万吨"), "Inexact");
        assert_eq!(convert("5", "百分点", "%"), "Impossible");
        assert_eq!(convert("5", "吨", "亩"), "Impossible");
        assert_eq!(convert("5", "foo", "bar"), "Impossible");
        assert_eq!(convert("5.0", "foo", "foo"), "5.0");
    }

    fn unit() -> impl Strategy<Value = &'static str> {
        prop::sample::select(vec![
            "亩",
            "万亩",
            "公顷",
            "km²",
            "m²",
            "吨",
            "万吨",
            "亿吨",
            "千克",
            "斤",
            "mg",
            "%",
            "‰",
            "μg/m³",
            "mg/L",
            "ng/m³",
            "元",
            "亿元",
            "kWh",
            "MJ",
            "天",
            "h",
            "s",
            "吨/万元",
            "克/元",
        ])
    }

    proptest! {
        #[test]
        fn there_and_back_is_the_same_number(
            number in -1_000_000_000_000_i64..1_000_000_000_000, scale in 0_u32..8,
            from in unit(), to in unit(),
        ) {
            let (number, from, to) = (Decimal::new(number, scale), Unit::new(from), Unit::new(to));
            if let Conversion::Exact(there) = from.convert(number, &to) {
                prop_assert_eq!(to.convert(there, &from), Conversion::Exact(number));
            }
        }

        #[test]
        fn any_text_is_a_unit_equal_to_itself(text in "\\PC{0,40}") {
            prop_assert_eq!(Unit::new(&text), Unit::new(&text));
            prop_assert_eq!(Unit::new(&text).convert(Decimal::TEN, &Unit::new(&text)),
                Conversion::Exact(Decimal::TEN));
        }
    }
}
