//! What changed between two assessments, item by item, and what that did to the points.

use rust_decimal::Decimal;

use super::counting::{Counting, may_count};
use super::former::{Former, FormerItem, ToldFormer};
use super::line::{self, Line};
use super::parts::Parts;
use super::rules;
use super::words::Words;
use super::{Head, page};
use crate::assessment::{Assessment, Item, Standing, State};
use crate::number::show;

/// What of an assessment is compared with another.
#[derive(Clone, Debug)]
pub(super) struct Compared {
    pub(super) region: String,
    pub(super) year: u16,
    pub(super) score: Option<Decimal>,
    pub(super) grade: String,
    /// What scores are out of.
    pub(super) total: Decimal,
    pub(super) limits: Vec<ToldLimit>,
    pub(super) items: Vec<ComparedItem>,
    /// How items count with its values by the plan of the year before.
    pub(super) former: Former,
}

/// By what a grade is limited.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum LimitBy {
    /// An item, by its id.
    Item(String),
    /// The only condition of a clause.
    Clause(String),
}

impl LimitBy {
    /// A clause, if it is that of a single one of the plan's conditions.
    pub(super) fn clause<'c>(
        clause: Option<&str>,
        mut all: impl Iterator<Item = Option<&'c str>>,
    ) -> Option<Self> {
        let is_its = |other: &Option<&str>| *other == clause;
        let has_one = all.by_ref().filter(is_its).take(2).count() == 1;
        clause.filter(|_| has_one).map(|clause| Self::Clause(clause.to_owned()))
    }
}

/// What limits the grade.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct ToldLimit {
    pub(super) limit: String,
    /// What it is by, whatever words it is told in; none where that cannot be told.
    pub(super) by: Option<LimitBy>,
    /// The same with what is said of it where it has no effect.
    pub(super) told: String,
    /// Whether the score alone would have a better grade.
    pub(super) in_effect: bool,
}

/// What of an item is compared, as texts but for the points.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct ComparedItem {
    pub(super) id: String,
    /// Its id in its own result; `id` is the same, or that of what it is paired with in another.
    pub(super) own_id: String,
    pub(super) name: String,
    /// Its name; empty where names are not compared.
    pub(super) compared_name: String,
    pub(super) value: String,
    pub(super) target: String,
    /// What is aimed at beyond the target.
    pub(super) stretch: String,
    pub(super) rule: Vec<String>,
    /// The sentence of the rule, or that of the plan, on what counts where it does not apply; empty where
    /// that is not known.
    pub(super) not_applicable: String,
    pub(super) lead: String,
    /// Why it is in its state, where that is not plain from its figures.
    pub(super) reason: String,
    /// The documents that the target is by, and what else of it was changed.
    pub(super) by: String,
    /// The same where the plan's own document has no other name than the plan.
    pub(super) by_layers: String,
    /// The value, and that it is verified, where it is.
    pub(super) value_by: String,
    pub(super) worth: Decimal,
    /// The id of the group that it is in.
    pub(super) group: String,
    /// How much it counts there.
    pub(super) weight: Decimal,
    pub(super) state: String,
    /// None where that is of no state that there is.
    pub(super) known_state: Option<State>,
    pub(super) earned: Option<Decimal>,
    /// Whether it takes its share from the others of its group.
    pub(super) takes_share: bool,
    /// Whether it counts, or may yet.
    pub(super) may_count: bool,
    pub(super) points: String,
    pub(super) sum: String,
    pub(super) standing: Option<Standing>,
}

/// An item that is not what it was.
#[derive(Clone, Debug)]
pub(super) struct Change<'a> {
    pub(super) before: Option<&'a ComparedItem>,
    pub(super) after: Option<&'a ComparedItem>,
    /// What changed, with what it was and what it is; what it comes from before what it leads to.
    pub(super) what: Vec<(What, String, String)>,
    /// By how much its points grew, negative where it lost some; none where only one of the two
    /// counts it: what is not counted has neither gained nor lost.
    pub(super) gain: Option<Decimal>,
    /// What the values did to its points by the earlier plan, also where it then counts no longer; none where
    /// that is not known.
    pub(super) gained_by_values: Option<Decimal>,
    /// How it counts with the later values by the earlier plan.
    pub(super) by_former: ToldFormer<'a>,
    /// The title of the group that hides what it did alone.
    pub(super) hidden_in: Option<&'a str>,
    /// What of what it did to the score the plan did, and what the values; none where that is not known.
    pub(super) score_parts: Option<Parts>,
}

/// Something of an item that can change.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum What {
    Id,
    Name,
    Rule,
    By,
    Worth,
    Group,
    Weight,
    Target,
    Stretch,
    Value,
    State,
    /// The responsible units.
    Lead,
    /// Why it is in its state.
    Reason,
    /// How the points came about, where they or the state are others.
    Sum,
}

