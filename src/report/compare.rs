//! What changed between two results: for people who ask why the score is another one.

mod bridge;
mod cause;
mod causes;
mod different;
mod effect;
mod groups;
mod head;
mod ids;
mod json;
mod lines;
mod moved;
mod mover;
mod moving;
mod overview;
mod pairs;
mod plan_change;
mod regions;
mod shared;
mod single;
mod why;

use std::collections::BTreeSet;
use std::io::{self, Write};

use self::cause::CauseOf;
use self::different::{Different, Listed};
use self::groups::group_changes;
use self::ids::match_ids;
use self::overview::{Places, overview};
use self::pairs::{pair_all, settle_former};
use self::regions::Regions;
use super::change::changes;
use super::grid::{self, Cell, Grid};
use super::markdown;
use super::result::{Assessed, GroupBrief, Published};
use super::table::Screen;
use super::words::Words;
use crate::spelling::{fold_name, nearest};
use crate::text::Lang;
use anstyle::Style;

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
    /// The regions of which is told; of all where there are none.
    regions: Vec<String>,
    /// Whether groups and items are left out.
    is_summary: bool,
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

/// A region of which neither result tells.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct UnknownRegion {
    /// Its name.
    pub name: String,
    /// The nearest names of those that are there.
    pub near: Vec<String>,
}

impl std::fmt::Display for UnknownRegion {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "neither result has a region `{}`", self.name)?;
        match self.near.as_slice() {
            [] => Ok(()),
            near => write!(f, "; did you mean `{}`?", near.join("`, `")),
        }
    }
}

