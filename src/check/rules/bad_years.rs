//! `bad-years`

use crate::check::rule::{By, Nature, Rule};
use crate::diagnostic::Level;

pub(in crate::check) const RULE: Rule = Rule {
    code: "bad-years",
    level: Level::Error,
    nature: Nature::Fact,
    summary: "A text is no year or span of years.",
    why: "A span that ends before it begins, or a key of the targets that is no year, leaves \
          it open what is assessed when. Write `2021` or `2021-2025`.",
    bad: r#"
[[indicator]]
id = "good-days"
name = "优良天数比例"
unit = "%"
lead = ["市生态环境局"]
targets = { 2025-2021 = ">= 90" }
"#,
    good: r#"
[[indicator]]
id = "good-days"
name = "优良天数比例"
unit = "%"
lead = ["市生态环境局"]
targets = { 2021-2025 = ">= 90" }
"#,
    fix: None,
    by: By::Reader,
};
