//! Items and groups that are the same in two results by other ids.

use std::collections::{BTreeMap, BTreeSet};

use super::effect::within;
use crate::report::change::LimitBy;
use crate::report::result::{Assessed, GroupBrief};

/// The ids of the later result by those of the earlier one.
type Ids = BTreeMap<String, String>;

/// Calls items and groups of the earlier result by the ids of the later one, where only these are
/// others: an item has the same name; a group has the same title, or holds the same items.
pub(super) fn call_the_same(before: &mut Assessed, after: &Assessed) {
    let items = |of: &Assessed| -> Vec<[String; 2]> {
        let items = of.compared.items.iter();
        items.map(|item| [item.id.clone(), item.compared_name.clone()]).collect()
    };
    call_items(before, &paired(items(before), items(after)));
    let titles = |of: &Assessed| -> Vec<[String; 2]> {
        let groups = of.groups.iter();
        groups.map(|group| [group.id.clone(), group.compared_title.clone()]).collect()
    };
    call_groups(before, &paired(titles(before), titles(after)));
    let held = |of: &Assessed, other: &Assessed| -> Vec<[String; 2]> {
        of.groups.iter().map(|group| [group.id.clone(), held_items(group, of, other)]).collect()
    };
    let [old, new] = [held(before, after), held(after, before)];
    call_groups(before, &paired(old, new));
}

/// The ids that only one of them has, by what is said of them once in each.
fn paired(before: Vec<[String; 2]>, after: Vec<[String; 2]>) -> Ids {
    let ids = |all: &[[String; 2]]| -> BTreeSet<String> {
        all.iter().map(|[id, _]| id.clone()).collect()
    };
    let [old, new] = [ids(&before), ids(&after)];
    let only = |all: Vec<[String; 2]>, other: &BTreeSet<String>| {
        let mut by_text: BTreeMap<String, Vec<String>> = BTreeMap::new();
        let own = all.into_iter().filter(|[id, text]| !other.contains(id) && !text.is_empty());
        own.for_each(|[id, text]| by_text.entry(text).or_default().push(id));
        by_text
    };
    let mut came = only(after, &old);
    let gone = only(before, &new).into_iter();
    let pairs = gone.filter_map(|(text, gone)| {
        let came = came.remove(&text)?;
        let [gone, came] = [gone, came].map(|ids| <[String; 1]>::try_from(ids).ok());
        let ([gone], [came]) = gone.zip(came)?;
        Some((gone, came))
    });
    pairs.collect()
}

/// The items of both results that lie in a group, as a text; empty where there are none.
fn held_items(group: &GroupBrief, of: &Assessed, other: &Assessed) -> String {
    let inside = within(&of.groups, &group.id);
    let is_in_both = |id: &str| other.compared.items.iter().any(|item| item.id == id);
    let items = of.compared.items.iter();
    let items = items.filter(|item| inside.contains(item.group.as_str()) && is_in_both(&item.id));
    let ids: BTreeSet<&str> = items.map(|item| item.id.as_str()).collect();
    ids.into_iter().collect::<Vec<_>>().join("\n")
}

fn call_items(of: &mut Assessed, ids: &Ids) {
    let by_item = of.compared.limits.iter_mut().filter_map(|limit| match &mut limit.by {
        Some(LimitBy::Item(item)) => Some(item),
        _ => None,
    });
    let items = of.compared.items.iter_mut().map(|item| &mut item.id);
    items.chain(by_item).for_each(|id| call(id, ids));
}

fn call_groups(of: &mut Assessed, ids: &Ids) {
    let groups = of.groups.iter_mut();
    let own = groups.flat_map(|group| std::iter::once(&mut group.id).chain(&mut group.parent));
    let of_items = of.compared.items.iter_mut().map(|item| &mut item.group);
    own.chain(of_items).for_each(|id| call(id, ids));
}

fn call(id: &mut String, ids: &Ids) {
    if let Some(called) = ids.get(id) {
        id.clone_from(called);
    }
}
