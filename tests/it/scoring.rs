//! Every table of values and points in `docs/scoring.md` is what the program makes of the block of
//! TOML before it.

use std::collections::BTreeMap;

use assess::assessment::Assessment;
use std::io::Cursor;

use assess::data::{Options, Reader};
use assess::plan::{Book, Plan, Quantity};
use assess::source::Source;
use assess::text::Lang;
use assess::year::Year;
use rust_decimal::Decimal;

use crate::judging::assess;
use crate::world::read;

const HEAD: &str = "format = 1\nplan = \"p\"\n[about]\ntitle = \"P\"\nregion = \"甲县\"\n\
                    years = \"2021-2025\"\nbase-year = 2020\n";

/// A block of TOML and the table after it.
struct Example {
    line: usize,
    toml: String,
    columns: Vec<String>,
    rows: Vec<Vec<String>>,
}

fn examples(path: &str) -> Vec<Example> {
    let text = read(path);
    let mut examples: Vec<Example> = Vec::new();
    let mut lines = text.lines().enumerate();
    while let Some((number, line)) = lines.next() {
        if line.starts_with("```") {
            let body: String = lines
                .by_ref()
                .map(|(_, line)| line)
                .take_while(|line| !line.starts_with("```"))
                .map(|line| format!("{line}\n"))
                .collect();
            if line == "```toml score" {
                let done = examples.last().is_none_or(|example| !example.rows.is_empty());
                assert!(done, "{path}:{number}: the block before has no table");
                let (columns, rows) = (Vec::new(), Vec::new());
                examples.push(Example { line: number + 1, toml: body, columns, rows });
            }
        } else if line.starts_with('|')
            && let Some(example) = examples.last_mut().filter(|example| example.rows.is_empty())
        {
            example.columns = cells(line);
            lines.next();
            example.rows = lines
                .by_ref()
                .map(|(_, line)| line)
                .take_while(|line| line.starts_with('|'))
                .map(cells)
                .collect();
        }
    }
    assert!(examples.len() > 40, "{path} has only {} examples", examples.len());
    examples
}

fn cells(line: &str) -> Vec<String> {
    let inner = line.trim().trim_matches('|');
    inner.split('|').map(|cell| cell.trim().replace('`', "")).collect()
}

/// What one cell of a table says.
enum Cell {
    Value(Quantity, Year),
    Points(Points),
    State,
    Score,
    Grade,
    Nothing,
}

enum Points {
    Item(usize),
    Group(usize),
}

impl Example {
    fn book(&self) -> Book {
        let head = if self.toml.contains("format = 1") { "" } else { HEAD };
        let source =
            Source::new(format!("scoring.md:{}", self.line), format!("{head}{}", self.toml));
        Book::read(&source, &[]).unwrap_or_else(|found| panic!("line {}:\n{found}", self.line))
    }

    /// What a column is about.
    fn cell(&self, column: &str, plan: &Plan, year: Year) -> Cell {
        let quantity = |name: &str| {
            plan.find(name).unwrap_or_else(|| panic!("{}: what is `{name}`?", self.line))
        };
        let last_year = |name: &str| Cell::Value(quantity(name), year.before());
        let first = Quantity::Item(0);
        let member = |id: &str| match plan.groups().iter().position(|group| group.id == id) {
            Some(group) => Points::Group(group),
            None => match quantity(id) {
                Quantity::Item(index) => Points::Item(index),
                Quantity::Input(_) => panic!("{}: `{id}` has no points", self.line),
            },
        };
        match column {
            "value" => Cell::Value(first, year),
            "last year" => Cell::Value(first, year.before()),
            "base year" => Cell::Value(first, "2020".parse().unwrap()),
            "points" => Cell::Points(Points::Item(0)),
            "state" => Cell::State,
            "score" => Cell::Score,
            "grade" => Cell::Grade,
            "why" | "region" | "year" | "" => Cell::Nothing,
            other => match (other.strip_prefix("points of "), other.strip_suffix(" last year")) {
                (Some(id), _) => Cell::Points(member(id)),
                (None, Some(id)) => last_year(id),
                (None, None) => Cell::Value(quantity(other), year),
            },
        }
    }

