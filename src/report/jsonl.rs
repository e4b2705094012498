//! JSON Lines: an assessment a line, each with the plan that it is by, so that many can be taken one
//! after the other. A line is of its assessment alone, and is made on any thread.

use std::io::{self, Write};

use rust_decimal::Decimal;
use serde::Serialize;

use super::json::{OneAssessment, OneSupposed, supposed};
use super::{Head, Report};
use crate::assessment::{Assessment, Brief, Range, State};

/// The lines of a run.
#[derive(Debug)]
pub struct Lines {
    /// What each of them begins with.
    beginning: Vec<u8>,
    /// What stands before each count, of the states and then of those that are near.
    counts: Vec<Vec<u8>>,
}

/// What every line says of the run.
#[derive(Serialize)]
struct LineHead<'a> {
    plan: &'a str,
    plan_sha256: &'a str,
    supposed: Vec<OneSupposed<'a>>,
    date: Option<String>,
    as_of: Option<String>,
}

impl Lines {
    /// For what is said of the run.
    pub fn new(head: &Head<'_>) -> Self {
        let line = serde_json::to_vec(&LineHead {
            plan: head.plan.id(),
            plan_sha256: &head.plan_sha256,
            supposed: supposed(head),
            date: head.date.map(|date| date.to_string()),
            as_of: head.as_of.map(|day| day.to_string()),
        });
        let mut beginning = line.unwrap_or_default();
        // The line goes on where its object would end.
        beginning.pop();
        let names = State::ALL.into_iter().map(State::code).chain(["near"]);
        let opening = std::iter::once('{').chain(std::iter::repeat(','));
        let counts = names.zip(opening);
        let counts = counts.map(|(name, sign)| format!("{sign}\"{name}\":").into_bytes()).collect();
        Self { beginning, counts }
    }

    /// The line of an assessment.
    ///
    /// # Errors
    ///
    /// When a text of it cannot be written as JSON.
    pub fn whole(&self, head: &Head<'_>, assessment: &Assessment<'_>) -> io::Result<Vec<u8>> {
        let mut line = self.beginning.clone();
        serde_json::to_writer(&mut line, &OneAssessment::of(assessment, head))?;
        if let Some(opening) = line.get_mut(self.beginning.len()) {
            *opening = b',';
        }
        line.push(b'\n');
        Ok(line)
    }

    /// The line of what an assessment came to, by the same names.
    ///
    /// # Errors
    ///
    /// When a text of it cannot be written as JSON.
    pub fn brief(&self, head: &Head<'_>, brief: &Brief<'_>) -> io::Result<Vec<u8>> {
        let mut line = Vec::with_capacity(2 * self.beginning.len() + 300);
        line.extend_from_slice(&self.beginning);
        // There may be millions of these: field by field takes a third of what serde does.
        line.extend_from_slice(b",\"region\":");
        serde_json::to_writer(&mut line, brief.region)?;
        line.extend_from_slice(b",\"year\":");
        serde_json::to_writer(&mut line, &brief.year.number())?;
        line.extend_from_slice(b",\"score\":");
        let score = brief.score.as_ref().map(|score| (score.rounded, score.rounded.to_string()));
        let score_text = score.as_ref().map_or("null", |(_, text)| text);
        line.extend_from_slice(score_text.as_bytes());
        line.extend_from_slice(b",\"range\":");
        match brief.range {
            // Where nothing is open, both ends are the score.
            Some(Range { low, high, .. }) => {
                for (name, end) in [("{\"low\":", low), (",\"high\":", high)] {
                    line.extend_from_slice(name.as_bytes());
                    match &score {
                        Some((score, text)) if is_written_alike(*score, end) => {
                            line.extend_from_slice(text.as_bytes());
                        }
                        _ => write!(line, "{end}")?,
                    }
                }
                line.push(b'}');
            }
            None => line.extend_from_slice(b"null"),
        }
        line.extend_from_slice(b",\"grade\":");
        let grade = brief.grade.map(|grade| grade.name.get(head.lang));
        serde_json::to_writer(&mut line, &grade)?;
        line.extend_from_slice(b",\"counts\":");
        let counts = State::ALL.into_iter().map(|state| brief.counts.get(state));
        for (name, count) in self.counts.iter().zip(counts.chain([brief.counts.near()])) {
            line.extend_from_slice(name);
            serde_json::to_writer(&mut line, &count)?;
        }
        line.extend_from_slice(b"}}\n");
        Ok(line)
    }
}

/// Whether two numbers are the same in their digits too.
fn is_written_alike(one: Decimal, other: Decimal) -> bool {
    one.scale() == other.scale() && one == other
}

/// Writes the lines as they come.
#[derive(Default)]
pub(super) struct Jsonl {
    lines: Option<Lines>,
}

impl Report for Jsonl {
    fn add(
        &mut self,
        head: &Head<'_>,
        assessment: &Assessment<'_>,
        out: &mut dyn Write,
    ) -> io::Result<()> {
        let lines = self.lines.get_or_insert_with(|| Lines::new(head));
        out.write_all(&lines.whole(head, assessment)?)
    }

    fn add_brief(
        &mut self,
        head: &Head<'_>,
        brief: &Brief<'_>,
        out: &mut dyn Write,
    ) -> io::Result<()> {
        let lines = self.lines.get_or_insert_with(|| Lines::new(head));
        out.write_all(&lines.brief(head, brief)?)
    }
}
