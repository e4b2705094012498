//! `points-off-total`

use rust_decimal::Decimal;

use crate::check::Checked;
use crate::check::rule::{By, Nature, Rule};
use crate::diagnostic::{Diagnostic, Level};
use crate::plan::{Combine, Indicator};
use crate::source::Place;

pub(in crate::check) const RULE: Rule = Rule {
    code: "points-off-total",
    level: Level::Note,
    nature: Nature::Judgement,
    summary: "The points that items are given do not add up to the points of their group, or to \
          the plan's total.",
    why: "What the items come to is scaled to the total, so that a point of the table is not a \
          point of the score. Where the document says that they add up, one of them was \
          mistyped.",
    bad: r#"
[scoring]
total = 100

[[indicator]]
id = "pm25"
name = "PM2.5"
unit = "μg/m³"
lead = ["市生态环境局"]
targets = { 2021-2025 = "<= 30" }
points = 40

[[indicator]]
id = "forest"
name = "森林覆盖率"
unit = "%"
lead = ["市林业局"]
points = 50
targets = { 2021-2025 = ">= 81.53" }
"#,
    good: r#"
[scoring]
total = 100

[[indicator]]
id = "pm25"
name = "PM2.5"
unit = "μg/m³"
lead = ["市生态环境局"]
targets = { 2021-2025 = "<= 30" }
points = 40

[[indicator]]
id = "forest"
name = "森林覆盖率"
unit = "%"
lead = ["市林业局"]
points = 60
targets = { 2021-2025 = ">= 81.53" }
"#,
    fix: None,
    by: By::Look(look),
};

fn look(checked: &Checked<'_>, found: &mut Vec<Diagnostic>) {
    let plan = checked.book.plan();
    for (index, group) in plan.groups().iter().enumerate() {
        let Some(declared) = group.points.filter(|_| group.combine == Combine::Sum) else {
            continue;
        };
        let place = || checked.place_in(checked.table("group", &group.id), "points");
        compare(
            &format!("the group `{}`", group.id),
            declared,
            sum(checked, Some(index)),
            place,
            found,
        );
    }
    if plan.indicators().iter().all(|item| item.points == Decimal::ONE) {
        return;
    }
    let total = checked.top("scoring").and_then(|scoring| scoring.get("total"));
    if let Some((_, total)) = total {
        let declared = plan.scoring().total;
        compare("the plan", declared, sum(checked, None), || total.place(), found);
    }
}

fn compare(
    what: &str,
    declared: Decimal,
    sum: Option<Decimal>,
    place: impl FnOnce() -> Place,
    found: &mut Vec<Diagnostic>,
) {
    if let Some(sum) = sum.filter(|sum| *sum != declared) {
        let message = format!("the points in {what} add up to {sum}, not to {declared}");
        let finding = RULE.finding(message).at(place(), "");
        found.push(finding.help("mend them, if they should add up; else they are scaled"));
    }
}

/// What a group's parts are worth, or the plan's; none where the file does not say the points of
/// each.
fn sum(checked: &Checked<'_>, of: Option<usize>) -> Option<Decimal> {
    let plan = checked.book.plan();
    let says =
        |item: &&Indicator| checked.item(item).is_some_and(|table| table.get("points").is_some());
    // What a letter adds is there in its years alone.
    let is_own = |item: &&Indicator| item.group == of && !item.targets.is_empty();
    let items = plan.indicators().iter().filter(is_own);
    let items: Vec<_> = items.collect();
    if !items.iter().all(says) {
        return None;
    }
    let mut sum: Decimal = items.iter().map(|item| item.points).sum();
    for (index, group) in plan.groups().iter().enumerate().filter(|(_, group)| group.parent == of) {
        sum += match group.points {
            Some(points) => points,
            None if group.combine == Combine::Sum => self::sum(checked, Some(index))?,
            None => return None,
        };
    }
    Some(sum)
}
