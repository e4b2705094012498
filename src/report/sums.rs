//! How groups and the score came about, in figures; the same in every format.

use rust_decimal::Decimal;

use super::words::Words;
use crate::assessment::{Assessment, Brief, GroupSum, Tally};
use crate::number::{is_shown_whole, show, show_points};
use crate::plan::Combine;

/// How the lines of a group make it: `3 + 2 + 0.5 = 5.5`; empty where one line is all of it.
pub(super) fn group(sum: &GroupSum, words: &Words) -> String {
    let mut steps = Vec::new();
    let Tally { points, earned } = sum.together;
    if sum.parts.len() > 1 {
        let terms = match sum.combine {
            Combine::Sum => plus(sum.parts.iter().map(|(_, part)| part.earned)),
            Combine::Lowest => {
                let shares: Vec<_> = sum.parts.iter().map(|(_, part)| share(part)).collect();
                format!("min({}) × {}", shares.join(", "), show_points(points))
            }
            Combine::Mean => {
                let shares: Vec<_> = sum.parts.iter().map(|(_, part)| share(part)).collect();
                let count = sum.parts.len();
                format!("({}) ÷ {count} × {}", shares.join(" + "), show_points(points))
            }
            Combine::Weighted => {
                let weigh = |(weight, part): &(Decimal, Tally)| {
                    format!("{} × {}", share(part), show(weight.normalize()))
                };
                let shares: Vec<_> = sum.parts.iter().map(weigh).collect();
                let weights: Decimal = sum.parts.iter().map(|(weight, _)| weight).sum();
                let weights = show(weights.normalize());
                let by = if weights == "1" { String::new() } else { format!(" ÷ {weights}") };
                format!("({}){by} × {}", shares.join(" + "), show_points(points))
            }
        };
        steps.push(format!("{terms} {}", equals(earned)));
    }
    if let Some(own) = sum.scaled_to.filter(|own| *own != points && !points.is_zero()) {
        let [earned, points, own] = [earned, points, own].map(show_points);
        steps.push(format!("{earned} ÷ {points} × {own} {}", equals(sum.scaled)));
    }
    let base = (!sum.parts.is_empty()).then_some(sum.scaled);
    let all: Vec<_> = base.into_iter().chain(sum.extras.iter().copied()).collect();
    if !sum.extras.is_empty() && all.len() > 1 {
        steps.push(format!("{} {}", plus(all.into_iter()), equals(sum.free)));
    }
    steps.extend(sum.held_at.map(|held| held_at(held, sum.free, words)));
    steps.join(words.comma)
}

/// The score with its sum: `80.85 / 100 = 38 ÷ 47 × 100`.
pub(super) fn score(brief: &Brief<'_>, words: &Words) -> String {
    let total = show(brief.plan.scoring().total);
    let Some(score) = &brief.score else { return words.nothing_to_score.to_owned() };
    let Tally { points, earned } = score.tally;
    let is_whole = is_shown_whole(earned) && is_shown_whole(points);
    let (earned, points) = (show_points(earned), show_points(points));
    let extras: String = score.sum.extras.iter().filter(|e| !e.is_zero()).map(signed).collect();
    let rounded = show(score.rounded);
    let sum = format!("{earned} ÷ {points} × {total}{extras}");
    if let Some(held) = score.sum.held_at {
        // What it is held at is not what it comes to.
        let held = held_at(held, score.free, words);
        let free = equals(score.free);
        return format!("{rounded} / {total}{}{sum} {free}{}{held}", words.colon, words.comma);
    }
    let equals = if is_whole && score.rounded == score.exact { "=" } else { "≈" };
    format!("{rounded} / {total}  {equals} {sum}")
}

/// How the groups make the total: `12 + 5.3 = 17.3`; none where there is but one.
pub(super) fn total(assessment: &Assessment<'_>) -> Option<String> {
    let score = assessment.score.as_ref()?;
    let parts = &score.sum.parts;
    let terms = plus(parts.iter().map(|(_, part)| part.earned));
    (parts.len() > 1).then(|| format!("{terms} {}", equals(score.tally.earned)))
}

fn held_at(held: Decimal, sum: Decimal, words: &Words) -> String {
    let id = if sum < held { "sum_at_least" } else { "sum_at_most" };
    words.say(id, &[("score", &show_points(held))])
}

fn share(part: &Tally) -> String {
    format!("{} ÷ {}", show_points(part.earned), show_points(part.points))
}

/// `3 + 2 − 0.5`.
fn plus(parts: impl Iterator<Item = Decimal>) -> String {
    let mut terms = String::new();
    for part in parts {
        if terms.is_empty() {
            terms = show_points(part);
        } else {
            terms += &signed(&part);
        }
    }
    terms
}

/// ` + 2`, ` − 1`.
fn signed(part: &Decimal) -> String {
    let sign = if part.is_sign_negative() && !part.is_zero() { "−" } else { "+" };
    format!(" {sign} {}", show_points(part.abs()))
}

fn equals(result: Decimal) -> String {
    let sign = if is_shown_whole(result) { "=" } else { "≈" };
    format!("{sign} {}", show_points(result))
}
