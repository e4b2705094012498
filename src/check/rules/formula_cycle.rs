//! `formula-cycle`

use crate::check::rule::{By, Nature, Rule};
use crate::diagnostic::Level;

pub(in crate::check) const RULE: Rule = Rule {
    code: "formula-cycle",
    level: Level::Error,
    nature: Nature::Fact,
    summary: "The value of an item is worked out from itself.",
    why: "A formula names its own item, or one that is worked out from it: there is no value \
          to begin with.",
    bad: r#"
[[indicator]]
id = "good-days"
name = "优良天数比例"
unit = "%"
lead = ["市生态环境局"]
value = "good-days + 1"
targets = { 2021-2025 = ">= 90" }
"#,
    good: r#"
[[input]]
id = "days"
name = "优良天数"
unit = "天"

[[indicator]]
id = "good-days"
name = "优良天数比例"
unit = "%"
lead = ["市生态环境局"]
value = "days / 365 * 100"
targets = { 2021-2025 = ">= 90" }
"#,
    fix: None,
    by: By::Reader,
};
