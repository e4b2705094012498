//! Which items and groups of two results are the same, whatever their ids.

use std::collections::{BTreeMap, BTreeSet};

use super::effect::within;
use crate::report::change::LimitBy;
use crate::report::result::{Assessed, GroupBrief};

/// By what something is known in a result, by its id: its name, its title, what it holds.
type Signs = BTreeMap<String, String>;

/// Gives each item and group of an earlier result the id that it has in the later one, and to what is not
/// there an id of its own. An item is the same with its id and name, else where it alone has its name, else
/// with its id. A group is the same where two of its id, its title and what it holds are, else where it
/// alone has its title, or holds these items, else with its id.
pub(super) fn match_ids(before: &mut Assessed, after: &Assessed) {
    let names = |of: &Assessed| -> Signs {
        let items = of.compared.items.iter();
        items.map(|item| (item.id.clone(), item.compared_name.clone())).collect()
    };
    let names = [names(before), names(after)];
    let [old, new] = &names;
    if old != new {
        let mut pairs = Pairs::default();
        pairs.add_same(&names);
        pairs.add_alone(&names);
        rename_items(before, &pairs.ids(&names));
    }
    let titles = |of: &Assessed| -> Signs {
        let groups = of.groups.iter();
        groups.map(|group| (group.id.clone(), group.compared_title.clone())).collect()
    };
    let titles = [titles(before), titles(after)];
    let [old, new] = &titles;
    if old != new {
        let held = |of: &Assessed| -> Signs {
            of.groups.iter().map(|group| (group.id.clone(), held_items(group, of))).collect()
        };
        let held = [held(before), held(after)];
        let mut pairs = Pairs::default();
        pairs.add_same(&titles);
        pairs.add_alone(&both(&titles, &held));
        pairs.add_same(&held);
        pairs.add_alone(&titles);
        pairs.add_alone(&held);
        rename_groups(before, &pairs.ids(&titles));
    }
}

/// Two signs as one, where there are both.
fn both(one: &[Signs; 2], other: &[Signs; 2]) -> [Signs; 2] {
    let join = |one: &Signs, other: &Signs| -> Signs {
        let signs = one.iter().filter_map(|(id, sign)| {
            let other = other.get(id).filter(|other| !sign.is_empty() && !other.is_empty())?;
            Some((id.clone(), format!("{sign}\n{other}")))
        });
        signs.collect()
    };
    let ([old, new], [old_other, new_other]) = (one, other);
    [join(old, old_other), join(new, new_other)]
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
    fn add_same(&mut self, [before, after]: &[Signs; 2]) {
        for (id, sign) in before {
            if !sign.is_empty() && after.get(id) == Some(sign) {
                self.add(id, id);
            }
        }
    }

    /// Pairs what alone has its sign in each.
    fn add_alone(&mut self, signs: &[Signs; 2]) {
        let [before, after] = signs.each_ref().map(|signs| {
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

    /// The ids that the earlier ones are to have; what is not paired yet is the same with its id.
    fn ids(mut self, [before, after]: &[Signs; 2]) -> BTreeMap<String, String> {
        let in_both = || before.keys().filter(|id| after.contains_key(*id));
        in_both().for_each(|id| self.add(id, id));
        let Self { later: mut ids, mut taken } = self;
        for id in in_both() {
            // What another has now is not it.
            ids.entry(id.clone()).or_insert_with(|| {
                let mut own = format!("{id}′");
                let is_known = |id: &str| before.contains_key(id) || after.contains_key(id);
                while is_known(&own) || !taken.insert(own.clone()) {
                    own.push('′');
                }
                own
            });
        }
        ids
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
