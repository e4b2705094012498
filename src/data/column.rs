//! What one cell of a header says of the column under it.

use super::Status;
use crate::plan::{Plan, Quantity, RegionName};
use crate::spelling::{fold_name, half_width, without_number};
use crate::unit::Unit;
use crate::year::Year;

/// What a column says of the values in its rows.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Key {
    /// The indicator. Of several such columns the one of the best rank counts: 0 an id, 1 a name,
    /// 2 what may also be the name of a group.
    Indicator(u8),
    Region,
    Year,
    Unit,
    Status,
    Source,
    Note,
    Reporter,
    /// Months, days, hours: there may be several values a year.
    Period,
    /// Known, and of no use here: numbers of rows, clauses, targets.
    Other,
}

/// The names that a column goes by, the usual ones first.
const KEYS: &[(Key, &[&str])] = &[
    (Key::Indicator(1), &["指标", "indicator", "指标名称", "考核指标", "indicator name"]),
    (Key::Indicator(0), &["id", "指标代码", "指标编码"]),
    (
        Key::Indicator(2),
        &[
            "项目",
            "item",
            "项目名称",
            "考核项目",
            "考核内容",
            "任务",
            "任务名称",
            "考核任务",
            "重点任务",
            "name",
            "task",
        ],
    ),
    (Key::Unit, &["单位", "unit", "计量单位", "度量单位", "units"]),
    (
        Key::Region,
        &[
            "地区",
            "region",
            "区域",
            "县市",
            "县市区",
            "市县",
            "县区",
            "区县",
            "行政区",
            "行政区划",
            "行政区域",
            "城市",
            "县",
            "市",
            "区",
            "市州",
            "县名",
            "市名",
            "地区名称",
            "区域名称",
            "行政区名称",
            "地市",
            "省份",
            "省市",
            "city",
            "county",
            "province",
            "district",
        ],
    ),
    (Key::Year, &["年份", "year", "年", "年度", "考核年度", "统计年度"]),
    (Key::Status, &["自查/核定", "status", "自查或核定", "数据状态", "数据性质"]),
    (Key::Source, &["来源", "source", "数据来源", "资料来源"]),
    (Key::Note, &["备注", "note", "说明", "备注说明", "情况说明", "notes", "remark", "remarks"]),
    (Key::Reporter, &["填报单位", "reporter", "报送单位", "填报部门", "报送部门", "reported by"]),
    (
        Key::Period,
        &[
            "日期",
            "date",
            "时间",
            "time",
            "time_point",
            "月份",
            "month",
            "月",
            "日",
            "day",
            "小时",
            "hour",
            "季度",
            "quarter",
            "监测时间",
            "监测日期",
        ],
    ),
    (
        Key::Other,
        &[
            "序号",
            "编号",
            "no.",
            "no",
            "条款",
            "clause",
            "目标",
            "target",
            "目标值",
            "指标值",
            "分值",
            "points",
            "责任单位",
            "牵头单位",
            "责任部门",
            "lead",
            "配合单位",
            "support",
        ],
    ),
];

/// The names of columns of values.
const VALUES: &[(Option<Status>, &[&str])] = &[
    (
        None,
        &[
            "数值",
            "value",
            "值",
            "实测值",
            "监测值",
            "监测结果",
            "完成值",
            "完成情况",
            "实际值",
            "实际完成",
            "实际完成值",
            "实际完成情况",
            "完成数",
            "完成",
            "结果",
            "measured",
            "measured value",
            "actual",
            "result",
        ],
    ),
    (
        Some(Status::SelfChecked),
        &[
            "自查值",
            "self-checked",
            "自查数",
            "自查结果",
            "自评值",
            "自评结果",
            "自报值",
            "上报值",
            "上报数",
            "self-checked value",
            "self-reported",
        ],
    ),
    (
        Some(Status::Verified),
        &[
            "核定值",
            "verified",
            "核定数",
            "核定结果",
            "核查值",
            "核查结果",
            "核实值",
            "核实数",
            "审核值",
            "审定值",
            "verified value",
        ],
    ),
];

/// What a header cell says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Column {
    Blank,
    Unknown,
    Key(Key),
    Values(Values),
}

/// A column of values, and what its header says of all of them.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Values {
    pub(super) of: Option<Quantity>,
    pub(super) region: Option<String>,
    pub(super) year: Option<Year>,
    pub(super) unit: Option<Unit>,
    pub(super) status: Option<Status>,
}

