//! Tables for a terminal: what needs attention first, then the rest by group.

use std::io::{self, Write};

use anstyle::{AnsiColor, Style};

use super::grid::{self, Cell, Grid};
use super::history::{Histories, SideBySide, Sums, Told};
use super::line::Line;
use super::readings::readings;
use super::summary::{Ranking, Summary};
use super::words::Words;
use super::{Head, Report, page};
use crate::assessment::{Assessment, Brief, Item, State};

/// What the table is shown on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Screen {
    /// Its width in columns.
    pub width: u16,
    /// Whether it shows colours.
    pub colour: bool,
}

/// From this width on an item has one row of columns; below it, its texts stand in a few columns
/// under each other.
const WIDE: u16 = 110;

/// Keeps the summary lines and the details, for the lines come first.
pub(super) struct Table {
    screen: Screen,
    summary: Summary,
    histories: Histories,
    details: Vec<u8>,
}

impl Table {
    pub(super) fn new(screen: Screen) -> Self {
        Self {
            screen,
            summary: Summary::default(),
            histories: Histories::default(),
            details: Vec::new(),
        }
    }

    fn sheet<'a>(&self, head: &'a Head<'a>) -> Sheet<'a> {
        Sheet { screen: self.screen, head, words: Words::of(head.lang) }
    }
}

impl Report for Table {
    fn begin(&mut self, head: &Head<'_>, out: &mut dyn Write) -> io::Result<()> {
        let sheet = self.sheet(head);
        sheet.line(head.plan.about().title.get(head.lang), true, out)?;
        let mut pairs = vec![(sheet.words.plan, page::plan(head, sheet.words))];
        pairs.extend(page::marks(head, sheet.words));
        pairs.extend(head.date.map(|date| (sheet.words.date, sheet.words.day(date))));
        grid::pairs(pairs, sheet.screen, out)
    }

    fn add(
        &mut self,
        head: &Head<'_>,
        assessment: &Assessment<'_>,
        _: &mut dyn Write,
    ) -> io::Result<()> {
        let sheet = self.sheet(head);
        self.summary.add(assessment, sheet.words);
        self.histories.add(assessment, head, sheet.words);
        sheet.details(assessment, &mut self.details)
    }

    fn add_brief(
        &mut self,
        head: &Head<'_>,
        brief: &Brief<'_>,
        _: &mut dyn Write,
    ) -> io::Result<()> {
        self.summary.add_brief(brief, Words::of(head.lang));
        Ok(())
    }

    fn end(&mut self, head: &Head<'_>, out: &mut dyn Write) -> io::Result<()> {
        let sheet = self.sheet(head);
        let ranked = std::mem::take(&mut self.summary).ranked();
        if ranked.is_needed() || head.summary {
            sheet.summary(&ranked, out)?;
        }
        for years in self.histories.side_by_side(sheet.words, Sums::Told) {
            sheet.years(years, out)?;
        }
        out.write_all(&self.details)?;
        sheet.tail(out)
    }
}

/// What every part of the table needs.
#[derive(Clone, Copy)]
struct Sheet<'a> {
    screen: Screen,
    head: &'a Head<'a>,
    words: &'static Words,
}

