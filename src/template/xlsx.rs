//! A return as a workbook: one sheet, locked but for the cells to fill, laid out for A4.

use std::io::{self, Write};

use rust_xlsxwriter::{
    Color, DataValidation, DataValidationErrorStyle, DocProperties, ExcelDateTime, Format,
    FormatAlign, FormatBorder, Formula, ProtectionOptions, Workbook, Worksheet, XlsxError, utility,
};

use super::words::Words;
use super::{Column, Row, Template};
use crate::plan::Kind;
use crate::text::Lang;
use crate::text::line_count;

/// The rows of the sheet, from 0.
const TITLE: u32 = 0;
const HOW: u32 = 1;
const HEADER: u32 = 2;
const FIRST: u32 = 3;

/// Points of type, and the height of a line of it.
const SIZE: f64 = 10.5;
const LINE: f64 = 14.5;
const TITLE_SIZE: f64 = 16.0;
const TITLE_LINE: f64 = 24.0;

/// No row is lower: there is room for a note of two lines, or for handwriting.
const LEAST_HEIGHT: f64 = 35.0;
/// What the edges of a cell and the indent take of its width.
const INSET: u16 = 2;
/// What a spreadsheet program allows.
const MOST_HEIGHT: f64 = 409.0;

/// The paper sizes' number for A4.
const A4: u8 = 9;
/// Light yellow: to be filled.
const YELLOW: Color = Color::RGB(0xFF_F9_D6);
const GREY: Color = Color::RGB(0xE7_EB_EF);
const LINES: Color = Color::RGB(0x7F_7F_7F);

/// The characters that a list of choices may have in all.
const LONGEST_LIST: usize = 255;

pub(super) fn write(template: &Template<'_>, out: &mut dyn Write) -> io::Result<()> {
    let bytes = workbook(template).map_err(|error| match error {
        XlsxError::IoError(error) => error,
        error => io::Error::other(error.to_string()),
    })?;
    out.write_all(&bytes)
}

fn workbook(template: &Template<'_>) -> Result<Vec<u8>, XlsxError> {
    let form = Form { template, words: Words::of(template.lang) };
    let mut workbook = Workbook::new();
    // The same bytes at any time: no clock is looked at.
    let properties = DocProperties::new().set_title(form.title());
    let made = ExcelDateTime::from_ymd(2021, 1, 1)?;
    workbook.set_properties(&properties.set_creation_datetime(&made));
    let sheet = workbook.add_worksheet();
    form.head(sheet)?;
    form.header(sheet)?;
    form.rows(sheet)?;
    form.signatures(sheet)?;
    form.lock(sheet);
    form.lay_out(sheet)?;
    workbook.save_to_buffer()
}

struct Form<'a> {
    template: &'a Template<'a>,
    words: Words,
}

