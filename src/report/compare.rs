//! What changed between two results: for people who ask why the score is another one.

mod bridge;
mod different;
mod effect;
mod groups;
mod moved;
mod overview;

use std::collections::BTreeMap;
use std::io::{self, Write};

use anstyle::Style;
use rust_decimal::Decimal;
use rust_decimal::serde::arbitrary_precision_option;
use serde::Serialize;

use self::bridge::Bridge;
use self::different::{Different, Listed};
use self::groups::{OneGroupChange, group_changes};
use self::moved::Moved;
use self::overview::{Places, overview};
use super::change::{Compared, changes, limit_changes};
use super::grid::{self, Cell, Grid};
use super::json::{Changed, OneChange};
use super::markdown;
use super::result::{Assessed, GroupBrief, Published, PublishedRange};
use super::table::Screen;
use super::words::Words;
use crate::number::show;
use crate::spelling::{one_line, printable};
use crate::text::Lang;

/// Two results, paired by region and year; where they have no year in common, by region.
#[derive(Debug)]
pub struct Comparison<'a> {
    names: [&'a str; 2],
    results: [&'a Published; 2],
    pairs: Vec<(Assessed, Assessed)>,
    /// What only one of them assesses.
    alone: [Vec<Assessed>; 2],
    lang: Lang,
    /// Whether texts are left out, for they are in two languages.
    by_codes: bool,
}

/// Why two results cannot be compared.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum NotComparable {
    /// They have no region in common.
    Regions,
    /// They have no year in common, and a region has several.
    Years,
    /// They list the items of two different units.
    Units,
}

impl std::fmt::Display for NotComparable {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(match self {
            Self::Regions => "they have no region in common",
            Self::Years => {
                "they have no year in common, and one of them has several years of a region: \
                 compare results of one year each"
            }
            Self::Units => "they list the items of different responsible units",
        })
    }
}

impl std::error::Error for NotComparable {}

/// The formats that a comparison can have.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum CompareFormat {
    /// Tables for a terminal.
    Table(Screen),
    /// Markdown.
    Markdown,
    /// JSON, schema `assess.compare/1`.
    Json,
}

impl<'a> Comparison<'a> {
    /// Pairs what two results assess, each given with its name; what changed is said in a language,
    /// else in that of the later one. Of two languages, only ids and figures are compared.
    ///
    /// # Errors
    ///
    /// When they have nothing in common.
    pub fn of(
        before: (&'a str, &'a Published),
        after: (&'a str, &'a Published),
        lang: Option<Lang>,
    ) -> Result<Self, NotComparable> {
        let results = [before.1, after.1];
        let lang = lang.unwrap_or(after.1.lang());
        let words = Words::of(lang);
        let by_codes = before.1.lang() != after.1.lang();
        if before.1.unit() != after.1.unit() {
            return Err(NotComparable::Units);
        }
        let [old, new] = results.map(|result| result.assessments(words, by_codes));
        let same = |one: &Assessed, other: &Assessed| one.compared.is_of(&other.compared);
        let has_pair = old.iter().any(|one| new.iter().any(|other| same(one, other)));
        let (mut pairs, alone) = if has_pair {
            pair(old, new, |one| (one.compared.region.clone(), one.compared.year))
        } else {
            let count = |all: &[Assessed]| {
                let mut counts: BTreeMap<String, usize> = BTreeMap::new();
                all.iter()
                    .for_each(|one| *counts.entry(one.compared.region.clone()).or_default() += 1);
                counts.into_values().max().unwrap_or_default()
            };
            let is_single = count(&old) <= 1 && count(&new) <= 1;
            if !old
                .iter()
                .any(|one| new.iter().any(|other| one.compared.region == other.compared.region))
            {
                return Err(NotComparable::Regions);
            }
            if !is_single {
                return Err(NotComparable::Years);
            }
            pair(old, new, |one| (one.compared.region.clone(), String::new()))
        };
        if by_codes {
            pairs.iter_mut().for_each(|(before, after)| before.call_as(after, words));
        }
        Ok(Self { names: [before.0, after.0], results, pairs, alone, lang, by_codes })
    }

