//! Every example has its expected output beside it.

use crate::world::{World, read, root};

/// The command of an example, and where its output is kept. `ASSESS_BLESS=1` writes it anew, to be
/// read before it is committed.
fn expect(args: &str, path: &str) {
    let world = World::new().copy("targets").copy("examples/hunchun-2021").copy("examples/jilin");
    let outcome = world.run(args);
    assert_eq!(outcome.code, 0, "{}", outcome.stderr);
    if std::env::var_os("ASSESS_BLESS").is_some() {
        std::fs::write(root().join(path), &outcome.stdout).unwrap();
    }
    let expected = read(path);
    for (number, (found, expected)) in outcome.stdout.lines().zip(expected.lines()).enumerate() {
        assert_eq!(found, expected, "{path}:{}, {args}", number + 1);
    }
    assert_eq!(outcome.stdout.len(), expected.len(), "{path}, {args}");
}

#[test]
fn hunchun_2021() {
    let run = "2021 --data examples/hunchun-2021/measurements.csv";
    let folder = "examples/hunchun-2021/expected";
    expect(&format!("{run} --lang zh"), &format!("{folder}/report.zh.txt"));
    expect(&format!("{run} --lang en"), &format!("{folder}/report.en.txt"));
    expect(&format!("{run} --lang en --format json"), &format!("{folder}/report.json"));
    expect(&format!("{run} --lang en --format csv"), &format!("{folder}/report.csv"));
    expect(&format!("{run} --lang zh --format markdown"), &format!("{folder}/report.md"));
}

#[test]
fn jilin() {
    let run = "2021-2024 --targets examples/jilin/plan.toml --data examples/jilin/measurements.csv";
    let folder = "examples/jilin/expected";
    expect(&format!("{run} --lang zh"), &format!("{folder}/report.zh.txt"));
    expect(&format!("{run} --lang en --format markdown"), &format!("{folder}/report.md"));
    expect(&format!("{run} --lang en --format json"), &format!("{folder}/report.json"));
}
