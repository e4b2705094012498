//! The plan that ships says what the notice says.

use assess::plan::{Ask, Kind, Plan, Target};
use assess::source::Source;
use assess::text::Lang;
use serde_json::Value;

use crate::world::{World, read};

fn plan() -> Plan {
    let text = read("targets/hunchun-2021-2025.toml");
    Plan::read(&Source::new("targets/hunchun-2021-2025.toml", text)).unwrap()
}

fn ask(target: &Target) -> String {
    let years = target.years;
    match &target.ask {
        Ask::Firm(comparison) => format!("{years} {comparison}"),
        Ask::Expected(comparison) => format!("{years} {comparison} expected"),
        Ask::Pending(why) => format!("{years} pending: {}", why.get(Lang::Zh)),
        Ask::Dropped(why) => format!("{years} dropped: {}", why.get(Lang::Zh)),
    }
}

/// Read line by line beside the notice. Whoever changes it reads the notice again.
#[test]
fn every_row_of_the_notice_is_in_the_plan() {
    let plan = plan();
    let row = |indicator: &assess::plan::Indicator| {
        let unit = match &indicator.kind {
            Kind::Task => "task".to_owned(),
            _ => indicator.unit.as_ref().map_or("no unit".to_owned(), ToString::to_string),
        };
        let targets: Vec<_> = indicator.targets.iter().map(ask).collect();
        format!(
            "{} | {} | {unit} | {}\n    lead: {}\n    support: {}\n",
            indicator.clause.as_deref().unwrap(),
            indicator.name.get(Lang::Zh),
            targets.join("; "),
            indicator.lead.join("、"),
            indicator.support.join("、"),
        )
    };
    let rows: String = plan.indicators().iter().map(row).collect();
    insta::assert_snapshot!(rows);
}

/// The notice sets no points: each item counts one.
#[test]
fn no_points_are_invented() {
    for indicator in plan().indicators() {
        assert_eq!(indicator.points.to_string(), "1", "{}", indicator.id);
    }
}

#[test]
fn the_counts_of_the_notice_are_the_programs() {
    let world = World::new().copy("targets").copy("examples/hunchun-2021");
    let counts = |year: &str| -> Value {
        let data = "--data examples/hunchun-2021/measurements.csv --format json";
        let result: Value =
            serde_json::from_str(&world.run(&format!("{year} {data}")).stdout).unwrap();
        let assessment = &result["assessments"][0];
        assert_eq!(assessment["items"].as_array().unwrap().len(), 60);
        assessment["counts"].clone()
    };
    for (year, pending, not_set) in
        [("2021", 13, 0), ("2022", 12, 17), ("2023", 12, 17), ("2024", 12, 17), ("2025", 18, 10)]
    {
        let counts = counts(year);
        let get = |state: &str| counts[state].as_u64().unwrap();
        assert_eq!((get("pending"), get("not_set")), (pending, not_set), "{year}");
        let others =
            get("met") + get("missed") + get("missing") + get("not_applicable") + get("waived");
        assert_eq!(others, 60 - pending - not_set, "{year}");
    }
}
