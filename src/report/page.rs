//! What surrounds the items on a page: figures, sections, what units owe, inputs; as texts, the
//! same in every format that people read.

use std::collections::BTreeSet;
use std::ptr;

use jiff::civil::Date;

use super::change::LimitBy;
use super::readings::readings;
use super::words::Words;
use super::{Head, Input, Supposed, line, sums};
use crate::assessment::{
    Assessment, Brief, Check, GroupTally, Item, Leeway, LeewayCount, Left, Lever, Levers, Limit,
    LimitedBy, Owed, State, Sum, Tally,
};
use crate::data::{Measured, Value};
use crate::number::{is_shown_whole, show, show_points};
use crate::plan::{Grade, Quantity, is_same_unit};
use crate::year::Year;

/// A group with items in it.
pub(super) struct Section<'a> {
    /// None for what is in no group of a plan without groups.
    pub(super) title: Option<String>,
    pub(super) depth: usize,
    pub(super) items: Vec<&'a Item<'a>>,
}

/// The sections of the items that need no attention.
pub(super) fn sections<'a>(
    assessment: &'a Assessment<'a>,
    head: &Head<'_>,
    words: &Words,
) -> Vec<Section<'a>> {
    sections_of(assessment, head, words, |item| !item.needs_attention())
}

/// The groups with their places in the plan, each followed by those that lie in it: a plan may name them
/// in another order.
pub(super) fn groups<'b, 'a>(assessment: &'b Assessment<'a>) -> Vec<(usize, &'b GroupTally<'a>)> {
    let up = |at: &usize| assessment.groups.get(*at).and_then(|group| group.group.parent);
    let mut groups: Vec<_> = assessment.groups.iter().enumerate().collect();
    groups.sort_by_cached_key(|(at, _)| {
        let mut path: Vec<usize> = std::iter::successors(Some(*at), up).collect();
        path.reverse();
        path
    });
    groups
}

/// The sections that have something to show, in the plan's order; items without a target only
/// where all are asked for.
pub(super) fn sections_of<'a>(
    assessment: &'a Assessment<'a>,
    head: &Head<'_>,
    words: &Words,
    is_meant: impl Fn(&Item<'_>) -> bool,
) -> Vec<Section<'a>> {
    let listed = |item: &&Item<'_>| {
        let is_asked = head.all || item.target.is_some();
        is_asked && is_meant(item) && head.lists(item)
    };
    let items_of = |group| {
        let items = assessment.items.iter().filter(move |item| item.indicator.group == group);
        items.filter(listed).collect::<Vec<_>>()
    };
    let groups = groups(assessment).into_iter().map(|(at, group)| {
        let title = Some(group_title(group, words));
        (at, Section { title, depth: group.depth, items: items_of(Some(at)) })
    });
    let groups: Vec<_> = groups.collect();
    let counts = |at: usize| {
        let is_in = |item: &Item<'_>| item.indicator.group == Some(at) && head.lists(item);
        let group = assessment.groups.get(at);
        group.is_some_and(|group| group.tally.is_some()) && assessment.items.iter().any(is_in)
    };
    let parent = |at: &usize| assessment.groups.get(*at).and_then(|group| group.group.parent);
    // A section is shown with all those that it lies in.
    let shown: BTreeSet<usize> = groups
        .iter()
        .filter(|(at, section)| counts(*at) || !section.items.is_empty())
        .flat_map(|(at, _)| std::iter::successors(Some(*at), parent))
        .collect();
    let alone = Section {
        title: (!assessment.groups.is_empty()).then(|| words.no_group.to_owned()),
        depth: 0,
        items: items_of(None),
    };
    let groups = groups.into_iter().filter(|(at, _)| shown.contains(at));
    let alone = Some(alone).filter(|alone| !alone.items.is_empty());
    groups.map(|(_, section)| section).chain(alone).collect()
}

/// The items that somebody has to look at.
pub(super) fn attention<'a, 'b>(
    assessment: &'b Assessment<'a>,
    head: &Head<'_>,
) -> Vec<&'b Item<'a>> {
    assessment.attention().into_iter().filter(|item| head.lists(item)).collect()
}

