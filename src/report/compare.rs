//! What changed between two results: for people who ask why the score is another one.

use std::collections::BTreeMap;
use std::io::{self, Write};

use anstyle::Style;
use rust_decimal::Decimal;
use rust_decimal::serde::{arbitrary_precision, arbitrary_precision_option};
use serde::Serialize;

use super::change::{Brief, Change, changes};
use super::grid::{self, Cell, Grid};
use super::line::signed;
use super::markdown;
use super::result::Published;
use super::table::Screen;
use super::words::Words;
use crate::number::show_points;
use crate::text::Lang;

/// Two results, paired by region and year; where they have no year in common, by region.
#[derive(Debug)]
pub struct Comparison<'a> {
    names: [&'a str; 2],
    results: [&'a Published; 2],
    pairs: Vec<(Brief, Brief)>,
    /// What only one of them assesses.
    alone: [Vec<Brief>; 2],
}

/// Why two results cannot be compared.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum NotComparable {
    /// They are in two languages, and their words would all differ.
    Languages,
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
            Self::Languages => {
                "they are in two languages: write both with the same `--lang`, and compare again"
            }
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
    /// Pairs what two results assess, each given with its name.
    ///
    /// # Errors
    ///
    /// When they have nothing in common, or are not in one language.
    pub fn of(
        before: (&'a str, &'a Published),
        after: (&'a str, &'a Published),
    ) -> Result<Self, NotComparable> {
        let results = [before.1, after.1];
        if before.1.lang() != after.1.lang() {
            return Err(NotComparable::Languages);
        }
        if before.1.unit() != after.1.unit() {
            return Err(NotComparable::Units);
        }
        let [old, new] = results.map(Published::briefs);
        let same =
            |one: &Brief, other: &Brief| one.region == other.region && one.year == other.year;
        let has_pair = old.iter().any(|one| new.iter().any(|other| same(one, other)));
        let (pairs, alone) = if has_pair {
            pair(old, new, |brief| (brief.region.clone(), brief.year.clone()))
        } else {
            let count = |briefs: &[Brief]| {
                let mut counts: BTreeMap<String, usize> = BTreeMap::new();
                briefs.iter().for_each(|b| *counts.entry(b.region.clone()).or_default() += 1);
                counts.into_values().max().unwrap_or_default()
            };
            let is_single = count(&old) <= 1 && count(&new) <= 1;
            if !old.iter().any(|one| new.iter().any(|other| one.region == other.region)) {
                return Err(NotComparable::Regions);
            }
            if !is_single {
                return Err(NotComparable::Years);
            }
            pair(old, new, |brief| (brief.region.clone(), String::new()))
        };
        Ok(Self { names: [before.0, after.0], results, pairs, alone })
    }

    /// Whether anything that counts is another: a score, a grade, or anything of an item.
    pub fn differs(&self) -> bool {
        let is_alone = self.alone.iter().any(|alone| !alone.is_empty());
        is_alone || self.pairs.iter().any(|(before, after)| differs(before, after))
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

    fn lang(&self) -> Lang {
        let [before, _] = self.results;
        before.lang()
    }

    /// The two results, and what of their inputs is another.
    fn head(&self, words: &Words) -> Vec<(String, String)> {
        let [before, after] = self.results;
        let name = |result: &Published, name: &str| {
            let supposed = if result.supposed().is_empty() { "" } else { words.no_result };
            let as_of = result.as_of().map(|day| words.with_aside(words.provisional, day));
            let as_of = as_of.map(|text| format!("{}{text}", words.comma)).unwrap_or_default();
            format!("{name}{}{}{supposed}{as_of}", words.comma, result.plan().id)
        };
        let [old, new] = self.names;
        let mut lines = vec![
            (words.before_that.to_owned(), name(before, old)),
            (words.after_that.to_owned(), name(after, new)),
        ];
        let mut say = |what: &str, old: &str, new: &str| {
            let text =
                if old == new { words.the_same.to_owned() } else { format!("{old} → {new}") };
            lines.push((what.to_owned(), text));
        };
        let short = |sha256: &str| sha256.chars().take(12).collect::<String>();
        let plan = |of: &Published| {
            let letters = of.plan().letters.iter().map(|letter| short(&letter.sha256));
            let all = std::iter::once(short(&of.plan().sha256)).chain(letters);
            all.collect::<Vec<_>>().join(" + ")
        };
        say(words.plan, &plan(before), &plan(after));
        let inputs = |of: &Published| {
            of.inputs().iter().map(|input| short(&input.sha256)).collect::<Vec<_>>().join(" + ")
        };
        say(words.inputs, &inputs(before), &inputs(after));
        let only = |of: &Published, other: &Published| {
            let own = of.plan().readings.iter();
            let own = own.filter(|reading| !other.plan().readings.contains(reading));
            own.cloned().collect::<Vec<_>>().join(words.comma)
        };
        let [old, new] = [only(before, after), only(after, before)];
        if old != new {
            say(words.readings, &old, &new);
        }
        if before.version() != after.version() {
            say("assess", before.version(), after.version());
        }
        lines
    }

    fn table(&self, screen: Screen, out: &mut dyn Write) -> io::Result<()> {
        let words = Words::of(self.lang());
        let head = self.head(words);
        grid::pairs(
            head.iter().map(|(name, text)| (name.as_str(), text.clone())).collect(),
            screen,
            out,
        )?;
        for (before, after) in &self.pairs {
            writeln!(out)?;
            grid::text(&words.pair_title(before, after), Style::new().bold(), screen, out)?;
            grid::text(&words.score_from_to(before, after), Style::new(), screen, out)?;
            let rows = rows(before, after, words);
            if rows.is_empty() {
                grid::text(words.nothing_changed, Style::new(), screen, out)?;
                continue;
            }
            if let Some(total) = total_line(before, after, words) {
                grid::text(&total, Style::new(), screen, out)?;
            }
            writeln!(out)?;
            let rows = rows.into_iter().map(|row| row.map(Cell::from).to_vec()).collect();
            let grid = Grid::new(&titles(words), &[1, 2], rows, screen);
            grid.head(out)?;
            grid.rows(0..grid.len(), out)?;
        }
        for (name, text) in self.alone_lines() {
            writeln!(out)?;
            grid::text(&words.only_in(name, &text), Style::new(), screen, out)?;
        }
        Ok(())
    }

    fn markdown(&self, out: &mut dyn Write) -> io::Result<()> {
        use markdown::escape;
        let words = Words::of(self.lang());
        writeln!(out, "# {}\n", words.comparison)?;
        for (name, text) in self.head(words) {
            writeln!(out, "- {}{}{}", escape(&name), words.colon, escape(&text))?;
        }
        for (before, after) in &self.pairs {
            writeln!(out, "\n## {}\n", escape(&words.pair_title(before, after)))?;
            writeln!(out, "{}", escape(&words.score_from_to(before, after)))?;
            let rows = rows(before, after, words);
            if rows.is_empty() {
                writeln!(out, "\n{}", words.nothing_changed)?;
                continue;
            }
            if let Some(total) = total_line(before, after, words) {
                writeln!(out, "\n{}", escape(&total))?;
            }
            markdown::table(out, &titles(words), &[1, 2], &rows)?;
        }
        for (name, text) in self.alone_lines() {
            writeln!(out, "\n{}", escape(&words.only_in(name, &text)))?;
        }
        Ok(())
    }

    /// What only one of the results assesses, by its name.
    fn alone_lines(&self) -> Vec<(&str, String)> {
        let lines = self.names.iter().zip(&self.alone).filter(|(_, alone)| !alone.is_empty());
        let lines = lines.map(|(name, alone)| {
            let all = alone.iter().map(|brief| format!("{} {}", brief.region, brief.year));
            (*name, all.collect::<Vec<_>>().join("; "))
        });
        lines.collect()
    }

    fn json(&self, out: &mut dyn Write) -> io::Result<()> {
        let [old, new] = self.names;
        let [before, after] = self.results;
        let side = |name, result: &'a Published| Side {
            file: name,
            plan: &result.plan().id,
            plan_sha256: &result.plan().sha256,
        };
        let [only_before, only_after] =
            self.alone.each_ref().map(|alone| alone.iter().map(Of::new).collect());
        let document = Document {
            schema: "assess.compare/1",
            before: side(old, before),
            after: side(new, after),
            pairs: self.pairs.iter().map(|(before, after)| Pair::new(before, after)).collect(),
            only_before,
            only_after,
        };
        writeln!(out, "{}", serde_json::to_string_pretty(&document)?)
    }
}

