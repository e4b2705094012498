//! `formula-without-value`

use crate::check::Checked;
use crate::check::rule::{By, Nature, Rule};
use crate::diagnostic::{Diagnostic, Level};
use crate::plan::{Method, Symbol};

pub(in crate::check) const RULE: Rule = Rule {
    code: "formula-without-value",
    level: Level::Warning,
    nature: Nature::Judgement,
    summary: "The formula of an item's points uses neither its value nor any other.",
    why: "Whatever is measured, the points stay the same: the value was left out, or the \
          formula is a draft.",
    bad: r#"
[[indicator]]
id = "pm25"
name = "PM2.5"
unit = "μg/m³"
lead = ["市生态环境局"]
targets = { 2021-2025 = "<= 30" }
points = 10
score = { formula = "points / 2" }
"#,
    good: r#"
[[indicator]]
id = "pm25"
name = "PM2.5"
unit = "μg/m³"
lead = ["市生态环境局"]
targets = { 2021-2025 = "<= 30" }
points = 10
score = { formula = "points - (pm25 - 30)" }
"#,
    fix: None,
    by: By::Look(look),
};

fn look(checked: &Checked<'_>, found: &mut Vec<Diagnostic>) {
    for item in checked.book.plan().indicators() {
        let Method::Formula(formula) = &item.rule.method else { continue };
        if !formula.symbols().any(|symbol| matches!(symbol, Symbol::Value(..))) {
            let message = format!("`{}` uses no measured value", formula.text());
            let finding = RULE.finding(message).at(checked.place_in_item(item, "score"), "");
            found.push(finding.help("use the value by the item's id"));
        }
    }
}
