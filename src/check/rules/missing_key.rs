//! `missing-key`

use crate::check::rule::{By, Nature, Rule};
use crate::diagnostic::Level;

pub(in crate::check) const RULE: Rule = Rule {
    code: "missing-key",
    level: Level::Error,
    nature: Nature::Fact,
    summary: "A table lacks a key that it must have.",
    why: "Without it the plan cannot be told from others, or an item cannot be named or \
          assessed. The message says which key, and what it is for is in the guide to target \
          files.",
    bad: r#"
[[indicator]]
name = "PM2.5"
unit = "μg/m³"
lead = ["市生态环境局"]
targets = { 2021-2025 = "<= 30" }
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