impl What {
    pub(super) const fn code(self) -> &'static str {
        match self {
            Self::Id => "id",
            Self::Name => "name",
            Self::Rule => "rule",
            Self::By => "by",
            Self::Worth => "worth",
            Self::Group => "group",
            Self::Weight => "weight",
            Self::Target => "target",
            Self::Stretch => "stretch",
            Self::Value => "value",
            Self::State => "state",
            Self::Lead => "lead",
            Self::Reason => "reason",
            Self::Sum => "sum",
        }
    }
}

impl ComparedItem {
    /// What it counts for, and where.
    pub(super) fn counting(&self) -> Counting<'_> {
        let Self { ref group, weight, worth, earned, takes_share, may_count, .. } = *self;
        Counting { group, weight, worth, earned, takes_share, may_count }
    }

    /// Whether a value is asked for: it is neither dropped nor waived, nor is its number still to come.
    pub(super) fn is_asked(&self) -> bool {
        !matches!(self.known_state, Some(State::NotSet | State::Waived | State::Pending))
    }
}

impl Compared {
    pub(super) fn of(assessment: &Assessment<'_>, head: &Head<'_>, words: &Words) -> Self {
        let listed = assessment.items.iter().filter(|item| head.lists(item));
        let items = listed.filter(|item| is_told(item)).map(|item| {
            let line = Line::new(item, assessment, words, &[]);
            ComparedItem {
                id: item.indicator.id.clone(),
                own_id: item.indicator.id.clone(),
                name: line.name,
                compared_name: String::new(),
                value: line.value,
                target: line.target,
                stretch: item
                    .target
                    .and_then(|target| target.stretch.as_ref())
                    .map(|stretch| line::shown(stretch, item.indicator, words))
                    .unwrap_or_default(),
                reason: line::reason(item, words).unwrap_or_default(),
                lead: assessment.plan.leads(item.indicator).join(words.list_comma),
                rule: rules::rule(assessment.plan, item.indicator, assessment.year, words),
                not_applicable: String::new(),
                // Side by side with other years, the notes of items say it.
                by: String::new(),
                by_layers: String::new(),
                value_by: String::new(),
                worth: item.points,
                group: item
                    .indicator
                    .group
                    .and_then(|group| assessment.plan.groups().get(group))
                    .map(|group| group.id.clone())
                    .unwrap_or_default(),
                weight: item.indicator.weight,
                state: line.state,
                known_state: Some(item.state),
                earned: item.earned,
                takes_share: item.takes_share(assessment.plan),
                may_count: may_count(item.earned, Some(item.state)),
                points: line.points,
                sum: line.sum,
                standing: item.standing,
            }
        });
        Self {
            region: assessment.region.to_owned(),
            year: assessment.year.number(),
            score: assessment.score.as_ref().map(|score| score.rounded),
            grade: page::grade(&assessment.brief(), words),
            limits: assessment
                .limits
                .iter()
                .map(|limit| ToldLimit {
                    limit: page::limit(limit, assessment, words),
                    by: page::limited_by(limit, assessment),
                    told: page::limit_told(limit, assessment, words),
                    in_effect: page::has_effect(limit, assessment),
                })
                .collect(),
            total: assessment.plan.scoring().total,
            items: items.collect(),
            former: FormerItem::all(assessment, head).map_or(Former::Unknown, Former::ButFor),
        }
    }

    /// By how much the score is another than before; none where one of them has none, or they are out
    /// of different totals.
    pub(super) fn gain_since(&self, before: &Self) -> Option<Decimal> {
        let both = before.score.zip(self.score).filter(|_| before.total == self.total);
        both.map(|(before, after)| after.saturating_sub(before).normalize())
    }

    pub(super) fn item(&self, id: &str) -> Option<&ComparedItem> {
        self.items.iter().find(|item| item.id == id)
    }

    /// The names of the items that may still come to count otherwise.
    pub(super) fn open_items(&self) -> impl Iterator<Item = &str> {
        let open = self.items.iter().filter(|item| item.known_state.is_some_and(State::may_come));
        open.map(|item| item.name.as_str())
    }

    /// The limit that is the same as one of another, or is by the same, in whatever words.
    fn limit_like(&self, limit: &ToldLimit) -> Option<&ToldLimit> {
        let is_like = |own: &&ToldLimit| own.by.is_some() && own.by == limit.by;
        let same = self.limits.iter().find(|own| own.limit == limit.limit);
        same.or_else(|| self.limits.iter().find(is_like))
    }
}

