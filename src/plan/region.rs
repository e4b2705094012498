//! The regions that a plan lists, and what a text means among them.

use std::collections::BTreeMap;

use crate::spelling::fold_name;

/// A region (地区) that the plan lists.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct PlanRegion {
    /// Its name, as reports write it.
    pub name: String,
    /// Other names for it: short ones, codes of the administrative division (行政区划代码).
    pub aliases: Vec<String>,
}

/// What a text is as the name of a region.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RegionName<'a> {
    /// A region of the plan, by the name that the plan gives it.
    Known(&'a str),
    /// None of those that the plan lists.
    Unknown,
    /// Not the plan's own, and it lists no regions: any name is one.
    Open,
}

/// The regions of a plan and what they are called.
#[derive(Clone, Debug, Default)]
pub(super) struct Regions {
    listed: Vec<PlanRegion>,
    /// By every folded name and alias, the place among those listed.
    names: BTreeMap<String, usize>,
}

impl PlanRegion {
    /// Every text that names it.
    pub(super) fn names(&self) -> impl Iterator<Item = &str> {
        std::iter::once(self.name.as_str()).chain(self.aliases.iter().map(String::as_str))
    }
}

impl Regions {
    pub(super) fn new(listed: Vec<PlanRegion>) -> Self {
        let mut names = BTreeMap::new();
        for (index, region) in listed.iter().enumerate() {
            for name in region.names() {
                names.entry(fold_name(name)).or_insert(index);
            }
        }
        Self { listed, names }
    }

    pub(super) fn listed(&self) -> &[PlanRegion] {
        &self.listed
    }

    /// The name that the plan gives a region, for whatever it is called.
    pub(super) fn canonical(&self, name: &str) -> Option<&str> {
        self.of_folded(&fold_name(name))
    }

    fn of_folded(&self, folded: &str) -> Option<&str> {
        let index = self.names.get(folded)?;
        self.listed.get(*index).map(|region| region.name.as_str())
    }

    /// What a text means, where one region is the plan's own, listed or not.
    pub(super) fn meaning<'a>(&'a self, name: &str, own: &'a str) -> RegionName<'a> {
        let folded = fold_name(name);
        let is_own = || folded == fold_name(own);
        match self.of_folded(&folded).or_else(|| is_own().then_some(own)) {
            Some(known) => RegionName::Known(known),
            None if self.listed.is_empty() => RegionName::Open,
            None => RegionName::Unknown,
        }
    }
}
