//! `wrong-way`

use crate::check::rule::{By, Nature, Rule};
use crate::diagnostic::Level;

pub(in crate::check) const RULE: Rule = Rule {
    code: "wrong-way",
    level: Level::Error,
    nature: Nature::Fact,
    summary: "A better value earns fewer points.",
    why: "By the bands, the line or the words the score falls as the value gets better: an \
          edge or a number of points stands at the wrong place.",
    bad: r#"
[[indicator]]
id = "good-days"
name = "优良天数比例"
unit = "%"
lead = ["市生态环境局"]
points = 5
score = { line = [[80, 5], [90, 0]] }
targets = { 2021-2025 = ">= 90" }
"#,
    good: r#"
[[indicator]]
id = "good-days"
name = "优良天数比例"
unit = "%"
lead = ["市生态环境局"]
points = 5
score = { line = [[80, 0], [90, 5]] }
targets = { 2021-2025 = ">= 90" }
"#,
    fix: None,
    by: By::Reader,
};
