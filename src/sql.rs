//! The scoring of a plan as one SQL query, for values that are in a database. It counts in whole
//! numbers alone, so that its figures are those of an assessment to the last printed digit; what
//! cannot be said so is refused by name.

mod dialect;
mod earn;
mod expression;
mod facts;
mod grade;
mod item;
mod reading;
mod refusal;
mod sheet;
mod tally;
mod tree;

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};

pub use self::dialect::Dialect;
use self::expression::Sql;
use self::facts::{Facts, name};
pub use self::refusal::Refusal;
use self::refusal::Refused;
use self::sheet::{Sheet, choice};
use self::tally::{Outcome, SOUND};
use crate::plan::{Book, Plan, Quantity, Rounding, Ties};
use crate::spelling::{one_line, quoted};
use crate::text::Lang;
use crate::year::{Year, Years};

/// How figures are printed that a division leaves endless.
const PRINTED: Rounding = Rounding { digits: SOUND, ties: Ties::Even };

/// Columns that an engine gives a row at most, with room for those of a step in between.
const MOST_COLUMNS: usize = 1600;

/// What a query is written for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Wanted<'a> {
    /// The engine.
    pub dialect: Dialect,
    /// The table that has the values, as the engine names it.
    pub table: &'a str,
    /// The years to score.
    pub years: Years,
    /// The language of the grades.
    pub lang: Lang,
}

/// The plan as it is for some regions in some years.
struct Chapter {
    /// The parts of the query, and the rows that they end in.
    parts: String,
    rows: String,
    /// Of which years and regions.
    when: Vec<(Year, String)>,
}

/// Writes the query.
///
/// # Errors
///
/// Everything of the plan, in those years, that no query says exactly.
pub fn query(book: &Book, wanted: &Wanted<'_>) -> Result<String, Vec<Refusal>> {
    let plan = book.plan();
    let of_plan = |why: Refused| vec![Refusal { of: "the plan".to_owned(), what: why.0 }];
    let reading = reading::parts(plan, wanted.dialect, wanted.table).map_err(of_plan)?;
    let mut refusals = BTreeSet::new();
    let mut chapters: Vec<Chapter> = Vec::new();
    for year in wanted.years.iter() {
        for (regions, plan) in variants(book, year, wanted.dialect) {
            match chapter(&plan, year, wanted) {
                Err(found) => refusals.extend(found),
                Ok((parts, rows)) => {
                    let known = chapters
                        .iter_mut()
                        .find(|chapter| (&chapter.parts, &chapter.rows) == (&parts, &rows));
                    match known {
                        Some(chapter) => chapter.when.push((year, regions)),
                        None => chapters.push(Chapter { parts, rows, when: vec![(year, regions)] }),
                    }
                }
            }
        }
    }
    if !refusals.is_empty() {
        return Err(refusals.into_iter().collect());
    }
    Ok(together(book, wanted, &reading, &chapters))
}

/// The plan as it is in a year for the regions that it is the same for, and which these are.
fn variants(book: &Book, year: Year, dialect: Dialect) -> Vec<(String, Cow<'_, Plan>)> {
    let mut named: BTreeMap<Vec<usize>, Vec<String>> = BTreeMap::new();
    let others = book.in_force("", year);
    for region in book.named_regions() {
        let region = book.plan().region_called(region);
        let changes = book.in_force(region, year);
        if changes != others {
            named.entry(changes).or_default().push(dialect.quoted(region));
        }
    }
    let all: Vec<String> = named.values().flatten().cloned().collect();
    let mut found = Vec::new();
    let condition = if all.is_empty() {
        String::new()
    } else {
        format!(" AND region NOT IN ({})", all.join(", "))
    };
    found.push((condition, book.at("", year)));
    for regions in named.into_values() {
        let list = regions.join(", ");
        let one = book
            .named_regions()
            .into_iter()
            .find(|region| regions.contains(&dialect.quoted(book.plan().region_called(region))));
        found.push((format!(" AND region IN ({list})"), book.at(one.unwrap_or_default(), year)));
    }
    found
}

/// The query of its parts.
fn together(book: &Book, wanted: &Wanted<'_>, reading: &str, chapters: &[Chapter]) -> String {
    let once = wanted.dialect.once();
    let mut parts = vec![reading.to_owned()];
    let mut rows = Vec::new();
    for (index, chapter) in chapters.iter().enumerate() {
        let prefix = format!("assess_{}", index + 1);
        let years: BTreeSet<Year> = chapter.when.iter().map(|(year, _)| *year).collect();
        let years: Vec<_> = years.iter().map(|year| format!("({year})")).collect();
        let when: Vec<_> = chapter
            .when
            .iter()
            .map(|(year, regions)| format!("(year = {year}{regions})"))
            .collect();
        parts.push(format!(
            "{prefix}_grid {once} (
  SELECT r.region, y.year FROM assess_regions AS r
  CROSS JOIN (VALUES {}) AS y(year)
)",
            years.join(", ")
        ));
        parts.push(chapter.parts.replace(HERE, &prefix));
        let rows_of = chapter.rows.replace(HERE, &prefix);
        rows.push(format!("{rows_of}\n  WHERE {}", when.join(" OR ")));
    }
    let own = wanted.dialect.quoted(&book.plan().about().region);
    format!(
        "{}WITH {}\nSELECT kind AS \"row\", region, year, id, value, state, points, earned, grade\nFROM (\n{}\n) AS \
         assessed\nORDER BY CASE WHEN region = {own} THEN 0 ELSE 1 END, region, year, place\n",
        heading(book, wanted),
        parts.join(",\n"),
        rows.join("\n  UNION ALL\n"),
    )
    .replace("\"row\"", match wanted.dialect {
        Dialect::Spark => "`row`",
        Dialect::DuckDb | Dialect::Postgres => "\"row\"",
    })
}

