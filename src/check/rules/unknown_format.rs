//! `unknown-format`

use crate::check::rule::{By, Nature, Rule};
use crate::diagnostic::Level;

pub(in crate::check) const RULE: Rule = Rule {
    code: "unknown-format",
    level: Level::Error,
    nature: Nature::Fact,
    summary: "The file is of a format that this version does not know.",
    why: "It was written for a newer version, whose rules this one would pass over. Use that \
          version.",
    bad: r#"
format = 2
plan = "example"

[about]
title = "Example"
region = "珲春市"
years = "2021-2025"
document = { number = "珲政办函〔2021〕28号", date = 2021-09-28 }

[[indicator]]
id = "pm25"
name = "PM2.5"
unit = "μg/m³"
lead = ["市生态环境局"]
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
