//! The years of each region side by side, and why its score changed.

use maud::{Markup, html};

use super::chart;
use crate::assessment::Assessment;
use crate::report::Head;
use crate::report::change::{Brief, ItemBrief, changes};
use crate::report::history::Histories;
use crate::report::words::Words;

/// What is kept of the years.
#[derive(Default)]
pub(super) struct History {
    regions: Histories,
}

impl History {
    pub(super) fn add(&mut self, assessment: &Assessment<'_>, head: &Head<'_>) {
        self.regions.add(assessment, head, Words::of(head.lang));
    }

    pub(super) fn show(&self, words: &Words) -> Markup {
        let regions: Vec<_> = self.regions.of_several_years().collect();
        html! {
            @for (region, years) in regions {
                section.history {
                    h2 { (words.with_aside(words.over_years, region)) }
                    (side_by_side(years, words))
                    (reasons(years, words))
                }
            }
        }
    }
}

fn side_by_side(years: &[Brief], words: &Words) -> Markup {
    let items = crate::report::history::items(years);
    html! {
        div.wide tabindex="0" role="region" aria-label=(words.over_years) {
            table {
                thead { tr {
                    th scope="col" { (words.indicator) }
                    @for year in years { th.number scope="col" { (year.year) } }
                    th.picture scope="col" { span.hidden { (words.value) " / " (words.target) } }
                } }
                tbody {
                    @for (name, of_years) in items {
                        tr {
                            th scope="row" { (name) }
                            @for item in &of_years { td.number { (cell(*item)) } }
                            td.picture { (picture(&name, years, &of_years, words)) }
                        }
                    }
                }
            }
        }
    }
}

fn cell(item: Option<&ItemBrief>) -> Markup {
    html! {
        @if let Some(item) = item {
            span.value { (item.value) }
            small { (item.target) }
            small.state { (item.state) " " (item.points) }
        } @else { "–" }
    }
}

fn picture(name: &str, years: &[Brief], items: &[Option<&ItemBrief>], words: &Words) -> Markup {
    let standings: Vec<_> = items.iter().map(|item| item.and_then(|item| item.standing)).collect();
    let values = years.iter().zip(items).filter_map(|(year, item)| {
        let item = item.as_ref()?;
        Some(format!("{}{}{} ({})", year.year, words.colon, item.value, item.target))
    });
    let title = format!("{name}{}{}", words.colon, values.collect::<Vec<_>>().join(words.comma));
    html! { @if let Some(picture) = chart::years(&standings, &title) { (picture) } }
}

/// From each year to the next: the score, and the items that moved it.
fn reasons(years: &[Brief], words: &Words) -> Markup {
    let pairs = years.iter().zip(years.iter().skip(1));
    html! {
        @for (before, after) in pairs {
            @let moved: Vec<_> = changes(before, after).into_iter().filter(|c| !c.gain.is_zero()).collect();
            h3 { (words.score_from_to(before, after)) }
            @if moved.is_empty() { p { (words.nothing_moved) } }
            @else {
                ul.reasons {
                    @for change in moved { li { (words.change(&change)) } }
                }
            }
        }
    }
}
