//! `never-counts`

use crate::check::rule::{By, Nature, Rule};
use crate::diagnostic::Level;

pub(in crate::check) const RULE: Rule = Rule {
    code: "never-counts",
    level: Level::Error,
    nature: Nature::Fact,
    summary: "An item without points can neither gain nor lose any.",
    why: "A bonus item has a `cap` above 0 in its score, a penalty item a `floor` below 0: \
          without either it counts nothing, whatever happens.",
    bad: r#"
[[indicator]]
id = "good-days"
name = "优良天数比例"
unit = "%"
lead = ["市生态环境局"]
points = 0
score = { off = 1, per = 1 }
targets = { 2021-2025 = ">= 90" }
"#,
    good: r#"
[[indicator]]
id = "good-days"
name = "优良天数比例"
unit = "%"
lead = ["市生态环境局"]
points = 0
score = { off = 1, per = 1, floor = -5 }
targets = { 2021-2025 = ">= 90" }
"#,
    fix: None,
    by: By::Reader,
};
