//! What the rows above a header, and the name of its sheet, say of the values under it.

use std::collections::BTreeSet;

use rust_decimal::Decimal;

use super::column;
use crate::plan::{Plan, RegionName};
use crate::spelling::{fold_name, half_width};
use crate::unit::{Conversion, Unit};
use crate::year::Year;

/// What titles say.
#[derive(Debug, Default)]
pub(super) struct Title {
    /// The units of measure, each once.
    pub(super) units: Vec<Unit>,
    years: BTreeSet<Year>,
    /// The plan's regions but its own.
    pub(super) regions: BTreeSet<String>,
    /// What says that the values may be of a part of a year.
    pub(super) part: Option<String>,
}

impl Title {
    pub(super) fn of<'t>(texts: impl Iterator<Item = &'t str>, plan: &Plan) -> Self {
        let mut title = Self::default();
        for text in texts {
            for unit in units_in(text, plan) {
                if !title.units.contains(&unit) {
                    title.units.push(unit);
                }
            }
            title.years.extend(years_in(text));
            title.regions.extend(regions_in(text, plan));
            title.part = title.part.or_else(|| is_part_of_year(text).then(|| text.to_owned()));
        }
        title
    }

    /// The one year that they name, if it is one.
    pub(super) fn year(&self) -> Option<Year> {
        self.years.iter().next().copied().filter(|_| self.years.len() == 1)
    }
}

/// The region whose name a sheet has.
pub(super) fn region_of_sheet(name: &str, plan: &Plan) -> Option<String> {
    match plan.region_name(name) {
        RegionName::Known(region) => Some(region.to_owned()),
        RegionName::Unknown | RegionName::Open => None,
    }
}

/// The units of measure in `单位：万吨、%`, and in brackets that hold nothing else and fit the plan:
/// `排放量（万吨）`. A unit (单位) that fills something in is none.
fn units_in(text: &str, plan: &Plan) -> Vec<Unit> {
    // Titles are spaced out: 单　位.
    let narrow: String = half_width(text).split_whitespace().collect();
    // Lower case of ASCII alone leaves every byte where it was.
    let lower = narrow.to_ascii_lowercase();
    let behind = ["计量单位", "单位:", "units:", "unit:", "单位"].into_iter().find_map(|word| {
        let at = lower.rfind(word)? + word.len();
        narrow.get(at..)
    });
    match behind {
        Some(behind) => listed_units(behind.trim_start_matches([':', '为'])),
        None => bracketed(&narrow).into_iter().filter(|unit| fits_plan(unit, plan)).collect(),
    }
}

/// Units one after the other; a remark in brackets may follow.
fn listed_units(text: &str) -> Vec<Unit> {
    let text = text.trim();
    let known = |text: &str| Some(Unit::new(text.trim())).filter(Unit::is_known);
    let part = |part: &str| match part.split_once(['(', '[', '【', '〔']) {
        // The bracket may be the unit's own: dB(A).
        Some((bare, _)) => known(part).or_else(|| known(bare)),
        None => known(part.trim().trim_end_matches([')', ']', '】', '〕'])),
    };
    text.split(['、', ',', ';', '；']).filter_map(part).collect()
}

/// The units that stand in brackets of their own.
fn bracketed(text: &str) -> Vec<Unit> {
    let groups = text.split(['(', '[', '【', '〔']).skip(1);
    let inside = groups.filter_map(|group| group.split([')', ']', '】', '〕']).next());
    inside
        .flat_map(|inside| inside.split(['、', ',']))
        .map(Unit::new)
        .filter(Unit::is_known)
        .collect()
}

fn fits_plan(unit: &Unit, plan: &Plan) -> bool {
    let items = plan.indicators().iter().filter_map(|item| item.unit.as_ref());
    let inputs = plan.inputs().iter().filter_map(|input| input.unit.as_ref());
    items.chain(inputs).any(|own| unit.convert(Decimal::ONE, own) != Conversion::Impossible)
}

