//! The cells of a sheet, gathered in any order, and written as CSV.

use std::collections::BTreeSet;
use std::ops::RangeInclusive;

use super::format::Written;
use super::refused::Refused;
use super::{Allowance, BYTE_LIMIT, CELL_LIMIT, Sheet, cell_name};

/// A filled cell. Rows and columns are counted from 0.
struct Cell {
    row: usize,
    column: usize,
    written: Written,
    repeats: bool,
}

/// Cells that are merged (合并单元格) into one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Area {
    pub(super) rows: RangeInclusive<usize>,
    pub(super) columns: RangeInclusive<usize>,
}

/// The filled cells of a sheet.
pub(super) struct Grid {
    name: String,
    cells: Vec<Cell>,
    areas: Vec<Area>,
    /// Of the rectangle that holds all cells.
    rows: usize,
    columns: usize,
    /// Whether rows or columns are hidden.
    pub(super) has_hidden: bool,
    allowance: Allowance,
}

impl Grid {
    pub(super) fn new(name: &str) -> Self {
        let allowance = Allowance { left: BYTE_LIMIT };
        Self {
            name: name.to_owned(),
            cells: vec![],
            areas: vec![],
            rows: 0,
            columns: 0,
            has_hidden: false,
            allowance,
        }
    }

    /// Fills a cell; one that is filled twice has the last text. An empty text fills nothing.
    pub(super) fn put(
        &mut self,
        row: usize,
        column: usize,
        written: impl Into<Written>,
    ) -> Result<(), Refused> {
        let mut written = written.into();
        written.text = on_one_line(written.text);
        if written.text.is_empty() {
            return Ok(());
        }
        self.reach(row, column)?;
        self.push(Cell { row, column, written, repeats: false })
    }

    /// Refuses a cell that is too far from A1.
    pub(super) fn reach(&mut self, row: usize, column: usize) -> Result<(), Refused> {
        self.rows = self.rows.max(row.saturating_add(1));
        self.columns = self.columns.max(column.saturating_add(1));
        match self.rows.checked_mul(self.columns) {
            Some(..=CELL_LIMIT) => Ok(()),
            _ => Err(self.too_many()),
        }
    }

    fn push(&mut self, cell: Cell) -> Result<(), Refused> {
        self.allowance.take(cell.written.text.len())?;
        if self.cells.len() == CELL_LIMIT {
            return Err(self.too_many());
        }
        self.cells.push(cell);
        Ok(())
    }

    fn too_many(&self) -> Refused {
        Refused::too_many_cells(&self.name)
    }

    pub(super) fn merge(&mut self, area: Area) {
        if area.rows.end() > area.rows.start() || area.columns.end() > area.columns.start() {
            self.areas.push(area);
        }
    }

    /// The sheet as CSV.
    pub(super) fn close(mut self) -> Result<Sheet, Refused> {
        self.sort();
        self.fill()?;
        self.sort();
        let repeated = self.cells.iter().filter(|cell| cell.repeats);
        let repeated = repeated.map(|cell| (cell.row + 1, cell.column)).collect::<BTreeSet<_>>();
        let has_hidden = self.has_hidden;
        Ok(Sheet {
            rounded: self.rounded(),
            text: self.text(),
            repeated,
            name: self.name,
            has_hidden,
        })
    }

    /// Brings the cells in order, of each the one that was put last.
    fn sort(&mut self) {
        self.cells.reverse();
        self.cells.sort_by_key(|cell| (cell.row, cell.column));
        self.cells.dedup_by_key(|cell| (cell.row, cell.column));
    }

    /// Puts the text of a merge's first cell into its others, as far as the filled cells reach.
    fn fill(&mut self) -> Result<(), Refused> {
        let filled = self.cells.len();
        for area in std::mem::take(&mut self.areas) {
            if let Some(text) = self.text_of(*area.rows.start(), *area.columns.start(), filled) {
                self.repeat(&text, &area)?;
            }
        }
        Ok(())
    }

    fn text_of(&self, row: usize, column: usize, filled: usize) -> Option<String> {
        let cells = self.cells.get(..filled)?;
        let at = cells.binary_search_by_key(&(row, column), |cell| (cell.row, cell.column)).ok()?;
        Some(cells.get(at)?.written.text.clone())
    }

    fn repeat(&mut self, text: &str, area: &Area) -> Result<(), Refused> {
        let (top, left) = (*area.rows.start(), *area.columns.start());
        for row in top..area.rows.end().saturating_add(1).min(self.rows) {
            for column in left..area.columns.end().saturating_add(1).min(self.columns) {
                if (row, column) != (top, left) {
                    let written = Written::from(text.to_owned());
                    self.push(Cell { row, column, written, repeats: true })?;
                }
            }
        }
        Ok(())
    }

