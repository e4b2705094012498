//! The readings that a plan takes of what rules leave open, as sentences: every report prints them.

use crate::plan::{Compare, Missing, NotApplicable, Rounding, Scoring, Ties};
use crate::text::Lang;

/// The readings in force, a sentence each.
pub(super) fn readings(scoring: &Scoring, lang: Lang) -> Vec<String> {
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
    readings.extend(near);
    readings
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
        (Compare::Rounded, Lang::Zh) => "按修约值比较法（修约到目标的位数）与目标比较",
        (Compare::Rounded, Lang::En) => "values are rounded to the target's digits to be compared",
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
