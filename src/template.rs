//! A blank return (填报表): the values that a year asks for, for the responsible units to fill in.
//! What it holds is here; each format writes it in a file of its own.

mod csv;
mod words;
mod xlsx;

use std::io::{self, Write};

use crate::plan::{Asked, Kind, Measure, Plan, Quantity, distinct, is_same_unit};
use crate::spelling::fold_name;
use crate::text::Lang;
use crate::unit::Unit;
use crate::year::Year;

/// A blank return of a region and a year.
#[derive(Clone, Debug)]
pub struct Template<'a> {
    plan: &'a Plan,
    /// None for the plan's own.
    region: Option<&'a str>,
    year: Year,
    lang: Lang,
    /// The units that it is for; empty where it is for all.
    units: Vec<&'a str>,
    rows: Vec<Row<'a>>,
}

/// How a return is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Format {
    /// Comma-separated values in UTF-8, the header on the first line.
    Csv,
    /// A workbook that can be sent out: locked but for the cells to fill, and laid out for print.
    Xlsx,
}

/// A value that is asked for.
#[derive(Clone, Debug)]
struct Row<'a> {
    asked: Asked,
    measure: Measure<'a>,
    clause: &'a str,
    target: String,
    /// Who answers for it; empty where the plan names nobody.
    lead: Vec<&'a str>,
}

/// What a column holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Column {
    Region,
    Clause,
    Indicator,
    Target,
    Value,
    Unit,
    Year,
    Lead,
    Source,
    Note,
}

impl Format {
    /// The format of a file by its ending, without the dot.
    pub fn of_ending(ending: &str) -> Option<Self> {
        [Self::Csv, Self::Xlsx]
            .into_iter()
            .find(|format| ending.eq_ignore_ascii_case(format.ending()))
    }

    /// The ending of its files, without the dot.
    pub fn ending(self) -> &'static str {
        match self {
            Self::Csv => "csv",
            Self::Xlsx => "xlsx",
        }
    }
}

impl<'a> Template<'a> {
    /// All that a year asks of a region; the plan must be that of the region and the year.
    pub fn new(plan: &'a Plan, region: &'a str, year: Year, lang: Lang) -> Self {
        let is_own = fold_name(region) == fold_name(&plan.about().region);
        let asked = plan.asks(year, |target| target.is_in_force(year));
        let rows = asked.into_iter().filter_map(|asked| Row::new(plan, asked, year, lang));
        let rows = rows.collect();
        Self { plan, region: (!is_own).then_some(region), year, lang, units: Vec::new(), rows }
    }

    /// How many values it asks for.
    pub fn len(&self) -> usize {
        self.rows.len()
    }

    /// Whether it asks for nothing.
    pub fn is_empty(&self) -> bool {
        self.rows.is_empty()
    }

    /// The units that answer for any value, in the order of the rows, each once however it is
    /// spelled.
    pub fn units(&self) -> Vec<&'a str> {
        distinct(self.rows.iter().flat_map(|row| row.lead.iter().copied()))
    }

    /// The unit of a name, among those that answer for any value.
    pub fn unit(&self, name: &str) -> Option<&'a str> {
        self.units().into_iter().find(|unit| is_same_unit(unit, name))
    }

    /// What some units answer for.
    #[must_use]
    pub fn of_units(&self, units: &[&'a str]) -> Self {
        let is_asked = |own: &str| units.iter().any(|unit| is_same_unit(own, unit));
        let is_theirs = |row: &&Row<'_>| row.lead.iter().any(|own| is_asked(own));
        let rows = self.rows.iter().filter(is_theirs).cloned().collect();
        Self { units: units.to_vec(), rows, ..self.clone() }
    }

    /// What no unit answers for.
    #[must_use]
    pub fn of_nobody(&self) -> Self {
        let rows = self.rows.iter().filter(|row| row.lead.is_empty()).cloned().collect();
        Self { rows, units: vec![self.nobody()], ..self.clone() }
    }

    /// What stands for the unit where the plan names none.
    pub fn nobody(&self) -> &'static str {
        match self.lang {
            Lang::Zh => "未指明责任单位",
            Lang::En => "not-named",
        }
    }

    /// Writes it.
    ///
    /// # Errors
    ///
    /// Where the sink fails, or a text is longer than a workbook can hold.
    pub fn write(&self, format: Format, out: &mut dyn Write) -> io::Result<()> {
        match format {
            Format::Csv => csv::write(self, out),
            Format::Xlsx => xlsx::write(self, out),
        }
    }

    fn columns(&self) -> impl Iterator<Item = Column> + Clone + use<> {
        let region = self.region.map(|_| Column::Region);
        region.into_iter().chain(Column::ALWAYS)
    }

    /// The text of a cell; empty where it is to be filled.
    fn cell(&self, row: &Row<'_>, column: Column) -> String {
        match column {
            Column::Region => self.region.unwrap_or_default().to_owned(),
            Column::Clause => row.clause.to_owned(),
            Column::Indicator => row.measure.name.get(self.lang).to_owned(),
            Column::Target => row.target.clone(),
            Column::Unit => row.measure.unit.map_or("", Unit::as_str).to_owned(),
            Column::Year => row.asked.year.to_string(),
            Column::Lead => row.lead.join(self.between()),
            Column::Value | Column::Source | Column::Note => String::new(),
        }
    }

    /// What stands between units.
    fn between(&self) -> &'static str {
        match self.lang {
            Lang::Zh => "、",
            Lang::En => "; ",
        }
    }
}

