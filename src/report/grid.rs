//! Rows in columns without rules: one width a column in every part that is printed, words kept
//! whole while they can be, colours put on after the layout.

use std::borrow::Cow;
use std::io::{self, Write};
use std::ops::Range;
use std::slice;

use anstyle::Style;
use comfy_table::{CellAlignment, ColumnConstraint, ContentArrangement, Table, Width, presets};
use unicode_linebreak::linebreaks;
use unicode_width::{UnicodeWidthChar, UnicodeWidthStr};

use super::Screen;
use crate::spelling::is_chinese;

/// The text of a cell, of one line or several, and how it is shown in colour.
#[derive(Clone, Debug)]
pub(super) struct Cell {
    pub(super) text: String,
    pub(super) style: Style,
}

impl<S: Into<String>> From<S> for Cell {
    fn from(text: S) -> Self {
        Self { text: text.into(), style: Style::new() }
    }
}

/// Rows whose columns have one width in every part that is printed.
pub(super) struct Grid {
    titles: Vec<String>,
    columns: Vec<Column>,
    rows: Vec<Vec<Cell>>,
    screen: Screen,
}

/// A column as it is printed.
struct Column {
    width: u16,
    is_right: bool,
    /// Whether some of its texts are wider.
    is_narrowed: bool,
}

/// Blanks between two columns.
const GAP: u16 = 2;

impl Grid {
    /// Lays rows out under titles; the columns at `right` are numbers. Columns that say nothing in
    /// any row are left out.
    pub(super) fn new(
        titles: &[&str],
        right: &[usize],
        rows: Vec<Vec<Cell>>,
        screen: Screen,
    ) -> Self {
        let texts = |at: usize| {
            rows.iter().filter_map(move |row| row.get(at)).map(|cell| cell.text.as_str())
        };
        let says = |at: &usize| texts(*at).any(|text| !text.is_empty());
        let kept: Vec<usize> = (0..titles.len()).filter(says).collect();
        let title = |at: usize| titles.get(at).copied().unwrap_or_default();
        let need = |&at: &usize| Need::of(texts(at).chain([title(at)]));
        let needs: Vec<_> = kept.iter().map(need).collect();
        let columns = kept.iter().zip(fit(&needs, screen.width).into_iter().zip(&needs));
        Self {
            titles: kept.iter().map(|&at| title(at).to_owned()).collect(),
            columns: columns
                .map(|(at, (width, need))| Column {
                    width,
                    is_right: right.contains(at),
                    is_narrowed: need.natural > width,
                })
                .collect(),
            rows: rows.into_iter().map(|row| keep(row, &kept)).collect(),
            screen,
        }
    }

    /// Whether a text has to be broken to fit.
    pub(super) fn breaks(&self) -> bool {
        let mut cells = self.rows.iter().flat_map(|row| row.iter().zip(&self.columns));
        cells.any(|(cell, column)| width(&cell.text) > column.width)
    }

    /// How many rows there are.
    pub(super) fn len(&self) -> usize {
        self.rows.len()
    }

    /// Prints the titles and a rule under each.
    pub(super) fn head(&self, out: &mut dyn Write) -> io::Result<()> {
        let bold = |title: &String| Cell { text: title.clone(), style: Style::new().bold() };
        let rule = |column: &Column| Cell::from("-".repeat(usize::from(column.width)));
        let titles = self.titles.iter().map(bold).collect();
        self.print(&[titles, self.columns.iter().map(rule).collect()], out)
    }

    /// Prints some of the rows.
    pub(super) fn rows(&self, range: Range<usize>, out: &mut dyn Write) -> io::Result<()> {
        self.print(self.rows.get(range).unwrap_or_default(), out)
    }

    fn print(&self, rows: &[Vec<Cell>], out: &mut dyn Write) -> io::Result<()> {
        if self.screen.colour {
            // Of which row a line is shows only where the row stands alone.
            return rows.iter().try_for_each(|row| self.print_painted(row, out));
        }
        let lay_out = self.lay_out(rows);
        lay_out.lines().try_for_each(|line| print_line(unpadded(&line), out))
    }

