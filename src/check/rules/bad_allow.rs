//! `bad-allow`

use crate::check::rule::{By, Nature, Rule};
use crate::diagnostic::{Diagnostic, Level};
use crate::source::Place;

pub(in crate::check) const RULE: Rule = Rule {
    code: "bad-allow",
    level: Level::Warning,
    nature: Nature::Fact,
    summary: "A comment is meant to allow a finding, and does not.",
    why: "A slip in the comment leaves the finding in force, or nobody knows later why it was \
          allowed. Write `# assess: allow(code) reason`, with a code that this page has and that \
          leaves the file readable, and always a reason.",
    bad: r#"
[[indicator]]
id = "pm25"
name = "PM2.5"
unit = "μg/m³"
lead = ["市生态环境局"]
# assess: allow(weaker-target)
targets = { 2021-2025 = "<= 30" }
"#,
    good: r#"
[[indicator]]
id = "pm25"
name = "PM2.5"
unit = "ug/m3" # assess: allow(unit-spelling) as the letter has it
lead = ["市生态环境局"]
targets = { 2021-2025 = "<= 30" }
"#,
    fix: None,
    by: By::Allows,
};

pub(in crate::check) fn finding(message: &str, comment: Place) -> Diagnostic {
    let help = "write `# assess: allow(code) reason` on the line of the finding or above it";
    RULE.finding(message).at(comment, "").help(help)
}