/// The figures of an assessment with their names.
pub(super) fn figures(
    assessment: &Assessment<'_>,
    head: &Head<'_>,
    words: &Words,
) -> Vec<(&'static str, String)> {
    let brief = assessment.brief();
    let note = assessment.plan.scoring().note.as_ref();
    let note = note.map(|note| (words.note, note.get(words.lang).to_owned()));
    let total = sums::total(assessment).map(|total| (words.total, total));
    let limits =
        assessment.limits.iter().map(|limit| (words.limit, limit_told(limit, assessment, words)));
    // Where nothing changes it the plan is the very one.
    let is_changed = !ptr::eq(assessment.plan, head.plan);
    let own = is_changed.then(|| readings(assessment.plan, words.lang));
    let own = own.filter(|own| *own != readings(head.plan, words.lang));
    let other_readings = own.map(|own| (words.readings, own.join(words.comma)));
    let supposed = supposed(head, words).map(|supposed| (words.supposed, supposed));
    let as_of = provisional(assessment.year, head, words).map(|text| (words.provisional, text));
    let score = [(words.score, sums::score(&brief, words))];
    let unit = head.unit.as_ref().map(|unit| (words.unit, words.listed_alone(unit)));
    let names = |items: &[&Item<'_>]| {
        let names = items.iter().map(|item| item.indicator.name.get(words.lang));
        names.collect::<Vec<_>>().join(words.list_comma)
    };
    let roles = head.unit.iter().flat_map(|_| units(assessment, head)).flat_map(|unit| {
        [(words.leads, names(&unit.leads)), (words.supports, names(&unit.supports))]
    });
    let roles = roles.filter(|(_, names)| !names.is_empty());
    let range = Some(range(&brief, words)).filter(|range| !range.is_empty());
    let figures = range.map(|range| (words.range, range)).into_iter();
    let figures = figures.chain([(words.grade, grade(&brief, words))]);
    let counts = [(words.items, words.counts(&assessment.counts))];
    supposed
        .into_iter()
        .chain(as_of)
        .chain(score)
        .chain(total)
        .chain(figures)
        .chain(limits)
        .chain(counts)
        .chain(unit)
        .chain(roles)
        .chain(note)
        .chain(other_readings)
        .collect()
}

/// That the year of an assessment is not over, where it is that of the day that is given.
pub(super) fn provisional(year: Year, head: &Head<'_>, words: &Words) -> Option<String> {
    let is_its = |day: &Date| i32::from(year.number()) == i32::from(day.year());
    head.as_of.filter(is_its).map(|day| words.as_of(day))
}

/// What keeps a report from being the last word, for its head: that values were supposed, and that the
/// year is not over.
pub(super) fn marks(head: &Head<'_>, words: &Words) -> Vec<(&'static str, String)> {
    let supposed = supposed(head, words).map(|supposed| (words.supposed, supposed));
    let as_of = head.as_of.map(|day| (words.provisional, words.as_of(day)));
    supposed.into_iter().chain(as_of).collect()
}

/// What was supposed and not measured, if anything was: `pm25 = 28 (a trial, no result)`.
pub(super) fn supposed(head: &Head<'_>, words: &Words) -> Option<String> {
    let all = head.supposed.iter().map(|Supposed { item, value }| format!("{item} = {value}"));
    let all: Vec<String> = all.collect();
    (!all.is_empty()).then(|| format!("{}{}", all.join(words.comma), words.no_result))
}

/// `70.00–85.00`; empty where nothing can be scored at all.
pub(super) fn range(brief: &Brief<'_>, words: &Words) -> String {
    brief.range.map(|range| words.range_of(range.low, range.high)).unwrap_or_default()
}

/// The grade's name, or that there is none; with that of the score, where it is another.
pub(super) fn grade(brief: &Brief<'_>, words: &Words) -> String {
    let [given, by_score] = [brief.grade, brief.grade_by_score]
        .map(|grade| grade.map_or(words.no_grade, |grade| grade.name.get(words.lang)));
    if given == by_score { given.to_owned() } else { words.limited_grade(given, by_score) }
}

