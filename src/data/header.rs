//! Which column of a file is what, from its header in Chinese or English.

use crate::text::fold;

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

    /// Its usual names, Chinese and English.
    pub(super) fn names(self) -> &'static [&'static str] {
        let names = Self::NAMES.into_iter().find(|&(column, _)| column == self);
        names.and_then(|(_, names)| names.get(..2)).unwrap_or_default()
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
