//! Markdown: headings and tables for a document that people go on writing.

use std::io::{self, Write};

use super::line::{self, Line};
use super::words::Words;
use super::{Head, Report};
use crate::assessment::{Assessment, Item};
use crate::number::show;

/// Keeps the summary lines and the details, for the lines come first.
#[derive(Default)]
pub(super) struct Markdown {
    summary: Vec<[String; 6]>,
    details: Vec<u8>,
}

impl Report for Markdown {
    fn begin(&mut self, head: &Head<'_>, out: &mut dyn Write) -> io::Result<()> {
        let about = head.plan.about();
        writeln!(out, "# {}", escape(about.title.get(head.lang)))
    }

    fn add(
        &mut self,
        head: &Head<'_>,
        assessment: &Assessment<'_>,
        _: &mut dyn Write,
    ) -> io::Result<()> {
        let words = Words::of(head.lang);
        self.summary.push([
            escape(assessment.region),
            assessment.year.to_string(),
            assessment
                .score
                .as_ref()
                .map_or(words.nothing_to_score.to_owned(), |score| show(score.rounded)),
            line::range(assessment),
            escape(&line::grade(assessment, words)),
            words.counts(assessment),
        ]);
        details(assessment, head, words, &mut self.details)
    }

    fn end(&mut self, head: &Head<'_>, out: &mut dyn Write) -> io::Result<()> {
        let words = Words::of(head.lang);
        if self.summary.len() > 1 {
            let columns =
                [words.region, words.year, words.score, words.range, words.grade, words.items];
            writeln!(out)?;
            table(out, &columns, &[1, 2, 3], &self.summary)?;
        }
        out.write_all(&self.details)?;
        tail(head, words, out)
    }
}

fn details(
    assessment: &Assessment<'_>,
    head: &Head<'_>,
    words: &Words,
    out: &mut dyn Write,
) -> io::Result<()> {
    let colon = words.colon;
    writeln!(out, "\n## {}\n", escape(&words.region_year(assessment)))?;
    writeln!(out, "- {}{colon}{}", words.score, line::score(assessment, words))?;
    writeln!(out, "- {}{colon}{}", words.range, line::range(assessment))?;
    writeln!(out, "- {}{colon}{}", words.grade, escape(&line::grade(assessment, words)))?;
    writeln!(out, "- {}{colon}{}", words.items, words.counts(assessment))?;
    writeln!(out, "\n### {}\n", words.attention)?;
    items(assessment.attention().into_iter(), head, words, out)?;
    writeln!(out, "\n### {}", words.by_group)?;
    for (group, listed) in line::by_group(assessment, head.all) {
        let group = group.and_then(|group| assessment.groups.get(group));
        if listed.is_empty() && group.is_none_or(|group| group.tally.is_none()) {
            continue;
        }
        writeln!(out, "\n#### {}\n", escape(&line::group_title(group, words)))?;
        if !listed.is_empty() {
            items(listed.into_iter(), head, words, out)?;
        }
    }
    owed(assessment, words, out)
}

fn items<'a>(
    items: impl Iterator<Item = &'a Item<'a>>,
    head: &Head<'_>,
    words: &Words,
    out: &mut dyn Write,
) -> io::Result<()> {
    let files = line::short_names(head);
    let files: Vec<&str> = files.iter().map(String::as_str).collect();
    let rows: Vec<_> = items
        .map(|item| {
            let line = Line::new(item, words, &files);
            [
                line.clause,
                line.name,
                line.target,
                line.value,
                line.state,
                line.points,
                line.sum,
                line.source.join(words.comma),
                line.note,
            ]
            .map(|text| escape(&text))
        })
        .collect();
    if rows.is_empty() {
        return writeln!(out, "{}", words.nothing_needs_attention);
    }
    let columns = [
        words.clause,
        words.indicator,
        words.target,
        words.value,
        words.state,
        words.points,
        words.sum,
        words.source,
        words.note,
    ];
    table(out, &columns, &[3, 5], &rows)
}

fn owed(assessment: &Assessment<'_>, words: &Words, out: &mut dyn Write) -> io::Result<()> {
    if assessment.owed.is_empty() {
        return Ok(());
    }
    writeln!(out, "\n### {}\n", words.owed)?;
    let rows: Vec<_> = line::owed(assessment, words)
        .into_iter()
        .map(|owed| [owed.unit, owed.count.to_string(), owed.items].map(|text| escape(&text)))
        .collect();
    table(out, &[words.unit, words.items, words.indicator], &[1], &rows)
}

fn tail(head: &Head<'_>, words: &Words, out: &mut dyn Write) -> io::Result<()> {
    writeln!(out, "\n## {}\n", words.readings)?;
    for reading in head.plan.scoring().readings(head.lang) {
        writeln!(out, "- {}", escape(&reading))?;
    }
    if let Some(note) = &head.plan.scoring().note {
        writeln!(out, "\n{}", escape(note.get(head.lang)))?;
    }
    writeln!(out, "\n## {}\n", words.inputs)?;
    for text in line::inputs(head, words) {
        writeln!(out, "- {}", escape(&text))?;
    }
    Ok(())
}

/// A table whose columns at `right` are numbers.
fn table<const N: usize>(
    out: &mut dyn Write,
    columns: &[&str; N],
    right: &[usize],
    rows: &[[String; N]],
) -> io::Result<()> {
    writeln!(out, "| {} |", columns.join(" | "))?;
    let rule = |at| if right.contains(&at) { "---:" } else { "---" };
    writeln!(out, "| {} |", (0..N).map(rule).collect::<Vec<_>>().join(" | "))?;
    for row in rows {
        writeln!(out, "| {} |", row.join(" | "))?;
    }
    Ok(())
}

/// The text as Markdown shows it, on one line: its marks lose their meaning.
fn escape(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '\n' | '\r' | '\t' => escaped.push(' '),
            '&' => escaped.push_str("&amp;"),
            '<' => escaped.push_str("&lt;"),
            '\\' | '`' | '*' | '_' | '[' | ']' | '|' | '~' | '#' => escaped.extend(['\\', c]),
            _ => escaped.push(c),
        }
    }
    escaped
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_lose_their_meaning() {
        assert_eq!(escape("a|b_c*d\n<script>&"), "a\\|b\\_c\\*d &lt;script>&amp;");
    }
}
