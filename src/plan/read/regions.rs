//! The regions that a plan lists, and those that it names elsewhere.

use std::collections::BTreeMap;

use super::{Draft, Reader};
use crate::diagnostic::Diagnostic;
use crate::plan::node::Node;
use crate::plan::region::{PlanRegion, RegionName, Regions};
use crate::plan::table::Table;
use crate::source::Place;
use crate::spelling::{fold_name, nearest};

impl<'a> Reader<'a> {
    /// Reads `[[region]]`; the plan's own region goes by the name that is listed for it.
    pub(super) fn regions(self, tables: Vec<Table<'a>>, draft: &mut Draft) {
        let mut owners = BTreeMap::new();
        let mut listed = Vec::new();
        for (index, mut table) in tables.into_iter().enumerate() {
            self.own_region_names(index, &mut table, &mut owners);
            let name = table.required("name", Node::owned_string);
            let aliases = table.optional("aliases", Node::strings).unwrap_or_default();
            table.finish();
            listed.extend(name.map(|name| PlanRegion { name, aliases }));
        }
        draft.regions = Regions::new(listed);
        if let Some(about) = &mut draft.about
            && let Some(name) = draft.regions.canonical(&about.region)
        {
            about.region = name.to_owned();
        }
    }

    /// Notes the names of a region, and refuses those that another one has.
    fn own_region_names(
        self,
        index: usize,
        table: &mut Table<'a>,
        owners: &mut BTreeMap<String, (usize, Place)>,
    ) {
        for key in ["name", "aliases"] {
            for node in table.get(key).map(Node::strings_within).unwrap_or_default() {
                let Some(name) = node.peek().filter(|name| !name.is_empty()) else { continue };
                let folded = fold_name(name);
                if folded.is_empty() {
                    let message = format!("`{name}` has no letter or digit");
                    node.fault("empty-name", message, "give it a name that can be written");
                    continue;
                }
                match owners.get(&folded) {
                    Some((owner, first)) if *owner != index => {
                        let message = format!("`{name}` names two regions");
                        self.twice("ambiguous-name", &message, node.place(), first);
                    }
                    Some(_) => {}
                    None => {
                        owners.insert(folded, (index, node.place()));
                    }
                }
            }
        }
    }

    /// A list of regions, by the names that the plan gives them; where it lists its regions, each
    /// must be one of them.
    pub(super) fn named_regions(self, node: Node<'a>, draft: &Draft) -> Option<Vec<String>> {
        let named = node.strings()?;
        if draft.regions.listed().is_empty() {
            return Some(named);
        }
        let own = &draft.about.as_ref()?.region;
        let mut regions: BTreeMap<&str, &str> = BTreeMap::new();
        let mut all_known = true;
        for node in node.strings_within() {
            let Some(name) = node.peek() else { continue };
            let RegionName::Known(region) = draft.regions.meaning(name, own) else {
                self.refuse_region(name, node, draft);
                all_known = false;
                continue;
            };
            if let Some(first) = regions.insert(region, name).filter(|first| *first != name) {
                let message = format!("`{first}` and `{name}` are one region");
                node.fault("listed-twice", message, "leave one of them out");
            }
        }
        let known = |name: &String| match draft.regions.meaning(name, own) {
            RegionName::Known(region) => region.to_owned(),
            RegionName::Unknown | RegionName::Open => name.clone(),
        };
        all_known.then(|| named.iter().map(known).collect())
    }

    fn refuse_region(self, name: &str, node: Node<'a>, draft: &Draft) {
        let own = draft.about.as_ref().map(|about| about.region.as_str());
        let known = draft.regions.listed().iter().flat_map(PlanRegion::names).chain(own);
        let help = match nearest(name, known).first() {
            Some(near) => format!("did you mean `{near}`?"),
            None => "add its `[[region]]`, or mend the name".to_owned(),
        };
        let message = format!("`{name}` is no region of the plan");
        let fault = Diagnostic::error("unknown-region", message).at(node.place(), "");
        self.faults.add(fault.help(help));
    }
}
