use proptest::prelude::*;

use super::super::Value;
use super::word::is_missing;
use super::{Cell, CellError, is_no_unit, read};
use crate::formula::Range;
use crate::number::parse;
use crate::plan::{Classes, Kind, Measure};
use crate::text::Text;
use crate::unit::Unit;

fn of_kind(
    text: &str,
    said: &str,
    own: &str,
    kind: &Kind,
    semicolon: bool,
) -> Result<Cell, CellError> {
    let unit = |text: &str| Some(Unit::new(text)).filter(|unit| !unit.as_str().is_empty());
    let (own, said) = (unit(own), unit(said));
    let name = Text::Plain("name".to_owned());
    let range = Range { least: None, most: None };
    let measure = Measure {
        id: "id",
        name: &name,
        kind,
        unit: own.as_ref(),
        range,
        is_worked_out: false,
        zero_is_suspect: false,
    };
    read(text, said.as_ref(), semicolon, measure)
}

fn number(text: &str, said: &str, own: &str) -> Result<Cell, CellError> {
    of_kind(text, said, own, &Kind::Number, false)
}

/// What a cell comes to, in few words.
fn shown(cell: Result<Cell, CellError>) -> String {
    match cell {
        Ok(Cell::Missing) => "missing".to_owned(),
        Ok(Cell::NotApplicable { reason }) => {
            format!("not applicable: {}", reason.unwrap_or_default())
        }
        Ok(Cell::Value { value, unit, converted }) => {
            let number = value.number().map(|number| number.to_string()).unwrap_or_default();
            let unit = unit.map(|unit| format!(" {unit}")).unwrap_or_default();
            let from = converted.map(|stood| format!(" from {stood}")).unwrap_or_default();
            format!("{number}{unit}{from}")
        }
        Err(error) => format!("{}: {}", error.code, error.help),
    }
}

#[test]
fn numbers_are_read_as_offices_write_them() {
    for (text, expected) in [
        ("31.4", "31.4"),
        (" 31.40 ", "31.40"),
        ("\u{200b}31.4\u{a0}", "31.4"),
        ("+3", "3"),
        ("-3", "-3"),
        ("－３．５", "-3.5"),
        ("−3", "-3"),
        ("1,234.5", "1234.5"),
        ("１，２３４", "1234"),
        ("12,345,678", "12345678"),
        ("0", "0"),
    ] {
        assert_eq!(shown(number(text, "", "")), expected, "{text}");
    }
}

#[test]
fn a_unit_may_be_stuck_on() {
    for (text, said, own, expected) in [
        ("87.1%", "", "%", "87.1 %"),
        ("87.1％", "%", "%", "87.1 %"),
        ("0.92%", "", "%", "0.92 %"),
        ("5℃", "", "℃", "5 ℃"),
        ("30微克/立方米", "", "μg/m³", "30 微克/立方米"),
        ("1,234 吨", "", "吨", "1234 吨"),
        ("5 foo", "", "foo", "5 foo"),
        ("12", "起", "起", "12 起"),
        ("3", "", "起", "3"),
        ("87.1%", "", "", "87.1 %"),
        ("5L", "", "升", "5 L"),
        ("0.031", "mg/m³", "μg/m³", "31 mg/m³ from 0.031 mg/m³"),
        ("0.031mg/m³", "mg/m3", "μg/m³", "31 mg/m³ from 0.031mg/m³"),
        ("1.5", "公顷", "亩", "22.5 公顷 from 1.5 公顷"),
        ("1万吨", "", "吨", "10000 万吨 from 1万吨"),
    ] {
        assert_eq!(shown(number(text, said, own)), expected, "{text} {said} in {own}");
    }
}

#[test]
fn units_must_agree() {
    for (text, said, own, code, is_of_unit) in [
        ("30mg/m³", "μg/m³", "μg/m³", "unit-mismatch", false),
        ("30吨", "", "μg/m³", "unit-mismatch", false),
        ("30", "吨", "μg/m³", "unit-mismatch", true),
        ("", "吨", "μg/m³", "unit-mismatch", true),
        ("2", "百分点", "%", "unit-mismatch", true),
        ("2百分点", "", "%", "unit-mismatch", false),
        ("1000亩", "", "公顷", "inexact-unit", false),
        ("1000", "亩", "公顷", "inexact-unit", false),
    ] {
        let error = number(text, said, own).unwrap_err();
        assert_eq!((error.code, error.is_of_unit), (code, is_of_unit), "{text} {said} in {own}");
    }
    assert_eq!(
        number("2百分点", "", "%").unwrap_err().help,
        "百分点 is the difference of two shares: give the share itself in %"
    );
}