type Paired = (Vec<(Brief, Brief)>, [Vec<Brief>; 2]);

/// Pairs what has one key, in the order of the later result.
fn pair<K: Ord>(old: Vec<Brief>, new: Vec<Brief>, key: impl Fn(&Brief) -> K) -> Paired {
    let mut before: BTreeMap<K, Brief> = old.into_iter().map(|one| (key(&one), one)).collect();
    let (mut pairs, mut alone) = (Vec::new(), Vec::new());
    for one in new {
        match before.remove(&key(&one)) {
            Some(old) => pairs.push((old, one)),
            None => alone.push(one),
        }
    }
    (pairs, [before.into_values().collect(), alone])
}

fn differs(before: &Brief, after: &Brief) -> bool {
    let is_other = before.score != after.score || before.grade != after.grade;
    is_other || !changes(before, after).is_empty()
}

/// What the changes of all items come to in points.
fn total(before: &Brief, after: &Brief) -> Decimal {
    let gains = changes(before, after).into_iter().map(|change| change.gain);
    gains.fold(Decimal::ZERO, Decimal::saturating_add)
}

/// The same as a sentence, where it does not say all of the score's change, or there is none.
fn total_line(before: &Brief, after: &Brief, words: &Words) -> Option<String> {
    let total = total(before, after);
    (!total.is_zero()).then(|| words.items_together(&signed(total)))
}

