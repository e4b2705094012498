//! Pictures in SVG, drawn in the page's own colours. Each has its figures as text, for those who do
//! not see it; places on it are worked out in decimals, so that they are the same everywhere.

use maud::{Markup, html};
use rust_decimal::Decimal;

use crate::assessment::{Assessment, Item, Standing, State};
use crate::report::page;
use crate::report::words::Words;

/// A line of numbers, drawn over a width.
#[derive(Clone, Copy)]
struct Axis {
    low: Decimal,
    span: Decimal,
    width: Decimal,
}

impl Axis {
    /// One that shows all of some numbers with room at its ends, and zero where it is not far. None
    /// where the numbers cannot be reckoned with.
    fn around(numbers: impl IntoIterator<Item = Decimal>, width: u32) -> Option<Self> {
        let numbers: Vec<Decimal> = numbers.into_iter().collect();
        let (least, most) = (*numbers.iter().min()?, *numbers.iter().max()?);
        let near_zero = least >= Decimal::ZERO && least <= most.checked_sub(least)?;
        let least = if near_zero { Decimal::ZERO } else { least };
        let room = match most.checked_sub(least)? {
            same if same.is_zero() => Decimal::ONE,
            span => span / Decimal::from(8),
        };
        let low = if near_zero { least } else { least.checked_sub(room)? };
        let span = most.checked_add(room)?.checked_sub(low)?;
        (span > Decimal::ZERO).then(|| Self { low, span, width: width.into() })
    }

    /// Where a number stands on it; what lies beyond stands at its end.
    fn at(self, number: Decimal) -> Decimal {
        let share = number.checked_sub(self.low).and_then(|way| way.checked_div(self.span));
        let share = share.unwrap_or_default().clamp(Decimal::ZERO, Decimal::ONE);
        (share * self.width).round_dp(1).normalize()
    }
}

/// Where a value stands against its target: the stretch that would do, the warning band, the ends,
/// the value. `title` says the same in words, as it does of every picture here.
pub(super) fn bullet(standing: &Standing, item: &Item<'_>, title: &str, words: &Words) -> Markup {
    const WIDTH: u32 = 120;
    let ends = || standing.least.into_iter().chain(standing.most);
    let Some(axis) = Axis::around(ends().chain([standing.value]), WIDTH) else {
        return Markup::default();
    };
    let good_from = standing.least.map_or(Decimal::ZERO, |end| axis.at(end));
    let good_to = standing.most.map_or(axis.width, |end| axis.at(end));
    let value = axis.at(standing.value);
    let corners = [(-4, 0), (0, -5), (4, 0), (0, 5)].map(|(x, y)| {
        let (x, y) = (value + Decimal::from(x), Decimal::from(10 + y));
        format!("{},{y}", x.normalize())
    });
    html! {
        svg.bullet viewBox="-5 0 130 20" width="130" height="20" role="img" aria-label=(title) {
            title { (title) }
            desc { (words.bullet_shows) }
            rect.scale x="0" y="7" width=(WIDTH) height="6" {}
            rect.good x=(good_from) y="7" width=((good_to - good_from).max(Decimal::ZERO)) height="6" {}
            @for (from, to) in standing.warning_bands() {
                @let (from, to) = (axis.at(from), axis.at(to));
                rect.band x=(from) y="7" width=(to - from) height="6" {}
            }
            @for end in ends() { rect.end x=(axis.at(end) - Decimal::ONE) y="2" width="2" height="16" {} }
            polygon class={ "value " (item.state.code()) } points=(corners.join(" ")) {}
        }
    }
}

