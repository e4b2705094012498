//! What a plan changed of an item or a group in a region, and what that did to the score.

use rust_decimal::Decimal;

use super::Told;
use super::groups::{GroupChange, titles_of};
use super::shared::Kind;
use crate::assessment::State;
use crate::report::change::{Change, ComparedItem, What};
use crate::report::former::Former;
use crate::report::result::Assessed;
use crate::report::words::Words;

/// What the plan says of an item or a group otherwise than before, or that it came or went.
pub(super) struct PlanChange<'a> {
    pub(super) kind: Kind,
    /// By what it is paired.
    pub(super) key: &'a str,
    pub(super) id: &'a str,
    pub(super) name: &'a str,
    pub(super) region: &'a str,
    /// Whether the earlier result has it, and the later one.
    pub(super) sides: [bool; 2],
    /// That it came or went, for people.
    pub(super) came: Option<String>,
    pub(super) facts: Vec<PlanFact>,
    /// What the plan did of it to the score, and not the values; none where that is not known.
    pub(super) by_plan: Option<Decimal>,
    /// Whether an item acts only together with others of its group, whose doing it is.
    pub(super) is_within: bool,
    /// The points that count in a group with new rules, as they were and are, where they are others.
    pub(super) points: Option<[Decimal; 2]>,
    /// The state that an item had that is gone, dropped or waived now.
    pub(super) state_before: Option<&'a str>,
    /// The state of an item that is new.
    pub(super) state_after: Option<&'a str>,
}

/// Something that the plan says, as it was and is.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct PlanFact {
    pub(super) what: &'static str,
    pub(super) before: String,
    pub(super) after: String,
    /// The same for people; empty where it is of no account for them.
    pub(super) text: String,
    /// Whether it may move points.
    moves_points: bool,
    /// Whether it is told where it is so in some regions alone.
    pub(super) is_told_apart: bool,
}

/// The waiver of an item is what a plan says of it, and no other state.
const WAIVER: &str = What::State.code();

impl<'a> PlanChange<'a> {
    /// Of an item, with what it did to the score; where that is known of none, what it gained in its points
    /// stands for it, but for what it takes from others.
    pub(super) fn of_item(
        change: &Change<'a>,
        told: &Told<'a>,
        by_gains: bool,
        words: &Words,
    ) -> Self {
        let came = match (change.before, change.after) {
            (None, _) => Some(words.newly_assessed.to_owned()),
            (_, None) => Some(words.no_longer_assessed.to_owned()),
            _ => None,
        };
        let left = change.before.filter(|item| has_left(change.after) && !has_left(Some(item)));
        let state = |item: Option<&'a ComparedItem>| item.map(|item| item.state.as_str());
        let takes_share = |item: Option<&ComparedItem>| item.is_some_and(|item| item.takes_share);
        let is_own = !takes_share(change.before) && !takes_share(change.after);
        let gained = change.gain_parts().filter(|_| is_own).map(|parts| parts.by_plan);
        let in_score = change.score_parts.map(|parts| parts.by_plan);
        Self {
            kind: Kind::Item,
            key: change.key(),
            id: change.id(),
            name: change.name(),
            region: told.region(),
            sides: [change.before, change.after].map(|item| item.is_some()),
            came,
            facts: item_facts(change, told, words),
            by_plan: if by_gains { gained } else { in_score },
            is_within: !by_gains && told.different.movers.iter().any(|mover| mover.has(change)),
            points: None,
            state_before: state(left),
            state_after: state(change.after.filter(|_| change.before.is_none())),
        }
    }

    /// Of a group, with what all in it did to the score.
    pub(super) fn of_group(
        change: &GroupChange<'a>,
        effect: Option<Decimal>,
        told: &Told<'a>,
        words: &Words,
    ) -> Self {
        let facts = change.what.iter().filter(|(what, _)| !matches!(*what, "lowest" | "sum"));
        let facts = facts.map(|(what, both)| PlanFact {
            what,
            // It is of no account where nothing stands beside it.
            text: match change.is_in_both() {
                true => change.fact(what, both, told.before, told.after, words),
                false => String::new(),
            },
            before: both[0].clone(),
            after: both[1].clone(),
            moves_points: !matches!(*what, "id" | "title"),
            is_told_apart: true,
        });
        // Of what is gone with its items it is not known what their values did since.
        let is_gone = change.is_with_all_inside() && change.sides() == [true, false];
        let is_known = !is_gone || told.after.compared.former != Former::Unknown;
        Self {
            kind: Kind::Group,
            key: change.id(),
            id: change.own_id(),
            name: change.title(),
            region: told.region(),
            sides: change.sides(),
            came: change.came_told(told.before, told.after, words),
            facts: facts.collect(),
            by_plan: change.did_alone(effect).filter(|_| is_known),
            is_within: false,
            state_before: None,
            state_after: None,
            points: change
                .points_counted()
                .filter(|[old, new]| change.has_new_rules() && old != new),
        }
    }