#[test]
fn cells_may_say_that_nothing_is_there() {
    for text in [
        "",
        " ",
        "-",
        "--",
        "---",
        "—",
        "——",
        "－",
        "/",
        "＼",
        "…",
        "……",
        "...",
        "未监测",
        "缺测",
        "缺失",
        "无数据",
        "暂无数据",
        "暂缺",
        "未填",
        "-9999",
        "NaN",
        "NULL",
        "#N/A",
        "（缺测）",
    ] {
        assert_eq!(number(text, "", "%"), Ok(Cell::Missing), "{text}");
        assert!(is_missing(text) && is_no_unit(text));
    }
    assert!(is_no_unit("无") && !is_missing("无") && !is_missing("."));
}

#[test]
fn a_cell_may_say_why_nothing_applies() {
    for (text, reason) in [
        ("不适用", ""),
        ("Not applicable", ""),
        ("（不适用）", ""),
        ("不适用：无此类企业", "无此类企业"),
        ("不适用（无此类企业）", "无此类企业"),
        ("不适用，无此类企业（2021年起）", "无此类企业（2021年起）"),
        ("not applicable: no such plant", "no such plant"),
    ] {
        assert_eq!(shown(number(text, "", "%")), format!("not applicable: {reason}"), "{text}");
    }
    assert_eq!(number("不适用于本县", "", "").unwrap_err().code, "bad-value");
}

#[test]
fn a_share_is_asked_about() {
    for text in ["0.92", "1", "-0.5", "1.0"] {
        assert_eq!(number(text, "", "%").unwrap_err().code, "share-or-per-cent", "{text}");
        assert!(number(text, "%", "%").is_ok() && number(text, "", "吨").is_ok());
    }
    let error = number("0.92", "", "%").unwrap_err();
    assert_eq!(error.message, "0.92 may be 0.92 % or 92 %");
    assert_eq!(error.help, "write `92%` or `0.92%`");
    assert!(number("0", "", "%").is_ok() && number("1.01", "", "%").is_ok());
}

#[test]
fn slips_are_put_right() {
    for (text, meant) in [
        ("76。7", "76.7"),
        ("76。7%", "76.7%"),
        ("IOO", "100"),
        ("l00", "100"),
        ("10l", "101"),
        ("1O0%", "100%"),
        ("31,4", "31.4"),
        ("0,123", "0.123"),
        ("1.234,5", "1234.5"),
        ("1 234", "1234"),
        ("- 5", "-5"),
        (".5", "0.5"),
        ("5.", "5"),
        ("'31.4", "31.4"),
        ("–3", "-3"),
        ("1e3", "1000"),
        ("1.5E-3", "0.0015"),
        ("百分之86", "86%"),
    ] {
        let expected = format!("bad-value: did you mean `{meant}`?");
        assert_eq!(shown(number(text, "", "%")), expected, "{text}");
    }
}

#[test]
fn what_is_no_value_is_refused() {
    for (text, code, help) in [
        ("无", "ambiguous-word", "write 0, or leave it empty"),
        ("N/A", "ambiguous-word", "leave it empty where"),
        ("NA", "ambiguous-word", "leave it empty where"),
        ("<0.01", "below-detection", "half the limit"),
        ("＜0.01 mg/L", "below-detection", "half the limit"),
        ("0.01L", "below-detection", "half the limit"),
        ("未检出", "below-detection", "half the limit"),
        ("ND", "below-detection", "half the limit"),
        ("全部达标", "bad-value", "write a plain number"),
        ("86%以上", "bad-value", "write the number alone"),
        ("≥86", "bad-value", "write the number alone"),
        ("2021-12-31", "bad-value", "this is a date"),
        ("2021/12/31 0:00", "bad-value", "this is a date"),
        ("3月5日", "bad-value", "this is a date"),
        ("85/111", "bad-value", "the fraction"),
        ("30-35", "bad-value", "not a span"),
        ("30%～35%", "bad-value", "write the number alone"),
        ("#DIV/0!", "bad-value", "the formula"),
        ("TRUE", "bad-value", "write a plain number"),
        ("1234567890123456", "bad-value", "as it was measured"),
        ("1001", "bad-value", "write 90% as"),
    ] {
        let error = number(text, "", "%").unwrap_err();
        assert_eq!(error.code, code, "{text}");
        assert!(error.help.contains(help), "{text}: {}", error.help);
    }
    assert_eq!(number("-0.1", "", "μg/m³").unwrap_err().code, "bad-value");
    assert!(number("-0.1", "", "℃").is_ok());
}

