//! The circular on the results (考核结果通报) as an office would start from it, laid out as GB/T
//! 9704-2012 has official documents: its sheet, its fonts and sizes, its numbering.

use std::io::{self, Cursor, Write};

use docx_rs::{
    AlignmentType, Docx, Footer, LineSpacing, LineSpacingType, PageMargin, PageNum, Paragraph, Run,
    RunFonts, Shading, SpecialIndentType, Table, TableCell, TableLayoutType, TableRow, VAlignType,
    WidthType,
};
use zip::write::SimpleFileOptions;
use zip::{DateTime, ZipArchive, ZipWriter};

use super::history::{Histories, Sums};
use super::line::Line;
use super::page::OwedLine;
use super::readings::readings;
use super::summary::Summary;
use super::words::Words;
use super::{Head, Report, page};
use crate::assessment::{Assessment, Item};
use crate::number::show_points;
use crate::spelling::is_chinese;
use crate::text::Lang;

/// Twentieths of a point: A4, and the margins that leave 156 mm × 225 mm.
const SHEET: (u32, u32) = (11_906, 16_838);
const TOP: i32 = 2_098;
const BOTTOM: i32 = 1_984;
const LEFT: i32 = 1_588;
const RIGHT: i32 = 1_474;
/// The width of a line, in twentieths of a point.
const WIDTH: usize = 8_844;
/// 22 lines a page.
const LEADING: i32 = 579;

/// Half points: 二号, 三号, 四号, 五号.
const TITLE: usize = 44;
const BODY: usize = 32;
const FOOT: usize = 28;
const CELL: usize = 21;

/// The fonts of official documents; Latin letters and figures as they are usually set.
const TITLE_FONT: &str = "方正小标宋简体";
const HEADING_FONT: &str = "黑体";
const SECOND_FONT: &str = "楷体_GB2312";
const BODY_FONT: &str = "仿宋_GB2312";
const LATIN_FONT: &str = "Times New Roman";

/// Keeps what is said of each assessment: the document begins with all of them.
#[derive(Default)]
pub(super) struct Circular {
    summary: Summary,
    histories: Histories,
    parts: Vec<Part>,
}

/// What is said of one assessment.
struct Part {
    title: String,
    /// What it came to, in sentences.
    outcome: Vec<String>,
    groups: Vec<Vec<String>>,
    attention: Vec<Vec<String>>,
    owed: Vec<String>,
    /// What is left to lose during the year.
    leeway: Vec<String>,
    /// What was self-checked, where it was verified too.
    checks: Vec<Vec<String>>,
    items: Vec<Vec<String>>,
    /// What is to be said of some of them: a column more has no room on the sheet.
    notes: Vec<String>,
}

impl Report for Circular {
    fn add(
        &mut self,
        head: &Head<'_>,
        assessment: &Assessment<'_>,
        _: &mut dyn Write,
    ) -> io::Result<()> {
        let words = Words::of(head.lang);
        self.summary.add(assessment, words);
        self.histories.add(assessment, head, words);
        self.parts.push(Part::of(assessment, head, words));
        Ok(())
    }

    fn end(&mut self, head: &Head<'_>, out: &mut dyn Write) -> io::Result<()> {
        let words = Words::of(head.lang);
        let mut text = Text { docx: sheet(), lang: head.lang, headings: 0 };
        self.write(&mut text, head, words);
        let mut parts = text.docx.build();
        parts.document = with_titles_on_each_page(parts.document)?;
        let mut bytes = Cursor::new(Vec::new());
        parts.pack(&mut bytes).map_err(io::Error::other)?;
        out.write_all(&compressed(bytes)?)
    }
}

/// Says of the first row of each table that it stands on every page of it, for which the writer of
/// documents has no word.
fn with_titles_on_each_page(document: Vec<u8>) -> io::Result<Vec<u8>> {
    const ROW: &str = "<w:cantSplit />";
    const TITLES: &str = "<w:cantSplit /><w:tblHeader />";
    const TABLE: &str = "<w:tbl>";
    let text = String::from_utf8(document).map_err(io::Error::other)?;
    let mut tables = text.split(TABLE);
    let before = tables.next().unwrap_or_default().to_owned();
    let tables = tables.map(|table| {
        let told = table.contains(ROW).then(|| table.replacen(ROW, TITLES, 1));
        told.ok_or_else(|| io::Error::other("a table without the row that its titles are in"))
    });
    let parts: Vec<String> = std::iter::once(Ok(before)).chain(tables).collect::<Result<_, _>>()?;
    Ok(parts.join(TABLE).into_bytes())
}

