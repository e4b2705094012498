//! What comments allow: `# assess: allow(code) reason`, on the line of a finding or above it.

use super::levels::Levels;
use super::rules::{bad_allow, unused_allow};
use super::{By, rule};
use crate::diagnostic::{Diagnostic, Level};
use crate::plan::comments;
use crate::source::{Place, Source};

/// One code that a comment allows.
struct Allow<'s> {
    code: &'s str,
    source: &'s Source,
    /// The line whose findings it is about.
    line: usize,
    comment: Place,
    is_used: bool,
}

/// How a comment begins that is meant for this program.
const MARK: &str = "assess:";

/// Findings without those that comments allow, with those about the comments, at the levels that
/// are said.
pub(super) fn settle(
    found: Vec<Diagnostic>,
    files: &[&Source],
    levels: &Levels,
) -> Vec<Diagnostic> {
    let mut faults = Vec::new();
    let mut allows: Vec<_> = files.iter().flat_map(|file| allows(file, &mut faults)).collect();
    let mut kept: Vec<_> =
        found.into_iter().filter(|finding| !is_allowed(finding, &mut allows)).collect();
    let idle = allows.iter().filter(|allow| !allow.is_used);
    kept.extend(idle.map(|allow| unused_allow::finding(allow.code, &allow.comment)));
    kept.extend(faults);
    kept.into_iter().filter_map(|finding| levels.weigh(finding)).collect()
}

/// Findings without those that comments allow.
pub(super) fn without_allowed(found: Vec<Diagnostic>, files: &[&Source]) -> Vec<Diagnostic> {
    let mut allows: Vec<_> = files.iter().flat_map(|file| allows(file, &mut Vec::new())).collect();
    found.into_iter().filter(|finding| !is_allowed(finding, &mut allows)).collect()
}

/// Whether comments in some files may be meant for this program.
pub(super) fn has_comments(files: &[&Source]) -> bool {
    files.iter().any(|file| file.text().contains(MARK))
}

/// Whether a comment allows a finding, which is noted of all comments that do.
fn is_allowed(finding: &Diagnostic, allows: &mut [Allow<'_>]) -> bool {
    let Some(label) = finding.labels.first() else { return false };
    let line = label.place.line_column().0;
    let mut is_allowed = false;
    for allow in allows {
        let is_meant = allow.code == finding.code
            && allow.line == line
            && allow.source == label.place.source();
        allow.is_used |= is_meant;
        is_allowed |= is_meant;
    }
    is_allowed
}

/// What the comments of a file allow.
fn allows<'s>(source: &'s Source, faults: &mut Vec<Diagnostic>) -> Vec<Allow<'s>> {
    let mut allows = Vec::new();
    if !has_comments(&[source]) {
        return allows;
    }
    for comment in comments(source) {
        let text = source.text().get(comment.range()).unwrap_or_default();
        let Some(said) = text.trim_start_matches('#').trim_start().strip_prefix(MARK) else {
            continue;
        };
        match codes(said) {
            Ok(codes) => allows.extend(codes.into_iter().map(|code| Allow {
                code,
                source,
                line: line_meant(&comment),
                comment: comment.clone(),
                is_used: false,
            })),
            Err(message) => faults.push(bad_allow::finding(&message, comment)),
        }
    }
    allows
}

/// The codes in `allow(code, code) reason`.
fn codes(said: &str) -> Result<Vec<&str>, String> {
    let said = said.trim();
    let listed = said.strip_prefix("allow").and_then(|rest| rest.trim_start().strip_prefix('('));
    let Some((codes, reason)) = listed.and_then(|rest| rest.split_once(')')) else {
        return Err("the comment is not `# assess: allow(code) reason`".to_owned());
    };
    if reason.trim().is_empty() {
        return Err("the comment does not say why".to_owned());
    }
    codes.split(',').map(str::trim).map(check_code).collect()
}

fn check_code(code: &str) -> Result<&str, String> {
    match rule(code) {
        None => Err(super::no_rule(code)),
        Some(rule) if matches!(rule.by, By::Reader) && rule.level == Level::Error => {
            Err(format!("`{code}` cannot be allowed: nothing can be assessed with it"))
        }
        Some(_) => Ok(code),
    }
}

/// The line that a comment is about: its own, or where nothing else is on that, the next that holds
/// more than a comment.
fn line_meant(comment: &Place) -> usize {
    let (line, column) = comment.line_column();
    let text = comment.source().text();
    let before = text.get(..comment.range().start).unwrap_or_default();
    let is_alone = before.rsplit('\n').next().is_some_and(|text| text.trim().is_empty());
    if !is_alone && column > 1 {
        return line;
    }
    let is_said = |text: &&str| !text.trim().is_empty() && !text.trim_start().starts_with('#');
    let behind = text.get(comment.range().end..).unwrap_or_default().lines();
    behind.skip(1).position(|text| is_said(&text)).map_or(line, |at| line + 1 + at)
}
