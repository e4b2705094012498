//! Markdown: headings and tables for a document that people go on writing.

use std::io::{self, Write};

use super::history::{Histories, SideBySide, Sums};
use super::line::Line;
use super::readings::readings;
use super::summary::Summary;
use super::words::Words;
use super::{Head, Report, page};
use crate::assessment::{Assessment, Brief, Item};

/// Keeps the summary lines and the details, for the lines come first.
#[derive(Default)]
pub(super) struct Markdown {
    summary: Summary,
    histories: Histories,
    details: Vec<u8>,
}

impl Report for Markdown {
    fn begin(&mut self, head: &Head<'_>, out: &mut dyn Write) -> io::Result<()> {
        let words = Words::of(head.lang);
        writeln!(out, "# {}\n", escape(head.plan.about().title.get(head.lang)))?;
        writeln!(out, "{}{}{}", words.plan, words.colon, escape(&page::plan(head, words)))?;
        if let Some(date) = head.date {
            writeln!(out, "\n{}{}{}", words.date, words.colon, words.day(date))?;
        }
        for (label, mark) in page::marks(head, words) {
            writeln!(out, "\n**{label}{}{}**", words.colon, escape(&mark))?;
        }
        Ok(())
    }

    fn add(
        &mut self,
        head: &Head<'_>,
        assessment: &Assessment<'_>,
        _: &mut dyn Write,
    ) -> io::Result<()> {
        let words = Words::of(head.lang);
        self.summary.add(assessment, words);
        self.histories.add(assessment, head, words);
        details(assessment, head, words, &mut self.details)
    }

    fn add_brief(
        &mut self,
        head: &Head<'_>,
        brief: &Brief<'_>,
        _: &mut dyn Write,
    ) -> io::Result<()> {
        self.summary.add_brief(brief, Words::of(head.lang));
        Ok(())
    }

    fn end(&mut self, head: &Head<'_>, out: &mut dyn Write) -> io::Result<()> {
        let words = Words::of(head.lang);
        let ranked = std::mem::take(&mut self.summary).ranked();
        if ranked.is_needed() || head.summary {
            table(out, &ranked.titles(words), &ranked.numbers(), &ranked.rows(words))?;
        }
        for years in self.histories.side_by_side(words, Sums::Told) {
            side_by_side(&years, out)?;
        }
        out.write_all(&self.details)?;
        tail(head, words, out)
    }
}

/// The years of a region side by side, and why its score changed.
fn side_by_side(years: &SideBySide, out: &mut dyn Write) -> io::Result<()> {
    writeln!(out, "\n## {}", escape(&years.title))?;
    let titles: Vec<&str> = years.columns.iter().map(String::as_str).collect();
    let rows = years.rows.iter().map(|row| row.iter().map(|told| told.joined.clone()).collect());
    table(out, &titles, &[], &rows.collect::<Vec<Vec<String>>>())?;
    for (title, moved) in &years.reasons {
        writeln!(out, "\n### {}\n", escape(title))?;
        moved.iter().try_for_each(|text| writeln!(out, "- {}", escape(text)))?;
    }
    Ok(())
}

fn details(
    assessment: &Assessment<'_>,
    head: &Head<'_>,
    words: &Words,
    out: &mut dyn Write,
) -> io::Result<()> {
    writeln!(out, "\n## {}\n", escape(&words.region_year(assessment)))?;
    for (name, text) in page::figures(assessment, head, words) {
        writeln!(out, "- {name}{}{}", words.colon, escape(&text))?;
    }
    writeln!(out, "\n### {}", words.attention)?;
    let attention = page::attention(assessment, head);
    if attention.is_empty() {
        writeln!(out, "\n{}", words.nothing_needs_attention)?;
    }
    items(&attention, assessment, head, words, out)?;
    let sections = page::sections(assessment, head, words);
    if !sections.is_empty() {
        writeln!(out, "\n### {}", words.by_group)?;
    }
    for section in sections {
        if let Some(title) = &section.title {
            let level = "#".repeat((4 + section.depth).min(6));
            writeln!(out, "\n{level} {}", escape(title))?;
        }
        items(&section.items, assessment, head, words, out)?;
    }
    leeway(assessment, head, words, out)?;
    checks(assessment, head, words, out)?;
    owed(assessment, head, words, out)?;
    levers(assessment, head, words, out)
}

fn leeway(
    assessment: &Assessment<'_>,
    head: &Head<'_>,
    words: &Words,
    out: &mut dyn Write,
) -> io::Result<()> {
    let rows = page::leeway(assessment, head, words);
    let Some(day) = head.as_of.filter(|_| !rows.is_empty()) else { return Ok(()) };
    writeln!(out, "\n### {}", words.leeway(day))?;
    table(out, &words.leeway_titles(), &[2, 3], &rows)
}

