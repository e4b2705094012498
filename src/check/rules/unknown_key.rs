//! `unknown-key`

use crate::check::rule::{By, Nature, Rule};
use crate::diagnostic::Level;

pub(in crate::check) const RULE: Rule = Rule {
    code: "unknown-key",
    level: Level::Error,
    nature: Nature::Fact,
    summary: "A table has a key that means nothing there.",
    why: "A mistyped key is a rule that is not applied: the item would be scored otherwise than the \
          document says, and nobody would notice.",
    bad: r#"
[[indicator]]
id = "pm25"
name = "PM2.5"
unit = "μg/m³"
led = ["市生态环境局"]
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
    fix: Some("writes the key as it is known, where only case or `_` for `-` differ"),
    by: By::Reader,
};
