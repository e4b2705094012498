//! `listed-twice`

use crate::check::rule::{By, Nature, Rule};
use crate::diagnostic::Level;

pub(in crate::check) const RULE: Rule = Rule {
    code: "listed-twice",
    level: Level::Error,
    nature: Nature::Fact,
    summary: "A list has the same thing twice.",
    why: "One of the two was meant to be another, or the list was joined of two.",
    bad: r#"
[[indicator]]
id = "pm25"
name = "PM2.5"
unit = "μg/m³"
lead = ["市生态环境局"]
aliases = ["细颗粒物", "细颗粒物"]
targets = { 2021-2025 = "<= 30" }
"#,
    good: r#"
[[indicator]]
id = "pm25"
name = "PM2.5"
unit = "μg/m³"
lead = ["市生态环境局"]
aliases = ["细颗粒物"]
targets = { 2021-2025 = "<= 30" }
"#,
    fix: None,
    by: By::Reader,
};
