//! `changes-disagree`

use crate::check::rule::{By, Nature, Rule};
use crate::diagnostic::Level;

pub(in crate::check) const RULE: Rule = Rule {
    code: "changes-disagree",
    level: Level::Error,
    nature: Nature::Fact,
    summary: "Two changes of one date would have the same thing different.",
    why: "Of letters the later one holds; of one date nothing says which. It happens when a \
          letter was entered twice with another number.",
    bad: r#"
[[indicator]]
id = "pm25"
name = "PM2.5"
unit = "μg/m³"
lead = ["市生态环境局"]
points = 5
targets = { 2021-2025 = "<= 30" }

# letter
[[set]]
indicator = "pm25"
points = 6

[[set]]
indicator = "pm25"
points = 7
"#,
    good: r#"
[[indicator]]
id = "pm25"
name = "PM2.5"
unit = "μg/m³"
lead = ["市生态环境局"]
points = 5
targets = { 2021-2025 = "<= 30" }

# letter
[[set]]
indicator = "pm25"
points = 6

[[set]]
indicator = "pm25"
weight = 2
"#,
    fix: None,
    by: By::Reader,
};