impl<'a> Change<'a> {
    /// The item as it is, or as it was where it is no longer assessed.
    pub(super) fn item(&self) -> Option<&'a ComparedItem> {
        self.after.or(self.before)
    }

    /// Whether both results have it.
    pub(super) fn is_in_both(&self) -> bool {
        self.before.is_some() && self.after.is_some()
    }

    /// By what it is paired.
    pub(super) fn key(&self) -> &'a str {
        self.item().map_or("", |item| &item.id)
    }

    /// Its id in the result that has it last.
    pub(super) fn id(&self) -> &'a str {
        self.item().map_or("", |item| &item.own_id)
    }

    pub(super) fn name(&self) -> &'a str {
        self.item().map_or("", |item| &item.name)
    }

    /// Its points as they were and are, of what it is worth: `4/4 → 0/4`.
    pub(super) fn points(&self) -> String {
        let shown = |item: Option<&ComparedItem>| item.map_or("–", |item| &item.points).to_owned();
        [self.before, self.after].map(shown).join(" → ")
    }

    /// What of its gain the plan did, and what the values; none where that is not known, or not all count it.
    pub(super) fn gain_parts(&self) -> Option<Parts> {
        let (gain, by_values) = self.gain.zip(self.gained_by_values)?;
        Some(Parts { by_plan: gain.saturating_sub(by_values).normalize(), by_values })
    }

    /// Whether it is told what the plan and what the values did: where both are others, and not only one of
    /// them is why.
    pub(super) fn is_told_apart(&self) -> bool {
        use What::{Rule, Target, Value, Worth};
        let has = |all: &[What]| self.what.iter().any(|(what, ..)| all.contains(what));
        let are_others = has(&[Target, Rule, Worth]) && has(&[Value]) && self.is_in_both();
        let parts = || self.gain_parts().into_iter().chain(self.score_parts);
        parts().any(Parts::are_both) || are_others && parts().any(|parts| !parts.are_none())
    }

    /// Whether something else may hide what it did: it came to count or ceased to, or its points are others, and not
    /// by those of others, nor by as much as the plan took again.
    pub(super) fn may_be_hidden(&self) -> bool {
        let takes_share = |item: Option<&ComparedItem>| item.is_some_and(|item| item.takes_share);
        let is_own = !takes_share(self.before) && !takes_share(self.after);
        is_own && self.moved() && self.score_parts.is_none_or(Parts::are_none)
    }

    /// Whether it moved the score, as far as an item can.
    pub(super) fn moved(&self) -> bool {
        self.gain.is_none_or(|gain| !gain.is_zero())
    }

    /// Whether what counts it is the later one.
    pub(super) fn counts_after(&self) -> bool {
        self.after.is_some_and(|item| item.earned.is_some())
    }

    /// The points that it moved the score by, or that came or went with it.
    pub(super) fn weight(&self) -> Decimal {
        let earned = [self.before, self.after].into_iter().flatten().find_map(|item| item.earned);
        self.gain.or(earned).unwrap_or_default().abs()
    }
}

/// Whether an item is one of a year's: what nobody asks for is not, and what a later document dropped
/// is, with its reason.
pub(super) fn is_told(item: &Item<'_>) -> bool {
    item.state != State::NotSet || item.target.is_some()
}

/// What newly limits the grade, what no longer does, and what newly has an effect or none.
pub(super) fn limit_changes(before: &Compared, after: &Compared, words: &Words) -> Vec<String> {
    let came = after.limits.iter().filter_map(|limit| {
        let old = before.limit_like(limit);
        if let Some(old) = old.filter(|old| old.limit != limit.limit) {
            return Some(words.what_from_to(words.limit, &old.told, &limit.told));
        }
        let what = match (old.map(|old| old.in_effect), limit.in_effect) {
            (None, _) => words.newly_limits,
            (Some(false), true) => words.word("limits_in_effect"),
            (Some(true), false) => words.word("limits_in_effect_no_longer"),
            _ => return None,
        };
        Some(format!("{what}{}{}", words.colon, limit.told))
    });
    let gone = before.limits.iter().filter(|limit| after.limit_like(limit).is_none());
    let gone = gone.map(|limit| format!("{}{}{}", words.limits_no_longer, words.colon, limit.told));
    came.chain(gone).collect()
}

/// The items of both, those that only the earlier one has at last.
pub(super) fn pairs<'a>(
    before: &'a Compared,
    after: &'a Compared,
) -> impl Iterator<Item = (Option<&'a ComparedItem>, Option<&'a ComparedItem>)> {
    let kept = after.items.iter().map(|item| (before.item(&item.id), Some(item)));
    let gone = before.items.iter().filter(|item| after.item(&item.id).is_none());
    kept.chain(gone.map(|item| (Some(item), None)))
}

/// The items that changed, those that moved the points most first.
pub(super) fn changes<'a>(before: &'a Compared, after: &'a Compared) -> Vec<Change<'a>> {
    let changes = pairs(before, after).filter_map(|(one, other)| change(one, other, &after.former));
    let mut changes: Vec<Change<'a>> = changes.collect();
    changes.sort_by_key(|change| std::cmp::Reverse(change.weight()));
    changes
}

