//! Rules as people read them: one, the list, the page of all.

use super::rule::{Nature, Rule};
use super::rules::RULES;

/// Every rule on a line: its level, its code, what it finds.
pub fn list() -> String {
    let width = RULES.iter().map(|rule| rule.code.len()).max().unwrap_or_default();
    let line = |rule: &&Rule| {
        format!("{:<7}  {:width$}  {}\n", rule.level.to_string(), rule.code, rule.summary)
    };
    RULES.iter().map(line).collect()
}

/// The page of the documentation with all rules.
pub fn page() -> String {
    let rows: String = RULES
        .iter()
        .map(|rule| format!("| [`{0}`](#{0}) | {1} | {2} |\n", rule.code, rule.level, rule.summary))
        .collect();
    let rules: String = RULES.iter().map(|rule| format!("\n{}", rule.page())).collect();
    format!("{HEAD}\n| code | level | finds |\n|---|---|---|\n{rows}{rules}")
}

const HEAD: &str = "\
# Checks

What `assess check` finds in target files. This page is written from the rules themselves.

An error that the reader finds keeps the file from being used; no other run gets past it, and it cannot
be allowed. Everything else can be set to another level: in the plan,

```toml
[check]
allow = [\"unit-spelling\"]
warn  = []
deny  = [\"no-lead\"]
```

with `--allow`, `--warn` and `--deny` (which go before the plan), or at one place, on its line or above it,
with a comment that says why:

```toml
unit = \"ug/m3\" # assess: allow(unit-spelling) as the letter has it
```

A finding marked as a judgement is unusual, and may be meant.
";

impl Rule {
    /// All that is to be known of it, in Markdown.
    pub fn page(&self) -> String {
        let nature = match self.nature {
            Nature::Fact => "",
            Nature::Judgement => ", a judgement",
        };
        let (code, level, summary, why) = (self.code, self.level, self.summary, self.why);
        let fix = self.fix.map_or_else(String::new, |fix| format!("\n`--fix` {fix}.\n"));
        let mut page = format!("## {code}\n\n*{level}{nature}*. {summary}\n\n{why}\n{fix}");
        if !self.bad.is_empty() {
            let (bad, good) = (self.bad.trim(), self.good.trim());
            page +=
                &format!("\nFound in:\n\n```toml\n{bad}\n```\n\nNot in:\n\n```toml\n{good}\n```\n");
        }
        page
    }
}
