//! `bad-change`

use crate::check::rule::{By, Nature, Rule};
use crate::diagnostic::Level;

pub(in crate::check) const RULE: Rule = Rule {
    code: "bad-change",
    level: Level::Error,
    nature: Nature::Fact,
    summary: "A change of a plan is not of just one thing.",
    why: "`[[set]]` names one `indicator`, `group` or `grade`. With none it is not said what changes; \
          with two, what they change may not fit both.",
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
