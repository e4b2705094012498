//! `missing-language`

use crate::check::Checked;
use crate::check::rule::{By, Nature, Rule};
use crate::diagnostic::{Diagnostic, Level};
use crate::text::Text;

pub(in crate::check) const RULE: Rule = Rule {
    code: "missing-language",
    level: Level::Note,
    nature: Nature::Fact,
    summary: "A name of an item or a group is in Chinese alone, and others are in both languages.",
    why: "A report in English then shows it in Chinese. Where the names of a plan are in two \
          languages, all should be; a name such as PM2.5 is the same in both.",
    bad: r#"
[[indicator]]
id = "pm25"
name = { zh = "细颗粒物", en = "PM2.5" }
unit = "μg/m³"
lead = ["市生态环境局"]
targets = { 2021-2025 = "<= 30" }

[[indicator]]
id = "forest"
name = "森林覆盖率"
unit = "%"
lead = ["市林业局"]
targets = { 2021-2025 = ">= 81.53" }
"#,
    good: r#"
[[indicator]]
id = "pm25"
name = { zh = "细颗粒物", en = "PM2.5" }
unit = "μg/m³"
lead = ["市生态环境局"]
targets = { 2021-2025 = "<= 30" }

[[indicator]]
id = "forest"
name = { zh = "森林覆盖率", en = "Forest cover" }
unit = "%"
lead = ["市林业局"]
targets = { 2021-2025 = ">= 81.53" }
"#,
    fix: None,
    by: By::Look(look),
};

fn look(checked: &Checked<'_>, found: &mut Vec<Diagnostic>) {
    let plan = checked.book.plan();
    let items = plan.indicators().iter().map(|item| (&item.name, "indicator", &item.id));
    let groups = plan.groups().iter().map(|group| (&group.title, "group", &group.id));
    let names: Vec<_> = items.chain(groups).collect();
    if !names.iter().any(|(name, ..)| matches!(name, Text::Both { .. })) {
        return;
    }
    for (name, list, id) in names {
        let Text::Plain(text) = name else { continue };
        if text.chars().any(|c| ('\u{4e00}'..='\u{9fff}').contains(&c)) {
            let finding = RULE.finding(format!("`{text}` has no English name, and others have"));
            let key = if list == "group" { "title" } else { "name" };
            let finding = finding.at(checked.place_in(checked.table(list, id), key), "");
            found.push(finding.help("write `{ zh = \"…\", en = \"…\" }`"));
        }
    }
}
