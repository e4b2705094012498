//! `needless-alias`

use std::collections::BTreeSet;

use crate::check::Checked;
use crate::check::rule::{By, Nature, Rule};
use crate::diagnostic::{Diagnostic, Level};
use crate::spelling::fold_name;

pub(in crate::check) const RULE: Rule = Rule {
    code: "needless-alias",
    level: Level::Note,
    nature: Nature::Fact,
    summary: "An alias is the item's own name or id, or another alias of it, but for width, case \
          or blanks.",
    why: "Names are compared without width, case, blanks and punctuation, so that it adds \
          nothing, and hides which spellings are really needed.",
    bad: r#"
[[indicator]]
id = "pm25"
name = "PM2.5"
aliases = ["PM 2.5", "细颗粒物"]
unit = "μg/m³"
lead = ["市生态环境局"]
targets = { 2021-2025 = "<= 30" }
"#,
    good: r#"
[[indicator]]
id = "pm25"
name = "PM2.5"
aliases = ["细颗粒物"]
unit = "μg/m³"
lead = ["市生态环境局"]
targets = { 2021-2025 = "<= 30" }
"#,
    fix: None,
    by: By::Look(look),
};

fn look(checked: &Checked<'_>, found: &mut Vec<Diagnostic>) {
    for item in checked.book.plan().indicators() {
        let names = std::iter::once(item.id.as_str()).chain(item.name.wordings());
        let mut known: BTreeSet<String> = names.map(fold_name).collect();
        let mut all = known.clone();
        if item.aliases.iter().all(|alias| all.insert(fold_name(alias))) {
            continue;
        }
        let spots = checked.item(item).and_then(|table| table.get("aliases"));
        for spot in spots.into_iter().flat_map(|(_, list)| list.items()) {
            let Some(alias) = spot.text() else { continue };
            if !known.insert(fold_name(alias)) {
                let message = format!("`{alias}` is a name of `{}` already", item.id);
                let finding = RULE.finding(message).at(spot.place(), "");
                found.push(finding.help("leave it out"));
            }
        }
    }
}
