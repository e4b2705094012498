//! The units of the field, their sizes and their spellings.

use std::sync::OnceLock;

use rustc_hash::{FxBuildHasher, FxHashMap};

use crate::spelling::each_kept;

/// What is measured in a unit. Units of one dimension can be brought into each other.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Dimension {
    Share,
    /// 百分点: a difference of two shares, and no share.
    PercentagePoints,
    Mass,
    Volume,
    Area,
    Length,
    Time,
    /// A month is no number of days, and a year no number of months that a rate could be
    /// brought to.
    Month,
    Year,
    Money,
    Energy,
    Power,
    /// Energy by the coal that would give it (标准煤), which is never turned into kWh here.
    StandardCoal,
    CarbonDioxide,
    /// Of several gases, by the carbon dioxide that would warm as much.
    CarbonDioxideEquivalent,
    Pressure,
    Temperature,
    Loudness,
    Points,
    /// Parts of a volume: ppm.
    Parts,
    DoseEquivalent,
    AbsorbedDose,
    Conductance,
    Turbidity,
    /// What is counted, each of its own kind.
    Count(&'static str),
    Other(&'static str),
}

use Dimension::{
    AbsorbedDose, Area, CarbonDioxide, CarbonDioxideEquivalent, Conductance, Count, DoseEquivalent,
    Energy, Length, Loudness, Mass, Money, Month, Other, Parts, PercentagePoints, Points, Power,
    Pressure, Share, StandardCoal, Temperature, Time, Turbidity, Volume, Year,
};

/// A unit: what it is of, how many of the smallest whole part of all units of that dimension it
/// has (of areas a third of a square metre, for 1 亩 is 2000/3 m²), and how it is spelled.
/// [`key`] has made one of widths, `μ` and `µ`, `³` and `3`, `^3` and `3`.
type Row = (Dimension, u64, &'static [&'static str]);

