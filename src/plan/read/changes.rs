//! What a document changes of the plan: `[[set]]`, `[[drop]]`, `[[waive]]`.

use super::formulas::Own;
use super::rules::Scored;
use super::targets::Asked;
use super::{Draft, Reader, indicators};
use crate::diagnostic::Diagnostic;
use crate::formula::Range;
use crate::plan::change::{Change, GroupChange, ItemChange, What};
use crate::plan::group::Combine;
use crate::plan::indicator::Indicator;
use crate::plan::node::Node;
use crate::plan::rule::{Method, Rule};
use crate::plan::scoring::NotApplicable;
use crate::plan::table::Table;
use crate::plan::target::Target;
use crate::source::Place;
use crate::spelling::fold_name;
use crate::year::Years;

/// The years and regions that a document, or a part of it, is for.
#[derive(Clone, Debug)]
pub(super) struct Scope {
    pub(super) years: Years,
    /// Empty for all.
    pub(super) regions: Vec<String>,
}

impl<'a> Reader<'a> {
    /// The changes of a file; what is said outside them of years and regions holds where they say
    /// nothing. In the plan itself they must say something.
    pub(super) fn changes(self, file: &mut Table<'a>, outer: Option<&Scope>, draft: &mut Draft) {
        let sets = file.tables("set", "a change");
        let drops = file.tables("drop", "what is dropped");
        let waives = file.tables("waive", "a waiver");
        for mut table in sets {
            let Some(scope) = self.scope(&mut table, outer, draft) else { continue };
            self.set(table, &scope, draft);
        }
        for mut table in drops {
            let Some(scope) = self.scope(&mut table, outer, draft) else { continue };
            let place = table.place();
            let index = table.required("indicator", |node| Self::known_item(node, draft));
            let reason = table.required("reason", Node::text);
            table.finish();
            if let (Some(index), Some(reason)) = (index, reason) {
                draft.change(&scope, place, What::Item(index, ItemChange::Drop(reason)));
            }
        }
        for mut table in waives {
            let Some(scope) = self.scope(&mut table, outer, draft) else { continue };
            let place = table.place();
            let index = table.required("indicator", |node| Self::known_item(node, draft));
            let waiver = Self::waiver_of(&mut table);
            table.finish();
            if let (Some(index), Some(waiver)) = (index, waiver) {
                draft.change(&scope, place, What::Item(index, ItemChange::Waive(waiver)));
            }
        }
    }

    /// The years and regions that a table says it is for.
    pub(super) fn scope(
        self,
        table: &mut Table<'a>,
        outer: Option<&Scope>,
        draft: &Draft,
    ) -> Option<Scope> {
        let plan = draft.about.as_ref()?.years;
        let node = table.get("years");
        let years = node.and_then(Node::years);
        let regions_node = table.get("regions");
        let regions = regions_node.and_then(|node| self.named_regions(node, draft));
        if let (Some(node), Some([])) = (regions_node, regions.as_deref()) {
            node.fault("empty-list", "no region is named", "name one, or leave the key out");
        }
        if outer.is_none() && node.is_none() && regions_node.is_none() {
            let message = "the plan changes itself for all years and regions";
            let fault = Diagnostic::error("needless-change", message).at(table.place(), "");
            self.faults.add(fault.help("add `years` or `regions`, or change what it is about"));
            return None;
        }
        let around = outer.map_or(plan, |outer| outer.years);
        if let Some((node, years)) = node.zip(years)
            && let Some(year) = around.outsider(years)
        {
            let what = if outer.is_some() { "letter's" } else { "plan's" };
            let message = format!("{year} is outside the {what} years, {around}");
            node.fault("year-outside-plan", message, "mend the year");
            return None;
        }
        let all = || outer.map(|outer| outer.regions.clone()).unwrap_or_default();
        let is_around = |region: &String| {
            let around = all();
            around.is_empty() || around.iter().any(|one| fold_name(one) == fold_name(region))
        };
        if let Some(region) = regions.iter().flatten().find(|region| !is_around(region)) {
            let message = format!("`{region}` is none of the letter's regions");
            let fault = Diagnostic::error("region-outside-letter", message).at(table.place(), "");
            self.faults.add(fault.help("mend the region, or the letter's `regions`"));
            return None;
        }
        Some(Scope { years: years.unwrap_or(around), regions: regions.unwrap_or_else(all) })
    }

