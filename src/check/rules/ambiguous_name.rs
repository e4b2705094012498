//! `ambiguous-name`

use crate::check::rule::{By, Nature, Rule};
use crate::diagnostic::Level;

pub(in crate::check) const RULE: Rule = Rule {
    code: "ambiguous-name",
    level: Level::Error,
    nature: Nature::Fact,
    summary: "Two things of the plan have one name, though it may be spelled differently.",
    why: "Names are compared without width, case, blanks and punctuation: a measured value \
          under this name could be of either, and would be given to the wrong item. Name one \
          of them more fully.",
    bad: r#"
[[indicator]]
id = "pm25"
name = "PM2.5"
unit = "μg/m³"
lead = ["市生态环境局"]
targets = { 2021-2025 = "<= 30" }

[[indicator]]
id = "good-days"
name = "优良天数比例"
unit = "%"
lead = ["市生态环境局"]
aliases = ["pm 2.5"]
targets = { 2021-2025 = ">= 90" }
"#,
    good: r#"
[[indicator]]
id = "pm25"
name = "PM2.5"
unit = "μg/m³"
lead = ["市生态环境局"]
targets = { 2021-2025 = "<= 30" }

[[indicator]]
id = "good-days"
name = "优良天数比例"
unit = "%"
lead = ["市生态环境局"]
aliases = ["优良天数"]
targets = { 2021-2025 = ">= 90" }
"#,
    fix: None,
    by: By::Reader,
};
