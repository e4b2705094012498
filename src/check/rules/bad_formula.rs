//! `bad-formula`

use crate::check::rule::{By, Nature, Rule};
use crate::diagnostic::Level;

pub(in crate::check) const RULE: Rule = Rule {
    code: "bad-formula",
    level: Level::Error,
    nature: Nature::Fact,
    summary: "A formula cannot be worked out.",
    why: "It names what the plan does not have, divides by what may be 0, mixes words with \
          numbers, or is not finished. A formula is checked whole when it is read, so that no \
          value of any year can stop it.",
    bad: r#"
[[indicator]]
id = "pm25"
name = "PM2.5"
unit = "μg/m³"
lead = ["市生态环境局"]
points = 5
score = { formula = "points - (pm2.5 - 30)" }
targets = { 2021-2025 = "<= 30" }
"#,
    good: r#"
[[indicator]]
id = "pm25"
name = "PM2.5"
unit = "μg/m³"
lead = ["市生态环境局"]
points = 5
score = { formula = "points - (pm25 - 30)" }
targets = { 2021-2025 = "<= 30" }
"#,
    fix: None,
    by: By::Reader,
};