const ROWS: &[Row] = &[
    (Share, 10, &["%", "百分比", "per cent", "pct"]),
    (Share, 1, &["‰", "千分比", "per mille"]),
    (PercentagePoints, 1, &["百分点", "个百分点", "percentage point", "percentage points", "pp"]),
    (Mass, 1, &["pg", "皮克"]),
    (Mass, 1_000, &["ng", "纳克"]),
    (Mass, 1_000_000, &["μg", "ug", "微克", "mcg"]),
    (Mass, 1_000_000_000, &["mg", "毫克"]),
    (Mass, 1_000_000_000_000, &["g", "克"]),
    (Mass, 500_000_000_000_000, &["斤", "市斤"]),
    (Mass, 1_000_000_000_000_000, &["kg", "千克", "公斤"]),
    (Mass, 1_000_000_000_000_000_000, &["t", "吨", "ton", "tons", "tonne", "tonnes"]),
    (Volume, 1, &["mL", "毫升", "cm³", "立方厘米"]),
    (Volume, 1_000, &["L", "升", "dm³", "立方分米", "liter", "litre", "liters", "litres"]),
    (Volume, 1_000_000, &["m³", "立方米", "立方", "方", "cubic metres", "cubic meters"]),
    (Volume, 1_000_000_000, &["ML"]),
    (Area, 3, &["m²", "平方米", "平米", "square metres", "square meters"]),
    (Area, 2_000, &["亩", "市亩", "mu"]),
    (Area, 30_000, &["公顷", "ha", "hm²", "hectare", "hectares"]),
    (Area, 3_000_000, &["km²", "平方公里", "平方千米", "sq km", "square kilometres"]),
    (Length, 1, &["mm", "毫米"]),
    (Length, 10, &["cm", "厘米", "公分"]),
    (Length, 1_000, &["m", "米", "metre", "metres", "meter", "meters"]),
    (Length, 1_000_000, &["km", "公里", "千米", "kilometres", "kilometers"]),
    (Time, 1, &["s", "秒"]),
    (Time, 60, &["min", "分钟", "minutes"]),
    (Time, 3_600, &["h", "小时", "hour", "hours"]),
    (Time, 86_400, &["天", "日", "d", "day", "days"]),
    (Time, 2_592_000, &["30天", "30日", "30d"]),
    (Month, 1, &["月", "个月", "month", "months"]),
    (Year, 1, &["年", "a", "year", "years"]),
    (Money, 1, &["元", "人民币元", "yuan", "CNY", "RMB"]),
    (Other("美元"), 1, &["美元", "USD"]),
    (Energy, 1, &["J", "焦", "焦耳"]),
    (Energy, 1_000, &["kJ", "千焦", "千焦耳"]),
    (Energy, 1_000_000, &["MJ", "兆焦", "兆焦耳"]),
    (Energy, 1_000_000_000, &["GJ", "吉焦", "吉焦耳", "百万千焦"]),
    (Energy, 1_000_000_000_000, &["TJ", "太焦", "太焦耳"]),
    (Energy, 3_600_000, &["kWh", "kW·h", "千瓦时", "千瓦·时", "千瓦小时", "度"]),
    (Energy, 3_600_000_000, &["MWh", "MW·h", "兆瓦时", "兆瓦·时"]),
    (Energy, 3_600_000_000_000, &["GWh", "GW·h", "吉瓦时", "吉瓦·时"]),
    (Power, 1, &["W", "瓦"]),
    (Power, 1_000, &["kW", "千瓦"]),
    (Power, 1_000_000, &["MW", "兆瓦"]),
    (Power, 1_000_000_000, &["GW", "吉瓦"]),
    (StandardCoal, 1, &["gce", "克标准煤", "克标煤"]),
    (StandardCoal, 1_000, &["kgce", "千克标准煤", "千克标煤", "公斤标准煤", "公斤标煤"]),
    (StandardCoal, 1_000_000, &["tce", "吨标准煤", "吨标煤"]),
    (CarbonDioxide, 1, &["gCO₂", "克二氧化碳"]),
    (CarbonDioxide, 1_000, &["kgCO₂", "千克二氧化碳", "公斤二氧化碳"]),
    (CarbonDioxide, 1_000_000, &["tCO₂", "吨CO₂", "吨二氧化碳"]),
    (CarbonDioxideEquivalent, 1, &["tCO₂e", "吨CO₂e", "tCO₂eq", "吨二氧化碳当量"]),
    (Pressure, 1, &["Pa", "帕"]),
    (Pressure, 100, &["hPa", "百帕"]),
    (Pressure, 1_000, &["kPa", "千帕"]),
    (Pressure, 1_000_000, &["MPa", "兆帕"]),
    (Temperature, 1, &["℃", "摄氏度"]),
    // Noise is measured by the A weighting, whether that is written or not.
    (Loudness, 1, &["dB(A)", "dB", "分贝", "分贝(A)"]),
    (Points, 1, &["分", "point", "points"]),
    (Parts, 1, &["ppb"]),
    (Parts, 1_000, &["ppm"]),
    (DoseEquivalent, 1, &["nSv"]),
    (DoseEquivalent, 1_000, &["μSv", "uSv", "微希"]),
    (DoseEquivalent, 1_000_000, &["mSv", "毫希"]),
    (AbsorbedDose, 1, &["nGy"]),
    (AbsorbedDose, 1_000, &["μGy", "uGy"]),
    (Conductance, 1, &["μS", "uS", "微西门子"]),
    (Conductance, 1_000, &["mS", "毫西门子"]),
    (Turbidity, 1, &["NTU"]),
    (Other("倍"), 1, &["倍"]),
    (Other("pH"), 1, &["无量纲", "pH"]),
    (Other("MPN"), 1, &["MPN"]),
    (Other("CFU"), 1, &["CFU"]),
    (Count("个"), 1, &["个", "count"]),
    (Count("处"), 1, &["处"]),
    (Count("次"), 1, &["次", "times"]),
    (Count("人次"), 1, &["人次"]),
    (Count("件"), 1, &["件"]),
    (Count("起"), 1, &["起"]),
    (Count("家"), 1, &["家"]),
    (Count("户"), 1, &["户", "household", "households"]),
    (Count("人"), 1, &["人", "person", "persons", "people"]),
    (Count("宗"), 1, &["宗"]),
    (Count("例"), 1, &["例"]),
    (Count("座"), 1, &["座"]),
    (Count("台"), 1, &["台"]),
    (Count("套"), 1, &["套"]),
    (Count("辆"), 1, &["辆", "vehicle", "vehicles"]),
    (Count("艘"), 1, &["艘"]),
    (Count("项"), 1, &["项"]),
    (Count("名"), 1, &["名"]),
    (Count("条"), 1, &["条"]),
    (Count("份"), 1, &["份"]),
    (Count("批"), 1, &["批"]),
    (Count("头"), 1, &["头"]),
    (Count("只"), 1, &["只"]),
    (Count("株"), 1, &["株"]),
    (Count("所"), 1, &["所"]),
    (Count("村"), 1, &["村", "个村"]),
];

/// What stands before a unit that is taken many times: 万吨, 亿千瓦时, 10⁴ t. Longer ones first.
const MULTIPLES: [(&str, u64); 12] = [
    ("万亿", 1_000_000_000_000),
    ("千万", 10_000_000),
    ("百万", 1_000_000),
    ("十万", 100_000),
    ("亿", 100_000_000),
    ("万", 10_000),
    ("千", 1_000),
    ("103", 1_000),
    ("104", 10_000),
    ("106", 1_000_000),
    ("107", 10_000_000),
    ("108", 100_000_000),
];

impl Dimension {
    /// Whether people count it in thousands and more: 万吨, 万户, but not 万%.
    fn has_multiples(self) -> bool {
        matches!(
            self,
            Mass | Volume
                | Area
                | Length
                | Money
                | Energy
                | Power
                | StandardCoal
                | CarbonDioxide
                | CarbonDioxideEquivalent
                | Count(_)
                | Other("美元")
        )
    }
}

