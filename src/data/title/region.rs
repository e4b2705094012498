//! The regions that a title names.

use std::collections::BTreeSet;

use super::year::with_digits;
use crate::data::column;
use crate::plan::{Plan, RegionName};
use crate::spelling::{fold_name, half_width, is_chinese};

/// The region of a sheet by its name, `延吉市`, `延吉市2021年`.
pub(in crate::data) fn region_of_sheet(name: &str, plan: &Plan) -> Option<String> {
    let known = |name: &str| match plan.region_name(name) {
        RegionName::Known(region) => Some(region.to_owned()),
        RegionName::Unknown | RegionName::Open => None,
    };
    // Spreadsheets number the copies of a sheet: `延吉市 (2)`.
    let narrow = half_width(name);
    let is_count = |c: char| c.is_ascii_digit() || matches!(c, '(' | ')' | ' ');
    let year = |c: char| c.is_ascii_digit() || c.is_whitespace();
    let bare = narrow.trim_end_matches(is_count).trim_end_matches("年度").trim_end_matches('年');
    known(name)
        .or_else(|| known(bare.trim_end_matches(year)).filter(|_| column::year(bare).is_none()))
}

/// The regions of the plan but its own that a text names.
pub(super) fn regions_in(text: &str, plan: &Plan) -> BTreeSet<String> {
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

/// Words before 市, 县 … that make no name of one.
const NO_NAMES: [&str; 28] = [
    "全",
    "各",
    "本",
    "我",
    "该",
    "县",
    "地",
    "区",
    "市",
    "的",
    "级",
    "辖",
    "所有",
    "重点",
    "周边",
    "示范",
    "生态",
    "试点",
    "达标",
    "贫困",
    "产粮大",
    "大城",
    "小城",
    "省城",
    "同城",
    "联",
    "欧",
    "超",
];

/// Words before 区 that make no name of one.
const NO_DISTRICTS: [&str; 16] = [
    "保护", "功能", "园", "景", "库", "灌", "矿", "小", "社", "辖", "牧", "林", "山", "厂", "控制",
    "流域",
];

/// Characters behind 市, 县 … that make another word of it: 市级, 市场.
const OTHER_WORDS: [char; 10] = ['级', '场', '政', '域', '直', '区', '管', '容', '本', '内'];

/// A region that is neither the plan's own nor one that it lists: `敦化市2021年`.
pub(super) fn other_region(text: &str, plan: &Plan) -> Option<String> {
    let own = plan.about().region.as_str();
    let text = with_digits(&half_width(text));
    // A larger region, or the plan's own, may stand before the one that is meant.
    let text = text.trim().strip_prefix(own).unwrap_or(&text);
    if names_own(text, plan) {
        return None;
    }
    let is_listed = |name: &str| matches!(plan.region_name(name), RegionName::Known(_));
    let is_own = |name: &str| fold_name(own).contains(&fold_name(name));
    let other = names_in(text).into_iter().find(|name| !is_listed(name) && !is_own(name));
    other.map(str::to_owned)
}

/// Whether a text has the name of the plan's own region, or an alias of it.
fn names_own(text: &str, plan: &Plan) -> bool {
    let (folded, own) = (fold_name(text), fold_name(&plan.about().region));
    let mut listed = plan.regions().iter().filter(|region| fold_name(&region.name) == own);
    folded.contains(&own)
        || listed
            .any(|region| region.aliases.iter().any(|alias| folded.contains(&fold_name(alias))))
}

/// What may be names of regions in a text: words that end with 市, 县 ….
fn names_in(text: &str) -> Vec<&str> {
    let mut names = Vec::new();
    let mut start = 0;
    let mut chars = text.char_indices().peekable();
    while let Some((at, c)) = chars.next() {
        let next = chars.peek().map(|(_, next)| *next);
        let end = at + c.len_utf8();
        let before = text.get(start..at).unwrap_or_default();
        if !is_chinese(c) || matches!(c, '年' | '度') {
            start = end;
        } else if ends_name(c, next) && before.chars().count() > 1 {
            names.extend(text.get(start..end).filter(|_| is_name(before, c)));
            start = end;
        } else if c == '省' {
            start = end;
        }
    }
    names
}

/// Whether a character ends the name of a region, before the next one.
fn ends_name(c: char, next: Option<char>) -> bool {
    match c {
        // Of the seats of provinces and districts there are too many other words.
        '省' | '区' => next.is_none_or(|next| !is_chinese(next)),
        '州' if next == Some('市') => false,
        '县' if next == Some('城') => false,
        '市' | '县' | '州' | '旗' | '盟' => {
            next.is_none_or(|next| !OTHER_WORDS.contains(&next))
        }
        _ => false,
    }
}

fn is_name(before: &str, kind: char) -> bool {
    let no_district = kind == '区' && NO_DISTRICTS.iter().any(|word| before.ends_with(word));
    // 主要城市, but 盐城市.
    let is_city = kind == '市' && before.ends_with('城') && before.chars().count() > 2;
    !no_district
        && !is_city
        && !before.starts_with('各')
        && !NO_NAMES.iter().any(|word| before.ends_with(word))
}