/// The same document with its parts compressed: its writer leaves them as they are.
fn compressed(document: Cursor<Vec<u8>>) -> io::Result<Vec<u8>> {
    let mut parts = ZipArchive::new(document)?;
    let mut out = ZipWriter::new(Cursor::new(Vec::new()));
    // The same bytes at any time.
    let options = SimpleFileOptions::default().last_modified_time(DateTime::default());
    for at in 0..parts.len() {
        let mut part = parts.by_index(at)?;
        if part.is_dir() {
            continue;
        }
        let name = part.name()?.into_owned();
        out.start_file(name, options)?;
        io::copy(&mut part, &mut out)?;
    }
    Ok(out.finish()?.into_inner())
}

impl Part {
    fn of(assessment: &Assessment<'_>, head: &Head<'_>, words: &Words) -> Self {
        let row = |item: &Item<'_>| {
            let line = Line::new(item, assessment, words, &[]);
            [line.name, line.target, line.value, line.state, line.points, line.sum].to_vec()
        };
        let note = |item: &Item<'_>| {
            let line = Line::new(item, assessment, words, &[]);
            let note = format!("{}{}{}", line.name, words.colon, line.note);
            (!line.note.is_empty()).then_some(note)
        };
        let concerned = |item: &&Item<'_>| {
            let line = Line::new(item, assessment, words, &[]);
            let leads = head.plan.leads(item.indicator).join(words.list_comma);
            [line.name, line.target, line.value, line.state, line.points, leads].to_vec()
        };
        let groups = page::groups(assessment).into_iter().filter_map(|(_, group)| {
            let tally = group.tally?;
            let indent = "　".repeat(group.depth);
            let title = format!("{indent}{}", group.group.title.get(words.lang));
            Some(vec![title, show_points(tally.points), show_points(tally.earned)])
        });
        let figures = page::figures(assessment, head, words).into_iter();
        let owed = page::owed(assessment, head, words).into_iter();
        let sections = page::sections_of(assessment, head, words, |_| true);
        let items = sections.iter().flat_map(|section| section.items.iter().copied());
        let items: Vec<_> = items.collect();
        Self {
            title: words.region_year(assessment),
            outcome: figures.map(|(name, text)| format!("{name}{}{text}", words.colon)).collect(),
            groups: groups.collect(),
            attention: page::attention(assessment, head).iter().map(concerned).collect(),
            // Items are told apart by what would tell states apart: a paragraph each.
            owed: owed
                .flat_map(|OwedLine { unit, items, .. }| {
                    let line = move |items| format!("{unit}{}{items}", words.colon);
                    items.into_iter().map(line)
                })
                .collect(),
            leeway: page::leeway_lines(assessment, head, words),
            checks: page::checks(assessment, head, words).into_iter().map(Vec::from).collect(),
            notes: items.iter().copied().filter_map(note).collect(),
            items: items.into_iter().map(row).collect(),
        }
    }
}

