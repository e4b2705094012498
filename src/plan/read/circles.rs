//! Values that rest on themselves: worked out from each other, or needing each other.

use std::collections::{BTreeMap, BTreeSet};

use super::{Draft, Reader};
use crate::diagnostic::Diagnostic;
use crate::formula::Formula;
use crate::plan::quantity::{Quantity, Symbol};
use crate::source::Place;

/// Values may rest on others through so many, so that working out never goes deep.
const MOST_CHAINED: usize = 64;

/// What a value rests on, and where the file says so.
struct Link<'d> {
    of: Quantity,
    on: BTreeSet<Quantity>,
    /// Whether it needs them to be assessable, and is not worked out from them.
    is_need: bool,
    place: &'d Place,
}

impl Reader<'_> {
    /// A value that rests on itself, by way of others, is none; and one by way of very many would
    /// take forever. Looks at those that come behind so many items and inputs.
    pub(super) fn refuse_circles(self, (items, inputs): (usize, usize), draft: &Draft) {
        let links = links(draft);
        let depths = depths(&links, draft);
        let is_new = |link: &&Link<'_>| match link.of {
            Quantity::Item(index) => index >= items,
            Quantity::Input(index) => index >= inputs,
        };
        for link in links.iter().filter(is_new) {
            if deepest(link, &depths).is_none_or(|depth| depth > MOST_CHAINED) {
                self.faults.add(link.fault());
            }
        }
    }
}

impl Link<'_> {
    fn fault(&self) -> Diagnostic {
        let (code, message, help) = if self.is_need {
            let message =
                format!("the value needs itself, or others through more than {MOST_CHAINED}");
            ("needs-cycle", message, "leave one of these needs out")
        } else {
            let message = format!(
                "the value is worked out from itself, or through more than {MOST_CHAINED} others"
            );
            ("formula-cycle", message, "use an `[[input]]` where the circle begins")
        };
        Diagnostic::error(code, message).at(self.place.clone(), "").help(help)
    }
}

fn links(draft: &Draft) -> Vec<Link<'_>> {
    let worked_out = draft.places.iter().zip(&draft.indicators).enumerate();
    let worked_out = worked_out.filter_map(|(index, (places, item))| {
        let (place, formula) = (places.formula.as_ref()?, item.as_ref()?.formula.as_ref()?);
        let (of, on) = (Quantity::Item(index), quantities_in(formula));
        Some(Link { of, on, is_need: false, place })
    });
    let needing = draft.need_places.iter().filter_map(|(&of, place)| {
        let needs = match of {
            Quantity::Item(index) => &draft.indicators.get(index)?.as_ref()?.needs,
            Quantity::Input(index) => &draft.inputs.get(index)?.as_ref()?.needs,
        };
        let on = needs.iter().map(|need| need.of).collect();
        Some(Link { of, on, is_need: true, place })
    });
    worked_out.chain(needing).collect()
}

fn quantities_in(formula: &Formula<Symbol>) -> BTreeSet<Quantity> {
    let quantities = formula.symbols().filter_map(|symbol| match symbol {
        Symbol::Value(quantity, _) => Some(*quantity),
        _ => None,
    });
    quantities.collect()
}

/// By quantity, how many links lie behind one another from it on; none where they have no end. A
/// pass finds at least those one link deeper, so those far too deep may have none either.
fn depths(links: &[Link<'_>], draft: &Draft) -> BTreeMap<Quantity, usize> {
    let mut linked: BTreeMap<Quantity, Vec<&Link<'_>>> = BTreeMap::new();
    for link in links {
        linked.entry(link.of).or_default().push(link);
    }
    let items = (0..draft.indicators.len()).map(Quantity::Item);
    let all = items.chain((0..draft.inputs.len()).map(Quantity::Input));
    let mut depths: BTreeMap<_, _> =
        all.filter(|of| !linked.contains_key(of)).map(|of| (of, 0)).collect();
    for _ in 0..=MOST_CHAINED {
        let known = depths.len();
        linked.retain(|of, own| {
            let depth =
                own.iter().try_fold(0, |most, link| Some(deepest(link, &depths)?.max(most)));
            depth.is_none_or(|depth| depths.insert(*of, depth).is_some())
        });
        if depths.len() == known {
            break;
        }
    }
    depths
}

/// How many links lie behind one another from one on; none while that is not known.
fn deepest(link: &Link<'_>, depths: &BTreeMap<Quantity, usize>) -> Option<usize> {
    link.on.iter().try_fold(0, |most, on| Some(most.max(depths.get(on)? + 1)))
}
