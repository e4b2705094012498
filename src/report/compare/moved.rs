//! How the points of two results moved, in parts that add up.

use rust_decimal::Decimal;
use rust_decimal::serde::arbitrary_precision;
use serde::Serialize;

use crate::number::show_points;
use crate::report::change::changes;
use crate::report::line::signed;
use crate::report::result::Assessed;
use crate::report::words::Words;

/// The points that count and what was earned, and by what that is another: the scale of the score
/// comes behind it, see its sum.
#[derive(Clone, Copy, Debug, Serialize)]
pub(super) struct Moved {
    #[serde(with = "arbitrary_precision")]
    points_before: Decimal,
    #[serde(with = "arbitrary_precision")]
    points_after: Decimal,
    #[serde(with = "arbitrary_precision")]
    earned_before: Decimal,
    #[serde(with = "arbitrary_precision")]
    earned_after: Decimal,
    /// By items that count in both.
    #[serde(with = "arbitrary_precision")]
    kept: Decimal,
    /// By items that count newly.
    #[serde(with = "arbitrary_precision")]
    newly_counted: Decimal,
    /// By items that count no longer.
    #[serde(with = "arbitrary_precision")]
    no_longer_counted: Decimal,
    /// By all else: groups, weights, items that are not listed.
    #[serde(with = "arbitrary_precision")]
    rest: Decimal,
}

impl Moved {
    /// None where one of them has nothing to score.
    pub(super) fn of(before: &Assessed, after: &Assessed) -> Option<Self> {
        let ([points_before, earned_before], [points_after, earned_after]) =
            before.tally.zip(after.tally)?;
        let [mut kept, mut newly_counted, mut no_longer_counted] = [Decimal::ZERO; 3];
        for change in changes(&before.compared, &after.compared) {
            let [old, new] = [change.before, change.after].map(|item| item?.earned);
            match (old, new) {
                (Some(old), Some(new)) => kept = kept.saturating_add(new.saturating_sub(old)),
                (None, Some(new)) => newly_counted = newly_counted.saturating_add(new),
                (Some(old), None) => no_longer_counted = no_longer_counted.saturating_sub(old),
                (None, None) => {}
            }
        }
        let by_items = kept.saturating_add(newly_counted).saturating_add(no_longer_counted);
        let rest = earned_after.saturating_sub(earned_before).saturating_sub(by_items);
        // What is shared out among groups is rounded in its last digits.
        let rest = rest.round_dp(DIGITS).normalize();
        Some(Self {
            points_before,
            points_after,
            earned_before,
            earned_after,
            kept,
            newly_counted,
            no_longer_counted,
            rest,
        })
    }

    /// The same in sentences, where anything moved.
    pub(super) fn lines(self, words: &Words) -> Vec<String> {
        let parts = [
            ("moved_kept", self.kept),
            ("moved_new", self.newly_counted),
            ("moved_gone", self.no_longer_counted),
            ("moved_rest", self.rest),
        ];
        let parts = parts.iter().filter(|(_, gain)| !gain.is_zero());
        let parts: Vec<String> =
            parts.map(|(id, gain)| words.say(id, &[("gain", &signed(gain.normalize()))])).collect();
        let gain = self.earned_after.saturating_sub(self.earned_before).normalize();
        let [points_before, points_after, earned_before, earned_after] =
            [self.points_before, self.points_after, self.earned_before, self.earned_after]
                .map(show_points);
        let earned = words.say(
            "points_moved",
            &[
                ("before", &earned_before),
                ("after", &earned_after),
                ("gain", &signed(gain)),
                ("parts", &parts.join(words.comma)),
            ],
        );
        let counted =
            words.say("points_counted", &[("before", &points_before), ("after", &points_after)]);
        let counted = (self.points_before != self.points_after).then_some(counted);
        (!parts.is_empty()).then_some(earned).into_iter().chain(counted).collect()
    }
}

/// More digits than points are shown with.
const DIGITS: u32 = 12;