/// What stands for the name of a chapter in its parts: nothing that a plan can say.
const HERE: &str = "\u{1}";

/// What the query is, and what its table must look like.
fn heading(book: &Book, wanted: &Wanted<'_>) -> String {
    let plan = book.plan();
    let line = |text: &str| one_line(text).replace(HERE, " ");
    let mut text = format!(
        "-- The plan {}, {}: its scoring for {}, written by assess {}.\n--\n\
         -- The table {} has a row a value:\n\
         --   region     text     the region as the plan writes it; the plan's own where it is null\n\
         --   year       integer  the year that the value is of\n\
         --   indicator  text     the id of the indicator or input\n\
         --   value      number or text, in the unit of the plan, of up to {} decimals; the words of\n\
         --              tasks, classes and states as text; null or empty where there is none\n",
        line(&quoted(plan.id())),
        line(plan.about().title.get(wanted.lang)),
        wanted.years,
        env!("CARGO_PKG_VERSION"),
        line(wanted.table),
        facts::DECIMALS,
    );
    if wanted.dialect == Dialect::Spark {
        text += "-- It must run in ANSI mode, so that a number that is too large stops it:\n\
                 --   SET spark.sql.ansi.enabled = true\n";
    }
    let mut names = |quantity: Quantity, id: &str| {
        text += &format!("-- {} is {}\n", name(quantity), line(id));
    };
    text_of(plan, &mut names);
    text
}

/// What the columns are called.
fn text_of(plan: &Plan, say: &mut dyn FnMut(Quantity, &str)) {
    for (index, item) in plan.indicators().iter().enumerate() {
        say(Quantity::Item(index), &item.id);
    }
    for (index, input) in plan.inputs().iter().enumerate() {
        say(Quantity::Input(index), &input.id);
    }
}

/// A row of the result.
struct Row {
    kind: &'static str,
    id: String,
    value: Sql,
    state: Sql,
    points: Sql,
    earned: Sql,
    grade: Sql,
}

impl Row {
    fn pieces(&self) -> [&Sql; 5] {
        [&self.value, &self.state, &self.points, &self.earned, &self.grade]
    }
}

/// Names that follow each other, in lines of a width that can be read.
fn wrapped(names: &str) -> String {
    let mut text = String::new();
    let mut width = 0;
    for name in names.split_inclusive(' ') {
        if width + name.len() > 96 {
            text.truncate(text.trim_end().len());
            text += "\n    ";
            width = 0;
        }
        text += name;
        width += name.len();
    }
    text
}

/// The plan of a year as parts of a query.
fn chapter(plan: &Plan, year: Year, wanted: &Wanted<'_>) -> Result<(String, String), Vec<Refusal>> {
    let mut facts = Facts::new(plan, year, Sheet::new(wanted.dialect));
    let mut refusals = Vec::new();
    for index in 0..plan.indicators().len() {
        match facts.item(index) {
            Ok(Some(item)) => {
                facts.items.insert(index, item);
            }
            Ok(None) => {}
            Err(Refused(what)) => refusals.push(Refusal { of: facts.called(index), what }),
        }
    }
    if !refusals.is_empty() {
        return Err(refusals);
    }
    let rows = rows(&mut facts, wanted.lang);
    let rows = rows.map_err(|(of, Refused(what))| vec![Refusal { of, what }])?;
    let ends = rows.iter().flat_map(|row| row.pieces().map(|piece| piece.text.as_str()));
    let kept = facts.sheet.kept(ends);
    let widths = kept.iter().zip(&facts.sheet.layers).map(|(kept, layer)| kept.len() + layer.len());
    let widest = widths.chain([facts.sheet.taken.len()]).max().unwrap_or_default();
    if widest > MOST_COLUMNS {
        let what = format!(
            "it takes {widest} columns, more than the {MOST_COLUMNS} that every engine has"
        );
        return Err(vec![Refusal { of: "the plan".to_owned(), what }]);
    }
    Ok(written(&facts.sheet, &rows, &kept))
}

