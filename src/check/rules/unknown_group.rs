//! `unknown-group`

use crate::check::rule::{By, Nature, Rule};
use crate::diagnostic::Level;

pub(in crate::check) const RULE: Rule = Rule {
    code: "unknown-group",
    level: Level::Error,
    nature: Nature::Fact,
    summary: "An item or a group lies in a group that the plan does not have.",
    why: "Its points would count outside of where the document puts them. Mend the id, or add \
          the group.",
    bad: r#"
[[group]]
id = "air"
title = "大气"

[[indicator]]
id = "pm25"
name = "PM2.5"
unit = "μg/m³"
lead = ["市生态环境局"]
group = "airr"
targets = { 2021-2025 = "<= 30" }

[[indicator]]
id = "good-days"
name = "优良天数比例"
unit = "%"
lead = ["市生态环境局"]
group = "air"
targets = { 2021-2025 = ">= 90" }
"#,
    good: r#"
[[group]]
id = "air"
title = "大气"

[[indicator]]
id = "pm25"
name = "PM2.5"
unit = "μg/m³"
lead = ["市生态环境局"]
group = "air"
targets = { 2021-2025 = "<= 30" }

[[indicator]]
id = "good-days"
name = "优良天数比例"
unit = "%"
lead = ["市生态环境局"]
group = "air"
targets = { 2021-2025 = ">= 90" }
"#,
    fix: None,
    by: By::Reader,
};
