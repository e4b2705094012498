//! `region-outside-letter`

use crate::check::rule::{By, Nature, Rule};
use crate::diagnostic::Level;

pub(in crate::check) const RULE: Rule = Rule {
    code: "region-outside-letter",
    level: Level::Error,
    nature: Nature::Fact,
    summary: "A change names a region that its letter is not for.",
    why: "The letter says at its head for which regions it is: a change for another would come \
          from a document that does not say so.",
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
format = 1
amends = "example"
document = { number = "珲环函〔2022〕1号", date = 2022-03-01 }
regions = ["珲春市"]

[[set]]
indicator = "pm25"
regions = ["延吉市"]
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
format = 1
amends = "example"
document = { number = "珲环函〔2022〕1号", date = 2022-03-01 }
regions = ["珲春市", "延吉市"]

[[set]]
indicator = "pm25"
regions = ["延吉市"]
points = 6
"#,
    fix: None,
    by: By::Reader,
};
