//! The readings that a plan takes of what rules leave open, as sentences: every report prints them.

use std::collections::BTreeSet;

use crate::catalogue::Catalogue;
use crate::number::show;
use crate::plan::{
    Compare, Method, Missing, NotApplicable, Part, Plan, RankTies, Rounding, Scoring, Ties,
};
use crate::text::Lang;

/// The readings in force, a sentence each; those of rules only where a rule needs one.
pub(super) fn readings(plan: &Plan, lang: Lang) -> Vec<String> {
    let scoring = plan.scoring();
    let catalogue = Catalogue::of(lang);
    let near = scoring.near.map(|near| catalogue.say("reading_near", &[("near", &near)]));
    let mut readings = vec![
        catalogue.word(missing(scoring.missing)).to_owned(),
        catalogue.word(not_applicable(scoring.not_applicable)).to_owned(),
        catalogue.word(compare(scoring.compare)).to_owned(),
        round(scoring.round, catalogue),
    ];
    if plan.has_needs() {
        readings.insert(1, catalogue.word(not_assessable(scoring.not_assessable())).to_owned());
    }
    readings.extend(near);
    readings.extend(bounds(plan, catalogue));
    readings.extend(rules(plan, lang));
    readings
}

/// Between which ends the score is held, where it can come to them.
fn bounds(plan: &Plan, catalogue: &'static Catalogue) -> Vec<String> {
    let Scoring { floor, cap, .. } = plan.scoring();
    let ends = plan.indicators().iter().map(|item| (item.rule.bounds(item.points), item.points));
    let ends: Vec<_> = ends.collect();
    let falls = ends.iter().any(|((least, _), _)| least.is_sign_negative() && !least.is_zero());
    let rises = ends.iter().any(|((_, most), points)| most > points);
    let floor = (falls || !floor.is_zero())
        .then(|| catalogue.say("reading_floor", &[("score", &show(*floor))]));
    let cap = match cap {
        Some(cap) => Some(catalogue.say("reading_cap", &[("score", &show(*cap))])),
        None => rises.then(|| catalogue.word("reading_no_cap").to_owned()),
    };
    floor.into_iter().chain(cap).collect()
}

/// The readings that rules take.
fn rules(plan: &Plan, lang: Lang) -> Vec<String> {
    let catalogue = Catalogue::of(lang);
    let rules = || plan.indicators().iter().map(|item| &item.rule);
    let steps = rules().flat_map(|rule| {
        let off = match &rule.method {
            Method::Off { step, .. } => Some(step.part),
            _ => None,
        };
        off.into_iter().chain(rule.bonus.map(|bonus| bonus.step.part))
    });
    let parts: BTreeSet<_> = steps.collect();
    let parts = parts.into_iter().map(|part| {
        let id = match part {
            Part::Share => "reading_part_share",
            Part::Whole => "reading_part_whole",
            Part::Begun => "reading_part_begun",
        };
        catalogue.word(id).to_owned()
    });
    let ties: BTreeSet<_> = rules()
        .filter_map(|rule| match &rule.method {
            Method::Rank(rank) => Some(rank.ties),
            _ => None,
        })
        .collect();
    let ties = ties.into_iter().map(|ties| self::ties(ties, lang).to_owned());
    let worse = rules()
        .any(|rule| rule.worse_than_last_year.is_some())
        .then(|| catalogue.word("reading_worse").to_owned());
    let limits = (!plan.limits().is_empty()).then(|| {
        let id = if plan.has_needs() { "reading_limits_needs" } else { "reading_limits" };
        catalogue.word(id).to_owned()
    });
    parts.chain(ties).chain(worse).chain(limits).collect()
}

/// Which places equal values have.
pub(super) fn ties(ties: RankTies, lang: Lang) -> &'static str {
    let id = match ties {
        RankTies::Skip => "reading_ties_skip",
        RankTies::Dense => "reading_ties_dense",
        RankTies::Mean => "reading_ties_mean",
    };
    Catalogue::of(lang).word(id)
}

fn missing(missing: Missing) -> &'static str {
    match missing {
        Missing::Zero => "reading_missing_zero",
        Missing::LeaveOut => "reading_missing_leave_out",
        Missing::Refuse => "reading_missing_refuse",
    }
}

fn not_assessable(how: Missing) -> &'static str {
    match how {
        Missing::Zero => "reading_not_assessable_zero",
        Missing::LeaveOut => "reading_not_assessable_leave_out",
        Missing::Refuse => "reading_not_assessable_refuse",
    }
}

fn not_applicable(not_applicable: NotApplicable) -> &'static str {
    match not_applicable {
        NotApplicable::LeaveOut => "reading_not_applicable_leave_out",
        NotApplicable::Full => "reading_not_applicable_full",
        NotApplicable::Zero => "reading_not_applicable_zero",
        NotApplicable::Mean => "reading_not_applicable_mean",
    }
}

fn compare(compare: Compare) -> &'static str {
    match compare {
        Compare::Exact => "reading_compare_exact",
        Compare::Rounded => "reading_compare_rounded",
    }
}

fn round(round: Rounding, catalogue: &Catalogue) -> String {
    let id = match round.ties {
        Ties::Even => "reading_round_even",
        Ties::Up => "reading_round_up",
    };
    catalogue.count(id, round.digits.into())
}
