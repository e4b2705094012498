//! `control-character`

use crate::check::rule::{By, Nature, Rule};
use crate::diagnostic::Level;

pub(in crate::check) const RULE: Rule = Rule {
    code: "control-character",
    level: Level::Error,
    nature: Nature::Fact,
    summary: "A text holds a character that a terminal would obey.",
    why: "It came with a copy from elsewhere, and can hide or change what a report shows. Type \
          the text anew.",
    bad: r#"
[[indicator]]
id = "pm25"
name = "PM2.5\u001b[31m"
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