impl std::error::Error for UnknownRegion {}

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
        let (mut pairs, alone) = pair_all(old, new)?;
        pairs.iter_mut().for_each(|(before, after)| match_ids(before, after));
        if by_codes {
            pairs.iter_mut().for_each(|(before, after)| before.call_as(after, words));
        }
        for (one, other) in &mut pairs {
            settle_former(&one.compared, &mut other.compared, results);
        }
        let names = [before.0, after.0];
        Ok(Self {
            names,
            results,
            pairs,
            alone,
            lang,
            by_codes,
            regions: Vec::new(),
            is_summary: false,
        })
    }

    /// Tells of some regions alone. Their places stay those among all.
    ///
    /// # Errors
    ///
    /// When neither result has a region of one of these names.
    pub fn only(self, regions: &[String]) -> Result<Self, UnknownRegion> {
        let all = self.pairs.iter().map(|(_, after)| after).chain(self.alone.iter().flatten());
        let known: BTreeSet<&str> = all.map(|one| one.compared.region.as_str()).collect();
        let folded: BTreeSet<String> = known.iter().map(|region| fold_name(region)).collect();
        if let Some(unknown) = regions.iter().find(|region| !folded.contains(&fold_name(region))) {
            let near = nearest(unknown, known).into_iter().map(str::to_owned).collect();
            return Err(UnknownRegion { name: unknown.clone(), near });
        }
        let mut seen = BTreeSet::new();
        let regions = regions.iter().filter(|region| seen.insert(fold_name(region)));
        Ok(Self { regions: regions.cloned().collect(), ..self })
    }

    /// Leaves out, of tables and Markdown, the groups and items that changed, region by region.
    #[must_use]
    pub fn summary(self) -> Self {
        Self { is_summary: true, ..self }
    }

    fn is_told(&self, one: &Assessed) -> bool {
        let region = fold_name(&one.compared.region);
        self.regions.is_empty() || self.regions.iter().any(|wanted| fold_name(wanted) == region)
    }

    /// The pairs of the regions of which is told.
    fn pairs(&self) -> impl Iterator<Item = &(Assessed, Assessed)> {
        self.pairs.iter().filter(|(_, after)| self.is_told(after))
    }

    /// What only one of the results assesses, of these regions.
    fn alone(&self) -> [Vec<&Assessed>; 2] {
        self.alone.each_ref().map(|alone| alone.iter().filter(|one| self.is_told(one)).collect())
    }

    /// Whether anything that counts is another: of the plan, of a score or a grade, of a group or an
    /// item.
    pub fn differs(&self) -> bool {
        let is_alone = self.alone().iter().any(|alone| !alone.is_empty());
        is_alone
            || !self.facts(Words::of(self.lang)).is_empty()
            || self.pairs().any(|(before, after)| self.differs_of(before, after))
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

    fn different<'p>(&'p self, before: &'p Assessed, after: &'p Assessed) -> Different<'p> {
        let [_, result] = self.results;
        Different::of(before, after, result.unit().is_none(), Words::of(self.lang))
    }

    /// Why it is not told what the plan and what the values did, and what to compare instead.
    fn not_told_apart(&self, before: &Assessed, after: &Assessed) -> &'static str {
        let [old, new] = [before, after].map(|one| one.compared.year);
        let [earlier, later] = self.results.map(Published::plan);
        match (later.asks_as(earlier, old), new.checked_sub(old)) {
            (true, None) => "split_backwards",
            (true, Some(2..)) => "split_far",
            _ => "split_unknown",
        }
    }

    /// The same of several pairs.
    fn not_told_apart_of(
        &self,
        told: &[Told<'_>],
        regions: &Regions<'_>,
        words: &Words,
    ) -> Option<String> {
        let is_unknown =
            regions.has_no_parts() || told.iter().any(|told| told.different.has_moved_unknown());
        let (before, after) = self.pairs().next().filter(|_| is_unknown)?;
        let is_one = self.is_of_one_pair();
        (!is_one).then(|| words.word(self.not_told_apart(before, after)).to_owned())
    }

    fn differs_of(&self, before: &Assessed, after: &Assessed) -> bool {
        before.comes_to_another(after)
            || before.has_other_grades(after)
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
        for block in self.blocks(words) {
            if !matches!(block, Block::Line(_)) {
                writeln!(out)?;
            }
            match block {
                Block::Title(title) => grid::text(&title, Style::new().bold(), screen, out)?,
                Block::Line(text) | Block::Text(text) => {
                    grid::text(&text, Style::new(), screen, out)?;
                }
                Block::List(listed) => Self::list(listed, words, screen, out)?,
            }
        }
        Ok(())
    }

    /// A table, and, below it, each with what stands first in its row, the texts that have no room in it.
    fn list(listed: Listed, words: &Words, screen: Screen, out: &mut dyn Write) -> io::Result<()> {
        let Listed { mut titles, numbers, mut rows, has_texts } = listed;
        let mut texts: Vec<String> = Vec::new();
        if has_texts {
            titles.pop();
            for row in &mut rows {
                let text = row.pop().filter(|text| !text.is_empty());
                texts.extend(
                    row.first().zip(text).map(|(of, text)| [of.as_str(), &text].join(words.colon)),
                );
            }
        }
        let rows = rows.into_iter().map(|row| row.into_iter().map(Cell::from).collect());
        let grid = Grid::new(&titles, numbers, rows.collect(), screen);
        grid.head(out)?;
        grid.rows(0..grid.len(), out)?;
        if !texts.is_empty() {
            writeln!(out)?;
        }
        texts.iter().try_for_each(|text| grid::text(text, Style::new(), screen, out))
    }

    fn markdown(&self, out: &mut dyn Write) -> io::Result<()> {
        use markdown::escape;
        let words = Words::of(self.lang);
        writeln!(out, "# {}\n", words.comparison)?;
        for (name, text) in self.head(words) {
            writeln!(out, "- {}{}{}", escape(&name), words.colon, escape(&text))?;
        }
        for block in self.blocks(words) {
            match block {
                Block::Title(title) => writeln!(out, "\n## {}", escape(&title))?,
                Block::Line(text) | Block::Text(text) => writeln!(out, "\n{}", escape(&text))?,
                Block::List(Listed { titles, numbers, rows, .. }) => {
                    markdown::table(out, &titles, numbers, &rows)?;
                }
            }
        }
        Ok(())
    }

    /// All that is said for people, below the head.
    fn blocks(&self, words: &Words) -> Vec<Block> {
        let (told, regions) = self.told();
        let told = if self.is_of_one_pair() { told } else { regions.not_told(told) };
        let (overview, texts) = self.overview(&told, &regions, words);
        let mut blocks = Vec::new();
        blocks.extend(self.not_told_apart_of(&told, &regions, words).map(Block::Text));
        blocks.extend(regions.causes(words));
        if let Some(overview) = overview {
            blocks.push(Block::Title(words.word("region_by_region").to_owned()));
            blocks.push(Block::List(overview));
        }
        blocks.extend(regions.changes(self.alike_title(), words));
        blocks.extend(texts.into_iter().map(Block::Text));
        for told in self.detailed(told) {
            blocks.push(Block::Title(told.title(words)));
            blocks.extend(self.lines(&told, words).into_iter().map(Block::Line));
            let lists = if self.is_summary { Vec::new() } else { told.lists(words) };
            blocks.extend(lists.into_iter().map(Block::List));
        }
        let alone = self.alone_lines(words).into_iter();
        blocks.extend(alone.map(|(name, text)| Block::Text(words.only_in(name, &text))));
        blocks
    }

    /// The message over what changed alike in all regions, or in all of those that are told of.
    fn alike_title(&self) -> &'static str {
        if self.regions.is_empty() { "changed_alike" } else { "changed_alike_here" }
    }

    fn is_of_one_pair(&self) -> bool {
        self.pairs().count() == 1
    }

    /// The pairs that are others, by the places that they have now; and, of several pairs, what is told of
    /// all regions of a year.
    fn told(&self) -> (Vec<Told<'_>>, Regions<'_>) {
        let is_alone = self.is_of_one_pair();
        let [_, places] = self.places();
        let pairs = self.by_places(&places).into_iter();
        let pairs = pairs.filter(|(before, after)| is_alone || self.differs_of(before, after));
        let told = pairs.map(|(before, after)| {
            let different = self.different(before, after);
            let has_items = !different.items.is_empty();
            Told { before, after, different, has_items }
        });
        let told: Vec<_> = told.collect();
        if is_alone {
            return (told, Regions::default());
        }
        let pairs: Vec<_> = self.pairs().collect();
        let regions = Regions::of(&pairs, &told, Words::of(self.lang));
        (told, regions)
    }

    /// Those of which more is told than a line each.
    fn detailed<'t>(&self, told: Vec<Told<'t>>) -> Vec<Told<'t>> {
        if self.is_summary && !self.is_of_one_pair() { Vec::new() } else { told }
    }

    /// Of several pairs, a line for each of which is told, or that has another place, by the places that
    /// they have now; and how many others there are, or that nothing is another, and what the columns of
    /// each are.
    fn overview(
        &self,
        told: &[Told<'_>],
        regions: &Regions<'_>,
        words: &Words,
    ) -> (Option<Listed>, Vec<String>) {
        if self.pairs().count() < 2 {
            return (None, Vec::new());
        }
        let places = self.places();
        let [old, new] = &places;
        let listed = self.by_places(new).into_iter().filter_map(|(before, after)| {
            let told = told.iter().find(|told| std::ptr::eq(told.after, after));
            let is_listed = told.is_some() || old.place(before) != new.place(after);
            is_listed.then(|| (before, after, told.map(|told| &told.different)))
        });
        let listed = overview(listed, &places, words);
        let same = self.pairs().count() - listed.rows.len();
        let same = if !self.differs() {
            Some(self.nothing_changed(words))
        } else {
            let same_pairs =
                if regions.changes_nothing() { "same_pairs" } else { "same_pairs_else" };
            (same > 0).then(|| words.say(same_pairs, &[("count", &same)]))
        };
        let told = if self.is_summary { &[] } else { told };
        let texts = same.into_iter().chain(self.legend(told, Some(regions), words)).collect();
        (Some(listed).filter(|listed| !listed.rows.is_empty()), texts)
    }

    /// The pairs by the places that they have now, among those of their year.
    fn by_places(&self, places: &Places<'_>) -> Vec<&(Assessed, Assessed)> {
        let mut pairs: Vec<_> = self.pairs().collect();
        pairs.sort_by_key(|(_, after)| {
            (after.compared.year, places.place(after).unwrap_or(usize::MAX))
        });
        pairs
    }

    /// What the columns of gains and effects are, where there are such columns.
    fn legend<'t>(
        &self,
        all: &[Told<'t>],
        regions: Option<&Regions<'t>>,
        words: &Words,
    ) -> Vec<String> {
        let is_scaled = |one: &Assessed| one.groups.iter().any(GroupBrief::is_scaled);
        let has_groups = all.iter().any(|told| !told.different.groups.is_empty());
        let has_own = has_groups
            && all.iter().any(|told| [told.before, told.after].into_iter().any(is_scaled));
        let of_any = |has: fn(&Different<'t>) -> bool| all.iter().any(|told| has(&told.different));
        let has_effects = of_any(Different::has_effects);
        let of_regions = |has: fn(&Regions<'t>) -> bool| regions.is_some_and(has);
        let movers = || all.iter().flat_map(|told| &told.different.movers);
        let has_cause = |kind| {
            movers().any(|mover| mover.kind == kind && !mover.is_nothing())
                || regions.is_some_and(|regions| regions.has_cause(kind))
        };
        let has_between = |one: &Told<'t>| one.different.between(one.before, one.after).is_some();
        let has_parts = of_regions(Regions::has_parts)
            || all.iter().any(|one| has_between(one) && one.different.has_parts());
        let is_one = regions.is_none() && of_any(Different::has_new_rules);
        let [_, result] = self.results;
        let legend = [
            (has_own, "own_points_moved"),
            (
                has_effects || of_regions(Regions::has_effects),
                if has_parts { "in_score_parts_told" } else { "in_score_told" },
            ),
            (of_regions(Regions::has_causes), "causes_told"),
            (has_parts, "causes_parts_told"),
            (of_regions(Regions::has_parts), "parts_of_mean_told"),
            (has_groups && has_effects, "in_score_of_groups"),
            (of_regions(Regions::has_groups), "rules_of_groups_told"),
            (is_one, "rules_of_a_group_told"),
            (has_cause(CauseOf::AsOne), "as_one_told"),
            (has_cause(CauseOf::Together), "joint_told"),
            (of_regions(Regions::has_unknown), "regions_unknown_told"),
            (has_effects && of_any(Different::has_unknown_effects), "in_score_unknown"),
            (has_effects && of_any(Different::has_shares), "shares_told"),
            (has_parts, "split_told"),
            (result.unit().is_some(), "unit_alone"),
        ];
        let legend = legend.into_iter().filter(|(is_told, _)| *is_told);
        legend.map(|(_, id)| words.word(id).to_owned()).collect()
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
        let lines = self.names.iter().zip(self.alone()).filter(|(_, alone)| !alone.is_empty());
        let lines = lines.map(|(name, alone)| {
            let all = alone.iter().map(|one| words.of_region(&one.compared));
            (*name, all.collect::<Vec<_>>().join(words.comma))
        });
        lines.collect()
    }
}

/// A part of what is said for people, one below the other.
enum Block {
    Title(String),
    /// Right below what is above it, where the format knows of that.
    Line(String),
    /// Apart from what is above it.
    Text(String),
    List(Listed),
}

/// A pair of which is told what changed.
struct Told<'a> {
    before: &'a Assessed,
    after: &'a Assessed,
    different: Different<'a>,
    /// Whether any item changed, also where it is said of all regions alone.
    has_items: bool,
}

impl<'a> Told<'a> {
    fn region(&self) -> &'a str {
        &self.after.compared.region
    }

    /// Whether another has the same grades, before and after.
    fn has_grades_of(&self, other: &Self) -> bool {
        !self.before.has_other_grades(other.before) && !self.after.has_other_grades(other.after)
    }

    fn title(&self, words: &Words) -> String {
        words.pair_title(&self.before.compared, &self.after.compared)
    }

    fn lists(self, words: &Words) -> Vec<Listed> {
        self.different.lists(self.before, self.after, words)
    }
}

fn dashed(text: String) -> String {
    if text.is_empty() { "–".to_owned() } else { text }
}

/// What it was and is; once where that is the same.
fn from_to([old, new]: [String; 2]) -> String {
    if old == new { new } else { format!("{old} → {new}") }
}
