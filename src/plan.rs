//! What is to be judged: the plan (考核方案) with its groups, indicators, targets and rules.
//! Reading a target file is here; measured values are not.

mod class;
mod comparison;
mod faults;
mod group;
mod indicator;
mod node;
mod read;
mod scoring;
mod table;
mod target;

use std::collections::BTreeMap;

use jiff::civil::Date;

pub use self::class::Classes;
pub use self::comparison::{Bound, Comparison, Relation};
pub use self::group::{Combine, Group};
pub use self::indicator::{Indicator, Kind};
pub use self::scoring::{Compare, Grade, Missing, NotApplicable, Rounding, Scoring, Ties};
pub use self::target::{Ask, Target, Waiver};
use crate::diagnostic::Findings;
use crate::source::Source;
use crate::spelling::{fold, nearest};
use crate::text::{Lang, Text};
use crate::year::Years;

/// A plan that has been read and holds together: every reference in it is to something, and no
/// name means two things.
#[derive(Clone, Debug)]
pub struct Plan {
    id: String,
    about: About,
    scoring: Scoring,
    grades: Vec<Grade>,
    groups: Vec<Group>,
    indicators: Vec<Indicator>,
    names: BTreeMap<String, usize>,
}

/// What a plan is and where it comes from.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct About {
    /// Its title.
    pub title: Text,
    /// The region that it is for, and that a value without a region belongs to.
    pub region: String,
    /// The years that it covers.
    pub years: Years,
    /// The document (文件) that it stands for.
    pub document: Document,
    /// The unit that answers for what names no unit (牵头协调单位).
    pub coordinator: Option<String>,
}

/// A document, as far as it is known.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct Document {
    /// Its number (文号).
    pub number: Option<String>,
    /// Who issued it (发文机关).
    pub issuer: Option<String>,
    /// The day it was written (成文日期).
    pub date: Option<Date>,
}

impl Plan {
    /// Reads a target file of format 1.
    ///
    /// # Errors
    ///
    /// Every fault of the file, in the order of their places.
    pub fn read(source: &Source) -> Result<Self, Findings> {
        read::read(source)
    }

    /// Its name for machines, as amendments and `--plan` give it.
    pub fn id(&self) -> &str {
        &self.id
    }

    /// What it is and where it comes from.
    pub fn about(&self) -> &About {
        &self.about
    }

    /// How it counts.
    pub fn scoring(&self) -> &Scoring {
        &self.scoring
    }

    /// Its grades, the best first.
    pub fn grades(&self) -> &[Grade] {
        &self.grades
    }

    /// Its groups, in the order of the file.
    pub fn groups(&self) -> &[Group] {
        &self.groups
    }

    /// Its indicators and tasks, in the order of the file.
    pub fn indicators(&self) -> &[Indicator] {
        &self.indicators
    }

    /// The indicator that a text names, by id, name or alias, however it is spelled: its index
    /// in [`Plan::indicators`].
    pub fn find(&self, name: &str) -> Option<usize> {
        self.names.get(&fold(name)).copied()
    }

    /// The names nearest to one that names nothing, best first.
    pub fn nearest(&self, name: &str) -> Vec<&str> {
        nearest(name, self.indicators.iter().flat_map(Indicator::names))
    }

    /// The language of its document: Chinese where its title has Chinese characters.
    pub fn lang(&self) -> Lang {
        let is_han = |c: char| ('\u{4e00}'..='\u{9fff}').contains(&c);
        let chinese = self.about.title.wordings().any(|title| title.contains(is_han));
        if chinese { Lang::Zh } else { Lang::En }
    }
}
