//! A finding in a user's file, as data. How it is shown is for `emit`.

use crate::source::{Place, Source};

/// How much a finding weighs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Level {
    /// Good to know.
    Note,
    /// Read as it stands, but probably not what was meant.
    Warning,
    /// Cannot be read: nothing is assessed.
    Error,
}

/// One finding: what is wrong, where, and what to do about it.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Diagnostic {
    /// Its kind, in kebab-case, the same in every version: `unknown-key`.
    pub code: &'static str,
    /// How much it weighs.
    pub level: Level,
    /// What is wrong, in one sentence that starts lower-case.
    pub message: String,
    /// Where: the first is the place to mend, the others explain it.
    pub labels: Vec<Label>,
    /// What to do about it.
    pub help: Option<String>,
}

/// A place with what is to be said of it.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Label {
    /// The place.
    pub place: Place,
    /// What stands there; may be empty.
    pub text: String,
}

impl Diagnostic {
    /// A finding that keeps the file from being read.
    pub fn error(code: &'static str, message: impl Into<String>) -> Self {
        Self::new(Level::Error, code, message.into())
    }

    /// A finding that leaves the file readable.
    pub fn warning(code: &'static str, message: impl Into<String>) -> Self {
        Self::new(Level::Warning, code, message.into())
    }

    fn new(level: Level, code: &'static str, message: String) -> Self {
        Self { code, level, message, labels: Vec::new(), help: None }
    }

    /// Adds a place; the first one added is the place to mend.
    #[must_use]
    pub fn at(mut self, place: Place, text: impl Into<String>) -> Self {
        self.labels.push(Label { place, text: text.into() });
        self
    }

    /// Says what to do.
    #[must_use]
    pub fn help(mut self, text: impl Into<String>) -> Self {
        self.help = Some(text.into());
        self
    }

    /// The source of the place to mend.
    pub fn source(&self) -> Option<&Source> {
        self.labels.first().map(|label| label.place.source())
    }

    /// Puts findings in the order of their places in each source, whatever the order in which
    /// they were found.
    pub fn sort(findings: &mut [Self]) {
        findings.sort_by_key(|finding| {
            finding.labels.first().map(|label| {
                let source = label.place.source();
                let start = label.place.range().start;
                (source.name().to_owned(), source.first_line(), start)
            })
        });
    }
}
