//! `pending-overdue`

use std::borrow::Cow;

use crate::check::Checked;
use crate::check::rule::{By, Nature, Rule};
use crate::diagnostic::{Diagnostic, Level};
use crate::plan::{Ask, Plan};
use crate::year::Year;

pub(in crate::check) const RULE: Rule = Rule {
    code: "pending-overdue",
    level: Level::Warning,
    nature: Nature::Judgement,
    summary: "A target is pending, and its year is over.",
    why: "The letter that sets it has come meanwhile and was not entered, or it never came: \
          the item stays unjudged, and a score without it looks complete. The year counts as \
          over on the day that `--today` names.",
    bad: r#"
[[indicator]]
id = "pm25"
name = "PM2.5"
unit = "μg/m³"
lead = ["市生态环境局"]
targets = { 2021 = { pending = "set each year by the province" }, 2022-2025 = "<= 30" }
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
    for (index, item) in checked.book.plan().indicators().iter().enumerate() {
        let is_late = |(year, plan): &&(Year, Cow<'_, Plan>)| {
            let item = plan.indicators().get(index);
            let target = item.and_then(|item| item.target(*year));
            i16::try_from(year.number()).is_ok_and(|year| year < checked.today.year())
                && target.is_some_and(|target| {
                    matches!(target.ask, Ask::Pending(_)) && target.is_in_force(*year)
                })
        };
        let years = checked.years();
        let late: Vec<String> =
            years.iter().filter(is_late).map(|(year, _)| year.to_string()).collect();
        if late.is_empty() {
            continue;
        }
        let message = format!("the target of {} is pending still", late.join(", "));
        let finding = RULE.finding(message).at(checked.place_in_item(item, "targets"), "");
        found.push(finding.help("set it by a letter, or waive or drop it with the reason"));
    }
}
