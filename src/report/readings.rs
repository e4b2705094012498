//! The readings that a plan takes of what rules leave open, as sentences: every report prints them.

use std::collections::BTreeSet;

use crate::number::show;
use crate::plan::{
    Compare, Method, Missing, NotApplicable, Part, Plan, RankTies, Rounding, Scoring, Ties,
};
use crate::text::Lang;

/// The readings in force, a sentence each; those of rules only where a rule needs one.
pub(super) fn readings(plan: &Plan, lang: Lang) -> Vec<String> {
    let scoring = plan.scoring();
    let near = scoring.near.map(|near| match lang {
        Lang::Zh => format!("达标但距目标不超过 {near}% 的列为临界"),
        Lang::En => format!("a value that meets its target within {near}% of it is near"),
    });
    let mut readings = vec![
        missing(scoring.missing, lang).to_owned(),
        not_applicable(scoring.not_applicable, lang).to_owned(),
        compare(scoring.compare, lang).to_owned(),
        round(scoring.round, lang),
    ];
    if plan.has_needs() {
        readings.insert(1, not_assessable(scoring.not_assessable(), lang).to_owned());
    }
    readings.extend(near);
    readings.extend(bounds(plan, lang));
    readings.extend(rules(plan, lang));
    readings
}

/// Between which ends the score is held, where it can come to them.
fn bounds(plan: &Plan, lang: Lang) -> Vec<String> {
    let Scoring { floor, cap, .. } = plan.scoring();
    let ends = plan.indicators().iter().map(|item| (item.rule.bounds(item.points), item.points));
    let ends: Vec<_> = ends.collect();
    let falls = ends.iter().any(|((least, _), _)| least.is_sign_negative() && !least.is_zero());
    let rises = ends.iter().any(|((_, most), points)| most > points);
    let floor = (falls || !floor.is_zero()).then(|| match lang {
        Lang::Zh => format!("总分最低 {}", show(*floor)),
        Lang::En => format!("the score is at least {}", show(*floor)),
    });
    let cap = match (cap, lang) {
        (Some(cap), Lang::Zh) => Some(format!("总分最高 {}", show(*cap))),
        (Some(cap), Lang::En) => Some(format!("the score is at most {}", show(*cap))),
        (None, Lang::Zh) => rises.then(|| "总分可以超过满分".to_owned()),
        (None, Lang::En) => rises.then(|| "the score may pass its scale".to_owned()),
    };
    floor.into_iter().chain(cap).collect()
}

/// The readings that rules take.
fn rules(plan: &Plan, lang: Lang) -> Vec<String> {
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
        match (part, lang) {
            (Part::Share, Lang::Zh) => "不足一个计分单位的部分按比例计",
            (Part::Share, Lang::En) => "part of a unit counts in proportion",
            (Part::Whole, Lang::Zh) => "标明的项不足一个计分单位的部分不计",
            (Part::Whole, Lang::En) => "where an item says so, part of a unit does not count",
            (Part::Begun, Lang::Zh) => "标明的项不足一个计分单位的按一个计",
            (Part::Begun, Lang::En) => "where an item says so, part of a unit counts as one",
        }
        .to_owned()
    });
    let ties: BTreeSet<_> = rules()
        .filter_map(|rule| match &rule.method {
            Method::Rank(rank) => Some(rank.ties),
            _ => None,
        })
        .collect();
    let ties = ties.into_iter().map(|ties| self::ties(ties, lang).to_owned());
    let worse = rules().any(|rule| rule.worse_than_last_year.is_some()).then(|| match lang {
        Lang::Zh => "缺上年数据、无法判断是否差于上年的项按缺数据处理".to_owned(),
        Lang::En => {
            "an item that must not be worse than last year is missing without last year's value"
                .to_owned()
        }
    });
    let limits = (!plan.limits().is_empty()).then(|| match (plan.has_needs(), lang) {
        (false, Lang::Zh) => "限制等次的条件缺数据时视为成立".to_owned(),
        (false, Lang::En) => "a limit of the grade strikes where its value is missing".to_owned(),
        (true, Lang::Zh) => "限制等次的条件缺数据或无法评价时视为成立".to_owned(),
        (true, Lang::En) => {
            "a limit of the grade strikes where its value is missing or not assessable".to_owned()
        }
    });
    parts.chain(ties).chain(worse).chain(limits).collect()
}