    /// Whether anything that counts is another: of the plan, of a score or a grade, of a group or an
    /// item.
    pub fn differs(&self) -> bool {
        let is_alone = self.alone.iter().any(|alone| !alone.is_empty());
        is_alone
            || !self.facts(Words::of(self.lang)).is_empty()
            || self.pairs.iter().any(|(before, after)| self.differs_of(before, after))
    }

    /// Writes what changed.
    ///
    /// # Errors
    ///
    /// When the sink cannot be written to.
    pub fn write(&self, format: CompareFormat, out: &mut dyn Write) -> io::Result<()> {
        match format {
            CompareFormat::Table(screen) => self.table(screen, out),
            CompareFormat::Markdown => self.markdown(out),
            CompareFormat::Json => self.json(out),
        }
    }

    /// The two results, and what of their inputs and their plan is another.
    fn head(&self, words: &Words) -> Vec<(String, String)> {
        let [before, after] = self.results;
        let name = |result: &Published, name: &str| {
            let supposed = if result.supposed().is_empty() { "" } else { words.no_result };
            let as_of = result.as_of().map(|day| words.with_aside(words.provisional, day));
            let as_of = as_of.map(|text| format!("{}{text}", words.comma)).unwrap_or_default();
            let text = format!("{name}{}{}{supposed}{as_of}", words.comma, result.plan().id);
            printable(&one_line(&text))
        };
        let [old, new] = self.names;
        let mut lines = vec![
            (words.before_that.to_owned(), name(before, old)),
            (words.after_that.to_owned(), name(after, new)),
        ];
        if self.by_codes {
            lines.push((words.texts.to_owned(), words.two_languages.to_owned()));
        } else if after.lang() != self.lang {
            lines.push((words.texts.to_owned(), words.other_language.to_owned()));
        }
        if let Some(unit) = after.unit() {
            let name = words.unit.to_owned();
            lines.push((name, printable(unit)));
        }
        let short = |sha256: &str| sha256.chars().take(12).collect::<String>();
        let plan = |of: &Published| {
            let letters = of.plan().letters.iter().map(|letter| short(&letter.sha256));
            let all = std::iter::once(short(&of.plan().sha256)).chain(letters);
            all.collect::<Vec<_>>().join(" + ")
        };
        let inputs = |of: &Published| {
            of.inputs().iter().map(|input| short(&input.sha256)).collect::<Vec<_>>().join(" + ")
        };
        let mut tell = |what: &str, [old, new]: [String; 2]| {
            let text = if old == new {
                words.the_same.to_owned()
            } else {
                printable(&format!("{} → {}", dashed(old), dashed(new)))
            };
            lines.push((what.to_owned(), text));
        };
        const HASH: &str = "SHA-256";
        tell(&words.with_aside(words.plan, HASH), self.results.map(plan));
        tell(&words.with_aside(words.inputs, HASH), self.results.map(inputs));
        for fact in self.facts(words) {
            tell(fact.name, [fact.before, fact.after]);
        }
        if before.version() != after.version() {
            tell("assess", self.results.map(|result| result.version().to_owned()));
        }
        lines
    }

