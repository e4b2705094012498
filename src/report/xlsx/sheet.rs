//! A sheet as rows of cells, written at once with its widths, filter and colours.

use std::borrow::Cow;
use std::collections::BTreeSet;

use rust_decimal::Decimal;
use rust_xlsxwriter::{
    Color, ConditionalFormatCell, ConditionalFormatCellRule, Format, FormatAlign, FormatBorder,
    Worksheet, XlsxError,
};

use crate::assessment::State;
use crate::number::show_points;
use crate::report::words::Words;
use crate::text::{Lang, line_count};

/// Significant digits that a spreadsheet program keeps of a number.
const KEPT: usize = 15;
/// The units of UTF-16 that a cell may hold.
const LONGEST: usize = 32_767;
/// The paper sizes' numbers, and the columns' width from which the larger one is taken: on the
/// smaller, a sheet of that width would be printed too small to read.
pub(super) const A4: u8 = 9;
const A3: u8 = 8;
const WIDE: u32 = 200;
/// The height of a line of type, and what a spreadsheet program allows in all.
const LINE: f64 = 15.0;
const MOST_HEIGHT: f64 = 409.0;
/// What the edges of a cell and the indent take of its width.
const INSET: u16 = 2;
const GREY: Color = Color::RGB(0x00E7_EBEF);
const LINES: Color = Color::RGB(0x00C4_CAD0);

/// A cell.
#[derive(Clone, Debug)]
pub(super) enum Cell {
    Blank,
    Text(String),
    /// The name of a state, which has a colour.
    State(String),
    /// A number that shows so many decimals.
    Number(f64, u32),
}

impl Cell {
    pub(super) fn text(text: impl Into<String>) -> Self {
        Self::Text(text.into())
    }

    /// A number with all of its digits: as text where a spreadsheet program would not keep them.
    pub(super) fn exact(number: Decimal) -> Self {
        let text = number.to_string();
        let digits = text.trim_start_matches(['-', '0', '.']).chars().filter(char::is_ascii_digit);
        match text.parse() {
            Ok(float) if digits.count() <= KEPT => Self::Number(float, number.scale()),
            _ => Self::Text(text),
        }
    }

    /// A number as every report shows it to people.
    pub(super) fn points(number: Decimal) -> Self {
        let shown = show_points(number).replace('−', "-");
        shown.parse().map_or(Self::Blank, Self::exact)
    }

    pub(super) fn whole(number: u64) -> Self {
        Self::exact(number.into())
    }
}

impl From<Option<Decimal>> for Cell {
    fn from(number: Option<Decimal>) -> Self {
        number.map_or(Self::Blank, Self::points)
    }
}

/// How a row is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Kind {
    /// Above a table, across its columns.
    Heading,
    Titles,
    Row,
}

/// A sheet that is not written yet.
pub(super) struct Sheet {
    widths: Vec<u16>,
    rows: Vec<(Kind, Vec<Cell>)>,
}

impl Sheet {
    pub(super) fn new(widths: &[u16]) -> Self {
        Self { widths: widths.to_vec(), rows: Vec::new() }
    }

    pub(super) fn heading(&mut self, text: &str) {
        self.rows.push((Kind::Heading, vec![Cell::text(text)]));
    }