/// What a column holds that goes by a name.
fn named(name: &str) -> Option<Column> {
    let name = fold_name(name);
    let is_among = |names: &[&str]| names.iter().any(|known| is_folded(known, &name));
    let key = KEYS.iter().find(|(_, names)| is_among(names));
    let values = || VALUES.iter().find(|(_, names)| is_among(names));
    let values = || values().map(|&(status, _)| Values { status, ..Values::default() });
    key.map(|&(key, _)| Column::Key(key)).or_else(|| values().map(Column::Values))
}

/// Whether one of the names here folds to a text.
fn is_folded(name: &str, folded: &str) -> bool {
    let kept = |c: &char| !matches!(c, ' ' | '-' | '_');
    name.as_bytes().first() == folded.as_bytes().first()
        && name.chars().filter(kept).eq(folded.chars())
}

/// The names of what a header has to have, for messages.
pub(super) const NEEDED: [&str; 4] = ["指标", "indicator", "数值", "value"];

/// Every name that a column goes by.
pub(super) fn names() -> impl Iterator<Item = &'static str> {
    let keys = KEYS.iter().flat_map(|(_, names)| names.iter());
    keys.chain(VALUES.iter().flat_map(|(_, names)| names.iter())).copied()
}

impl Column {
    /// What a header cell says: the name of a column, an indicator, a region, a year; with a year
    /// before it and a unit, a year or a status behind it.
    pub(super) fn of(cell: &str, plan: &Plan) -> Self {
        if cell.is_empty() {
            return Self::Blank;
        }
        if let Some(column) = Self::plain(cell, plan) {
            return column;
        }
        let (year, rest) = leading_year(cell);
        let named = year.and_then(|_| Self::plain(rest, plan));
        let named = named.or_else(|| Self::with_aside(rest, plan));
        if named.is_none() {
            return Self::with_aside(cell, plan).unwrap_or(Self::Unknown);
        }
        match (named, year) {
            (Some(Self::Values(values)), Some(_)) if values.year.is_none() => {
                Self::Values(Values { year, ..values })
            }
            (Some(Self::Key(Key::Other)), _) => Self::Key(Key::Other),
            (Some(column), None) => column,
            _ => Self::Unknown,
        }
    }

    fn plain(cell: &str, plan: &Plan) -> Option<Self> {
        let values = Values::default();
        if let Some(of) = find(cell, plan) {
            return Some(Self::Values(Values { of: Some(of), ..values }));
        }
        if let Some(column) = named(cell) {
            return Some(column);
        }
        if let Some(year) = year(cell) {
            return Some(Self::Values(Values { year: Some(year), ..values }));
        }
        match plan.region_name(cell) {
            RegionName::Known(region) => {
                Some(Self::Values(Values { region: Some(region.to_owned()), ..values }))
            }
            RegionName::Unknown | RegionName::Open => Self::with_status(cell, plan),
        }
    }

    /// A name with something in brackets behind it, or a unit behind a slash or a blank.
    fn with_aside(cell: &str, plan: &Plan) -> Option<Self> {
        let (name, aside) = aside(cell)?;
        let Self::Values(values) =
            Self::plain(name, plan).or_else(|| Self::with_aside(name, plan))?
        else {
            return None;
        };
        let unit = Unit::new(without_label(aside));
        let own = values.of.and_then(|of| plan.measure(of)).and_then(|measure| measure.unit);
        // What is said twice is in doubt.
        let values = if unit.is_known() || own == Some(&unit) {
            values.unit.is_none().then_some(Values { unit: Some(unit), ..values })
        } else if let Some(year) = year(aside) {
            values.year.is_none().then_some(Values { year: Some(year), ..values })
        } else {
            let status = Some(Status::of(aside)?);
            values.status.is_none().then_some(Values { status, ..values })
        };
        values.map(Self::Values)
    }

    /// An item with the word for its values behind it: `PM2.5核定值`.
    fn with_status(cell: &str, plan: &Plan) -> Option<Self> {
        let statuses = VALUES.iter().filter(|(status, _)| status.is_some());
        let mut endings =
            statuses.flat_map(|(status, names)| names.iter().map(move |n| (*status, n)));
        let narrow = half_width(cell);
        endings.find_map(|(status, name)| {
            let item = narrow.trim_end_matches(')').strip_suffix(name)?;
            let of = find(item.trim_end().trim_end_matches('('), plan)?;
            Some(Self::Values(Values { of: Some(of), status, ..Values::default() }))
        })
    }

    /// Whether the column's header says something that is known.
    pub(super) fn is_known(&self) -> bool {
        matches!(self, Self::Key(_) | Self::Values(_))
    }
}

/// Whether a cell names a column of values or of what is said of them.
pub(super) fn is_name(cell: &str, plan: &Plan) -> bool {
    Column::of(cell, plan).is_known()
}

