//! `weaker-target`

use crate::check::rule::{By, Nature, Rule};
use crate::diagnostic::Level;

pub(in crate::check) const RULE: Rule = Rule {
    code: "weaker-target",
    level: Level::Warning,
    nature: Nature::Judgement,
    summary: "A letter makes a target weaker.",
    why: "Letters make targets definite or tighten them. Where one was loosened on purpose, \
          allow it at the change with the document that says so; else a digit was mistyped.",
    bad: r#"
[[indicator]]
id = "pm25"
name = "PM2.5"
unit = "μg/m³"
lead = ["市生态环境局"]
targets = { 2021-2025 = "<= 30" }

# letter
[[set]]
indicator = "pm25"
years = "2022"
targets = "<= 32"
"#,
    good: r#"
[[indicator]]
id = "pm25"
name = "PM2.5"
unit = "μg/m³"
lead = ["市生态环境局"]
targets = { 2021-2025 = "<= 30" }

# letter
[[set]]
indicator = "pm25"
years = "2022"
targets = "<= 28"
"#,
    fix: None,
    by: By::Reader,
};
