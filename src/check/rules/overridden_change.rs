//! `overridden-change`

use crate::check::rule::{By, Nature, Rule};
use crate::diagnostic::Level;

pub(in crate::check) const RULE: Rule = Rule {
    code: "overridden-change",
    level: Level::Note,
    nature: Nature::Judgement,
    summary: "A letter changes what an earlier letter had changed already.",
    why: "The later one holds. That may be meant, when a number was corrected; or two letters \
          of two authorities disagree, and the earlier one's readers do not know.",
    bad: r#"
[[indicator]]
id = "pm25"
name = "PM2.5"
unit = "μg/m³"
lead = ["市生态环境局"]
points = 5
targets = { 2021-2025 = "<= 30" }

# letter
format = 1
amends = "example"
document = { number = "珲环函〔2022〕1号", date = 2022-03-01 }

[[set]]
indicator = "pm25"
points = 6

# letter
format = 1
amends = "example"
document = { number = "珲环函〔2022〕9号", date = 2022-09-01 }

[[set]]
indicator = "pm25"
points = 7
"#,
    good: r#"
[[indicator]]
id = "pm25"
name = "PM2.5"
unit = "μg/m³"
lead = ["市生态环境局"]
points = 5
targets = { 2021-2025 = "<= 30" }

# letter
format = 1
amends = "example"
document = { number = "珲环函〔2022〕1号", date = 2022-03-01 }

[[set]]
indicator = "pm25"
points = 6

# letter
format = 1
amends = "example"
document = { number = "珲环函〔2022〕9号", date = 2022-09-01 }

[[set]]
indicator = "pm25"
clause = "二"
"#,
    fix: None,
    by: By::Reader,
};
