//! `unit-spelling`

use crate::check::Checked;
use crate::check::rule::{By, Nature, Rule};
use crate::diagnostic::{Diagnostic, Level};

pub(in crate::check) const RULE: Rule = Rule {
    code: "unit-spelling",
    level: Level::Note,
    nature: Nature::Judgement,
    summary: "A unit is spelled otherwise than it usually is.",
    why: "Reports show the unit as the plan spells it, and two spellings of one unit in one table \
          look like two units. It is read alike.",
    bad: r#"
[[indicator]]
id = "pm25"
name = "PM2.5"
unit = "ug/m3"
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
    fix: Some("writes the usual spelling; every result stays as it is, but for the unit's name"),
    by: By::Look(look),
};

fn look(checked: &Checked<'_>, found: &mut Vec<Diagnostic>) {
    for item in checked.book.plan().indicators() {
        let Some(unit) = &item.unit else { continue };
        let Some(usual) = unit.usual_spelling() else { continue };
        if usual == unit.as_str() {
            continue;
        }
        let place = checked.place_in_item(item, "unit");
        let finding = RULE.finding(format!("`{unit}` is usually spelled `{usual}`"));
        let finding = finding.at(place.clone(), "").help("spell it as usual");
        found.push(finding.fix(format!("write `{usual}`"), place, format!("{usual:?}")));
    }
}
