//! A table of a target file: every key is asked for by name, and those nobody asked for are
//! refused. What the keys mean is for `read`.

use std::collections::BTreeSet;
use std::ops::Range;

use toml::Spanned;
use toml::de::{DeString, DeTable, DeValue};

use super::faults::Faults;
use super::node::Node;
use crate::diagnostic::Diagnostic;
use crate::source::Place;
use crate::spelling::nearest;

/// A table whose keys are asked for by name; [`Table::finish`] reports those nobody asked for.
pub(super) struct Table<'a> {
    entries: Vec<Entry<'a>>,
    span: Range<usize>,
    what: &'static str,
    faults: &'a Faults,
    /// All that were asked for, there or not, to suggest the nearest; some more than once.
    asked: Vec<&'static str>,
}

/// A key with its value.
struct Entry<'a> {
    key: &'a Spanned<DeString<'a>>,
    value: &'a Spanned<DeValue<'a>>,
    is_asked: bool,
}

impl<'a> Entry<'a> {
    fn name(&self) -> &'a str {
        self.key.get_ref().as_ref()
    }
}

impl<'a> Table<'a> {
    pub(super) fn new(
        table: &'a DeTable<'a>,
        span: Range<usize>,
        what: &'static str,
        faults: &'a Faults,
    ) -> Self {
        let entries = table.iter().map(|(key, value)| Entry { key, value, is_asked: false });
        // More keys are asked for than are there.
        let asked = Vec::with_capacity(4 * table.len());
        Self { entries: entries.collect(), span, what, faults, asked }
    }

    pub(super) fn place(&self) -> Place {
        self.faults.place(self.span.clone())
    }

    /// The value of a key, if the table has it.
    pub(super) fn get(&mut self, key: &'static str) -> Option<Node<'a>> {
        self.asked.push(key);
        let entry = self.entries.iter_mut().find(|entry| entry.name() == key)?;
        entry.is_asked = true;
        Some(Node::new(entry.value, self.faults))
    }

    /// The value of a key that may be left out.
    pub(super) fn optional<T>(
        &mut self,
        key: &'static str,
        read: impl FnOnce(Node<'a>) -> Option<T>,
    ) -> Option<T> {
        self.get(key).and_then(read)
    }

    /// The value of a key that must be there.
    pub(super) fn required<T>(
        &mut self,
        key: &'static str,
        read: impl FnOnce(Node<'a>) -> Option<T>,
    ) -> Option<T> {
        let node = self.get(key);
        if node.is_none() && !self.faults.is_partial() {
            let message = format!("{} has no `{key}`", self.what);
            let label = format!("`{key}` is missing");
            let fault = Diagnostic::error("missing-key", message).at(self.place(), label);
            self.faults.add(fault.help(format!("add `{key} = …`")));
        }
        node.and_then(read)
    }

    /// The tables of `[[key]]`, in the order of the file.
    pub(super) fn tables(&mut self, key: &'static str, what: &'static str) -> Vec<Table<'a>> {
        self.optional(key, |node| node.list(&format!("tables `[[{key}]]`"), |n| n.table(what)))
            .unwrap_or_default()
    }

    /// Every key with its value and place, for tables whose keys are data.
    pub(super) fn entries(self) -> impl Iterator<Item = (&'a str, Place, Node<'a>)> {
        let faults = self.faults;
        let entry = move |entry: Entry<'a>| {
            let place = faults.place(entry.key.span());
            (entry.name(), place, Node::new(entry.value, faults))
        };
        self.entries.into_iter().map(entry)
    }

    /// The key that one is for certain, but for its case or `_` for `-`.
    fn meant(&self, name: &str) -> Option<&'static str> {
        let plain = name.to_ascii_lowercase().replace('_', "-");
        let known = self.asked.iter().find(|known| **known == plain)?;
        let is_there = self.entries.iter().any(|entry| entry.name() == *known);
        (!is_there).then_some(*known)
    }

    /// Refuses the keys that nobody asked for.
    pub(super) fn finish(self) {
        for entry in self.entries.iter().filter(|entry| !entry.is_asked) {
            let name = entry.name();
            let place = self.faults.place(entry.key.span());
            let message = format!("{} has no key `{name}`", self.what);
            let fault = Diagnostic::error("unknown-key", message).at(place.clone(), "unknown key");
            if let Some(known) = self.meant(name) {
                let fault = fault.help(format!("did you mean `{known}`?"));
                self.faults.add(fault.fix(format!("write `{known}`"), place, known));
                continue;
            }
            let known: BTreeSet<_> = self.asked.iter().copied().collect();
            self.faults.add(match nearest(name, known.iter().copied()).first() {
                Some(near) => fault.help(format!("did you mean `{near}`?")),
                None => fault.help(format!("known keys: {}", list(&known))),
            });
        }
    }
}

fn list(words: &BTreeSet<&'static str>) -> String {
    words.iter().map(|word| format!("`{word}`")).collect::<Vec<_>>().join(", ")
}