impl Sheet<'_> {
    fn summary(self, ranking: &Ranking, out: &mut dyn Write) -> io::Result<()> {
        let rows = ranking.rows(self.words).into_iter();
        let rows = rows.map(|row| row.into_iter().map(Cell::from).collect());
        let titles = ranking.titles(self.words);
        let grid = Grid::new(&titles, &ranking.numbers(), rows.collect(), self.screen);
        writeln!(out)?;
        grid.head(out)?;
        grid.rows(0..grid.len(), out)
    }

    /// The years of a region side by side, and why its score changed.
    fn years(self, years: SideBySide, out: &mut dyn Write) -> io::Result<()> {
        self.heading(&years.title, out)?;
        let titles: Vec<&str> = years.columns.iter().map(String::as_str).collect();
        let rows = |text: &dyn Fn(&Told) -> &String| {
            let row = |row: &Vec<Told>| row.iter().map(|told| text(told).clone().into()).collect();
            years.rows.iter().map(row).collect()
        };
        let mut grid = Grid::new(&titles, &[], rows(&|told| &told.joined), self.screen);
        if grid.breaks() {
            grid = Grid::new(&titles, &[], rows(&|told| &told.apart), self.screen);
        }
        grid.head(out)?;
        grid.rows(0..grid.len(), out)?;
        for (title, moved) in years.reasons {
            self.heading(&title, out)?;
            moved.iter().try_for_each(|text| self.line(text, false, out))?;
        }
        Ok(())
    }

    fn details(self, assessment: &Assessment<'_>, out: &mut dyn Write) -> io::Result<()> {
        self.heading(&self.words.region_year(assessment), out)?;
        grid::pairs(page::figures(assessment, self.head, self.words), self.screen, out)?;
        let attention = page::attention(assessment, self.head);
        let sections = page::sections(assessment, self.head, self.words);
        let rest = sections.iter().flat_map(|section| section.items.iter().copied());
        let grid = self.grid(attention.iter().copied().chain(rest), assessment);

        self.heading(self.words.attention, out)?;
        if attention.is_empty() {
            self.line(self.words.nothing_needs_attention, false, out)?;
        } else {
            grid.head(out)?;
            grid.rows(0..attention.len(), out)?;
        }
        if !sections.is_empty() {
            self.heading(self.words.by_group, out)?;
        }
        if grid.len() > attention.len() {
            grid.head(out)?;
        }
        let mut from = attention.len();
        for section in sections {
            if let Some(title) = &section.title {
                self.heading(&format!("{}{title}", "  ".repeat(section.depth)), out)?;
            }
            let to = from + section.items.len();
            grid.rows(from..to, out)?;
            from = to;
        }
        self.leeway(assessment, out)?;
        self.checks(assessment, out)?;
        self.owed(assessment, out)?;
        self.levers(assessment, out)
    }

    fn leeway(self, assessment: &Assessment<'_>, out: &mut dyn Write) -> io::Result<()> {
        let rows = page::leeway(assessment, self.head, self.words);
        let Some(day) = self.head.as_of.filter(|_| !rows.is_empty()) else { return Ok(()) };
        self.heading(&self.words.leeway(day), out)?;
        let rows = rows.into_iter().map(|row| row.map(Cell::from).to_vec());
        let grid = Grid::new(&self.words.leeway_titles(), &[2, 3], rows.collect(), self.screen);
        grid.head(out)?;
        grid.rows(0..grid.len(), out)
    }

    fn checks(self, assessment: &Assessment<'_>, out: &mut dyn Write) -> io::Result<()> {
        let rows = page::checks(assessment, self.head, self.words);
        if rows.is_empty() {
            return Ok(());
        }
        self.heading(self.words.checks, out)?;
        let rows = rows.into_iter().map(|row| row.map(Cell::from).to_vec());
        let grid = Grid::new(&self.words.check_titles(), &[1, 2, 3], rows.collect(), self.screen);
        grid.head(out)?;
        grid.rows(0..grid.len(), out)
    }

    fn levers(self, assessment: &Assessment<'_>, out: &mut dyn Write) -> io::Result<()> {
        let lost = page::lost(assessment, self.head, self.words);
        if lost.rows.is_empty() {
            return Ok(());
        }
        self.heading(self.words.levers, out)?;
        let rows = lost.rows.into_iter().map(|row| row.map(Cell::from).to_vec());
        let grid = Grid::new(&self.words.lost_titles(), &[1, 3], rows.collect(), self.screen);
        grid.head(out)?;
        grid.rows(0..grid.len(), out)?;
        lost.next.map_or(Ok(()), |sentence| self.line(&sentence, false, out))
    }

    /// All items in one grid, so that the columns of every section stand under each other.
    fn grid<'a>(
        self,
        items: impl Iterator<Item = &'a Item<'a>>,
        assessment: &Assessment<'_>,
    ) -> Grid {
        let words = self.words;
        let files = page::short_names(self.head);
        let files: Vec<&str> = files.iter().map(String::as_str).collect();
        let lines = items.map(|item| (item, Line::new(item, assessment, words, &files)));
        if self.screen.width >= WIDE {
            let rows = lines.map(|(item, line)| self.wide(item, line)).collect();
            return Grid::new(&Line::titles(words), &Line::NUMBERS, rows, self.screen);
        }
        let target = format!("{}\n{}", words.target, words.value);
        let titles = [words.indicator, &target, words.state];
        let rows = lines.map(|(item, line)| self.narrow(item, &line)).collect();
        Grid::new(&titles, &[], rows, self.screen)
    }

    fn wide(self, item: &Item<'_>, line: Line) -> Vec<Cell> {
        let name = under(&[&line.name, &self.aside(&line.note)]);
        let [clause, _, target, value, state, points, sum, source] = line.columns("\n");
        let state = coloured(state, item);
        let cells = [clause, name, target, value].map(Cell::from);
        cells.into_iter().chain([state]).chain([points, sum, source].map(Cell::from)).collect()
    }

    /// The texts of an item under each other, and an empty line under them.
    fn narrow(self, item: &Item<'_>, line: &Line) -> Vec<Cell> {
        let name =
            under(&[&line.name, &line.clause, &line.source.join("\n"), &self.aside(&line.note)]);
        let target = under(&[&line.target, &line.value]);
        let state = format!("{}  {}\n{}", line.state, line.points, line.sum);
        let [name, target, state] = [name, target, state].map(|text| text + "\n ");
        vec![Cell::from(name), Cell::from(target), coloured(state, item)]
    }

    /// A remark under a text, so that it does not seem to go on with it.
    fn aside(self, text: &str) -> String {
        if text.is_empty() { String::new() } else { self.words.aside(text) }
    }

    fn owed(self, assessment: &Assessment<'_>, out: &mut dyn Write) -> io::Result<()> {
        let owed = page::owed(assessment, self.head, self.words);
        if owed.is_empty() {
            return Ok(());
        }
        self.heading(self.words.owed, out)?;
        let rows = owed.into_iter().map(|owed| {
            vec![
                Cell::from(owed.unit),
                Cell::from(owed.count.to_string()),
                Cell::from(owed.items.join("\n")),
            ]
        });
        let titles = [self.words.unit, self.words.items, self.words.indicator];
        let grid = Grid::new(&titles, &[1], rows.collect(), self.screen);
        grid.head(out)?;
        grid.rows(0..grid.len(), out)
    }

    fn tail(self, out: &mut dyn Write) -> io::Result<()> {
        let readings = readings(self.head.plan, self.head.lang).join(self.words.comma);
        let inputs = page::inputs(self.head, self.words).join("\n");
        writeln!(out)?;
        grid::pairs(
            vec![(self.words.readings, readings), (self.words.inputs, inputs)],
            self.screen,
            out,
        )
    }

    /// An empty line and a title.
    fn heading(self, text: &str, out: &mut dyn Write) -> io::Result<()> {
        writeln!(out)?;
        self.line(text, true, out)
    }

    /// A text of its own, on as many lines as it takes.
    fn line(self, text: &str, bold: bool, out: &mut dyn Write) -> io::Result<()> {
        let style = if bold { Style::new().bold() } else { Style::new() };
        grid::text(text, style, self.screen, out)
    }
}

/// The texts that say something, under each other.
fn under(texts: &[&str]) -> String {
    texts.iter().copied().filter(|text| !text.is_empty()).collect::<Vec<_>>().join("\n")
}

/// A state in its colour.
fn coloured(text: String, item: &Item<'_>) -> Cell {
    let colour = match item.state {
        State::Met if item.near => AnsiColor::Yellow,
        State::Met => AnsiColor::Green,
        State::Scored => AnsiColor::Cyan,
        State::Missed => AnsiColor::Red,
        State::Missing | State::NotAssessable => AnsiColor::Magenta,
        State::Pending | State::NotSet | State::NotApplicable | State::Waived => {
            AnsiColor::BrightBlack
        }
    };
    Cell { text, style: Style::new().fg_color(Some(colour.into())) }
}