/// What limits the grade: `at most pass (clause 6): PM2.5 is missed`.
pub(super) fn limit(limit: &Limit<'_>, assessment: &Assessment<'_>, words: &Words) -> String {
    let grade = assessment.plan.grades().get(limit.grade);
    let grade = grade.map_or("", |grade| grade.name.get(words.lang));
    let (clause, why) = match &limit.by {
        LimitedBy::Item(index) => {
            let item = assessment.items.get(*index);
            let why = item.map(|item| words.is_in_state(item)).unwrap_or_default();
            (item.and_then(|item| item.indicator.clause.as_deref()), why)
        }
        LimitedBy::Condition(limit) => {
            (limit.clause.as_deref(), limit.reason.get(words.lang).to_owned())
        }
        LimitedBy::Undecided(limit, lack) => {
            let why = words.undecided(limit.reason.get(words.lang), &lack.text(words.lang));
            (limit.clause.as_deref(), why)
        }
    };
    words.limited_to(grade, clause, &why)
}

/// What it is by, whatever words it is told in.
pub(super) fn limited_by(limit: &Limit<'_>, assessment: &Assessment<'_>) -> Option<LimitBy> {
    match &limit.by {
        LimitedBy::Item(index) => {
            let item = assessment.items.get(*index);
            item.map(|item| LimitBy::Item(item.indicator.id.clone()))
        }
        LimitedBy::Condition(limit) | LimitedBy::Undecided(limit, _) => {
            let all = assessment.plan.limits().iter().map(|one| one.clause.as_deref());
            LimitBy::clause(limit.clause.as_deref(), all)
        }
    }
}

/// The same as [`limit`], and that it is without effect where the score alone has no better grade.
pub(super) fn limit_told(limit: &Limit<'_>, assessment: &Assessment<'_>, words: &Words) -> String {
    let text = self::limit(limit, assessment, words);
    match assessment.grade_by_score.filter(|_| !has_effect(limit, assessment)) {
        Some(by_score) => words.limit_idle(&text, by_score.name.get(words.lang)),
        None => text,
    }
}

/// Whether the score alone would have a better grade.
pub(super) fn has_effect(limit: &Limit<'_>, assessment: &Assessment<'_>) -> bool {
    let to = assessment.plan.grades().get(limit.grade);
    to.zip(assessment.grade_by_score).is_some_and(|(to, by_score)| to.from < by_score.from)
}

/// `一(一)1 Urban air  2/3`.
fn group_title(group: &GroupTally<'_>, words: &Words) -> String {
    let title = group.group.title.get(words.lang);
    let clause = group.group.clause.as_deref().map(|clause| format!("{clause} "));
    let tally = group.tally.map(|tally| format!("  {}", group_points(tally)));
    let parts = [clause, Some(title.to_owned()), tally];
    let title: String = parts.into_iter().flatten().collect();
    match group_sum(group, words).as_str() {
        "" => title,
        how => words.with_aside(&title, how),
    }
}

/// What a group earned of its points: `≈ 8.826087/14.5`.
pub(super) fn group_points(Tally { points, earned }: Tally) -> String {
    let is_whole = is_shown_whole(earned) && is_shown_whole(points);
    let about = if is_whole { "" } else { "≈ " };
    if points.is_zero() {
        return format!("{about}{}", line::signed(earned));
    }
    format!("{about}{}/{}", show_points(earned), show_points(points))
}

/// How the parts of a group make it up: in words where they are not just added, and in figures.
pub(super) fn group_sum(group: &GroupTally<'_>, words: &Words) -> String {
    let how = words.combine(group.group.combine);
    let figures = group.sum.as_ref().map(|sum| sums::group(sum, words)).unwrap_or_default();
    match (how, figures.as_str()) {
        ("", _) => figures,
        (how, "") => how.to_owned(),
        (how, _) => format!("{how}{}{figures}", words.colon),
    }
}

/// What items lost points, and what would bring them back.
pub(super) struct Lost {
    pub(super) levers: Vec<Lever>,
    /// The same as texts: the item, what it lost, what one unit brings, what all of it adds.
    pub(super) rows: Vec<[String; 4]>,
    /// The sentence on the next grade.
    pub(super) next: Option<String>,
}

