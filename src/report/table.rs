//! Tables for a terminal: what needs attention first, then the rest by group.

use std::io::{self, Write};

use comfy_table::presets;
use comfy_table::{
    Attribute, Cell, CellAlignment, Color, ColumnConstraint, ContentArrangement, Width,
};

use super::line::{self, Line};
use super::words::Words;
use super::{Head, Report};
use crate::assessment::{Assessment, Item, State};
use crate::text::Lang;

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
    summary: Vec<[String; 6]>,
    details: Vec<u8>,
}

impl Table {
    pub(super) fn new(screen: Screen) -> Self {
        Self { screen, summary: Vec::new(), details: Vec::new() }
    }
}

impl Report for Table {
    fn begin(&mut self, head: &Head<'_>, out: &mut dyn Write) -> io::Result<()> {
        let page = Page { screen: self.screen, head, words: Words::of(head.lang) };
        page.line(head.plan.about().title.get(head.lang), true, out)?;
        page.pairs(vec![(page.words.plan, line::plan(head, page.words))], out)
    }

    fn add(
        &mut self,
        head: &Head<'_>,
        assessment: &Assessment<'_>,
        _: &mut dyn Write,
    ) -> io::Result<()> {
        let page = Page { screen: self.screen, head, words: Words::of(head.lang) };
        self.summary.push(line::summary(assessment, page.words));
        page.details(assessment, &mut self.details)
    }

    fn end(&mut self, head: &Head<'_>, out: &mut dyn Write) -> io::Result<()> {
        let page = Page { screen: self.screen, head, words: Words::of(head.lang) };
        if self.summary.len() > 1 {
            page.summary(&self.summary, out)?;
        }
        out.write_all(&self.details)?;
        page.tail(out)
    }
}

/// What every part of the page needs.
#[derive(Clone, Copy)]
struct Page<'a> {
    screen: Screen,
    head: &'a Head<'a>,
    words: &'static Words,
}

impl Page<'_> {
    fn summary(self, rows: &[[String; 6]], out: &mut dyn Write) -> io::Result<()> {
        let words = self.words;
        let titles = [words.region, words.year, words.score, words.range, words.grade, words.items];
        let rows = rows.iter().map(|row| row.iter().map(Text::plain).collect()).collect();
        let grid = Grid::new(&titles, &[2], rows, self.screen);
        writeln!(out)?;
        grid.head(out)?;
        grid.rows(0..grid.len(), out)
    }

    fn details(self, assessment: &Assessment<'_>, out: &mut dyn Write) -> io::Result<()> {
        self.heading(&self.words.region_year(assessment), out)?;
        self.pairs(line::figures(assessment, self.head, self.words), out)?;
        let attention = assessment.attention();
        let sections = line::sections(assessment, self.head, self.words);
        let rest = sections.iter().flat_map(|section| section.items.iter().copied());
        let grid = self.grid(attention.iter().copied().chain(rest));

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
        self.owed(assessment, out)
    }

    /// Names with their texts beside them.
    fn pairs(self, pairs: Vec<(&str, String)>, out: &mut dyn Write) -> io::Result<()> {
        let row = |(name, text)| vec![Text::plain(name), Text::plain::<String>(text)];
        let grid = Grid::new(&["", ""], &[], pairs.into_iter().map(row).collect(), self.screen);
        grid.rows(0..grid.len(), out)
    }

    /// All items in one grid, so that the columns of every section stand under each other.
    fn grid<'a>(self, items: impl Iterator<Item = &'a Item<'a>>) -> Grid {
        let words = self.words;
        let files = line::short_names(self.head);
        let files: Vec<&str> = files.iter().map(String::as_str).collect();
        let lines = items.map(|item| (item, Line::new(item, words, &files)));
        if self.screen.width >= WIDE {
            let titles = [
                words.clause,
                words.indicator,
                words.target,
                words.value,
                words.state,
                words.points,
                words.sum,
                words.source,
            ];
            let rows = lines.map(|(item, line)| self.wide(item, line)).collect();
            return Grid::new(&titles, &[3, 5], rows, self.screen);
        }
        let target = format!("{}\n{}", words.target, words.value);
        let titles = [words.indicator, &target, words.state];
        let rows = lines.map(|(item, line)| self.narrow(item, &line)).collect();
        Grid::new(&titles, &[], rows, self.screen)
    }

    fn wide(self, item: &Item<'_>, line: Line) -> Vec<Text> {
        let name = under(&[&line.name, &self.aside(&line.note)]);
        let state = Text::coloured(line.state, item);
        let plain = [line.clause, name, line.target, line.value].map(Text::plain);
        let rest = [line.points, line.sum, line.source.join("\n")].map(Text::plain);
        plain.into_iter().chain([state]).chain(rest).collect()
    }

    /// The texts of an item under each other, and an empty line under them.
    fn narrow(self, item: &Item<'_>, line: &Line) -> Vec<Text> {
        let name =
            under(&[&line.name, &line.clause, &line.source.join("\n"), &self.aside(&line.note)]);
        let target = under(&[&line.target, &line.value]);
        let state = format!("{}  {}\n{}", line.state, line.points, line.sum);
        let [name, target, state] = [name, target, state].map(|text| text + "\n ");
        vec![Text::plain(name), Text::plain(target), Text::coloured(state, item)]
    }

    /// A remark under a text, so that it does not seem to go on with it.
    fn aside(self, text: &str) -> String {
        match self.words.lang {
            _ if text.is_empty() => String::new(),
            Lang::Zh => format!("（{text}）"),
            Lang::En => format!("({text})"),
        }
    }

    fn owed(self, assessment: &Assessment<'_>, out: &mut dyn Write) -> io::Result<()> {
        if assessment.owed.is_empty() {
            return Ok(());
        }
        self.heading(self.words.owed, out)?;
        let rows = line::owed(assessment, self.words).into_iter().map(|owed| {
            vec![
                Text::plain(owed.unit),
                Text::plain(owed.count.to_string()),
                Text::plain(owed.items.join("\n")),
            ]
        });
        let titles = [self.words.unit, self.words.items, self.words.indicator];
        let grid = Grid::new(&titles, &[1], rows.collect(), self.screen);
        grid.head(out)?;
        grid.rows(0..grid.len(), out)
    }

    fn tail(self, out: &mut dyn Write) -> io::Result<()> {
        let readings = self.head.plan.scoring().readings(self.head.lang).join(self.words.comma);
        let inputs = line::inputs(self.head, self.words).join("\n");
        writeln!(out)?;
        self.pairs(vec![(self.words.readings, readings), (self.words.inputs, inputs)], out)
    }

    /// An empty line and a title.
    fn heading(self, text: &str, out: &mut dyn Write) -> io::Result<()> {
        writeln!(out)?;
        self.line(text, true, out)
    }

    /// A text of its own, on as many lines as it takes.
    fn line(self, text: &str, bold: bool, out: &mut dyn Write) -> io::Result<()> {
        let text = Text { text: text.to_owned(), colour: None, bold };
        Grid::new(&[""], &[], vec![vec![text]], self.screen).rows(0..1, out)
    }
}

