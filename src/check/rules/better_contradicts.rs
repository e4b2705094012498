//! `better-contradicts`

use crate::check::rule::{By, Nature, Rule};
use crate::diagnostic::Level;

pub(in crate::check) const RULE: Rule = Rule {
    code: "better-contradicts",
    level: Level::Error,
    nature: Nature::Fact,
    summary: "An item says which way is better, and its target says the other.",
    why: "The target alone tells it already: `<= 30` means that less is better. `better` is \
          for items whose targets do not, such as those that are only scored.",
    bad: r#"
[[indicator]]
id = "pm25"
name = "PM2.5"
unit = "μg/m³"
lead = ["市生态环境局"]
better = "higher"
targets = { 2021-2025 = "<= 30" }
"#,
    good: r#"
[[indicator]]
id = "pm25"
name = "PM2.5"
unit = "μg/m³"
lead = ["市生态环境局"]
better = "lower"
targets = { 2021-2025 = "<= 30" }
"#,
    fix: None,
    by: By::Reader,
};