impl<'a> Row<'a> {
    /// The row of a value that a year asks for; none where it is not of the plan.
    fn new(plan: &'a Plan, asked: Asked, year: Year, lang: Lang) -> Option<Self> {
        let item = asked.items.first().and_then(|&index| plan.indicators().get(index));
        Some(Self {
            measure: plan.measure(asked.quantity)?,
            clause: item.and_then(|item| item.clause.as_deref()).unwrap_or_default(),
            target: target(plan, &asked, year, lang).unwrap_or_default(),
            lead: lead(plan, &asked.items),
            asked,
        })
    }

    /// The texts that may be chosen from as its value; empty for numbers.
    fn choices(&self, lang: Lang) -> Vec<&'a str> {
        match (self.measure.kind, lang) {
            (Kind::Number, _) => Vec::new(),
            (Kind::Task, Lang::Zh) => vec!["完成", "未完成"],
            (Kind::Task, Lang::En) => vec!["done", "not done"],
            (Kind::Class(classes), _) => classes.names().collect(),
        }
    }
}

/// The target that a value is held against; none for what a target is only worked out from.
fn target(plan: &Plan, asked: &Asked, year: Year, lang: Lang) -> Option<String> {
    let Quantity::Item(index) = asked.quantity else { return None };
    let item = plan.indicators().get(index).filter(|_| asked.year == year)?;
    let is_asked = asked.items.contains(&index);
    let target = item.target(year).filter(|_| is_asked)?;
    Some(target.show(item.unit.as_ref(), lang))
}

/// Who answers for a value: the leads of the items that rest on it, each once; the plan's
/// coordinator where none does.
fn lead<'a>(plan: &'a Plan, items: &[usize]) -> Vec<&'a str> {
    let items: Vec<_> = items.iter().filter_map(|&index| plan.indicators().get(index)).collect();
    let nobody = items.is_empty().then_some(&plan.about().coordinator);
    let leads = items.into_iter().flat_map(|item| plan.leads(item));
    distinct(leads.chain(nobody.into_iter().flatten()).map(String::as_str))
}

impl Column {
    /// Those that are always there; the region is said only where it is not the plan's own.
    const ALWAYS: [Self; 9] = [
        Self::Clause,
        Self::Indicator,
        Self::Target,
        Self::Value,
        Self::Unit,
        Self::Year,
        Self::Lead,
        Self::Source,
        Self::Note,
    ];

    /// Its name, by which it is read again.
    fn name(self, lang: Lang) -> &'static str {
        let (zh, en) = match self {
            Self::Region => ("地区", "region"),
            Self::Clause => ("条款", "clause"),
            Self::Indicator => ("指标", "indicator"),
            Self::Target => ("目标", "target"),
            Self::Value => ("数值", "value"),
            Self::Unit => ("单位", "unit"),
            Self::Year => ("年份", "year"),
            Self::Lead => ("责任单位", "lead"),
            Self::Source => ("数据来源", "source"),
            Self::Note => ("备注", "note"),
        };
        match lang {
            Lang::Zh => zh,
            Lang::En => en,
        }
    }

    /// Whether the units fill it in.
    fn is_to_fill(self) -> bool {
        matches!(self, Self::Value | Self::Source | Self::Note)
    }
}
