//! What the query takes from the table, and what it refuses there.

use super::dialect::Dialect;
use super::expression::ten_to;
use super::facts::{DECIMALS, in_table, lack, place};
use super::refusal::Refused;
use crate::plan::{Kind, Measure, Plan, Quantity};

/// Words for a task that is done, and for one that is not.
const DONE: [&str; 4] = ["完成", "已完成", "done", "completed"];
const NOT_DONE: [&str; 5] = ["未完成", "没有完成", "尚未完成", "not done", "not completed"];

/// What says that an indicator does not apply; a reason may follow behind one of the marks.
const NOT_APPLICABLE: [&str; 2] = ["不适用", "not applicable"];
const MARKS: [&str; 6] = [":", "：", "(", "（", ",", "，"];

/// A number that is written out, in whole or with decimals; zeros behind them may be more.
fn plain() -> String {
    format!("^[-+]?[0-9]{{1,15}}([.][0-9]{{1,{DECIMALS}}}0*)?$")
}

/// All that a plan has values of.
fn quantities(plan: &Plan) -> Vec<(Quantity, Measure<'_>)> {
    let items = (0..plan.indicators().len()).map(Quantity::Item);
    let inputs = (0..plan.inputs().len()).map(Quantity::Input);
    let all = items.chain(inputs);
    all.filter_map(|quantity| Some((quantity, plan.measure(quantity)?)))
        .filter(|(_, measure)| !measure.is_worked_out)
        .collect()
}

/// The parts of the query that read the table: its values as whole numbers of millionths, each once,
/// and the regions.
pub(super) fn parts(plan: &Plan, dialect: Dialect, table: &str) -> Result<String, Refused> {
    let (integer, text, once) = (dialect.integer(), dialect.text(), dialect.once());
    let asked = asked(plan, dialect)?;
    let words = words(plan, dialect);
    let region = region(plan, dialect);
    let plain = plain();
    let is_plain = dialect.is_like("text", &plain);
    let bare = "REPLACE(text, '%', '')";
    let is_per_cent = dialect.is_like(bare, &plain);
    let number = |of: &str| {
        format!(
            "CAST(SPLIT_PART({of}, '.', 1) || RPAD(SPLIT_PART({of}, '.', 2), {DECIMALS}, '0') AS \
             {integer})"
        )
    };
    let (as_number, as_per_cent) = (number("text"), number(bare));
    let list = |words: &[&str]| {
        words.iter().map(|word| dialect.quoted(word)).collect::<Vec<_>>().join(", ")
    };
    let (done, not_done, none) = (list(&DONE), list(&NOT_DONE), list(&NOT_APPLICABLE));
    let reasons: Vec<_> = NOT_APPLICABLE
        .iter()
        .flat_map(|word| MARKS.map(|mark| dialect.quoted(&format!("{word}{mark}%"))))
        .map(|pattern| format!("LOWER(text) LIKE {pattern}"))
        .collect();
    let reasons = reasons.join(" OR ");
    let wrong = dialect.stop(&format!(
        "'assess: the value `' || text || '` of `' || id || '`, ' || region || ', ' || \
         CAST(year AS {text}) || ', cannot be read: write a number below 10^15 of up to {DECIMALS} \
         decimals in the unit of the plan, or a word that the plan has'"
    ));
    let outside = dialect.stop(&format!(
        "'assess: the value `' || text || '` of `' || id || '`, ' || region || ', ' || \
         CAST(year AS {text}) || ', is outside what the plan allows'"
    ));
    let twice = dialect.stop(&format!(
        "'assess: `' || MAX(id) || '` has two values for ' || region || ', ' || CAST(year AS {text}) \
         || ': `' || MIN(text) || '` and `' || MAX(text) || '`'"
    ));
    let (all, not_applicable) = (100 * ten_to(DECIMALS)?, lack::NOT_APPLICABLE);
    Ok(format!(
        "assess_asked {once} (
  SELECT * FROM (VALUES
{asked}
  ) AS asked(place, id, kind, least, most)
),
assess_rows {once} (
  SELECT {region} AS region, CAST(t.year AS INTEGER) AS year, a.place, a.id, a.kind,
    a.least, a.most, TRIM(CAST(t.value AS {text})) AS text
  FROM {table} AS t JOIN assess_asked AS a ON a.id = t.indicator
),
assess_regions {once} (
  SELECT DISTINCT region FROM assess_rows
),
assess_read {once} (
  SELECT region, year, place, id, kind, least, most, text,
    CASE WHEN LOWER(text) IN ({none}) OR {reasons}
      THEN {not_applicable} ELSE 0 END AS lack
  FROM assess_rows WHERE text IS NOT NULL AND text NOT IN ('', '-9999')
),
assess_numbers {once} (
  SELECT region, year, place, id, kind, least, most, text, lack,
    CASE WHEN lack <> 0 THEN NULL
      WHEN kind = 'number' AND {is_plain} THEN {as_number}
      WHEN kind = 'task' AND LOWER(text) IN ({done}) THEN {all}
      WHEN kind = 'task' AND LOWER(text) IN ({not_done}) THEN 0
      WHEN kind = 'task' AND {is_per_cent} THEN {as_per_cent}
{words}      ELSE {wrong} END AS number
  FROM assess_read
),
assess_values {once} (
  SELECT region, year, place, MAX(text) AS text, MAX(lack) AS lack,
    CASE WHEN MIN(lack) <> MAX(lack) OR MIN(number) <> MAX(number) THEN {twice}
      ELSE MAX(CASE WHEN number < least OR number > most THEN {outside} ELSE number END)
    END AS number
  FROM assess_numbers GROUP BY region, year, place
)"
    ))
}