#[test]
fn a_comma_beside_semicolons_is_asked_about() {
    let read = |text| shown(of_kind(text, "", "", &Kind::Number, true));
    let asked = "bad-value: the comma may be for thousands or for decimals";
    assert_eq!(read("1,234"), format!("{asked}: write `1234` or `1.234`"));
    assert_eq!(read("1,234.5"), "bad-value: leave the commas out: write `1234.5`");
    assert_eq!(read("31,4"), "bad-value: did you mean `31.4`?");
    assert_eq!(read("1234.5"), "1234.5");
}

#[test]
fn tasks_take_words_and_per_cent() {
    let read = |text, said| shown(of_kind(text, said, "", &Kind::Task, false));
    for (text, said, done) in [
        ("完成", "", "100"),
        ("Done", "", "100"),
        ("未完成", "", "0"),
        ("60%", "", "60"),
        ("６０％", "", "60"),
        ("60", "%", "60 %"),
        ("60%", "%", "60 %"),
        ("—", "", "missing"),
        ("不适用：撤销", "", "not applicable: 撤销"),
    ] {
        assert_eq!(read(text, said), done, "{text}");
    }
    for text in ["0.6", "60", "是", "否", "TRUE", "120%", "基本完成"] {
        assert!(read(text, "").starts_with("bad-value: write `完成` or `done`"), "{text}");
    }
    assert!(read("无", "").starts_with("ambiguous-word: write `未完成`"));
    assert!(read("60", "吨").starts_with("unit-mismatch"));
}

#[test]
fn classes_take_their_names() {
    let kind = Kind::Class(Classes::water());
    let read = |text, said| of_kind(text, said, "", &kind, false);
    assert!(matches!(read("Ⅲ类", "类"), Ok(Cell::Value { value: Value::Class(2), .. })));
    assert_eq!(read("3", "").unwrap_err().code, "bad-value");
    assert_eq!(read("无", "").unwrap_err().code, "ambiguous-word");
    assert_eq!(read("Ⅲ", "%").unwrap_err().code, "unit-mismatch");
}

proptest! {
    #[test]
    fn no_text_panics(text in ".{0,40}", unit in "[%吨亩a-z/]{0,3}", semicolon: bool) {
        for kind in [Kind::Number, Kind::Task, Kind::Class(Classes::water())] {
            let _ = of_kind(&text, &unit, "%", &kind, semicolon);
        }
    }

    #[test]
    fn what_is_offered_can_be_read(text in "[0-9OIl。,. %Ee+-]{1,9}") {
        let help = number(&text, "", "%").map_or_else(|error| error.help, |_| String::new());
        if let Some(meant) = help.strip_prefix("did you mean `").and_then(|help| help.strip_suffix("`?")) {
            let again = number(meant, "", "%");
            let is_read = again.as_ref().map_or_else(|error| error.code != "bad-value" || error.message.contains("cannot be meant"), |_| true);
            prop_assert!(is_read, "{}: {:?}", meant, again);
        }
    }

    #[test]
    fn thousands_say_nothing(number_of in 1_000_u64..999_999_999) {
        let digits = number_of.to_string();
        let mut grouped = String::new();
        for (at, digit) in digits.chars().enumerate() {
            if at > 0 && (digits.len() - at).is_multiple_of(3) {
                grouped.push(',');
            }
            grouped.push(digit);
        }
        prop_assert_eq!(shown(number(&grouped, "", "")), parse(&digits).unwrap().to_string());
    }
}