    fn print_painted(&self, row: &Vec<Cell>, out: &mut dyn Write) -> io::Result<()> {
        let lay_out = self.lay_out(slice::from_ref(row));
        lay_out.lines().try_for_each(|line| print_line(&self.painted(unpadded(&line), row), out))
    }

    fn lay_out(&self, rows: &[Vec<Cell>]) -> Table {
        let mut table = Table::new();
        table.load_style(presets::NOTHING);
        table.set_content_arrangement(ContentArrangement::Dynamic).set_width(self.screen.width);
        table.add_rows(rows.iter().map(|row| {
            let cells = row.iter().zip(&self.columns);
            cells.map(|(cell, column)| match column.is_narrowed {
                true => broken(&cell.text, usize::from(column.width)),
                false => Cow::Borrowed(cell.text.as_str()),
            })
        }));
        let gaps = self.gaps();
        for ((column, own), gap) in table.column_iter_mut().zip(&self.columns).zip(gaps) {
            column.set_padding((0, gap));
            column.set_constraint(ColumnConstraint::Absolute(Width::Fixed(own.width + gap)));
            if own.is_right {
                column.set_cell_alignment(CellAlignment::Right);
            }
        }
        table
    }

    /// The gap behind each column; none behind the last.
    fn gaps(&self) -> impl Iterator<Item = u16> {
        let last = self.columns.len().saturating_sub(1);
        (0..self.columns.len()).map(move |at| if at == last { 0 } else { GAP })
    }

    /// A line of a row with each cell's style around what it shows.
    fn painted(&self, line: &str, cells: &[Cell]) -> String {
        let mut painted = String::new();
        let mut rest = line;
        for ((column, gap), cell) in self.columns.iter().zip(self.gaps()).zip(cells) {
            let (piece, after) = split_at_width(rest, column.width + gap);
            let text = piece.trim();
            let (before, behind) = piece.split_once(text).unwrap_or((piece, ""));
            let style = cell.style;
            painted += &format!("{before}{style}{text}{style:#}{behind}");
            rest = after;
        }
        painted + rest
    }
}

/// Prints names with their texts beside them.
pub(super) fn pairs(
    pairs: Vec<(&str, String)>,
    screen: Screen,
    out: &mut dyn Write,
) -> io::Result<()> {
    let row = |(name, text)| vec![Cell::from(name), Cell::from(text)];
    let grid = Grid::new(&["", ""], &[], pairs.into_iter().map(row).collect(), screen);
    grid.rows(0..grid.len(), out)
}

/// Prints a text of its own, on as many lines as it takes.
pub(super) fn text(
    text: &str,
    style: Style,
    screen: Screen,
    out: &mut dyn Write,
) -> io::Result<()> {
    if width(text) <= screen.width && !text.contains('\n') {
        let text = text.trim_end();
        return if screen.colour {
            print_line(&format!("{style}{text}{style:#}"), out)
        } else {
            print_line(text, out)
        };
    }
    let text = Cell { text: text.to_owned(), style };
    Grid::new(&[""], &[], vec![vec![text]], screen).rows(0..1, out)
}

/// Prints a line. Whatever names are in it, it is no command to GitHub Actions, whose log it may go to: these
/// begin with two colons, or have `##[` anywhere.
fn print_line(line: &str, out: &mut dyn Write) -> io::Result<()> {
    let line = match line.contains("##[") {
        true => Cow::Owned(line.replace("##[", "## [")),
        false => Cow::Borrowed(line),
    };
    match line.trim_start().strip_prefix("::") {
        Some(rest) => {
            let blanks = line.len() - line.trim_start().len();
            writeln!(out, "{}: :{rest}", " ".repeat(blanks))
        }
        None => writeln!(out, "{line}"),
    }
}