    fn rounded(&self) -> Option<(usize, [String; 3])> {
        let mut cells = self.cells.iter().filter(|cell| cell.written.shown.is_some());
        let first = cells.next()?;
        let name = cell_name(first.row + 1, first.column);
        let shown = first.written.shown.clone()?;
        Some((cells.count() + 1, [name, shown, first.written.text.clone()]))
    }

    fn text(&self) -> String {
        let mut text = String::new();
        let mut line = 0;
        for row in self.cells.chunk_by(|one, next| one.row == next.row) {
            let at = row.first().map_or(line, |cell| cell.row);
            text.extend(std::iter::repeat_n('\n', at - line));
            write_row(&mut text, row);
            line = at + 1;
        }
        text
    }
}

fn write_row(text: &mut String, cells: &[Cell]) {
    let mut column = 0;
    for cell in cells {
        text.extend(std::iter::repeat_n(',', cell.column - column));
        column = cell.column;
        write_cell(text, &cell.written.text);
    }
    text.push('\n');
}

/// Quotes where CSV needs it. The cell has no line breaks.
fn write_cell(text: &mut String, cell: &str) {
    if cell.contains([',', '"']) {
        text.push('"');
        text.push_str(&cell.replace('"', "\"\""));
        text.push('"');
    } else {
        text.push_str(cell);
    }
}

/// A text on one line: each line break in it is a blank.
fn on_one_line(text: String) -> String {
    match text.contains(['\r', '\n']) {
        true => text.replace("\r\n", " ").replace(['\r', '\n'], " "),
        false => text,
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn grid(cells: &[(usize, usize, &str)], areas: &[Area]) -> Result<Sheet, Refused> {
        let mut grid = Grid::new("Sheet1");
        for &(row, column, text) in cells {
            grid.put(row, column, text.to_owned())?;
        }
        areas.iter().cloned().for_each(|area| grid.merge(area));
        grid.close()
    }

    #[test]
    fn keeps_the_places_of_cells() {
        let sheet = grid(&[(3, 2, "b"), (1, 1, "x,\"y\""), (3, 0, "a\r\nb\nc")], &[]).unwrap();
        assert_eq!(sheet.text, "\n,\"x,\"\"y\"\"\"\n\na b c,,b\n");
        assert_eq!(grid(&[(0, 0, "old"), (0, 0, "new")], &[]).unwrap().text, "new\n");
        assert_eq!(grid(&[(5, 5, "")], &[]).unwrap().text, "");
    }

    #[test]
    fn fills_merged_cells_as_far_as_the_sheet_reaches() {
        let huge = Area { rows: 1..=usize::MAX, columns: 0..=usize::MAX };
        let sheet = grid(&[(0, 1, "x"), (1, 0, "m"), (2, 1, "under")], std::slice::from_ref(&huge))
            .unwrap();
        assert_eq!(sheet.text, ",x\nm,m\nm,m\n");
        assert_eq!(sheet.repeated, BTreeSet::from([(2, 1), (3, 0), (3, 1)]));
        let sheet = grid(&[(0, 0, "x"), (1, 1, "y")], &[huge]).unwrap();
        assert_eq!((sheet.text.as_str(), sheet.repeated.len()), ("x\n,y\n", 0));
    }

    #[test]
    fn refuses_what_is_too_far() {
        let far = grid(&[(0, 0, "a"), (1_048_575, 16_383, "z")], &[]).unwrap_err();
        assert!(far.message.starts_with("sheet `Sheet1` reaches over more than 4000000 cells"));
        grid(&[(usize::MAX, usize::MAX, "z")], &[]).unwrap_err();
    }

    #[test]
    fn refuses_merges_that_repeat_too_much_text() {
        let mut grid = Grid::new("Sheet1");
        grid.allowance.left = 1000;
        grid.put(0, 0, "x".repeat(300)).unwrap();
        grid.put(9, 9, "z".to_owned()).unwrap();
        grid.merge(Area { rows: 0..=9, columns: 0..=9 });
        assert_eq!(grid.close().unwrap_err(), Refused::too_large());
    }

    proptest! {
        #[test]
        fn reads_back(cells in prop::collection::btree_map((0..9_usize, 0..9_usize), "[^\r\n\u{feff}]{1,5}", 0..9)) {
            let list = cells.iter().map(|(at, text)| (at.0, at.1, text.as_str()));
            let sheet = grid(&list.collect::<Vec<_>>(), &[]).unwrap();
            let lines = sheet.text.lines().map(|line| {
                let mut reader = csv::ReaderBuilder::new();
                let reader = reader.has_headers(false).from_reader(line.as_bytes());
                reader.into_records().next().map(Result::unwrap).unwrap_or_default()
            });
            let lines = lines.collect::<Vec<_>>();
            for ((row, column), text) in &cells {
                prop_assert_eq!(lines[*row].get(*column), Some(text.as_str()));
            }
        }
    }
}
