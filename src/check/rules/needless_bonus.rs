//! `needless-bonus`

use crate::check::rule::{By, Nature, Rule};
use crate::diagnostic::Level;

pub(in crate::check) const RULE: Rule = Rule {
    code: "needless-bonus",
    level: Level::Error,
    nature: Nature::Fact,
    summary: "A bonus goes beyond a target that nothing goes beyond.",
    why: "A bonus is for values better than the target; words and what is only scored have \
          none that is better.",
    bad: r#"
[[indicator]]
id = "straw"
name = "秸秆禁烧"
kind = "task"
lead = ["市农业农村局"]
points = 5
score = { bonus = { add = 1, per = 5, up-to = 2 } }
targets = { 2021-2025 = "done" }
"#,
    good: r#"
[[indicator]]
id = "straw"
name = "秸秆禁烧"
kind = "task"
lead = ["市农业农村局"]
points = 5
targets = { 2021-2025 = "done" }
"#,
    fix: None,
    by: By::Reader,
};