/// What items lost as a table: its titles, which of its columns are numbers, and its rows.
type LostTable = (Vec<&'static str>, &'static [usize], Vec<Vec<String>>);

impl Lost {
    /// Without a column that would be empty.
    pub(super) fn table(&self, words: &Words) -> LostTable {
        let titles = words.lost_titles();
        if self.rows.iter().any(|[_, _, per_unit, _]| !per_unit.is_empty()) {
            return (titles.to_vec(), &[1, 3], self.rows.iter().map(|row| row.to_vec()).collect());
        }
        let [name, lost, _, gain] = titles;
        let rows =
            self.rows.iter().map(|[name, lost, _, gain]| [name, lost, gain].map(String::clone));
        (vec![name, lost, gain], &[1, 2], rows.map(Vec::from).collect())
    }
}

/// The items that are asked for that lost points.
pub(super) fn lost(assessment: &Assessment<'_>, head: &Head<'_>, words: &Words) -> Lost {
    let levers = listed_levers(assessment, head);
    let name = |index: usize| {
        let item = assessment.items.get(index);
        item.map_or("", |item| item.indicator.name.get(words.lang)).to_owned()
    };
    let row = |lever: &Lever| {
        let unit = assessment.items.get(lever.item).and_then(Item::unit);
        let per_unit = lever.per_unit.map(|points| words.per_unit(&show_points(points), unit));
        let gain = show_points(lever.gain);
        [name(lever.item), show_points(lever.lost), per_unit.unwrap_or_default(), gain]
    };
    let next = levers.next.and_then(|next| assessment.plan.grades().get(next));
    let enough = |grade: &Grade| {
        let sets = levers.enough.iter();
        let sets = sets.map(|set| set.iter().map(|&index| name(index)).collect::<Vec<_>>());
        let sets: Vec<_> = sets.map(|set| set.join(" + ")).collect();
        words.enough(grade.name.get(words.lang), &show(grade.from), &sets)
    };
    let next = next.map(enough);
    let rows = levers.each.iter().map(row).collect();
    Lost { next, rows, levers: levers.each }
}

/// The levers that are asked for. Where only items that are not listed are enough for the next grade,
/// nothing is said of it: not that nothing is enough.
pub(super) fn listed_levers(assessment: &Assessment<'_>, head: &Head<'_>) -> Levers {
    let mut levers = assessment.levers(head.as_of);
    let lists = |&at: &usize| assessment.items.get(at).is_some_and(|item| head.lists(item));
    levers.each.retain(|lever| lists(&lever.item));
    let is_known = !levers.enough.is_empty();
    levers.enough.retain(|set| set.iter().all(lists));
    if levers.each.is_empty() || is_known && levers.enough.is_empty() {
        levers.next = None;
    }
    levers
}

/// What items whose values grow during the year have left on the day that is given: the item, its
/// target, its value, what is left, and what that is reckoned from.
pub(super) fn leeway(
    assessment: &Assessment<'_>,
    head: &Head<'_>,
    words: &Words,
) -> Vec<[String; 5]> {
    let row = |(item, leeway): (&Item<'_>, Leeway)| {
        let line = line::Line::new(item, assessment, words, &[]);
        let left = match (leeway.left, &leeway.count) {
            (Left::OutOfReach, _) => words.out_of_reach.to_owned(),
            (Left::Safe, _) => words.safe.to_owned(),
            (Left::Some(left), LeewayCount::Count { .. }) => {
                line::with_unit(show(left), item.indicator)
            }
            (Left::Some(left), LeewayCount::Days { .. }) => words.days(&show(left)),
        };
        [line.name, line.target, line.value, left, words.leeway_count(&leeway.count)]
    };
    listed_leeway(assessment, head).into_iter().map(row).collect()
}

/// The same, a sentence each: `Heavy days: left to lose 1 天 (at most 2 in the year, 1 so far)`.
pub(super) fn leeway_lines(
    assessment: &Assessment<'_>,
    head: &Head<'_>,
    words: &Words,
) -> Vec<String> {
    let line = |[name, _, _, left, count]: [String; 5]| {
        let left = words.with_aside(&left, &count);
        format!("{name}{}{} {left}", words.colon, words.left)
    };
    leeway(assessment, head, words).into_iter().map(line).collect()
}

