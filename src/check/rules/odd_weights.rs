//! `odd-weights`

use crate::check::rule::{By, Nature, Rule};
use crate::diagnostic::Level;

pub(in crate::check) const RULE: Rule = Rule {
    code: "odd-weights",
    level: Level::Error,
    nature: Nature::Fact,
    summary: "Weights stand in a group that does not weigh.",
    why: "`weight` counts in a group with `combine = \"weighted\"` alone: elsewhere it would be \
          passed over in silence.",
    bad: r#"
[[group]]
id = "air"
title = "大气"

[[indicator]]
id = "pm25"
name = "PM2.5"
unit = "μg/m³"
lead = ["市生态环境局"]
group = "air"
weight = 2
targets = { 2021-2025 = "<= 30" }
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
weight = 2
targets = { 2021-2025 = "<= 30" }
"#,
    fix: None,
    by: By::Reader,
};
