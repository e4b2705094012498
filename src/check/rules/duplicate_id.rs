//! `duplicate-id`

use crate::check::rule::{By, Nature, Rule};
use crate::diagnostic::Level;

pub(in crate::check) const RULE: Rule = Rule {
    code: "duplicate-id",
    level: Level::Error,
    nature: Nature::Fact,
    summary: "Two things of the plan have one id.",
    why: "A block was copied and its id left as it was: changes and formulas could mean \
          either.",
    bad: r#"
[[indicator]]
id = "pm25"
name = "PM2.5"
unit = "μg/m³"
lead = ["市生态环境局"]
targets = { 2021-2025 = "<= 30" }

[[indicator]]
id = "pm25"
name = "优良天数比例"
unit = "%"
lead = ["市生态环境局"]
targets = { 2021-2025 = ">= 90" }
"#,
    good: r#"
[[indicator]]
id = "pm25"
name = "PM2.5"
unit = "μg/m³"
lead = ["市生态环境局"]
targets = { 2021-2025 = "<= 30" }

[[indicator]]
id = "good-days"
name = "优良天数比例"
unit = "%"
lead = ["市生态环境局"]
targets = { 2021-2025 = ">= 90" }
"#,
    fix: None,
    by: By::Reader,
};