fn checks(
    assessment: &Assessment<'_>,
    head: &Head<'_>,
    words: &Words,
    out: &mut dyn Write,
) -> io::Result<()> {
    let rows = page::checks(assessment, head, words);
    if rows.is_empty() {
        return Ok(());
    }
    writeln!(out, "\n### {}", words.checks)?;
    table(out, &words.check_titles(), &[1, 2, 3], &rows)
}

fn levers(
    assessment: &Assessment<'_>,
    head: &Head<'_>,
    words: &Words,
    out: &mut dyn Write,
) -> io::Result<()> {
    let lost = page::lost(assessment, head, words);
    if lost.rows.is_empty() {
        return Ok(());
    }
    writeln!(out, "\n### {}", words.levers)?;
    let (titles, numbers, rows) = lost.table(words);
    table(out, &titles, numbers, &rows)?;
    lost.next.map_or(Ok(()), |sentence| writeln!(out, "\n{}", escape(&sentence)))
}

fn items(
    items: &[&Item<'_>],
    assessment: &Assessment<'_>,
    head: &Head<'_>,
    words: &Words,
    out: &mut dyn Write,
) -> io::Result<()> {
    if items.is_empty() {
        return Ok(());
    }
    let files = page::short_names(head);
    let files: Vec<&str> = files.iter().map(String::as_str).collect();
    let row = |item: &&Item<'_>| {
        let mut line = Line::new(item, assessment, words, &files);
        let note = std::mem::take(&mut line.note);
        let [clause, name, target, value, state, points, sum, source] = line.columns(words.comma);
        [clause, name, target, value, state, points, sum, source, note]
    };
    let rows: Vec<_> = items.iter().map(row).collect();
    let [clause, name, target, value, state, points, sum, source] = Line::titles(words);
    let titles = [clause, name, target, value, state, points, sum, source, words.note];
    table(out, &titles, &Line::NUMBERS, &rows)
}

fn owed(
    assessment: &Assessment<'_>,
    head: &Head<'_>,
    words: &Words,
    out: &mut dyn Write,
) -> io::Result<()> {
    let owed = page::owed(assessment, head, words);
    if owed.is_empty() {
        return Ok(());
    }
    writeln!(out, "\n### {}", words.owed)?;
    let rows: Vec<_> = owed
        .into_iter()
        .map(|owed| [owed.unit, owed.count.to_string(), owed.items.join(words.comma)])
        .collect();
    table(out, &[words.unit, words.items, words.indicator], &[1], &rows)
}

fn tail(head: &Head<'_>, words: &Words, out: &mut dyn Write) -> io::Result<()> {
    writeln!(out, "\n## {}\n", words.readings)?;
    for reading in readings(head.plan, head.lang) {
        writeln!(out, "- {}", escape(&reading))?;
    }
    writeln!(out, "\n## {}\n", words.inputs)?;
    for text in page::inputs(head, words) {
        writeln!(out, "- {}", escape(&text))?;
    }
    Ok(())
}

/// An empty line and a table whose columns at `right` are numbers.
pub(super) fn table<R: AsRef<[String]>>(
    out: &mut dyn Write,
    columns: &[&str],
    right: &[usize],
    rows: &[R],
) -> io::Result<()> {
    writeln!(out, "\n| {} |", columns.join(" | "))?;
    let rule = |at| if right.contains(&at) { "---:" } else { "---" };
    writeln!(out, "| {} |", (0..columns.len()).map(rule).collect::<Vec<_>>().join(" | "))?;
    for row in rows {
        let cells: Vec<_> = row.as_ref().iter().map(|text| escape(text)).collect();
        writeln!(out, "| {} |", cells.join(" | "))?;
    }
    Ok(())
}

/// The text as Markdown shows it, on one line: its marks lose their meaning.
pub(super) fn escape(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for (at, c) in text.char_indices() {
        let rest = text.get(at..).unwrap_or_default();
        match c {
            // What looks like an address would become a link.
            ':' if rest.starts_with("://") => escaped.push_str("&#58;"),
            '.' if text.get(..at).is_some_and(|before| before.ends_with("www")) => {
                escaped.push_str("&#46;");
            }
            // What is decoded is looked at again for addresses and names, but not across this.
            '@' => escaped.push_str("@<!-- -->"),
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
        assert_eq!(
            escape("http://a.b www.c.d e@f 1:2"),
            "http&#58;//a.b www&#46;c.d e@<!-- -->f 1:2"
        );
    }
}
