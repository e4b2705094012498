//! The regions that a title names.

use std::collections::BTreeSet;

use crate::data::column;
use crate::plan::{Plan, RegionName};
use crate::spelling::{fold_name, half_width};

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
const NO_NAMES: [&str; 16] = [
    "全", "各", "本", "我", "该", "城", "上", "外", "县", "省", "地", "区", "州", "市", "所有",
    "重点",
];

/// Characters behind 市, 县 … that make another word of it: 市级, 市场.
const OTHER_WORDS: [char; 10] = ['级', '场', '政', '域', '直', '区', '管', '容', '本', '内'];

/// A region that is neither the plan's own nor one that it lists, at the beginning of a text:
/// `敦化市2021年`.
pub(super) fn other_region(text: &str, plan: &Plan) -> Option<String> {
    /// No name of a region is longer, in characters.
    const LONGEST: usize = 12;
    let own = &plan.about().region;
    // A larger region may stand before the one that is meant.
    let text = text.trim().strip_prefix(own.as_str()).unwrap_or(text);
    let is_near = |name: &str| {
        let (folded, own) = (fold_name(text), fold_name(own));
        folded.contains(&own) || own.contains(&fold_name(name)) || {
            let own_names = plan.regions().iter().filter(|region| fold_name(&region.name) == own);
            own_names
                .flat_map(|region| &region.aliases)
                .any(|name| folded.contains(&fold_name(name)))
        }
    };
    let text = text.trim().trim_start_matches(|c: char| c.is_ascii_digit() || "年度 ".contains(c));
    let mut name = text.char_indices().take(LONGEST).take_while(|(_, c)| is_chinese(*c));
    let (at, kind) = name.find(|(at, c)| *at > 0 && "市县州旗盟省".contains(*c))?;
    let (before, name) = (text.get(..at)?, text.get(..at + kind.len_utf8())?);
    let behind = text.get(name.len()..)?.chars().next();
    let is_other_word = behind.is_some_and(|c| OTHER_WORDS.contains(&c));
    let is_alone = behind.is_none_or(|c| !is_chinese(c));
    let is_name = before.chars().count() > 1
        && !NO_NAMES.iter().any(|word| before.ends_with(word) || before.starts_with("各"))
        && !is_other_word
        && (kind != '省' || is_alone);
    let is_listed = matches!(plan.region_name(name), RegionName::Known(_));
    (is_name && !is_listed && !is_near(name)).then(|| name.to_owned())
}

fn is_chinese(c: char) -> bool {
    matches!(c, '\u{4e00}'..='\u{9fff}')
}
