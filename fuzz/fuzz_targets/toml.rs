//! Any bytes as a target file: as a plan, whose items are then given values, and as a letter to a
//! small plan.

#![no_main]

use std::sync::LazyLock;

use assess::data::{Measurements, Options, Value};
use assess::plan::{Book, FileKind, Kind, Measure, Plan, Quantity};
use assess::source::Source;
use assess_fuzz::{read, report_all, show_all};
use libfuzzer_sys::fuzz_target;

static AMENDED: LazyLock<Source> =
    LazyLock::new(|| Source::new("plan.toml", include_str!("../../tests/it/fixture/plan.toml")));

fuzz_target!(|data: &[u8]| {
    let source = match Source::from_utf8("any.toml", data) {
        Ok(source) => source,
        Err(place) => return assert!(place.source().text().get(place.range()).is_some()),
    };
    match Book::kind_of(&source) {
        FileKind::Letter { .. } => amend(&source),
        FileKind::Plan(_) => match Plan::read(&source) {
            Ok(plan) => value(&plan, data.len()),
            Err(found) => refuse(&found),
        },
    }
});

fn refuse(found: &[assess::diagnostic::Diagnostic]) {
    assert!(!found.is_empty(), "refused without a reason");
    assert!(found.iter().all(|finding| !finding.labels.is_empty()), "a fault without a place");
    show_all(found);
}

/// Reads values of all kinds for a plan; which, a number says.
fn value(plan: &Plan, turn: usize) {
    let mut text = String::from("indicator,value,year,note\n");
    let items = (0..plan.indicators().len()).map(Quantity::Item);
    let all = items.chain((0..plan.inputs().len()).map(Quantity::Input));
    for (at, quantity) in all.enumerate() {
        let Some(measure) = plan.measure(quantity).filter(|m| !m.is_worked_out) else { continue };
        for (back, year) in plan.about().years.iter().take(2).enumerate() {
            let value = one_of_all(measure, turn + at + back);
            // One that is refused would keep the others from being judged.
            if Value::read(value, measure).is_ok() {
                text += &format!("\"{}\",{value},{year},why\n", measure.id);
            }
        }
    }
    let mut options = Options::default();
    options.year = Some(plan.about().years.first());
    read(plan, options, "values.csv", None, text.as_bytes());
    report_all(plan, &Measurements::none(plan), Vec::new());
}

fn one_of_all(measure: Measure<'_>, turn: usize) -> &str {
    const NUMBERS: [&str; 8] =
        ["0", "1", "31.4", "-7", "100", "792281625142643375935439503", "0.000000000000001", "85%"];
    match measure.kind {
        Kind::Task => ["done", "60%", "not done", "35%"][turn % 4],
        Kind::Class(_) => measure.class_name(turn % 4),
        _ => NUMBERS[turn % NUMBERS.len()],
    }
}

fn amend(letter: &Source) {
    match Book::read(&AMENDED, std::slice::from_ref(letter)) {
        Ok(book) => {
            show_all(book.warnings());
            for region in book.named_regions().into_iter().take(2).chain(["珲春市"]) {
                for year in book.plan().about().years.iter().take(3) {
                    value(&book.at(region, year), letter.text().len());
                }
            }
        }
        Err(found) => refuse(&found),
    }
}
