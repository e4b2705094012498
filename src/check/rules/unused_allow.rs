//! `unused-allow`

use crate::check::rule::{By, Nature, Rule};
use crate::diagnostic::{Diagnostic, Level};
use crate::source::Place;

pub(in crate::check) const RULE: Rule = Rule {
    code: "unused-allow",
    level: Level::Warning,
    nature: Nature::Fact,
    summary: "A comment allows what is not found there.",
    why: "What it was for has been mended, or stands on another line. Left in place it would hide \
          the next fault of its kind, which nobody has looked at.",
    bad: r#"
[[indicator]]
id = "pm25"
name = "PM2.5"
unit = "μg/m³" # assess: allow(unit-spelling) as the letter has it
lead = ["市生态环境局"]
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
    fix: Some("deletes the comment, where it allows one code alone"),
    by: By::Allows,
};

pub(in crate::check) fn finding(code: &str, comment: &Place) -> Diagnostic {
    let finding = RULE.finding(format!("nothing here is found as `{code}`"));
    let finding = finding.at(comment.clone(), "");
    let finding = finding.help("delete it, or put it where the finding is");
    if comment.text().contains(',') {
        return finding;
    }
    finding.fix("delete the comment", with_blanks(comment), "")
}

/// A comment with the blanks before it, and its line if nothing else is on it.
fn with_blanks(comment: &Place) -> Place {
    let (text, range) = (comment.source().text(), comment.range());
    let before = text.get(..range.start).unwrap_or_default();
    let start = before.trim_end_matches([' ', '\t']).len();
    let is_alone = start == 0 || before.get(..start).is_some_and(|before| before.ends_with('\n'));
    let behind = text.get(range.end..).unwrap_or_default();
    let line_end = ["\r\n", "\n"].into_iter().find(|end| behind.starts_with(end));
    let end = range.end + line_end.filter(|_| is_alone).map_or(0, str::len);
    comment.source().place(start..end)
}
