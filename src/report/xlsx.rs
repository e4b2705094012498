//! A workbook: a sheet each for the outcome, the items, the groups, the units, what was lost and
//! verified, the years and what changed, and what it all rests on. Figures are numbers, texts are
//! texts and never read as formulas.

mod sheet;
mod years;

use std::io::{self, Write};

use rust_xlsxwriter::{
    Chart, ChartFont, ChartType, DocProperties, ExcelDateTime, Workbook, XlsxError,
};

use self::sheet::{A4, Cell, Sheet};
use self::years::{SideBySide, changes_sheet};
use super::history::Histories;
use super::line::Line;
use super::readings::readings;
use super::summary::Summary;
use super::words::Words;
use super::{Head, Report, page};
use crate::assessment::{Assessment, Item};
use crate::catalogue::ITEMS_SHEET;
use crate::data::Value;

/// The width of a column of regions: most names stand on one line.
const REGION: u16 = 18;
/// Regions or groups that a chart still shows; of more, it says no more than their table.
const CHARTED: usize = 40;
/// So many have their names beside their bars in the type of the program, more in a small one.
const ROOMY: usize = 20;
const SMALL: u32 = 6;

/// Keeps the rows of every sheet: a workbook is written at once.
pub(super) struct Xlsx {
    summary: Summary,
    histories: Histories,
    years: SideBySide,
    items: Sheet,
    groups: Sheet,
    units: Sheet,
    /// What items lost, and what would bring it back.
    lost: Sheet,
    /// What was self-checked, where it was verified too.
    checks: Sheet,
    /// How each score came about, the readings, the inputs.
    basis: Sheet,
    assessments: usize,
}

impl Default for Xlsx {
    fn default() -> Self {
        Self {
            summary: Summary::default(),
            histories: Histories::default(),
            years: SideBySide::default(),
            items: Sheet::new(&[REGION, 7, 12, 30, 16, 18, 14, 10, 16, 8, 12, 44, 24, 24, 30, 36]),
            groups: Sheet::new(&[REGION, 7, 12, 34, 12, 12, 48]),
            units: Sheet::new(&[REGION, 7, 28, 8, 30, 18, 14, 16, 12]),
            lost: Sheet::new(&[REGION, 7, 36, 12, 24, 18, 48]),
            checks: Sheet::new(&[REGION, 7, 30, 16, 16, 12, 44]),
            basis: Sheet::new(&[110]),
            assessments: 0,
        }
    }
}

impl Report for Xlsx {
    fn begin(&mut self, head: &Head<'_>, _: &mut dyn Write) -> io::Result<()> {
        let words = Words::of(head.lang);
        let all =
            [&mut self.items, &mut self.groups, &mut self.units, &mut self.lost, &mut self.checks];
        all.into_iter().for_each(|sheet| mark(sheet, head, words));
        let of = [words.region, words.year];
        self.items.titles(ITEMS_SHEET.map(|id| words.word(id)));
        let group = [words.clause, words.group, words.worth, words.points, words.sum];
        self.groups.titles(of.into_iter().chain(group));
        let unit = [words.unit, words.role, words.indicator, words.target, words.value];
        self.units.titles(of.into_iter().chain(unit).chain([words.state, words.points]));
        self.checks.titles(of.into_iter().chain(words.check_titles()));
        self.lost.titles(of.into_iter().chain(words.lost_titles()).chain([words.note]));
        mark(&mut self.basis, head, words);
        Ok(())
    }

    fn add(
        &mut self,
        head: &Head<'_>,
        assessment: &Assessment<'_>,
        _: &mut dyn Write,
    ) -> io::Result<()> {
        let words = Words::of(head.lang);
        self.assessments += 1;
        self.summary.add(assessment, words);
        self.histories.add(assessment, head, words);
        self.add_items(assessment, head, words);
        self.add_groups(assessment, words);
        self.add_units(assessment, head, words);
        self.add_lost(assessment, head, words);
        for texts in page::checks(assessment, head, words) {
            self.checks.row(of(assessment).chain(texts.map(Cell::text)));
        }
        self.basis.part(&words.region_year(assessment));
        for (name, text) in page::figures(assessment, head, words) {
            self.basis.line(format!("{name}{}{text}", words.colon));
        }
        let left = page::leeway_lines(assessment, head, words);
        left.into_iter().for_each(|text| self.basis.line(text));
        Ok(())
    }

    fn end(&mut self, head: &Head<'_>, out: &mut dyn Write) -> io::Result<()> {
        let bytes = self.workbook(head).map_err(|error| match error {
            XlsxError::IoError(error) => error,
            error => io::Error::other(error.to_string()),
        })?;
        out.write_all(&bytes)
    }
}