    /// What of the plan, and of what the results are, is another.
    fn facts(&self, words: &Words) -> Vec<Fact> {
        let comma = words.comma;
        let only = |of: &Published, other: &Published| {
            let own = of.plan().readings.iter();
            let own = own.filter(|reading| !other.plan().readings.contains(reading));
            own.cloned().collect::<Vec<_>>().join(comma)
        };
        let standing = |of: &Published| {
            let provisional =
                of.as_of().map(|day| words.with_aside(words.provisional, day)).into_iter();
            let supposed = of.supposed().iter();
            let supposed = supposed.map(|one| {
                format!("{}{}{} = {}", words.supposed, words.colon, one.item, one.value)
            });
            let all: Vec<String> = provisional.chain(supposed).collect();
            if all.is_empty() { words.final_result.to_owned() } else { all.join(comma) }
        };
        let documents = |of: &Published| {
            let documents = of.plan().layers.iter();
            let names = documents.map(|one| {
                one.number
                    .as_ref()
                    .or(one.date.as_ref())
                    .map_or(words.word("the_plan"), |name| name)
            });
            names.collect::<Vec<_>>().join(" + ")
        };
        let [before, after] = self.results;
        let facts = [
            Fact::new("plan", words.plan, self.results.map(|of| of.plan().id.clone())),
            Fact::new("standing", words.standing, self.results.map(standing)),
            Fact::new("documents", words.documents, self.results.map(documents)),
            Fact::new(
                "total",
                words.scale,
                self.results.map(|of| show(of.plan().total.normalize())),
            ),
            Fact::new("readings", words.readings, [only(before, after), only(after, before)]),
        ];
        let says = |fact: &Fact| !(self.by_codes && fact.code == "readings");
        facts.into_iter().filter(says).filter(|fact| fact.before != fact.after).collect()
    }

    /// What is said of two assessments before their groups and items.
    fn lines(
        &self,
        (before, after): (&Assessed, &Assessed),
        different: &Different<'_>,
        words: &Words,
    ) -> Vec<String> {
        let mut lines = vec![words.score_from_to(&before.compared, &after.compared)];
        if before.sum != after.sum
            && !(self.by_codes && before.compared.score == after.compared.score)
        {
            lines.push(words.what_from_to(words.sum, &before.sum, &after.sum));
        }
        if before.range != after.range && [before, after].into_iter().any(Assessed::is_open) {
            let [old, new] = [before, after].map(|one| one.shown_range(words));
            lines.push(words.what_from_to(words.range, &old, &new));
        }
        if before.grades != after.grades {
            lines.push(words.what_from_to(
                words.grades,
                &before.bounds(words),
                &after.bounds(words),
            ));
        }
        if before.compared.grade == after.compared.grade && !after.compared.grade.is_empty() {
            let same = words.with_aside(&after.compared.grade, words.the_same);
            lines.push(format!("{}{}{same}", words.grade, words.colon));
        }
        if before.grade_limits != after.grade_limits {
            let only = |of: &Assessed, other: &Assessed| {
                let own = of.grade_limits.iter().filter(|own| !other.grade_limits.contains(own));
                dashed(own.cloned().collect::<Vec<_>>().join(words.list_comma))
            };
            let (old, new) = (only(before, after), only(after, before));
            lines.push(words.what_from_to(words.limit, &old, &new));
        }
        lines.extend(limit_changes(&before.compared, &after.compared, words));
        if different.items.is_empty() {
            lines.push(if self.differs_of(before, after) || !self.facts(words).is_empty() {
                words.no_item_changed.to_owned()
            } else {
                self.nothing_changed(words).to_owned()
            });
        }
        let moved = Moved::of(before, after);
        lines.extend(moved.iter().flat_map(|moved| moved.lines(words)));
        let is_scaled = |one: &Assessed| one.groups.iter().any(GroupBrief::is_scaled);
        if [before, after].into_iter().any(is_scaled) && !different.groups.is_empty() {
            lines.push(words.word("own_points_moved").to_owned());
        }
        if different.has_effects() {
            lines.push(words.word("in_score_told").to_owned());
        }
        lines.extend(different.bridge.and_then(|bridge| bridge.line(words)));
        lines
    }