impl Form<'_> {
    /// `Plan, 2021年度填报表（市林业局）`.
    fn title(&self) -> String {
        let Template { plan, region, year, lang, units, .. } = self.template;
        let about = plan.about();
        let mut of = Vec::from_iter(*region);
        of.extend(units);
        let of = of.join(self.words.comma);
        match (lang, of.is_empty()) {
            (Lang::Zh, true) => format!("{} {year}年度填报表", about.title.get(*lang)),
            (Lang::Zh, false) => format!("{} {year}年度填报表（{of}）", about.title.get(*lang)),
            (Lang::En, true) => format!("{}: return for {year}", about.title.get(*lang)),
            (Lang::En, false) => format!("{}: return for {year} ({of})", about.title.get(*lang)),
        }
    }

    /// The title, and how to fill it in.
    fn head(&self, sheet: &mut Worksheet) -> Result<(), XlsxError> {
        sheet.set_name(self.words.sheet)?;
        let (title, last) = (self.title(), self.last_column());
        let whole: u16 = self.template.columns().map(width).sum();
        let format =
            self.text().set_bold().set_font_size(TITLE_SIZE).set_align(FormatAlign::Center);
        sheet.merge_range(TITLE, 0, TITLE, last, &title, &format)?;
        let lines = line_count(&title, whole * 3 / 5);
        let height = f64::from(lines) * TITLE_LINE + 8.0;
        sheet.set_row_height(TITLE, height.min(MOST_HEIGHT))?;
        sheet.merge_range(HOW, 0, HOW, last, self.words.how, &self.text())?;
        sheet.set_row_height(HOW, f64::from(line_count(self.words.how, whole)) * LINE + 7.0)?;
        Ok(())
    }

    fn header(&self, sheet: &mut Worksheet) -> Result<(), XlsxError> {
        let format = self.framed().set_bold().set_align(FormatAlign::Center);
        let format = format.set_background_color(GREY);
        for (at, column) in (0..).zip(self.template.columns()) {
            sheet.set_column_width(at, width(column))?;
            let name = capitalised(column.name(self.template.lang));
            sheet.write_string_with_format(HEADER, at, name, &format)?;
        }
        sheet.set_row_height(HEADER, 24.0)?;
        Ok(())
    }

    fn rows(&self, sheet: &mut Worksheet) -> Result<(), XlsxError> {
        for (at, row) in (FIRST..).zip(&self.template.rows) {
            for (place, column) in (0..).zip(self.template.columns()) {
                self.cell(sheet, row, column, (at, place))?;
            }
            sheet.set_row_height(at, self.height(row))?;
        }
        Ok(())
    }

    fn cell(
        &self,
        sheet: &mut Worksheet,
        row: &Row<'_>,
        column: Column,
        (at, place): (u32, u16),
    ) -> Result<(), XlsxError> {
        let format = self.format(row, column);
        if column == Column::Year {
            sheet.write_number_with_format(at, place, row.asked.year.number(), &format)?;
        } else if column.is_to_fill() {
            sheet.write_blank(at, place, &format)?;
        } else {
            let text = self.template.cell(row, column);
            sheet.write_string_with_format(at, place, text, &format)?;
        }
        if column == Column::Value {
            let validation = self.validation(row, &utility::row_col_to_cell(at, place))?;
            sheet.add_data_validation(at, place, at, place, &validation)?;
        }
        Ok(())
    }

    /// As high as its longest text needs.
    fn height(&self, row: &Row<'_>) -> f64 {
        let lines = |column| line_count(&self.template.cell(row, column), width(column) - INSET);
        let lines = self.template.columns().map(lines).max().unwrap_or(1);
        (f64::from(lines) * LINE + 6.0).clamp(LEAST_HEIGHT, MOST_HEIGHT)
    }

    /// What may be filled in. Where it is something else, a warning: the reader knows more, such as a
    /// number with its unit. Of classes alone nothing else is let through.
    fn validation(&self, row: &Row<'_>, cell: &str) -> Result<DataValidation, XlsxError> {
        let words = &self.words;
        let (rule, message) = match row.measure.kind {
            Kind::Number => {
                let rule = DataValidation::new().allow_custom(Formula::new(number_rule(cell)));
                (rule.set_error_style(DataValidationErrorStyle::Warning), words.number)
            }
            Kind::Task => {
                let rule = self.choice(row)?.set_input_message(words.task)?;
                (rule.set_error_style(DataValidationErrorStyle::Warning), words.task)
            }
            Kind::Class(_) => (self.choice(row)?, words.class),
        };
        rule.set_error_title(words.value)?.set_error_message(message)
    }

    /// A list to choose from, unless that cannot hold it.
    fn choice(&self, row: &Row<'_>) -> Result<DataValidation, XlsxError> {
        let mut choices = row.choices(self.template.lang);
        choices.push(self.words.not_applicable);
        let is_long = choices.join(",").chars().count() > LONGEST_LIST;
        let list = DataValidation::new();
        if is_long || choices.iter().any(|choice| choice.contains([',', '"'])) {
            return Ok(list.allow_any_value());
        }
        list.allow_list_strings(&choices)
    }

    /// Who filled it in, who checked it and when, with cells for that beside.
    fn signatures(&self, sheet: &mut Worksheet) -> Result<(), XlsxError> {
        let at = self.last_row();
        let label = self.text().set_align(FormatAlign::Right);
        let blank = self.text().set_border_bottom(FormatBorder::Thin).set_border_color(LINES);
        let blank = blank.set_background_color(YELLOW).set_unlocked();
        // The first label stands first in the row, by which the reader passes over it.
        let labels = [Column::Clause, Column::Target, Column::Lead].into_iter();
        for (text, column) in self.words.signatures.into_iter().zip(labels) {
            let place = self.place(column);
            sheet.write_string_with_format(at, place, text, &label)?;
            sheet.write_blank(at, place + 1, &blank)?;
        }
        sheet.set_row_height(at, 26.0)?;
        Ok(())
    }

    /// No password: it keeps from slips, not from intent. Rows and columns may be made larger.
    fn lock(&self, sheet: &mut Worksheet) {
        let options =
            ProtectionOptions { format_rows: true, format_columns: true, ..Default::default() };
        sheet.protect_with_options(&options);
    }

    fn lay_out(&self, sheet: &mut Worksheet) -> Result<(), XlsxError> {
        sheet.set_freeze_panes(FIRST, 0)?;
        sheet.set_paper_size(A4).set_landscape().set_print_fit_to_pages(1, 0);
        sheet.set_print_center_horizontally(true);
        sheet.set_margins(0.5, 0.5, 0.6, 0.7, 0.3, 0.35);
        sheet.set_footer(self.words.footer);
        sheet.set_repeat_rows(HEADER, HEADER)?;
        sheet.set_print_area(0, 0, self.last_row(), self.last_column())?;
        let value = self.place(Column::Value);
        sheet.set_selection(FIRST, value, FIRST, value)?;
        Ok(())
    }

    /// Where a column stands, from 0.
    fn place(&self, column: Column) -> u16 {
        let mut columns = (0..).zip(self.template.columns());
        columns.find(|(_, there)| *there == column).map_or(0, |(at, _)| at)
    }

    fn last_column(&self) -> u16 {
        u16::try_from(self.template.columns().count()).unwrap_or(u16::MAX) - 1
    }

    /// The row of the signatures, after an empty one.
    fn last_row(&self) -> u32 {
        u32::try_from(self.template.len()).unwrap_or(u32::MAX - FIRST - 1) + FIRST + 1
    }

    fn text(&self) -> Format {
        let format = Format::new().set_font_name(self.words.font).set_font_size(SIZE);
        format.set_text_wrap().set_align(FormatAlign::VerticalCenter)
    }

    fn framed(&self) -> Format {
        self.text().set_border(FormatBorder::Thin).set_border_color(LINES)
    }

    fn format(&self, row: &Row<'_>, column: Column) -> Format {
        let format = match column {
            Column::Value | Column::Unit | Column::Year => {
                self.framed().set_align(FormatAlign::Center)
            }
            _ => self.framed().set_align(FormatAlign::Left).set_indent(1),
        };
        // Text, so that `60%` stays as it was typed. Numbers keep all their digits in "General".
        let is_text = column == Column::Value && !matches!(row.measure.kind, Kind::Number);
        let format = if is_text { format.set_num_format("@") } else { format };
        if column.is_to_fill() {
            format.set_background_color(YELLOW).set_unlocked()
        } else {
            format
        }
    }
}

/// How wide a column is, in digits of the workbook's own font.
fn width(column: Column) -> u16 {
    match column {
        Column::Region => 11,
        Column::Clause => 10,
        Column::Indicator => 34,
        Column::Target => 18,
        Column::Value => 14,
        Column::Unit => 9,
        Column::Year => 7,
        Column::Lead => 26,
        Column::Source => 20,
        Column::Note => 22,
    }
}

fn capitalised(name: &str) -> String {
    let mut chars = name.chars();
    chars.next().map_or(String::new(), |first| first.to_uppercase().chain(chars).collect())
}

/// A number, or that it does not apply, maybe with the reason.
fn number_rule(cell: &str) -> String {
    format!(
        "=OR(ISNUMBER({cell}),LEFT({cell},3)=\"不适用\",LOWER(LEFT({cell},14))=\"not applicable\")"
    )
}
