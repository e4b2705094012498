//! The years of each region side by side, a row an item, and why its score changed.

use std::collections::BTreeMap;

use indexmap::IndexMap;

use super::sheet::{Cell, Sheet};
use super::{REGION, mark, value};
use crate::assessment::{Assessment, Item};
use crate::report::Head;
use crate::report::change::{Change, changes, is_told, limit_changes};
use crate::report::history::Histories;
use crate::report::line::Line;
use crate::report::words::Words;
use crate::year::Year;

/// The items of each region by their ids, with what they were in each year.
#[derive(Default)]
pub(super) struct SideBySide(IndexMap<(String, String), OverYears>);

struct OverYears {
    name: String,
    of: BTreeMap<Year, OfYear>,
}

/// What an item was in a year.
struct OfYear {
    unit: String,
    value: Cell,
    /// The value with its unit.
    shown: String,
    state: String,
    points: Cell,
}

impl SideBySide {
    /// Takes the next item; of a single year nothing is kept.
    pub(super) fn add(
        &mut self,
        item: &Item<'_>,
        assessment: &Assessment<'_>,
        head: &Head<'_>,
        words: &Words,
    ) {
        if head.years.is_single() || !is_told(item) {
            return;
        }
        let line = Line::new(item, assessment, words, &[]);
        let key = (assessment.region.to_owned(), item.indicator.id.clone());
        let years = self.0.entry(key).or_insert(OverYears { name: line.name, of: BTreeMap::new() });
        let of_year = OfYear {
            unit: item.unit().unwrap_or_default().to_owned(),
            value: value(item, line.value.clone()),
            shown: line.value,
            state: line.state,
            points: item.earned.into(),
        };
        years.of.insert(assessment.year, of_year);
    }

    /// The sheet: value, state and points of each year in columns of their own.
    pub(super) fn sheet(self, head: &Head<'_>, words: &Words) -> Sheet {
        let years = || head.years.iter();
        let widths = years().flat_map(|_| [18, 18, 16]);
        let widths: Vec<u16> = [REGION, 34, 12].into_iter().chain(widths).collect();
        let mut sheet = Sheet::new(&widths);
        mark(&mut sheet, head, words);
        let what = [words.value, words.state, words.points];
        let titles = years().flat_map(|year| what.map(|what| words.of_year(what, year)));
        let item = [words.region, words.indicator, words.measured_in].map(str::to_owned);
        let titles: Vec<String> = item.into_iter().chain(titles).collect();
        sheet.titles(titles.iter().map(String::as_str));
        for ((region, _), item) in self.0 {
            let unit = item.unit();
            let own = [region, item.name, unit.clone().unwrap_or_default()].map(Cell::Text);
            let mut of = item.of;
            let cells = years().flat_map(|year| match of.remove(&year) {
                // Beside others that are in another unit a figure needs its own.
                Some(it) if unit.is_none() => {
                    [Cell::text(it.shown), Cell::State(it.state), it.points]
                }
                Some(it) => [it.value, Cell::State(it.state), it.points],
                None => [Cell::Blank, Cell::Blank, Cell::Blank],
            });
            sheet.row(own.into_iter().chain(cells));
        }
        sheet
    }
}

impl OverYears {
    /// The unit of its values; none where they are in several.
    fn unit(&self) -> Option<String> {
        let mut units = self.of.values().map(|year| &year.unit).filter(|unit| !unit.is_empty());
        let first = units.next().cloned().unwrap_or_default();
        units.all(|unit| *unit == first).then_some(first)
    }
}

/// From each year to the next, why the score of a region changed: the score first, then the items.
pub(super) fn changes_sheet(histories: &Histories, head: &Head<'_>, words: &Words) -> Sheet {
    let mut sheet = Sheet::new(&[REGION, 8, 8, 34, 22, 18, 60]);
    mark(&mut sheet, head, words);
    let [region, before, after] = [words.region, words.before_that, words.after_that];
    let what = [words.indicator, words.points, words.gained, words.what_changed];
    sheet.titles([region, before, after].into_iter().chain(what));
    for (region, years) in histories.of_several_years() {
        for (before, after) in years.iter().zip(years.iter().skip(1)) {
            let of = || {
                let years = [before.year, after.year].map(|year| Cell::whole(year.into()));
                [Cell::text(region)].into_iter().chain(years)
            };
            sheet.row(of().chain([
                Cell::text(words.score),
                Cell::Blank,
                after.gain_since(before).map_or(Cell::Blank, Cell::exact),
                Cell::text(words.score_from_to(before, after)),
            ]));
            for limit in limit_changes(before, after, words) {
                let cells = [Cell::text(words.limit), Cell::Blank, Cell::Blank, Cell::text(limit)];
                sheet.row(of().chain(cells));
            }
            for change in changes(before, after) {
                sheet.row(of().chain(change_cells(&change, words)));
            }
        }
    }
    sheet
}

fn change_cells(change: &Change<'_>, words: &Words) -> [Cell; 4] {
    let gained = match change.gain {
        Some(gain) => Cell::points(gain),
        None => Cell::text(words.gained_of(change)),
    };
    let what = words.what_changed_of(change);
    [Cell::text(change.name()), Cell::text(change.points()), gained, Cell::text(what)]
}
