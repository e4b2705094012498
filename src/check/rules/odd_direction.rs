//! `odd-direction`

use crate::check::Checked;
use crate::check::rule::{By, Nature, Rule};
use crate::diagnostic::{Diagnostic, Level};
use crate::plan::{Better, Comparison, Indicator};
use crate::unit::Unit;

pub(in crate::check) const RULE: Rule = Rule {
    code: "odd-direction",
    level: Level::Warning,
    nature: Nature::Judgement,
    summary: "A target asks for more of what should be less, or the other way about, by what it is or by other years.",
    why: "`>=` for `<=` turns the score round: the dirtiest year earns the points. By its unit \
          a concentration should be low, and by their names rates of good days, cover and \
          compliance should be high.",
    bad: r#"
[[indicator]]
id = "pm25"
name = "PM2.5"
unit = "μg/m³"
lead = ["市生态环境局"]
targets = { 2021-2025 = ">= 30" }
"#,
    good: r#"
[[indicator]]
id = "pm25"
name = "PM2.5"
unit = "μg/m³"
lead = ["市生态环境局"]
targets = { 2021-2025 = "<= 30" }
"#,
    fix: None,
    by: By::Look(look),
};

/// Words in names of what should be high.
const GOOD: [&str; 16] = [
    "优良",
    "达标",
    "覆盖率",
    "处理率",
    "合格率",
    "利用率",
    "普及率",
    "收集率",
    "处置率",
    "保有率",
    "修复率",
    "绿化",
    "满意",
    "good-air",
    "forest cover",
    "compliance",
];

/// Words in names that turn the others round.
const TURNED: [&str; 14] = [
    "不达标",
    "未达标",
    "不合格",
    "非优良",
    "超标",
    "劣",
    "溶解氧",
    "dissolved oxygen",
    "下降",
    "减少",
    "削减",
    "降低",
    "reduction",
    "cut",
];

fn look(checked: &Checked<'_>, found: &mut Vec<Diagnostic>) {
    for item in checked.book.plan().indicators() {
        let asked = item.targets.iter().filter_map(|target| {
            let better = target.comparison().and_then(Comparison::better)?;
            Some((target.years, better))
        });
        // What the first years ask is the measure of the later ones, where nothing else is.
        let (usual, whence) = match (expected(item), asked.clone().next()) {
            (Some(better), _) => (better, "by what it is"),
            (None, Some((_, first))) => (first, "as in the years before"),
            (None, None) => continue,
        };
        for (years, _) in asked.filter(|(_, better)| *better != usual) {
            let (asked, usual) = match usual {
                Better::Lower => ("high", "low"),
                Better::Higher => ("low", "high"),
            };
            let message = format!("`{}` is to be {asked} here, and {usual} {whence}", item.id);
            let finding = RULE.finding(message).at(checked.place_of_target(item, years), "");
            found.push(finding.help("turn the sign round, if it is not meant so"));
        }
    }
}

/// Which way a value should be better, by the item's unit and name.
fn expected(item: &Indicator) -> Option<Better> {
    let name: String = item.name.wordings().collect::<Vec<_>>().join(" ").to_lowercase();
    let has = |words: &[&str]| words.iter().any(|word| name.contains(word));
    if has(&TURNED) {
        None
    } else if item.unit.as_ref().is_some_and(Unit::is_concentration) {
        Some(Better::Lower)
    } else {
        has(&GOOD).then_some(Better::Higher)
    }
}
