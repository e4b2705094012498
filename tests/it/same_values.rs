//! The same values in every shape, encoding and kind of file give the same result.

use rust_xlsxwriter::{Format, Workbook};

use crate::world::{World, read, root};

/// A row a value.
const LONG: &str = "\
指标,地区,数值,单位
PM2.5,延边州,31.4,μg/m³
一氧化碳,延边州,1.2,mg/m³
优良天数比例,延边州,87.1,%
森林覆盖率,延边州,81.53,%
化学需氧量,延边州,11500,吨
秸秆禁烧,延边州,60%,
断面水质,延边州,Ⅲ,
PM2.5,延吉市,28,μg/m³
一氧化碳,延吉市,0.9,mg/m³
优良天数比例,延吉市,,%
森林覆盖率,延吉市,79.06,%
化学需氧量,延吉市,1234.5,吨
秸秆禁烧,延吉市,完成,
断面水质,延吉市,Ⅱ,
";

/// A row a region, a column an indicator, as people dress such tables.
const WIDE: &str = "\
延边州生态环境指标完成情况,,,,,,,
（2021年度）,,,,,,,单位：吨
地区,PM2.5（μg/m³）,一氧化碳(毫克/立方米),优良天数比例（%）,森林覆盖率/%,化学需氧量,秸秆禁烧,断面水质
延边州,31.4,1.2,87.1%,81.53,\"11,500\",60%,Ⅲ类
延吉,28,0.9,-,79.06,0.12345万吨,完成,II类
合计,,,,,\"12,734.5\",,
注：数据为虚构,,,,,,,
";

/// The result as JSON, without what it says of where its values are from.
fn result(name: &str, bytes: &[u8]) -> String {
    let world = World::new()
        .file("plan.toml", read("tests/it/reading/plan.toml"))
        .file(&format!("values/{name}"), bytes);
    let run = "2021 --targets plan.toml --data values --lang en --format json -q";
    let outcome = world.run(run);
    assert_eq!(outcome.code, 0, "{name}: {}", outcome.stderr);
    let mut result: serde_json::Value = serde_json::from_str(&outcome.stdout).unwrap();
    forget_origins(&mut result);
    serde_json::to_string_pretty(&result).unwrap()
}

fn forget_origins(value: &mut serde_json::Value) {
    match value {
        serde_json::Value::Object(fields) => {
            fields.remove("inputs");
            fields.remove("value_from");
            fields.values_mut().for_each(forget_origins);
        }
        serde_json::Value::Array(list) => list.iter_mut().for_each(forget_origins),
        _ => {}
    }
}

/// The wide table as a workbook: numbers as numbers, a percentage as 0.8153 shown as 81.53%.
fn workbook() -> Vec<u8> {
    let mut workbook = Workbook::new();
    let sheet = workbook.add_worksheet();
    let (plain, per_cent) = (Format::new(), Format::new().set_num_format("0.00%"));
    sheet.merge_range(0, 0, 0, 7, "延边州生态环境指标完成情况", &plain).unwrap();
    let mut lines = csv::ReaderBuilder::new();
    let mut lines = lines.has_headers(false).flexible(true).from_reader(WIDE.as_bytes());
    for (row, record) in lines.records().enumerate().skip(1) {
        for (column, cell) in record.unwrap().iter().enumerate() {
            let (row, column) = (u32::try_from(row).unwrap(), u16::try_from(column).unwrap());
            let number = cell.replace(',', "").parse::<f64>();
            let digits = cell.trim_end_matches('%').parse::<f64>();
            match (number, digits) {
                (Ok(number), _) if column == 4 => {
                    sheet.write_with_format(row, column, number / 100.0, &per_cent).unwrap()
                }
                (Ok(number), _) => sheet.write(row, column, number).unwrap(),
                (Err(_), Ok(number)) => {
                    sheet.write_with_format(row, column, number / 100.0, &per_cent).unwrap()
                }
                _ => sheet.write(row, column, cell).unwrap(),
            };
        }
    }
    workbook.save_to_buffer().unwrap()
}

fn utf_16(text: &str) -> Vec<u8> {
    let marked = format!("\u{feff}{text}");
    marked.encode_utf16().flat_map(u16::to_le_bytes).collect()
}

fn gbk(text: &str) -> Vec<u8> {
    let (bytes, _, lossy) = encoding_rs::GB18030.encode(text);
    assert!(!lossy);
    bytes.into_owned()
}

#[test]
fn every_kind_of_file_gives_the_same_result() {
    let expected = result("values.csv", LONG.as_bytes());
    assert!(expected.contains("81.53") && expected.contains("\"missing\""), "{expected}");
    let semicolons = LONG.replace(',', ";");
    let tabs = LONG.replace(',', "\t").replace('\n', "\r\n");
    let bytes = |path: &str| std::fs::read(root().join(path)).unwrap();
    if std::env::var_os("ASSESS_BLESS").is_some() {
        // LibreOffice makes the other workbooks of it.
        std::fs::write(root().join("target/same.xlsx"), workbook()).unwrap();
    }
    let files: [(&str, Vec<u8>); 12] = [
        ("bom.csv", format!("\u{feff}{LONG}").into()),
        ("gbk.csv", gbk(LONG)),
        ("utf-16.csv", utf_16(LONG)),
        ("semicolons.csv", semicolons.into()),
        ("tabs.txt", tabs.clone().into()),
        ("utf-16-tabs.txt", utf_16(&tabs)),
        ("wide.csv", WIDE.into()),
        ("wide-gbk.csv", gbk(WIDE)),
        ("values.xlsx", workbook()),
        ("named-otherwise.csv", workbook()),
        ("values.xls", bytes("tests/it/workbooks/same.xls")),
        ("values.ods", bytes("tests/it/workbooks/same.ods")),
    ];
    for (name, bytes) in files {
        assert_same(name, &result(name, &bytes), &expected);
    }
}

#[test]
fn hidden_rows_and_columns_are_read_with_a_warning() {
    let mut workbook = Workbook::new();
    let sheet = workbook.add_worksheet();
    for (row, cells) in [["指标", "数值"], ["PM2.5", "31"]].into_iter().enumerate() {
        sheet.write_row(u32::try_from(row).unwrap(), 0, cells).unwrap();
    }
    sheet.set_row_hidden(1).unwrap();
    let world = World::new()
        .file("plan.toml", read("tests/it/reading/plan.toml"))
        .file("values.xlsx", workbook.save_to_buffer().unwrap());
    let outcome = world.run("2021 --targets plan.toml --data values.xlsx --lang en --format csv");
    assert!(outcome.stderr.contains("warning[hidden-cells]"), "{}", outcome.stderr);
    assert!(outcome.stdout.contains(",31,missed"), "{}", outcome.stdout);
}

fn assert_same(name: &str, found: &str, expected: &str) {
    for (found, expected) in found.lines().zip(expected.lines()) {
        assert_eq!(found, expected, "{name}");
    }
    assert_eq!(found.len(), expected.len(), "{name}");
}
