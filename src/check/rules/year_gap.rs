//! `year-gap`

use crate::check::Checked;
use crate::check::rule::{By, Nature, Rule};
use crate::diagnostic::{Diagnostic, Level};
use crate::year::Year;

pub(in crate::check) const RULE: Rule = Rule {
    code: "year-gap",
    level: Level::Warning,
    nature: Nature::Judgement,
    summary: "An item has targets for earlier and for later years, and for one between neither a \
          target nor a pending one.",
    why: "In that year the item is left out of the score without a word. If the document asks \
          nothing then, allow it here with that reason; if the number comes later, say \
          `pending`.",
    bad: r#"
[[indicator]]
id = "pm25"
name = "PM2.5"
unit = "μg/m³"
lead = ["市生态环境局"]
targets = { 2021-2022 = "<= 33", 2024-2025 = "<= 30" }
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

fn look(checked: &Checked<'_>, found: &mut Vec<Diagnostic>) {
    for (index, item) in checked.book.plan().indicators().iter().enumerate() {
        let gaps: Vec<String> = between(checked, index).iter().map(Year::to_string).collect();
        if gaps.is_empty() {
            continue;
        }
        let message = format!("`{}` has no target for {}", item.id, gaps.join(", "));
        let finding = RULE.finding(message).at(checked.place_in_item(item, "targets"), "");
        let help = "add it, or `{ pending = \"…\" }`; allow it if nothing is asked then";
        found.push(finding.help(help));
    }
}

/// The years between an item's targets that have none.
fn between(checked: &Checked<'_>, index: usize) -> Vec<Year> {
    let (unsaid, said) = checked.years_by_target(index);
    let is_between = |year: &Year| said.first() < Some(year) && Some(year) < said.last();
    unsaid.into_iter().filter(is_between).collect()
}
