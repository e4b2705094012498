//! `bad-date`

use crate::check::rule::{By, Nature, Rule};
use crate::diagnostic::Level;

pub(in crate::check) const RULE: Rule = Rule {
    code: "bad-date",
    level: Level::Error,
    nature: Nature::Fact,
    summary: "A date is of no day that there is.",
    why: "A slip in a day of a document or of a waiver's end would put a letter into the wrong \
          order, or end a waiver at another time.",
    bad: r#"
[[indicator]]
id = "pm25"
name = "PM2.5"
unit = "μg/m³"
lead = ["市生态环境局"]
targets = { 2021-2025 = { firm = "<= 30", waived = { reason = "搬迁", by = "省政府", until = 0000-01-01 } } }
"#,
    good: r#"
[[indicator]]
id = "pm25"
name = "PM2.5"
unit = "μg/m³"
lead = ["市生态环境局"]
targets = { 2021-2025 = { firm = "<= 30", waived = { reason = "搬迁", by = "省政府", until = 2025-12-31 } } }
"#,
    fix: None,
    by: By::Reader,
};
