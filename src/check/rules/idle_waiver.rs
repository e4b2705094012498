//! `idle-waiver`

use crate::check::Checked;
use crate::check::rule::{By, Nature, Rule};
use crate::diagnostic::{Diagnostic, Level};

pub(in crate::check) const RULE: Rule = Rule {
    code: "idle-waiver",
    level: Level::Warning,
    nature: Nature::Fact,
    summary: "A waiver ends before any of the years that it is written for.",
    why: "A waiver covers a year only if it lasts to that year's end, which is when the year \
          is assessed: this one lifts nothing, and the item is judged.",
    bad: r#"
[[indicator]]
id = "pm25"
name = "PM2.5"
unit = "μg/m³"
lead = ["市生态环境局"]
targets = { 2021 = { firm = "<= 30", waived = { reason = "扩权强县试点", by = "省政府", until = 2021-06-30 } }, 2022-2025 = "<= 30" }
"#,
    good: r#"
[[indicator]]
id = "pm25"
name = "PM2.5"
unit = "μg/m³"
lead = ["市生态环境局"]
targets = { 2021 = { firm = "<= 30", waived = { reason = "扩权强县试点", by = "省政府", until = 2021-12-31 } }, 2022-2025 = "<= 30" }
"#,
    fix: None,
    by: By::Look(look),
};

fn look(checked: &Checked<'_>, found: &mut Vec<Diagnostic>) {
    for item in checked.book.plan().indicators() {
        for target in &item.targets {
            let Some(waiver) = &target.waiver else { continue };
            if target.years.iter().any(|year| waiver.covers(year)) {
                continue;
            }
            let message = format!(
                "the waiver ends on {} and covers no year of {}",
                waiver.until, target.years
            );
            let finding = RULE.finding(message).at(checked.place_of_target(item, target.years), "");
            found.push(finding.help("mend `until`, or leave the waiver out"));
        }
    }
}
