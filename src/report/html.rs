//! HTML: one file that needs no network and no script, for the screen and for A4.

mod chart;
mod history;

use std::io::{self, Write};

use maud::{DOCTYPE, Markup, PreEscaped, html};

use super::history::Histories;
use super::line::Line;
use super::readings::readings;
use super::summary::{Outcome, Ranking, Summary};
use super::words::Words;
use super::{Head, Report, page};
use crate::assessment::{Assessment, Item, State};
use crate::data::Value;
use crate::number::show;
use crate::plan::is_same_unit;
use crate::text::Lang;

const STYLE: &str = include_str!("html/style.css");

/// Keeps what is written after the page's head: the ranking comes first.
#[derive(Default)]
pub(super) struct Html {
    summary: Summary,
    histories: Histories,
    details: String,
    /// What each unit answers for, shown where there is one assessment.
    units: String,
}

impl Report for Html {
    fn add(
        &mut self,
        head: &Head<'_>,
        assessment: &Assessment<'_>,
        _: &mut dyn Write,
    ) -> io::Result<()> {
        let sheet = Sheet { head, words: Words::of(head.lang) };
        let order = self.summary.len();
        self.summary.add(assessment, sheet.words);
        self.histories.add(assessment, head, sheet.words);
        self.details.push_str(&sheet.assessment(order, assessment).into_string());
        self.units = if self.summary.is_single() {
            sheet.units(assessment).into_string()
        } else {
            String::new()
        };
        Ok(())
    }

    fn end(&mut self, head: &Head<'_>, out: &mut dyn Write) -> io::Result<()> {
        let sheet = Sheet { head, words: Words::of(head.lang) };
        let ranking = std::mem::take(&mut self.summary).ranked();
        let title = head.plan.about().title.get(head.lang);
        let body = html! {
            header.page {
                h1 { (title) }
                p.plan { (page::documents(head, sheet.words)) }
                @if let Some(date) = head.date { p.plan { (sheet.words.date) (sheet.words.colon) (sheet.words.day(date)) } }
                @for (label, mark) in page::marks(head, sheet.words) {
                    p.supposed role="note" { (label) (sheet.words.colon) (mark) }
                }
            }
            main {
                @if ranking.is_needed() {
                    (sheet.ranking(&ranking))
                    (history::show(&self.histories, sheet.words))
                }
                (PreEscaped(&self.details))
                @if !ranking.is_needed() { (PreEscaped(&self.units)) }
            }
            (sheet.tail())
        };
        let whole = html! {
            (DOCTYPE)
            html lang=(language_tag(head.lang)) {
                head {
                    meta charset="utf-8";
                    meta name="viewport" content="width=device-width, initial-scale=1";
                    meta name="color-scheme" content="light dark";
                    meta name="generator" content=(concat!("assess ", env!("CARGO_PKG_VERSION")));
                    title { (title) }
                    style { (PreEscaped(STYLE)) }
                }
                body { (body) }
            }
        };
        writeln!(out, "{}", whole.into_string())
    }
}

/// The language as the web names it.
fn language_tag(lang: Lang) -> &'static str {
    match lang {
        Lang::Zh => "zh-CN",
        Lang::En => "en",
    }
}

/// What every part of the page needs.
#[derive(Clone, Copy)]
struct Sheet<'a> {
    head: &'a Head<'a>,
    words: &'static Words,
}

