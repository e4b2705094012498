//! A yearly letter: which plan it amends, and what it changes of it.

use jiff::civil::Date;
use toml::de::DeTable;

use super::changes::Scope;
use super::{Draft, Reader};
use crate::diagnostic::{Diagnostic, Findings};
use crate::plan::book::FileKind;
use crate::plan::change::{ItemChange, What};
use crate::plan::faults::Faults;
use crate::plan::node::Node;
use crate::plan::outline::{Outline, top};
use crate::plan::table::Table;
use crate::source::{Place, Source};

/// What a target file is, by the keys at its top alone.
pub(in crate::plan) fn kind_of(source: &Source) -> FileKind {
    let (root, _) = DeTable::parse_recoverable(top(source.text()));
    let text = |key| root.get_ref().get(key).map(|value| (value, value.get_ref().as_str()));
    let trimmed = |text: Option<&str>| text.unwrap_or_default().trim().to_owned();
    match text("amends") {
        Some((value, amends)) => {
            FileKind::Letter { amends: trimmed(amends), place: source.place(value.span()) }
        }
        None => FileKind::Plan(text("plan").and_then(|(_, id)| id).map(|id| trimmed(Some(id)))),
    }
}

/// The day of a letter's document; none where that is missing, which is a fault.
pub(in crate::plan) fn date(letter: &Outline<'_>) -> Option<Date> {
    let faults = Faults::new(letter.source(), &[]);
    let mut table = Table::new(letter.root.get_ref(), 0..0, "the letter", &faults);
    table.get("document")?.inside("date").and_then(Node::date)
}

/// Reads a letter into the plan that it amends.
pub(in crate::plan) fn amend(letter: &Outline<'_>, draft: &mut Draft) -> Result<(), Findings> {
    let faults = Faults::new(letter.source(), &letter.faults);
    let table = Table::new(letter.root.get_ref(), 0..0, "the letter", &faults);
    Reader { faults: &faults }.letter(table, draft);
    let found = faults.into_sorted();
    if found.is_empty() { Ok(()) } else { Err(found) }
}

impl<'a> Reader<'a> {
    fn letter(self, mut file: Table<'a>, draft: &mut Draft) {
        file.required("format", Self::format);
        file.required("amends", Node::owned_string);
        let document = file.required("document", |node| {
            let document = Self::document(node)?;
            if document.date.is_none() {
                let message = "the letter's document has no `date`";
                node.fault("missing-key", message, "add it: letters are applied by their dates");
            }
            Some(document)
        });
        draft.layers.push(document.unwrap_or_default());
        let Some(plan) = draft.about.as_ref().map(|about| about.years) else { return };
        let whole = Scope { years: plan, regions: Vec::new() };
        let scope = self.scope(&mut file, Some(&whole), draft).unwrap_or(whole);
        if let Some(node) = file.get("scoring") {
            for change in Self::scoring(node).unwrap_or_default() {
                draft.change(&scope, node.place(), What::Scoring(change));
            }
        }
        self.groups(file.tables("group", "a group"), draft);
        let inputs = file.tables("input", "an input");
        let first = draft.indicators.len();
        let indicators = file.tables("indicator", "an indicator");
        let places: Vec<Place> = indicators.iter().map(Table::place).collect();
        self.quantities(inputs, indicators, draft);
        self.add_targets(first, &places, &scope, draft);
        let limits = self.limits(file.tables("grade-limit", "a grade limit"), draft);
        for (limit, place) in limits {
            draft.change(&scope, place, What::Limit(Box::new(limit)));
        }
        self.changes(&mut file, Some(&scope), draft);
        file.finish();
        if draft.changes.iter().all(|change| change.layer + 1 != draft.layers.len())
            && !self.faults.is_partial()
            && self.faults.is_empty()
        {
            let fault = Diagnostic::error("changes-nothing", "the letter changes nothing");
            let fault = fault.at(self.faults.place(0..0), "");
            self.faults
                .add(fault.help("add `[[set]]`, `[[drop]]`, `[[waive]]` or `[[indicator]]`"));
        }
    }

    /// What a letter adds is there in its years and regions alone: the targets are its changes.
    fn add_targets(self, first: usize, places: &[Place], scope: &Scope, draft: &mut Draft) {
        for (offset, place) in places.iter().enumerate() {
            let index = first + offset;
            let Some(Some(item)) = draft.indicators.get_mut(index) else { continue };
            for target in std::mem::take(&mut item.targets) {
                if let Some(year) = scope.years.outsider(target.years) {
                    let message = format!("{year} is outside the letter's years, {}", scope.years);
                    let fault = Diagnostic::error("year-outside-plan", message);
                    self.faults.add(fault.at(place.clone(), "").help("mend the year"));
                    continue;
                }
                let scope = Scope { years: target.years, regions: scope.regions.clone() };
                let what = What::Item(index, ItemChange::Target(Box::new(target)));
                draft.change(&scope, place.clone(), what);
            }
        }
    }
}