/// The texts that say something, under each other.
fn under(texts: &[&str]) -> String {
    texts.iter().copied().filter(|text| !text.is_empty()).collect::<Vec<_>>().join("\n")
}

/// The text of a cell, and its colour.
struct Text {
    text: String,
    colour: Option<Color>,
    bold: bool,
}

impl Text {
    fn plain<S: Into<String>>(text: S) -> Self {
        Self { text: text.into(), colour: None, bold: false }
    }

    fn coloured(text: String, item: &Item<'_>) -> Self {
        let colour = match item.state {
            State::Met if item.near => Color::Yellow,
            State::Met => Color::Green,
            State::Missed => Color::Red,
            State::Missing => Color::Magenta,
            State::Pending | State::NotSet | State::NotApplicable | State::Waived => {
                Color::DarkGrey
            }
        };
        Self { text, colour: Some(colour), bold: false }
    }
}

/// Rows whose columns have one width in every part that is printed.
struct Grid {
    titles: Vec<String>,
    right: Vec<usize>,
    rows: Vec<Vec<Text>>,
    widths: Vec<u16>,
    screen: Screen,
}

/// Blanks between two columns.
const GAP: u16 = 2;

impl Grid {
    /// Columns that say nothing in any row are left out.
    fn new(titles: &[&str], right: &[usize], rows: Vec<Vec<Text>>, screen: Screen) -> Self {
        let texts = |at: usize| {
            rows.iter().filter_map(move |row| row.get(at)).map(|cell| cell.text.as_str())
        };
        let kept: Vec<usize> =
            (0..titles.len()).filter(|&at| texts(at).any(|text| !text.is_empty())).collect();
        let title = |&at: &usize| titles.get(at).copied().unwrap_or_default();
        let column = |at: &usize| {
            let texts = || texts(*at).chain([title(at)]);
            let natural = texts().map(width).max().unwrap_or_default();
            let least = texts().map(longest_word).max().unwrap_or_default();
            Column { natural, least: least.min(natural).min(WORD) }
        };
        let widths = fit(&kept.iter().map(column).collect::<Vec<_>>(), screen.width);
        Self {
            titles: kept.iter().map(|at| title(at).to_owned()).collect(),
            right: (0..kept.len())
                .filter(|&at| kept.get(at).is_some_and(|at| right.contains(at)))
                .collect(),
            rows: rows.into_iter().map(|row| keep(row, &kept)).collect(),
            widths,
            screen,
        }
    }

    fn len(&self) -> usize {
        self.rows.len()
    }

