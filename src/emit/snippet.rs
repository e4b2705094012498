//! The source line with a label under it. The only place that knows the snippet crate.

use annotate_snippets::{AnnotationKind, Group, Level, Renderer, Snippet};

use super::Style;
use crate::diagnostic::{self, Diagnostic, Label};

pub(super) fn render(finding: &Diagnostic, style: Style) -> String {
    let level = match finding.level {
        diagnostic::Level::Error => Level::ERROR,
        diagnostic::Level::Warning => Level::WARNING,
        diagnostic::Level::Note => Level::NOTE,
    };
    let title = level.primary_title(printable(&finding.message)).id(finding.code);
    let mut group = Group::with_title(title);
    for snippet in snippets(&finding.labels) {
        group = group.element(snippet);
    }
    if let Some(help) = &finding.help {
        group = group.element(Level::HELP.message(printable(help)));
    }
    let renderer = if style.colour { Renderer::styled() } else { Renderer::plain() };
    let rendered = renderer.term_width(style.width.max(20)).render(&[group]);
    format!("{}\n", rendered.trim_end_matches('\n'))
}

/// One snippet for the labels that lie in one source, in the order of the labels.
fn snippets(labels: &[Label]) -> Vec<Snippet<'_, annotate_snippets::Annotation<'_>>> {
    let mut snippets: Vec<Snippet<'_, _>> = Vec::new();
    let mut last = None;
    for (at, label) in labels.iter().enumerate() {
        let source = label.place.source();
        let kind = if at == 0 { AnnotationKind::Primary } else { AnnotationKind::Context };
        let annotation = kind.span(label.place.range());
        let annotation = match label.text.as_str() {
            "" => annotation,
            text => annotation.label(text),
        };
        match snippets.pop() {
            Some(snippet) if last == Some(source) => snippets.push(snippet.annotation(annotation)),
            before => {
                snippets.extend(before);
                let snippet = Snippet::source(source.text()).path(source.name());
                snippets.push(snippet.line_start(source.first_line()).annotation(annotation));
            }
        }
        last = Some(source);
    }
    snippets
}

/// The text without characters that a terminal obeys.
fn printable(text: &str) -> String {
    text.chars().map(|c| if c.is_control() { '\u{fffd}' } else { c }).collect()
}
