//! `years-unsaid`

use crate::check::Checked;
use crate::check::rule::{By, Nature, Rule};
use crate::diagnostic::{Diagnostic, Level};
use crate::year::Year;

pub(in crate::check) const RULE: Rule = Rule {
    code: "years-unsaid",
    level: Level::Note,
    nature: Nature::Judgement,
    summary: "An item has targets, and for the first or the last years of the plan neither a \
          target nor a pending one.",
    why: "In those years the item is left out of the score. Many documents ask for something \
          in one year alone, or for an end in the last: then it is meant. Where the number \
          comes later, say `pending`.",
    bad: r#"
[[indicator]]
id = "pm25"
name = "PM2.5"
unit = "μg/m³"
lead = ["市生态环境局"]
targets = { 2022-2025 = "<= 30" }
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
        let gaps: Vec<String> = around(checked, index).iter().map(Year::to_string).collect();
        if gaps.is_empty() {
            continue;
        }
        let message = format!("`{}` has no target for {}", item.id, gaps.join(", "));
        let finding = RULE.finding(message).at(checked.place_in_item(item, "targets"), "");
        let help = "add it, or `{ pending = \"…\" }`; allow it if nothing is asked then";
        found.push(finding.help(help));
    }
}

/// The years before and behind an item's targets that have none.
fn around(checked: &Checked<'_>, index: usize) -> Vec<Year> {
    let (unsaid, said) = checked.years_by_target(index);
    let is_around = |year: &Year| said.first() > Some(year) || Some(year) > said.last();
    unsaid.into_iter().filter(is_around).collect()
}
