//! What is to be judged: the plan (考核方案) with its groups, indicators, targets and rules.
//! Reading a target file is here; measured values are not.

mod book;
mod change;
mod class;
mod comparison;
mod faults;
mod group;
mod indicator;
mod limit;
mod need;
mod node;
mod outline;
mod quantity;
mod read;
mod region;
mod responsible;
mod rests_on;
mod rule;
mod scoring;
mod table;
mod target;

use std::collections::BTreeMap;

use jiff::civil::Date;

pub use self::book::{Book, FileKind};
pub use self::class::Classes;
pub use self::comparison::{Anchor, Better, Bound, Comparison, Derived, Relation};
pub use self::group::{Combine, Group};
pub use self::indicator::{Amended, Indicator, Kind};
pub use self::limit::{GradeLimit, Limited};
pub use self::need::Need;
pub use self::outline::{Outline, Spot, comments};
pub use self::quantity::{Accrual, Input, Measure, Member, Quantity, Symbol, When, Zero};
use self::region::Regions;
pub use self::region::{PlanRegion, RegionName};
pub(crate) use self::responsible::{distinct, is_same_unit};
pub use self::rests_on::Asked;
pub use self::rule::{
    Band, Bonus, Method, Part, Rank, RankBy, RankTies, Rule, Segment, Step, in_band,
};
pub use self::scoring::{Compare, Grade, Missing, NotApplicable, Rounding, Scoring, Ties};
pub use self::target::{Ask, Target, Waiver};
use crate::diagnostic::Findings;
use crate::source::Source;
use crate::spelling::{fold_name, is_chinese, nearest};
use crate::text::{Lang, Text};
use crate::year::{Year, Years};

/// A plan that has been read and holds together: every reference in it is to something, and no
/// name means two things.
#[derive(Clone, Debug)]
pub struct Plan {
    id: String,
    about: About,
    regions: Regions,
    scoring: Scoring,
    grades: Vec<Grade>,
    limits: Vec<GradeLimit>,
    groups: Vec<Group>,
    indicators: Vec<Indicator>,
    inputs: Vec<Input>,
    names: BTreeMap<String, Quantity>,
    layers: Vec<Document>,
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
    /// The year that `base year` means for items that name none (基准年).
    pub base_year: Option<Year>,
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
    /// Reads a target file of format 1 for which there are no letters, and that changes nothing by
    /// region or year; else see [`Book`].
    ///
    /// # Errors
    ///
    /// Every fault of the file, in the order of their places.
    pub fn read(source: &Source) -> Result<Self, Findings> {
        Book::read(source, &[]).map(|book| book.plan().clone())
    }

    /// Its name for machines, as amendments and `--plan` give it.
    pub fn id(&self) -> &str {
        &self.id
    }

    /// What it is and where it comes from.
    pub fn about(&self) -> &About {
        &self.about
    }

    /// The regions that it lists, in the order of the file; none where any region may have values.
    pub fn regions(&self) -> &[PlanRegion] {
        self.regions.listed()
    }

    /// What a text is as the name of a region, by name or alias, however it is spelled. The plan's
    /// own region is always one of those that it lists.
    pub fn region_name(&self, text: &str) -> RegionName<'_> {
        self.regions.meaning(text, &self.about.region)
    }

    /// The name of a region as reports write it: the plan's, where it lists it, else as it is.
    pub fn region_called<'a>(&'a self, text: &'a str) -> &'a str {
        match self.region_name(text) {
            RegionName::Known(name) => name,
            RegionName::Unknown | RegionName::Open => text,
        }
    }

    /// How it counts.
    pub fn scoring(&self) -> &Scoring {
        &self.scoring
    }

    /// Its grades, the best first.
    pub fn grades(&self) -> &[Grade] {
        &self.grades
    }

    /// What limits the grade, in the order of the file.
    pub fn limits(&self) -> &[GradeLimit] {
        &self.limits
    }

    /// The documents that it is from: its own, then those of the letters, in the order of their
    /// dates.
    pub fn layers(&self) -> &[Document] {
        &self.layers
    }

    /// Its groups, in the order of the file.
    pub fn groups(&self) -> &[Group] {
        &self.groups
    }

    /// Its indicators and tasks, in the order of the file.
    pub fn indicators(&self) -> &[Indicator] {
        &self.indicators
    }

    /// What is measured and not assessed, in the order of the file.
    pub fn inputs(&self) -> &[Input] {
        &self.inputs
    }

    /// What a text names, by id, name or alias, however it is spelled.
    pub fn find(&self, name: &str) -> Option<Quantity> {
        self.names.get(&fold_name(name)).copied()
    }

    /// What the values of a quantity must fit; none where it is not of this plan.
    pub fn measure(&self, quantity: Quantity) -> Option<Measure<'_>> {
        match quantity {
            Quantity::Item(index) => self.indicators.get(index).map(Indicator::measure),
            Quantity::Input(index) => self.inputs.get(index).map(Measure::of_input),
        }
    }

    /// The names nearest to one that names nothing, best first.
    pub fn nearest(&self, name: &str) -> Vec<&str> {
        let inputs = self.inputs.iter().flat_map(Input::names);
        nearest(name, self.indicators.iter().flat_map(Indicator::names).chain(inputs))
    }

    /// What an item counts where it does not apply: as it says itself, else the nearest group that
    /// it is in, else the plan.
    pub fn not_applicable(&self, indicator: &Indicator) -> NotApplicable {
        let group = indicator.group.and_then(|group| self.groups.get(group));
        let up = |group: &&Group| group.parent.and_then(|parent| self.groups.get(parent));
        let mut groups = std::iter::successors(group, up);
        let own = indicator.not_applicable;
        own.or_else(|| groups.find_map(|group| group.not_applicable))
            .unwrap_or(self.scoring.not_applicable)
    }

    /// The names of its regions nearest to one that is none, best first.
    pub fn nearest_regions(&self, name: &str) -> Vec<&str> {
        let listed = self.regions().iter().flat_map(PlanRegion::names);
        nearest(name, listed.chain([self.about.region.as_str()]))
    }

    /// The language of its document: Chinese where its title has Chinese characters.
    pub fn lang(&self) -> Lang {
        let chinese = self.about.title.wordings().any(|title| title.contains(is_chinese));
        if chinese { Lang::Zh } else { Lang::En }
    }
}