/// A text with its lines broken where a reader would break them, so that none is wider than a column:
/// not before a comma, and not within a word or a number, but for those that are wider themselves.
fn broken(text: &str, most: usize) -> Cow<'_, str> {
    // No character is wider than it has bytes.
    if text.len() <= most || usize::from(width(text)) <= most {
        return Cow::Borrowed(text);
    }
    let mut broken = String::with_capacity(2 * text.len());
    for (at, line) in text.lines().enumerate() {
        if at > 0 {
            broken.push('\n');
        }
        break_line(line, most, &mut broken);
    }
    Cow::Owned(broken)
}

fn break_line(line: &str, most: usize, to: &mut String) {
    let is_of_word = |at: usize| line.as_bytes().get(at).is_some_and(u8::is_ascii_graphic);
    // A hyphen or a slash of a name is no place for a break.
    let is_within = |end: usize| is_of_word(end) && is_of_word(end.saturating_sub(1));
    // A count stands with what it counts: `缺数据 7`.
    let is_count = |end: usize| {
        let (before, after) = line.split_at(end);
        after.starts_with(|c: char| c.is_ascii_digit())
            && before.strip_suffix(' ').is_some_and(|before| before.ends_with(is_chinese))
    };
    let ends = linebreaks(line).map(|(end, _)| end);
    let mut ends: Vec<usize> = ends.filter(|&end| !is_within(end) && !is_count(end)).collect();
    // Figures of a list stand apart: `+1%（37）、−3%（2）`.
    for sign in ["、−", "、+"] {
        let breaks = line.match_indices(sign).map(|(at, _)| at + "、".len());
        ends.extend(breaks);
    }
    ends.sort_unstable();
    ends.dedup();
    let first = to.len();
    let (mut taken, mut begin) = (0, 0);
    for end in ends {
        let piece = line.get(begin..end).unwrap_or_default();
        let wide = piece.width();
        let blanks = piece.len() - piece.trim_ascii_end().len();
        if taken > 0 && taken + wide - blanks > most {
            to.truncate(to.trim_ascii_end().len().max(first));
            to.push('\n');
            taken = 0;
        }
        to.push_str(piece);
        (taken, begin) = (taken + wide, end);
    }
}

/// A line without the blanks behind it.
fn unpadded(line: &str) -> &str {
    line.trim_ascii_end()
}

fn keep(row: Vec<Cell>, kept: &[usize]) -> Vec<Cell> {
    let cells = row.into_iter().enumerate().filter(|(at, _)| kept.contains(at));
    cells.map(|(_, cell)| cell).collect()
}

/// The beginning of a line that takes a width, and the rest.
fn split_at_width(line: &str, width: u16) -> (&str, &str) {
    let mut room = usize::from(width);
    let end = line.char_indices().find_map(|(at, c)| {
        let taken = c.width().unwrap_or_default();
        if taken > room {
            return Some(at);
        }
        room -= taken;
        None
    });
    line.split_at(end.unwrap_or(line.len()))
}

/// The width of a text's widest line.
fn width(text: &str) -> u16 {
    let width = |line: &str| if line.is_ascii() { line.len() } else { line.width() };
    let is_one_line = memchr::memchr(b'\n', text.as_bytes()).is_none();
    let widest =
        if is_one_line { width(text) } else { text.lines().map(width).max().unwrap_or_default() };
    u16::try_from(widest).unwrap_or(u16::MAX)
}

/// The width of a text's longest piece that a reader would not have broken: figures, names of
/// files, words in letters. Chinese breaks anywhere.
fn longest_word(text: &str) -> u16 {
    let go_on = |(longest, run): (usize, usize), byte: u8| {
        let run = if byte.is_ascii_graphic() { run + 1 } else { 0 };
        (run.max(longest), run)
    };
    let (longest, _) = text.bytes().fold((0, 0), go_on);
    u16::try_from(longest).unwrap_or(u16::MAX)
}

/// What a column needs: its width with no line broken, and with no word broken.
struct Need {
    natural: u16,
    least: u16,
}

/// Words longer than this, hashes for instance, may be broken.
const WORD: u16 = 24;