/// The leeways that are asked for, with their items.
pub(super) fn listed_leeway<'a, 'b>(
    assessment: &'b Assessment<'a>,
    head: &Head<'_>,
) -> Vec<(&'b Item<'a>, Leeway)> {
    let all = head.as_of.map(|day| assessment.leeway(day)).unwrap_or_default().into_iter();
    let all = all.filter_map(|leeway| Some((assessment.items.get(leeway.item)?, leeway)));
    all.filter(|(item, _)| head.lists(item)).collect()
}

/// What was self-checked beside what was verified: the item, both values, the difference, and
/// where they stand.
pub(super) fn checks(
    assessment: &Assessment<'_>,
    head: &Head<'_>,
    words: &Words,
) -> Vec<[String; 5]> {
    let files = short_names(head);
    let files: Vec<&str> = files.iter().map(String::as_str).collect();
    checks_in(&files, assessment, head, words)
}

/// The same, with the files called so.
pub(super) fn checks_in(
    files: &[&str],
    assessment: &Assessment<'_>,
    head: &Head<'_>,
    words: &Words,
) -> Vec<[String; 5]> {
    let row = |check: &Check<'_>| {
        let measure = assessment.plan.measure(check.quantity)?;
        let name = measure.name.get(words.lang);
        let name = match check.year {
            year if year == assessment.year => name.to_owned(),
            year => words.of_year(name, year),
        };
        let value = |measured: &Measured| {
            let text = measured.value.show(measure, words.lang);
            match measured.value {
                Value::Number(_) => line::in_unit(text, measure.unit),
                _ => text,
            }
        };
        let difference = check.difference().map(line::signed);
        let places = |measured: &Measured| {
            let places = measured.origins().map(|origin| line::place(origin, files));
            places.collect::<Vec<_>>().join(words.list_comma)
        };
        let [own, found] = [check.self_checked, check.verified];
        let from = format!("{} → {}", places(own), places(found));
        Some([name, value(own), value(found), difference.unwrap_or_default(), from])
    };
    listed_checks(assessment, head).filter_map(row).collect()
}

/// The checks that are asked for.
pub(super) fn listed_checks<'a, 'b>(
    assessment: &'b Assessment<'a>,
    head: &'b Head<'_>,
) -> impl Iterator<Item = &'b Check<'a>> {
    let lists = |check: &&Check<'_>| match check.quantity {
        Quantity::Item(index) => assessment.items.get(index).is_some_and(|item| head.lists(item)),
        Quantity::Input(_) => head.unit.is_none(),
    };
    assessment.checks.iter().filter(lists)
}

/// What a unit owes, as texts.
pub(super) struct OwedLine {
    pub(super) unit: String,
    pub(super) count: usize,
    /// Those missed, then those missing, then those that cannot be assessed.
    pub(super) items: Vec<String>,
}

/// The items of a responsible unit.
pub(super) struct UnitItems<'a> {
    pub(super) name: &'a str,
    pub(super) leads: Vec<&'a Item<'a>>,
    pub(super) supports: Vec<&'a Item<'a>>,
}

/// What each unit leads and supports, in the plan's order of units; only what has a target.
pub(super) fn units<'a>(assessment: &'a Assessment<'a>, head: &Head<'_>) -> Vec<UnitItems<'a>> {
    let plan = assessment.plan;
    let names = |units: &[String], name: &str| units.iter().any(|unit| is_same_unit(unit, name));
    let units = plan.units().into_iter().filter(|unit| head.lists_unit(Some(unit)));
    let units = units.map(|name| {
        let asked = assessment.items.iter().filter(|item| head.all || item.target.is_some());
        let of_unit = asked.filter(|item| plan.is_of_unit(item.indicator, name));
        let (leads, supports) = of_unit.partition(|item| names(plan.leads(item.indicator), name));
        UnitItems { name, leads, supports }
    });
    units.filter(|unit| !unit.leads.is_empty() || !unit.supports.is_empty()).collect()
}

