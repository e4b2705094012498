//! What moves scores: items, groups, the rules of groups and of the whole, and joint effects of several.

use rust_decimal::Decimal;

use super::cause::CauseOf;
use super::groups::GroupChange;
use super::moving::Contribution;
use super::plan_change::asks_otherwise;
use super::{dashed, from_to};
use crate::assessment::State;
use crate::number::as_shown;
use crate::report::change::{Change, ComparedItem};
use crate::report::parts::Parts;
use crate::report::words::Words;

/// Something that moved a score.
#[derive(Clone, Debug)]
pub(super) struct Mover<'a> {
    pub(super) kind: CauseOf,
    /// By what it is paired; empty where that is by nothing.
    pub(super) key: &'a str,
    pub(super) id: &'a str,
    pub(super) name: &'a str,
    pub(super) asides: Asides,
    /// By what the items are paired that act only together in it.
    pub(super) items: Vec<&'a str>,
    /// What it did to the score; none where that is not known.
    pub(super) in_score: Option<Decimal>,
    /// What of that the plan did, and what the values did first.
    pub(super) parts: Option<Parts>,
}

/// What else is said of a mover, as that it came or went, beside what it did, and beside what of that the values did
/// and the plan; empty where nothing is.
#[derive(Clone, Debug, Default)]
pub(super) struct Asides {
    pub(super) all: String,
    pub(super) by_values: String,
    pub(super) by_plan: String,
}

impl<'a> Mover<'a> {
    /// An item alone; with the state that it has with the later value by the earlier plan.
    pub(super) fn of_item(
        change: &Change<'a>,
        in_score: Option<Decimal>,
        between: Option<State>,
        words: &Words,
    ) -> Self {
        let between = between.map(|state| (Some(state), state.name(words.lang)));
        let of = |item: &'a ComparedItem| (item.known_state, item.state.as_str());
        let lacks = |old, new| match Option::zip(old, new) {
            Some((old, new)) => words.lacks(old, new),
            None => String::new(),
        };
        let asides = Asides {
            all: words.came_or_lacks(change),
            by_values: lacks(change.before.map(of), between),
            // What it was before may be another state than the one by the earlier plan, which nobody was told.
            by_plan: match change.after {
                Some(after) if change.before.is_some() => {
                    let is_another = !lacks(between, Some(of(after))).is_empty();
                    if is_another { after.state.clone() } else { String::new() }
                }
                _ => words.came_or_lacks(change),
            },
        };
        let (key, id, name, parts) = (change.key(), change.id(), change.name(), change.score_parts);
        Self { kind: CauseOf::Item, key, id, name, asides, items: Vec::new(), in_score, parts }
    }

