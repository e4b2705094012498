//! A finding in a user's file, as data. How it is shown is for `emit`.

use std::error::Error;
use std::fmt;
use std::ops::Deref;

use crate::source::Place;

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
    /// What mends it for certain, if anything does.
    pub fix: Option<Box<Fix>>,
}

/// What mends a finding for certain: pieces of one file, none over another, each replaced by a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fix {
    /// What it does, as an order: ``write `base-year` ``.
    pub message: String,
    /// The pieces, with what takes their place.
    pub edits: Vec<(Place, String)>,
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
        Self::new(Level::Error, code, message)
    }

    /// A finding that leaves the file readable.
    pub fn warning(code: &'static str, message: impl Into<String>) -> Self {
        Self::new(Level::Warning, code, message)
    }

    /// A file whose bytes are not UTF-8, at the place of the first that is not.
    pub fn not_utf8(place: Place, help: &str) -> Self {
        let fault = Self::error("not-utf8", "the file is not in UTF-8");
        fault.at(place, "the first byte that is not").help(help)
    }

    /// A finding of a level.
    pub fn new(level: Level, code: &'static str, message: impl Into<String>) -> Self {
        let message = message.into();
        Self { code, level, message, labels: Vec::new(), help: None, fix: None }
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

    /// Says what mends it for certain: a place, and what is to stand there.
    #[must_use]
    pub fn fix(
        mut self,
        message: impl Into<String>,
        place: Place,
        text: impl Into<String>,
    ) -> Self {
        let edits = vec![(place, text.into())];
        self.fix = Some(Box::new(Fix { message: message.into(), edits }));
        self
    }
}

/// `file:line:column: error[code]: message`, on one line.
impl fmt::Display for Diagnostic {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some(label) = self.labels.first() {
            write!(f, "{}: ", label.place)?;
        }
        write!(f, "{}[{}]: {}", self.level, self.code, self.message)
    }
}

impl fmt::Display for Level {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Note => "note",
            Self::Warning => "warning",
            Self::Error => "error",
        })
    }
}

/// All that was found, in the order of the places.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Findings(Vec<Diagnostic>);

impl Findings {
    /// Puts findings in the order of their places in each source, whatever the order in which
    /// they were found.
    pub fn sorted(mut findings: Vec<Diagnostic>) -> Self {
        findings.sort_by_cached_key(|finding| {
            finding.labels.first().map(|label| {
                let source = label.place.source();
                (source.name().to_owned(), source.first_line(), label.place.range().start)
            })
        });
        Self(findings)
    }

    /// How many are of a level.
    pub fn count(&self, level: Level) -> usize {
        self.0.iter().filter(|finding| finding.level == level).count()
    }

    /// Whether one of them is an error.
    pub fn has_errors(&self) -> bool {
        self.0.iter().any(|finding| finding.level == Level::Error)
    }
}

impl IntoIterator for Findings {
    type Item = Diagnostic;
    type IntoIter = std::vec::IntoIter<Diagnostic>;

    fn into_iter(self) -> Self::IntoIter {
        self.0.into_iter()
    }
}

impl Deref for Findings {
    type Target = [Diagnostic];

    fn deref(&self) -> &[Diagnostic] {
        &self.0
    }
}

impl Error for Findings {}

/// One a line.
impl fmt::Display for Findings {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (at, finding) in self.iter().enumerate() {
            let line_end = if at == 0 { "" } else { "\n" };
            write!(f, "{line_end}{finding}")?;
        }
        Ok(())
    }
}
