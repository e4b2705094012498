//! `empty-text`

use crate::check::rule::{By, Nature, Rule};
use crate::diagnostic::Level;

pub(in crate::check) const RULE: Rule = Rule {
    code: "empty-text",
    level: Level::Error,
    nature: Nature::Fact,
    summary: "A text is empty.",
    why: "Reports would show nothing where a name, a reason or a unit has to stand.",
    bad: r#"
[[indicator]]
id = "pm25"
name = " "
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
