//! `not-toml`

use crate::check::rule::{By, Nature, Rule};
use crate::diagnostic::Level;

pub(in crate::check) const RULE: Rule = Rule {
    code: "not-toml",
    level: Level::Error,
    nature: Nature::Fact,
    summary: "A line is not TOML.",
    why: "A quotation mark or a bracket is missing, or a key is in Chinese: keys are in \
          English, names and texts in any language. The rest of the file is looked at all the \
          same.",
    bad: r#"
[[indicator]]
id = "pm25"
名称 = "PM2.5"
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
