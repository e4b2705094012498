//! `needless-change`

use crate::check::rule::{By, Nature, Rule};
use crate::diagnostic::Level;

pub(in crate::check) const RULE: Rule = Rule {
    code: "needless-change",
    level: Level::Error,
    nature: Nature::Fact,
    summary: "A plan changes itself for all its years and all regions.",
    why: "What always holds belongs in the item itself, where the next reader looks for it. \
          `[[set]]` in a plan is for some regions or some years.",
    bad: r#"
[[indicator]]
id = "pm25"
name = "PM2.5"
unit = "μg/m³"
lead = ["市生态环境局"]
points = 5
targets = { 2021-2025 = "<= 30" }

[[set]]
indicator = "pm25"
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

[[set]]
indicator = "pm25"
years = "2022"
points = 6
"#,
    fix: None,
    by: By::Reader,
};