/// The text by which a unit is found: without blanks, brackets and `^`, with one sign each for
/// what is multiplied and what is divided. The case stays, for mW is not MW.
pub(super) fn key(spelling: &str) -> String {
    let plain = |c| match c {
        '每' | '∕' | '⁄' => '/',
        '.' | '•' | '‧' | '・' | '⋅' | '∙' | '*' | '×' => '·',
        '−' | '–' => '-',
        other => other,
    };
    let mut key = String::with_capacity(spelling.len());
    each_kept(spelling, |c| {
        if c != '^' {
            key.push(plain(c));
        }
    });
    key
}

/// The unit of a key: its dimension and its size.
pub(super) fn find(key: &str) -> Option<(Dimension, u128)> {
    let simple = |key: &str| known().get(key).copied();
    find_by(key, simple).or_else(|| find_by(key, in_any_case))
}

/// The unit of a key, or a multiple of one, where `simple` finds what stands in the table.
fn find_by(
    key: &str,
    simple: impl Fn(&str) -> Option<(Dimension, u64)>,
) -> Option<(Dimension, u128)> {
    if let Some((dimension, size)) = simple(key) {
        return Some((dimension, u128::from(size)));
    }
    MULTIPLES.into_iter().find_map(|(multiple, times)| {
        let (dimension, size) = simple(key.strip_prefix(multiple)?)?;
        dimension.has_multiples().then(|| (dimension, u128::from(size) * u128::from(times)))
    })
}

/// How a simple unit is usually spelled that is spelled otherwise: `m3` is m³, `ug` is μg, but 吨 is
/// no other spelling of t.
pub(super) fn usual(spelling: &str) -> Option<&'static str> {
    let own = key(spelling);
    let find = |is: &dyn Fn(&str) -> bool| {
        let rows = ROWS.iter().map(|(_, _, spellings)| spellings);
        let mut all = rows.flat_map(|row| row.iter().map(move |spelling| (row, *spelling)));
        all.find(|(_, spelling)| is(spelling))
    };
    let (row, found) = find(&|known| key(known) == own)
        .or_else(|| find(&|known| is_same_in_any_case(&key(known), &own)))?;
    let micro = found.strip_prefix('u').map(|rest| format!("μ{rest}"));
    let with_sign = row.iter().find(|known| micro.as_deref() == Some(known));
    Some(with_sign.copied().unwrap_or(found))
}

type Known = FxHashMap<String, (Dimension, u64)>;

/// Every unit by the keys of its spellings.
fn known() -> &'static Known {
    static KNOWN: OnceLock<Known> = OnceLock::new();
    KNOWN.get_or_init(|| {
        let mut known = Known::with_capacity_and_hasher(4 * ROWS.len(), FxBuildHasher);
        known.extend(spellings());
        known
    })
}

/// The unit of a key in any case. Not a symbol that begins with the M of mega: of `mw` no one can say
/// whether MW or mW is meant.
fn in_any_case(wanted: &str) -> Option<(Dimension, u64)> {
    let is_meant = |key: &str| !key.starts_with('M') && is_same_in_any_case(key, wanted);
    known().iter().find_map(|(key, unit)| is_meant(key).then_some(*unit))
}

/// Whether two keys are one but for their case, which μ has too.
fn is_same_in_any_case(one: &str, other: &str) -> bool {
    let lower = |key: &str| key.chars().flat_map(char::to_lowercase).collect::<String>();
    one.eq_ignore_ascii_case(other)
        || !one.is_ascii() && one.len() == other.len() && lower(one) == lower(other)
}

fn spellings() -> impl Iterator<Item = (String, (Dimension, u64))> {
    let keys = |&(dimension, size, spellings): &Row| {
        spellings.iter().map(move |spelling| (key(spelling), (dimension, size)))
    };
    ROWS.iter().flat_map(keys)
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn no_two_units_have_one_spelling() {
        assert_eq!(known().len(), spellings().count());
        let in_any_case = spellings().filter(|(key, _)| !key.starts_with('M'));
        let keys: Vec<_> = in_any_case.map(|(key, _)| key.to_lowercase()).collect();
        assert_eq!(keys.iter().collect::<BTreeSet<_>>().len(), keys.len());
        // By which those are told apart that are made up of several.
        assert!(spellings().all(|(key, _)| !key.contains('/')));
    }

    #[test]
    fn units_are_found_in_any_case() {
        for (spelling, unit) in spellings().filter(|(key, _)| !key.starts_with('M')) {
            let large = key(&spelling.to_uppercase());
            let is_other = large.starts_with('M') || known().contains_key(&large);
            assert!(is_other || find(&large) == find(&spelling), "{spelling} {unit:?}");
        }
        assert_eq!(find("ΜG"), find("μg"));
    }
}