impl Sheet<'_> {
    fn ranking(self, ranking: &Ranking) -> Markup {
        let words = self.words;
        let numbers = ranking.numbers();
        let titles = ranking.titles(words);
        let title = words.ranking_heading(ranking);
        let rows = ranking.rows(words);
        let lines: Vec<_> = rows.iter().zip(&ranking.lines).collect();
        let years: Vec<_> = lines.chunk_by(|(_, one), (_, next)| one.year == next.year).collect();
        // Where there are places, those of each year begin anew.
        let has_years = ranking.has_places() && years.len() > 1;
        html! {
            section {
                h2 { (title) }
                div.wide tabindex="0" role="region" aria-label=(title) {
                    table.ranking {
                        thead { tr {
                            @for (at, title) in titles.iter().enumerate() {
                                th scope="col" .number[numbers.contains(&at)] { (title) }
                            }
                        } }
                        @for of_year in years {
                            tbody {
                                @if let Some((_, first)) = of_year.first().filter(|_| has_years) {
                                    tr.group { th colspan=(titles.len()) scope="rowgroup" { (words.years(&[first.year])) } }
                                }
                                @for (row, line) in of_year { (self.place(row, line, ranking)) }
                            }
                        }
                    }
                }
            }
        }
    }

    /// A line of the ranking; the name of the region leads to its part of the page.
    fn place(self, row: &[String], line: &Outcome, ranking: &Ranking) -> Markup {
        let words = self.words;
        let numbers = ranking.numbers();
        // The counts stand beneath the strip, each whole.
        let cells = row.split_last().map(|(_, cells)| cells).unwrap_or_default();
        let has_strip = line.states.iter().any(|(state, _)| *state != State::NotSet);
        html! {
            tr {
                @for (at, text) in cells.iter().enumerate() {
                    td .number[numbers.contains(&at)] {
                        @if at == ranking.region() { a href={ "#" (part_id(line.order)) } { (text) } }
                        @else { (text) }
                    }
                }
                td.counted {
                    @if has_strip { (chart::strip(&line.states, words)) }
                    @for (at, count) in words.each_count(&line.counts).iter().enumerate() {
                        @if at > 0 { (words.list_comma) }
                        span.figure { (count) }
                    }
                }
            }
        }
    }

    /// A part of the page, given with how many are before it.
    fn assessment(self, order: usize, assessment: &Assessment<'_>) -> Markup {
        let words = self.words;
        let score = assessment.score.as_ref().map(|score| show(score.rounded));
        // The grade and the counts stand beside the score.
        let is_shown = |name: &str| name == words.grade || name == words.items;
        let figures = page::figures(assessment, self.head, words).into_iter();
        let mut grouped: Vec<(&str, Vec<String>)> = Vec::new();
        for (name, text) in figures.filter(|(name, _)| !is_shown(name)) {
            match grouped.last_mut() {
                Some((last, texts)) if *last == name => texts.push(text),
                _ => grouped.push((name, vec![text])),
            }
        }
        let attention = page::attention(assessment, self.head);
        let sections = page::sections_of(assessment, self.head, words, |_| true).into_iter();
        let sections: Vec<_> = sections.map(|section| (section.title, section.items)).collect();
        html! {
            section.assessment id=(part_id(order)) {
                h2 { (words.region_year(assessment)) }
                div.result {
                    p.score {
                        span.label { (words.score) }
                        strong { (score.as_deref().unwrap_or(words.nothing_to_score)) }
                    }
                    p.grade {
                        span.label { (words.grade) }
                        strong { (page::grade(&assessment.brief(), words)) }
                    }
                    ul.counts {
                        @for state in State::ALL {
                            @let count = assessment.counts.get(state);
                            @if count > 0 { li { (badge(state)) (state.name(words.lang)) " " b { (count) } } }
                        }
                        @if assessment.counts.near() > 0 {
                            li { span.badge.near aria-hidden="true" { "!" } (words.near) " " b { (assessment.counts.near()) } }
                        }
                    }
                }
                dl.figures {
                    @for (name, texts) in grouped {
                        div { dt { (name) } @for text in texts { dd { (text) } } }
                    }
                }
                h3 { (words.attention) }
                @if attention.is_empty() { p { (words.nothing_needs_attention) } }
                @else { (self.items(words.attention, &[(None, attention)], assessment)) }
                (self.groups(assessment))
                @if !sections.is_empty() {
                    h3 { (words.every_item) }
                    (self.items(words.every_item, &sections, assessment))
                }
                (self.leeway(assessment))
                (self.checks(assessment))
                (self.owed(assessment))
                (self.levers(assessment))
            }
        }
    }

    /// The items of each section, two rows an item: its figures, and how they came about.
    fn items(
        self,
        name: &str,
        sections: &[(Option<String>, Vec<&Item<'_>>)],
        assessment: &Assessment<'_>,
    ) -> Markup {
        let words = self.words;
        let files = page::short_names(self.head);
        let files: Vec<&str> = files.iter().map(String::as_str).collect();
        html! {
            div.wide tabindex="0" role="region" aria-label=(self.label(name, assessment)) {
                table.items {
                    thead { tr {
                        th scope="col" { (words.indicator) }
                        th.number scope="col" { (words.target) }
                        th.number scope="col" { (words.value) }
                        th.picture scope="col" { span.hidden { (words.value) " / " (words.target) } }
                        th scope="col" { (words.state) }
                        th.number scope="col" { (words.points) }
                    } }
                    @for (title, items) in sections {
                        @if let Some(title) = title {
                            tbody { tr.group { th colspan="6" scope="rowgroup" { (title) } } }
                        }
                        @for item in items {
                            (self.item(item, &Line::new(item, assessment, words, &files)))
                        }
                    }
                }
            }
        }
    }

    fn item(self, item: &Item<'_>, line: &Line) -> Markup {
        let words = self.words;
        let lead = self.head.plan.leads(item.indicator);
        let is_figure = matches!(item.value, Some(Value::Number(_)));
        html! {
            tbody.item {
                tr {
                    th scope="row" {
                        @if !line.clause.is_empty() { span.clause { (line.clause) } " " }
                        (line.name)
                    }
                    td.number.target data-label=(words.target) { (line.target) }
                    td.number.figure[is_figure] data-label=(words.value) { (line.value) }
                    td.picture {
                        @if let Some(standing) = &item.standing {
                            (chart::bullet(standing, item, &words.standing(line), words))
                        }
                    }
                    td.state { (badge(item.state)) (line.state) }
                    td.number.figure data-label=(words.points) { (line.points) }
                }
                tr.how {
                    td colspan="6" {
                        span.sum { (line.sum) }
                        @if !lead.is_empty() { span { (words.lead) (words.colon) (lead.join(words.list_comma)) } }
                        @if !line.source.is_empty() {
                            span { (words.source) (words.colon) (line.source.join(words.comma)) }
                        }
                        @if !line.note.is_empty() { span { (words.note) (words.colon) (line.note) } }
                    }
                }
            }
        }
    }

    /// The points of the groups that have any, as bars.
    fn groups(self, assessment: &Assessment<'_>) -> Markup {
        let bars = chart::groups(assessment, self.words);
        html! {
            @if let Some(bars) = bars {
                h3 { (self.words.by_groups) }
                (bars)
            }
        }
    }

    fn leeway(self, assessment: &Assessment<'_>) -> Markup {
        let rows = page::leeway(assessment, self.head, self.words);
        let title = self.head.as_of.map(|day| self.words.leeway(day)).unwrap_or_default();
        self.table(assessment, &title, &self.words.leeway_titles(), &[1, 2, 3], &rows)
    }

    fn checks(self, assessment: &Assessment<'_>) -> Markup {
        let rows = page::checks(assessment, self.head, self.words);
        let titles = self.words.check_titles();
        self.table(assessment, self.words.checks, &titles, &[1, 2, 3], &rows)
    }

    fn owed(self, assessment: &Assessment<'_>) -> Markup {
        let words = self.words;
        let rows = page::owed(assessment, self.head, words).into_iter();
        let rows: Vec<_> =
            rows.map(|owed| [owed.unit, owed.count.to_string(), owed.items.join("\n")]).collect();
        let titles = [words.unit, words.items, words.indicator];
        self.table(assessment, words.owed, &titles, &[1], &rows)
    }

    fn levers(self, assessment: &Assessment<'_>) -> Markup {
        let words = self.words;
        let lost = page::lost(assessment, self.head, words);
        html! {
            @let (titles, numbers, rows) = lost.table(words);
            (self.table(assessment, words.levers, &titles, numbers, &rows))
            @if let Some(sentence) = lost.next { p { (sentence) } }
        }
    }

    /// What a part of the page is called, which no other is.
    fn label(self, title: &str, assessment: &Assessment<'_>) -> String {
        format!("{} {title}", self.words.region_year(assessment))
    }

    /// A titled table; nothing where there are no rows.
    fn table<R: AsRef<[String]>>(
        self,
        assessment: &Assessment<'_>,
        title: &str,
        columns: &[&str],
        numbers: &[usize],
        rows: &[R],
    ) -> Markup {
        if rows.is_empty() {
            return Markup::default();
        }
        html! {
            h3 { (title) }
            div.wide tabindex="0" role="region" aria-label=(self.label(title, assessment)) {
                table {
                    thead { tr {
                        @for (at, column) in columns.iter().enumerate() {
                            th scope="col" .number[numbers.contains(&at)] { (column) }
                        }
                    } }
                    tbody {
                        @for row in rows {
                            tr { @for (at, text) in row.as_ref().iter().enumerate() {
                                td .number[numbers.contains(&at)] { (text) }
                            } }
                        }
                    }
                }
            }
        }
    }

    /// What each responsible unit leads and supports, a page a unit in print.
    fn units(self, assessment: &Assessment<'_>) -> Markup {
        let words = self.words;
        let units = page::units(assessment, self.head);
        let owed = page::owed(assessment, self.head, words);
        html! {
            @if !units.is_empty() { h2.units { (words.by_unit) } }
            @for unit in units {
                section.unit {
                    h3 { (unit.name) }
                    @for owed in owed.iter().filter(|owed| is_same_unit(&owed.unit, unit.name)) {
                        @for items in &owed.items { p.owes { (items) } }
                    }
                    @let parts = [(words.leads, unit.leads), (words.supports, unit.supports)];
                    @let parts: Vec<_> = parts.into_iter().filter(|(_, items)| !items.is_empty()).collect();
                    table.items {
                        thead { tr {
                            th scope="col" { (words.indicator) }
                            th.number scope="col" { (words.target) }
                            th.number scope="col" { (words.value) }
                            th scope="col" { (words.state) }
                            th.number scope="col" { (words.points) }
                        } }
                        @for (part, items) in parts {
                            tbody { tr.group { th colspan="5" scope="rowgroup" { (part) } } }
                            @for item in items {
                                @let line = Line::new(item, assessment, words, &[]);
                                @let is_figure = matches!(item.value, Some(Value::Number(_)));
                                tbody.item {
                                    tr {
                                        th scope="row" { (line.name) }
                                        td.number.target data-label=(words.target) { (line.target) }
                                        td.number.figure[is_figure] data-label=(words.value) { (line.value) }
                                        td.state { (badge(item.state)) (line.state) }
                                        td.number.figure data-label=(words.points) { (line.points) }
                                    }
                                }
                            }
                        }
                    }
                }
            }
        }
    }

    fn tail(self) -> Markup {
        let words = self.words;
        html! {
            footer {
                h2 { (words.readings) }
                ul { @for reading in readings(self.head.plan, self.head.lang) { li { (reading) } } }
                h2 { (words.inputs) }
                ul.inputs { @for text in page::inputs(self.head, words) { li { (text) } } }
            }
        }
    }
}

/// By what the page names the part of an assessment.
fn part_id(order: usize) -> String {
    format!("part-{}", order + 1)
}

/// The sign of a state, beside its name: it is not told by colour alone.
fn badge(state: State) -> Markup {
    html! { span class={ "badge " (state.code()) } aria-hidden="true" { (sign(state)) } }
}

fn sign(state: State) -> &'static str {
    match state {
        State::Met => "✓",
        State::Missed => "✗",
        State::Scored => "●",
        State::Missing => "?",
        State::NotAssessable => "⊘",
        State::Pending => "…",
        State::NotSet | State::NotApplicable => "–",
        State::Waived => "○",
    }
}