/// Which places equal values have.
pub(super) fn ties(ties: RankTies, lang: Lang) -> &'static str {
    match (ties, lang) {
        (RankTies::Skip, Lang::Zh) => "并列的取较高名次，其后名次空出",
        (RankTies::Skip, Lang::En) => "equal values share the better place, the next are skipped",
        (RankTies::Dense, Lang::Zh) => "并列的取较高名次，其后名次不空出",
        (RankTies::Dense, Lang::En) => "equal values share the better place, none is skipped",
        (RankTies::Mean, Lang::Zh) => "并列的取名次的平均",
        (RankTies::Mean, Lang::En) => "equal values have the mean of their places",
    }
}

fn missing(missing: Missing, lang: Lang) -> &'static str {
    match (missing, lang) {
        (Missing::Zero, Lang::Zh) => "缺数据的项得 0 分",
        (Missing::Zero, Lang::En) => "a missing value earns 0",
        (Missing::LeaveOut, Lang::Zh) => "缺数据的项不计入",
        (Missing::LeaveOut, Lang::En) => "an item without its value is left out",
        (Missing::Refuse, Lang::Zh) => "缺数据时不计分",
        (Missing::Refuse, Lang::En) => "nothing is scored while a value is missing",
    }
}

fn not_assessable(how: Missing, lang: Lang) -> &'static str {
    match (how, lang) {
        (Missing::Zero, Lang::Zh) => "有效数据不足、无法评价的项得 0 分",
        (Missing::Zero, Lang::En) => "a value that is not assessable earns 0",
        (Missing::LeaveOut, Lang::Zh) => "有效数据不足、无法评价的项不计入",
        (Missing::LeaveOut, Lang::En) => "an item whose value is not assessable is left out",
        (Missing::Refuse, Lang::Zh) => "有无法评价的项时不计分",
        (Missing::Refuse, Lang::En) => "nothing is scored while a value is not assessable",
    }
}

fn not_applicable(not_applicable: NotApplicable, lang: Lang) -> &'static str {
    match (not_applicable, lang) {
        (NotApplicable::LeaveOut, Lang::Zh) => "不适用的项不计入",
        (NotApplicable::LeaveOut, Lang::En) => "an item that does not apply is left out",
        (NotApplicable::Full, Lang::Zh) => "不适用的项得满分",
        (NotApplicable::Full, Lang::En) => "an item that does not apply earns all its points",
        (NotApplicable::Zero, Lang::Zh) => "不适用的项得 0 分",
        (NotApplicable::Zero, Lang::En) => "an item that does not apply earns 0",
        (NotApplicable::Mean, Lang::Zh) => "不适用的项按同组其他项的得分率计",
        (NotApplicable::Mean, Lang::En) => {
            "an item that does not apply earns the share of its group's other items"
        }
    }
}

fn compare(compare: Compare, lang: Lang) -> &'static str {
    match (compare, lang) {
        (Compare::Exact, Lang::Zh) => "按全数值比较法与目标比较",
        (Compare::Exact, Lang::En) => "values are compared with all their digits",
        (Compare::Rounded, Lang::Zh) => "按修约值比较法（修约到目标的位数）与目标比较，并据以计分",
        (Compare::Rounded, Lang::En) => {
            "values are rounded to the target's digits to be compared and scored"
        }
    }
}

fn round(round: Rounding, lang: Lang) -> String {
    let Rounding { digits, ties } = round;
    let decimals = if digits == 1 { "decimal" } else { "decimals" };
    match (ties, lang) {
        (Ties::Even, Lang::Zh) => format!("总分保留 {digits} 位小数，四舍六入五成双"),
        (Ties::Even, Lang::En) => {
            format!("the score is rounded to {digits} {decimals}, half to even")
        }
        (Ties::Up, Lang::Zh) => format!("总分保留 {digits} 位小数，四舍五入"),
        (Ties::Up, Lang::En) => format!("the score is rounded to {digits} {decimals}, half up"),
    }
}
