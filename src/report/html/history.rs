//! The years of each region side by side, and why its score changed.

use maud::{Markup, html};

use super::chart;
use crate::report::change::{Compared, ComparedItem};
use crate::report::history::{Histories, Sums, items, reasons};
use crate::report::words::Words;

pub(super) fn show(histories: &Histories, words: &Words) -> Markup {
    html! {
        @for (region, years) in histories.of_several_years() {
            section.history {
                h2 { (words.with_aside(words.over_years, region)) }
                (side_by_side(region, years, words))
                @for (title, moved) in reasons(years, words, Sums::Told) {
                    h3 { (title) }
                    ul.reasons { @for text in moved { li { (text) } } }
                }
            }
        }
    }
}

fn side_by_side(region: &str, years: &[Compared], words: &Words) -> Markup {
    let items = items(years);
    html! {
        div.wide tabindex="0" role="region" aria-label=(words.with_aside(words.over_years, region)) {
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

fn cell(item: Option<&ComparedItem>) -> Markup {
    html! {
        @if let Some(item) = item {
            span.value { (item.value) }
            small { (item.target) }
            small.state { (item.state) " " (item.points) }
        } @else { "–" }
    }
}

fn picture(
    name: &str,
    years: &[Compared],
    items: &[Option<&ComparedItem>],
    words: &Words,
) -> Markup {
    let standings: Vec<_> = items.iter().map(|item| item.and_then(|item| item.standing)).collect();
    let values = years.iter().zip(items).filter_map(|(year, item)| {
        let item = item.as_ref()?;
        let value = words.with_aside(&item.value, &item.target);
        Some(format!("{}{}{value}", year.year, words.colon))
    });
    let values = values.collect::<Vec<_>>().join(words.comma);
    let title = format!("{name}{}{values}", words.colon);
    html! { @if let Some(picture) = chart::years(&standings, &title, words) { (picture) } }
}