    fn text<'r>(&self, row: &'r [String], column: &str) -> Option<&'r str> {
        let at = self.columns.iter().position(|known| known == column)?;
        row.get(at).map(String::as_str)
    }

    fn check(&self) -> Vec<String> {
        let book = self.book();
        let together = self.columns.iter().any(|column| column == "region");
        let mut wrong = Vec::new();
        for (index, row) in self.rows.iter().enumerate() {
            let year: Year = self.text(row, "year").unwrap_or("2021").parse().unwrap();
            let region = self.text(row, "region").unwrap_or("甲县");
            let plan = book.at(region, year);
            let given = if together { &self.rows[..] } else { &self.rows[index..=index] };
            let data: String = given.iter().map(|row| self.data(row, book.plan(), year)).collect();
            let mut reader = Reader::new(book.plan(), Options::default());
            if !data.is_empty() {
                let table = format!("region,year,indicator,value,note\n{data}");
                reader.read("table", None, &mut Cursor::new(table)).unwrap();
            }
            let (measurements, _) = match reader.finish() {
                Ok(read) => read,
                Err(found) => {
                    wrong.push(format!("line {}, row {}: {found}", self.line, index + 1));
                    continue;
                }
            };
            let assessment = assess(&measurements, &plan, region, year);
            for (column, cell) in self.columns.iter().zip(row) {
                let what = self.cell(column, &plan, year);
                if let Some(found) = differs(&what, cell, &assessment) {
                    let sum = assessment.items[0].sum(Lang::En);
                    wrong.push(format!(
                        "line {}, row {}, {column}: {cell} expected, {found} found ({sum})",
                        self.line,
                        index + 1
                    ));
                }
            }
        }
        wrong
    }

    /// The rows of measured values that a row of the table stands for.
    fn data(&self, row: &[String], plan: &Plan, year: Year) -> String {
        let region = self.text(row, "region").unwrap_or("甲县");
        let mut values: BTreeMap<(Quantity, Year), &str> = BTreeMap::new();
        for (column, text) in self.columns.iter().zip(row) {
            if let Cell::Value(quantity, year) = self.cell(column, plan, year)
                && !text.is_empty()
            {
                values.insert((quantity, year), text);
            }
        }
        let line = |((quantity, year), text): ((Quantity, Year), &str)| {
            let id = plan.measure(quantity).unwrap().id;
            format!("{region},{year},{id},{},why\n", text.replace('−', "-"))
        };
        values.into_iter().map(line).collect()
    }
}

/// What was found, where it is not what a cell says.
fn differs(what: &Cell, cell: &str, assessment: &Assessment<'_>) -> Option<String> {
    let number = |found: Option<Decimal>| match found {
        None => (cell != "–").then(|| "–".to_owned()),
        Some(found) => {
            let expected: Option<Decimal> = cell.replace('−', "-").parse().ok();
            let shown = found.round_dp(6).normalize();
            (expected.map(|expected| expected.normalize()) != Some(shown))
                .then(|| shown.to_string())
        }
    };
    match what {
        Cell::Value(..) | Cell::Nothing => None,
        Cell::Points(Points::Item(index)) => number(assessment.items[*index].earned),
        Cell::Points(Points::Group(index)) => {
            number(assessment.groups[*index].tally.map(|tally| tally.earned))
        }
        Cell::State => {
            let found = assessment.items[0].state.code();
            (found != cell).then(|| found.to_owned())
        }
        Cell::Score => number(assessment.score.as_ref().map(|score| score.rounded)),
        Cell::Grade => {
            let found = assessment.grade.map_or("–", |grade| grade.name.get(Lang::Zh));
            (found != cell).then(|| found.to_owned())
        }
    }
}

#[test]
fn every_table_of_the_documentation_is_true() {
    let wrong: Vec<_> = examples("docs/scoring.md").iter().flat_map(Example::check).collect();
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}
