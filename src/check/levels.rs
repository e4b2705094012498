//! How much findings weigh where somebody says otherwise than their rules.

use std::collections::BTreeMap;

use super::rules::unknown_code;
use super::{By, Checked, no_rule, rule};
use crate::diagnostic::{Diagnostic, Level};
use crate::plan::Spot;

/// What is to be done with the findings of a rule.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Setting {
    /// They are left out.
    Allow,
    /// They are warnings.
    Warn,
    /// They are errors.
    Deny,
}

/// What is said of rules, by their codes.
#[derive(Clone, Debug, Default)]
pub struct Levels(BTreeMap<&'static str, Setting>);

impl Levels {
    /// Says what is to be done with the findings of a rule; of several words the last holds.
    ///
    /// # Errors
    ///
    /// No rule has the code, or nothing can be assessed with what it finds: the message says which.
    pub fn set(&mut self, code: &str, setting: Setting) -> Result<(), String> {
        let Some(rule) = rule(code) else {
            return Err(no_rule(code));
        };
        if matches!(rule.by, By::Reader) && rule.level == Level::Error && setting != Setting::Deny {
            return Err(format!("`{code}` is always an error: nothing can be assessed with it"));
        }
        self.0.insert(rule.code, setting);
        Ok(())
    }

    /// These, and others where these say nothing.
    pub(super) fn over(&self, others: Self) -> Self {
        let mut all = others.0;
        all.extend(&self.0);
        Self(all)
    }

    /// What a plan says in its table `[check]`.
    pub(super) fn of_plan(checked: &Checked<'_>, found: &mut Vec<Diagnostic>) -> Self {
        let mut levels = Self::default();
        let Some(table) = checked.top("check") else { return levels };
        let settings =
            [("allow", Setting::Allow), ("warn", Setting::Warn), ("deny", Setting::Deny)];
        for (key, setting) in settings {
            let codes = table.get(key).into_iter().flat_map(|(_, list)| list.items());
            for (spot, code) in codes.filter_map(|spot: Spot<'_>| Some((spot, spot.text()?))) {
                if let Err(message) = levels.set(code, setting) {
                    found.push(unknown_code::RULE.finding(message).at(spot.place(), ""));
                }
            }
        }
        levels
    }

    /// Whether findings of a code are left out.
    pub(super) fn allow(&self, code: &str) -> bool {
        self.0.get(code) == Some(&Setting::Allow)
    }

    /// A finding as it weighs; none where it is left out.
    pub(super) fn weigh(&self, mut finding: Diagnostic) -> Option<Diagnostic> {
        match self.0.get(finding.code) {
            Some(Setting::Allow) => return None,
            Some(Setting::Warn) => finding.level = Level::Warning,
            Some(Setting::Deny) => finding.level = Level::Error,
            None => {}
        }
        Some(finding)
    }
}
