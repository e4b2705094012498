//! The groups, how they nest, and the ids by which others name them.

use std::collections::BTreeMap;

use rust_decimal::Decimal;

use super::Reader;
use crate::diagnostic::Diagnostic;
use crate::plan::group::{Combine, Group};
use crate::plan::node::Node;
use crate::plan::table::Table;
use crate::source::Place;
use crate::spelling::nearest;

/// A group may lie in fewer groups than this, so that adding up never goes deep.
const MOST_NESTED: usize = 16;

/// The groups, and the ids by which they are known even where one of them could not be read.
pub(super) struct Groups {
    pub(super) ids: BTreeMap<String, usize>,
    pub(super) read: Option<Vec<Group>>,
}

impl<'a> Reader<'a> {
    pub(super) fn groups(self, mut tables: Vec<Table<'a>>) -> Groups {
        let ids = self.group_ids(&mut tables);
        let parents: Vec<_> = tables.iter_mut().map(|table| self.parent(table, &ids)).collect();
        self.refuse_cycles(&tables, &parents);
        let groups = tables.into_iter().zip(parents);
        let read = groups.map(|(table, parent)| Self::group(table, parent)).collect::<Vec<_>>();
        Groups { ids, read: read.into_iter().collect() }
    }

    fn group_ids(self, tables: &mut [Table<'a>]) -> BTreeMap<String, usize> {
        let mut places: BTreeMap<&str, Place> = BTreeMap::new();
        let mut ids = BTreeMap::new();
        for (index, table) in tables.iter_mut().enumerate() {
            let Some(node) = table.get("id") else { continue };
            let Some(id) = node.peek() else { continue };
            if let Some(first) = places.get(id) {
                self.twice(
                    "duplicate-id",
                    &format!("two groups have the id `{id}`"),
                    node.place(),
                    first,
                );
                continue;
            }
            places.insert(id, node.place());
            ids.insert(id.to_owned(), index);
        }
        ids
    }

    fn parent(self, table: &mut Table<'a>, ids: &BTreeMap<String, usize>) -> Option<usize> {
        table.optional("in", |node| Self::known_group(node, ids))
    }

    pub(super) fn known_group(node: Node<'a>, ids: &BTreeMap<String, usize>) -> Option<usize> {
        let id = node.string()?;
        let known = ids.get(id).copied();
        if known.is_none() {
            let near = nearest(id, ids.keys().map(String::as_str));
            let help = match near.first() {
                Some(near) => format!("did you mean `{near}`?"),
                None => "give the id of a `[[group]]`".to_owned(),
            };
            node.fault("unknown-group", format!("no group has the id `{id}`"), &help);
        }
        known
    }

    /// A group that lies in itself has no place in the report and no points.
    fn refuse_cycles(self, tables: &[Table<'a>], parents: &[Option<usize>]) {
        for (index, table) in tables.iter().enumerate() {
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
        table.finish();
        Some(Group {
            id: id?,
            parent,
            title: title?,
            clause,
            combine: combine.unwrap_or_default(),
            weight: weight.unwrap_or(Decimal::ONE),
        })
    }
}

/// Whether the groups above one lie in themselves, which is their fault and not its own.
fn repeats(above: &[usize]) -> bool {
    above.iter().enumerate().any(|(at, group)| above.iter().take(at).any(|other| other == group))
}
