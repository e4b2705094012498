//! `zero-out-of-reach`

use rust_decimal::Decimal;

use crate::check::Checked;
use crate::check::rule::{By, Nature, Rule};
use crate::diagnostic::{Diagnostic, Level};
use crate::plan::{Better, Bound, Comparison, Indicator, Method};
use crate::unit::Unit;

pub(in crate::check) const RULE: Rule = Rule {
    code: "zero-out-of-reach",
    level: Level::Warning,
    nature: Nature::Fact,
    summary: "The value at which nothing is left is one that cannot be measured.",
    why: "A share is never below 0 %, nor is a concentration: from the worst value that there \
          can be, points are left, and the scale between is not the one that was meant.",
    bad: r#"
[[indicator]]
id = "forest"
name = "森林覆盖率"
unit = "%"
lead = ["市林业局"]
points = 10
targets = { 2021-2025 = ">= 81.53" }
score = { off = 1, per = 1, zero-at = "<= -5" }
"#,
    good: r#"
[[indicator]]
id = "forest"
name = "森林覆盖率"
unit = "%"
lead = ["市林业局"]
points = 10
targets = { 2021-2025 = ">= 81.53" }
score = { off = 1, per = 1, zero-at = "<= 71.53" }
"#,
    fix: None,
    by: By::Look(look),
};

fn look(checked: &Checked<'_>, found: &mut Vec<Diagnostic>) {
    for item in checked.book.plan().indicators() {
        let (Method::Off { zero_at, .. } | Method::Proportional { zero_at, .. }) =
            &item.rule.method
        else {
            continue;
        };
        let Some(zero_at) = zero_at.as_ref().filter(|zero_at| !is_possible(item, zero_at)) else {
            continue;
        };
        let message = format!("no value of `{}` can be `{zero_at}`", item.id);
        let finding = RULE.finding(message).at(checked.place_in_item(item, "score"), "");
        found.push(finding.help("name a value that there can be; `least` says where values end"));
    }
}

/// Whether an item has a value for which a comparison holds.
fn is_possible(item: &Indicator, comparison: &Comparison) -> bool {
    let Comparison::One(relation, Bound::Number(bound)) = comparison else { return true };
    let is_measured =
        |unit: &&Unit| unit.is_per_cent() || unit.is_concentration() || unit.is_count();
    let is_positive = item.formula.is_none() && item.unit.as_ref().filter(is_measured).is_some();
    let least = item.range.least.or(is_positive.then_some(Decimal::ZERO));
    match relation.better() {
        Better::Lower => least.is_none_or(|least| relation.holds(least, *bound)),
        Better::Higher => item.range.most.is_none_or(|most| relation.holds(most, *bound)),
    }
}
