//! `unknown-region`

use crate::check::rule::{By, Nature, Rule};
use crate::diagnostic::Level;

pub(in crate::check) const RULE: Rule = Rule {
    code: "unknown-region",
    level: Level::Error,
    nature: Nature::Fact,
    summary: "A change or a ranking names a region that the plan does not list.",
    why: "A plan with `[[region]]` tables knows its regions: another name is a slip, and the \
          change would be for nobody.",
    bad: r#"
[[region]]
name = "珲春市"

[[region]]
name = "延吉市"

[[indicator]]
id = "pm25"
name = "PM2.5"
unit = "μg/m³"
lead = ["市生态环境局"]
points = 5
targets = { 2021-2025 = "<= 30" }

# letter
[[set]]
indicator = "pm25"
regions = ["延几市"]
points = 6
"#,
    good: r#"
[[region]]
name = "珲春市"

[[region]]
name = "延吉市"

[[indicator]]
id = "pm25"
name = "PM2.5"
unit = "μg/m³"
lead = ["市生态环境局"]
points = 5
targets = { 2021-2025 = "<= 30" }

# letter
[[set]]
indicator = "pm25"
regions = ["延吉市"]
points = 6
"#,
    fix: None,
    by: By::Reader,
};