impl Need {
    fn of<'a>(texts: impl Iterator<Item = &'a str>) -> Self {
        let widths = texts.map(|text| (width(text), longest_word(text).min(WORD)));
        let wider =
            |(a, b): (u16, u16), (natural, least): (u16, u16)| (a.max(natural), b.max(least));
        let (natural, least) = widths.fold((0, 0), wider);
        Self { natural, least }
    }
}

/// Narrows the widest columns, alike, until all fit beside each other; their words are broken
/// only if nothing else helps.
fn fit(needs: &[Need], screen: u16) -> Vec<u16> {
    let gaps = GAP.saturating_mul(u16::try_from(needs.len()).unwrap_or(u16::MAX).saturating_sub(1));
    let room = u32::from(screen.saturating_sub(gaps));
    let whole =
        |most: u16| needs.iter().map(|n| n.natural.min(most).max(n.least)).collect::<Vec<_>>();
    let broken = |most: u16| needs.iter().map(|n| n.natural.min(most)).collect::<Vec<_>>();
    let fits = |widths: &Vec<u16>| widths.iter().copied().map(u32::from).sum::<u32>() <= room;
    let narrower = || (1..=screen).rev();
    let found = narrower().map(whole).find(fits).or_else(|| narrower().map(broken).find(fits));
    found.unwrap_or_else(|| broken(1))
}

#[cfg(test)]
mod tests {
    use anstyle::AnsiColor;

    use super::*;

    fn needs(widths: &[(u16, u16)]) -> Vec<Need> {
        widths.iter().map(|&(natural, least)| Need { natural, least }).collect()
    }

    #[test]
    fn the_widest_columns_give_way() {
        assert_eq!(fit(&needs(&[(5, 1), (10, 1), (8, 1)]), 80), [5, 10, 8]);
        assert_eq!(fit(&needs(&[(5, 1), (60, 1), (40, 1)]), 60), [5, 25, 25]);
        assert_eq!(fit(&needs(&[(50, 1), (50, 1)]), 3), [1, 1]);
    }

    #[test]
    fn words_stay_whole_while_they_can() {
        assert_eq!(longest_word("细颗粒物(PM2.5)浓度 measurements.csv:2"), 18);
        assert_eq!(fit(&needs(&[(40, 20), (40, 4)]), 36), [20, 14]);
        assert_eq!(fit(&needs(&[(40, 20), (40, 20)]), 30), [14, 14]);
    }

    #[test]
    fn lines_break_where_a_reader_would_break_them() {
        assert_eq!(broken("一二三四五，六", 10), "一二三四\n五，六");
        assert_eq!(broken("减排（−0.7）", 8), "减排\n（−0.7）");
        assert_eq!(broken("达标 12、缺数据 7", 15), "达标 12、缺数\n据 7");
        assert_eq!(broken("+1%（37）、−3%（2）", 12), "+1%（37）、\n−3%（2）");
        assert_eq!(broken("of notices-city / 2", 14), "of\nnotices-city /\n2");
        assert_eq!(broken("one\ntwo three", 5), "one\ntwo\nthree");
        assert_eq!(broken("\ntwo three", 5), "\ntwo\nthree");
        // What is wider than all there is has to be broken by the table.
        assert_eq!(broken("a 0123456789", 6), "a\n0123456789");
    }

    #[test]
    fn colour_changes_nothing_but_colour() {
        let red = Style::new().fg_color(Some(AnsiColor::Red.into()));
        let rows = || {
            vec![vec![
                Cell::from("细颗粒物浓度"),
                Cell { text: "未达标\nx".to_owned(), style: red },
                Cell::from("1/1"),
            ]]
        };
        let print = |colour| {
            let grid =
                Grid::new(&["指标", "状态", "分"], &[2], rows(), Screen { width: 20, colour });
            let mut out = Vec::new();
            grid.rows(0..1, &mut out).unwrap();
            String::from_utf8(out).unwrap()
        };
        let coloured = print(true);
        assert!(coloured.contains(&format!("{red}未达标{red:#}")), "{coloured:?}");
        assert_eq!(anstream::adapter::strip_str(&coloured).to_string(), print(false));
    }
}
