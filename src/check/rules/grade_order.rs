//! `grade-order`

use crate::check::rule::{By, Nature, Rule};
use crate::diagnostic::Level;

pub(in crate::check) const RULE: Rule = Rule {
    code: "grade-order",
    level: Level::Error,
    nature: Nature::Fact,
    summary: "The grades are not listed from the best to the worst.",
    why: "A score is given the first grade whose edge it reaches: a grade behind a lower one \
          would never be given.",
    bad: r#"
[[grade]]
name = "合格"
from = 60

[[grade]]
name = "优秀"
from = 90

[[indicator]]
id = "pm25"
name = "PM2.5"
unit = "μg/m³"
lead = ["市生态环境局"]
targets = { 2021-2025 = "<= 30" }
"#,
    good: r#"
[[grade]]
name = "优秀"
from = 90

[[grade]]
name = "合格"
from = 60

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
