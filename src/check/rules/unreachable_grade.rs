//! `unreachable-grade`

use rust_decimal::Decimal;

use crate::check::Checked;
use crate::check::rule::{By, Nature, Rule};
use crate::diagnostic::{Diagnostic, Level};
use crate::plan::{Indicator, Plan, Spot};

pub(in crate::check) const RULE: Rule = Rule {
    code: "unreachable-grade",
    level: Level::Warning,
    nature: Nature::Fact,
    summary: "A grade begins above the highest score that there can be.",
    why: "Nobody can ever be given it: the edges were written for another scale, or the plan's \
          `total` was changed and they were not.",
    bad: r#"
[[grade]]
name = "优秀"
from = 120

[[grade]]
name = "合格"
from = 60

[[indicator]]
id = "pm25"
name = "PM2.5"
unit = "μg/m³"
lead = ["市生态环境局"]
targets = { 2021-2025 = "<= 30" }
"#,
    good: r#"
[[grade]]
name = "优秀"
from = 90

[[grade]]
name = "合格"
from = 60

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
    let Some(most) = highest_score(plan) else { return };
    let grades = checked.top("grade").map(Spot::items).into_iter().flatten();
    for (grade, table) in plan.grades().iter().zip(grades) {
        if grade.from > most {
            let message = format!("no score reaches {}: the highest is {most}", grade.from);
            let finding = RULE.finding(message).at(checked.place_in(Some(table), "from"), "");
            found.push(finding.help("mend `from`, or the `total` or `cap` of `[scoring]`"));
        }
    }
}

/// The highest score that there can be, where that is plain: nothing earns more than its points.
fn highest_score(plan: &Plan) -> Option<Decimal> {
    let scoring = plan.scoring();
    let is_plain = |item: &Indicator| item.rule.bounds(item.points).1 <= item.points;
    let all_plain = plan.indicators().iter().all(is_plain);
    scoring.cap.or(all_plain.then_some(scoring.total))
}
