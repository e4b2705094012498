//! `never-pays`

use rust_decimal::Decimal;

use crate::check::Checked;
use crate::check::rule::{By, Nature, Rule};
use crate::diagnostic::{Diagnostic, Level};

pub(in crate::check) const RULE: Rule = Rule {
    code: "never-pays",
    level: Level::Warning,
    nature: Nature::Fact,
    summary: "An item is worth points, and no value can earn any.",
    why: "Every band or state gives 0, or `met` is 0 and nothing is added: whatever the year \
          brings, the points are lost.",
    bad: r#"
[[indicator]]
id = "pm25"
name = "PM2.5"
unit = "μg/m³"
lead = ["市生态环境局"]
targets = { 2021-2025 = "<= 30" }
points = 5
score = { bands = [["<= 30", 0], ["<= 35", 0]] }
"#,
    good: r#"
[[indicator]]
id = "pm25"
name = "PM2.5"
unit = "μg/m³"
lead = ["市生态环境局"]
targets = { 2021-2025 = "<= 30" }
points = 5
score = { bands = [["<= 30", 5], ["<= 35", 3]] }
"#,
    fix: None,
    by: By::Look(look),
};

fn look(checked: &Checked<'_>, found: &mut Vec<Diagnostic>) {
    for item in checked.book.plan().indicators() {
        let (_, most) = item.rule.bounds(item.points);
        if item.points > Decimal::ZERO && most <= Decimal::ZERO {
            let message =
                format!("no value of `{}` earns any of its {} points", item.id, item.points);
            let finding = RULE.finding(message).at(checked.place_in_item(item, "score"), "");
            found.push(finding.help("mend the points of the bands or states, or `met`"));
        }
    }
}
