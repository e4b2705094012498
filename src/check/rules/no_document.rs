//! `no-document`

use crate::check::Checked;
use crate::check::rule::{By, Nature, Rule};
use crate::diagnostic::{Diagnostic, Level};

pub(in crate::check) const RULE: Rule = Rule {
    code: "no-document",
    level: Level::Note,
    nature: Nature::Fact,
    summary: "A plan or a letter does not say the number or the date of the document that it stands for.",
    why: "A score has to be defended by a document. Without its number the report cannot cite \
          it, and without its date nobody can tell which of two notices the plan is.",
    bad: r#"
format = 1
plan = "example"

[about]
title = "Example"
region = "珲春市"
years = "2021-2025"
document = { number = "珲政办函〔2021〕28号" }

[[indicator]]
id = "pm25"
name = "PM2.5"
unit = "μg/m³"
lead = ["市生态环境局"]
targets = { 2021-2025 = "<= 30" }
"#,
    good: r#"
format = 1
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
    fix: None,
    by: By::Look(look),
};

fn look(checked: &Checked<'_>, found: &mut Vec<Diagnostic>) {
    look_at_plan(checked, found);
    // A letter without a date cannot be read.
    for letter in checked.letters {
        let Some(document) = letter.get("document") else { continue };
        if document.get("number").is_none() {
            let finding = RULE.finding("the letter's document has no number");
            found.push(finding.at(document.place(), "").help("add `number = \"…\"` to it"));
        }
    }
}

fn look_at_plan(checked: &Checked<'_>, found: &mut Vec<Diagnostic>) {
    let document = &checked.book.plan().about().document;
    let missing = match (&document.number, &document.date) {
        (Some(_), Some(_)) => return,
        (None, Some(_)) => "number",
        (Some(_), None) => "date",
        (None, None) => "number and no date",
    };
    let finding = RULE.finding(format!("the plan's document has no {missing}"));
    let finding = finding.at(checked.place_in(checked.top("about"), "document"), "");
    found.push(finding.help("add `document = { number = \"…\", date = 2021-09-28 }` to `[about]`"));
}
