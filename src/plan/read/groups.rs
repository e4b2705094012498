//! The groups, how they nest, and the ids by which others name them.

use rust_decimal::Decimal;

use super::{Draft, Reader};
use crate::diagnostic::Diagnostic;
use crate::plan::group::{Combine, Group};
use crate::plan::node::Node;
use crate::plan::scoring::NotApplicable;
use crate::plan::table::Table;

/// A group may lie in fewer groups than this, so that adding up never goes deep.
const MOST_NESTED: usize = 16;

impl<'a> Reader<'a> {
    pub(super) fn groups(self, mut tables: Vec<Table<'a>>, draft: &mut Draft) {
        let first = draft.groups.len();
        self.group_ids(first, &mut tables, draft);
        for table in &mut tables {
            let parent = table.optional("in", |node| Self::known_group(node, draft));
            draft.parents.push(parent);
        }
        self.refuse_cycles(first, &tables, &draft.parents);
        for (index, table) in tables.into_iter().enumerate() {
            let parent = draft.parents.get(first + index).copied().flatten();
            let group = Self::group(table, parent);
            draft.groups.push(group);
        }
    }

    fn group_ids(self, first: usize, tables: &mut [Table<'a>], draft: &mut Draft) {
        for (index, table) in tables.iter_mut().enumerate() {
            let Some(node) = table.get("id") else { continue };
            let Some(id) = node.peek() else { continue };
            if let Some((_, place)) = draft.group_ids.get(id) {
                let message = format!("two groups have the id `{id}`");
                self.twice("duplicate-id", &message, node.place(), place);
                continue;
            }
            draft.group_ids.insert(id.to_owned(), (first + index, node.place()));
        }
    }

    pub(super) fn known_group(node: Node<'a>, draft: &Draft) -> Option<usize> {
        let id = node.string()?;
        let known = draft.group_ids.get(id).map(|&(index, _)| index);
        if known.is_none() {
            let ids = draft.group_ids.keys().map(String::as_str);
            let help = Draft::did_you_mean(id, ids, "a `[[group]]`");
            node.fault("unknown-group", format!("no group has the id `{id}`"), &help);
        }
        known
    }

    /// A group that lies in itself has no place in the report and no points.
    fn refuse_cycles(self, first: usize, tables: &[Table<'a>], parents: &[Option<usize>]) {
        for (index, table) in tables.iter().enumerate() {
            let index = first + index;
            let up = |at: &usize| parents.get(*at).copied().flatten();
            let above: Vec<_> = std::iter::successors(up(&index), up).take(MOST_NESTED).collect();
            let fault = if above.contains(&index) {
                let fault = Diagnostic::error("group-cycle", "the group lies in itself");
                fault.help("mend `in` of one of its groups")
            } else if above.len() == MOST_NESTED && !repeats(&above) {
                let message = format!("the group lies in {MOST_NESTED} others or more");
                Diagnostic::error("group-depth", message).help("nest groups less deeply")
            } else {
                continue;
            };
            self.faults.add(fault.at(table.place(), ""));
        }
    }

    fn group(mut table: Table<'a>, parent: Option<usize>) -> Option<Group> {
        let id = table.required("id", Node::owned_string);
        let title = table.required("title", Node::text);
        let clause = table.optional("clause", Node::owned_string);
        let combine = table.optional("combine", |node| node.one_of(&Combine::WORDS));
        let weight = table.optional("weight", Self::weight);
        let points = table.optional("points", Self::points);
        let floor = table.optional("floor", Self::signed_points);
        let cap = table.get("cap");
        let cap = cap.and_then(|node| Self::cap_above(node, floor));
        let not_applicable =
            table.optional("not-applicable", |node| node.one_of(&NotApplicable::WORDS));
        table.finish();
        Some(Group {
            id: id?,
            parent,
            title: title?,
            clause,
            combine: combine.unwrap_or_default(),
            weight: weight.unwrap_or(Decimal::ONE),
            points,
            floor,
            cap,
            not_applicable,
        })
    }

    /// Weights that are meant as shares of a whole, and are none of it together.
    pub(super) fn refuse_odd_weights(self, draft: &Draft) {
        let groups = draft.groups.iter().flatten();
        for (index, group) in groups.enumerate().filter(|(_, g)| g.combine == Combine::Weighted) {
            let items = draft.indicators.iter().flatten();
            let items = items.filter(|item| item.group == Some(index)).map(|item| item.weight);
            let inner = draft.groups.iter().flatten().filter(|inner| inner.parent == Some(index));
            let weights: Vec<_> = items.chain(inner.map(|inner| inner.weight)).collect();
            let sum: Decimal = weights.iter().sum();
            let is_near_100 = (Decimal::from(90)..=Decimal::from(110)).contains(&sum);
            if weights.is_empty() {
                continue;
            }
            let whole = if weights.iter().all(|weight| *weight < Decimal::ONE) {
                Decimal::ONE
            } else if is_near_100 {
                Decimal::ONE_HUNDRED
            } else {
                continue;
            };
            if sum != whole
                && let Some((_, place)) = draft.group_ids.get(&group.id)
            {
                let message = format!("the weights in `{}` add up to {sum}, not {whole}", group.id);
                let fault = Diagnostic::error("odd-weights", message).at(place.clone(), "");
                self.faults.add(fault.help("mend the weights of its items and groups"));
            }
        }
    }

    /// A cap that leaves room above the floor.
    pub(super) fn cap_above(node: Node<'a>, floor: Option<Decimal>) -> Option<Decimal> {
        let cap = Self::signed_points(node)?;
        if floor.is_some_and(|floor| cap <= floor) {
            let message = "the cap is not above the floor";
            node.fault("floor-above-cap", message, "mend `floor` or `cap`");
            return None;
        }
        Some(cap)
    }
}

/// Whether the groups above one lie in themselves, which is their fault and not its own.
fn repeats(above: &[usize]) -> bool {
    above.iter().enumerate().any(|(at, group)| above.iter().take(at).any(|other| other == group))
}
