//! `clause-disagrees`

use crate::check::Checked;
use crate::check::rule::{By, Nature, Rule};
use crate::diagnostic::{Diagnostic, Level};
use crate::spelling::half_width;

pub(in crate::check) const RULE: Rule = Rule {
    code: "clause-disagrees",
    level: Level::Warning,
    nature: Nature::Judgement,
    summary: "An item's clause is not in that of its group, though others' are, or it is in that \
          of another group.",
    why: "The item was put into the wrong group, so that its points count there, or its clause \
          was copied from the block above. The report cites the clause for every point.",
    bad: r#"
[[group]]
id = "air"
title = "Air"
clause = "一(一)1"

[[indicator]]
id = "pm25"
group = "air"
clause = "一(一)1"
name = "PM2.5"
unit = "μg/m³"
lead = ["市生态环境局"]
targets = { 2021-2025 = "<= 30" }

[[indicator]]
id = "good-days"
group = "air"
clause = "一(一)2"
name = "优良天数比例"
unit = "%"
lead = ["市生态环境局"]
targets = { 2021-2025 = ">= 90" }
"#,
    good: r#"
[[group]]
id = "air"
title = "Air"
clause = "一(一)1"

[[indicator]]
id = "pm25"
group = "air"
clause = "一(一)1"
name = "PM2.5"
unit = "μg/m³"
lead = ["市生态环境局"]
targets = { 2021-2025 = "<= 30" }

[[indicator]]
id = "good-days"
group = "air"
clause = "一(一)1"
name = "优良天数比例"
unit = "%"
lead = ["市生态环境局"]
targets = { 2021-2025 = ">= 90" }
"#,
    fix: None,
    by: By::Look(look),
};

fn look(checked: &Checked<'_>, found: &mut Vec<Diagnostic>) {
    let plan = checked.book.plan();
    // The brackets are part of a clause: 一(一)1 is not 一一1.
    let folded = |clause: &Option<String>| {
        Some(half_width(clause.as_deref()?).split_whitespace().collect::<String>())
    };
    let groups: Vec<_> = plan.groups().iter().map(|group| folded(&group.clause)).collect();
    let items: Vec<_> = plan.indicators().iter().map(|item| folded(&item.clause)).collect();
    for (item, own) in plan.indicators().iter().zip(&items) {
        let of_group = item.group.and_then(|group| groups.get(group)).and_then(Option::as_ref);
        let (Some(own), Some(of_group)) = (own, of_group) else { continue };
        if is_in(own, of_group) {
            continue;
        }
        let beside =
            plan.indicators().iter().zip(&items).filter(|(other, _)| other.group == item.group);
        let mut clauses = beside.filter_map(|(_, clause)| clause.as_ref());
        let is_odd = clauses.any(|clause| is_in(clause, of_group))
            || groups.iter().flatten().any(|clause| is_in(own, clause));
        if is_odd {
            let clause = item.clause.as_deref().unwrap_or_default();
            let message = format!("the clause `{clause}` is not in its group's, `{of_group}`");
            let finding = RULE.finding(message).at(checked.place_in_item(item, "clause"), "");
            found.push(finding.help("mend the clause or the group"));
        }
    }
}

/// Whether a clause is part of another: 一(一)12 is part of 一(一), and not of 一(一)1.
fn is_in(clause: &str, whole: &str) -> bool {
    const NUMERALS: &str = "0123456789一二三四五六七八九十百";
    let is_numeral = |c: Option<char>| c.is_some_and(|c| NUMERALS.contains(c));
    clause.strip_prefix(whole).is_some_and(|rest| {
        !(is_numeral(whole.chars().next_back()) && is_numeral(rest.chars().next()))
    })
}

#[cfg(test)]
mod tests {
    use super::is_in;

    #[test]
    fn clauses_are_parts_of_clauses() {
        assert!(is_in("一(一)6", "一(一)") && is_in("一(一)12", "一(一)"));
        assert!(is_in("一(一)1", "一(一)1") && is_in("三(二)", "三"));
        assert!(
            !is_in("一(一)12", "一(一)1")
                && !is_in("二十一", "二十")
                && !is_in("一(一)6", "一(二)")
        );
    }
}
