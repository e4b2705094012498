//! `needless-key`

use crate::check::rule::{By, Nature, Rule};
use crate::diagnostic::Level;

pub(in crate::check) const RULE: Rule = Rule {
    code: "needless-key",
    level: Level::Error,
    nature: Nature::Fact,
    summary: "A key stands where another one that it belongs to is missing.",
    why: "`per` without `off`, or `times` without `proportional`, has no effect: the rule that \
          it was copied from was left behind.",
    bad: r#"
[[indicator]]
id = "good-days"
name = "优良天数比例"
unit = "%"
lead = ["市生态环境局"]
points = 5
score = { bands = [[">= 90", 5]], per = 1 }
targets = { 2021-2025 = ">= 90" }
"#,
    good: r#"
[[indicator]]
id = "good-days"
name = "优良天数比例"
unit = "%"
lead = ["市生态环境局"]
points = 5
score = { bands = [[">= 90", 5]] }
targets = { 2021-2025 = ">= 90" }
"#,
    fix: None,
    by: By::Reader,
};
