//! The rooms of the library use each other one way only.

use std::collections::BTreeMap;
use std::path::Path;

use crate::world::root;

/// What all rooms with a plan may use.
const BASICS: [&str; 6] = ["number", "text", "spelling", "year", "unit", "formula"];

/// Which rooms a room may use; `basics` stands for those.
const MAY_USE: [(&str, &[&str]); 19] = [
    ("source", &[]),
    ("text", &[]),
    ("spelling", &[]),
    ("number", &[]),
    ("year", &[]),
    ("unit", &["number", "spelling"]),
    ("formula", &["number", "spelling"]),
    ("diagnostic", &["source"]),
    ("plan", &["basics", "catalogue", "source", "diagnostic"]),
    ("data", &["basics", "catalogue", "plan", "source", "diagnostic"]),
    ("assessment", &["basics", "catalogue", "plan", "data"]),
    ("report", &["basics", "catalogue", "assessment", "plan", "data"]),
    ("catalogue", &["text"]),
    ("schema", &[]),
    ("sql", &["basics", "plan"]),
    ("template", &["plan", "number", "text", "spelling", "year", "unit"]),
    ("check", &["plan", "source", "number", "text", "spelling", "year", "unit", "diagnostic"]),
    ("emit", &["check", "diagnostic", "source", "spelling"]),
    ("lib", &[]),
];

#[test]
fn arrows_between_rooms_point_one_way() {
    let allowed: BTreeMap<_, _> = MAY_USE.into_iter().collect();
    let mut wrong = Vec::new();
    for (room, path, text) in sources() {
        let Some(may_use) = allowed.get(room.as_str()) else {
            wrong.push(format!("{path}: the room `{room}` is not known to this test"));
            continue;
        };
        for used in used_rooms(&text) {
            let is_basic = may_use.contains(&"basics") && BASICS.contains(&used.as_str());
            if used != room && !is_basic && !may_use.contains(&used.as_str()) {
                wrong.push(format!("{path}: `{room}` uses `{used}`"));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// Crates that one file or room alone may know.
const KNOWN_IN: [(&str, &str); 14] = [
    ("annotate_snippets", "emit/snippet.rs"),
    ("comfy_table", "report/grid.rs"),
    (
        "serde_json",
        "report/json.rs report/jsonl.rs report/result report/compare/json.rs report/verify.rs emit/",
    ),
    ("toml", "plan/"),
    ("toml_parser", "plan/outline.rs"),
    ("csv", "data/ data.rs report/csv.rs report.rs template/csv.rs template.rs"),
    ("num_bigint", "formula/ formula.rs unit/"),
    ("num_rational", "formula/ formula.rs unit/"),
    ("rust_xlsxwriter", "template/xlsx.rs report/xlsx/ report/xlsx.rs"),
    ("fluent_bundle", "catalogue.rs"),
    ("maud", "report/html/ report/html.rs"),
    ("docx_rs", "report/docx.rs"),
    ("strsim", "spelling.rs"),
    ("unicode_normalization", "spelling.rs"),
];

#[test]
fn crates_are_known_in_their_rooms_alone() {
    for (_, path, text) in sources() {
        for (name, rooms) in KNOWN_IN {
            let code = text.lines().filter(|line| !line.trim_start().starts_with("//"));
            let code = code.collect::<Vec<_>>().join("\n");
            let before = |at: usize| code[..at].chars().next_back().unwrap_or(' ');
            let is_name =
                |at: usize| !before(at).is_alphanumeric() && !matches!(before(at), '_' | ':');
            let path_start = format!("{name}::");
            let mut found = code.match_indices(&path_start).map(|(at, _)| at);
            let is_known = rooms.split(' ').any(|room| path.starts_with(room));
            assert!(is_known || !found.any(is_name), "{path} uses `{name}`");
        }
    }
}

#[test]
fn the_library_reads_no_environment_and_no_clock() {
    let banned =
        ["std::env::", "std::fs", "SystemTime", "Instant", "stdout()", "stderr()", "process::"];
    for (_, path, text) in sources() {
        for word in banned {
            assert!(!text.contains(word), "{path} uses `{word}`");
        }
    }
}

/// The library's files with their rooms: `plan.rs` and all of `plan/` are `plan`.
fn sources() -> Vec<(String, String, String)> {
    let mut found = Vec::new();
    collect(&root().join("src"), &mut found);
    assert!(found.len() > 20, "only {} files found", found.len());
    found
}

fn collect(folder: &Path, found: &mut Vec<(String, String, String)>) {
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        let name = path.strip_prefix(root().join("src")).unwrap().display().to_string();
        let room = name.split(['/', '\\']).next().unwrap().trim_end_matches(".rs").to_owned();
        if matches!(room.as_str(), "main" | "cli" | "run") {
            continue;
        }
        if path.is_dir() {
            collect(&path, found);
        } else {
            found.push((room, name, std::fs::read_to_string(&path).unwrap()));
        }
    }
}

fn used_rooms(text: &str) -> Vec<String> {
    let after = text.split("crate::").skip(1);
    after
        .map(|rest| rest.chars().take_while(|c| c.is_alphanumeric() || *c == '_').collect())
        .collect()
}