    /// Whether both results have it.
    pub(super) fn is_in_both(&self) -> bool {
        self.sides == [true; 2]
    }

    /// What the plan did with all that it says of it otherwise, where these facts of it move points; else nothing.
    /// None where it is not known.
    pub(super) fn did(&self, facts: &[PlanFact]) -> Option<Decimal> {
        let moves_points = !self.is_in_both() || facts.iter().any(|fact| fact.moves_points);
        if moves_points { self.by_plan } else { Some(Decimal::ZERO) }
    }

    /// Whether these facts may have moved points, and others that the plan says of it, too.
    pub(super) fn did_a_part(&self, facts: &[PlanFact]) -> bool {
        let mut others = self.facts.iter().filter(|fact| fact.moves_points);
        self.is_in_both()
            && facts.iter().any(|fact| fact.moves_points)
            && others.any(|fact| !facts.contains(fact))
    }
}

/// What the plan says of an item otherwise.
fn item_facts(change: &Change<'_>, told: &Told<'_>, words: &Words) -> Vec<PlanFact> {
    let is_moved = is_moved_by_group(change, told);
    let facts = change.what.iter().filter(|(what, ..)| is_of_plan(change, *what));
    let facts = facts.map(|(what, before, after)| PlanFact {
        what: what.code(),
        text: item_text(change, *what, [before, after], told, words),
        before: before.clone(),
        after: after.clone(),
        moves_points: moves_points(*what) && !(*what == What::Group && is_moved),
        is_told_apart: moves_points(*what) || matches!(what, What::Lead | What::Reason),
    });
    let waiver = waiver(change, words).filter(|_| change.is_in_both());
    waiver.into_iter().chain(facts).collect()
}

/// Whether a new group took an item in, or one that is gone let it out: that is the group's doing.
fn is_moved_by_group(change: &Change<'_>, told: &Told<'_>) -> bool {
    let is_not_in = |item: Option<&ComparedItem>, other: &Assessed| {
        item.is_some_and(|item| !item.group.is_empty() && other.group(&item.group).is_none())
    };
    is_not_in(change.before, told.after) || is_not_in(change.after, told.before)
}

/// Something of an item for people. Of one that is new only its target is told, and of one that is gone
/// nothing.
fn item_text(
    change: &Change<'_>,
    what: What,
    [before, after]: [&str; 2],
    told: &Told<'_>,
    words: &Words,
) -> String {
    match what {
        What::Target if change.before.is_none() => words.newly(what, after),
        _ if !change.is_in_both() => String::new(),
        What::Group => {
            let [before, after] = titles_of([told.before, told.after], [before, after], words);
            words.before_after(what, &before, &after)
        }
        _ => words.before_after(what, before, after),
    }
}

/// That an item is waived now, or was, whatever else its state was or is.
fn waiver(change: &Change<'_>, words: &Words) -> Option<PlanFact> {
    let waived = State::Waived.name(words.lang);
    let [before, after] = match [change.before, change.after].map(is_waived) {
        [false, true] => ["", waived],
        [true, false] => [waived, ""],
        _ => return None,
    };
    Some(PlanFact {
        what: WAIVER,
        before: before.to_owned(),
        after: after.to_owned(),
        text: match after {
            "" => words.before_after(What::State, before, "–"),
            after => words.newly(What::State, after),
        },
        moves_points: true,
        is_told_apart: true,
    })
}

/// Whether an item is waived or dropped in one of the results: the reason is that of a document, and not of
/// the values.
fn is_lifted(change: &Change<'_>) -> bool {
    let both = [change.before, change.after];
    both.iter().any(|item| item.is_some() && has_left(*item))
}

/// Whether an item is not there, dropped or waived.
fn has_left(item: Option<&ComparedItem>) -> bool {
    item.is_none_or(|item| item.known_state == Some(State::NotSet)) || is_waived(item)
}

fn is_waived(item: Option<&ComparedItem>) -> bool {
    item.is_some_and(|item| item.known_state == Some(State::Waived))
}

/// Whether the plan asks something else of an item, or of how it counts.
pub(super) fn asks_otherwise(change: &Change<'_>) -> bool {
    !change.is_in_both()
        || change.what.iter().any(|(what, ..)| moves_points(*what))
        || is_waived(change.before) != is_waived(change.after)
}

/// Whether something of an item is what the plan says of it; a reason is where it is a document's.
fn is_of_plan(change: &Change<'_>, what: What) -> bool {
    match what {
        What::Value | What::State | What::Sum => false,
        What::Reason => is_lifted(change),
        _ => true,
    }
}

/// Whether it may move the points of an item.
fn moves_points(what: What) -> bool {
    use What::{Group, Rule, Target, Weight, Worth};
    matches!(what, Target | Rule | Worth | Group | Weight)
}
