//! `unknown-unit`

use crate::check::Checked;
use crate::check::rule::{By, Nature, Rule};
use crate::diagnostic::{Diagnostic, Level};

pub(in crate::check) const RULE: Rule = Rule {
    code: "unknown-unit",
    level: Level::Warning,
    nature: Nature::Judgement,
    summary: "A unit of measure is none that the program knows.",
    why: "Only values without a unit, or in the same spelling, are taken: none in another unit can be \
          converted, and the value is refused. Mostly it is a slip: `mg/m` for mg/m³.",
    bad: r#"
[[indicator]]
id = "pm25"
name = "PM2.5"
unit = "μg/m³n"
lead = ["市生态环境局"]
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
    let items = plan.indicators().iter().map(|item| ("indicator", &item.id, &item.unit));
    let inputs = plan.inputs().iter().map(|input| ("input", &input.id, &input.unit));
    for (list, id, unit) in items.chain(inputs) {
        let Some(unit) = unit.as_ref().filter(|unit| !unit.is_known()) else { continue };
        let place = checked.place_in(checked.table(list, id), "unit");
        let finding = RULE.finding(format!("the unit `{unit}` is not known")).at(place, "");
        found.push(
            finding.help("mend it; if it is right, allow it: no other unit is converted to it"),
        );
    }
}