fn titles(words: &Words) -> [&'static str; 4] {
    [words.indicator, words.points, words.gained, words.what_changed]
}

/// An item a row: its name, its points, by how much they grew, what changed.
fn rows(before: &Brief, after: &Brief, words: &Words) -> Vec<[String; 4]> {
    let row = |change: Change<'_>| {
        let name = change.after.or(change.before).map_or("", |item| &item.name).to_owned();
        let points = [change.before, change.after]
            .map(|item| item.and_then(|item| item.earned).map_or("–".to_owned(), show_points));
        let gain = if change.gain.is_zero() { "0".to_owned() } else { signed(change.gain) };
        [name, points.join(" → "), gain, words.what_changed_of(&change)]
    };
    changes(before, after).into_iter().map(row).collect()
}

#[derive(Serialize)]
struct Document<'a> {
    schema: &'static str,
    before: Side<'a>,
    after: Side<'a>,
    pairs: Vec<Pair<'a>>,
    only_before: Vec<Of<'a>>,
    only_after: Vec<Of<'a>>,
}

#[derive(Serialize)]
struct Side<'a> {
    file: &'a str,
    plan: &'a str,
    plan_sha256: &'a str,
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
    grade_before: &'a str,
    grade_after: &'a str,
    #[serde(with = "arbitrary_precision")]
    items_gained: Decimal,
    items: Vec<OneChange<'a>>,
}

#[derive(Serialize)]
struct OneChange<'a> {
    id: &'a str,
    name: &'a str,
    #[serde(with = "arbitrary_precision_option")]
    earned_before: Option<Decimal>,
    #[serde(with = "arbitrary_precision_option")]
    earned_after: Option<Decimal>,
    #[serde(with = "arbitrary_precision")]
    gained: Decimal,
    changed: Vec<Changed>,
}

#[derive(Serialize)]
struct Changed {
    what: &'static str,
    before: String,
    after: String,
}

impl<'a> Of<'a> {
    fn new(brief: &'a Brief) -> Self {
        Self { region: &brief.region, year: brief.year.parse().unwrap_or_default() }
    }
}

impl<'a> Pair<'a> {
    fn new(before: &'a Brief, after: &'a Brief) -> Self {
        Self {
            region: &after.region,
            year_before: Of::new(before).year,
            year_after: Of::new(after).year,
            score_before: before.score,
            score_after: after.score,
            grade_before: &before.grade,
            grade_after: &after.grade,
            items_gained: total(before, after),
            items: changes(before, after).into_iter().map(OneChange::new).collect(),
        }
    }
}

impl<'a> OneChange<'a> {
    fn new(change: Change<'a>) -> Self {
        let item = change.after.or(change.before);
        let changed = change.what.into_iter();
        Self {
            id: item.map_or("", |item| &item.id),
            name: item.map_or("", |item| &item.name),
            earned_before: change.before.and_then(|item| item.earned),
            earned_after: change.after.and_then(|item| item.earned),
            gained: change.gain,
            changed: changed
                .map(|(what, before, after)| Changed { what: what.code(), before, after })
                .collect(),
        }
    }
}
