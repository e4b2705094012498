//! JSON Lines: an assessment a line, each with the plan that it is by, so that many can be taken one
//! after the other. A line is of its assessment alone, and is made on any thread.

use std::fmt;
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
        Self { beginning }
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
        let score = OrNull(brief.score.as_ref().map(|score| score.rounded));
        write!(line, ",\"year\":{},\"score\":{score},\"range\":", brief.year)?;
        match brief.range {
            Some(Range { low, high, .. }) => write!(line, "{{\"low\":{low},\"high\":{high}}}")?,
            None => line.extend_from_slice(b"null"),
        }
        line.extend_from_slice(b",\"grade\":");
        let grade = brief.grade.map(|grade| grade.name.get(head.lang));
        serde_json::to_writer(&mut line, &grade)?;
        line.extend_from_slice(b",\"counts\":{");
        for state in State::ALL {
            write!(line, "\"{}\":{},", state.code(), brief.counts.get(state))?;
        }
        writeln!(line, "\"near\":{}}}}}", brief.counts.near())?;
        Ok(line)
    }
}

/// A number, if there is one.
struct OrNull(Option<Decimal>);

impl fmt::Display for OrNull {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.0 {
            Some(number) => number.fmt(f),
            None => f.write_str("null"),
        }
    }
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
