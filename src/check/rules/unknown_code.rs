//! `unknown-code`

use crate::check::rule::{By, Nature, Rule};
use crate::diagnostic::Level;

pub(in crate::check) const RULE: Rule = Rule {
    code: "unknown-code",
    level: Level::Warning,
    nature: Nature::Fact,
    summary: "The table `[check]` names a rule that does not exist, or that cannot be allowed.",
    why: "The word has no effect: what was to be allowed is found all the same, what was to stop \
          the build does not. What keeps a file from being read is always an error.",
    bad: r#"
[check]
deny = ["unit-speling"]

[[indicator]]
id = "pm25"
name = "PM2.5"
unit = "μg/m³"
lead = ["市生态环境局"]
targets = { 2021-2025 = "<= 30" }
"#,
    good: r#"
[check]
deny = ["unit-spelling"]

[[indicator]]
id = "pm25"
name = "PM2.5"
unit = "μg/m³"
lead = ["市生态环境局"]
targets = { 2021-2025 = "<= 30" }
"#,
    fix: None,
    by: By::Allows,
};
