//! What came of a check, in one line.

use std::fmt;

use super::Shown;
use crate::diagnostic::Level;

/// `checked 3 files: 2 errors, 1 warning`.
#[derive(Clone, Copy, Debug)]
pub(super) struct Summary {
    pub(super) files: usize,
    pub(super) errors: usize,
    pub(super) warnings: usize,
    pub(super) notes: usize,
    pub(super) left_out: usize,
}

impl Summary {
    pub(super) fn of(shown: &Shown<'_>) -> Self {
        let count = |level| shown.findings.iter().filter(|found| found.level == level).count();
        Self {
            files: shown.files.len(),
            errors: count(Level::Error),
            warnings: count(Level::Warning),
            notes: count(Level::Note),
            left_out: shown.left_out,
        }
    }
}

impl fmt::Display for Summary {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { files, errors, warnings, notes, left_out } = *self;
        let kinds = [(errors, "error"), (warnings, "warning"), (notes, "note")];
        let found: Vec<String> = kinds
            .into_iter()
            .filter(|(count, _)| *count > 0)
            .map(|(count, what)| Count(count, what).to_string())
            .chain((left_out > 0).then(|| format!("{left_out} more not shown")))
            .collect();
        let found = if found.is_empty() { "nothing found".to_owned() } else { found.join(", ") };
        write!(f, "checked {}: {found}", Count(files, "file"))
    }
}

/// `1 file`, `3 files`.
struct Count(usize, &'static str);

impl fmt::Display for Count {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self(count, what) = self;
        write!(f, "{count} {what}{}", if *count == 1 { "" } else { "s" })
    }
}