    /// A group with all the items in it that are others; with its lowest parts with the later values by the earlier
    /// plan.
    pub(super) fn of_group(
        change: &GroupChange<'a>,
        items: &[&Change<'a>],
        in_score: Option<Decimal>,
        parts: Option<Parts>,
        between: Option<&str>,
        words: &Words,
    ) -> Self {
        let lowest = |[old, new]: [&str; 2]| {
            let parts = from_to([old, new].map(|titles| dashed(titles.to_owned())));
            words.say("its_lowest_part", &[("parts", &parts)])
        };
        // What the plan asks otherwise of its items is why it is another by the plan.
        let asked = asked_told(items, words);
        let with_asked = |lowest: String| {
            let all = asked.iter().cloned().chain([lowest]);
            all.collect::<Vec<_>>().join(words.comma)
        };
        let came = change.came(words).filter(|_| change.is_with_all_inside());
        let asides = match (came, change.lowest()) {
            (Some(came), _) => {
                Asides { all: came.clone(), by_plan: came, by_values: String::new() }
            }
            // What its items did they did by its earlier rules.
            (None, Some(_)) if change.has_new_rules() => Asides::default(),
            (None, Some([old, new])) => Asides {
                all: with_asked(lowest([old, new])),
                by_values: between.map(|between| lowest([old, between])).unwrap_or_default(),
                by_plan: between
                    .map(|between| with_asked(lowest([between, new])))
                    .unwrap_or_default(),
            },
            (None, None) => Asides::default(),
        };
        let (key, id, name) = (change.id(), change.own_id(), change.title());
        let keys = items.iter().map(|item| item.key());
        let items = if change.is_in_both() { keys.collect() } else { Vec::new() };
        Self { kind: CauseOf::AsOne, key, id, name, asides, items, in_score, parts }
    }

    /// New rules of a group.
    pub(super) fn of_rules(change: &GroupChange<'a>, words: &Words) -> Self {
        let new_rules = || words.word("cause_of_group").to_owned();
        Self {
            kind: CauseOf::Group,
            key: change.id(),
            id: change.own_id(),
            name: change.title(),
            asides: Asides::alike(change.came(words).unwrap_or_else(new_rules)),
            items: Vec::new(),
            in_score: change.by_rules(),
            parts: change.by_rules().map(Parts::of_plan),
        }
    }

    /// The rules of the whole.
    pub(super) fn of_whole(gain: Decimal, words: &Words) -> Self {
        Self::of_none(CauseOf::Whole, words.word("whole_rules"), gain, Some(Parts::of_plan(gain)))
    }

    /// The joint effect of several, which none of them has alone; with that of others where it is not known of all.
    pub(super) fn joint(
        gain: Decimal,
        is_known: bool,
        parts: Option<Parts>,
        words: &Words,
    ) -> Self {
        let (kind, name) = match is_known {
            true => (CauseOf::Together, words.word("did_together")),
            false => (CauseOf::Others, words.word("did_others")),
        };
        Self::of_none(kind, name, gain, parts)
    }

    fn of_none(kind: CauseOf, name: &'a str, gain: Decimal, parts: Option<Parts>) -> Self {
        let (asides, items) = (Asides::default(), Vec::new());
        Self { kind, key: "", id: "", name, asides, items, in_score: Some(gain), parts }
    }

    /// Whether it did nothing, nor the plan and the values against each other.
    pub(super) fn is_nothing(&self) -> bool {
        let is_zero = |gain: Decimal| as_shown(gain).is_zero();
        let are_none = |parts: Parts| is_zero(parts.by_plan) && is_zero(parts.by_values);
        self.in_score.is_some_and(is_zero) && self.parts.is_none_or(are_none)
    }

    /// Whether an item acts only together with others in it.
    pub(super) fn has(&self, change: &Change<'_>) -> bool {
        self.items.contains(&change.key())
    }

    /// Whether it is the joint effect of several.
    pub(super) fn is_joint(&self) -> bool {
        matches!(self.kind, CauseOf::Together | CauseOf::Others)
    }

    /// In a change as a whole; none where it is not known what it did.
    pub(super) fn in_all(&self) -> Option<Contribution<'_>> {
        Some(Contribution { name: self.name, aside: &self.asides.all, gain: self.in_score? })
    }

    /// In what the values did.
    pub(super) fn in_values(&self) -> Option<Contribution<'_>> {
        Some(Contribution {
            name: self.name,
            aside: &self.asides.by_values,
            gain: self.parts?.by_values,
        })
    }

    /// In what the plan did.
    pub(super) fn in_plan(&self) -> Option<Contribution<'_>> {
        Some(Contribution {
            name: self.name,
            aside: &self.asides.by_plan,
            gain: self.parts?.by_plan,
        })
    }
}

impl Asides {
    /// The same beside all.
    pub(super) fn alike(aside: String) -> Self {
        Self { all: aside.clone(), by_values: aside.clone(), by_plan: aside }
    }
}

/// What the plan asks otherwise of items, a few of them named; not what left them their points.
fn asked_told(items: &[&Change<'_>], words: &Words) -> Option<String> {
    const NAMED: usize = 3;
    let is_why = |item: &&&Change<'_>| {
        asks_otherwise(item) && item.gain_parts().is_none_or(|parts| !parts.by_plan.is_zero())
    };
    let asked: Vec<_> = items.iter().filter(is_why).collect();
    let told = asked.iter().take(NAMED);
    let told = told.map(|item| words.with_aside(item.name(), &words.asked_otherwise(item)));
    let more = asked.len().saturating_sub(NAMED);
    let more = (more > 0).then(|| words.say("items_more", &[("count", &more)]));
    let told: Vec<String> = told.chain(more).collect();
    (!told.is_empty()).then(|| told.join(words.list_comma))
}
