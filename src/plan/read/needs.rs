//! What a value needs to be assessable, and what a value of 0 is.

use super::{Draft, Reader};
use crate::plan::indicator::Kind;
use crate::plan::need::Need;
use crate::plan::node::Node;
use crate::plan::quantity::{Quantity, Zero};
use crate::plan::table::Table;
use crate::source::Place;

impl<'a> Reader<'a> {
    /// The key `needs` of an indicator or an input.
    pub(super) fn needs(table: &mut Table<'a>, of: Quantity, draft: &mut Draft) -> Vec<Need> {
        let Some(node) = table.get("needs") else { return Vec::new() };
        draft.need_places.insert(of, node.place());
        let entries = node.entries();
        if node.is_table() && entries.is_empty() {
            let help = "name what is needed, as `{ valid-days = 324 }`, or leave the key out";
            node.fault("empty-list", "nothing is needed", help);
        }
        let need = |(id, place, least)| Self::need(id, place, least, of, draft);
        entries.into_iter().filter_map(need).collect()
    }

    fn need(id: &str, place: Place, node: Node<'a>, of: Quantity, draft: &Draft) -> Option<Need> {
        if node.is_table() {
            let help = "write an id that has a dot in quotes: `{ \"air.stations\" = 2 }`";
            node.fault_at(place, "wrong-type", "expected a number, found a table", help);
            return None;
        }
        let least = Self::positive(node);
        let Some(head) = draft.heads.get(id) else {
            let ids = draft.heads.keys().map(String::as_str);
            let help = Draft::did_you_mean(id, ids, "an `[[indicator]]` or an `[[input]]`");
            let message = format!("no indicator or input has the id `{id}`");
            node.fault_at(place, "unknown-indicator", message, &help);
            return None;
        };
        if head.quantity == of {
            node.fault_at(place, "needs-cycle", "the value needs itself", "leave it out");
            return None;
        }
        if !head.is_number {
            let message = format!("the values of `{id}` are classes, not numbers");
            node.fault_at(place, "needs-number", message, "name something that is counted");
            return None;
        }
        let least = least?;
        if let Some(most) = head.range.most.filter(|most| *most < least) {
            let message = format!("`{id}` can never be {least}: its `most` is {most}");
            node.fault("never-assessable", message, "mend one of them");
        }
        Some(Need { of: head.quantity, least })
    }

    /// The key `zero` of an input, or of an indicator whose kind is given.
    pub(super) fn zero(table: &mut Table<'a>, kind: Option<&Kind>) -> Option<Zero> {
        let node = table.get("zero")?;
        if let Some(Kind::Task | Kind::Class(_)) = kind {
            let message = "only values that are numbers have a `zero`";
            node.fault("needless-key", message, "leave it out");
        } else if kind.is_some() && table.get("value").is_some() {
            let message = "the value is worked out, and no row can say that it is 0";
            node.fault("needless-key", message, "leave `zero` out");
        }
        node.one_of(&Zero::WORDS)
    }
}