    /// That two results are the same in all that is compared.
    fn nothing_changed(&self, words: &Words) -> &'static str {
        let [old, new] = self.results.map(Published::plan);
        let is_same_plan = old.sha256 == new.sha256 && old.letters == new.letters;
        if is_same_plan { words.nothing_changed } else { words.nothing_compared }
    }

    fn different<'p>(&'p self, before: &'p Assessed, after: &'p Assessed) -> Different<'p> {
        let [_, result] = self.results;
        let is_whole = result.unit().is_none();
        let plans = is_whole.then(|| self.results.map(Published::plan));
        Different::of(before, after, plans, Words::of(self.lang))
    }

    fn differs_of(&self, before: &Assessed, after: &Assessed) -> bool {
        before.compared.score != after.compared.score
            || before.compared.grade != after.compared.grade
            || before.grades != after.grades
            || before.grade_limits != after.grade_limits
            || before.compared.limits != after.compared.limits
            || before.range != after.range
            || !group_changes(before, after, Words::of(self.lang)).is_empty()
            || !changes(&before.compared, &after.compared).is_empty()
    }

    fn table(&self, screen: Screen, out: &mut dyn Write) -> io::Result<()> {
        let words = Words::of(self.lang);
        let head = self.head(words);
        grid::pairs(
            head.iter().map(|(name, text)| (name.as_str(), text.clone())).collect(),
            screen,
            out,
        )?;
        let list = |Listed { titles, numbers, rows }: Listed, out: &mut dyn Write| {
            writeln!(out)?;
            let rows = rows.into_iter().map(|row| row.into_iter().map(Cell::from).collect());
            let grid = Grid::new(&titles, numbers, rows.collect(), screen);
            grid.head(out)?;
            grid.rows(0..grid.len(), out)
        };
        let (overview, same) = self.overview(words);
        overview.into_iter().try_for_each(|all| list(all, out))?;
        if let Some(same) = same {
            writeln!(out)?;
            grid::text(&same, Style::new(), screen, out)?;
        }
        for (before, after) in self.told() {
            writeln!(out)?;
            let title = words.pair_title(&before.compared, &after.compared);
            grid::text(&title, Style::new().bold(), screen, out)?;
            let different = self.different(before, after);
            for line in self.lines((before, after), &different, words) {
                grid::text(&line, Style::new(), screen, out)?;
            }
            different.lists(before, after, words).into_iter().try_for_each(|all| list(all, out))?;
        }
        for (name, text) in self.alone_lines(words) {
            writeln!(out)?;
            grid::text(&words.only_in(name, &text), Style::new(), screen, out)?;
        }
        Ok(())
    }

    fn markdown(&self, out: &mut dyn Write) -> io::Result<()> {
        use markdown::escape;
        let words = Words::of(self.lang);
        writeln!(out, "# {}\n", words.comparison)?;
        for (name, text) in self.head(words) {
            writeln!(out, "- {}{}{}", escape(&name), words.colon, escape(&text))?;
        }
        let (overview, same) = self.overview(words);
        if let Some(Listed { titles, numbers, rows }) = overview {
            markdown::table(out, &titles, numbers, &rows)?;
        }
        if let Some(same) = same {
            writeln!(out, "\n{}", escape(&same))?;
        }
        for (before, after) in self.told() {
            let title = words.pair_title(&before.compared, &after.compared);
            writeln!(out, "\n## {}", escape(&title))?;
            let different = self.different(before, after);
            for line in self.lines((before, after), &different, words) {
                writeln!(out, "\n{}", escape(&line))?;
            }
            for Listed { titles, numbers, rows } in different.lists(before, after, words) {
                markdown::table(out, &titles, numbers, &rows)?;
            }
        }
        for (name, text) in self.alone_lines(words) {
            writeln!(out, "\n{}", escape(&words.only_in(name, &text)))?;
        }
        Ok(())
    }

    /// The pairs of which is told what changed: those that are others, where there are several.
    fn told(&self) -> impl Iterator<Item = &(Assessed, Assessed)> {
        let is_single = self.pairs.len() == 1;
        self.pairs.iter().filter(move |(before, after)| is_single || self.differs_of(before, after))
    }

    /// Of several pairs, a line for each that is another or has another place, and how many have
    /// neither; or that nothing is another.
    fn overview(&self, words: &Words) -> (Option<Listed>, Option<String>) {
        if self.pairs.len() < 2 {
            return (None, None);
        }
        let places = self.places();
        let [old, new] = &places;
        let is_another = |(before, after): &&(Assessed, Assessed)| {
            old.place(before) != new.place(after) || self.differs_of(before, after)
        };
        let listed = overview(self.pairs.iter().filter(is_another), &places, words);
        let same = self.pairs.len() - listed.rows.len();
        let same = if !self.differs() {
            Some(self.nothing_changed(words).to_owned())
        } else {
            (same > 0).then(|| words.say("same_pairs", &[("count", &same)]))
        };
        (Some(listed).filter(|listed| !listed.rows.is_empty()), same)
    }

    /// The places of the regions in each result.
    fn places(&self) -> [Places<'_>; 2] {
        let [only_before, only_after] = &self.alone;
        let before = self.pairs.iter().map(|(before, _)| before);
        let after = self.pairs.iter().map(|(_, after)| after);
        [Places::of(before.chain(only_before)), Places::of(after.chain(only_after))]
    }

    /// What only one of the results assesses, by its name.
    fn alone_lines(&self, words: &Words) -> Vec<(&str, String)> {
        let lines = self.names.iter().zip(&self.alone).filter(|(_, alone)| !alone.is_empty());
        let lines = lines.map(|(name, alone)| {
            let all = alone.iter().map(|one| words.of_region(&one.compared));
            (*name, all.collect::<Vec<_>>().join(words.comma))
        });
        lines.collect()
    }

    fn json(&self, out: &mut dyn Write) -> io::Result<()> {
        let words = Words::of(self.lang);
        let [old, new] = self.names;
        let [before, after] = self.results;
        let side = |name, result: &'a Published| Side {
            file: name,
            plan: printable(&result.plan().id),
            plan_sha256: printable(&result.plan().sha256),
            letters_sha256: result
                .plan()
                .letters
                .iter()
                .map(|one| printable(&one.sha256))
                .collect(),
            inputs_sha256: result.inputs().iter().map(|one| printable(&one.sha256)).collect(),
        };
        let places = self.places();
        let [only_before, only_after] =
            self.alone.each_ref().map(|alone| alone.iter().map(Of::new).collect());
        let document = Document {
            schema: "assess.compare/1",
            before: side(old, before),
            after: side(new, after),
            changed: self.facts(Words::of(self.lang)).into_iter().map(Changed::of).collect(),
            pairs: self
                .pairs
                .iter()
                .map(|(before, after)| {
                    Pair::new(self.different(before, after), (before, after), &places, words)
                })
                .collect(),
            only_before,
            only_after,
        };
        writeln!(out, "{}", serde_json::to_string_pretty(&document)?)
    }
}

