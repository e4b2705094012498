//! What fuzzing found once: files that are to be read or refused, and soon.

use std::io::Cursor;

use assess::data::{Options, Reader, Value};
use assess::plan::{Plan, Quantity};
use assess::source::Source;

use crate::world::read;

/// Thousands of reasons why one task does not apply: each was sorted in among all the others.
#[test]
fn reasons_without_number_are_cut_whatever_the_order_of_their_rows() {
    let plan = read("tests/it/reading/plan.toml");
    let plan = Plan::read(&Source::new("plan.toml", plan)).unwrap();
    let reason = |rows: &mut dyn Iterator<Item = u32>| {
        let rows: String = rows.map(|row| format!("straw,不适用,r{row:05}\n")).collect();
        let year = "2021".parse().unwrap();
        let mut reader = Reader::new(&plan, Options { year: Some(year), ..Options::default() });
        let text = format!("指标,数值,备注\n{rows}");
        reader.read("values.csv", None, &mut Cursor::new(text)).unwrap();
        let (measurements, _) = reader.finish().unwrap();
        let Some(Quantity::Item(straw)) = plan.find("straw") else { panic!() };
        let region = measurements.region("延边州").unwrap();
        match &region.get(year, Quantity::Item(straw)).unwrap().value {
            Value::NotApplicable(reason) => reason.clone(),
            other => panic!("{other:?}"),
        }
    };
    let whole = reason(&mut (0..100));
    assert_eq!(whole.matches("; ").count(), 99);
    assert_eq!(reason(&mut (0..2_000)), format!("{whole}; …"));
    assert_eq!(reason(&mut (0..2_000).rev()), format!("{whole}; …"));
}
