//! `unit-names-differ`

use crate::check::Checked;
use crate::check::rule::{By, Nature, Rule};
use crate::diagnostic::{Diagnostic, Level};
use crate::spelling::fold_name;

pub(in crate::check) const RULE: Rule = Rule {
    code: "unit-names-differ",
    level: Level::Warning,
    nature: Nature::Judgement,
    summary: "One responsible unit is spelled in two ways.",
    why: "A slip of the pen, or the short name in one clause and the full name in the next. \
          Where blanks and width alone differ they are counted as one and shown in one \
          spelling; where one name is the end of the other, what is owed is listed for two \
          units. Use one name throughout.",
    bad: r#"
[[indicator]]
id = "pm25"
name = "PM2.5"
unit = "μg/m³"
lead = ["市生态环境局"]
targets = { 2021-2025 = "<= 30" }

[[indicator]]
id = "cod"
name = "COD"
unit = "吨"
lead = ["珲春市生态环境局"]
targets = { 2021-2025 = "<= 1200" }
"#,
    good: r#"
[[indicator]]
id = "pm25"
name = "PM2.5"
unit = "μg/m³"
lead = ["市生态环境局"]
targets = { 2021-2025 = "<= 30" }

[[indicator]]
id = "cod"
name = "COD"
unit = "吨"
lead = ["市生态环境局"]
targets = { 2021-2025 = "<= 1200" }
"#,
    fix: None,
    by: By::Look(look),
};

fn look(checked: &Checked<'_>, found: &mut Vec<Diagnostic>) {
    // Every name with how it is compared.
    let mut known: Vec<(&str, String)> = Vec::new();
    for item in checked.book.plan().indicators() {
        for (key, names) in [("lead", &item.lead), ("support", &item.support)] {
            for name in names {
                if known.iter().any(|(known, _)| known == name) {
                    continue;
                }
                let folded = fold_name(name);
                if let Some((other, _)) = known.iter().find(|(_, known)| is_alike(known, &folded)) {
                    let message = format!("`{name}` may be the unit that is `{other}` elsewhere");
                    let finding = RULE.finding(message).at(checked.place_in_item(item, key), "");
                    found.push(finding.help("write one name throughout, if they are one unit"));
                }
                known.push((name, folded));
            }
        }
    }
}

/// Whether two names, without blanks and width, may be of one unit: the same, or one with the region
/// before it.
fn is_alike(one: &str, other: &str) -> bool {
    let is_end = |short: &str, long: &str| {
        long.strip_suffix(short).is_some_and(|region| !region.is_empty())
            && short.starts_with(['市', '县', '州', '省', '区'])
    };
    one == other || is_end(one, other) || is_end(other, one)
}
