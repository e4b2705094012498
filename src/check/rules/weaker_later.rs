//! `weaker-later`

use crate::check::Checked;
use crate::check::rule::{By, Nature, Rule};
use crate::diagnostic::{Diagnostic, Level};

pub(in crate::check) const RULE: Rule = Rule {
    code: "weaker-later",
    level: Level::Warning,
    nature: Nature::Judgement,
    summary: "A target gets weaker from one year to a later one.",
    why: "Targets of a five-year plan rise or stay. Two years that were swapped, or a digit \
          that was lost, take or give points to the wrong people.",
    bad: r#"
[[indicator]]
id = "pm25"
name = "PM2.5"
unit = "μg/m³"
lead = ["市生态环境局"]
targets = { 2021-2023 = "<= 30", 2024-2025 = "<= 33" }
"#,
    good: r#"
[[indicator]]
id = "pm25"
name = "PM2.5"
unit = "μg/m³"
lead = ["市生态环境局"]
targets = { 2021-2023 = "<= 33", 2024-2025 = "<= 30" }
"#,
    fix: None,
    by: By::Look(look),
};

fn look(checked: &Checked<'_>, found: &mut Vec<Diagnostic>) {
    for item in checked.book.plan().indicators() {
        let set =
            item.targets.iter().filter_map(|target| Some((target.years, target.comparison()?)));
        for ((_, old), (years, new)) in set.clone().zip(set.skip(1)) {
            if !new.is_weaker_than(old) {
                continue;
            }
            let message = format!(
                "the target of {years} is weaker than the one before: `{new}` after `{old}`"
            );
            let finding = RULE.finding(message).at(checked.place_of_target(item, years), "");
            found.push(finding.help("mend it, or allow it with the reason"));
        }
    }
}