/// What is asked of the table: the ids, and what their values may be.
fn asked(plan: &Plan, dialect: Dialect) -> Result<String, Refused> {
    let integer = dialect.integer();
    let mut rows = Vec::new();
    for (quantity, measure) in quantities(plan) {
        let kind = match measure.kind {
            Kind::Number => "number",
            Kind::Task => "task",
            Kind::Class(_) => "class",
        };
        let end = |number: Option<rust_decimal::Decimal>, other: Option<i128>| {
            let number = number.map(in_table).transpose()?.or(other);
            let number = number.map_or("NULL".to_owned(), |number| number.to_string());
            Ok::<_, Refused>(format!("CAST({number} AS {integer})"))
        };
        let is_task = *measure.kind == Kind::Task;
        let (none, all) =
            if is_task { (Some(0), Some(100 * ten_to(DECIMALS)?)) } else { (None, None) };
        let (least, most) = (end(measure.range.least, none)?, end(measure.range.most, all)?);
        let (place, id) = (place(plan, quantity), dialect.quoted(measure.id));
        rows.push(format!("    ({place}, {id}, '{kind}', {least}, {most})"));
    }
    if rows.is_empty() {
        return Err(Refused::new("it measures nothing"));
    }
    Ok(rows.join(",\n"))
}

/// Classes and other words that stand for a place in an order.
fn words(plan: &Plan, dialect: Dialect) -> String {
    let mut lines = String::new();
    for (quantity, measure) in quantities(plan) {
        let Kind::Class(classes) = measure.kind else { continue };
        for (rank, name) in classes.names().enumerate() {
            let (place, name) = (place(plan, quantity), dialect.quoted(name));
            let sign = if rank == 0 { "" } else { "-" };
            let number = rank * 10_usize.pow(DECIMALS);
            lines += &format!("      WHEN place = {place} AND text = {name} THEN {sign}{number}\n");
        }
    }
    lines
}

/// The region of a row: the plan's own where none is said, and the plan's name where it has others.
fn region(plan: &Plan, dialect: Dialect) -> String {
    let text = dialect.text();
    let own = dialect.quoted(&plan.about().region);
    let said = format!("COALESCE(NULLIF(TRIM(CAST(t.region AS {text})), ''), {own})");
    if plan.regions().is_empty() {
        return said;
    }
    let mut branches = String::new();
    for region in plan.regions() {
        let names = region.aliases.iter().chain([&region.name]);
        let names: Vec<_> = names.map(|name| dialect.quoted(name)).collect();
        let name = dialect.quoted(&region.name);
        branches += &format!(" WHEN {said} IN ({}) THEN {name}", names.join(", "));
    }
    let own = format!(" WHEN {said} = {own} THEN {own}");
    let stop = dialect.stop(&format!("'assess: the plan lists no region `' || {said} || '`'"));
    format!("CASE{branches}{own} ELSE CAST({stop} AS {text}) END")
}
