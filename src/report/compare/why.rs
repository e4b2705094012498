//! Why a score is another, and the grade.

use super::different::{Different, score_digits};
use super::mover::Mover;
use super::moving::Moving;
use crate::number::with_digits;
use crate::report::line::signed;
use crate::report::parts::Parts;
use crate::report::result::Assessed;
use crate::report::words::Words;

/// What moved a score: what the values did, and then what the plan did, each with the message that names it, where
/// both did anything; else all of it at once.
fn movings<'m>(
    different: &'m Different<'_>,
    [before, after]: [&Assessed; 2],
) -> Vec<(&'static str, Moving<'m>)> {
    let digits = score_digits([before, after]);
    let total = after.compared.total;
    let moving = |gained, movers| Moving { gained, movers, digits, total };
    let movers = different.movers.iter();
    let between = different.between(before, after).filter(|(_, parts)| parts.are_both());
    if let Some((_, Parts { by_plan, by_values })) = between {
        let of_values = movers.clone().filter_map(Mover::in_values).collect();
        let of_plan = movers.filter_map(Mover::in_plan).collect();
        return vec![
            ("mean_by_values", moving(by_values, of_values)),
            ("mean_by_plan", moving(by_plan, of_plan)),
        ];
    }
    let gained = after.compared.gain_since(&before.compared);
    let of_all = movers.filter_map(Mover::in_all).collect();
    gained.map(|gained| ("most_by", moving(gained, of_all))).into_iter().collect()
}

/// The same in lines.
pub(super) fn why_lines(
    different: &Different<'_>,
    both: [&Assessed; 2],
    words: &Words,
) -> Vec<String> {
    let movings = movings(different, both);
    let is_apart = movings.len() > 1;
    let lines = movings.into_iter().map(|(id, moving)| {
        let gained = signed(with_digits(moving.gained, moving.digits));
        let told = moving.told(words);
        let name = words.word(id).to_owned();
        let name = if is_apart { words.with_aside(&name, &gained) } else { name };
        (!told.is_empty()).then(|| [name, told].join(words.colon))
    });
    lines.flatten().collect()
}

/// The same beside the figures, with what new edges, or the plan and the values, did to the grade.
pub(super) fn why_told(
    different: &Different<'_>,
    [before, after]: [&Assessed; 2],
    words: &Words,
) -> String {
    let movings = movings(different, [before, after]);
    let is_apart = movings.len() > 1;
    let told = movings.into_iter().map(|(id, moving)| {
        let told = moving.told(words);
        let name = Some(words.word(id)).filter(|_| is_apart && !told.is_empty());
        name.into_iter().chain([told.as_str()]).collect::<Vec<_>>().join(words.colon)
    });
    let told: Vec<String> = told.filter(|told| !told.is_empty()).collect();
    let told = match told.as_slice() {
        [values, plan] => words.say("moved_apart", &[("values", values), ("plan", plan)]),
        told => told.concat(),
    };
    let edges = different.edges_did(before, after).map(|id| words.word(id).to_owned());
    // With the same edges, the grade by the earlier plan says as much as is known.
    let grade = edges.or_else(|| grade_told(different, [before, after], words));
    let told = Some(told).filter(|told| !told.is_empty()).into_iter().chain(grade);
    told.collect::<Vec<_>>().join(words.comma)
}

/// Whether the values moved the grade, or targets and rules, both together, or either would have; or which it would
/// be by the earlier ones, where it did not move and would have.
pub(super) fn grade_told(
    different: &Different<'_>,
    [before, after]: [&Assessed; 2],
    words: &Words,
) -> Option<String> {
    // What limits a grade may be why it is another.
    if [before, after].iter().any(|one| one.grade != one.grade_by_score) {
        return None;
    }
    let between = different.grade_between(before, after)?;
    let by_plan = different.grade_by_plan(before, after)?;
    let [old, new] = [before, after].map(|one| one.grade_by_score.as_str());
    let moved = |id| Some(words.word(id).to_owned());
    match (between == old, between == new) {
        (true, true) => None,
        (false, true) if by_plan == new => moved("grade_by_either"),
        (false, true) => moved("grade_by_values"),
        (true, false) if by_plan == new => moved("grade_by_plan"),
        (true, false) => moved("grade_by_both"),
        (false, false) => {
            let year = before.compared.year;
            Some(words.say("grade_between", &[("year", &year), ("grade", &between)]))
        }
    }
}