impl Xlsx {
    fn add_items(&mut self, assessment: &Assessment<'_>, head: &Head<'_>, words: &Words) {
        let asked = assessment.items.iter().filter(|item| head.all || item.target.is_some());
        for item in asked.filter(|item| head.lists(item)) {
            self.items.row(of(assessment).chain(item_cells(item, assessment, head, words)));
            self.years.add(item, assessment, head, words);
        }
    }

    fn add_groups(&mut self, assessment: &Assessment<'_>, words: &Words) {
        for (_, group) in page::groups(assessment) {
            let [points, earned] = [group.tally.map(|t| t.points), group.tally.map(|t| t.earned)];
            let title =
                format!("{}{}", "  ".repeat(group.depth), group.group.title.get(words.lang));
            let clause = group.group.clause.as_deref().unwrap_or_default();
            self.groups.row(of(assessment).chain([
                Cell::text(clause),
                Cell::text(title),
                points.into(),
                earned.into(),
                Cell::text(page::group_sum(group, words)),
            ]));
        }
    }

    fn add_units(&mut self, assessment: &Assessment<'_>, head: &Head<'_>, words: &Words) {
        for unit in page::units(assessment, head) {
            let leads = unit.leads.iter().map(|item| (words.leads, item));
            let supports = unit.supports.iter().map(|item| (words.supports, item));
            for (role, item) in leads.chain(supports) {
                let line = Line::new(item, assessment, words, &[]);
                self.units.row(of(assessment).chain([
                    Cell::text(unit.name),
                    Cell::text(role),
                    Cell::text(line.name),
                    Cell::text(line.target),
                    value(item, line.value),
                    Cell::State(line.state),
                    item.earned.into(),
                ]));
            }
        }
    }

    /// The sentence on the next grade comes behind the items, as a note.
    fn add_lost(&mut self, assessment: &Assessment<'_>, head: &Head<'_>, words: &Words) {
        let lost = page::lost(assessment, head, words);
        for (lever, [name, _, per_unit, _]) in lost.levers.iter().zip(lost.rows) {
            let [lost, gain] = [lever.lost, lever.gain].map(Cell::points);
            let cells = [Cell::text(name), lost, Cell::text(per_unit), gain];
            self.lost.row(of(assessment).chain(cells));
        }
        if let Some(sentence) = lost.next {
            let blank = [Cell::Blank, Cell::Blank, Cell::Blank, Cell::Blank];
            self.lost.row(of(assessment).chain(blank).chain([Cell::text(sentence)]));
        }
    }

    fn workbook(&mut self, head: &Head<'_>) -> Result<Vec<u8>, XlsxError> {
        let words = Words::of(head.lang);
        let mut workbook = Workbook::new();
        // The same bytes at any time: no clock is looked at.
        let title = head.plan.about().title.get(head.lang);
        let made = ExcelDateTime::from_ymd(2021, 1, 1)?;
        let properties = DocProperties::new().set_title(title).set_creation_datetime(&made);
        workbook.set_properties(&properties);

        let mut summary = self.summary_sheet(head, words);
        let first = summary.table_start();
        summary.write(workbook.add_worksheet(), words.outcome, words.lang)?;
        if (2..=CHARTED).contains(&self.assessments) {
            // The regions are in the second column, the years in the third, the scores in the fourth.
            let names = if head.years.is_single() { 1 } else { 2 };
            let last = first + u32::try_from(self.assessments).unwrap_or(u32::MAX);
            let mut chart = bars(words.score, self.assessments);
            let series = chart.add_series();
            series.set_categories((words.outcome, first + 1, 1, last, names));
            series.set_values((words.outcome, first + 1, 3, last, 3));
            chart.legend().set_hidden();
            chart_sheet(&mut workbook, words.score, &chart)?;
        }
        self.items.write(workbook.add_worksheet(), words.items_sheet, words.lang)?;
        if self.groups.has_rows() {
            self.groups.write(workbook.add_worksheet(), words.groups_sheet, words.lang)?;
            if self.assessments == 1 && self.groups.len() <= CHARTED {
                let first = self.groups.table_start() + 1;
                let last = u32::try_from(self.groups.len()).unwrap_or(u32::MAX) - 1;
                let mut chart = bars(words.by_groups, self.groups.len());
                for (column, name) in [(4, words.worth), (5, words.points)] {
                    let series = chart.add_series();
                    series.set_name(name).set_categories((words.groups_sheet, first, 3, last, 3));
                    series.set_values((words.groups_sheet, first, column, last, column));
                }
                chart_sheet(&mut workbook, words.by_groups, &chart)?;
            }
        }
        self.units.write(workbook.add_worksheet(), words.units_sheet, words.lang)?;
        if self.lost.has_rows() {
            self.lost.write(workbook.add_worksheet(), words.lost_sheet, words.lang)?;
        }
        if self.checks.has_rows() {
            self.checks.write(workbook.add_worksheet(), words.checks_sheet, words.lang)?;
        }
        if self.histories.of_several_years().next().is_some() {
            let mut years = std::mem::take(&mut self.years).sheet(head, words);
            years.write(workbook.add_worksheet(), words.over_years, words.lang)?;
            let mut changes = changes_sheet(&self.histories, head, words);
            changes.write(workbook.add_worksheet(), words.what_changed, words.lang)?;
        }
        self.basis.part(words.readings);
        readings(head.plan, head.lang).into_iter().for_each(|text| self.basis.line(text));
        self.basis.part(words.inputs);
        page::inputs(head, words).into_iter().for_each(|text| self.basis.line(text));
        self.basis.write(workbook.add_worksheet(), words.basis_sheet, words.lang)?;
        workbook.save_to_buffer()
    }

