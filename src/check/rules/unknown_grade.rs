//! `unknown-grade`

use crate::check::rule::{By, Nature, Rule};
use crate::diagnostic::Level;

pub(in crate::check) const RULE: Rule = Rule {
    code: "unknown-grade",
    level: Level::Error,
    nature: Nature::Fact,
    summary: "A limit names a grade that the plan does not have.",
    why: "The grade was renamed, or is written in another way there: the limit would never \
          strike.",
    bad: r#"
[[grade]]
name = "合格"
from = 60

[[grade]]
name = "不合格"
from = 0

[[indicator]]
id = "pm25"
name = "PM2.5"
unit = "μg/m³"
lead = ["市生态环境局"]
unmet-limits-grade = "及格"
targets = { 2021-2025 = "<= 30" }
"#,
    good: r#"
[[grade]]
name = "合格"
from = 60

[[grade]]
name = "不合格"
from = 0

[[indicator]]
id = "pm25"
name = "PM2.5"
unit = "μg/m³"
lead = ["市生态环境局"]
unmet-limits-grade = "不合格"
targets = { 2021-2025 = "<= 30" }
"#,
    fix: None,
    by: By::Reader,
};
