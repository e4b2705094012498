//! `group-cycle`

use crate::check::rule::{By, Nature, Rule};
use crate::diagnostic::Level;

pub(in crate::check) const RULE: Rule = Rule {
    code: "group-cycle",
    level: Level::Error,
    nature: Nature::Fact,
    summary: "A group lies in itself.",
    why: "`in` names the group itself or one that is inside it, so that nothing holds them \
          together with the others.",
    bad: r#"
[[group]]
id = "air"
in = "air"
title = "大气"

[[indicator]]
id = "pm25"
name = "PM2.5"
unit = "μg/m³"
lead = ["市生态环境局"]
group = "air"
targets = { 2021-2025 = "<= 30" }
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
"#,
    fix: None,
    by: By::Reader,
};
