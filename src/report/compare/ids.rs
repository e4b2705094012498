//! Which items and groups of two results are the same, whatever their ids.

use std::collections::{BTreeMap, BTreeSet};

use super::effect::within;
use crate::report::change::LimitBy;
use crate::report::result::{Assessed, GroupBrief};

/// By what something is known in a result, by its id: its name, its title, what it holds.
type Signs = BTreeMap<String, String>;

/// Gives each item and group of an earlier result the id that it has in the later one, and to what is not
/// there an id of its own. The same is what has one id with one name, or else what alone has its name in
/// both, or else what has one id; a group is known by its title, and by the items that it holds.
pub(super) fn match_ids(before: &mut Assessed, after: &Assessed) {
    let names = |of: &Assessed| -> Signs {
        let items = of.compared.items.iter();
        items.map(|item| (item.id.clone(), item.compared_name.clone())).collect()
    };
    let names = [names(before), names(after)];
    let [old, new] = &names;
    if old != new {
        rename_items(before, &matched(&[names]));
    }
    let titles = |of: &Assessed| -> Signs {
        let groups = of.groups.iter();
        groups.map(|group| (group.id.clone(), group.compared_title.clone())).collect()
    };
    let held = |of: &Assessed| -> Signs {
        of.groups.iter().map(|group| (group.id.clone(), held_items(group, of))).collect()
    };
    let titles = [titles(before), titles(after)];
    let [old, new] = &titles;
    if old != new {
        let held = [held(before), held(after)];
        rename_groups(before, &matched(&[titles, held]));
    }
}

/// The ids that earlier ones are to have, by several signs, the surest first.
fn matched(signs: &[[Signs; 2]]) -> BTreeMap<String, String> {
    let mut pairs = Pairs::default();
    signs.iter().for_each(|[before, after]| pairs.add_same(before, after));
    signs.iter().for_each(|[before, after]| pairs.add_alone(before, after));
    let Some([before, after]) = signs.first() else { return BTreeMap::new() };
    for id in before.keys().filter(|id| after.contains_key(*id)) {
        pairs.add(id, id);
    }
    let mut ids = pairs.later;
    for id in before.keys().filter(|id| after.contains_key(*id)) {
        // What another has now is not it.
        ids.entry(id.clone()).or_insert_with(|| {
            let mut own = format!("{id}′");
            while before.contains_key(&own) || after.contains_key(&own) {
                own.push('′');
            }
            own
        });
    }
    ids
}

#[derive(Default)]
struct Pairs {
    /// The later ids by the earlier ones.
    later: BTreeMap<String, String>,
    /// The later ids that are paired.
    taken: BTreeSet<String>,
}

impl Pairs {
    fn add(&mut self, before: &str, after: &str) {
        if !self.later.contains_key(before) && self.taken.insert(after.to_owned()) {
            self.later.insert(before.to_owned(), after.to_owned());
        }
    }

    /// Pairs what has one id and one sign in both.
    fn add_same(&mut self, before: &Signs, after: &Signs) {
        for (id, sign) in before {
            if after.get(id) == Some(sign) {
                self.add(id, id);
            }
        }
    }

    /// Pairs what alone has its sign in each.
    fn add_alone(&mut self, before: &Signs, after: &Signs) {
        let [before, after] = [before, after].map(|signs| {
            let mut ids: BTreeMap<&str, Option<&str>> = BTreeMap::new();
            for (id, sign) in signs.iter().filter(|(_, sign)| !sign.is_empty()) {
                ids.entry(sign).and_modify(|id| *id = None).or_insert(Some(id));
            }
            ids
        });
        for (sign, id) in before {
            if let Some((old, new)) = id.zip(after.get(sign).copied().flatten()) {
                self.add(old, new);
            }
        }
    }
}

/// The items that lie in a group and in those within it, as a text; empty where there are none.
fn held_items(group: &GroupBrief, of: &Assessed) -> String {
    let inside = within(&of.groups, &group.id);
    let items = of.compared.items.iter().filter(|item| inside.contains(item.group.as_str()));
    let ids: BTreeSet<&str> = items.map(|item| item.id.as_str()).collect();
    ids.into_iter().collect::<Vec<_>>().join("\n")
}

fn rename_items(of: &mut Assessed, ids: &BTreeMap<String, String>) {
    let of_limits = of.compared.limits.iter_mut().filter_map(|limit| match &mut limit.by {
        Some(LimitBy::Item(item)) => Some(item),
        _ => None,
    });
    let items = of.compared.items.iter_mut().map(|item| &mut item.id);
    items.chain(of_limits).for_each(|id| rename(id, ids));
}

fn rename_groups(of: &mut Assessed, ids: &BTreeMap<String, String>) {
    let groups = of.groups.iter_mut();
    let groups = groups.flat_map(|group| std::iter::once(&mut group.id).chain(&mut group.parent));
    let of_items = of.compared.items.iter_mut().map(|item| &mut item.group);
    groups.chain(of_items).for_each(|id| rename(id, ids));
}

fn rename(id: &mut String, ids: &BTreeMap<String, String>) {
    if let Some(new) = ids.get(id) {
        id.clone_from(new);
    }
}