    /// The titles of a table that the rows after it make up, with a filter.
    pub(super) fn titles<'a>(&mut self, titles: impl IntoIterator<Item = &'a str>) {
        self.rows.push((Kind::Titles, titles.into_iter().map(Cell::text).collect()));
    }

    pub(super) fn row(&mut self, cells: impl IntoIterator<Item = Cell>) {
        self.rows.push((Kind::Row, cells.into_iter().collect()));
    }

    /// An empty row and a heading.
    pub(super) fn part(&mut self, title: &str) {
        if !self.rows.is_empty() {
            self.rows.push((Kind::Heading, Vec::new()));
        }
        self.heading(title);
    }

    /// A sentence.
    pub(super) fn line(&mut self, text: String) {
        self.rows.push((Kind::Row, vec![Cell::Text(text)]));
    }

    /// Whether anything stands under its titles.
    pub(super) fn has_rows(&self) -> bool {
        self.rows.iter().any(|(kind, _)| *kind == Kind::Row)
    }

    pub(super) fn len(&self) -> usize {
        self.rows.len()
    }

    /// The row of the titles.
    pub(super) fn table_start(&self) -> u32 {
        let at = self.rows.iter().position(|(kind, _)| *kind == Kind::Titles);
        at.and_then(|at| u32::try_from(at).ok()).unwrap_or_default()
    }

    pub(super) fn write(
        &mut self,
        sheet: &mut Worksheet,
        name: &str,
        lang: Lang,
    ) -> Result<(), XlsxError> {
        sheet.set_name(name)?;
        for (at, width) in (0..).zip(&self.widths) {
            sheet.set_column_width(at, *width)?;
        }
        for (at, (kind, cells)) in (0..).zip(&self.rows) {
            for (column, cell) in (0..).zip(cells) {
                write(sheet, at, column, cell, *kind, self.widths.len() == 1)?;
            }
            let lines = self.lines(*kind, cells);
            if lines > 1 {
                sheet.set_row_height(at, (f64::from(lines) * LINE).min(MOST_HEIGHT))?;
            }
        }
        self.colour(sheet, lang)?;
        self.lay_out(sheet)
    }

    /// How many lines the highest cell of a row has; programs that show a sheet may not reckon it.
    fn lines(&self, kind: Kind, cells: &[Cell]) -> u16 {
        if kind == Kind::Heading && self.widths.len() > 1 {
            return 1;
        }
        let lines = cells.iter().zip(&self.widths).map(|(cell, width)| match cell {
            Cell::Text(text) | Cell::State(text) => line_count(text, width.saturating_sub(INSET)),
            Cell::Blank | Cell::Number(..) => 1,
        });
        lines.max().unwrap_or(1)
    }

    /// The colours of states, which follow what somebody may put there later.
    fn colour(&self, sheet: &mut Worksheet, lang: Lang) -> Result<(), XlsxError> {
        let is_state = |cell: &Cell| matches!(cell, Cell::State(_));
        let states = |(_, cells): &(Kind, Vec<Cell>)| {
            let columns = (0_u16..).zip(cells).filter(|(_, cell)| is_state(cell));
            columns.map(|(column, _)| column).collect::<Vec<_>>()
        };
        let columns: BTreeSet<u16> = self.rows.iter().flat_map(states).collect();
        let last = u32::try_from(self.rows.len()).unwrap_or(u32::MAX);
        let states = State::ALL.into_iter();
        let coloured =
            states.filter_map(|state| Some((state.name(lang).to_owned(), colours(state)?)));
        let near = Words::of(lang).near_state(State::Met.name(lang));
        for (text, (ink, paper)) in coloured.chain([(near, WARNING)]) {
            let format = Format::new().set_font_color(ink).set_background_color(paper);
            let rule = ConditionalFormatCellRule::EqualTo(text);
            let rule = ConditionalFormatCell::new().set_rule(rule).set_format(format);
            for &column in &columns {
                sheet.add_conditional_format(
                    self.table_start() + 1,
                    column,
                    last,
                    column,
                    &rule,
                )?;
            }
        }
        Ok(())
    }

    fn lay_out(&self, sheet: &mut Worksheet) -> Result<(), XlsxError> {
        let has_titles = self.rows.iter().any(|(kind, _)| *kind == Kind::Titles);
        if has_titles {
            let start = self.table_start();
            let last = u32::try_from(self.rows.len()).unwrap_or(u32::MAX).saturating_sub(1);
            let columns = u16::try_from(self.widths.len()).unwrap_or(u16::MAX);
            sheet.set_freeze_panes(start + 1, 0)?;
            sheet.autofilter(start, 0, last, columns - 1)?;
            sheet.set_repeat_rows(0, start)?;
        }
        let is_wide = self.widths.iter().copied().map(u32::from).sum::<u32>() > WIDE;
        let paper = if is_wide { A3 } else { A4 };
        sheet.set_paper_size(paper).set_landscape().set_print_fit_to_pages(1, 0);
        sheet.set_margins(0.4, 0.4, 0.5, 0.5, 0.3, 0.3);
        sheet.set_footer("&C&P / &N");
        Ok(())
    }
}

fn write(
    sheet: &mut Worksheet,
    row: u32,
    column: u16,
    cell: &Cell,
    kind: Kind,
    wrapped: bool,
) -> Result<(), XlsxError> {
    let format = Format::new().set_align(FormatAlign::Top);
    let format = match kind {
        Kind::Heading => format.set_bold(),
        Kind::Titles => format.set_bold().set_background_color(GREY).set_border(FormatBorder::Thin),
        Kind::Row => format.set_border_bottom(FormatBorder::Thin),
    };
    let format = format.set_border_color(LINES);
    let is_long = wrapped || kind != Kind::Heading;
    let format = if is_long { format.set_text_wrap() } else { format };
    match cell {
        Cell::Blank => sheet.write_blank(row, column, &format)?,
        Cell::Text(text) | Cell::State(text) => {
            // Without a side, LibreOffice heeds no indent.
            let format =
                if wrapped { format } else { format.set_align(FormatAlign::Left).set_indent(1) };
            sheet.write_string_with_format(row, column, fitting(text), &format)?
        }
        Cell::Number(number, decimals) => {
            let zeros = "0".repeat(usize::try_from(*decimals).unwrap_or_default());
            let format = format.set_align(FormatAlign::Right).set_indent(1);
            let format = format.set_num_format(if zeros.is_empty() {
                "0".to_owned()
            } else {
                format!("0.{zeros}")
            });
            sheet.write_number_with_format(row, column, *number, &format)?
        }
    };
    Ok(())
}

/// A text no longer than a spreadsheet program allows; what is cut off ends in `…`.
fn fitting(text: &str) -> Cow<'_, str> {
    if text.encode_utf16().count() <= LONGEST {
        return text.into();
    }
    // A character takes two units at most.
    let kept: String = text.chars().take(LONGEST / 2).collect();
    format!("{kept}…").into()
}

const WARNING: (Color, Color) = (Color::RGB(0x006B_4500), Color::RGB(0x00FB_ECCC));

/// The ink and the paper of a state that somebody should see.
fn colours(state: State) -> Option<(Color, Color)> {
    match state {
        State::Met => Some((Color::RGB(0x0014_5A32), Color::RGB(0x00DF_F0E4))),
        State::Missed => Some((Color::RGB(0x008C_1A16), Color::RGB(0x00F8_DFDD))),
        State::Missing | State::NotAssessable => Some(WARNING),
        State::Pending => Some((Color::RGB(0x002C_466B), Color::RGB(0x00E1_EAF5))),
        State::Scored | State::NotSet | State::NotApplicable | State::Waived => None,
    }
}
