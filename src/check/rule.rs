//! What a rule is: all that is to be known of one kind of finding, in one place.

use super::Checked;
use crate::diagnostic::{Diagnostic, Level};

/// A kind of finding in target files.
///
/// Its examples are target files without the head that all share ([`Rule::example`]); what stands
/// behind a line `# letter` is a letter that amends them.
#[derive(Debug)]
#[non_exhaustive]
pub struct Rule {
    /// Its name, in kebab-case, the same in every version.
    pub code: &'static str,
    /// How much a finding weighs where nobody says otherwise.
    pub level: Level,
    /// Whether it is a fact or a judgement.
    pub nature: Nature,
    /// What is found, in one sentence.
    pub summary: &'static str,
    /// What harm that does, or how it comes about, and what to do.
    pub why: &'static str,
    /// What has it, and no other finding.
    pub bad: &'static str,
    /// The same as it should be, without a finding.
    pub good: &'static str,
    /// What `--fix` does, where a fix is certain.
    pub fix: Option<&'static str>,
    /// Who finds it.
    pub by: By,
}

/// Whether what a rule finds is wrong for certain.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Nature {
    /// It is.
    Fact,
    /// It is unusual, and may be meant.
    Judgement,
}

/// Who finds what a rule is about.
#[derive(Clone, Copy, Debug)]
pub enum By {
    /// The reader of target files.
    Reader,
    /// Whoever settles what was allowed.
    Allows,
    /// A look at what was read.
    Look(fn(&Checked<'_>, &mut Vec<Diagnostic>)),
}

/// The head of every example that has none of its own.
const HEAD: &str = r#"format = 1
plan = "example"

[about]
title = "Example"
region = "珲春市"
years = "2021-2025"
document = { number = "珲政办函〔2021〕28号", date = 2021-09-28 }
"#;

/// The head of every letter in an example.
const LETTER_HEAD: &str = r#"format = 1
amends = "example"
document = { number = "珲环函〔2022〕1号", date = 2022-03-01 }
"#;

impl Rule {
    /// A finding of this rule.
    pub fn finding(&self, message: impl Into<String>) -> Diagnostic {
        Diagnostic::new(self.level, self.code, message)
    }

    /// An example as whole files: the plan, and its letters.
    pub fn example(example: &str) -> (String, Vec<String>) {
        let with = |head: &str, text: &str| match text.trim_start().starts_with("format =") {
            true => text.trim_start().to_owned(),
            false => format!("{head}\n{}", text.trim_start()),
        };
        let mut files = example.split("# letter\n");
        let plan = files.next().unwrap_or_default();
        (with(HEAD, plan), files.map(|letter| with(LETTER_HEAD, letter)).collect())
    }
}
