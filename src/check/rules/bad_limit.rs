//! `bad-limit`

use crate::check::rule::{By, Nature, Rule};
use crate::diagnostic::Level;

pub(in crate::check) const RULE: Rule = Rule {
    code: "bad-limit",
    level: Level::Error,
    nature: Nature::Fact,
    summary: "A limit of the grade says both the best grade that is left and by how many the grade \
          is lowered.",
    why: "A `[[grade-limit]]` has either `grade` or `lower`: with both, nobody could say which \
          grade is left.",
    bad: r#"
[[grade]]
name = "合格"
from = 60

[[grade]]
name = "不合格"
from = 0

[[grade-limit]]
when = "missed >= 1"
grade = "不合格"
lower = 1
reason = "有未达标项"

[[indicator]]
id = "pm25"
name = "PM2.5"
unit = "μg/m³"
lead = ["市生态环境局"]
targets = { 2021-2025 = "<= 30" }
"#,
    good: r#"
[[grade]]
name = "合格"
from = 60

[[grade]]
name = "不合格"
from = 0

[[grade-limit]]
when = "missed >= 1"
grade = "不合格"
reason = "有未达标项"

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
