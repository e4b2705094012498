//! Every block of both READMEs and of the documentation is run.
//!
//! A block ```` ```toml FILE ```` or ```` ```csv FILE ```` is a file of the world in which the
//! blocks after it are run; without a name it is a target file that must be sound. A `console`
//! block is commands and what they print, where a line `...` stands for any lines. `rust` blocks
//! are run as documentation tests.

use crate::world::{Outcome, World, read};

struct Block {
    kind: String,
    file: Option<String>,
    text: String,
}

fn blocks(path: &str) -> Vec<Block> {
    let mut blocks = Vec::new();
    let text = read(path);
    let mut lines = text.lines();
    while let Some(line) = lines.next() {
        let Some(info) = line.strip_prefix("```") else { continue };
        let (kind, file) = match info.split_once(' ') {
            Some((kind, file)) => (kind, Some(file.to_owned())),
            None => (info, None),
        };
        let body = lines.by_ref().take_while(|line| *line != "```");
        let text = body.map(|line| format!("{line}\n")).collect();
        blocks.push(Block { kind: kind.to_owned(), file, text });
    }
    assert!(!blocks.is_empty(), "{path} has no blocks");
    blocks
}

/// Whether a text is as expected, where a line `...` stands for any lines.
fn fits(expected: &str, found: &str) -> bool {
    let mut rest = found;
    let mut skipping = false;
    for part in expected.split_inclusive('\n') {
        if part == "...\n" {
            skipping = true;
            continue;
        }
        let at = if skipping { rest.find(part) } else { rest.starts_with(part).then_some(0) };
        let Some(at) = at else { return false };
        rest = &rest[at + part.len()..];
        skipping = false;
    }
    skipping || rest.is_empty()
}

/// Each command of a block with what it is said to print.
fn commands(text: &str) -> Vec<(String, String)> {
    let mut commands: Vec<(String, String)> = Vec::new();
    for line in text.lines() {
        match (line.strip_prefix("$ "), commands.last_mut()) {
            (Some(command), _) => commands.push((command.to_owned(), String::new())),
            (None, Some((_, output))) => *output += &format!("{line}\n"),
            (None, None) => panic!("output before a command: {line}"),
        }
    }
    commands
}

fn run_all(path: &str, lang: &'static str) {
    let repository = World::new()
        .copy("targets")
        .copy("examples/hunchun-2021")
        .copy("examples/jilin")
        .lang(lang);
    let mut own = World::new().lang(lang);
    let mut last: Option<Outcome> = None;
    for block in blocks(path) {
        match (block.kind.as_str(), block.file) {
            ("toml" | "csv", Some(file)) => own = own.file(&file, block.text),
            ("toml", None) => {
                crate::judging::plan(&block.text);
            }
            ("console", None) => {
                for (command, expected) in commands(&block.text) {
                    last = run(&command, &expected, &repository, &own, last);
                }
            }
            // What the command before it prints, shown apart from it.
            ("text", None) if block.text.starts_with("note: ") => {
                let found = last.as_ref().expect("a command before the text");
                assert_fits(&block.text, found, "the text");
            }
            ("text" | "rust", None) => {}
            (kind, file) => panic!("{path}: nobody runs a block of `{kind}` {file:?}"),
        }
    }
}

fn run(
    command: &str,
    expected: &str,
    repository: &World,
    own: &World,
    last: Option<Outcome>,
) -> Option<Outcome> {
    if command == "cargo test" {
        // This is it; what CI runs is this command too.
        assert!(read(".ci/run").contains("\ncargo test\n"), ".ci/run does not run the tests");
        return last;
    }
    if command == "echo $?" {
        assert_eq!(expected, format!("{}\n", last.as_ref().unwrap().code));
        return last;
    }
    let cargo_run = command.strip_prefix("cargo run --release --quiet -- ");
    let world = if cargo_run.is_some() { repository } else { own };
    let args = cargo_run
        .or_else(|| command.strip_prefix("assess "))
        .unwrap_or_else(|| panic!("who runs `{command}`?"));
    let mut shell = world.command("/bin/sh");
    shell.args(["-c", &format!("{} {args} 2>&1", env!("CARGO_BIN_EXE_assess"))]);
    let outcome = Outcome::of(shell, b"");
    // The first command may leave its output to the block after it.
    if !(expected.is_empty() && cargo_run.is_some()) {
        assert_fits(expected, &outcome, command);
    }
    Some(outcome)
}

fn assert_fits(expected: &str, found: &Outcome, what: &str) {
    assert!(
        fits(expected, &found.stdout),
        "{what} prints:\n{}\nand not:\n{expected}",
        found.stdout
    );
}

#[test]
fn every_block_of_the_readme_is_true() {
    run_all("README.md", "en_US.UTF-8");
}

#[test]
fn every_block_of_the_chinese_readme_is_true() {
    run_all("README.zh-CN.md", "zh_CN.UTF-8");
}

#[test]
fn every_block_of_the_documentation_is_true() {
    run_all("docs/target-file.md", "en_US.UTF-8");
}

#[test]
fn every_block_of_the_page_on_letters_is_true() {
    run_all("docs/letters.md", "en_US.UTF-8");
}

#[test]
fn every_block_of_the_page_on_reports_is_true() {
    run_all("docs/reports.md", "en_US.UTF-8");
}

#[test]
fn every_block_of_the_page_on_sql_is_true() {
    run_all("docs/sql.md", "en_US.UTF-8");
}

#[test]
fn the_two_readmes_have_the_same_sections_and_blocks() {
    let shape = |path: &str| {
        let headings = read(path).lines().filter(|line| line.starts_with("## ")).count();
        let blocks: Vec<_> =
            blocks(path).into_iter().map(|block| (block.kind, block.file)).collect();
        (headings, blocks)
    };
    assert_eq!(shape("README.md"), shape("README.zh-CN.md"));
}

#[test]
fn an_elision_stands_for_any_lines() {
    assert!(fits("a\n...\nd\n", "a\nb\nc\nd\n"));
    assert!(fits("a\n...\n", "a\nb\n"));
    assert!(!fits("a\n", "a\nb\n"));
    assert!(!fits("a\n...\ne\n", "a\nb\n"));
}