    fn head(&self, out: &mut dyn Write) -> io::Result<()> {
        let titles =
            self.titles.iter().map(|title| Cell::new(title).add_attribute(Attribute::Bold));
        let rules = self.widths.iter().map(|&width| Cell::new("-".repeat(usize::from(width))));
        self.print([titles.collect(), rules.collect()], out)
    }

    fn rows(&self, range: std::ops::Range<usize>, out: &mut dyn Write) -> io::Result<()> {
        let rows = self.rows.get(range).unwrap_or_default().iter();
        let cell = |text: &Text| {
            let cell = Cell::new(&text.text);
            let cell = text.colour.into_iter().fold(cell, Cell::fg);
            if text.bold { cell.add_attribute(Attribute::Bold) } else { cell }
        };
        self.print(rows.map(|row| row.iter().map(cell).collect()), out)
    }

    fn print(
        &self,
        rows: impl IntoIterator<Item = Vec<Cell>>,
        out: &mut dyn Write,
    ) -> io::Result<()> {
        let mut table = comfy_table::Table::new();
        table.load_style(presets::NOTHING);
        table.set_content_arrangement(ContentArrangement::Dynamic).set_width(self.screen.width);
        if self.screen.colour {
            table.enforce_styling();
        } else {
            table.force_no_tty();
        }
        table.add_rows(rows);
        let last = self.widths.len().saturating_sub(1);
        for (at, column) in table.column_iter_mut().enumerate() {
            let gap = if at == last { 0 } else { GAP };
            let width = self.widths.get(at).copied().unwrap_or_default();
            column.set_padding((0, gap));
            column.set_constraint(ColumnConstraint::Absolute(Width::Fixed(width + gap)));
            if self.right.contains(&at) {
                column.set_cell_alignment(CellAlignment::Right);
            }
        }
        for line in table.lines() {
            writeln!(out, "{}", line.trim_end())?;
        }
        Ok(())
    }
}

fn keep(row: Vec<Text>, kept: &[usize]) -> Vec<Text> {
    let cells = row.into_iter().enumerate().filter(|(at, _)| kept.contains(at));
    cells.map(|(_, cell)| cell).collect()
}

/// The width of a text's widest line.
fn width(text: &str) -> u16 {
    let widest = text.lines().map(unicode_width::UnicodeWidthStr::width).max().unwrap_or_default();
    u16::try_from(widest).unwrap_or(u16::MAX)
}

/// The width of a text's longest piece that a reader would not have broken: figures, names of
/// files, words in letters. Chinese breaks anywhere.
fn longest_word(text: &str) -> u16 {
    let pieces = text.split(|c: char| c.is_whitespace() || !c.is_ascii());
    pieces.map(width).max().unwrap_or_default()
}

/// A column's widths: with no line broken, and with no word broken.
struct Column {
    natural: u16,
    least: u16,
}

/// Words longer than this, hashes for instance, may be broken.
const WORD: u16 = 24;

/// Narrows the widest columns, alike, until all fit beside each other; their words are broken
/// only if nothing else helps.
fn fit(columns: &[Column], screen: u16) -> Vec<u16> {
    let gaps =
        GAP.saturating_mul(u16::try_from(columns.len()).unwrap_or(u16::MAX).saturating_sub(1));
    let room = u32::from(screen.saturating_sub(gaps));
    let whole =
        |most: u16| columns.iter().map(|c| c.natural.min(most).max(c.least)).collect::<Vec<_>>();
    let broken = |most: u16| columns.iter().map(|c| c.natural.min(most)).collect::<Vec<_>>();
    let fits = |widths: &Vec<u16>| widths.iter().copied().map(u32::from).sum::<u32>() <= room;
    let narrower = || (1..=screen).rev();
    let found = narrower().map(whole).find(fits).or_else(|| narrower().map(broken).find(fits));
    found.unwrap_or_else(|| broken(1))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn columns(widths: &[(u16, u16)]) -> Vec<Column> {
        widths.iter().map(|&(natural, least)| Column { natural, least }).collect()
    }

    #[test]
    fn the_widest_columns_give_way() {
        assert_eq!(fit(&columns(&[(5, 1), (10, 1), (8, 1)]), 80), [5, 10, 8]);
        assert_eq!(fit(&columns(&[(5, 1), (60, 1), (40, 1)]), 60), [5, 25, 25]);
        assert_eq!(fit(&columns(&[(50, 1), (50, 1)]), 3), [1, 1]);
    }

    #[test]
    fn words_stay_whole_while_they_can() {
        assert_eq!(longest_word("细颗粒物(PM2.5)浓度 measurements.csv:2"), 18);
        assert_eq!(fit(&columns(&[(40, 20), (40, 4)]), 36), [20, 14]);
        assert_eq!(fit(&columns(&[(40, 20), (40, 20)]), 30), [14, 14]);
    }
}
