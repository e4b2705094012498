//! Why a score is another, and the grade.

use rust_decimal::Decimal;

use super::different::Different;
use super::mover::{Mover, Moving};
use crate::number::with_digits;
use crate::report::line::signed;
use crate::report::parts::Parts;
use crate::report::result::Assessed;
use crate::report::words::Words;

/// What moved a score: what the values did, and then what the plan did, each with the message that names it, where
/// both did anything; else all of it at once.
fn movings<'m, 'a>(
    different: &'m Different<'a>,
    [before, after]: [&Assessed; 2],
) -> Vec<(&'static str, Moving<'m, 'a>)> {
    let scales = [before, after].map(|one| one.compared.score.map_or(0, |score| score.scale()));
    // As many as the scores have, as these stand beside it; of whole scores that would say nothing.
    let digits = scales.into_iter().fold(2, u32::max);
    let total = after.compared.total;
    let moving = |gained, gain: &dyn Fn(&Mover<'a>) -> Option<Decimal>| {
        let movers = different.movers.iter().filter_map(|mover| Some((mover, gain(mover)?)));
        Moving { gained, movers: movers.collect(), digits, total }
    };
    let between = different.between(before, after).filter(|(_, parts)| parts.are_both());
    if let Some((_, Parts { by_plan, by_values })) = between {
        return vec![
            ("mean_by_values", moving(by_values, &|mover| Some(mover.parts?.by_values))),
            ("mean_by_plan", moving(by_plan, &|mover| Some(mover.parts?.by_plan))),
        ];
    }
    let gained = after.compared.gain_since(&before.compared);
    let all = gained.map(|gained| ("most_by", moving(gained, &|mover| mover.in_score)));
    all.into_iter().collect()
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
    let by_earlier = || {
        let grade = different.grade_between(before, after)?;
        let is_another =
            before.grade_by_score != after.grade_by_score || grade != after.grade_by_score;
        let year = before.compared.year;
        is_another.then(|| words.say("grade_between", &[("year", &year), ("grade", &grade)]))
    };
    let grade = edges.or_else(by_earlier);
    let told = Some(told).filter(|told| !told.is_empty()).into_iter().chain(grade);
    told.collect::<Vec<_>>().join(words.comma)
}
