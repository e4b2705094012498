//! What the rows above a header, and the name of its sheet, say of the values under it; and what of
//! that cannot be told for certain.

mod region;
mod unit;
mod year;

use std::collections::BTreeSet;

use self::region::{other_region, regions_in};
use self::year::{is_of_year_before, is_part_of_year, years_in};
use super::row::is_remark;
use crate::plan::{Plan, Quantity};
use crate::unit::Unit;
use crate::year::Year;

pub(super) use self::region::region_of_sheet;
pub(super) use self::unit::{changes, unit_for, units_in};

/// What titles say.
#[derive(Clone, Debug, Default)]
pub(super) struct Title {
    pub(super) units: Vec<TitleUnit>,
    /// What is said of units and cannot be told for certain: units item by item.
    pub(super) unclear: Option<String>,
    pub(super) years: BTreeSet<Year>,
    /// Years that the values may be of.
    pub(super) doubtful: BTreeSet<Year>,
    /// What speaks of the year before.
    pub(super) year_before: Option<String>,
    /// Regions but the plan's own, whether the plan has them or not.
    pub(super) regions: BTreeSet<String>,
    /// What says that the values may be of a part of a year.
    pub(super) part: Option<String>,
}

/// A unit of measure that a title says, and of what, where it does not say it of all.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct TitleUnit {
    pub(super) unit: Unit,
    pub(super) of: Option<Quantity>,
}

impl Title {
    pub(super) fn of<'t>(texts: impl IntoIterator<Item = &'t str>, plan: &Plan) -> Self {
        let mut title = Self::default();
        for text in texts {
            match units_in(text, plan) {
                Ok(units) => {
                    for unit in units {
                        if !title.units.contains(&unit) {
                            title.units.push(unit);
                        }
                    }
                }
                Err(unclear) => title.unclear = title.unclear.or(Some(unclear)),
            }
            // A remark may speak of any year and region.
            if !is_remark(text) {
                let years = years_in(text);
                title.years.extend(years.said);
                title.doubtful.extend(years.doubtful);
                let before = || is_of_year_before(text).then(|| text.to_owned());
                title.year_before = title.year_before.or_else(before);
                title.regions.extend(regions_in(text, plan));
                title.regions.extend(other_region(text, plan));
                title.part = title.part.or_else(|| is_part_of_year(text).then(|| text.to_owned()));
            }
        }
        title
    }

    /// The one year that it names, if it is one.
    pub(super) fn year(&self) -> Option<Year> {
        self.years.first().copied().filter(|_| self.years.len() == 1)
    }

    /// Whether a value may be read otherwise by what it says of units.
    pub(super) fn changes_units(&self, plan: &Plan) -> bool {
        self.unclear.is_some() || self.units.iter().any(|said| changes(&said.unit, plan))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::Source;

    fn plan() -> Plan {
        let text = include_str!("../../tests/it/reading/plan.toml");
        Plan::read(&Source::new("plan.toml", text)).unwrap()
    }

    #[test]
    fn titles_name_units() {
        let plan = plan();
        let units = |text| -> Vec<String> {
            Title::of([text], &plan).units.iter().map(|said| said.unit.to_string()).collect()
        };
        for text in [
            "（单位：万吨）",
            "单位：万吨（除注明外）",
            "计量单位 万吨",
            "单　位：万吨",
            "（单位 万吨）",
            "2021年延边州（排放量单位为万吨）",
            "化学需氧量排放量（万吨）",
            "单位：×10⁴t",
        ] {
            let said = units(text);
            assert!(said == ["万吨"] || said == ["10⁴t"], "{text}: {said:?}");
        }
        assert_eq!(units("Unit: mg/m³"), ["mg/m³"]);
        assert_eq!(units("单位：万吨、%"), ["万吨", "%"]);
        assert_eq!(units("单位：dB(A)"), ["dB(A)"]);
        for text in
            ["填报单位：林业局", "(年)", "单位：珲春市水利局水资源处", "Unit: Forest Department"]
        {
            assert!(units(text).is_empty(), "{text}");
            assert!(Title::of([text], &plan).unclear.is_none(), "{text}");
        }
    }

    #[test]
    fn what_titles_say_of_units_item_by_item_is_unclear() {
        let plan = plan();
        for text in [
            "单位：CO为mg/m³，其余为μg/m³",
            "单位：PM2.5 μg/m³，CO mg/m³",
            "Unit: 10,000 t",
            "单位：μg/m³（CO为mg/m³）",
            "单位：万吨，比例为百分数",
        ] {
            assert!(Title::of([text], &plan).unclear.is_some(), "{text}");
        }
    }

    #[test]
    fn titles_name_years_regions_and_parts_of_years() {
        let plan = plan();
        let years = |text| -> Vec<u16> {
            Title::of([text], &plan).years.into_iter().map(Year::number).collect()
        };
        for text in [
            "延边州2020年度完成情况",
            "2020",
            "大气2020",
            "2020年1-12月",
            "2020年1月至12月",
            "2020年01—12月",
            "二〇二〇年环境质量",
            "二○二零年",
            "考核年度：2020",
            "年份: 2020",
            "截至2020年12月31日",
            "2020年1-9月",
            "2021—2025年责任制 2020年度",
            "2020—大气",
        ] {
            assert_eq!(years(text), [2020], "{text}");
        }
        for text in [
            "2021—2025年责任制",
            "第12021年",
            "2022年1月10日",
            "GB3095-2012",
            "2021-2025",
            "2020——2025年",
        ] {
            assert!(years(text).is_empty(), "{text}");
        }
        assert_eq!(years("2021年较2019年改善"), [2019, 2021]);

        let regions =
            |text| -> Vec<String> { Title::of([text], &plan).regions.into_iter().collect() };
        assert!(regions("延边州2021年").is_empty() && regions("城市空气质量").is_empty());
        for text in ["全州各县市", "市级断面", "县市2021年", "延边州和各县市", "附件1：环境质量"]
        {
            assert!(regions(text).is_empty(), "{text}");
        }
        assert_eq!(regions("延吉2021年"), ["延吉市"]);
        assert_eq!(regions("敦化市2021年大气"), ["敦化市"]);
        assert_eq!(regions("敦化市"), ["敦化市"]);
        assert_eq!(regions("辽宁省2021年"), ["辽宁省"]);
        let part = |text| Title::of([text], &plan).part;
        assert!(part("2021年1-9月").is_some() && part("2022年1月10日").is_none());
        assert!(part("2021年1月至12月").is_none());
    }
}
