//! `odd-weights`

use crate::check::rule::{By, Nature, Rule};
use crate::diagnostic::Level;

pub(in crate::check) const RULE: Rule = Rule {
    code: "odd-weights",
    level: Level::Error,
    nature: Nature::Fact,
    summary: "The weights in a group nearly add up to 1 or to 100, and do not.",
    why: "Weights such as 0.6 and 0.3, or 60 and 39, are shares of a whole: one of them was \
          mistyped, or an item is missing.",
    bad: r#"
[[group]]
id = "air"
title = "大气"
combine = "weighted"

[[indicator]]
id = "pm25"
name = "PM2.5"
unit = "μg/m³"
lead = ["市生态环境局"]
group = "air"
weight = 0.6
targets = { 2021-2025 = "<= 30" }

[[indicator]]
id = "good-days"
name = "优良天数比例"
unit = "%"
lead = ["市生态环境局"]
group = "air"
weight = 0.3
targets = { 2021-2025 = ">= 90" }
"#,
    good: r#"
[[group]]
id = "air"
title = "大气"
combine = "weighted"

[[indicator]]
id = "pm25"
name = "PM2.5"
unit = "μg/m³"
lead = ["市生态环境局"]
group = "air"
weight = 0.6
targets = { 2021-2025 = "<= 30" }

[[indicator]]
id = "good-days"
name = "优良天数比例"
unit = "%"
lead = ["市生态环境局"]
group = "air"
weight = 0.4
targets = { 2021-2025 = ">= 90" }
"#,
    fix: None,
    by: By::Reader,
};
