//! What is said of two assessments before their groups and items.

use super::moved::Moved;
use super::overview::{Places, places_told};
use super::why::{grade_told, why_lines};
use super::{Comparison, Told};
use crate::number::show;
use crate::report::change::{ToldLimit, limit_changes};
use crate::report::words::Words;

impl Comparison<'_> {
    /// All of it, a line each.
    pub(super) fn lines(&self, told: &Told<'_>, words: &Words) -> Vec<String> {
        let mut lines = self.score_lines(told, words);
        lines.extend(self.whole_lines(told, words));
        lines.extend(grade_lines(told, words));
        lines.extend(self.item_line(told, words));
        let moved = Moved::of(told.before, told.after);
        lines.extend(moved.iter().flat_map(|moved| moved.lines(words)));
        // Of several pairs it is said once, above.
        if self.is_of_one_pair() {
            lines.extend(self.place_line(told, words));
            let legend =
                (!self.is_summary).then(|| self.legend(std::slice::from_ref(told), None, words));
            lines.extend(legend.into_iter().flatten());
        }
        lines
    }

    /// How a score moved, what of that the plan and the values did, and why.
    fn score_lines(&self, told: &Told<'_>, words: &Words) -> Vec<String> {
        let Told { before, after, different, .. } = told;
        let mut lines = vec![words.score_moved(&before.compared, &after.compared)];
        let between = different.between(before, after).zip(different.parts);
        let between = between.filter(|(_, exact)| !exact.are_none());
        lines.extend(between.map(|((score, parts), exact)| {
            // What limits the grade now would limit it, too.
            let is_limited = after.grade != after.grade_by_score;
            let score = match different.grade_between(before, after) {
                Some(grade) if is_limited => {
                    words.with_aside(&show(score), &words.say("by_the_score", &[("grade", &grade)]))
                }
                Some(grade) => words.with_aside(&show(score), grade),
                None => show(score),
            };
            words.parts_told("score_parts", (before.compared.year, &score), parts, exact)
        }));
        if self.is_of_one_pair() && different.has_moved_unknown() {
            lines.push(words.word(self.not_told_apart(before, after)).to_owned());
        }
        lines.extend(why_lines(different, [before, after], words));
        lines
    }

    /// How the score came about, and by which parts it moved; how many items are in each state.
    fn whole_lines(&self, told: &Told<'_>, words: &Words) -> Vec<String> {
        let Told { before, after, different, .. } = told;
        let mut lines = Vec::new();
        if before.sum != after.sum
            && !(self.by_codes && before.compared.score == after.compared.score)
        {
            lines.push(words.what_from_to(words.sum, &before.sum, &after.sum));
        }
        lines.extend(before.scale.changes(&after.scale, words));
        lines.extend(different.bridge.as_ref().and_then(|bridge| bridge.line(words)));
        if before.counts != after.counts {
            let [old, new] = [before, after].map(|one| words.counts(&one.counts));
            lines.push(words.what_from_to(words.items, &old, &new));
        }
        if before.range != after.range && [before, after].into_iter().any(|one| one.is_open()) {
            let [old, new] = [before, after].map(|one| one.shown_range(words));
            let range = words.what_from_to(words.range, &old, &new);
            let open: Vec<&str> = after.compared.open_items().collect();
            lines.push(match open.as_slice() {
                [] => range,
                open => words.say(
                    "range_open",
                    &[("range", &range), ("items", &open.join(words.list_comma))],
                ),
            });
        }
        lines
    }

    /// That no item is another.
    fn item_line(&self, told: &Told<'_>, words: &Words) -> Option<String> {
        let Told { before, after, different, has_items } = told;
        if *has_items {
            return different
                .items
                .is_empty()
                .then(|| words.word("no_item_changed_else").to_owned());
        }
        Some(match self.differs_of(before, after) || !self.facts(words).is_empty() {
            true => words.no_item_changed.to_owned(),
            false => self.nothing_changed(words),
        })
    }

    /// The place among the regions; none of one alone.
    fn place_line(&self, told: &Told<'_>, words: &Words) -> Option<String> {
        let Told { before, after, .. } = told;
        let places = self.places();
        if !places.iter().all(Places::is_any) {
            return None;
        }
        let told = places_told(&places, before, after);
        let [old, new] = &places;
        let told = match old.place(before) == new.place(after) {
            true => words.with_aside(&told, words.the_same),
            false => told,
        };
        Some([words.place, &told].join(words.colon))
    }
}

/// The grades, what they are given by, and what limits them.
fn grade_lines(told: &Told<'_>, words: &Words) -> Vec<String> {
    let Told { before, after, different, .. } = told;
    let mut lines = Vec::new();
    if before.grades != after.grades {
        let [old, new] = [before, after].map(|one| one.bounds(words));
        lines.push(words.what_from_to(words.grades, &old, &new));
    }
    if let Some(grade) = different.grade_by_earlier {
        let is_another = grade != after.grade_by_score;
        let by_earlier = is_another.then(|| words.say("by_earlier_grades", &[("grade", &grade)]));
        let edges = different.edges_did(before, after).map(|id| words.word(id).to_owned());
        let told: Vec<String> = by_earlier.into_iter().chain(edges).collect();
        lines.extend((!told.is_empty()).then(|| told.join(words.comma)));
    }
    if before.compared.grade == after.compared.grade && !after.compared.grade.is_empty() {
        let same = words.with_aside(&after.compared.grade, words.the_same);
        lines.push([words.grade, &same].join(words.colon));
    } else if before.grades == after.grades && !after.grades.is_empty() {
        lines.push([words.grades, &after.bounds(words)].join(words.colon));
    }
    if different.grade_by_earlier.is_none() {
        lines.extend(grade_told(different, [before, after], words));
    }
    lines.extend(before.limit_rules_to(after, words));
    lines.extend(limit_changes(&before.compared, &after.compared, words));
    let stays = |limit: &&ToldLimit| limit.in_effect && before.compared.limits.contains(limit);
    let stays = after.compared.limits.iter().filter(stays);
    lines.extend(stays.map(|limit| [words.word("limits_still"), &limit.told].join(words.colon)));
    lines
}