/// What a name stands for, also behind the number that it has in a list.
fn find(name: &str, plan: &Plan) -> Option<Quantity> {
    plan.find(name).or_else(|| plan.find(without_number(name)?))
}

/// What a row names, also with a unit behind it.
pub(super) fn indicator(cell: &str, plan: &Plan) -> Option<(Quantity, Option<Unit>)> {
    if let Some(found) = find(cell, plan) {
        return Some((found, None));
    }
    let (name, aside) = aside(cell)?;
    let found = find(name, plan)?;
    let unit = Unit::new(without_label(aside));
    let own = plan.measure(found).and_then(|measure| measure.unit);
    (unit.is_known() || own == Some(&unit)).then_some((found, Some(unit)))
}

/// `2021`, `2021年`, `2021年度`, and `2021.0`, as spreadsheets may write it.
pub(super) fn year(cell: &str) -> Option<Year> {
    if let Ok(year) = cell.parse() {
        return Some(year);
    }
    let narrow = half_width(cell);
    let narrow = narrow.trim();
    let bare = narrow.strip_suffix("年度").or(narrow.strip_suffix('年'));
    let bare = bare.or(narrow.strip_suffix(".0")).unwrap_or(narrow);
    bare.trim_end().parse().ok()
}

/// The year of a date that begins with it: `2021-12-31`, `2021年12月`, `20211231`, `202112`.
pub(super) fn year_of_date(cell: &str) -> Option<Year> {
    if let Some(year) = year(cell) {
        return Some(year);
    }
    let (digits, behind) = cell.split_at_checked(4)?;
    let is_number = behind.bytes().all(|b| b.is_ascii_digit());
    let is_month = behind.get(..2).is_some_and(|month| ("01"..="12").contains(&month));
    let is_date = behind.starts_with(['-', '/', '.', '年'])
        || is_number && is_month && matches!(behind.len(), 2 | 4);
    digits.parse().ok().filter(|_| is_date)
}

/// The year that a cell begins with, `2021年完成值`, and the rest.
fn leading_year(cell: &str) -> (Option<Year>, &str) {
    let (Some(digits), Some(rest)) = (cell.get(..4), cell.get(4..)) else { return (None, cell) };
    let rest = rest.trim_start();
    let Some(behind) = rest.strip_prefix("年度").or(rest.strip_prefix('年')) else {
        return (None, cell);
    };
    match digits.parse() {
        Ok(year) => (Some(year), behind.trim_start()),
        Err(_) => (None, cell),
    }
}

/// A unit without the label before it: `单位：万吨`.
fn without_label(aside: &str) -> &str {
    let bare = aside.strip_prefix("单位").unwrap_or(aside);
    bare.trim_start().trim_start_matches([':', '：']).trim_start()
}

/// A text and what stands in brackets, or behind its last slash or blank, at its end.
fn aside(cell: &str) -> Option<(&str, &str)> {
    let cell = cell.trim();
    let opening = ['(', '（', '[', '［', '【', '〔'];
    let closing = [')', '）', ']', '］', '】', '〕'];
    if let Some(inside) = cell.strip_suffix(closing) {
        // The unit may have brackets of its own: dB(A).
        let mut depth = 0_usize;
        let at = inside.char_indices().rev().find_map(|(at, c)| {
            if closing.contains(&c) {
                depth += 1;
            } else if opening.contains(&c) {
                if depth == 0 {
                    return Some((at, c.len_utf8()));
                }
                depth -= 1;
            }
            None
        });
        let (at, length) = at?;
        return Some((inside.get(..at)?.trim(), inside.get(at + length..)?.trim()));
    }
    let by_blank = cell.rsplit_once(char::is_whitespace);
    let by_slash = cell.split_once(['/', '／']);
    let known = |(_, unit): &(&str, &str)| Unit::new(unit).is_known();
    [by_blank, by_slash].into_iter().flatten().find(known).map(|(a, b)| (a.trim(), b.trim()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_name_is_found_however_it_is_spelled() {
        for name in names() {
            for spelling in [name.to_owned(), format!("【{}】：", name.to_uppercase())] {
                assert!(is_folded(name, &fold_name(&spelling)), "{spelling}");
            }
        }
        for (key, names) in KEYS {
            assert!(names.iter().all(|name| named(name) == Some(Column::Key(*key))));
        }
        for &(status, names) in VALUES {
            let values = Column::Values(Values { status, ..Values::default() });
            assert!(names.iter().all(|name| named(name).as_ref() == Some(&values)));
        }
        assert!(!is_folded("单位", &fold_name("")));
    }
}
