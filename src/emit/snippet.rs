//! The source line with a label under it. The only place that knows the snippet crate.

use std::ops::Range;

use annotate_snippets::{Annotation, AnnotationKind, Group, Level, Renderer, Snippet};

use super::Style;
use crate::diagnostic::{self, Diagnostic, Label};
use crate::source::Source;
use crate::spelling::{is_obeyed, printable};

pub(super) fn render(finding: &Diagnostic, style: Style) -> String {
    let level = match finding.level {
        diagnostic::Level::Error => Level::ERROR,
        diagnostic::Level::Warning => Level::WARNING,
        diagnostic::Level::Note => Level::NOTE,
    };
    let title = level.primary_title(printable(&finding.message)).id(finding.code);
    let snippets = clusters(&finding.labels).into_iter().map(|cluster| snippet(&cluster));
    let mut group = Group::with_title(title).elements(snippets);
    if let Some(help) = &finding.help {
        group = group.element(Level::HELP.message(printable(help)));
    }
    let renderer = if style.colour { Renderer::styled() } else { Renderer::plain() };
    let rendered = renderer.term_width(style.width.max(20)).render(&[group]);
    format!("{}\n", rendered.trim_end_matches('\n'))
}

/// Labels further apart than this stand in snippets of their own.
const TOGETHER: usize = 5;

/// A label on more lines than this is shown at its first.
const TALL: usize = 5;

/// Labels that are shown in one snippet, with the lines that they touch.
struct Cluster<'a> {
    source: &'a Source,
    line: usize,
    range: Range<usize>,
    labels: Vec<(AnnotationKind, &'a Label)>,
}

/// The labels by the lines that they are on: the snippet crate works through all of the text that
/// it is given, so it is given no more than is shown.
fn clusters(labels: &[Label]) -> Vec<Cluster<'_>> {
    let mut clusters: Vec<Cluster<'_>> = Vec::new();
    for (at, label) in labels.iter().enumerate() {
        let kind = if at == 0 { AnnotationKind::Primary } else { AnnotationKind::Context };
        let (source, range) = (label.place.source(), shown(label));
        let (line, _) = label.place.line_column();
        let near = |c: &&mut Cluster<'_>| c.source == source && c.line.abs_diff(line) <= TOGETHER;
        match clusters.iter_mut().find(near) {
            Some(cluster) => {
                let all = &mut cluster.range;
                *all = all.start.min(range.start)..all.end.max(range.end);
                cluster.labels.push((kind, label));
            }
            None => clusters.push(Cluster { source, line, range, labels: vec![(kind, label)] }),
        }
    }
    clusters
}

fn snippet<'a>(cluster: &Cluster<'a>) -> Snippet<'a, Annotation<'a>> {
    let (lines, start) = cluster.source.lines(cluster.range.clone());
    let snippet = Snippet::source(shielded(lines.text())).path(printable(lines.name()));
    let snippet = snippet.line_start(lines.first_line());
    cluster.labels.iter().fold(snippet, |snippet, (kind, label)| {
        let range = shown(label);
        let annotation = kind.span(range.start - start..range.end - start);
        match label.text.as_str() {
            "" => snippet.annotation(annotation),
            text => snippet.annotation(annotation.label(printable(text))),
        }
    })
}

/// Where a label is shown: all of it, or its first line where it has many.
fn shown(label: &Label) -> Range<usize> {
    let range = label.place.range();
    let mut lines = label.place.text().lines();
    match lines.next() {
        Some(first) if lines.count() > TALL => range.start..range.start + first.len(),
        _ => range,
    }
}

/// The text without characters that a terminal obeys and the snippet crate lets through, each
/// replaced by one of its length so that labels stay where they are.
fn shielded(text: &str) -> String {
    let shield = |c: char| match c.len_utf8() {
        2 if is_obeyed(c) => '·',
        3 if is_obeyed(c) => '\u{fffd}',
        _ => c,
    };
    text.chars().map(shield).collect()
}