/// The regions of the plan but its own that a text names.
fn regions_in(text: &str, plan: &Plan) -> BTreeSet<String> {
    let folded = fold_name(text);
    let own = plan.about().region.as_str();
    let names = |name: &str| {
        let name = fold_name(name);
        name.chars().count() > 1 && folded.contains(&name) && !fold_name(own).contains(&name)
    };
    let others = plan.regions().iter().filter(|region| region.name != own);
    let named = others
        .filter(|region| names(&region.name) || region.aliases.iter().any(|alias| names(alias)));
    named.map(|region| region.name.clone()).collect()
}

/// Whether a text speaks of months, quarters or a half of a year, and not of a day.
fn is_part_of_year(text: &str) -> bool {
    let narrow = half_width(text);
    let months = narrow.match_indices('月').any(|(at, _)| {
        let is_digit = |c: char| c.is_ascii_digit();
        let before = narrow.get(..at).unwrap_or_default();
        // From January to December is the whole year.
        let to_december = before.strip_suffix("12").unwrap_or_default();
        let is_whole = to_december.trim_end().ends_with(['—', '–', '-', '~', '至', '到']);
        before.ends_with(is_digit)
            && !is_whole
            && !narrow.get(at + '月'.len_utf8()..).unwrap_or_default().starts_with(is_digit)
    });
    months || ["上半年", "下半年", "季度"].iter().any(|part| narrow.contains(part))
}

/// The years in `2021年度…`.
fn years_in(text: &str) -> Vec<Year> {
    if let Some(year) = column::year(text) {
        return vec![year];
    }
    let narrow = half_width(text);
    // What stands before a month is a date, and says when something was written.
    let is_date = |behind: &str| {
        let whole = ["1-12月", "1—12月", "1–12月", "1~12月", "1至12月"];
        if whole.iter().any(|months| behind.starts_with(months)) {
            return false;
        }
        let digits = behind.chars().take_while(char::is_ascii_digit).count();
        (1..=2).contains(&digits)
    };
    let before = |(at, sign): (usize, &str)| {
        let behind = narrow.get(at + sign.len()..)?.trim_start();
        let digits = narrow.get(..at)?.trim_end();
        if is_date(behind) {
            return None;
        }
        let start = digits.len().checked_sub(4)?;
        let is_longer = digits.get(..start)?.ends_with(|c: char| c.is_ascii_digit());
        column::year(digits.get(start..)?).filter(|_| !is_longer)
    };
    let dashed = narrow.match_indices(['—', '–', '-', '至', '~']).filter_map(before);
    narrow.match_indices('年').filter_map(before).chain(dashed).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::Source;

    #[test]
    fn titles_name_units_years_and_regions() {
        let text = include_str!("../../tests/it/reading/plan.toml");
        let plan = Plan::read(&Source::new("plan.toml", text)).unwrap();
        let title = |text| Title::of([text].into_iter(), &plan);
        let units =
            |text| -> Vec<String> { title(text).units.iter().map(ToString::to_string).collect() };
        assert_eq!(units("（单位：万吨）"), ["万吨"]);
        assert_eq!(units("单位：万吨（除注明外）"), ["万吨"]);
        assert_eq!(units("计量单位 万吨"), ["万吨"]);
        assert_eq!(units("单　位：万吨"), ["万吨"]);
        assert_eq!(units("（单位 万吨）"), ["万吨"]);
        assert_eq!(units("2021年延边州（排放量单位为万吨）"), ["万吨"]);
        assert_eq!(units("Unit: mg/m³"), ["mg/m³"]);
        assert_eq!(units("化学需氧量排放量（万吨）"), ["万吨"]);
        assert_eq!(units("单位：万吨、%"), ["万吨", "%"]);
        assert_eq!(units("单位：dB(A)"), ["dB(A)"]);
        assert!(units("填报单位：林业局").is_empty() && units("(年)").is_empty());
        assert_eq!(title("珲春市2021年度完成情况").year(), "2021".parse().ok());
        assert_eq!(title("2021—2025年责任制 2021年度").year(), None);
        assert_eq!(title("第12021年").year(), None);
        assert_eq!(title("2020").year(), "2020".parse().ok());
        assert_eq!(title("2020年1-12月").year(), "2020".parse().ok());
        assert!(title("延边州2021年").regions.is_empty());
        assert_eq!(title("延吉2021年").regions.first().map(String::as_str), Some("延吉市"));
        assert!(title("2021年1-9月").part.is_some() && title("2022年1月10日").part.is_none());
    }
}
