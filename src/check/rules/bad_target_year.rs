//! `bad-target-year`

use crate::check::rule::{By, Nature, Rule};
use crate::diagnostic::Level;

pub(in crate::check) const RULE: Rule = Rule {
    code: "bad-target-year",
    level: Level::Error,
    nature: Nature::Fact,
    summary: "A target is a share of another year's target, and there is none that it could be of.",
    why: "`15% of 2025` and `15% of the way to 2025` are worked out from the target of a later \
          year, which has to be set, and in the same direction.",
    bad: r#"
[[indicator]]
id = "cod"
name = "COD减排量"
unit = "吨"
lead = ["市生态环境局"]
targets = { 2021-2025 = ">= 15% of 2030" }
"#,
    good: r#"
[[indicator]]
id = "cod"
name = "COD减排量"
unit = "吨"
lead = ["市生态环境局"]
targets = { 2021-2024 = ">= 15% of 2025", 2025 = ">= 100" }
"#,
    fix: None,
    by: By::Reader,
};
