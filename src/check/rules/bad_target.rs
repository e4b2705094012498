//! `bad-target`

use crate::check::rule::{By, Nature, Rule};
use crate::diagnostic::Level;

pub(in crate::check) const RULE: Rule = Rule {
    code: "bad-target",
    level: Level::Error,
    nature: Nature::Fact,
    summary: "A target is not just one of firm, expected and pending.",
    why: "The document either sets the number, or expects it, or leaves it to a later one; two \
          of them in one target cannot both be what is assessed.",
    bad: r#"
[[indicator]]
id = "good-days"
name = "优良天数比例"
unit = "%"
lead = ["市生态环境局"]
targets = { 2021-2025 = { firm = ">= 90", pending = "set by the province" } }
"#,
    good: r#"
[[indicator]]
id = "good-days"
name = "优良天数比例"
unit = "%"
lead = ["市生态环境局"]
targets = { 2021-2025 = { firm = ">= 90" } }
"#,
    fix: None,
    by: By::Reader,
};
