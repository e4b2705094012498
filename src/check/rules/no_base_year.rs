//! `no-base-year`

use crate::check::rule::{By, Nature, Rule};
use crate::diagnostic::Level;

pub(in crate::check) const RULE: Rule = Rule {
    code: "no-base-year",
    level: Level::Error,
    nature: Nature::Fact,
    summary: "A target is held against a base year, and none is set.",
    why: "`90% of base year` needs the year that the document means: `base-year` of the item, \
          or in `[about]` for all.",
    bad: r#"
[[indicator]]
id = "cod"
name = "COD"
unit = "吨"
lead = ["市生态环境局"]
targets = { 2021-2025 = "<= 90% of base year" }
"#,
    good: r#"
[[indicator]]
id = "cod"
name = "COD"
unit = "吨"
lead = ["市生态环境局"]
base-year = 2020
targets = { 2021-2025 = "<= 90% of base year" }
"#,
    fix: None,
    by: By::Reader,
};
