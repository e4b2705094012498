//! Folders, links, pipes and sheets as measured values.

use crate::world::{Outcome, World};

fn world() -> World {
    World::with_plan()
}

fn run(world: &World, args: &str) -> Outcome {
    world.run(&format!("2021 --lang en --format csv {args}"))
}

const PM25: &str = "indicator,value\nPM2.5,28\n";
const DAYS: &str = "indicator,value\ndays,95\n";

#[test]
fn a_folder_is_all_its_files() {
    let world = world()
        .file("in/a.csv", PM25)
        .file("in/sub/B.TXT", DAYS.replace(',', "\t"))
        .file("in/~$a.xlsx", "locked")
        .file("in/.hidden.csv", "nothing")
        .file("in/.~lock.a.csv#", "locked");
    let outcome = run(&world, "--data in");
    assert_eq!((outcome.code, outcome.stderr.matches("warning").count()), (0, 0), "{outcome:?}");
    assert!(outcome.stdout.contains("in/a.csv:2") && outcome.stdout.contains("in/sub/B.TXT:2"));
}

#[test]
fn what_is_no_data_is_passed_over_in_a_folder_and_refused_by_name() {
    let world = world()
        .file("in/a.csv", PM25)
        .file("in/letter.pdf", "%PDF-1.7")
        .file("in/通知.docx", "PK\u{3}\u{4}");
    let outcome = run(&world, "--data in");
    assert_eq!((outcome.code, outcome.stderr.matches("warning[not-data]").count()), (0, 2));
    let outcome = run(&world, "--data in/letter.pdf");
    assert_eq!(outcome.code, 2);
    assert!(outcome.stderr.contains("error[not-data]: the file is a PDF"), "{}", outcome.stderr);
}

#[test]
fn a_folder_without_data_is_refused() {
    let world = world().file("in/letter.pdf", "%PDF-1.7");
    let outcome = run(&world, "--data in");
    assert_eq!(outcome.code, 2);
    assert!(outcome.stderr.contains("the folder `in` has no file of measured values"));
}

#[test]
fn a_file_is_given_once() {
    let world = world().file("in/a.csv", PM25).file("b.csv", DAYS);
    for args in ["--data in --data in/a.csv", "--data b.csv --data ./b.csv"] {
        let outcome = run(&world, args);
        assert_eq!(outcome.code, 2);
        assert!(outcome.stderr.contains("is given twice"), "{}", outcome.stderr);
    }
}

#[test]
fn no_report_takes_the_place_of_a_file_in_the_folder() {
    let world = world().file("in/a.csv", PM25);
    let outcome = run(&world, "--data in -o in/a.csv");
    assert_eq!(outcome.code, 2);
    assert!(outcome.stderr.contains("is one of the inputs"), "{}", outcome.stderr);
}

#[test]
fn a_sheet_is_named_behind_a_hash_and_a_file_may_have_one_in_its_name() {
    let world = world().file("a#b.csv", PM25);
    let outcome = run(&world, "--data a#b.csv");
    assert!(outcome.stdout.contains("a#b.csv:2"), "{outcome:?}");
    let outcome = run(&world, "--data a#b.csv#Sheet1");
    assert!(outcome.stderr.contains("error[not-a-workbook]"), "{}", outcome.stderr);
    let outcome = run(&world, "--data none.csv#Sheet1");
    assert!(outcome.stderr.contains("cannot read `none.csv#Sheet1`"), "{}", outcome.stderr);
}

#[cfg(unix)]
#[test]
fn links_to_files_are_followed_and_links_to_folders_are_not() {
    use std::os::unix::fs::symlink;
    let world = world().file("elsewhere/a.csv", PM25).file("in/b.csv", DAYS);
    symlink("../elsewhere/a.csv", world.path("in/link.csv")).unwrap();
    symlink("..", world.path("in/loop")).unwrap();
    let outcome = run(&world, "--data in");
    assert_eq!(outcome.code, 0, "{}", outcome.stderr);
    assert!(outcome.stdout.contains("in/link.csv:2"), "{}", outcome.stdout);
    assert!(outcome.stderr.contains("links to folders are not followed"), "{}", outcome.stderr);
}

#[cfg(unix)]
#[test]
fn a_pipe_is_read_by_name_and_passed_over_in_a_folder() {
    let world = world().file("in/a.csv", PM25);
    let pipe = world.path("in/pipe.csv");
    let made = std::process::Command::new("mkfifo").arg(&pipe).status().unwrap();
    assert!(made.success());
    let outcome = run(&world, "--data in");
    assert!(outcome.stderr.contains("it is no ordinary file"), "{}", outcome.stderr);
    let writer = std::thread::spawn(move || std::fs::write(pipe, DAYS).unwrap());
    let outcome = run(&world, "--data in/pipe.csv");
    writer.join().unwrap();
    assert_eq!(outcome.code, 0, "{}", outcome.stderr);
    assert!(outcome.stdout.contains("in/pipe.csv:2"), "{}", outcome.stdout);
}

#[test]
fn a_report_of_the_program_is_no_measured_values() {
    let world = world().file("a.csv", PM25);
    let report = run(&world, "--data a.csv").stdout;
    let outcome = run(&world.file("in/report.csv", report), "--data in");
    assert_eq!(outcome.code, 2);
    assert!(outcome.stderr.contains("error[own-report]"), "{}", outcome.stderr);
    for lang in ["zh", "en"] {
        let world = self::world().file("a.csv", PM25);
        let report = format!("2021 --data a.csv --lang {lang} --set PM2.5=3 -o r.xlsx");
        assert_eq!(world.run(&report).code, 0);
        let outcome = run(&world, "--data r.xlsx");
        assert_eq!(outcome.code, 2, "{lang}");
        assert!(outcome.stderr.contains("error[own-report]"), "{}", outcome.stderr);
    }
}

/// A report waits for the reader of a pipe while another is whole beside its place.
#[cfg(unix)]
#[test]
fn what_is_stopped_leaves_no_half_file() {
    let world = world().file("in/a.csv", PM25);
    let pipe = world.path("pipe.csv");
    let made = std::process::Command::new("mkfifo").arg(&pipe).status().unwrap();
    assert!(made.success());
    let mut command = world.command(env!("CARGO_BIN_EXE_assess"));
    let args = "2021 --data in -o report.json -o pipe.csv";
    let mut running = command.args(args.split(' ')).spawn().unwrap();
    let is_unfinished = |name: &String| name.contains(".assess-");
    while !world.files().iter().any(is_unfinished) {
        assert_eq!(running.try_wait().unwrap(), None, "it waits for the reader");
        std::thread::yield_now();
    }
    let id = running.id().to_string();
    assert!(std::process::Command::new("kill").args(["-INT", &id]).status().unwrap().success());
    assert_eq!(running.wait().unwrap().code(), Some(130));
    let files = world.files();
    assert!(!files.iter().any(|name| is_unfinished(name) || name == "report.json"), "{files:?}");
}
