//! A folder of its own with the files of one test, and the program run in it.

use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use tempfile::TempDir;

/// The repository.
pub(crate) fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// Reads a file of the repository.
pub(crate) fn read(path: &str) -> String {
    std::fs::read_to_string(root().join(path)).unwrap()
}

/// A text with one piece cut out and another put in its place.
pub(crate) fn mutated(text: &str, at: usize, cut: usize, insert: &str) -> String {
    let start = text.floor_char_boundary(at % (text.len() + 1));
    let end = text.ceil_char_boundary((start + cut).min(text.len()));
    format!("{}{insert}{}", &text[..start], &text[end..])
}

/// A small sound plan, for tests that are about something else.
pub(crate) const PLAN: &str = r#"
format = 1
plan = "small"

[about]
title = "Small plan"
region = "珲春市"
years = "2021-2025"

[[indicator]]
id = "pm25"
name = "细颗粒物(PM2.5)浓度"
aliases = ["PM2.5"]
unit = "μg/m³"
targets = { 2021-2025 = "<= 30" }

[[indicator]]
id = "days"
name = "优良天数比例"
unit = "%"
targets = { 2021-2025 = ">= 90" }
"#;

pub(crate) struct World {
    folder: TempDir,
    lang: Option<&'static str>,
    zone: Option<&'static str>,
}

#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Outcome {
    pub(crate) stdout: String,
    pub(crate) stderr: String,
    pub(crate) code: i32,
}

impl Outcome {
    /// Nothing but this on standard output.
    pub(crate) fn said(code: i32, stdout: &str) -> Self {
        Self { stdout: stdout.to_owned(), stderr: String::new(), code }
    }
}

impl World {
    pub(crate) fn new() -> Self {
        Self { folder: tempfile::tempdir().unwrap(), lang: None, zone: None }
    }

    /// With [`PLAN`] as its only target file.
    pub(crate) fn with_plan() -> Self {
        Self::new().file("targets/plan.toml", PLAN)
    }

    pub(crate) fn file(self, name: &str, content: impl AsRef<[u8]>) -> Self {
        let path = self.path(name);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(path, content).unwrap();
        self
    }

    /// With what the repository has at a path, at the same path.
    pub(crate) fn copy(mut self, path: &str) -> Self {
        let from = root().join(path);
        if from.is_dir() {
            for entry in std::fs::read_dir(from).unwrap() {
                let name = entry.unwrap().file_name().into_string().unwrap();
                self = self.copy(&format!("{path}/{name}"));
            }
            return self;
        }
        let content = std::fs::read(from).unwrap();
        self.file(path, content)
    }

    pub(crate) fn lang(mut self, lang: &'static str) -> Self {
        self.lang = Some(lang);
        self
    }

    /// In another time zone.
    pub(crate) fn zone(mut self, zone: &'static str) -> Self {
        self.zone = Some(zone);
        self
    }

    pub(crate) fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    /// Every file under the folder, for asserting that nothing was written.
    pub(crate) fn files(&self) -> Vec<String> {
        let mut files = Vec::new();
        let mut folders = vec![self.folder.path().to_owned()];
        while let Some(folder) = folders.pop() {
            for entry in std::fs::read_dir(folder).unwrap() {
                let path = entry.unwrap().path();
                if path.is_dir() {
                    folders.push(path);
                } else {
                    let name = path.strip_prefix(self.folder.path()).unwrap();
                    files.push(name.display().to_string());
                }
            }
        }
        files.sort();
        files
    }

    /// A command in this world, without what the environment of the test would say.
    pub(crate) fn command(&self, program: &str) -> Command {
        let mut command = Command::new(program);
        command.current_dir(self.folder.path()).env_clear();
        if let Some(lang) = self.lang {
            command.env("LANG", lang);
        }
        if let Some(zone) = self.zone {
            command.env("TZ", zone);
        }
        command
    }

    /// Runs the program with blank-separated arguments.
    pub(crate) fn run(&self, args: &str) -> Outcome {
        self.run_with(args, b"")
    }

    /// The same with something on standard input.
    pub(crate) fn run_with(&self, args: &str, input: &[u8]) -> Outcome {
        let mut command = self.command(env!("CARGO_BIN_EXE_assess"));
        command.args(args.split_whitespace());
        Outcome::of(command, input)
    }
}

impl Outcome {
    pub(crate) fn of(mut command: Command, input: &[u8]) -> Self {
        command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
        let mut child = command.spawn().unwrap();
        // A program that does not read its input closes it.
        let _ = child.stdin.take().unwrap().write_all(input);
        let output = child.wait_with_output().unwrap();
        Self {
            stdout: String::from_utf8(output.stdout).unwrap(),
            stderr: String::from_utf8(output.stderr).unwrap(),
            code: output.status.code().unwrap(),
        }
    }

    /// All of it as one text, for snapshots.
    pub(crate) fn transcript(&self) -> String {
        let Self { stdout, stderr, code } = self;
        format!("{stdout}--- stderr\n{stderr}--- exit {code}\n")
    }
}
