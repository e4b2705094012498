//! `bad-comparison`

use crate::check::rule::{By, Nature, Rule};
use crate::diagnostic::Level;

pub(in crate::check) const RULE: Rule = Rule {
    code: "bad-comparison",
    level: Level::Error,
    nature: Nature::Fact,
    summary: "A target or a band is no comparison.",
    why: "Nothing says in which direction a value is better, or the sign is written the wrong \
          way round (`=> 30`), or a unit stands with the number. Write `\">= 90\"`, `\"<= 30\"`, \
          `\"6 to 9\"`, `\"Ⅲ or better\"` or `\"done\"`; the unit is that of the item.",
    bad: r#"
[[indicator]]
id = "pm25"
name = "PM2.5"
unit = "μg/m³"
lead = ["市生态环境局"]
targets = { 2021-2025 = "=> 30" }
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
    by: By::Reader,
};
