//! The text of one cell, for each kind of measure; the first byte chooses the quantity.

#![no_main]

use assess::data::Value;
use assess::plan::{Measure, Quantity};
use assess::text::Lang;
use assess_fuzz::PLAN;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|data: &[u8]| {
    let Some((&first, bytes)) = data.split_first() else { return };
    let Ok(text) = std::str::from_utf8(bytes) else { return };
    let items = (0..PLAN.indicators().len()).map(Quantity::Item);
    let all: Vec<_> = items.chain((0..PLAN.inputs().len()).map(Quantity::Input)).collect();
    let measure = PLAN.measure(all[usize::from(first) % all.len()]).expect("of the plan");
    match Value::read(text, measure) {
        Ok(value) => check(&value, measure),
        Err(why) => assert!(!why.is_empty()),
    }
});

/// What is shown in words is read again as the same, and so is a number with its unit.
fn check(value: &Value, measure: Measure<'_>) {
    for lang in [Lang::Zh, Lang::En] {
        let shown = value.show(measure, lang);
        assert!(!shown.is_empty());
        if let Value::Class(_) | Value::Progress(_) = value {
            assert_eq!(Value::read(&shown, measure).as_ref(), Ok(value), "{shown}");
        }
    }
    if let Value::Number(number) = value {
        let unit = measure.unit.map_or("", |unit| unit.as_str());
        let text = format!("{number}{unit}");
        // Without a unit this is how some programs write that there is no value.
        if text != "-9999" {
            assert_eq!(Value::read(&text, measure).as_ref(), Ok(value), "{text}");
        }
    }
}
