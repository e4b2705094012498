//! Scores a year with the library: `cargo run --example score`.

#![allow(clippy::print_stdout, reason = "an example shows its result")]

use std::io::Cursor;

use assess::assessment::{State, assess};
use assess::data::{Options, Reader};
use assess::plan::Plan;
use assess::source::Source;
use assess::text::Lang;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let text = include_str!("jilin/plan.toml");
    let plan = Plan::read(&Source::new("plan.toml", text))?;

    let year = "2024".parse()?;
    let mut reader = Reader::new(&plan, Options { year: Some(year), ..Options::default() });
    let values = include_bytes!("jilin/measurements.csv");
    reader.read("measurements.csv", None, &mut Cursor::new(values))?;
    let (measurements, _warnings) = reader.finish()?;

    let assessment = assess(&measurements, &plan, "吉林省", year);
    for item in assessment.items.iter().filter(|item| item.state == State::Met) {
        println!("{}: {}", item.indicator.id, item.sum(Lang::En));
    }
    if let Some(score) = &assessment.score {
        println!("{} of {}", score.rounded, plan.scoring().total);
    }
    Ok(())
}
