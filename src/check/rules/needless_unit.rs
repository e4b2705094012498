//! `needless-unit`

use crate::check::rule::{By, Nature, Rule};
use crate::diagnostic::Level;

pub(in crate::check) const RULE: Rule = Rule {
    code: "needless-unit",
    level: Level::Error,
    nature: Nature::Fact,
    summary: "An item whose values are no numbers has a unit.",
    why: "Tasks and classes are not measured: either the unit is left over from another item, \
          or the item is a number and its `kind` is wrong.",
    bad: r#"
[[indicator]]
id = "straw"
name = "秸秆禁烧"
kind = "task"
lead = ["市农业农村局"]
unit = "%"
targets = { 2021-2025 = "done" }
"#,
    good: r#"
[[indicator]]
id = "straw"
name = "秸秆禁烧"
kind = "task"
lead = ["市农业农村局"]
targets = { 2021-2025 = "done" }
"#,
    fix: None,
    by: By::Reader,
};
