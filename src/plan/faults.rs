//! The faults of one file, and those of the TOML itself.

use std::cell::RefCell;
use std::collections::BTreeSet;
use std::ops::Range;

use crate::diagnostic::{Diagnostic, Findings};
use crate::source::{Place, Source};

/// The faults of one file, collected while it is read.
pub(super) struct Faults {
    source: Source,
    found: RefCell<Vec<Diagnostic>>,
    /// A file that is no TOML in places has lost some of its keys: that they are missing is no
    /// fault of its own then.
    partial: bool,
}

impl Faults {
    /// Starts with the faults of the TOML itself.
    pub(super) fn new(source: &Source, syntax: &[toml::de::Error]) -> Self {
        let found = syntax.iter().map(|error| syntax_fault(source, error)).collect();
        Self { source: source.clone(), found: RefCell::new(found), partial: !syntax.is_empty() }
    }

    /// Whether some of the file could not be read as TOML.
    pub(super) fn is_partial(&self) -> bool {
        self.partial
    }

    /// Whether nothing was found yet.
    pub(super) fn is_empty(&self) -> bool {
        self.found.borrow().is_empty()
    }

    pub(super) fn add(&self, fault: Diagnostic) {
        self.found.borrow_mut().push(fault);
    }

    pub(super) fn place(&self, range: Range<usize>) -> Place {
        self.source.place(range)
    }

    /// All faults in the order of their places. What else seems wrong in a line that is no TOML
    /// only repeats that.
    pub(super) fn into_sorted(self) -> Findings {
        let mut found = self.found.into_inner();
        let broken: BTreeSet<_> =
            found.iter().filter(|fault| fault.code == NOT_TOML).filter_map(line).collect();
        found.retain(|fault| {
            fault.code == NOT_TOML || line(fault).is_none_or(|at| !broken.contains(&at))
        });
        Findings::sorted(found)
    }
}

/// The code of the faults of the TOML itself.
const NOT_TOML: &str = "not-toml";

fn line(fault: &Diagnostic) -> Option<usize> {
    fault.labels.first().map(|label| label.place.line_column().0)
}

fn syntax_fault(source: &Source, error: &toml::de::Error) -> Diagnostic {
    let text = source.text();
    let place = source.place(error.span().unwrap_or(text.len()..text.len()));
    let before = text.get(..place.range().start).unwrap_or_default();
    let line_start = before.rfind('\n').map_or(0, |at| at + 1);
    let line = text.get(line_start..).unwrap_or_default().trim_start();
    let fault = Diagnostic::error(NOT_TOML, format!("not TOML: {}", error.message()));
    let fault = fault.at(place, "").help("mend what stands there; the rest is read all the same");
    if line.starts_with(|c: char| !c.is_ascii()) {
        return fault.help("TOML keys are ASCII: use the English key, such as `name = \"…\"`");
    }
    fault
}
