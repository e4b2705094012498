//! The formats that others read and write, as JSON Schemas (2020-12). They are written by hand beside
//! the reader and the report, and tests hold that they do not part.

/// Target files of format 1: plans, and letters that amend them.
///
/// A schema sees one file: what the reader refuses because of other parts of it, or of other files,
/// is fine by this.
pub const TARGET: &str = include_str!("schema/target.json");

/// Results as `--format json` writes them, `assess.result/1`.
pub const RESULT: &str = include_str!("schema/result.json");

/// Comparisons as `assess compare --format json` writes them, `assess.compare/1`.
pub const COMPARISON: &str = include_str!("schema/compare.json");
