//! `unknown-word`

use crate::check::rule::{By, Nature, Rule};
use crate::diagnostic::Level;

pub(in crate::check) const RULE: Rule = Rule {
    code: "unknown-word",
    level: Level::Error,
    nature: Nature::Fact,
    summary: "A key has a word that means nothing there.",
    why: "Each such key takes a few words, which the message lists; with another the reading \
          that was chosen would not be the one that is used.",
    bad: r#"
[scoring]
missing = "ignore"

[[indicator]]
id = "pm25"
name = "PM2.5"
unit = "μg/m³"
lead = ["市生态环境局"]
targets = { 2021-2025 = "<= 30" }
"#,
    good: r#"
[scoring]
missing = "leave-out"

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
