//! `changes-nothing`

use crate::check::rule::{By, Nature, Rule};
use crate::diagnostic::Level;

pub(in crate::check) const RULE: Rule = Rule {
    code: "changes-nothing",
    level: Level::Error,
    nature: Nature::Fact,
    summary: "A change changes nothing.",
    why: "The plan says so already, or asks nothing there that could be lifted: the letter's \
          number was mistyped, or it names another item or year than it means.",
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
points = 5
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
"#,
    fix: None,
    by: By::Reader,
};
