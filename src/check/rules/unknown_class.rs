//! `unknown-class`

use crate::check::rule::{By, Nature, Rule};
use crate::diagnostic::Level;

pub(in crate::check) const RULE: Rule = Rule {
    code: "unknown-class",
    level: Level::Error,
    nature: Nature::Fact,
    summary: "A target names a class that the item does not have.",
    why: "Water has the classes Ⅰ to Ⅴ and 劣Ⅴ; other items list theirs in `classes`. A class \
          that is not there can be neither reached nor missed.",
    bad: r#"
[[indicator]]
id = "section"
name = "断面水质"
lead = ["市生态环境局"]
targets = { 2021-2025 = "Ⅵ or better" }
"#,
    good: r#"
[[indicator]]
id = "section"
name = "断面水质"
lead = ["市生态环境局"]
targets = { 2021-2025 = "Ⅲ or better" }
"#,
    fix: None,
    by: By::Reader,
};
