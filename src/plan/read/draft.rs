//! What is known of a plan while its files are read.

use std::collections::BTreeMap;

use super::fit::Contradiction;
use crate::diagnostic::Diagnostic;
use crate::formula::Range;
use crate::plan::change::Change;
use crate::plan::node::Node;
use crate::plan::region::Regions;
use crate::plan::table::Table;
use crate::plan::{
    About, Document, Grade, GradeLimit, Group, Indicator, Input, Plan, Quantity, Scoring,
};
use crate::source::Place;
use crate::spelling::nearest;

/// A plan that is being read: what could not be read of it is none, and then no plan comes out.
#[derive(Debug, Default)]
pub(in crate::plan) struct Draft {
    pub(super) id: Option<String>,
    pub(super) about: Option<About>,
    pub(super) regions: Regions,
    pub(super) scoring: Scoring,
    pub(super) grades: Vec<Option<Grade>>,
    pub(super) limits: Vec<GradeLimit>,
    pub(super) groups: Vec<Option<Group>>,
    pub(super) group_ids: BTreeMap<String, (usize, Place)>,
    pub(super) parents: Vec<Option<usize>>,
    pub(super) indicators: Vec<Option<Indicator>>,
    /// By indicator, where its faults are shown.
    pub(super) places: Vec<Places>,
    pub(super) inputs: Vec<Option<Input>>,
    /// Where it is said what a value needs to be assessable.
    pub(super) need_places: BTreeMap<Quantity, Place>,
    /// Every name of an indicator or input, folded.
    pub(super) names: BTreeMap<String, Owner>,
    /// What is known of indicators and inputs before they are read, by their ids.
    pub(super) heads: BTreeMap<String, Head>,
    pub(super) layers: Vec<Document>,
    pub(super) changes: Vec<Change>,
}

/// Where the contradictions of an indicator are shown.
#[derive(Debug)]
pub(in crate::plan) struct Places {
    score: Place,
    targets: Place,
    /// Of the formula of its value, if it has one.
    pub(super) formula: Option<Place>,
}

impl Places {
    /// Those of an indicator's table: what is not there is shown at the table.
    pub(super) fn of(table: &mut Table<'_>) -> Self {
        let whole = table.place();
        let mut place = |key| table.get(key).map(Node::place);
        Self {
            score: place("score").unwrap_or_else(|| whole.clone()),
            targets: place("targets").unwrap_or(whole),
            formula: place("value"),
        }
    }

    /// A contradiction where it is to be mended.
    pub(in crate::plan) fn show(&self, found: Contradiction) -> Diagnostic {
        let place = if found.is_of_targets { &self.targets } else { &self.score };
        found.at(place.clone())
    }
}

/// Who has a name.
#[derive(Debug)]
pub(super) struct Owner {
    pub(super) quantity: Quantity,
    pub(super) is_id: bool,
    pub(super) place: Place,
}

/// What formulas and changes need to know of an indicator or an input that is not yet read.
#[derive(Clone, Copy, Debug)]
pub(super) struct Head {
    pub(super) quantity: Quantity,
    /// Whether its values count as numbers; classes do not.
    pub(super) is_number: bool,
    pub(super) range: Range,
}

impl Draft {
    /// The plan without its changes, these, and where contradictions of indicators are shown.
    pub(in crate::plan) fn finish(self) -> Option<(Plan, Vec<Change>, Vec<Places>)> {
        let names = self.names.into_iter().map(|(name, owner)| (name, owner.quantity));
        let plan = Plan {
            id: self.id?,
            about: self.about?,
            regions: self.regions,
            scoring: self.scoring,
            grades: self.grades.into_iter().collect::<Option<_>>()?,
            limits: self.limits,
            groups: self.groups.into_iter().collect::<Option<_>>()?,
            indicators: self.indicators.into_iter().collect::<Option<_>>()?,
            inputs: self.inputs.into_iter().collect::<Option<_>>()?,
            names: names.collect(),
            layers: self.layers,
        };
        Some((plan, self.changes, self.places))
    }

    /// An indicator with all that was changed of it so far.
    pub(super) fn amended(&self, index: usize) -> Option<Indicator> {
        let mut item = self.indicators.get(index).cloned().flatten()?;
        for change in &self.changes {
            change.apply_to_item(index, &mut item);
        }
        Some(item)
    }

    /// The indicator of an id.
    pub(super) fn item(&self, id: &str) -> Option<usize> {
        match self.heads.get(id)?.quantity {
            Quantity::Item(index) => Some(index),
            Quantity::Input(_) => None,
        }
    }

    /// The grade of a name, in any language.
    pub(super) fn grade(&self, name: &str) -> Option<usize> {
        let has = |grade: &Grade| grade.name.wordings().any(|wording| wording == name);
        self.grades.iter().position(|grade| grade.as_ref().is_some_and(has))
    }

    /// What to write for an id that nothing has.
    pub(super) fn did_you_mean<'d>(
        id: &str,
        known: impl Iterator<Item = &'d str>,
        what: &str,
    ) -> String {
        match nearest(id, known).first() {
            Some(near) => format!("did you mean `{near}`?"),
            None => format!("give the id of {what}"),
        }
    }
}
