//! `unknown-indicator`

use crate::check::rule::{By, Nature, Rule};
use crate::diagnostic::Level;

pub(in crate::check) const RULE: Rule = Rule {
    code: "unknown-indicator",
    level: Level::Error,
    nature: Nature::Fact,
    summary: "A change, a need or a limit names an item that the plan does not have.",
    why: "Its id was mistyped or changed later: what was to be changed would stay as it is.",
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
indicator = "pm2.5"
points = 6
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