/// Everything that a region's year comes to.
fn rows(facts: &mut Facts<'_>, lang: Lang) -> Result<Vec<Row>, (String, Refused)> {
    let plan = facts.plan;
    let outcome = facts.outcome()?;
    let mut rows = Vec::new();
    let of_score = |why| ("the score".to_owned(), why);
    for (index, item) in facts.items.clone() {
        let Some(indicator) = plan.indicators().get(index) else { continue };
        let earned = item_earned(facts, index, &outcome);
        let earned = earned.map_err(|why| (facts.called(index), why))?;
        rows.push(Row {
            kind: "item",
            id: indicator.id.clone(),
            value: item.value,
            state: item.state,
            points: facts.sheet.quoted(&indicator.points.to_string()),
            earned,
            grade: Sql::null(),
        });
    }
    for (index, group) in plan.groups().iter().enumerate() {
        let Some(done) = outcome.groups.get(&index) else { continue };
        let row = tally_row(facts, "group", &group.id, &format!("g{}", index + 1), &done.tally);
        rows.push(row.map_err(|why| (format!("group `{}`", group.id), why))?);
    }
    let (total, exact) = facts.total(&outcome).map_err(of_score)?;
    let refused = facts.refused().map_err(of_score)?;
    let exact = if refused.is_false() {
        exact
    } else {
        let exact = facts.sheet.choice(&[(refused, Sql::null())], &exact);
        facts.sheet.number("score_given", &exact)
    };
    rows.push(tally_row(facts, "total", "", "total", &total).map_err(of_score)?);
    let earned = facts.shown_score(&exact).map_err(of_score)?;
    let grade = facts.grade(&exact, &outcome, lang)?;
    rows.push(Row {
        kind: "score",
        id: String::new(),
        value: Sql::null(),
        state: Sql::null(),
        points: facts.sheet.quoted(&plan.scoring().total.to_string()),
        earned,
        grade,
    });
    Ok(rows)
}

fn item_earned(facts: &mut Facts<'_>, index: usize, outcome: &Outcome) -> Result<Sql, Refused> {
    let Some(counts) = outcome.items.get(&index) else { return Ok(Sql::null()) };
    if counts.text == "NULL" {
        return Ok(Sql::null());
    }
    let sound = facts.sound(&format!("i{}", index + 1), counts)?;
    facts.sheet.shown(&sound, SOUND)
}

fn tally_row(
    facts: &mut Facts<'_>,
    kind: &'static str,
    id: &str,
    name: &str,
    tally: &tally::Tally,
) -> Result<Row, Refused> {
    let earned = facts.sound(name, &tally.earned)?;
    let earned = facts.sheet.shown(&earned, SOUND)?;
    let points = facts.shown_points(name, tally)?;
    let if_any = |piece: Sql| choice(&[(tally.is_there.clone(), piece)], &Sql::null());
    Ok(Row {
        kind,
        id: id.to_owned(),
        value: Sql::null(),
        state: Sql::null(),
        points: if_any(points),
        earned: if_any(earned),
        grade: Sql::null(),
    })
}

/// The columns as layers of parts, and the rows that stand one below the other.
fn written(sheet: &Sheet, rows: &[Row], kept: &[Vec<&str>]) -> (String, String) {
    let dialect = sheet.dialect;
    let once = dialect.once();
    let columns = |columns: &[(String, String)]| {
        columns.iter().map(|(name, text)| format!(",\n    {text} AS {name}")).collect::<String>()
    };
    let mut text = format!(
        "{HERE}_0 {once} (
  SELECT g.region, g.year{}
  FROM {HERE}_grid AS g LEFT JOIN assess_values AS v ON v.region = g.region
  GROUP BY g.region, g.year
)",
        columns(&sheet.taken)
    );
    for (at, (layer, kept)) in sheet.layers.iter().zip(kept).enumerate() {
        let kept: String = kept.iter().map(|name| format!(", {name}")).collect();
        text += &format!(
            ",\n{HERE}_{} {once} (\n  SELECT region, year{}{}\n  FROM {HERE}_{at}\n)",
            at + 1,
            wrapped(&kept),
            columns(layer)
        );
    }
    let last = sheet.layers.len();
    let values: Vec<_> = rows
        .iter()
        .enumerate()
        .map(|(place, row)| {
            format!("    ({}, '{}', {})", place + 1, row.kind, dialect.quoted(&row.id))
        })
        .collect();
    let column = |of: fn(&Row) -> &Sql| {
        let branches: Vec<_> = rows
            .iter()
            .enumerate()
            .filter(|(_, row)| of(row).text != "NULL")
            .map(|(place, row)| format!("      WHEN {} THEN {}", place + 1, of(row).text))
            .collect();
        if branches.is_empty() {
            return format!("CAST(NULL AS {})", dialect.text());
        }
        format!("CASE o.place\n{}\n    END", branches.join("\n"))
    };
    let rows = format!(
        "  SELECT o.place, o.kind, region, year, o.id,
    {} AS value,
    {} AS state,
    {} AS points,
    {} AS earned,
    {} AS grade
  FROM {HERE}_{last} CROSS JOIN (VALUES
{}
  ) AS o(place, kind, id)",
        column(|row| &row.value),
        column(|row| &row.state),
        column(|row| &row.points),
        column(|row| &row.earned),
        column(|row| &row.grade),
        values.join(",\n"),
    );
    (text, rows)
}