impl Circular {
    fn write(&mut self, text: &mut Text, head: &Head<'_>, words: &Words) {
        let ranking = std::mem::take(&mut self.summary).ranked();
        let title = head.plan.about().title.get(head.lang);
        let of = match self.parts.as_slice() {
            [part] => part.title.clone(),
            _ => words.years(&ranking.lines.iter().map(|line| line.year).collect::<Vec<_>>()),
        };
        let marks = page::marks(head, words);
        let whole = words.circular_title(&of, title);
        text.title(&marks.iter().fold(whole, |title, (label, _)| words.with_aside(&title, label)));
        text.centred(words.circular_number);
        text.blank();
        text.flush(words.circular_to);
        text.body(&words.circular_opening(title, &page::document_numbers(head, words)));
        for (label, mark) in marks {
            text.body(&format!("{label}{}{mark}", words.colon));
        }
        if ranking.is_needed() {
            text.heading(words.ranking_heading(&ranking));
            // The counts of states stand with each assessment below.
            let widths = [800, 2_044, 900, 1_300, 1_800, 2_000];
            let widths = widths.get(usize::from(!ranking.has_places())..).unwrap_or_default();
            let titles: Vec<&str> = ranking.titles(words).into_iter().take(widths.len()).collect();
            let rows = ranking.rows(words).into_iter();
            let rows: Vec<Vec<String>> =
                rows.map(|row| row.into_iter().take(widths.len()).collect()).collect();
            text.table(&titles, widths, &ranking.numbers(), &rows);
        }
        let is_single = self.parts.len() == 1;
        for part in &self.parts {
            let section = |text: &mut Text, name: &str| {
                if is_single { text.heading(name) } else { text.second(name) }
            };
            if !is_single {
                text.heading(&part.title);
            }
            section(text, words.outcome_heading);
            part.outcome.iter().for_each(|sentence| text.body(sentence));
            if !part.groups.is_empty() {
                section(text, words.by_groups);
                let titles = [words.group, words.worth, words.points];
                text.table(&titles, &[5_644, 1_600, 1_600], &[1, 2], &part.groups);
            }
            section(text, words.attention);
            if part.attention.is_empty() {
                text.body(words.nothing_needs_attention);
            } else {
                text.items(words, words.lead, &part.attention);
            }
            if let Some(day) = head.as_of.filter(|_| !part.leeway.is_empty()) {
                section(text, &words.leeway(day));
                part.leeway.iter().for_each(|line| text.body(line));
            }
            if !part.checks.is_empty() {
                section(text, words.checks);
                let widths = [2_600, 1_300, 1_300, 1_144, 2_500];
                text.table(&words.check_titles(), &widths, &[1, 2, 3], &part.checks);
            }
            if !part.owed.is_empty() {
                section(text, words.owed);
                part.owed.iter().for_each(|owed| text.body(owed));
            }
        }
        for years in self.histories.side_by_side(words, Sums::LeftOut) {
            text.heading(&years.title);
            for (title, moved) in &years.reasons {
                text.second(title);
                moved.iter().for_each(|reason| text.body(reason));
            }
        }
        text.heading(words.readings);
        readings(head.plan, head.lang).iter().for_each(|reading| text.body(reading));
        text.blank();
        let issuer = head.plan.about().document.issuer.as_deref();
        text.signed(issuer.unwrap_or(words.circular_issuer));
        text.signed(&words.circular_date(head.date));
        for part in &self.parts {
            text.attachment(&words.attachment(&part.title));
            text.items(words, words.sum, &part.items);
            part.notes.iter().for_each(|note| text.small(note));
        }
        text.attachment(words.inputs);
        page::inputs(head, words).iter().for_each(|input| text.small(input));
    }
}

/// An empty document on its sheet, with the page's number at its foot.
fn sheet() -> Docx {
    let margin = PageMargin::new().top(TOP).bottom(BOTTOM).left(LEFT).right(RIGHT);
    let number = |text: &str| run(text, "宋体", FOOT);
    let foot = Paragraph::new()
        .align(AlignmentType::Center)
        .add_run(number("— "))
        .add_page_num(PageNum::new())
        .add_run(number(" —"));
    Docx::new()
        .page_size(SHEET.0, SHEET.1)
        .page_margin(margin)
        .default_fonts(fonts(BODY_FONT))
        .default_size(BODY)
        .footer(Footer::new().add_paragraph(foot))
}

fn fonts(east_asian: &str) -> RunFonts {
    RunFonts::new().ascii(LATIN_FONT).hi_ansi(LATIN_FONT).cs(LATIN_FONT).east_asia(east_asian)
}

fn run(text: &str, font: &str, size: usize) -> Run {
    Run::new().add_text(text).fonts(fonts(font)).size(size)
}

/// The document as it grows.
struct Text {
    docx: Docx,
    lang: Lang,
    /// Headings of the first level so far.
    headings: usize,
}

impl Text {
    fn add(&mut self, paragraph: Paragraph) {
        let leading = LineSpacing::new().line_rule(LineSpacingType::Exact).line(LEADING);
        let docx = std::mem::take(&mut self.docx);
        self.docx = docx.add_paragraph(paragraph.line_spacing(leading));
    }

    fn title(&mut self, text: &str) {
        let run = run(text, TITLE_FONT, TITLE);
        let leading =
            LineSpacing::new().line_rule(LineSpacingType::AtLeast).line(LEADING).after(200);
        let title = Paragraph::new().align(AlignmentType::Center).add_run(run);
        let docx = std::mem::take(&mut self.docx);
        self.docx = docx.add_paragraph(title.line_spacing(leading));
    }

    fn centred(&mut self, text: &str) {
        self.add(Paragraph::new().align(AlignmentType::Center).add_run(run(text, BODY_FONT, BODY)));
    }

    fn blank(&mut self) {
        self.add(Paragraph::new());
    }

    fn flush(&mut self, text: &str) {
        self.add(Paragraph::new().add_run(run(text, BODY_FONT, BODY)));
    }