/// The points of each group that has any, against what it is worth.
pub(super) fn groups(assessment: &Assessment<'_>, words: &Words) -> Option<Markup> {
    let groups = page::groups(assessment).into_iter().filter_map(|(_, group)| {
        let tally = group.tally.filter(|tally| tally.points > Decimal::ZERO)?;
        let share = tally.earned.checked_div(tally.points)?.clamp(Decimal::ZERO, Decimal::ONE);
        Some((group, tally, (share * Decimal::ONE_HUNDRED).round_dp(1).normalize()))
    });
    let groups: Vec<_> = groups.collect();
    (!groups.is_empty()).then(|| {
        html! {
            ul.groups {
                @for (group, tally, share) in groups {
                    @let name = group.group.title.get(words.lang);
                    @let figures = page::group_points(tally);
                    li style=(format!("--depth: {}", group.depth)) {
                        span.name { (name) }
                        svg viewBox="0 0 100 8" preserveAspectRatio="none" aria-hidden="true" {
                            rect.scale x="0" y="0" width="100" height="8" {}
                            rect.good x="0" y="0" width=(share) height="8" {}
                        }
                        span.number { (figures) }
                    }
                }
            }
        }
    })
}

/// The states of all items as a strip, in the plan's order.
pub(super) fn strip(states: &[(State, bool)], words: &Words) -> Markup {
    const STEP: usize = 5;
    let asked: Vec<_> = states.iter().filter(|(state, _)| *state != State::NotSet).collect();
    let count = |wanted: State| asked.iter().filter(|(state, _)| *state == wanted).count();
    let counts = State::ALL.into_iter().filter(|&state| count(state) > 0);
    let counts = counts.map(|state| format!("{} {}", state.name(words.lang), count(state)));
    let counts = counts.collect::<Vec<_>>().join(words.list_comma);
    let width = asked.len() * STEP;
    html! {
        svg.strip viewBox=(format!("0 0 {} 16", width.max(1))) width=(width) height="16" role="img" aria-label=(counts) {
            title { (counts) }
            desc { (words.strip_shows) }
            @for (at, (state, near)) in asked.iter().enumerate() {
                // What is not met is shorter, so that it shows without colours too.
                @let (y, height) = match state {
                    State::Met | State::Scored => if *near { (4, 12) } else { (0, 16) },
                    State::Missed => (11, 5),
                    _ => (7, 9),
                };
                rect class=(state.code()) x=(at * STEP) y=(y) width=(STEP - 1) height=(height) {}
            }
        }
    }
}

/// A value over the years, with its target as steps: each year's value, least and most.
pub(super) fn years(standings: &[Option<Standing>], title: &str, words: &Words) -> Option<Markup> {
    const WIDTH: u32 = 120;
    const HEIGHT: u32 = 36;
    let known = || standings.iter().flatten();
    let ends = known().flat_map(|s| [Some(s.value), s.least, s.most]).flatten();
    let axis = Axis::around(ends, HEIGHT)?;
    let y = |number| Decimal::from(HEIGHT) - axis.at(number);
    let step = Decimal::from(WIDTH) / Decimal::from(standings.len().max(1));
    let left = |at: usize| (step * Decimal::from(at)).round_dp(1).normalize();
    let middle =
        |at: usize| (step * Decimal::from(2 * at + 1) / Decimal::TWO).round_dp(1).normalize();
    let numbered = || standings.iter().enumerate().filter_map(|(at, s)| Some((at, s.as_ref()?)));
    let dots: Vec<_> = numbered().map(|(at, s)| (middle(at), y(s.value))).collect();
    if dots.len() < 2 {
        return None;
    }
    let line: Vec<_> = dots.iter().map(|(x, y)| format!("{x},{y}")).collect();
    Some(html! {
        svg.years viewBox="-4 -4 128 44" width="128" height="44" role="img" aria-label=(title) {
            title { (title) }
            desc { (words.years_show) }
            @for (at, standing) in numbered() {
                @for end in standing.least.into_iter().chain(standing.most) {
                    line.end x1=(left(at)) x2=(left(at + 1)) y1=(y(end)) y2=(y(end)) {}
                }
            }
            polyline.line points=(line.join(" ")) {}
            @for (x, y) in &dots { circle.dot cx=(x) cy=(y) r="2.5" {} }
        }
    })
}