/// An item's name, with what it lacks where that is another value than its own of the year.
fn lacking(item: &Item<'_>, words: &Words) -> String {
    let name = item.indicator.name.get(words.lang);
    match &item.sum {
        Sum::Missing(lack) if lack.name.is_some() || lack.year.is_some() => {
            words.with_aside(name, &lack.text(words.lang))
        }
        _ => name.to_owned(),
    }
}

/// What each unit owes, in the assessment's order.
pub(super) fn owed(assessment: &Assessment<'_>, head: &Head<'_>, words: &Words) -> Vec<OwedLine> {
    let names = |items: &[usize]| -> Vec<_> {
        let items = items.iter().filter_map(|&index| assessment.items.get(index));
        items.map(|item| lacking(item, words)).collect()
    };
    let line = |owed: &Owed<'_>| {
        let states = [
            (State::Missed, names(&owed.missed)),
            (State::Missing, names(&owed.missing)),
            (State::NotAssessable, names(&owed.not_assessable)),
        ];
        let parts = states.iter().filter_map(|(state, names)| words.owes(*state, names));
        OwedLine {
            unit: owed.unit.unwrap_or(words.no_unit).to_owned(),
            count: owed.count(),
            items: parts.collect(),
        }
    };
    assessment.owed.iter().filter(|owed| head.lists_unit(owed.unit)).map(line).collect()
}

/// The plan and the files with their hashes, a line each.
pub(super) fn inputs(head: &Head<'_>, words: &Words) -> Vec<String> {
    let plan = (head.plan_file.as_deref().unwrap_or(words.built_in), &head.plan_sha256);
    let letters = head.letters.iter().map(|letter| (letter.file.as_str(), &letter.sha256));
    let files = std::iter::once(plan).chain(letters);
    let files = files.map(|(name, sha256)| format!("{name}{}sha256 {sha256}", words.colon));
    let data = head.inputs.iter().map(|Input { table, sha256 }| {
        let read_as = table.read_as.show(words.lang);
        format!("{}{}{read_as}{}sha256 {sha256}", table.name, words.colon, words.comma)
    });
    files.chain(data).collect()
}

/// The plan with its documents: `hunchun-2021-2025, 珲政办函〔2021〕28号`.
pub(super) fn plan(head: &Head<'_>, words: &Words) -> String {
    let numbers = document_numbers(head, words);
    let file = head.plan_file.as_deref().unwrap_or(words.built_in);
    let parts = [head.plan.id(), &numbers, file].into_iter().filter(|part| !part.is_empty());
    parts.collect::<Vec<_>>().join(words.comma)
}

/// The numbers of the plan's documents: `珲政办函〔2021〕28号`.
pub(super) fn document_numbers(head: &Head<'_>, words: &Words) -> String {
    let numbers = head.plan.layers().iter().filter_map(|layer| layer.number.as_deref());
    numbers.collect::<Vec<_>>().join(words.list_comma)
}

/// The documents of the plan, each with who issued it and when: `珲政办函〔2021〕28号 (珲春市人民政府办公室，
/// 2021-08-06)`.
pub(super) fn documents(head: &Head<'_>, words: &Words) -> String {
    let documents = head.plan.layers().iter().filter_map(|document| {
        let date = document.date.map(|date| words.day(date));
        let about = [document.issuer.clone(), date].into_iter().flatten().collect::<Vec<_>>();
        let number = document.number.clone()?;
        Some(match about.join(words.list_comma) {
            about if about.is_empty() => number,
            about => words.with_aside(&number, &about),
        })
    });
    let id = std::iter::once(head.plan.id().to_owned());
    id.chain(documents).collect::<Vec<_>>().join(words.comma)
}

/// The names of the files of values without their folders, where that leaves them apart.
pub(super) fn short_names(head: &Head<'_>) -> Vec<String> {
    let long = || head.inputs.iter().map(|input| input.table.name.as_str());
    let short = long().map(|name| name.rsplit(['/', '\\']).next().unwrap_or(name));
    let distinct: BTreeSet<&str> = short.clone().collect();
    let names: Vec<&str> =
        if distinct.len() == head.inputs.len() { short.collect() } else { long().collect() };
    names.into_iter().map(str::to_owned).collect()
}
