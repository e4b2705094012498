//! `wrong-type`

use crate::check::rule::{By, Nature, Rule};
use crate::diagnostic::Level;

pub(in crate::check) const RULE: Rule = Rule {
    code: "wrong-type",
    level: Level::Error,
    nature: Nature::Fact,
    summary: "A value is of another type than is expected.",
    why: "Text has quotation marks, numbers and dates have none, lists have brackets: `lead = \
          \"…\"` for `lead = [\"…\"]` is the commonest.",
    bad: r#"
[[indicator]]
id = "pm25"
name = "PM2.5"
unit = "μg/m³"
lead = "市生态环境局"
targets = { 2021-2025 = "<= 30" }
"#,
    good: r#"
[[indicator]]
id = "pm25"
name = "PM2.5"
unit = "μg/m³"
lead = ["市生态环境局"]
targets = { 2021-2025 = "<= 30" }
"#,
    fix: None,
    by: By::Reader,
};
