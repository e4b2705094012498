//! A measured value, and where it is from.

use std::cmp::Ordering;
use std::collections::BTreeSet;

use super::{Status, Value};
use crate::number::Short;

/// A measured value (实测值) and where it came from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Measured {
    /// The value.
    pub value: Value,
    first: Origin,
    more: Option<Box<More>>,
}

/// What is to be said of few values.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
struct More {
    unit: Option<String>,
    others: Vec<Origin>,
    status: Status,
    self_checked: Option<Measured>,
}

/// Where a value stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Origin {
    file: u32,
    line: u32,
    aside: Option<Box<Aside>>,
}

/// What a row says beside its value.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Aside {
    pub(super) cell: Option<String>,
    pub(super) stood: Option<String>,
    pub(super) source: Option<String>,
    pub(super) note: Option<String>,
    pub(super) reporter: Option<String>,
}

impl Origin {
    pub(super) fn new(file: usize, line: usize, aside: Aside) -> Self {
        let [file, line] = [file, line].map(|number| u32::try_from(number).unwrap_or(u32::MAX));
        let aside = Some(aside).filter(|aside| *aside != Aside::default());
        Self { file, line, aside: aside.map(Box::new) }
    }

    /// Of a row that says nothing beside its value.
    pub(super) fn plain(file: u32, line: u32) -> Self {
        Self { file, line, aside: None }
    }

    /// The file or sheet, by its place in the order of reading, from 0.
    pub fn file(&self) -> usize {
        self.file as usize
    }

    /// Its line there, from 1.
    pub fn line(&self) -> usize {
        self.line as usize
    }

    /// The name of its cell, in a spreadsheet.
    pub fn cell(&self) -> Option<&str> {
        self.aside.as_ref()?.cell.as_deref()
    }

    /// What stood there, where it was converted: `0.031 mg/m³`.
    pub fn stood(&self) -> Option<&str> {
        self.aside.as_ref()?.stood.as_deref()
    }

    /// Where the row says that the value is from (来源).
    pub fn source(&self) -> Option<&str> {
        self.aside.as_ref()?.source.as_deref()
    }

    /// What the row says about it (备注).
    pub fn note(&self) -> Option<&str> {
        self.aside.as_ref()?.note.as_deref()
    }

    /// The unit that the row says reported it (填报单位).
    pub fn reporter(&self) -> Option<&str> {
        self.aside.as_ref()?.reporter.as_deref()
    }

    /// `a.csv:12`, `a.xlsx#Sheet1!C12`, given the names of all files and sheets.
    pub fn place<S: AsRef<str>>(&self, names: &[S]) -> String {
        let name = names.get(self.file()).map_or("", AsRef::as_ref);
        match self.cell() {
            Some(cell) => format!("{name}!{cell}"),
            None => format!("{name}:{}", self.line),
        }
    }
}

impl Measured {
    pub(super) fn new(value: Value, origin: Origin) -> Self {
        Self { value, first: origin, more: None }
    }

    pub(super) fn with(mut self, unit: Option<String>, status: Status) -> Self {
        if unit.is_some() || status != Status::default() {
            self.more = Some(Box::new(More { unit, status, ..More::default() }));
        }
        self
    }

    /// Its number, file and line, where there is no more to say of it.
    pub(super) fn plain(&self) -> Option<(Short, u32, u32)> {
        let Value::Number(number) = self.value else { return None };
        let is_plain = self.more.is_none() && self.first.aside.is_none();
        let short = Short::of(number).filter(|_| is_plain)?;
        Some((short, self.first.file, self.first.line))
    }

    /// The unit that came with it, for an indicator whose unit the plan does not say.
    pub fn unit(&self) -> Option<&str> {
        self.more.as_ref()?.unit.as_deref()
    }

    /// The rows that give it: several where they agree.
    pub fn origins(&self) -> impl Iterator<Item = &Origin> {
        std::iter::once(&self.first).chain(self.more.iter().flat_map(|more| &more.others))
    }

    /// Who answers for it.
    pub fn status(&self) -> Status {
        self.more.as_ref().map(|more| more.status).unwrap_or_default()
    }

    /// What the unit itself reported, where this was verified.
    pub fn self_checked(&self) -> Option<&Self> {
        self.more.as_ref()?.self_checked.as_ref()
    }

    /// Whether a file gives it.
    pub(super) fn is_from(&self, file: usize) -> bool {
        let own = self.self_checked().into_iter().flat_map(Self::origins);
        self.origins().chain(own).any(|origin| origin.file() == file)
    }

    /// The first row that gives it.
    pub(super) fn origin(&self) -> &Origin {
        &self.first
    }

    fn more(&mut self) -> &mut More {
        self.more.get_or_insert_default()
    }

    /// Takes over another value of the same quantity, region and year: one that agrees, or one
    /// that is verified where this one is not, or the other way about.
    /// Where the other is a different one of the same status, gives back the value that is there,
    /// and where it first stood.
    pub(super) fn join(&mut self, other: Self) -> Option<(Value, Origin)> {
        let (own, other) = match self.status().cmp(&other.status()) {
            Ordering::Equal => (self, other),
            Ordering::Less => {
                let own = std::mem::replace(self, other);
                let other = self.more().self_checked.replace(own);
                debug_assert!(other.is_none(), "what was self-checked had none beside it");
                return None;
            }
            Ordering::Greater => match &mut self.more().self_checked {
                Some(own) => (own, other),
                none => {
                    *none = Some(other);
                    return None;
                }
            },
        };
        if !own.value.agrees_with(&other.value) {
            return Some((own.value.clone(), own.first.clone()));
        }
        own.merge(other);
        None
    }

    /// Takes over another row that gives the same value; so that the order of rows makes no
    /// difference, of `28` and `28.0` the longer is kept, and every reason.
    fn merge(&mut self, other: Self) {
        match (&mut self.value, other.value) {
            (Value::Number(own), Value::Number(more))
            | (Value::Progress(own), Value::Progress(more))
                if more.scale() > own.scale() =>
            {
                *own = more;
            }
            (Value::NotApplicable(own), Value::NotApplicable(more)) if *own != more => {
                *own = all_reasons(own, &more);
            }
            _ => {}
        }
        let their = other.more.map(|more| *more).unwrap_or_default();
        let own = self.more();
        own.unit = own.unit.take().into_iter().chain(their.unit).min();
        own.others.push(other.first);
        own.others.extend(their.others);
    }
}

/// Between the reasons of several rows.
const REASONS: &str = "; ";

/// So many different reasons are kept: rows beyond number would make a text without end.
const MOST_REASONS: usize = 100;

/// Stands behind the reasons that are kept, where there were more.
const MORE_REASONS: &str = "…";

/// The reasons of two values, each once, in one order whatever the order of the rows.
fn all_reasons(own: &str, more: &str) -> String {
    let mut reasons: BTreeSet<&str> = own.split(REASONS).chain(more.split(REASONS)).collect();
    let were_more = reasons.remove(MORE_REASONS) || reasons.len() > MOST_REASONS;
    let kept = reasons.into_iter().take(MOST_REASONS);
    let kept: Vec<_> = kept.chain(were_more.then_some(MORE_REASONS)).collect();
    kept.join(REASONS)
}
