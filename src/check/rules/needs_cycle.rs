//! `needs-cycle`

use crate::check::rule::{By, Nature, Rule};
use crate::diagnostic::Level;

pub(in crate::check) const RULE: Rule = Rule {
    code: "needs-cycle",
    level: Level::Error,
    nature: Nature::Fact,
    summary: "A value needs itself to be assessable.",
    why: "`needs` names the item itself, or an input that in turn needs it: nothing could ever \
          be assessed.",
    bad: r#"
[[indicator]]
id = "good-days"
name = "优良天数比例"
unit = "%"
lead = ["市生态环境局"]
needs = { good-days = 324 }
targets = { 2021-2025 = ">= 90" }
"#,
    good: r#"
[[input]]
id = "days"
name = "有效天数"
unit = "天"

[[indicator]]
id = "good-days"
name = "优良天数比例"
unit = "%"
lead = ["市生态环境局"]
needs = { days = 324 }
targets = { 2021-2025 = ">= 90" }
"#,
    fix: None,
    by: By::Reader,
};