fn change<'a>(
    before: Option<&'a ComparedItem>,
    after: Option<&'a ComparedItem>,
    former: &'a Former,
) -> Option<Change<'a>> {
    let [old, new] = [before, after].map(|item| item.and_then(|item| item.earned));
    let gain = match (old, new) {
        (None, None) => Some(Decimal::ZERO),
        (old, new) => old.zip(new).map(|(old, new)| new.saturating_sub(old).normalize()),
    };
    let change = Change {
        before,
        after,
        what: what_changed(before, after),
        gain,
        gained_by_values: gained_by_values(before, after, former),
        by_former: former.told(before, after),
        hidden_in: None,
        score_parts: None,
    };
    (!change.what.is_empty() || change.moved()).then_some(change)
}

/// What the values did to the points of an item by the earlier plan.
fn gained_by_values(
    before: Option<&ComparedItem>,
    after: Option<&ComparedItem>,
    former: &Former,
) -> Option<Decimal> {
    let former = former.counting(before, after)??;
    let mut both = before.into_iter().chain(after);
    // What is taken from the others of its group is their doing.
    let takes_share = former.takes_share || both.any(|item| item.takes_share);
    let earned = former.earned.filter(|_| !takes_share)?;
    Some(earned.saturating_sub(before?.earned?).normalize())
}

/// What of an item is another, as it was and is.
fn what_changed(
    before: Option<&ComparedItem>,
    after: Option<&ComparedItem>,
) -> Vec<(What, String, String)> {
    let is_verified = |item: &ComparedItem| item.value_by != item.value;
    let have_values = before.into_iter().chain(after).filter(|item| !item.value.is_empty());
    let tells = Tells {
        documents: before.map(|item| &item.by_layers) != after.map(|item| &item.by_layers),
        verified: have_values.count() == 2 && before.map(is_verified) != after.map(is_verified),
    };
    let both = texts(before, after, tells).into_iter().zip(texts(after, before, tells));
    let what = both.filter(|((_, old), (_, new))| old != new);
    let mut what: Vec<_> = what.map(|((what, old), (_, new))| (what, old, new)).collect();
    // Last year's value, those of others or a reading may be why: the sums have them.
    let sums = [before, after].map(|item| item.map(|item| item.sum.as_str()).unwrap_or_default());
    let is_another = match (before, after) {
        (Some(old), Some(new)) => old.earned != new.earned || old.state != new.state,
        _ => true,
    };
    if (is_another || what.is_empty()) && sums.first() != sums.last() {
        let [old, new] = sums.map(str::to_owned);
        what.push((What::Sum, old, new));
    }
    what
}

/// What is told of an item only where it is why it is another.
#[derive(Clone, Copy)]
struct Tells {
    /// The documents that it is by.
    documents: bool,
    /// Whether its value is verified.
    verified: bool,
}

/// What is told of an item beside what it is in the other result.
fn texts(
    item: Option<&ComparedItem>,
    other: Option<&ComparedItem>,
    tells: Tells,
) -> [(What, String); 13] {
    let text = |get: fn(&ComparedItem) -> String| item.map(get).unwrap_or_default();
    // Of what has nothing beside it these are told with all the rest.
    let of_both = |get| other.map(|_| text(get)).unwrap_or_default();
    let value = if tells.verified {
        text(|item| item.value_by.clone())
    } else {
        text(|item| item.value.clone())
    };
    let by = if tells.documents { text(|item| item.by.clone()) } else { String::new() };
    [
        (What::Id, of_both(|item| item.own_id.clone())),
        (What::Name, of_both(|item| item.compared_name.clone())),
        (What::Worth, text(|item| show(item.worth))),
        (What::Rule, new_sentences(item, other)),
        (What::Group, text(|item| item.group.clone())),
        (What::Weight, text(|item| show(item.weight.normalize()))),
        (What::By, by),
        (What::Target, text(|item| item.target.clone())),
        (What::Stretch, text(|item| item.stretch.clone())),
        (What::Value, value),
        (What::State, text(|item| item.state.clone())),
        (What::Reason, text(|item| item.reason.clone())),
        (What::Lead, text(|item| item.lead.clone())),
    ]
}

/// Of what a rule says, the sentences that the other has not; and not one that the plan says there of all items.
fn new_sentences(item: Option<&ComparedItem>, other: Option<&ComparedItem>) -> String {
    let rule = item.map(|item| item.rule.as_slice()).unwrap_or_default();
    let is_new = |said: &&String| {
        let has =
            |other: &ComparedItem| other.rule.contains(said) || other.not_applicable == **said;
        !other.is_some_and(has)
    };
    rule.iter().filter(is_new).cloned().collect::<Vec<_>>().join(" ")
}
