//! What changed between two assessments, item by item, and what that did to the points.

use rust_decimal::Decimal;

use super::Head;
use super::line::Line;
use super::rules;
use super::words::Words;
use crate::assessment::{Assessment, Standing, State};
use crate::number::show;

/// What of an assessment is compared with another.
#[derive(Clone, Debug)]
pub(super) struct Brief {
    pub(super) region: String,
    pub(super) year: String,
    pub(super) score: Option<Decimal>,
    pub(super) grade: String,
    pub(super) items: Vec<ItemBrief>,
}

/// What of an item is compared, as texts but for the points.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct ItemBrief {
    pub(super) id: String,
    pub(super) name: String,
    pub(super) value: String,
    pub(super) target: String,
    pub(super) rule: Vec<String>,
    pub(super) worth: Decimal,
    pub(super) state: String,
    pub(super) earned: Option<Decimal>,
    pub(super) points: String,
    pub(super) sum: String,
    pub(super) standing: Option<Standing>,
}

/// An item that is not what it was.
#[derive(Clone, Debug)]
pub(super) struct Change<'a> {
    pub(super) before: Option<&'a ItemBrief>,
    pub(super) after: Option<&'a ItemBrief>,
    /// What changed, with what it was and what it is; what it comes from before what it leads to.
    pub(super) what: Vec<(What, String, String)>,
    /// By how much its points grew; negative where it lost some.
    pub(super) gain: Decimal,
}

/// Something of an item that can change.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum What {
    Rule,
    Worth,
    Target,
    Value,
    State,
}

impl What {
    pub(super) const fn code(self) -> &'static str {
        match self {
            Self::Rule => "rule",
            Self::Worth => "worth",
            Self::Target => "target",
            Self::Value => "value",
            Self::State => "state",
        }
    }
}

impl Brief {
    pub(super) fn of(assessment: &Assessment<'_>, head: &Head<'_>, words: &Words) -> Self {
        let listed = assessment.items.iter().filter(|item| head.lists(item));
        let items = listed.filter(|item| item.state != State::NotSet).map(|item| {
            let line = Line::new(item, assessment, words, &[]);
            ItemBrief {
                id: item.indicator.id.clone(),
                name: line.name,
                value: line.value,
                target: line.target,
                rule: rules::rule(assessment.plan, item.indicator, assessment.year, words),
                worth: item.points,
                state: line.state,
                earned: item.earned,
                points: line.points,
                sum: line.sum,
                standing: item.standing,
            }
        });
        Self {
            region: assessment.region.to_owned(),
            year: assessment.year.to_string(),
            score: assessment.score.as_ref().map(|score| score.rounded),
            grade: super::page::grade(&assessment.brief(), words),
            items: items.collect(),
        }
    }

    fn item(&self, id: &str) -> Option<&ItemBrief> {
        self.items.iter().find(|item| item.id == id)
    }
}

impl ItemBrief {
    fn points(&self) -> Decimal {
        self.earned.unwrap_or_default()
    }
}

/// The items that changed, those that moved the points most first.
pub(super) fn changes<'a>(before: &'a Brief, after: &'a Brief) -> Vec<Change<'a>> {
    let kept = after.items.iter().map(|item| (before.item(&item.id), Some(item)));
    let gone = before.items.iter().filter(|item| after.item(&item.id).is_none());
    let pairs = kept.chain(gone.map(|item| (Some(item), None)));
    let mut changes: Vec<Change<'a>> =
        pairs.filter_map(|(one, other)| change(one, other)).collect();
    changes.sort_by_key(|change| std::cmp::Reverse(change.gain.abs()));
    changes
}

fn change<'a>(before: Option<&'a ItemBrief>, after: Option<&'a ItemBrief>) -> Option<Change<'a>> {
    // Of what a rule says, the sentences that only one of them has.
    let sentences = |item: Option<&ItemBrief>, other: Option<&ItemBrief>| {
        let rule = item.map(|item| item.rule.as_slice()).unwrap_or_default();
        let is_new = |said: &&String| !other.is_some_and(|other| other.rule.contains(said));
        rule.iter().filter(is_new).cloned().collect::<Vec<_>>().join(" ")
    };
    let texts = |item: Option<&ItemBrief>, other: Option<&ItemBrief>| {
        let text = |get: fn(&ItemBrief) -> String| item.map(get).unwrap_or_default();
        [
            (What::Rule, sentences(item, other)),
            (What::Worth, text(|item| show(item.worth))),
            (What::Target, text(|item| item.target.clone())),
            (What::Value, text(|item| item.value.clone())),
            (What::State, text(|item| item.state.clone())),
        ]
    };
    let pairs = texts(before, after).into_iter().zip(texts(after, before));
    let what = pairs.filter(|((_, old), (_, new))| old != new);
    let what: Vec<_> = what.map(|((what, old), (_, new))| (what, old, new)).collect();
    let points = |item: Option<&ItemBrief>| item.map(ItemBrief::points).unwrap_or_default();
    let gain = points(after).saturating_sub(points(before));
    let is_counted = |item: Option<&ItemBrief>| item.is_some_and(|item| item.earned.is_some());
    let is_same = what.is_empty() && gain.is_zero() && is_counted(before) == is_counted(after);
    (!is_same).then_some(Change { before, after, what, gain })
}
