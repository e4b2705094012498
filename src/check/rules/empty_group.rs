//! `empty-group`

use crate::check::Checked;
use crate::check::rule::{By, Nature, Rule};
use crate::diagnostic::{Diagnostic, Level};

pub(in crate::check) const RULE: Rule = Rule {
    code: "empty-group",
    level: Level::Warning,
    nature: Nature::Fact,
    summary: "A group has no item and no other group in it.",
    why: "It counts nothing and shows nowhere. Its items were cut with a block, or name \
          another group.",
    bad: r#"
[[group]]
id = "air"
title = "Air"
clause = "一(一)1"

[[indicator]]
id = "pm25"
name = "PM2.5"
unit = "μg/m³"
lead = ["市生态环境局"]
targets = { 2021-2025 = "<= 30" }
"#,
    good: r#"
[[group]]
id = "air"
title = "Air"
clause = "一(一)1"

[[indicator]]
id = "pm25"
group = "air"
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
    for (index, group) in plan.groups().iter().enumerate() {
        let is_in = |of: Option<usize>| of == Some(index);
        let is_filled = plan.indicators().iter().any(|item| is_in(item.group))
            || plan.groups().iter().any(|group| is_in(group.parent));
        if !is_filled {
            let place = checked.place_in(checked.table("group", &group.id), "id");
            let finding = RULE.finding(format!("nothing is in the group `{}`", group.id));
            found.push(finding.at(place, "").help("put its items in it, or leave it out"));
        }
    }
}