type Paired = (Vec<(Assessed, Assessed)>, [Vec<Assessed>; 2]);

/// Pairs what has one key, in the order of the later result.
fn pair<K: Ord>(old: Vec<Assessed>, new: Vec<Assessed>, key: impl Fn(&Assessed) -> K) -> Paired {
    let mut before: BTreeMap<K, Assessed> = old.into_iter().map(|one| (key(&one), one)).collect();
    let (mut pairs, mut alone) = (Vec::new(), Vec::new());
    for one in new {
        match before.remove(&key(&one)) {
            Some(old) => pairs.push((old, one)),
            None => alone.push(one),
        }
    }
    (pairs, [before.into_values().collect(), alone])
}

/// Something of the plan, or of what the results are, that is another.
struct Fact {
    code: &'static str,
    name: &'static str,
    before: String,
    after: String,
}

impl Fact {
    fn new(code: &'static str, name: &'static str, [before, after]: [String; 2]) -> Self {
        Self { code, name, before, after }
    }
}

fn dashed(text: String) -> String {
    if text.is_empty() { "–".to_owned() } else { text }
}

#[derive(Serialize)]
struct Document<'a> {
    schema: &'static str,
    before: Side<'a>,
    after: Side<'a>,
    changed: Vec<Changed>,
    pairs: Vec<Pair<'a>>,
    only_before: Vec<Of<'a>>,
    only_after: Vec<Of<'a>>,
}

