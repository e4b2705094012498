//! The page in a browser, where there is one: what its first sheet of paper shows, and that it needs
//! nothing from elsewhere.

use std::io::{BufRead, BufReader};
use std::net::TcpListener;
use std::process::{Command, Output};
use std::sync::mpsc;

use crate::world::World;

/// Says why a test that passes tested nothing.
#[expect(clippy::print_stderr, reason = "a test has nowhere else to say it")]
fn skipped(why: &str) {
    eprintln!("skipped: {why}");
}

/// Runs Chromium without a window; none where it is not installed.
fn chromium(world: &World, args: &[&str]) -> Option<Output> {
    let profile = tempfile::tempdir().unwrap();
    let quiet = [
        "--headless",
        "--no-sandbox",
        "--disable-gpu",
        "--disable-quic",
        "--no-first-run",
        "--disable-background-networking",
        "--disable-component-update",
        "--disable-sync",
    ];
    let run = Command::new("chromium")
        .current_dir(world.path(""))
        .args(quiet)
        .arg(format!("--user-data-dir={}", profile.path().display()))
        .args(args)
        .output();
    match run {
        Ok(output) => Some(output),
        Err(_) => {
            skipped("there is no `chromium` to show the page");
            None
        }
    }
}

fn page() -> World {
    let world = World::new().copy("targets").copy("examples/hunchun-2021");
    let args = "2021 --data examples/hunchun-2021/measurements.csv --lang zh -o page.html -q";
    assert_eq!(world.run(args).code, 0);
    world
}

#[test]
fn the_page_shows_the_score_and_every_sum_in_a_browser() {
    let world = page();
    let address = format!("file://{}", world.path("page.html").display());
    let Some(output) = chromium(&world, &["--dump-dom", &address]) else { return };
    let dom = String::from_utf8(output.stdout).unwrap();
    assert!(dom.contains("<strong>76.09</strong>"), "{dom}");
    assert!(dom.contains("35 ÷ 46 × 100"));
    // A sum for each of the 60 items, and again for those that need attention.
    assert!(dom.matches("<span class=\"sum\">").count() >= 60);
}

#[test]
fn the_first_sheet_of_paper_shows_the_score() {
    let world = page();
    let address = format!("file://{}", world.path("page.html").display());
    let print = ["--print-to-pdf=page.pdf", "--no-pdf-header-footer", &address];
    if chromium(&world, &print).is_none() {
        return;
    }
    let first = ["-f", "1", "-l", "1", "page.pdf", "-"];
    match Command::new("pdftotext").current_dir(world.path("")).args(first).output() {
        Ok(output) => {
            let text = String::from_utf8(output.stdout).unwrap();
            assert!(text.contains("76.09") && text.contains("59.32"), "{text}");
        }
        Err(_) => skipped("there is no `pdftotext` to read the printed page"),
    }
}

/// What a browser asks a proxy for while it shows a page, but for what it asks its own maker.
fn asked_for(world: &World, page: &str) -> Option<Vec<String>> {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let port = listener.local_addr().unwrap().port();
    let (asked, heard) = mpsc::channel();
    std::thread::spawn(move || {
        for stream in listener.incoming().flatten() {
            let mut line = String::new();
            let _ = BufReader::new(stream).read_line(&mut line);
            if asked.send(line).is_err() {
                return;
            }
        }
    });
    let address = format!("file://{}", world.path(page).display());
    let proxy = format!("--proxy-server=127.0.0.1:{port}");
    chromium(world, &[&proxy, "--virtual-time-budget=2000", "--dump-dom", &address])?;
    Some(heard.try_iter().filter(|line| !line.contains("google")).collect())
}

#[test]
fn the_page_fetches_nothing() {
    let world = page().file("other.html", "<img src=\"http://example.org/x.png\">");
    let Some(asked) = asked_for(&world, "page.html") else { return };
    assert!(asked.is_empty(), "{asked:?}");
    let other = asked_for(&world, "other.html").unwrap();
    assert!(other.iter().any(|line| line.contains("example.org")), "it would be seen: {other:?}");
}

/// Where there is no browser, this still holds: no address stands in what a browser would follow.
#[test]
fn the_page_names_nothing_elsewhere() {
    let html = std::fs::read_to_string(page().path("page.html")).unwrap();
    for sign in ["src=", "href=", "url(", "@import", "<script", "<link"] {
        assert!(!html.contains(sign), "{sign}");
    }
}
