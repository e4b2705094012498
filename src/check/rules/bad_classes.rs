//! `bad-classes`

use crate::check::rule::{By, Nature, Rule};
use crate::diagnostic::Level;

pub(in crate::check) const RULE: Rule = Rule {
    code: "bad-classes",
    level: Level::Error,
    nature: Nature::Fact,
    summary: "The classes of an item, or the points of its words, are in no order.",
    why: "`Ⅲ or better` needs to know which class is the better one: the list gives them from \
          the best to the worst, each once, at least two.",
    bad: r#"
[[indicator]]
id = "section"
name = "断面水质"
lead = ["市生态环境局"]
classes = ["优"]
targets = { 2021-2025 = "优 or better" }
"#,
    good: r#"
[[indicator]]
id = "section"
name = "断面水质"
lead = ["市生态环境局"]
classes = ["优", "良", "差"]
targets = { 2021-2025 = "优 or better" }
"#,
    fix: None,
    by: By::Reader,
};
