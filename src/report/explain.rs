//! One item explained: what it asks, by which document, how a value becomes points.

use std::io::{self, Write};

use anstyle::Style;

use super::grid::{self, Cell, Grid};
use super::line::{self, Line, amendments, asked};
use super::rules::rule;
use super::table::Screen;
use super::words::Words;
use super::{Head, page};
use crate::assessment::{Item, Sample, State, Why};
use crate::number::show;
use crate::plan::{Ask, Indicator, Target};
use crate::year::Year;

/// What is to be told of an item.
#[derive(Debug)]
pub struct Explanation<'a> {
    /// The item as it is for a region in a year.
    pub indicator: &'a Indicator,
    /// Its targets of all years in that region.
    pub targets: Vec<&'a Target>,
    /// The region.
    pub region: &'a str,
    /// The year.
    pub year: Year,
    /// The item with the value that was given or measured, where there is one.
    pub own: Option<Item<'a>>,
    /// The item with values around its target.
    pub samples: Vec<Sample<'a>>,
    /// Whether last year's value, which is not known, is taken to be no better.
    pub supposes_last_year: bool,
}

/// Writes what is to be told of an item.
///
/// # Errors
///
/// When the sink cannot be written to.
pub fn explain(
    explanation: &Explanation<'_>,
    head: &Head<'_>,
    screen: Screen,
    out: &mut dyn Write,
) -> io::Result<()> {
    let words = Words::of(head.lang);
    let told = Told { explanation, head, words, screen };
    told.heading(&told.title(), out)?;
    grid::pairs(told.facts(), screen, out)?;
    writeln!(out)?;
    told.heading(words.targets, out)?;
    told.targets(out)?;
    writeln!(out)?;
    told.heading(&told.values_title(), out)?;
    told.values(out)
}

#[derive(Clone, Copy)]
struct Told<'a> {
    explanation: &'a Explanation<'a>,
    head: &'a Head<'a>,
    words: &'static Words,
    screen: Screen,
}

impl Told<'_> {
    fn title(self) -> String {
        let indicator = self.explanation.indicator;
        let name = indicator.name.get(self.words.lang);
        self.words.with_aside(name, &indicator.id)
    }

    fn facts(self) -> Vec<(&'static str, String)> {
        let (words, indicator) = (self.words, self.explanation.indicator);
        let plan = self.head.plan;
        let group = indicator.group.and_then(|group| plan.groups().get(group));
        let group = group.map(|group| {
            let clause = group.clause.as_ref().map(|clause| format!("{clause} "));
            format!("{}{}", clause.unwrap_or_default(), group.title.get(words.lang))
        });
        let changes = amendments(indicator, plan, words);
        let points = std::iter::once(show(indicator.points)).chain(changes);
        let points = points.collect::<Vec<_>>().join(words.comma);
        let list = |names: &[String]| names.join(words.list_comma);
        let unit = indicator.unit.as_ref().map(ToString::to_string).unwrap_or_default();
        let facts = [
            (words.plan, page::plan(self.head, words)),
            (words.group, group.unwrap_or_default()),
            (words.clause, indicator.clause.clone().unwrap_or_default()),
            (words.measured_in, unit),
            (words.aliases, list(&indicator.aliases)),
            (words.lead, list(&indicator.lead)),
            (words.support, list(&indicator.support)),
            (words.points, points),
            (words.counts_so, rule(plan, indicator, self.explanation.year, words).join("\n")),
        ];
        facts.into_iter().filter(|(_, text)| !text.is_empty()).collect()
    }

    /// The targets by year, each with its document, and under it those that it took the place of.
    fn targets(self, out: &mut dyn Write) -> io::Result<()> {
        let (words, indicator) = (self.words, self.explanation.indicator);
        let mut rows = Vec::new();
        for target in &self.explanation.targets {
            for (depth, layer) in target.history().enumerate() {
                let years = if depth == 0 { target.years.to_string() } else { String::new() };
                let text = asked(layer, indicator, words);
                let text = if depth == 0 { text } else { words.before(&text) };
                let document = self.head.plan.layers().get(layer.layer);
                let clause = indicator.clause.as_deref().filter(|_| layer.layer == 0);
                let by = [Some(words.document(document).as_str()), clause]
                    .map(|t| t.unwrap_or_default().to_owned());
                let why = match &layer.ask {
                    Ask::Pending(why) | Ask::Dropped(why) => why.get(words.lang).to_owned(),
                    Ask::Firm(_) | Ask::Expected(_) => String::new(),
                };
                let stretch = layer
                    .stretch
                    .as_ref()
                    .map(|stretch| words.stretch(&line::shown(stretch, indicator, words), None));
                let waiver = layer.waiver.as_ref().map(|waiver| {
                    format!(
                        "{}{}{}",
                        State::Waived.name(words.lang),
                        words.colon,
                        words.waived(waiver.reason.get(words.lang), &waiver.by, waiver.until)
                    )
                });
                let notes = [Some(why), stretch, waiver].into_iter().flatten();
                let notes: Vec<_> = notes.filter(|note| !note.is_empty()).collect();
                let by = by.join(" ").trim().to_owned();
                rows.push([years, text, by, notes.join(words.comma)].map(Cell::from).to_vec());
            }
        }
        if rows.is_empty() {
            return self.line(State::NotSet.name(words.lang), out);
        }
        let titles = [words.year, words.target, words.document, words.note];
        let grid = Grid::new(&titles, &[], rows, self.screen);
        grid.head(out)?;
        grid.rows(0..grid.len(), out)
    }

    fn values_title(self) -> String {
        let Explanation { region, year, indicator, .. } = self.explanation;
        let target = indicator.target(*year).map(|target| asked(target, indicator, self.words));
        let target = target.unwrap_or_else(|| State::NotSet.name(self.words.lang).to_owned());
        self.words.values_of(region, *year, &target)
    }

    fn values(self, out: &mut dyn Write) -> io::Result<()> {
        let Explanation { own, samples, .. } = self.explanation;
        let row = |item: &Item<'_>, why: Why| {
            let cells = Line::of_sample(item, self.words);
            let [value, state, points, sum] = cells;
            vec![value, points, state, sum, self.words.why(why).to_owned()]
                .into_iter()
                .map(Cell::from)
                .collect::<Vec<_>>()
        };
        let own = own.iter().map(|item| row(item, Why::Own));
        let samples = samples.iter().map(|sample| row(&sample.item, sample.why));
        let rows: Vec<_> = own.chain(samples).collect();
        if rows.is_empty() {
            let target = self.explanation.indicator.target(self.explanation.year);
            let is_asked = target.is_some_and(|target| target.comparison().is_some());
            let words = self.words;
            return self.line(if is_asked { words.no_values } else { words.nothing_asked }, out);
        }
        let words = self.words;
        let titles = [words.value, words.points, words.state, words.sum, words.note];
        let grid = Grid::new(&titles, &[0, 1], rows, self.screen);
        grid.head(out)?;
        grid.rows(0..grid.len(), out)?;
        if self.explanation.supposes_last_year {
            self.line(words.supposes_last_year, out)?;
        }
        Ok(())
    }

    fn heading(self, text: &str, out: &mut dyn Write) -> io::Result<()> {
        grid::text(text, Style::new().bold(), self.screen, out)
    }

    fn line(self, text: &str, out: &mut dyn Write) -> io::Result<()> {
        grid::text(text, Style::new(), self.screen, out)
    }
}