    /// What the plan is, then a line an assessment, as they are ranked.
    fn summary_sheet(&mut self, head: &Head<'_>, words: &Words) -> Sheet {
        let mut sheet = Sheet::new(&[8, REGION, 8, 12, 20, 24, 76]);
        sheet.heading(head.plan.about().title.get(head.lang));
        sheet.heading(&page::documents(head, words));
        if let Some(date) = head.date {
            sheet.heading(&format!("{}{}{}", words.date, words.colon, words.day(date)));
        }
        mark(&mut sheet, head, words);
        sheet.titles([
            words.place,
            words.region,
            words.year,
            words.score,
            words.range,
            words.grade,
            words.items,
        ]);
        for line in std::mem::take(&mut self.summary).ranked().lines {
            let score = line.score.map_or_else(|| Cell::text(words.nothing_to_score), Cell::exact);
            let place = line.place.map_or(Cell::Blank, |place| Cell::whole(place as u64));
            sheet.row([
                place,
                Cell::text(line.region),
                Cell::whole(line.year.number().into()),
                score,
                Cell::text(line.range),
                Cell::text(line.grade),
                Cell::text(words.counts(&line.counts)),
            ]);
        }
        sheet
    }
}

/// Says above a table that it is no result, or not the last word.
fn mark(sheet: &mut Sheet, head: &Head<'_>, words: &Words) {
    for (label, mark) in page::marks(head, words) {
        sheet.heading(&format!("{label}{}{mark}", words.colon));
    }
}

/// A chart of bars for so many regions or groups.
fn bars(title: &str, count: usize) -> Chart {
    let mut chart = Chart::new(ChartType::Bar);
    chart.title().set_name(title);
    // Of bars, the axis of the names is the upright one.
    let names = chart.y_axis().set_reverse().set_label_interval(1);
    if count > ROOMY {
        names.set_font(ChartFont::new().set_size(SMALL));
    }
    chart
}

/// Gives a chart a sheet of its own: below a table, print would cut it where a page ends.
fn chart_sheet(workbook: &mut Workbook, name: &str, chart: &Chart) -> Result<(), XlsxError> {
    let sheet = workbook.add_chartsheet();
    sheet.set_name(name)?.set_paper_size(A4).insert_chart(0, 0, chart)?;
    Ok(())
}

fn of(assessment: &Assessment<'_>) -> impl Iterator<Item = Cell> + use<> {
    [Cell::text(assessment.region), Cell::whole(assessment.year.number().into())].into_iter()
}

fn item_cells(
    item: &Item<'_>,
    assessment: &Assessment<'_>,
    head: &Head<'_>,
    words: &Words,
) -> [Cell; 14] {
    let files = page::short_names(head);
    let files: Vec<&str> = files.iter().map(String::as_str).collect();
    let group = item.indicator.group.and_then(|group| assessment.groups.get(group));
    let line = Line::new(item, assessment, words, &files);
    [
        Cell::text(line.clause),
        Cell::text(line.name),
        Cell::text(group.map_or("", |group| group.group.title.get(words.lang))),
        Cell::text(line.target),
        value(item, line.value),
        Cell::text(item.unit().unwrap_or_default()),
        Cell::State(line.state),
        Cell::exact(item.points),
        item.earned.into(),
        Cell::text(line.sum),
        Cell::text(head.plan.leads(item.indicator).join(words.list_comma)),
        Cell::text(item.indicator.support.join(words.list_comma)),
        Cell::text(line.source.join(words.comma)),
        Cell::text(line.note),
    ]
}

/// A number as a number, in the unit of the column beside it; what is none as text.
fn value(item: &Item<'_>, shown: String) -> Cell {
    match &item.value {
        // What was worked out may be endless.
        Some(Value::Number(number)) if item.measured.is_none() => Cell::points(*number),
        Some(Value::Number(number)) => Cell::exact(*number),
        _ => Cell::text(shown),
    }
}