    fn indented(&mut self, text: &str, font: &str, is_heading: bool) {
        // Two characters of the body.
        let first = SpecialIndentType::FirstLine(640);
        let paragraph = Paragraph::new().align(AlignmentType::Both);
        let paragraph = paragraph.indent(None, Some(first), None, None).keep_next(is_heading);
        self.add(paragraph.add_run(run(text, font, BODY)));
    }

    fn body(&mut self, text: &str) {
        self.indented(text, BODY_FONT, false);
    }

    /// `一、总体情况`, `1. Outcome`.
    fn heading(&mut self, text: &str) {
        self.headings += 1;
        let text = match self.lang {
            Lang::Zh => format!("{}、{text}", chinese_number(self.headings)),
            Lang::En => format!("{}. {text}", self.headings),
        };
        self.indented(&text, HEADING_FONT, true);
    }

    fn second(&mut self, text: &str) {
        self.indented(text, SECOND_FONT, true);
    }

    fn signed(&mut self, text: &str) {
        self.add(Paragraph::new().align(AlignmentType::Right).add_run(run(text, BODY_FONT, BODY)));
    }

    /// A heading on a new page.
    fn attachment(&mut self, text: &str) {
        let title = Paragraph::new().page_break_before(true).add_run(run(text, HEADING_FONT, BODY));
        self.add(title);
    }

    fn small(&mut self, text: &str) {
        let docx = std::mem::take(&mut self.docx);
        self.docx = docx.add_paragraph(Paragraph::new().add_run(run(text, BODY_FONT, CELL)));
    }

    /// A table of items whose last column is given.
    fn items(&mut self, words: &Words, last: &str, rows: &[Vec<String>]) {
        let titles = [words.indicator, words.target, words.value, words.state, words.points, last];
        self.table(&titles, &[2_200, 1_350, 1_150, 1_100, 1_144, 1_900], &[1, 2, 4], rows);
    }

    fn table(
        &mut self,
        titles: &[&str],
        widths: &[usize],
        numbers: &[usize],
        rows: &[Vec<String>],
    ) {
        let cell = |at: usize, text: &str, is_title: bool| {
            let font = if is_title { HEADING_FONT } else { BODY_FONT };
            // Some programs cut a line of Chinese that is set against the right edge at its figures.
            let is_figure = numbers.contains(&at) && !text.chars().any(is_chinese);
            let align = match (is_title, is_figure) {
                (true, _) => AlignmentType::Center,
                (false, true) => AlignmentType::Right,
                (false, false) => AlignmentType::Left,
            };
            // Titles stand with the first of their rows.
            let paragraph = Paragraph::new().align(align).keep_next(is_title);
            let paragraph = paragraph.add_run(run(text, font, CELL));
            let width = widths.get(at).copied().unwrap_or_default();
            let cell = TableCell::new().add_paragraph(paragraph).width(width, WidthType::Dxa);
            let cell = cell.vertical_align(VAlignType::Center);
            if is_title { cell.shading(Shading::new().fill("E7EBEF")) } else { cell }
        };
        let row = |texts: &[&str], is_title: bool| {
            let cells = texts.iter().enumerate().map(|(at, text)| cell(at, text, is_title));
            TableRow::new(cells.collect()).cant_split()
        };
        let rows = rows.iter().map(|texts| {
            let texts: Vec<&str> = texts.iter().map(String::as_str).collect();
            row(&texts, false)
        });
        let rows = std::iter::once(row(titles, true)).chain(rows).collect();
        let table = Table::new(rows).set_grid(widths.to_vec()).width(WIDTH, WidthType::Dxa);
        let docx = std::mem::take(&mut self.docx);
        self.docx = docx.add_table(table.layout(TableLayoutType::Fixed));
    }
}

/// A number below a hundred as headings have it: 一, 十二, 二十.
fn chinese_number(number: usize) -> String {
    let digit = |digit: usize| "〇一二三四五六七八九".chars().nth(digit).map(String::from);
    let digit = |of: usize| digit(of).unwrap_or_default();
    match (number / 10, number % 10) {
        (0, ones) => digit(ones),
        (10.., _) => number.to_string(),
        (tens, ones) => {
            let tens = if tens == 1 { String::new() } else { digit(tens) };
            format!("{tens}十{}", if ones == 0 { String::new() } else { digit(ones) })
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn headings_are_numbered_in_chinese() {
        let numbers = [1, 9, 10, 11, 20, 21, 99, 100].map(chinese_number);
        assert_eq!(numbers, ["一", "九", "十", "十一", "二十", "二十一", "九十九", "100"]);
    }
}