#[derive(Serialize)]
struct Side<'a> {
    file: &'a str,
    plan: String,
    plan_sha256: String,
    letters_sha256: Vec<String>,
    inputs_sha256: Vec<String>,
}

#[derive(Serialize)]
struct Of<'a> {
    region: &'a str,
    year: u16,
}

#[derive(Serialize)]
struct Pair<'a> {
    region: &'a str,
    year_before: u16,
    year_after: u16,
    #[serde(with = "arbitrary_precision_option")]
    score_before: Option<Decimal>,
    #[serde(with = "arbitrary_precision_option")]
    score_after: Option<Decimal>,
    score_sum_before: &'a str,
    score_sum_after: &'a str,
    range_before: Option<PublishedRange>,
    range_after: Option<PublishedRange>,
    /// Among the regions of the year.
    place_before: Option<usize>,
    place_after: Option<usize>,
    grade_before: &'a str,
    grade_after: &'a str,
    grade_by_score_before: &'a str,
    grade_by_score_after: &'a str,
    grades_before: String,
    grades_after: String,
    grade_limits_before: &'a [String],
    grade_limits_after: &'a [String],
    limits_before: Vec<OneLimit<'a>>,
    limits_after: Vec<OneLimit<'a>>,
    /// By which parts the score moved; none where the figures do not say it.
    score_moved: Option<Bridge>,
    /// How the points moved; none where one of them has nothing to score.
    points: Option<Moved<'a>>,
    groups: Vec<OneGroupChange<'a>>,
    items: Vec<OneItem<'a>>,
}

/// An item that changed, and what that did to the score.
#[derive(Serialize)]
struct OneItem<'a> {
    #[serde(flatten)]
    change: OneChange<'a>,
    /// By how much the score is higher than if this item alone had stayed; none where the figures do
    /// not say it.
    #[serde(with = "arbitrary_precision_option")]
    in_score: Option<Decimal>,
}

/// What limits a grade.
#[derive(Serialize)]
struct OneLimit<'a> {
    limit: &'a str,
    in_effect: bool,
}

impl<'a> OneLimit<'a> {
    fn all(of: &'a Compared) -> Vec<Self> {
        let limits = of.limits.iter();
        limits.map(|one| Self { limit: &one.limit, in_effect: one.in_effect }).collect()
    }
}

impl<'a> Of<'a> {
    fn new(one: &'a Assessed) -> Self {
        let Compared { region, year, .. } = &one.compared;
        Self { region, year: *year }
    }
}

impl<'a> Pair<'a> {
    fn new(
        different: Different<'a>,
        (before, after): (&'a Assessed, &'a Assessed),
        [old, new]: &[Places<'_>; 2],
        words: &Words,
    ) -> Self {
        Self {
            region: &after.compared.region,
            year_before: Of::new(before).year,
            year_after: Of::new(after).year,
            score_before: before.compared.score,
            score_after: after.compared.score,
            score_sum_before: &before.sum,
            score_sum_after: &after.sum,
            range_before: before.range,
            range_after: after.range,
            place_before: old.place(before),
            place_after: new.place(after),
            grade_before: &before.grade,
            grade_after: &after.grade,
            grade_by_score_before: &before.grade_by_score,
            grade_by_score_after: &after.grade_by_score,
            grades_before: before.bounds(words),
            grades_after: after.bounds(words),
            grade_limits_before: &before.grade_limits,
            grade_limits_after: &after.grade_limits,
            limits_before: OneLimit::all(&before.compared),
            limits_after: OneLimit::all(&after.compared),
            score_moved: different.bridge,
            points: Moved::of(before, after),
            groups: different
                .groups
                .into_iter()
                .map(|(change, in_score)| OneGroupChange::new(change, in_score))
                .collect(),
            items: different
                .items
                .into_iter()
                .map(|(change, in_score)| OneItem { change: OneChange::new(change), in_score })
                .collect(),
        }
    }
}

impl Changed {
    fn of(fact: Fact) -> Self {
        let [before, after] = [fact.before, fact.after].map(|text| printable(&text));
        Self { what: fact.code, before, after }
    }
}
