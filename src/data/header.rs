//! Which column of a file is what, from its header in Chinese or English.

use std::collections::BTreeMap;

use csv::StringRecord;

use super::Reader;
use super::csv::Position;
use crate::diagnostic::Diagnostic;
use crate::source::Source;
use crate::spelling::{fold, nearest, quoted};

/// What a column holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Column {
    Indicator,
    Value,
    Unit,
    Region,
    Year,
    Source,
    Note,
}

impl Column {
    /// The names that a column goes by, the usual ones first.
    const NAMES: [(Self, &[&str]); 7] = [
        (
            Self::Indicator,
            &["指标", "indicator", "指标名称", "考核指标", "项目", "任务", "item", "id", "name"],
        ),
        (
            Self::Value,
            &[
                "数值",
                "value",
                "值",
                "实测值",
                "监测值",
                "完成值",
                "完成情况",
                "measured",
                "measured value",
            ],
        ),
        (Self::Unit, &["单位", "unit", "计量单位"]),
        (Self::Region, &["地区", "region", "区域", "县市", "行政区", "行政区划"]),
        (Self::Year, &["年份", "year", "年", "年度"]),
        (Self::Source, &["来源", "source", "数据来源"]),
        (Self::Note, &["备注", "note", "说明", "notes", "remark", "remarks"]),
    ];

    /// The column that a header cell names.
    pub(super) fn named(cell: &str) -> Option<Self> {
        let cell = fold(cell);
        let is = |names: &[&str]| names.iter().any(|name| fold(name) == cell);
        Self::NAMES.into_iter().find(|(_, names)| is(names)).map(|(column, _)| column)
    }

    /// Its usual name in English.
    fn usual_name(self) -> &'static str {
        self.names().last().copied().unwrap_or_default()
    }

    /// Its usual names, Chinese and English.
    fn names(self) -> &'static [&'static str] {
        let names = Self::NAMES.into_iter().find(|&(column, _)| column == self);
        names.and_then(|(_, names)| names.get(..2)).unwrap_or_default()
    }
}

/// Where each column stands that a header names.
pub(super) type Columns = BTreeMap<Column, usize>;

impl Reader<'_> {
    /// The columns of a header; none where one that is needed is not there, or one is there twice.
    pub(super) fn columns(
        &mut self,
        source: &Source,
        head: &Position,
        header: &StringRecord,
    ) -> Option<Columns> {
        let named = || header.iter().map(Column::named).enumerate();
        let year = self.year.is_none().then_some(Column::Year);
        let needed = [Column::Indicator, Column::Value].into_iter().chain(year);
        let missing: Vec<Column> =
            needed.filter(|column| !named().any(|(_, named)| named == Some(*column))).collect();
        if !missing.is_empty() {
            self.refuse_header(source, head, header, &missing);
            return None;
        }
        let mut columns = Columns::new();
        let mut unread = Vec::new();
        let mut sound = true;
        for (at, column) in named() {
            let Some(column) = column else {
                unread.push(at);
                continue;
            };
            if let Some(first) = columns.insert(column, at) {
                let message = format!("two columns are `{}`", column.usual_name());
                let fault = Diagnostic::error("duplicate-column", message);
                let fault = fault.at(head.cell_place(source, at), "the second");
                let fault = fault.at(head.cell_place(source, first), "the first");
                self.found.push(fault.help("name one of them otherwise, and it is not read"));
                sound = false;
            }
        }
        self.say_unread(source, head, header, &unread);
        sound.then_some(columns)
    }

    /// Says which columns are not read, the first few with their places.
    fn say_unread(
        &mut self,
        source: &Source,
        head: &Position,
        header: &StringRecord,
        unread: &[usize],
    ) {
        const SHOWN: usize = 5;
        let cell = |at: usize| header.get(at).unwrap_or_default();
        let unread: Vec<usize> =
            unread.iter().copied().filter(|&at| !cell(at).trim().is_empty()).collect();
        let shown: Vec<usize> = unread.iter().copied().take(SHOWN).collect();
        let names = shown.iter().map(|&at| format!("`{}`", quoted(cell(at))));
        let names = names.collect::<Vec<_>>().join(", ");
        let message = match unread.len() {
            0 => return,
            1 => format!("the column {names} is not read"),
            count if count <= SHOWN => format!("the columns {names} are not read"),
            count => format!("the columns {names} and {} more are not read", count - SHOWN),
        };
        let places = head.cell_places(source, shown.iter().copied());
        let warning = Diagnostic::warning("unread-column", message);
        let warning = places.into_iter().fold(warning, |warning, place| warning.at(place, ""));
        let known = || Column::NAMES.iter().flat_map(|(_, names)| names.iter().copied());
        let near = shown.iter().find_map(|&at| nearest(cell(at), known()).first().copied());
        self.found.push(match near {
            Some(near) => warning.help(format!("did you mean `{near}`?")),
            None => warning.help("delete it if nothing is missed by that"),
        });
    }

    fn refuse_header(
        &mut self,
        source: &Source,
        head: &Position,
        header: &StringRecord,
        missing: &[Column],
    ) {
        let either = |column: &Column| {
            column.names().iter().map(|name| format!("`{name}`")).collect::<Vec<_>>().join(" or ")
        };
        let names = missing.iter().map(either).collect::<Vec<_>>().join(", and none ");
        let fault =
            Diagnostic::error("unknown-header", format!("the header has no column {names}"));
        let known = || missing.iter().flat_map(|column| column.names().iter().copied());
        let near =
            header.iter().find_map(|cell| Some((cell, nearest(cell, known()).first().copied()?)));
        let is_one = header.len() == 1 && head.place(source).text().contains([';', '\t', '；']);
        let help = match near {
            _ if is_one => "separate the cells with commas".to_owned(),
            Some((cell, near)) => format!("did you mean `{near}` by `{}`?", quoted(cell)),
            None if missing == [Column::Year] => {
                "several years are asked for: say of which year each value is".to_owned()
            }
            None => "the first line names the columns, such as `指标,数值` or `indicator,value`"
                .to_owned(),
        };
        self.found.push(fault.at(head.place(source), "read as the header").help(help));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn headers_are_known_in_both_languages() {
        assert_eq!(Column::named(" 指标 "), Some(Column::Indicator));
        assert_eq!(Column::named("VALUE"), Some(Column::Value));
        assert_eq!(Column::named("县（市）"), Some(Column::Region));
        assert_eq!(Column::named("序号"), None);
    }

    #[test]
    fn no_name_stands_for_two_columns() {
        let mut names: Vec<_> =
            Column::NAMES.iter().flat_map(|(_, names)| *names).map(|n| fold(n)).collect();
        let count = names.len();
        names.sort();
        names.dedup();
        assert_eq!(names.len(), count);
    }
}