    fn known_item(node: Node<'a>, draft: &Draft) -> Option<usize> {
        let id = node.string()?;
        let known = draft.item(id);
        if known.is_none() {
            let ids = draft.heads.keys().map(String::as_str);
            let help = Draft::did_you_mean(id, ids, "an `[[indicator]]`");
            node.fault("unknown-indicator", format!("no indicator has the id `{id}`"), &help);
        }
        known
    }

    fn set(self, mut table: Table<'a>, scope: &Scope, draft: &mut Draft) {
        let given = ["indicator", "group", "grade"].map(|key| table.get(key));
        match given {
            [Some(node), None, None] => {
                let index = Self::known_item(node, draft);
                self.set_item(table, index, scope, draft);
            }
            [None, Some(node), None] => {
                let index = Self::known_group(node, draft);
                self.set_group(table, index, scope, draft);
            }
            [None, None, Some(node)] => {
                let index = Self::known_grade(node, draft);
                let place = table.place();
                let from = table.required("from", Self::grade_from);
                table.finish();
                if let (Some(index), Some(from)) = (index, from) {
                    draft.change(scope, place, What::Grade(index, from));
                }
            }
            _ => {
                let message = "a change is of just one of `indicator`, `group` and `grade`";
                let fault = Diagnostic::error("bad-change", message).at(table.place(), "");
                self.faults.add(fault.help("write it so: `[[set]]` and `indicator = \"…\"`"));
            }
        }
    }

    fn set_item(
        self,
        mut table: Table<'a>,
        index: Option<usize>,
        scope: &Scope,
        draft: &mut Draft,
    ) {
        let mut changes = Self::plain_changes(&mut table, draft);
        let (targets, score) = (table.get("targets"), table.get("score"));
        let place = table.place();
        table.finish();
        if changes.is_empty() && targets.is_none() && score.is_none() {
            self.refuse_empty(place);
        }
        let Some((index, mut item)) = index.and_then(|at| Some((at, draft.amended(at)?))) else {
            return;
        };
        let layer = draft.layers.len().saturating_sub(1);
        if let Some(node) = targets {
            let new = self.new_targets(node, &item, scope, layer, draft).into_iter();
            changes.extend(new.map(|new| (node.place(), ItemChange::Target(Box::new(new)))));
        }
        for (_, change) in &changes {
            change.apply(&mut item, change.years().unwrap_or(scope.years), layer);
        }
        let rule = self.new_rule(score, (index, &item), scope, changes.first(), draft);
        changes.extend(
            rule.zip(score).map(|(rule, node)| (node.place(), ItemChange::Rule(Box::new(rule)))),
        );
        for (place, change) in changes {
            let years = change.years().unwrap_or(scope.years);
            let scope = Scope { years, regions: scope.regions.clone() };
            draft.change(&scope, place, What::Item(index, change));
        }
    }

    /// The changes of an item that hang on nothing else.
    fn plain_changes(table: &mut Table<'a>, draft: &Draft) -> Vec<(Place, ItemChange)> {
        let mut changes: Vec<(Place, ItemChange)> = Vec::new();
        let mut add = |key, read: &dyn Fn(Node<'a>) -> Option<ItemChange>| {
            let node: Option<Node<'a>> = table.get(key);
            changes.extend(node.and_then(|node| Some((node.place(), read(node)?))));
        };
        add("points", &|node| Self::points(node).map(ItemChange::Points));
        add("weight", &|node| Self::weight(node).map(ItemChange::Weight));
        add("lead", &|node| node.strings().map(ItemChange::Lead));
        add("support", &|node| node.strings().map(ItemChange::Support));
        add("clause", &|node| node.owned_string().map(ItemChange::Clause));
        add("not-applicable", &|node| {
            node.one_of(&NotApplicable::WORDS).map(ItemChange::NotApplicable)
        });
        add("unmet-limits-grade", &|node| {
            Self::known_grade(node, draft).map(ItemChange::UnmetLimitsGrade)
        });
        changes
    }

