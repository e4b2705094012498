//! `no-indicators`

use crate::check::rule::{By, Nature, Rule};
use crate::diagnostic::Level;

pub(in crate::check) const RULE: Rule = Rule {
    code: "no-indicators",
    level: Level::Error,
    nature: Nature::Fact,
    summary: "A plan has nothing that is assessed.",
    why: "The file is empty but for its head, or what follows was cut. Add an `[[indicator]]` \
          for each item.",
    bad: r#"

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
