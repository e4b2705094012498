//! `no-lead`

use crate::check::Checked;
use crate::check::rule::{By, Nature, Rule};
use crate::diagnostic::{Diagnostic, Level};

pub(in crate::check) const RULE: Rule = Rule {
    code: "no-lead",
    level: Level::Warning,
    nature: Nature::Fact,
    summary: "An item names no responsible unit, and the plan has no coordinator.",
    why: "Nobody is told that the value is owed, and the report has nobody to ask when it is \
          missing. Name the unit that the document names, or a `coordinator` in `[about]` for \
          what names none.",
    bad: r#"
[[indicator]]
id = "pm25"
name = "PM2.5"
unit = "μg/m³"
targets = { 2021-2025 = "<= 30" }
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
    let plan = checked.book.plan();
    for item in plan.indicators().iter().filter(|item| plan.leads(item).is_empty()) {
        let finding = RULE.finding(format!("nobody answers for `{}`", item.id));
        let finding = finding.at(checked.place_in_item(item, "id"), "");
        found.push(finding.help("add `lead = [\"…\"]`, or `coordinator` in `[about]`"));
    }
}