    /// The rule that a change gives an item, which stands as it will be; without one, a formula that
    /// the item has must still hold, or the first of the changes is at fault.
    fn new_rule(
        self,
        score: Option<Node<'a>>,
        (index, item): (usize, &Indicator),
        scope: &Scope,
        first: Option<&(Place, ItemChange)>,
        draft: &Draft,
    ) -> Option<Rule> {
        let bears = |target: &&Target| target.years.overlap(scope.years).is_some();
        let bearing: Vec<_> = item.targets.iter().filter(bears).cloned().collect();
        let own = Own {
            index,
            range: indicators::legal(Some(&item.kind), item.range),
            target: indicators::bounds(&bearing),
            points: Range { least: Some(item.points), most: Some(item.points) },
            has_base_year: item.base_year.is_some(),
        };
        if let Some(node) = score {
            let better = item.better(scope.years.first());
            let better = better.or_else(|| indicators::better(&bearing));
            return self.rule(node, &Scored { kind: Some(&item.kind), better, own, draft });
        }
        if let (Method::Formula(formula), Some((place, _))) = (&item.rule.method, first) {
            self.recheck(formula, own, place, draft);
        }
        None
    }

    /// Targets by year, or one for all years that the change is for.
    fn new_targets(
        self,
        node: Node<'a>,
        item: &Indicator,
        scope: &Scope,
        layer: usize,
        draft: &Draft,
    ) -> Vec<Target> {
        let is_one = !node.is_table()
            || ["firm", "expected", "pending"].into_iter().any(|key| node.inside(key).is_some());
        let years =
            if is_one { draft.about.as_ref().map(|about| about.years) } else { Some(scope.years) };
        let asked = Asked {
            kind: Some(&item.kind),
            unit: item.unit.as_ref(),
            years,
            has_base_year: item.base_year.is_some(),
        };
        if is_one {
            return self.target(node, scope.years, &asked, layer).into_iter().collect();
        }
        self.targets(node, &asked, layer).unwrap_or_default()
    }

    fn set_group(
        self,
        mut table: Table<'a>,
        index: Option<usize>,
        scope: &Scope,
        draft: &mut Draft,
    ) {
        let mut changes: Vec<(Place, GroupChange)> = Vec::new();
        let mut add = |key, read: &dyn Fn(Node<'a>) -> Option<GroupChange>| {
            let node: Option<Node<'a>> = table.get(key);
            changes.extend(node.and_then(|node| Some((node.place(), read(node)?))));
        };
        add("points", &|node| Self::points(node).map(GroupChange::Points));
        add("floor", &|node| Self::signed_points(node).map(GroupChange::Floor));
        add("cap", &|node| Self::signed_points(node).map(GroupChange::Cap));
        add("combine", &|node| node.one_of(&Combine::WORDS).map(GroupChange::Combine));
        add("weight", &|node| Self::weight(node).map(GroupChange::Weight));
        add("not-applicable", &|node| {
            node.one_of(&NotApplicable::WORDS).map(GroupChange::NotApplicable)
        });
        let place = table.place();
        table.finish();
        let Some(index) = index else { return };
        if changes.is_empty() {
            self.refuse_empty(place);
        }
        for (place, change) in changes {
            draft.change(scope, place, What::Group(index, change));
        }
    }

    fn refuse_empty(self, place: Place) {
        let fault = Diagnostic::error("changes-nothing", "the change changes nothing");
        self.faults.add(fault.at(place, "").help("add what it sets, or leave it out"));
    }
}

impl Draft {
    pub(super) fn change(&mut self, scope: &Scope, place: Place, what: What) {
        let layer = self.layers.len().saturating_sub(1);
        let Scope { years, regions } = scope.clone();
        self.changes.push(Change { layer, years, regions, what, place });
    }
}
